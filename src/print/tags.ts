/**
 * The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8; PDF/UA-1, ISO 14289-1): which heading, list, table or
 * figure each piece of page content belongs to. Kept as small objects and written once at the end: a chart has
 * thousands.
 */
import type { Bytes } from './bytes.js';
import { type PdfFile, textString } from './file.js';
import { hundredths } from './font-file.js';

export type TagName =
  | 'Document'
  | 'Sect'
  | 'Div'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'Caption'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'
  | 'Link'
  | 'Span';

/** A name, a number or numbers. */
type Attribute = string | number | readonly number[];
type Attributes = Readonly<Record<string, Attribute>>;

/** An annotation on a page. */
interface Annotation {
  readonly page: number;
  /** Number of its object. */
  readonly object: number;
}

export interface Tag {
  readonly name: TagName;
  /** Marked content stands as a number: its page, and how manieth it is there. */
  readonly kids: (Tag | number | Annotation)[];
  /** What the document says this is part of, e.g. the safety strip; not in the file. */
  readonly part: string | undefined;
  readonly alt: string | undefined;
  /** The text as it was typed, where it is not drawn in that order. */
  readonly actual: string | undefined;
  /** Attribute dictionary (ISO 32000-1, 14.8.5). */
  attributes: Attributes | undefined;
  /** Number of its object, once the tree is numbered. */
  id: number;
}
/** What an element may have beside its name. */
export interface More {
  readonly alt?: string;
  readonly actual?: string;
  readonly attributes?: Attributes;
}

const NOTHING: More = {};
/** More than there are pieces on any page. */
const PAGE = 0x100000;

export class Tags {
  readonly root: Tag = newTag('Document', undefined, NOTHING);
  /** What the tags made from now on are part of. */
  part: string | undefined;
  /** For each page, the tag that owns each marked content sequence. */
  private readonly owners: Tag[][] = [];
  /** Annotations and the tags that own them. */
  private readonly annotations: Tag[] = [];

  /** A new element under `parent`; elements stand in reading order. */
  add(parent: Tag, name: TagName, more: More = NOTHING): Tag {
    const tag = newTag(name, this.part, more);
    parent.kids.push(tag);
    return tag;
  }

  /** Claims the next marked content sequence of a page for `tag`; returns its number. */
  claim(tag: Tag, page: number): number {
    let owners = this.owners[page];
    if (owners === undefined) {
      owners = [];
      this.owners[page] = owners;
    }
    const mcid = owners.push(tag) - 1;
    tag.kids.push(page * PAGE + mcid);
    return mcid;
  }

  /** Gives an annotation to a tag. @returns what the annotation calls its parent, counted after the pages */
  own(tag: Tag, page: number, object: number): number {
    tag.kids.push({ page, object });
    return this.annotations.push(tag) - 1;
  }

  /**
   * Writes the tree. `pages` are the numbers of the page objects in order.
   * @returns the number of its root
   */
  write(file: PdfFile, pages: readonly number[]): number {
    const treeRoot = file.reserve();
    new Writer(file, pages).write(this.root, treeRoot);
    const out = file.begin(treeRoot).text('<</Type/StructTreeRoot/K ').integer(this.root.id);
    out.text(' 0 R/ParentTree<</Nums[');
    pages.forEach((_page, index) => {
      out.integer(index).text('[');
      for (const tag of this.owners[index] ?? []) out.integer(tag.id).text(' 0 R ');
      out.text(']');
    });
    this.annotations.forEach((tag, index) => {
      out
        .integer(pages.length + index)
        .text(' ')
        .integer(tag.id)
        .text(' 0 R ');
    });
    out.text(']>>/ParentTreeNextKey ').integer(pages.length + this.annotations.length);
    out.text('>>');
    return treeRoot;
  }
}

function newTag(name: TagName, part: string | undefined, { alt, actual, attributes }: More): Tag {
  return { name, kids: [], part, alt, actual, attributes, id: 0 };
}

class Writer {
  private readonly file: PdfFile;
  private readonly pages: readonly number[];
  /** Attribute dictionaries are few and said often: each is an object of its own. */
  private readonly attributes = new Map<string, number>();

  constructor(file: PdfFile, pages: readonly number[]) {
    this.file = file;
    this.pages = pages;
  }

  /** Objects stand in reading order, each before what is in it. */
  write(root: Tag, parent: number): void {
    this.number(root);
    this.element(root, parent);
  }

  private number(tag: Tag): void {
    tag.id = this.file.reserve();
    for (const kid of tag.kids) if (isTag(kid)) this.number(kid);
  }

  private element(tag: Tag, parent: number): void {
    const { kids } = tag;
    const attributes = tag.attributes === undefined ? 0 : this.attribute(tag.attributes);
    const out = this.file.begin(tag.id).text('<</S/').text(tag.name).text('/P ').integer(parent).text(' 0 R');
    let home = -1;
    for (const kid of kids) if (home === -1 && !isTag(kid)) home = pageOf(kid);
    if (home !== -1)
      out
        .text('/Pg ')
        .integer(this.pages[home] ?? 0)
        .text(' 0 R');
    if (tag.alt !== undefined) out.text('/Alt').text(textString(tag.alt));
    if (tag.actual !== undefined) out.text('/ActualText').text(textString(tag.actual));
    if (attributes !== 0) out.text('/A ').integer(attributes).text(' 0 R');
    if (kids.length > 0) {
      out.text(kids.length === 1 ? '/K ' : '/K[');
      for (const kid of kids) this.kid(out, kid, home);
      if (kids.length > 1) out.text(']');
    }
    out.text('>>');
    for (const kid of kids) if (isTag(kid)) this.element(kid, tag.id);
  }

  private kid(out: Bytes, kid: Tag | number | Annotation, home: number): void {
    if (isTag(kid)) {
      out.integer(kid.id).text(' 0 R ');
      return;
    }
    const page = this.pages[pageOf(kid)] ?? 0;
    if (typeof kid !== 'number')
      out.text('<</Type/OBJR/Pg ').integer(page).text(' 0 R/Obj ').integer(kid.object).text(' 0 R>>');
    else if (pageOf(kid) === home) out.integer(kid % PAGE).text(' ');
    else
      out
        .text('<</Type/MCR/Pg ')
        .integer(page)
        .text(' 0 R/MCID ')
        .integer(kid % PAGE)
        .text('>>');
  }

  private attribute(attributes: Attributes): number {
    const text = dictionary(attributes);
    let id = this.attributes.get(text);
    if (id === undefined) {
      id = this.file.add(text);
      this.attributes.set(text, id);
    }
    return id;
  }
}

function isTag(kid: Tag | number | Annotation): kid is Tag {
  return typeof kid !== 'number' && 'name' in kid;
}

function pageOf(kid: number | Annotation): number {
  return typeof kid === 'number' ? Math.floor(kid / PAGE) : kid.page;
}

function dictionary(entries: Attributes): string {
  return `<<${Object.entries(entries)
    .map(([key, value]) => {
      if (typeof value === 'string') return `/${key}/${value}`;
      return `/${key}${typeof value === 'number' ? ` ${value}` : `[${value.map(hundredths).join(' ')}]`}`;
    })
    .join('')}>>`;
}
