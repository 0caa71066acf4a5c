/**
 * A PDF 1.7 file in the making (ISO 32000-1, 7.5): numbered objects, the small ones packed together and compressed
 * (7.5.7), the cross-reference as a stream (7.5.8). Written here and not by a library because a chart has thousands of
 * small objects: to make each of them known one by one costs more than everything that stands on the page.
 */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** Where an object stands: at a byte of the file, or packed in another object. */
interface Place {
  readonly kind: 1 | 2;
  readonly at: number;
  readonly index: number;
}

/** Bytes of a row of the cross-reference. */
const ROW = 7;
const FREE = { kind: 0, at: 0, index: 0xffff } as const;
const STREAM_END = Buffer.from('\nendstream\nendobj\n', 'latin1');
const HEAD = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');
/** Readers unpack a whole stream to get at one of its objects. */
const PACKED_TOGETHER = 500;
/** Half the time of the usual level, for a twentieth more bytes. */
const DEFLATE = { level: 3 } as const;

/** Compresses what is made for one document. */
export function deflated(content: string): Uint8Array {
  return deflateSync(Buffer.from(content, 'latin1'), DEFLATE);
}

/** A text as a PDF string (7.9.2.2). */
export function textString(text: string): string {
  const bytes = /^[\x20-\x7e\n]*$/.test(text)
    ? text
    : Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('latin1');
  return `(${bytes.replace(/[\\()\r]/g, (character) => (character === '\r' ? '\\r' : `\\${character}`))})`;
}

/** An instant as a PDF date (7.9.4). */
export function dateString(date: Date): string {
  return `(D:${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z)`;
}

export class PdfFile {
  private readonly chunks: Uint8Array[] = [HEAD];
  private length = HEAD.length;
  private readonly places: (Place | undefined)[] = [undefined];
  private packed: { readonly id: number; readonly body: string }[] = [];

  /** Numbers for objects to be written later; the first of them. */
  reserve(count = 1): number {
    const first = this.places.length;
    for (let index = 0; index < count; index++) this.places.push(undefined);
    return first;
  }

  /** Writes an object that is no stream; a character of `body` is a byte. */
  put(id: number, body: string): void {
    this.packed.push({ id, body });
    if (this.packed.length === PACKED_TOGETHER) this.pack();
  }

  /** The same under a new number, which it gives. */
  add(body: string): number {
    const id = this.reserve();
    this.put(id, body);
    return id;
  }

  /** Writes a stream; `dictionary` are the entries other than its length. */
  putStream(id: number, dictionary: string, data: Uint8Array): void {
    this.places[id] = { kind: 1, at: this.length, index: 0 };
    this.write(
      Buffer.from(`${id} 0 obj\n<<${dictionary}/Length ${data.length}>>\nstream\n`, 'latin1'),
      data,
      STREAM_END,
    );
  }

  /** The same under a new number, which it gives. */
  addStream(dictionary: string, data: Uint8Array): number {
    const id = this.reserve();
    this.putStream(id, dictionary, data);
    return id;
  }

  /**
   * Closes the file.
   * @param root number of the catalogue
   * @param info number of the information dictionary
   * @throws Error when a number was given out and nothing written under it
   */
  finish(root: number, info: number): Uint8Array {
    if (this.packed.length > 0) this.pack();
    const own = this.reserve();
    const start = this.length;
    this.places[own] = { kind: 1, at: start, index: 0 };
    const hash = createHash('sha256');
    for (const chunk of this.chunks) hash.update(chunk);
    const name = hash.digest('hex').slice(0, 32);
    this.putStream(
      own,
      `/Type/XRef/Size ${this.places.length}/Root ${root} 0 R/Info ${info} 0 R/ID[<${name}><${name}>]` +
        `/W[1 4 2]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns ${ROW}>>`,
      deflateSync(this.crossReference(), DEFLATE),
    );
    this.write(Buffer.from(`startxref\n${start}\n%%EOF\n`, 'latin1'));
    return new Uint8Array(Buffer.concat(this.chunks, this.length));
  }

  private pack(): void {
    const id = this.reserve();
    let offset = 0;
    let numbers = '';
    let bodies = '';
    this.packed.forEach((object, index) => {
      this.places[object.id] = { kind: 2, at: id, index };
      numbers += `${object.id} ${offset} `;
      bodies += `${object.body}\n`;
      offset += object.body.length + 1;
    });
    const entries = `/Type/ObjStm/N ${this.packed.length}/First ${numbers.length}/Filter/FlateDecode`;
    this.packed = [];
    this.putStream(id, entries, deflated(numbers + bodies));
  }

  /** A row for each object, each told as its difference from the row above it (PNG's filter "up"). */
  private crossReference(): Uint8Array {
    const rows = new Uint8Array(this.places.length * (ROW + 1));
    const above = new Uint8Array(ROW);
    this.places.forEach((place, id) => {
      if (place === undefined && id > 0) throw new Error('an object of the file was not written');
      const { kind, at, index } = place ?? FREE;
      const row = [kind, at >>> 24, at >>> 16, at >>> 8, at, index >>> 8, index];
      const start = id * (ROW + 1);
      rows[start] = 2;
      for (let column = 0; column < ROW; column++) {
        const byte = (row[column] ?? 0) & 0xff;
        rows[start + 1 + column] = byte - (above[column] ?? 0);
        above[column] = byte;
      }
    });
    return rows;
  }

  private write(...chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) {
      this.chunks.push(chunk);
      this.length += chunk.length;
    }
  }
}
