/** SearchParameter: its expression can be read, and starts from the types that it is for. https://hl7.org/fhir/R4/searchparameter.html */
import { canCompile } from '../fhirpath.js';
import { isObject, type Node } from '../plan/node.js';
import { textOf } from './definition.js';
import type { Context, Rule } from './rule.js';

const ABSTRACT = new Set<unknown>(['Resource', 'DomainResource']);
/** The types that the alternatives of an expression begin with. */
const FIRST = /(?:^|\|)[\s(]*([A-Z][A-Za-z]*)\s*(?=[.)|]|$)/g;

export const searchParameterRule: Rule = (node, context) => {
  const expression = textOf(node, 'expression');
  if (expression === undefined) return;
  if (!canCompile(expression)) {
    report(node, context, 'the expression cannot be read as FHIRPath');
    return;
  }
  const base =
    isObject(node.value) && Array.isArray(node.value['base']) ? (node.value['base'] as unknown[]) : [];
  if (base.some((type) => ABSTRACT.has(type))) return;
  for (const [, type] of expression.matchAll(FIRST)) {
    if (base.includes(type)) continue;
    report(node, context, `the expression starts from ${type}, which this parameter is not for`);
    return;
  }
};

function report(node: Node, context: Context, message: string): void {
  context.report(node.child('expression') ?? node, {
    code: 'invalid',
    rule: 'search-expression',
    message,
    source: 'https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.expression',
  });
}
