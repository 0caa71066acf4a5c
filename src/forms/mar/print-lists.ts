/** What the chart on paper says beside its grid: its key, what is not on it, changes, the bag, who recorded it. */

import type { Json } from '../../mapping/json.js';
import { type OutlineNode, outline } from '../../mapping/outline.js';
import type { FormSchema, ObjectSchema } from '../../mapping/schema.js';
import type { Block, FactRow, Field } from '../../print/press.js';
import { show } from '../show.js';
import { amountWords, unbroken } from './dose-text.js';
import { OUTCOME_LABELS, type Outcome } from './outcomes.js';
import { BLANK } from './print-chart.js';
import { NO_AMOUNT, NO_TIME, type Note, type Telling } from './print-entries.js';
import type { Loose } from './schedule.js';
import { type GivenByOthers, mar as schema } from './schema.js';
import { others, type ShownMar } from './words.js';

const whole = schema as unknown as ObjectSchema;

/** The schema at a path of members and, for lists, of their items. */
function part(...path: readonly string[]): ObjectSchema {
  let at = whole as FormSchema as { properties?: Record<string, FormSchema>; items?: FormSchema };
  for (const name of path) {
    at = (at.properties?.[name] ?? at) as typeof at;
    at = (at.items ?? at) as typeof at;
  }
  return at as unknown as ObjectSchema;
}

/** Leaves of nested groups as one list of fields, each under the name of its group; an amount stays with its unit. */
function fieldsOf(nodes: readonly OutlineNode[], prefix = ''): Field[] {
  const named = (label: string): string =>
    prefix === ''
      ? label
      : prefix.toLowerCase() === label.toLowerCase()
        ? label
        : `${prefix}: ${label.toLowerCase()}`;
  return nodes.flatMap((node, i): Field[] => {
    if (node.children) return fieldsOf(node.children, named(node.label));
    const unit = nodes[i + 1];
    const before = nodes[i - 1];
    const holds = (label: string): boolean => label === 'Amount' || label === 'Quantity';
    if (holds(node.label) && unit?.label === 'Unit')
      return [{ label: named(node.label), value: amountWords(node.value, unit.value) }];
    if (node.label === 'Unit' && before !== undefined && holds(before.label)) return [];
    return [{ label: named(node.label), value: unbroken(node.value ?? '') }];
  });
}

/** All of a thing but the named members. */
function factsOf(of: ObjectSchema, thing: unknown, ...without: readonly string[]): Field[] {
  const properties = Object.fromEntries(
    Object.entries(of.properties).filter(([name]) => !without.includes(name)),
  );
  return fieldsOf(outline({ ...of, properties }, thing as Json, { show }));
}

/** The key of the chart, of its cells and of its initials. */
export function keyRows(
  chart: ShownMar,
  { initials }: Telling,
  cells: ReadonlySet<string>,
  gaps: boolean,
): FactRow[] {
  const letters = (chart.chartKey ?? []).map((entry): Field => {
    const label = OUTCOME_LABELS[entry?.outcome as Outcome] ?? String(entry?.outcome ?? '');
    const meaning = entry?.meaning ?? '';
    return { label: entry?.letter ?? '', value: meaning === label ? meaning : `${meaning} (${label})` };
  });
  const blanks: [string, string][] = [
    [BLANK['not-scheduled'], 'not due'],
    [BLANK['not-yet-due'], 'due after leaving'],
    [BLANK['no-entry'], 'was due, may have been given'],
    [BLANK['after-record-end'], 'due after the record, may have been given'],
  ];
  const rare: [string, string][] = [
    [BLANK['before-record-start'], 'before the record starts'],
    [BLANK['cannot-be-told'], 'times or days of the doses were not sent: cannot be told'],
  ];
  const signed = [...initials].filter(([name, sign]) => name !== sign);
  return [
    {
      head: 'Key of this chart',
      facts:
        letters.length > 0
          ? letters
          : [{ label: '', value: 'NOT SENT: what the letters mean is not known.' }],
    },
    {
      head: 'Without an entry',
      facts: [...blanks, ...rare.filter(([sign]) => cells.has(sign))].map(([label, value]) => ({
        label,
        value,
      })),
    },
    {
      head: 'With an entry',
      facts: [
        {
          label: '',
          value: `letter, read by the key alone, bold unless taken; time, if not the row's (${NO_TIME} not recorded); initials; amount, if not the usual dose (${NO_AMOUNT} not recorded); [n] see below.`,
        },
        ...(gaps
          ? [{ label: '', value: 'Days without any entry are left out between the first columns.' }]
          : []),
      ],
    },
    ...(signed.length === 0
      ? []
      : [{ head: 'Initials', facts: signed.map(([value, label]) => ({ label, value })) }]),
  ];
}

/** How medicines are given, and what was said of the chart as a whole. */
export function chartRow(chart: ShownMar): FactRow[] {
  const { weight, recorded } = chart;
  const told = [
    ...factsOf(whole, { ...chart, note: undefined }, ...APART, 'weight', 'recorded'),
    ...(weight === undefined ? [] : [{ label: 'Weight', value: run(factsOf(part('weight'), weight)) }]),
    ...(chart.note === undefined ? [] : [{ label: 'Note', value: unbroken(chart.note) }]),
    ...(recorded === undefined
      ? []
      : [{ label: 'Recorded', value: run(factsOf(part('recorded'), recorded)) }]),
  ];
  return told.length === 0 ? [] : [{ head: 'This chart', facts: told }];
}

/** Members that have places of their own on the page. */
const APART = [
  'chartKey',
  'charts',
  'recordEndsAt',
  'leftHomeAt',
  'medicines',
  'notOnThisChart',
  'changes',
  'medicinesInBag',
];

const run = (facts: readonly Field[]): string => facts.map(({ value }) => value).join(', ');

/** Entries with more to say than their cells hold. */
export const notesBlocks = (notes: readonly Note[]): Block[] =>
  notes.length === 0
    ? []
    : [
        { kind: 'heading', level: 3, text: 'Entries with more to say' },
        {
          kind: 'facts',
          rows: notes.map(({ number, medicines, when, entry, said }) => ({
            head: `[${number}]`,
            facts: [
              { label: [...medicines].join('; '), value: [`${when}, ${entry}.`, said].join(' ').trim() },
            ],
          })),
        },
      ];

const ANSWERS: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', 'not-known': 'NOT KNOWN' };
const answer = (said: unknown): string =>
  said === undefined ? 'NOT SAID' : (ANSWERS[String(said)] ?? String(said));

/** Medicines that others give, with all that was said of them. */
export function notOnThisChart(chart: ShownMar): FactRow[] {
  const given = others(chart);
  const anything = chart.notOnThisChart?.anything;
  const which = given.length === 0 && anything === 'yes' ? ': WHICH IS NOT SAID, ask the home' : '';
  const said = { label: 'Given by others', value: `${answer(anything)}${which}` };
  const rows = given.map((other) => [{ label: 'Medicine', value: other.name ?? '' }, ...otherFacts(other)]);
  const [first = [], ...more] = rows;
  const told = [[...(given.length > 0 && anything === undefined ? [] : [said]), ...first], ...more];
  return told.map((facts) => ({ head: 'NOT ON THIS CHART', facts }));
}

function otherFacts(other: Loose<GivenByOthers>): Field[] {
  const of = part('notOnThisChart', 'givenByOthers');
  const { syringeDriver: driver } = other;
  const told = factsOf(of, other, 'name', 'syringeDriver', 'dmdCode');
  const code = other.dmdCode === undefined ? [] : [{ label: 'dm+d', value: other.dmdCode }];
  const last =
    other.lastGiven === undefined && driver === undefined ? [{ label: 'Last given', value: 'NOT SAID' }] : [];
  if (driver === undefined) return [...told, ...last, ...code];
  const contents = (driver.contents ?? []).map((one) =>
    unbroken([one?.name, one?.amount].filter(Boolean).join(' ')),
  );
  const missing = (label: string, value: unknown): Field[] =>
    value === undefined ? [{ label, value: 'NOT SAID' }] : [];
  return [
    {
      label: 'SYRINGE DRIVER RUNNING',
      value: contents.length > 0 ? contents.join(' + ') : 'CONTENTS NOT SAID',
    },
    ...factsOf(part('notOnThisChart', 'givenByOthers', 'syringeDriver'), driver, 'contents'),
    ...missing('Rate', driver.rate),
    ...missing('Ends at', driver.endsAt),
    ...told,
    ...code,
  ];
}

/** Changes of the last two weeks. */
export function changes(chart: ShownMar): FactRow[] {
  const { any, list } = chart.changes ?? {};
  const which = any === 'yes' && list === undefined ? ': WHICH IS NOT SAID, ask the home' : '';
  const said = { label: 'Changed within 14 days', value: `${answer(any)}${which}` };
  const rows = (list ?? []).map((one) =>
    inBrief(one?.medicine, factsOf(part('changes', 'list'), one, 'medicine')),
  );
  const facts = [...(list !== undefined && any === undefined ? [] : [said]), ...rows];
  return facts.length === 0 ? [] : [{ head: 'CHANGES', facts }];
}

/** A thing by its name, with the rest of what was said of it. */
const inBrief = (name: string | undefined, facts: readonly Field[]): Field => ({
  label: name ?? '',
  value: facts.map(({ label, value }) => `${label.toLowerCase()} ${value}`).join('; '),
});

/** What came along in the bag. */
export function inTheBag(chart: ShownMar): FactRow[] {
  const facts = (chart.medicinesInBag ?? []).map((one) =>
    inBrief(one?.name, factsOf(part('medicinesInBag'), one, 'name')),
  );
  return facts.length === 0 ? [] : [{ head: 'IN THE BAG', facts }];
}
