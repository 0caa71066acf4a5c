import t from 'tap';
import type { RuleContext } from '#src/forms/form.js';
import { residentForm } from '#src/forms/resident/form.js';
import { contactItems, identityItems } from '#src/forms/resident/front.js';
import { identityHeader, legalLines, sharingLines } from '#src/forms/resident/page-one.js';
import { sharing } from '#src/forms/resident/sharing.js';
import { issueOf } from '#src/intake/issues.js';
import { createSchemaCheck } from '#src/intake/schema-issues.js';
import { formats } from '#src/mapping/formats.js';
import { type JsonObject, leaves } from '#src/mapping/json.js';
import type { Node } from '#src/mapping/path.js';
import type { Block } from '#src/print/press.js';
import { prepare } from '#src/transfer/prepared.js';
import { provesFormLaws, provesLeavesMatter, written } from '../support/form-laws.js';
import { said } from '../support/front-words.js';

const CREATED = '2026-11-22T03:12:00+00:00';

const BETTY = {
  name: { family: 'Okafor', given: ['Elizabeth', 'Grace'], title: 'Mrs', suffix: 'MBE' },
  preferredName: 'Betty',
  formerNames: [{ name: 'Elizabeth Marsh', until: '1961' }],
  birthDate: '1938-04-02',
  gender: 'female',
  sex: 'female',
  genderIdentity: 'woman',
  nhsNumber: '999 000 0018',
  nhsNumberStatus: 'verified',
  otherIdentifiers: [{ issuer: 'Home record', value: 'R-17' }],
  residence: {
    kind: 'care-home',
    homeName: 'Sycamore House',
    odsSiteCode: 'VLX01',
    cqcLocationId: '1-999000001',
    careHomeType: 'with-nursing',
    room: 'Room 4',
    lines: ['1 Sycamore Road', 'Sutton'],
    postcode: 'SM1 1AA',
    telephone: '020 7946 0001',
    access: 'Bell by the side door at night.',
    careAgency: {
      name: 'Night Care Ltd',
      telephone: '020 7946 0002',
      cqcLocationId: '1-999000002',
      visits: 'None',
    },
  },
  inThisHomeSince: '2021-05',
  telephones: [{ number: '07700 900001', kind: 'mobile' }],
  email: 'betty@example.org',
  languages: [
    { language: 'ig', preferred: true, note: 'Speaks it with her daughter.' },
    { language: 'mis', name: 'Ikwerre' },
  ],
  interpreter: { needed: 'no', details: 'Daughter helps.' },
  religion: 'Roman Catholic',
  religiousNeeds: 'Fish on Fridays.',
  gpPractice: {
    state: 'registered',
    odsCode: 'X99001',
    name: 'High Street Surgery',
    gpName: 'Dr A Shah',
    address: '2 High Street',
    telephone: '020 7946 0003',
  },
  personalContacts: [
    { name: 'Paul Okafor', relationship: 'Son', doNotContact: true, doNotContactReason: 'Court order.' },
    {
      name: 'Ngozi Okafor',
      relationship: 'Daughter',
      telephones: [{ number: '07700 900002', kind: 'mobile' }, { number: '020 7946 0004' }],
      email: 'ngozi@example.org',
      address: '3 Hill Road',
      nextOfKin: true,
      emergencyContact: true,
      mainCarer: false,
      attorneyForHealth: true,
      attorneyForProperty: false,
      atAnyHour: true,
      told: 'yes',
      toldAt: '2026-11-22T02:50:00+00:00',
      toldBy: 'Ama Boateng',
      comment: 'On her way.',
    },
  ],
  professionalContacts: [
    {
      name: 'Jo Reed',
      role: 'Community nurse',
      speciality: 'District nursing',
      team: 'Sutton North',
      organisation: 'Community Health',
      telephone: '020 7946 0005',
      email: 'jo@example.org',
      registration: { body: 'nmc', number: '12A3456B' },
      from: '2024-01-10',
      until: '2026-12-31',
      told: 'no',
    },
    { role: 'Social worker', name: 'Kim Lee', telephone: '020 7946 0006' },
  ],
  sensitive: false,
  similarNameInHome: 'yes',
  identityChecked: {
    by: 'Ama Boateng',
    from: 'photograph',
    note: 'and asked',
    at: '2026-11-22T03:00:00+00:00',
  },
  photograph: { attachmentId: 'photo', takenOn: '2026-03' },
  legal: {
    sharing: {
      consent: 'yes',
      basis: 'attorney-or-deputy',
      decidedBy: { name: 'Ngozi Okafor', role: 'Attorney', registration: { body: 'gmc', number: '1234567' } },
      decidedAt: '2026-11-22T02:51:00+00:00',
      reasonNotGiven: 'Does not apply',
      overrideReason: 'Does not apply',
      documentLocation: 'Office file',
    },
    capacityAssessments: [
      {
        decision: 'Going to hospital',
        outcome: 'lacks-capacity',
        on: '2026-11-22',
        assessedBy: { name: 'Dr B Singh', registration: { body: 'gmc', number: '7654321' } },
        note: 'Could not weigh it.',
        documentLocation: 'Office file',
      },
    ],
    attorneys: [
      {
        name: 'Ngozi Okafor',
        kind: 'lpa-health-and-welfare',
        telephone: '07700 900002',
        registered: 'yes',
        mayRefuseLifeSustainingTreatment: 'yes',
        documentSeen: 'yes',
        since: '2019-06',
        documentLocation: 'Office file',
      },
    ],
    dols: {
      status: 'authorised',
      appliedOn: '2026-01-01',
      startsOn: '2026-01-15',
      endsOn: '2027-01-14',
      authority: 'Sutton Council',
      conditions: 'Garden every day.',
      documentLocation: 'Office file',
    },
    mentalHealthAct: [
      { section: '117 aftercare', startsOn: '2020-01-01', endsOn: '2020-06-01', note: 'Ended' },
    ],
    advanceDecision: { held: 'yes', madeOn: '2001', documentLocation: 'Office file' },
    treatmentConsent: { record: 'Agreed to flu vaccine.', on: '2026-10-01', documentLocation: 'Office file' },
  },
  recorded: { at: '2026-11-22T03:06:00+00:00', by: { name: 'Ama Boateng', role: 'Night care worker' } },
} satisfies JsonObject;

const MINIMUM = {
  name: { family: 'Okafor', given: ['Elizabeth'] },
  birthDate: '1938-04-02',
  residence: {
    kind: 'care-home',
    homeName: 'Sycamore House',
    odsSiteCode: 'VLX01',
    lines: ['1 Sycamore Road'],
    postcode: 'SM1 1AA',
  },
} satisfies JsonObject;

const context = (mode: RuleContext['mode'], more: JsonObject = {}): RuleContext => ({
  mode,
  package: { createdAt: CREATED, ...more },
  now: '2026-11-22T04:00:00Z',
});
const found = (data: JsonObject, mode: RuleContext['mode'] = 'urgent', more: JsonObject = {}) =>
  residentForm.rules(data, '/resident', context(mode, more)).map((f) => issueOf(f, mode));
const codes = (data: JsonObject, mode: RuleContext['mode'] = 'urgent'): string[] =>
  found(data, mode).map((i) => i.code);
const check = createSchemaCheck(residentForm.schema, { formats });
const faults = (data: unknown) =>
  check.faults(data).map((f) => ({ code: f.code, pointer: f.pointer, content: f.content }));
const only = (resources: readonly Node[], type: string): Node => {
  const all = resources.filter((r) => r['resourceType'] === type);
  t.equal(all.length, 1, `one ${type}`);
  return all[0] as Node;
};
const leadOf = (key: string, data: JsonObject): string | undefined => {
  const lead = residentForm.sections.find((s) => s.key === key)?.lead;
  return typeof lead === 'function' ? lead(data) : lead;
};
const words = (blocks: readonly Block[]): string => JSON.stringify(blocks);
const page = (data: JsonObject): string => words(residentForm.page(data, { created: CREATED, package: {} }));

provesFormLaws(t, residentForm, {
  normalise: (pointer, value) =>
    pointer === '/resident/nhsNumber' ? String(value).replaceAll(' ', '') : value,
});
provesLeavesMatter(t, residentForm, BETTY);

t.test('AT-08: birth date and address are mandatory, the NHS number is not', (t) => {
  const { birthDate: _b, ...unborn } = MINIMUM;
  const { residence: _r, ...homeless } = MINIMUM;
  t.same(faults(unborn), [{ code: 'missing-field', pointer: '/birthDate', content: false }]);
  t.same(faults(homeless), [{ code: 'missing-field', pointer: '/residence', content: false }]);
  t.same(faults({ ...MINIMUM, residence: { kind: 'care-home' } }), [
    { code: 'missing-field', pointer: '/residence/lines', content: false },
  ]);
  t.match(faults({ ...MINIMUM, birthDate: '1931-02-30' }), [
    { code: 'impossible-date', pointer: '/birthDate' },
  ]);
  t.equal(
    formats['birth-date'].content,
    false,
    'an impossible birth date is never carried as NOT UNDERSTOOD',
  );
  t.same(faults(MINIMUM), []);
  const issue = found(MINIMUM).find((i) => i.code === 'identity-not-verified');
  t.match(issue, { severity: 'warning', pointer: '/resident/nhsNumber' });
  t.match(page(MINIMUM), /"banner".*IDENTITY NOT VERIFIED/, 'a banner on the page');
  t.match(said(identityItems(MINIMUM, CREATED, '')).join('|'), /NOT GIVEN – IDENTITY NOT VERIFIED/);
  t.match(identityHeader(MINIMUM, CREATED), /IDENTITY NOT VERIFIED/, 'and at the head of each page');
  t.notMatch(page(BETTY), /IDENTITY NOT VERIFIED/);
  t.match(leadOf('demographics', MINIMUM), /IDENTITY NOT VERIFIED/, 'and the narrative');
  t.equal(leadOf('demographics', BETTY), undefined);
  t.end();
});

t.test('AT-09: NHS numbers', (t) => {
  for (const nhsNumber of ['9000000009', '9912003888', '999 000 0018']) {
    t.same(faults({ ...MINIMUM, nhsNumber }), [], `${nhsNumber} is accepted`);
  }
  for (const nhsNumber of ['9000000008', '1000000000']) {
    t.same(faults({ ...MINIMUM, nhsNumber }), [
      { code: 'nhs-number-check-digit', pointer: '/nhsNumber', content: true },
    ]);
  }
  const { writer, resources } = written(residentForm, { ...MINIMUM, nhsNumber: '999 000 0018' });
  t.match(only(resources, 'Patient')['identifier'], [
    { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' },
  ]);
  t.match(writer.coverage.get('/resident/nhsNumber'), [
    { path: 'Patient.identifier[0].value', normalised: true },
  ]);
  const zero = '0123456789'.replace(/9$/, '9');
  t.equal(formats['nhs-number'].validate(zero), true, 'leading zero');
  const leading = only(written(residentForm, { ...MINIMUM, nhsNumber: zero }).resources, 'Patient');
  t.match(leading['identifier'], [{ value: '0123456789' }], 'is kept');
  t.end();
});

t.test('AT-09: the verification status stands at the number, and elsewhere when there is none', (t) => {
  const with_ = written(residentForm, {
    ...MINIMUM,
    nhsNumber: '9990000018',
    nhsNumberStatus: 'trace-required',
  });
  t.match(only(with_.resources, 'Patient'), {
    identifier: [{ extension: [{ valueCodeableConcept: { coding: [{ code: '03' }] } }] }],
  });
  const without = written(residentForm, { ...MINIMUM, nhsNumberStatus: 'not-present' });
  t.equal(only(without.resources, 'Patient')['identifier'], undefined, 'no identifier without a value');
  t.match(without.writer.coverage.get('/resident/nhsNumberStatus')?.[0]?.resource, /^QuestionnaireResponse/);
  t.ok(codes({ ...MINIMUM, nhsNumberStatus: 'verified' }).includes('nhs-number-status-contradiction'));
  t.end();
});

t.test('AT-10: the GP practice', (t) => {
  const at = (data: JsonObject, mode: RuleContext['mode']) =>
    found(data, mode)
      .filter((i) => i.code.startsWith('gp-practice'))
      .map((i) => [i.severity, i.code, i.pointer]);
  t.same(at(MINIMUM, 'complete'), [['error', 'gp-practice-missing', '/resident/gpPractice']]);
  t.same(at(MINIMUM, 'urgent'), [['warning', 'gp-practice-missing', '/resident/gpPractice']]);
  const named = { ...MINIMUM, gpPractice: { state: 'registered', name: 'High Street Surgery' } };
  t.same(at(named, 'complete'), [['error', 'gp-practice-code-missing', '/resident/gpPractice/odsCode']]);
  for (const state of ['not-registered', 'not-known'])
    t.same(at({ ...MINIMUM, gpPractice: { state } }, 'complete'), []);
  const sent = written(residentForm, BETTY).resources;
  const practice = sent.find(
    (r) => r['resourceType'] === 'Organization' && r['name'] === 'High Street Surgery',
  );
  t.match(practice, {
    identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'X99001' }],
  });
  t.same(only(sent, 'Patient')['generalPractitioner'], [
    { reference: `urn:uuid:${String(practice?.['id'])}` },
  ]);
  t.end();
});

t.test('AT-36: nothing tells where a sensitive resident lives', (t) => {
  const sent = { createdAt: CREATED, resident: { ...BETTY, sensitive: true } };
  t.match(
    found(sent.resident).find((i) => i.code === 'sensitive-resident'),
    { severity: 'warning' },
  );
  const prepared = prepare(sent as unknown as JsonObject, []);
  const { resources } = written(residentForm, prepared.clean['resident'] as JsonObject);
  const where = [...leaves(BETTY.residence), ...leaves(BETTY.gpPractice)].flatMap(([, v]) =>
    String(v).length > 4 ? [String(v)] : [],
  );
  const bundle = JSON.stringify(resources);
  const paper =
    page(prepared.shown['resident'] as JsonObject) +
    said(identityItems(prepared.shown['resident'] as JsonObject, CREATED, '')).join();
  for (const word of where.filter((w) => !['care-home', 'registered', 'with-nursing'].includes(w))) {
    t.notOk(bundle.includes(word), `${word} is not in the resources`);
    t.notOk(paper.includes(word), `${word} is not on paper`);
  }
  t.match(
    only(resources, 'Patient')['address'],
    [{ extension: [{ valueCode: 'masked' }] }],
    'the Patient says that it is withheld',
  );
  t.match(paper, /SENSITIVE/);
  t.end();
});

t.test('sharing: agreed, refused, overridden with a person and a reason, not recorded', (t) => {
  const of = (s?: JsonObject): JsonObject => (s ? { ...MINIMUM, legal: { sharing: s } } : MINIMUM);
  const who = { decidedBy: { name: 'Ama Boateng' }, overrideReason: 'Unconscious, bleeding.' };
  t.equal(sharing(of()), 'not-recorded');
  t.equal(sharing(of({ consent: 'yes', basis: 'resident' })), 'shared');
  t.equal(sharing(of({ consent: 'not-asked' })), 'not-recorded');
  t.equal(sharing(of({ consent: 'no', reasonNotGiven: 'Private' })), 'refused');
  t.equal(sharing(of({ consent: 'no', ...who })), 'refused', 'no basis');
  t.equal(sharing(of({ consent: 'no', basis: 'resident', ...who })), 'refused', 'not a basis that overrides');
  t.equal(sharing(of({ consent: 'no', basis: 'emergency', overrideReason: 'x' })), 'refused', 'nobody named');
  t.equal(
    sharing(of({ consent: 'no', basis: 'emergency', decidedBy: { name: 'A' } })),
    'refused',
    'no reason',
  );
  for (const basis of ['emergency', 'best-interests']) {
    const data = of({ consent: 'no', basis, reasonNotGiven: 'Private', ...who });
    t.equal(sharing(data), 'override');
    t.match(
      sharingLines(data).join(' '),
      /SHARED WITHOUT AGREEMENT \(refused\).*Ama Boateng: Unconscious, bleeding\./,
      'visibly',
    );
    t.match(page(data), /SHARED WITHOUT AGREEMENT/);
    t.match(leadOf('legal', data), /SHARED WITHOUT AGREEMENT/, 'in the narrative too');
    t.match(only(written(residentForm, data).resources, 'Consent'), {
      status: 'active',
      provision: { type: 'deny', provision: [{ type: 'permit' }] },
    });
    t.ok(codes(data).includes('sharing-overridden'));
  }
  const refused = of({ consent: 'no' });
  t.same(
    found(refused, 'complete')
      .filter((i) => i.code.startsWith('sharing'))
      .map((i) => [i.severity, i.code]),
    [
      ['warning', 'sharing-refused'],
      ['error', 'sharing-reason-missing'],
    ],
  );
  t.equal(
    (only(written(residentForm, refused).resources, 'Consent')['provision'] as Node)['provision'],
    undefined,
  );
  t.ok(codes(of({ consent: 'no', basis: 'emergency' })).includes('sharing-override-incomplete'));
  t.ok(codes(of({ consent: 'not-asked', basis: 'resident' })).includes('sharing-contradiction'));
  t.end();
});

t.test(
  'contacts: who must not be told is said, and is no active contact; next of kin has no legal authority',
  (t) => {
    const lines = said(contactItems(BETTY, CREATED));
    t.match(
      lines[0],
      /^Ngozi Okafor: Daughter: next of kin; attorney or deputy for health and welfare; 07700 900002 or/,
    );
    t.match(lines[0], 'at any hour; told Sun 22 Nov, 02:50');
    t.equal(lines[1], 'DO NOT CONTACT: Paul Okafor, Son');
    t.match(
      said(contactItems({ personalContacts: [{ name: 'A', nextOfKin: true }] }, CREATED))[0],
      /no legal authority; no telephone given; not recorded if told/,
    );
    const people = written(residentForm, BETTY).resources.filter(
      (r) => r['resourceType'] === 'RelatedPerson',
    );
    const byName = (name: string): Node | undefined =>
      people.find(
        (p) =>
          JSON.stringify(p['name']).includes(name) &&
          String((p['meta'] as Node)['source']).includes('personalContacts'),
      );
    t.equal(byName('Paul')?.['active'], false);
    t.equal(byName('Ngozi')?.['active'], true);
    t.same(
      ((byName('Ngozi')?.['relationship'] ?? []) as Node[]).map(
        (r) => r['text'] ?? (r['coding'] as Node[])[0]?.['code'],
      ),
      ['Daughter', 'N', 'C', 'Agent'],
    );
    t.ok(
      codes({
        ...MINIMUM,
        personalContacts: [{ name: 'A', doNotContact: true, emergencyContact: true }],
      }).includes('do-not-contact-contradiction'),
    );
    t.ok(codes({ ...MINIMUM, personalContacts: [{ name: 'A' }] }).includes('contact-details-missing'));
    t.end();
  },
);

t.test('legal: DoLS does not travel, a deputy has no power over life-sustaining treatment', (t) => {
  t.match(
    legalLines(BETTY).join('|'),
    /Lasting power of attorney, health and welfare: Ngozi Okafor\|DoLS authorised .* does NOT travel.*\|ADVANCE DECISION/,
  );
  t.match(page(BETTY), /does NOT travel/);
  t.ok(codes(BETTY).includes('dols-does-not-travel'));
  t.ok(codes(BETTY).includes('advance-decision-details-missing'));
  const told = found(BETTY, 'urgent', { cprDecision: { advanceDecision: { refuses: 'Blood' } } }).map(
    (i) => i.code,
  );
  t.notOk(told.includes('advance-decision-details-missing'));
  const deputy = { name: 'X', kind: 'deputy-health-and-welfare', mayRefuseLifeSustainingTreatment: 'yes' };
  const said = codes({ ...MINIMUM, legal: { attorneys: [deputy] } });
  t.ok(said.includes('deputy-life-sustaining'));
  t.ok(said.includes('attorney-not-registered'));
  t.match(legalLines({ legal: { attorneys: [deputy] } })[0], /registration not confirmed/);
  t.end();
});

t.test('languages: all of them on the Patient, or none', (t) => {
  const of = (...codes: string[]): unknown =>
    only(
      written(residentForm, { ...MINIMUM, languages: codes.map((language) => ({ language })) }).resources,
      'Patient',
    )['communication'];
  t.match(of('en', 'pl'), [
    { language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'en' }] } },
    { language: { coding: [{ code: 'pl' }] } },
  ]);
  t.equal(of('en', 'ur'), undefined, 'not English alone for somebody who speaks Urdu');
  t.match(page({ ...MINIMUM, languages: [{ language: 'ur', preferred: true }] }), /Urdu/);
  t.ok(codes({ ...MINIMUM, languages: [{ language: 'mis' }] }).includes('language-unnamed'));
  t.end();
});

t.test('identity: similar name, age at the time of the package, unlikely birth dates, short stays', (t) => {
  t.match(said(identityItems(BETTY, CREATED, 'Another home')), [
    'OKAFOR, Elizabeth Grace (Betty)',
    'Born: 2 April 1938 (88 years)   NHS number: 999 000 0018 (verified)',
    'SIMILAR NAME in this home: check name, birth date and photograph.',
    /^Identity checked: /,
    'Lives in care home: Sycamore House, Room 4, 1 Sycamore Road, Sutton, SM1 1AA',
  ]);
  t.notMatch(
    said(identityItems(BETTY, CREATED, 'Sycamore House')).join(),
    'Lives in',
    'the sender says where',
  );
  t.match(
    said(identityItems(BETTY, '2026-04-01T23:00:00+01:00', ''))[1],
    /87/,
    'the day before her birthday',
  );
  t.ok(codes(BETTY).includes('similar-name'));
  for (const birthDate of ['2026-11-23', '1900-01-01'])
    t.ok(codes({ ...MINIMUM, birthDate }).includes('birth-date-unlikely'));
  t.notOk(codes(MINIMUM).includes('birth-date-unlikely'));
  t.ok(codes({ ...MINIMUM, inThisHomeSince: '2026-11-20' }).includes('usual-self-poorly-known'));
  t.notOk(codes({ ...MINIMUM, inThisHomeSince: '2026-10-20' }).includes('usual-self-poorly-known'));
  t.ok(codes({ ...MINIMUM, inThisHomeSince: '2026-12' }).includes('in-home-since-future'));
  t.ok(codes({ ...MINIMUM, photograph: { attachmentId: 'photo' } }).includes('photograph-undated'));
  t.end();
});

t.test('AT-50: a number that was not understood is printed as such and is no identifier', (t) => {
  const { residence, ...rest } = BETTY;
  const clean = { ...rest, residence: { ...residence } } as Record<string, unknown>;
  delete clean['nhsNumber'];
  const shown = { ...BETTY, nhsNumber: 'NOT UNDERSTOOD: 999 000 0019' };
  t.equal(
    only(written(residentForm, clean as JsonObject).resources, 'Patient')
      ['identifier']?.toString()
      .includes('nhs-number'),
    false,
  );
  t.match(
    said(identityItems(shown, CREATED, ''))[1],
    /NHS number: NOT UNDERSTOOD: 999 000 0019 – IDENTITY NOT VERIFIED/,
  );
  t.match(page(shown), /IDENTITY NOT VERIFIED.*NOT UNDERSTOOD: 999 000 0019/);
  const found = codes({ ...BETTY, nhsNumber: '999 000 0019' });
  t.ok(found.includes('identity-not-verified'), 'a number that is none does not count as one');
  t.end();
});

t.test('every leaf of Betty is on paper', (t) => {
  const paper = page(BETTY).replaceAll('\u00a0', ' ');
  for (const [pointer, value] of leaves(BETTY)) {
    if (typeof value !== 'string' || /^\d{4}-/.test(value) || /^[a-z-]+$/.test(value)) continue;
    t.ok(paper.includes(value), pointer);
  }
  t.end();
});
