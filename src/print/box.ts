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

/** A page to lay out on: A4 upright or lying. Large print is the same page seen through a glass. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Width between the margins. */
  readonly body: number;
  /** Points on paper for each point of the layout. */
  readonly scale: number;
  /** For grids, and for the head and foot of the page. */
  readonly grid: TypeSize;
}

/** Sizes in points: type size and the distance from line to line. */
export const TYPE = {
  h1: { size: 16, leading: 20 },
  h2: { size: 12.5, leading: 16 },
  h3: { size: 10.5, leading: 13.2 },
  body: { size: 10, leading: 12.8 },
  grid: { size: 9, leading: 11.2 },
} as const;
export interface TypeSize {
  readonly size: number;
  readonly leading: number;
}

const A4 = [595.28, 841.89] as const;
const MARGIN = { usual: 42, large: 20 } as const;
/** Running text in 18 points; grids are as large as running text then. */
const LARGE = 1.8;

const SHEETS = {
  upright: sheetOf(A4[0], A4[1], 1, MARGIN.usual),
  lying: sheetOf(A4[1], A4[0], 1, MARGIN.usual),
  largeUpright: sheetOf(A4[0], A4[1], LARGE, MARGIN.large),
  largeLying: sheetOf(A4[1], A4[0], LARGE, MARGIN.large),
} as const;

/** The sheet for a part of a document. */
export function chooseSheet(lying: boolean, large: boolean): Sheet {
  if (large) return lying ? SHEETS.largeLying : SHEETS.largeUpright;
  return lying ? SHEETS.lying : SHEETS.upright;
}

/** Nearer to the edges, as far as a ward's printer reaches: what must stand on one sheet wants room. */
export const FRONT_SHEET: Sheet = sheetOf(A4[0], A4[1], 1, 28);

function sheetOf(width: number, height: number, scale: number, margin: number): Sheet {
  const [wide, high] = [width / scale, height / scale];
  return {
    width: wide,
    height: high,
    left: margin,
    right: wide - margin,
    body: wide - 2 * margin,
    scale,
    grid: scale === 1 ? TYPE.grid : { size: TYPE.body.size, leading: TYPE.body.leading },
  };
}

/** Where the foot of the letters stands in a line whose top is `top`. */
export function baseline(top: number, type: TypeSize): number {
  return top + (type.leading - type.size) / 2 + type.size * 0.86;
}
