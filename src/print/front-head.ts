/** The head of a front page: its title, and beside it or under it on which pages the other parts begin. */
import type { Bench } from './bench.js';
import { drawWords, type FrontType, type Setting, type Words, words } from './front-text.js';
import type { Front, Pointer } from './front-words.js';
import { widthOf } from './lines.js';
import type { Paper } from './paper.js';

interface Placed {
  readonly pointer: Pointer;
  readonly from: number;
}

/** Between the title and the pointers beside it. */
const APART = 16;
const BETWEEN = 10;
const BELOW = 2;

export class FrontHead {
  readonly height: number;
  private readonly bench: Bench;
  private readonly type: FrontType;
  private readonly text: string;
  private readonly title: Words;
  private readonly lines: readonly (readonly Placed[])[];
  private readonly beside: boolean;

  constructor({ bench, type }: Setting, front: Front, pointers: readonly Pointer[], width: number) {
    this.bench = bench;
    this.type = type;
    this.text = front.title;
    this.title = words(bench.say(front.title), 'narrow-bold', type.text, width);
    const [first, second] = this.title.lines;
    this.beside = first !== undefined && second === undefined;
    this.lines = inLines(pointers, type, width, this.beside ? (first?.width ?? 0) + APART : width);
    const under = this.lines.slice(1).length;
    this.height = this.title.height + under * type.text.leading + BELOW;
  }

  /** Makes its tags and gives what draws it. */
  place(left: number): (paper: Paper, top: number) => void {
    const { bench, lines, type } = this;
    const { tags } = bench.paper;
    const head = tags.add(tags.root, 'H1');
    const owner = lines.flat().length === 0 ? undefined : tags.add(tags.root, 'P');
    return (paper, top) => {
      bench.bookmarks.push({ level: 1, title: this.text, page: paper.page, top });
      drawWords(paper, head, this.title, left, top);
      if (owner === undefined) return;
      lines.forEach((line, row) => {
        const at = row === 0 ? 0 : this.title.height + (row - 1) * type.text.leading;
        for (const { pointer, from } of line) {
          const place = { page: paper.page, left: left + from, top: top + at, type: type.text, grey: 0 };
          bench.references.push({ ...pointer, tag: owner, ...place });
        }
      });
    };
  }
}

/** Each with room for the number of its page; the first line, beside the title, begins at `taken`. */
function inLines(pointers: readonly Pointer[], type: FrontType, width: number, taken: number): Placed[][] {
  const lines: Placed[][] = [[]];
  let used = taken;
  for (const pointer of pointers) {
    const wide = widthOf(`${pointer.text}: page 888`, 'narrow-bold', type.text.size);
    if (used + wide > width) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push({ pointer, from: used });
    used += wide + BETWEEN;
  }
  return lines;
}
