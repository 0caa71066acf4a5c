/**
 * Values that must not stand in an address (an NHS number ends up in the logs of every proxy on the way), sealed so
 * that a link can carry them all the same. AES-256-GCM, RFC 5116; the key by HKDF, RFC 5869.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const PREFIX = 'sealed.';
const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

export interface Seal {
  /** Makes the text that stands in an address; it differs each time. */
  close(value: string): string;
  /** The value again; undefined when it was sealed by another service, or damaged. */
  open(sealed: string): string | undefined;
}

/** True for a text that `close` made. */
export const isSealed = (text: string): boolean => text.startsWith(PREFIX);

/** @param secret the same in every process that must open the seal; without one it holds until this process ends */
export function createSeal(secret?: string): Seal {
  const key = Buffer.from(
    hkdfSync('sha256', secret ?? randomBytes(32), '', 'redbag: values in FHIR search links', 32),
  );
  return {
    close(value) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      return PREFIX + Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url');
      if (bytes.length < NONCE + TAG) return undefined;
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), { authTagLength: TAG });
        decipher.setAuthTag(bytes.subarray(-TAG));
        const text = bytes.subarray(NONCE, -TAG);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
