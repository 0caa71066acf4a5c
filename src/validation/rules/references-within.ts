/** Finds the references of a resource. */
import type { Node } from '../plan/node.js';

interface Found {
  readonly references: readonly Node[];
  /** False when a Bundle within was left out. */
  readonly whole: boolean;
}

/** The References of a resource and of what it contains, but not of resources in Bundles within it. */
export function referencesOf(resource: Node): readonly Node[] {
  return find(resource).references;
}

/** The same where no Bundle is within, else undefined. */
export function allReferencesOf(resource: Node): readonly Node[] | undefined {
  const { references, whole } = find(resource);
  return whole ? references : undefined;
}

/** Looked for once: several rules ask. */
function find(resource: Node): Found {
  const { links } = resource;
  if (links?.every((link) => !link.isResource) === true) return { references: links, whole: true };
  return resource.remember(find, () => {
    const references: Node[] = [];
    const whole = gather(resource, references);
    return { references, whole };
  });
}

function gather(node: Node, references: Node[]): boolean {
  if (node.links !== undefined) return gatherLinks(node.links, references);
  let whole = true;
  for (const child of node.near) {
    if (child.isPrimitive) continue;
    if (child.type === 'Bundle') {
      whole = false;
      continue;
    }
    if (child.type === 'Reference') references.push(child);
    if (!gather(child, references)) whole = false;
  }
  return whole;
}

function gatherLinks(links: readonly Node[], references: Node[]): boolean {
  let whole = true;
  for (const link of links) {
    if (!link.isResource) references.push(link);
    else if (link.type === 'Bundle' || !gather(link, references)) whole = false;
  }
  return whole;
}
