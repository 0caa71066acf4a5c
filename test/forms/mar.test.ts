import t from 'tap';
import type { Finding } from '#src/forms/finding.js';
import { doseSlips, unbroken, unitCode } from '#src/forms/mar/dose-text.js';
import { marForm } from '#src/forms/mar/form.js';
import { medicineTable } from '#src/forms/mar/front.js';
import { boundsOf, gridOf } from '#src/forms/mar/grid.js';
import { keyReader } from '#src/forms/mar/outcomes.js';
import {
  notOnThisChartLines,
  patchLines,
  type ShownMar,
  timeCriticalLines,
} from '#src/forms/mar/page-one.js';
import { entryOf } from '#src/intake/issues.js';
import type { JsonObject } from '#src/mapping/json.js';
import type { Node } from '#src/mapping/path.js';
import type { Block } from '#src/print/press.js';
import { provesFormLaws, provesLeavesMatter, written } from '../support/form-laws.js';
import { BETTYS, CREATED, entry, KEY, MADOPAR, one } from '../support/mar-charts.js';

const find = (data: object, mode: 'urgent' | 'complete' = 'urgent'): Finding[] =>
  marForm.rules(data as JsonObject, '/mar', { mode, package: { createdAt: CREATED }, now: CREATED });
const codes = (data: object): string[] => [...new Set(find(data).map((f) => f.code))];
const ofType = (data: object, type: string): Node[] =>
  written(marForm, data as JsonObject).resources.filter((r) => r['resourceType'] === type);
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

/** When the first medicine of a chart was last given, as page one has it. */
const lastOf = (chart: ShownMar): string | undefined =>
  medicineTable(chart, CREATED)?.rows[0]?.cells[3]?.replaceAll('\u00a0', ' ');

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
  t.equal(
    lastOf(chart),
    'Sat 21 Nov 08:00; LATER Sat 21 Nov 22:00 Q: NOT IN THE KEY, meaning unknown (may have been taken)',
  );
  const old = one({ administrations: [{ scheduledFor: '2024-11-21T08:00:00Z', letter: 'G' }] }) as ShownMar;
  t.match(lastOf(old), /2024, 08:00 \(round; time not recorded\)/);
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
  t.match(words(page(covert)), /GIVEN COVERTLY/);
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

t.test('AT-44: the kinds of blank cell are told apart, and so they are in FHIR', (t) => {
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
  t.equal(ofType(weekly, 'MedicationAdministration').length, 1, 'nothing for what is not scheduled');
  t.end();
});

t.test('an entry without its slot fills the nearest cell', (t) => {
  const chart = one({
    dose: { unit: 'tablet', times: [{ clock: '08:00' }, { clock: '20:00' }] },
    administrations: [
      { at: '2026-11-21T08:25:00Z', letter: 'R' },
      { at: '2026-11-21T09:10:00Z', letter: 'G' },
      entry('2026-11-21', '20:00', 'G'),
      { at: '2026-11-21T14:00:00Z', letter: 'G' },
    ],
  });
  const bounds = boundsOf(chart as ShownMar, CREATED);
  t.same(bounds && gridOf((chart as { medicines: never[] }).medicines[0] as never, bounds)?.outside, [3]);
  t.end();
});

t.test('AT-45: what others give and patches are printed', (t) => {
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
  t.match(words(page(BETTYS)), 'OLD PATCH NOT REMOVED');
  t.ok(codes(BETTYS).includes('patch-old-one-on'));
  t.ok(codes(BETTYS).includes('patch-several-on'));
  const none = one({}, { notOnThisChart: { anything: 'not-known' } });
  t.match(notOnThisChartLines(none as ShownMar)[0], 'Medicines given by others: NOT KNOWN.');
  t.end();
});

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

t.test('a value that was not understood stops neither page one nor the rules', (t) => {
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
  t.match(medicineTable(odd as unknown as ShownMar, CREATED)?.rows[0]?.cells[0], 'Co-beneldopa');
  t.ok(find(odd).length > 0, 'the rules cope');
  t.end();
});
