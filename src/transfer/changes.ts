/** What a version changed, in words: page one of a version that supersedes says it first (domain AT-51). */
import { isObject, type Json, type JsonObject, sameJson } from '../mapping/json.js';
import { type FormSchema, isArraySchema, isObjectSchema } from '../mapping/schema.js';

/** Gives one line for each part that differs (the time at which it was made always does, and is not said), named by the titles of the schema down to the group that holds the change. */
export function changesSince(schema: FormSchema, before: JsonObject, after: JsonObject): string[] {
  return compare(schema, { ...before, createdAt: after['createdAt'] }, after, []);
}

const DEPTH = 3;

function compare(
  schema: FormSchema,
  before: Json | undefined,
  after: Json | undefined,
  around: readonly string[],
): string[] {
  if (sameJson(before, after)) return [];
  const name = around.join(', ');
  if (before === undefined) return [`${name}: added`];
  if (after === undefined) return [`${name}: taken out`];
  if (isObjectSchema(schema) && isObject(before) && isObject(after) && around.length < DEPTH) {
    return Object.entries(schema.properties).flatMap(([k, inner]) =>
      compare(inner, before[k], after[k], [...around, inner.title]),
    );
  }
  if (
    isArraySchema(schema) &&
    Array.isArray(before) &&
    Array.isArray(after) &&
    before.length !== after.length
  ) {
    return [`${name}: changed, ${before.length} before, ${after.length} now`];
  }
  return [`${name}: changed`];
}
