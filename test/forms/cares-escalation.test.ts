import t from 'tap';
import { uuid5 } from '#src/fhir/uuid.js';
import { caresEscalationForm as form } from '#src/forms/cares-escalation/form.js';
import { observationRows, scaleItems } from '#src/forms/cares-escalation/front.js';
import {
  allergyHeader,
  allergyLines,
  anticoagulantLine,
  calledLines,
  headStrikeLine,
  infectionLine,
  lastSeenLines,
  returnLine,
  toldLines,
} from '#src/forms/cares-escalation/page-one.js';
import { writeForm } from '#src/forms/resources.js';
import { issueOf } from '#src/intake/issues.js';
import { createSchemaCheck } from '#src/intake/schema-issues.js';
import { formats } from '#src/mapping/formats.js';
import { type JsonObject, leaves, member } from '#src/mapping/json.js';
import type { Node } from '#src/mapping/path.js';
import { Writer } from '#src/mapping/write.js';
import { provesFormLaws, provesLeavesMatter, written } from '../support/form-laws.js';
import { rowsSaid, said } from '../support/front-words.js';

const SET = {
  at: '2026-11-22T02:50:00+00:00',
  respiration: 22,
  spo2: 93,
  oxygen: { breathing: 'air' },
  systolic: 104,
  diastolic: 61,
  pulse: 112,
  consciousness: 'new-confusion',
  temperature: 38.4,
} as const;
/** 2 + 2 + 0 + 1 + 2 + 3 + 1. */
const TOTAL = 11;

const BETTYS = {
  concerns: {
    reason: 'Found on the floor by her bed at 02:30, more confused than usual, hot and breathless.',
    symptoms: 'Cough since yesterday, shivering.',
    softSigns: ['breathing', 'confusion'],
    whatIsDifferent: 'Usually chatty; does not know her daughter.',
    lastSeenWell: { known: 'yes', at: '2026-11-21T22:00:00+00:00', note: 'at the medicines round' },
    found: { known: 'yes', at: '2026-11-22T02:30:00+00:00' },
    onset: { known: 'not-known' },
    headStrike: 'unwitnessed',
    fall: {
      fellNow: 'not-known',
      injuries: 'Graze on the left elbow',
      timeOnFloor: 'not known',
      fallsInPastYear: 2,
    },
    anticoagulant: {
      taken: 'yes',
      drug: 'Apixaban 2.5 mg',
      lastDose: '2026-11-21T20:05:00+00:00',
      inr: { value: 1.1, date: '2026-11-01' },
    },
  },
  action: {
    what: 'Lifted with the hoist after the ambulance service agreed, kept warm.',
    called: [
      { who: '111', at: '2026-11-22T02:40:00+00:00', reference: 'A-4711', advice: 'Call 999' },
      { who: '999', at: '2026-11-22T02:46:00+00:00', reference: 'C0099' },
    ],
  },
  response: { effect: 'Warmer, still confused.', advice: 'Nothing by mouth until seen.' },
  examination: {
    observations: [
      { ...SET, spo2Scale: { scale: '1' }, news2: TOTAL, takenBy: 'Ama Boateng' },
      {
        at: '2026-11-22T03:05:00+00:00',
        respiration: 24,
        spo2: 90,
        spo2Scale: { scale: '2', authorisedBy: 'Dr Iqbal, respiratory', authorisedOn: '2026-02-03' },
        oxygen: { breathing: 'oxygen', flow: 2, device: 'nasal cannula' },
        systolic: 98,
        pulse: 118,
        consciousness: 'usual-confusion',
      },
    ],
    usual: {
      respiration: 16,
      spo2: 96,
      systolic: 130,
      diastolic: 70,
      pulse: 72,
      temperature: 36.5,
      consciousness: 'Confused in the evening',
      news2: 1,
      on: '2026-11-01',
    },
    glucose: { value: 7.2, at: '2026-11-22T02:52:00+00:00' },
    pain: { present: 'yes', score: 4, where: 'Left elbow', how: 'Frowns and holds the arm' },
    skin: {
      intact: 'no',
      wounds: [
        {
          site: 'Sacrum',
          kind: 'pressure-ulcer',
          category: '2',
          since: '2026-10-20',
          treatment: 'Foam dressing',
        },
      ],
    },
    lastMeal: { at: '2026-11-21T17:30:00+00:00', what: 'Soup' },
    lastDrink: { at: '2026-11-21T21:50:00+00:00', what: 'Tea' },
    lastBowels: { at: '2026-11-21T09:00:00+00:00' },
  },
  shared: {
    allergies: {
      state: 'known',
      entries: [
        {
          agent: { text: 'Penicillin', code: '91936005' },
          kind: 'allergy',
          reaction: 'Rash and swelling of the lips',
          severity: 'severe',
          certainty: 'confirmed',
          status: 'active',
          date: '1998-05',
          source: 'GP record',
          comment: 'Carries a card.',
        },
      ],
    },
    infection: { risk: 'yes', what: 'Norovirus in the home', precautions: 'Side room', since: '2026-11-19' },
    told: [
      {
        name: 'Grace Okafor',
        relationship: 'Daughter',
        outcome: 'yes',
        at: '2026-11-22T03:00:00+00:00',
        by: 'Ama Boateng',
      },
    ],
    documents: [{ title: 'DNACPR form', original: 'original' }],
    canReturnTonight: {
      answer: 'yes',
      condition: 'If no fracture and obs settle',
      telephone: '020 7946 0001',
    },
    completedBy: {
      person: { name: 'Ama Boateng', role: 'Night care worker' },
      at: '2026-11-22T03:08:00+00:00',
      signed: true,
    },
  },
  recorded: { at: '2026-11-22T03:06:00+00:00', by: { name: 'Ama Boateng', role: 'Night care worker' } },
};

const CONTEXT = { mode: 'urgent', package: {}, now: '2026-11-22T04:00:00Z' } as const;
const check = createSchemaCheck(form.schema, { formats });
const faults = (data: unknown) => check.faults(data).map(({ code, pointer }) => ({ code, pointer }));
const findings = (data: unknown) =>
  form.rules(data as JsonObject, '', CONTEXT).map(({ code, pointer }) => ({ code, pointer }));
const codes = (data: unknown): string[] => findings(data).map((f) => f.code);
const resources = (data: unknown): Node[] => written(form, data as JsonObject).resources;
const of = (type: string, data: unknown): Node[] => resources(data).filter((r) => r['resourceType'] === type);
const paper = (allergies: object, rest: object = {}) => ({
  concerns: { reason: 'Chest pain for an hour, grey and sweating.' },
  shared: { allergies },
  ...rest,
});
const observing = (...observations: object[]) =>
  paper({ state: 'none-known' }, { examination: { observations } });
const scores = (data: unknown): Node[] =>
  of('Observation', data).filter((o) => JSON.stringify(o['code']).includes('1104051000000101'));
const lines = (data: object): readonly string[] => [
  ...rowsSaid(observationRows(data as JsonObject, '2026-11-22T03:12:00Z')),
  ...said(scaleItems(data as JsonObject)),
];
/** Every word of the page. */
const page = (data: unknown): string =>
  JSON.stringify(
    form.page(data as JsonObject, { created: '2026-11-22T03:12:00+00:00', package: {} }),
  ).replaceAll('\u00a0', ' ');

provesFormLaws(t, form);
provesLeavesMatter(t, form, BETTYS);

t.test('Betty: accepted, nothing to warn of but what is missing', (t) => {
  t.same(faults(BETTYS), []);
  t.same(findings(BETTYS), [{ code: 'news2-incomplete', pointer: '/examination/observations/1' }]);
  t.end();
});

t.test('every code of the rules has its sentence', (t) => {
  const odd = {
    concerns: {
      reason: 'Unwell',
      lastSeenWell: { known: 'not-known', at: '2026-11-21T22:00:00+00:00' },
      found: { known: 'yes' },
      headStrike: 'yes',
    },
    examination: {
      observations: [
        { ...SET, news2: 2 },
        {
          respiration: 20,
          systolic: 80,
          diastolic: 90,
          news2: 3,
          spo2Scale: { scale: '2' },
          oxygen: { breathing: 'air', flow: 2 },
        },
      ],
    },
    shared: {
      allergies: { state: 'none-known', entries: [{ agent: { text: 'NKDA' } }] },
      infection: { risk: 'yes' },
    },
  };
  const found = codes(odd);
  t.same(
    new Set(found),
    new Set([
      'reason-too-vague',
      'time-given-and-not-known',
      'known-time-missing',
      'anticoagulant-not-stated',
      'news2-mismatch',
      'observations-without-time',
      'news2-incomplete',
      'news2-cannot-be-checked',
      'scale-2-without-authority',
      'oxygen-flow-on-air',
      'diastolic-not-below-systolic',
      'allergy-entry-says-none',
      'none-known-ignored',
      'infection-not-described',
    ]),
  );
  for (const f of form.rules(odd as never, '/caresEscalation', CONTEXT))
    t.match(issueOf(f, 'urgent').severity, 'warning', f.code);
  t.end();
});

t.test('a reason that explains nothing is warned of, one that does is not', (t) => {
  for (const reason of [
    'Unwell',
    'unwell.',
    'Resident is generally unwell',
    'Sudden change',
    'Off her legs',
    'Fall',
    'See notes',
  ]) {
    t.same(
      codes({ concerns: { reason }, shared: { allergies: { state: 'none-known' } } }),
      ['reason-too-vague'],
      reason,
    );
  }
  for (const reason of ['Fell in the bathroom, left hip pain, cannot stand.', BETTYS.concerns.reason]) {
    t.same(codes({ concerns: { reason }, shared: { allergies: { state: 'none-known' } } }), [], reason);
  }
  t.end();
});

t.test('the reason is the Condition of the transfer', (t) => {
  const [condition] = of('Condition', BETTYS);
  t.match(condition, {
    code: { text: BETTYS.concerns.reason },
    clinicalStatus: { coding: [{ code: 'active' }] },
  });
  t.same(faults({ shared: BETTYS.shared }), [{ code: 'missing-field', pointer: '/concerns' }]);
  t.same(faults({ ...BETTYS, concerns: {} }), [{ code: 'missing-field', pointer: '/concerns/reason' }]);
  t.end();
});

t.test('AT-12: allergies in three states, never taken for each other', (t) => {
  t.same(
    faults(paper({})),
    [{ code: 'missing-field', pointer: '/shared/allergies/state' }],
    'absent is not "none"',
  );

  const none = of('AllergyIntolerance', paper({ state: 'none-known' }));
  t.match(none, [{ code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] } }]);
  t.equal(none.length, 1);
  t.same(allergyLines({ state: 'none-known' }), ['No known allergies']);

  const both = { state: 'none-known', entries: [{ agent: { text: 'Latex' } }] };
  t.same(findings(paper(both)), [{ code: 'none-known-ignored', pointer: '/shared/allergies/state' }]);
  t.match(of('AllergyIntolerance', paper(both)), [{ code: { text: 'Latex' } }]);
  t.equal(of('AllergyIntolerance', paper(both)).length, 1, 'the statement is not sent');
  t.same(allergyLines(both), ['Latex: reaction not recorded; severity not recorded; date not recorded']);
  t.equal(allergyHeader(both), 'ALLERGIES: Latex');

  for (const past of [{ status: 'resolved' }, { status: 'inactive' }, { certainty: 'refuted' }]) {
    const told = { state: 'none-known', entries: [{ agent: { text: 'Latex' }, ...past }] };
    t.same(codes(paper(told)), [], JSON.stringify(past));
    t.equal(
      of('AllergyIntolerance', paper(told)).length,
      2,
      'an entry that is past does not speak against it',
    );
    t.equal(allergyHeader(told), 'No known allergies');
  }

  const silent = paper({ state: 'not-recorded' });
  t.same(findings(silent), [{ code: 'allergies-not-recorded', pointer: '/shared/allergies/state' }]);
  t.match(of('List', silent), [
    {
      code: { coding: [{ code: '886921000000105' }] },
      emptyReason: {
        coding: [
          {
            system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-ListEmptyReasonCode',
            code: 'no-content-recorded',
          },
        ],
      },
      note: [{ text: 'Information not available' }],
    },
  ]);
  t.same(of('AllergyIntolerance', silent), []);
  t.same(allergyLines({ state: 'not-recorded' }), ['Allergies: NOT RECORDED']);
  t.match(form.page(silent as never, { created: '2026-11-22T03:12:00+00:00', package: {} })[0], {
    kind: 'banner',
    tone: 'danger',
    lines: ['Allergies: NOT RECORDED'],
  });

  const listed = { state: 'not-recorded', entries: [{ agent: { text: 'Latex' } }] };
  t.same(codes(paper(listed)), ['allergies-listed-but-not-recorded']);
  t.same(of('List', paper(listed)), []);
  t.end();
});

t.test(
  'AT-12: known without an entry is refused, and if it ever came through it would not read as none',
  (t) => {
    const told = { state: 'known' };
    t.same(findings(paper(told)), [
      { code: 'allergies-known-but-not-listed', pointer: '/shared/allergies/entries' },
    ]);
    t.equal(issueOf({ code: 'allergies-known-but-not-listed', pointer: '' }, 'urgent').severity, 'error');
    t.match(of('List', paper(told)), [{ emptyReason: { coding: [{ code: 'unavailable' }] } }]);
    t.same(of('AllergyIntolerance', paper(told)), []);
    t.match(allergyLines(told).join(), /KNOWN BUT NOT LISTED/);
    t.end();
  },
);

t.test('AT-13: an allergy without its agent is refused', (t) => {
  t.same(faults(paper({ state: 'known', entries: [{ reaction: 'Rash' }] })), [
    { code: 'missing-field', pointer: '/shared/allergies/entries/0/agent' },
  ]);
  t.same(faults(paper({ state: 'known', entries: [{ agent: { code: '91936005' } }] })), [
    { code: 'missing-field', pointer: '/shared/allergies/entries/0/agent/text' },
  ]);
  t.end();
});

t.test('AT-48: the head of the page has all allergies or how many, never a part', (t) => {
  const many = {
    state: 'known',
    entries: Array.from({ length: 14 }, (_, i) => ({ agent: { text: `Medicine number ${i}` } })),
  };
  t.equal(allergyHeader(many), '14 ALLERGIES: see page 1');
  t.equal(allergyLines(many).length, 14);
  t.equal(
    allergyHeader({
      state: 'known',
      entries: [{ agent: { text: 'Penicillin' } }, { agent: { text: 'Latex' } }],
    }),
    'ALLERGIES: Penicillin, Latex',
  );
  t.equal(allergyHeader(undefined), 'ALLERGIES: NOT RECORDED');
  t.equal(
    allergyLines(BETTYS.shared.allergies).join().replaceAll('\u00a0', ' '),
    'Penicillin: Rash and swelling of the lips; SEVERE; May 1998',
  );
  t.end();
});

t.test('a severity without a reaction keeps R4 valid: the manifestation is said to be unknown', (t) => {
  const [allergy] = of(
    'AllergyIntolerance',
    paper({ state: 'known', entries: [{ agent: { text: 'Eggs' }, severity: 'severe' }] }),
  );
  t.match(allergy, {
    reaction: [{ severity: 'severe', manifestation: [{ extension: [{ valueCode: 'unknown' }] }] }],
  });
  t.end();
});

t.test('AT-25: the score is reckoned from the readings, with points and what it is derived from', (t) => {
  const [score] = scores(observing(SET));
  t.match(score, {
    valueQuantity: { value: TOTAL, code: '{ScoreOf}' },
    effectiveDateTime: SET.at,
    meta: { profile: /UKCore-Observation-EarlyWarningTotalScore/ },
  });
  const points = Object.fromEntries(
    ((score?.['component'] ?? []) as JsonObject[]).map((c) => [
      ((c['code'] as JsonObject)['coding'] as JsonObject[])[0]?.['code'],
      (c['valueQuantity'] as JsonObject)['value'],
    ]),
  );
  t.same(points, {
    '1104301000000104': 2,
    '1104311000000102': 2,
    '1104331000000105': 0,
    '1104341000000101': 1,
    '1104351000000103': 2,
    '1104361000000100': 3,
    '1104371000000107': 1,
  });
  t.equal(((score?.['derivedFrom'] ?? []) as object[]).length, 7);
  t.end();
});

t.test('AT-25: a given total that differs is kept beside the reckoned one, and warned of', (t) => {
  const data = observing({ ...SET, news2: 4 });
  t.same(findings(data), [{ code: 'news2-mismatch', pointer: '/examination/observations/0/news2' }]);
  t.match(scores(data), [{ valueQuantity: { value: TOTAL } }]);
  const given = of('Observation', data).find((o) =>
    String((o['code'] as JsonObject)['text']).includes('as given by the care home'),
  );
  t.match(given, { valueQuantity: { value: 4 } });
  t.notMatch(given, { code: { coding: Array } }, 'what was given is not read as the score');
  t.match(lines(data)[0], /^11: HIGH; the home says 4: does not follow from the readings \|/);
  t.same(codes(observing({ ...SET, news2: TOTAL })), []);
  t.end();
});

t.test('AT-25, AT-47: one reading missing and there is no total anywhere', (t) => {
  const { temperature: _, ...rest } = SET;
  const data = observing({ ...rest, news2: 10 });
  t.same(codes(data), ['news2-incomplete', 'news2-cannot-be-checked']);
  const [score] = scores(data);
  t.equal(score?.['valueQuantity'], undefined);
  t.match(score, {
    dataAbsentReason: { coding: [{ code: 'unknown' }] },
    note: [{ text: 'Incomplete: at least 10; missing: temperature' }],
  });
  t.notMatch(JSON.stringify(score?.['meta']), /EarlyWarningTotalScore/);
  t.match(lines(data)[0], /^at least 10; temperature not taken; the home says 10: does not follow/);
  t.match(page(data), /INCOMPLETE: at least 10; temperature not taken/);
  t.end();
});

t.test('AT-47: usual confusion does not score and is not called acute; not known is missing', (t) => {
  const usual = observing({ ...SET, consciousness: 'usual-confusion' });
  t.match(scores(usual), [{ valueQuantity: { value: TOTAL - 3 } }]);
  const awake = of('Observation', usual).find((o) => (o['code'] as JsonObject)['text'] === 'Consciousness');
  t.notMatch(JSON.stringify(awake), /130987000|248234008/);
  t.match(awake, { valueCodeableConcept: { text: 'Confused as usual' } });
  const unknown = observing({ ...SET, consciousness: 'not-known' });
  t.equal(scores(unknown)[0]?.['valueQuantity'], undefined);
  t.match(lines(unknown)[0], /consciousness not known/);
  t.end();
});

t.test('AT-47: a reading that was not understood is missing, and printed', (t) => {
  const shown = observing({ ...SET, pulse: 'NOT UNDERSTOOD: 1120' });
  t.match(lines(shown)[0], /at least 9; pulse not understood/);
  t.match(lines(shown)[0], /NOT UNDERSTOOD: 1120/);
  t.match(page(shown), /NOT UNDERSTOOD: 1120/);
  t.end();
});

t.test('an incomplete set without points has no number that could be read as its score', (t) => {
  const shown = observing({ respiration: 18, spo2: 97, systolic: 'NOT UNDERSTOOD: 1120' });
  t.match(page(shown), /INCOMPLETE: total not known; /);
  t.match(lines(shown)[0], /^total not known; /);
  t.notMatch(page(shown) + String(lines(shown)[0]), /at least 0/);
  t.end();
});

t.test('scale 2 only where it is stated, and by whom', (t) => {
  const on = (spo2Scale?: object) => observing({ ...SET, spo2: 89, ...(spo2Scale ? { spo2Scale } : {}) });
  const spo2Of = (data: object) => {
    const components = scores(data)[0]?.['component'] as JsonObject[];
    return components[1];
  };
  t.match(spo2Of(on()), { code: { coding: [{ code: '1104311000000102' }] }, valueQuantity: { value: 3 } });
  t.match(spo2Of(on({ scale: '2', authorisedBy: 'Dr Iqbal' })), {
    code: { coding: [{ code: '1104321000000108' }] },
    valueQuantity: { value: 0 },
  });
  t.same(codes(on({ scale: '2', authorisedBy: 'Dr Iqbal' })), []);
  t.same(codes(on({ scale: '2' })), ['scale-2-without-authority']);
  t.match(lines(on({ scale: '2' })).join('\n'), /NOBODY NAMED who authorised it; on scale 1 the score is 12/);
  t.match(lines(on({ scale: '2', authorisedBy: 'Dr Iqbal' })).join('\n'), /scale 2 authorised by Dr Iqbal/);
  t.end();
});

t.test('readings carry UCUM units and a time; without a time no LOINC code of a vital sign', (t) => {
  const pulse = (data: object) =>
    of('Observation', data).find((o) => (o['code'] as JsonObject)['text'] === 'Pulse') as JsonObject;
  t.match(pulse(observing(SET)), {
    effectiveDateTime: SET.at,
    valueQuantity: { value: 112, code: '/min', system: 'http://unitsofmeasure.org' },
    category: [{ coding: [{ code: 'vital-signs' }] }],
  });
  t.match(JSON.stringify(pulse(observing(SET))), /8867-4/);
  const { at: _, ...untimed } = SET;
  t.notMatch(JSON.stringify(pulse(observing(untimed))), /8867-4|effectiveDateTime/);
  t.same(codes(observing(untimed)), ['observations-without-time']);
  const systolicOnly = of('Observation', observing({ at: SET.at, systolic: 90 })).find(
    (o) => (o['code'] as JsonObject)['text'] === 'Blood pressure',
  );
  t.match(systolicOnly, {
    component: [{ valueQuantity: { value: 90 } }, { dataAbsentReason: { coding: [{ code: 'unknown' }] } }],
  });
  t.end();
});

t.test('AT-42: last seen well, found and onset stand apart; none is derived', (t) => {
  t.same(
    lastSeenLines(BETTYS).map((l) => l.replaceAll('\u00a0', ' ')),
    [
      'Last seen well: Sat 21 November 2026, 22:00 – at the medicines round',
      'Found: Sun 22 November 2026, 02:30',
      'Onset: NOT KNOWN',
    ],
  );
  t.same(lastSeenLines({}), ['Last seen well: not recorded', 'Found: not recorded', 'Onset: not recorded']);
  const only = paper({ state: 'none-known' });
  const found = {
    ...only,
    concerns: { ...only.concerns, found: { known: 'yes', at: '2026-11-22T02:30:00+00:00' } },
  };
  const told = (name: string) =>
    of('Observation', found).filter((o) => (o['code'] as JsonObject)['text'] === name);
  t.match(told('Found'), [{ valueDateTime: '2026-11-22T02:30:00+00:00' }]);
  t.same([...told('Onset'), ...told('Last seen well')], []);
  const onset = of('Observation', BETTYS).find((o) => (o['code'] as JsonObject)['text'] === 'Onset');
  t.match(onset, { dataAbsentReason: { coding: [{ code: 'asked-unknown' }] } });
  t.notOk(onset && 'valueDateTime' in onset);
  t.end();
});

t.test('AT-43: anticoagulant yes, no, not known, or not said; head strike yes, no, unwitnessed', (t) => {
  const line = (anticoagulant?: object) =>
    anticoagulantLine({ concerns: { anticoagulant } } as never).replaceAll('\u00a0', ' ');
  t.equal(
    anticoagulantLine(BETTYS).replaceAll('\u00a0', ' '),
    'Anticoagulant: YES, Apixaban 2.5 mg, last dose Sat 21 November 2026, 20:05, INR 1.1 on 1 November 2026',
  );
  t.equal(line({ taken: 'yes', drug: 'Warfarin' }), 'Anticoagulant: YES, Warfarin, last dose not recorded');
  t.equal(line({ taken: 'no' }), 'Anticoagulant: No');
  t.equal(line({ taken: 'not-known' }), 'Anticoagulant: NOT KNOWN');
  t.equal(line(), 'Anticoagulant: not recorded');
  const struck = (headStrike?: string) => headStrikeLine({ concerns: { headStrike } } as never);
  t.same(
    [struck('yes'), struck('no'), struck('unwitnessed'), struck()],
    ['Head struck: YES', 'Head struck: No', 'Head struck: UNWITNESSED, not known', undefined],
  );
  t.match(page(BETTYS), /"Takes an anticoagulant","value":"Yes, Apixaban/);
  const base = paper({ state: 'none-known' });
  const told = (concerns: object) => codes({ ...base, concerns: { ...base.concerns, ...concerns } });
  t.same(told({ headStrike: 'unwitnessed' }), ['anticoagulant-not-stated']);
  t.same(told({ headStrike: 'no' }), []);
  t.same(told({ anticoagulant: { taken: 'yes' } }), [
    'anticoagulant-detail-missing',
    'anticoagulant-detail-missing',
  ]);
  t.same(told({ anticoagulant: { taken: 'no', drug: 'Warfarin' } }), ['anticoagulant-contradiction']);
  t.end();
});

t.test('infection, calls and who was told have resources of their own', (t) => {
  t.match(of('Flag', BETTYS), [
    {
      code: { text: 'Infection risk: Norovirus in the home. Precautions: Side room' },
      period: { start: '2026-11-19' },
    },
  ]);
  t.same(of('Flag', paper({ state: 'none-known' }, {})), []);
  const calls = of('Communication', BETTYS);
  t.match(
    calls.map((c) => c['sent']),
    ['2026-11-22T02:40:00+00:00', '2026-11-22T02:46:00+00:00', '2026-11-22T03:00:00+00:00'],
  );
  const missed = of(
    'Communication',
    paper(
      { state: 'none-known' },
      { shared: { allergies: { state: 'none-known' }, told: [{ name: 'Son', outcome: 'not-reached' }] } },
    ),
  );
  t.match(missed, [{ status: 'not-done', recipient: [{ display: 'Son' }] }]);
  const cares = BETTYS as unknown as JsonObject;
  t.equal(
    infectionLine(member(cares, 'shared.infection')),
    'Infection risk: YES – Norovirus in the home – Side room',
  );
  t.equal(returnLine(cares), 'Can return tonight: YES – If no fracture and obs settle – call 020 7946 0001');
  t.match(toldLines(cares), [/^Grace Okafor \(Daughter\): Told, /]);
  t.match(calledLines(cares), [/^NHS 111, .*reference A-4711/, /^999, /]);
  t.end();
});

t.test('every leaf is on paper', (t) => {
  const words = page(BETTYS);
  for (const [pointer, value] of leaves(BETTYS as never)) {
    if (typeof value !== 'string' || /^[a-z0-9-]+$/.test(value) || /^\d{4}-\d{2}/.test(value)) continue;
    t.match(words, JSON.stringify(value).slice(1, -1), pointer);
  }
  for (const said of [
    'More breathless or chesty',
    'Scale 2 (target 88–92 %)',
    '104 mmHg',
    'Unwitnessed: not known',
  ]) {
    t.match(words, said);
  }
  t.end();
});

t.test('the transfer says why in its own words and points to the Condition', (t) => {
  const writer = new Writer({
    uuid: (name) => uuid5('7f3c1f0e-0000-4000-8000-000000000001', name),
    source: 'urn:uuid:test',
  });
  const encounter = writer.add('Encounter', '', { profiles: [], role: 'transfer' });
  writeForm(writer, form, BETTYS as never, '/caresEscalation');
  writer.finish();
  t.match(encounter.resource, {
    reasonCode: [{ text: BETTYS.concerns.reason }],
    reasonReference: [{ reference: writer.role('reason')?.fullUrl }],
  });
  t.end();
});
