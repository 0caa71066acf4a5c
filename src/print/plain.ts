/**
 * The layout of last resort: every word of a document in lines of Courier, written straight into a PDF 1.4 file
 * (ISO 32000-1) without any library, so that what broke the full layout cannot break this one.
 * It makes no claim to PDF/UA, and letters outside Windows-1252 are printed as their code points.
 */
import { attachmentsIn } from './foreign/leave-out.js';
import { notPrinted } from './foreign/unfold.js';
import { asBlocks } from './front-words.js';
import { glue } from './glue.js';
import type { Block, ChartBlock, Column, FactRow, Furniture, PrintDocument, Printed } from './press.js';

const WIDTH = 85;
const LINES = 62;
const LEADING = 12.2;
const NOTICE =
  'PLAIN TEXT ONLY: the full layout of this document failed. All its words are here; its pictures are not.';
/** A longer head is printed once, not on each page. */
const LONGEST_HEAD = 16;

const TONES = {
  plain: '',
  attention: 'ATTENTION: ',
  danger: 'WARNING: ',
  'own-words': 'IN THEIR OWN WORDS: ',
} as const;

/** Windows-1252 above Latin-1: its bytes 0x80 to 0x9f. */
const CP1252 = new Map(
  Array.from('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ').map((character, index) => {
    const bytes = [
      0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94,
      0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
    ];
    return [character, bytes[index] ?? 0x3f];
  }),
);

/**
 * Prints the document as plain text.
 * @param failure why the full layout was not to be had
 */
export function printPlain(document: PrintDocument, failure: NonNullable<Printed['failure']>): Printed {
  const missing = new Set<string>();
  const head = headOf(document.furniture, missing);
  const body = document.blocks
    .flatMap((block) => wordsOf(block, document.furniture.address))
    .flatMap((text) => wrap(text, missing));
  const foot = wrap(document.furniture.footer, missing);
  const long = head.length + foot.length > LONGEST_HEAD;
  const repeated = long ? [NOTICE, 'The head of these pages is long: it stands in full on page 1.'] : head;
  const text = long ? [...head, ...foot, '', ...body] : body;
  const pages = paginate(text, LINES - repeated.length - (long ? 0 : foot.length) - 3);
  const printed = pages.map((lines, index) => [
    ...repeated,
    '-'.repeat(WIDTH),
    ...lines,
    '-'.repeat(WIDTH),
    ...(long ? [] : foot),
    `Page ${index + 1} of ${pages.length}`,
  ]);
  return {
    pdf: writePdf(printed, document.furniture, missing),
    pages: printed.length,
    missingCharacters: [...missing].sort(),
    plain: true,
    failure,
    leftOut: attachmentsIn(document).map((attachment) => ({ attachment, reason: 'plain text holds no pictures' })),
  };
}

function headOf(furniture: Furniture, missing: Set<string>): string[] {
  const lines = [
    NOTICE,
    ...(furniture.watermark === undefined ? [] : [`*** ${furniture.watermark} ***`]),
    ...furniture.header,
  ];
  return lines.flatMap((line) => wrap(line, missing));
}

function wordsOf(block: Block, address: string | undefined): string[] {
  switch (block.kind) {
    case 'heading':
      return [
        '',
        block.text,
        (block.level === 1 ? '=' : '-').repeat(Math.min(WIDTH, Math.max(1, block.text.length))),
      ];
    case 'paragraph':
      return [`${TONES[block.tone ?? 'plain']}${block.text}`, ''];
    case 'banner':
      return ['', `### ${TONES[block.tone]}${block.title}`, ...block.lines.map((line) => `### ${line}`), ''];
    case 'fields':
      return [...block.fields.map((field) => `${field.label}: ${field.value}`), ''];
    case 'facts':
      return [...block.rows.flatMap(factWords), ''];
    case 'list':
      return [...block.items.map((item) => `* ${item}`), ''];
    case 'table':
      return ['', block.caption, ...block.rows.flatMap((row) => rowWords(block.columns, row)), ''];
    case 'chart':
      return ['', block.caption, ...(block.key ?? []).flatMap(factWords), ...chartWords(block), ''];
    case 'foreign-pages':
    case 'attached-picture':
      return ['', block.title, ...block.lines, notPrinted('plain text holds no pictures and no pages of others'), ''];
    case 'image':
      return [`PICTURE NOT PRINTED IN PLAIN TEXT: ${block.alt}`, ''];
    case 'qr':
      return address === undefined ? [] : [block.text, address, ''];
    case 'front':
      return asBlocks(block).flatMap((inner) => wordsOf(inner, address));
    case 'page-break':
      return [''];
  }
}

/** A subject, and below it a line for each of its answers. */
const factWords = ({ head, facts }: FactRow): string[] => [
  ...(head === '' ? [] : [head]),
  ...facts.map(({ label, value }) => (label === '' ? `  ${value}` : `  ${label}: ${value}`)),
];

/** A row as one line a cell, each with the title of its column: a grid of letters would lose its columns here. */
function rowWords(columns: readonly Column[], row: readonly string[]): string[] {
  const cellWords = (cell: string, { title, tick }: Column = { title: '', share: 1 }): string =>
    `${title}: ${tick && cell === '' ? '[ ] not ticked' : cell}`;
  return ['', ...row.map((cell, index) => cellWords(cell, columns[index]))];
}

/** Each row as its head with every cell under the title of its column. */
function chartWords({ sections, columns }: ChartBlock): string[] {
  return sections.flatMap(({ title, groups }) => [
    ...(title === undefined ? [] : ['', `== ${title}`]),
    ...groups.flatMap(({ name, text, rows }) => [
      '',
      name,
      ...(text === '' ? [] : [text]),
      ...rows.map(({ head, cells }) => {
        const said = cells.map((cell, index) => `${columns[index] ?? ''}: ${cell}`.replaceAll('\n', ', '));
        return `${head} | ${said.join(' | ')}`;
      }),
    ]),
  ]);
}

function wrap(text: string, missing: Set<string>): string[] {
  return text.split(/\r\n|[\r\n\u2028\u2029]/).flatMap((line) => wrapLine(encodable(glue(line), missing)));
}

function wrapLine(line: string): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > WIDTH) {
    const space = rest.lastIndexOf(' ', WIDTH);
    const end = space > 0 ? space : WIDTH;
    lines.push(rest.slice(0, end));
    rest = rest.slice(space > 0 ? end + 1 : end);
  }
  return [...lines, rest];
}

/** The same text with a byte for each character, and code points in words for what has none. */
function encodable(text: string, missing: Set<string>): string {
  let out = '';
  for (const character of text.replaceAll('\t', '    ')) {
    const codePoint = character.codePointAt(0) ?? 0;
    const latin =
      (codePoint >= 0x20 && codePoint < 0x7f) ||
      (codePoint >= 0xa0 && codePoint <= 0xff && codePoint !== 0xad);
    if (latin || CP1252.has(character)) {
      out += character;
      continue;
    }
    const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    missing.add(name);
    out += `[${name}]`;
  }
  return out;
}

function paginate(lines: readonly string[], perPage: number): string[][] {
  const pages: string[][] = [];
  for (let start = 0; start < lines.length; start += perPage) pages.push(lines.slice(start, start + perPage));
  return pages.length === 0 ? [[]] : pages;
}

function writePdf(
  pages: readonly (readonly string[])[],
  furniture: Furniture,
  missing: Set<string>,
): Uint8Array {
  const kids = pages.map((_lines, index) => `${4 + index * 2} 0 R`).join(' ');
  const objects = [
    '<</Type /Catalog /Pages 2 0 R>>',
    `<</Type /Pages /Kids [${kids}] /Count ${pages.length}>>`,
    '<</Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding>>',
  ];
  pages.forEach((lines, index) => {
    const content = `BT /F1 10 Tf ${LEADING} TL 42 806 Td\n${lines.map((line) => `(${literal(line)}) '`).join('\n')}\nET`;
    objects.push(
      `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Resources <</Font <</F1 3 0 R>>>> /Contents ${5 + index * 2} 0 R>>`,
      `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    );
  });
  objects.push(`<</Title (${literal(encodable(furniture.title, missing))})>>`);
  return assemble(objects);
}

function assemble(objects: readonly string[]): Uint8Array {
  const parts: string[] = ['%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const push = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  objects.forEach((object, index) => {
    offsets.push(length);
    push(`${index + 1} 0 obj\n${object}\nendobj\n`);
  });
  const start = length;
  push(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`);
  for (const offset of offsets) push(`${String(offset).padStart(10, '0')} 00000 n \n`);
  push(
    `trailer\n<</Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R>>\nstartxref\n${start}\n%%EOF\n`,
  );
  return new Uint8Array(Buffer.from(parts.join(''), 'latin1'));
}

/** One byte a character, with the three that end or open a PDF string kept from doing so. */
function literal(text: string): string {
  return Array.from(text, (character) =>
    String.fromCharCode(CP1252.get(character) ?? character.charCodeAt(0)),
  )
    .join('')
    .replaceAll('\u00a0', ' ')
    .replace(/[\\()]/g, '\\$&');
}
