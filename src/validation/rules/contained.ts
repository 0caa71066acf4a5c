/** Contained resources and ids within a resource. https://hl7.org/fhir/R4/references.html#contained */
import { isObject, type Node } from '../plan/node.js';
import type { Context, Rule } from './rule.js';

/** Each contained resource has an id, and no two have the same. */
export const containedRule: Rule = (node, context) => {
  const contained = node.named('contained');
  if (contained.length === 0) return;
  const seen = new Set<unknown>();
  for (const inner of contained) {
    const id = isObject(inner.value) ? inner.value['id'] : undefined;
    if (id === undefined) {
      report(inner, context, 'contained-id', 'a contained resource needs an id');
    } else if (seen.has(id)) {
      report(
        inner,
        context,
        'contained-id-unique',
        `another contained resource has the id "${String(id)}" already`,
      );
    }
    seen.add(id);
  }
};

function report(node: Node, context: Context, rule: string, message: string): void {
  context.report(node, {
    code: 'invalid',
    rule,
    message,
    source: 'https://hl7.org/fhir/R4/references.html#contained',
  });
}
