/** Resolves references within a resource and the Bundles around it. https://hl7.org/fhir/R4/bundle.html#references */
import { entriesOf } from './plan/entries.js';
import { isObject, type Node } from './plan/node.js';

const RESTFUL_URL = /^(https?:\/\/.*\/)[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;

/** The first resource with each fullUrl of a Bundle. */
type ByUrl = ReadonlyMap<string, Node>;
/** `Type/id` → resource, undefined where two entries claim it. */
type ById = ReadonlyMap<string, Node | undefined>;

export class Resolver {
  readonly #byVersion = new Map<Node, Map<string, Node>>();
  readonly #containers = new Map<Node, Map<string, Node>>();

  /** Takes a reference and the element it stands in; gives the resource's node if it is within reach. */
  resolve(reference: string, from: Node): Node | undefined {
    if (reference.startsWith('#')) {
      const { container } = from;
      if (reference === '#') return from.resource === container ? undefined : container;
      return this.#contained(container).get(reference.slice(1));
    }
    const isVersioned = reference.includes('/_history/');
    const whole = isVersioned ? reference.replace(/\/_history\/[^/]+$/, '') : reference;
    const hash = whole.indexOf('#');
    const plain = hash === -1 ? whole : whole.slice(0, hash);
    const version = isVersioned ? /\/_history\/([^/#]+)/.exec(reference)?.[1] : undefined;
    for (let at: Node | undefined = from; at !== undefined; at = at.parent) {
      if (at.type !== 'Bundle') continue;
      const found = this.#inBundle(plain, from, at);
      if (found !== undefined) return version === undefined ? found : this.#ofVersion(found, version, at);
    }
    return undefined;
  }

  /** The resources of a Bundle by fullUrl and version, indexed once. */
  #versions(bundle: Node): ReadonlyMap<string, Node> {
    let index = this.#byVersion.get(bundle);
    if (index === undefined) {
      index = new Map();
      const { resources, urls } = entriesOf(bundle);
      for (let place = 0; place < resources.length; place++) {
        const resource = resources[place];
        const version = resource === undefined ? undefined : versionOf(resource);
        const key = `${String(urls[place])} ${version}`;
        if (resource !== undefined && version !== undefined && !index.has(key)) index.set(key, resource);
      }
      this.#byVersion.set(bundle, index);
    }
    return index;
  }

  /** The version that a reference names, among the entries with one fullUrl; what tells no version may be any. */
  #ofVersion(found: Node, version: string, bundle: Node): Node | undefined {
    const stated = versionOf(found);
    if (stated === undefined || stated === version) return found;
    const url = isObject(found.parent?.value) ? found.parent.value['fullUrl'] : undefined;
    return this.#versions(bundle).get(`${String(url)} ${version}`);
  }

  /** Contained resources by their ids, the first of each. */
  #contained(container: Node): ReadonlyMap<string, Node> {
    let byId = this.#containers.get(container);
    if (byId === undefined) {
      byId = new Map();
      for (const inner of container.named('contained')) {
        const id = isObject(inner.value) ? inner.value['id'] : undefined;
        if (typeof id === 'string' && !byId.has(id)) byId.set(id, inner);
      }
      this.#containers.set(container, byId);
    }
    return byId;
  }

  #inBundle(reference: string, from: Node, bundle: Node): Node | undefined {
    const byUrl: ByUrl = bundle.remember(urlsOf, () => urlsOf(bundle));
    const direct = byUrl.get(reference);
    if (direct !== undefined) return direct;
    if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return undefined;
    const base = RESTFUL_URL.exec(fullUrlAround(from, bundle) ?? '')?.[1];
    if (base !== undefined) return byUrl.get(base + reference);
    return bundle.remember(idsOf, () => idsOf(bundle)).get(reference);
  }
}

/** The version that a resource states for itself. */
export function versionOf(resource: Node): string | undefined {
  const meta = isObject(resource.value) ? resource.value['meta'] : undefined;
  const version = isObject(meta) ? meta['versionId'] : undefined;
  return typeof version === 'string' ? version : undefined;
}

function urlsOf(bundle: Node): ByUrl {
  const byUrl = new Map<string, Node>();
  const { resources, urls } = entriesOf(bundle);
  for (let place = 0; place < resources.length; place++) {
    const [resource, url] = [resources[place], urls[place]];
    if (resource !== undefined && url !== undefined && !byUrl.has(url)) byUrl.set(url, resource);
  }
  return byUrl;
}

function idsOf(bundle: Node): ById {
  const byId = new Map<string, Node | undefined>();
  for (const resource of entriesOf(bundle).resources) {
    const id = isObject(resource?.value) ? resource.value['id'] : undefined;
    if (resource === undefined || typeof id !== 'string') continue;
    const key = `${resource.type}/${id}`;
    byId.set(key, byId.has(key) ? undefined : resource);
  }
  return byId;
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
