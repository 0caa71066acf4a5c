import { hash } from 'node:crypto';

/**
 * Name-based UUID, version 5 (SHA-1), https://www.rfc-editor.org/rfc/rfc9562#section-5.5
 * Takes the namespace UUID and a name; the same two always give the same UUID.
 */
export function uuid5(namespace: string, name: string): string {
  const input = Buffer.allocUnsafe(NAMESPACE_BYTES + Buffer.byteLength(name, 'utf8'));
  input.write(namespace.replaceAll('-', ''), 0, 'hex');
  input.write(name, NAMESPACE_BYTES, 'utf8');
  const hex = hash('sha1', input, 'hex');
  // The version in place of one digit, the variant in place of two bits of another.
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const NAMESPACE_BYTES = 16;
