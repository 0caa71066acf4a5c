/** Narrative.div: txt-1 (allowed XHTML only) and txt-2 (something to read). https://hl7.org/fhir/R4/narrative.html */
import type { Rule } from './rule.js';
import { checkXhtml } from './xhtml.js';

const RULES = { 'well-formed': 'xhtml', 'not-allowed': 'txt-1', empty: 'txt-2' } as const;

export const narrativeRule: Rule = (node, context) => {
  if (typeof node.value !== 'string') return;
  for (const { kind, message } of checkXhtml(node.value)) {
    context.report(node, {
      code: kind === 'well-formed' ? 'structure' : 'invariant',
      rule: RULES[kind],
      message: `the narrative is not valid: ${message}`,
      source: 'https://hl7.org/fhir/R4/narrative.html#xhtml',
    });
  }
};
