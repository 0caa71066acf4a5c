/**
 * The embedded typefaces, parsed once for the life of the process: parsing costs more than drawing a page.
 * DejaVu Sans (Bitstream Vera licence): of the faces to be had as npm packages it alone was found to hold Welsh
 * letters, comparison signs, arrows and tick boxes together. What it lacks comes from the Noto faces (OFL 1.1), one
 * for each script, opened when a bag first needs it: Arabic script with all letters of Urdu, Gujarati, Bengali, emoji.
 * Chinese (Chocolate Classical Sans, OFL 1.1: simplified, traditional and the characters of Cantonese) comes in a
 * hundred small files, each opened when one of its characters is met.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import { CODE_POINTS, NEAR, NO_BREAK_SPACE } from './code-page.js';
import { hanFace, hanFile, isHan, isHanFace } from './han.js';

/** Those that a text may ask for, and those that stand in for single scripts. */
export type Style = 'regular' | 'bold' | 'oblique' | 'narrow' | 'narrow-bold';
export type Face = Style | Script;
type Script = 'arabic' | 'gujarati' | 'bengali' | 'emoji' | `han-${string}`;

/** One typeface with the two questions that layout asks a thousand times a page, answered from a cache. */
export interface Typeface {
  readonly face: Face;
  readonly font: fontkit.Font;
  /** Advance width, by code point, of what this face has of the code page; -1 for all else below `NEAR`. */
  readonly quick: Float64Array;
  /** Glyph id of a code point, 0 when the face has none. */
  glyph(codePoint: number): number;
  /** Advance width in thousandths of the type size. */
  advance(codePoint: number): number;
}

const FILES: Readonly<Record<Exclude<Face, `han-${string}`>, string>> = {
  regular: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
  oblique: 'dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf',
  narrow: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf',
  'narrow-bold': 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf',
  arabic: '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff',
  gujarati: '@fontsource/noto-sans-gujarati/files/noto-sans-gujarati-gujarati-400-normal.woff',
  bengali: '@fontsource/noto-sans-bengali/files/noto-sans-bengali-bengali-400-normal.woff',
  emoji: '@fontsource/noto-emoji/files/noto-emoji-emoji-400-normal.woff',
};

const OPEN = new Map<Face, Typeface>();

/** A typeface, opened if it is not open yet. */
export function typeface(face: Face): Typeface {
  return OPEN.get(face) ?? open(face);
}

/** Those that a text may ask for. */
export const STYLES: readonly Style[] = ['regular', 'bold', 'oblique', 'narrow', 'narrow-bold'];

/** True when some face of the press can draw the code point. */
export function canDraw(codePoint: number): boolean {
  return typeface(faceFor('regular', codePoint)).glyph(codePoint) !== 0;
}

/** The face that really draws this code point when `wanted` is asked for. */
export function faceFor(wanted: Face, codePoint: number): Face {
  const own = scriptOf(codePoint);
  if (own !== undefined && typeface(own).glyph(codePoint) !== 0) return own;
  if (typeface(wanted).glyph(codePoint) !== 0) return wanted;
  if (typeface('regular').glyph(codePoint) !== 0) return 'regular';
  return mayBeEmoji(codePoint) && typeface('emoji').glyph(codePoint) !== 0 ? 'emoji' : 'regular';
}

/** A script whose letters join is drawn from one face, even where DejaVu has some of its letters. */
function scriptOf(codePoint: number): Face | undefined {
  if (codePoint < 0x600) return undefined;
  if (
    codePoint <= 0x6ff ||
    (codePoint >= 0x750 && codePoint <= 0x77f) ||
    (codePoint >= 0x8a0 && codePoint <= 0x8ff) ||
    (codePoint >= 0xfb50 && codePoint <= 0xfdff) ||
    (codePoint >= 0xfe70 && codePoint <= 0xfefc)
  )
    return 'arabic';
  // The full stop of both scripts stands in the block of a third.
  if ((codePoint >= 0x980 && codePoint <= 0x9ff) || codePoint === 0x964 || codePoint === 0x965)
    return 'bengali';
  if (codePoint >= 0xa80 && codePoint <= 0xaff) return 'gujarati';
  return isHan(codePoint) ? hanFace(codePoint) : undefined;
}

function mayBeEmoji(codePoint: number): boolean {
  return (codePoint >= 0x2300 && codePoint <= 0x2bff) || (codePoint >= 0x1f000 && codePoint <= 0x1faff);
}

function open(face: Face): Typeface {
  const opened = openTypeface(face);
  OPEN.set(face, opened);
  return opened;
}

function openTypeface(face: Face): Typeface {
  const file = isHanFace(face) ? hanFile(face) : FILES[face];
  const font = fontkit.create(readFileSync(resolve(file)));
  if (file.endsWith('.woff')) keepTables(font);
  const scale = 1000 / font.unitsPerEm;
  const known = new Map<number, { readonly id: number; readonly advance: number }>();
  function look(codePoint: number): { readonly id: number; readonly advance: number } {
    let found = known.get(codePoint);
    if (found === undefined) {
      const glyph = font.hasGlyphForCodePoint(codePoint) ? font.glyphForCodePoint(codePoint) : undefined;
      found = { id: glyph?.id ?? 0, advance: (glyph?.advanceWidth ?? 0) * scale };
      known.set(codePoint, found);
    }
    return found;
  }
  const glyph = (codePoint: number): number => look(codePoint).id;
  const advance = (codePoint: number): number => (glyph(codePoint) === 0 ? 0 : look(codePoint).advance);
  const quick = isStyle(face) ? quickAdvances(glyph, advance) : NOTHING_QUICK;
  return { face, font, quick, glyph, advance };
}

export function isStyle(face: Face): face is Style {
  return STYLES.some((style) => style === face);
}

/** A table is quicker than a map for what stands in nearly every text. */
function quickAdvances(
  glyph: (codePoint: number) => number,
  advance: (codePoint: number) => number,
): Float64Array {
  const quick = new Float64Array(NEAR).fill(-1);
  for (const codePoint of CODE_POINTS)
    if (codePoint !== 0 && glyph(codePoint) !== 0) quick[codePoint] = advance(codePoint);
  quick[NO_BREAK_SPACE] = quick[0x20] ?? -1;
  return quick;
}

const NOTHING_QUICK = new Float64Array(0);

function resolve(file: string): string {
  return createRequire(import.meta.url).resolve(file);
}

/** fontkit inflates a table of a WOFF file again for each glyph that it takes from it; kept, it is inflated once. */
function keepTables(font: fontkit.Font): void {
  const tables = new Map<string, { stream: fontkit.TableStream; start: number }>();
  const read = font._getTableStream.bind(font);
  font._getTableStream = (tag) => {
    let table = tables.get(tag);
    if (table === undefined) {
      const stream = read(tag);
      if (stream === null) return null;
      table = { stream, start: stream.pos };
      tables.set(tag, table);
    }
    const Stream = table.stream.constructor as new (bytes: Uint8Array) => fontkit.TableStream;
    const again = new Stream(table.stream.buffer);
    again.pos = table.start;
    return again;
  };
}
