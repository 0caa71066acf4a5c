/**
 * The colours of sRGB (IEC 61966-2-1) as an ICC profile of version 2 (ICC.1:2001-04): what a PDF/A file has to carry so
 * that a colour means the same on every screen. Written from the standard's figures: the profiles that others give away
 * have conditions of their own.
 */

/** Primaries and white adapted to D50, as the profile connection space has it. */
const PRIMARIES = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
} as const;
const WHITE = [0.9642, 1, 0.8249] as const;
const CURVE_POINTS = 1024;
const HEAD = 128;

let made: Uint8Array | undefined;

/** The profile's bytes. */
export function colourProfile(): Uint8Array {
  made ??= make();
  return made;
}

function make(): Uint8Array {
  const curve = curveTag();
  const tags: [string, Buffer][] = [
    ['desc', description('sRGB')],
    ['cprt', Buffer.concat([signature('text'), Buffer.from('No rights reserved\0', 'latin1')])],
    ['wtpt', xyz(WHITE)],
    ...Object.entries(PRIMARIES).map(([name, value]): [string, Buffer] => [name, xyz(value)]),
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  const places = new Map<Buffer, number>();
  const parts: Buffer[] = [];
  let offset = HEAD + table.length;
  tags.forEach(([name, bytes], index) => {
    if (!places.has(bytes)) {
      places.set(bytes, offset);
      const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
      bytes.copy(padded);
      parts.push(padded);
      offset += padded.length;
    }
    table.write(name, 4 + 12 * index, 'latin1');
    table.writeUInt32BE(places.get(bytes) ?? 0, 8 + 12 * index);
    table.writeUInt32BE(bytes.length, 12 + 12 * index);
  });
  return Buffer.concat([head(offset), table, ...parts]);
}

function head(size: number): Buffer {
  const out = Buffer.alloc(HEAD);
  out.writeUInt32BE(size, 0);
  out.writeUInt32BE(0x02400000, 8);
  out.write('mntrRGB XYZ ', 12, 'latin1');
  // A date has to be given; that of the standard.
  [1999, 10, 1, 0, 0, 0].forEach((part, index) => {
    out.writeUInt16BE(part, 24 + 2 * index);
  });
  out.write('acsp', 36, 'latin1');
  numbers(WHITE).copy(out, 68);
  return out;
}

function signature(type: string): Buffer {
  return Buffer.from(`${type}\0\0\0\0`, 'latin1');
}

function xyz(value: readonly number[]): Buffer {
  return Buffer.concat([signature('XYZ '), numbers(value)]);
}

/** Numbers with sixteen bits before and after the point. */
function numbers(values: readonly number[]): Buffer {
  const out = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    out.writeInt32BE(Math.round(value * 65536), 4 * index);
  });
  return out;
}

function description(text: string): Buffer {
  const ascii = Buffer.alloc(4 + text.length + 1);
  ascii.writeUInt32BE(text.length + 1, 0);
  ascii.write(text, 4, 'latin1');
  // No Unicode and no Macintosh text.
  return Buffer.concat([signature('desc'), ascii, Buffer.alloc(8 + 3 + 67)]);
}

/** How bright each value is (IEC 61966-2-1, 5.2). */
function curveTag(): Buffer {
  const out = Buffer.alloc(4 + 2 * CURVE_POINTS);
  out.writeUInt32BE(CURVE_POINTS, 0);
  for (let index = 0; index < CURVE_POINTS; index++) {
    const value = index / (CURVE_POINTS - 1);
    const light = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    out.writeUInt16BE(Math.round(light * 65535), 4 + 2 * index);
  }
  return Buffer.concat([signature('curv'), out]);
}
