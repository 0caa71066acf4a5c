/** How wide the columns of a chart are and how many of them stand on one sheet. */
import type { Sheet } from './box.js';
import type { Face } from './fonts.js';
import { widestWord } from './lines.js';
import type { ChartBlock } from './press.js';

export const PAD = 2.2;

/** A stretch of the chart's columns that stands on one sheet. */
export interface Part {
  readonly from: number;
  readonly to: number;
  /** Left edge of the heads of groups, of the heads of rows, of each column, and the right edge of the last. */
  readonly edges: readonly number[];
}

const COLUMN = { least: 40, most: 92, roomy: 120 } as const;
const ROW_HEAD = { least: 30, most: 84 } as const;
/** Shares of the page that the heads of groups have. */
const HEAD = { least: 0.25, most: 0.42 } as const;

/** Where a text may be broken: words glued with no-break spaces are kept whole while there is room. */
const PARTING = /[ \n]/;

/** The parts of a chart in the order in which they are printed: the last columns first. */
export function partsOf(sheet: Sheet, chart: ChartBlock, size: number): Part[] {
  const rowHead = between(ROW_HEAD, widest([chart.corner[1], ...rowHeads(chart)], 'bold', size));
  const count = chart.columns.length;
  if (count === 0) return [part(sheet, 0, 0, sheet.body - rowHead, rowHead, 0)];
  const needed = between(
    COLUMN,
    Math.max(
      widest(cells(chart), 'regular', size),
      widest(chart.columns, 'bold', size),
      widest([...(chart.strong ?? []), ...(chart.bold ?? [])], 'bold', size),
    ),
  );
  const room = sheet.body - rowHead - sheet.body * HEAD.least;
  const most = Math.max(1, Math.floor(room / needed));
  const across = Math.ceil(count / Math.ceil(count / most));
  const column = Math.min(COLUMN.roomy, Math.max(needed, (sheet.body * (1 - HEAD.most) - rowHead) / across));
  const head = Math.max(sheet.body * HEAD.least, sheet.body - rowHead - across * column);
  const parts: Part[] = [];
  for (let to = count; to > 0; to -= across) {
    const from = Math.max(0, to - across);
    parts.push(part(sheet, from, to, head, rowHead, (sheet.body - rowHead - head) / across));
  }
  return parts;
}

function part(sheet: Sheet, from: number, to: number, head: number, rowHead: number, column: number): Part {
  const edges = [sheet.left, sheet.left + head, sheet.left + head + rowHead];
  for (let index = from; index < to; index++) edges.push((edges.at(-1) ?? 0) + column);
  return { from, to, edges };
}

function between({ least, most }: { least: number; most: number }, wanted: number): number {
  return Math.min(most, Math.max(least, wanted + 2 * PAD + 0.1));
}

function widest(texts: Iterable<string>, face: Face, size: number): number {
  let width = 0;
  for (const text of texts) width = Math.max(width, widestWord(text, face, size, PARTING));
  return width;
}

const rows = (chart: ChartBlock) =>
  chart.sections.flatMap(({ groups }) => groups.flatMap((group) => group.rows));

const rowHeads = (chart: ChartBlock): string[] => rows(chart).map(({ head }) => head);

/** A chart says the same few things many times: each is measured once. */
const cells = (chart: ChartBlock): Set<string> => new Set(rows(chart).flatMap((row) => row.cells));
