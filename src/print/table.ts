/**
 * Tables laid by hand. A row stays on one page unless it is tall; then it is cut between lines of text, never through
 * one. The head is drawn again on each page the table reaches, as an artifact: it is read aloud once.
 */
import { type Bench, drawIn, startOf } from './bench.js';
import { type Again, BODY_WIDTH, type Box, baseline, PAGE, TYPE, type TypeSize } from './box.js';
import { breakLines, type Line, widestWord } from './lines.js';
import type { Paper } from './paper.js';
import type { Block } from './press.js';
import type { Tag } from './tags.js';

type Table = Extract<Block, { kind: 'table' }>;

interface Measure {
  readonly type: TypeSize;
  readonly pad: number;
  /** Left edge of each column, and the right edge of the last. */
  readonly edges: readonly number[];
}
interface Cell {
  readonly tag: Tag;
  readonly lines: readonly Line[];
}

/** A row taller than this may be cut over pages. */
const TALL_ROW = 220;
/** A head taller than this is not drawn again. */
const TALL_HEAD = 160;
const SHADE = 0.9;

/** Boxes for a table: caption, head, rows. */
export function layOutTable(bench: Bench, table: Table): Box[] {
  const { tags } = bench.paper;
  const tag = tags.add(tags.root, 'Table');
  const caption = bench.say(table.caption);
  const captionBoxes = caption === '' ? [] : layOutCaption(tags.add(tag, 'Caption'), caption);
  const titles = table.columns.map((column) => bench.say(column.title));
  const texts = table.rows.map((row) => fitColumns(row, Math.max(1, titles.length)).map(bench.say));
  const measure = measureColumns(table, titles, texts);
  const head = layOutHead(bench, tag, titles, measure);
  const onTop = again(caption, head, measure);
  const rows = texts.flatMap((cells) => layOutRow(bench, tags.add(tag, 'TR'), cells, measure, onTop));
  return [...captionBoxes, headBox(head, measure, captionBoxes.length === 0, rows.length > 0), ...rows];
}

function measureColumns(
  table: Table,
  titles: readonly string[],
  texts: readonly (readonly string[])[],
): Measure {
  const shares =
    table.columns.length === 0 ? [1] : table.columns.map((column) => Math.max(column.share, 0.01));
  const dense = shares.length > 7;
  const type = dense ? TYPE.dense : TYPE.grid;
  const pad = dense ? 2.5 : 4;
  const needs = (parting: RegExp): number[] =>
    shares.map((_share, column) => {
      // A chart says the same few things in hundreds of cells: each is measured once.
      const said = new Set(texts.map((row) => row[column] ?? ''));
      let most = widestWord(titles[column] ?? '', 'bold', type.size, parting);
      for (const text of said) most = Math.max(most, widestWord(text, 'regular', type.size, parting));
      return most + 2 * pad + 0.1;
    });
  const whole = needs(/[ \n]/);
  const fits = whole.reduce((sum, width) => sum + width, 0) <= BODY_WIDTH;
  const edges: number[] = [PAGE.left];
  for (const width of columnWidths(shares, fits ? whole : needs(/[ \n\u00a0]/)))
    edges.push((edges.at(-1) ?? 0) + width);
  return { type, pad, edges };
}

/**
 * Widths by the shares asked for, but for columns whose longest word needs more: it is taken from those that have more
 * than they need, so that a short word is not broken beside a half-empty column.
 */
function columnWidths(shares: readonly number[], needs: readonly number[]): number[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const asked = shares.map((share) => (share / whole) * BODY_WIDTH);
  const most = BODY_WIDTH / 3;
  const least = needs.map((need, column) => Math.min(need, Math.max(most, asked[column] ?? 0)));
  const wanted = least.reduce((sum, width) => sum + width, 0);
  if (wanted >= BODY_WIDTH) return least.map((width) => (width / wanted) * BODY_WIDTH);
  const short = asked.reduce((sum, width, column) => sum + Math.max(0, (least[column] ?? 0) - width), 0);
  const spare = asked.reduce((sum, width, column) => sum + Math.max(0, width - (least[column] ?? 0)), 0);
  return asked.map((width, column) => {
    const need = least[column] ?? 0;
    return width <= need ? need : width - ((width - need) / spare) * short;
  });
}

function layOutCaption(tag: Tag, caption: string): Box[] {
  const lines = breakLines(caption, 'bold', TYPE.body.size, BODY_WIDTH);
  return lines.map((line, index) => ({
    height: TYPE.body.leading + (index === lines.length - 1 ? 2 : 0),
    gap: index === 0 ? 8 : 0,
    keep: true,
    draw(paper, top) {
      drawIn(paper, tag, line, PAGE.left, BODY_WIDTH, baseline(top, TYPE.body), TYPE.body.size);
    },
  }));
}

interface HeadRow {
  readonly cells: readonly Cell[];
  readonly height: number;
}

function layOutHead(bench: Bench, table: Tag, titles: readonly string[], measure: Measure): HeadRow {
  const { tags } = bench.paper;
  const row = tags.add(table, 'TR');
  const cells = titles.map((title, index) => ({
    tag: tags.add(row, 'TH', { attributes: { O: 'Table', Scope: 'Column' } }),
    lines: breakLines(title, 'bold', measure.type.size, columnWidth(measure, index)),
  }));
  return { cells, height: rowHeight(cells, measure) };
}

function headBox(head: HeadRow, measure: Measure, first: boolean, keep: boolean): Box {
  return {
    height: head.height,
    gap: first ? 8 : 0,
    keep,
    draw(paper, top) {
      paper.artifact('Layout', () => drawHeadGround(paper, top, head.height, measure));
      drawCells(paper, head.cells, top, measure);
    },
  };
}

/** Head and caption once more at the top of a following page. */
function again(caption: string, head: HeadRow, measure: Measure): Again {
  const [line] = breakLines(
    caption === '' ? '(continued)' : `${caption} (continued)`,
    'bold',
    TYPE.grid.size,
    BODY_WIDTH,
  );
  const captionHeight = TYPE.grid.leading + 2;
  const repeated = head.height <= TALL_HEAD ? head.height : 0;
  return {
    height: captionHeight + repeated,
    draw(paper, top) {
      paper.artifact('Pagination', () => {
        if (line !== undefined)
          paper.line(line, startOf(line, PAGE.left, BODY_WIDTH), baseline(top, TYPE.grid), TYPE.grid.size);
        if (repeated === 0) {
          paper.strokes([[PAGE.left, top + captionHeight, PAGE.right, top + captionHeight]], 0.5, 0.3);
          return;
        }
        drawHeadGround(paper, top + captionHeight, head.height, measure);
        for (const [index, cell] of head.cells.entries())
          drawCell(paper, cell, index, top + captionHeight, measure);
      });
    },
  };
}

function layOutRow(bench: Bench, tag: Tag, row: readonly string[], measure: Measure, onTop: Again): Box[] {
  const { tags } = bench.paper;
  const cells = row.map((text, index) => ({
    tag: tags.add(tag, 'TD'),
    lines: breakLines(text, 'regular', measure.type.size, columnWidth(measure, index)),
  }));
  const height = rowHeight(cells, measure);
  if (height <= TALL_ROW) {
    const draw = (paper: Paper, top: number): void => {
      paper.artifact('Layout', () => drawCellSides(paper, top, height, measure, true));
      drawCells(paper, cells, top, measure);
    };
    return [{ height, again: onTop, draw }];
  }
  return cutRow(cells, measure, onTop);
}

/** A tall row as one box for each line of text, its sides drawn piece by piece. */
function cutRow(cells: readonly Cell[], measure: Measure, onTop: Again): Box[] {
  const count = tallest(cells);
  return Array.from({ length: count }, (_unused, line): Box => {
    const above = line === 0 ? measure.pad : 0;
    const last = line === count - 1;
    const height = measure.type.leading + above + (last ? measure.pad : 0);
    return {
      height,
      again: onTop,
      keep: !last && (line < 2 || line === count - 2),
      draw(paper, top) {
        paper.artifact('Layout', () => drawCellSides(paper, top, height, measure, last));
        drawCellLines(paper, cells, line, baseline(top + above, measure.type), measure);
      },
    };
  });
}

function drawCells(paper: Paper, cells: readonly Cell[], top: number, measure: Measure): void {
  cells.forEach((cell, index) => {
    if (isBlank(cell)) return;
    paper.tagged(cell.tag, () => drawCell(paper, cell, index, top, measure));
  });
}

function drawCell(paper: Paper, cell: Cell, index: number, top: number, measure: Measure): void {
  cell.lines.forEach((line, row) => {
    const left = startOf(line, columnLeft(measure, index), columnWidth(measure, index));
    paper.line(line, left, lineFoot(top, row, measure), measure.type.size);
  });
}

function isBlank(cell: Cell): boolean {
  return cell.lines.every((line) => line.runs.length === 0);
}

function drawCellLines(
  paper: Paper,
  cells: readonly Cell[],
  line: number,
  foot: number,
  measure: Measure,
): void {
  cells.forEach((cell, index) => {
    drawIn(
      paper,
      cell.tag,
      cell.lines[line],
      columnLeft(measure, index),
      columnWidth(measure, index),
      foot,
      measure.type.size,
    );
  });
}

/** As many cells as columns; what a row has too many is added to its last cell, not lost. */
function fitColumns(row: readonly string[], columns: number): string[] {
  const cells = Array.from({ length: columns }, (_unused, index) => row[index] ?? '');
  if (row.length > columns) cells[columns - 1] = row.slice(columns - 1).join('\n');
  return cells;
}

function drawHeadGround(paper: Paper, top: number, height: number, measure: Measure): void {
  paper.fill(PAGE.left, top, BODY_WIDTH, height, SHADE);
  drawCellSides(paper, top, height, measure, true);
  paper.strokes([[PAGE.left, top, PAGE.right, top]], 0.9, 0);
}

function drawCellSides(paper: Paper, top: number, height: number, measure: Measure, closed: boolean): void {
  const bottom = top + height;
  const sides = measure.edges.map((x): [number, number, number, number] => [x, top, x, bottom]);
  if (closed) sides.push([PAGE.left, bottom, PAGE.right, bottom]);
  paper.strokes(sides, 0.5, 0.3);
}

function rowHeight(cells: readonly Cell[], measure: Measure): number {
  return tallest(cells) * measure.type.leading + 2 * measure.pad;
}

function tallest(cells: readonly Cell[]): number {
  return cells.reduce((most, cell) => Math.max(most, cell.lines.length), 1);
}

function lineFoot(top: number, line: number, measure: Measure): number {
  return baseline(top + measure.pad + line * measure.type.leading, measure.type);
}

function columnLeft(measure: Measure, index: number): number {
  return (measure.edges[index] ?? PAGE.left) + measure.pad;
}

function columnWidth(measure: Measure, index: number): number {
  return (measure.edges[index + 1] ?? PAGE.right) - (measure.edges[index] ?? PAGE.left) - 2 * measure.pad;
}
