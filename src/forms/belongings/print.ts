/**
 * The checklist to be ticked off: at the home, on the ward, and at home again; then who took the bag over, with room
 * for who does next.
 */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import type { ArraySchema, LeafSchema, ObjectSchema } from '../../mapping/schema.js';
import type { Block } from '../../print/press.js';
import { everything, type Page, show } from '../page.js';
import { unaccounted } from './rules.js';
import { belongings } from './schema.js';

const schema = belongings as unknown as ObjectSchema;
const itemOf = (name: string): ObjectSchema => (schema.properties[name] as ArraySchema).items as ObjectSchema;
const ITEM = itemOf('items');
const HANDOVER = itemOf('custody');

const BOX = '\u2610';
const TICK = '\u2611';
const CROSS = '\u2612';

export const belongingsPage: Page = (data) => [
  ...everything(schema, only(data, ['bag'])),
  ...itemBlocks(data['items']),
  ...custodyBlocks(data['custody']),
  ...everything(schema, only(data, ['note', 'recorded'])),
];

/** A list of things on paper, what did not come home first. */
export function itemBlocks(items: Json | undefined): Block[] {
  if (items === undefined) return [];
  if (!Array.isArray(items)) return [{ kind: 'paragraph', text: String(items) }];
  const list = items as readonly Json[];
  return [
    { kind: 'heading', level: 2, text: 'Items' },
    ...lost(list),
    {
      kind: 'table',
      caption: 'Checklist of belongings, papers and medicines',
      columns: [
        { title: 'Item', share: 5 },
        { title: 'Category', share: 4 },
        { title: 'Going to hospital', share: 4 },
        { title: 'On the ward', share: 2 },
        { title: 'Coming home', share: 4 },
      ],
      rows: list.map((item) => (isObject(item) ? row(item) : [String(item), '', BOX, BOX, BOX])),
    },
  ];
}

const only = (data: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((n) => (data[n] === undefined ? [] : [[n, data[n]]])));

function lost(list: readonly Json[]): Block[] {
  const items = list.filter((item): item is JsonObject => isObject(item));
  if (!items.some((item) => item['back'] !== undefined)) return [];
  const lines = items.flatMap((item) => {
    const state = member(item, 'back.state');
    if (unaccounted(item)) return [`${String(item['description'])}: went out, not said to be back`];
    return state === undefined || state === 'present'
      ? []
      : [`${words(item, 'description')}: ${words(item, 'back.state')}`];
  });
  return lines.length === 0
    ? []
    : [{ kind: 'banner', title: 'NOT BACK AS IT WENT', lines, tone: 'attention' }];
}

function row(item: JsonObject): string[] {
  const number = item['id'] === undefined ? '' : `${words(item, 'id')}. `;
  const quantity = item['quantity'] === undefined ? '' : `, quantity ${words(item, 'quantity')}`;
  const category = [
    words(item, 'category'),
    ...['paper.kind', 'paper.original', 'medicine.strength', 'medicine.amount'].map((path) =>
      words(item, path),
    ),
    member(item, 'medicine.keepInFridge') === undefined
      ? ''
      : `keep in the fridge: ${words(item, 'medicine.keepInFridge')}`,
    member(item, 'medicine.expires') === undefined ? '' : `expires ${words(item, 'medicine.expires')}`,
    ...['paper', 'medicine'].map((name) => text(item[name])),
  ];
  return [
    `${number}${words(item, 'description')}${quantity}`,
    category.filter((w) => w !== '').join(', '),
    state(item, 'out'),
    BOX,
    state(item, 'back'),
  ];
}

/** A tick box with what it means in words. */
function state(item: JsonObject, name: 'out' | 'back'): string {
  const found = item[name];
  if (found === undefined) return BOX;
  if (!isObject(found)) return text(found);
  const box = found['state'] === 'missing' ? CROSS : TICK;
  return [
    `${box} ${words(item, `${name}.state`)}`,
    ...['checkedBy', 'at'].map((leaf) => words(item, `${name}.${leaf}`)),
  ]
    .filter((w) => w !== '')
    .join(', ');
}

/** Words of the leaf at a dotted path; none where there is none. */
function words(data: JsonObject, path: string, of: ObjectSchema = ITEM): string {
  const value = member(data, path);
  if (value === undefined) return '';
  let leaf: unknown = of;
  for (const name of path.split('.')) leaf = (leaf as ObjectSchema).properties[name];
  return show(leaf as LeafSchema, value);
}

/** What stands where an object is expected: a part that could not be used. */
const text = (value: Json | undefined): string =>
  value === undefined || isObject(value) ? '' : String(value);

const COLUMNS = ['place', 'name', 'role', 'organisation', 'at', 'signature'] as const;

function custodyBlocks(custody: Json | undefined): Block[] {
  const list = Array.isArray(custody) ? (custody as readonly Json[]) : [];
  return [
    { kind: 'heading', level: 2, text: 'Handovers of the bag' },
    ...(custody === undefined || Array.isArray(custody)
      ? []
      : [{ kind: 'paragraph', text: String(custody) } as const]),
    {
      kind: 'table',
      caption: 'Who took the bag over; the empty lines are for the next',
      columns: COLUMNS.map((name) => ({ title: (HANDOVER.properties[name] as LeafSchema).title, share: 2 })),
      rows: [
        ...list.map((entry) =>
          isObject(entry)
            ? COLUMNS.map((name) => words(entry, name, HANDOVER))
            : [String(entry), ...COLUMNS.slice(1).map(() => '')],
        ),
        ...next(list).map((place) => [`${BOX} ${place}`, ...COLUMNS.slice(1).map(() => '')]),
      ],
    },
  ];
}

/** The places that the bag has not reached yet, in the order of the way there and back. */
function next(list: readonly Json[]): string[] {
  const labels = (HANDOVER.properties['place'] as LeafSchema)['x-labels'] ?? {};
  const places = Object.keys(labels).filter((place) => place !== 'home');
  const last = Math.max(
    -1,
    ...list.map((entry) => (isObject(entry) ? places.indexOf(String(entry['place'])) : -1)),
  );
  return [...places.slice(last + 1), 'home'].map((place) => labels[place] ?? place);
}
