/** The codes of a code system, indexed once. */
import type { CodeSystem } from '../definitions/model.js';

const sets = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

/** Each code, in lower case where case does not matter, with its concept (`[code, display, ...parents]`). */
export function codesOf(system: CodeSystem): ReadonlyMap<string, readonly string[]> {
  let codes = sets.get(system);
  if (codes === undefined) {
    codes = new Map(system.concepts.map((concept) => [keyOf(system, concept[0] as string), concept]));
    sets.set(system, codes);
  }
  return codes;
}

/** The concept of a code; undefined where the system does not list it. */
export function conceptOf(system: CodeSystem, code: string): readonly string[] | undefined {
  return codesOf(system).get(keyOf(system, code));
}

function keyOf({ caseSensitive }: CodeSystem, code: string): string {
  return caseSensitive ? code : code.toLowerCase();
}
