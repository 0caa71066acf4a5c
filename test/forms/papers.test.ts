/** The papers' own pages: what stands beside what, what is marked, and that no answer can be left off. */
import fc from 'fast-check';
import t from 'tap';
import { belongingsForm } from '#src/forms/belongings/form.js';
import { caresEscalationForm } from '#src/forms/cares-escalation/form.js';
import { cprDecisionForm } from '#src/forms/cpr-decision/form.js';
import { dischargeSummaryForm } from '#src/forms/discharge-summary/form.js';
import type { Form } from '#src/forms/form.js';
import { olderPersonsAssessmentForm } from '#src/forms/older-persons-assessment/form.js';
import { show } from '#src/forms/page.js';
import { residentForm } from '#src/forms/resident/form.js';
import { thisIsMeForm } from '#src/forms/this-is-me/form.js';
import { type Json, type JsonObject, leaves } from '#src/mapping/json.js';
import type { FormSchema, LeafSchema } from '#src/mapping/schema.js';
import type { Block, FactRow } from '#src/print/press.js';
import { render } from '#src/print/render.js';
import { envelope } from '#src/transfer/red-bag.js';
import { readPdf, squeeze } from '../print/read-pdf.js';
import { documentOf } from '../print/samples.js';
import { arbitraryOf } from '../support/arbitrary.js';
import { provesPageLaws, saidByPlace, textOf } from '../support/page-laws.js';

const CREATED = '2026-11-22T03:12:00+00:00';
const blocksOf = (form: Form, data: JsonObject, bag: JsonObject = {}): readonly Block[] =>
  form.page(data, { created: CREATED, package: bag });
const words = (blocks: readonly Block[]): string => textOf(blocks).replaceAll('\u00a0', ' ');
const tables = (blocks: readonly Block[]) => blocks.filter((block) => block.kind === 'table');
const rowsOf = (blocks: readonly Block[]): readonly FactRow[] =>
  blocks.flatMap((block) => (block.kind === 'facts' ? block.rows : []));
const told = (blocks: readonly Block[], head: string): string =>
  rowsOf(blocks)
    .filter((row) => row.head === head)
    .flatMap(({ facts }) => facts.map(({ label, value }) => (label === '' ? value : `${label}: ${value}`)))
    .join(' · ')
    .replaceAll('\u00a0', ' ');

const PAPERS = [
  residentForm,
  thisIsMeForm,
  olderPersonsAssessmentForm,
  caresEscalationForm,
  cprDecisionForm,
  belongingsForm,
  dischargeSummaryForm,
];

for (const form of PAPERS) provesPageLaws(t, form, 100);

/** Answers that the page may leave as it is when they change: it says the same of both. */
const SILENT: ReadonlySet<string> = new Set(['format']);

for (const form of [...PAPERS, envelope]) {
  t.test(`${form.title}: another answer anywhere is another page`, (t) => {
    fc.assert(
      fc.property(arbitraryOf(form.schema), fc.nat(), (generated, pick) => {
        const data = generated as JsonObject;
        const all = [...leaves(data)].filter(([pointer]) => {
          const leaf = leafAt(form.schema, pointer);
          return leaf.format !== 'base64' && !SILENT.has(pointer.split('/').at(-1) ?? '');
        });
        const [pointer, value] = all[pick % Math.max(1, all.length)] ?? [];
        if (pointer === undefined || value === undefined) return;
        const other = another(leafAt(form.schema, pointer), value);
        if (other === value) return;
        const changed = changedAt(data, pointer, other);
        const before = words(blocksOf(form, data, { [form.member]: data }));
        const after = words(blocksOf(form, changed, { [form.member]: changed }));
        if (before === after)
          throw new Error(`${pointer}: ${String(value)} and ${String(other)} look the same`);
      }),
      { numRuns: 400 },
    );
    t.end();
  });
}

/** What is drawn letter by letter from left to right, and so is read back as it was typed. */
const PLAIN = /^[\x20-\x7e\n\u00a0-\u017f]*$/;

for (const form of PAPERS) {
  t.test(`${form.title}: every plain answer is read back from the PDF`, async (t) => {
    await fc.assert(
      fc.asyncProperty(arbitraryOf(form.schema), async (generated) => {
        const data = generated as JsonObject;
        const { pdf } = await render(documentOf(blocksOf(form, data, { [form.member]: data })));
        const drawn = readPdf(pdf).flatMap(({ items }) => items.filter(({ tag }) => tag !== 'Artifact'));
        const ink = squeeze(drawn.map(({ text }) => text).join(''));
        for (const [pointer, value] of leaves(data)) {
          const leaf = leafAt(form.schema, pointer);
          const said = show(leaf, value);
          if (leaf.format === 'base64' || saidByPlace(pointer, value)) continue;
          if (!PLAIN.test(said) || ink.includes(squeeze(said))) continue;
          throw new Error(`${pointer} is not in the PDF: ${said}`);
        }
      }),
      { numRuns: 5 },
    );
    t.end();
  });
}

function leafAt(schema: FormSchema, pointer: string): LeafSchema {
  let at = schema as { properties?: Record<string, FormSchema>; items?: FormSchema };
  for (const name of pointer.split('/').slice(1))
    at = (at.properties ? at.properties[name] : at.items) as typeof at;
  return at as unknown as LeafSchema;
}

function another(leaf: LeafSchema, value: Json): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (leaf.enum) return leaf.enum.find((choice) => choice !== value) ?? value;
  return `${String(value)}X`;
}

function changedAt(data: JsonObject, pointer: string, value: Json): JsonObject {
  const changed = structuredClone(data) as Record<string, unknown>;
  const path = pointer.split('/').slice(1);
  const last = path.pop() ?? '';
  let at = changed;
  for (const name of path) at = at[name] as Record<string, unknown>;
  at[last] = value;
  return changed as JsonObject;
}

t.test('assessment: usual and now stand side by side, and what is not there is said', (t) => {
  const blocks = blocksOf(olderPersonsAssessmentForm, {
    mobility: {
      usual: { capability: 'independent', description: 'Walks to the shop.' },
      now: { description: 'Cannot stand.' },
      transfers: 'With one person.',
    },
    sleep: { usual: { description: 'Nine to six.' } },
    aids: [
      { kind: 'glasses', withPerson: true },
      { kind: 'walking-frame', description: 'in her room', withPerson: false },
      { kind: 'denture-upper' },
    ],
  });
  const [table] = tables(blocks);
  t.same(
    table?.columns.map(({ title }) => title),
    ['Domain', 'Usual', 'Now'],
  );
  t.equal(table?.rowHeads, true);
  t.same(table?.rows, [
    ['Mobility', 'Independent. Walks to the shop.', 'Cannot stand.'],
    ['Sleep', 'Nine to six.', 'not recorded'],
  ]);
  t.match(words(blocks), /Not recorded on this paper: usual and now of communication, cognition, .*skin/);
  t.equal(told(blocks, 'Mobility'), 'Transfers: With one person.');
  t.equal(
    told(blocks, 'Aids'),
    'With the person: Glasses · NOT with the person: Walking frame (in her room) · Not recorded if with the person: Denture, upper',
  );
  t.end();
});

t.test('assessment: how old it is; its groups have no field group each', (t) => {
  const blocks = blocksOf(olderPersonsAssessmentForm, {
    assessedOn: '2026-05-03',
    careNeedsSummary: 'One person.',
  });
  t.match(words(blocks), '203 days before this transfer');
  t.equal(blocks.filter((block) => block.kind === 'fields').length, 0);
  t.end();
});

const CARES: JsonObject = {
  concerns: { reason: 'Hot and shivering.' },
  shared: { allergies: { state: 'not-recorded' } },
};

t.test('CARES: "no known allergies" beside an allergy that holds is marked as contradictory', (t) => {
  const entries = [{ agent: { text: 'Flucloxacillin' }, reaction: 'Rash' }];
  const shared = { allergies: { state: 'none-known', entries } };
  const [banner] = blocksOf(caresEscalationForm, { ...CARES, shared });
  t.match(banner, { kind: 'banner', tone: 'danger' });
  const lines = banner?.kind === 'banner' ? [banner.title, ...banner.lines] : [];
  const saying = lines.filter((line) => line.includes('No known allergies'));
  t.equal(saying.length, 1);
  t.match(saying[0], /^WARNING, CONTRADICTORY: .*"No known allergies"/, 'the warning stands with the words');
  const past = [{ ...entries[0], status: 'resolved' }];
  const [calm] = blocksOf(caresEscalationForm, {
    ...CARES,
    shared: { allergies: { state: 'none-known', entries: past } },
  });
  t.match(calm, { tone: 'plain', title: /No known allergies/, lines: [/^DOES NOT HOLD: Flucloxacillin/] });
  t.end();
});

t.test(
  'CARES: readings go down, sets across with the latest first, points and usual readings beside',
  (t) => {
    const set = {
      respiration: 24,
      spo2: 93,
      oxygen: { breathing: 'air' },
      systolic: 108,
      diastolic: 58,
      pulse: 112,
      consciousness: 'new-confusion',
      temperature: 38.9,
    };
    const observations = [
      { ...set, at: '2026-11-22T02:12:00+00:00', news2: 11 },
      { at: '2026-11-22T02:55:00+00:00', respiration: 22, news2: 3 },
    ];
    const usual = { respiration: 16, systolic: 132, news2: 0, on: '2026-11-03' };
    const blocks = blocksOf(caresEscalationForm, { ...CARES, examination: { observations, usual } });
    const [table] = tables(blocks);
    t.same(
      table?.columns.map(({ title }) => title.replaceAll('\u00a0', ' ')),
      ['Reading', 'Sun 22 November 2026, 02:55', 'Sun 22 November 2026, 02:12', 'Usual, 3 November 2026'],
    );
    const row = (head: string) =>
      table?.rows.find(([name]) => name === head)?.map((cell) => cell.replaceAll('\u00a0', ' '));
    t.same(row('Respiration rate'), ['Respiration rate', '22 /min (2)', '24 /min (2)', '16 /min']);
    t.same(row('Blood pressure'), [
      'Blood pressure',
      'not taken',
      '108 mmHg / 58 mmHg (1)',
      '132 mmHg / not recorded',
    ]);
    t.match(row('NEWS2 total'), [
      'NEWS2 total',
      /^INCOMPLETE: at least 2; .*GIVEN BY THE HOME AS 3: does NOT follow/,
      /^11: risk high; the home's total: 11$/,
      '0',
    ]);
    t.end();
  },
);

t.test('CARES: more sets than fit beside each other stand in further tables, none is lost', (t) => {
  const observations = Array.from({ length: 9 }, (_, i) => ({
    at: `2026-11-22T0${i}:00:00+00:00`,
    pulse: 60 + i,
  }));
  const blocks = blocksOf(caresEscalationForm, { ...CARES, examination: { observations } });
  const found = tables(blocks);
  t.same(
    found.map(({ columns }) => columns.length),
    [5, 5, 2],
  );
  t.match(found[1]?.caption, '5 to 8 of 9');
  for (let i = 0; i < 9; i++) t.match(words(blocks), `${60 + i} /min`);
  t.end();
});

t.test('CARES: who was told, and who was not reached; times that are not known are said to be', (t) => {
  const shared = {
    allergies: { state: 'not-recorded' },
    told: [
      { name: 'Grace', relationship: 'Daughter', outcome: 'yes', at: '2026-11-22T03:00:00+00:00' },
      { name: 'Brian', relationship: 'Son', outcome: 'not-reached', note: 'No answer' },
    ],
  };
  const concerns = {
    reason: 'x',
    found: { known: 'yes' },
    lastSeenWell: { known: 'yes', at: '2026-11-22T02:00:00+00:00' },
    onset: { known: 'not-known' },
  };
  const blocks = blocksOf(caresEscalationForm, { ...CARES, concerns, shared });
  t.equal(
    told(blocks, 'Told of the transfer? 1\u00a0of\u00a02'),
    'Grace, Daughter: Told, Sun 22 November 2026, 03:00',
  );
  t.equal(
    told(blocks, 'Told of the transfer? 2\u00a0of\u00a02'),
    'Brian, Son: Not reached, time not recorded · What was said: No answer',
  );
  t.equal(
    told(blocks, 'Times'),
    'Last seen well: Sun 22 November 2026, 02:00 · Found: Known, time not given · Onset: Not known',
  );
  t.match(words(blocks), /Not recorded on this paper: .*Response, .*Can return tonight/);
  t.end();
});

t.test('CPR: how old a decision is, where scans are, and plans that do not fit together', (t) => {
  const data = {
    status: 'for-cpr',
    decidedOn: '2026-03-11',
    reviewOn: '2027-03-11',
    scanAttachmentId: 'scan-1',
    respect: { reviewOn: '2026-01-01', priority: 'balance' },
    advanceDecision: { lifeSustaining: 'yes', refuses: 'Transfusion.' },
    attorney: { appointed: 'yes', consulted: 'no' },
    sharedPlan: { held: 'yes', agreesWithPaper: 'no' },
  };
  const bag = { attachments: [{ id: 'scan-1', title: 'Form of March' }] };
  const blocks = blocksOf(cprDecisionForm, data, bag);
  t.match(told(blocks, 'Decided'), 'Decided on: 11 March 2026, 256 days before this transfer');
  t.match(told(blocks, 'Decided'), 'Review date: 11 March 2027, 109 days after this transfer');
  t.match(told(blocks, 'Original'), 'scan-1 (Form of March): among the attachments');
  const conflicts = blocks.find(
    (block) => block.kind === 'banner' && block.title === 'Plans that do not fit together',
  );
  t.match(conflicts, {
    tone: 'danger',
    lines: [
      /shared care plan does NOT agree/,
      /FOR CPR, but an advance decision/,
      /NOT consulted/,
      /ReSPECT: REVIEW DATE PASSED/,
    ],
  });
  const quiet = blocksOf(cprDecisionForm, { status: 'unknown' });
  t.notMatch(words(quiet), 'do not fit together');
  t.match(words(quiet), /Not recorded on this paper: ReSPECT, Advance decision/);
  t.end();
});

t.test('people: one table with authority and who knows; who must not be told is marked in words', (t) => {
  const resident = {
    name: { family: 'Okafor' },
    birthDate: '1938-04-02',
    residence: { kind: 'care-home', lines: ['1 Street'] },
    personalContacts: [
      { name: 'Kevin', doNotContact: true, doNotContactReason: 'She is afraid of him.' },
      { name: 'Peter', relationship: 'Son', nextOfKin: true, attorneyForHealth: false, told: 'no' },
      { name: 'Ama  Boateng', relationship: 'Niece' },
      {
        name: 'Susan',
        relationship: 'Daughter',
        attorneyForHealth: true,
        telephones: [{ number: '07700 900117', kind: 'mobile' }],
        told: 'yes',
        toldAt: '2026-11-22T02:50:00+00:00',
        toldBy: 'Rosa',
      },
    ],
    legal: {
      dols: { status: 'authorised' },
      attorneys: [{ name: 'Ama Boateng', kind: 'lpa-health-and-welfare' }],
    },
  };
  const blocks = blocksOf(residentForm, resident);
  const [table] = tables(blocks);
  t.same(
    table?.columns.map(({ title }) => title),
    ['Who', 'Telephone', 'Legal authority', 'Told of this transfer'],
  );
  t.same(
    table?.rows.map((row) => row.map((cell) => cell.replaceAll('\u00a0', ' '))),
    [
      [
        'Peter, Son',
        'none given',
        'No legal authority; Attorney or deputy, health and welfare: No',
        'No: NOT YET TOLD',
      ],
      [
        'Susan, Daughter',
        '07700 900117 (Mobile)',
        'Attorney or deputy, health and welfare: Yes',
        'Yes, Sun 22 November 2026, 02:50, by Rosa',
      ],
      ['Ama  Boateng, Niece', 'none given', 'Lasting power of attorney, health and welfare', 'not recorded'],
      ['DO NOT CONTACT: Kevin', 'none given', 'No legal authority recorded', 'not recorded'],
    ],
  );
  t.match(
    told(blocks, 'DoLS or equivalent'),
    /^Status: Authorised · For the care home only: it does NOT travel/,
  );
  t.match(words(blocks), /Not recorded on this paper: .*GP practice/);
  t.end();
});

t.test(
  'about me: each heading once with its words beside it, the photograph with who, when and agreement',
  (t) => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
    const bag = {
      resident: {
        name: { family: 'Okafor', given: ['Betty'] },
        photograph: { attachmentId: 'face', takenOn: '2026-06' },
        legal: { sharing: { consent: 'yes' } },
      },
      attachments: [
        { id: 'face', title: 'Portrait', contentType: 'image/png', data: png },
        { id: 'film', title: 'How I like my tea', contentType: 'video/mp4', data: 'AAAA' },
      ],
    };
    const data = {
      pleaseDoAndPleaseDoNot: { freeText: 'Knock.', media: { attachmentId: 'film' } },
      whatIsMostImportantToMe: { freeText: 'My daughter.' },
      lastUpdated: '2026-08-30T14:20:00+01:00',
    };
    const blocks = blocksOf(thisIsMeForm, data, bag);
    t.match(blocks[0], { kind: 'banner', tone: 'own-words', title: /not an advance decision/ });
    t.same(
      rowsOf(blocks)
        .map(({ head }) => head)
        .slice(0, 2),
      ['What is most important to me', 'Please do and please do not'],
      'in the order of the standard',
    );
    t.equal(told(blocks, 'What is most important to me'), 'My daughter.');
    t.match(told(blocks, 'Please do and please do not'), 'attachment film (How I like my tea)');
    const pictures = blocks.filter((block) => block.kind === 'image');
    t.same(
      pictures.map(({ alt }) => alt.replaceAll('\u00a0', ' ')),
      [
        'Photograph of Betty Okafor; taken June 2026; agreed to sharing: yes; sent by the home, identity on it not checked here.',
      ],
    );
    t.match(words(blocks), 'Last updated 83 days before this bag was made.');
    t.match(words(blocks), /Not recorded on this paper: .*My wellness/);
    t.end();
  },
);

t.test('hostile: a word of 10,000 letters and a thousand lines are whole on every paper', (t) => {
  const word = 'W'.repeat(10_000);
  const lines = Array.from({ length: 1000 }, (_, i) => `line ${i}`).join('\n');
  const hostile: readonly (readonly [Form, JsonObject])[] = [
    [thisIsMeForm, { myWellness: { freeText: `${word}\n${lines}` } }],
    [olderPersonsAssessmentForm, { mobility: { usual: { description: word }, balance: lines } }],
    [caresEscalationForm, { ...CARES, concerns: { reason: word, symptoms: lines } }],
    [cprDecisionForm, { status: 'unknown', reasonText: word, capacity: { had: 'no', note: lines } }],
    [belongingsForm, { bag: { trackerNumber: '1' }, note: `${word}${lines}` }],
    [residentForm, { religiousNeeds: word, personalContacts: [{ name: 'A', comment: lines }] }],
  ];
  for (const [form, data] of hostile) {
    const page = textOf(blocksOf(form, data));
    t.ok(page.includes(word) && page.includes(lines), form.title);
  }
  t.end();
});
