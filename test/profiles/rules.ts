/**
 * Every rule that our profiles add to base R4, read from profiles/compiled: what is stricter than the base in
 * cardinality, what is fixed, which types are left, and the invariants. Must-support flags bind nobody's instance.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { ElementDefinition, StructureDefinition } from 'fhir/r4';

export type Kind = 'min' | 'max' | 'fixed' | 'type' | 'invariant';

export interface Rule {
  /** Id of the profile, e.g. `RedBag-Patient`. */
  readonly profile: string;
  /** Id of the element in the profile's differential. */
  readonly element: string;
  readonly kind: Kind;
  /** Key of the invariant; of other kinds the kind. */
  readonly key: string;
}

const OURS = new URL('../../profiles/compiled/', import.meta.url);
const BASE = new URL('../../node_modules/hl7.fhir.r4.examples/', import.meta.url);

const read = (folder: URL, name: string): StructureDefinition =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as StructureDefinition;

/** A name that a person can find the rule by. */
export const nameOf = ({ profile, element, key }: Rule): string => `${profile} ${element} ${key}`;

/** Path of the element, as a validator reports it: the id without slice names. */
export const pathOf = ({ element }: Rule): string => element.replaceAll(/:[^.]+/g, '');

/** Ids of our profiles and extensions. */
export const profileIds = (): readonly string[] => definitions().map(({ id }) => String(id));

export function readRules(): Rule[] {
  return definitions().flatMap((definition) => {
    const base = new Map(
      read(BASE, `StructureDefinition-${definition.type}.json`).snapshot?.element.map((e) => [e.path, e]),
    );
    return (definition.differential?.element ?? []).flatMap((element) =>
      rulesOf(String(definition.id), element, base.get(element.path)),
    );
  });
}

function definitions(): StructureDefinition[] {
  return readdirSync(OURS)
    .filter((name) => name.startsWith('StructureDefinition-'))
    .sort()
    .map((name) => read(OURS, name));
}

const isNarrowed = ({ type, sliceName }: ElementDefinition, base?: ElementDefinition): boolean =>
  type !== undefined && sliceName === undefined && base?.type !== undefined && type.length < base.type.length;

function rulesOf(profile: string, element: ElementDefinition, base?: ElementDefinition): Rule[] {
  const rule = (kind: Kind, key: string = kind): Rule => ({
    profile,
    element: String(element.id),
    kind,
    key,
  });
  // An element of a data type is optional in the base; a slice may repeat as its element may.
  const max = base?.max ?? (element.sliceName === undefined ? '1' : '*');
  return [
    ...((element.min ?? 0) > (base?.min ?? 0) ? [rule('min')] : []),
    ...(element.max !== undefined && element.max !== max ? [rule('max')] : []),
    ...(Object.keys(element).some((k) => k.startsWith('fixed') || k.startsWith('pattern'))
      ? [rule('fixed')]
      : []),
    ...(isNarrowed(element, base) ? [rule('type')] : []),
    ...(element.constraint ?? []).map(({ key }) => rule('invariant', key)),
  ];
}
