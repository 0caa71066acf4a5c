/** The stored form of a package: the documented, short list of normalisations that the round trip knows. */
import { isObject, type Json, type JsonObject } from '#src/mapping/json.js';

/**
 * Spaces of NHS numbers; the https:// variant of the SNOMED system. What was not understood (`asItStands`, by
 * pointer) is carried letter for letter.
 */
export function normalised(value: JsonObject, asItStands: ReadonlySet<string> = new Set()): JsonObject {
  return walk(value, '', '', asItStands) as JsonObject;
}

function walk(value: Json, name: string, pointer: string, asItStands: ReadonlySet<string>): Json {
  const inner = (v: Json, key: string | number, as: string): Json =>
    walk(v, as, `${pointer}/${key}`, asItStands);
  if (Array.isArray(value)) return value.map((v: Json, i) => inner(v, i, name));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, inner(v as Json, k, k)]));
  if (typeof value !== 'string' || asItStands.has(pointer)) return value;
  if (name === 'nhsNumber') return value.replaceAll(' ', '');
  if (name === 'system' && value === 'https://snomed.info/sct') return 'http://snomed.info/sct';
  return value;
}
