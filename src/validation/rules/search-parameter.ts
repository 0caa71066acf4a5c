/** SearchParameter: its expression can be read. https://hl7.org/fhir/R4/searchparameter.html */
import { canCompile } from '../fhirpath.js';
import { textOf } from './definition.js';
import type { Rule } from './rule.js';

export const searchParameterRule: Rule = (node, context) => {
  const expression = textOf(node, 'expression');
  if (expression === undefined || canCompile(expression)) return;
  context.report(node.child('expression') ?? node, {
    code: 'invalid',
    rule: 'search-expression',
    message: 'the expression cannot be read as FHIRPath',
    source: 'https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.expression',
  });
};
