import { createHash } from 'node:crypto';
import { isObject, type Json } from '../mapping/json.js';

/** One text for one JSON content: member order does not count. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, v]) => v !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v as Json)}`).join(',')}}`;
}

/** SHA-256 (hex) of the content: two packages with equal content have the same. */
export const contentHash = (value: Json): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');
