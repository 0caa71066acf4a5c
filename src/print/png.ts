/**
 * PNG for a PDF (PNG specification, https://www.w3.org/TR/png-3/): most pictures pass through with their own
 * compression; those with transparency or interlacing are decoded here. Sizes are checked before anything is unpacked,
 * so that a small file cannot ask for gigabytes.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { MOST_PIXELS } from './jpeg.js';

export interface PngImage {
  readonly kind: 'png';
  readonly width: number;
  readonly height: number;
  /** What the PDF's dictionary says of it beside its size. */
  readonly entries: string;
  readonly data: Uint8Array;
  /** Transparency, a byte a pixel, compressed. */
  readonly mask?: Uint8Array;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colourType: number;
  readonly interlaced: boolean;
}
interface Parts {
  readonly header: Header;
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array | undefined;
  readonly data: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
/** Pictures that must be decoded take four bytes a pixel in memory. */
const MOST_DECODED_PIXELS = 16_000_000;
/** Start and step of the seven passes of Adam7. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Reads a PNG. @returns the picture, or in words why it cannot be printed */
export function readPng(bytes: Uint8Array): PngImage | string {
  const parts = readParts(bytes);
  if (typeof parts === 'string') return parts;
  const { header } = parts;
  const decode = header.interlaced || header.colourType >= 4 || parts.transparency !== undefined;
  if (header.width * header.height > (decode ? MOST_DECODED_PIXELS : MOST_PIXELS))
    return 'the picture is too large';
  const raw = unpack(parts);
  if (raw === undefined) return 'the PNG is damaged';
  return decode ? decoded(parts, raw) : passedThrough(parts);
}

function readParts(bytes: Uint8Array): Parts | string {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) return 'not a PNG picture';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: Header | undefined;
  let palette: Uint8Array = new Uint8Array(0);
  let transparency: Uint8Array | undefined;
  const data: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const chunk = bytes.subarray(at + 8, at + 8 + length);
    if (chunk.length !== length) return 'the PNG is damaged';
    if (name === 'IHDR') header = readHeader(chunk);
    if (name === 'PLTE') palette = chunk;
    if (name === 'tRNS') transparency = chunk;
    if (name === 'IDAT') data.push(chunk);
    if (name === 'IEND') break;
    at += 12 + length;
  }
  if (header === undefined || data.length === 0) return 'the PNG is damaged';
  if (header.colourType === 3 && (palette.length === 0 || palette.length % 3 !== 0))
    return 'the PNG is damaged';
  return { header, palette, transparency, data: Buffer.concat(data) };
}

function readHeader(chunk: Uint8Array): Header | undefined {
  if (chunk.length !== 13) return undefined;
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const bits = view.getUint8(8);
  const colourType = view.getUint8(9);
  const interlace = view.getUint8(12);
  if (width === 0 || height === 0 || interlace > 1 || !DEPTHS[colourType]?.includes(bits)) return undefined;
  return { width, height, bits, colourType, interlaced: interlace === 1 };
}

/** The filtered rows, exactly as many bytes as the header promises; undefined when the file does not hold them. */
function unpack({ header, data }: Parts): Uint8Array | undefined {
  const expected = passesOf(header).reduce(
    (sum, pass) => sum + pass.height * (1 + rowBytes(header, pass.width)),
    0,
  );
  try {
    const raw = inflateSync(data, { maxOutputLength: expected });
    return raw.length === expected ? raw : undefined;
  } catch {
    return undefined;
  }
}

interface Pass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
}

function passesOf(header: Header): Pass[] {
  const passes = header.interlaced ? PASSES : ([[0, 0, 1, 1]] as const);
  return passes
    .map(([x, y, stepX, stepY]) => ({
      x,
      y,
      stepX,
      stepY,
      width: Math.max(0, Math.ceil((header.width - x) / stepX)),
      height: Math.max(0, Math.ceil((header.height - y) / stepY)),
    }))
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

function rowBytes(header: Header, width: number): number {
  return Math.ceil((width * header.bits * (CHANNELS[header.colourType] ?? 1)) / 8);
}

function passedThrough({ header, palette, data }: Parts): PngImage {
  const colours = CHANNELS[header.colourType] ?? 1;
  const plain = header.colourType === 2 ? '/DeviceRGB' : '/DeviceGray';
  const space =
    header.colourType === 3
      ? `[/Indexed/DeviceRGB ${palette.length / 3 - 1} <${Buffer.from(palette).toString('hex')}>]`
      : plain;
  return {
    kind: 'png',
    width: header.width,
    height: header.height,
    entries:
      `/BitsPerComponent ${header.bits}/ColorSpace${space}/Filter/FlateDecode/DecodeParms<</Predictor 15` +
      `/Colors ${colours}/BitsPerComponent ${header.bits}/Columns ${header.width}>>`,
    data,
  };
}

/** Half the time of the usual level, for few more bytes. */
const DEFLATE = { level: 3 } as const;

/** @param raw the filtered rows; they are undone where they lie */
function decoded(parts: Parts, raw: Uint8Array): PngImage {
  const { width, height, bits, colourType } = parts.header;
  const colour = new Uint8Array(width * height * 3);
  const alpha = new Uint8Array(width * height);
  const plain = bits === 8 && (colourType === 4 || colourType === 6);
  let at = 0;
  for (const pass of passesOf(parts.header)) {
    const length = rowBytes(parts.header, pass.width);
    for (let row = 0; row < pass.height; row++) {
      const start = at + 1;
      unfilter(raw, start, length, row > 0 ? start - length - 1 : -1, pixelBytes(parts.header));
      const target = (pass.y + row * pass.stepY) * width + pass.x;
      if (plain)
        splitRow(raw, start, pass.width, colourType === 6 ? 3 : 1, colour, alpha, target, pass.stepX);
      else putRow(parts, raw.subarray(start, start + length), pass.width, colour, alpha, target, pass.stepX);
      at += 1 + length;
    }
  }
  return {
    kind: 'png',
    width,
    height,
    entries: '/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode',
    data: deflateSync(colour, DEFLATE),
    ...(alpha.every((value) => value === 255) ? {} : { mask: deflateSync(alpha, DEFLATE) }),
  };
}

function pixelBytes(header: Header): number {
  return Math.max(1, (header.bits * (CHANNELS[header.colourType] ?? 1)) / 8);
}

/** Undoes one row's filter in its place (PNG specification, 9.2); `above` is where the row before it starts, or -1. */
function unfilter(raw: Uint8Array, start: number, length: number, above: number, step: number): void {
  const filter = raw[start - 1] ?? 0;
  if (filter < 1 || filter > 4) return;
  for (let index = 0; index < length; index++) {
    const left = index >= step ? (raw[start + index - step] ?? 0) : 0;
    const up = above >= 0 ? (raw[above + index] ?? 0) : 0;
    let guess: number;
    if (filter === 1) guess = left;
    else if (filter === 2) guess = up;
    else if (filter === 3) guess = (left + up) >> 1;
    else guess = paeth(left, up, above >= 0 && index >= step ? (raw[above + index - step] ?? 0) : 0);
    raw[start + index] = (raw[start + index] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const byLeft = Math.abs(guess - left);
  const byUp = Math.abs(guess - up);
  const byCorner = Math.abs(guess - corner);
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/** A row of eight bits a sample whose last sample is its transparency: by far the most there are. */
function splitRow(
  raw: Uint8Array,
  start: number,
  width: number,
  colours: 1 | 3,
  colour: Uint8Array,
  alpha: Uint8Array,
  first: number,
  step: number,
): void {
  let from = start;
  for (let column = 0, target = first; column < width; column++, target += step) {
    const to = target * 3;
    colour[to] = raw[from] ?? 0;
    colour[to + 1] = raw[colours === 3 ? from + 1 : from] ?? 0;
    colour[to + 2] = raw[colours === 3 ? from + 2 : from] ?? 0;
    alpha[target] = raw[from + colours] ?? 0;
    from += colours + 1;
  }
}

/** A row of any other kind. */
function putRow(
  parts: Parts,
  line: Uint8Array,
  width: number,
  colour: Uint8Array,
  alpha: Uint8Array,
  first: number,
  step: number,
): void {
  const { bits, colourType } = parts.header;
  const channels = CHANNELS[colourType] ?? 1;
  const samples = new Array<number>(channels).fill(0);
  for (let column = 0, target = first; column < width; column++, target += step) {
    for (let channel = 0; channel < channels; channel++)
      samples[channel] = sample(line, column * channels + channel, bits);
    const [one = 0, two = 0] = samples;
    for (let channel = 0; channel < 3; channel++) {
      const value = channels >= 3 ? (samples[channel] ?? 0) : one;
      colour[target * 3 + channel] =
        colourType === 3 ? (parts.palette[one * 3 + channel] ?? 0) : toByte(value, bits);
    }
    if (colourType === 6) alpha[target] = toByte(samples[3] ?? 0, bits);
    else if (colourType === 4) alpha[target] = toByte(two, bits);
    else alpha[target] = keyedAlpha(parts, samples);
  }
}

/** Transparency told by the tRNS chunk: by palette entry, or one colour that is seen through. */
function keyedAlpha({ header, transparency }: Parts, samples: readonly number[]): number {
  if (transparency === undefined) return 255;
  if (header.colourType === 3) return transparency[samples[0] ?? 0] ?? 255;
  const same = samples.every(
    (value, index) => value === ((transparency[index * 2] ?? 0) << 8) + (transparency[index * 2 + 1] ?? 0),
  );
  return same ? 0 : 255;
}

function sample(line: Uint8Array, index: number, bits: number): number {
  if (bits === 8) return line[index] ?? 0;
  if (bits === 16) return ((line[index * 2] ?? 0) << 8) + (line[index * 2 + 1] ?? 0);
  const perByte = 8 / bits;
  const shift = 8 - bits - (index % perByte) * bits;
  return ((line[Math.floor(index / perByte)] ?? 0) >> shift) & ((1 << bits) - 1);
}

function toByte(value: number, bits: number): number {
  return bits === 16 ? value >> 8 : Math.round((value * 255) / ((1 << bits) - 1));
}
