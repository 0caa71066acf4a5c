/**
 * The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8; PDF/UA-1, ISO 14289-1): which heading, list, table or
 * figure each piece of page content belongs to. Kept as small objects and written
 * once at the end, by hand: a chart has thousands, and pdfkit takes as long over each as over a page's line.
 */
import { type Pdf, Raw, type Reference, reserve, textString, writeObjects } from './pdfkit.js';

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
  | 'Span';

interface Content {
  readonly page: number;
  readonly mcid: number;
}

/** A name, a number or numbers. */
type Attribute = string | number | readonly number[];

export interface Tag {
  readonly name: TagName;
  readonly kids: (Tag | Content)[];
  readonly alt?: string;
  /** The text as it was typed, where it is not drawn in that order. */
  readonly actual?: string;
  /** Attribute dictionary (ISO 32000-1, 14.8.5). */
  attributes?: Readonly<Record<string, Attribute>>;
}

export class Tags {
  readonly root: Tag = { name: 'Document', kids: [] };
  /** For each page, the tag that owns each marked content sequence. */
  private readonly owners: Tag[][] = [];

  /** A new element under `parent`; elements stand in reading order. */
  add(parent: Tag, name: TagName, more: Omit<Tag, 'name' | 'kids'> = {}): Tag {
    const tag: Tag = { name, kids: [], ...more };
    parent.kids.push(tag);
    return tag;
  }

  /** Claims the next marked content sequence of a page for `tag`; returns its number. */
  claim(tag: Tag, page: number): number {
    this.owners[page] ??= [];
    const owners = this.owners[page];
    const mcid = owners.push(tag) - 1;
    tag.kids.push({ page, mcid });
    return mcid;
  }

  /** Writes the tree into the file. `pages` are the page dictionaries in order. */
  write(pdf: Pdf, pages: readonly Reference[]): void {
    const numbers = new Map<Tag, number>();
    const tags = number(this.root, numbers);
    const first = reserve(pdf, tags.length);
    const refer = (tag: Tag): string => `${first + (numbers.get(tag) ?? 0)} 0 R`;
    const pageNumbers = pages.map((page) => page.id);
    const treeRoot = pdf.getStructTreeRoot();
    const parents = new Map<Tag, Tag>();
    for (const tag of tags) for (const kid of tag.kids) if ('name' in kid) parents.set(kid, tag);
    writeObjects(
      pdf,
      first,
      tags.map((tag) => {
        const parent = parents.get(tag);
        return element(tag, parent === undefined ? `${treeRoot.id} 0 R` : refer(parent), refer, pageNumbers);
      }),
    );
    treeRoot.data['K'] = [new Raw(refer(this.root))];
    pages.forEach((page, index) => {
      page.data['StructParents'] = index;
      const owners = this.owners[index] ?? [];
      treeRoot.data['ParentTree'].add(index, new Raw(`[${owners.map(refer).join(' ')}]`));
    });
    treeRoot.data['ParentTreeNextKey'] = pages.length;
  }
}

/** All elements in reading order, each with its place in it. */
function number(root: Tag, numbers: Map<Tag, number>): Tag[] {
  const tags: Tag[] = [];
  const visit = (tag: Tag): void => {
    numbers.set(tag, tags.push(tag) - 1);
    for (const kid of tag.kids) if ('name' in kid) visit(kid);
  };
  visit(root);
  return tags;
}

function element(
  tag: Tag,
  parent: string,
  refer: (tag: Tag) => string,
  pages: readonly (number | undefined)[],
): string {
  const home = tag.kids.find((kid): kid is Content => 'mcid' in kid)?.page;
  const kids = tag.kids.map((kid) => {
    if ('name' in kid) return refer(kid);
    return kid.page === home ? kid.mcid : `<</Type /MCR /Pg ${pages[kid.page]} 0 R /MCID ${kid.mcid}>>`;
  });
  let text = `<</S /${tag.name} /P ${parent}`;
  if (home !== undefined) text += ` /Pg ${pages[home]} 0 R`;
  if (tag.alt !== undefined) text += ` /Alt ${textString(tag.alt)}`;
  if (tag.actual !== undefined) text += ` /ActualText ${textString(tag.actual)}`;
  if (tag.attributes !== undefined) text += ` /A ${dictionary(tag.attributes)}`;
  return `${text} /K [${kids.join(' ')}]>>`;
}

function dictionary(entries: Readonly<Record<string, Attribute>>): string {
  return `<<${Object.entries(entries)
    .map(([key, value]) => {
      if (typeof value === 'string') return `/${key} /${value}`;
      return `/${key} ${typeof value === 'number' ? value : `[${value.map(hundredths).join(' ')}]`}`;
    })
    .join(' ')}>>`;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
