/** StructureDefinition as an instance: a snapshot can be made of it. https://hl7.org/fhir/R4/structuredefinition.html */
import type { StructureDefinition } from 'fhir/r4';
import { compactStructure } from '../definitions/compact.js';
import type { Structure } from '../definitions/model.js';
import { generateSnapshot } from '../definitions/snapshot.js';
import type { Node } from '../plan/node.js';
import { reporter, textOf } from './definition.js';
import { checkElementDefinition } from './element-definition.js';
import type { Context, Rule } from './rule.js';

const report = reporter('invalid', 'https://hl7.org/fhir/R4/profiling.html#snapshot');

export const structureDefinitionRule: Rule = (node, context) => {
  checkContexts(node, context);
  const base = textOf(node, 'baseDefinition');
  const kind = textOf(node, 'kind');
  if (base === undefined || kind === 'logical' || textOf(node, 'derivation') !== 'constraint') return;
  const parent = parentOf(base, context);
  if (parent === undefined) {
    const message = `the base ${base.slice(0, 200)} is not loaded or cannot be used: the differential is not checked`;
    report(node, context, 'structure-base', message, 'warning');
    return;
  }
  const type = textOf(node, 'type');
  if (type !== undefined && type !== parent.type && !parent.abstract) {
    report(node, context, 'structure-type', `the type is ${type}, but the base's is ${parent.type}`);
    return;
  }
  if (kind !== undefined && kind !== parent.kind && !parent.abstract)
    report(node, context, 'structure-kind', `the kind is ${kind}, but the base's is ${parent.kind}`);
  const elements = node.child('differential')?.named('element') ?? [];
  for (const element of elements) checkElementDefinition(element, parent, context);
  if (node.child('snapshot') === undefined) checkSnapshot(node, elements, context);
};

function parentOf(canonical: string, { definitions }: Context): Structure | undefined {
  try {
    return definitions.structure(canonical);
  } catch {
    return undefined;
  }
}

/** Only extensions have contexts; one that may stand on every element is seldom meant so. */
function checkContexts(node: Node, context: Context): void {
  const type = textOf(node, 'type');
  const [first] = node.named('context');
  if (type !== 'Extension') {
    if (first !== undefined && type !== undefined)
      report(first, context, 'extension-context', `only an extension has contexts; this is for ${type}`);
    return;
  }
  for (const place of node.named('context')) {
    if (textOf(place, 'type') !== 'element' || textOf(place, 'expression') !== 'Element') continue;
    report(place, context, 'extension-everywhere', 'this extension may stand on every element', 'warning');
  }
}

function checkSnapshot(node: Node, elements: readonly Node[], context: Context): void {
  let made: Structure;
  try {
    made = generateSnapshot(compactStructure(node.value as StructureDefinition), context.definitions);
  } catch (error) {
    const message = `no snapshot can be made: ${error instanceof Error ? error.message : String(error)}`;
    report(node, context, 'structure-snapshot', message);
    return;
  }
  for (const id of made.unplaced ?? []) {
    const element = elements.find((one) => (textOf(one, 'id') ?? textOf(one, 'path')) === id) ?? node;
    report(element, context, 'element-path', `no snapshot element matches ${id.slice(0, 120)}`);
  }
}
