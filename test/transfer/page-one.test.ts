/** Page one as the ward gets it: what the first minute needs stands on it, and what was not said is said to be missing. */
import t from 'tap';
import { checkPackage } from '#src/maker.js';
import type { JsonObject } from '#src/mapping/json.js';
import type { Front } from '#src/print/front-words.js';
import type { PrintDocument } from '#src/print/press.js';
import { changesSince } from '#src/transfer/changes.js';
import { layOut } from '#src/transfer/pages.js';
import { prepare } from '#src/transfer/prepared.js';
import { redBag } from '#src/transfer/red-bag.js';
import { textOf } from '../support/page-laws.js';

const bag = (change: JsonObject = {}, resident: JsonObject = {}): JsonObject => ({
  format: 'redbag/1',
  packageId: 'page-one',
  mode: 'urgent',
  createdAt: '2026-11-22T03:12:00+00:00',
  sender: {
    organisation: { name: 'Larch House', odsCode: 'XRBH1', telephone24h: '020 7946 0101' },
    person: { name: 'Ama Boateng', role: 'Night care worker' },
    software: { name: 'CareDesk', version: '7.2' },
  },
  resident: {
    name: { given: ['Betty'], family: 'Okafor' },
    birthDate: '1931-05-04',
    nhsNumber: '9000000009',
    residence: { kind: 'care-home', homeName: 'Larch House', lines: ['1 Larch Road'], postcode: 'ZZ99 3CZ' },
    ...resident,
  },
  caresEscalation: {
    concerns: { reason: 'Found on the floor beside her bed at 02:50, hip pain, cannot stand.' },
    shared: { allergies: { state: 'not-recorded' } },
  },
  cprDecision: { status: 'unknown' },
  ...change,
});

type Said = { version?: number; changes?: readonly string[]; safeguardingOnPageOne?: boolean };

/** Lays a bag out as the service does, whatever urgent mode carries as text included. */
function laidOut(sent: JsonObject, about: Said = {}): PrintDocument {
  const checked = checkPackage(Buffer.from(JSON.stringify(sent)), '2026-11-22T04:00:00Z');
  if (!checked.valid) throw new Error(JSON.stringify(checked.issues));
  return layOut(redBag, prepare(checked.package, checked.notUnderstood), {
    bagId: '7f3c1f0e-0000-4000-8000-000000000001',
    version: 1,
    demonstration: false,
    changes: [],
    ...about,
  });
}

/** Page one as it is told to the press. */
function frontOf(sent: JsonObject, about: Said = {}): Front {
  const [first] = laidOut(sent, about).blocks;
  if (first?.kind !== 'front') throw new Error('page one comes first');
  return first;
}

/** What page one tells, an item a line: its label before it, numbers and units apart by usual spaces. */
function pageOne(sent: JsonObject, about: Said = {}): string {
  const { zones } = frontOf(sent, about);
  return zones
    .flatMap(({ title, parts }) => [
      `[${title}]`,
      ...parts.flatMap((part) =>
        part.kind === 'rows'
          ? [part.columns.join(' | '), ...part.rows.map(({ cells }) => cells.join(' | '))]
          : part.groups.flatMap((group) => [
              ...(group.title === undefined ? [] : [`(${group.title})`]),
              ...group.items.flatMap((item) => [told(item), ...(item.more ?? []).map(told)]),
            ]),
      ),
    ])
    .join('\n')
    .replaceAll('\u00a0', ' ');
}

const told = ({ lead, text }: { readonly lead?: string; readonly text: string }): string =>
  lead === undefined || lead === '' ? text : `${lead}: ${text}`;

const cares = (concerns: JsonObject, allergies: JsonObject = { state: 'none-known' }): JsonObject => ({
  caresEscalation: { concerns: { reason: 'Unwell', ...concerns }, shared: { allergies } },
});

t.test('what nobody said is said to be missing, never left out', (t) => {
  const page = pageOne(bag());
  for (const said of [
    'Allergies: NOT RECORDED',
    'CPR STATUS UNKNOWN',
    'Not recorded: anticoagulant, head struck, infection risk, swallowing and choking',
    'Medicines chart: NOT SENT',
    'No medicines chart was sent. This does not say that the person takes none.',
    'Not recorded: observations (NEWS2), last seen well, found, onset, what is different from usual, what was done, capillary glucose, last meal, last drink, can return tonight',
    'No assessment was sent: usual self not recorded.',
    'Not recorded: in this home since',
    'Not recorded: contacts, who has been told, GP',
    'Identity checked: not recorded',
    'Bag number: not recorded',
    'Agreement to share: NOT RECORDED',
  ]) {
    t.ok(page.includes(said), said);
  }
  t.end();
});

t.test('AT-31: a site keeps safeguarding off page one; its own page tells it all the same', (t) => {
  const contact = {
    name: 'K. Bell',
    relationship: 'Former son-in-law',
    doNotContact: true,
    doNotContactReason: 'Safeguarding plan',
  };
  const sent = bag(
    { olderPersonsAssessment: { safeguarding: { indicator: true, concern: 'Bruises on both wrists' } } },
    { personalContacts: [contact] },
  );
  t.notMatch(pageOne(sent), /safeguarding/i, 'unless the site permits it, nothing of it');
  t.match(pageOne(sent), 'DO NOT CONTACT: K. Bell');
  const permitted = pageOne(sent, { safeguardingOnPageOne: true });
  t.match(permitted, 'SAFEGUARDING CONCERN: see its page');
  t.notMatch(permitted, /Bruises/, 'that there is one, not what it is');
  const all = textOf(laidOut(sent).blocks);
  t.match(all, 'Bruises on both wrists');
  t.match(all, 'Safeguarding plan');
  t.end();
});

t.test('AT-42, AT-43: the three times, anticoagulant and head strike stand on page one', (t) => {
  const page = pageOne(
    bag(
      cares({
        lastSeenWell: { known: 'yes', at: '2026-11-21T22:15:00Z' },
        found: { known: 'yes', at: '2026-11-22T02:50:00Z' },
        onset: { known: 'not-known' },
        headStrike: 'unwitnessed',
        anticoagulant: { taken: 'yes', drug: 'Apixaban', lastDose: '2026-11-21T20:00:00Z' },
      }),
    ),
  );
  t.match(page, /Last seen well: .*22:15/);
  t.match(page, /Found: .*02:50/);
  t.match(page, 'Onset: NOT KNOWN');
  t.match(page, 'Head struck: UNWITNESSED');
  t.match(page, /Anticoagulant: YES, Apixaban, last dose .*20:00/);
  const one = pageOne(bag(cares({ lastSeenWell: { known: 'yes', at: '2026-11-21T22:15:00Z' } })));
  t.match(one, /Not recorded: .*found, onset/, 'none is taken from another');
  t.end();
});

t.test('AT-20, AT-48: CPR and the limits of treatment stand in the safety strip', (t) => {
  const page = pageOne(
    bag({
      cprDecision: {
        status: 'not-for-cpr',
        advanceDecision: { lifeSustaining: 'yes', madeOn: '2001-03-04', refuses: 'No blood transfusion' },
      },
    }),
  );
  t.match(page, '(CPR: NOT FOR CPR – UNVERIFIED – INFORMATION COPY)');
  t.match(page, 'Look for the original: WHEREABOUTS NOT GIVEN');
  t.match(page, /ADRT reported, .*2001.*: No blood transfusion; validity unchecked/);
  t.match(page, 'This decision is about CPR only: all other treatment still applies.');
  t.notMatch(pageOne(bag()), 'CPR only', 'where nobody decided against CPR there is no limit to speak of');
  t.end();
});

t.test(
  'AT-17, AT-45: time-critical, patches, weekly medicines and what others give stand on page one',
  (t) => {
    const page = pageOne(
      bag({
        mar: {
          chartKey: [{ letter: 'G', meaning: 'Given', outcome: 'given' }],
          recordEndsAt: '2026-11-22T03:12:00Z',
          medicines: [
            {
              name: 'Co-beneldopa',
              kinds: ['regular', 'time-critical'],
              status: 'active',
              doseText: 'ONE capsule',
              dose: { times: [{ clock: '07:00' }, { clock: '19:00' }] },
            },
            {
              name: 'Fentanyl patch',
              kinds: ['patch'],
              status: 'active',
              patch: { numberOnSkin: 2, oldOneRemoved: 'no' },
            },
            {
              name: 'Methotrexate',
              kinds: ['regular'],
              status: 'active',
              doseText: 'FOUR tablets once a week',
              dose: { weekdays: ['mon'] },
            },
          ],
          notOnThisChart: {
            anything: 'yes',
            givenByOthers: [{ by: 'district-nurse', name: 'Insulin glargine' }],
          },
        },
      }),
    );
    t.match(page, '(TIME-CRITICAL MEDICINES: 1)\nCo-beneldopa: ONE capsule');
    t.match(page, 'DUE in the next 24 hours: Sun 22 Nov 07:00, 19:00');
    t.match(page, /PATCH Fentanyl patch; 2 found on the skin; OLD PATCH NOT REMOVED/);
    t.match(page, /Methotrexate: .*Monday/);
    t.match(page, 'Insulin glargine');
    t.end();
  },
);

t.test('AT-47: an incomplete score, the raw readings and usual confusion stand on page one', (t) => {
  const set = {
    at: '2026-11-22T03:00:00Z',
    respiration: 26,
    spo2: 90,
    oxygen: { breathing: 'air' },
    pulse: 120,
    consciousness: 'usual-confusion',
  };
  const page = pageOne(
    bag({
      caresEscalation: {
        concerns: { reason: 'Breathless' },
        examination: { observations: [set] },
        shared: { allergies: { state: 'none-known' } },
      },
    }),
  );
  const [row = ''] = page.split('\n').filter((line) => line.startsWith('at least'));
  const [score, taken, ...readings] = row.split(' | ');
  t.equal(score, 'at least 8; systolic blood pressure not taken; temperature not taken');
  t.equal(taken, 'Sun 22 Nov, 03:00');
  const notTaken = 'not taken';
  t.same(readings, ['26 (3)', '90 (3)', 'air (0)', notTaken, '120 (2)', 'usual confusion (0)', notTaken]);
  t.end();
});

t.test('several sets of observations show the trend, the latest first and the usual readings last', (t) => {
  const set = (hour: string, respiration: number): JsonObject => ({
    at: `2026-11-22T0${hour}:00:00Z`,
    respiration,
    spo2: 97,
    oxygen: { breathing: 'air' },
    systolic: 120,
    diastolic: 70,
    pulse: 80,
    consciousness: 'alert',
    temperature: 37,
  });
  const sent = bag({
    caresEscalation: {
      concerns: { reason: 'Breathless' },
      examination: {
        observations: [set('1', 16), set('3', 26)],
        usual: { respiration: 15, news2: 0, on: '2026-10-22' },
      },
      shared: { allergies: { state: 'none-known' } },
    },
  });
  const rows = pageOne(sent).split('\n');
  const first = rows.findIndex((row) => row.startsWith('3: low to medium'));
  t.match(rows[first], 'Sun 22 Nov, 03:00 | 26 (3)');
  t.match(rows[first + 1], /^0: low \| Sun 22 Nov, 01:00 \| 16 \(0\)/);
  t.match(rows[first + 2], /^0 \| usual, 31 days ago \| 15/, 'what is old says how old');
  t.end();
});

t.test('AT-12: "none known" beside an active allergy is contradicted, never believed', (t) => {
  const entries = [{ agent: { text: 'Flucloxacillin' }, reaction: 'Wheeze', severity: 'severe' }];
  const sent = bag(cares({}, { state: 'none-known', entries }));
  const page = pageOne(sent);
  t.match(
    page,
    '(ALLERGIES: 1)\nCONTRADICTORY: the home also sent “No known allergies”.\nFlucloxacillin: Wheeze; SEVERE',
  );
  t.match(laidOut(sent).furniture.header[1], 'ALLERGIES: Flucloxacillin');
  t.end();
});

t.test('a short stay, glucose and the last meal stand on page one', (t) => {
  const sent = bag(
    {
      caresEscalation: {
        concerns: { reason: 'Drowsy' },
        examination: {
          glucose: { value: 3.1, at: '2026-11-22T03:00:00Z' },
          lastMeal: { what: 'Half a sandwich', at: '2026-11-21T17:30:00Z' },
          lastDrink: { at: '2026-11-21T20:00:00Z' },
        },
        shared: { allergies: { state: 'none-known' } },
      },
    },
    { inThisHomeSince: '2026-11-20' },
  );
  const page = pageOne(sent);
  t.match(page, /Capillary glucose: 3\.1 mmol\/L, .*03:00/);
  t.match(page, /Last meal: Half a sandwich, .*17:30/);
  t.match(page, /Last drink: .*20:00/);
  t.match(page, 'In this home since 20 November 2026: usual self POORLY KNOWN');
  t.notMatch(pageOne(bag({}, { inThisHomeSince: '2024-11-20' })), 'POORLY KNOWN');
  t.end();
});

t.test('AT-50: what was not understood is told at the top, in the words that were typed', (t) => {
  const page = pageOne(bag({}, { nhsNumber: '9000000008' }));
  t.match(page, 'Some values were sent but NOT UNDERSTOOD');
  t.match(page, 'Resident, NHS number: NOT UNDERSTOOD: 9000000008');
  t.match(page, 'NHS number: NOT UNDERSTOOD: 9000000008 – IDENTITY NOT VERIFIED', 'and in its place');
  t.match(page, 'IDENTITY NOT VERIFIED');
  t.end();
});

t.test('AT-51: a version that supersedes says so first, and names what changed', (t) => {
  const page = pageOne(bag(), { version: 2, changes: ['CARES escalation record, Shared: changed'] });
  t.match(page, 'VERSION 2: CHANGED SINCE VERSION 1');
  t.match(page, 'CARES escalation record, Shared: changed');
  t.ok(page.indexOf('CHANGED SINCE') < page.indexOf('[Who this is]'));
  t.notMatch(pageOne(bag()), /CHANGED SINCE/);
  t.end();
});

t.test('AT-51: what changed is told in the order of safety, from what to what', (t) => {
  const entry = { agent: { text: 'Latex' }, severity: 'mild', reaction: 'Rash' };
  const medicine = {
    name: 'Apixaban 5mg tablets',
    status: 'active',
    doseText: 'ONE twice a day',
    kinds: ['regular'],
  };
  const chart = (change: JsonObject): JsonObject => ({
    chartKey: [{ letter: 'G', meaning: 'Given', outcome: 'given' }],
    medicines: [{ ...medicine, ...change }],
  });
  const set = { at: '2026-11-22T03:00:00Z', pulse: 90 };
  const before = bag(
    { ...cares({}, { state: 'known', entries: [entry] }), mar: chart({}) },
    { religion: 'Methodist', preferredName: 'Bet' },
  );
  const after: JsonObject = {
    ...bag(
      {
        caresEscalation: {
          concerns: { reason: 'Unwell', anticoagulant: { taken: 'yes' } },
          examination: { observations: [set] },
          shared: {
            allergies: {
              state: 'known',
              entries: [{ ...entry, severity: 'severe' }, { agent: { text: 'Iodine' } }],
            },
          },
        },
        cprDecision: { status: 'not-for-cpr' },
        mar: chart({ status: 'on-hold', doseText: 'x'.repeat(200) }),
      },
      { religion: 'Quaker' },
    ),
    createdAt: '2026-11-22T05:12:00+00:00',
  };
  t.strictSame(
    changesSince(redBag.schema, before, after).map((line) => line.replaceAll('\u00a0', ' ')),
    [
      'Allergies and adverse reactions: Iodine added',
      'Latex, Severity: was Mild, now Severe',
      'CPR decision, CPR status: was Unknown, now Not for attempted CPR',
      'Concerns, Anticoagulant: added',
      'Apixaban 5mg tablets, Status: was Taking, now On hold',
      'Apixaban 5mg tablets, Dose and directions: changed',
      'CARES escalation record, Examination: added',
      'Resident, Preferred name: taken out (was Bet)',
      'Resident, Religion: was Methodist, now Quaker',
    ],
  );
  t.same(changesSince(redBag.schema, before, before), []);
  t.end();
});

t.test('AT-35, AT-36: the head of every page has name, birth date, NHS number, allergies and CPR', (t) => {
  const head = (sent: JsonObject): string => laidOut(sent).furniture.header.join('\n');
  const known = {
    state: 'known',
    entries: [{ agent: { text: 'Penicillin' } }, { agent: { text: 'Latex' } }],
  };
  const named = head(bag(cares({}, known)));
  for (const said of ['OKAFOR', /1931/, /900\s000\s0009/, 'Penicillin', 'Latex', 'CPR STATUS UNKNOWN'])
    t.match(named, said);
  t.match(frontOf(bag()).headLines, 0, 'page one itself says them all, in full');
  t.equal(frontOf(bag(), { version: 2 }).headLines, 1, 'but where something else comes first');
  t.match(head(bag({}, { nhsNumber: '9000000008' })), 'IDENTITY NOT VERIFIED');
  const sensitive = textOf(laidOut(bag({}, { sensitive: true })).blocks);
  for (const secret of ['Larch House', '1 Larch Road', 'ZZ99', '020 7946'])
    t.notMatch(sensitive, secret, `${secret} leaves on no page`);
  t.match(sensitive, 'Do not tell anyone where this person is');
  t.end();
});

t.test('a page of the demonstration says so across it, and no other', (t) => {
  const of = (demonstration: boolean) =>
    layOut(redBag, prepare(bag(), []), {
      bagId: '7f3c1f0e-0000-4000-8000-000000000001',
      version: 1,
      demonstration,
      changes: [],
    }).furniture;
  t.equal(of(true).watermark, 'DEMONSTRATION – NOT FOR CARE');
  t.equal(of(false).watermark, undefined);
  t.end();
});
