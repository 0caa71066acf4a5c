/**
 * A PDF that somebody else made, as a store of objects (ISO 32000-1, 7.5): found by its own tables, or where these are
 * wrong by going through the file. Nothing is run; loops end; what it costs is bounded by the budget.
 */
import { type Budget, damaged, NotDrawable } from './budget.js';
import { unfold } from './filters.js';
import { Key } from './locks.js';
import { Tokens } from './tokens.js';
import { type Dictionary, isDictionary, isList, nameOf, Ref, Stream, Text, type Value } from './values.js';

/** Where an object stands: in the file, or as the nth of an object stream. */
type Place = { readonly at: number } | { readonly inside: number; readonly index: number };

const MOST_TABLES = 500;
const MOST_OBJECTS = 400_000;
/** How far back from its end a file says where its table is. */
const TAIL = 2048;
const LONGEST_REFERENCE_CHAIN = 32;
const LOCKED = 'the PDF is locked (encrypted) and damaged';

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(0, to - from)).toString('latin1');

const samePlace = (one: Place | undefined, other: Place | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export class ForeignFile {
  readonly budget: Budget;
  private readonly bytes: Uint8Array;
  private readonly places = new Map<number, Place>();
  private readonly objects = new Map<number, Value>();
  /** Objects that are being read: one that needs itself is broken. */
  private readonly reading = new Set<number>();
  private readonly unfolded = new Map<number, { bytes: Uint8Array; starts: number[]; ids: number[] }>();
  private trailer: Dictionary = new Map();
  private key: Key | undefined;
  private searchedThrough: Map<number, Place> | undefined;

  /** Throws NotDrawable when it is no PDF, locked, or damaged beyond reading. */
  constructor(bytes: Uint8Array, budget: Budget) {
    this.bytes = bytes;
    this.budget = budget;
    if (!latin1(bytes, 0, Math.min(bytes.length, 1024)).includes('%PDF-'))
      throw new NotDrawable('it is no PDF');
    try {
      this.readTables();
      this.unlock();
      this.catalogue();
    } catch (error) {
      if (this.trailer.has('Encrypt')) throw error;
      this.recover();
      if (this.trailer.has('Encrypt')) throw new NotDrawable(LOCKED);
    }
  }

  /** What is read from here on is unlocked. Throws NotDrawable where that takes a password. */
  private unlock(): void {
    if (!this.trailer.has('Encrypt')) return;
    const encrypt = this.resolve(this.trailer.get('Encrypt'));
    const ids = this.resolve(this.trailer.get('ID'));
    const [first] = isList(ids) ? ids : [];
    const id = this.resolve(first);
    if (!isDictionary(encrypt)) throw damaged();
    this.key = new Key(encrypt, id instanceof Text ? id.bytes : new Uint8Array(0), this.resolve);
  }

  /** The document's catalogue. Throws NotDrawable. */
  catalogue(): Dictionary {
    const root = this.resolve(this.trailer.get('Root'));
    if (!isDictionary(root) || !root.has('Pages')) throw damaged();
    return root;
  }

  /** The value itself, whatever references lead to it; null where they lead nowhere. Throws NotDrawable. */
  readonly resolve = (value: Value | undefined): Value => {
    let now = value;
    for (let steps = 0; now instanceof Ref; steps++) {
      if (steps > LONGEST_REFERENCE_CHAIN) throw damaged();
      now = this.object(now.id);
    }
    return now ?? null;
  };

  /** A dictionary, that of a stream too; undefined for anything else. */
  dictionary(value: Value | undefined): Dictionary | undefined {
    const found = this.resolve(value);
    if (found instanceof Stream) return found.dictionary;
    return isDictionary(found) ? found : undefined;
  }

  private object(id: number): Value {
    const known = this.objects.get(id);
    if (known !== undefined) return known;
    if (this.reading.has(id)) throw damaged();
    this.budget.spend('objects', 1);
    this.reading.add(id);
    try {
      const object = this.read(id);
      this.objects.set(id, object);
      return object;
    } finally {
      this.reading.delete(id);
    }
  }

  private read(id: number): Value {
    const place = this.places.get(id);
    // In a whole file a number without an object is null (7.3.10); in one that is not, it may be the part that is missing.
    if (place === undefined && this.searchedThrough === undefined) return null;
    try {
      if (place !== undefined) return this.readAt(place, id);
    } catch (error) {
      if (samePlace(place, this.allObjects().get(id))) throw error;
    }
    // The table was wrong about this object.
    const found = this.allObjects().get(id);
    if (found === undefined) throw damaged();
    return this.readAt(found, id);
  }

  private readAt(place: Place, id: number): Value {
    return 'at' in place ? this.objectAt(place.at, id) : this.objectInside(place.inside, place.index, id);
  }

  private objectAt(at: number, id?: number): Value {
    const tokens = new Tokens(this.bytes, at, this.budget);
    const found = tokens.whole();
    const generation = tokens.whole();
    if (!tokens.take('obj') || (id !== undefined && found !== id)) throw damaged();
    const value = tokens.value();
    const isStream = isDictionary(value) && tokens.take('stream');
    const object = isStream ? new Stream(value, this.streamBytes(value, tokens.at)) : value;
    return this.key === undefined ? object : this.key.unlock(object, found, generation);
  }

  private streamBytes(dictionary: Dictionary, after: number): Uint8Array {
    const { bytes } = this;
    const start =
      after + (bytes[after] === 13 ? (bytes[after + 1] === 10 ? 2 : 1) : bytes[after] === 10 ? 1 : 0);
    const length = this.lengthOf(dictionary);
    if (length !== undefined && start + length <= bytes.length) {
      const tokens = new Tokens(bytes, start + length, this.budget);
      if (tokens.take('endstream')) return bytes.subarray(start, start + length);
    }
    const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(
      'endstream',
      start,
      'latin1',
    );
    this.budget.spend('searched', (end < 0 ? bytes.length : end) - start);
    if (end < 0) throw damaged();
    return bytes.subarray(start, end);
  }

  private lengthOf(dictionary: Dictionary): number | undefined {
    try {
      const length = this.resolve(dictionary.get('Length'));
      return typeof length === 'number' && Number.isInteger(length) && length >= 0 ? length : undefined;
    } catch {
      return undefined;
    }
  }

  /** 7.5.7 */
  private objectInside(container: number, index: number, id: number): Value {
    const { bytes, starts, ids } = this.objectStream(container);
    const at = ids[index] === id ? index : ids.indexOf(id);
    const start = starts[at];
    if (start === undefined) throw damaged();
    return new Tokens(bytes, start, this.budget).value();
  }

  private objectStream(id: number): { bytes: Uint8Array; starts: number[]; ids: number[] } {
    const known = this.unfolded.get(id);
    if (known !== undefined) return known;
    const stream = this.object(id);
    if (!(stream instanceof Stream)) throw damaged();
    const bytes = unfold(stream, this.resolve, this.budget);
    const first = this.resolve(stream.dictionary.get('First'));
    const count = this.resolve(stream.dictionary.get('N'));
    if (typeof first !== 'number' || typeof count !== 'number') throw damaged();
    const tokens = new Tokens(bytes, 0, this.budget);
    const [starts, ids]: [number[], number[]] = [[], []];
    for (let n = 0; n < Math.min(count, MOST_OBJECTS); n++) {
      this.budget.spend('tokens', 2);
      ids.push(tokens.whole());
      starts.push(first + tokens.whole());
    }
    const opened = { bytes, starts, ids };
    this.unfolded.set(id, opened);
    return opened;
  }

  private readTables(): void {
    const { bytes } = this;
    const from = Math.max(0, bytes.length - TAIL);
    const start = /startxref\s+(\d{1,12})(?![\s\S]*startxref)/.exec(latin1(bytes, from, bytes.length))?.[1];
    if (start === undefined) throw damaged();
    const seen = new Set<number>();
    const waiting = [Number(start)];
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      if (seen.has(at) || seen.size >= MOST_TABLES) continue;
      seen.add(at);
      const trailer = this.readTable(at);
      for (const [key, value] of trailer) {
        if (!this.trailer.has(key)) (this.trailer as Map<string, Value>).set(key, value);
      }
      // A table for old readers says where the new one is; that one goes first (7.5.8.4).
      for (const key of ['XRefStm', 'Prev']) {
        const next = trailer.get(key);
        if (typeof next === 'number') waiting.push(next);
      }
    }
  }

  private readTable(at: number): Dictionary {
    if (at >= this.bytes.length) throw damaged();
    const tokens = new Tokens(this.bytes, at, this.budget);
    if (tokens.take('xref')) return this.readPlainTable(tokens);
    const stream = this.objectAt(at);
    if (!(stream instanceof Stream)) throw damaged();
    this.readTableStream(stream);
    return stream.dictionary;
  }

  private readPlainTable(tokens: Tokens): Dictionary {
    while (!tokens.take('trailer')) {
      const first = tokens.whole();
      const count = tokens.whole();
      for (let n = 0; n < count; n++) {
        this.budget.spend('tokens', 3);
        const at = tokens.whole();
        tokens.whole();
        const kind = tokens.word();
        if (kind === 'n') this.place(first + n, { at });
        else if (kind !== 'f') throw damaged();
      }
    }
    const trailer = tokens.value();
    if (!isDictionary(trailer)) throw damaged();
    return trailer;
  }

  /** 7.5.8 */
  private readTableStream({ dictionary, bytes: folded }: Stream): void {
    const bytes = unfold(new Stream(dictionary, folded), this.resolve, this.budget);
    const numbers = (value: Value | undefined): number[] =>
      isList(value) ? value.map((one) => (typeof one === 'number' ? one : 0)) : [];
    const widths = numbers(dictionary.get('W'));
    const [kindWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
    const row = kindWidth + secondWidth + thirdWidth;
    if (row <= 0 || row > 24 || widths.some((width) => width < 0)) throw damaged();
    const size = dictionary.get('Size');
    const index = dictionary.has('Index') ? numbers(dictionary.get('Index')) : [0, Number(size)];
    const field = (at: number, width: number, usual: number): number => {
      if (width === 0) return usual;
      let value = 0;
      for (let n = 0; n < width; n++) value = value * 256 + (bytes[at + n] ?? 0);
      return value;
    };
    let at = 0;
    for (let section = 0; section + 1 < index.length; section += 2) {
      const [first = 0, count = 0] = index.slice(section, section + 2);
      for (let n = 0; n < count && at + row <= bytes.length; n++, at += row) {
        this.budget.spend('tokens', 1);
        const kind = field(at, kindWidth, 1);
        const second = field(at + kindWidth, secondWidth, 0);
        const third = field(at + kindWidth + secondWidth, thirdWidth, 0);
        if (kind === 1) this.place(first + n, { at: second });
        else if (kind === 2) this.place(first + n, { inside: second, index: third });
      }
    }
  }

  /** The newest table is read first, so what is known stays. */
  private place(id: number, place: Place): void {
    if (this.places.size >= MOST_OBJECTS) throw damaged();
    if (!this.places.has(id)) this.places.set(id, place);
  }

  /** Goes through the whole file where its tables cannot be used. Throws NotDrawable. */
  private recover(): void {
    const found = this.allObjects();
    this.objects.clear();
    this.unfolded.clear();
    this.places.clear();
    for (const [id, place] of found) this.places.set(id, place);
    const trailers = this.trailers();
    const merged = new Map<string, Value>();
    for (const trailer of trailers) for (const [key, value] of trailer) merged.set(key, value);
    this.trailer = merged;
    if (!merged.has('Root')) merged.set('Root', this.findCatalogue());
    this.catalogue();
  }

  private trailers(): Dictionary[] {
    const text = latin1(this.bytes, 0, this.bytes.length);
    const found: Dictionary[] = [];
    for (
      let at = text.indexOf('trailer'), tried = 0;
      at >= 0 && tried < MOST_TABLES;
      at = text.indexOf('trailer', at + 7), tried++
    ) {
      try {
        const value = new Tokens(this.bytes, at + 7, this.budget).value();
        if (isDictionary(value)) found.push(value);
      } catch (error) {
        if (this.budget.remaining('tokens') < 0) throw error;
      }
    }
    return found;
  }

  private findCatalogue(): Ref {
    for (const id of [...this.places.keys()].reverse()) {
      const value = this.tried(id);
      if (!isDictionary(value) && !(value instanceof Stream)) continue;
      const dictionary = value instanceof Stream ? value.dictionary : value;
      // A table kept as a stream has the trailer's entries.
      const root = dictionary.get('Root');
      if (dictionary.has('Encrypt')) throw new NotDrawable(LOCKED);
      if (nameOf(dictionary.get('Type')) === 'XRef' && root instanceof Ref) return root;
      if (nameOf(dictionary.get('Type')) === 'Catalog') return new Ref(id);
    }
    throw damaged();
  }

  private tried(id: number): Value {
    try {
      return this.object(id);
    } catch (error) {
      if (this.budget.remaining('objects') < 0 || this.budget.remaining('tokens') < 0) throw error;
      return null;
    }
  }

  /** Every `12 0 obj` of the file; the last of a number counts. */
  private allObjects(): Map<number, Place> {
    if (this.searchedThrough !== undefined) return this.searchedThrough;
    this.budget.spend('searched', this.bytes.length);
    const found = new Map<number, Place>();
    this.searchedThrough = found;
    const text = latin1(this.bytes, 0, this.bytes.length);
    const streams: number[] = [];
    for (const match of text.matchAll(/(?<!\d)(\d{1,10})[ \t\r\n\0]{1,4}\d{1,5}[ \t\r\n\0]{1,4}obj/g)) {
      if (found.size >= MOST_OBJECTS) break;
      const id = Number(match[1]);
      found.set(id, { at: match.index });
      if (/\/ObjStm\b/.test(text.slice(match.index, match.index + 300))) streams.push(id);
    }
    for (const container of streams) {
      try {
        const { ids } = this.objectStream(container);
        ids.forEach((id, index) => {
          if (!found.has(id)) found.set(id, { inside: container, index });
        });
      } catch (error) {
        if (this.budget.remaining('unfolded') <= 0) throw error;
      }
    }
    return found;
  }
}
