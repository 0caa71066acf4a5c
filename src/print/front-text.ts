/** The small type of a front page: leads in bold run into their texts, broken to a width. */
import { type Bench, startOf } from './bench.js';
import { baseline, type TypeSize } from './box.js';
import type { Face } from './fonts.js';
import type { Told } from './front-words.js';
import { breakLines, type Line } from './lines.js';
import type { Paper } from './paper.js';
import { breakPieces, type Piece } from './run-in.js';
import type { Tag } from './tags.js';

/** Sizes on a front page. */
export interface FrontType {
  readonly text: TypeSize;
  readonly large: TypeSize;
  readonly bar: TypeSize;
  readonly rows: TypeSize;
}

/** The smallest type is 10 points, in grids 9; a page with little on it is set larger. */
export function frontType(scale: number): FrontType {
  const size = (points: number, leading: number): TypeSize => ({
    size: points * scale,
    leading: leading * scale,
  });
  return { text: size(10, 10.9), large: size(15, 17.5), bar: size(10, 11.8), rows: size(9, 10.4) };
}

/** What laying out a front page goes by. */
export interface Setting {
  readonly bench: Bench;
  readonly type: FrontType;
  /** Number of the page after this one. */
  readonly next: number;
}

/** Stands after a text that another runs on from; never at the start of a line. */
const BETWEEN = '\u00a0\u00b7';

/** A text broken to a width. */
export interface Words {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly type: TypeSize;
  readonly height: number;
}

const wordsOf = (lines: readonly Line[], type: TypeSize, width: number): Words => ({
  lines,
  width,
  type,
  height: lines.length * type.leading,
});

/** Breaks a legible text of one face. */
export const words = (text: string, face: Face, type: TypeSize, width: number): Words =>
  wordsOf(breakLines(text, face, type.size, width), type, width);

/** Breaks legible texts, each after its lead, one running on into the next. */
export function ledWords(told: readonly Told[], type: TypeSize, width: number): Words {
  const pieces = told.flatMap(({ lead, text }, index): Piece[] => [
    ...(lead === '' ? [] : [{ text: `${lead}:`, face: 'narrow-bold' } as const]),
    { text: index < told.length - 1 && !/[.!?]$/.test(text) ? text + BETWEEN : text, face: 'narrow' },
  ]);
  return wordsOf(breakPieces(pieces, type.size, width), type, width);
}

/** Draws them into a tag. */
export function drawWords(
  paper: Paper,
  tag: Tag,
  { lines, width, type }: Words,
  left: number,
  top: number,
  grey = 0,
): void {
  if (lines.every((line) => line.runs.length === 0)) return;
  paper.tagged(tag, () =>
    lines.forEach((line, index) => {
      const foot = baseline(top + index * type.leading, type);
      paper.line(line, startOf(line, left, width), foot, type.size, grey);
    }),
  );
}
