/**
 * The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8; PDF/UA-1, ISO 14289-1): which heading, list, table or
 * figure each piece of page content belongs to. Kept as small objects and written once at the end: a chart has
 * thousands.
 */
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

/** A piece of a page: its marked content, or an annotation on it. */
interface Content {
  readonly page: number;
  readonly mcid?: number;
  /** Number of the annotation's object. */
  readonly object?: number;
}

export interface Tag {
  readonly name: TagName;
  readonly kids: (Tag | Content)[];
  /** What the document says this is part of, e.g. the safety strip; not in the file. */
  readonly part?: string | undefined;
  readonly alt?: string;
  /** The text as it was typed, where it is not drawn in that order. */
  readonly actual?: string;
  /** Attribute dictionary (ISO 32000-1, 14.8.5). */
  attributes?: Attributes;
  /** Number of its object, once it is written. */
  id?: number;
}

export class Tags {
  readonly root: Tag = { name: 'Document', kids: [] };
  /** What the tags made from now on are part of. */
  part: string | undefined;
  /** For each page, the tag that owns each marked content sequence. */
  private readonly owners: Tag[][] = [];
  /** Annotations and the tags that own them. */
  private readonly annotations: Tag[] = [];

  /** A new element under `parent`; elements stand in reading order. */
  add(parent: Tag, name: TagName, more?: Omit<Tag, 'name' | 'kids' | 'part' | 'id'>): Tag {
    const tag: Tag = { name, kids: [], part: this.part, ...more };
    parent.kids.push(tag);
    return tag;
  }

  /** Claims the next marked content sequence of a page for `tag`; returns its number. */
  claim(tag: Tag, page: number): number {
    this.owners[page] ??= [];
    const mcid = (this.owners[page]?.push(tag) ?? 1) - 1;
    tag.kids.push({ page, mcid });
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
    new Writer(file, pages).write(this.root, `${treeRoot} 0 R`);
    const owned = pages.map(
      (_page, index) => `${index} [${(this.owners[index] ?? []).map((tag) => `${tag.id} 0 R`).join(' ')}]`,
    );
    const annotated = this.annotations.map((tag, index) => `${pages.length + index} ${tag.id} 0 R`);
    file.put(
      treeRoot,
      `<</Type/StructTreeRoot/K ${this.root.id} 0 R/ParentTree<</Nums[${[...owned, ...annotated].join(' ')}]>>` +
        `/ParentTreeNextKey ${owned.length + annotated.length}>>`,
    );
    return treeRoot;
  }
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

  /** Numbered before what is in it, so that objects stand in reading order. */
  write(tag: Tag, parent: string): void {
    const id = this.file.reserve();
    tag.id = id;
    const own = `${id} 0 R`;
    let home = -1;
    let kids = '';
    for (const kid of tag.kids) {
      if ('name' in kid) {
        this.write(kid, own);
        kids += ` ${kid.id} 0 R`;
        continue;
      }
      if (home === -1) home = kid.page;
      kids += ` ${this.content(kid, home)}`;
    }
    let text = `<</S/${tag.name}/P ${parent}`;
    if (home !== -1) text += `/Pg ${this.pages[home]} 0 R`;
    if (tag.alt !== undefined) text += `/Alt${textString(tag.alt)}`;
    if (tag.actual !== undefined) text += `/ActualText${textString(tag.actual)}`;
    if (tag.attributes !== undefined) text += `/A ${this.attribute(tag.attributes)} 0 R`;
    if (tag.kids.length === 1) text += `/K${kids}>>`;
    else text += kids === '' ? '>>' : `/K[${kids.slice(1)}]>>`;
    this.file.put(id, text);
  }

  private content({ page, mcid, object }: Content, home: number): string {
    if (object !== undefined) return `<</Type/OBJR/Pg ${this.pages[page]} 0 R/Obj ${object} 0 R>>`;
    return page === home ? String(mcid) : `<</Type/MCR/Pg ${this.pages[page]} 0 R/MCID ${mcid}>>`;
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

function dictionary(entries: Attributes): string {
  return `<<${Object.entries(entries)
    .map(([key, value]) => {
      if (typeof value === 'string') return `/${key}/${value}`;
      return `/${key}${typeof value === 'number' ? ` ${value}` : `[${value.map(hundredths).join(' ')}]`}`;
    })
    .join('')}>>`;
}
