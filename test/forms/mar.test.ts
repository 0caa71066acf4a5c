import t from 'tap';
import type { Finding } from '#src/forms/finding.js';
import { doseSlips, unbroken, unitCode } from '#src/forms/mar/dose-text.js';
import { marForm } from '#src/forms/mar/form.js';
import { boundsOf, gridOf } from '#src/forms/mar/grid.js';
import { keyReader } from '#src/forms/mar/outcomes.js';
import {
  lastDoseRows,
  medicineRows,
  notOnThisChartLines,
  patchLines,
  type ShownMar,
  timeCriticalLines,
} from '#src/forms/mar/page-one.js';
import { entryOf } from '#src/intake/issues.js';
import { type JsonObject, leaves } from '#src/mapping/json.js';
import type { Node } from '#src/mapping/path.js';
import type { Block } from '#src/print/press.js';
import { provesFormLaws, provesLeavesMatter, written } from '../support/form-laws.js';

const KEY = [
  { letter: 'G', meaning: 'Given', outcome: 'given' },
  { letter: 'R', meaning: 'Refused', outcome: 'refused' },
  { letter: 'H', meaning: 'Hospital or leave', outcome: 'away' },
  { letter: 'O', meaning: 'Out of stock', outcome: 'out-of-stock' },
  { letter: 'Z', meaning: 'Stopped: reaction', outcome: 'reaction' },
  { letter: 'N', meaning: 'See notes', outcome: 'said-with-dose' },
];
const CREATED = '2026-11-22T03:20:00+00:00';

const entry = (day: string, clock: string, letter = 'G', more: object = {}): object => ({
  scheduledFor: `${day}T${clock}:00Z`,
  at: `${day}T${clock}:00Z`,
  letter,
  ...more,
});

const MADOPAR = {
  name: 'Co-beneldopa',
  dmdCode: '39732311000001104',
  strength: '25 mg/100 mg',
  form: 'capsules',
  kinds: ['regular', 'time-critical'],
  status: 'active',
  doseText: 'ONE capsule FIVE times a day',
  dose: {
    quantity: 1,
    unit: 'capsule',
    times: [
      { clock: '07:00' },
      { clock: '11:00' },
      { clock: '15:00' },
      { clock: '19:00' },
      { clock: '23:00' },
    ],
    frequency: { times: 5, period: 1, periodUnit: 'd' },
  },
  route: { text: 'Oral', code: '26643006' },
  indication: "Parkinson's disease",
  timeCritical: { withinMinutes: 30, why: 'Freezes and cannot swallow when late.' },
  startDate: '2025-01-10',
  administrations: [
    entry('2026-11-21', '07:00'),
    entry('2026-11-21', '11:00'),
    entry('2026-11-21', '15:00', 'R', { reason: 'Too sleepy to swallow', by: 'A. Boateng' }),
    entry('2026-11-21', '19:00', 'G', { at: '2026-11-21T19:12:00Z', given: { amount: 1, unit: 'capsule' } }),
  ],
};

const BETTYS = {
  chartKey: KEY,
  charts: { number: 1, of: 2 },
  recordStartsAt: '2026-11-21T00:00:00Z',
  recordEndsAt: '2026-11-22T03:12:00Z',
  leftHomeAt: '2026-11-22T03:18:00Z',
  whoAdministers: 'staff',
  support: 'On a spoon with yoghurt, knows that it is medicine.',
  weight: { kilograms: 48.5, measuredOn: '2026-11-14' },
  medicines: [
    MADOPAR,
    {
      name: 'Paracetamol 500 mg tablets',
      kinds: ['when-required'],
      status: 'active',
      doseText: 'ONE or TWO tablets when required',
      dose: { quantity: 1, most: 2, unit: 'tablet' },
      whenRequired: {
        reason: 'Hip pain',
        signs: 'Rubs hip',
        minimumIntervalHours: 4,
        maximumIn24Hours: { amount: 8, unit: 'tablets' },
        canAsk: 'no',
        alternatives: 'Warm pack',
        reviewOn: '2027-01-01',
      },
      administrations: [
        { at: '2026-11-21T22:10:00Z', letter: 'G', given: { amount: 2, unit: 'tablet' }, by: 'AB' },
      ],
    },
    {
      name: 'Methotrexate 2.5 mg tablets',
      kinds: ['regular'],
      status: 'active',
      doseText: 'FOUR tablets ONCE A WEEK',
      dose: {
        quantity: 4,
        unit: 'tablet',
        times: [{ clock: '09:00' }],
        weekdays: ['thu'],
        frequency: { times: 1, period: 1, periodUnit: 'wk' },
      },
      monitoring: 'Blood count monthly',
    },
    {
      name: 'Buprenorphine 5 micrograms/hour patch',
      kinds: ['patch', 'controlled-drug'],
      status: 'active',
      doseText: 'ONE patch every 7 days',
      patch: {
        site: 'Left upper arm',
        appliedAt: '2026-11-18T09:00:00Z',
        dueOffAt: '2026-11-25T09:00:00Z',
        numberOnSkin: 2,
        oldOneRemoved: 'no',
      },
      controlledDrug: { schedule: '3', witness: 'C. Diaz', balance: { amount: 3, unit: 'patches' } },
    },
    {
      name: 'Emollient cream',
      kinds: ['topical', 'covert'],
      status: 'on-hold',
      doseText: 'Apply twice a day',
      topical: { site: 'Both lower legs', bodyMap: 'body-map', openedOn: '2026-11-01' },
      covert: {
        bestInterestsDate: '2026-06-01',
        decidedBy: 'Dr Patel',
        plan: 'In yoghurt',
        reviewOn: '2026-12-01',
      },
    },
  ],
  notOnThisChart: {
    anything: 'yes',
    givenByOthers: [
      {
        by: 'district-nurse',
        name: 'Insulin glargine',
        doseText: '18 units in the morning',
        timeCritical: true,
        lastGiven: '2026-11-21T08:20:00Z',
        nextDue: '2026-11-22T08:30:00Z',
        contact: 'District nurses 0161 496 0001',
      },
      {
        by: 'palliative-team',
        name: 'Syringe driver',
        syringeDriver: {
          contents: [
            { name: 'Morphine', amount: '10 mg' },
            { name: 'Midazolam', amount: '5 mg' },
          ],
          rate: '0.7 ml/hour',
          startedAt: '2026-11-21T14:00:00Z',
          endsAt: '2026-11-22T14:00:00Z',
          site: 'Right chest wall',
        },
      },
      { by: 'ambulance', name: 'Oramorph', doseText: '2.5 mg once', lastGiven: '2026-11-22T03:10:00Z' },
    ],
  },
  changes: {
    any: 'yes',
    list: [
      { medicine: 'Amlodipine', change: 'discontinued', on: '2026-11-15', reason: 'Low blood pressure' },
    ],
  },
  medicinesInBag: [{ name: 'Co-beneldopa', quantity: 40, unit: 'capsules', expires: '2027-03' }],
  recorded: { at: CREATED, by: { name: 'Ama Boateng', role: 'Night care worker' } },
};

const find = (data: object, mode: 'urgent' | 'complete' = 'urgent'): Finding[] =>
  marForm.rules(data as JsonObject, '/mar', { mode, package: { createdAt: CREATED }, now: CREATED });
const codes = (data: object): string[] => [...new Set(find(data).map((f) => f.code))];
const ofType = (data: object, type: string): Node[] =>
  written(marForm, data as JsonObject).resources.filter((r) => r['resourceType'] === type);
const one = (medicine: object, more: object = {}): object => ({
  chartKey: KEY,
  recordEndsAt: '2026-11-22T03:12:00Z',
  notOnThisChart: { anything: 'no' },
  medicines: [
    {
      name: 'Aspirin 75 mg tablets',
      kinds: ['regular'],
      status: 'active',
      doseText: 'ONE each day',
      ...medicine,
    },
  ],
  ...more,
});
const page = (data: object): readonly Block[] =>
  marForm.page(data as JsonObject, { created: CREATED, package: {} });
const words = (blocks: readonly Block[]): string => JSON.stringify(blocks).replaceAll('\u00a0', ' ');

provesFormLaws(t, marForm);
provesLeavesMatter(t, marForm, BETTYS as JsonObject);

t.test('each code of the rules is in the table of issues', (t) => {
  for (const { code } of [...find(BETTYS), ...find({ chartKey: KEY })]) t.ok(entryOf(code), code);
  t.end();
});

t.test('AT-14: a letter that is not in the key is unknown, shown as it stands, and said', (t) => {
  const chart = one({ administrations: [entry('2026-11-21', '08:00', 'Q')] });
  t.match(find(chart), [
    { code: 'chart-letter-undeclared', pointer: '/mar/medicines/0/administrations/0/letter' },
  ]);
  t.equal(entryOf('chart-letter-undeclared').severity, 'warning');
  const [given] = ofType(chart, 'MedicationAdministration');
  t.equal(given?.['status'], 'unknown');
  t.match(given?.['statusReason'], [{ text: 'Q' }]);
  t.match(words(page(chart)), /Q: NOT IN THE KEY, meaning unknown/);
  const lower = one({ administrations: [entry('2026-11-21', '08:00', 'g')] });
  t.equal(ofType(lower, 'MedicationAdministration')[0]?.['status'], 'unknown', 'capitals count');
  t.end();
});

t.test('AT-15: the same letter A under two keys is two outcomes', (t) => {
  const dose = { administrations: [entry('2026-11-21', '08:00', 'A')] };
  const told = (outcome: string, meaning: string): unknown =>
    ofType(one(dose, { chartKey: [{ letter: 'A', meaning, outcome }] }), 'MedicationAdministration')[0]?.[
      'status'
    ];
  t.equal(told('given', 'Administered'), 'completed');
  t.equal(told('left-out', 'Left out to be taken later'), 'unknown');
  t.end();
});

t.test('AT-16: reasons for a dose not given', (t) => {
  const reason = (letter: string, more: object = {}): unknown => {
    const [r] = ofType(
      one({ administrations: [entry('2026-11-21', '08:00', letter, more)] }),
      'MedicationAdministration',
    );
    const reasons = (r?.['statusReason'] ?? []) as { coding: { system: string; code: string }[] }[];
    const coding = reasons[0]?.coding ?? [];
    return [r?.['status'], coding.find((c) => c.system === 'http://snomed.info/sct')?.code];
  };
  t.same(reason('R'), ['not-done', '182895007']);
  t.same(reason('H'), ['not-done', '398090008']);
  t.same(reason('O'), ['not-done', '242990004']);
  t.same(reason('Z'), ['stopped', '416093006']);
  t.same(
    reason('N', { outcome: 'give-later' }),
    ['on-hold', '398090008'],
    'a letter whose outcome is said with the dose',
  );
  t.same(reason('N', { outcome: 'nil-by-mouth' }), ['not-done', undefined]);
  const [given] = ofType(
    one({ administrations: [entry('2026-11-21', '08:00')] }),
    'MedicationAdministration',
  );
  t.equal(given?.['status'], 'completed');
  t.equal(given?.['statusReason'], undefined);
  t.end();
});

t.test('letters: twice in the key, or against the sender, are unknown and said', (t) => {
  const read = keyReader([
    { letter: 'X', meaning: 'Not given', outcome: 'not-given-other' },
    { letter: 'X', meaning: 'Not required', outcome: 'not-required' },
    { letter: 'G', meaning: 'Given', outcome: 'given' },
  ]);
  t.match(read('X', undefined), { outcome: 'unknown', because: 'letter-twice' });
  t.match(read('G', 'refused'), { outcome: 'unknown', because: 'contradicts-key' });
  t.match(read('G', 'given'), { outcome: 'given', meaning: 'Given' });
  const chart = one(
    { administrations: [entry('2026-11-21', '08:00', 'R', { outcome: 'given' })] },
    { chartKey: [...KEY, { letter: 'G', meaning: 'Gone', outcome: 'away' }] },
  );
  t.has(codes(chart), ['chart-letter-twice']);
  t.ok(codes(chart).includes('outcome-contradicts-key'));
  t.end();
});

t.test('AT-17: a time-critical medicine with its last and next times, over a change of the clocks', (t) => {
  const chart = one(
    {
      ...MADOPAR,
      administrations: [
        { scheduledFor: '2026-10-24T19:00:00+01:00', at: '2026-10-24T19:05:00+01:00', letter: 'G' },
        { scheduledFor: '2026-10-24T23:00:00+01:00', at: '2026-10-24T23:02:00+01:00', letter: 'G' },
      ],
    },
    { recordEndsAt: '2026-10-25T00:30:00+01:00' },
  ) as ShownMar;
  const [line] = timeCriticalLines(chart, '2026-10-25T01:15:00+01:00');
  t.equal(line?.medicine, 'Co-beneldopa 25 mg/100 mg capsules');
  const said = (line?.lines ?? []).join('\n').replaceAll('\u00a0', ' ');
  t.match(said, 'within 30 minutes');
  t.match(said, 'Last given: Sat 24 Oct 23:02 BST');
  t.match(said, 'Sun 25 Oct 07:00 GMT; Sun 25 Oct 11:00 GMT');
  const [row] = lastDoseRows(chart, '2026-10-25T01:15:00+01:00');
  t.equal(row?.next.replaceAll('\u00a0', ' '), 'Sun 25 Oct 07:00 GMT');
  t.end();
});

t.test('AT-52: every due time of the next 24 hours stands on page one, dated', (t) => {
  const lines = timeCriticalLines(BETTYS as unknown as ShownMar, CREATED);
  t.same(
    lines[0]?.due.map((d) => d.replaceAll('\u00a0', ' ')),
    ['Sun 22 Nov 07:00', 'Sun 22 Nov 11:00', 'Sun 22 Nov 15:00', 'Sun 22 Nov 19:00', 'Sun 22 Nov 23:00'],
  );
  t.match((lines[0]?.lines ?? []).join('\n').replaceAll('\u00a0', ' '), 'Sat 21 Nov 15:00 R: Refused');
  t.match(
    (lines[0]?.lines ?? []).join('\n').replaceAll('\u00a0', ' '),
    'Sat 21 Nov 23:00 NO ENTRY (may have been given)',
  );
  t.match(lines[1], { medicine: 'Insulin glargine' }, 'what others give counts too');
  const without = one({ kinds: ['time-critical'], dose: { quantity: 1, unit: 'tablet' } });
  t.ok(codes(without).includes('time-critical-without-times'));
  t.match(timeCriticalLines(without as ShownMar, CREATED)[0]?.lines.at(-1), /not to be reckoned/);
  t.end();
});

t.test('last doses: a later entry that may have been a dose stands beside the last one that was', (t) => {
  const chart = one({
    kinds: ['when-required'],
    lastGiven: '2026-11-21T08:00:00Z',
    administrations: [
      { at: '2026-11-21T22:00:00Z', letter: 'Q' },
      { at: '2026-11-21T08:00:00Z', letter: 'G' },
      { at: '2026-11-21T21:00:00Z', letter: 'R' },
    ],
  }) as ShownMar;
  const [row] = lastDoseRows(chart, CREATED);
  t.equal(
    row?.last.replaceAll('\u00a0', ' '),
    'Sat 21 Nov 08:00; LATER Sat 21 Nov 22:00 Q: NOT IN THE KEY, meaning unknown (may have been taken)',
  );
  t.equal(row?.next, 'when required');
  const old = one({ administrations: [{ scheduledFor: '2024-11-21T08:00:00Z', letter: 'G' }] }) as ShownMar;
  t.match(lastDoseRows(old, CREATED)[0]?.last, /2024, 08:00 \(round; time not recorded\)/);
  t.end();
});

t.test('AT-18: when-required without maximum or interval, covert without a best-interests date', (t) => {
  const prn = find(one({ kinds: ['when-required'], whenRequired: { reason: 'Pain' } }));
  t.same(
    prn.map((f) => [f.code, f.pointer]),
    [
      ['prn-maximum-missing', '/mar/medicines/0/whenRequired/maximumIn24Hours'],
      ['prn-interval-missing', '/mar/medicines/0/whenRequired/minimumIntervalHours'],
    ],
  );
  const covert = one({ kinds: ['covert'], covert: { plan: 'In jam' } });
  t.match(find(covert), [
    { code: 'covert-best-interests-missing', pointer: '/mar/medicines/0/covert/bestInterestsDate' },
  ]);
  t.equal(find(covert).length, 1);
  t.match(words(page(covert)), /Given covertly/);
  for (const code of ['prn-maximum-missing', 'prn-interval-missing', 'covert-best-interests-missing'])
    t.equal(entryOf(code).severity, 'warning');
  t.end();
});

t.test('AT-19: a medicine in words alone, and one with its dm+d code', (t) => {
  const [words_] = ofType(one({ name: "Grandma's cough linctus" }), 'Medication');
  t.same(words_?.['code'], { text: "Grandma's cough linctus" });
  const [coded] = ofType(one({ dmdCode: '39732311000001104' }), 'Medication');
  t.match(coded?.['code'], { coding: [{ system: 'https://dmd.nhs.uk', code: '39732311000001104' }] });
  const schema = JSON.stringify(marForm.schema);
  t.match(schema, /"dmdCode":\{[^}]*"format":"snomed-code"/, 'the format that checks the digit');
  t.end();
});

t.test('AT-44: the kinds of blank cell are told apart in print and in FHIR', (t) => {
  const chart = one(
    {
      dose: {
        quantity: 1,
        unit: 'tablet',
        times: [{ clock: '08:00' }, { clock: '22:00' }, { clock: '02:00' }],
      },
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
  );
  const bounds = boundsOf(chart as ShownMar, CREATED);
  const grid = bounds && gridOf((chart as { medicines: never[] }).medicines[0] as never, bounds);
  const cells = Object.fromEntries(
    (grid?.days ?? []).map((d) => [d.day.slice(8), d.cells.map((c) => `${c.clock} ${c.kind}`)]),
  );
  t.same(cells, {
    20: ['02:00 before-record-start', '08:00 entry', '22:00 entry'],
    21: ['02:00 entry', '08:00 entry', '22:00 no-entry'],
    22: ['02:00 after-record-end', '08:00 not-yet-due', '22:00 not-yet-due'],
    23: ['02:00 not-yet-due', '08:00 not-yet-due', '22:00 not-yet-due'],
  });
  const print = words(page(chart));
  t.match(print, '["02:00","before record","G","after record","not yet due"]', 'times down, days across');
  t.match(print, '["08:00","G","G","not yet due","not yet due"]');
  t.match(print, '["22:00","G","NO ENTRY","not yet due","not yet due"]');
  t.match(print, 'The record ends Sat 21 November 2026, 23:00: doses after that are not shown.');

  const blanks = ofType(chart, 'MedicationAdministration').slice(4);
  t.match(blanks, [
    {
      status: 'unknown',
      effectiveDateTime: '2026-11-21T22:00:00.000Z',
      statusReason: [{ coding: [{ code: 'no-entry' }] }],
    },
    {
      status: 'unknown',
      effectiveDateTime: '2026-11-22T02:00:00.000Z',
      statusReason: [{ coding: [{ code: 'after-record-end' }] }],
    },
  ]);
  t.equal(blanks.length, 2, 'nothing for what is not scheduled, not yet due or before the record');
  const [statement] = ofType(chart, 'MedicationStatement');
  t.match(JSON.stringify(statement?.['note']).replaceAll('\u00a0', ' '), 'Not yet due: Sun 22 Nov 08:00');
  t.match(find(chart), [{ code: 'dose-without-entry', values: { count: 1 } }]);

  const weekly = one(
    {
      dose: { unit: 'tablet', times: [{ clock: '08:00' }], weekdays: ['fri'] },
      administrations: [entry('2026-11-20', '08:00')],
    },
    { recordStartsAt: '2026-11-20T06:00:00Z' },
  );
  t.match(words(page(weekly)), '["08:00","G","–","–","–"]', 'not scheduled');
  t.equal(ofType(weekly, 'MedicationAdministration').length, 1);
  t.end();
});

t.test('AT-44: an entry after the end of the record is listed and said, and fills no cell', (t) => {
  const chart = one(
    {
      dose: { unit: 'tablet', times: [{ clock: '02:00' }] },
      administrations: [entry('2026-11-22', '02:00')],
    },
    { recordStartsAt: '2026-11-21T12:00:00Z', recordEndsAt: '2026-11-22T01:00:00Z' },
  );
  t.ok(codes(chart).includes('entry-after-record-end'));
  const print = words(page(chart));
  t.match(print, '["02:00","before record","after record","not yet due"]');
  t.match(print, 'AFTER THE RECORD ENDS');
  t.end();
});

t.test('an entry without its slot fills the nearest cell, and a second entry shows beside the first', (t) => {
  const chart = one({
    dose: { unit: 'tablet', times: [{ clock: '08:00' }, { clock: '20:00' }] },
    administrations: [
      { at: '2026-11-21T08:25:00Z', letter: 'R' },
      { at: '2026-11-21T09:10:00Z', letter: 'G' },
      entry('2026-11-21', '20:00', 'G'),
      { at: '2026-11-21T14:00:00Z', letter: 'G' },
    ],
  });
  t.match(words(page(chart)), '["08:00","R 08:25, G 09:10","not yet due","not yet due"]');
  const bounds = boundsOf(chart as ShownMar, CREATED);
  t.same(bounds && gridOf((chart as { medicines: never[] }).medicines[0] as never, bounds)?.outside, [3]);
  t.end();
});

t.test(
  'AT-45: weekly medicines apart with the weekday in full; what others give and patches are printed',
  (t) => {
    const print = words(page(BETTYS));
    t.match(print, 'Weekly, rarer, or on some days only');
    t.match(print, /Methotrexate 2.5 mg tablets: FOUR tablets ONCE A WEEK – once every week on Thursday/);
    const others = notOnThisChartLines(BETTYS as unknown as ShownMar)
      .join('\n')
      .replaceAll('\u00a0', ' ');
    t.match(
      others,
      'Insulin glargine 18 units in the morning; given by district or community nurse; last given: Sat 21 November 2026, 08:20',
    );
    t.match(
      others,
      'SYRINGE DRIVER RUNNING: Morphine 10 mg + Midazolam 5 mg; rate: 0.7 ml/hour; ends: Sun 22 November 2026, 14:00',
    );
    t.match(others, 'Oramorph 2.5 mg once; given by ambulance crew; last given: Sun 22 November 2026, 03:10');
    t.match(others, 'Changed 15 November 2026: Amlodipine – discontinued');
    t.match(others, 'Chart 1 of 2: THERE ARE OTHER CHARTS');
    const [patch] = patchLines(BETTYS as unknown as ShownMar);
    t.match(
      patch?.replaceAll('\u00a0', ' '),
      '2 found on the skin; OLD PATCH NOT REMOVED; where: Left upper arm',
    );
    t.match(print, 'OLD PATCH NOT REMOVED');
    t.ok(codes(BETTYS).includes('patch-old-one-on'));
    t.ok(codes(BETTYS).includes('patch-several-on'));
    const none = one({}, { notOnThisChart: { anything: 'not-known' } });
    t.match(notOnThisChartLines(none as ShownMar)[0], 'Medicines given by others: NOT KNOWN.');
    t.end();
  },
);

t.test('AT-49: "U", "IU", trailing zero and naked point are said and left as sent', (t) => {
  const slips: [string, string[]][] = [
    ['10U at night', ['dose-unit-abbreviated']],
    ['10 iu daily', ['dose-unit-abbreviated']],
    ['Insulin 100 I.U./ml', ['dose-unit-abbreviated']],
    ['10 units', []],
    ['1.0 mg', ['dose-trailing-zero']],
    ['2.50mg', ['dose-trailing-zero']],
    ['0.5 mg', []],
    ['10.05 mg', []],
    ['at 8.00 am', []],
    ['.5 mg', ['dose-naked-point']],
    ['ONE. Then 2 tablets', []],
    ['1.5 mg and .25 mg and 5.0U', ['dose-unit-abbreviated', 'dose-trailing-zero', 'dose-naked-point']],
  ];
  for (const [written_, expected] of slips) t.same(doseSlips(written_), expected, written_);
  const chart = one({ doseText: '.5 mg then 1.0 mg', dose: { quantity: 10, unit: 'IU' } });
  t.same(
    find(chart).map((f) => [f.code, f.pointer]),
    [
      ['dose-trailing-zero', '/mar/medicines/0/doseText'],
      ['dose-naked-point', '/mar/medicines/0/doseText'],
      ['dose-unit-abbreviated', '/mar/medicines/0/dose/unit'],
    ],
  );
  const [statement] = ofType(chart, 'MedicationStatement');
  t.match(statement?.['dosage'], [
    { text: '.5 mg then 1.0 mg', doseAndRate: [{ doseQuantity: { value: 10, unit: 'IU' } }] },
  ]);
  t.equal(unitCode('IU'), undefined);
  t.match(words(page(chart)), '.5 mg then 1.0 mg');
  t.equal(unbroken('Take 2.5 mg or 10 ml'), 'Take 2.5\u00a0mg or 10\u00a0ml', 'number and unit on one line');
  t.end();
});

t.test('what each kind asks for is said', (t) => {
  t.same(
    codes(one({ kinds: ['patch'], patch: { oldOneRemoved: 'not-known', dueOffAt: '2026-11-20T09:00:00Z' } })),
    ['patch-removal-not-known', 'patch-count-missing', 'patch-site-missing', 'patch-past-due-off'],
  );
  t.same(codes(one({ kinds: ['topical'] })), ['topical-site-missing']);
  t.same(
    codes(
      one({
        kinds: ['variable', 'controlled-drug'],
        administrations: [{ at: '2026-11-21T08:00:00Z', letter: 'G' }],
      }),
    ),
    ['variable-dose-amount-missing', 'controlled-drug-without-witness'],
  );
  t.same(codes(one({ dose: { unit: 'tablet', frequency: { times: 1, period: 1, periodUnit: 'mo' } } })), [
    'rare-without-day',
  ]);
  t.same(codes(one({}, { notOnThisChart: undefined })), ['given-by-others-not-said']);
  t.same(codes(one({ doseText: undefined }, { recordEndsAt: undefined })), [
    'mar-record-end-missing',
    'medicine-dose-missing',
  ]);
  t.same(entryOf('medicine-dose-missing').severity, { urgent: 'warning', complete: 'error' });
  t.end();
});

t.test('FHIR: a medicine, its dose and its entries, linked', (t) => {
  const { resources } = written(marForm, BETTYS as unknown as JsonObject);
  const of = (type: string): Node[] => resources.filter((r) => r['resourceType'] === type);
  const statements = of('MedicationStatement');
  t.equal(statements.length, BETTYS.medicines.length + BETTYS.notOnThisChart.givenByOthers.length);
  t.match(statements[0], {
    status: 'active',
    category: { coding: [{ code: 'community' }] },
    dateAsserted: '2026-11-22T03:12:00Z',
    medicationReference: {
      reference: `urn:uuid:${String(of('Medication')[0]?.['id'])}`,
      display: 'Co-beneldopa 25 mg/100 mg capsules',
    },
    dosage: [
      {
        text: 'ONE capsule FIVE times a day',
        timing: {
          repeat: {
            frequency: 5,
            period: 1,
            periodUnit: 'd',
            timeOfDay: ['07:00:00', '11:00:00', '15:00:00', '19:00:00', '23:00:00'],
          },
        },
        route: { text: 'Oral', coding: [{ system: 'http://snomed.info/sct', code: '26643006' }] },
        doseAndRate: [
          {
            doseQuantity: { value: 1, unit: 'capsule', system: 'http://snomed.info/sct', code: '428641000' },
          },
        ],
      },
    ],
    note: [{ text: 'Time-critical: within 30 minutes' }, { text: /^Not yet due/ }],
  });
  t.match(statements[1]?.['dosage'], [
    {
      asNeededCodeableConcept: { text: 'Hip pain' },
      doseAndRate: [{ doseRange: { low: { value: 1 }, high: { value: 2, unit: 'tablet' } } }],
      maxDosePerPeriod: { numerator: { value: 8, unit: 'tablets' }, denominator: { value: 24, code: 'h' } },
    },
  ]);
  const entries = of('MedicationAdministration');
  for (const e of entries) {
    t.ok(e['effectiveDateTime'] && e['status'] && e['medicationReference'], 'what R4 demands');
    t.match(e['supportingInformation'], [{ reference: /^urn:uuid:/ }]);
  }
  t.match(
    entries.find((e) => JSON.stringify(e['note'] ?? '').includes('sleepy')),
    {
      status: 'not-done',
      performer: [{ actor: { display: 'A. Boateng' } }],
      statusReason: [{ text: 'Refused' }],
    },
  );
  t.end();
});

t.test('every leaf is on paper, and a value that was not understood does not stop the page', (t) => {
  const print = words(page(BETTYS));
  const said = new Set(['chartKey', 'kinds']);
  for (const [pointer, value] of leaves(BETTYS as unknown as JsonObject)) {
    if (typeof value !== 'string' || /^\d{4}-|^[a-z-]+$/.test(value) || said.has(pointer.split('/')[1] ?? ''))
      continue;
    t.ok(print.includes(JSON.stringify(value).slice(1, -1)), `${pointer}: ${value}`);
  }
  for (const words_ of ['22 November 2026', '40', '48.5 kg', '0161 496 0001', '39732311000001104', '4 hours'])
    t.match(print, words_);
  const odd = structuredClone(BETTYS) as unknown as Record<string, never>;
  const put = (path: string, value: string): void => {
    const names = path.split('.');
    const last = names.pop() as string;
    let at = odd as Record<string, unknown>;
    for (const n of names) at = at[n] as Record<string, unknown>;
    at[last] = `NOT UNDERSTOOD: ${value}`;
  };
  for (const path of [
    'recordEndsAt',
    'leftHomeAt',
    'weight.kilograms',
    'medicines.0.dose.times.0.clock',
    'medicines.0.dose.frequency.times',
    'medicines.0.startDate',
    'medicines.0.timeCritical.withinMinutes',
    'medicines.0.administrations.0.at',
    'medicines.3.patch.numberOnSkin',
    'notOnThisChart.givenByOthers.0.nextDue',
    'changes.list.0.on',
  ])
    put(path, 'xyzzy');
  const shown = words(page(odd));
  t.equal(shown.split('NOT UNDERSTOOD: xyzzy').length > 10, true);
  t.match(
    words([{ kind: 'list', items: medicineRows(odd as unknown as ShownMar).map((r) => r.medicine) }]),
    'Co-beneldopa',
  );
  t.ok(find(odd).length > 0, 'the rules cope');
  t.end();
});
