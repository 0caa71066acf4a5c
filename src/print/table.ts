/**
 * Tables laid by hand. A row stays on one page unless it is tall; then it is cut between lines of text, never through
 * one. The head is drawn again on each page the table reaches, as an artifact: it is read aloud once.
 */
import { type Bench, drawIn, startOf } from './bench.js';
import { type Again, type Box, baseline, type Sheet, TYPE, type TypeSize } from './box.js';
import { columnWidths, holdWords, type Need, needOf } from './columns.js';
import type { Face } from './fonts.js';
import { breakLines, type Line } from './lines.js';
import type { Paper } from './paper.js';
import type { Block } from './press.js';
import { layOutRecords } from './records.js';
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
  /** Where it is not the table's. */
  readonly size?: number;
}
/** How the rows of a table are made. */
interface Rows {
  readonly table: Table;
  readonly measure: Measure;
  readonly onTop: Again;
  /** Texts already broken into lines, by column. */
  readonly broken: readonly Map<string, Line[]>[];
}

/** A row taller than this may be cut over pages. */
const TALL_ROW = 220;
/** A head taller than this is not drawn again. */
const TALL_HEAD = 160;
const SHADE = 0.9;
/** Room for handwriting. */
const TO_WRITE_IN = 24;
/** A box to tick with a pen, and what it says to readers aloud. */
const TICK = { box: '\u2610', size: 13, words: 'not ticked' } as const;

/** Boxes for a table: caption, head, rows. */
export function layOutTable(bench: Bench, table: Table): Box[] {
  const { tags } = bench.paper;
  const caption = bench.say(table.caption);
  const titles = table.columns.map((column) => bench.say(column.title));
  const texts = table.rows.map((row) => fitColumns(row, Math.max(1, titles.length)).map(bench.say));
  const measure = measureColumns(bench.sheet, table, titles, texts);
  if (measure === undefined) return layOutRecords(bench, table);
  const tag = tags.add(tags.root, 'Table');
  const captionBoxes = caption === '' ? [] : layOutCaption(bench.sheet, tags.add(tag, 'Caption'), caption);
  const head = layOutHead(bench, tag, titles, measure);
  const onTop = again(bench.sheet, caption, head, measure);
  // A chart says the same few things in hundreds of cells: each is broken into lines once.
  const broken = titles.map(() => new Map<string, Line[]>());
  const making = { table, measure, onTop, broken };
  const rows = texts.flatMap((cells) => layOutRow(bench, tags.add(tag, 'TR'), cells, making));
  return [...captionBoxes, headBox(head, measure, captionBoxes.length === 0, rows.length > 0), ...rows];
}

/** Where the columns stand; nothing where they cannot hold even their words. */
function measureColumns(
  sheet: Sheet,
  table: Table,
  titles: readonly string[],
  texts: readonly (readonly string[])[],
): Measure | undefined {
  const shares =
    table.columns.length === 0 ? [1] : table.columns.map((column) => Math.max(column.share, 0.01));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const type = sheet.grid;
  const pad = shares.length > 7 ? 2.5 : 3;
  const needs = shares.map((share, column): Need => {
    // A chart says the same few things in hundreds of cells: each is measured once.
    const said = new Set(texts.map((row) => row[column] ?? ''));
    const face = faceOf(table, column);
    const need = needOf(titles[column] ?? '', said, face, type.size, 2 * pad + 0.1);
    // An empty cell may be there to be written in: its column keeps what was asked for it.
    const asked = said.has('') ? (share / whole) * sheet.body : 0;
    return { ...need, wanted: Math.max(need.wanted, asked) };
  });
  if (!holdWords(needs, sheet.body)) return undefined;
  const edges: number[] = [sheet.left];
  for (const width of columnWidths(needs, sheet.body)) edges.push((edges.at(-1) ?? 0) + width);
  return { type, pad, edges };
}

function layOutCaption(sheet: Sheet, tag: Tag, caption: string): Box[] {
  const lines = breakLines(caption, 'bold', TYPE.body.size, sheet.body);
  return lines.map((line, index) => ({
    height: TYPE.body.leading + (index === lines.length - 1 ? 2 : 0),
    gap: index === 0 ? 6 : 0,
    keep: true,
    draw(paper, top) {
      drawIn(paper, tag, line, sheet.left, sheet.body, baseline(top, TYPE.body), TYPE.body.size);
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
    gap: first ? 6 : 0,
    keep,
    draw(paper, top) {
      paper.artifact('Layout', () => drawHeadGround(paper, top, head.height, measure));
      drawCells(paper, head.cells, top, measure);
    },
  };
}

/** Head and caption once more at the top of a following page. */
function again(sheet: Sheet, caption: string, head: HeadRow, measure: Measure): Again {
  const [line] = breakLines(
    caption === '' ? '(continued)' : `${caption} (continued)`,
    'bold',
    sheet.grid.size,
    sheet.body,
  );
  const captionHeight = sheet.grid.leading + 2;
  const repeated = head.height <= TALL_HEAD ? head.height : 0;
  return {
    height: captionHeight + repeated,
    draw(paper, top) {
      paper.artifact('Pagination', () => {
        if (line !== undefined)
          paper.line(line, startOf(line, sheet.left, sheet.body), baseline(top, sheet.grid), sheet.grid.size);
        if (repeated === 0) {
          paper.strokes([[sheet.left, top + captionHeight, sheet.right, top + captionHeight]], 0.5, 0.3);
          return;
        }
        drawHeadGround(paper, top + captionHeight, head.height, measure);
        for (const [index, cell] of head.cells.entries())
          drawCell(paper, cell, index, top + captionHeight, measure);
      });
    },
  };
}

function layOutRow(bench: Bench, tag: Tag, row: readonly string[], making: Rows): Box[] {
  const { measure, onTop, table } = making;
  const cells = row.map((text, index) => layOutCell(bench, tag, text, index, making));
  const height = Math.max(rowHeight(cells, measure), table.toWriteIn === true ? TO_WRITE_IN : 0);
  // Under the head that is drawn again there must be room for it.
  if (height <= Math.min(TALL_ROW, bench.room - onTop.height)) {
    const draw = (paper: Paper, top: number): void => {
      paper.artifact('Layout', () => drawCellSides(paper, top, height, measure, true));
      drawCells(paper, cells, top, measure);
    };
    return [{ height, again: onTop, draw }];
  }
  return cutRow(cells, measure, onTop);
}

function layOutCell(bench: Bench, row: Tag, text: string, column: number, making: Rows): Cell {
  const { tags } = bench.paper;
  const { table, measure, broken } = making;
  if (column === 0 && table.rowHeads !== undefined) {
    const tag = tags.add(row, 'TH', { attributes: { O: 'Table', Scope: 'Row' } });
    return { tag, lines: cellLines(text, column, measure, broken[column], faceOf(table, column)) };
  }
  const tag = tags.add(row, 'TD');
  if (text === '' && table.columns[column]?.tick === true) {
    const lines = breakLines(TICK.box, 'regular', TICK.size, columnWidth(measure, column));
    return { tag, lines: lines.map((line) => ({ ...line, actual: TICK.words })), size: TICK.size };
  }
  return { tag, lines: cellLines(text, column, measure, broken[column], faceOf(table, column)) };
}

function faceOf(table: Table, column: number): Face {
  if (column === 0 && table.rowHeads === true) return 'narrow-bold';
  return table.narrow === true ? 'narrow' : 'regular';
}

function cellLines(
  text: string,
  column: number,
  measure: Measure,
  broken: Map<string, Line[]> | undefined,
  face: Face,
): readonly Line[] {
  const known = broken?.get(text);
  if (known !== undefined) return known;
  const lines = breakLines(text, face, measure.type.size, columnWidth(measure, column));
  broken?.set(text, lines);
  return lines;
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
    paper.line(line, left, lineFoot(top, row, measure), cell.size ?? measure.type.size);
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
  const [left, right] = sidesOf(measure);
  paper.fill(left, top, right - left, height, SHADE);
  drawCellSides(paper, top, height, measure, true);
  paper.strokes([[left, top, right, top]], 0.9, 0);
}

function drawCellSides(paper: Paper, top: number, height: number, measure: Measure, closed: boolean): void {
  const bottom = top + height;
  const sides = measure.edges.map((x): [number, number, number, number] => [x, top, x, bottom]);
  const [left, right] = sidesOf(measure);
  if (closed) sides.push([left, bottom, right, bottom]);
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

function sidesOf(measure: Measure): [number, number] {
  return [measure.edges[0] ?? 0, measure.edges.at(-1) ?? 0];
}

function columnLeft(measure: Measure, index: number): number {
  return (measure.edges[index] ?? 0) + measure.pad;
}

function columnWidth(measure: Measure, index: number): number {
  return (measure.edges[index + 1] ?? 0) - (measure.edges[index] ?? 0) - 2 * measure.pad;
}
