import t from 'tap';
import { isSctid } from '#src/fhir/sctid.js';
import { olderPersonsAssessmentForm as form } from '#src/forms/older-persons-assessment/form.js';
import { assessedWords, swallowingGroup, usualItems } from '#src/forms/older-persons-assessment/front.js';
import { safeguardingLine } from '#src/forms/older-persons-assessment/page-one.js';
import { careNeedsSummaryRule } from '#src/forms/older-persons-assessment/rules.js';
import { isContentFault, issueOf } from '#src/intake/issues.js';
import { createSchemaCheck } from '#src/intake/schema-issues.js';
import { formats } from '#src/mapping/formats.js';
import { type JsonObject, leaves } from '#src/mapping/json.js';
import type { Node } from '#src/mapping/path.js';
import { provesFormLaws, provesLeavesMatter, written } from '../support/form-laws.js';
import { said } from '../support/front-words.js';

const BETTYS = {
  assessedOn: '2026-05-03',
  careNeedsSummary:
    'Betty needs one person to wash, dress and walk. She eats alone when the plate is set before her and she is not hurried. She must sit upright for meals and for half an hour after them. At night she is checked every two hours.',
  eatingAndDrinking: {
    usual: { capability: 'slight-disability', description: 'Eats alone with a plate guard' },
    now: { capability: 'severe-disability', description: 'Has eaten nothing since lunch' },
    foodLevel: '6',
    drinkLevel: '2',
    levelsSetBy: 'Speech and language therapist',
    levelsSetOn: '2026-03-09',
    chokingRisk: 'yes',
    swallowing: 'Upright, small sips',
    diet: 'Halal',
    mouthAndTeeth: 'Upper denture',
  },
  mobility: {
    usual: { capability: 'moderate-disability', description: 'Walks with a frame and one person' },
    transfers: 'One person',
    peopleNeeded: 1,
    bedRails: 'no',
    injuriousFalls: 'Wrist, January',
  },
  elimination: {
    continence: { usual: { description: 'Pads at night' } },
    bowels: { usualStoolType: 4, lastOpened: '2026-11-21T09:00:00+00:00' },
    catheter: { present: 'yes', kind: 'Urethral 14 Ch', lastChanged: '2026-10-30', selfManaged: false },
    stoma: { present: 'no' },
  },
  hygieneAndDressing: { usual: { capability: 'moderate-disability' }, mouthCare: 'Twice daily' },
  skin: {
    integrity: 'Fragile',
    wounds: [{ site: 'Sacrum', kind: 'pressure-ulcer', category: '2' }],
    canAlterPosition: 'no',
  },
  communication: { usual: { description: 'Chatty, hard of hearing' }, howToTalk: 'Speak to her left side' },
  cognition: { usual: { description: 'Knows family and staff' }, diagnosis: 'Mixed dementia, 2023' },
  behaviour: { triggers: 'Noise', whatHelps: 'Singing' },
  sleep: { routine: 'Lamp on' },
  medicationManagement: { withPerson: true, administeredBy: 'Care staff', aids: 'Spoon and yoghurt' },
  aids: [
    { kind: 'hearing-aid-left', withPerson: true },
    { kind: 'walking-frame', description: 'Wheeled', withPerson: false },
  ],
  scores: {
    clinicalFrailty: { total: 7, on: '2026-10-01', by: 'GP' },
    must: { total: 1, on: '2026-11-01' },
    waterlow: { total: 18, on: '2026-11-01' },
    abbeyPain: { total: 9, on: '2026-11-22' },
    fourAT: { total: 4, on: '2026-11-22' },
    barthel: { version: 'uk', total: 9, on: '2026-05-03', by: 'Nurse' },
    amts: { total: 6, on: '2026-05-03' },
    sixCit: { total: 14, on: '2026-05-03' },
    weight: { value: 51.4, on: '2026-11-01' },
    height: { value: 158, on: '2026-01-10' },
    bmi: { value: 20.6, on: '2026-11-01' },
    weightChange: 'Lost 2 kg since August',
  },
  risks: [
    {
      kind: 'falls',
      description: 'Gets up at night',
      precautions: 'Sensor mat',
      start: '2026-01-05',
      end: '2027-01-05',
    },
  ],
  infection: { risk: 'no' },
  safeguarding: {
    indicator: true,
    concern: 'Bruises on both wrists, October',
    referredTo: 'Sutton',
    on: '2026-10-12',
  },
  alerts: [{ alert: 'Pulls at lines and catheters', on: '2026-02-02', by: 'Ama Boateng' }],
  problems: [
    { name: 'Atrial fibrillation', code: '49436004', status: 'active', onset: '2019' },
    { name: 'Fractured wrist', status: 'resolved', onset: '2026-01', comment: 'Plate in place' },
  ],
  reasonableAdjustments: [
    {
      category: 'requires-specific-information-format',
      adjustment: 'Easy read',
      coding: { system: 'http://snomed.info/sct', code: '796161000000101', display: 'Easyread' },
      detail: 'Pictures help',
      date: '2025-01-01',
    },
  ],
  impairments: [{ kind: 'hearing', detail: 'Deaf on the right' }],
  otherRequirements: 'Female carers for washing',
  levelOfObservation: 'B',
  recorded: {
    at: '2026-05-03T10:00:00+01:00',
    by: { name: 'Joy Mensah', role: 'Nurse', registration: { body: 'nmc', number: '18A1234E' } },
  },
};

const CONTEXT = { mode: 'complete', package: {}, now: '2026-11-22T04:00:00Z' } as const;
const check = createSchemaCheck(form.schema, { formats });
const faults = (data: unknown) => check.faults(data).map(({ code, pointer }) => ({ code, pointer }));
const findings = (data: unknown) => form.rules(data as JsonObject, '', CONTEXT);
const codes = (data: object): string[] => findings({ assessedOn: '2026-05-03', ...data }).map((f) => f.code);
const resources = (data: unknown): Node[] => written(form, data as JsonObject).resources;
const of = (type: string, data: unknown): Node[] => resources(data).filter((r) => r['resourceType'] === type);
const _plain = (words: readonly string[]): string[] => words.map((w) => w.replaceAll('\u00a0', ' '));
const page = (data: object): string =>
  JSON.stringify(
    form.page(data as JsonObject, { created: '2026-11-22T03:12:00+00:00', package: {} }),
  ).replaceAll('\u00a0', ' ');

provesFormLaws(t, form, {
  normalise: (pointer, value) => (pointer.endsWith('/coding/system') ? 'http://snomed.info/sct' : value),
});
// The corrected code system is the one leaf of which two values are stored alike.
provesLeavesMatter(t, form, {
  ...BETTYS,
  reasonableAdjustments: [{ ...BETTYS.reasonableAdjustments[0], coding: undefined }] as never,
});

t.test('Betty: accepted, nothing to warn of', (t) => {
  t.same(faults(BETTYS), []);
  t.same(findings(BETTYS), []);
  t.end();
});

t.test('AT-11: a missing care needs summary is refused in complete mode, a warning in urgent mode', (t) => {
  const expected = [
    { code: 'care-needs-summary-missing', pointer: '/olderPersonsAssessment/careNeedsSummary' },
  ];
  t.same(careNeedsSummaryRule({}, CONTEXT), expected, 'the whole paper is missing');
  t.same(careNeedsSummaryRule({ olderPersonsAssessment: { assessedOn: '2026-05-03' } }, CONTEXT), expected);
  t.same(careNeedsSummaryRule({ olderPersonsAssessment: BETTYS }, CONTEXT), []);
  for (const finding of expected) {
    t.equal(issueOf(finding, 'complete').severity, 'error');
    t.equal(issueOf(finding, 'urgent').severity, 'warning');
  }
  t.end();
});

t.test('AT-11: more than 150 characters are kept whole', (t) => {
  const careNeedsSummary = 'Needs help. '.repeat(1500).trim();
  t.same(faults({ careNeedsSummary }), []);
  t.match(JSON.stringify(resources({ careNeedsSummary })), careNeedsSummary);
  t.match(page({ careNeedsSummary }), careNeedsSummary);
  t.end();
});

t.test('AT-26: bounds, bands and codes of the scores', (t) => {
  const bounds = {
    clinicalFrailty: [1, 9],
    must: [0, 6],
    abbeyPain: [0, 18],
    fourAT: [0, 12],
    amts: [0, 10],
    sixCit: [0, 28],
  } as const;
  for (const [name, [least, most]] of Object.entries(bounds)) {
    for (const total of [least, most])
      t.same(faults({ scores: { [name]: { total } } }), [], `${name} ${total}`);
    for (const total of [least - 1, most + 1, least + 0.5]) {
      t.equal(
        faults({ scores: { [name]: { total } } })[0]?.pointer,
        `/scores/${name}/total`,
        `${name} ${total}`,
      );
    }
  }
  const bands = {
    clinicalFrailty: [
      [1, 'very fit'],
      [9, 'terminally ill'],
    ],
    must: [
      [0, 'low risk'],
      [1, 'medium risk'],
      [2, 'high risk'],
      [6, 'high risk'],
    ],
    waterlow: [
      [9, 'below the risk threshold'],
      [10, 'at risk'],
      [14, 'at risk'],
      [15, 'high risk'],
      [19, 'high risk'],
      [20, 'very high risk'],
    ],
    abbeyPain: [
      [2, 'no pain'],
      [3, 'mild pain'],
      [7, 'mild pain'],
      [8, 'moderate pain'],
      [13, 'moderate pain'],
      [14, 'severe pain'],
    ],
  } as const;
  for (const [name, cells] of Object.entries(bands)) {
    for (const [total, band] of cells) {
      const data = { scores: { [name]: { total, on: '2026-11-01' } } };
      t.match(
        of('Observation', data),
        [{ valueQuantity: { value: total }, note: [{ text: new RegExp(`${total}: ${band}$`) }] }],
        `${name} ${total}`,
      );
    }
  }
  const scoreCodes = of('Observation', { scores: BETTYS.scores }).map(
    (o) => ((o['code'] as JsonObject)['coding'] as JsonObject[])[0]?.['code'] as string,
  );
  t.same(scoreCodes, [
    '763264000',
    '444297006',
    '201221000000101',
    '770634001',
    '1239211000000103',
    '446840000',
    '1085151000000108',
    '493441000000107',
    '27113001',
    '50373000',
    '60621009',
  ]);
  t.ok(scoreCodes.every(isSctid));
  t.same(codes({ scores: { must: { total: 1 } } }), ['score-without-date']);
  t.end();
});

t.test('AT-26: a Barthel total names its version', (t) => {
  t.same(faults({ scores: { barthel: { total: 9 } } }), [
    { code: 'missing-field', pointer: '/scores/barthel/version' },
  ]);
  const coded = (version: string) => {
    const found = JSON.stringify(
      of('Observation', { scores: { barthel: { version, total: 9 } } })[0]?.['code'],
    );
    return /"code":"(\d+)"/.exec(found)?.[1];
  };
  t.same(['original', 'uk', 'modified'].map(coded), ['493451000000105', '493441000000107', '443653008']);
  t.same(codes({ scores: { barthel: { version: 'uk', total: 85, on: '2026-05-03' } } }), [
    'barthel-out-of-range',
  ]);
  t.ok(isContentFault('barthel-out-of-range'));
  t.same(codes({ scores: { barthel: { version: 'original', total: 85, on: '2026-05-03' } } }), []);
  t.end();
});

t.test(
  'AT-27: each adjustment keeps its code under http://snomed.info/sct; the https variant is corrected and reported',
  (t) => {
    const written2 = written(form, {
      reasonableAdjustments: [
        { adjustment: 'Easy read', coding: { system: 'https://snomed.info/sct', code: '796161000000101' } },
      ],
    });
    const flag = written2.resources.find((r) => r['resourceType'] === 'Flag');
    t.match(flag, {
      code: { text: 'Easy read', coding: [{ system: 'http://snomed.info/sct', code: '796161000000101' }] },
      category: [{ coding: [{ code: 'national-reasonable-adjustment-flag' }] }],
    });
    t.match(written2.writer.coverage.get('/olderPersonsAssessment/reasonableAdjustments/0/coding/system'), [
      { normalised: true },
    ]);
    const right = written(form, BETTYS);
    t.notMatch(right.writer.coverage.get('/olderPersonsAssessment/reasonableAdjustments/0/coding/system'), [
      { normalised: true },
    ]);
    const finding = findings({
      assessedOn: '2026-05-03',
      reasonableAdjustments: [
        { adjustment: 'Easy read', coding: { system: 'https://snomed.info/sct', code: '796161000000101' } },
      ],
    });
    t.same(finding, [{ code: 'snomed-system-corrected', pointer: '/reasonableAdjustments/0/coding/system' }]);
    t.equal(issueOf(finding[0] as never, 'complete').severity, 'information');
    t.same(
      faults({
        reasonableAdjustments: [
          { adjustment: 'x', coding: { system: 'http://example.org', code: '796161000000101' } },
        ],
      }),
      [{ code: 'not-a-choice', pointer: '/reasonableAdjustments/0/coding/system' }],
    );
    t.same(
      faults({
        reasonableAdjustments: [
          { adjustment: 'x', coding: { system: 'http://snomed.info/sct', code: '7961610000001018' } },
        ],
      }),
      [{ code: 'snomed-check-digit', pointer: '/reasonableAdjustments/0/coding/code' }],
    );
    t.end();
  },
);

t.test(
  'AT-31: the safeguarding indicator is required when the part is sent; its Flag does not tell the concern',
  (t) => {
    t.same(faults({ safeguarding: { concern: 'Bruises' } }), [
      { code: 'missing-field', pointer: '/safeguarding/indicator' },
    ]);
    t.same(faults({ safeguarding: { indicator: false } }), []);
    const [flag] = of('Flag', { safeguarding: { indicator: true, concern: 'Bruises' } });
    t.match(flag, { code: { text: 'Safeguarding concern: ask the care home' } });
    t.notMatch(JSON.stringify(flag), /Bruises/);
    t.same(of('Flag', { safeguarding: { indicator: false } }), []);
    t.match(safeguardingLine(BETTYS), /SAFEGUARDING CONCERN/);
    t.notMatch(safeguardingLine(BETTYS), /[Bb]ruises/);
    t.equal(safeguardingLine(BETTYS, { hidden: true }), undefined, 'a site keeps it off page one');
    t.equal(safeguardingLine({}), undefined);
    t.match(page(BETTYS), /Bruises on both wrists/, 'its own page tells it');
    t.end();
  },
);

t.test(
  'AT-46: IDDSI food and drink apart, number and words; "soft diet" is warned of and left as sent',
  (t) => {
    t.same(said(swallowingGroup(BETTYS)?.items), [
      'Choking risk: YES.',
      'FOOD: IDDSI Level 6, soft and bite-sized.',
      'DRINKS: IDDSI Level 2, mildly thick (set 9 March 2026).',
      'Swallowing: Upright, small sips',
    ]);
    const regular = said(swallowingGroup({ eatingAndDrinking: { foodLevel: '7-regular' } })?.items);
    t.match(regular, ['Choking risk: not recorded.', /^FOOD: IDDSI Level 7/, 'DRINKS: level not recorded.']);
    t.equal(swallowingGroup({ eatingAndDrinking: { diet: 'Halal' } }), undefined);
    const coded = (eatingAndDrinking: object) =>
      of('Observation', { eatingAndDrinking }).map(
        (o) => ((o['valueCodeableConcept'] as JsonObject)['coding'] as JsonObject[])[0]?.['code'],
      );
    t.same(
      ['3', '4', '5', '6', '7-easy-to-chew', '7-regular'].map((foodLevel) => coded({ foodLevel })),
      [['1237444002'], ['1237447009'], ['1237448004'], ['1237449007'], ['1237450007'], ['1237451006']],
    );
    t.same(
      ['0', '1', '2', '3', '4'].map((drinkLevel) => coded({ drinkLevel })),
      [['1231508001'], ['1237441005'], ['1237442003'], ['1237444002'], ['1237446000']],
    );
    t.equal(of('Observation', { eatingAndDrinking: { foodLevel: '3', drinkLevel: '3' } }).length, 2);
    for (const diet of [
      'Soft diet',
      'SOFT DIET please',
      'likes soft food',
      'custard thick fluids',
      'Stage 2 fluids',
      'thickened fluids',
    ]) {
      t.same(
        findings({ assessedOn: '2026-05-03', eatingAndDrinking: { diet } }),
        [{ code: 'texture-not-iddsi', pointer: '/eatingAndDrinking/diet' }],
        diet,
      );
      t.match(JSON.stringify(resources({ eatingAndDrinking: { diet } })), diet);
    }
    t.same(codes({ careNeedsSummary: 'On a soft diet.' }), ['texture-not-iddsi']);
    t.same(codes({ eatingAndDrinking: { diet: 'Soft toys on the bed, likes custard' } }), []);
    t.same(codes({ eatingAndDrinking: { chokingRisk: 'yes', foodLevel: '4' } }), ['iddsi-level-missing']);
    t.end();
  },
);

t.test('risks, alerts and problems: what contradicts itself keeps R4 valid', (t) => {
  const backwards = {
    risks: [{ kind: 'falls', description: 'Gets up', start: '2026-05-01', end: '2026-04-01' }],
  };
  t.match(of('Flag', backwards), [{ period: { start: '2026-05-01' } }]);
  t.notMatch(JSON.stringify(of('Flag', backwards)), /2026-04-01/);
  t.same(codes(backwards), ['ends-before-it-starts']);
  t.match(
    of('Flag', BETTYS).map((f) => (f['code'] as JsonObject)['text']),
    [
      'Gets up at night',
      'Safeguarding concern: ask the care home',
      'Pulls at lines and catheters',
      'Easy read',
    ],
  );
  t.match(of('Condition', BETTYS), [
    {
      code: { text: 'Atrial fibrillation' },
      clinicalStatus: { coding: [{ code: 'active' }] },
      onsetDateTime: '2019',
    },
    { code: { text: 'Fractured wrist' }, clinicalStatus: { coding: [{ code: 'resolved' }] } },
    { code: { coding: [{ code: 'hearing' }] } },
  ]);
  t.end();
});

t.test('usual self for page one: usual before now, aids with the person or not', (t) => {
  const { items, missing } = usualItems(BETTYS);
  t.same(said(items), [
    'Communication: Chatty, hard of hearing. How to talk: Speak to her left side',
    'Cognition: Knows family and staff. Diagnosis: Mixed dementia, 2023',
    'Mobility: Walks with a frame and one person. Transfers: One person',
    'Continence: Pads at night. Catheter: YES, Urethral 14 Ch, last changed 30 October 2026. Stoma: no',
    'Eating and drinking: Eats alone with a plate guard',
    'Eating and drinking NOW: Has eaten nothing since lunch',
    'Behaviour: What helps: Singing',
    'Aids with the person: Hearing aid, left',
    'NOT with the person: Walking frame',
    `Care needs: ${BETTYS.careNeedsSummary}`,
  ]);
  t.same(missing, []);
  const aids = [{ kind: 'glasses' }, { kind: 'walking-frame', withPerson: false }];
  t.same(
    said(usualItems({ aids }).items),
    ['Aids NOT with the person: Walking frame', 'not recorded if with the person: Glasses'],
    'what was not said is in neither',
  );
  t.same(usualItems({}).items, []);
  t.same(usualItems({}).missing, [
    'communication',
    'cognition',
    'mobility',
    'continence',
    'eating and drinking',
    'aids',
  ]);
  t.equal(
    assessedWords(BETTYS, '2026-11-22T03:12:00Z').replaceAll('\u00a0', ' '),
    'assessed 3 May 2026, 203 days ago',
  );
  t.match(page(BETTYS), /Assessed on 3 May 2026, 203 days before this transfer/);
  t.match(page({ careNeedsSummary: 'x' }), /Assessed: DATE NOT RECORDED/);
  t.end();
});

t.test('every leaf is on paper', (t) => {
  const words = page(BETTYS);
  for (const [pointer, value] of leaves(BETTYS as never)) {
    if (typeof value !== 'string' || /^[a-z0-9-]+$/.test(value) || /^\d{4}-\d{2}/.test(value)) continue;
    if (pointer === '/levelOfObservation' || pointer.endsWith('/coding/system')) continue;
    t.match(words, JSON.stringify(value).slice(1, -1), pointer);
  }
  for (const said of ['B, intermittent', '51.4 kg', 'http://snomed.info/sct', 'Easyread'])
    t.match(words, said);
  t.end();
});

t.test('a value that was not understood is printed as it is', (t) => {
  const shown = { scores: { must: { total: 'NOT UNDERSTOOD: 9', on: 'NOT UNDERSTOOD: 2026-02-31' } } };
  t.match(page(shown), /NOT UNDERSTOOD: 9/);
  t.end();
});
