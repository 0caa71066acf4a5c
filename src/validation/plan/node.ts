/** An instance as a tree of typed elements, made as it is walked. https://hl7.org/fhir/R4/fhirpath.html */
import type { Edge, ElementPlan, Shape, Shapes } from './shapes.js';

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One element of the instance, or a resource. */
export class Node {
  readonly parent: Node | undefined;
  readonly edge: Edge | undefined;
  /** The property's name in JSON: `valueQuantity`. */
  readonly key: string;
  /** Place in its array, -1 where the element does not repeat. */
  readonly index: number;
  /** The type that it has: `Quantity`, `dateTime`, `Patient`, `BackboneElement`. */
  readonly type: string;
  readonly shape: Shape | undefined;
  /** The JSON value; undefined for a primitive that has extensions only. */
  readonly value: unknown;
  /** A primitive's `_` sibling. */
  readonly extra: JsonObject | undefined;
  /** The nearest resource: itself, if it is one. */
  readonly resource: Node;
  /** The nearest resource that is not contained in another. */
  readonly container: Node;
  #children: readonly Node[] | undefined;

  constructor(
    parent: Node | undefined,
    edge: Edge | undefined,
    key: string,
    index: number,
    value: unknown,
    extra: JsonObject | undefined,
    shape: Shape | undefined,
  ) {
    this.parent = parent;
    this.edge = edge;
    this.key = key;
    this.index = index;
    this.value = value;
    this.extra = extra;
    this.shape = shape;
    const isResource = shape?.isResource === true;
    this.type =
      isResource || edge === undefined ? (shape?.type ?? '') : edge.type.code || (shape?.type ?? '');
    this.resource = isResource || parent === undefined ? this : parent.resource;
    this.container =
      parent === undefined || (isResource && edge?.element.name !== 'contained') ? this : parent.container;
  }

  /** Takes a resource's JSON; gives its node, or undefined when its resourceType is not known. */
  static root(shapes: Shapes, resource: unknown): Node | undefined {
    const type = isObject(resource) ? resource['resourceType'] : undefined;
    const shape = typeof type === 'string' ? shapes.of(type) : undefined;
    return shape?.isResource === true
      ? new Node(undefined, undefined, '', -1, resource, undefined, shape)
      : undefined;
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

  /** The child elements in the order of the JSON; what does not have the shape of its type is left out. */
  get children(): readonly Node[] {
    this.#children ??= this.isLeaf ? NONE : childrenOf(this);
    return this.#children;
  }

  /** The children with a FHIRPath name: `value` gives a `valueQuantity`. */
  named(name: string): Node[] {
    let found: Node[] | undefined;
    for (const child of this.children) {
      if (child.edge?.element.name !== name) continue;
      if (found === undefined) found = [child];
      else found.push(child);
    }
    return found ?? NONE;
  }

  /** The one child with this name, if there is one. */
  child(name: string): Node | undefined {
    for (const child of this.children) if (child.edge?.element.name === name) return child;
    return undefined;
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

/** One empty list for all; nobody may add to it. */
const NONE = Object.freeze([]) as unknown as Node[];

const NOTHING: readonly unknown[] = [];

function childrenOf(parent: Node): readonly Node[] {
  const { object, shape } = parent;
  if (object === undefined || shape === undefined) return NONE;
  const { edges } = shape;
  const children: Node[] = [];
  for (const key in object) {
    const edge = edges.get(key);
    if (edge !== undefined) {
      addChildren(
        children,
        parent,
        edge,
        key,
        object[key],
        edge.primitive ? object[edge.sibling] : undefined,
      );
    } else if (key.charCodeAt(0) === 95) {
      const name = key.slice(1);
      const primitive = object[name] === undefined ? edges.get(name) : undefined;
      if (primitive?.primitive === true)
        addChildren(children, parent, primitive, name, undefined, object[key]);
    }
  }
  return children;
}

function addChildren(
  children: Node[],
  parent: Node,
  edge: Edge,
  key: string,
  value: unknown,
  extra: unknown,
): void {
  if (!edge.element.many) {
    add(children, parent, edge, key, -1, value, extra);
    return;
  }
  const values = Array.isArray(value) ? (value as readonly unknown[]) : NOTHING;
  const extras = Array.isArray(extra) ? (extra as readonly unknown[]) : NOTHING;
  const length = Math.max(values.length, extras.length);
  for (let index = 0; index < length; index++) {
    add(children, parent, edge, key, index, values[index], extras[index]);
  }
}

function add(
  children: Node[],
  parent: Node,
  edge: Edge,
  key: string,
  index: number,
  value: unknown,
  extra: unknown,
): void {
  if (edge.primitive) {
    const sibling = isObject(extra) ? extra : undefined;
    const plain = typeof value === 'object' ? undefined : value;
    if (plain === undefined && sibling === undefined) return;
    children.push(new Node(parent, edge, key, index, plain, sibling, edge.shape));
  } else if (isObject(value)) {
    const shape = edge.shape ?? resourceShape(parent, value);
    if (shape !== undefined) children.push(new Node(parent, edge, key, index, value, undefined, shape));
  }
}

function resourceShape(parent: Node, value: JsonObject): Shape | undefined {
  const type = value['resourceType'];
  const shape = typeof type === 'string' ? parent.shape?.shapes.of(type) : undefined;
  return shape?.isResource === true ? shape : undefined;
}
