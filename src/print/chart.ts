/**
 * A chart as staff know it: beside each group of rows its head, a grid of short entries at its right. For readers
 * aloud one table: the head of a group spans its rows, and each cell is one element, however many lines it has. A group
 * stays on one page unless it is tall. A long head stands above its rows in the whole width.
 */
import { type Bench, startOf } from './bench.js';
import { type Again, type Box, baseline, TYPE } from './box.js';
import { PAD, type Part, partsOf } from './chart-measure.js';
import type { Face } from './fonts.js';
import { breakLines, type Line } from './lines.js';
import type { Paper } from './paper.js';
import type { ChartBlock, ChartGroup, ChartRow, FactRow } from './press.js';
import { breakPieces, type Piece } from './run-in.js';
import type { Tag } from './tags.js';

const { size, leading } = TYPE.grid;
/** Share of a page's height above which a group or a row may be cut. */
const TALL = 0.44;
/** A head of columns taller than this is not drawn again. */
const TALL_HEAD = 100;
/** A head stands above its rows where that saves at least this much height. */
const WORTH_IT = 12;
const SHADE = { head: 0.88, section: 0.8, quiet: 0.94 } as const;

type Tone = 'usual' | 'strong' | 'quiet';
/** Text in its place between two edges. */
interface Cell {
  readonly tag: Tag;
  readonly lines: readonly Line[];
  readonly left: number;
  readonly right: number;
  readonly tone: Tone;
  /** It stands beside more than one row. */
  readonly spans?: true;
}
interface Setting {
  readonly bench: Bench;
  readonly table: Tag;
  readonly part: Part;
  readonly tall: number;
  readonly toneOf: (text: string) => Tone;
  /** Lines of a text; each is broken once for each width. */
  readonly set: (text: string, face: Face, width: number) => readonly Line[];
}

/** Boxes for a chart. */
export function layOutChart(bench: Bench, block: ChartBlock): Box[] {
  const chart = spoken(block, bench.say);
  const strong = new Set(chart.strong);
  const quiet = new Set(chart.quiet);
  const toneOf = (text: string): Tone => (strong.has(text) ? 'strong' : quiet.has(text) ? 'quiet' : 'usual');
  const broken = new Map<string, readonly Line[]>();
  const set = (text: string, face: Face, width: number): readonly Line[] => {
    const key = `${face} ${width} ${text}`;
    const known = broken.get(key);
    if (known !== undefined) return known;
    const lines = breakLines(text, face, size, width);
    broken.set(key, lines);
    return lines;
  };
  const tall = bench.sheet.height * TALL;
  return partsOf(bench.sheet, chart, size).flatMap((part, index, parts) => {
    const table = bench.paper.tags.add(bench.paper.tags.root, 'Table');
    return layOutPart({ bench, table, part, tall, toneOf, set }, chart, index, parts.length);
  });
}

function spoken(chart: ChartBlock, say: (text: string) => string): ChartBlock {
  const known = new Map<string, string>();
  const once = (text: string): string => {
    const said = known.get(text) ?? say(text);
    known.set(text, said);
    return said;
  };
  return {
    kind: 'chart',
    caption: say(chart.caption),
    corner: [say(chart.corner[0]), say(chart.corner[1])],
    columns: chart.columns.map(once),
    sections: chart.sections.map(({ title, groups }) => ({
      ...(title === undefined ? {} : { title: say(title) }),
      groups: groups.map(({ name, text, rows }) => ({
        name: say(name),
        text: say(text),
        rows: rows.map(({ head, cells }) => ({
          head: once(head),
          cells: chart.columns.map((_title, index) => once(cells[index] ?? '')),
        })),
      })),
    })),
    key: (chart.key ?? []).map(({ head, facts }) => ({
      head: say(head),
      facts: facts.map(({ label, value }) => ({ label: say(label), value: say(value) })),
    })),
    strong: (chart.strong ?? []).map(once),
    quiet: (chart.quiet ?? []).map(once),
  };
}

/** One stretch of columns as a table of its own. */
function layOutPart(setting: Setting, chart: ChartBlock, index: number, count: number): Box[] {
  const { bench, table, part } = setting;
  const first = index === 0;
  const caption = count === 1 ? chart.caption : `${chart.caption} (${index + 1} of ${count})`;
  const captionTag = bench.paper.tags.add(table, 'Caption');
  const captionLines = breakLines(caption, 'bold', TYPE.body.size, bench.sheet.body);
  const captionBoxes = captionLines.map(
    (line, at): Box => ({
      height: TYPE.body.leading + (at === captionLines.length - 1 ? 2 : 0),
      gap: at === 0 ? 8 : 0,
      keep: true,
      draw(paper, top) {
        const left = startOf(line, bench.sheet.left, bench.sheet.body);
        paper.tagged(captionTag, () => paper.line(line, left, baseline(top, TYPE.body), TYPE.body.size));
      },
    }),
  );
  const titles = [...chart.corner, ...chart.columns.slice(part.from, part.to)];
  const row = bench.paper.tags.add(table, 'TR');
  const head = titles.map((title, at) => place(setting, row, title, at, 'Column', 'bold'));
  const headHeight = heightOf(head);
  const headBox: Box = {
    height: headHeight,
    keep: true,
    draw(paper, top) {
      paper.artifact('Layout', () => drawHeadGround(paper, part, top, headHeight));
      for (const cell of head) drawCell(paper, cell, top);
    },
  };
  const onTop = (label: string): Again => again(setting, head, headHeight, label);
  const body = chart.sections.flatMap(({ title, groups }) => {
    const shown = first
      ? groups
      : groups.map((group) => within(setting, group)).filter((group) => group.rows.length > 0);
    if (shown.length === 0) return [];
    const above = onTop(title === undefined ? '' : `${title} (continued)`);
    return [
      ...(title === undefined ? [] : [band(setting, title, onTop(''))]),
      ...shown.flatMap((group) => layOutGroup(setting, first ? group : { ...group, text: '' }, above, onTop)),
    ];
  });
  return [...(first ? keyBoxes(bench, chart.key ?? []) : []), ...captionBoxes, headBox, ...body];
}

/** The key in small lines above the chart; they go where it goes. */
function keyBoxes({ paper, sheet }: Bench, key: readonly FactRow[]): Box[] {
  return key.flatMap(({ head, facts }, index) => {
    const tag = paper.tags.add(paper.tags.root, 'P');
    const pieces = facts.flatMap(({ label, value }, at): Piece[] => [
      ...(label === '' ? [] : [{ text: `${label}\u00a0=`, face: 'bold' } as const]),
      { text: at + 1 < facts.length ? `${value};` : value, face: 'regular' },
    ]);
    const lines = breakPieces([{ text: `${head}:`, face: 'bold' }, ...pieces], size, sheet.body);
    return lines.map(
      (line, at): Box => ({
        height: leading,
        gap: at > 0 ? 0 : index === 0 ? 8 : 2,
        keep: true,
        draw(page, top) {
          const left = startOf(line, sheet.left, sheet.body);
          page.tagged(tag, () => page.line(line, left, baseline(top, TYPE.grid), size));
        },
      }),
    );
  });
}

/** What a later part has to tell of a group: rows of which each cell stands back are left out. */
function within({ part, toneOf }: Setting, group: ChartGroup): ChartGroup {
  const tells = ({ cells }: ChartRow): boolean =>
    cells.slice(part.from, part.to).some((cell) => cell !== '' && toneOf(cell) !== 'quiet');
  return { ...group, rows: group.rows.filter(tells) };
}

/** A cell of the column `at`, counted from the left edge of the table. */
function place(
  { bench, part, set, toneOf }: Setting,
  row: Tag,
  text: string,
  at: number,
  scope: 'Column' | 'Row' | undefined,
  face: Face,
  known?: Tag,
): Cell {
  const [left = 0, right = 0] = [part.edges[at], part.edges[at + 1]];
  const { tags } = bench.paper;
  const tag =
    known ??
    (scope === undefined
      ? tags.add(row, 'TD')
      : tags.add(row, 'TH', { attributes: { O: 'Table', Scope: scope } }));
  const tone = scope === undefined ? toneOf(text) : 'usual';
  const lines = set(text, tone === 'strong' ? 'bold' : face, right - left - 2 * PAD);
  return { tag, lines, left, right, tone };
}

const heightOf = (cells: readonly Pick<Cell, 'lines'>[]): number =>
  cells.reduce((most, { lines }) => Math.max(most, lines.length), 1) * leading + 2 * PAD;

/** The title of a section, across the chart. */
function band({ bench, table, part, set }: Setting, title: string, onTop: Again): Box {
  const [left, right] = sidesOf(part);
  const row = bench.paper.tags.add(table, 'TR');
  const tag = bench.paper.tags.add(row, 'TH', {
    attributes: { O: 'Table', Scope: 'Row', ColSpan: part.edges.length - 1 },
  });
  const cell: Cell = { tag, lines: set(title, 'bold', right - left - 2 * PAD), left, right, tone: 'usual' };
  const height = heightOf([cell]);
  return {
    height,
    keep: true,
    again: onTop,
    draw(paper, top) {
      paper.artifact('Layout', () => drawBandGround(paper, cell, top, height));
      drawCell(paper, cell, top);
    },
  };
}

/**
 * A group as one box: its head at the left of its rows, or above them in the whole width where that is a good deal
 * lower. What is too tall for one box is cut.
 */
function layOutGroup(
  setting: Setting,
  group: ChartGroup,
  onTop: Again,
  label: (text: string) => Again,
): Box[] {
  const { part, tall } = setting;
  const beside = headLines(setting, group, part.edges[0] ?? 0, part.edges[1] ?? 0);
  // Across the page what is a line beside the rows is a sentence.
  const flowing = { ...group, text: group.text.replaceAll('\n', ' ') };
  const above = headLines(setting, flowing, ...sidesOf(part));
  const rowsHeight = group.rows.reduce((sum, row) => sum + heightOf(measured(setting, row)), 0);
  const narrow = Math.max(linesHeight(beside), rowsHeight);
  const low = linesHeight(above) + rowsHeight;
  const wide = group.rows.length === 0 || low + WORTH_IT < narrow;
  const height = wide ? low : narrow;
  const first = wide ? wideHead(setting, above) : undefined;
  const rows = wide ? wideRows(setting, group) : groupRows(setting, group, beside);
  if (height > tall) {
    const onNext = label(`${group.name} (continued)`);
    const cut = first === undefined ? [] : cutCells([first], sidesOf(part), onTop);
    return [...cut, ...rows.flatMap((cells) => rowBoxes(setting, cells, onNext))];
  }
  const top = first === undefined ? 0 : linesHeight(above);
  const draw = (paper: Paper, y: number): void => {
    if (first !== undefined) {
      paper.artifact('Layout', () => paper.strokes(frame(first.left, y, first.right, y + top), 0.5, 0.3));
      drawCell(paper, first, y);
    }
    if (rows.length > 0) drawRows(paper, part, rows, y + top, height - top);
  };
  return [{ height, again: onTop, draw }];
}

/** Name and text of a group between two edges. */
function headLines({ set }: Setting, { name, text }: ChartGroup, left: number, right: number): Line[] {
  const width = right - left - 2 * PAD;
  return [...set(name, 'bold', width), ...(text === '' ? [] : set(text, 'regular', width))];
}

/** The head of a group in a row of its own. */
function wideHead({ bench, table, part }: Setting, lines: readonly Line[]): Cell {
  const { tags } = bench.paper;
  const [left, right] = sidesOf(part);
  const tag = tags.add(tags.add(table, 'TR'), 'TH', {
    attributes: { O: 'Table', Scope: 'Row', ColSpan: part.edges.length - 1 },
  });
  return { tag, lines, left, right, tone: 'usual' };
}

const linesHeight = (lines: readonly Line[]): number => Math.max(lines.length, 1) * leading + 2 * PAD;

/** The lines of a row's own cells, before they have tags. */
const measured = ({ part, set, toneOf }: Setting, { head, cells }: ChartRow): Pick<Cell, 'lines'>[] =>
  [head, ...cells.slice(part.from, part.to)].map((text, index) => {
    const width = (part.edges[index + 2] ?? 0) - (part.edges[index + 1] ?? 0) - 2 * PAD;
    return { lines: set(text, index === 0 || toneOf(text) === 'strong' ? 'bold' : 'regular', width) };
  });

/** The rows of a group with their tags; the head of the group is the first cell of the first. */
function groupRows(setting: Setting, { rows }: ChartGroup, head: readonly Line[]): Cell[][] {
  const { bench, part, table } = setting;
  const { tags } = bench.paper;
  const [left = 0, right = 0] = part.edges;
  const span = rows.length > 1 ? { RowSpan: rows.length } : {};
  return rows.map((row, index) => {
    const tr = tags.add(table, 'TR');
    if (index > 0) return rowCells(setting, tr, row);
    const tag = tags.add(tr, 'TH', { attributes: { O: 'Table', Scope: 'Row', ...span } });
    return [{ tag, lines: head, left, right, tone: 'usual', spans: true }, ...rowCells(setting, tr, row)];
  });
}

/** The rows below a head in the whole width: their own heads have the place of both. */
function wideRows(setting: Setting, { rows }: ChartGroup): Cell[][] {
  const { bench, part, table } = setting;
  const { tags } = bench.paper;
  const left = part.edges[0] ?? 0;
  return rows.map((row) => {
    const tr = tags.add(table, 'TR');
    const tag = tags.add(tr, 'TH', { attributes: { O: 'Table', Scope: 'Row', ColSpan: 2 } });
    const [own, ...cells] = rowCells(setting, tr, row, tag);
    return own === undefined ? cells : [{ ...own, left }, ...cells];
  });
}

/** Rows under one another; where the head of the group is taller than all of them, each is a little taller. */
function drawRows(
  paper: Paper,
  part: Part,
  rows: readonly (readonly Cell[])[],
  top: number,
  height: number,
): void {
  // The head of the group, beside the first row, is as high as all of them.
  const heights = rows.map((cells) => heightOf(cells.filter(({ spans }) => spans !== true)));
  const more = (height - heights.reduce((sum, one) => sum + one, 0)) / Math.max(rows.length, 1);
  const tops = [top];
  for (const one of heights) tops.push((tops.at(-1) ?? top) + one + more);
  paper.artifact('Layout', () => drawGrid(paper, part, rows, tops));
  rows.forEach((cells, index) => {
    for (const cell of cells) drawCell(paper, cell, tops[index] ?? top);
  });
}

/** Head and cells of a row; `head` where the row's head has a tag already. */
function rowCells(setting: Setting, tr: Tag, row: ChartRow, head?: Tag): Cell[] {
  const cells = row.cells.slice(setting.part.from, setting.part.to);
  return [
    place(setting, tr, row.head, 1, 'Row', 'bold', head),
    ...cells.map((text, index) => place(setting, tr, text, index + 2, undefined, 'regular')),
  ];
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
  const [left, right] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  return Array.from({ length: count }, (_unused, index): Box => {
    const last = index === count - 1;
    const above = index === 0 ? PAD : 0;
    const height = leading + above + (last ? PAD : 0);
    return {
      height,
      again: onTop,
      keep: !last && (index < 2 || index === count - 2),
      draw(paper, top) {
        const bottom = top + height;
        paper.artifact('Layout', () => {
          const sides = edges.map((x): Stroke => [x, top, x, bottom]);
          paper.strokes(last ? [...sides, [left, bottom, right, bottom]] : sides, 0.5, 0.3);
        });
        for (const { tag, lines, left: from, right: to } of cells) {
          const line = lines[index];
          if (line === undefined || line.runs.length === 0) continue;
          const x = startOf(line, from + PAD, to - from - 2 * PAD);
          paper.tagged(tag, () => paper.line(line, x, baseline(top + above, TYPE.grid), size));
        }
      },
    };
  });
}

/** What stands above the rows that go on upon a new page; it is read aloud once and is no content there. */
function again(setting: Setting, head: readonly Cell[], headHeight: number, label: string): Again {
  const { part, set } = setting;
  const [left, right] = sidesOf(part);
  const repeated = headHeight <= TALL_HEAD ? headHeight : 0;
  const said = [...(repeated > 0 ? [] : ['(continued)']), ...(label === '' ? [] : [label])].join(' ');
  const lines = said === '' ? [] : set(said, 'bold', right - left - 2 * PAD).slice(0, 2);
  const labelHeight = lines.length === 0 ? 0 : linesHeight(lines);
  return {
    height: repeated + labelHeight,
    draw(paper, top) {
      paper.artifact('Pagination', () => {
        if (repeated > 0) {
          drawHeadGround(paper, part, top, headHeight);
          for (const cell of head) drawLines(paper, cell, top);
        }
        if (labelHeight > 0) drawBand(paper, { lines, left, right }, top + repeated, labelHeight);
      });
    },
  };
}

type Stroke = readonly [number, number, number, number];
const frame = (left: number, top: number, right: number, bottom: number): Stroke[] => [
  [left, top, right, top],
  [right, top, right, bottom],
  [right, bottom, left, bottom],
  [left, bottom, left, top],
];

const sidesOf = ({ edges }: Part): [number, number] => [edges[0] ?? 0, edges.at(-1) ?? 0];

function drawHeadGround(paper: Paper, part: Part, top: number, height: number): void {
  const [left, right] = sidesOf(part);
  paper.fill(left, top, right - left, height, SHADE.head);
  const inner = part.edges.map((x): Stroke => [x, top, x, top + height]);
  paper.strokes([...inner, [left, top, right, top], [left, top + height, right, top + height]], 0.9, 0);
}

/** Grounds and lines of rows; `tops` has the top of each and the foot of the last. */
function drawGrid(
  paper: Paper,
  part: Part,
  rows: readonly (readonly Cell[])[],
  tops: readonly number[],
): void {
  const [left, right] = sidesOf(part);
  const [first = 0, last = 0] = [tops[0], tops.at(-1)];
  rows.forEach((cells, index) => {
    const [top = 0, bottom = 0] = [tops[index], tops[index + 1]];
    for (const { left: from, right: to } of stretches(cells))
      paper.fill(from, top, to - from, bottom - top, SHADE.quiet);
  });
  // Below a head in the whole width the heads of the rows have the place of both.
  const beside = rows[0]?.[0]?.spans === true;
  const down = part.edges.filter((_x, index) => beside || index !== 1);
  const across = tops.slice(1, -1).map((y): Stroke => [beside ? (part.edges[1] ?? left) : left, y, right, y]);
  paper.strokes([...down.map((x): Stroke => [x, first, x, last]), ...across], 0.5, 0.3);
  paper.strokes(
    [
      [left, first, right, first],
      [left, last, right, last],
    ],
    0.9,
    0,
  );
  const strong = rows.flatMap((cells, index) =>
    cells
      .filter(({ tone }) => tone === 'strong')
      .flatMap((cell) =>
        frame(cell.left + 1, (tops[index] ?? 0) + 1, cell.right - 1, (tops[index + 1] ?? 0) - 1),
      ),
  );
  if (strong.length > 0) paper.strokes(strong, 1.4, 0);
}

/** Neighbours that stand back share one ground. */
function stretches(cells: readonly Cell[]): { left: number; right: number }[] {
  const found: { left: number; right: number }[] = [];
  for (const { tone, left, right } of cells) {
    if (tone !== 'quiet') continue;
    const last = found.at(-1);
    if (last !== undefined && last.right === left) last.right = right;
    else found.push({ left, right });
  }
  return found;
}

type Placed = Pick<Cell, 'lines' | 'left' | 'right'>;

function drawBandGround(paper: Paper, { left, right }: Placed, top: number, height: number): void {
  paper.fill(left, top, right - left, height, SHADE.section);
  paper.strokes(frame(left, top, right, top + height), 0.9, 0);
}

function drawBand(paper: Paper, placed: Placed, top: number, height: number): void {
  drawBandGround(paper, placed, top, height);
  drawLines(paper, placed, top);
}

function drawCell(paper: Paper, cell: Cell, top: number): void {
  if (cell.lines.every((line) => line.runs.length === 0)) return;
  paper.tagged(cell.tag, () => drawLines(paper, cell, top));
}

function drawLines(paper: Paper, { lines, left, right }: Placed, top: number): void {
  lines.forEach((line, index) => {
    const x = startOf(line, left + PAD, right - left - 2 * PAD);
    paper.line(line, x, baseline(top + PAD + index * leading, TYPE.grid), size);
  });
}
