/**
 * Which pieces of a front page stand on it. Those of more weight come first, and in one weight those that stand first;
 * a piece that does not fit is passed over, so a very long one takes no room from those after it. The same pieces
 * always give the same page.
 */

export abstract class Piece {
  readonly weight: number;
  /** Pieces of a table do not leave a gap in it: after the first that does not fit, the others go on with it. */
  readonly row: object | undefined;
  private readonly changed: () => void;
  private stands = false;

  /** @param changed is told when the piece is kept or goes */
  constructor(weight: number, changed: () => void, row?: object) {
    this.weight = weight;
    this.changed = changed;
    this.row = row;
  }

  get kept(): boolean {
    return this.stands;
  }

  set kept(kept: boolean) {
    if (kept === this.stands) return;
    this.stands = kept;
    this.changed();
  }

  /** Laid out when it is first asked for. */
  abstract height(): number;
}

/** Taller ones are passed over without closing their table. */
const TALL = 60;
/** After so many that do not fit, the page is full. */
const MOST_FAILED = 64;

/**
 * Keeps as many as fit.
 * @param all in the order of the page
 * @param height of the page with those that are kept now
 */
export function fit(all: readonly Piece[], height: () => number, room: number): void {
  for (const piece of all) piece.kept = false;
  const closed = new Set<object>();
  let failed = 0;
  for (const piece of [...all].sort((a, b) => a.weight - b.weight)) {
    if (piece.row !== undefined && closed.has(piece.row)) continue;
    piece.kept = true;
    if (height() <= room) continue;
    piece.kept = false;
    if (piece.row !== undefined && piece.height() < TALL) closed.add(piece.row);
    failed++;
    if (failed === MOST_FAILED) return;
  }
}

/**
 * Where a row of things is best parted into two columns: into the lowest, and rather between groups than within one.
 * @param heights of each thing; `first` says where a group begins
 * @param again height of what a group parted here says once more
 * @param whole whether the group should rather not be parted here
 * @returns how many stand in the first column, and the height of the higher one
 */
export function part(
  heights: readonly number[],
  first: readonly boolean[],
  again: (index: number) => number,
  whole: (index: number) => boolean,
): { at: number; height: number } {
  let best = { at: heights.length, height: sum(heights), cost: Number.POSITIVE_INFINITY };
  let before = 0;
  let after = best.height;
  for (let at = 0; at <= heights.length; at++) {
    if (at > 0) {
      const one = heights[at - 1] ?? 0;
      before += one;
      after -= one;
    }
    const within = at < heights.length && at > 0 && first[at] === false;
    const height = Math.max(before, after + (within ? again(at) : 0));
    const cost = height + (within ? (whole(at) ? PARTED.whole : PARTED.other) : 0);
    if (at > 0 && cost < best.cost) best = { at, height, cost };
  }
  return best;
}

/** A group kept together is worth this many points. */
const PARTED = { whole: 45, other: 7 } as const;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
