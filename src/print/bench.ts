/** What laying out a block may use and add to, and the two strokes that every block draws with. */
import type { Sheet, TypeSize } from './box.js';
import type { Line } from './lines.js';
import type { Paper } from './paper.js';
import type { LeftOut } from './press.js';
import type { Tag } from './tags.js';

export interface Bookmark {
  readonly level: number;
  readonly title: string;
  readonly page: number;
  readonly top: number;
}

/** Words that wait until it is known on which page stands what they point to. */
export interface Reference {
  readonly text: string;
  readonly to: string;
  readonly tag: Tag;
  readonly page: number;
  /** Hangs at one of its two ends. */
  readonly left?: number;
  readonly right?: number;
  readonly top: number;
  readonly type: TypeSize;
  readonly grey: number;
}

/** Where a heading that can be pointed to came to stand. */
export interface Anchor {
  readonly page: number;
  readonly top: number;
}

export interface Bench {
  readonly paper: Paper;
  /** The page that the block will stand on. */
  sheet: Sheet;
  /** Its height between head and foot. */
  room: number;
  /** Where the document can be opened. */
  readonly address: string | undefined;
  readonly bookmarks: Bookmark[];
  readonly anchors: Map<string, Anchor>;
  readonly references: Reference[];
  /** Something lies across the pages that must be seen under pictures too. */
  readonly marked: boolean;
  /** Attachments that could not be drawn. */
  readonly leftOut: LeftOut[];
  /** Makes a text legible, notes what had to be spelt out, and keeps numbers with their units. */
  readonly say: (text: string) => string;
  /** Depth of the last heading: none may be skipped (PDF/UA-1, 7.4.2). */
  headingLevel: number;
}

/** Where a line starts in its column: right-to-left text starts on the right. */
export function startOf(line: Line, left: number, width: number): number {
  return line.fromRight ? left + width - line.width : left;
}

/** Draws a line into its tag, or nothing where the column has no more lines. */
export function drawIn(
  paper: Paper,
  tag: Tag,
  line: Line | undefined,
  left: number,
  width: number,
  foot: number,
  size: number,
): void {
  if (line === undefined || line.runs.length === 0) return;
  paper.tagged(tag, () => paper.line(line, startOf(line, left, width), foot, size));
}
