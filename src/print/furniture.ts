/**
 * What every page carries: whose papers these are at the head, page x of y at the foot, the watermark behind and in
 * words at the head, because a grey watermark may not survive the ward's printer.
 */
import { baseline, type Sheet } from './box.js';
import { breakLines, type Line, widthOf } from './lines.js';
import type { Paper } from './paper.js';

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

/** Space above the head and below the foot, on paper. */
const EDGE = { top: 26, bottom: 24 } as const;
const IDENTITY = { size: 10, leading: 13 } as const;
const MARK = { size: 10, leading: 16 } as const;
/** A text that needs more lines stands once in full, on page one: part of a list of allergies misleads. */
const REPEATED_LINES = 3;
const TOO_LONG = 'A line that belongs here is too long to repeat: it stands in full on the first pages.';
/** Room for the page number. */
const COUNT_WIDTH = 100;

/** Texts too long to be repeated on each page; they open page one in full. */
export function tooLongToRepeat(furniture: FurnitureText, sheet: Sheet): string[] {
  const long = furniture.header.filter(
    (text, index) => headLines(text, index, sheet).length > REPEATED_LINES,
  );
  return tooLongForFoot(furniture.footer, sheet) ? [...long, furniture.footer] : long;
}

/** The head of each page, laid out once. */
export function layOutHead(furniture: FurnitureText, sheet: Sheet): Head {
  const edge = EDGE.top / sheet.scale;
  const lines = furniture.header.flatMap((text, index) => {
    const broken = headLines(text, index, sheet);
    return broken.length > REPEATED_LINES ? headLines(TOO_LONG, index, sheet) : broken;
  });
  const identity =
    furniture.header.length > 0
      ? Math.min(headLines(furniture.header[0] ?? '', 0, sheet).length, REPEATED_LINES)
      : 0;
  const mark =
    furniture.watermark === undefined ? [] : breakLines(furniture.watermark, 'bold', MARK.size, sheet.body);
  const watermark =
    furniture.watermark === undefined ? undefined : layOutWatermark(furniture.watermark, sheet);
  const markHeight = mark.length * MARK.leading;
  const heightOf = (index: number): number => (index < identity ? IDENTITY.leading : sheet.grid.leading);
  const linesHeight = lines.reduce((sum, _line, index) => sum + heightOf(index), 0);
  const bottom = edge + markHeight + linesHeight + 5;
  return {
    height: lines.length === 0 ? edge + markHeight + 4 : bottom + 8,
    draw(paper) {
      paper.artifact('Pagination', () => {
        watermark?.(paper);
        mark.forEach((line, index) => {
          const top = edge + index * MARK.leading;
          paper.fill(sheet.left, top, sheet.body, MARK.leading, 0);
          paper.line(line, sheet.left + (sheet.body - line.width) / 2, baseline(top, MARK), MARK.size, 1);
        });
        let top = edge + markHeight + 2;
        lines.forEach((line, index) => {
          const type = index < identity ? IDENTITY : sheet.grid;
          const foot = top + type.size;
          paper.line(line, startOf(line, sheet), foot, type.size);
          top += heightOf(index);
        });
        if (lines.length > 0) paper.strokes([[sheet.left, bottom, sheet.right, bottom]], 1, 0);
      });
    },
  };
}

/** The foot of each page, laid out once; the page numbers are drawn when they are known. */
export function layOutFoot(furniture: FurnitureText, sheet: Sheet): Foot {
  const { size, leading } = sheet.grid;
  const lines = tooLongForFoot(furniture.footer, sheet)
    ? breakLines(TOO_LONG, 'regular', size, sheet.body - COUNT_WIDTH)
    : breakLines(furniture.footer, 'regular', size, sheet.body - COUNT_WIDTH);
  const top = sheet.height - EDGE.bottom / sheet.scale - lines.length * leading;
  return {
    bodyBottom: top - 7,
    draw(paper, page, pages) {
      paper.artifact('Pagination', () => {
        paper.strokes([[sheet.left, top - 3, sheet.right, top - 3]], 0.5, 0.4);
        lines.forEach((line, index) => {
          paper.line(line, sheet.left, top + index * leading + size, size, 0.15);
        });
        for (const count of breakLines(`Page ${page} of ${pages}`, 'bold', size, sheet.body)) {
          paper.line(count, sheet.right - count.width, top + size, size);
        }
      });
    },
  };
}

function tooLongForFoot(footer: string, sheet: Sheet): boolean {
  return breakLines(footer, 'regular', sheet.grid.size, sheet.body - COUNT_WIDTH).length > REPEATED_LINES;
}

function headLines(text: string, index: number, sheet: Sheet): Line[] {
  return index === 0
    ? breakLines(text, 'narrow-bold', IDENTITY.size, sheet.body)
    : breakLines(text, 'bold', sheet.grid.size, sheet.body);
}

function startOf(line: Line, sheet: Sheet): number {
  return line.fromRight ? sheet.right - line.width : sheet.left;
}

/**
 * From the lower left to the upper right, as large as the page allows, light enough to read through.
 * @returns draws it on the page that is open
 */
function layOutWatermark(text: string, sheet: Sheet): (paper: Paper) => void {
  const size = Math.min(64 / sheet.scale, 7600 / sheet.scale / Math.max(1, widthOf(text, 'bold', 10)));
  const [line] = breakLines(text.replaceAll('\n', ' '), 'bold', size, Number.POSITIVE_INFINITY);
  const angle = Math.atan2(sheet.height, sheet.width);
  const cos = Math.cos(angle);
  const sin = -Math.sin(angle);
  let outlines: number | undefined;
  return (paper) => {
    if (line === undefined) return;
    outlines ??= paper.outlines(line, size);
    const x = sheet.width / 2 - (line.width / 2) * cos - (size / 3) * sin;
    const y = sheet.height / 2 - (line.width / 2) * sin + (size / 3) * cos;
    paper.turned(outlines, x, y, 0.88, { cos, sin });
  };
}
