/** Reads back the words of the plain layout, which pdfkit writes: enough of ISO 32000-1 for that and no more. */
import { inflateSync } from 'node:zlib';

/** The lines of all pages in the order in which they are drawn. */
export function readPlain(pdf: Uint8Array): string {
  const file = Buffer.from(pdf);
  const text = file.toString('latin1');
  const streams = [...text.matchAll(/\/Length (\d+)\n(?:\/Filter \/FlateDecode\n)?>>\nstream\n/g)].map(
    (match) => {
      const start = match.index + match[0].length;
      const body = file.subarray(start, start + Number(match[1]));
      return match[0].includes('FlateDecode')
        ? inflateSync(body).toString('latin1')
        : body.toString('latin1');
    },
  );
  const letters = streams.filter((stream) => stream.includes('begincmap')).flatMap(lettersOf);
  return streams
    .filter((stream) => stream.includes(' TJ'))
    .flatMap((stream) =>
      [...stream.matchAll(/\[([^\]]*)\] TJ/g)].map((shown) => decode(shown[1] ?? '', letters)),
    )
    .join('\n');
}

function lettersOf(cmap: string): string[] {
  const letters: string[] = [];
  for (const range of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    let code = Number.parseInt(range[1] ?? '', 16);
    for (const entry of (range[2] ?? '').matchAll(/<([0-9a-f ]*)>/g))
      letters[code++] = Buffer.from((entry[1] ?? '').replaceAll(' ', ''), 'hex')
        .swap16()
        .toString('utf16le');
  }
  return letters;
}

function decode(shown: string, letters: readonly string[]): string {
  const codes =
    shown
      .match(/<[0-9a-f]*>/g)
      ?.join('')
      .match(/[0-9a-f]{4}/g) ?? [];
  return codes.map((code) => letters[Number.parseInt(code, 16)] ?? '\ufffd').join('');
}
