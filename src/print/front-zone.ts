/** One zone of a front page: what of it is kept, how high that is, and how it is drawn. */
import { type Aside, layOutAside } from './front-aside.js';
import { Piece, part as partColumns } from './front-fit.js';
import { FrontRows } from './front-rows.js';
import { drawWords, ledWords, type Setting, type Words, words } from './front-text.js';
import type { Group, Item, Zone } from './front-words.js';
import { widthOf } from './lines.js';
import type { Paper } from './paper.js';
import type { Tag } from './tags.js';

/** Draws a part of the page whose head is at `top`. */
export type Stroke = (paper: Paper, top: number) => void;

/** Where on the page a zone stands. */
export interface Span {
  readonly left: number;
  readonly right: number;
}

const PAD = 1.8;
const SIDE = 5;
const GUTTER = 12;
const BETWEEN = 1.1;
const GROUP_GAP = 2.5;
const BAR_PAD = 1;

/** What stands in a column: an item, or the words that stand for it. */
interface Bit {
  readonly line: Words;
  readonly group: FrontGroup;
  readonly first: boolean;
}

class TextPiece extends Piece {
  readonly items: readonly Item[];
  private readonly made: () => readonly Words[];
  private readonly standIn: (() => Words) | undefined;
  private laid: readonly Words[] | undefined;
  private short: readonly Words[] | undefined;

  constructor(
    items: readonly Item[],
    changed: () => void,
    made: () => readonly Words[],
    standIn: (() => Words) | undefined,
  ) {
    super(Math.min(...items.map(({ weight }) => weight)), changed);
    this.items = items;
    this.made = made;
    this.standIn = standIn;
  }

  height(): number {
    return heightOf(this.lines());
  }

  /** What is seen of it on the page. */
  shown(): readonly Words[] {
    if (this.kept) return this.lines();
    if (this.standIn === undefined) return [];
    this.short ??= [this.standIn()];
    return this.short;
  }

  /** True when nothing on the page says what went on. */
  get silent(): boolean {
    return !this.kept && this.standIn === undefined;
  }

  private lines(): readonly Words[] {
    this.laid ??= this.made();
    return this.laid;
  }
}

class FrontGroup {
  readonly group: Group;
  readonly pieces: readonly TextPiece[];
  readonly title: Words | undefined;
  readonly again: Words | undefined;

  constructor(setting: Setting, group: Group, width: number, changed: () => void) {
    const { bench, type, next } = setting;
    this.group = group;
    const { title, whole, items } = group;
    const bar = (text: string): Words => words(bench.say(text), 'narrow-bold', type.bar, width - 6);
    this.title = title === undefined ? undefined : bar(title);
    this.again = title === undefined ? undefined : bar(`${title} (continued)`);
    const make = (item: Item): Words => itemWords(setting, item, width);
    this.pieces =
      whole !== undefined && items.length > 0
        ? [
            new TextPiece(
              items,
              changed,
              () => items.map(make),
              () => words(bench.say(`${whole} page ${next}`), 'narrow-bold', type.text, width),
            ),
          ]
        : items.map(
            (item) => new TextPiece([item], changed, () => [make(item)], standInOf(setting, item, width)),
          );
  }
}

/** What must be seen and does not fit is named in its place. */
function standInOf({ bench, type, next }: Setting, item: Item, width: number): (() => Words) | undefined {
  const { lead, weight } = item;
  if (weight !== 1 || lead === undefined || lead.length > 60) return undefined;
  return () => ledWords([{ lead: bench.say(lead), text: `see page ${next}` }], type.text, width);
}

function itemWords(
  { bench, type: sizes }: Setting,
  { lead, text, more = [], look }: Item,
  width: number,
): Words {
  const type = look === 'large' ? sizes.large : sizes.text;
  if (lead !== undefined) {
    const told = [{ lead, text }, ...more].map((one) => ({
      lead: bench.say(one.lead),
      text: bench.say(one.text),
    }));
    return ledWords(told, type, width);
  }
  return words(bench.say(text), look === undefined ? 'narrow' : 'narrow-bold', type, width);
}

interface Columns {
  readonly kind: 'columns';
  readonly columns: 1 | 2;
  readonly width: number;
  readonly groups: readonly FrontGroup[];
}

/** A zone with its pieces: first `fit` chooses among them, then it is drawn. */
export class FrontZone {
  readonly zone: Zone;
  private readonly parts: readonly (Columns | FrontRows)[];
  private readonly asides: readonly Aside[];
  private readonly bar: Words;
  private readonly span: Span;
  private readonly width: number;
  private readonly setting: Setting;
  /** Its height, until a piece of it is kept or goes. */
  private known: number | undefined;
  private moreSaid: { text: string; words: Words } | undefined;

  constructor(setting: Setting, zone: Zone, span: Span) {
    const { bench, type } = setting;
    this.setting = setting;
    this.zone = zone;
    this.span = span;
    this.asides = (zone.beside ?? []).flatMap((thing) => layOutAside(setting, thing));
    const taken = this.asides.reduce((sum, aside) => sum + aside.width + SIDE, 0);
    const width = span.right - span.left - 2 * SIDE - taken;
    this.width = width;
    const see =
      zone.see === undefined
        ? 0
        : widthOf(`${bench.say(zone.see.text)}: page 888`, 'narrow-bold', type.bar.size) + GUTTER;
    this.bar = words(bench.say(zone.title), 'narrow-bold', type.bar, span.right - span.left - 2 * SIDE - see);
    const changed = (): void => {
      this.known = undefined;
    };
    this.parts = zone.parts.map((part) => {
      if (part.kind === 'rows') return new FrontRows(setting, part, width, changed);
      const column = part.columns === 1 ? width : (width - GUTTER) / 2;
      return {
        kind: 'columns',
        columns: part.columns,
        width: column,
        groups: part.groups.map((group) => new FrontGroup(setting, group, column, changed)),
      };
    });
  }

  /** All that may go on to the next page, in the order of this one. */
  pieces(): readonly Piece[] {
    return this.parts.flatMap((part): readonly Piece[] =>
      part.kind === 'rows' ? part.pieces : part.groups.flatMap(({ pieces }) => pieces),
    );
  }

  height(): number {
    this.known ??= this.reckon();
    return this.known;
  }

  private reckon(): number {
    const inner =
      this.parts.reduce((sum, part) => sum + this.partHeight(part), 0) + (this.moreBelow()?.height ?? 0);
    const beside = this.asides.reduce((most, { height }) => Math.max(most, height), 0);
    return this.barHeight() + Math.max(inner, beside) + 2 * PAD;
  }

  /** What went on: the same zone without what is kept. Undefined when all is kept. */
  rest(): Zone | undefined {
    const parts = this.parts.flatMap((part, index): Zone['parts'] => {
      const sent = this.zone.parts[index];
      if (part.kind === 'rows') return part.rest();
      if (sent?.kind !== 'items') return [];
      const groups = part.groups.flatMap(({ group, pieces }): Group[] => {
        const items = pieces.filter(({ kept }) => !kept).flatMap((piece) => piece.items);
        return items.length === 0 ? [] : [{ ...group, items }];
      });
      return groups.length === 0 ? [] : [{ ...sent, groups }];
    });
    if (parts.length === 0) return undefined;
    const { title, tone } = this.zone;
    return { title, tone, parts };
  }

  /** Makes its tags under `parent`, in reading order, and gives what draws it. */
  place(parent: Tag): Stroke {
    const { tags } = this.setting.bench.paper;
    tags.part = this.zone.part;
    const stroke = this.placeIn(tags.add(parent, 'Sect'));
    tags.part = undefined;
    return stroke;
  }

  private placeIn(tag: Tag): Stroke {
    const height = this.height();
    const strokes = [this.placeBar(tag, height)];
    let top = this.barHeight() + PAD;
    for (const part of this.parts) {
      const stroke =
        part.kind === 'rows' ? part.place(tag, this.span.left + SIDE) : this.placeColumns(tag, part);
      const from = top;
      strokes.push((paper, zoneTop) => stroke(paper, zoneTop + from));
      top += this.partHeight(part);
    }
    strokes.push(this.placeMore(tag, top));
    let right = this.span.right - SIDE;
    for (const aside of this.asides) {
      const left = right - aside.width;
      const stroke = aside.place(tag, left);
      strokes.push((paper, zoneTop) => stroke(paper, zoneTop + this.barHeight() + PAD));
      right = left - SIDE;
    }
    return (paper, zoneTop) => {
      for (const stroke of strokes) stroke(paper, zoneTop);
    };
  }

  private barHeight(): number {
    return this.zone.untitled ? 0 : this.bar.height + 2 * BAR_PAD;
  }

  private partHeight(part: Columns | FrontRows): number {
    return part.kind === 'rows' ? part.height() : this.parted(part).height;
  }

  private bits(part: Columns): Bit[] {
    const bits = part.groups.flatMap((group) => {
      let first = true;
      return group.pieces.flatMap((piece): Bit[] => {
        return piece.shown().map((line): Bit => {
          const bit = { line, group, first };
          first = false;
          return bit;
        });
      });
    });
    const group = part.groups.at(-1);
    const more = part === this.parts.at(-1) ? this.more(part.width) : undefined;
    return more === undefined || group === undefined ? bits : [...bits, { line: more, group, first: false }];
  }

  /** How much of the zone went on; said in its last columns, or under its table. */
  private more(width: number): Words | undefined {
    const said = this.silent();
    if (said.length === 0) return undefined;
    const { bench, type, next } = this.setting;
    const text = bench.say(`${said.join(' and ')} on page ${next}`);
    if (this.moreSaid?.text !== text)
      this.moreSaid = { text, words: words(text, 'narrow-bold', type.text, width) };
    return this.moreSaid.words;
  }

  private silent(): string[] {
    let items = 0;
    const said: string[] = [];
    for (const part of this.parts) {
      if (part.kind === 'columns') {
        items += part.groups.flatMap(({ pieces }) => pieces).filter(({ silent }) => silent).length;
        continue;
      }
      const { count, words: told } = part.gone();
      if (told !== undefined) said.push(told);
      else if (count > 0) said.push(`${count} more ${count === 1 ? part.called.one : part.called.many}`);
    }
    return items === 0 ? said : [...said, `${items} more`];
  }

  private parted(part: Columns): { bits: Bit[]; at: number; height: number } {
    const bits = this.bits(part);
    const heights = bits.map(bitHeight);
    if (part.columns === 1) {
      return { bits, at: bits.length, height: heights.reduce((sum, one) => sum + one, 0) };
    }
    const again = (index: number): number => titleHeight(bits[index]?.group.again);
    return {
      bits,
      ...partColumns(
        heights,
        bits.map(({ first }) => first),
        again,
        (index) => bits[index]?.group.group.whole !== undefined,
      ),
    };
  }

  private moreBelow(): Words | undefined {
    return this.parts.at(-1)?.kind === 'columns' ? undefined : this.more(this.width);
  }

  private placeMore(tag: Tag, top: number): Stroke {
    const below = this.moreBelow();
    if (below === undefined) return () => {};
    const own = this.setting.bench.paper.tags.add(tag, 'P');
    return (paper, zoneTop) => drawWords(paper, own, below, this.span.left + SIDE, zoneTop + top);
  }

  private placeBar(tag: Tag, height: number): Stroke {
    const { bar, span, zone } = this;
    const { bench, type } = this.setting;
    if (zone.untitled) {
      return (paper, top) => paper.artifact('Layout', () => paper.strokes(frame(span, top, height), 0.7, 0));
    }
    const title = bench.paper.tags.add(tag, 'H2');
    const strong = zone.tone === 'strong';
    const see = zone.see;
    const link = see === undefined ? undefined : bench.paper.tags.add(tag, 'P');
    const barHeight = this.barHeight();
    return (paper, top) => {
      bench.bookmarks.push({ level: 2, title: zone.title, page: paper.page, top });
      paper.artifact('Layout', () => {
        paper.fill(span.left, top, span.right - span.left, barHeight, strong ? 0 : 0.86);
        paper.strokes(frame(span, top, height), strong ? 1.8 : 0.7, 0);
      });
      drawWords(paper, title, bar, span.left + SIDE, top + BAR_PAD, strong ? 1 : 0);
      if (see === undefined || link === undefined) return;
      bench.references.push({
        ...see,
        tag: link,
        page: paper.page,
        right: span.right - SIDE,
        top: top + BAR_PAD,
        type: type.bar,
        grey: strong ? 1 : 0,
      });
    };
  }

  private placeColumns(tag: Tag, part: Columns): Stroke {
    const { bits, at } = this.parted(part);
    const strokes: Stroke[] = [];
    const column = (from: number, to: number, left: number): void => {
      let top = 0;
      bits.slice(from, to).forEach((bit, index) => {
        const title = bit.first ? bit.group.title : index === 0 && from > 0 ? bit.group.again : undefined;
        const at = top + (index > 0 && bit.first ? GROUP_GAP : 0);
        strokes.push(this.placeBit(tag, bit, title, { left, width: part.width }, at));
        top = at + titleHeight(title) + bit.line.height + BETWEEN;
      });
    };
    const left = this.span.left + SIDE;
    column(0, at, left);
    column(at, bits.length, left + part.width + GUTTER);
    return (paper, top) => {
      for (const stroke of strokes) stroke(paper, top);
    };
  }

  private placeBit(
    tag: Tag,
    bit: Bit,
    title: Words | undefined,
    { left, width }: { left: number; width: number },
    at: number,
  ): Stroke {
    const { tags } = this.setting.bench.paper;
    const head = title === undefined ? undefined : tags.add(tag, bit.first ? 'H3' : 'P');
    const body = tags.add(tag, 'P');
    return (paper, top) => {
      let y = top + at;
      if (title !== undefined && head !== undefined) {
        const high = title.height + BAR_PAD;
        paper.artifact('Layout', () => paper.fill(left, y, width, high, 0.9));
        drawWords(paper, head, title, left + 3, y + BAR_PAD / 2);
        y += titleHeight(title);
      }
      drawWords(paper, body, bit.line, left, y);
    };
  }
}

const titleHeight = (title: Words | undefined): number =>
  title === undefined ? 0 : title.height + BAR_PAD + 1.4;

const heightOf = (lines: readonly Words[]): number =>
  lines.reduce((sum, { height }, index) => sum + height + (index > 0 ? BETWEEN : 0), 0);

const bitHeight = ({ line, group, first }: Bit): number =>
  line.height + BETWEEN + (first ? titleHeight(group.title) + GROUP_GAP : 0);

function frame({ left, right }: Span, top: number, height: number): [number, number, number, number][] {
  const bottom = top + height;
  return [
    [left, top, right, top],
    [left, bottom, right, bottom],
    [left, top, left, bottom],
    [right, top, right, bottom],
  ];
}
