/** A cell of a chart: its tag, its lines, its place between two edges. */
import { type Bench, startOf } from './bench.js';
import { baseline, type TypeSize } from './box.js';
import { PAD, type Part } from './chart-measure.js';
import type { Face } from './fonts.js';
import type { Line } from './lines.js';
import type { Paper } from './paper.js';
import type { ChartRow } from './press.js';
import type { Tag } from './tags.js';

/** How a cell is to be seen. */
export type Tone = 'usual' | 'strong' | 'bold' | 'quiet';

/** Lines between two edges. */
export interface Placed {
  readonly lines: readonly Line[];
  readonly left: number;
  readonly right: number;
  readonly type: TypeSize;
}
export interface Cell extends Placed {
  readonly tag: Tag;
  readonly tone: Tone;
  /** It stands beside more than one row. */
  readonly spans?: true;
}

/** What the parts of one table of a chart are laid out with. */
export interface Setting {
  readonly bench: Bench;
  readonly table: Tag;
  readonly part: Part;
  readonly type: TypeSize;
  /** Height above which a group or a row may be cut over pages. */
  readonly tall: number;
  readonly toneOf: (text: string) => Tone;
  /** Lines of a text; each is broken once for each width. */
  readonly set: (text: string, face: Face, width: number) => readonly Line[];
}

export const sidesOf = ({ edges }: Part): [number, number] => [edges[0] ?? 0, edges.at(-1) ?? 0];

/** Left and right edge of a column, counted from the left of the table. */
export const edgesOf = ({ edges }: Part, at: number): [number, number] => [
  edges[at] ?? 0,
  edges[at + 1] ?? 0,
];

/** The head of a column. */
export function columnHead(setting: Setting, row: Tag, text: string, at: number): Cell {
  const { bench, part, set, type } = setting;
  const [left, right] = edgesOf(part, at);
  const tag = bench.paper.tags.add(row, 'TH', { attributes: { O: 'Table', Scope: 'Column' } });
  return { tag, lines: set(text, 'bold', right - left - 2 * PAD), left, right, type, tone: 'usual' };
}

/** Head and cells of a row; `span` where the head has the place of the group's head too. */
export function rowCells(setting: Setting, row: Tag, { head, cells }: ChartRow, span = false): Cell[] {
  const { bench, part, set, type, toneOf } = setting;
  const { tags } = bench.paper;
  const [left, right] = edgesOf(part, 1);
  const attributes = { O: 'Table', Scope: 'Row', ...(span ? { ColSpan: 2 } : {}) };
  const first: Cell = {
    tag: tags.add(row, 'TH', { attributes }),
    lines: set(head, 'bold', right - left - 2 * PAD),
    left: span ? (part.edges[0] ?? left) : left,
    right,
    type,
    tone: 'usual',
  };
  return [
    first,
    ...cells.slice(part.from, part.to).map((text, index): Cell => {
      const [from, to] = edgesOf(part, index + 2);
      const tone = toneOf(text);
      const lines = set(text, faceOf(tone), to - from - 2 * PAD);
      return { tag: tags.add(row, 'TD'), lines, left: from, right: to, type, tone };
    }),
  ];
}

const faceOf = (tone: Tone): Face => (tone === 'strong' || tone === 'bold' ? 'bold' : 'regular');

/** Height of a row, before it has tags. */
export function rowHeight({ part, set, toneOf, type }: Setting, { head, cells }: ChartRow): number {
  const texts = [head, ...cells.slice(part.from, part.to)];
  const most = texts.reduce((lines, text, index) => {
    const [left, right] = edgesOf(part, index + 1);
    const face = index === 0 ? 'bold' : faceOf(toneOf(text));
    return Math.max(lines, set(text, face, right - left - 2 * PAD).length);
  }, 1);
  return linesHeight(most, type);
}

export const linesHeight = (lines: number, type: TypeSize): number =>
  Math.max(lines, 1) * type.leading + 2 * PAD;

/** Height of cells beside each other. */
export const heightOf = (cells: readonly Placed[]): number =>
  cells.reduce((most, { lines, type }) => Math.max(most, linesHeight(lines.length, type)), 0);

export function drawCell(paper: Paper, cell: Cell, top: number): void {
  if (cell.lines.every((line) => line.runs.length === 0)) return;
  paper.tagged(cell.tag, () => drawLines(paper, cell, top));
}

export function drawLines(paper: Paper, { lines, left, right, type }: Placed, top: number): void {
  lines.forEach((line, index) => {
    const x = startOf(line, left + PAD, right - left - 2 * PAD);
    paper.line(line, x, baseline(top + PAD + index * type.leading, type), type.size);
  });
}
