/**
 * Takes values that cannot be used as what they claim to be out of a package, so that the rest can be: the values go
 * on as text, printed NOT UNDERSTOOD, and nothing reads them as an identifier, a code or a time. Where a value was
 * mandatory, the part that needed it goes along (an observation without its time is no observation), as far up as it
 * takes for the rest to be valid by the schema again.
 */
import { step } from '../mapping/json.js';
import type { SchemaCheck, SchemaFault } from './schema-issues.js';

export interface Carried {
  /** What is left: valid by the schema. Shares with the package what was not touched. */
  readonly clean: unknown;
  /** Pointers (into what was sent) of all that was taken out; none stands below another. */
  readonly removed: readonly string[];
  /** Pointers that could not be taken out, because the package is none without them. */
  readonly refused: readonly string[];
  /** Where a place in `clean` stands in what was sent: taking items out of lists moves the later ones. */
  toSent(pointer: string): string;
}

/**
 * @param sent the package; where there is nothing to take out, one that the schema accepts
 * @param pointers of the values to take out
 * @param check the schema that the rest must satisfy
 */
export function takeOut(sent: unknown, pointers: readonly string[], check: SchemaCheck): Carried {
  if (pointers.length === 0) return { clean: sent, removed: [], refused: [], toSent: (p) => p };
  /** What is taken out, with the pointers that caused it. */
  const causes = new Map<string, Set<string>>(pointers.map((p) => [p, new Set([p])]));
  const refused = new Set<string>();
  for (;;) {
    const cut = without(sent, new Set(causes.keys()));
    const wanting = check.faults(cut.clean);
    if (wanting.length === 0 && refused.size === 0) {
      return { clean: cut.clean, removed: topmost(causes.keys()), refused: [], toSent: cut.toSent };
    }
    let moved = false;
    for (const fault of wanting) {
      const { target, takenOut } = brokenBy(fault, cut);
      const below = [...causes.keys()].filter(takenOut);
      if (below.length === 0) continue; // a fault that taking out did not make
      const why = new Set(below.flatMap((p) => [...(causes.get(p) ?? [])]));
      for (const p of below) causes.delete(p);
      if (target === '') for (const cause of why) refused.add(cause);
      else causes.set(target, why);
      moved = true;
    }
    if (!moved) {
      const all = [...causes.values()].flatMap((c) => [...c]);
      return { clean: sent, removed: [], refused: refused.size > 0 ? [...refused] : all, toSent: (p) => p };
    }
  }
}

function topmost(pointers: Iterable<string>): string[] {
  const all = [...pointers];
  return all.filter((p) => !all.some((other) => p.startsWith(`${other}/`)));
}

/** The smallest part that cannot stay as it is, and what of it was taken out to make it so. */
function brokenBy(fault: SchemaFault, cut: Cut): { target: string; takenOut: (pointer: string) => boolean } {
  if (fault.code !== 'missing-field') {
    const target = cut.toSent(fault.pointer);
    return { target, takenOut: (pointer) => pointer.startsWith(`${target}/`) };
  }
  const end = fault.pointer.lastIndexOf('/');
  const target = cut.toSent(fault.pointer.slice(0, end));
  const missing = target + fault.pointer.slice(end);
  return { target, takenOut: (pointer) => pointer === missing };
}

interface Cut {
  readonly clean: unknown;
  toSent(pointer: string): string;
}

function without(sent: unknown, removed: ReadonlySet<string>): Cut {
  const above = new Set<string>();
  for (const pointer of removed) {
    for (let at = pointer; at !== ''; ) {
      at = at.slice(0, at.lastIndexOf('/'));
      above.add(at);
    }
  }
  /** Of each list that lost items: where the remaining ones stood. */
  const places = new WeakMap<object, number[]>();
  const copy = (value: unknown, pointer: string): unknown => {
    if (!above.has(pointer) || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const kept = [...value.keys()].filter((i) => !removed.has(pointer + step(i)));
      const items = kept.map((i) => copy(value[i], pointer + step(i)));
      places.set(items, kept);
      return items;
    }
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !removed.has(pointer + step(name)))
        .map(([name, member]) => [name, copy(member, pointer + step(name))]),
    );
  };
  const clean = copy(sent, '');
  const toSent = (pointer: string): string => {
    let at: unknown = clean;
    let original = '';
    for (const token of pointer.split('/').slice(1)) {
      const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
      const index = Array.isArray(at) ? places.get(at)?.[Number(name)] : undefined;
      original += index === undefined ? `/${token}` : step(index);
      at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
    }
    return original;
  };
  return { clean, toSent };
}

/** The value at a JSON Pointer, or undefined when there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  let at = root;
  for (const token of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[token.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return at;
}
