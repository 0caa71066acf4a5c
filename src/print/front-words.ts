/**
 * The words for a page that must stand on one sheet: zones one under another, each with its items in order of weight.
 * What does not fit goes on, whole, right after it; the zone says how much. Nothing is cut and nothing is lost.
 */
import type { Block, FactRow } from './press.js';

export interface Front {
  readonly kind: 'front';
  /** The first heading of the document. */
  readonly title: string;
  /** Heading over what did not fit. */
  readonly rest: string;
  /** How many lines of the furniture's head stand on this page: the zones say the others, and in full. */
  readonly headLines: number;
  readonly zones: readonly Zone[];
  /** Where the other parts of the document begin, in a line at its end. */
  readonly index: readonly Pointer[];
}

/** Words followed by "page n"; left out where nothing has that anchor. */
export interface Pointer {
  readonly text: string;
  readonly to: string;
}

export interface Zone {
  readonly title: string;
  /** Says what it is by itself: its title stands only where it goes on. */
  readonly untitled?: true;
  /** `strong` is seen first: white on black, in a heavy frame. */
  readonly tone: 'plain' | 'strong';
  readonly part?: 'safety';
  readonly see?: Pointer;
  /** At its right side. */
  readonly beside?: readonly Beside[];
  readonly parts: readonly ZonePart[];
}

export type Beside =
  | {
      readonly kind: 'image';
      readonly bytes: Uint8Array;
      readonly contentType: 'image/png' | 'image/jpeg';
      readonly alt: string;
      readonly caption: string;
    }
  /** The furniture's address as a QR code. */
  | { readonly kind: 'code'; readonly caption: string };

export type ZonePart =
  | { readonly kind: 'items'; readonly columns: 1 | 2; readonly groups: readonly Group[] }
  | Rows;

export interface Group {
  readonly title?: string;
  /** All of it or none: these words stand for it where it does not fit, before "page n". */
  readonly whole?: string;
  readonly items: readonly Item[];
}

/** 1 must be seen, 2 should be, 3 may be turned over for. */
export type Weight = 1 | 2 | 3;

/** A text that follows its lead in bold; without a lead it is said as it is. */
export interface Told {
  readonly lead: string;
  readonly text: string;
}

export interface Item {
  /** Said in bold before the text. */
  readonly lead?: string;
  readonly text: string;
  /** Short ones that run on in the same lines. */
  readonly more?: readonly Told[];
  readonly weight: Weight;
  readonly look?: 'large' | 'bold';
}

/** A table whose rows can go on after the page. */
export interface Rows {
  readonly kind: 'rows';
  readonly caption: string;
  /** What a row is, for "n more …". */
  readonly called: { readonly one: string; readonly many: string };
  /** All rows or none: where they do not fit, these two of each row are said, and that the rest is on the next page. */
  readonly brief?: { readonly told: readonly Told[]; readonly rest: string };
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly cells: readonly string[];
  readonly weight: Weight;
  /** What is said of it in few words where it went on. */
  readonly short?: string;
}

/** The same in blocks that flow: for large print, for the plain layout, and for what did not fit. */
export function asBlocks(front: Front): Block[] {
  return [
    { kind: 'heading', level: 1, text: front.title },
    ...front.zones.flatMap((zone) => zoneBlocks(zone)),
  ];
}

/** A zone in blocks that flow. */
export function zoneBlocks(zone: Zone): Block[] {
  return [
    { kind: 'heading', level: 2, text: zone.title },
    ...zone.parts.flatMap((part) =>
      part.kind === 'rows' ? rowBlocks(part) : part.groups.flatMap((group) => groupBlocks(zone, group)),
    ),
    ...(zone.beside ?? []).map((thing): Block => {
      if (thing.kind === 'code') return { kind: 'qr', text: thing.caption };
      const { bytes, contentType, alt, caption } = thing;
      return { kind: 'image', bytes, contentType, alt: caption === '' ? alt : `${alt}: ${caption}` };
    }),
  ];
}

function groupBlocks({ tone }: Zone, { title, items }: Group): Block[] {
  const rows = items.map(factRow);
  if (tone === 'strong' && title !== undefined) {
    const lines = items.map(({ lead = '', text, more = [] }) =>
      [{ lead, text }, ...more].map(toldWords).join(' '),
    );
    return [{ kind: 'banner', title, lines, tone: 'danger' }];
  }
  const head: Block[] = title === undefined ? [] : [{ kind: 'heading', level: 3, text: title }];
  return rows.length === 0 ? head : [...head, { kind: 'facts', rows }];
}

const factRow = ({ lead = '', text, more = [] }: Item): FactRow => ({
  head: lead,
  facts: [{ label: '', value: text }, ...more.map((one) => ({ label: one.lead, value: one.text }))],
});

const toldWords = ({ lead, text }: Told): string => (lead === '' ? text : `${lead}: ${text}`);

function rowBlocks({ caption, columns, rows }: Rows): Block[] {
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      caption,
      columns: columns.map((title) => ({ title, share: 1 })),
      rows: rows.map(({ cells }) => cells),
    },
  ];
}
