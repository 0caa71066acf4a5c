/** ConceptMap as an instance: its codes are of the systems and value sets it maps between. https://hl7.org/fhir/R4/conceptmap.html */
import type { ValueSet } from '../definitions/model.js';
import type { Node } from '../plan/node.js';
import { conceptOf } from '../terminology/codes.js';
import { codeIn } from '../terminology/membership.js';
import { reporter, textOf } from './definition.js';
import type { Context, Rule } from './rule.js';

const report = reporter('code-invalid', 'https://hl7.org/fhir/R4/conceptmap.html');

interface Side {
  readonly name: 'source' | 'target';
  readonly system: string | undefined;
  readonly valueSet: ValueSet | undefined;
}

export const conceptMapRule: Rule = (node, context) => {
  for (const group of node.named('group')) {
    const source = sideOf('source', node, group, context);
    const target = sideOf('target', node, group, context);
    for (const element of group.named('element')) {
      checkCode(element, source, context);
      for (const inner of element.named('target')) checkCode(inner, target, context);
    }
  }
};

function sideOf(name: Side['name'], node: Node, group: Node, context: Context): Side {
  const canonical = textOf(node, `${name}Canonical`) ?? textOf(node, `${name}Uri`);
  return {
    name,
    system: textOf(group, name),
    valueSet: canonical === undefined ? undefined : context.definitions.valueSet(canonical),
  };
}

function checkCode(node: Node, { name, system, valueSet }: Side, context: Context): void {
  const code = textOf(node, 'code');
  if (code === undefined || system === undefined) return;
  const at = node.child('code') ?? node;
  const known = context.definitions.codeSystem(system);
  if (known?.content === 'complete' && conceptOf(known, code) === undefined) {
    report(at, context, 'concept-map-code', `the code system ${system} has no code "${code.slice(0, 60)}"`);
  } else if (
    valueSet !== undefined &&
    (known !== undefined || hasSystem(valueSet, system)) &&
    codeIn(system, code, valueSet, context.definitions) === 'out'
  ) {
    const message = `"${code.slice(0, 60)}" is not in the ${name} value set ${valueSet.url}`;
    report(at, context, 'concept-map-code', message);
  }
}

/** Of a code system that nobody knows it is not said that the value set lacks it. */
function hasSystem({ systems }: ValueSet, system: string): boolean {
  return systems.some((one) => one.system === system);
}
