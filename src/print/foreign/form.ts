/**
 * A foreign page as one picture: a Form XObject (ISO 32000-1, 8.10) in our file, upright, its lower left corner at the
 * origin. What stands on it by annotations (typed entries of a form, stamps, signatures) is drawn as it looks; the
 * annotations themselves stay behind.
 */
import { deflateSync } from 'node:zlib';
import { archivable } from './archive.js';
import { NotDrawable } from './budget.js';
import { Copier, Draft, type Sink } from './copy.js';
import type { ForeignFile } from './file.js';
import { unfold } from './filters.js';
import { refuseNesting } from './nesting.js';
import type { ForeignPage } from './pages.js';
import { type Dictionary, isDictionary, isList, nameOf, Stream, type Value } from './values.js';

/** A page that can be drawn. */
export interface Form {
  /** Number of the object. */
  readonly id: number;
  readonly width: number;
  readonly height: number;
  /** Entries of a form that the file gives no looks, so that they cannot be seen. */
  readonly unseenEntries: number;
}

/** How pages of others are taken over. */
export interface Ways {
  /** Only what a PDF/A-3a may hold. */
  readonly archive: boolean;
  /** What lies across our page is seen through their white ground. */
  readonly seenThrough: boolean;
}

/** Laid over our page as one, so that nothing that a page covers is uncovered (ISO 32000-1, 11.4.5). */
const AS_ONE = '/Group<</S/Transparency/I true>>';

/**
 * The same picture or form so that what lies under it is seen through its white ground (11.3.5.2, Multiply).
 * @returns the number of its object
 */
export function seenThrough(sink: Sink, id: number, width: number, height: number): number {
  const form = sink.reserve();
  sink.putStream(
    form,
    `/Type/XObject/Subtype/Form/BBox[${numbers([0, 0, width, height])}]` +
      `/Resources<</ExtGState<</M<</BM/Multiply>>>>/XObject<</X ${id} 0 R>>>>`,
    Buffer.from('/M gs /X Do', 'latin1'),
  );
  return form;
}

type Matrix = readonly [number, number, number, number, number, number];

const DEFLATE = { level: 3 } as const;
const HIDDEN = 2;
const NO_VIEW = 32;
const MOST_ANNOTATIONS = 2000;

/** Makes the forms of one file's pages. */
export class FormMaker {
  private readonly file: ForeignFile;
  private readonly sink: Sink;
  private readonly ways: Ways;
  private readonly copies = new Map<number, number>();

  constructor(file: ForeignFile, sink: Sink, ways: Ways) {
    this.file = file;
    this.sink = sink;
    this.ways = ways;
  }

  /** Throws NotDrawable, with nothing of the page written. */
  make(page: ForeignPage): Form {
    const draft = new Draft(this.sink);
    try {
      const drawing = new Drawing(this.file, draft, this.copies, this.ways);
      const form = drawing.form(page);
      draft.keep();
      for (const [from, to] of drawing.copies) this.copies.set(from, to);
      return form;
    } catch (error) {
      draft.discard();
      throw error;
    }
  }
}

/** One page. */
class Drawing {
  private readonly file: ForeignFile;
  private readonly sink: Sink;
  private readonly copier: Copier;
  private readonly ways: Ways;

  constructor(file: ForeignFile, sink: Sink, before: ReadonlyMap<number, number>, ways: Ways) {
    this.file = file;
    this.sink = sink;
    this.ways = ways;
    this.copier = new Copier(file, sink, before);
  }

  get copies(): ReadonlyMap<number, number> {
    return this.copier.copies;
  }

  form(page: ForeignPage): Form {
    const [left, bottom, right, top] = page.box;
    const [wide, high] = [right - left, top - bottom];
    const body = this.body(page);
    const { appearances, unseen } = this.appearances(page);
    const named = appearances.map(({ id }, index) => `/A${index} ${id} 0 R`).join(' ');
    const draws = appearances
      .map(({ matrix }, index) => `q ${numbers(matrix)} cm /A${index} Do Q`)
      .join('\n');
    const id = this.sink.reserve();
    this.sink.putStream(
      id,
      `/Type/XObject/Subtype/Form/BBox[${numbers(page.box)}]/Matrix[${numbers(turned(page))}]` +
        `/Resources<</XObject<</P ${body} 0 R ${named}>>>>${this.ways.seenThrough ? AS_ONE : ''}`,
      Buffer.from(`/P Do\n${draws}`, 'latin1'),
    );
    const lying = page.turn === 90 || page.turn === 270;
    const [width, height] = lying ? [high, wide] : [wide, high];
    const shown = this.ways.seenThrough ? seenThrough(this.sink, id, width, height) : id;
    return { id: shown, width, height, unseenEntries: unseen };
  }

  private body({ dictionary, resources, box }: ForeignPage): number {
    const group = this.file.resolve(dictionary.get('Group'));
    const content = this.content(dictionary);
    refuseNesting(this.file, content, resources);
    const { archive } = this.ways;
    const used = archive ? archivable(this.file, content, dictionary, resources) : resources;
    const resourceText = this.copier.resources(used);
    const groupText = isDictionary(group) && !archive ? `/Group ${this.copier.value(group)}` : '';
    const id = this.sink.reserve();
    this.sink.putStream(
      id,
      `/Type/XObject/Subtype/Form/BBox[${numbers(box)}]/Resources ${resourceText}${groupText}/Filter/FlateDecode`,
      deflateSync(content, DEFLATE),
    );
    return id;
  }

  /** The page's operators; several streams are one text (7.8.2). */
  private content(dictionary: Dictionary): Buffer {
    const contents = this.file.resolve(dictionary.get('Contents'));
    const parts = isList(contents) ? contents.map((one) => this.file.resolve(one)) : [contents];
    const texts = parts.flatMap((part) =>
      part instanceof Stream
        ? [unfold(part, this.file.resolve, this.file.budget), Buffer.from('\n', 'latin1')]
        : [],
    );
    return Buffer.concat(texts);
  }

  private appearances({ dictionary }: ForeignPage): {
    appearances: { id: number; matrix: Matrix }[];
    unseen: number;
  } {
    const list = this.file.resolve(dictionary.get('Annots'));
    const appearances: { id: number; matrix: Matrix }[] = [];
    let unseen = 0;
    for (const one of isList(list) ? list.slice(0, MOST_ANNOTATIONS) : []) {
      const annotation = this.file.resolve(one);
      if (!isDictionary(annotation)) continue;
      const kind = nameOf(this.file.resolve(annotation.get('Subtype')));
      const flags = this.file.resolve(annotation.get('F'));
      if (kind === 'Popup' || (typeof flags === 'number' && (flags & (HIDDEN | NO_VIEW)) !== 0)) continue;
      const look = this.looksOf(annotation);
      if (look === undefined) {
        if (kind === 'Widget' && this.hasEntry(annotation)) unseen++;
        continue;
      }
      const matrix = this.placed(annotation, look.stream);
      const own = this.file.dictionary(look.stream.dictionary.get('Resources')) ?? new Map();
      refuseNesting(this.file, unfold(look.stream, this.file.resolve, this.file.budget), own);
      if (matrix !== undefined) appearances.push({ id: this.copied(look.value), matrix });
    }
    return { appearances, unseen };
  }

  /** The stream that draws an annotation as it is now (12.5.5). */
  private looksOf(annotation: Dictionary): { value: Value; stream: Stream } | undefined {
    let value = this.file.dictionary(annotation.get('AP'))?.get('N');
    const states = this.file.resolve(value);
    if (isDictionary(states)) value = states.get(nameOf(this.file.resolve(annotation.get('AS'))) ?? 'Off');
    const stream = this.file.resolve(value);
    return stream instanceof Stream && value !== undefined ? { value, stream } : undefined;
  }

  private hasEntry(annotation: Dictionary): boolean {
    let field: Dictionary | undefined = annotation;
    for (let steps = 0; field !== undefined && steps < 10; steps++) {
      const entry = this.file.resolve(field.get('V'));
      if (entry !== null && nameOf(entry) !== 'Off') return true;
      field = this.file.dictionary(field.get('Parent'));
    }
    return false;
  }

  private copied(value: Value): number {
    const reference = /^(\d+) 0 R$/.exec(this.copier.value(value))?.[1];
    if (reference === undefined) throw new NotDrawable('the file is damaged');
    return Number(reference);
  }

  /** Maps the looks of an annotation into its rectangle (12.5.5, algorithm 8.1). */
  private placed(annotation: Dictionary, { dictionary }: Stream): Matrix | undefined {
    const rectangle = this.numbers(annotation.get('Rect'), 4);
    const box = this.numbers(dictionary.get('BBox'), 4);
    if (rectangle === undefined || box === undefined) return undefined;
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = this.numbers(dictionary.get('Matrix'), 6) ?? [];
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
    const corners = [
      [x1, y1],
      [x1, y2],
      [x2, y1],
      [x2, y2],
    ].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f] as const);
    const [lows, highs] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    const [left, bottom] = [Math.min(...lows), Math.min(...highs)];
    const [wide, high] = [Math.max(...lows) - left, Math.max(...highs) - bottom];
    if (!(wide > 0 && high > 0)) return undefined;
    const [r1 = 0, r2 = 0, r3 = 0, r4 = 0] = rectangle;
    const across = Math.abs(r3 - r1) / wide;
    const up = Math.abs(r4 - r2) / high;
    return [across, 0, 0, up, Math.min(r1, r3) - left * across, Math.min(r2, r4) - bottom * up];
  }

  private numbers(value: Value | undefined, count: number): number[] | undefined {
    const list = this.file.resolve(value);
    if (!isList(list) || list.length < count) return undefined;
    const found = list.slice(0, count).map((one) => this.file.resolve(one));
    return found.every((one): one is number => typeof one === 'number' && Number.isFinite(one))
      ? found
      : undefined;
  }
}

/** Turns the page as it is to be read and moves its corner to the origin. */
function turned({ box, turn }: ForeignPage): Matrix {
  const [left, bottom, right, top] = box;
  if (turn === 90) return [0, -1, 1, 0, -bottom, right];
  if (turn === 180) return [-1, 0, 0, -1, right, top];
  if (turn === 270) return [0, 1, -1, 0, top, -left];
  return [1, 0, 0, 1, -left, -bottom];
}

const numbers = (values: readonly number[]): string =>
  values
    .map((value) => String(Math.round(value * 1e5) / 1e5))
    .map((text) => (text.includes('e') ? '0' : text))
    .join(' ');
