/** Bookmarks of a file (ISO 32000-1, 12.3.3). */
import { type PdfFile, textString } from './file.js';

export interface Bookmark {
  readonly level: number;
  readonly title: string;
  readonly page: number;
  /** From the head of the page, in points of the layout. */
  readonly top: number;
}

interface Item {
  readonly level: number;
  readonly id: number;
  readonly parent: Item | undefined;
  readonly entries: string;
  readonly kids: Item[];
}

/**
 * Writes bookmarks nested by level, all open.
 * @param destination where a bookmark leads, as it stands in the file
 * @returns the number of their root; nothing where there are none
 */
export function writeOutline(
  file: PdfFile,
  bookmarks: readonly Bookmark[],
  destination: (bookmark: Bookmark) => string,
): number | undefined {
  if (bookmarks.length === 0) return undefined;
  const root: Item = { level: 0, id: file.reserve(), parent: undefined, entries: '', kids: [] };
  let last = root;
  for (const bookmark of bookmarks) {
    let parent = last;
    while (parent.parent !== undefined && parent.level >= bookmark.level) parent = parent.parent;
    const entries = `/Title${textString(bookmark.title)}/Dest${destination(bookmark)}`;
    last = { level: bookmark.level, id: file.reserve(), parent, entries, kids: [] };
    parent.kids.push(last);
  }
  writeItem(file, root, '/Type/Outlines');
  return root.id;
}

/** @returns how many bookmarks stand in it */
function writeItem(file: PdfFile, item: Item, more: string): number {
  let count = item.kids.length;
  item.kids.forEach((kid, index) => {
    const before = item.kids[index - 1];
    const after = item.kids[index + 1];
    const beside =
      `/Parent ${item.id} 0 R` +
      (before === undefined ? '' : `/Prev ${before.id} 0 R`) +
      (after === undefined ? '' : `/Next ${after.id} 0 R`);
    count += writeItem(file, kid, beside);
  });
  const [first, last] = [item.kids[0], item.kids.at(-1)];
  const within =
    first === undefined || last === undefined
      ? ''
      : `/First ${first.id} 0 R/Last ${last.id} 0 R/Count ${count}`;
  file.put(item.id, `<<${item.entries}${more}${within}>>`);
  return count;
}
