/** How wide the columns of a table are, by what stands in them. */
import type { Face } from './fonts.js';
import { extentOf } from './lines.js';

/** Widths that a column could do with. */
export interface Need {
  /** No word is broken. */
  readonly words: number;
  /** What was glued with no-break spaces may part, words are still whole. */
  readonly parted: number;
  /** Nothing is broken. */
  readonly wanted: number;
}

/** A table whose lines all fit is stretched to the page only when it nearly fills it. */
const NEARLY_FULL = 0.7;
/** A column of long texts asks for no more than this share of the page beyond its words. */
const MOST_WANTED = 0.6;
/** A long word asks for no more than this share of the page. */
const MOST_FOR_A_WORD = 1 / 3;

/**
 * What a column needs.
 * @param said the different texts in it
 * @param sides room at its sides
 */
export function needOf(
  title: string,
  said: ReadonlySet<string>,
  face: Face,
  size: number,
  sides: number,
): Need {
  const head = extentOf(title, 'bold', size);
  // A title on two lines costs one line in the table, a text on two lines one in each row.
  let [words, parted, wanted] = [head.words, head.parted, head.words];
  for (const text of said) {
    const extent = extentOf(text, face, size);
    words = Math.max(words, extent.words);
    parted = Math.max(parted, extent.parted);
    wanted = Math.max(wanted, extent.lines);
  }
  return { words: words + sides, parted: parted + sides, wanted: wanted + sides };
}

/** Whether columns can stand beside each other on `width` with no ordinary word broken. */
export function holdWords(needs: readonly Need[], width: number): boolean {
  return sum(needs.map((need) => Math.min(need.parted, width * MOST_FOR_A_WORD))) <= width;
}

/**
 * Widths by what stands in the columns: first none is narrower than its longest word, then what is left goes where the
 * long texts are, so that the rows are as low as can be.
 */
export function columnWidths(needs: readonly Need[], width: number): number[] {
  const natural = sum(needs.map((need) => need.wanted));
  if (natural <= width) {
    const stretch = natural >= width * NEARLY_FULL ? width / natural : 1;
    return needs.map((need) => need.wanted * stretch);
  }
  const most = width * MOST_FOR_A_WORD;
  const words = needs.map((need) => Math.min(need.words, most));
  const least = sum(words) <= width ? words : needs.map((need) => Math.min(need.parted, most));
  const taken = sum(least);
  if (taken >= width) return least.map((one) => (one / taken) * width);
  const more = needs.map((need, column) =>
    Math.max(0, Math.min(need.wanted, width * MOST_WANTED) - (least[column] ?? 0)),
  );
  const asked = Math.max(sum(more), 0.01);
  return least.map((one, column) => one + ((more[column] ?? 0) / asked) * (width - taken));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
