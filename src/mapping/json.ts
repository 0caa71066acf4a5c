/** Plain JSON values, as they come from JSON.parse (no null: the intake refuses it). */
export type Json = string | number | boolean | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One step of a JSON Pointer, escaped (RFC 6901). */
export const step = (name: string | number): string =>
  typeof name === 'number' || !SPECIAL.test(name)
    ? `/${name}`
    : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const SPECIAL = /[~/]/;

/** Names of a dotted path. Paths are written in bindings, so there are not many. */
function namesOf(path: string): readonly string[] {
  const known = names.get(path);
  if (known !== undefined) return known;
  const split = path.split('.');
  if (names.size < PATHS_KEPT) names.set(path, split);
  return split;
}

const names = new Map<string, readonly string[]>();
const PATHS_KEPT = 10_000;

/** Value at a dotted path of members (`a.b`); '' is the value itself. */
export function member(value: Json | undefined, path: string): Json | undefined {
  if (path === '') return value;
  let at: Json | undefined = value;
  for (const name of namesOf(path)) at = isObject(at) ? at[name] : undefined;
  return at;
}

/** JSON Pointer of a dotted path below `pointer`. */
export const below = (pointer: string, path: string): string =>
  path === '' ? pointer : pointer + namesOf(path).map(step).join('');

/** Every primitive of a value with its JSON Pointer, in document order. */
export function* leaves(value: Json | undefined, pointer = ''): Generator<[pointer: string, value: Json]> {
  if (value === undefined) return;
  if (Array.isArray(value)) for (const [i, v] of value.entries()) yield* leaves(v, pointer + step(i));
  else if (isObject(value)) for (const [k, v] of Object.entries(value)) yield* leaves(v, pointer + step(k));
  else yield [pointer, value];
}

/** Same JSON content: member order does not count, order in arrays does. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((v, i) => sameJson(v, b[i]));
  if (!isObject(a)) return Object.is(a, b) || (a === 0 && b === 0);
  if (!isObject(b)) return false;
  const names = Object.keys(a).filter((k) => a[k] !== undefined);
  return (
    names.length === Object.keys(b).filter((k) => b[k] !== undefined).length &&
    names.every((k) => Object.hasOwn(b, k) && sameJson(a[k], b[k]))
  );
}
