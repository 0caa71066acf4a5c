/**
 * A long paper in few headings: one for each part of it, and below it every answer with the names of the groups that
 * it stands in ("Usual: Capability"). Answers of a part come before its lists, so that none seems to belong to the
 * last item of a list. A list of small things is a table: eight diagnoses are eight lines and not a page.
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
import { show } from './show.js';

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

/** Bytes are not for reading. */
const isBytes = (schema: FormSchema): boolean => isLeaf(schema) && schema.format === 'base64';

function blocks({ fields, lists }: Part): Block[] {
  return [...(fields.length > 0 ? [{ kind: 'fields', fields } as const] : []), ...lists];
}

/** More columns than this do not stand beside each other on paper. */
const WIDEST = 6;
/** Longer words than this want lines of their own. */
const LONGEST = 120;

/** How many were sent, so that a page that is missing is missed. */
const counted = (label: string, things: readonly unknown[]): string => `${label}: ${things.length}`;

/** Things that are no more than a few short answers, in a table; undefined for any others. */
function tableOf(label: string, items: FormSchema, values: readonly Json[]): Block | undefined {
  if (!isObjectSchema(items) || values.length < 2 || !values.every((v) => isObject(v))) return undefined;
  const things = values as readonly JsonObject[];
  const columns = Object.entries(items.properties).filter(([name]) =>
    things.some((thing) => thing[name] !== undefined),
  );
  if (columns.length > WIDEST || !columns.every(([, schema]) => isLeaf(schema))) return undefined;
  const rows = things.map((thing) =>
    columns.map(([name, schema]) => {
      const value = thing[name];
      return value === undefined ? '' : show(schema as LeafSchema, value);
    }),
  );
  if (rows.some((row) => row.some((words) => words.length > LONGEST))) return undefined;
  return {
    kind: 'table',
    caption: counted(label, things),
    columns: columns.map(([, { title }], i) => ({
      title,
      share: Math.min(40, Math.max(8, ...rows.map((row) => (row[i] ?? '').length))),
    })),
    rows,
  };
}

/** Few things of many answers each, side by side: the answers go down, the things across. */
const MOST_ACROSS = 4;

/** A table with a column for each thing; undefined where one has lists of its own, or words that want room. */
function sideBySide(title: string, label: string, things: readonly Part[]): Block | undefined {
  if (things.length < 2 || things.length > MOST_ACROSS) return undefined;
  const long = (f: Field): boolean => f.value.length > LONGEST;
  if (things.some(({ fields, lists }) => lists.length > 0 || fields.some(long))) return undefined;
  const labels: string[] = [];
  for (const { fields } of things) {
    fields.forEach((field, i) => {
      if (labels.includes(field.label)) return;
      const before = fields[i - 1];
      labels.splice(before ? labels.indexOf(before.label) + 1 : 0, 0, field.label);
    });
  }
  const told = things.map(({ fields }) => new Map(fields.map((f) => [f.label, f.value])));
  if (things.some(({ fields }, i) => fields.length !== told[i]?.size)) return undefined;
  return {
    kind: 'table',
    caption: counted(label, things),
    columns: [
      { title: 'Asked', share: 3 },
      ...things.map((_, i) => ({ title: `${title} ${i + 1} of ${things.length}`, share: 4 })),
    ],
    rows: labels.map((name) => [name, ...told.map((of) => of.get(name) ?? '')]),
  };
}

function list(label: string, items: FormSchema, values: readonly Json[], part: Part): void {
  if (isLeaf(items)) {
    part.fields.push({ label, value: values.map((v) => show(items, v)).join('; ') });
    return;
  }
  const table = tableOf(label, items, values);
  if (table) {
    part.lists.push(table);
    return;
  }
  const things = values.map((value) => {
    const one: Part = { fields: [], lists: [] };
    gather(items, value, '', one);
    return one;
  });
  const beside = sideBySide(items.title, label, things);
  if (beside) {
    part.lists.push(beside);
    return;
  }
  things.forEach((thing, i) => {
    const text = values.length === 1 ? items.title : `${items.title} ${i + 1} of ${values.length}`;
    part.lists.push({ kind: 'heading', level: 3, text }, ...blocks(thing));
  });
}

function gather(schema: FormSchema, value: Json, within: string, part: Part): void {
  if (isObjectSchema(schema) && isObject(value)) {
    for (const [name, inner] of Object.entries(schema.properties)) {
      const v = value[name];
      if (v === undefined || isBytes(inner)) continue;
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
    if (value === undefined || isBytes(inner)) continue;
    if (isLeaf(inner)) {
      alone.fields.push({ label: inner.title, value: show(inner, value) });
      continue;
    }
    const part: Part = { fields: [], lists: [] };
    if (isArraySchema(inner) && Array.isArray(value)) {
      if (isLeaf(inner.items)) {
        list(inner.title, inner.items, value, alone);
        continue;
      }
      const [first] = value as readonly Json[];
      if (value.length === 1 && first !== undefined) gather(inner.items, first, '', part);
      else list(inner.title, inner.items, value, part);
    } else gather(inner, value, '', part);
    parts.push({ kind: 'heading', level: 2, text: inner.title }, ...blocks(part));
  }
  return [...blocks(alone), ...parts];
}
