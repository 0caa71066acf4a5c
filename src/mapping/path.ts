/**
 * Paths of a binding into a resource: `name[use=official].family`, `identifier[system=https://…].value`.
 * A filter finds the array item with those members (dotted for members of members: `agent[type.text=Author]`), and
 * makes it when writing; `[0]` is the item of that index; `[+]` always makes a new one and is for writing only, unless
 * it ends the path; a name with none of them is a plain member.
 */
import { isObject, type Json, member } from './json.js';

export interface Segment {
  readonly name: string;
  readonly append: boolean;
  readonly index?: number;
  readonly where?: readonly (readonly [member: string, value: string])[];
}

/** A resource under construction, or part of one. */
export interface Node {
  [member: string]: Json | Node | readonly (Json | Node)[] | undefined;
}

const cache = new Map<string, readonly Segment[]>();

/** Takes a path as written in a binding; gives its segments. Throws on a path that does not parse (a fault of ours). */
export function parsePath(path: string): readonly Segment[] {
  const known = cache.get(path);
  if (known) return known;
  const segments = path === '' ? [] : (path.match(/[^.[]+(\[[^\]]*\])?/g) ?? []).map(segment);
  if (segments.map(written).join('.') !== path) throw new Error(`Not a binding path: ${path}`);
  cache.set(path, segments);
  return segments;
}

function segment(source: string): Segment {
  const open = source.indexOf('[');
  if (open < 0) return { name: source, append: false };
  const name = source.slice(0, open);
  const inside = source.slice(open + 1, -1);
  if (inside === '+') return { name, append: true };
  if (/^\d+$/.test(inside)) return { name, append: false, index: Number(inside) };
  const where = inside.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return { name, append: false, where };
}

function written(s: Segment): string {
  if (s.append) return `${s.name}[+]`;
  if (s.index !== undefined) return `${s.name}[${s.index}]`;
  return s.where ? `${s.name}[${s.where.map(([k, v]) => `${k}=${v}`).join(',')}]` : s.name;
}

export const matches = (item: unknown, where: Segment['where']): item is Node =>
  isObject(item) && (where ?? []).every(([k, v]) => member(item, k) === v);

/** A new array item with the members that a filter asks for. */
export function seed(where: Segment['where']): Node {
  const item: Node = {};
  for (const [path, value] of where ?? []) {
    const names = path.split('.');
    const last = names.pop() as string;
    let at = item;
    for (const name of names) {
      at[name] ??= {};
      at = at[name] as Node;
    }
    at[last] = value;
  }
  return item;
}

/** Goes to the element at `segments`, making what is missing; gives the element and its path with indices. */
export function reach(node: Node, path: string, segments: readonly Segment[]): { node: Node; path: string } {
  let at = node;
  let where = path;
  for (const s of segments) {
    if (!s.append && !s.where && s.index === undefined) {
      at[s.name] ??= {};
      at = at[s.name] as Node;
      where = `${where}.${s.name}`;
      continue;
    }
    at[s.name] ??= [];
    const list = at[s.name] as Node[];
    let index = s.append ? -1 : (s.index ?? list.findIndex((item) => matches(item, s.where)));
    if (index < 0) index = list.push(seed(s.where)) - 1;
    if (list[index] === undefined) {
      if (index !== list.length) throw new Error(`A gap before item ${index} of ${where}.${s.name}`);
      list.push({});
    }
    at = list[index] as Node;
    where = `${where}.${s.name}[${index}]`;
  }
  return { node: at, path: where };
}

/** Goes to the element at `segments` without making anything. `[+]` is not for reading. */
export function find(node: Node | undefined, segments: readonly Segment[]): Node | undefined {
  let at: Node | undefined = node;
  for (const s of segments) {
    if (at === undefined) return undefined;
    const next: Node[string] = at[s.name];
    if (s.index !== undefined) at = Array.isArray(next) ? (next[s.index] as Node | undefined) : undefined;
    else if (!s.where) at = isObject(next) ? (next as Node) : undefined;
    else
      at = Array.isArray(next)
        ? (next.find((item) => matches(item, s.where)) as Node | undefined)
        : undefined;
  }
  return at;
}
