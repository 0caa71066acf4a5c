/**
 * fhirpath.js behind one function: loaded when first needed, each expression compiled once, `trace()` silent,
 * and `resolve()`, `memberOf()`, `conformsTo()` answered by the validator itself, without the network.
 * https://hl7.org/fhir/R4/fhirpath.html, https://github.com/HL7/fhirpath.js
 */
import { createRequire } from 'node:module';
import type { Compile, Model, UserInvocationTable } from 'fhirpath';
import { isObject, type Node } from './plan/node.js';
import type { Context } from './rules/rule.js';
import { membership } from './terminology/membership.js';

interface Engine {
  compile(
    path: string | { base: string; expression: string },
    model: Model,
    options: object,
  ): Compile<object>;
}

const load = createRequire(import.meta.url);
const compiled = new Map<string, Compile<object>>();
let engine: Engine | undefined;
let model: Model | undefined;
/** The run whose expression is being evaluated; evaluation is synchronous. */
let current: { node: Node; context: Context } | undefined;

/** The part of fhirpath.js's own node that our functions use; `this` in them is its evaluation context. */
interface Item {
  readonly data?: unknown;
  readonly parentResNode?: Item | null;
  readonly constructor: { makeResNode?(engineContext: unknown, data: unknown, ...rest: null[]): unknown };
}

const FUNCTIONS = {
  resolve: { fn: resolveAll, arity: { 0: [] }, internalStructures: true },
  memberOf: {
    fn: (items: Item[], valueSet: string) => items.map((item) => isMember(item.data ?? item, valueSet)),
    arity: { 1: ['String'] },
    internalStructures: true,
  },
  conformsTo: {
    fn: (items: Item[], profile: string) => items.map((item) => conforms(item.data ?? item, profile)),
    arity: { 1: ['String'] },
    internalStructures: true,
  },
} as unknown as UserInvocationTable;

/** Gives the targets as nodes of the engine's own, so that `is` and `ofType()` know their types. */
function resolveAll(this: unknown, items: readonly Item[]): unknown[] {
  return items.flatMap((item) => {
    const value = item.data ?? item;
    const reference =
      typeof value === 'string' ? value : (value as { reference?: unknown } | null)?.reference;
    if (typeof reference !== 'string' || current === undefined) return [];
    const target = current.context.resolve(reference, whereIs(item, current));
    if (target === undefined) return [];
    return [item.constructor.makeResNode?.(this, target.value, null, null, null, null) ?? target.value];
  });
}

/** The resource that an item stands in: a reference is resolved from there, not from the element under test. */
function whereIs(item: Item, { node, context }: { node: Node; context: Context }): Node {
  for (let at: Item | null | undefined = item; at !== null && at !== undefined; at = at.parentResNode) {
    if (isObject(at.data) && typeof at.data['resourceType'] === 'string') {
      return resourcesOf(context).get(at.data) ?? node;
    }
  }
  return node;
}

/** Every resource of the run by its JSON object. */
function resourcesOf(context: Context): Map<unknown, Node> {
  let found = context.memory.get(resourcesOf) as Map<unknown, Node> | undefined;
  if (found === undefined) {
    found = new Map();
    gather(context.root, found);
    context.memory.set(resourcesOf, found);
  }
  return found;
}

function gather(node: Node, found: Map<unknown, Node>): void {
  if (node.isResource) found.set(node.value, node);
  for (const child of node.children) if (!child.isPrimitive) gather(child, found);
}

function isMember(item: unknown, canonical: string): boolean {
  const valueSet = current?.context.definitions.valueSet(canonical);
  if (valueSet === undefined || current === undefined)
    throw new Error(`the value set ${canonical} is not loaded`);
  return membership(item, valueSet, current.context.definitions) !== 'out';
}

function conforms(item: unknown, profile: string): boolean {
  if (current === undefined) throw new Error('conformsTo() needs a run');
  const node = item === current.node.value ? current.node : resourcesOf(current.context).get(item);
  if (node === undefined) throw new Error('conformsTo() is answered for resources only');
  return current.context.conforms(node, profile);
}

function compile(expression: string, base: string): Compile<object> {
  const key = `${base}|${expression}`;
  let ready = compiled.get(key);
  if (ready === undefined) {
    engine ??= load('fhirpath') as Engine;
    model ??= load('fhirpath/fhir-context/r4') as Model;
    ready = engine.compile(base === '' ? expression : { base, expression }, model, {
      traceFn: () => undefined,
      userInvocationTable: FUNCTIONS,
    });
    compiled.set(key, ready);
  }
  return ready;
}

/** Selects items with the places they were found at, where other expressions give values alone. */
const selectors = new Map<string, Compile<object>>();

interface Found extends Item {
  readonly propName?: string | null;
  readonly index?: number | null;
}

/** Takes an expression on a whole resource; gives whether it selects this element. Throws what fhirpath throws. */
export function selects(expression: string, node: Node, context: Context): boolean {
  let select = selectors.get(expression);
  if (select === undefined) {
    engine ??= load('fhirpath') as Engine;
    model ??= load('fhirpath/fhir-context/r4') as Model;
    select = engine.compile(expression, model, {
      traceFn: () => undefined,
      userInvocationTable: FUNCTIONS,
      resolveInternalTypes: false,
    });
    selectors.set(expression, select);
  }
  const before = current;
  current = { node: node.resource, context };
  try {
    const { resource, container } = node;
    const found = select(
      resource.value as never,
      { resource: resource.value, rootResource: container.value } as never,
    ) as unknown as readonly Found[];
    return found.some((item) => isAt(item, node));
  } finally {
    current = before;
  }
}

/** Objects are themselves; a primitive is known by where it stands. */
function isAt(item: Found, node: Node): boolean {
  if (isObject(node.value)) return item.data === node.value;
  return (
    item.parentResNode?.data === node.parent?.value &&
    (item.propName === node.key || item.propName === node.name) &&
    (node.index === -1 || item.index === node.index)
  );
}

/** True when an expression can be read as FHIRPath. */
export function canCompile(expression: string): boolean {
  try {
    compile(expression, '');
    return true;
  } catch {
    return false;
  }
}

/** The path by which fhirpath knows an element's type; a resource tells its own. */
function baseOf(node: Node): string {
  if (node.isResource || node.element === undefined) return '';
  return node.element.choice ? node.type : node.element.path;
}

/**
 * Takes an invariant and the element; gives whether it holds. As in the reference validator an empty result
 * does not. Throws what fhirpath throws.
 */
export function evaluate(expression: string, node: Node, context: Context, placed = false): boolean {
  if (node.value === undefined) return true;
  // fhirpath.js 5.2 fails on a bare decimal as focus, so its parent is the focus then.
  const isDecimal = node.type === 'decimal' && node.parent !== undefined;
  const focus = isDecimal ? (node.parent as Node) : node;
  const place = node.index === -1 ? node.name : `${node.name}[${node.index}]`;
  const run = compile(isDecimal ? `${place}.select(${expression})` : expression, baseOf(focus));
  const around = placed && node.isResource && node.parent !== undefined ? node.parent : node;
  const before = current;
  current = { node, context };
  try {
    const result = run(
      focus.value as never,
      {
        resource: around.resource.value,
        rootResource: around.container.value,
        sct: 'http://snomed.info/sct',
        loinc: 'http://loinc.org',
      } as never,
    ) as unknown;
    if (!Array.isArray(result)) throw new Error('the expression needs an asynchronous function');
    return result.length === 1 ? result[0] !== false : result.length > 1;
  } finally {
    current = before;
  }
}
