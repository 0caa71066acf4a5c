/**
 * Texts as the store keeps them: packed (gzip), because a document is nine parts repetition, and what is written is
 * what a commit costs. They come back as the very bytes that were made. https://www.rfc-editor.org/rfc/rfc1952
 */
import { promisify } from 'node:util';
import { constants, gunzip, gzipSync, type ZlibOptions } from 'node:zlib';

const unzip = promisify<Buffer, ZlibOptions, Buffer>(gunzip);

/** Below this there is nothing to gain. */
const WORTH_IT = 512;

/** Takes a text; gives the bytes to keep, which say themselves whether they are packed. */
export function pack(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length < WORTH_IT) return bytes;
  return gzipSync(bytes, { level: constants.Z_BEST_SPEED });
}

/** What kept bytes were made of; of a text that an older version kept as it is, that text in UTF-8. */
export async function unpackBytes(kept: Uint8Array | string): Promise<Buffer> {
  if (typeof kept === 'string') return Buffer.from(kept);
  const bytes = Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength);
  // No JSON begins so.
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return packed ? unzip(bytes, { chunkSize: sizeOf(bytes) }) : bytes;
}

/** The text of kept bytes. */
export const unpack = async (kept: Uint8Array | string): Promise<string> =>
  typeof kept === 'string' ? kept : (await unpackBytes(kept)).toString('utf8');

/** Bytes that come out, by the last four of what was packed: in one piece it takes one turn of the event loop. */
const sizeOf = (packed: Buffer): number =>
  Math.min(Math.max(packed.readUInt32LE(packed.length - 4), SMALLEST_PIECE), LARGEST_PIECE);
const SMALLEST_PIECE = 1024;
const LARGEST_PIECE = 8 * 1024 * 1024;
