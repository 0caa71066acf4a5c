/** The entries of a Bundle, gone through once for all the rules that ask. https://hl7.org/fhir/R4/bundle.html */
import { isObject, type Node } from './node.js';

/** Lists of the same length: what each entry holds stands at its place. */
export interface Entries {
  readonly nodes: readonly Node[];
  readonly resources: readonly (Node | undefined)[];
  /** Undefined also where it is no text. */
  readonly urls: readonly (string | undefined)[];
}

/** Takes a Bundle's node; gives its entries. */
export function entriesOf(bundle: Node): Entries {
  return bundle.remember(entriesOf, () => {
    const nodes = bundle.named('entry');
    const resources = nodes.map((entry) => entry.child('resource'));
    const urls = nodes.map(({ value }) => {
      const url = isObject(value) ? value['fullUrl'] : undefined;
      return typeof url === 'string' ? url : undefined;
    });
    return { nodes, resources, urls };
  });
}
