/**
 * The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8; PDF/UA-1, ISO 14289-1): which heading, list, table or
 * figure each piece of page content belongs to. Kept as small objects and written once at the end.
 */
import type { Pdf, Reference } from './pdfkit.js';

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

export interface Tag {
  readonly name: TagName;
  readonly kids: (Tag | Content)[];
  readonly alt?: string;
  /** The text as it was typed, where it is not drawn in that order. */
  readonly actual?: string;
  /** Attribute dictionary (ISO 32000-1, 14.8.5). */
  attributes?: Record<string, unknown>;
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
    const references = new Map<Tag, Reference>();
    const treeRoot = pdf.getStructTreeRoot();
    const top = this.writeTag(pdf, this.root, treeRoot, pages, references);
    treeRoot.data['K'] = [top];
    pages.forEach((page, index) => {
      page.data['StructParents'] = index;
      treeRoot.data['ParentTree'].add(
        index,
        (this.owners[index] ?? []).map((tag) => references.get(tag)),
      );
    });
    treeRoot.data['ParentTreeNextKey'] = pages.length;
  }

  private writeTag(
    pdf: Pdf,
    tag: Tag,
    parent: Reference,
    pages: readonly Reference[],
    references: Map<Tag, Reference>,
  ): Reference {
    const reference = pdf.ref({ S: tag.name, P: parent });
    references.set(tag, reference);
    const home = tag.kids.find((kid): kid is Content => 'mcid' in kid)?.page;
    if (home !== undefined) reference.data['Pg'] = pages[home];
    if (tag.alt !== undefined) reference.data['Alt'] = new String(tag.alt);
    if (tag.actual !== undefined) reference.data['ActualText'] = new String(tag.actual);
    if (tag.attributes !== undefined) reference.data['A'] = tag.attributes;
    reference.data['K'] = tag.kids.map((kid) => {
      if (!('mcid' in kid)) return this.writeTag(pdf, kid, reference, pages, references);
      return kid.page === home ? kid.mcid : { Type: 'MCR', Pg: pages[kid.page], MCID: kid.mcid };
    });
    reference.end();
    return reference;
  }
}
