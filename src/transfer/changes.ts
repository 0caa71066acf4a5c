/**
 * What a version changed, in words, the weightiest first: page one of a version that supersedes says it before all else
 * (domain AT-51). A value says what it was and what it is now; members of a list are known by their names.
 */
import { show } from '../forms/show.js';
import { isObject, type Json, type JsonObject, sameJson } from '../mapping/json.js';
import {
  type ArraySchema,
  type FormSchema,
  isArraySchema,
  isObjectSchema,
  type LeafSchema,
} from '../mapping/schema.js';
import { rankOf } from './change-order.js';

interface Change {
  readonly rank: number;
  readonly line: string;
}

/** Where in the package: names for the order, titles for the reader. */
interface Place {
  readonly names: readonly string[];
  readonly titles: readonly string[];
  /** The titles that are names of members of lists: always said. */
  readonly members: readonly string[];
}

/** Longer values are read where they stand. */
const LONGEST = 90;
/** More members of one list than this are counted. */
const MOST_NAMED = 4;
/** The last titles say enough of where a change stands. */
const SAID = 2;

/** One line for each change, in the order of safety; the time at which a version was made always differs, and is not said. */
export function changesSince(schema: FormSchema, before: JsonObject, after: JsonObject): string[] {
  const changes: Change[] = [];
  compare(
    schema,
    { ...before, createdAt: after['createdAt'] },
    after,
    { names: [], titles: [], members: [] },
    changes,
  );
  return changes.sort((a, b) => a.rank - b.rank).map(({ line }) => line);
}

function compare(
  schema: FormSchema,
  before: Json | undefined,
  after: Json | undefined,
  place: Place,
  changes: Change[],
): void {
  if (sameJson(before, after)) return;
  if (isObjectSchema(schema) && isObject(before) && isObject(after)) {
    for (const [name, inner] of Object.entries(schema.properties))
      compare(inner, before[name], after[name], within(place, name, inner.title), changes);
    return;
  }
  const [old, fresh] = [before ?? [], after ?? []];
  if (isArraySchema(schema) && Array.isArray(old) && Array.isArray(fresh)) {
    compareLists(schema, old, fresh, place, changes);
    return;
  }
  say(place, difference(schema, before, after), changes);
}

const within = ({ names, titles, members }: Place, name: string, title: string): Place => ({
  names: [...names, name],
  titles: [...titles, title],
  members,
});

/** A member of a list, known by its name. */
const memberOf = (place: Place, key: string): Place => ({
  ...within(place, '', key),
  members: [...place.members, key],
});

function say({ names, titles, members }: Place, what: string, changes: Change[]): void {
  const said = titles.filter(
    (title, index) =>
      title !== titles[index - 1] && (index >= titles.length - SAID || members.includes(title)),
  );
  changes.push({ rank: rankOf(names), line: `${said.join(', ')}: ${what}` });
}

function difference(schema: FormSchema, before: Json | undefined, after: Json | undefined): string {
  const [was, now] = [inWords(schema, before), inWords(schema, after)];
  if (before === undefined) return now === undefined ? 'added' : `added, ${now}`;
  if (after === undefined) return was === undefined ? 'taken out' : `taken out (was ${was})`;
  return was === undefined || now === undefined ? 'changed' : `was ${was}, now ${now}`;
}

/** A value in few words, a group by its name; undefined where there is none, and for what is long. */
function inWords(schema: FormSchema, value: Json | undefined): string | undefined {
  if (isObjectSchema(schema)) return nameOf(schema, value);
  if (value === undefined || isArraySchema(schema) || typeof value === 'object') return undefined;
  const leaf: LeafSchema = schema;
  if (leaf.format === 'base64') return undefined;
  const words = show(leaf, value);
  return words.length > LONGEST ? undefined : words;
}

function compareLists(
  schema: ArraySchema,
  before: readonly Json[],
  after: readonly Json[],
  place: Place,
  changes: Change[],
): void {
  const { items } = schema;
  const [old, fresh] = [byName(items, before), byName(items, after)];
  const added = [...fresh.keys()].filter((key) => !old.has(key));
  const gone = [...old.keys()].filter((key) => !fresh.has(key));
  tell(added, 'added', place, changes);
  tell(gone, 'taken out', place, changes);
  for (const [key, now] of fresh) {
    const was = old.get(key);
    if (was !== undefined) compare(items, was, now, memberOf(place, key), changes);
  }
  if (added.length === 0 && gone.length === 0 && [...old.keys()].join('\n') !== [...fresh.keys()].join('\n'))
    say(place, 'in another order', changes);
}

function tell(keys: readonly string[], what: string, place: Place, changes: Change[]): void {
  if (keys.length > MOST_NAMED) say(place, `${keys.length} ${what}`, changes);
  else for (const key of keys) say(place, `${key} ${what}`, changes);
}

/** What a member of a list is known by, in this order. */
const NAMES = [
  'id',
  'name',
  'agent',
  'text',
  'title',
  'medicine',
  'scheduledFor',
  'at',
  'item',
  'kind',
  'role',
  'letter',
];

/** Members by their names; those that share one, or have none, by their number too. */
function byName(items: FormSchema, list: readonly Json[]): Map<string, Json> {
  const found = new Map<string, Json>();
  list.forEach((member, index) => {
    const name = nameOf(items, member) ?? `${items.title} ${index + 1}`;
    let key = name;
    for (let again = 2; found.has(key); again++) key = `${name} (${again})`;
    found.set(key, member);
  });
  return found;
}

function nameOf(schema: FormSchema, value: Json | undefined): string | undefined {
  if (!isObjectSchema(schema)) return inWords(schema, value);
  if (!isObject(value)) return undefined;
  for (const name of NAMES) {
    const inner = schema.properties[name];
    if (inner === undefined || value[name] === undefined) continue;
    const words = nameOf(inner, value[name]);
    if (words !== undefined) return words;
  }
  return undefined;
}
