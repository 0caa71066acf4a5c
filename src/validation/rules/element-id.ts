/** Ids of elements: no two in one resource are the same. https://hl7.org/fhir/R4/element-definitions.html#Element.id */
import type { Node } from '../plan/node.js';
import type { Rule } from './rule.js';

/** On the `id` of an element, primitive or not; a resource's own id is another matter. */
export const elementIdRule: Rule = (node, context) => {
  const { value, resource } = node;
  // The snapshot of a definition repeats the ids of its differential; sdf-16 and sdf-17 look at each of them.
  if (typeof value !== 'string' || resource.type === 'StructureDefinition') return;
  const seen = (context.memory.get(elementIdRule) as Map<Node, Set<string>> | undefined) ?? new Map();
  context.memory.set(elementIdRule, seen);
  const ids = seen.get(resource);
  if (ids === undefined) seen.set(resource, new Set([value]));
  else if (!ids.has(value)) ids.add(value);
  else {
    context.report(node, {
      code: 'invalid',
      rule: 'element-id',
      message: `another element of the resource has the id "${value.slice(0, 60)}" already`,
      source: 'https://hl7.org/fhir/R4/element-definitions.html#Element.id',
    });
  }
};
