import t from 'tap';
import { cprDecisionForm } from '#src/forms/cpr-decision/form.js';
import { cprBanner, cprHeader, limits } from '#src/forms/cpr-decision/page-one.js';
import type { FormSection, RuleContext } from '#src/forms/form.js';
import { issueOf } from '#src/intake/issues.js';
import { createSchemaCheck } from '#src/intake/schema-issues.js';
import { formats } from '#src/mapping/formats.js';
import { type JsonObject, leaves } from '#src/mapping/json.js';
import type { Node } from '#src/mapping/path.js';
import { assembleDocument } from '#src/transfer/document.js';
import { prepare } from '#src/transfer/prepared.js';
import { redBag } from '#src/transfer/red-bag.js';
import { provesFormLaws, provesLeavesMatter, written } from '../support/form-laws.js';

const CREATED = '2026-11-22T03:12:00+00:00';
const SNOMED = 'http://snomed.info/sct';

const NOT_FOR_CPR = {
  status: 'not-for-cpr',
  source: 'copy-of-form',
  decidedOn: '2025-03-10',
  decidedBy: {
    name: 'Dr A Shah',
    role: 'GP',
    organisation: 'High Street Surgery',
    registration: { body: 'gmc', number: '1234567' },
    telephone: '020 7946 0003',
  },
  originalLocation: 'Front of the care file',
  originalTravelling: 'yes',
} satisfies JsonObject;

const FULL = {
  ...NOT_FOR_CPR,
  reasons: ['unlikely-to-succeed', 'persons-wish'],
  reasonText: 'Advanced heart failure.',
  reviewOn: '2027-03-10',
  formType: 'respect',
  formVersion: '3',
  scanAttachmentId: 'scan-1',
  endorsedBy: { name: 'Dr C Owen', registration: { body: 'gmc', number: '2345678' } },
  endorsedOn: '2025-03-12',
  reviews: [{ on: '2026-03-10', by: 'Dr A Shah', outcome: 'Unchanged.' }],
  capacity: { had: 'no', note: 'Advanced dementia.' },
  discussion: {
    withPerson: 'no',
    whyNotWithPerson: 'Could not take part.',
    withFamily: 'yes',
    whyNotWithFamily: 'Does not apply.',
    personAware: 'no',
    familyInformed: 'yes',
    carersInformed: 'yes',
    people: [{ name: 'Ngozi Okafor', relationship: 'Daughter', part: 'involved', on: '2025-03-09' }],
    team: 'Community matron',
  },
  otherSources: [
    {
      ...NOT_FOR_CPR,
      status: 'for-cpr',
      source: 'universal-care-plan',
      decidedOn: '2023-01-05',
      reviewOn: '2024-01-05',
      note: 'Seen on screen.',
      scanAttachmentId: 'scan-2',
    },
    { status: 'no-decision-recorded', source: 'gp-record' },
  ],
  respect: {
    version: '3',
    summary: 'Frail, heart failure.',
    mostValue: 'Family near.',
    mostFear: 'Breathlessness.',
    priority: 'comfort',
    recommendations: 'Hospital for comfort or reversible causes.',
    notRecommended: [{ treatment: 'Intensive care', reason: 'Burden' }, { treatment: 'Ventilation' }],
    hadCapacity: 'no',
    capacityNote: 'Assessed by GP.',
    legalProxy: 'yes',
    otherPlanningDocuments: 'Advance statement in file.',
    involvement: 'person-lacks-capacity',
    involvementNote: 'Daughter took part.',
    signedBy: { name: 'Dr A Shah', registration: { body: 'gmc', number: '1234567' } },
    signedOn: '2025-03-10',
    seniorClinician: { name: 'Dr C Owen', registration: { body: 'gmc', number: '2345678' } },
    reviewOn: '2027-03-10',
    emergencyContacts: 'Ngozi 07700 900002',
    originalLocation: 'Yellow folder',
    originalTravelling: 'yes',
    scanAttachmentId: 'scan-3',
  },
  advanceDecision: {
    lifeSustaining: 'yes',
    refuses: 'No blood.',
    circumstances: 'Even if life is at risk.',
    madeOn: '2001',
    signed: 'yes',
    witnessed: 'yes',
    validityChecked: 'not-known',
    documentLocation: 'Solicitor',
    originalTravelling: 'no',
    scanAttachmentId: 'scan-4',
  },
  attorney: {
    appointed: 'yes',
    name: 'Ngozi Okafor',
    telephone: '07700 900002',
    mayDecideLifeSustaining: 'yes',
    consulted: 'yes',
  },
  advanceStatement: { statement: 'Church on Sundays.', madeOn: '2020-02', documentLocation: 'File' },
  preferredPlaces: {
    ofCare: 'Sycamore House',
    ofDeath: [{ place: 'care-home', name: 'Sycamore House', saidOn: '2025-03-09' }, { place: 'hospice' }],
  },
  sharedPlan: {
    held: 'yes',
    system: 'universal-care-plan',
    reference: 'UCP-1',
    address: 'https://example.org/plan/1',
    lookedAtOn: '2026-11-21',
    agreesWithPaper: 'no',
  },
  otherPlans: [
    { kind: 'advance-care-plan', madeOn: '2020', documentLocation: 'File', scanAttachmentId: 'scan-5' },
    { kind: 'end-of-life-care-plan' },
  ],
  recorded: { at: '2026-11-22T03:06:00+00:00', by: { name: 'Ama Boateng', role: 'Night care worker' } },
} satisfies JsonObject;

const context = (mode: RuleContext['mode'] = 'urgent'): RuleContext => ({
  mode,
  package: { createdAt: CREATED },
  now: '2026-11-22T04:00:00Z',
});
const found = (data: JsonObject, mode: RuleContext['mode'] = 'urgent') =>
  cprDecisionForm.rules(data, '/cprDecision', context(mode)).map((f) => issueOf(f, mode));
const codes = (data: JsonObject): string[] => found(data).map((i) => i.code);
const resources = (data: JsonObject): Node[] => written(cprDecisionForm, data).resources;
const ofType = (data: JsonObject, type: string): Node[] =>
  resources(data).filter((r) => r['resourceType'] === type);
const page = (data: JsonObject): string =>
  JSON.stringify(cprDecisionForm.page(data, { created: CREATED, package: {} })).replaceAll('\u00a0', ' ');
const banner = (data: JsonObject): string => {
  const { title, lines } = cprBanner(data, CREATED);
  return [title, ...lines].join('\n').replaceAll('\u00a0', ' ');
};
const first = (data: JsonObject, type: string): Node => ofType(data, type)[0] ?? {};
const leadOf = (section: FormSection | undefined, data: JsonObject): string | undefined =>
  typeof section?.lead === 'function' ? section.lead(data) : section?.lead;
const codings = (concept: unknown): string[] =>
  ((concept as Node)['coding'] as Node[]).filter((c) => c['system'] === SNOMED).map((c) => String(c['code']));
const without = (data: JsonObject, ...members: string[]): JsonObject =>
  Object.fromEntries(Object.entries(data).filter(([k]) => !members.includes(k)));

provesFormLaws(t, cprDecisionForm);
provesLeavesMatter(t, cprDecisionForm, FULL);

t.test('the status is mandatory, and one of four', (t) => {
  const check = createSchemaCheck(cprDecisionForm.schema, { formats });
  const faults = (data: unknown) => check.faults(data).map((f) => `${f.code} ${f.pointer}`);
  t.same(faults({}), ['missing-field /status']);
  t.same(faults({ status: 'DNR' }), ['not-a-choice /status']);
  for (const status of ['not-for-cpr', 'for-cpr', 'no-decision-recorded', 'unknown'])
    t.same(faults({ status }), []);
  t.same(faults(FULL), []);
  t.end();
});

t.test('AT-20: not for CPR without date or maker is UNVERIFIED, and not dropped', (t) => {
  const cases: [JsonObject, string][] = [
    [without(NOT_FOR_CPR, 'decidedOn'), 'decidedOn'],
    [without(NOT_FOR_CPR, 'decidedBy'), 'decidedBy'],
    [without(NOT_FOR_CPR, 'originalLocation'), 'originalLocation'],
  ];
  for (const [data, field] of cases) {
    const issues = found(data, 'complete');
    t.match(
      issues.find((i) => i.code === 'cpr-unverified'),
      { severity: 'warning', pointer: `/cprDecision/${field}` },
    );
    t.notOk(
      issues.some((i) => i.severity === 'error'),
      'nothing refuses it',
    );
    const [flag] = ofType(data, 'Flag') as [Node];
    t.same(codings(flag['code']), ['450476008'], 'still flagged');
    t.match((flag['code'] as Node)['text'], /UNVERIFIED/, 'the Flag says so');
    t.match(cprBanner(data, CREATED).title, /^NOT FOR CPR – UNVERIFIED – INFORMATION COPY$/);
    t.match(cprHeader(data, CREATED), /UNVERIFIED/);
    t.match(leadOf(cprDecisionForm.sections[0], data), /UNVERIFIED/, 'the narrative says so');
    t.match(page(data), /"banner"[^}]*UNVERIFIED/);
  }
  t.notMatch(banner(NOT_FOR_CPR), /UNVERIFIED/);
  t.notMatch(banner({ status: 'for-cpr' }), /Decided/, 'what is not given is said once');
  t.notMatch(leadOf(cprDecisionForm.sections[0], NOT_FOR_CPR), /UNVERIFIED|DISAGREE/);
  const [flag] = ofType(NOT_FOR_CPR, 'Flag') as [Node];
  t.notMatch((flag['code'] as Node)['text'], /UNVERIFIED/);
  t.match(flag, { status: 'active', period: { start: '2025-03-10' }, author: { display: 'Dr A Shah' } });
  const [maker] = ofType(NOT_FOR_CPR, 'Practitioner') as [Node];
  t.match(flag['author'], { reference: `urn:uuid:${String(maker['id'])}` });
  t.match(
    banner({ ...NOT_FOR_CPR, decidedOn: 'NOT UNDERSTOOD: 2025-02-30' }),
    /UNVERIFIED: date not understood[\s\S]*NOT UNDERSTOOD: 2025-02-30/,
  );
  t.end();
});

t.test(
  'AT-21: a passed review date is said, the decision still sent; a copy always says that it is one',
  (t) => {
    const passed = { ...NOT_FOR_CPR, reviewOn: '2026-11-21' };
    t.match(
      found(passed, 'complete').find((i) => i.code === 'cpr-review-passed'),
      { severity: 'warning', pointer: '/cprDecision/reviewOn' },
    );
    t.match(
      banner(passed),
      /NOT FOR CPR – REVIEW DATE PASSED – INFORMATION COPY[\s\S]*REVIEW DATE PASSED – confirm \(21 November 2026\)/,
    );
    t.match(
      ofType(passed, 'Flag')[0],
      { status: 'active', period: { end: '2026-11-21' } },
      'information, never an expiry',
    );
    const due = { ...NOT_FOR_CPR, reviewOn: '2026-11-22' };
    t.notOk(codes(due).includes('cpr-review-passed'), 'not passed on the day itself');
    t.match(banner(due), /not an expiry date/);
    for (const data of [NOT_FOR_CPR, passed, due, FULL, { ...NOT_FOR_CPR, status: 'for-cpr' }]) {
      t.match(banner(data), /INFORMATION COPY – look for the original/);
      t.match(page(data), /INFORMATION COPY/);
      for (const flag of ofType(data, 'Flag')) t.match((flag['code'] as Node)['text'], /INFORMATION COPY/);
    }
    for (const scan of ofType(FULL, 'DocumentReference')) t.match(scan['description'], /^INFORMATION COPY/);
    for (const section of cprDecisionForm.sections) t.match(leadOf(section, FULL), /^INFORMATION COPY/);
    t.ok(codes({ ...NOT_FOR_CPR, reviewOn: '2025-03-09' }).includes('cpr-review-before-decision'));
    t.equal(
      (first({ ...NOT_FOR_CPR, reviewOn: '2025-03-09' }, 'Flag')['period'] as Node)['end'],
      undefined,
      'per-1 holds',
    );
    t.end();
  },
);

t.test('AT-22: no status comes from words', (t) => {
  for (const status of ['unknown', 'no-decision-recorded']) {
    const words = {
      status,
      reasonText: 'DNACPR in place, not for resuscitation',
      discussion: { team: 'DNAR signed' },
      respect: { recommendations: 'Not for CPR' },
      advanceStatement: { statement: 'I do not want CPR' },
      formType: 'dnacpr',
      decidedOn: '2025-03-10',
    };
    t.same(ofType(words, 'Flag'), [], 'no Flag');
    t.notOk(JSON.stringify(resources(words)).includes('450476008'));
    t.match(ofType(words, 'Observation'), [{ valueCodeableConcept: { coding: [{ code: status }] } }]);
    t.match(
      cprBanner(words, CREATED).title,
      status === 'unknown' ? 'CPR STATUS UNKNOWN' : 'NO CPR DECISION RECORDED',
    );
    t.ok(codes(words).includes('cpr-contradiction'), 'the contradiction is said');
  }
  t.end();
});

t.test(
  'AT-23: ReSPECT scans are typed; an ADRT about life-sustaining treatment has its code and needs a date',
  (t) => {
    const scans = ofType(FULL, 'DocumentReference');
    const scan = (id: string): Node =>
      scans.find((s) => JSON.stringify(s['identifier']).includes(`"${id}"`)) as Node;
    t.same(codings(scan('scan-1')['type']), ['1382601000000107'], 'the form of a decision on a ReSPECT form');
    t.same(codings(scan('scan-3')['type']), ['1382601000000107'], 'the ReSPECT form itself');
    t.same((scan('scan-4')['type'] as Node)['text'], 'Advance decision to refuse treatment');
    t.same(codings(scan('scan-5')['type']), ['736366004']);
    const category = (lifeSustaining: string): string[] =>
      codings(
        (
          first({ status: 'unknown', advanceDecision: { lifeSustaining } }, 'Consent')['category'] as Node[]
        )[0],
      );
    t.same(category('yes'), ['816321000000109']);
    t.same(category('no'), ['816301000000100']);
    t.same(category('not-known'), ['816301000000100']);
    const undated = { status: 'unknown', advanceDecision: { lifeSustaining: 'yes', refuses: 'No blood.' } };
    const of = (mode: RuleContext['mode']) =>
      found(undated, mode).find((i) => i.code === 'adrt-date-missing');
    t.match(of('complete'), { severity: 'error', pointer: '/cprDecision/advanceDecision/madeOn' });
    t.match(of('urgent'), { severity: 'warning' });
    t.notOk(
      codes({ ...undated, advanceDecision: { ...undated.advanceDecision, madeOn: '2001' } }).includes(
        'adrt-date-missing',
      ),
    );
    t.match(ofType(FULL, 'Consent')[0], {
      dateTime: '2001',
      provision: { type: 'deny', code: [{ text: 'No blood.' }] },
    });
    t.end();
  },
);

t.test('two sources that disagree are both kept, and neither preferred', (t) => {
  const flags = ofType(FULL, 'Flag').map((f) => codings(f['code']));
  t.same(flags, [['450476008'], ['450475007']]);
  for (const flag of ofType(FULL, 'Flag')) t.match((flag['code'] as Node)['text'], /^SOURCES DISAGREE\./);
  t.notMatch((first(NOT_FOR_CPR, 'Flag')['code'] as Node)['text'], /DISAGREE/);
  t.equal(
    ofType(FULL, 'Observation').filter((o) => codings(o['code'])[0] === '365870005').length,
    1,
    'the source without a decision',
  );
  t.match(cprBanner(FULL, CREATED).title, 'CPR: SOURCES DISAGREE – INFORMATION COPY');
  t.match(
    banner(FULL),
    /This home \(copy of the form, seen\): NOT FOR CPR[\s\S]*Another source \(universal care plan[^)]*\): FOR CPR[\s\S]*REVIEW DATE PASSED[\s\S]*Another source \(gp record\): NO CPR DECISION/,
  );
  t.same(
    found(FULL)
      .filter((i) => i.code === 'cpr-sources-conflict')
      .map((i) => i.pointer),
    ['/cprDecision/otherSources/0/status', '/cprDecision/otherSources/1/status'],
  );
  const agree = { ...NOT_FOR_CPR, otherSources: [{ ...NOT_FOR_CPR }, { status: 'unknown' }] };
  t.notOk(codes(agree).includes('cpr-sources-conflict'), '"unknown" says nothing against the other');
  t.match(cprBanner(agree, CREATED).title, /^NOT FOR CPR – INFORMATION COPY$/);
  t.end();
});

t.test('AT-48: limits of treatment for the safety strip, told whole', (t) => {
  t.same(limits(FULL), [
    'ADRT reported, 2001 (life-sustaining treatment): No blood.; validity unchecked.',
    'ReSPECT, priority: comfort',
    'ReSPECT, not recommended: Intensive care (Burden)',
    'ReSPECT, not recommended: Ventilation',
    'ReSPECT, recommendations: Hospital for comfort or reversible causes.',
    'Attorney may decide on life-sustaining treatment: Ngozi Okafor',
  ]);
  t.match(page(FULL), /Limits of treatment – INFORMATION COPY/);
  t.same(limits(NOT_FOR_CPR), []);
  t.match(limits({ status: 'unknown', respect: { version: '3' } }), [
    /read it; its recommendations were not sent/,
  ]);
  const [plan] = ofType(FULL, 'CarePlan') as [Node];
  t.match(plan['activity'], [
    { detail: { description: 'Intensive care', doNotPerform: true } },
    { detail: { description: 'Ventilation', doNotPerform: true } },
  ]);
  t.end();
});

t.test('in a document: the scan leads to its bytes, the Flag says that its review date has passed', (t) => {
  const data = { ...NOT_FOR_CPR, formType: 'respect', reviewOn: '2026-11-21', scanAttachmentId: 'scan-1' };
  const sent = {
    createdAt: CREATED,
    cprDecision: data,
    attachments: [
      { id: 'other', title: 'Other', contentType: 'image/png', data: 'aGVsbG8=' },
      { id: 'scan-1', title: 'ReSPECT', contentType: 'application/pdf', data: 'aGVsbG8gd29ybGQ=' },
    ],
  };
  const { bundle } = assembleDocument(redBag, {
    prepared: prepare(sent, []),
    bagId: '7f3c1f0e-0000-4000-8000-00000000beef',
    version: 1,
    demonstration: false,
  });
  const entries = bundle['entry'] as unknown as { fullUrl: string; resource: Node }[];
  const scan =
    entries.find((e) => JSON.stringify(e.resource['meta']).includes('RedBag-ScannedForm'))?.resource ?? {};
  t.same(codings(scan['type']), ['1382601000000107']);
  const { attachment } = (scan['content'] as { attachment: Node }[])[0] ?? { attachment: {} };
  t.match(attachment, { contentType: 'application/pdf', size: 11, title: 'INFORMATION COPY: ReSPECT form' });
  const bytes = entries.find((e) => e.fullUrl === attachment['url'])?.resource;
  t.match(bytes, { resourceType: 'Binary', data: 'aGVsbG8gd29ybGQ=' });
  const flag = entries.find((e) => e.resource['resourceType'] === 'Flag')?.resource ?? {};
  t.match((flag['code'] as Node)['text'], /REVIEW DATE PASSED: confirm/);
  t.end();
});

t.test('CPR only: nothing says that other treatment is withheld', (t) => {
  const only = /This decision is about CPR only: all other treatment still applies\.$/;
  t.match(banner(NOT_FOR_CPR), only);
  t.match(
    banner(FULL),
    /Whichever holds is about CPR only: all other treatment still applies\.$/,
    'below several sources "this" would be the last of them',
  );
  const open = [{ status: 'unknown' }, { status: 'no-decision-recorded' }, { status: 'for-cpr' }];
  for (const data of open)
    t.notMatch(banner(data), /CPR only/, 'where nothing is limited, no limit is spoken of');
  for (const data of [FULL, NOT_FOR_CPR, ...open]) t.notMatch(page(data), /do not treat/i);
  t.match((first(NOT_FOR_CPR, 'Flag')['code'] as Node)['text'], only);
  t.match(banner({ status: 'no-decision-recorded' }), /not a decision against CPR/);
  t.end();
});

t.test('AT-50: dates that were not understood leave nothing behind that is reckoned with', (t) => {
  const { writer, resources: all } = written(cprDecisionForm, without(NOT_FOR_CPR, 'decidedOn'));
  t.equal((all.find((r) => r['resourceType'] === 'Flag') as Node)['period'], undefined);
  t.equal(writer.coverage.has('/cprDecision/decidedOn'), false);
  t.match(
    banner({ ...NOT_FOR_CPR, reviewOn: 'NOT UNDERSTOOD: next spring' }),
    /Review date NOT UNDERSTOOD: next spring; not an expiry date/,
  );
  t.end();
});

t.test('every text of the full paper is on its page', (t) => {
  const paper = page(FULL);
  for (const [pointer, value] of leaves(FULL)) {
    if (typeof value !== 'string' || /^\d{4}(-|$)/.test(value) || /^[a-z-]+$/.test(value)) continue;
    t.ok(paper.includes(value), pointer);
  }
  t.end();
});
