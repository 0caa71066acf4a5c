/**
 * A form's content as labelled values in the order of its schema: what narratives and plain pages are made of. Every
 * leaf is in it, so whoever reads only the outline misses nothing.
 */
import { isObject, type Json, type JsonObject } from './json.js';
import { type FormSchema, isArraySchema, isObjectSchema, type LeafSchema } from './schema.js';

export interface OutlineNode {
  readonly label: string;
  /** Text of a leaf. */
  readonly value?: string;
  /** What a group or a list holds; in a list each child is one item. */
  readonly children?: readonly OutlineNode[];
}

export interface OutlineOptions {
  /** Text of a leaf; default: as sent, choices by their label, yes/no in words, unit after the number. */
  readonly show?: (leaf: LeafSchema, value: Json) => string;
  /** Leaves out what is not for reading, e.g. the bytes of an attachment. */
  readonly skip?: (leaf: LeafSchema) => boolean;
}

const NO_BREAK_SPACE = '\u00a0';

/** Words for a leaf's value; a value that is not of the leaf's type (carried as NOT UNDERSTOOD) is shown as it is. */
export function showLeaf(leaf: LeafSchema, value: Json): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number')
    return leaf['x-unit'] ? `${value}${NO_BREAK_SPACE}${leaf['x-unit']}` : String(value);
  return leaf['x-labels']?.[String(value)] ?? String(value);
}

/** Takes a schema and data of its shape; gives the labelled values. */
export function outline(
  schema: FormSchema,
  data: Json | undefined,
  options: OutlineOptions = {},
): OutlineNode[] {
  if (!isObjectSchema(schema) || !isObject(data)) return [];
  const nodes: OutlineNode[] = [];
  for (const [name, inner] of Object.entries(schema.properties)) {
    const value = data[name];
    if (value !== undefined) add(nodes, inner, value, options);
  }
  return nodes;
}

function add(to: OutlineNode[], schema: FormSchema, value: Json, options: OutlineOptions): void {
  const label = schema.title;
  if (isObjectSchema(schema)) {
    to.push({ label, children: outline(schema, value as JsonObject, options) });
  } else if (isArraySchema(schema)) {
    const children: OutlineNode[] = [];
    for (const item of value as readonly Json[]) add(children, schema.items, item, options);
    if (children.length > 0) to.push({ label, children });
  } else if (options.skip?.(schema) !== true) {
    to.push({ label, value: (options.show ?? showLeaf)(schema, value) });
  }
}
