/**
 * The embedded typefaces, parsed once for the life of the process: parsing costs more than drawing a page.
 * DejaVu Sans (Bitstream Vera licence): of the faces to be had as npm packages it alone was found to hold Welsh
 * letters, comparison signs, arrows and tick boxes together.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';

export type Face = 'regular' | 'bold' | 'oblique';

/** One typeface with the two questions that layout asks a thousand times a page, answered from a cache. */
export interface Typeface {
  readonly face: Face;
  readonly font: fontkit.Font;
  /** Glyph id of a code point, 0 when the face has none. */
  glyph(codePoint: number): number;
  /** Advance width in thousandths of the type size. */
  advance(codePoint: number): number;
}

const FILES: Readonly<Record<Face, string>> = {
  regular: 'DejaVuSans.ttf',
  bold: 'DejaVuSans-Bold.ttf',
  oblique: 'DejaVuSans-Oblique.ttf',
};

/** Every face by its name. */
export const TYPEFACES: Readonly<Record<Face, Typeface>> = {
  regular: openTypeface('regular'),
  bold: openTypeface('bold'),
  oblique: openTypeface('oblique'),
};

/** True when some face of the press can draw the code point; every face falls back to the regular one. */
export function canDraw(codePoint: number): boolean {
  return TYPEFACES.regular.glyph(codePoint) !== 0;
}

/** The face that really draws this code point when `wanted` is asked for: the regular one is the widest. */
export function faceFor(wanted: Face, codePoint: number): Face {
  return TYPEFACES[wanted].glyph(codePoint) === 0 ? 'regular' : wanted;
}

function openTypeface(face: Face): Typeface {
  const path = createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${FILES[face]}`);
  const font = fontkit.create(readFileSync(path));
  const scale = 1000 / font.unitsPerEm;
  const glyphs = new Map<number, number>();
  const advances = new Map<number, number>();
  function look(codePoint: number): void {
    const known = font.hasGlyphForCodePoint(codePoint);
    const glyph = known ? font.glyphForCodePoint(codePoint) : undefined;
    glyphs.set(codePoint, glyph?.id ?? 0);
    advances.set(codePoint, (glyph?.advanceWidth ?? 0) * scale);
  }
  function cached(table: Map<number, number>, codePoint: number): number {
    if (!table.has(codePoint)) look(codePoint);
    return table.get(codePoint) ?? 0;
  }
  return {
    face,
    font,
    glyph: (codePoint) => cached(glyphs, codePoint),
    advance: (codePoint) => cached(advances, codePoint),
  };
}
