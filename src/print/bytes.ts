/**
 * Bytes of a file in the making. A document puts tens of thousands of words and numbers one after another: as strings
 * they would cost more to collect than to write.
 */
import { byteOf } from './code-page.js';

const FIRST = 4096;
/** Buffers of documents that are finished, for the next ones. */
const SPARE: Uint8Array[] = [];
const MOST_SPARE = 128;

const [DIGIT, MINUS, POINT, BACKSLASH, OPEN, CLOSE] = [0x30, 0x2d, 0x2e, 0x5c, 0x28, 0x29];

export class Bytes {
  private bytes: Uint8Array = SPARE.pop() ?? new Uint8Array(FIRST);
  length = 0;

  /** Words of one byte a character. */
  text(text: string): this {
    this.reserve(text.length);
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    this.length = at;
    return this;
  }

  /** A number with two places: no more is to be seen on a page. */
  number(value: number): this {
    const hundredths = Math.round(value * 100);
    if (hundredths < 0) {
      this.reserve(1);
      this.bytes[this.length++] = MINUS;
      return this.number(-value);
    }
    if (hundredths > MOST) return this.text(String(hundredths / 100));
    const whole = Math.floor(hundredths / 100);
    const rest = hundredths - whole * 100;
    this.integer(whole);
    if (rest === 0) return this;
    this.reserve(3);
    this.bytes[this.length++] = POINT;
    const tenth = Math.floor(rest / 10);
    this.bytes[this.length++] = DIGIT + tenth;
    if (rest !== tenth * 10) this.bytes[this.length++] = DIGIT + rest - tenth * 10;
    return this;
  }

  /** A whole number that is not negative. */
  integer(value: number): this {
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits++;
    this.reserve(digits);
    let rest = value;
    for (let at = this.length + digits - 1; at >= this.length; at--) {
      const higher = Math.floor(rest / 10);
      this.bytes[at] = DIGIT + rest - higher * 10;
      rest = higher;
    }
    this.length += digits;
    return this;
  }

  /** Text of the code page as a PDF string (ISO 32000-1, 7.3.4.2). */
  literal(text: string): this {
    this.reserve(2 * text.length + 2);
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = OPEN;
    for (let index = 0; index < text.length; index++) {
      const byte = byteOf(text.charCodeAt(index));
      if (byte === OPEN || byte === CLOSE || byte === BACKSLASH) bytes[at++] = BACKSLASH;
      bytes[at++] = byte;
    }
    bytes[at++] = CLOSE;
    this.length = at;
    return this;
  }

  append(other: Bytes): this {
    this.reserve(other.length);
    this.bytes.set(other.view(), this.length);
    this.length += other.length;
    return this;
  }

  /** What was written, until more is. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** Gives the buffer to others: nothing may be written or read after it. */
  release(): void {
    if (SPARE.length < MOST_SPARE && this.bytes.length <= LARGEST_SPARE) SPARE.push(this.bytes);
    this.bytes = NOTHING;
    this.length = 0;
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    grown.set(this.view());
    this.bytes = grown;
  }
}

/** Beyond this digits are not counted one by one. */
const MOST = 1e9;
const NOTHING = new Uint8Array(0);
const LARGEST_SPARE = 256 * 1024;
