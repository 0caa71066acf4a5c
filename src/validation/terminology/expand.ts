/**
 * Turns a ValueSet into a table of codes as far as the loaded code systems allow.
 * https://hl7.org/fhir/R4/valueset.html#expansion
 */
import type { ValueSet as FhirValueSet, ValueSetComposeInclude, ValueSetExpansionContains } from 'fhir/r4';
import type { CodeSystem, ValueSet } from '../definitions/model.js';

/** What expansion needs from the loaded definitions. */
export interface Sources {
  codeSystem(url: string): CodeSystem | undefined;
  valueSet(url: string): ValueSet | undefined;
}

/** system → codes, or null where that system's part cannot be enumerated. */
type Table = Map<string, Set<string> | null>;
interface Part {
  readonly table: Table;
  readonly open: boolean;
}

/** Takes a ValueSet with a compose or an expansion, gives the table of its codes. */
export function expand(valueSet: FhirValueSet, sources: Sources): ValueSet {
  const name = valueSet.title ?? valueSet.name ?? valueSet.url ?? '';
  const composed = compose(valueSet, sources);
  const enumerable = composed !== undefined && !composed.open && ![...composed.table.values()].includes(null);
  if (valueSet.expansion !== undefined && !enumerable) {
    const table: Table = new Map();
    flatten(valueSet.expansion.contains ?? [], table);
    const complete = valueSet.expansion.total === undefined || valueSet.expansion.total <= count(table);
    return {
      ...toValueSet(valueSet.url ?? '', name, { table, open: !complete }),
      ...(composed?.table ? { dated: true } : {}),
    };
  }
  return toValueSet(valueSet.url ?? '', name, composed ?? { table: new Map(), open: true });
}

/** Takes a published expansion (no filters left to run) and gives its table. */
export function fromExpansion(valueSet: FhirValueSet): ValueSet {
  const table: Table = new Map();
  flatten(valueSet.expansion?.contains ?? [], table);
  return toValueSet(valueSet.url ?? '', valueSet.title ?? valueSet.name ?? '', { table, open: false });
}

function toValueSet(url: string, name: string, part: Part): ValueSet {
  return {
    url,
    name,
    open: part.open,
    systems: [...part.table].map(([system, codes]) => ({
      system,
      codes: codes === null ? null : [...codes],
    })),
  };
}

function count(table: Table): number {
  return [...table.values()].reduce((total, codes) => total + (codes?.size ?? 0), 0);
}

function flatten(contains: readonly ValueSetExpansionContains[], table: Table): void {
  for (const item of contains) {
    if (item.code !== undefined && item.abstract !== true) add(table, item.system ?? '', item.code);
    flatten(item.contains ?? [], table);
  }
}

function add(table: Table, system: string, code: string): void {
  const codes = table.get(system);
  if (codes === undefined) table.set(system, new Set([code]));
  else codes?.add(code);
}

function compose(valueSet: FhirValueSet, sources: Sources): Part | undefined {
  if (valueSet.compose === undefined) return undefined;
  const table: Table = new Map();
  let open = false;
  for (const include of valueSet.compose.include) {
    const part = includePart(include, sources);
    open ||= part.open;
    for (const [system, codes] of part.table) merge(table, system, codes);
  }
  for (const exclude of valueSet.compose.exclude ?? []) {
    for (const [system, codes] of includePart(exclude, sources).table) {
      const kept = table.get(system);
      if (codes === null) table.set(system, null);
      else for (const code of codes) kept?.delete(code);
    }
  }
  return { table, open };
}

function merge(table: Table, system: string, codes: Set<string> | null): void {
  const present = table.get(system);
  if (codes === null || present === null) table.set(system, null);
  else table.set(system, new Set([...(present ?? []), ...codes]));
}

/** An include with a system and value sets means the intersection of them all. */
function includePart(include: ValueSetComposeInclude, sources: Sources): Part {
  const parts: Part[] = [];
  if (include.system !== undefined) {
    parts.push({
      table: new Map([[include.system, systemCodes(include, include.system, sources)]]),
      open: false,
    });
  }
  for (const canonical of include.valueSet ?? []) parts.push(imported(canonical, sources));
  return parts.reduce(intersect, undefined as Part | undefined) ?? { table: new Map(), open: true };
}

function imported(canonical: string, sources: Sources): Part {
  const valueSet = sources.valueSet(canonical);
  if (valueSet === undefined) return { table: new Map(), open: true };
  const table: Table = new Map(
    valueSet.systems.map(({ system, codes }) => [system, codes === null ? null : new Set(codes)]),
  );
  return { table, open: valueSet.open };
}

function intersect(left: Part | undefined, right: Part): Part {
  if (left === undefined) return right;
  if (left.open) return right.open ? { table: right.table, open: true } : right;
  if (right.open) return left;
  const table: Table = new Map();
  for (const [system, codes] of left.table) {
    const others = right.table.get(system);
    if (others === undefined) continue;
    if (codes === null) table.set(system, others);
    else table.set(system, others === null ? codes : new Set([...codes].filter((code) => others.has(code))));
  }
  return { table, open: false };
}

function systemCodes(include: ValueSetComposeInclude, system: string, sources: Sources): Set<string> | null {
  if (include.concept !== undefined) return new Set(include.concept.map(({ code }) => code));
  const codeSystem = sources.codeSystem(system);
  if (codeSystem === undefined || codeSystem.content !== 'complete') return null;
  let codes = new Set(codeSystem.concepts.map(([code]) => code as string));
  for (const filter of include.filter ?? []) {
    const kept = filtered(codeSystem, filter);
    if (kept === null) return null;
    codes = new Set([...codes].filter((code) => kept.has(code)));
  }
  return codes;
}

type Filter = NonNullable<ValueSetComposeInclude['filter']>[number];

function filtered(system: CodeSystem, filter: Filter): Set<string> | null {
  const { op, property, value } = filter;
  if (property === 'concept' || property === 'code') {
    if (op === 'is-a') return descendants(system, value).add(value);
    if (op === 'descendent-of') return descendants(system, value);
    if (op === 'in') return new Set(value.split(','));
    if (op === '=') return new Set([value]);
    if (op === 'is-not-a') {
      const below = descendants(system, value).add(value);
      return new Set(system.concepts.map(([code]) => code as string).filter((code) => !below.has(code)));
    }
  }
  return null;
}

function descendants(system: CodeSystem, ancestor: string): Set<string> {
  const children = new Map<string, string[]>();
  for (const [code, , ...parents] of system.concepts) {
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), code as string]);
  }
  const found = new Set<string>();
  const queue = [...(children.get(ancestor) ?? [])];
  for (let code = queue.pop(); code !== undefined; code = queue.pop()) {
    if (found.has(code)) continue;
    found.add(code);
    queue.push(...(children.get(code) ?? []));
  }
  return found;
}
