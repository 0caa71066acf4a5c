/**
 * Copies what a foreign page is drawn with (fonts, pictures, patterns) into our file, and nothing else: what could act,
 * and what leads back to the document that it stood in, stays behind. Actions, scripts, forms, links and embedded files
 * hang on the catalogue, on pages and on annotations; none of these is ever copied.
 */
import { damaged, NotDrawable } from './budget.js';
import type { ForeignFile } from './file.js';
import { filtersOf, inflated, unfold } from './filters.js';
import { type Dictionary, isDictionary, isList, nameOf, Ref, Stream, type Value, written } from './values.js';

/** The file that is being written; a number that was given out must be written. */
export interface Sink {
  /** A number for an object that is written later. */
  reserve(): number;
  put(id: number, body: string): void;
  /** `entries` of its dictionary without the length. */
  putStream(id: number, entries: string, bytes: Uint8Array): void;
}

/** Holds back what is written until it is whole: of a page that turns out not to be drawable, nothing goes into the file. */
export class Draft implements Sink {
  private readonly sink: Sink;
  private readonly numbers: number[] = [];
  private readonly writes: (() => void)[] = [];

  constructor(sink: Sink) {
    this.sink = sink;
  }

  reserve(): number {
    const id = this.sink.reserve();
    this.numbers.push(id);
    return id;
  }

  put(id: number, body: string): void {
    this.writes.push(() => this.sink.put(id, body));
  }

  putStream(id: number, entries: string, bytes: Uint8Array): void {
    this.writes.push(() => this.sink.putStream(id, entries, bytes));
  }

  keep(): void {
    for (const write of this.writes) write();
  }

  discard(): void {
    for (const id of this.numbers) this.sink.put(id, 'null');
  }
}

/** Leads out of what is drawn, or to what acts: other pages, actions, files, structure, thumbnails, other versions. */
const LEFT_BEHIND = new Set([
  'Parent',
  'P',
  'A',
  'AA',
  'AF',
  'Annots',
  'Alternates',
  'B',
  'Dests',
  'EF',
  'F',
  'FDecodeParms',
  'FFilter',
  'JS',
  'LastModified',
  'Metadata',
  'Names',
  'Next',
  'OpenAction',
  'OPI',
  'PieceInfo',
  'PS',
  'Ref',
  'StructParent',
  'StructParents',
  'Thumb',
  'URI',
]);

/** Dictionaries whose keys are names that the page's author chose. */
const NAMED = new Set([
  'XObject',
  'Font',
  'ExtGState',
  'ColorSpace',
  'Pattern',
  'Shading',
  'Properties',
  'CharProcs',
  'Colorants',
]);

/** Objects of these types have no place in what a page is drawn with. */
const FOREIGN_TYPES = new Set([
  'Action',
  'Annot',
  'Catalog',
  'EmbeddedFile',
  'Filespec',
  'F',
  'ObjStm',
  'Outlines',
  'Page',
  'Pages',
  'Sig',
  'StructElem',
  'StructTreeRoot',
  'XRef',
]);
const ACTIONS = new Set([
  'JavaScript',
  'Launch',
  'URI',
  'GoTo',
  'GoToR',
  'GoToE',
  'SubmitForm',
  'ImportData',
  'Rendition',
]);

const MOST_COPIED = 20_000;
const DEEPEST = 80;
const LARGEST_PICTURE = 64_000_000;
/** Parts that are no picture: fonts, tables of letters, colour profiles. */
const LARGEST_PART = 32_000_000;
const PICTURE_FILTERS = new Set(['DCTDecode', 'JPXDecode', 'JBIG2Decode', 'CCITTFaxDecode', 'DCT', 'CCF']);

/** Copies from one foreign file; an object that several pages use is copied once. */
export class Copier {
  private readonly file: ForeignFile;
  private readonly sink: Sink;
  private readonly before: ReadonlyMap<number, number>;
  /** New numbers of what was copied here, by those in the foreign file. */
  readonly copies = new Map<number, number>();
  private readonly waiting: { id: number; from: number }[] = [];

  /** @param before what earlier pages of the file had copied */
  constructor(file: ForeignFile, sink: Sink, before: ReadonlyMap<number, number>) {
    this.file = file;
    this.sink = sink;
    this.before = before;
  }

  /**
   * The text of a resource dictionary with everything that it needs copied.
   * @throws NotDrawable
   */
  resources(resources: Dictionary): string {
    const text = written(this.cleaned(resources, 0));
    this.drain();
    return text;
  }

  /** Any value with everything that it needs copied; streams become references. Throws NotDrawable. */
  value(value: Value | undefined): string {
    const text = written(this.part(value ?? null, 0));
    this.drain();
    return text;
  }

  private drain(): void {
    for (let next = this.waiting.pop(); next !== undefined; next = this.waiting.pop()) {
      const value = this.file.resolve(new Ref(next.from));
      if (value instanceof Stream) this.copyStream(next.id, value);
      else this.sink.put(next.id, written(this.part(value, 0)));
    }
  }

  private part(value: Value, depth: number, named = false): Value {
    if (depth > DEEPEST) throw damaged();
    if (value instanceof Ref) return this.reference(value, depth, named);
    if (value instanceof Stream) {
      const id = this.sink.reserve();
      this.copyStream(id, value);
      return new Ref(id);
    }
    if (isList(value)) return value.map((one) => this.part(one, depth + 1));
    if (isDictionary(value)) return named ? this.names(value, depth) : this.cleaned(value, depth);
    return value;
  }

  private reference(value: Ref, depth: number, named: boolean): Value {
    const target = this.file.resolve(value);
    // Names have no number of their own: they are written where they are used.
    if (named && isDictionary(target)) return this.names(target, depth + 1);
    if (!(target instanceof Stream) && !isDictionary(target) && !isList(target)) return target;
    const known = this.before.get(value.id) ?? this.copies.get(value.id);
    if (known !== undefined) return new Ref(known);
    if (this.before.size + this.copies.size >= MOST_COPIED)
      throw new NotDrawable('it is made of too many parts');
    const id = this.sink.reserve();
    this.copies.set(value.id, id);
    this.waiting.push({ id, from: value.id });
    return new Ref(id);
  }

  private names(dictionary: Dictionary, depth: number): Value {
    return new Map([...dictionary].map(([key, value]) => [key, this.part(value, depth + 1)]));
  }

  private cleaned(dictionary: Dictionary, depth: number): Value {
    if (isForeign(dictionary)) return null;
    const kept = new Map<string, Value>();
    for (const [key, value] of dictionary) {
      if (LEFT_BEHIND.has(key)) continue;
      kept.set(key, this.part(value, depth + 1, NAMED.has(key)));
    }
    return kept;
  }

  private copyStream(id: number, stream: Stream): void {
    const { dictionary } = stream;
    if (dictionary.has('F')) throw new NotDrawable('it is drawn with another file');
    const kind = nameOf(this.file.resolve(dictionary.get('Subtype')));
    if (kind === 'PS' || isForeign(dictionary)) {
      this.sink.put(id, 'null');
      return;
    }
    if (kind === 'Image') this.checkPicture(stream);
    else this.checkPart(stream);
    const cleaned = this.cleaned(without(dictionary, 'Length'), 0);
    this.sink.putStream(id, written(cleaned).slice(2, -2), stream.bytes);
  }

  private checkPicture(stream: Stream): void {
    const side = (key: string): number => {
      const value = this.file.resolve(stream.dictionary.get(key));
      return typeof value === 'number' && value > 0 ? value : 0;
    };
    const pixels = side('Width') * side('Height');
    if (pixels === 0) throw damaged();
    const told = toldIn(stream, filtersOf(stream.dictionary, this.file.resolve));
    if (pixels > LARGEST_PICTURE || told > LARGEST_PICTURE)
      throw new NotDrawable('a picture in it is too large');
    this.file.budget.spend('pixels', Math.max(pixels, told));
    const filters = filtersOf(stream.dictionary, this.file.resolve);
    if (filters.every((filter) => !PICTURE_FILTERS.has(filter))) {
      // No pixel takes more than five samples of two bytes.
      unfold(stream, this.file.resolve, this.file.budget, pixels * 10 + 1_000_000);
    } else if (filters[0] === 'FlateDecode') {
      const most = Math.min(LARGEST_PART, this.file.budget.remaining('unfolded'));
      this.file.budget.spend('unfolded', inflated(stream.bytes, most).length);
    }
  }

  private checkPart(stream: Stream): void {
    const filters = filtersOf(stream.dictionary, this.file.resolve);
    if (filters.some((filter) => PICTURE_FILTERS.has(filter))) return;
    unfold(stream, this.file.resolve, this.file.budget, LARGEST_PART);
  }
}

function isForeign(dictionary: Dictionary): boolean {
  const type = nameOf(dictionary.get('Type'));
  const action = nameOf(dictionary.get('S'));
  return (
    (type !== undefined && FOREIGN_TYPES.has(type)) ||
    (action !== undefined && ACTIONS.has(action)) ||
    dictionary.has('JS')
  );
}

function without(dictionary: Dictionary, key: string): Dictionary {
  return new Map([...dictionary].filter(([name]) => name !== key));
}

/** Points of a JPEG or JPEG 2000 picture as it tells them itself: a reader makes room for those. */
function toldIn({ bytes }: Stream, filters: readonly string[]): number {
  if (filters.length !== 1) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (filters[0] === 'DCTDecode') {
    for (let at = 2; at + 9 < bytes.length; ) {
      const marker = view.getUint16(at);
      if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) {
        return view.getUint16(at + 5) * view.getUint16(at + 7);
      }
      if (marker < 0xff00 || marker === 0xffda) return 0;
      at += marker === 0xffff ? 1 : 2 + view.getUint16(at + 2);
    }
  }
  if (filters[0] === 'JPXDecode') {
    // Start of the codestream, then its size (ITU-T T.800, A.5.1).
    const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('ff4fff51', 0, 'hex');
    if (start >= 0 && start + 16 <= bytes.length)
      return view.getUint32(start + 8) * view.getUint32(start + 12);
  }
  return 0;
}
