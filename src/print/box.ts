/**
 * A document laid out is a row of boxes of known height: a line, a table row, a picture. The flow puts them on pages
 * one under another and knows nothing of what is in them.
 */
import type { Paper } from './paper.js';

export interface Box {
  readonly height: number;
  /** Space above, left out at the head of a page. */
  readonly gap?: number;
  /** Stays on one page with the next box: headings, the first lines of a paragraph, a table's head. */
  readonly keep?: boolean;
  /** Drawn first when this box comes to stand at the head of a page, e.g. the head of its table. */
  readonly again?: Again;
  draw(paper: Paper, top: number): void;
}
export interface Again {
  readonly height: number;
  draw(paper: Paper, top: number): void;
}

export const PAGE = { width: 595.28, height: 841.89, left: 42, right: 553.28 } as const;
export const BODY_WIDTH = PAGE.right - PAGE.left;

/** Sizes in points: type size and the distance from line to line. */
export const TYPE = {
  h1: { size: 17, leading: 22 },
  h2: { size: 13, leading: 17 },
  h3: { size: 11, leading: 14.5 },
  body: { size: 10.5, leading: 14 },
  grid: { size: 9.5, leading: 12.2 },
  dense: { size: 9, leading: 11.4 },
  furniture: { size: 9, leading: 11.6 },
} as const;
export interface TypeSize {
  readonly size: number;
  readonly leading: number;
}

/** Where the foot of the letters stands in a line whose top is `top`. */
export function baseline(top: number, type: TypeSize): number {
  return top + (type.leading - type.size) / 2 + type.size * 0.86;
}
