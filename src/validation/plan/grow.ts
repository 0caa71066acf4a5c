/**
 * Grows the tree of an instance, and tells on the way whether its structure is sound: known properties only, of the
 * right kinds, as often as they must be, with well-formed primitives. https://hl7.org/fhir/R4/json.html
 *
 * It says that something is wrong, not what: that is the structure check's business, which is asked then. It may call
 * unsound what is not (extensions of primitives, members that are `undefined`), never sound what is not; a test holds
 * both against each other.
 */
import { isObject, type JsonObject, Node } from './node.js';
import type { Edge, Shape } from './shapes.js';

/** Takes a resource; grows its tree, as far down as `levels`. True when all of it is there, and sound. */
export function growWhole(root: Node, levels: number): boolean {
  top = 0;
  try {
    return growResource(root, levels);
  } finally {
    stack.length = 0;
  }
}

/**
 * The children found so far of the element in hand, above those of the elements around it. Lists of exact length are
 * cut from it: one that grows keeps room for more, and most elements have a child or two.
 */
const stack: Node[] = [];
let top = 0;

function growResource(root: Node, levels: number): boolean {
  const links: Node[] = [];
  if (root.shape?.isAbstract !== false || !grow(root, levels, links)) return false;
  // Cut to length, as one that grew keeps room for more.
  root.links = links.length === 0 ? NONE : links.slice();
  return true;
}

/** Takes an element; makes its children, for rules to look at. */
export function growAlone(node: Node): void {
  grow(node, ALONE, UNUSED);
  if (top === 0) stack.length = 0;
}

/** A number of levels that says: the children only. */
const ALONE = -1;
const UNUSED: Node[] = [];

/** Grows an element's children and, while all is sound, theirs; gathers References and inner resources on the way. */
function grow(node: Node, levels: number, links: Node[]): boolean {
  const { object, shape } = node;
  if (object === undefined || shape === undefined) {
    node.near = NONE;
    return false;
  }
  if (levels === 0) return false;
  const { edges } = shape;
  const from = top;
  let sound = !node.isPrimitive;
  let required = 0;
  let others = 0;
  let chosen = 0;
  for (const key in object) {
    const edge = edges.get(key);
    if (edge === undefined) {
      if (key.charCodeAt(0) === UNDERSCORE) {
        top = from;
        node.near = withSiblings(node, shape, object);
        return false;
      }
      if (key !== 'resourceType' || !shape.isResource) sound = false;
      continue;
    }
    const { element } = edge;
    if (element.isRequired) required += 1;
    if (key !== 'id') others += 1;
    if (element.bit !== 0) {
      if ((chosen & element.bit) !== 0) sound = false;
      chosen |= element.bit;
    }
    const value = object[key];
    if (!element.many) {
      if (edge.primitive) {
        if (edge.passed?.has(value) === true) continue;
        if (!edge.isLegal(value)) sound = false;
        addLeaf(node, edge, -1, value);
      } else if (isObject(value)) sound = addComplex(node, edge, -1, value, sound, levels, links);
      else sound = false;
    } else if (Array.isArray(value) && value.length > 0) {
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index];
        if (edge.primitive) {
          if (edge.passed?.has(item) === true) continue;
          if (!edge.isLegal(item)) sound = false;
          addLeaf(node, edge, index, item);
        } else if (isObject(item)) sound = addComplex(node, edge, index, item, sound, levels, links);
        else sound = false;
      }
    } else sound = false;
  }
  node.near = cut(from);
  return sound && required === shape.required && (others > 0 || shape.isResource);
}

const UNDERSCORE = 95;
const NONE: readonly Node[] = [];

/**
 * The list of what has been found from this place on. Always a slice: where a literal makes lists that live as long as
 * a tree, V8 comes to make them old at once, and what old lists name is not young garbage, so whole trees stay.
 */
function cut(from: number): readonly Node[] {
  const to = top;
  top = from;
  return to === from ? NONE : stack.slice(from, to);
}

/** A primitive whose place has no rule that its value could break stays out of the tree. */
function addLeaf(parent: Node, edge: Edge, index: number, value: unknown): void {
  if (value === undefined || typeof value === 'object') return;
  if (edge.quiet || edge.passed?.has(value) === true) return;
  stack[top++] = new Node(parent, edge, index, value, undefined, edge.shape);
}

function addComplex(
  parent: Node,
  edge: Edge,
  index: number,
  value: JsonObject,
  sound: boolean,
  levels: number,
  links: Node[],
): boolean {
  const shape = edge.shape ?? resourceShape(parent, value);
  if (shape === undefined) return false;
  const node = new Node(parent, edge, index, value, undefined, shape);
  stack[top++] = node;
  if (!sound || levels < 0) return false;
  if (shape.isResource) {
    links.push(node);
    return growResource(node, levels - 1);
  }
  if (edge.type.code === 'Reference') links.push(node);
  return grow(node, levels - 1, links);
}

function resourceShape(parent: Node, value: JsonObject): Shape | undefined {
  const type = value['resourceType'];
  const shape = typeof type === 'string' ? parent.shape?.shapes.of(type) : undefined;
  return shape?.isResource === true ? shape : undefined;
}

// Where primitives have ids and extensions -----------------------------------------------------------------------

const NOTHING: readonly unknown[] = [];

function withSiblings(parent: Node, shape: Shape, object: JsonObject): readonly Node[] {
  const from = top;
  for (const key in object) {
    const edge = edgeOf(shape, object, key);
    if (edge === undefined) continue;
    const value = object[edge.key];
    const extra = edge.primitive ? object[edge.sibling] : undefined;
    if (!edge.element.many) add(parent, edge, -1, value, extra);
    else {
      const values = Array.isArray(value) ? (value as readonly unknown[]) : NOTHING;
      const extras = Array.isArray(extra) ? (extra as readonly unknown[]) : NOTHING;
      const length = Math.max(values.length, extras.length);
      for (let index = 0; index < length; index++) {
        add(parent, edge, index, values[index], extras[index]);
      }
    }
  }
  return cut(from);
}

/** What a property is; of a primitive without a value its `_` sibling tells. */
export function edgeOf(shape: Shape, object: JsonObject, key: string): Edge | undefined {
  const edge = shape.edges.get(key);
  if (edge !== undefined || key.charCodeAt(0) !== UNDERSCORE) return edge;
  const name = key.slice(1);
  const primitive = object[name] === undefined ? shape.edges.get(name) : undefined;
  return primitive?.primitive === true ? primitive : undefined;
}

function add(parent: Node, edge: Edge, index: number, value: unknown, extra: unknown): void {
  if (edge.primitive) {
    if (!isObject(extra)) addLeaf(parent, edge, index, value);
    else {
      const plain = typeof value === 'object' ? undefined : value;
      stack[top++] = new Node(parent, edge, index, plain, extra, edge.shape);
    }
  } else if (isObject(value)) addComplex(parent, edge, index, value, false, ALONE, UNUSED);
}
