/** PDFs as others make them, and as somebody who means harm makes them; written by hand, nothing shared with the press. */
import { deflateSync } from 'node:zlib';

export type Body = string | { readonly entries: string; readonly data: Buffer | string };

/** A PDF from its objects, numbered from 1; the first is the catalogue unless the trailer says otherwise. */
export function pdfOf(bodies: readonly Body[], trailer = '/Root 1 0 R'): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const push = (part: Buffer | string): void => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    parts.push(bytes);
    length += bytes.length;
  };
  bodies.forEach((body, index) => {
    offsets.push(length);
    push(`${index + 1} 0 obj\n`);
    if (typeof body === 'string') push(body);
    else {
      const data = Buffer.from(body.data as string, 'latin1');
      push(`<<${body.entries} /Length ${data.length}>>\nstream\n`);
      push(data);
      push('\nendstream');
    }
    push('\nendobj\n');
  });
  const start = length;
  push(`xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n`);
  for (const offset of offsets) push(`${String(offset).padStart(10, '0')} 00000 n \n`);
  push(`trailer\n<</Size ${bodies.length + 1} ${trailer}>>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

export const CATALOGUE = '<</Type /Catalog /Pages 2 0 R>>';
export const FONT = '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>';

/** Words on a page. */
export const drawn = (words: string): Body => ({
  entries: '',
  data: `BT /F1 24 Tf 72 700 Td (${words}) Tj ET`,
});

/** One page with more entries of its own, e.g. annotations, and more objects from number 6. */
export function onePage(words: string, page = '', more: readonly Body[] = [], catalogue = CATALOGUE): Buffer {
  return pdfOf([
    catalogue,
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>> ${page}>>`,
    drawn(words),
    FONT,
    ...more,
  ]);
}

/** Many pages that share one content. */
export function manyPages(count: number): Buffer {
  const kids = Array.from({ length: count }, (_, index) => `${index + 5} 0 R`).join(' ');
  return pdfOf([
    CATALOGUE,
    `<</Type /Pages /Kids [${kids}] /Count ${count} /MediaBox [0 0 595 842] /Resources <</Font <</F1 4 0 R>>>>>>`,
    drawn('one of many'),
    FONT,
    ...Array.from({ length: count }, () => '<</Type /Page /Parent 2 0 R /Contents 3 0 R>>'),
  ]);
}

/** A page with a picture in it. */
export const withPicture = (entries: string, data: Buffer | string): Buffer =>
  pdfOf([
    CATALOGUE,
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</XObject <</I 5 0 R>>>>>>',
    { entries: '', data: 'q 500 0 0 700 40 40 cm /I Do Q' },
    { entries: `/Type /XObject /Subtype /Image ${entries}`, data },
  ]);

/** What unfolds to `length` bytes. */
export const bomb = (length: number): Buffer => deflateSync(Buffer.alloc(length, 0x20), { level: 9 });

/** As newer programs write it: objects and table in compressed streams. */
export function packed(inside: string): Buffer {
  const bodies = [CATALOGUE, '<</Type /Pages /Kids [3 0 R] /Count 1>>', inside, FONT];
  const numbers = [1, 2, 3, 5];
  let at = 0;
  const heads = bodies.map((body, index) => {
    const head = `${numbers[index]} ${at}`;
    at += body.length + 1;
    return head;
  });
  const head = `${heads.join(' ')} `;
  const objects = deflateSync(Buffer.from(head + bodies.join('\n'), 'latin1'));
  const content = Buffer.from('BT /F1 24 Tf 72 700 Td (Packed away) Tj ET', 'latin1');
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n', 'latin1')];
  const offsets: number[] = [];
  const add = (id: number, entries: string, data: Buffer): void => {
    offsets[id] = Buffer.concat(parts).length;
    parts.push(
      Buffer.from(`${id} 0 obj\n<<${entries} /Length ${data.length}>>\nstream\n`, 'latin1'),
      data,
      Buffer.from('\nendstream\nendobj\n', 'latin1'),
    );
  };
  add(4, '', content);
  add(6, `/Type /ObjStm /N 4 /First ${head.length} /Filter /FlateDecode`, objects);
  const start = Buffer.concat(parts).length;
  const row = (kind: number, second: number, third: number): number[] => [
    kind,
    second >> 8,
    second & 255,
    third,
  ];
  const rows = [
    row(0, 0, 255),
    row(2, 6, 0),
    row(2, 6, 1),
    row(2, 6, 2),
    row(1, offsets[4] ?? 0, 0),
    row(2, 6, 3),
    row(1, offsets[6] ?? 0, 0),
    row(1, start, 0),
  ];
  let above = [0, 0, 0, 0];
  const predicted = rows.flatMap((now) => {
    const line = [2, ...now.map((value, index) => (value - (above[index] ?? 0)) & 255)];
    above = now;
    return line;
  });
  add(
    7,
    '/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 4>>',
    deflateSync(Buffer.from(predicted)),
  );
  parts.push(Buffer.from(`startxref\n${start}\n%%EOF\n`, 'latin1'));
  return Buffer.concat(parts);
}
