/**
 * What every page carries: whose papers these are at the head, page x of y at the foot, the watermark behind and in
 * words at the head, because a grey watermark may not survive the ward's printer.
 */
import { BODY_WIDTH, baseline, PAGE, TYPE } from './box.js';
import { breakLines, type Line, widthOf } from './lines.js';
import type { Paper } from './paper.js';
import type { Reference } from './pdfkit.js';

export interface Head {
  readonly height: number;
  draw(paper: Paper): void;
}

export interface Foot {
  /** Where the body of the page ends. */
  readonly bodyBottom: number;
  draw(paper: Paper, page: number, pages: number): void;
}

export interface FurnitureText {
  readonly header: readonly string[];
  readonly footer: string;
  readonly watermark?: string;
}

const TOP = 26;
const IDENTITY = { size: 10.5, leading: 14 } as const;
const MARK = { size: 10, leading: 16 } as const;
/** A text that needs more lines stands once in full, on page one: part of a list of allergies misleads. */
const REPEATED_LINES = 3;
const TOO_LONG = 'A line that belongs here is too long to repeat: it stands in full at the top of page 1.';
/** What is left beside the page number. */
const FOOT_WIDTH = BODY_WIDTH - 120;

/** Texts too long to be repeated on each page; they open page one in full. */
export function tooLongToRepeat(furniture: FurnitureText): string[] {
  const long = furniture.header.filter((text, index) => headLines(text, index).length > REPEATED_LINES);
  return tooLongForFoot(furniture.footer) ? [...long, furniture.footer] : long;
}

/** The head of each page, laid out once. */
export function layOutHead(furniture: FurnitureText): Head {
  const lines = furniture.header.flatMap((text, index) => {
    const broken = headLines(text, index);
    return broken.length > REPEATED_LINES ? headLines(TOO_LONG, index) : broken;
  });
  const identity =
    furniture.header.length > 0
      ? Math.min(headLines(furniture.header[0] ?? '', 0).length, REPEATED_LINES)
      : 0;
  const mark =
    furniture.watermark === undefined ? [] : breakLines(furniture.watermark, 'bold', MARK.size, BODY_WIDTH);
  const watermark = furniture.watermark === undefined ? undefined : layOutWatermark(furniture.watermark);
  const markHeight = mark.length * MARK.leading;
  const heightOf = (index: number): number => (index < identity ? IDENTITY.leading : TYPE.furniture.leading);
  const linesHeight = lines.reduce((sum, _line, index) => sum + heightOf(index), 0);
  const bottom = TOP + markHeight + linesHeight + 6;
  return {
    height: bottom + 10,
    draw(paper) {
      paper.artifact('Pagination', () => {
        watermark?.(paper);
        mark.forEach((line, index) => {
          const top = TOP + index * MARK.leading;
          paper.fill(PAGE.left, top, BODY_WIDTH, MARK.leading, 0);
          paper.line(line, PAGE.left + (BODY_WIDTH - line.width) / 2, baseline(top, MARK), MARK.size, 1);
        });
        let top = TOP + markHeight + 2;
        lines.forEach((line, index) => {
          const type = index < identity ? IDENTITY : TYPE.furniture;
          const foot = top + type.size;
          paper.line(line, startOf(line), foot, type.size);
          top += heightOf(index);
        });
        if (lines.length > 0) paper.strokes([[PAGE.left, bottom, PAGE.right, bottom]], 1, 0);
      });
    },
  };
}

/** The foot of each page, laid out once; the page numbers are drawn when they are known. */
export function layOutFoot(furniture: FurnitureText): Foot {
  const { size, leading } = TYPE.furniture;
  const lines = tooLongForFoot(furniture.footer)
    ? breakLines(TOO_LONG, 'regular', size, FOOT_WIDTH)
    : breakLines(furniture.footer, 'regular', size, FOOT_WIDTH);
  const top = PAGE.height - 24 - lines.length * leading;
  return {
    bodyBottom: top - 10,
    draw(paper, page, pages) {
      paper.artifact('Pagination', () => {
        paper.strokes([[PAGE.left, top - 3, PAGE.right, top - 3]], 0.5, 0.4);
        lines.forEach((line, index) => {
          paper.line(line, PAGE.left, top + index * leading + size, size, 0.15);
        });
        for (const count of breakLines(`Page ${page} of ${pages}`, 'bold', size, BODY_WIDTH)) {
          paper.line(count, PAGE.right - count.width, top + size, size);
        }
      });
    },
  };
}

function tooLongForFoot(footer: string): boolean {
  return breakLines(footer, 'regular', TYPE.furniture.size, FOOT_WIDTH).length > REPEATED_LINES;
}

function headLines(text: string, index: number): Line[] {
  return index === 0
    ? breakLines(text, 'bold', IDENTITY.size, BODY_WIDTH)
    : breakLines(text, 'bold', TYPE.furniture.size, BODY_WIDTH);
}

function startOf(line: Line): number {
  return line.fromRight ? PAGE.right - line.width : PAGE.left;
}

/**
 * From the lower left to the upper right, as large as the page allows, light enough to read through.
 * @returns draws it on the page that is open
 */
function layOutWatermark(text: string): (paper: Paper) => void {
  const size = Math.min(64, 7600 / Math.max(1, widthOf(text, 'bold', 10)));
  const [line] = breakLines(text.replaceAll('\n', ' '), 'bold', size, Number.POSITIVE_INFINITY);
  const angle = Math.atan2(PAGE.height, PAGE.width);
  const cos = Math.cos(angle);
  const sin = -Math.sin(angle);
  let outlines: Reference | undefined;
  return (paper) => {
    if (line === undefined) return;
    outlines ??= paper.outlines(line, size);
    const x = PAGE.width / 2 - (line.width / 2) * cos - (size / 3) * sin;
    const y = PAGE.height / 2 - (line.width / 2) * sin + (size / 3) * cos;
    paper.turned(outlines, x, y, 0.88, { cos, sin });
  };
}
