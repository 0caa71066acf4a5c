/** The stored form of a package: the documented, short list of normalisations that the round trip knows. */
import { isObject, type Json, type JsonObject } from '#src/mapping/json.js';

/** Spaces of NHS numbers; the https:// variant of the SNOMED system. */
export function normalised(value: JsonObject): JsonObject {
  return walk(value, '') as JsonObject;
}

function walk(value: Json, name: string): Json {
  if (Array.isArray(value)) return value.map((v: Json) => walk(v, name));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v as Json, k)]));
  if (typeof value !== 'string') return value;
  if (name === 'nhsNumber') return value.replaceAll(' ', '');
  if (name === 'system' && value === 'https://snomed.info/sct') return 'http://snomed.info/sct';
  return value;
}
