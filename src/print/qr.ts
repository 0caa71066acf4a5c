/**
 * A QR code (ISO/IEC 18004) that opens the document's address, with its words beside it: a figure for the eye and the
 * telephone, and the address in letters for whoever has neither.
 */
import encodeQR from 'qr';
import { type Bench, startOf } from './bench.js';
import { type Box, baseline, TYPE } from './box.js';
import { breakLines } from './lines.js';

/** Points for each of its squares: at half size a telephone still reads it. */
const SQUARE = 2.4;
/** Quiet zone round it, in squares (ISO/IEC 18004, 9.1). */
const QUIET = 4;

/** The squares of a code with its quiet zone. */
export const encode = (address: string): boolean[][] =>
  encodeQR(address, 'raw', { ecc: 'medium', border: QUIET });

/** Boxes for the code; none where the document has no address. */
export function layOutQr(bench: Bench, address: string | undefined, text: string): Box[] {
  if (address === undefined) return [];
  const { sheet } = bench;
  const { tags } = bench.paper;
  const squares = encode(address);
  const side = squares.length * SQUARE;
  const figure = tags.add(tags.root, 'Figure', { alt: bench.say(`QR code: ${text}`) });
  const words = tags.add(tags.root, 'P');
  const left = sheet.left + side + 6;
  const width = sheet.right - left;
  const lines = [text, address].flatMap((part) =>
    breakLines(bench.say(part), 'regular', TYPE.body.size, width),
  );
  const height = Math.max(side, lines.length * TYPE.body.leading);
  return [
    {
      height,
      gap: 6,
      draw(paper, top) {
        const foot = sheet.height - top - side;
        figure.attributes = {
          O: 'Layout',
          Placement: 'Block',
          BBox: [sheet.left, foot, sheet.left + side, foot + side].map((edge) => edge * sheet.scale),
        };
        paper.tagged(figure, () => {
          const start = { x: sheet.left, y: top };
          paper.rectangles(
            rowsOf(squares).map(([row, from, to]) => [
              start.x + from * SQUARE,
              start.y + row * SQUARE,
              (to - from) * SQUARE,
              SQUARE,
            ]),
          );
        });
        paper.tagged(words, () => {
          const first = top + Math.max(0, (side - lines.length * TYPE.body.leading) / 2);
          lines.forEach((line, index) => {
            const base = baseline(first + index * TYPE.body.leading, TYPE.body);
            paper.line(line, startOf(line, left, width), base, TYPE.body.size);
          });
        });
      },
    },
  ];
}

/** Dark squares beside each other as one piece: `[row, from, to]`. */
export function rowsOf(squares: readonly (readonly boolean[])[]): [number, number, number][] {
  const pieces: [number, number, number][] = [];
  squares.forEach((row, index) => {
    let from = -1;
    for (let column = 0; column <= row.length; column++) {
      const dark = row[column] === true;
      if (dark && from === -1) from = column;
      if (!dark && from !== -1) {
        pieces.push([index, from, column]);
        from = -1;
      }
    }
  });
  return pieces;
}
