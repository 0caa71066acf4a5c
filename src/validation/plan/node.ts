/** An instance as a tree of typed elements, made as it is walked. https://hl7.org/fhir/R4/fhirpath.html */
import { edgeOf, growAlone } from './grow.js';
import type { Edge, ElementPlan, Shape, Shapes } from './shapes.js';

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What few elements have: it would lengthen them all. */
class Rare {
  links: readonly Node[] | undefined = undefined;
  memory: Map<unknown, unknown> | undefined = undefined;
  profiles: string[] | undefined = undefined;
}

/** One element of the instance, or a resource. */
export class Node {
  readonly parent: Node | undefined;
  readonly edge: Edge | undefined;
  /** Place in its array, -1 where the element does not repeat. */
  readonly index: number;
  readonly shape: Shape | undefined;
  /** The JSON value; undefined for a primitive that has extensions only. */
  readonly value: unknown;
  /** A primitive's `_` sibling. */
  readonly extra: JsonObject | undefined;
  #near: readonly Node[] | undefined;
  #rare: Rare | undefined;

  constructor(
    parent: Node | undefined,
    edge: Edge | undefined,
    index: number,
    value: unknown,
    extra: JsonObject | undefined,
    shape: Shape | undefined,
  ) {
    this.parent = parent;
    this.edge = edge;
    this.index = index;
    this.value = value;
    this.extra = extra;
    this.shape = shape;
  }

  /** Takes a resource's JSON; gives its node, or undefined when its resourceType is not known. */
  static root(shapes: Shapes, resource: unknown): Node | undefined {
    const type = isObject(resource) ? resource['resourceType'] : undefined;
    const shape = typeof type === 'string' ? shapes.of(type) : undefined;
    return shape?.isResource === true
      ? new Node(undefined, undefined, -1, resource, undefined, shape)
      : undefined;
  }

  /** The type that it has: `Quantity`, `dateTime`, `Patient`, `BackboneElement`. */
  get type(): string {
    const code = this.edge?.valueType;
    return code === undefined ? (this.shape?.type ?? '') : code;
  }

  /** The nearest resource: itself, if it is one. */
  get resource(): Node {
    let at: Node = this;
    while (!at.isResource && at.parent !== undefined) at = at.parent;
    return at;
  }

  /** Of a resource whose tree is whole: its References, and the resources within it, in the order of the JSON. */
  get links(): readonly Node[] | undefined {
    return this.#rare?.links;
  }

  /** For the walk that grows the tree. */
  set links(nodes: readonly Node[]) {
    this.#rare ??= new Rare();
    this.#rare.links = nodes;
  }

  /** The property's name in JSON: `valueQuantity`. */
  get key(): string {
    return this.edge?.key ?? '';
  }

  /** The nearest resource that is not contained in another. */
  get container(): Node {
    let { resource } = this;
    while (resource.edge?.element.name === 'contained' && resource.parent !== undefined)
      resource = resource.parent.resource;
    return resource;
  }

  get isResource(): boolean {
    return this.shape?.isResource === true;
  }

  get isPrimitive(): boolean {
    return this.edge?.primitive === true;
  }

  get name(): string {
    return this.edge?.element.name ?? this.type;
  }

  get element(): ElementPlan | undefined {
    return this.edge?.element;
  }

  /** The JSON object that holds the children. */
  get object(): JsonObject | undefined {
    if (this.isPrimitive) return this.extra;
    return isObject(this.value) ? this.value : undefined;
  }

  /**
   * The child elements in the order of the JSON without those that have nothing to check: primitives without
   * extensions whose value obeys every rule of its place. What does not have the shape of its type is left out.
   */
  get near(): readonly Node[] {
    if (this.#near === undefined) growAlone(this);
    return this.#near as readonly Node[];
  }

  /** For the walk that grows the tree. */
  set near(nodes: readonly Node[]) {
    this.#near = nodes;
  }

  /** All child elements in the order of the JSON. Rules that look for a name had better ask for that name. */
  get children(): readonly Node[] {
    return this.isLeaf ? NONE : this.remember(childrenOf, () => childrenOf(this));
  }

  /** The children with a FHIRPath name: `value` gives a `valueQuantity`. */
  named(name: string): readonly Node[] {
    const object = this.object;
    const plan = this.shape?.elements.get(name);
    if (plan === undefined || object === undefined) return NONE;
    const edge = plan.only ?? given(plan, this.shape as Shape, object);
    if (edge === undefined) return NONE;
    if (edge === SEVERAL) return this.children.filter((child) => child.edge?.element === plan);
    if (edge.primitive) return leavesOf(this, edge, object);
    if (object[edge.key] === undefined) return NONE;
    if (plan.many) return runOf(this.near, plan);
    for (const child of this.near) if (child.edge === edge) return [child];
    return NONE;
  }

  /** The one child with this name (the first), if there is one. */
  child(name: string): Node | undefined {
    const object = this.object;
    const plan = this.shape?.elements.get(name);
    if (plan === undefined || object === undefined) return undefined;
    const edge = plan.only ?? given(plan, this.shape as Shape, object);
    if (edge === undefined) return undefined;
    if (edge === SEVERAL) return this.children.find((child) => child.edge?.element === plan);
    if (edge.primitive) {
      if (plan.many || object[edge.sibling] !== undefined) return leavesOf(this, edge, object)[0];
      const value = object[edge.key];
      return isPlain(value) ? new Node(this, edge, -1, value, undefined, edge.shape) : undefined;
    }
    if (object[edge.key] === undefined) return undefined;
    for (const child of this.near) if (child.edge === edge) return child;
    return undefined;
  }

  /** How many children have this name. */
  count(name: string): number {
    const object = this.object;
    const plan = this.shape?.elements.get(name);
    if (plan === undefined || object === undefined) return 0;
    const edge = plan.only ?? given(plan, this.shape as Shape, object);
    if (edge === undefined) return 0;
    if (edge === SEVERAL) return this.named(name).length;
    const value = object[edge.key];
    if (edge.primitive) {
      if (object[edge.sibling] !== undefined) return this.named(name).length;
      if (!plan.many) return isPlain(value) ? 1 : 0;
      let count = 0;
      if (Array.isArray(value)) for (const item of value as readonly unknown[]) if (isPlain(item)) count += 1;
      return count;
    }
    if (value === undefined) return 0;
    let count = 0;
    for (const child of this.near) if (child.edge === edge) count += 1;
    return count;
  }

  /**
   * The value of the one child with this name where FHIRPath sees nothing in it but the value: a text, number or
   * boolean without extensions. Undefined where there is no child, `UNLIKE` where it must be looked at itself.
   */
  plain(name: string): string | number | boolean | undefined | typeof UNLIKE {
    const object = this.object;
    const edge = this.shape?.elements.get(name)?.only;
    if (edge === undefined || object === undefined || edge.element.many || !edge.primitive) return UNLIKE;
    if (object[edge.sibling] !== undefined) return UNLIKE;
    const value = object[edge.key];
    if (value === undefined) return undefined;
    return typeof value === edge.plain ? (value as string) : UNLIKE;
  }

  /** Takes a profile that it is to be held against; gives whether that is the first time. */
  meets(profile: string): boolean {
    this.#rare ??= new Rare();
    const { profiles } = this.#rare;
    if (profiles === undefined) this.#rare.profiles = [profile];
    else if (profiles.includes(profile)) return false;
    else profiles.push(profile);
    return true;
  }

  /**
   * What is worked out once for this element, by a key of its own. It goes when the tree goes: kept in a WeakMap that
   * outlives it, every tree would be held until the next full collection.
   */
  remember<T>(key: unknown, make: () => T): T {
    this.#rare ??= new Rare();
    this.#rare.memory ??= new Map();
    const { memory } = this.#rare;
    let known = memory.get(key) as T | undefined;
    if (known === undefined) {
      known = make();
      memory.set(key, known);
    }
    return known;
  }

  /** True for a primitive without extensions: nothing is below it. */
  get isLeaf(): boolean {
    return this.extra === undefined && this.edge?.primitive === true;
  }

  /** FHIRPath of this element from the resource that was validated. */
  get expression(): string {
    if (this.parent === undefined) return this.type;
    const at = this.index === -1 ? '' : `[${this.index}]`;
    return `${this.parent.expression}.${this.name}${at}`;
  }

  /** JSON Pointer of this element from the resource that was validated. */
  get pointer(): string {
    if (this.parent === undefined) return '';
    const at = this.index === -1 ? '' : `/${this.index}`;
    return `${this.parent.isPrimitive ? this.parent.extraPointer : this.parent.pointer}/${this.key}${at}`;
  }

  /** JSON Pointer of a primitive's `_` sibling. */
  get extraPointer(): string {
    const at = this.index === -1 ? '' : `/${this.index}`;
    return `${this.parent?.pointer ?? ''}/_${this.key}${at}`;
  }

  /** Path of this element in the definition of the resource that holds it: `Patient.name.family`. */
  get definitionPath(): string {
    if (this.isResource || this.parent === undefined) return this.type;
    return `${this.parent.definitionPath}.${this.name}${this.element?.choice === true ? '[x]' : ''}`;
  }
}

/** One empty list for all; nobody adds to it. Not frozen: loops over lists of another kind are slow. */
const NONE: readonly Node[] = [];

/** Says of a child that it is more than a plain value. */
export const UNLIKE = Symbol('unlike');

function isPlain(value: unknown): boolean {
  return value !== undefined && typeof value !== 'object';
}

/** Stands for more than one property of a choice, or for one that is given by its `_` sibling alone. */
const SEVERAL = Symbol('several');

/** Which of a choice's properties is given. */
function given(plan: ElementPlan, { edges }: Shape, object: JsonObject): Edge | typeof SEVERAL | undefined {
  let found: Edge | undefined;
  for (const key in object) {
    const isSibling = key.charCodeAt(0) === 95;
    const edge = edges.get(isSibling ? key.slice(1) : key);
    if (edge === undefined || edge.element !== plan || edge === found) continue;
    if (found !== undefined || isSibling) return SEVERAL;
    found = edge;
  }
  return found;
}

/** The children of one name, which stand together. */
function runOf(near: readonly Node[], plan: ElementPlan): readonly Node[] {
  let from = 0;
  while (from < near.length && (near[from] as Node).edge?.element !== plan) from++;
  let to = from;
  while (to < near.length && (near[to] as Node).edge?.element === plan) to++;
  return from === 0 && to === near.length ? near : near.slice(from, to);
}

/** The primitives of one name; those with extensions are the ones that stand in the tree. */
function leavesOf(parent: Node, edge: Edge, object: JsonObject): readonly Node[] {
  const value = object[edge.key];
  if (object[edge.sibling] !== undefined) return parent.children.filter((child) => child.edge === edge);
  if (value === undefined) return NONE;
  const found: Node[] = [];
  addLeaves(found, parent, edge, value);
  return found;
}

function addLeaves(found: Node[], parent: Node, edge: Edge, value: unknown): void {
  if (!edge.element.many) addLeaf(found, parent, edge, -1, value);
  else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) addLeaf(found, parent, edge, index, value[index]);
  }
}

function addLeaf(found: Node[], parent: Node, edge: Edge, index: number, value: unknown): void {
  if (!isPlain(value)) return;
  found.push(new Node(parent, edge, index, value, undefined, edge.shape));
}

/**
 * All children: those that stand in the tree, and between them the primitives that do not. Where a primitive of a
 * name has extensions, those of that name without stand beside it.
 */
function childrenOf(parent: Node): readonly Node[] {
  const { object, shape, near } = parent;
  if (object === undefined || shape === undefined) return NONE;
  const children: Node[] = [];
  let at = 0;
  for (const key in object) {
    const edge = edgeOf(shape, object, key);
    if (edge === undefined) continue;
    const from = at;
    while (at < near.length && (near[at] as Node).edge === edge) at++;
    if (edge.primitive) addPrimitives(children, parent, edge, object[edge.key], near.slice(from, at));
    else for (let place = from; place < at; place++) children.push(near[place] as Node);
  }
  return children;
}

function addPrimitives(
  children: Node[],
  parent: Node,
  edge: Edge,
  value: unknown,
  standing: readonly Node[],
): void {
  const values = edge.element.many ? (Array.isArray(value) ? (value as readonly unknown[]) : []) : [value];
  const length = Math.max(values.length, edge.element.many ? (standing.at(-1)?.index ?? -1) + 1 : 1);
  let at = 0;
  for (let place = 0; place < length; place++) {
    const index = edge.element.many ? place : -1;
    if (standing[at]?.index === index) children.push(standing[at++] as Node);
    else addLeaf(children, parent, edge, index, values[place]);
  }
}
