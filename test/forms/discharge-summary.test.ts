import t from 'tap';
import { dischargeSummaryForm } from '#src/forms/discharge-summary/form.js';
import { forms } from '#src/forms/index.js';
import { choiceLists } from '#src/forms/terminology.js';
import { entryOf } from '#src/intake/issues.js';
import { createSchemaCheck } from '#src/intake/schema-issues.js';
import { formats } from '#src/mapping/formats.js';
import type { JsonObject } from '#src/mapping/json.js';
import { assembleDocument, readDocument } from '#src/transfer/document.js';
import { prepare } from '#src/transfer/prepared.js';
import { provesFormLaws, provesLeavesMatter } from '../support/form-laws.js';
import { textOf } from '../support/page-laws.js';

const CREATED = '2026-11-27T15:00:00+00:00';
const BETTY: JsonObject = {
  format: 'redbag-discharge/1',
  packageId: 'stay-4711',
  answersPackageId: 'betty-1',
  createdAt: CREATED,
  sender: {
    organisation: { name: 'Example General Hospital', odsCode: 'XRB01', telephone: '020 7946 0100' },
    person: { name: 'Jo Price', role: 'Discharge nurse' },
  },
  resident: {
    name: { family: 'Okafor', given: ['Elizabeth', 'Ada'] },
    birthDate: '1938-04-02',
    nhsNumber: '999 000 0018',
    address: { lines: ['Willow House', '1 Example Street'], postcode: 'SM1 1AA' },
  },
  stay: {
    admittedAt: '2026-11-22T04:10:00+00:00',
    leftAt: '2026-11-27T14:30:00+00:00',
    reason: 'Fall',
    consultant: {
      name: 'Dr Sam Lee',
      role: 'Consultant geriatrician',
      registration: { body: 'gmc', number: '1234567' },
    },
    dateInformed: { person: true, carer: true },
  },
  whatHappened: 'Chest infection. No fracture.',
  diagnoses: [
    { text: 'Pneumonia', certainty: 'confirmed' },
    { text: 'Delirium', certainty: 'suspected' },
  ],
  treatments: [{ text: 'Antibiotics into a vein', on: '2026-11-22' }],
  medicines: [
    {
      name: 'Amoxicillin',
      strength: '500 mg',
      dose: 'One capsule three times a day',
      route: 'By mouth',
      change: 'started',
      reason: 'Chest infection',
      continueUntil: '2026-11-29',
      review: { by: 'GP', on: '2026-11-30' },
      lastDose: { at: '2026-11-27T14:00:00+00:00', amount: '500 mg' },
      nextDoseAt: '2026-11-27T22:00:00+00:00',
      supplied: '6 capsules',
    },
    { name: 'Ibuprofen', change: 'stopped', reason: 'Kidney function', review: { by: 'GP' } },
    { name: 'Levodopa', change: 'unchanged', dose: 'As before' },
  ],
  allergies: {
    state: 'found',
    entries: [{ agent: 'Trimethoprim', reaction: 'Rash', severity: 'mild', found: '2026-11-23' }],
  },
  cpr: {
    what: 'made',
    status: 'not-for-cpr',
    decidedOn: '2026-11-24',
    decidedBy: { name: 'Dr Sam Lee' },
    paperCameBack: 'yes',
  },
  infectionRisk: { risk: 'no' },
  skin: { state: 'damage-found', wounds: [{ site: 'Left heel', kind: 'pressure-ulcer', category: '1' }] },
  equipment: [{ what: 'Walking frame', supplied: 'yes' }],
  abilities: [{ domain: 'mobility', comparedWithUsual: 'worse', now: 'Two people' }],
  followUp: [{ action: 'Repeat chest X-ray', by: 'GP', due: 'in six weeks' }],
  nextOfKin: { told: 'yes', name: 'Ada Okafor' },
  belongings: {
    bagReturned: 'yes',
    trackerNumber: 'RB-0042',
    items: [{ description: 'Reading glasses', category: 'glasses', back: { state: 'missing' } }],
  },
  ward: { ward: 'Elm Ward', telephone: '020 7946 0123' },
};

const codes = (data: JsonObject) =>
  dischargeSummaryForm.rules(data, '', { mode: 'complete', package: data, now: CREATED }).map((f) => {
    entryOf(f.code);
    return `${f.code} ${f.pointer}`;
  });
const without = (name: string): JsonObject =>
  Object.fromEntries(Object.entries(BETTY).filter(([k]) => k !== name));
const page = (data: JsonObject) =>
  textOf(dischargeSummaryForm.page(data, { created: CREATED, package: data }));

provesFormLaws(t, dischargeSummaryForm, {
  normalise: (pointer, value) =>
    pointer.endsWith('/resident/nhsNumber') ? String(value).replaceAll(' ', '') : value,
});
provesLeavesMatter(t, dischargeSummaryForm, BETTY);

t.test(
  'it is a package of its own, not one of the Red Bag papers; its choice lists agree with theirs',
  (t) => {
    const check = createSchemaCheck(dischargeSummaryForm.schema, { formats });
    t.same(check.faults(BETTY), []);
    t.match(check.faults({ ...BETTY, format: 'redbag/1' }), [{ code: 'not-a-choice', pointer: '/format' }]);
    t.notOk(forms.some((form) => form.name === dischargeSummaryForm.name));
    t.doesNotThrow(() => choiceLists([...forms.map((form) => form.schema), dischargeSummaryForm.schema]));
    t.end();
  },
);

t.test('AT-30: a summary without medicine changes is a warning, in the findings and on the page', (t) => {
  t.same(codes(without('medicines')), [
    'medicine-changes-missing /medicines',
    'belonging-missing /belongings/items/0/back/state',
  ]);
  const entry = entryOf('medicine-changes-missing');
  t.equal(entry.severity, 'warning');
  t.match(entry.rule, /QS85.*PRSB/);
  t.match(page(without('medicines')), 'MEDICINES: CHANGES NOT SAID');
  t.notMatch(page(BETTY), 'CHANGES NOT SAID');
  t.end();
});

t.test(
  'changes without reason, review or last dose; a CPR decision without its paper; contradictions',
  (t) => {
    t.same(
      codes({
        ...BETTY,
        medicines: [
          { name: 'x', change: 'changed' },
          { name: 'y', change: 'on-hold' },
        ],
      }),
      [
        'medicine-change-without-reason /medicines/0',
        'medicine-change-without-review /medicines/0',
        'last-dose-missing /medicines/0',
        'medicine-change-without-reason /medicines/1',
        'medicine-change-without-review /medicines/1',
        'belonging-missing /belongings/items/0/back/state',
      ],
    );
    const other = { ...without('belongings'), allergies: { state: 'none-found', entries: [{ agent: 'x' }] } };
    t.same(codes({ ...other, cpr: { what: 'changed' } }), [
      'cpr-decision-without-status /cpr',
      'cpr-paper-not-accounted-for /cpr',
      'new-allergies-contradict /allergies',
    ]);
    const stay = { admittedAt: '2026-11-28T00:00:00Z', leftAt: '2026-11-27T00:00:00Z' };
    t.same(codes({ ...without('belongings'), stay }), ['left-before-admitted /stay/leftAt']);
    t.end();
  },
);

const document = (data: JsonObject) => {
  const kind = {
    schema: dischargeSummaryForm.schema,
    envelope: dischargeSummaryForm,
    papers: [],
    title: dischargeSummaryForm.title,
  };
  const made = assembleDocument(kind, {
    prepared: prepare(data, []),
    bagId: 'd0a0d6a0-0c7e-5c55-9c0b-0f1a2b3c4d5e',
    version: 1,
    demonstration: true,
  });
  const resources = (made.bundle['entry'] as readonly { resource: JsonObject }[]).map((e) => e.resource);
  return { kind, made, of: (type: string) => resources.filter((r) => r['resourceType'] === type) };
};

t.test('the document: type 373942005, every section told, read back as sent', (t) => {
  const { kind, made, of } = document(BETTY);
  const [composition] = of('Composition');
  t.match(composition, { type: { coding: [{ system: 'http://snomed.info/sct', code: '373942005' }] } });
  const sections = composition?.['section'] as readonly { title: string; text?: { div: string } }[];
  for (const section of sections) t.ok(section.text, section.title);
  t.match(sections.find((s) => s.title.startsWith('Medicines'))?.text?.div, /Amoxicillin.*Kidney function/s);
  t.same(readDocument(kind, made.bundle), {
    ...BETTY,
    resident: { ...(BETTY['resident'] as JsonObject), nhsNumber: '9990000018' },
  });
  t.end();
});

t.test('each medicine says its change, and is active or stopped accordingly', (t) => {
  const statements = document(BETTY).of('MedicationStatement');
  t.match(statements, [
    {
      status: 'active',
      statusReason: [{ coding: [{ code: 'started', display: 'Started' }], text: 'Chest infection' }],
      dosage: [{ text: 'One capsule three times a day' }],
    },
    { status: 'stopped', statusReason: [{ coding: [{ code: 'stopped' }] }] },
    { status: 'active', statusReason: [{ coding: [{ code: 'unchanged' }] }] },
  ]);
  t.end();
});

t.test('a CPR Flag is raised only for a decision made in hospital that holds after it', (t) => {
  const flags = (cpr: JsonObject) => document({ ...BETTY, cpr }).of('Flag').length;
  t.match(document(BETTY).of('Flag'), [
    {
      status: 'active',
      code: { coding: [{ code: '450476008' }], text: /Information copy/ },
      period: { start: '2026-11-24' },
    },
  ]);
  t.equal(flags({ what: 'changed', status: 'for-cpr' }), 1);
  t.equal(flags({ what: 'no-change', status: 'not-for-cpr' }), 0);
  t.equal(flags({ what: 'made', status: 'not-for-cpr', stayOnly: true }), 0);
  t.equal(flags({ what: 'made', status: 'no-decision-recorded' }), 0);
  t.equal(flags({ what: 'not-recorded', note: 'not for resus' }), 0, 'never from words');
  t.end();
});
