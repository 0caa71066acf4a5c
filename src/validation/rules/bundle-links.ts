/** Links of a Bundle: each of the paging relations once. https://hl7.org/fhir/R4/bundle.html#pagination */
import { isObject } from '../plan/node.js';
import type { Rule } from './rule.js';

const ONCE = new Set(['self', 'first', 'prev', 'previous', 'next', 'last']);

export const bundleLinkRule: Rule = (node, context) => {
  const seen = new Set<unknown>();
  for (const link of node.named('link')) {
    const relation = isObject(link.value) ? link.value['relation'] : undefined;
    if (seen.has(relation) && ONCE.has(relation as string)) {
      context.report(link, {
        code: 'invalid',
        rule: 'bundle-link',
        message: `a Bundle may have one link "${String(relation)}" only`,
        source: 'https://hl7.org/fhir/R4/bundle.html#pagination',
      });
    }
    seen.add(relation);
  }
};
