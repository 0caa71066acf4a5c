/**
 * Unfolds the streams of a PDF (ISO 32000-1, 7.4) as far as the press must look into them; never past a limit, which a
 * small file could otherwise use to ask for gigabytes.
 */
import { constants, inflateSync } from 'node:zlib';
import { type Budget, damaged, NotDrawable } from './budget.js';
import { type Dictionary, isDictionary, isList, nameOf, type Stream, type Value } from './values.js';

/** No single part of a page may unfold to more. */
const LARGEST = 64_000_000;
/** The same for ways of packing that are undone here, number by number. */
const LARGEST_BY_HAND = 8_000_000;

const SHORT: Readonly<Record<string, string>> = {
  Fl: 'FlateDecode',
  LZW: 'LZWDecode',
  A85: 'ASCII85Decode',
  AHx: 'ASCIIHexDecode',
  RL: 'RunLengthDecode',
};

/** Names of a stream's filters, in the order in which they are undone. */
export function filtersOf(dictionary: Dictionary, resolve: (value: Value | undefined) => Value): string[] {
  const filter = resolve(dictionary.get('Filter'));
  const names = isList(filter) ? filter.map((one) => nameOf(resolve(one))) : [nameOf(filter)];
  return names.flatMap((name) => (name === undefined ? [] : [SHORT[name] ?? name]));
}

/**
 * The bytes of a stream with all filters undone.
 * @param most bytes that it may unfold to
 * @throws NotDrawable where it is damaged, too large, or has a filter for pictures
 */
export function unfold(
  stream: Stream,
  resolve: (value: Value | undefined) => Value,
  budget: Budget,
  most = LARGEST,
): Uint8Array {
  const parameters = resolve(stream.dictionary.get('DecodeParms'));
  let bytes = stream.bytes;
  for (const [index, filter] of filtersOf(stream.dictionary, resolve).entries()) {
    const own = isList(parameters) ? resolve(parameters[index]) : index === 0 ? parameters : null;
    bytes = unfoldOne(filter, bytes, Math.min(most, budget.remaining('unfolded')));
    budget.spend('unfolded', bytes.length);
    if (filter === 'FlateDecode' || filter === 'LZWDecode') bytes = unpredicted(bytes, own, resolve);
  }
  return bytes;
}

function unfoldOne(filter: string, bytes: Uint8Array, most: number): Uint8Array {
  switch (filter) {
    case 'FlateDecode':
      return inflated(bytes, most);
    case 'LZWDecode':
      return unLzw(bytes, Math.min(most, LARGEST_BY_HAND));
    case 'ASCII85Decode':
      if (bytes.length > LARGEST_BY_HAND) throw tooMuch();
      return unAscii85(bytes);
    case 'ASCIIHexDecode':
      return unHex(bytes);
    case 'RunLengthDecode':
      return unRunLength(bytes, Math.min(most, LARGEST_BY_HAND));
    default:
      throw new NotDrawable('it is packed in a way that is not known here');
  }
}

/** Inflates. Throws NotDrawable when it is damaged or unfolds to more than `most` bytes. */
export function inflated(bytes: Uint8Array, most: number): Uint8Array {
  if (most <= 0) throw tooMuch();
  try {
    // The check sum at the end is often missing; everything before it is not.
    return inflateSync(bytes, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooMuch() : damaged();
  }
}

const tooMuch = (): NotDrawable => new NotDrawable('it unfolds to too much data');

/** Undoes a predictor (7.4.4.4). */
function unpredicted(
  bytes: Uint8Array,
  parameters: Value,
  resolve: (value: Value | undefined) => Value,
): Uint8Array {
  if (!isDictionary(parameters)) return bytes;
  const number = (key: string, usual: number): number => {
    const value = resolve(parameters.get(key));
    return typeof value === 'number' && value >= 1 && value <= 1e6 ? Math.floor(value) : usual;
  };
  const predictor = number('Predictor', 1);
  if (predictor === 1) return bytes;
  if (predictor < 10) throw new NotDrawable('it is packed in a way that is not known here');
  const step = Math.max(1, Math.ceil((number('Colors', 1) * number('BitsPerComponent', 8)) / 8));
  const width = Math.ceil((number('Columns', 1) * number('Colors', 1) * number('BitsPerComponent', 8)) / 8);
  const rows = Math.floor(bytes.length / (width + 1));
  const out = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const from = row * (width + 1);
    const to = row * width;
    const filter = bytes[from] ?? 0;
    for (let x = 0; x < width; x++) {
      const left = x >= step ? (out[to + x - step] ?? 0) : 0;
      const up = row > 0 ? (out[to + x - width] ?? 0) : 0;
      const corner = row > 0 && x >= step ? (out[to + x - width - step] ?? 0) : 0;
      out[to + x] = (bytes[from + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/** 7.4.4.2, with the early change of code lengths that is the usual one. */
function unLzw(bytes: Uint8Array, most: number): Uint8Array {
  const out: number[] = [];
  let table: number[][] = [];
  const reset = (): void => {
    table = Array.from({ length: 258 }, (_, code) => (code < 256 ? [code] : []));
  };
  reset();
  let [bits, held, width] = [0, 0, 9];
  let before: number[] | undefined;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    const code = (held >> (bits - width)) & ((1 << width) - 1);
    bits -= width;
    if (code === 257) break;
    if (code === 256) {
      reset();
      width = 9;
      before = undefined;
      continue;
    }
    const known = table[code];
    if (known === undefined && (before === undefined || code !== table.length)) throw damaged();
    const entry = known ?? [...(before as number[]), (before as number[])[0] as number];
    if (out.length + entry.length > most) throw tooMuch();
    for (const value of entry) out.push(value);
    if (before !== undefined && table.length < 4096) table.push([...before, entry[0] as number]);
    before = entry;
    const size = table.length + 1;
    width = size >= 2048 ? 12 : size >= 1024 ? 11 : size >= 512 ? 10 : 9;
  }
  return Uint8Array.from(out);
}

function unAscii85(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let group: number[] = [];
  const flush = (): void => {
    const count = group.length;
    if (count === 0) return;
    while (group.length < 5) group.push(84);
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0) >>> 0;
    for (let index = 0; index < count - 1; index++) out.push((value >>> (24 - 8 * index)) & 0xff);
    group = [];
  };
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    else if (byte >= 0x21 && byte <= 0x75) {
      group.push(byte - 0x21);
      if (group.length === 5) flush();
    } else if (byte > 0x20) throw damaged();
  }
  flush();
  return Uint8Array.from(out);
}

function unHex(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('>');
  const digits = (end < 0 ? text : text.slice(0, end)).replace(/[^0-9a-fA-F]/g, '');
  return Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, 'hex');
}

function unRunLength(bytes: Uint8Array, most: number): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at++] ?? 128;
    if (length === 128) break;
    if (out.length + 128 > most) throw tooMuch();
    if (length < 128) {
      for (const value of bytes.subarray(at, at + length + 1)) out.push(value);
      at += length + 1;
    } else {
      for (let n = 0; n < 257 - length; n++) out.push(bytes[at] ?? 0);
      at++;
    }
  }
  return Uint8Array.from(out);
}
