/**
 * A group of a chart's rows as one box: its head at the left of them, or above them in the whole width where that is a
 * good deal lower. What is too tall for one box is cut between rows, and a row that is too tall between its lines.
 */
import { startOf } from './bench.js';
import { type Again, type Box, baseline } from './box.js';
import {
  type Cell,
  drawCell,
  edgesOf,
  heightOf,
  linesHeight,
  rowCells,
  rowHeight,
  type Setting,
  sidesOf,
} from './chart-cell.js';
import { drawFrame, drawGrid, drawSides } from './chart-ground.js';
import { PAD } from './chart-measure.js';
import type { Line } from './lines.js';
import type { Paper } from './paper.js';
import type { ChartGroup } from './press.js';

/** A head stands above its rows where that saves at least this much height. */
const WORTH_IT = 12;

/** Boxes for a group; `onTop` stands above it on a new page, `onNext` above what is cut off. */
export function layOutGroup(setting: Setting, group: ChartGroup, onTop: Again, onNext: () => Again): Box[] {
  const { part, tall, type } = setting;
  const beside = headLines(setting, group, edgesOf(part, 0));
  // Across the page what is a line beside the rows is a sentence.
  const flowing = { ...group, text: group.text.replaceAll('\n', ' ') };
  const above = headLines(setting, flowing, sidesOf(part));
  const rowsHeight = group.rows.reduce((sum, row) => sum + rowHeight(setting, row), 0);
  const narrow = Math.max(linesHeight(beside.length, type), rowsHeight);
  const low = linesHeight(above.length, type) + rowsHeight;
  const wide = group.rows.length === 0 || low + WORTH_IT < narrow;
  const height = wide ? low : narrow;
  const first = wide ? wideHead(setting, above) : undefined;
  const rows = wide ? wideRows(setting, group) : narrowRows(setting, group, beside);
  if (height > tall) {
    const next = onNext();
    const cut = first === undefined ? [] : cutCells([first], sidesOf(part), onTop);
    return [...cut, ...rows.flatMap((cells) => rowBoxes(setting, cells, next))];
  }
  const top = first === undefined ? 0 : heightOf([first]);
  const draw = (paper: Paper, y: number): void => {
    if (first !== undefined) {
      paper.artifact('Layout', () => drawFrame(paper, first, y, y + top));
      drawCell(paper, first, y);
    }
    if (rows.length > 0) drawRows(paper, setting, rows, y + top, height - top);
  };
  return [{ height, again: onTop, draw }];
}

/** Name and text of a group between two edges. */
function headLines({ set }: Setting, { name, text }: ChartGroup, [left, right]: [number, number]): Line[] {
  const width = right - left - 2 * PAD;
  return [...set(name, 'bold', width), ...(text === '' ? [] : set(text, 'regular', width))];
}

/** The head of a group in a row of its own. */
function wideHead({ bench, table, part, type }: Setting, lines: readonly Line[]): Cell {
  const { tags } = bench.paper;
  const [left, right] = sidesOf(part);
  const attributes = { O: 'Table', Scope: 'Row', ColSpan: part.edges.length - 1 };
  const tag = tags.add(tags.add(table, 'TR'), 'TH', { attributes });
  return { tag, lines, left, right, type, tone: 'usual' };
}

/** The rows below a head in the whole width. */
const wideRows = (setting: Setting, { rows }: ChartGroup): Cell[][] =>
  rows.map((row) => rowCells(setting, setting.bench.paper.tags.add(setting.table, 'TR'), row, true));

/** The rows beside the head of their group, which is the first cell of the first. */
function narrowRows(setting: Setting, { rows }: ChartGroup, lines: readonly Line[]): Cell[][] {
  const { bench, part, table, type } = setting;
  const { tags } = bench.paper;
  const [left, right] = edgesOf(part, 0);
  const span = rows.length > 1 ? { RowSpan: rows.length } : {};
  return rows.map((row, index) => {
    const tr = tags.add(table, 'TR');
    if (index > 0) return rowCells(setting, tr, row);
    const tag = tags.add(tr, 'TH', { attributes: { O: 'Table', Scope: 'Row', ...span } });
    return [{ tag, lines, left, right, type, tone: 'usual', spans: true }, ...rowCells(setting, tr, row)];
  });
}

/** Rows under one another; where the head of the group is taller than all of them, each is a little taller. */
function drawRows(
  paper: Paper,
  { part }: Setting,
  rows: readonly (readonly Cell[])[],
  top: number,
  height: number,
): void {
  // The head of the group, beside the first row, is as high as all of them.
  const heights = rows.map((cells) => heightOf(cells.filter(({ spans }) => spans !== true)));
  const more = (height - heights.reduce((sum, one) => sum + one, 0)) / rows.length;
  const tops = [top];
  for (const one of heights) tops.push((tops.at(-1) ?? top) + one + more);
  paper.artifact('Layout', () => drawGrid(paper, part, rows, tops));
  rows.forEach((cells, index) => {
    for (const cell of cells) drawCell(paper, cell, tops[index] ?? top);
  });
}

/** One row of a group that does not stay on one page. */
function rowBoxes({ part, tall }: Setting, cells: readonly Cell[], onTop: Again): Box[] {
  const height = heightOf(cells);
  if (height > tall) return cutCells(cells, part.edges, onTop);
  const draw = (paper: Paper, top: number): void => {
    paper.artifact('Layout', () => drawGrid(paper, part, [cells], [top, top + height]));
    for (const cell of cells) drawCell(paper, cell, top);
  };
  return [{ height, again: onTop, draw }];
}

/** Cells beside each other as one box for each line of text, their sides drawn piece by piece. */
function cutCells(cells: readonly Cell[], edges: readonly number[], onTop: Again): Box[] {
  const count = cells.reduce((most, { lines }) => Math.max(most, lines.length), 1);
  const type = cells[0]?.type ?? { size: 0, leading: 0 };
  return Array.from({ length: count }, (_unused, index): Box => {
    const last = index === count - 1;
    const above = index === 0 ? PAD : 0;
    const height = type.leading + above + (last ? PAD : 0);
    return {
      height,
      again: onTop,
      keep: !last && (index < 2 || index === count - 2),
      draw(paper, top) {
        paper.artifact('Layout', () => drawSides(paper, edges, top, top + height, last));
        for (const { tag, lines, left, right } of cells) {
          const line = lines[index];
          if (line === undefined || line.runs.length === 0) continue;
          const x = startOf(line, left + PAD, right - left - 2 * PAD);
          paper.tagged(tag, () => paper.line(line, x, baseline(top + above, type), type.size));
        }
      },
    };
  });
}
