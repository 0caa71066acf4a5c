import t from 'tap';
import { belongingsForm } from '#src/forms/belongings/form.js';
import { createSchemaCheck } from '#src/intake/schema-issues.js';
import { formats } from '#src/mapping/formats.js';
import type { JsonObject } from '#src/mapping/json.js';
import { provesFormLaws, provesLeavesMatter, written } from '../support/form-laws.js';
import { textOf } from '../support/page-laws.js';

const CREATED = '2026-11-22T03:12:00+00:00';
const OUT = { state: 'present', checkedBy: 'Ama Boateng', at: '2026-11-22T03:05:00+00:00' };
const BETTYS: JsonObject = {
  bag: { trackerNumber: 'RB-0042', closed: true },
  items: [
    { id: '1', description: 'Upper denture in blue pot', category: 'denture-upper', quantity: 1, out: OUT },
    { description: 'Reading glasses', category: 'glasses', out: OUT },
    {
      description: 'Lilac form',
      category: 'document',
      paper: { kind: 'cpr-form', original: 'original' },
      out: OUT,
    },
    {
      description: 'Insulin pen',
      category: 'medicine',
      medicine: { strength: '100 units/mL', amount: '2 pens', keepInFridge: true, expires: '2027-03' },
      out: OUT,
    },
  ],
  custody: [
    { place: 'ambulance', name: 'Crew 12', at: '2026-11-22T03:20:00+00:00', signature: 'electronic' },
  ],
  note: 'Wedding ring left with daughter.',
  recorded: { at: '2026-11-22T03:06:00+00:00', by: { name: 'Ama Boateng', role: 'Night care worker' } },
};

const withBack = (backs: readonly (string | undefined)[]): JsonObject => ({
  ...BETTYS,
  items: (BETTYS['items'] as readonly JsonObject[]).map((item, i) =>
    backs[i] === undefined ? item : { ...item, back: { state: backs[i] } },
  ),
});
const codes = (data: JsonObject) =>
  belongingsForm
    .rules(data, '/belongings', { mode: 'urgent', package: {}, now: CREATED })
    .map((f) => `${f.code} ${f.pointer}`);
const page = (data: JsonObject) => textOf(belongingsForm.page(data, { created: CREATED, package: {} }));

provesFormLaws(t, belongingsForm);
provesLeavesMatter(t, belongingsForm, BETTYS);

t.test('AT-28: the bag number is required', (t) => {
  const check = createSchemaCheck(belongingsForm.schema, { formats });
  t.same(check.faults(BETTYS), []);
  t.match(check.faults({ bag: { closed: true } }), [
    { code: 'missing-field', pointer: '/bag/trackerNumber' },
  ]);
  t.match(check.faults({ items: BETTYS['items'] }), [{ code: 'missing-field', pointer: '/bag' }]);
  t.end();
});

t.test('AT-28: what went out and did not come back is said, printed first and flagged', (t) => {
  t.same(codes(BETTYS), [], 'on the way out nothing is back yet');
  t.notMatch(page(BETTYS), 'NOT BACK');
  const home = withBack(['present', 'missing', 'damaged', undefined]);
  t.same(codes(home), [
    'belonging-missing /belongings/items/1/back/state',
    'belonging-damaged /belongings/items/2/back/state',
    'belonging-not-back /belongings/items/3',
  ]);
  const words = page(home);
  t.ok(words.indexOf('NOT BACK AS IT WENT') < words.indexOf('Upper denture'), 'before the list');
  for (const line of ['Reading glasses: Missing', 'Lilac form: Damaged', 'Insulin pen: went out']) {
    t.match(words, line);
  }
  const list = written(belongingsForm, home).resources.find((r) => r['resourceType'] === 'List');
  const entries = (list?.['entry'] ?? []) as readonly { flag?: { coding: readonly { code: string }[] } }[];
  const flags = entries.map((entry) => entry.flag?.coding[0]?.code);
  t.same(flags, [undefined, 'missing', 'damaged', undefined]);
  t.same(codes(withBack(['present', 'present', 'present', 'present'])), []);
  t.end();
});

t.test(
  'the checklist has a box to tick at each handover, and lines to sign for whoever takes the bag over next',
  (t) => {
    const blocks = belongingsForm.page(BETTYS, { created: CREATED, package: {} });
    const tables = blocks.filter((block) => block.kind === 'table');
    const [things] = tables;
    t.same(
      things?.columns.filter(({ tick }) => tick).map(({ title }) => title),
      ['Home', 'Ambulance', 'Ward', 'Back'],
    );
    t.match(
      things?.rows[0]?.slice(1),
      ['\u2611\u00a0Present', '', '', ''],
      'ticked at the home, still to be ticked elsewhere',
    );
    const words = page(BETTYS);
    t.match(words, 'by Ama Boateng');
    t.match(words, 'CPR decision form, Original');
    t.match(words, '100 units/mL, 2 pens, keep in the fridge: Yes, expires March\u00a02027');
    const signed = tables.at(-1);
    t.equal(signed?.toWriteIn, true, 'high enough to sign in');
    t.match(
      signed?.columns.map(({ title }) => title),
      ['Taken over by', 'Name', 'Role, organisation', 'Signature', 'Date and time'],
    );
    const open = signed?.rows
      .filter((row) => row.slice(1).every((cell) => cell === ''))
      .map(([place]) => place);
    t.same(open, ['Emergency department', 'Ward', 'Discharge lounge', 'Patient transport', 'Care home']);
    t.end();
  },
);

t.test('valuables stand apart, and so does what stays at the home', (t) => {
  const items = [
    { description: 'Nightdress', category: 'clothing' },
    { description: 'Wedding ring', category: 'valuables-declared' },
    { description: 'Slippers', category: 'clothing', out: { state: 'missing' } },
  ];
  const olderPersonsAssessment = {
    aids: [
      { kind: 'walking-frame', description: 'in her room', withPerson: false },
      { kind: 'glasses', withPerson: true },
    ],
  };
  const blocks = belongingsForm.page(
    { bag: { trackerNumber: '7' }, items },
    { created: CREATED, package: { olderPersonsAssessment } },
  );
  const tables = blocks.filter((block) => block.kind === 'table');
  t.match(tables[1]?.caption, 'Valuables');
  t.same(
    tables[1]?.rows.map(([item]) => item),
    ['Wedding ring – Valuables, declared'],
  );
  t.notMatch(JSON.stringify(tables[0]), 'Wedding ring');
  const stays = blocks
    .flatMap((block) => (block.kind === 'facts' ? block.rows : []))
    .find(({ head }) => head === 'Stays at home');
  t.same(stays?.facts, [{ label: '', value: 'Slippers (missing when packed); Walking frame, in her room' }]);
  t.end();
});
