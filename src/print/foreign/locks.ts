/**
 * Opens PDFs that are encrypted without a password (ISO 32000-1, 7.6; ISO 32000-2, 7.6.4.3 for 256 bits): programs write
 * them so to forbid changes, and every reader opens them. What needs a password stays shut, and what forbids printing
 * is not printed.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { NotDrawable } from './budget.js';
import { type Dictionary, isDictionary, isList, Name, nameOf, Stream, Text, type Value } from './values.js';

const LOCKED = 'the PDF is locked with a password';
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
/** Bit 3 of the permissions (table 22). */
const MAY_PRINT = 4;

type Method = 'none' | 'rc4' | 'aes-128' | 'aes-256';
type Resolve = (value: Value | undefined) => Value;

/** Unlocks the values of one file. */
export class Key {
  private readonly key: Buffer;
  private readonly streams: Method;
  private readonly strings: Method;

  /**
   * @param encrypt the file's encryption dictionary
   * @param id the first part of the file's identifier
   * @throws NotDrawable when a password is needed, printing is forbidden, or the method is not a standard one
   */
  constructor(encrypt: Dictionary, id: Uint8Array, resolve: Resolve) {
    const number = (key: string, usual: number): number => {
      const value = resolve(encrypt.get(key));
      return typeof value === 'number' ? value : usual;
    };
    const [version, revision, permissions] = [number('V', 0), number('R', 0), number('P', 0) | 0];
    if (nameOf(resolve(encrypt.get('Filter'))) !== 'Standard') throw new NotDrawable(LOCKED);
    if (version === 1 || version === 2) this.streams = this.strings = 'rc4';
    else if (version === 4 || version === 5) {
      this.streams = methodOf(encrypt, 'StmF', resolve);
      this.strings = methodOf(encrypt, 'StrF', resolve);
    } else throw new NotDrawable(LOCKED);
    const text = (key: string): Buffer => {
      const value = resolve(encrypt.get(key));
      return Buffer.from(value instanceof Text ? value.bytes : []);
    };
    if (version === 5) this.key = newKey(text('U'), text('UE'), revision);
    else {
      const length =
        version === 1
          ? 5
          : Math.min(16, Math.max(5, Math.floor(number('Length', version === 4 ? 128 : 40) / 8)));
      const open = resolve(encrypt.get('EncryptMetadata')) !== false;
      this.key = oldKey({
        owner: text('O'),
        user: text('U'),
        id: Buffer.from(id),
        permissions,
        revision,
        length,
        open,
      });
    }
    if ((permissions & MAY_PRINT) === 0) throw new NotDrawable('the PDF forbids that it is printed');
  }

  /** The value of an object with all its texts, and its stream, unlocked. */
  unlock(value: Value, id: number, generation: number): Value {
    if (value instanceof Text) return new Text(this.bytes(value.bytes, this.strings, id, generation));
    if (value instanceof Stream) {
      const dictionary = this.unlock(value.dictionary, id, generation) as Dictionary;
      return new Stream(dictionary, this.bytes(value.bytes, this.methodOf(dictionary), id, generation));
    }
    if (isList(value)) return value.map((one) => this.unlock(one, id, generation));
    if (isDictionary(value))
      return new Map([...value].map(([key, inner]) => [key, this.unlock(inner, id, generation)]));
    return value;
  }

  /** A table of objects is never locked; a stream may name a way of its own (7.4.10). */
  private methodOf(dictionary: Dictionary): Method {
    if (nameOf(dictionary.get('Type')) === 'XRef') return 'none';
    const filter = dictionary.get('Filter');
    const first = isList(filter) ? filter[0] : filter;
    return first instanceof Name && first.value === 'Crypt' ? 'none' : this.streams;
  }

  private bytes(bytes: Uint8Array, method: Method, id: number, generation: number): Uint8Array {
    if (method === 'none') return bytes;
    if (method === 'aes-256') return aes(this.key, bytes);
    const salt = Buffer.from([id, id >> 8, id >> 16, generation, generation >> 8]);
    const more = method === 'aes-128' ? Buffer.from('sAlT', 'latin1') : Buffer.alloc(0);
    const own = md5(this.key, salt, more).subarray(0, Math.min(16, this.key.length + 5));
    return method === 'rc4' ? rc4(own, bytes) : aes(own, bytes);
  }
}

function methodOf(encrypt: Dictionary, use: 'StmF' | 'StrF', resolve: Resolve): Method {
  const name = nameOf(resolve(encrypt.get(use))) ?? 'Identity';
  if (name === 'Identity') return 'none';
  const filters = resolve(encrypt.get('CF'));
  const filter = isDictionary(filters) ? resolve(filters.get(name)) : null;
  const method = isDictionary(filter) ? nameOf(resolve(filter.get('CFM'))) : undefined;
  if (method === 'V2') return 'rc4';
  if (method === 'AESV2') return 'aes-128';
  if (method === 'AESV3') return 'aes-256';
  throw new NotDrawable(LOCKED);
}

interface OldLock {
  readonly owner: Buffer;
  readonly user: Buffer;
  readonly id: Buffer;
  readonly permissions: number;
  readonly revision: number;
  readonly length: number;
  /** Metadata is encrypted too. */
  readonly open: boolean;
}

/** 7.6.3.3, algorithm 2 with the empty password, proven by algorithm 4 or 5. */
function oldKey({ owner, user, id, permissions, revision, length, open }: OldLock): Buffer {
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(permissions);
  const last = revision >= 4 && !open ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let key = md5(PADDING, owner.subarray(0, 32), flags, id, last);
  if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key.subarray(0, length));
  key = key.subarray(0, length);
  let proof: Uint8Array;
  if (revision === 2) proof = rc4(key, PADDING);
  else {
    proof = rc4(key, md5(PADDING, id));
    for (let round = 1; round < 20; round++) proof = rc4(Buffer.from(key.map((byte) => byte ^ round)), proof);
  }
  if (!Buffer.from(proof.subarray(0, 16)).equals(user.subarray(0, 16))) throw new NotDrawable(LOCKED);
  return key;
}

/** ISO 32000-2, 7.6.4.3.3, algorithm 2.A with the empty password. */
function newKey(user: Buffer, wrapped: Buffer, revision: number): Buffer {
  const hash =
    revision >= 6 ? strongHash : (salt: Buffer): Buffer => createHash('sha256').update(salt).digest();
  if (user.length < 48 || wrapped.length < 32 || !hash(user.subarray(32, 40)).equals(user.subarray(0, 32)))
    throw new NotDrawable(LOCKED);
  const decipher = createDecipheriv('aes-256-cbc', hash(user.subarray(40, 48)), Buffer.alloc(16));
  decipher.setAutoPadding(false);
  return decipher.update(wrapped.subarray(0, 32));
}

/** ISO 32000-2, 7.6.4.3.4, algorithm 2.B with the empty password. */
function strongHash(salt: Buffer): Buffer {
  let key: Buffer = createHash('sha256').update(salt).digest();
  for (let round = 0; ; round++) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32));
    cipher.setAutoPadding(false);
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const sum = mixed.subarray(0, 16).reduce((total, byte) => total + byte, 0) % 3;
    key = createHash(['sha256', 'sha384', 'sha512'][sum] ?? 'sha256')
      .update(mixed)
      .digest();
    if (round >= 63 && (mixed.at(-1) ?? 0) <= round - 31) return key.subarray(0, 32);
  }
}

const md5 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The first sixteen bytes start the chain; a broken end costs the end alone. */
function aes(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const whole = bytes.length - (bytes.length % 16);
  if (whole < 32) return new Uint8Array(0);
  const decipher = createDecipheriv(
    key.length === 32 ? 'aes-256-cbc' : 'aes-128-cbc',
    key,
    bytes.subarray(0, 16),
  );
  decipher.setAutoPadding(false);
  const plain = decipher.update(bytes.subarray(16, whole));
  const padding = plain.at(-1) ?? 0;
  return padding >= 1 && padding <= 16 ? plain.subarray(0, plain.length - padding) : plain;
}

function rc4(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number): void => {
    const held = state[a] ?? 0;
    state[a] = state[b] ?? 0;
    state[b] = held;
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  const out = new Uint8Array(bytes.length);
  for (let n = 0, i = 0, j = 0; n < bytes.length; n++) {
    i = (i + 1) & 255;
    j = (j + (state[i] ?? 0)) & 255;
    swap(i, j);
    out[n] = (bytes[n] ?? 0) ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0);
  }
  return out;
}
