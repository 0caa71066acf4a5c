/**
 * A paper in few lines: a row for each part of it, with every answer after its name in running text ("Usual:
 * Capability" for one of a group within). A list of small things is a table, one of larger things a row for each.
 */
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import {
  type FormSchema,
  isArraySchema,
  isObjectSchema,
  type LeafSchema,
  type ObjectSchema,
} from '../mapping/schema.js';
import type { Block, FactRow, Field } from '../print/press.js';
import { joined } from './joined.js';
import { show } from './show.js';

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

/** Any value on one line: answers of a group after their names, things of a list one after another. */
export function inWords(schema: FormSchema, value: Json): string {
  if (isArraySchema(schema)) {
    if (!Array.isArray(value)) return String(value);
    return joined(
      (value as readonly Json[]).map((one) => inWords(schema.items, one)),
      '; ',
    );
  }
  if (isObjectSchema(schema)) {
    if (!isObject(value)) return String(value);
    return joined(gather(schema, value, '').map(({ label, value: words }) => `${label}: ${words}`));
  }
  return show(schema, value);
}

/** Every answer of a group and of the groups within it. */
function gather(schema: ObjectSchema, data: JsonObject, within: string): Field[] {
  return Object.entries(schema.properties).flatMap(([name, inner]): Field[] => {
    const value = data[name];
    if (value === undefined || isBytes(inner)) return [];
    const label = named(within, inner.title);
    return isObjectSchema(inner) && isObject(value)
      ? gather(inner, value, label)
      : [{ label, value: inWords(inner, value) }];
  });
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
      return value === undefined ? '' : inWords(schema, value);
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

function rowOf(schema: FormSchema, value: Json, head: string): FactRow {
  const facts =
    isObjectSchema(schema) && isObject(value)
      ? gather(schema, value, '')
      : [{ label: '', value: inWords(schema, value) }];
  return { head, facts };
}

/** Every answer of a group; gives nothing where nothing was sent. */
export function flat(schema: ObjectSchema, data: JsonObject): Block[] {
  const blocks: Block[] = [];
  let rows: FactRow[] = [];
  const close = (): void => {
    if (rows.length > 0) blocks.push({ kind: 'facts', rows });
    rows = [];
  };
  const alone: Field[] = [];
  for (const [name, inner] of Object.entries(schema.properties)) {
    const value = data[name];
    if (value === undefined || isBytes(inner)) continue;
    if (isLeaf(inner) || (isArraySchema(inner) && isLeaf(inner.items))) {
      alone.push({ label: inner.title, value: inWords(inner, value) });
      continue;
    }
    if (isObjectSchema(inner) || !Array.isArray(value)) {
      rows.push(rowOf(inner, value, inner.title));
      continue;
    }
    const values = value as readonly Json[];
    const table = tableOf(inner.title, inner.items, values);
    if (table === undefined) {
      const { title } = inner.items;
      values.forEach((one, i) => {
        rows.push(
          rowOf(inner.items, one, values.length === 1 ? title : `${title} ${i + 1} of ${values.length}`),
        );
      });
      continue;
    }
    close();
    blocks.push(table);
  }
  close();
  return alone.length === 0 ? blocks : [{ kind: 'facts', rows: [{ head: '', facts: alone }] }, ...blocks];
}
