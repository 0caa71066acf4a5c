/**
 * Tells whether a text is a SNOMED CT expression constraint: the grammar of ECL 1.x/2.x as far as value sets use it.
 * https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language
 */

const TOKEN =
  /\s+|\/\*[\s\S]*?\*\/|\|[^|]*\||\{\{[^}]*\}\}|<<!|>>!|<<|>>|<!|>!|!!<|!!>|!=|<=|>=|[<>^*(){},:.!=]|\[\d+\.\.(?:\d+|\*)\]|#-?\d+(?:\.\d+)?|"[^"]*"|\d{6,18}|[A-Za-z]+/y;
const OPERATORS = new Set(['<', '<<', '<!', '<<!', '>', '>>', '>!', '>>!', '!!<', '!!>', '^']);
/** The same operators written out, in any case. */
const WORDS = new Set(
  'descendantof descendantorselfof childof childorselfof ancestorof ancestororselfof parentof parentorselfof memberof'.split(
    ' ',
  ),
);
const JUNCTIONS = new Set(['AND', 'OR', 'MINUS', ',']);
const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=']);
const MAX_LENGTH = 20_000;

/** Takes a constraint; gives true when it can be read, and `undefined` when it is too long to tell. */
export function isExpressionConstraint(text: string): boolean | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const tokens = tokensOf(text);
  if (tokens === undefined) return false;
  const reader = new Reader(tokens);
  return reader.expression() && reader.atEnd;
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return undefined;
    // Terms, comments and filters change no structure.
    if (!/^(?:\s|\/\*|\||\{\{)/.test(token)) tokens.push(token);
  }
  return tokens;
}

/** Reads by descent; each function takes what it names and tells whether it was there. */
class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  expression(): boolean {
    if (++this.#depth > 100) return false;
    let good = this.#focus();
    while (good && (this.#next('.') || JUNCTIONS.has(this.#peek().toUpperCase()))) {
      if (this.#tokens[this.#at - 1] !== '.') this.#at++;
      good = this.#focus();
    }
    if (good && this.#next(':')) good = this.#refinement();
    this.#depth--;
    return good;
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? '';
  }

  #next(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at++;
    return true;
  }

  #focus(): boolean {
    while (OPERATORS.has(this.#peek()) || WORDS.has(this.#peek().toLowerCase())) this.#at++;
    if (this.#next('(')) return this.expression() && this.#next(')');
    if (!/^(?:\d{6,18}|\*|any)$/i.test(this.#peek())) return false;
    this.#at++;
    return true;
  }

  #refinement(): boolean {
    do {
      if (!this.#attributes()) return false;
    } while (this.#junction());
    return true;
  }

  #junction(): boolean {
    if (!/^(?:,|AND|OR)$/i.test(this.#peek())) return false;
    this.#at++;
    return true;
  }

  #attributes(): boolean {
    if (++this.#depth > 100) return false;
    if (this.#peek().startsWith('[')) this.#at++;
    let good: boolean;
    if (this.#next('{')) good = this.#refinement() && this.#next('}');
    else if (this.#peek() === '(' && this.#isBracketed()) {
      this.#at++;
      good = this.#refinement() && this.#next(')');
    } else good = this.#attribute();
    this.#depth--;
    return good;
  }

  /** A bracket around attributes rather than around an attribute's name holds a comparison. */
  #isBracketed(): boolean {
    let depth = 0;
    for (let at = this.#at; at < this.#tokens.length; at++) {
      const token = this.#tokens[at] as string;
      if (token === '(') depth++;
      if (token === ')' && --depth === 0) return false;
      if (token === '=' || token === '!=') return true;
    }
    return false;
  }

  #attribute(): boolean {
    if (this.#peek().toUpperCase() === 'R') this.#at++;
    if (!this.#focus() || !COMPARISONS.has(this.#peek())) return false;
    this.#at++;
    if (/^["#]/.test(this.#peek()) || /^(?:true|false)$/i.test(this.#peek())) {
      this.#at++;
      return true;
    }
    return this.#value();
  }

  /** A value takes no junction: what follows one is the next attribute. */
  #value(): boolean {
    return this.#focus();
  }
}
