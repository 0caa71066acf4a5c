/** What plain FHIRPath works on: elements of the instance, and values of its own. https://hl7.org/fhirpath/N1/#literals */
import { isObject, type Node } from '../plan/node.js';
import { PLAIN } from '../plan/shapes.js';

export type Value = string | number | boolean;
export type Item = Node | Value;

/**
 * Thrown where the answer depends on what we do not write in plain code (dates of different precision, equality of
 * objects, several items where one is expected …): then fhirpath.js is asked, also for its errors.
 */
export const ODD = Symbol('odd');

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** The types that each primitive type is a kind of, besides itself. */
const PRIMITIVE_PARENTS: { readonly [type: string]: readonly string[] } = {
  code: ['string'],
  id: ['string'],
  markdown: ['string'],
  url: ['uri'],
  canonical: ['uri'],
  oid: ['uri'],
  uuid: ['uri'],
  unsignedInt: ['integer'],
  positiveInt: ['integer'],
};

export function isNode(item: Item): item is Node {
  return typeof item === 'object';
}

/** The value of a text, number or boolean; anything else is odd. */
export function plainValue(item: Item): Value {
  if (!isNode(item)) return item;
  const { value, type } = item;
  if (typeof value === 'boolean' || (value !== undefined && typeof value === PLAIN.get(type)))
    return value as Value;
  throw ODD;
}

/** The text of an item; of a date it is as it is written. */
export function textOf(item: Item): string {
  if (isNode(item) && typeof item.value === 'string' && item.isPrimitive) return item.value;
  const value = plainValue(item);
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw ODD;
  return String(value);
}

/** `=` of two single items. */
export function isSame(left: Item, right: Item): boolean {
  // Elements are also compared by their extensions.
  if (isNode(left) && isNode(right) && (left.extra !== undefined || right.extra !== undefined)) throw ODD;
  const [a, b] = [plainValue(left), plainValue(right)];
  if (typeof a !== typeof b) throw ODD;
  return a === b;
}

/**
 * Two quantities of the same unit; between units fhirpath.js converts. Of units outside UCUM fhirpath.js compares
 * nothing and says that each is at most the other; we compare them, as the reference validator does.
 */
function orderQuantities(left: Node, right: Node): number {
  const [a, b] = [left.value, right.value];
  if (!isObject(a) || !isObject(b)) throw ODD;
  if (a['system'] !== b['system'] || a['code'] !== b['code'] || a['unit'] !== b['unit']) throw ODD;
  if (a['comparator'] !== undefined || b['comparator'] !== undefined) throw ODD;
  if (typeof a['value'] !== 'number' || typeof b['value'] !== 'number') throw ODD;
  return a['value'] - b['value'];
}

/** Less than zero, zero or more as `left` is before, the same as or after `right`. */
export function order(left: Item, right: Item): number {
  if (isNode(left) && isNode(right) && left.type === 'Quantity' && right.type === 'Quantity')
    return orderQuantities(left, right);
  return comparable(left) - comparable(right);
}

/** Numbers, and moments with an offset and no fraction: their order does not depend on precision. */
function comparable(item: Item): number {
  if (isNode(item) && (item.type === 'dateTime' || item.type === 'instant')) {
    const match = typeof item.value === 'string' ? MOMENT.exec(item.value) : null;
    if (match === null || match[1] !== undefined) throw ODD;
    return Date.parse(item.value as string);
  }
  const value = plainValue(item);
  if (typeof value !== 'number') throw ODD;
  return value;
}

/** Whether an item is of a type or of one that specialises it. */
export function isOfType(item: Item, type: string): boolean {
  if (!isNode(item)) throw ODD;
  if (item.type === type) return true;
  if (item.isPrimitive) return PRIMITIVE_PARENTS[item.type]?.includes(type) === true;
  return item.shape?.lineage.includes(type) === true;
}

/** Set of the values of items, for `distinct()`, `in` and the like. */
export function valuesOf(items: readonly Item[]): Set<Value> {
  const values = new Set<Value>();
  let kind: string | undefined;
  for (const item of items) {
    if (isNode(item) && item.extra !== undefined) throw ODD;
    const value = plainValue(item);
    if (kind !== undefined && kind !== typeof value) throw ODD;
    kind = typeof value;
    values.add(value);
  }
  return values;
}

/** A table without what every object inherits: names come from expressions. */
export function table<T>(entries: { readonly [name: string]: T }): ReadonlyMap<string, T> {
  return new Map(Object.entries(entries));
}
