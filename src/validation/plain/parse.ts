/** Reads FHIRPath into a tree. https://hl7.org/fhirpath/N1/#grammar */

import { table } from './items.js';

export type Tree =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'this' }
  | { readonly kind: 'total' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'member'; readonly on: Tree | undefined; readonly name: string }
  | {
      readonly kind: 'call';
      readonly on: Tree | undefined;
      readonly name: string;
      readonly with: readonly Tree[];
    }
  | { readonly kind: 'index'; readonly on: Tree; readonly at: Tree }
  | { readonly kind: 'operation'; readonly name: string; readonly left: Tree; readonly right: Tree };

/** How tightly each binary operator binds. */
const BINDING = table<number>({
  implies: 1,
  or: 2,
  xor: 2,
  and: 3,
  in: 4,
  contains: 4,
  '=': 5,
  '!=': 5,
  '<': 6,
  '>': 6,
  '<=': 6,
  '>=': 6,
  '|': 7,
  is: 8,
  as: 8,
  '+': 9,
  '-': 9,
  '&': 9,
  '*': 10,
  '/': 10,
  mod: 10,
  div: 10,
});

const TOKEN =
  /\s*(?:('(?:[^'\\]|\\.)*')|`([^`\\]*)`|(\d+(?:\.\d+)?)|(%?[A-Za-z_][A-Za-z0-9_]*|\$[a-z]+)|(<=|>=|!=|[=<>|+\-*/&.,()[\]{}]))/y;
const ESCAPES = table<string>({
  "'": "'",
  '"': '"',
  '`': '`',
  '\\': '\\',
  '/': '/',
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
});

interface Token {
  readonly kind: 'string' | 'name' | 'number' | 'word' | 'sign' | 'end';
  readonly text: string;
}

/** Takes an expression; gives its tree, or undefined where it uses what this reader does not know. */
export function parse(expression: string): Tree | undefined {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return undefined;
  try {
    const reader = new Reader(tokens);
    const tree = reader.expression(0);
    return reader.isAtEnd ? tree : undefined;
  } catch (error) {
    if (error === UNKNOWN) return undefined;
    throw error;
  }
}

const UNKNOWN = Symbol('unknown');

function tokensOf(expression: string): Token[] | undefined {
  const tokens: Token[] = [];
  const text = expression.trimEnd();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const [, quoted, name, number, word, sign] = match;
    if (quoted !== undefined) {
      const value = unescaped(quoted.slice(1, -1));
      if (value === undefined) return undefined;
      tokens.push({ kind: 'string', text: value });
    } else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign as string });
  }
  return tokens;
}

function unescaped(text: string): string | undefined {
  let known = true;
  const plain = text.replace(/\\(.)/gs, (_, letter: string) => {
    const value = ESCAPES.get(letter);
    if (value === undefined) known = false;
    return value ?? '';
  });
  return known ? plain : undefined;
}

const END: Token = { kind: 'end', text: '' };

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Operators that bind tighter than `least`, from left to right. */
  expression(least: number): Tree {
    let left = this.#chain(this.#operand());
    for (;;) {
      const { kind, text } = this.#peek();
      const binding = kind === 'sign' || kind === 'word' ? BINDING.get(text) : undefined;
      if (binding === undefined || binding <= least) return left;
      this.#at += 1;
      left = { kind: 'operation', name: text, left, right: this.expression(binding) };
    }
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? END;
  }

  #take(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #is(sign: string): boolean {
    const { kind, text } = this.#peek();
    return kind === 'sign' && text === sign;
  }

  #expect(sign: string): void {
    if (!this.#is(sign)) throw UNKNOWN;
    this.#at += 1;
  }

  #operand(): Tree {
    const { kind, text } = this.#take();
    if (kind === 'string') return { kind: 'literal', value: text };
    if (kind === 'number') return { kind: 'literal', value: Number(text) };
    if (kind === 'name') return { kind: 'member', on: undefined, name: text };
    if (kind === 'word') return this.#word(text);
    if (kind === 'sign' && text === '(') {
      const inner = this.expression(0);
      this.#expect(')');
      return inner;
    }
    if (kind === 'sign' && text === '{') {
      this.#expect('}');
      return { kind: 'empty' };
    }
    throw UNKNOWN;
  }

  #word(text: string): Tree {
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
    if (text === '$this') return { kind: 'this' };
    if (text === '$total') return { kind: 'total' };
    if (text.startsWith('$')) throw UNKNOWN;
    if (text.startsWith('%')) return { kind: 'variable', name: text.slice(1) };
    return this.#named(undefined, text);
  }

  #named(on: Tree | undefined, name: string): Tree {
    return this.#is('(') ? { kind: 'call', on, name, with: this.#arguments() } : { kind: 'member', on, name };
  }

  #arguments(): Tree[] {
    this.#expect('(');
    const found: Tree[] = [];
    while (!this.#is(')')) {
      if (found.length > 0) this.#expect(',');
      found.push(this.expression(0));
    }
    this.#expect(')');
    return found;
  }

  /** What follows an operand: `.name`, `.call()`, `[0]`. */
  #chain(start: Tree): Tree {
    let tree = start;
    for (;;) {
      if (this.#is('.')) {
        this.#at += 1;
        const { kind, text } = this.#take();
        if (kind === 'name') tree = { kind: 'member', on: tree, name: text };
        else if (kind === 'word' && /^[A-Za-z_]/.test(text)) tree = this.#named(tree, text);
        else throw UNKNOWN;
      } else if (this.#is('[')) {
        this.#at += 1;
        const at = this.expression(0);
        this.#expect(']');
        tree = { kind: 'index', on: tree, at };
      } else return tree;
    }
  }
}
