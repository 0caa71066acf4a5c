/**
 * What a PDF says of an embedded TrueType font (ISO 32000-1, 9.8 and 9.9), and the table that a font with codes of one
 * byte needs and fontkit's subsets lack.
 */
import type { Font } from 'fontkit';

/** The name of a font with part of its letters; `tag` are six capitals. */
export function fontName(tag: string, font: Font): string {
  return `/${tag}+${(font.postscriptName ?? 'Font').replace(/[^!-~]|[()<>[\]{}/%#]/g, '_')}`;
}

/** The font descriptor around the object of the font's program. */
export function descriptor(name: string, font: Font, program: number): string {
  const scale = 1000 / font.unitsPerEm;
  const { bbox } = font;
  const box = [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map((edge) => hundredths(edge * scale)).join(' ');
  const [ascent, descent, capitals] = [font.ascent, font.descent, font.capHeight || font.ascent].map(
    (height) => hundredths(height * scale),
  );
  const flags = font.italicAngle === 0 ? SYMBOLIC : SYMBOLIC | ITALIC;
  return (
    `<</Type/FontDescriptor/FontName ${name}/Flags ${flags}/FontBBox[${box}]/ItalicAngle ${font.italicAngle}` +
    `/Ascent ${ascent}/Descent ${descent}/CapHeight ${capitals}/StemV 80/FontFile2 ${program} 0 R>>`
  );
}

const SYMBOLIC = 1 << 2;
const ITALIC = 1 << 6;
/** Most entries of one section of a character map. */
const SECTION = 100;

/** A map from codes of `bytes` bytes to letters, for programs that copy and search (9.10.3). */
export function toUnicode(bytes: 1 | 2, letters: ReadonlyMap<number, readonly number[]>): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const entries = [...letters].map(([code, codePoints]) => {
    const text = Buffer.from(String.fromCodePoint(...codePoints), 'utf16le')
      .swap16()
      .toString('hex');
    return `<${hex(code, 2 * bytes)}> <${text}>`;
  });
  const sections: string[] = [];
  for (let start = 0; start < entries.length; start += SECTION) {
    const section = entries.slice(start, start + SECTION);
    sections.push(`${section.length} beginbfchar\n${section.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap',
    '/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def',
    '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange',
    `<${'00'.repeat(bytes)}> <${'ff'.repeat(bytes)}>\nendcodespacerange`,
    ...sections,
    'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend',
  ].join('\n');
}

/** To two places; no more is to be seen. */
export function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * Adds a table "cmap" (OpenType 1.9) to a font: its glyph for each byte, said in the two ways in which a reader may
 * look for it in a font with signs of its own (ISO 32000-1, 9.6.6.4).
 * @param glyphs the glyph, below 256, for each of 256 bytes
 */
export function withCharacterMap(font: Uint8Array, glyphs: readonly number[]): Uint8Array {
  const tables = [...tablesOf(font), { name: 'cmap', bytes: characterMap(glyphs) }].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const head = Buffer.alloc(12 + 16 * tables.length);
  Buffer.from(font).copy(head, 0, 0, 4);
  const power = Math.floor(Math.log2(tables.length));
  head.writeUInt16BE(tables.length, 4);
  head.writeUInt16BE(2 ** power * 16, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE((tables.length - 2 ** power) * 16, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  tables.forEach(({ name, bytes }, index) => {
    const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
    padded.set(bytes);
    const entry = 12 + 16 * index;
    head.write(name, entry, 'latin1');
    head.writeUInt32BE(checksum(padded), entry + 4);
    head.writeUInt32BE(offset, entry + 8);
    head.writeUInt32BE(bytes.length, entry + 12);
    offset += padded.length;
    parts.push(padded);
  });
  return Buffer.concat(parts);
}

function tablesOf(font: Uint8Array): { name: string; bytes: Uint8Array }[] {
  const view = Buffer.from(font.buffer, font.byteOffset, font.byteLength);
  return Array.from({ length: view.readUInt16BE(4) }, (_unused, index) => {
    const entry = 12 + 16 * index;
    const start = view.readUInt32BE(entry + 8);
    return {
      name: view.toString('latin1', entry, entry + 4),
      bytes: view.subarray(start, start + view.readUInt32BE(entry + 12)),
    };
  });
}

/** For Windows with the bytes moved to the private area (format 4), for the Macintosh as they are (format 0). */
function characterMap(glyphs: readonly number[]): Buffer {
  const windows = words([
    4,
    32 + 512,
    0,
    4,
    4,
    1,
    0,
    0xf0ff,
    0xffff,
    0,
    0xf000,
    0xffff,
    0,
    1,
    4,
    0,
    ...glyphs,
  ]);
  const macintosh = Buffer.concat([words([0, 262, 0]), Buffer.from(glyphs)]);
  const head = words([0, 2, 1, 0, 0, 20, 3, 0, 0, 20 + macintosh.length]);
  return Buffer.concat([head, macintosh, windows]);
}

function words(values: readonly number[]): Buffer {
  const out = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => {
    out.writeUInt16BE(value, index * 2);
  });
  return out;
}

function checksum(table: Buffer): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  return sum;
}
