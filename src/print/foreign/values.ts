/** The values that a PDF is made of (ISO 32000-1, 7.3), and how they are written. */

export class Name {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
/** An indirect reference, `12 0 R`. */
export class Ref {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}
export class Text {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}
export type Dictionary = ReadonlyMap<string, Value>;
export class Stream {
  readonly dictionary: Dictionary;
  /** As they stand in the file, still compressed. */
  readonly bytes: Uint8Array;
  constructor(dictionary: Dictionary, bytes: Uint8Array) {
    this.dictionary = dictionary;
    this.bytes = bytes;
  }
}
export type Value = null | boolean | number | Name | Ref | Text | Stream | Dictionary | readonly Value[];

export const isDictionary = (value: Value | undefined): value is Dictionary => value instanceof Map;
export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** The characters of a name or an undefined for any other value. */
export const nameOf = (value: Value | undefined): string | undefined =>
  value instanceof Name ? value.value : undefined;

/** A value as a file has it; references and streams are the caller's to replace first. */
export function written(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writtenNumber(value);
  if (value instanceof Name) return writtenName(value.value);
  if (value instanceof Ref) return `${value.id} 0 R`;
  if (value instanceof Text) return `<${Buffer.from(value.bytes).toString('hex')}>`;
  if (value instanceof Stream) throw new TypeError('a stream is an object of its own');
  if (isList(value)) return `[${value.map(written).join(' ')}]`;
  return `<<${[...(value as Dictionary)].map(([key, inner]) => `${writtenName(key)} ${written(inner)}`).join(' ')}>>`;
}

const REGULAR = /^[!$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~"]$/;

/** @param name one character for each of its bytes */
export function writtenName(name: string): string {
  let out = '/';
  for (const character of name) {
    out += REGULAR.test(character)
      ? character
      : `#${(character.charCodeAt(0) & 0xff).toString(16).padStart(2, '0')}`;
  }
  return out;
}

/** Without exponents, which PDF does not have. */
function writtenNumber(value: number): string {
  if (!Number.isFinite(value)) return '0';
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value) : '0';
  return value.toFixed(6).replace(/\.?0+$/, '');
}
