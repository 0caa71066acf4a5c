/**
 * How much there is to draw where pictures are drawn with pictures (ISO 32000-1, 8.10): twelve of them, each drawing
 * the next ten times, are a few hundred bytes here and hours of work for the reader on the ward.
 */
import { Budget, NotDrawable } from './budget.js';
import type { ForeignFile } from './file.js';
import { unfold } from './filters.js';
import { type Dictionary, isDictionary, nameOf, Ref, Stream, type Value } from './values.js';

/** Bytes of operators that are gone through to draw one page. */
const MOST_DRAWN = 200_000_000;
const DRAWS = /\/([^\s\0/<>[\](){}%]+)[\s\0]+Do(?![^\s\0/<>[\](){}%])/g;

/** Throws NotDrawable when drawing would not end, or not soon. */
export function refuseNesting(file: ForeignFile, content: Uint8Array, resources: Dictionary): void {
  new Weigher(file).check(content, resources);
}

class Weigher {
  private readonly file: ForeignFile;
  private readonly known = new Map<number, number>();
  private readonly open = new Set<number>();

  constructor(file: ForeignFile) {
    this.file = file;
  }

  check(content: Uint8Array, resources: Dictionary): void {
    if (this.weigh(content, resources) > MOST_DRAWN) throw Budget.exceeded();
  }

  private weigh(content: Uint8Array, resources: Dictionary): number {
    const named = this.file.resolve(resources.get('XObject'));
    if (!isDictionary(named)) return content.length;
    const times = new Map<string, number>();
    for (const [, name = ''] of Buffer.from(content).toString('latin1').matchAll(DRAWS)) {
      times.set(name, (times.get(name) ?? 0) + 1);
    }
    let weight = content.length;
    for (const [name, count] of times) {
      const plain = name.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
      weight += count * this.weightOf(named.get(plain), resources);
    }
    return weight;
  }

  private weightOf(value: Value | undefined, outer: Dictionary): number {
    const id = value instanceof Ref ? value.id : undefined;
    const known = id === undefined ? undefined : this.known.get(id);
    if (known !== undefined) return known;
    const stream = this.file.resolve(value);
    if (!(stream instanceof Stream)) return 0;
    if (nameOf(this.file.resolve(stream.dictionary.get('Subtype'))) !== 'Form') return 1;
    if (id !== undefined && this.open.has(id)) throw new NotDrawable('what it is drawn with contains itself');
    if (id !== undefined) this.open.add(id);
    // A form without resources of its own uses those of what draws it.
    const resources = this.file.dictionary(stream.dictionary.get('Resources')) ?? outer;
    const weight = this.weigh(unfold(stream, this.file.resolve, this.file.budget), resources);
    if (id !== undefined) {
      this.open.delete(id);
      this.known.set(id, weight);
    }
    return weight;
  }
}
