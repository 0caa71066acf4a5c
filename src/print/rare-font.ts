/**
 * A font for one document with the glyphs that it needs beyond the code page: letters of other scripts, rare signs, and
 * whatever was shaped. Codes of two bytes, numbered as they are met (ISO 32000-1, 9.7).
 */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Subset } from 'fontkit';
import { deflated, type PdfFile } from './file.js';
import { descriptor, fontName, hundredths, toUnicode } from './font-file.js';
import { type Face, type Typeface, typeface } from './fonts.js';

export class RareFont {
  private readonly own: Typeface;
  private readonly subset: Subset;
  /** Code in the file, as four hexadecimal digits, for a code point, or for a shaped glyph and its letters. */
  private readonly codes = new Map<number | string, string>();
  private readonly letters = new Map<number, readonly number[]>();
  private readonly widths: number[];

  constructor(face: Face) {
    this.own = typeface(face);
    this.subset = this.own.font.createSubset();
    this.widths = [hundredths(this.own.font.getGlyph(0).advanceWidth * this.scale)];
  }

  /** Each code point has a code of its own even where two share a glyph, so that text is copied out as it was typed. */
  code(codePoint: number): string {
    return (
      this.codes.get(codePoint) ??
      this.newCode(codePoint, this.own.glyph(codePoint), [codePoint], this.own.advance(codePoint))
    );
  }

  /** The code of a glyph that stands for these letters. */
  shapedCode(glyph: number, codePoints: readonly number[], advance: number): string {
    const key = `${glyph} ${codePoints.join(' ')}`;
    return this.codes.get(key) ?? this.newCode(key, glyph, codePoints, advance * this.scale);
  }

  /** Writes the font into a file. @returns the number of its object */
  write(file: PdfFile): number {
    const { font } = this.own;
    const name = fontName(this.tag(), font);
    const program = this.subset.encode();
    const programId = file.addStream(
      `/Filter/FlateDecode/Length1 ${program.length}`,
      deflateSync(program, { level: 6 }),
    );
    const described = file.add(descriptor(name, font, programId));
    const descendant = file.add(
      `<</Type/Font/Subtype/CIDFontType2/BaseFont ${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)` +
        `/Supplement 0>>/FontDescriptor ${described} 0 R/CIDToGIDMap/Identity/W[0[${this.widths.join(' ')}]]>>`,
    );
    const letters = file.addStream('/Filter/FlateDecode', deflated(toUnicode(2, this.letters)));
    return file.add(
      `<</Type/Font/Subtype/Type0/BaseFont ${name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]` +
        `/ToUnicode ${letters} 0 R>>`,
    );
  }

  private newCode(key: number | string, glyph: number, codePoints: readonly number[], width: number): string {
    const code = this.subset.glyphs.push(glyph) - 1;
    this.letters.set(code, codePoints);
    this.widths[code] = hundredths(width);
    const hex = code.toString(16).padStart(4, '0');
    this.codes.set(key, hex);
    return hex;
  }

  /** Another for other glyphs: programs that put files together tell fonts apart by it. */
  private tag(): string {
    const hash = createHash('sha256').update(this.subset.glyphs.join(' ')).digest();
    return String.fromCharCode(...hash.subarray(0, 6).map((byte) => 65 + (byte % 26)));
  }

  private get scale(): number {
    return 1000 / this.own.font.unitsPerEm;
  }
}
