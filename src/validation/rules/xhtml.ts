/**
 * A small reader of the XHTML that FHIR allows in a narrative. https://hl7.org/fhir/R4/narrative.html#xhtml
 *
 * One pass, no tree: well-formedness, the allowed elements and attributes, each where it may stand, XML's own five
 * entities only, addresses, and whether anything is left to read.
 */
import { faultOfLink } from './xhtml-links.js';
import { ELEMENTS, isAttribute, type Traits, traits } from './xhtml-words.js';

const NAMESPACE = 'http://www.w3.org/1999/xhtml';
const PLAIN_ROOT = ` xmlns="${NAMESPACE}"`;
const TAG =
  /<(?:(\/)([A-Za-z][\w:.-]*)\s*>|([A-Za-z][\w:.-]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)/y;
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** Tags without attributes, as most are: what stands between their brackets. */
interface BareTag {
  readonly of: Traits;
  readonly kind: 'open' | 'close' | 'empty';
}

const BARE = new Map<string, BareTag>(
  [...ELEMENTS].flatMap((name): [string, BareTag][] => {
    const of = traits(name);
    return [
      [name, { of, kind: 'open' }],
      [`/${name}`, { of, kind: 'close' }],
      [`${name}/`, { of, kind: 'empty' }],
    ];
  }),
);
const LONGEST = 12;
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/;

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
  readonly #stack: Traits[] = [];
  /** How many open elements are running text, and how many are paragraphs. */
  #texts = 0;
  #paragraphs = 0;
  /** Open elements that may not stand in their like, each with how often it is open. */
  readonly #open = new Map<Traits, number>();
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
      if (end > at && this.#stack.at(-1)?.holds !== undefined) this.#noText(at, end);
      if (end > at && this.#isTelling(at, end) && !this.#characters(this.#text.slice(at, end)))
        return this.#faults;
      if (open === -1) break;
      if (this.#stack.length === 0 && roots++ > 0) return this.#broken('only one div is allowed at the top');
      const next = this.#markup(open);
      if (next === -1) return this.#faults;
      if (this.#stack.length > 0 || roots === 0) roots = Math.max(roots, 1);
      at = next;
    }
    if (this.#stack.length > 0) return this.#broken(`<${this.#stack.at(-1)?.name}> is not closed`);
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
      if (this.#leave() === closed) return open + whole.length;
      this.#broken(`</${closed}> closes an element that is not open`);
      return -1;
    }
    const isRoot = this.#stack.length === 0;
    if (isRoot && name !== 'div') {
      this.#broken(`it must be a div element, not ${name}`);
      return -1;
    }
    if (!ELEMENTS.has(name)) this.#notAllowed(`the element <${name}> is not allowed`);
    if (!this.#attributes(name, attributes, isRoot)) return -1;
    this.#enter(traits(name), empty === '');
    return open + whole.length;
  }

  /** A tag of a known element without attributes; false where there is something to say of it. */
  #bare({ of, kind }: BareTag): boolean {
    if (kind === 'close') {
      if (this.#stack.at(-1) !== of) return false;
      this.#leave();
      return true;
    }
    if (this.#stack.length === 0) return false;
    this.#enter(of, kind === 'open');
    return true;
  }

  /** An element begins: may it stand where it stands? */
  #enter(of: Traits, isOpen: boolean): void {
    const parent = this.#stack.at(-1);
    const { name } = of;
    if (parent !== undefined) {
      const isMisplaced = parent.holds?.has(name) === false || of.in?.has(parent.name) === false;
      if (isMisplaced) this.#notAllowed(`<${name}> may not stand in <${parent.name}>`);
      else if ((this.#texts > 0 && of.isBlock) || (this.#paragraphs > 0 && of.isParagraphBreaking))
        this.#notAllowed(`<${name}> may not stand within running text`);
      if (of.isOnce && this.#open.has(of)) this.#notAllowed(`<${name}> may not stand within another`);
    }
    if (name === 'img') this.#content = true;
    if (!isOpen) return;
    this.#stack.push(of);
    if (of.isOnce) this.#open.set(of, (this.#open.get(of) ?? 0) + 1);
    if (of.isText) this.#texts++;
    if (name === 'p') this.#paragraphs++;
  }

  /** An element ends; gives its name. */
  #leave(): string | undefined {
    const of = this.#stack.pop();
    if (of === undefined) return undefined;
    if (of.isOnce) {
      const others = (this.#open.get(of) ?? 1) - 1;
      if (others === 0) this.#open.delete(of);
      else this.#open.set(of, others);
    }
    if (of.isText) this.#texts--;
    if (of.name === 'p') this.#paragraphs--;
    return of.name;
  }

  /** Between the elements of a table or a list nothing may be written. */
  #noText(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === 32 || (code >= 9 && code <= 13)) continue;
      this.#notAllowed(`no text may stand directly in <${this.#stack.at(-1)?.name}>`);
      return;
    }
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
      if (!isAttribute(element, name)) {
        this.#notAllowed(`the attribute ${name} is not allowed on <${element}>`);
      } else if (name === 'href' || name === 'src') {
        const fault = faultOfLink(name, value);
        if (fault !== undefined) this.#notAllowed(fault);
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

  /** What was found before may follow from the tag that is broken, and is not told. */
  #broken(message: string): XhtmlFault[] {
    this.#faults.length = 0;
    this.#faults.push({ kind: 'well-formed', message });
    return this.#faults;
  }
}
