/** Bundle rules beyond the bdl invariants. https://hl7.org/fhir/R4/bundle.html, https://hl7.org/fhir/R4/documents.html */
import { type Entries, entriesOf } from '../plan/entries.js';
import { isObject, type JsonObject, type Node } from '../plan/node.js';
import { referencesOf } from './references-within.js';
import type { Context, Rule } from './rule.js';

const BUNDLE = 'https://hl7.org/fhir/R4/bundle.html';
const DOCUMENTS = 'https://hl7.org/fhir/R4/documents.html';
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const RESTFUL = /\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;
/** Where an entry may go without a fullUrl: it is yet to be made, or it is only an answer. */
const FULL_URL_OPTIONAL = new Set(['transaction', 'batch', 'transaction-response', 'batch-response']);

export const bundleRule: Rule = (node, context) => {
  if (!isObject(node.value)) return;
  const type = node.value['type'];
  const entries = entriesOf(node);
  for (let place = 0; place < entries.nodes.length; place++) {
    if (!UUID.test(entries.urls[place] ?? '')) checkFullUrl(entries.nodes[place] as Node, type, context);
  }
  if (type === 'document') checkDocument(entries, context);
};

function checkFullUrl(entry: Node, type: unknown, context: Context): void {
  const { fullUrl } = entry.value as { fullUrl?: unknown };
  const resource = entry.child('resource');
  if (fullUrl === undefined) {
    if (resource !== undefined && !FULL_URL_OPTIONAL.has(type as string)) {
      report(
        entry,
        context,
        'required',
        'bundle-full-url',
        'an entry with a resource needs a fullUrl',
        BUNDLE,
      );
    }
    return;
  }
  if (typeof fullUrl !== 'string') return;
  const at = entry.child('fullUrl') ?? entry;
  if (!ABSOLUTE.test(fullUrl)) {
    report(
      at,
      context,
      'invalid',
      'bundle-full-url',
      `fullUrl must be absolute; found "${fullUrl.slice(0, 60)}"`,
      BUNDLE,
    );
  } else if (/^urn:uuid:/i.test(fullUrl) && !UUID.test(fullUrl)) {
    report(
      at,
      context,
      'invalid',
      'bundle-full-url',
      'the UUID of fullUrl must be valid and in lower case',
      BUNDLE,
    );
  } else checkId(fullUrl, at, resource, context);
}

/** A RESTful fullUrl ends with the type and id of its resource. */
function checkId(fullUrl: string, at: Node, resource: Node | undefined, context: Context): void {
  if (!isObject(resource?.value) || !/^https?:/.test(fullUrl)) return;
  const { id, url } = resource.value;
  if (url === fullUrl && !fullUrl.endsWith(`/${String(id)}`)) {
    report(
      at,
      context,
      'invalid',
      'bundle-full-url-id',
      'fullUrl is the canonical address of the resource, whose id must then be its last part',
      BUNDLE,
    );
    return;
  }
  const [, type, last] = RESTFUL.exec(fullUrl) ?? [];
  if (type === undefined || (type === resource.type && last === id)) return;
  if (id === undefined && context.definitions.type(type)?.kind === 'resource') {
    report(
      at,
      context,
      'invalid',
      'bundle-full-url-id',
      `fullUrl is that of ${type}/${last} on a server, but the resource has no id`,
      BUNDLE,
    );
  }
  if (typeof id !== 'string') return;
  if (context.definitions.type(type)?.kind !== 'resource' && last === id) return;
  report(
    at,
    context,
    'invalid',
    'bundle-full-url-id',
    `fullUrl ends with ${type}/${last}, but the resource is ${resource.type}/${id}`,
    BUNDLE,
  );
}

/** What the Composition refers to is inside, and every entry is within reach of the Composition. */
function checkDocument(entries: Entries, context: Context): void {
  const [composition] = entries.resources;
  if (composition?.type !== 'Composition') return;
  for (const reference of referencesOf(composition)) checkPresent(reference, context);
  checkReach(entries, composition, context);
}

function checkPresent(reference: Node, context: Context): void {
  const target = isObject(reference.value) ? reference.value['reference'] : undefined;
  if (typeof target !== 'string' || /^(#|urn:)/.test(target)) return;
  if (reference.parent?.name === 'relatesTo' || context.resolve(target, reference) !== undefined) return;
  report(
    reference,
    context,
    'not-found',
    'document-complete',
    `the document must hold what its Composition refers to; "${target.slice(0, 80)}" is not in it`,
    DOCUMENTS,
  );
}

/** What is joined with each other, in however many steps: a forest of pointers to one of each group. */
class Groups {
  readonly #bundle: Node | undefined;
  readonly #above: number[] = [];
  /** Of what is not in an entry of this Bundle. */
  readonly #others = new Map<Node, number>();

  constructor({ nodes }: Entries) {
    const last = nodes.at(-1);
    this.#bundle = last?.parent;
    for (let number = 0; number <= (last?.index ?? -1); number++) this.#above.push(number);
  }

  join(left: Node, right: Node): void {
    const top = this.#topOf(left);
    this.#above[this.#topOf(right)] = top;
  }

  areOne(left: Node, right: Node): boolean {
    return this.#topOf(left) === this.#topOf(right);
  }

  #topOf(node: Node): number {
    const above = this.#above;
    let at = this.#numberOf(node);
    while (above[at] !== at) {
      // Each pointer is shortened on the way, so that chains stay short.
      above[at] = above[above[at] as number] as number;
      at = above[at] as number;
    }
    return at;
  }

  #numberOf(node: Node): number {
    const { parent } = node;
    if (parent?.parent !== undefined && parent.parent === this.#bundle) return parent.index;
    let number = this.#others.get(node);
    if (number === undefined) {
      number = this.#above.length;
      this.#above.push(number);
      this.#others.set(node, number);
    }
    return number;
  }
}

/** A document holds only what links, forwards or backwards, connect with its Composition. */
function checkReach(entries: Entries, composition: Node, context: Context): void {
  const { nodes, resources } = entries;
  const groups = new Groups(entries);
  for (const resource of resources) {
    if (resource === undefined) continue;
    for (const reference of referencesOf(resource)) {
      const value = reference.value as JsonObject;
      const target =
        typeof value['reference'] === 'string'
          ? context.resolve(value['reference'], reference)?.container
          : undefined;
      if (target !== undefined && target !== resource) groups.join(resource, target);
    }
  }
  for (let place = 0; place < nodes.length; place++) {
    const [entry, resource] = [nodes[place] as Node, resources[place]];
    if (resource === undefined || groups.areOne(composition, resource)) continue;
    const first = namesake(entry, context);
    if (first !== undefined && groups.areOne(composition, first)) continue;
    report(
      entry,
      context,
      'structure',
      'document-reach',
      'no link leads from the Composition to this entry or back',
      DOCUMENTS,
    );
  }
}

/** The first entry with the same fullUrl: that there are two is the business of bdl-7. */
function namesake(entry: Node, context: Context): Node | undefined {
  const { fullUrl } = entry.value as { fullUrl?: unknown };
  return typeof fullUrl === 'string' ? context.resolve(fullUrl, entry) : undefined;
}

function report(
  node: Node,
  context: Context,
  code: string,
  rule: string,
  message: string,
  source: string,
): void {
  context.report(node, { code, rule, message, source });
}
