/** The way home on paper: what changed first, then everything that was sent. */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import { type OutlineNode, outline } from '../../mapping/outline.js';
import type { ArraySchema, LeafSchema, ObjectSchema } from '../../mapping/schema.js';
import type { Block, Field } from '../../print/press.js';
import { itemBlocks } from '../belongings/print.js';
import { everything, type Page, show } from '../page.js';
import { dischargeSummary } from './schema.js';

const schema = dischargeSummary as unknown as ObjectSchema;
const MEDICINE = (schema.properties['medicines'] as ArraySchema).items as ObjectSchema;
/** Told in the table; what is left of a medicine follows it. */
const TOLD = ['change', 'name', 'strength', 'dose', 'reason'] as const;

export const dischargeSummaryPage: Page = (data) => [
  ...everything(schema, only(data, ['resident', 'stay', 'ward', 'whatHappened', 'diagnoses', 'treatments'])),
  ...medicineBlocks(data['medicines']),
  ...everything(schema, only(data, ['allergies', 'cpr'])),
  {
    kind: 'paragraph',
    text: 'CPR: information copy, look for the original. CPR only; other treatments still apply.',
  },
  ...everything(
    schema,
    only(data, ['infectionRisk', 'skin', 'abilities', 'equipment', 'followUp', 'nextOfKin']),
  ),
  ...belongingBlocks(data['belongings']),
  ...everything(
    schema,
    only(data, ['sender', 'recorded', 'format', 'packageId', 'answersPackageId', 'createdAt']),
  ),
];

const only = (data: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((n) => (data[n] === undefined ? [] : [[n, data[n]]])));

function medicineBlocks(medicines: Json | undefined): Block[] {
  if (!Array.isArray(medicines)) {
    const said = medicines === undefined ? [] : [String(medicines)];
    return [
      {
        kind: 'banner',
        title: 'MEDICINES: CHANGES NOT SAID',
        lines: ['Ask the ward what was started, stopped or changed.', ...said],
        tone: 'danger',
      },
    ];
  }
  const list = medicines as readonly Json[];
  return [
    { kind: 'heading', level: 2, text: 'Medicines: what changed' },
    {
      kind: 'table',
      caption: 'Medicines started, stopped, changed and unchanged',
      columns: [
        { title: 'Change', share: 2 },
        { title: 'Medicine', share: 4 },
        { title: 'Dose', share: 4 },
        { title: 'Reason', share: 5 },
        { title: 'Who reviews', share: 3 },
      ],
      rows: list.map((m) => (isObject(m) ? row(m) : ['', String(m), '', '', ''])),
    },
    ...list.flatMap((m) => (isObject(m) ? rest(m) : [])),
  ];
}

const row = (medicine: JsonObject): string[] => [
  words(medicine, 'change'),
  [words(medicine, 'name'), words(medicine, 'strength')].filter((w) => w !== '').join(' '),
  words(medicine, 'dose'),
  words(medicine, 'reason'),
  [words(medicine, 'review.by'), words(medicine, 'review.on')].filter((w) => w !== '').join(', '),
];

/** What else was sent of a medicine, under its name. */
function rest(medicine: JsonObject): Block[] {
  const left = Object.fromEntries(
    Object.entries(medicine).filter(([name]) => !TOLD.some((told) => told === name)),
  );
  const fields = flat(outline(MEDICINE, left, { show }), '');
  if (fields.length === 0) return [];
  const title = `${words(medicine, 'name')}: ${words(medicine, 'change')}`;
  return [
    { kind: 'heading', level: 3, text: title },
    { kind: 'fields', fields },
  ];
}

/** Labelled values in one list, each label with that of its group. */
const flat = (nodes: readonly OutlineNode[], around: string): Field[] =>
  nodes.flatMap(({ label, value, children }) => {
    const whole = around === '' ? label : `${around}: ${label.toLowerCase()}`;
    return children ? flat(children, whole) : [{ label: whole, value: value ?? '' }];
  });

function words(medicine: JsonObject, path: string): string {
  const value = member(medicine, path);
  if (value === undefined) return '';
  let leaf: unknown = MEDICINE;
  for (const name of path.split('.')) leaf = (leaf as ObjectSchema).properties[name];
  return show(leaf as LeafSchema, value);
}

function belongingBlocks(belongings: Json | undefined): Block[] {
  if (!isObject(belongings)) return [];
  const { items, ...bag } = belongings;
  return [...everything(schema, { belongings: bag }), ...itemBlocks(items)];
}
