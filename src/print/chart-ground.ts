/** Lines and grounds of a chart. What a shade says is said in words too: a copier may lose it. */
import { type Cell, drawLines, type Placed, sidesOf } from './chart-cell.js';
import type { Part } from './chart-measure.js';
import type { Paper } from './paper.js';

const SHADE = { head: 0.88, section: 0.8, quiet: 0.94 } as const;
const THIN = [0.5, 0.3] as const;

type Stroke = readonly [number, number, number, number];

const box = (left: number, top: number, right: number, bottom: number): Stroke[] => [
  [left, top, right, top],
  [right, top, right, bottom],
  [right, bottom, left, bottom],
  [left, bottom, left, top],
];

/** Round a head that stands above its rows. */
export function drawFrame(paper: Paper, { left, right }: Placed, top: number, bottom: number): void {
  paper.strokes(box(left, top, right, bottom), ...THIN);
}

/** Behind the heads of the columns. */
export function drawHeadGround(paper: Paper, part: Part, top: number, height: number): void {
  const [left, right] = sidesOf(part);
  paper.fill(left, top, right - left, height, SHADE.head);
  const down = part.edges.map((x): Stroke => [x, top, x, top + height]);
  paper.strokes([...down, [left, top, right, top], [left, top + height, right, top + height]], 0.9, 0);
}

/** Behind the title of a section. */
export function drawBandGround(paper: Paper, { left, right }: Placed, top: number, height: number): void {
  paper.fill(left, top, right - left, height, SHADE.section);
  paper.strokes(box(left, top, right, top + height), 0.9, 0);
}

/** A band with its words, where they are no content: at the head of a page that goes on. */
export function drawBand(paper: Paper, placed: Placed, top: number, height: number): void {
  drawBandGround(paper, placed, top, height);
  drawLines(paper, placed, top);
}

/** Grounds and lines of rows; `tops` has the top of each and the foot of the last. */
export function drawGrid(
  paper: Paper,
  part: Part,
  rows: readonly (readonly Cell[])[],
  tops: readonly number[],
): void {
  const [left, right] = sidesOf(part);
  const [first = 0, last = 0] = [tops[0], tops.at(-1)];
  rows.forEach((cells, index) => {
    const [top = 0, bottom = 0] = [tops[index], tops[index + 1]];
    for (const one of stretches(cells))
      paper.fill(one.left, top, one.right - one.left, bottom - top, SHADE.quiet);
  });
  // Below a head in the whole width the heads of the rows have the place of both.
  const beside = rows[0]?.[0]?.spans === true;
  const down = part.edges.filter((_x, index) => beside || index !== 1);
  const from = beside ? (part.edges[1] ?? left) : left;
  const across = tops.slice(1, -1).map((y): Stroke => [from, y, right, y]);
  paper.strokes([...down.map((x): Stroke => [x, first, x, last]), ...across], ...THIN);
  paper.strokes(
    [
      [left, first, right, first],
      [left, last, right, last],
    ],
    0.9,
    0,
  );
  const strong = rows.flatMap((cells, index) => {
    const [top = 0, bottom = 0] = [tops[index], tops[index + 1]];
    return cells
      .filter(({ tone }) => tone === 'strong')
      .flatMap((cell) => box(cell.left + 1, top + 1, cell.right - 1, bottom - 1));
  });
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

/** The sides of one line of a row that is cut over pages, and its foot. */
export function drawSides(
  paper: Paper,
  edges: readonly number[],
  top: number,
  bottom: number,
  last: boolean,
): void {
  const sides = edges.map((x): Stroke => [x, top, x, bottom]);
  const [left, right] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  paper.strokes(last ? [...sides, [left, bottom, right, bottom]] : sides, ...THIN);
}
