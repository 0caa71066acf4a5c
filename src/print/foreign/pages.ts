/** The pages of a foreign PDF (ISO 32000-1, 7.7.3): their boxes, how they are turned, and what they are drawn with. */
import { damaged, NotDrawable } from './budget.js';
import type { ForeignFile } from './file.js';
import { type Dictionary, isDictionary, isList, Ref, type Value } from './values.js';

export interface ForeignPage {
  readonly dictionary: Dictionary;
  /** With what it has from the nodes above it. */
  readonly resources: Dictionary;
  /** What is seen of it: left, bottom, right, top. */
  readonly box: readonly [number, number, number, number];
  /** Degrees clockwise: 0, 90, 180 or 270. */
  readonly turn: number;
}

export interface PageList {
  /** The first ones, each a page or in words why it cannot be drawn. */
  readonly pages: readonly (ForeignPage | string)[];
  /** How many there are; no more are counted than `MOST_COUNTED`. */
  readonly count: number;
}

export const MOST_COUNTED = 20_000;
const DEEPEST = 100;
/** Acrobat's limit (ISO 32000-1, annex C), in points. */
const LARGEST_SIDE = 14_400;
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;
const A4 = [0, 0, 595.28, 841.89] as const;

/**
 * Lists the pages.
 * @param most pages that are looked at more closely
 * @throws NotDrawable when there are none, or the tree of pages is broken
 */
export function listPages(file: ForeignFile, most: number): PageList {
  const pages: (ForeignPage | string)[] = [];
  const seen = new Set<number>();
  let count = 0;
  const visit = (value: Value | undefined, above: ReadonlyMap<string, Value>, depth: number): void => {
    if (count >= MOST_COUNTED) return;
    if (value instanceof Ref) {
      // A page that stands in the tree twice, or a node that stands below itself.
      if (seen.has(value.id)) return;
      seen.add(value.id);
    }
    const node = file.resolve(value);
    if (!isDictionary(node) || depth > DEEPEST) return;
    const own = new Map(above);
    for (const key of INHERITED) {
      const given = node.get(key);
      if (given !== undefined) own.set(key, given);
    }
    const kids = file.resolve(node.get('Kids'));
    if (isList(kids)) {
      for (const kid of kids) visit(kid, own, depth + 1);
      return;
    }
    count++;
    if (pages.length < most) pages.push(pageOf(file, node, own));
  };
  visit(file.catalogue().get('Pages'), new Map(), 0);
  if (count === 0) throw damaged();
  return { pages, count };
}

function pageOf(
  file: ForeignFile,
  dictionary: Dictionary,
  own: ReadonlyMap<string, Value>,
): ForeignPage | string {
  try {
    const media = boxOf(file, own.get('MediaBox')) ?? A4;
    const crop = boxOf(file, own.get('CropBox'));
    const box = crop === undefined ? media : (overlap(media, crop) ?? media);
    const [left, bottom, right, top] = box;
    if (right - left < 1 || top - bottom < 1 || right - left > LARGEST_SIDE || top - bottom > LARGEST_SIDE) {
      return 'it has no size that a page can have';
    }
    const rotate = file.resolve(own.get('Rotate'));
    const turn = typeof rotate === 'number' ? (((Math.round(rotate / 90) * 90) % 360) + 360) % 360 : 0;
    return { dictionary, resources: file.dictionary(own.get('Resources')) ?? new Map(), box, turn };
  } catch (error) {
    if (error instanceof NotDrawable) return error.message;
    throw error;
  }
}

type Box = readonly [number, number, number, number];

function boxOf(file: ForeignFile, value: Value | undefined): Box | undefined {
  const list = file.resolve(value);
  if (!isList(list) || list.length < 4) return undefined;
  const numbers = list.slice(0, 4).map((one) => file.resolve(one));
  if (!numbers.every((one): one is number => typeof one === 'number')) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

function overlap(one: Box, other: Box): Box | undefined {
  const box = [
    Math.max(one[0], other[0]),
    Math.max(one[1], other[1]),
    Math.min(one[2], other[2]),
    Math.min(one[3], other[3]),
  ] as const;
  return box[2] > box[0] && box[3] > box[1] ? box : undefined;
}
