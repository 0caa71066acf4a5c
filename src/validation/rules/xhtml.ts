/**
 * A small reader of the XHTML that FHIR allows in a narrative. https://hl7.org/fhir/R4/narrative.html#xhtml
 *
 * One pass, no tree: well-formedness, the allowed elements and attributes of HTML 4.0 chapters 7-11 (without
 * forms and scripts) and 15, XML's own five entities only, and whether anything is left to read.
 */

const ELEMENTS = new Set(
  (
    'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address ' +
    'bdo kbd sub sup ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map ' +
    'area ins del s strike u center'
  ).split(' '),
);

const ATTRIBUTES = new Set(
  'title style class id idref lang xml:lang xml:space dir accesskey tabindex xmlns align valign width height'.split(
    ' ',
  ),
);

const OWN: { readonly [element: string]: ReadonlySet<string> } = {
  a: new Set('charset type name href hreflang rel rev shape coords'.split(' ')),
  img: new Set('src alt longdesc usemap ismap border'.split(' ')),
  area: new Set('shape coords href nohref alt'.split(' ')),
  map: new Set(['name']),
  table: new Set('summary border frame rules cellspacing cellpadding bgcolor'.split(' ')),
  td: new Set('abbr axis headers scope rowspan colspan char charoff nowrap bgcolor'.split(' ')),
  th: new Set('abbr axis headers scope rowspan colspan char charoff nowrap bgcolor'.split(' ')),
  tr: new Set('char charoff bgcolor'.split(' ')),
  col: new Set('span char charoff'.split(' ')),
  colgroup: new Set('span char charoff'.split(' ')),
  thead: new Set('char charoff'.split(' ')),
  tbody: new Set('char charoff'.split(' ')),
  tfoot: new Set('char charoff'.split(' ')),
  ol: new Set('start type compact'.split(' ')),
  ul: new Set('type compact'.split(' ')),
  li: new Set('value type'.split(' ')),
  q: new Set(['cite']),
  blockquote: new Set(['cite']),
  ins: new Set('cite datetime'.split(' ')),
  del: new Set('cite datetime'.split(' ')),
  hr: new Set('size noshade'.split(' ')),
  br: new Set(['clear']),
};

const NAMESPACE = 'http://www.w3.org/1999/xhtml';
const PLAIN_ROOT = ` xmlns="${NAMESPACE}"`;
const TAG =
  /<(?:(\/)([A-Za-z][\w:.-]*)\s*>|([A-Za-z][\w:.-]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)/y;
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** Tags without attributes, as most are: what stands between their brackets. */
const BARE = new Map<string, { readonly name: string; readonly kind: 'open' | 'close' | 'empty' }>(
  [...ELEMENTS].flatMap((name) => [
    [name, { name, kind: 'open' }],
    [`/${name}`, { name, kind: 'close' }],
    [`${name}/`, { name, kind: 'empty' }],
  ]),
);
const LONGEST = 12;
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/;
const ACTIVE = /^\s*(?:javascript|vbscript|data:text\/html)/i;

/** A fault of the narrative; `well-formed` ones end the reading. */
export interface XhtmlFault {
  readonly kind: 'well-formed' | 'not-allowed' | 'empty';
  readonly message: string;
}

/** Takes the text of `Narrative.div`; gives its faults, in order, each kind of element or attribute once. */
export function checkXhtml(text: string): XhtmlFault[] {
  return new Reader(text.trim()).read();
}

/** Tags with attributes that were read before, without a fault: the same few come again and again. */
const unobjectionable = new Set<string>();

class Reader {
  readonly #text: string;
  /** Where no ampersand is, nobody looks for entities. */
  readonly #hasEntities: boolean;
  readonly #faults: XhtmlFault[] = [];
  readonly #stack: string[] = [];
  #said: Set<string> | undefined;
  #content = false;

  constructor(text: string) {
    this.#text = text;
    this.#hasEntities = text.includes('&');
  }

  read(): XhtmlFault[] {
    let at = 0;
    let roots = 0;
    while (at < this.#text.length) {
      const open = this.#text.indexOf('<', at);
      const end = open === -1 ? this.#text.length : open;
      if (end > at && this.#isTelling(at, end) && !this.#characters(this.#text.slice(at, end)))
        return this.#faults;
      if (open === -1) break;
      if (this.#stack.length === 0 && roots++ > 0) return this.#broken('only one div is allowed at the top');
      const next = this.#markup(open);
      if (next === -1) return this.#faults;
      if (this.#stack.length > 0 || roots === 0) roots = Math.max(roots, 1);
      at = next;
    }
    if (this.#stack.length > 0) return this.#broken(`<${this.#stack.at(-1)}> is not closed`);
    if (roots === 0) return this.#broken('it must be a div element');
    if (!this.#content) this.#faults.push({ kind: 'empty', message: 'it has no text and no image' });
    return this.#faults;
  }

  /** False for characters that change nothing: within an element, after others, with no entity. */
  #isTelling(from: number, to: number): boolean {
    if (this.#hasEntities || this.#stack.length === 0) return true;
    if (this.#content) return false;
    // White space in the widest sense is left to the reading itself.
    const code = this.#text.charCodeAt(from);
    if (code <= 32 || code > 126) return true;
    this.#content = to > from;
    return false;
  }

  #characters(text: string): boolean {
    if (ENTITY.test(text)) {
      const entity = /&[^;\s]{0,20};?/.exec(text.slice(text.search(ENTITY)))?.[0] ?? '&';
      this.#broken(`${entity} is not an entity of XML: write the character itself`);
      return false;
    }
    const blank = /^[ \t\r\n]*$/.test(text);
    if (this.#stack.length === 0 && !blank) {
      this.#broken('text outside the div element');
      return false;
    }
    if (!blank && text.replace(/&#(?:160|xa0);/gi, ' ').trim() !== '') this.#content = true;
    return true;
  }

  /** Reads what begins with `<`; gives the place after it, -1 when it is broken. */
  #markup(open: number): number {
    if (this.#text.startsWith('<!--', open)) {
      const end = this.#text.indexOf('-->', open + 4);
      if (end !== -1) return end + 3;
      this.#broken('a comment is not closed');
      return -1;
    }
    const end = this.#text.indexOf('>', open);
    if (end !== -1 && end - open <= LONGEST) {
      const bare = BARE.get(this.#text.slice(open + 1, end));
      if (bare !== undefined && this.#bare(bare)) return end + 1;
    }
    TAG.lastIndex = open;
    const tag = TAG.exec(this.#text);
    if (tag === null) {
      this.#broken(`no valid tag at "${this.#text.slice(open, open + 20)}"`);
      return -1;
    }
    const [whole, closing, closed, name = '', attributes = '', empty] = tag;
    if (closing !== undefined) {
      if (this.#stack.pop() === closed) return open + whole.length;
      this.#broken(`</${closed}> closes an element that is not open`);
      return -1;
    }
    const isRoot = this.#stack.length === 0;
    if (isRoot && name !== 'div') {
      this.#broken(`it must be a div element, not ${name}`);
      return -1;
    }
    if (!ELEMENTS.has(name)) this.#notAllowed(`the element <${name}> is not allowed`);
    if (name === 'img') this.#content = true;
    if (!this.#attributes(name, attributes, isRoot)) return -1;
    if (empty === '') this.#stack.push(name);
    return open + whole.length;
  }

  /** A tag of a known element without attributes; false where there is something to say of it. */
  #bare({ name, kind }: { readonly name: string; readonly kind: 'open' | 'close' | 'empty' }): boolean {
    if (kind === 'close') {
      if (this.#stack.at(-1) !== name) return false;
      this.#stack.pop();
      return true;
    }
    if (this.#stack.length === 0) return false;
    if (name === 'img') this.#content = true;
    if (kind === 'open') this.#stack.push(name);
    return true;
  }

  #attributes(element: string, text: string, isRoot: boolean): boolean {
    // What nearly every tag has: nothing, or the namespace alone.
    if (text === '' && !isRoot) return true;
    if (isRoot && text === PLAIN_ROOT) return true;
    const key = `${isRoot ? '<' : ''}${element}${text}`;
    if (unobjectionable.has(key)) return true;
    const before = this.#faults.length;
    if (!this.#eachAttribute(element, text, isRoot)) return false;
    if (this.#faults.length === before && key.length <= 200 && unobjectionable.size < 100)
      unobjectionable.add(key);
    return true;
  }

  #eachAttribute(element: string, text: string, isRoot: boolean): boolean {
    const seen = new Set<string>();
    let namespace: string | undefined;
    for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
      const value = double ?? single ?? '';
      if (seen.has(name)) {
        this.#broken(`the attribute ${name} is given twice`);
        return false;
      }
      seen.add(name);
      if (name === 'xmlns') namespace = value;
      if (ENTITY.test(value)) {
        this.#broken(`the attribute ${name} holds an unknown entity`);
        return false;
      }
      if (!ATTRIBUTES.has(name) && OWN[element]?.has(name) !== true) {
        this.#notAllowed(`the attribute ${name} is not allowed on <${element}>`);
      } else if ((name === 'href' || name === 'src') && ACTIVE.test(value)) {
        this.#notAllowed(`a script is not allowed in ${name}`);
      }
    }
    if (isRoot && namespace !== NAMESPACE) this.#notAllowed(`the div must be in the namespace ${NAMESPACE}`);
    return true;
  }

  #notAllowed(message: string): void {
    this.#said ??= new Set();
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.#faults.push({ kind: 'not-allowed', message });
  }

  #broken(message: string): XhtmlFault[] {
    this.#faults.push({ kind: 'well-formed', message });
    return this.#faults;
  }
}
