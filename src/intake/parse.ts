/**
 * From bytes to a JSON value, hiding nothing. `JSON.parse` alone lets duplicate keys vanish, rounds numbers and, fed
 * with a string, has already turned wrong bytes into U+FFFD; so the bytes are decoded strictly, and what could hide
 * something is walked token by token before it. The walk is iterative: depth is limited by a rule, never by the stack.
 *
 * RFC 8259 (JSON), RFC 7493 (I-JSON): https://www.rfc-editor.org/rfc/rfc7493
 */
import { isUtf8 } from 'node:buffer';
import { createScanner } from 'jsonc-parser';
import type { Finding } from '../forms/finding.js';
import { step } from '../mapping/json.js';
import { keepsDigits } from './keeps-digits.js';
import { readPlain } from './read-plain.js';

export interface ReadingLimits {
  readonly depth: number;
  /** Objects, arrays, strings, numbers and literals together. */
  readonly values: number;
  readonly items: number;
  readonly characters: number;
  /** Of a member's name; names stand in pointers and sentences, so a long one would be repeated in every issue. */
  readonly nameCharacters: number;
  /** Names of members whose text may be longer than `characters` (base64 of attachments). */
  readonly longMembers: ReadonlySet<string>;
  /** The walk stops after so many findings. */
  readonly findings: number;
}

export const READING_LIMITS: ReadingLimits = {
  depth: 100,
  values: 200_000,
  items: 10_000,
  characters: 100_000,
  nameCharacters: 200,
  longMembers: new Set(['data']),
  findings: 1000,
};

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Reads one JSON document.
 * @param bytes as they came over the wire
 * @param limits what a document may be at most; tests make them small
 * @returns the value, or every fault of reading it (each answered with HTTP 400)
 */
export function parseJson(bytes: Uint8Array, limits: ReadingLimits = READING_LIMITS): Parsed {
  if (bytes.length === 0) return unreadable({ code: 'no-body', pointer: '' });
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return unreadable({ code: 'byte-order-mark', pointer: '' });
  }
  if (!isUtf8(bytes)) {
    return unreadable({ code: 'not-utf8', pointer: '', values: { offset: firstWrongByte(bytes) } });
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const known = readPlain(text, limits);
  if (known !== undefined) return { ok: true, value: known };
  const findings = new Walk(text, limits).run();
  if (findings.length > 0) return { ok: false, findings };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    // The walk knows the whole grammar; should the two ever differ, the stricter one counts.
    return unreadable({
      code: 'json-broken',
      pointer: '',
      values: { problem: 'it does not follow the grammar', line: 1, column: 1 },
    });
  }
}

function unreadable(finding: Finding): Parsed {
  return { ok: false, findings: [finding] };
}

/** The decoder does not say where it stopped: halve until the first prefix that it refuses. */
function firstWrongByte(bytes: Uint8Array): number {
  const readable = (length: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length;
  if (readable(bad)) return bad;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (readable(middle)) good = middle;
    else bad = middle;
  }
  return bad - 1;
}

interface Container {
  readonly pointer: string;
  /** Names seen so far; absent in an array. */
  readonly names?: Set<string>;
  name: string;
  items: number;
}

type Expect = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

const EXPECTED: Readonly<Record<Expect, string>> = {
  value: 'a value is expected',
  'value-or-end': 'a value or "]" is expected',
  name: 'a field name in double quotes is expected (there may be a comma too many before it)',
  'name-or-end': 'a field name in double quotes or "}" is expected',
  colon: '":" is expected after the field name',
  'comma-or-end': 'a comma or the closing bracket is expected',
  nothing: 'nothing may follow the end',
};

/** jsonc-parser's SyntaxKind: a const enum, which a module compiled on its own cannot read. */
const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  end: 17,
} as const;

/** By jsonc-parser's ScanError. */
const BAD_TOKEN: Readonly<Record<number, string>> = {
  1: 'JSON has no comments',
  2: 'a text has no closing quote',
  3: 'a number is not complete',
  4: 'a \\u escape is not four hexadecimal digits',
  5: 'a backslash is followed by a character that cannot be escaped',
  6: 'a control character (a line break, a tab) stands in a text without being escaped',
};

/** Closing and dividing tokens, which begin no value. */
const VALUE_NEVER: ReadonlySet<number> = new Set([
  TOKEN.closeBrace,
  TOKEN.closeBracket,
  TOKEN.comma,
  TOKEN.colon,
]);

/** One pass over the tokens with an explicit stack. */
class Walk {
  readonly #limits: ReadingLimits;
  readonly #scanner;
  readonly #findings: Finding[] = [];
  readonly #stack: Container[] = [];
  #expect: Expect = 'value';
  #values = 0;
  #stopped = false;

  constructor(text: string, limits: ReadingLimits) {
    this.#limits = limits;
    this.#scanner = createScanner(text, false);
  }

  run(): readonly Finding[] {
    while (!this.#stopped && this.#findings.length < this.#limits.findings) {
      const kind: number = this.#scanner.scan();
      if (kind === TOKEN.end) {
        if (this.#expect !== 'nothing') this.#break('the text ends too early');
        break;
      }
      if (kind !== TOKEN.space && kind !== TOKEN.lineBreak) this.#token(kind);
    }
    return this.#findings;
  }

  #token(kind: number): void {
    const fault = BAD_TOKEN[this.#scanner.getTokenError()];
    if (fault !== undefined) this.#break(fault);
    else if (kind === TOKEN.lineComment || kind === TOKEN.blockComment) this.#break('JSON has no comments');
    else if (!this.#take(kind)) this.#break(EXPECTED[this.#expect]);
  }

  /** Takes a token that may stand here; false when it may not. */
  #take(kind: number): boolean {
    switch (this.#expect) {
      case 'name':
        return kind === TOKEN.string && this.#name();
      case 'name-or-end':
        return kind === TOKEN.string ? this.#name() : kind === TOKEN.closeBrace && this.#close();
      case 'colon':
        if (kind !== TOKEN.colon) return false;
        this.#expect = 'value';
        return true;
      case 'comma-or-end':
        return this.#afterValue(kind);
      case 'value':
        return this.#value(kind);
      case 'value-or-end':
        return kind === TOKEN.closeBracket ? this.#close() : this.#value(kind);
      case 'nothing':
        return false;
    }
  }

  #name(): true {
    const container = this.#stack.at(-1) as Container & { names: Set<string> };
    const name = this.#scanner.getTokenValue();
    if (name.length > this.#limits.nameCharacters) {
      this.#stop('name-too-long', container.pointer, { limit: this.#limits.nameCharacters });
      return true;
    }
    container.name = name;
    const pointer = this.#pointer();
    if (container.names.has(name)) {
      this.#find('duplicate-field', pointer, { field: name, ...this.#position() });
    }
    if (name === '__proto__') this.#find('forbidden-field', pointer, { field: name });
    container.names.add(name);
    this.#expect = 'colon';
    return true;
  }

  #value(kind: number): boolean {
    if (kind < TOKEN.openBrace || kind > TOKEN.number || VALUE_NEVER.has(kind)) return false;
    if (++this.#values > this.#limits.values) {
      this.#stop('too-many-values', '', { limit: this.#limits.values });
      return true;
    }
    this.#countItem();
    if (kind === TOKEN.openBrace) return this.#open(new Set());
    if (kind === TOKEN.openBracket) return this.#open(undefined);
    if (kind === TOKEN.string) this.#checkText();
    if (kind === TOKEN.number) this.#checkNumber();
    return this.#ended();
  }

  #countItem(): void {
    const container = this.#stack.at(-1);
    if (container === undefined || container.names !== undefined) return;
    container.items++;
    if (container.items === this.#limits.items + 1) {
      this.#find('list-too-long', container.pointer, { limit: this.#limits.items });
    }
  }

  #open(names: Set<string> | undefined): true {
    const pointer = this.#pointer();
    if (this.#stack.length >= this.#limits.depth) {
      this.#stop('too-deep', pointer, { limit: this.#limits.depth });
      return true;
    }
    this.#stack.push({ pointer, name: '', items: 0, ...(names === undefined ? {} : { names }) });
    this.#expect = names === undefined ? 'value-or-end' : 'name-or-end';
    return true;
  }

  #close(): true {
    this.#stack.pop();
    return this.#ended();
  }

  #ended(): true {
    this.#expect = this.#stack.length === 0 ? 'nothing' : 'comma-or-end';
    return true;
  }

  #afterValue(kind: number): boolean {
    const inObject = this.#stack.at(-1)?.names !== undefined;
    if (kind === TOKEN.comma) {
      this.#expect = inObject ? 'name' : 'value';
      return true;
    }
    return kind === (inObject ? TOKEN.closeBrace : TOKEN.closeBracket) && this.#close();
  }

  #checkText(): void {
    const length = this.#scanner.getTokenLength() - 2;
    if (length <= this.#limits.characters) return;
    const container = this.#stack.at(-1);
    if (container?.names !== undefined && this.#limits.longMembers.has(container.name)) return;
    if (this.#scanner.getTokenValue().length > this.#limits.characters) {
      this.#find('text-too-long', this.#pointer(), { limit: this.#limits.characters });
    }
  }

  #checkNumber(): void {
    const written = this.#scanner.getTokenValue();
    if (!keepsDigits(written)) this.#find('number-loses-digits', this.#pointer());
  }

  #pointer(): string {
    const container = this.#stack.at(-1);
    if (container === undefined) return '';
    return container.pointer + step(container.names === undefined ? container.items - 1 : container.name);
  }

  #position(): { line: number; column: number } {
    return {
      line: this.#scanner.getTokenStartLine() + 1,
      column: this.#scanner.getTokenStartCharacter() + 1,
    };
  }

  #find(code: string, pointer: string, values: Readonly<Record<string, string | number>> = {}): void {
    this.#findings.push({ code, pointer, values });
  }

  #stop(code: string, pointer: string, values: Readonly<Record<string, string | number>>): void {
    this.#find(code, pointer, values);
    this.#stopped = true;
  }

  #break(problem: string): void {
    this.#stop('json-broken', this.#stack.at(-1)?.pointer ?? '', { problem, ...this.#position() });
  }
}
