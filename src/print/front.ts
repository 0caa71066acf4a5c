/**
 * Lays out a front page (front-words.ts) on one sheet, in type as large as lets all of it fit. What does not fit in the
 * smallest is given back in blocks that flow, to stand right after it.
 */
import type { Bench } from './bench.js';
import { type Box, baseline } from './box.js';
import { fit, type Piece } from './front-fit.js';
import { FrontHead } from './front-head.js';
import { frontType, type Setting } from './front-text.js';
import { asBlocks, type Front } from './front-words.js';
import { FrontZone, type Span } from './front-zone.js';
import { breakLines } from './lines.js';
import type { Block } from './press.js';

/** Between zones. */
const GAP = 2.4;
/** Sizes to try, and how many letters at most could fit a page of them. */
const SCALES = [
  { scale: 1.4, letters: 2900 },
  { scale: 1.25, letters: 3600 },
  { scale: 1.16, letters: 4200 },
  { scale: 1.08, letters: 4900 },
  { scale: 1, letters: 9000 },
] as const;

/** The page as one box, and what goes on after it. */
export interface LaidFront {
  readonly boxes: readonly Box[];
  readonly rest: readonly Block[];
}

/** What a front page is laid out into. */
export interface FrontPlace {
  /** Height of the page between head and foot. */
  readonly room: number;
  /** Number of the page after this one. */
  readonly next: number;
  /** Whether the document has such an anchor. */
  has(anchor: string): boolean;
}

/** Lays it out; where not even its smallest part fits, all of it goes on. */
export function layOutFront(bench: Bench, front: Front, place: FrontPlace): LaidFront {
  const letters = lettersOf(front);
  for (const { scale, letters: most } of SCALES) {
    if (scale > 1 && letters > most) continue;
    const draft = new Draft({ bench, type: frontType(scale), next: place.next }, front, place);
    if (letters <= most && draft.fitsWhole(place.room)) return draft.finish(place.room);
    if (scale > 1) continue;
    draft.choose(place.room);
    if (draft.height() <= place.room) return draft.finish(place.room);
  }
  return { boxes: [], rest: asBlocks(front) };
}

class Draft {
  private readonly front: Front;
  private readonly head: FrontHead;
  private readonly zones: readonly FrontZone[];
  private readonly span: Span;
  private readonly setting: Setting;

  constructor(setting: Setting, front: Front, { has }: FrontPlace) {
    const { left, right } = setting.bench.sheet;
    this.setting = setting;
    this.front = front;
    this.span = { left, right };
    const pointers = front.index.filter(({ to }) => has(to));
    this.head = new FrontHead(setting, front, pointers, right - left);
    this.zones = front.zones.map((zone) => {
      const { see, ...rest } = zone;
      return new FrontZone(setting, see !== undefined && has(see.to) ? zone : rest, this.span);
    });
  }

  /** Keeps all of it, and says whether it fits. */
  fitsWhole(room: number): boolean {
    for (const piece of this.pieces()) piece.kept = true;
    return this.height() <= room;
  }

  /** Keeps what fits. */
  choose(room: number): void {
    fit(this.pieces(), () => this.height(), room);
  }

  height(): number {
    return this.zones.reduce((sum, zone) => sum + zone.height() + GAP, this.head.height);
  }

  private pieces(): readonly Piece[] {
    return this.zones.flatMap((zone) => zone.pieces());
  }

  /** Makes the tags, in the order of the page. */
  finish(room: number): LaidFront {
    const { bench } = this.setting;
    const { tags } = bench.paper;
    const strokes = [this.head.place(this.span.left)];
    bench.headingLevel = 2;
    let y = this.head.height;
    for (const zone of this.zones) {
      const stroke = zone.place(tags.root);
      const at = y;
      strokes.push((paper, top) => stroke(paper, top + at));
      y += zone.height() + GAP;
    }
    const box: Box = {
      height: Math.min(this.height(), room),
      draw(paper, top) {
        for (const stroke of strokes) stroke(paper, top);
      },
    };
    const { front } = this;
    const zones = this.zones.flatMap((zone) => zone.rest() ?? []);
    return {
      boxes: [box],
      rest: zones.length === 0 ? [] : asBlocks({ ...front, title: front.rest, zones }),
    };
  }
}

/** Writes the numbers of the pages, now that they are known. */
export function drawReferences(bench: Bench): void {
  const { paper } = bench;
  for (const { text, to, tag, page, left, right, top, type, grey } of bench.references) {
    const anchor = bench.anchors.get(to);
    if (anchor === undefined) continue;
    paper.turnTo(page);
    const [line] = breakLines(bench.say(`${text}: page ${anchor.page + 1}`), 'narrow-bold', type.size, 500);
    if (line === undefined) continue;
    const x = left ?? (right ?? 0) - line.width;
    const link = paper.tags.add(tag, 'Link');
    paper.tagged(link, () => paper.line(line, x, baseline(top, type), type.size, grey));
    paper.link(
      link,
      { x, y: top, width: line.width, height: type.leading },
      anchor,
      `${text}: page ${anchor.page + 1}`,
    );
  }
}

function lettersOf(front: Front): number {
  let count = 0;
  for (const zone of front.zones)
    for (const part of zone.parts) {
      if (part.kind === 'rows') for (const { cells } of part.rows) for (const c of cells) count += c.length;
      else
        for (const { items } of part.groups)
          for (const { lead = '', text } of items) count += lead.length + text.length;
    }
  return count;
}
