/**
 * The words of narrative XHTML: which elements and attributes there are and which may stand in which. R4 says HTML 4.0
 * chapters 7-11 (without 9.4, forms and scripts) and 15; what of it a reader may rely on is as the reference validator
 * has it. https://hl7.org/fhir/R4/narrative.html#xhtml, https://www.w3.org/TR/html401/struct/global.html
 */

const words = (text: string): string[] => text.split(' ');

export const ELEMENTS: ReadonlySet<string> = new Set(
  words(
    'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address ' +
      'bdo kbd sub sup ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map area',
  ),
);

/** On any element; `xml:space` changes nothing for who reads. */
const ATTRIBUTES: ReadonlySet<string> = new Set(
  words(
    'title style class id lang xml:lang xml:space dir accesskey tabindex xmlns span width align valign char charoff abbr ' +
      'axis headers scope rowspan colspan',
  ),
);

const OWN: { readonly [element: string]: ReadonlySet<string> } = {
  a: new Set(words('charset type name href hreflang rel rev shape coords')),
  img: new Set(words('src alt longdesc height usemap ismap border')),
  area: new Set(words('shape coords href nohref alt')),
  map: new Set(['name']),
  table: new Set(words('summary border frame rules cellspacing cellpadding')),
  td: new Set(['nowrap']),
  pre: new Set(['space']),
  q: new Set(['cite']),
  blockquote: new Set(['cite']),
};

/** Takes an element and an attribute's name; gives whether it may stand there. */
export function isAttribute(element: string, name: string): boolean {
  return ATTRIBUTES.has(name) || OWN[element]?.has(name) === true;
}

/** What matters of an element for those within it. */
export interface Traits {
  readonly name: string;
  /** Running text: no blocks may stand in it. */
  readonly isText: boolean;
  readonly isBlock: boolean;
  /** May not stand in a paragraph, however deep. */
  readonly isParagraphBreaking: boolean;
  /** May not stand in its like. */
  readonly isOnce: boolean;
  /** Has elements only, these; none where nothing may stand in it. */
  readonly holds: ReadonlySet<string> | undefined;
  /** Stands in these only. */
  readonly in: ReadonlySet<string> | undefined;
}

const INLINE = words('a b em i strong small big sub sup code tt dfn q var abbr acronym cite bdo kbd samp');
const TEXT = new Set([...words('p h1 h2 h3 h4 h5 h6 pre address span caption dd dt'), ...INLINE]);
const BLOCKS = new Set(words('div pre table ul ol'));
const BREAKING = new Set(words('div blockquote table ol ul p'));
const ONCE = new Set(INLINE);
const HOLDS: { readonly [element: string]: string } = {
  br: '',
  img: '',
  hr: '',
  area: '',
  table: 'tbody tr caption thead tfoot col colgroup',
  tr: 'td th',
  tbody: 'tr',
  thead: 'tr',
  tfoot: 'tr',
  ul: 'li',
  ol: 'li',
  dl: 'dd dt',
  map: 'area',
};
const STANDS_IN: { readonly [element: string]: string } = {
  tr: 'table thead tfoot tbody',
  tbody: 'table',
  thead: 'table',
  tfoot: 'table',
  caption: 'table',
  colgroup: 'table',
  col: 'table colgroup',
  th: 'tr',
  td: 'tr',
  li: 'ul ol',
  dd: 'dl',
  dt: 'dl',
};

function traitsOf(name: string): Traits {
  const [holds, place] = [HOLDS[name], STANDS_IN[name]];
  return {
    name,
    isText: TEXT.has(name),
    isBlock: BLOCKS.has(name),
    isParagraphBreaking: BREAKING.has(name),
    isOnce: ONCE.has(name),
    holds: holds === undefined ? undefined : new Set(holds === '' ? [] : words(holds)),
    in: place === undefined ? undefined : new Set(words(place)),
  };
}

const TRAITS: ReadonlyMap<string, Traits> = new Map([...ELEMENTS].map((name) => [name, traitsOf(name)]));
const UNKNOWN = traitsOf('');

/** The traits of an element; an unknown one has none. */
export function traits(name: string): Traits {
  return TRAITS.get(name) ?? { ...UNKNOWN, name };
}
