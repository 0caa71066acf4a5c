/**
 * The quick way through `parse.ts`: reads a JSON document that plainly hides nothing, and leaves every other to the
 * walk over its tokens, which says what is wrong and where. What this takes, the walk would take too.
 *
 * JSON.parse knows the grammar. What it hides is told by counting: a document has as many members as colons outside its
 * texts, so that an object read from it has fewer members only when a name came twice.
 */
import { keepsDigits } from './keeps-digits.js';
import type { ReadingLimits } from './parse.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
/** Whole numbers of so few digits lose none. */
const SAFE_DIGITS = 15;

/** The value; undefined when it is not JSON, breaks a limit or may hide something. */
export function readPlain(text: string, limits: ReadingLimits): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const members = membersWritten(text);
  if (members === undefined) return undefined;
  const count: Count = { members: 0, values: 0 };
  return isWithin(value, 0, '', limits, count) && count.members === members ? value : undefined;
}

/** How many members the text of a JSON document has; undefined when a number in it is not kept. */
function membersWritten(text: string): number | undefined {
  let members = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at);
    else if (code === COLON) members++;
    else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      if (!isKept(text, at, end)) return undefined;
      at = end - 1;
    }
  }
  return members;
}

/** Place of the quote that closes the one at `start`. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

const NUMBER = /[-+.0-9eE]+/y;

function endOfNumber(text: string, start: number): number {
  NUMBER.lastIndex = start;
  NUMBER.test(text);
  return NUMBER.lastIndex;
}

function isKept(text: string, start: number, end: number): boolean {
  let digitsOnly = end - start <= SAFE_DIGITS;
  for (let at = start; digitsOnly && at < end; at++) {
    const code = text.charCodeAt(at);
    digitsOnly = code >= ZERO && code <= NINE;
  }
  return digitsOnly || keepsDigits(text.slice(start, end));
}

interface Count {
  members: number;
  values: number;
}

/** Counts what a value holds; false as soon as a limit is broken. `name` is that of the member it stands in. */
function isWithin(value: unknown, depth: number, name: string, limits: ReadingLimits, count: Count): boolean {
  if (++count.values > limits.values) return false;
  if (typeof value === 'string') return value.length <= limits.characters || limits.longMembers.has(name);
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= limits.depth) return false;
  if (Array.isArray(value)) {
    if (value.length > limits.items) return false;
    for (const item of value) if (!isWithin(item, depth + 1, '', limits, count)) return false;
    return true;
  }
  for (const key of Object.keys(value)) {
    count.members++;
    if (key.length > limits.nameCharacters || key === '__proto__') return false;
    if (!isWithin((value as Record<string, unknown>)[key], depth + 1, key, limits, count)) return false;
  }
  return true;
}
