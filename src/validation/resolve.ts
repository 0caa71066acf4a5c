/** Resolves references within a resource and the Bundles around it. https://hl7.org/fhir/R4/bundle.html#references */
import { isObject, type Node } from './plan/node.js';

const RESTFUL_URL = /^(https?:\/\/.*\/)[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;

/** The entries of one Bundle by the addresses that name them. */
interface Entries {
  readonly byUrl: ReadonlyMap<string, Node>;
  /** `Type/id` → resource, undefined where two entries claim it. */
  readonly byId: ReadonlyMap<string, Node | undefined>;
}

export class Resolver {
  readonly #bundles = new Map<Node, Entries>();

  /** Takes a reference and the element it stands in; gives the resource's node if it is within reach. */
  resolve(reference: string, from: Node): Node | undefined {
    if (reference.startsWith('#')) {
      const { container } = from;
      if (reference === '#') return from.resource === container ? undefined : container;
      const id = reference.slice(1);
      return container.named('contained').find((inner) => isObject(inner.value) && inner.value['id'] === id);
    }
    const plain = reference.replace(/\/_history\/[^/]+$/, '').replace(/#.*$/, '');
    const version = /\/_history\/([^/#]+)/.exec(reference)?.[1];
    for (let at: Node | undefined = from; at !== undefined; at = at.parent) {
      if (at.type !== 'Bundle') continue;
      const found = this.#inBundle(plain, from, at);
      if (found !== undefined) return version === undefined ? found : this.#ofVersion(found, version, at);
    }
    return undefined;
  }

  /** The version that a reference names, among the entries with one fullUrl; what tells no version may be any. */
  #ofVersion(found: Node, version: string, bundle: Node): Node | undefined {
    const stated = versionOf(found);
    if (stated === undefined || stated === version) return found;
    const url = isObject(found.parent?.value) ? found.parent.value['fullUrl'] : undefined;
    return bundle
      .named('entry')
      .filter(({ value }) => isObject(value) && value['fullUrl'] === url)
      .map((entry) => entry.child('resource'))
      .find((resource) => resource !== undefined && versionOf(resource) === version);
  }

  #inBundle(reference: string, from: Node, bundle: Node): Node | undefined {
    const entries = this.entries(bundle);
    const direct = entries.byUrl.get(reference);
    if (direct !== undefined) return direct;
    if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return undefined;
    const base = RESTFUL_URL.exec(fullUrlAround(from, bundle) ?? '')?.[1];
    if (base !== undefined) return entries.byUrl.get(base + reference);
    return entries.byId.get(reference);
  }

  /** The entries of a Bundle, indexed once. */
  entries(bundle: Node): Entries {
    let entries = this.#bundles.get(bundle);
    if (entries === undefined) {
      entries = index(bundle);
      this.#bundles.set(bundle, entries);
    }
    return entries;
  }
}

/** The version that a resource states for itself. */
export function versionOf(resource: Node): string | undefined {
  const meta = isObject(resource.value) ? resource.value['meta'] : undefined;
  const version = isObject(meta) ? meta['versionId'] : undefined;
  return typeof version === 'string' ? version : undefined;
}

function index(bundle: Node): Entries {
  const byUrl = new Map<string, Node>();
  const byId = new Map<string, Node | undefined>();
  for (const entry of bundle.named('entry')) {
    const resource = entry.child('resource');
    if (resource === undefined || !isObject(entry.value) || !isObject(resource.value)) continue;
    const url = entry.value['fullUrl'];
    if (typeof url === 'string' && !byUrl.has(url)) byUrl.set(url, resource);
    const id = resource.value['id'];
    if (typeof id === 'string') {
      const key = `${resource.type}/${id}`;
      byId.set(key, byId.has(key) ? undefined : resource);
    }
  }
  return { byUrl, byId };
}

/** The fullUrl of the entry that an element stands in. */
function fullUrlAround(from: Node, bundle: Node): string | undefined {
  for (let at: Node | undefined = from; at !== undefined; at = at.parent) {
    if (at.parent !== bundle || at.name !== 'entry') continue;
    const url = isObject(at.value) ? at.value['fullUrl'] : undefined;
    return typeof url === 'string' ? url : undefined;
  }
  return undefined;
}
