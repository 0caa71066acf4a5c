/** A profile's snapshot as a tree, slices apart from children. https://hl7.org/fhir/R4/elementdefinition.html#id */
import type { ElementDefinition, Structure } from '../definitions/model.js';

export interface Branch {
  readonly definition: ElementDefinition;
  /** Name without `[x]` and without the slice. */
  readonly name: string;
  readonly choice: boolean;
  readonly slice: string | undefined;
  readonly children: Map<string, Branch>;
  readonly slices: Branch[];
  readonly structure: Structure;
}

const trees = new WeakMap<Structure, Branch | undefined>();

/** Takes a structure with a snapshot; gives the root of its tree, made once. */
export function treeOf(structure: Structure): Branch | undefined {
  if (!trees.has(structure)) trees.set(structure, grow(structure));
  return trees.get(structure);
}

function grow(structure: Structure): Branch | undefined {
  const byId = new Map<string, Branch>();
  let root: Branch | undefined;
  for (const definition of structure.elements) {
    const { id } = definition;
    const dot = id.lastIndexOf('.');
    const segment = dot === -1 ? id : id.slice(dot + 1);
    const colon = segment.indexOf(':');
    const plain = colon === -1 ? segment : segment.slice(0, colon);
    const slice = colon === -1 ? undefined : segment.slice(colon + 1);
    const choice = plain.endsWith('[x]');
    const branch: Branch = {
      definition,
      name: choice ? plain.slice(0, -3) : plain,
      choice,
      slice,
      children: new Map(),
      slices: [],
      structure,
    };
    byId.set(id, branch);
    if (dot === -1) {
      root ??= branch;
      continue;
    }
    const parentId = id.slice(0, dot);
    if (slice === undefined) byId.get(parentId)?.children.set(branch.name, branch);
    else slicedBy(byId, parentId, plain, slice)?.slices.push(branch);
  }
  return root;
}

/** The element that a slice divides: for a re-slice `a/b` the slice `a`. */
function slicedBy(
  byId: Map<string, Branch>,
  parentId: string,
  name: string,
  slice: string,
): Branch | undefined {
  const outer = slice.lastIndexOf('/');
  const inner = outer === -1 ? undefined : byId.get(`${parentId}.${name}:${slice.slice(0, outer)}`);
  return inner ?? byId.get(`${parentId}.${name}`);
}
