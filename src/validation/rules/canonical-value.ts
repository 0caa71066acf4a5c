/** A canonical: absolute, or within the resource. https://hl7.org/fhir/R4/references.html#canonical */
import type { Rule } from './rule.js';

const ABSOLUTE = /^(?:#|[a-z][a-z0-9+.-]*:)/i;

export const canonicalValueRule: Rule = (node, context) => {
  if (typeof node.value !== 'string' || ABSOLUTE.test(node.value)) return;
  context.report(node, {
    code: 'invalid',
    rule: 'canonical-value',
    message: `a canonical must be absolute, or begin with # for what the resource contains; found "${node.value.slice(0, 80)}"`,
    source: 'https://hl7.org/fhir/R4/references.html#canonical',
  });
};
