/**
 * The letters and signs that nearly every document is written in, each with a code of one byte: what is written in
 * them goes into the file as it stands, from fonts that are made once for all documents (`core-font.ts`). Letters of
 * ASCII keep their own codes. What is not here is written from a font made for the one document (`rare-font.ts`).
 */

/** Latin-1, Windows-1252, the letters of Welsh and Polish, and the signs that the forms use. */
const OTHERS =
  '¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ' +
  '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ' +
  'ŵŷŴŶąćęłńśźżĄĆĘŁŃŚŹŻ' +
  '≥≤→←↑↓✓☐☑✗≈−▲▼₂';

/** Codes that mean nothing to programs that read a file line by line. */
const FREE = [...span(0x01, 0x09), 0x0b, 0x0c, ...span(0x0e, 0x1f), ...span(0x7f, 0xff)];

export const NO_BREAK_SPACE = 0xa0;
/** Every code point below this can be looked up in a table. */
export const NEAR = 0x2800;

/** The code points written with one byte, by their byte; 0 where it has none. */
export const CODE_POINTS: readonly number[] = codePoints();

/** The byte of a code point below `NEAR`, 0 where it has none. A no-break space is written as a space. */
const BYTES = bytesOf(CODE_POINTS);

/** The byte of a code point, 0 where it has none. */
export function byteOf(codePoint: number): number {
  return codePoint < NEAR ? (BYTES[codePoint] ?? 0) : 0;
}

function codePoints(): number[] {
  const points = new Array<number>(256).fill(0);
  for (const code of span(0x20, 0x7e)) points[code] = code;
  Array.from(OTHERS).forEach((character, index) => {
    const code = FREE[index];
    if (code === undefined) throw new RangeError('the code page is full');
    points[code] = character.codePointAt(0) ?? 0;
  });
  return points;
}

function bytesOf(points: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(NEAR);
  points.forEach((codePoint, byte) => {
    if (codePoint !== 0) bytes[codePoint] = byte;
  });
  bytes[NO_BREAK_SPACE] = 0x20;
  return bytes;
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_unused, index) => from + index);
}
