/**
 * The fonts that are the same in every document: the letters of the code page in one face, cut out and compressed once
 * for the life of the process. A font with codes of one byte (ISO 32000-1, 9.6.3), so that text stands in the file as
 * it was typed.
 */
import { deflateSync } from 'node:zlib';
import { CODE_POINTS } from './code-page.js';
import { deflated, type PdfFile } from './file.js';
import { descriptor, fontName, hundredths, toUnicode, withCharacterMap } from './font-file.js';
import { STYLES, type Style, typeface } from './fonts.js';

interface CoreFont {
  readonly program: Uint8Array;
  /** Length before it was compressed. */
  readonly length: number;
  readonly name: string;
  readonly widths: string;
  readonly letters: Uint8Array;
}

const MADE: Partial<Record<Style, CoreFont>> = {};

/** Writes the font of a face into a file. @returns the number of its object */
export function writeCoreFont(file: PdfFile, face: Style): number {
  const core = coreFont(face);
  const program = file.addStream(`/Filter/FlateDecode/Length1 ${core.length}`, core.program);
  const described = file.add(descriptor(core.name, typeface(face).font, program));
  const letters = file.addStream('/Filter/FlateDecode', core.letters);
  return file.add(
    `<</Type/Font/Subtype/TrueType/BaseFont ${core.name}/FirstChar 0/LastChar 255/Widths[${core.widths}]` +
      `/FontDescriptor ${described} 0 R/ToUnicode ${letters} 0 R>>`,
  );
}

/** Makes the fonts that a document may need, so that none waits for them. */
export function warm(): void {
  for (const face of STYLES) coreFont(face);
}

/** The font of a face, made if it is not made yet. */
function coreFont(face: Style): CoreFont {
  MADE[face] ??= make(face);
  return MADE[face];
}

function make(face: Style): CoreFont {
  const own = typeface(face);
  const subset = own.font.createSubset();
  const letters = new Map<number, readonly number[]>();
  const widths: number[] = [];
  const glyphs = CODE_POINTS.map((codePoint, byte) => {
    const glyph = codePoint === 0 ? 0 : own.glyph(codePoint);
    widths.push(glyph === 0 ? 0 : hundredths(own.advance(codePoint)));
    if (glyph === 0) return 0;
    letters.set(byte, [codePoint]);
    return subset.includeGlyph(glyph);
  });
  const program = withCharacterMap(subset.encode(), glyphs);
  return {
    program: deflateSync(program, { level: 9 }),
    length: program.length,
    name: fontName('REDBAG', own.font),
    widths: widths.join(' '),
    letters: deflated(toUnicode(1, letters)),
  };
}
