/**
 * Text broken into lines of a given width, and the order in which the pieces of a line are drawn.
 * Left-to-right text without combining marks takes a short way (a width per code point); everything else is shaped
 * by fontkit and put in visual order by the Unicode Bidirectional Algorithm (https://www.unicode.org/reports/tr9/).
 */
import bidiFactory from 'bidi-js';
import type { GlyphRun } from 'fontkit';
import { NO_BREAK_SPACE } from './code-page.js';
import { type Face, faceFor, typeface } from './fonts.js';

/** A piece of a line in one face: either plain code points, or glyphs already shaped. */
export interface Run {
  readonly face: Face;
  readonly text: string;
  /** Width in points. */
  readonly width: number;
  /** All of it is on the code page. */
  readonly core?: true;
  readonly shaped?: GlyphRun;
}
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
  /** True when the paragraph runs from right to left, so the line hangs on the right edge. */
  readonly fromRight: boolean;
  /** The line as it was typed, where what is drawn differs from it. */
  readonly actual?: string;
  /** True when part of it runs from right to left. */
  readonly turned?: boolean;
}

const NEEDS_SHAPING =
  /[\u0300-\u036f]|[\u0483-\u0489]|[\u0590-\u08ff]|[\u0964\u0965]|[\u0980-\u09ff]|[\u0a80-\u0aff]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u200c\u200d]|[\u20d0-\u20ff]|[\ufb1d-\ufdff]|[\ufe00-\ufe0f]|[\ufe20-\ufe2f]|[\ufe70-\ufefc]|[\ud83c-\ud83e]/;
/** What of a text needs it, with the second halves of letters written as two. */
const SHAPED_PARTS = new RegExp(`((?:${NEEDS_SHAPING.source}|[\\udc00-\\udfff])+)`);
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Drawn in another order than typed, or with several letters in one shape. */
const REORDERED = /[\u0590-\u08ff\u0980-\u09ff\u0a80-\u0aff\ufb1d-\ufdff\ufe70-\ufefc]|[\ud83c-\ud83e]/;
/** Where a word too long for its line may be broken first. */
const SOFT_END = new Set(Array.from('-/\\.,;:@_)]}&=?+', (character) => character.charCodeAt(0)));

const LINE_FEED = 0x0a;

const bidi = bidiFactory();
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Breaks text into lines no wider than `width`.
 * @param text legible text; line feeds break the line, no-break spaces do not
 */
export function breakLines(text: string, face: Face, size: number, width: number): Line[] {
  const lines: Line[] = [];
  if (!text.includes('\n')) breakParagraph(lines, text, face, size, width);
  else for (const paragraph of text.split('\n')) breakParagraph(lines, paragraph, face, size, width);
  return lines;
}

function breakParagraph(lines: Line[], text: string, face: Face, size: number, width: number): void {
  const used = quickWidth(text, face);
  if (used >= 0 && used * size <= width * 1000) lines.push(quickLine(text, face, (used * size) / 1000));
  else if (used < 0 && NEEDS_SHAPING.test(text))
    for (const line of breakShaped(text, face, size, width)) lines.push(line);
  else breakPlain(lines, text, face, size, width, used >= 0);
}

/** True for text that is not drawn letter by letter from left to right. */
export const needsShaping = (text: string): boolean => NEEDS_SHAPING.test(text);

/** Width in points of legible text on one line. */
export function widthOf(text: string, face: Face, size: number): number {
  const used = quickWidth(text, face);
  if (used >= 0) return (used * size) / 1000;
  return NEEDS_SHAPING.test(text) ? shapedWidth(text, face, size) : plainWidth(text, face, size);
}

/** Width in thousandths of the type size of text that the face has whole on the code page; -1 of other text. */
export function quickWidth(text: string, face: Face): number {
  const { quick } = typeface(face);
  let used = 0;
  for (let index = 0; index < text.length; index++) {
    const one = quick[text.charCodeAt(index)] ?? -1;
    if (one < 0) return -1;
    used += one;
  }
  return used;
}

function quickLine(text: string, face: Face, width: number): Line {
  return { runs: text === '' ? [] : [{ face, text, width, core: true }], width, fromRight: false };
}

function plainWidth(text: string, face: Face, size: number): number {
  let width = 0;
  for (let index = 0; index < text.length; index++) {
    const codePoint = text.codePointAt(index) ?? 0;
    if (codePoint > 0xffff) index++;
    width += advance(codePoint, face);
  }
  return (width * size) / 1000;
}

function advance(codePoint: number, face: Face): number {
  const own = typeface(face);
  const width = own.advance(codePoint);
  if (width > 0 || own.glyph(codePoint) !== 0) return width;
  return typeface(faceFor(face, codePoint)).advance(codePoint);
}

/** Where a line may end, and the width of what then stands on it. */
interface End {
  readonly at: number;
  readonly used: number;
}

/**
 * One pass over the characters. A line ends at its last space; where a word is wider than the line, at what was glued
 * with a no-break space, then after a sign, and in the end between two letters.
 * @param quick whether the face has all of the text on the code page
 */
function breakPlain(
  lines: Line[],
  text: string,
  face: Face,
  size: number,
  width: number,
  quick: boolean,
): void {
  const limit = (width * 1000) / size;
  const widths = typeface(face).quick;
  const lineOf = (from: number, to: number, used: number): Line => {
    const part = text.slice(from, to);
    const trimmed = from > 0 || to < text.length ? part.trimEnd() : part;
    if (!quick) return plainLine(trimmed, face, size);
    const own = trimmed.length === part.length ? used : quickWidth(trimmed, face);
    return quickLine(trimmed, face, (own * size) / 1000);
  };
  let start = 0;
  let space: End | undefined;
  let glued: End | undefined;
  let soft: End | undefined;
  let used = 0;
  let index = 0;
  while (index < text.length) {
    const unit = text.charCodeAt(index);
    const known = widths[unit] ?? -1;
    const codePoint = known >= 0 ? unit : (text.codePointAt(index) ?? 0);
    const before = used;
    used += known >= 0 ? known : advance(codePoint, face);
    if (codePoint === 0x20) {
      if (index > start) space = { at: index, used: before };
    } else if (used > limit && index > start) {
      const end = space ?? glued ?? soft ?? { at: index, used: before };
      lines.push(lineOf(start, end.at, end.used));
      start = end.at;
      while (isSpace(text.charCodeAt(start))) start++;
      index = start;
      used = 0;
      space = undefined;
      glued = undefined;
      soft = undefined;
      continue;
    }
    if (codePoint === NO_BREAK_SPACE && index > start) glued = { at: index, used: before };
    index += codePoint > 0xffff ? 2 : 1;
    if (SOFT_END.has(codePoint)) soft = { at: index, used };
  }
  lines.push(lineOf(start, text.length, used));
}

function isSpace(codePoint: number): boolean {
  return codePoint === 0x20 || codePoint === NO_BREAK_SPACE;
}

/** Widths in points that a text asks for. */
export interface Extent {
  /** Its widest word. */
  readonly words: number;
  /** The same where no-break spaces may part. */
  readonly parted: number;
  /** Its widest line. */
  readonly lines: number;
}

/** How wide a text and its words are, in one pass. */
export function extentOf(text: string, face: Face, size: number): Extent {
  const { quick } = typeface(face);
  let [words, parted, lines] = [0, 0, 0];
  let [word, part, line] = [0, 0, 0];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const width = unit === LINE_FEED ? 0 : (quick[unit] ?? -1);
    if (width < 0) return slowExtent(text, face, size);
    word += width;
    part += width;
    line += width;
    if (unit === 0x20 || unit === LINE_FEED) word = 0;
    else if (word > words) words = word;
    if (unit === 0x20 || unit === LINE_FEED || unit === NO_BREAK_SPACE) part = 0;
    else if (part > parted) parted = part;
    if (unit === LINE_FEED) line = 0;
    else if (line > lines) lines = line;
  }
  const scale = size / 1000;
  return { words: words * scale, parted: parted * scale, lines: lines * scale };
}

function slowExtent(text: string, face: Face, size: number): Extent {
  return {
    words: widestWord(text, face, size, /[ \n]/),
    parted: widestWord(text, face, size, /[ \n\u00a0]/),
    lines: widestWord(text, face, size, /\n/),
  };
}

/** Width in points of the widest part of a text that should stay on one line. */
export function widestWord(text: string, face: Face, size: number, parting: RegExp): number {
  return text.split(parting).reduce((widest, word) => Math.max(widest, widthOf(word, face, size)), 0);
}

function plainLine(text: string, face: Face, size: number): Line {
  const runs = splitByFace(text, face).map(
    (run): Run => ({ ...run, width: plainWidth(run.text, run.face, size) }),
  );
  return { runs, width: runs.reduce((sum, run) => sum + run.width, 0), fromRight: false };
}

/** In every face there is. */
const EVERYDAY = /^[\x20-\x7e\xa0-\u017f\u2010-\u2026]*$/;

/** Goes with the letter before it, whatever other faces have it. */
const STICKS = /^(?:\u0964|\u0965|\u200c|\u200d|\ufe0e|\ufe0f|[\u{1f3fb}-\u{1f3ff}])$/u;

function splitByFace(text: string, wanted: Face): { face: Face; text: string }[] {
  if (EVERYDAY.test(text)) return text === '' ? [] : [{ face: wanted, text }];
  const runs: { face: Face; text: string }[] = [];
  let current: { face: Face; text: string } | undefined;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const sticks =
      current !== undefined && STICKS.test(character) && typeface(current.face).glyph(codePoint) !== 0;
    const face = sticks ? (current?.face ?? wanted) : faceFor(wanted, codePoint);
    if (current?.face === face) current.text += character;
    else {
      current = { face, text: character };
      runs.push(current);
    }
  }
  return runs;
}

function breakShaped(paragraph: string, face: Face, size: number, width: number): Line[] {
  const levels = bidi.getEmbeddingLevels(paragraph, 'auto');
  return shapedParts(paragraph, face, size, width).map(([start, end]) => {
    const runs: Run[] = [];
    // In a paragraph that runs from right to left even a line without a letter that does may be drawn in another order.
    let turnedRound = false;
    for (const { from, to, level } of visualPieces(levels, start, end)) {
      turnedRound ||= level % 2 === 1;
      const piece = paragraph.slice(from, to);
      const pieces = splitByFace(piece, face);
      if (level % 2 === 1) pieces.reverse();
      for (const part of pieces) runs.push(shape(part.text, part.face, size, level % 2 === 1));
    }
    const text = paragraph.slice(start, end);
    return {
      runs,
      width: runs.reduce((sum, run) => sum + run.width, 0),
      fromRight: (levels.paragraphs[0]?.level ?? 0) % 2 === 1,
      ...(turnedRound || REORDERED.test(text) ? { actual: text, turned: RIGHT_TO_LEFT.test(text) } : {}),
    };
  });
}

/** Start and end of each line: words are kept whole where they fit, else broken between graphemes. */
function shapedParts(text: string, face: Face, size: number, width: number): [number, number][] {
  const parts: [number, number][] = [];
  let start = 0;
  let used = 0;
  let end = 0;
  const closeLine = (next: number): void => {
    parts.push([start, end]);
    start = next;
    used = 0;
  };
  for (const match of text.matchAll(/( *)([^ ]+)/g)) {
    const [, spaces = '', word = ''] = match;
    const wordStart = match.index + spaces.length;
    const gap = plainWidth(spaces, face, size);
    const wide = shapedWidth(word, face, size);
    if (used + gap + wide <= width) used += gap;
    else if (used > 0) closeLine(wordStart);
    else start = wordStart;
    if (wide <= width) {
      used += wide;
      end = wordStart + word.length;
      continue;
    }
    for (const { segment, index } of graphemes.segment(word)) {
      const one = shapedWidth(segment, face, size);
      if (used > 0 && used + one > width) closeLine(wordStart + index);
      used += one;
      end = wordStart + index + segment.length;
    }
  }
  parts.push([start, Math.max(end, start)]);
  return parts;
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

/** The pieces of one level each, from left to right as they stand on the line (rule L2 of UAX 9). */
function visualPieces(
  levels: ReturnType<typeof bidi.getEmbeddingLevels>,
  start: number,
  end: number,
): Piece[] {
  const pieces: Piece[] = [];
  for (let index = start; index < end; index++) {
    const level = levels.levels[index] ?? 0;
    const last = pieces.at(-1);
    if (last?.level === level) pieces[pieces.length - 1] = { ...last, to: index + 1 };
    else pieces.push({ from: index, to: index + 1, level });
  }
  const highest = Math.max(0, ...pieces.map((piece) => piece.level));
  for (let level = highest; level > 0; level--) reverseRuns(pieces, level);
  return pieces;
}

function reverseRuns(pieces: Piece[], level: number): void {
  let first = 0;
  while (first < pieces.length) {
    if ((pieces[first]?.level ?? 0) < level) {
      first++;
      continue;
    }
    let last = first;
    while ((pieces[last + 1]?.level ?? -1) >= level) last++;
    pieces.splice(first, last - first + 1, ...pieces.slice(first, last + 1).reverse());
    first = last + 1;
  }
}

function shape(text: string, face: Face, size: number, fromRight: boolean): Run {
  if (!fromRight && !NEEDS_SHAPING.test(text)) return { face, text, width: plainWidth(text, face, size) };
  const drawn = fromRight ? mirror(text) : text;
  const shaped = layOut(drawn, face, fromRight);
  return { face, text, width: runWidth(shaped, face, size), shaped };
}

function mirror(text: string): string {
  return Array.from(text, (character) => bidi.getMirroredCharacter(character) ?? character).join('');
}

/** At least as wide as `shape` will draw it: what is drawn letter by letter is not kerned, what is shaped may be. */
function shapedWidth(text: string, face: Face, size: number): number {
  if (!NEEDS_SHAPING.test(text)) return plainWidth(text, face, size);
  let width = 0;
  for (const run of splitByFace(text, face)) {
    for (const part of run.text.split(SHAPED_PARTS)) {
      width += NEEDS_SHAPING.test(part)
        ? runWidth(layOut(part, run.face, RIGHT_TO_LEFT.test(part)), run.face, size)
        : plainWidth(part, run.face, size);
    }
  }
  return width;
}

/**
 * fontkit keeps with each glyph the letters of the first text that used it, and in scripts that join, letters share
 * glyphs: the bytes of one document would depend on those printed before it, so it is made to forget.
 */
function layOut(text: string, face: Face, fromRight: boolean): GlyphRun {
  const { font } = typeface(face);
  font._glyphs = {};
  return font.layout(text, undefined, undefined, undefined, fromRight ? 'rtl' : 'ltr');
}

function runWidth(run: GlyphRun, face: Face, size: number): number {
  const units = run.positions.reduce((sum, position) => sum + position.xAdvance, 0);
  return (units * size) / typeface(face).font.unitsPerEm;
}
