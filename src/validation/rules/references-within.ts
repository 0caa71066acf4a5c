/** Finds the references of a resource. */
import type { Node } from '../plan/node.js';

/** The References of a resource and of what it contains, but not of resources in Bundles within it. */
export function referencesOf(resource: Node): Node[] {
  const found: Node[] = [];
  const walk = (node: Node): void => {
    for (const child of node.children) {
      if (child.isPrimitive || child.type === 'Bundle') continue;
      if (child.type === 'Reference') found.push(child);
      walk(child);
    }
  };
  walk(resource);
  return found;
}
