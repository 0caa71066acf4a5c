/**
 * A chart as staff know it: beside each group of rows its head, a grid of short entries at its right, its key above it.
 * For readers aloud one table: the head of a group spans its rows, and each cell is one element, however many lines it
 * has. A group stays on one page unless it is tall. A long head stands above its rows in the whole width.
 */
import { type Bench, startOf } from './bench.js';
import { type Again, type Box, baseline, TYPE } from './box.js';
import {
  type Cell,
  columnHead,
  drawCell,
  drawLines,
  heightOf,
  linesHeight,
  type Setting,
  sidesOf,
  type Tone,
} from './chart-cell.js';
import { drawBand, drawBandGround, drawHeadGround } from './chart-ground.js';
import { layOutGroup } from './chart-group.js';
import { PAD, partsOf } from './chart-measure.js';
import type { Face } from './fonts.js';
import { breakLines, type Line } from './lines.js';
import type { ChartBlock, ChartGroup, ChartRow } from './press.js';
import { breakPieces, type Piece } from './run-in.js';
import type { Tag } from './tags.js';

/** Share of a page's room above which a group or a row may be cut. */
const TALL = 0.6;
/** A head of columns taller than this share is not drawn again. */
const TALL_HEAD = 0.25;
/** A key higher than this share may be cut over pages. */
const HIGH_KEY = 0.3;

/** Boxes for a chart. */
export function layOutChart(bench: Bench, block: ChartBlock): Box[] {
  const chart = spoken(block, bench.say);
  const tones = new Map<string, Tone>([
    ...(chart.quiet ?? []).map((text) => [text, 'quiet'] as const),
    ...(chart.bold ?? []).map((text) => [text, 'bold'] as const),
    ...(chart.strong ?? []).map((text) => [text, 'strong'] as const),
  ]);
  const toneOf = (text: string): Tone => tones.get(text) ?? 'usual';
  const type = bench.sheet.grid;
  const set = setter(type.size);
  const tall = bench.room * TALL;
  return partsOf(bench.sheet, chart, type.size).flatMap((part, index, parts) => {
    const table = bench.paper.tags.add(bench.paper.tags.root, 'Table');
    return layOutPart({ bench, table, part, type, tall, toneOf, set }, chart, index, parts.length);
  });
}

/** Breaks texts into lines, each once for each face and width: a chart says the same few things many times. */
function setter(size: number): Setting['set'] {
  const broken = new Map<Face, Map<number, Map<string, readonly Line[]>>>();
  return (text, face, width) => {
    const widths = broken.get(face) ?? new Map<number, Map<string, readonly Line[]>>();
    broken.set(face, widths);
    const texts = widths.get(width) ?? new Map<string, readonly Line[]>();
    widths.set(width, texts);
    const lines = texts.get(text) ?? breakLines(text, face, size, width);
    texts.set(text, lines);
    return lines;
  };
}

/** The chart as it can be drawn; what it says many times is made legible once. */
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
    key: (chart.key ?? []).map(({ head, facts }) => ({
      head: say(head),
      facts: facts.map(({ label, value }) => ({ label: say(label), value: say(value) })),
    })),
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
    strong: (chart.strong ?? []).map(once),
    bold: (chart.bold ?? []).map(once),
    quiet: (chart.quiet ?? []).map(once),
  };
}

/** One stretch of columns as a table of its own. */
function layOutPart(setting: Setting, chart: ChartBlock, index: number, count: number): Box[] {
  const { bench, table, part } = setting;
  const { tags } = bench.paper;
  const first = index === 0;
  const caption = tags.add(table, 'Caption');
  const title = count === 1 ? chart.caption : `${chart.caption} (${index + 1} of ${count})`;
  const key = first ? keyBoxes(setting, caption, chart) : [];
  const above = [...titleBoxes(bench, caption, title), ...(isHigh(key, bench) ? loose(key) : key)];
  const row = tags.add(table, 'TR');
  const titles = [...chart.corner, ...chart.columns.slice(part.from, part.to)];
  const head = titles.map((text, at) => columnHead(setting, row, text, at));
  const height = heightOf(head);
  const headBox: Box = {
    height,
    gap: 2,
    keep: chart.sections.length > 0,
    draw(paper, top) {
      paper.artifact('Layout', () => drawHeadGround(paper, part, top, height));
      for (const cell of head) drawCell(paper, cell, top);
    },
  };
  const onTop = (label: string): Again => again(setting, head, height, label);
  const body = chart.sections.flatMap((section) => {
    const groups = first ? section.groups : section.groups.flatMap((group) => goneOn(setting, group));
    if (groups.length === 0) return [];
    const next = onTop(section.title === undefined ? '' : `${section.title} (continued)`);
    return [
      ...(section.title === undefined ? [] : [band(setting, section.title, onTop(''))]),
      ...groups.flatMap((group) =>
        layOutGroup(setting, group, next, () => onTop(`${group.name} (continued)`)),
      ),
    ];
  });
  return [...above, headBox, ...body];
}

/** What a later part has to tell of a group: rows of which each cell stands back are left out, and so is its text. */
function goneOn({ part, toneOf }: Setting, group: ChartGroup): ChartGroup[] {
  const tells = ({ cells }: ChartRow): boolean =>
    cells.slice(part.from, part.to).some((cell) => cell !== '' && toneOf(cell) !== 'quiet');
  const rows = group.rows.filter(tells);
  return rows.length === 0 ? [] : [{ ...group, text: '', rows }];
}

/** So high that it cannot go where the grid goes: in large print, or with very many letters. */
const isHigh = (boxes: readonly Box[], { room }: Bench): boolean =>
  boxes.reduce((sum, { height, gap = 0 }) => sum + height + gap, 0) > room * HIGH_KEY;

/** Boxes that go on over pages, the first and the last with what they stand beside. */
const loose = (boxes: readonly Box[]): Box[] =>
  boxes.map((box, index) => ({ ...box, keep: index === 0 || index >= boxes.length - 2 }));

function titleBoxes({ sheet }: Bench, tag: Tag, title: string): Box[] {
  const { body } = TYPE;
  return breakLines(title, 'bold', body.size, sheet.body).map((line, index) => ({
    height: body.leading,
    gap: index === 0 ? 8 : 0,
    keep: true,
    draw(paper, top) {
      const left = startOf(line, sheet.left, sheet.body);
      paper.tagged(tag, () => paper.line(line, left, baseline(top, body), body.size));
    },
  }));
}

/** The key in small lines between title and grid; it goes where the grid goes. */
function keyBoxes({ bench, type }: Setting, tag: Tag, { key = [] }: ChartBlock): Box[] {
  const { sheet } = bench;
  return key.flatMap(({ head, facts }) => {
    const pieces = facts.flatMap(({ label, value }, at): Piece[] => [
      ...(label === '' ? [] : [{ text: `${label}\u00a0=`, face: 'bold' } as const]),
      { text: at + 1 < facts.length ? `${value};` : value, face: 'regular' },
    ]);
    const lines = breakPieces([{ text: `${head}:`, face: 'bold' }, ...pieces], type.size, sheet.body);
    return lines.map(
      (line, at): Box => ({
        height: type.leading,
        gap: at > 0 ? 0 : 1,
        keep: true,
        draw(paper, top) {
          const left = startOf(line, sheet.left, sheet.body);
          paper.tagged(tag, () => paper.line(line, left, baseline(top, type), type.size));
        },
      }),
    );
  });
}

/** The title of a section, across the chart. */
function band({ bench, table, part, set, type }: Setting, title: string, onTop: Again): Box {
  const [left, right] = sidesOf(part);
  const { tags } = bench.paper;
  const attributes = { O: 'Table', Scope: 'Row', ColSpan: part.edges.length - 1 };
  const tag = tags.add(tags.add(table, 'TR'), 'TH', { attributes });
  const cell: Cell = {
    tag,
    lines: set(title, 'bold', right - left - 2 * PAD),
    left,
    right,
    type,
    tone: 'usual',
  };
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

/** What stands above the rows that go on upon a new page; it is read aloud once and is no content there. */
function again(setting: Setting, head: readonly Cell[], headHeight: number, label: string): Again {
  const { bench, part, set, type } = setting;
  const [left, right] = sidesOf(part);
  const repeated = headHeight <= bench.room * TALL_HEAD ? headHeight : 0;
  const said = [...(repeated > 0 ? [] : ['(continued)']), ...(label === '' ? [] : [label])].join(' ');
  const lines = said === '' ? [] : set(said, 'bold', right - left - 2 * PAD).slice(0, 2);
  const labelHeight = lines.length === 0 ? 0 : linesHeight(lines.length, type);
  return {
    height: repeated + labelHeight,
    draw(paper, top) {
      paper.artifact('Pagination', () => {
        if (repeated > 0) {
          drawHeadGround(paper, part, top, headHeight);
          for (const cell of head) drawLines(paper, cell, top);
        }
        if (labelHeight > 0) drawBand(paper, { lines, left, right, type }, top + repeated, labelHeight);
      });
    },
  };
}
