/**
 * Rows of answers: at the left what they are about, beside it each answer with its name in bold before it, one after
 * another in running text. A long answer has lines of its own. For readers aloud a table whose rows have heads: three
 * structure elements a row, however much it tells.
 */
import { type Bench, startOf } from './bench.js';
import { type Again, type Box, baseline, type Sheet, TYPE } from './box.js';
import { breakLines, type Line, needsShaping, widestWord } from './lines.js';
import type { Paper } from './paper.js';
import type { FactRow, Field } from './press.js';
import { breakPieces, type Piece } from './run-in.js';
import type { Tag } from './tags.js';

const GAP = 8;
const UNDER = 1.8;
/** Shares of the page that the heads may take; that is taken with which the rows are lowest. */
const HEAD_SHARES = [0.14, 0.2];
/** A head's word that is wider is broken. */
const MOST_WORD = 130;
/** Width of a letter, about. */
const USUAL_LETTER = 5.2;
/** On a narrower page the head stands above its answers. */
const NARROWEST_FOR_TWO = 400;
/** A row of more lines may be cut over pages. */
const WHOLE_UP_TO = 4;
/** A longer answer begins a line, and so does what follows it. */
const LONG = 140;
/** Stands at the end of an answer and never at the start of a line. */
/** Running text in little room: as high as all text, and narrower. */
const FACE = { name: 'narrow-bold', text: 'narrow' } as const;
const BETWEEN = '\u00a0\u00b7';

/** A row in words that can be printed. */
interface Said {
  readonly head: string;
  readonly facts: readonly Field[];
}
interface Part {
  readonly tag: Tag;
  readonly lines: readonly Line[];
  readonly left: number;
  readonly width: number;
}

/** Boxes for rows of facts. */
export function layOutFacts(bench: Bench, rows: readonly FactRow[]): Box[] {
  if (rows.length === 0) return [];
  const { tags } = bench.paper;
  const { sheet } = bench;
  const table = tags.add(tags.root, 'Table');
  const said = rows.map(({ head, facts }) => sayRow(head, facts, bench.say));
  const width = widthOfHeads(sheet, said);
  return said.flatMap(({ head, facts }, index) => {
    const tag = tags.add(table, 'TR');
    const pieces = piecesOf(facts);
    const gap = index === 0 ? 4 : 0.6;
    if (head === '') {
      const span = width === 0 ? {} : { attributes: { O: 'Table', ColSpan: 2 } };
      const cell = tags.add(tag, 'TD', span);
      return rowBoxes([part(cell, pieces, sheet.left, sheet.body)], sheet, gap);
    }
    const th = tags.add(tag, 'TH', { attributes: { O: 'Table', Scope: 'Row' } });
    const td = tags.add(tag, 'TD');
    if (width === sheet.body) return stacked(head, th, part(td, pieces, sheet.left, sheet.body), sheet, gap);
    const left = sheet.left + width + GAP;
    const lines = breakLines(head, FACE.name, TYPE.body.size, width);
    const headPart = { tag: th, lines, left: sheet.left, width };
    const again = continued(head, sheet);
    return rowBoxes([headPart, part(td, pieces, left, sheet.right - left)], sheet, gap, again);
  });
}

/** What a row is about, said again where it goes on upon another page; readers aloud know it from the row. */
function continued(head: string, sheet: Sheet): Again {
  const lines = breakLines(`${head} (continued)`, FACE.name, TYPE.body.size, sheet.body);
  return {
    height: lines.length * TYPE.body.leading,
    draw(paper, top) {
      paper.artifact('Pagination', () => {
        lines.forEach((line, index) => {
          const foot = baseline(top + index * TYPE.body.leading, TYPE.body);
          paper.line(line, startOf(line, sheet.left, sheet.body), foot, TYPE.body.size);
        });
      });
    },
  };
}

const sayRow = (head: string, facts: readonly Field[], say: (text: string) => string): Said => ({
  head: say(head),
  facts: facts.map(({ label, value }) => ({ label: say(label), value: say(value) })),
});

/** Width of the column of heads: none where no row has one, the whole page where it is narrow. */
function widthOfHeads(sheet: Sheet, rows: readonly Said[]): number {
  const { size } = TYPE.body;
  const headed = rows.filter(({ head }) => head !== '');
  if (headed.length === 0) return 0;
  if (sheet.body < NARROWEST_FOR_TWO) return sheet.body;
  const letters = headed.map(({ facts }) =>
    facts.reduce((sum, f) => sum + f.label.length + f.value.length + 3, 0),
  );
  // No word of a head is broken for it.
  const word = headed.reduce((most, { head }) => Math.max(most, widestWord(head, FACE.name, size, / /)), 0);
  let best = { width: 0, lines: Number.POSITIVE_INFINITY };
  for (const share of HEAD_SHARES) {
    const room = Math.max(sheet.body * share, Math.min(word, MOST_WORD) + 0.5);
    const heads = headed.map(({ head }) => breakLines(head, FACE.name, size, room));
    const widest = heads.reduce((most, lines) => Math.max(most, ...lines.map((line) => line.width)), 0);
    const width = Math.ceil(widest) + 0.5;
    // How many lines the answers take, about: measuring would cost as much as laying them out.
    const beside = sheet.body - width - GAP;
    const lines = heads.reduce(
      (sum, head, i) => sum + Math.max(head.length, Math.ceil(((letters[i] ?? 0) * USUAL_LETTER) / beside)),
      0,
    );
    if (lines < best.lines) best = { width, lines };
  }
  return best.width;
}

function part(tag: Tag, pieces: readonly Piece[], left: number, width: number): Part {
  return { tag, lines: breakPieces(pieces, TYPE.body.size, width), left, width };
}

/** Names in bold; short answers follow one another with a dot between them. */
function piecesOf(said: readonly Field[]): Piece[] {
  return said.flatMap(({ label, value }, index): Piece[] => {
    const next = said[index + 1];
    const parted = next !== undefined && (ownLines(said[index]) || ownLines(next));
    const joined = next !== undefined && !parted;
    return [
      ...(label === ''
        ? []
        : [{ text: value === '' || /[.:!?]$/.test(label) ? label : `${label}:`, face: FACE.name } as const]),
      { text: joined ? value + BETWEEN : value, face: FACE.text },
      ...(parted ? [{ text: '\n', face: FACE.text } as const] : []),
    ];
  });
}

function ownLines(fact: Field | undefined): boolean {
  if (fact === undefined) return false;
  const { label, value } = fact;
  return label.length + value.length > LONG || value.includes('\n') || needsShaping(value);
}

/** Head above its answers, on a narrow page. */
function stacked(head: string, tag: Tag, below: Part, sheet: Sheet, gap: number): Box[] {
  const lines = breakLines(head, FACE.name, TYPE.body.size, sheet.body);
  const above = { tag, lines, left: sheet.left, width: sheet.body };
  const top = lines.map(
    (_line, index): Box => ({
      height: TYPE.body.leading,
      gap: index === 0 ? gap : 0,
      keep: true,
      draw: (paper, y) => drawLines(paper, above, index, 1, y),
    }),
  );
  return [...top, ...rowBoxes([below], sheet, 0)];
}

/**
 * One box for a short row. A long one may go on over pages: a box with the whole head, so that it is copied out in one
 * piece, then a box a line.
 */
function rowBoxes(parts: readonly Part[], sheet: Sheet, gap: number, again?: Again): Box[] {
  const count = parts.reduce((most, one) => Math.max(most, one.lines.length), 1);
  const head = parts.length > 1 ? (parts[0]?.lines.length ?? 1) : 1;
  const first = count <= WHOLE_UP_TO ? count : Math.min(Math.max(head, 2), count);
  const steps = [first, ...Array.from({ length: count - first }, () => 1)];
  let from = 0;
  return steps.map((step, index): Box => {
    const start = from;
    from += step;
    const last = from === count;
    return {
      height: step * TYPE.body.leading + (last ? UNDER : 0),
      gap: index === 0 ? gap : 0,
      keep: from === count - 1,
      ...(index === 0 || again === undefined ? {} : { again }),
      draw(paper, top) {
        for (const one of parts) drawLines(paper, one, start, step, top);
        if (!last) return;
        const under = top + step * TYPE.body.leading + UNDER / 2;
        paper.artifact('Layout', () => paper.strokes([[sheet.left, under, sheet.right, under]], 0.4, 0.7));
      },
    };
  });
}

function drawLines(
  paper: Paper,
  { tag, lines, left, width }: Part,
  from: number,
  count: number,
  top: number,
): void {
  const drawn = lines.slice(from, from + count);
  if (drawn.every((line) => line.runs.length === 0)) return;
  paper.tagged(tag, () => {
    drawn.forEach((line, index) => {
      const foot = baseline(top + index * TYPE.body.leading, TYPE.body);
      paper.line(line, startOf(line, left, width), foot, TYPE.body.size);
    });
  });
}
