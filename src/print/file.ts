/**
 * A PDF 1.7 file in the making (ISO 32000-1, 7.5): numbered objects, the small ones packed together and compressed
 * (7.5.7), the cross-reference as a stream (7.5.8). Written here and not by a library because a chart has thousands of
 * small objects: to make each of them known one by one costs more than everything that stands on the page.
 */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { Bytes } from './bytes.js';

/** Bytes of a row of the cross-reference. */
const ROW = 7;
/** How the cross-reference calls what an object is: not there, at a byte of the file, packed in another object. */
const KIND = { free: 0, plain: 1, packed: 2 } as const;
const STREAM_END = Buffer.from('\nendstream\nendobj\n', 'latin1');
const HEAD = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');
/** Readers unpack a whole stream to get at one of its objects. */
const PACKED_TOGETHER = 500;
/** Half the time of the usual level, for a twentieth more bytes. */
const DEFLATE = { level: 3 } as const;

/** Compresses what is made for one document; a character of a text is a byte. */
export function deflated(content: string | Uint8Array): Uint8Array {
  return deflateSync(typeof content === 'string' ? Buffer.from(content, 'latin1') : content, DEFLATE);
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
  /** For each object what it is, and where: a byte of the file, or the number of a pack and its place there. */
  private readonly kinds: number[] = [KIND.free];
  private readonly places: number[] = [0];
  private readonly indexes: number[] = [0xffff];
  /** The pack that is open: numbers and offsets of what is in it, and its objects. */
  private packId = 0;
  private packCount = 0;
  private readonly packHead = new Bytes();
  private readonly packBody = new Bytes();

  /** Numbers for objects to be written later; the first of them. */
  reserve(count = 1): number {
    const first = this.kinds.length;
    for (let index = 0; index < count; index++) {
      this.kinds.push(KIND.free);
      this.places.push(0);
      this.indexes.push(0);
    }
    return first;
  }

  /** Writes an object that is no stream; a character of `body` is a byte. */
  put(id: number, body: string): void {
    this.begin(id).text(body);
  }

  /** The same bit by bit: what is written to the answer, up to the next object, is the object. */
  begin(id: number): Bytes {
    if (this.packCount === PACKED_TOGETHER) this.pack();
    if (this.packId === 0) this.packId = this.reserve();
    this.kinds[id] = KIND.packed;
    this.places[id] = this.packId;
    this.indexes[id] = this.packCount++;
    this.packBody.text('\n');
    this.packHead.integer(id).text(' ').integer(this.packBody.length).text(' ');
    return this.packBody;
  }

  /** The same under a new number, which it gives. */
  add(body: string): number {
    const id = this.reserve();
    this.put(id, body);
    return id;
  }

  /** Writes a stream; `dictionary` are the entries other than its length. */
  putStream(id: number, dictionary: string, data: Uint8Array): void {
    this.kinds[id] = KIND.plain;
    this.places[id] = this.length;
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
    if (this.packId !== 0) this.pack();
    this.packHead.release();
    this.packBody.release();
    const own = this.reserve();
    const start = this.length;
    this.kinds[own] = KIND.plain;
    this.places[own] = start;
    const hash = createHash('sha256');
    for (const chunk of this.chunks) hash.update(chunk);
    const name = hash.digest('hex').slice(0, 32);
    this.putStream(
      own,
      `/Type/XRef/Size ${this.kinds.length}/Root ${root} 0 R/Info ${info} 0 R/ID[<${name}><${name}>]` +
        `/W[1 4 2]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns ${ROW}>>`,
      deflateSync(this.crossReference(), DEFLATE),
    );
    this.write(Buffer.from(`startxref\n${start}\n%%EOF\n`, 'latin1'));
    return new Uint8Array(Buffer.concat(this.chunks, this.length));
  }

  private pack(): void {
    const { packId, packCount, packHead, packBody } = this;
    const entries = `/Type/ObjStm/N ${packCount}/First ${packHead.length}/Filter/FlateDecode`;
    this.packId = 0;
    this.packCount = 0;
    this.putStream(packId, entries, deflated(packHead.append(packBody).view()));
    packHead.clear();
    packBody.clear();
  }

  /** A row for each object, each told as its difference from the row above it (PNG's filter "up"). */
  private crossReference(): Uint8Array {
    const rows = new Uint8Array(this.kinds.length * (ROW + 1));
    const above = new Uint8Array(ROW);
    this.kinds.forEach((kind, id) => {
      if (kind === KIND.free && id > 0) throw new Error('an object of the file was not written');
      const at = this.places[id] ?? 0;
      const index = this.indexes[id] ?? 0;
      const start = id * (ROW + 1);
      rows[start] = 2;
      let column = 0;
      const tell = (byte: number): void => {
        rows[start + 1 + column] = byte - (above[column] ?? 0);
        above[column++] = byte;
      };
      tell(kind);
      for (let shift = 24; shift >= 0; shift -= 8) tell((at >>> shift) & 0xff);
      tell(index >>> 8);
      tell(index & 0xff);
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
