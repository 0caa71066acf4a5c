/**
 * OperationDefinition: its profiles on Parameters say of each parameter what the definition says.
 * https://hl7.org/fhir/R4/operationdefinition-definitions.html#OperationDefinition.inputProfile
 */
import type { ElementDefinition } from '../definitions/model.js';
import { isObject, type JsonObject, type Node } from '../plan/node.js';
import { type Branch, treeOf } from '../profile/tree.js';
import { objectsOf, reporter } from './definition.js';
import type { Context, Rule } from './rule.js';

const report = reporter(
  'invalid',
  'https://hl7.org/fhir/R4/operationdefinition-definitions.html#OperationDefinition.inputProfile',
);
const ALLOWED_TYPE = 'http://hl7.org/fhir/StructureDefinition/operationdefinition-allowed-type';

export const operationDefinitionRule: Rule = (node, context) => {
  checkProfile(node, 'inputProfile', 'in', context);
  checkProfile(node, 'outputProfile', 'out', context);
};

function checkProfile(node: Node, name: string, use: string, context: Context): void {
  const claim = node.child(name);
  if (claim === undefined || typeof claim.value !== 'string') return;
  const profile = context.definitions.structure(claim.value);
  if (profile === undefined) {
    report(claim, context, 'operation-profile', `the profile ${claim.value.slice(0, 200)} is not loaded`);
    return;
  }
  if (profile.type !== 'Parameters') {
    report(
      claim,
      context,
      'operation-profile',
      `a profile of Parameters is due; found one of ${profile.type}`,
    );
    return;
  }
  const parameters = objectsOf(node.value, 'parameter').filter((one) => one['use'] === use);
  const slices = treeOf(profile)?.children.get('parameter')?.slices ?? [];
  const faults = slices.flatMap((slice) => contradictions(slice, parameters));
  if (faults.length > 0)
    report(claim, context, 'operation-profile', `it contradicts the parameters: ${faults.join('; ')}`);
}

/** What a slice of the profile says otherwise than the parameter of its name. */
function contradictions(slice: Branch, parameters: readonly JsonObject[]): string[] {
  const named = slice.children.get('name')?.definition;
  const name = named?.fixed ?? named?.pattern;
  const parameter = parameters.find((one) => one['name'] === name);
  if (parameter === undefined) return [];
  const { min, max } = slice.definition;
  const faults: string[] = [];
  const differ = (what: string, stated: unknown, profiled: unknown): void => {
    if (stated !== undefined && profiled !== undefined && stated !== profiled)
      faults.push(`${String(name)} has ${what} ${String(stated)}, in the profile ${String(profiled)}`);
  };
  differ('min', parameter['min'], min);
  differ('max', parameter['max'], max);
  const values = usedParts(slice).flatMap(({ type }) => type ?? []);
  const types = typesOf(parameter);
  if (values.length > 0 || types.length > 0)
    differ('the types', sorted(types), sorted(values.map(({ code }) => code)));
  const targets = list(parameter['targetProfile']);
  differ('the target profiles', sorted(targets), sorted(values.flatMap((type) => type.targetProfile ?? [])));
  return faults;
}

/** The parts of a parameter that its slice lets it have: with one that is mandatory the others are out. */
function usedParts(slice: Branch): ElementDefinition[] {
  const parts = ['value', 'resource', 'part'].flatMap((name) => {
    const found = slice.children.get(name) ?? slice.children.get(`${name}[x]`);
    return found === undefined ? [] : [{ name, definition: found.definition }];
  });
  return parts
    .filter(
      ({ name, definition }) =>
        name !== 'part' &&
        definition.max !== '0' &&
        !parts.some((other) => other.name !== name && (other.definition.min ?? 0) > 0),
    )
    .map(({ definition }) => definition);
}

/** The type of a parameter, or those that an extension allows for it. */
function typesOf(parameter: JsonObject): unknown[] {
  const allowed = objectsOf(parameter, 'extension').flatMap((extension) =>
    extension['url'] === ALLOWED_TYPE ? [extension['valueUri'] ?? extension['valueCode']] : [],
  );
  if (allowed.length > 0) return allowed;
  return parameter['type'] === undefined ? [] : [parameter['type']];
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value.filter((one) => !isObject(one)) : [];
}

function sorted(names: readonly unknown[]): string {
  return names.length === 0 ? '(none)' : [...new Set(names.map(String))].sort().join(', ');
}
