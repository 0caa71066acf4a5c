/** Is a code in a value set? https://hl7.org/fhir/R4/terminologies.html#4.1 */
import type { CodeSystem, ValueSet } from '../definitions/model.js';
import { isObject } from '../plan/node.js';
import { isLanguageTag } from './language.js';
import { isUnit } from './ucum-units.js';

/** `unknown`: the part of the value set that this code belongs to cannot be enumerated here. */
export type Membership = 'in' | 'out' | 'unknown';

/** Systems that are grammars: every well-formed text is a code of theirs. */
const GRAMMARS: { readonly [system: string]: (code: string) => boolean } = {
  'urn:ietf:bcp:47': isLanguageTag,
  'http://unitsofmeasure.org': isUnit,
};

interface CodeSystems {
  codeSystem(url: string): CodeSystem | undefined;
}

interface Table {
  readonly open: boolean;
  readonly bySystem: ReadonlyMap<string, ReadonlySet<string> | null>;
}

const tables = new WeakMap<ValueSet, Table>();

function tableOf(valueSet: ValueSet): Table {
  let table = tables.get(valueSet);
  if (table === undefined) {
    const bySystem = new Map(
      valueSet.systems.map(({ system, codes }) => [system, codes === null ? null : new Set(codes)] as const),
    );
    table = { open: valueSet.open, bySystem };
    tables.set(valueSet, table);
  }
  return table;
}

/** Takes a system and a code (no system: that of a `code` element, which the value set implies). */
export function codeIn(
  system: string | undefined,
  code: string,
  valueSet: ValueSet,
  systems: CodeSystems,
): Membership {
  const { open, bySystem } = tableOf(valueSet);
  if (system !== undefined) {
    const codes = bySystem.get(system);
    if (codes === undefined) return open ? 'unknown' : 'out';
    if (codes === null) return byGrammar(system, code);
    if (codes.has(code)) return 'in';
    if (systems.codeSystem(system)?.caseSensitive === false && hasCaseless(codes, code)) return 'in';
    return open ? 'unknown' : 'out';
  }
  let unknown = open;
  for (const [url, codes] of bySystem) {
    if (codes === null) {
      const wellFormed = GRAMMARS[url]?.(code);
      if (wellFormed === true) return 'in';
      if (wellFormed === undefined) unknown = true;
    } else if (codes.has(code)) return 'in';
    else if (systems.codeSystem(url)?.caseSensitive === false && hasCaseless(codes, code)) return 'in';
  }
  return unknown ? 'unknown' : 'out';
}

/** Every well-formed text is a code of a grammar; of other systems that are not listed nothing is known. */
function byGrammar(system: string, code: string): Membership {
  const isWellFormed = GRAMMARS[system]?.(code);
  return isWellFormed === undefined ? 'unknown' : isWellFormed ? 'in' : 'out';
}

function hasCaseless(codes: ReadonlySet<string>, code: string): boolean {
  const lower = code.toLowerCase();
  for (const candidate of codes) if (candidate.toLowerCase() === lower) return true;
  return false;
}

/** Takes a code, a Coding or a CodeableConcept as JSON. Of a CodeableConcept one coding in the set suffices. */
export function membership(value: unknown, valueSet: ValueSet, systems: CodeSystems): Membership {
  if (typeof value === 'string') return codeIn(undefined, value, valueSet, systems);
  if (!isObject(value)) return 'out';
  if (Array.isArray(value['coding'])) {
    const found = value['coding'].map((coding) => membership(coding, valueSet, systems));
    return found.includes('in') ? 'in' : found.includes('unknown') ? 'unknown' : 'out';
  }
  if (typeof value['code'] !== 'string') return 'out';
  const system = typeof value['system'] === 'string' ? value['system'] : '';
  return codeIn(system, value['code'], valueSet, systems);
}
