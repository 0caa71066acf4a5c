/**
 * Writes a form's data into FHIR resources along its bindings, and keeps the account of where each leaf went.
 */
import { extensions } from '../fhir/systems.js';
import type { Binding, ResourceBinding, Target } from './binding.js';
import { below, isObject, type Json, type JsonObject, member, step } from './json.js';
import { type Node, parsePath, reach } from './path.js';

/** A resource of the document, with the place of the package that it was made from. */
export interface Written {
  readonly resource: Node & { resourceType: string; id: string };
  readonly fullUrl: string;
  /** `Type/id`, as the coverage report names it. */
  readonly address: string;
  readonly pointer: string;
  /** Place in the order in which they were made. */
  readonly order: number;
  /** Form whose bindings made it, and the section that lists it (undefined: the form's first; false: none). */
  readonly form: string;
  readonly section: string | false | undefined;
}

export interface CoverageTarget {
  /** `Type/id` of the resource in the document Bundle. */
  readonly resource: string;
  readonly path: string;
  /** Present when the stored value differs in form from the sent one, e.g. spaces of an NHS number. */
  readonly normalised?: true;
}

export interface WriterOptions {
  /** Gives the UUID of the resource made from a place of the package. */
  readonly uuid: (name: string) => string;
  /** Base of `meta.source`; the pointer follows after '#'. */
  readonly source: string;
  /** Codings put in every resource's meta.security. */
  readonly security?: readonly JsonObject[];
}

interface Spot {
  readonly node: Node;
  readonly path: string;
  readonly owner: Written;
}

/** Makes one document's resources. Not reusable. */
export class Writer {
  readonly resources: Written[] = [];
  readonly coverage = new Map<string, CoverageTarget[]>();
  readonly #options: WriterOptions;
  readonly #roles = new Map<string, Written>();
  readonly #links: (() => void)[] = [];
  readonly #made = new Map<string, Written>();
  #form = '';

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Writes `data`, which stands at `pointer` in the package, along `bindings`. */
  form(name: string, bindings: readonly Binding[], data: JsonObject, pointer: string): void {
    this.#form = name;
    this.#all(bindings, data, pointer, undefined, undefined);
  }

  /**
   * Adds a resource made by one-way code. `part` tells it from others made from the same place.
   * Gives it with its id, meta.source and profiles set; the caller fills the rest.
   */
  add(
    type: string,
    pointer: string,
    options: {
      profiles: readonly string[];
      section?: string | false;
      part?: string;
      role?: string;
      content?: JsonObject;
    },
  ): Written {
    const name = `${pointer}${options.part === undefined ? '' : `~${options.part}`}`;
    const key = `${type} ${name}`;
    if (this.#made.has(key)) throw new Error(`Two ${type} resources from ${name}: give one a part`);
    const id = this.#options.uuid(key);
    const resource: Written['resource'] = {
      resourceType: type,
      id,
      meta: {
        source: `${this.#options.source}#${name}`,
        ...(options.profiles.length > 0 ? { profile: options.profiles } : {}),
        ...(this.#options.security ? { security: this.#options.security } : {}),
      },
      ...options.content,
    };
    const written: Written = {
      resource,
      fullUrl: `urn:uuid:${id}`,
      address: `${type}/${id}`,
      pointer,
      order: this.resources.length,
      form: this.#form,
      section: options.section,
    };
    this.resources.push(written);
    this.#made.set(key, written);
    if (options.role !== undefined) {
      if (this.#roles.has(options.role)) throw new Error(`Two resources in the role ${options.role}`);
      this.#roles.set(options.role, written);
    }
    return written;
  }

  /** Puts a Reference at `to` of a resource once all resources are there; nothing when there is no such resource. */
  link(node: Node, to: string, target: Target, pointer = '', parent?: Written): void {
    this.#links.push(() => {
      const found = this.#find(target, pointer, parent);
      if (!found) return;
      const segments = parsePath(to);
      const last = segments.at(-1);
      if (!last) return;
      const at = reach(node, '', segments.slice(0, -1)).node;
      const reference = { reference: found.fullUrl };
      if (last.append) at[last.name] = [...((at[last.name] as Json[] | undefined) ?? []), reference];
      else if (last.index !== undefined) {
        const list = [...((at[last.name] as Node[] | undefined) ?? [])];
        list[last.index] = { ...list[last.index], ...reference };
        at[last.name] = list;
      } else at[last.name] = { ...(at[last.name] as Node | undefined), ...reference };
    });
  }

  #find(target: Target, pointer: string, parent: Written | undefined): Written | undefined {
    if (target === 'parent') return parent;
    if ('role' in target) return this.#roles.get(target.role);
    const part = target.part === undefined ? '' : `~${target.part}`;
    return this.#made.get(`${target.type} ${below(pointer, target.from)}${part}`);
  }

  /** The resource in a role, once written. */
  role(name: string): Written | undefined {
    return this.#roles.get(name);
  }

  /** The resource of a type that was made from a place: its pointer, with `~` and the part where it has one. */
  made(type: string, place: string): Written | undefined {
    return this.#made.get(`${type} ${place}`);
  }

  /** Says where a leaf went. */
  cover(pointer: string, written: Written, path: string, normalised = false): void {
    const target: CoverageTarget = normalised
      ? { resource: written.address, path, normalised }
      : { resource: written.address, path };
    const known = this.coverage.get(pointer);
    if (known) known.push(target);
    else this.coverage.set(pointer, [target]);
  }

  /** Sets all references. Call once, when everything is written. */
  finish(): void {
    for (const set of this.#links) set();
    this.#links.length = 0;
  }

  #all(
    bindings: readonly Binding[],
    data: JsonObject,
    pointer: string,
    spot: Spot | undefined,
    parent: Written | undefined,
  ): void {
    for (const binding of bindings) this.#one(binding, data, pointer, spot, parent);
  }

  #one(
    b: Binding,
    data: JsonObject,
    pointer: string,
    spot: Spot | undefined,
    parent: Written | undefined,
  ): void {
    switch (b.kind) {
      case 'resource':
        this.#resource(b, data, pointer, spot?.owner ?? parent);
        return;
      case 'project':
        b.make(data, { writer: this, pointer, ...(spot ? { resource: spot.owner.resource } : {}) });
        return;
      case 'group': {
        const inner = member(data, b.from);
        if (!isObject(inner)) return;
        const next = spot && { ...reach(spot.node, spot.path, parsePath(b.to)), owner: spot.owner };
        this.#all(b.bindings, inner, below(pointer, b.from), next, parent);
        return;
      }
      default:
        if (!spot) throw new Error(`A ${b.kind} binding outside a resource`);
        this.#element(b, data, pointer, spot, parent);
    }
  }

  #element(
    b: Extract<Binding, { kind: 'leaf' | 'each' | 'fixed' | 'derive' | 'link' }>,
    data: JsonObject,
    pointer: string,
    spot: Spot,
    parent: Written | undefined,
  ): void {
    switch (b.kind) {
      case 'leaf':
        if (b.when && !b.when(data)) return;
        this.#leaf(b, member(data, b.from), below(pointer, b.from), spot);
        return;
      case 'each': {
        const items = member(data, b.from);
        if (!Array.isArray(items)) return;
        const segments = parsePath(b.to);
        const last = segments.at(-1);
        if (!last) throw new Error('An each binding needs an element');
        items.forEach((item: Json, i) => {
          const { node, path } = reach(spot.node, spot.path, segments.slice(0, -1));
          const fresh = reach(node, path, [{ ...last, append: true }]);
          if (isObject(item))
            this.#all(
              b.bindings,
              item,
              below(pointer, b.from) + step(i),
              { ...fresh, owner: spot.owner },
              parent,
            );
        });
        return;
      }
      case 'fixed':
        // A copy: later bindings may write into it.
        put(spot, b.to, copyOf(b.value));
        return;
      case 'derive': {
        const value = b.make(data, { writer: this, pointer, resource: spot.owner.resource });
        if (value !== undefined) put(spot, b.to, value);
        return;
      }
      case 'link':
        this.link(spot.node, b.to, b.target, pointer, parent);
    }
  }

  #leaf(b: Extract<Binding, { kind: 'leaf' }>, value: Json | undefined, pointer: string, spot: Spot): void {
    if (value === undefined) {
      if (b.absent !== undefined) putAbsent(spot, b.to, b.absent);
      return;
    }
    const codec = b.codec;
    const stored = (v: Json): Json => (codec ? codec.write(v) : v);
    const changed = (v: Json): boolean => codec !== undefined && codec.read(codec.write(v)) !== v;
    if (Array.isArray(value)) {
      const path = put(spot, b.to, value.map(stored));
      for (const [i, v] of value.entries()) {
        this.cover(pointer + step(i), spot.owner, `${path}[${i}]`, changed(v as Json));
      }
      return;
    }
    this.cover(pointer, spot.owner, put(spot, b.to, stored(value)), changed(value));
  }

  #resource(b: ResourceBinding, data: JsonObject, pointer: string, parent: Written | undefined): void {
    const source = member(data, b.from);
    const at = below(pointer, b.from);
    const make = (item: Json, where: string): void => {
      if (!isObject(item) || (b.when && !b.when(item))) return;
      const { type, profiles, bindings } = b;
      const written = this.add(type, where, {
        profiles,
        ...(b.section === undefined ? {} : { section: b.section }),
        ...(b.part === undefined ? {} : { part: b.part }),
        ...(b.role === undefined ? {} : { role: b.role }),
      });
      this.#all(bindings, item, where, { node: written.resource, path: type, owner: written }, parent);
    };
    if (Array.isArray(source)) for (const [i, item] of source.entries()) make(item as Json, at + step(i));
    else if (source !== undefined) make(source, at);
  }
}

function copyOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const [name, inner] of Object.entries(value)) if (inner !== undefined) copy[name] = copyOf(inner);
  return copy;
}

function put(spot: Spot, to: string, value: Json): string {
  const segments = parsePath(to);
  const last = segments.at(-1);
  if (!last) throw new Error('A value needs an element');
  const at = reach(spot.node, spot.path, segments.slice(0, -1));
  if (last.append) {
    const list = [...((at.node[last.name] as Json[] | undefined) ?? []), value];
    at.node[last.name] = list;
    return `${at.path}.${last.name}[${list.length - 1}]`;
  }
  if (last.index !== undefined) {
    const list = [...((at.node[last.name] as Json[] | undefined) ?? [])];
    list[last.index] = value;
    at.node[last.name] = list;
    return `${at.path}.${last.name}[${last.index}]`;
  }
  at.node[last.name] = value;
  return `${at.path}.${last.name}`;
}

function putAbsent(spot: Spot, to: string, reason: string): void {
  const segments = parsePath(to);
  const last = segments.at(-1);
  if (!last) return;
  const at = reach(spot.node, spot.path, segments.slice(0, -1)).node;
  if (at[last.name] === undefined) {
    at[`_${last.name}`] = { extension: [{ url: extensions.dataAbsentReason, valueCode: reason }] };
  }
}
