/** The chart on paper: a grid as staff know it, with every leaf of the chart on it or beside it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import t from 'tap';
import { marForm } from '#src/forms/mar/form.js';
import { show } from '#src/forms/page.js';
import { type Json, type JsonObject, leaves } from '#src/mapping/json.js';
import type { FormSchema, LeafSchema } from '#src/mapping/schema.js';
import type { Block, ChartBlock } from '#src/print/press.js';
import { arbitraryOf } from '../support/arbitrary.js';
import { BETTYS, CREATED, entry, one } from '../support/mar-charts.js';
import { provesOddValuesShown, textOf } from '../support/page-laws.js';

const page = (data: object, created = CREATED): readonly Block[] =>
  marForm.page(data as JsonObject, { created, package: {} });
const plainly = (text: string): string => text.replaceAll('\u00a0', ' ');
const words = (data: object, created = CREATED): string => plainly(textOf(page(data, created)));

function chartOf(data: object, created = CREATED): ChartBlock {
  const chart = page(data, created).find((block) => block.kind === 'chart');
  if (chart?.kind !== 'chart') throw new Error('no chart on the page');
  return chart;
}
const titles = ({ columns }: ChartBlock): string[] =>
  columns.map((title) => plainly(title).replaceAll('\n', ' '));
/** Rows of the chart as on paper: `08:00 | G | R 08:25`. */
const rowsOf = ({ sections }: ChartBlock): string[] =>
  sections.flatMap(({ groups }) =>
    groups.flatMap(({ rows }) =>
      rows.map(({ head, cells }) => plainly([head, ...cells].join(' | ')).replaceAll('\n', ', ')),
    ),
  );
const groupsOf = ({ sections }: ChartBlock) => sections.flatMap(({ groups }) => groups);
const section = ({ sections }: ChartBlock, title: RegExp) =>
  sections.find((one) => title.test(one.title ?? ''));
const fixture = (name: string): { createdAt: string; mar: JsonObject } =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../fixtures/${name}/red-bag.json`, import.meta.url)), 'utf8'),
  );

const THREE_TIMES = {
  dose: {
    quantity: 1,
    unit: 'tablet',
    times: [{ clock: '08:00' }, { clock: '22:00' }, { clock: '02:00' }],
  },
};

t.test('AT-44: the kinds of blank cell are told apart by a mark, and the key says which is which', (t) => {
  const chart = chartOf(
    one(
      {
        ...THREE_TIMES,
        administrations: [
          entry('2026-11-20', '08:00'),
          entry('2026-11-20', '22:00'),
          entry('2026-11-21', '02:00'),
          entry('2026-11-21', '08:00'),
        ],
      },
      {
        recordStartsAt: '2026-11-20T06:00:00Z',
        recordEndsAt: '2026-11-21T23:00:00Z',
        leftHomeAt: '2026-11-22T03:18:00Z',
      },
    ),
  );
  t.same(titles(chart), ['Fri 20 Nov from 06:00', 'Sat 21 Nov to 23:00', 'Sun 22 Nov']);
  t.same(rowsOf(chart), [
    '02:00 | before start | G | after end',
    '08:00 | G | G | not yet',
    '22:00 | G | NO ENTRY | not yet',
  ]);
  const key = (chart.key ?? []).flatMap(({ facts }) => facts.map(({ label, value }) => `${label}: ${value}`));
  for (const said of [
    '–: not due',
    'not yet: due after leaving',
    'NO ENTRY: was due, may have been given',
    'after end: due after the record, may have been given',
    'before start: before the record starts',
    'R: Refused',
    'N: See notes (Said with each dose (see note))',
  ])
    t.ok(key.includes(said), said);
  t.same(chart.strong, ['NO ENTRY'], 'the one that must be seen');
  t.same(chart.bold, [], 'all doses were taken');
  const weekly = one(
    {
      dose: { unit: 'tablet', times: [{ clock: '08:00' }], weekdays: ['fri'] },
      administrations: [entry('2026-11-20', '08:00')],
    },
    { recordStartsAt: '2026-11-20T06:00:00Z' },
  );
  t.same(rowsOf(chartOf(weekly)), ['08:00 | G | – | –'], 'not scheduled');
  t.end();
});

t.test('the end of the record is marked, above the chart and in its column', (t) => {
  const chart = one({ ...THREE_TIMES, administrations: [entry('2026-11-21', '08:00')] });
  t.match(words(chart), 'The record ends Sun 22 November 2026, 03:12: doses after that are not shown.');
  t.same(titles(chartOf(chart)).at(-1), 'Sun 22 Nov to 03:12');
  const unsaid = one({}, { recordEndsAt: undefined });
  t.match(words(unsaid), 'WHEN THE RECORD ENDS IS NOT SAID');
  t.end();
});

t.test('doses of different amounts: the amount of each time and of each dose, and none for all', (t) => {
  const given = (amount: number) => ({ given: { amount, unit: 'tablet' }, by: 'AB' });
  const times = [
    { clock: '08:00', quantity: 2 },
    { clock: '13:00', quantity: 1 },
  ];
  const chart = one({
    dose: { unit: 'tablet', times },
    administrations: [
      entry('2026-11-20', '08:00', 'G', given(2)),
      entry('2026-11-20', '13:00', 'G', given(1)),
      entry('2026-11-21', '08:00', 'G', given(2)),
      entry('2026-11-21', '13:00', 'G', given(1)),
    ],
  });
  t.same(rowsOf(chartOf(chart)), [
    '08:00, (2 tablets) | G AB 2 tablet | G AB 2 tablet | not yet',
    '13:00, (1 tablet) | G AB 1 tablet | G AB 1 tablet | not yet',
  ]);
  t.notMatch(words(chart), /tablet each|dose tablet/);
  t.end();
});

t.test('a cell has letter, time where it differs, initials, and the amount where it differs', (t) => {
  const given = (amount: number) => ({ given: { amount, unit: 'tablet' }, by: 'Ama Boateng' });
  const chart = one({
    dose: { quantity: 1, unit: 'tablet', times: [{ clock: '08:00' }, { clock: '20:00' }] },
    administrations: [
      entry('2026-11-20', '08:00', 'G', given(1)),
      entry('2026-11-20', '20:00', 'G', { ...given(1), at: '2026-11-20T20:20:00Z' }),
      entry('2026-11-21', '08:00', 'G', { ...given(2), at: undefined }),
      { scheduledFor: '2026-11-21T20:00:00Z', at: '2026-11-22T00:10:00Z', letter: 'G', by: 'Ann Brown' },
    ],
  });
  const block = chartOf(chart);
  t.same(rowsOf(block), [
    '08:00 | G AB | G time? AB 2 tablet | not yet',
    '20:00 | G 20:20 AB | G Sun 22 Nov 00:10 AB2 amount? | not yet',
  ]);
  const initials = block.key?.find(({ head }) => head === 'Initials')?.facts;
  t.same(initials, [
    { label: 'AB', value: 'Ama Boateng' },
    { label: 'AB2', value: 'Ann Brown' },
  ]);
  t.match(words(chart), 'dose 1 tablet', 'the usual amount is said once');
  t.end();
});

t.test(
  'an entry without its slot stands in the nearest cell, a second one below the first, others in a row of their own',
  (t) => {
    const chart = chartOf(
      one({
        dose: { unit: 'tablet', times: [{ clock: '08:00' }, { clock: '20:00' }] },
        administrations: [
          { at: '2026-11-21T08:25:00Z', letter: 'R' },
          { at: '2026-11-21T09:10:00Z', letter: 'G' },
          entry('2026-11-21', '20:00', 'G'),
          { at: '2026-11-21T14:00:00Z', letter: 'G' },
        ],
      }),
    );
    t.same(rowsOf(chart), [
      '08:00 | R 08:25, G 09:10 | not yet',
      '20:00 | G | not yet',
      'other | G 14:00 | –',
    ]);
    t.end();
  },
);

t.test(
  'what a cell cannot hold is numbered there and told below; entries that say the same share a number',
  (t) => {
    const asleep = { reason: 'Asleep, not woken.', by: 'RS' };
    const two = (name: string, clock: string) => ({
      name,
      kinds: ['regular'],
      status: 'active',
      dose: { unit: 'tablet', times: [{ clock }] },
      administrations: [
        entry('2026-11-20', clock, 'R', asleep),
        entry('2026-11-21', clock, 'G', { by: 'RS' }),
      ],
    });
    const chart = one({}, { medicines: [two('Senna', '21:00'), two('Donepezil', '22:00')] });
    t.same(rowsOf(chartOf(chart)), [
      '21:00 | R RS [1] | G RS | not yet',
      '22:00 | R RS [1] | G RS | not yet',
    ]);
    t.same(chartOf(chart).bold, ['R\u00a0RS [1]'], 'what was not taken is seen at a glance');
    t.match(words(chart), '[1]\nSenna; Donepezil\nFri 20 Nov, R: Refused. Asleep, not woken.');
    const late = one(
      {
        dose: { unit: 'tablet', times: [{ clock: '02:00' }] },
        administrations: [entry('2026-11-22', '02:00')],
      },
      { recordStartsAt: '2026-11-21T12:00:00Z', recordEndsAt: '2026-11-22T01:00:00Z' },
    );
    t.same(rowsOf(chartOf(late)), ['02:00 | before start | after end', 'other | – | G 02:00 [1]']);
    t.match(words(late), 'AFTER THE RECORD ENDS');
    const odd = one({
      dose: { unit: 'tablet', times: [{ clock: '08:00' }] },
      administrations: [
        entry('2026-11-21', '08:00', 'Q', {
          witness: 'C. Diaz',
          given: { amount: 1, unit: 'tablet', site: 'Left arm' },
        }),
        { letter: 'G', by: 'RS', given: { amount: 3, unit: 'drops' } },
      ],
    });
    t.match(
      words(odd),
      'Sat 21 Nov 08:00, Q: NOT IN THE KEY, meaning unknown. Site: Left arm. Witness C. Diaz.',
    );
    t.match(words(odd), 'time not recorded, G: Given. In no cell. Amount 3 drops. By RS.');
    t.end();
  },
);

t.test(
  'when required: each dose on its day, last given, how many in the last 24 hours, least interval and most',
  (t) => {
    const prn = section(chartOf(BETTYS), /when required/)?.groups[0];
    t.match(prn?.name, 'Paracetamol 500 mg tablets');
    t.same(
      prn?.rows.map(({ head, cells }) => plainly([head, ...cells].join(' | '))),
      ['PRN | G 22:10 AB 2 tablet | –'],
    );
    const text = plainly(prn?.text ?? '');
    for (const said of [
      'At least 4 hours between doses.',
      'Most in 24 hours: 8 tablets.',
      'For: Hip pain.',
      'Last given: Sat 21 Nov 22:10.',
      'In the 24 hours to the end of the record: 1 dose, in all 2 tablet.',
    ])
      t.match(text, said);
    const bare = one({
      kinds: ['when-required'],
      administrations: [{ at: '2026-11-21T22:00:00Z', letter: 'Q' }],
    });
    const said = plainly(groupsOf(chartOf(bare))[0]?.text ?? '');
    t.match(said, 'At least NOT SAID how long between doses. Most in 24 hours: NOT SAID.');
    t.match(said, 'no dose entered as taken, 1 MORE THAT MAY HAVE BEEN TAKEN');
    t.same(groupsOf(chartOf(one({ kinds: ['when-required'] })))[0]?.rows, [], 'no dose, no row');
    t.match(words(one({ kinds: ['when-required'] })), 'No dose is entered.');
    t.end();
  },
);

t.test('AT-45: weekly and rarer medicines stand apart, with the weekday in full', (t) => {
  const chart = chartOf(BETTYS);
  const apart = section(chart, /NOT EVERY DAY/);
  t.same(
    apart?.groups.map(({ name }) => name),
    ['Methotrexate 2.5 mg tablets'],
  );
  const text = plainly(apart?.groups[0]?.text ?? '');
  t.match(text, 'FOUR tablets ONCE A WEEK. Once every week on Thursday.');
  t.match(text, 'Last given: not said. Next due: Thu 26 Nov 09:00.');
  t.end();
});

t.test('controlled drugs, patches, covert giving and what is not taken at present are said in words', (t) => {
  const text = words(BETTYS);
  t.match(text, 'CONTROLLED DRUG · PATCH · schedule 3');
  t.match(text, 'On the skin: 2, Left upper arm. Old one removed: NO.');
  t.match(text, 'OLD PATCH NOT REMOVED');
  const held = section(chartOf(BETTYS), /Not taken at present/)?.groups[0];
  t.match(held, { name: 'Emollient cream', text: /^GIVEN COVERTLY|^ON HOLD/, rows: [] });
  t.match(plainly(held?.text ?? ''), 'Covert: best-interests decision 1 June 2026, Dr Patel. In yoghurt.');
  t.notMatch(
    words(fixture('betty').mar, fixture('betty').createdAt),
    'Patches on the skin',
    'one patch, the old one off: said at its row alone',
  );
  const { createdAt, mar } = fixture('old-patch-not-removed');
  t.match(words(mar, createdAt), 'OLD PATCH NOT REMOVED');
  t.end();
});

t.test(
  'what is not on the chart, changes, other charts and the bag are told with all that was sent of them',
  (t) => {
    const text = words(BETTYS);
    for (const said of [
      'Chart 1 of 2: THERE ARE OTHER CHARTS',
      'SYRINGE DRIVER RUNNING\nMorphine 10 mg + Midazolam 5 mg',
      'Right chest wall',
      'Oramorph',
      'District nurses 0161 496 0001',
      'Amlodipine',
      'Low blood pressure',
      'quantity 40 capsules; expires March 2027',
    ])
      t.match(text, said);
    const unknown = one({}, { notOnThisChart: { anything: 'yes' }, changes: { any: 'yes' } });
    t.match(words(unknown), 'Given by others\nYes: WHICH IS NOT SAID, ask the home');
    t.match(words(unknown), 'Changed within 14 days\nYes: WHICH IS NOT SAID, ask the home');
    t.match(words(one({}, { notOnThisChart: undefined })), 'Given by others\nNOT SAID');
    t.end();
  },
);

t.test('a night on which the clocks change has its column of 25 or 23 hours', (t) => {
  const autumn = one(
    {
      dose: { unit: 'tablet', times: [{ clock: '01:30' }] },
      administrations: [
        { scheduledFor: '2026-10-25T01:30:00+01:00', at: '2026-10-25T01:40:00+01:00', letter: 'G' },
        { at: '2026-10-25T01:45:00Z', letter: 'R' },
      ],
    },
    { recordStartsAt: '2026-10-24T00:00:00+01:00', recordEndsAt: '2026-10-25T12:00:00Z' },
  );
  const chart = chartOf(autumn, '2026-10-25T12:00:00Z');
  t.same(titles(chart), ['Sat 24 Oct', 'Sun 25 Oct 25 hours to 12:00']);
  t.same(rowsOf(chart), ['01:30 | NO ENTRY | G 01:40 BST, R 01:45 GMT']);
  const spring = chartOf(
    one({}, { recordStartsAt: '2026-03-29T00:00:00Z', recordEndsAt: '2026-03-29T20:00:00+01:00' }),
    '2026-03-29T20:00:00+01:00',
  );
  t.same(titles(spring), ['Sun 29 Mar 23 hours to 20:00']);
  const { createdAt, mar } = fixture('parkinsons-clock-change');
  t.match(words(mar, createdAt), 'Sun 25 Oct 07:00 GMT; Sun 25 Oct 10:00 GMT', '24 h of dated times');
  t.end();
});

t.test('charts that lack what a chart should have', (t) => {
  t.match(words(one({}, { chartKey: undefined })), 'NOT SENT: what the letters mean is not known.');
  const none = chartOf(one({}, { medicines: undefined }));
  t.same(none.sections, []);
  const noDoses = chartOf(one({}));
  t.same(noDoses.columns, [], 'no entry and no start: no days');
  t.same(rowsOf(noDoses), ['?'], 'when it is due was not sent');
  const meals = chartOf(
    one({
      dose: { unit: 'tablet', times: [{ round: 'breakfast', quantity: 2 }, { round: 'bedtime' }] },
      administrations: [{ at: '2026-11-21T08:00:00Z', letter: 'G' }],
    }),
  );
  t.same(rowsOf(meals), ['With breakfast, Bedtime | G 08:00 | ?']);
  t.match(section(meals, /cannot be told/), { groups: [{}] });
  const twice = chartOf(one({}, { medicines: [{ name: 'Aspirin' }, { name: 'Aspirin' }] }));
  t.same(groupsOf(twice).length, 2, 'two charts of one medicine are two groups');
  t.end();
});

t.test(
  'two months of doses, and more: days without an entry are left out, the oldest have no column',
  (t) => {
    const day = (n: number): string =>
      new Date(Date.UTC(2026, 10, 21) - n * 86_400_000).toISOString().slice(0, 10);
    const sixty = one({
      dose: { unit: 'tablet', times: [{ clock: '08:00' }] },
      administrations: Array.from({ length: 60 }, (_x, n) => entry(day(n), '08:00')),
    });
    t.equal(chartOf(sixty).columns.length, 61);
    const sparse = one({
      dose: { unit: 'tablet', times: [{ clock: '08:00' }] },
      administrations: [entry(day(0), '08:00'), entry('2024-05-01', '08:00')],
    });
    const chart = chartOf(sparse);
    t.equal(plainly(chart.columns[0] ?? ''), 'Wed\n1 May 2024', 'with its year');
    t.ok(chart.columns.length < 40);
    t.match(words(sparse), 'Days without any entry are left out');
    const many = one({
      dose: { unit: 'tablet', times: [{ clock: '08:00' }] },
      administrations: Array.from({ length: 150 }, (_x, n) => entry(day(n), '08:00', 'G', { by: `P${n}` })),
    });
    t.equal(chartOf(many).columns.length, 92);
    for (let n = 0; n < 150; n++) t.match(words(many), new RegExp(`\\bP${n}\\b`));
    t.end();
  },
);

t.test("each entry of Betty's chart stands in the cell of its medicine, day and time", (t) => {
  const { createdAt, mar } = fixture('betty');
  const chart = chartOf(mar, createdAt);
  const days = chart.columns.map((title) => plainly(title).split('\n')[1]);
  const groups = groupsOf(chart);
  interface Sent {
    name: string;
    administrations?: {
      scheduledFor?: string;
      at?: string;
      letter: string;
      by?: string;
      given?: { amount: number };
    }[];
  }
  let entries = 0;
  for (const medicine of mar['medicines'] as unknown as Sent[]) {
    const group = groups.find(({ name }) => name.startsWith(medicine.name));
    for (const { scheduledFor, at, letter, by } of medicine.administrations ?? []) {
      const due = scheduledFor ?? at ?? '';
      const date = `${Number(due.slice(8, 10))} Nov`;
      const row = group?.rows.find(({ head }) => head === (scheduledFor ? due.slice(11, 16) : 'PRN'));
      const own = at === scheduledFor ? [letter, by] : [letter, at?.slice(11, 16), by];
      t.match(plainly(row?.cells[days.indexOf(date)] ?? ''), own.join(' '), `${medicine.name} ${due}`);
      entries++;
    }
  }
  t.equal(entries, 83, 'all of them');
  t.end();
});

t.test("Betty's grid, row by row", (t) => {
  const { createdAt, mar } = fixture('betty');
  t.same(rowsOf(chartOf(mar, createdAt)), [
    '08:00 | A 08:03 JM | A JM | A 08:07 JM | R PD [1] | A 08:08 PD | A 08:08 JM | A 08:14 JM | not yet',
    '20:00 | A 20:13 AK | A 20:04 RS | A 20:02 RS | A 20:05 RS | A 20:16 AK | A 20:15 RS | A 20:01 AK | not yet',
    '08:00 | A 08:18 JM | A 08:03 JM | A 08:12 JM | A 08:06 PD | A 08:02 PD | A 08:11 JM | A 08:04 JM | not yet',
    '21:00 | A 21:06 AK | S 21:01 RS [2] | A 21:17 RS | A 21:09 RS | A 21:10 AK | A 21:10 RS | A 21:11 AK | not yet',
    '21:00 | A 21:05 AK | S 21:07 RS [2] | A 21:03 RS | A 21:13 RS | NO ENTRY | A RS | A 21:04 AK | not yet',
    '21:00 | A 21:07 AK | S 21:02 RS [2] | A RS | A 21:05 RS | A 21:08 AK | A 21:16 RS | A 21:08 AK | not yet',
    '08:00 | A 08:15 JM | A 08:14 JM | A 08:01 JM | A 08:18 PD | A 08:03 PD | A 08:12 JM | A 08:06 JM | not yet',
    '09:00 | – | – | – | – | A 09:02 PD 2 tablets | A 09:11 JM | A 09:04 JM | not yet',
    '21:00 | A 21:06 AK 1 tablet | S 21:01 RS [2] | A 21:17 RS 1 tablet | A 21:09 RS 2 tablets | A 21:10 AK 1 tablet | A 21:10 RS 1 tablet | A 21:11 AK 2 tablets | not yet',
    '08:30 | A 08:35 JM | A 08:33 JM | A JM | A 08:37 PD | A PD | A 08:38 JM | A 08:38 JM | not yet',
    '20:30 | A 20:37 AK | A 20:43 RS | A 20:34 RS | A 20:32 RS | A 20:35 AK | A 20:46 RS | A 20:45 AK | not yet',
    '21:00 | A 21:14 AK | S 21:01 RS [2] | A 21:18 RS | A 21:03 RS | A 21:12 AK | A 21:06 RS | A 21:02 AK | not yet',
    '10:00 | – | – | – | – | A 10:10 PD 1 patch [3] | – | – | –',
    'PRN | – | – | A 19:40 RS 2 tablets [4] | – | – | A 10:05 JM 1 tablet [5] | – | A 02:30 RS 2 tablets [6]',
  ]);
  t.end();
});

/** Leaves by the words in which they are on the page, whatever parts them. */
const squeezed = (text: string): string => text.replaceAll(/\s/g, '').toLowerCase();
const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function wordsOf(pointer: string, value: Json, leaf: LeafSchema): string {
  if (/administrations\/\d+\/(at|scheduledFor)$/.test(pointer))
    return london.format(Date.parse(String(value)));
  if (pointer.endsWith('/frequency/times') && value === 1) return 'once';
  if (pointer.endsWith('/frequency/period') && value === 1) return '';
  if (pointer.endsWith('/periodUnit')) return show(leaf, value).replace(/s$/, '');
  return show(leaf, value);
}

function leafAt(pointer: string): LeafSchema {
  let at = marForm.schema as FormSchema as { properties?: Record<string, FormSchema>; items?: FormSchema };
  for (const name of pointer.split('/').slice(1))
    at = (at.properties ? at.properties[name] : at.items) as typeof at;
  return at as unknown as LeafSchema;
}

t.test('every leaf of any chart is on the page', (t) => {
  fc.assert(
    fc.property(arbitraryOf(marForm.schema), (generated) => {
      const data = generated as JsonObject;
      const text = squeezed(textOf(page(data)));
      const missing = [...leaves(data)].flatMap(([pointer, value]) => {
        const said = wordsOf(pointer, value, leafAt(pointer));
        return text.includes(squeezed(said)) ? [] : [`${pointer}: ${said}`];
      });
      if (missing.length > 0) throw new Error(missing.join('\n'));
    }),
    { numRuns: 300 },
  );
  t.end();
});

provesOddValuesShown(t, marForm);
