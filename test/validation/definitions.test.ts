/** Definitions as instances: StructureDefinition, ValueSet, CodeSystem, ConceptMap, Questionnaire; and displays. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { isExpressionConstraint } from '#src/validation/terminology/ecl.js';
import { createValidator } from '#src/validation/validator.js';

// biome-ignore lint/suspicious/noExplicitAny: definitions and instances are written short
type Anything = any;

const BASE = 'https://x.test/fhir';
const CORE = 'http://hl7.org/fhir/StructureDefinition';
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
const root = mkdtempSync(path.join(tmpdir(), 'definitions-'));
t.teardown(() => rmSync(root, { recursive: true, force: true }));

const COLOURS = `${BASE}/CodeSystem/colours`;
const colours = {
  resourceType: 'CodeSystem',
  url: COLOURS,
  name: 'Colours',
  status: 'active',
  content: 'complete',
  caseSensitive: true,
  text,
  count: 3,
  property: [
    { code: 'warm', type: 'boolean' },
    { code: 'near', type: 'code' },
    { code: 'like', type: 'Coding' },
  ],
  filter: [{ code: 'tone', operator: ['='], value: 'a tone' }],
  concept: [
    {
      code: 'red',
      display: 'Red',
      designation: [{ language: 'cy', value: 'Coch' }],
      property: [{ code: 'warm', valueBoolean: true }],
      concept: [{ code: 'pink', display: 'Pink' }],
    },
    { code: 'blue', display: 'Blue' },
  ],
};
const palette = {
  resourceType: 'ValueSet',
  url: `${BASE}/ValueSet/palette`,
  name: 'Palette',
  status: 'active',
  text,
  compose: { include: [{ system: COLOURS, concept: [{ code: 'red' }] }] },
};
const more = {
  resourceType: 'CodeSystem',
  url: `${BASE}/CodeSystem/more`,
  name: 'More',
  status: 'active',
  content: 'supplement',
  supplements: COLOURS,
  text,
  concept: [{ code: 'red', designation: [{ value: 'Rouge' }] }],
};

function load(...definitions: readonly Anything[]): ReturnType<typeof createValidator> {
  const files = definitions.map((definition, index) => {
    const file = path.join(root, `${index}-${Math.random()}.json`);
    writeFileSync(file, JSON.stringify(definition));
    return file;
  });
  return createValidator({ packages: files });
}

const validator = load(colours, palette, more);

function told(resource: Anything, severity = 'error'): string[] {
  return validator
    .validate(resource)
    .issues.filter((issue) => issue.severity === severity)
    .map(({ rule, expression }) => `${rule} ${expression}`);
}

t.test('addresses of definitions', async (t) => {
  t.strictSame(told({ ...palette, url: 'urn:uuid:6a2ee390-978e-42c6-8f88-c17dff3bd8a3' }), []);
  t.strictSame(told({ ...palette, url: 'ValueSet/palette' }), ['canonical-url ValueSet.url']);
  t.strictSame(told({ ...palette, url: 'urn:uuid:6A2EE390-978e-42c6-8f88-c17dff3bd8a3' }), [
    'uri-uuid ValueSet.url',
  ]);
  t.strictSame(told({ resourceType: 'Patient', text }), []);
});

t.test('CodeSystem', async (t) => {
  t.strictSame(told(colours), []);
  t.strictSame(told({ ...colours, count: 4 }), ['code-system-count CodeSystem.count']);
  t.strictSame(told({ ...colours, content: 'fragment', count: 4 }), []);
  const [red, blue] = colours.concept;
  t.strictSame(
    told({ ...colours, concept: [{ ...red, property: [{ code: 'warm', valueString: 'very' }] }, blue] }),
    ['code-system-property CodeSystem.concept[0].property[0]'],
  );
  t.strictSame(
    told(
      { ...colours, concept: [{ ...red, property: [{ code: 'near', valueCode: 'green' }] }, blue] },
      'warning',
    ),
    ['code-system-property CodeSystem.concept[0].property[0]'],
  );
  t.strictSame(told(more), []);
  t.strictSame(told({ ...more, content: 'complete' }), ['code-system-supplement CodeSystem.content']);
  t.strictSame(told({ ...more, concept: [{ code: 'green' }] }), [
    'code-system-supplement CodeSystem.concept[0]',
  ]);
});

t.test('ValueSet', async (t) => {
  const including = (include: Anything): Anything => ({ ...palette, compose: { include: [include] } });
  const filtered = (filter: Anything, system = COLOURS): Anything => including({ system, filter: [filter] });
  const place = 'value-set-filter ValueSet.compose.include[0].filter[0]';
  t.strictSame(told(palette), []);
  t.strictSame(told(including({ system: '#c1' })), ['value-set-system ValueSet.compose.include[0]']);
  t.strictSame(told(including({ valueSet: [`${palette.url}|1`] })), [
    'value-set-loop ValueSet.compose.include[0].valueSet[0]',
  ]);
  t.strictSame(told(including({ system: COLOURS, concept: [{ code: 'green' }] })), [
    'value-set-code ValueSet.compose.include[0].concept[0]',
  ]);
  t.strictSame(told(filtered({ property: 'concept', op: 'is-a', value: 'red' })), []);
  t.strictSame(told(filtered({ property: 'concept', op: 'is-a', value: 'green' })), [place]);
  t.strictSame(told(filtered({ property: 'warm', op: '=', value: 'true' })), []);
  t.strictSame(told(filtered({ property: 'warm', op: '=', value: '1' })), [place]);
  t.strictSame(told(filtered({ property: 'notSelectable', op: '=', value: 'no' })), [place]);
  t.strictSame(told(filtered({ property: 'tone', op: 'in', value: 'x' })), [place]);
  t.strictSame(told(filtered({ property: 'shade', op: '=', value: 'x' }), 'warning'), [place]);
  t.strictSame(told(filtered({ property: 'like', op: '=', value: `${COLOURS}#red` })), []);
  t.strictSame(told(filtered({ property: 'like', op: '=', value: `${COLOURS}#green` })), [place]);
  t.strictSame(told(filtered({ property: 'like', op: '=', value: `${COLOURS}|red` }), 'warning'), [place]);
  const snomed = 'http://snomed.info/sct';
  t.strictSame(told(filtered({ property: 'concept', op: 'is-a', value: '138875005' }, snomed)), []);
  t.strictSame(told(filtered({ property: 'concept', op: 'is-a', value: 'something' }, snomed)), [place]);
  t.strictSame(told(filtered({ property: '246075003', op: 'is-a', value: 'x' }, snomed)), [place]);
  t.strictSame(told(filtered({ property: 'constraint', op: '=', value: '<< 404684003' }, snomed)), []);
  t.strictSame(told(filtered({ property: 'concept', op: 'in', value: '^999000401000000107' }, snomed)), []);
  t.strictSame(told(filtered({ property: 'constraint', op: '=', value: '404684003 << 404684003' }, snomed)), [
    place,
  ]);
});

t.test('expression constraints of SNOMED CT', async (t) => {
  const good = [
    '*',
    '404684003 |Clinical finding|',
    '<< 404684003 MINUS < 64572001',
    '<404684003 OR (<413350009 AND ^ 700043003)',
    '< 404684003 : 363698007 = << 39057004, 116676008 = *',
    '< 404684003 : { 363698007 = << 39057004 , 116676008 = ( < 415582006 OR < 1 ) }'.replace(
      '< 1 ',
      '< 55641003 ',
    ),
    '< 763158003 : [1..3] 127489000 = < 105590001',
    '< 27658006 : 411116001 = << 385268001, 3264475007 >= #250',
    '<< 125605004 . 363698007',
    '^ 999000401000000107 {{ term = "heart" }}',
    'descendantOf 105590001 OR descendantOrSelfOf 716186003 or memberOf 999000401000000107',
    'descendantOf any',
  ];
  for (const text of good) t.equal(isExpressionConstraint(text), true, text);
  const bad = [
    '',
    '<<',
    '234234 << 234234',
    '<< 404684003 OR',
    '(404684003',
    '404684003)',
    'is-a 404684003',
    '< 404684003 : 363698007',
  ];
  for (const text of bad) t.equal(isExpressionConstraint(text), false, text);
  t.equal(isExpressionConstraint('('.repeat(19_000)), false, 'deep nesting is refused, not followed');
  t.equal(isExpressionConstraint('('.repeat(30_000)), undefined);
});

t.test('ConceptMap', async (t) => {
  const map = (code: string, target: string): Anything => ({
    resourceType: 'ConceptMap',
    name: 'Map',
    status: 'active',
    text,
    sourceCanonical: palette.url,
    group: [
      {
        source: COLOURS,
        target: COLOURS,
        element: [{ code, target: [{ code: target, equivalence: 'equivalent' }] }],
      },
    ],
  });
  const element = 'ConceptMap.group[0].element[0]';
  t.strictSame(told(map('red', 'blue')), []);
  t.strictSame(told(map('green', 'blue')), [`concept-map-code ${element}.code`]);
  t.strictSame(told(map('blue', 'red')), [`concept-map-code ${element}.code`], 'not in the value set');
  t.strictSame(told(map('red', 'green')), [`concept-map-code ${element}.target[0].code`]);
});

t.test('displays, and supplements named as systems', async (t) => {
  const coded = (coding: Anything): Anything => ({
    resourceType: 'Observation',
    status: 'final',
    text,
    code: { coding: [coding] },
  });
  t.strictSame(told(coded({ system: COLOURS, code: 'red', display: ' RED' })), []);
  t.strictSame(told(coded({ system: COLOURS, code: 'red', display: 'Coch' })), []);
  t.strictSame(told(coded({ system: COLOURS, code: 'red', display: 'Blue' })), [
    'display Observation.code.coding[0].display',
  ]);
  t.strictSame(told(coded({ system: more.url, code: 'red' })), [
    'coding-supplement Observation.code.coding[0].system',
  ]);
});

t.test('Questionnaire', async (t) => {
  const asking = (item: readonly Anything[]): Anything => ({
    resourceType: 'Questionnaire',
    name: 'Asking',
    status: 'active',
    text,
    item,
  });
  const when = (question: string): Anything => [{ question, operator: 'exists', answerBoolean: true }];
  const a = { linkId: 'a', type: 'boolean', text: 'a' };
  const b = { linkId: 'b', type: 'string', text: 'b' };
  const place = 'questionnaire-condition Questionnaire.item[1].enableWhen[0].question';
  t.strictSame(told(asking([a, { ...b, enableWhen: when('a') }])), []);
  t.strictSame(told(asking([a, { ...b, enableWhen: when('z') }])), [place]);
  t.strictSame(told(asking([a, { ...b, enableWhen: when('b') }])), [place]);
  t.strictSame(told(asking([{ ...b, enableWhen: when('a') }, a]), 'warning'), [place.replace('[1]', '[0]')]);
  t.strictSame(told(asking([{ ...a, initial: [{ valueString: 'yes' }] }]), 'warning'), [
    'questionnaire-initial Questionnaire.item[0].initial[0].value',
  ]);
});

t.test('StructureDefinition', async (t) => {
  const profile = (element: readonly Anything[], members: Anything = {}): Anything => ({
    resourceType: 'StructureDefinition',
    url: `${BASE}/StructureDefinition/p`,
    name: 'P',
    status: 'active',
    kind: 'resource',
    abstract: false,
    type: 'Observation',
    baseDefinition: `${CORE}/Observation`,
    derivation: 'constraint',
    text,
    differential: { element: [{ id: 'Observation', path: 'Observation' }, ...element] },
    ...members,
  });
  const one = (members: Anything): string[] => told(profile([{ id: members.path, ...members }]));
  const at = 'StructureDefinition.differential.element[1]';
  t.strictSame(one({ path: 'Observation.subject', min: 1 }), []);
  t.strictSame(one({ path: 'Observation.value[x]', type: [{ code: 'Quantity' }] }), []);
  t.strictSame(one({ path: 'Observation.valueQuantity.code', min: 1 }), []);
  t.strictSame(one({ path: 'Observation.valueColour', min: 1 }), [`element-path ${at}`]);
  t.strictSame(one({ path: 'Observation.code.colour', min: 1 }), [`element-path ${at}`]);
  t.strictSame(one({ path: 'Observation.status', min: 0 }), [`element-min ${at}`]);
  t.strictSame(one({ path: 'Observation.subject', max: '*' }), [`element-max ${at}`]);
  t.strictSame(one({ path: 'Observation.value[x]', type: [{ code: 'Address' }] }), [`element-type ${at}`]);
  t.strictSame(
    one({ path: 'Observation.issued', binding: { strength: 'required', valueSet: palette.url } }),
    [`element-binding ${at}`],
  );
  t.strictSame(
    one({ path: 'Observation.status', binding: { strength: 'preferred', valueSet: palette.url } }),
    [`element-binding ${at}`],
  );
  t.strictSame(one({ path: 'Observation.issued', fixedString: 'x' }), [`element-value ${at}`]);
  t.strictSame(
    one({
      path: 'Observation.subject',
      constraint: [{ key: 'x-1', severity: 'error', human: 'x', expression: 'a b (' }],
    }),
    [`element-constraint ${at}`],
  );
  t.strictSame(
    told(profile([], { type: 'Patient', differential: { element: [{ id: 'Patient', path: 'Patient' }] } })),
    ['structure-type StructureDefinition'],
  );
  t.strictSame(told(profile([], { baseDefinition: `${BASE}/unknown` })), []);
  t.ok(
    told(profile([], { baseDefinition: `${BASE}/unknown` }), 'warning').includes(
      'structure-base StructureDefinition',
    ),
  );
});

t.test(
  'a profile that speaks of an element that does not exist says so, and the rest of it holds',
  async (t) => {
    const url = `${BASE}/StructureDefinition/odd`;
    const odd = load({
      resourceType: 'StructureDefinition',
      url,
      name: 'Odd',
      status: 'active',
      kind: 'resource',
      abstract: false,
      type: 'Patient',
      baseDefinition: `${CORE}/Patient`,
      derivation: 'constraint',
      differential: {
        element: [
          { path: 'Patient.dateOfBirth', min: 1 },
          { path: 'Patient.gender', min: 1 },
        ],
      },
    });
    const { issues } = odd.validate({ resourceType: 'Patient', text }, { profiles: [url] });
    t.strictSame(issues.map(({ severity, rule }) => `${severity} ${rule}`).sort(), [
      'error cardinality-min',
      'warning profile-element-unknown',
    ]);
  },
);
