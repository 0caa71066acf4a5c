/** Reads the values of a PDF from its bytes (ISO 32000-1, 7.2 and 7.3). */
import { type Budget, damaged } from './budget.js';
import { Name, Ref, Text, type Value } from './values.js';

const DEEPEST = 60;
const LONGEST_NUMBER = 40;
const LONGEST_NAME = 500;

const SPACE = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) SPACE[byte] = 1;
const DELIMITER = new Uint8Array(256);
for (const character of '()<>[]{}/%') DELIMITER[character.charCodeAt(0)] = 1;

const isRegular = (byte: number | undefined): boolean =>
  byte !== undefined && SPACE[byte] === 0 && DELIMITER[byte] === 0;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

const ESCAPES: Readonly<Record<number, number>> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 };

/** A place in the bytes that moves on as values are taken. */
export class Tokens {
  readonly bytes: Uint8Array;
  at: number;
  private readonly budget: Budget;

  constructor(bytes: Uint8Array, at: number, budget: Budget) {
    this.bytes = bytes;
    this.at = at;
    this.budget = budget;
  }

  /** The next value. Throws NotDrawable. */
  value(depth = 0): Value {
    if (depth > DEEPEST) throw damaged();
    this.budget.spend('tokens', 1);
    this.skipSpace();
    const byte = this.bytes[this.at];
    if (byte === undefined) throw damaged();
    if (byte === 0x2f) return this.name();
    if (byte === 0x28) return this.literal();
    if (byte === 0x5b) return this.list(depth);
    if (byte === 0x3c) return this.bytes[this.at + 1] === 0x3c ? this.dictionary(depth) : this.hex();
    if (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return this.numberOrReference();
    const word = this.word();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    throw damaged();
  }

  /** The next run of regular characters; '' before a delimiter. */
  word(): string {
    this.skipSpace();
    const start = this.at;
    while (isRegular(this.bytes[this.at]) && this.at - start < LONGEST_NAME) this.at++;
    return this.text(start, this.at);
  }

  /** Takes the keyword if it comes next. */
  take(keyword: string): boolean {
    const before = this.at;
    if (this.word() === keyword) return true;
    this.at = before;
    return false;
  }

  /** A whole number that must come next. Throws NotDrawable. */
  whole(): number {
    const word = this.word();
    if (!/^\d{1,12}$/.test(word)) throw damaged();
    return Number(word);
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) return;
      if (SPACE[byte] === 1) this.at++;
      else if (byte === 0x25) {
        while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13)
          this.at++;
      } else return;
    }
  }

  private text(start: number, end: number): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString('latin1');
  }

  private name(): Name {
    this.at++;
    const start = this.at;
    while (isRegular(this.bytes[this.at])) this.at++;
    if (this.at - start > LONGEST_NAME) throw damaged();
    const raw = this.text(start, this.at);
    return new Name(
      raw.includes('#')
        ? raw.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
        : raw,
    );
  }

  private numberOrReference(): number | Ref {
    const number = this.number();
    if (!Number.isInteger(number) || number < 0) return number;
    const after = this.at;
    this.skipSpace();
    if (isDigit(this.bytes[this.at])) {
      const start = this.at;
      while (isDigit(this.bytes[this.at]) && this.at - start < 6) this.at++;
      this.skipSpace();
      if (this.bytes[this.at] === 0x52 && !isRegular(this.bytes[this.at + 1])) {
        this.at++;
        return new Ref(number);
      }
    }
    this.at = after;
    return number;
  }

  private number(): number {
    const start = this.at;
    while (isRegular(this.bytes[this.at])) this.at++;
    if (this.at - start > LONGEST_NUMBER) throw damaged();
    // Some writers put two signs, or a sign in the middle, where they mean zero.
    const value = Number.parseFloat(this.text(start, this.at).replace(/^([+-])[+-]+/, '$1'));
    return Number.isFinite(value) ? value : 0;
  }

  private list(depth: number): Value[] {
    this.at++;
    const items: Value[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x5d) {
        this.at++;
        return items;
      }
      items.push(this.value(depth + 1));
    }
  }

  private dictionary(depth: number): Map<string, Value> {
    this.at += 2;
    const entries = new Map<string, Value>();
    for (;;) {
      this.skipSpace();
      const byte = this.bytes[this.at];
      if (byte === 0x3e && this.bytes[this.at + 1] === 0x3e) {
        this.at += 2;
        return entries;
      }
      if (byte !== 0x2f) throw damaged();
      const key = this.name().value;
      entries.set(key, this.value(depth + 1));
    }
  }

  private hex(): Text {
    const end = this.bytes.indexOf(0x3e, this.at);
    if (end < 0) throw damaged();
    this.budget.spend('searched', end - this.at);
    const digits = this.text(this.at + 1, end).replace(/[^0-9a-fA-F]/g, '');
    this.at = end + 1;
    return new Text(Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, 'hex'));
  }

  private literal(): Text {
    const out: number[] = [];
    let open = 0;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw damaged();
      if (byte === 0x5c) this.escaped(out);
      else {
        if (byte === 0x28) open++;
        if (byte === 0x29) open--;
        if (open === 0) return new Text(Uint8Array.from(out.slice(1)));
        out.push(byte);
      }
    }
  }

  private escaped(out: number[]): void {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw damaged();
    if (byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30;
      for (let digits = 1; digits < 3; digits++) {
        const next = this.bytes[this.at];
        if (next === undefined || next < 0x30 || next > 0x37) break;
        value = value * 8 + next - 0x30;
        this.at++;
      }
      out.push(value & 0xff);
    } else if (byte === 13) {
      if (this.bytes[this.at] === 10) this.at++;
    } else if (byte !== 10) out.push(ESCAPES[byte] ?? byte);
  }
}
