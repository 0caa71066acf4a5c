/**
 * Reads a form back from the resources of a document Bundle along the same bindings that wrote it. What a resource
 * was made from is told by its `meta.source` (base, '#', JSON Pointer), https://hl7.org/fhir/R4/resource-definitions.html#Meta.source
 */
import type { Binding, ResourceBinding } from './binding.js';
import { below, isObject, type Json, type JsonObject, step } from './json.js';
import { find, matches, type Node, parsePath } from './path.js';

type Draft = { [member: string]: Json | Draft | (Json | Draft)[] };

/** The resources of one document, found by type and by the place of the package that they were made from. */
export class Reader {
  readonly #byName = new Map<string, Node>();
  readonly #indices = new Map<string, number[]>();

  /** Takes the entries' resources. */
  constructor(resources: Iterable<Node>) {
    for (const resource of resources) {
      const source = (resource['meta'] as JsonObject | undefined)?.['source'];
      if (typeof source !== 'string') continue;
      const name = source.slice(source.indexOf('#') + 1);
      const type = String(resource['resourceType']);
      this.#byName.set(`${type} ${name}`, resource);
      const m = /^(.*)\/(\d+)((?:~.*)?)$/.exec(name);
      if (m) {
        const list = `${type} ${m[1]}${m[3]}`;
        this.#indices.set(list, [...(this.#indices.get(list) ?? []), Number(m[2])]);
      }
    }
  }

  /** The resource of a type made from a place; `part` as in the binding. */
  at(type: string, pointer: string, part?: string): Node | undefined {
    return this.#byName.get(`${type} ${pointer}${part === undefined ? '' : `~${part}`}`);
  }

  /** Reads the data that stood at `pointer`, as far as the bindings tell. */
  form(bindings: readonly Binding[], pointer: string): JsonObject {
    const out: Draft = {};
    for (const binding of bindings) this.#one(binding, out, pointer, undefined);
    return out as JsonObject;
  }

  #one(b: Binding, out: Draft, pointer: string, node: Node | undefined): void {
    switch (b.kind) {
      case 'resource':
        this.#resource(b, out, pointer);
        return;
      case 'group': {
        const inner: Draft = {};
        const at = node && find(node, parsePath(b.to));
        for (const binding of b.bindings) this.#one(binding, inner, below(pointer, b.from), at);
        if (Object.keys(inner).length > 0) merge(out, b.from, inner);
        return;
      }
      case 'leaf': {
        const value = read(node, b.to);
        if (value === undefined) return;
        const back = (v: Json): Json => (b.codec ? b.codec.read(v) : v);
        merge(out, b.from, Array.isArray(value) ? value.map(back) : back(value));
        return;
      }
      case 'each': {
        const items = list(node, b.to).map((item, i) => {
          const inner: Draft = {};
          for (const binding of b.bindings) this.#one(binding, inner, below(pointer, b.from) + step(i), item);
          return inner;
        });
        if (items.length > 0) merge(out, b.from, items);
        return;
      }
      default:
    }
  }

  #resource(b: ResourceBinding, out: Draft, pointer: string): void {
    const at = below(pointer, b.from);
    const inside = (resource: Node, where: string): Draft => {
      const inner: Draft = {};
      for (const binding of b.bindings) this.#one(binding, inner, where, resource);
      return inner;
    };
    const one = this.at(b.type, at, b.part);
    if (one) {
      const inner = inside(one, at);
      if (Object.keys(inner).length > 0) merge(out, b.from, inner);
      return;
    }
    const indices = this.#indices.get(`${b.type} ${at}${b.part === undefined ? '' : `~${b.part}`}`) ?? [];
    if (indices.length === 0) return;
    const items: Draft[] = [];
    for (const i of indices) {
      const resource = this.at(b.type, at + step(i), b.part);
      if (resource) items[i] = inside(resource, at + step(i));
    }
    merge(out, b.from, items);
  }
}

function read(node: Node | undefined, to: string): Json | undefined {
  const segments = parsePath(to);
  const last = segments.at(-1);
  if (!last) return undefined;
  const at = find(node, segments.slice(0, -1));
  const value = at?.[last.name];
  if (last.append) return Array.isArray(value) ? (value as Json) : undefined;
  if (last.index !== undefined)
    return Array.isArray(value) ? (value[last.index] as Json | undefined) : undefined;
  return value as Json | undefined;
}

function list(node: Node | undefined, to: string): Node[] {
  const segments = parsePath(to);
  const last = segments.at(-1);
  const value = last && find(node, segments.slice(0, -1))?.[last.name];
  if (!Array.isArray(value)) return [];
  return (value as Node[]).filter((item) => matches(item, last?.where));
}

/** Puts `value` at the dotted path, member by member and index by index where something stands there already. */
function merge(out: Draft, path: string, value: Json | Draft | Draft[]): void {
  if (path === '') {
    mergeInto(out, value as Draft);
    return;
  }
  const names = path.split('.');
  const last = names.pop() as string;
  let at = out;
  for (const name of names) {
    at[name] ??= {};
    at = at[name] as Draft;
  }
  at[last] = merged(at[last] as Json | undefined, value as Json) as Draft[string];
}

function mergeInto(out: Draft, value: Draft): void {
  for (const [k, v] of Object.entries(value))
    out[k] = merged(out[k] as Json | undefined, v as Json) as Draft[string];
}

/** The union of two partial readings of one value. */
export function merged(a: Json | undefined, b: Json | undefined): Json {
  if (a === undefined) return b as Json;
  if (b === undefined) return a;
  if (Array.isArray(a) && Array.isArray(b)) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => merged(a[i], b[i]));
  }
  if (isObject(a) && isObject(b)) {
    const out: Record<string, Json> = { ...(a as Record<string, Json>) };
    for (const [k, v] of Object.entries(b)) out[k] = merged(out[k], v);
    return out;
  }
  return b;
}
