/**
 * A long paper in few headings: one for each part of it, and below it every answer with the names of the groups that
 * it stands in ("Usual: Capability"). Answers of a part come before its lists, so that none seems to belong to the
 * last item of a list.
 */
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import {
  type FormSchema,
  isArraySchema,
  isObjectSchema,
  type LeafSchema,
  type ObjectSchema,
} from '../mapping/schema.js';
import type { Block, Field } from '../print/press.js';
import { show } from './page.js';

interface Part {
  readonly fields: Field[];
  readonly lists: Block[];
}

/** "Usual: Capability"; a name that says its group again takes its place: "MUST total", not "MUST: MUST total". */
function named(within: string, label: string): string {
  if (within === '') return label;
  const at = within.lastIndexOf(': ');
  const group = at < 0 ? within : within.slice(at + 2);
  const again = label.toLowerCase().startsWith(group.toLowerCase());
  if (!again) return `${within}: ${label}`;
  return at < 0 ? label : `${within.slice(0, at)}: ${label}`;
}

const isLeaf = (schema: FormSchema): schema is LeafSchema =>
  !isObjectSchema(schema) && !isArraySchema(schema);

function blocks({ fields, lists }: Part): Block[] {
  return [...(fields.length > 0 ? [{ kind: 'fields', fields } as const] : []), ...lists];
}

function list(label: string, items: FormSchema, values: readonly Json[], part: Part): void {
  if (isLeaf(items)) {
    part.fields.push({ label, value: values.map((v) => show(items, v)).join('; ') });
    return;
  }
  values.forEach((value, i) => {
    const one: Part = { fields: [], lists: [] };
    gather(items, value, '', one);
    const text = values.length === 1 ? items.title : `${items.title} ${i + 1} of ${values.length}`;
    part.lists.push({ kind: 'heading', level: 3, text }, ...blocks(one));
  });
}

function gather(schema: FormSchema, value: Json, within: string, part: Part): void {
  if (isObjectSchema(schema) && isObject(value)) {
    for (const [name, inner] of Object.entries(schema.properties)) {
      const v = value[name];
      if (v === undefined) continue;
      const label = named(within, inner.title);
      if (isArraySchema(inner) && Array.isArray(v)) list(label, inner.items, v, part);
      else if (isLeaf(inner)) part.fields.push({ label, value: show(inner, v) });
      else gather(inner, v, label, part);
    }
  } else part.fields.push({ label: within === '' ? schema.title : within, value: String(value) });
}

/** Every answer of a paper. Takes its schema and its data as it is to be shown. */
export function flat(schema: ObjectSchema, data: JsonObject): Block[] {
  const alone: Part = { fields: [], lists: [] };
  const parts: Block[] = [];
  for (const [name, inner] of Object.entries(schema.properties)) {
    const value = data[name];
    if (value === undefined) continue;
    if (isLeaf(inner)) {
      alone.fields.push({ label: inner.title, value: show(inner, value) });
      continue;
    }
    const part: Part = { fields: [], lists: [] };
    if (isArraySchema(inner) && Array.isArray(value)) list(inner.title, inner.items, value, part);
    else gather(inner, value, '', part);
    parts.push({ kind: 'heading', level: 2, text: inner.title }, ...blocks(part));
  }
  return [...blocks(alone), ...parts];
}
