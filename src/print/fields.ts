/**
 * Label and value side by side: a table whose label cells head what stands beside them. Two short fields share a row,
 * so that a page says more at a glance; a long value has the whole row. Read from left to right, row by row.
 */
import { type Bench, drawIn } from './bench.js';
import { type Box, baseline, type Sheet, TYPE } from './box.js';
import { breakLines, type Line } from './lines.js';
import type { Paper } from './paper.js';
import type { Field } from './press.js';
import type { Tag } from './tags.js';

const GAP = 6;
const GUTTER = 14;
const UNDER = 2.4;
/** Share of its half of the page that a label has. */
const LABEL_SHARE = 0.44;
/** A row of more lines may be cut over pages. */
const WHOLE_UP_TO = 8;
/** What is longer than this many lines in half a row has a row of its own. */
const SHORT = 2;
/** On a narrower page two fields beside each other would be broken to pieces. */
const NARROWEST_FOR_TWO = 400;

interface Spoken {
  readonly label: string;
  readonly value: string;
}
interface Part {
  readonly tag: Tag;
  readonly lines: readonly Line[];
  readonly left: number;
  readonly width: number;
}
interface Columns {
  /** Left edges of the halves. */
  readonly halves: readonly [number, number];
  readonly label: number;
  readonly half: number;
  readonly whole: number;
}

/** Boxes for fields. */
export function layOutFields(bench: Bench, fields: readonly Field[]): Box[] {
  if (fields.length === 0) return [];
  const { tags } = bench.paper;
  const columns = columnsOf(bench.sheet);
  const spoken = fields.map(({ label, value }) => ({ label: bench.say(label), value: bench.say(value) }));
  const rows = rowsOf(spoken, bench.sheet, columns);
  const paired = rows.some((row) => row.length === 2);
  const table = tags.add(tags.root, 'Table');
  return rows.flatMap((row, index) => {
    const tag = tags.add(table, 'TR');
    const whole = row.length === 1;
    const parts = row.flatMap(({ label, value }, half): Part[] => {
      const left = columns.halves[half] ?? columns.halves[0];
      const valueLeft = left + columns.label + GAP;
      const width = whole ? columns.whole : columns.half;
      const span = whole && paired ? { attributes: { O: 'Table', ColSpan: 3 } } : {};
      return [
        {
          tag: tags.add(tag, 'TH', { attributes: { O: 'Table', Scope: 'Row' } }),
          lines: breakLines(label, 'bold', TYPE.body.size, columns.label),
          left,
          width: columns.label,
        },
        {
          tag: tags.add(tag, 'TD', span),
          lines: breakLines(value, 'regular', TYPE.body.size, width),
          left: valueLeft,
          width,
        },
      ];
    });
    return rowBoxes(parts, bench.sheet, index === 0 ? 4 : 0.6);
  });
}

function columnsOf(sheet: Sheet): Columns {
  const halfWidth = (sheet.body - GUTTER) / 2;
  const label = Math.max(halfWidth, 190) * LABEL_SHARE;
  return {
    halves: [sheet.left, sheet.left + halfWidth + GUTTER],
    label,
    half: halfWidth - label - GAP,
    whole: sheet.body - label - GAP,
  };
}

/** Neighbours that are both short share a row; their order stays. */
function rowsOf(fields: readonly Spoken[], sheet: Sheet, columns: Columns): Spoken[][] {
  if (sheet.body < NARROWEST_FOR_TWO) return fields.map((field) => [field]);
  const rows: Spoken[][] = [];
  let waiting: Spoken | undefined;
  for (const field of fields) {
    if (!isShort(field, columns)) {
      if (waiting !== undefined) rows.push([waiting]);
      rows.push([field]);
      waiting = undefined;
    } else if (waiting === undefined) waiting = field;
    else {
      rows.push([waiting, field]);
      waiting = undefined;
    }
  }
  if (waiting !== undefined) rows.push([waiting]);
  return rows;
}

function isShort({ label, value }: Spoken, columns: Columns): boolean {
  const { size } = TYPE.body;
  // Not worth measuring: no letter is narrower than a fifth of its size.
  if (value.length * size * 0.2 > SHORT * columns.half) return false;
  return (
    breakLines(value, 'regular', size, columns.half).length <= SHORT &&
    breakLines(label, 'bold', size, columns.label).length <= SHORT + 1
  );
}

/** One box for a short row; a long one may go on over pages and is a box a line. */
function rowBoxes(parts: readonly Part[], sheet: Sheet, gap: number): Box[] {
  const count = parts.reduce((most, part) => Math.max(most, part.lines.length), 1);
  const step = count <= WHOLE_UP_TO ? count : 1;
  return Array.from({ length: count / step }, (_unused, index): Box => {
    const last = index === count / step - 1;
    return {
      height: step * TYPE.body.leading + (last ? UNDER : 0),
      gap: index === 0 ? gap : 0,
      keep: !last && (index === 0 || index === count - 2),
      draw(paper, top) {
        for (const part of parts) drawLines(paper, part, index * step, step, top);
        if (!last) return;
        const under = top + step * TYPE.body.leading + UNDER / 2;
        paper.artifact('Layout', () => paper.strokes([[sheet.left, under, sheet.right, under]], 0.4, 0.7));
      },
    };
  });
}

function drawLines(paper: Paper, part: Part, from: number, count: number, top: number): void {
  const { leading, size } = TYPE.body;
  for (let index = 0; index < count; index++) {
    const foot = baseline(top + index * leading, TYPE.body);
    drawIn(paper, part.tag, part.lines[from + index], part.left, part.width, foot, size);
  }
}
