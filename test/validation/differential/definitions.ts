/** Definitions as instances. https://hl7.org/fhir/R4/conformance-module.html */
import { type Anything, bad, good, observation, patient, type Row, text } from './table.js';

const OWN = 'http://example.com/CodeSystem/letters';
const BASE = 'http://example.com';

export const definitions: readonly Anything[] = [
  {
    resourceType: 'CodeSystem',
    url: OWN,
    status: 'active',
    content: 'complete',
    caseSensitive: true,
    concept: [
      { code: 'a', display: 'Letter A' },
      { code: 'b', display: 'Letter B', concept: [{ code: 'b1', display: 'Letter B one' }] },
    ],
  },
  {
    resourceType: 'CodeSystem',
    url: 'http://example.com/CodeSystem/part',
    status: 'active',
    content: 'fragment',
    caseSensitive: true,
    concept: [{ code: 'a', display: 'A' }],
  },
  {
    resourceType: 'CodeSystem',
    url: 'http://example.com/CodeSystem/caseless',
    status: 'active',
    content: 'complete',
    caseSensitive: false,
    concept: [{ code: 'Aa', display: 'A' }],
  },
  {
    resourceType: 'CodeSystem',
    url: 'http://example.com/CodeSystem/more',
    status: 'active',
    content: 'supplement',
    supplements: OWN,
    concept: [{ code: 'a', designation: [{ value: 'Ah' }] }],
  },
  {
    resourceType: 'ValueSet',
    url: 'http://example.com/ValueSet/letters',
    status: 'active',
    compose: { include: [{ system: OWN }], exclude: [{ system: OWN, concept: [{ code: 'b' }] }] },
  },
  {
    resourceType: 'ValueSet',
    url: 'http://example.com/ValueSet/below-b',
    status: 'active',
    compose: {
      include: [{ system: OWN, filter: [{ property: 'concept', op: 'descendent-of', value: 'b' }] }],
    },
  },
];

const vs = (members: Anything): Anything => ({
  resourceType: 'ValueSet',
  text,
  url: `${BASE}/ValueSet/x`,
  status: 'active',
  ...members,
});
const include = (...parts: Anything[]): Anything => vs({ compose: { include: parts } });
const cs = (members: Anything): Anything => ({
  resourceType: 'CodeSystem',
  text,
  url: `${BASE}/CodeSystem/x`,
  status: 'active',
  content: 'complete',
  caseSensitive: true,
  ...members,
});
const cm = (group: Anything[], members: Anything = {}): Anything => ({
  resourceType: 'ConceptMap',
  text,
  url: `${BASE}/ConceptMap/x`,
  status: 'active',
  ...members,
  group,
});
const sd = (members: Anything): Anything => ({
  resourceType: 'StructureDefinition',
  text,
  url: `${BASE}/StructureDefinition/x`,
  name: 'X',
  status: 'active',
  fhirVersion: '4.0.1',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  ...members,
});
const differential = (...element: Anything[]): Anything =>
  sd({ differential: { element: [{ id: 'Patient', path: 'Patient' }, ...element] } });
const el = (path: string, members: Anything = {}): Anything => ({ id: path, path, ...members });
const sp = (members: Anything): Anything => ({
  resourceType: 'SearchParameter',
  text,
  url: `${BASE}/SearchParameter/x`,
  name: 'X',
  status: 'active',
  description: 'x',
  code: 'x',
  base: ['Patient'],
  type: 'token',
  expression: 'Patient.active',
  ...members,
});
const capability = (members: Anything): Anything => ({
  resourceType: 'CapabilityStatement',
  text,
  status: 'active',
  date: '2026-01-31',
  kind: 'requirements',
  fhirVersion: '4.0.1',
  format: ['json'],
  description: 'x',
  ...members,
});
const operation = (members: Anything): Anything => ({
  resourceType: 'OperationDefinition',
  text,
  name: 'X',
  status: 'active',
  kind: 'operation',
  code: 'x',
  system: false,
  type: false,
  instance: true,
  ...members,
});
const code = (coding: Anything): Anything => observation({ code: { coding: [coding] } });

export const rows: readonly Row[] = [
  // codes
  good('code: of a code system', code({ system: OWN, code: 'a' })),
  good('code: nested', code({ system: OWN, code: 'b1' })),
  bad('code: that its system does not have', code({ system: OWN, code: 'z' })),
  bad('code: in another case', code({ system: OWN, code: 'A' })),
  good(
    'code: in another case, where it does not matter',
    code({ system: 'http://example.com/CodeSystem/caseless', code: 'aA' }),
  ),
  good(
    'code: of a fragment that lacks it',
    code({ system: 'http://example.com/CodeSystem/part', code: 'z' }),
  ),
  good('code: of a system that nobody knows', code({ system: 'http://example.org/unknown', code: 'z' })),
  good('code: without a system', code({ code: 'z' })),
  good('code: system not absolute', code({ system: 'letters', code: 'a' })),
  bad(
    'code: system is a value set',
    code({ system: 'http://hl7.org/fhir/ValueSet/administrative-gender', code: 'male' }),
    { reference: 'a warning here; an error in the HL7 validator with its terminology server' },
  ),
  good('code: display in another case', code({ system: OWN, code: 'a', display: 'LETTER A' })),
  bad('code: another display', code({ system: OWN, code: 'a', display: 'Letter X' }), {
    reference: 'nothing here; an error in the stored outcomes of the HL7 validator',
  }),
  good('code: version', code({ system: OWN, version: '1', code: 'a' })),
  good('code: userSelected', code({ system: OWN, code: 'a', userSelected: true })),
  bad(
    'code: of R4 that does not exist',
    code({ system: 'http://hl7.org/fhir/administrative-gender', code: 'x' }),
  ),
  bad(
    'code: of THO that does not exist',
    code({ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'x' }),
  ),
  bad(
    'code: category that does not exist',
    observation({
      category: [
        {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-sign' },
          ],
        },
      ],
    }),
  ),
  bad(
    'code: marital status that does not exist',
    patient({
      maritalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'ZZ' }],
      },
    }),
  ),
  good(
    'code: marital status',
    patient({
      maritalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }],
      },
    }),
  ),
  good(
    'code: language of a patient',
    patient({ communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'en-GB' }] } }] }),
  ),
  bad(
    'code: language of a patient that is none',
    patient({ communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'english' }] } }] }),
  ),
  bad('code: country in a currency', {
    resourceType: 'Invoice',
    text,
    status: 'issued',
    totalNet: { value: 1, currency: 'GB' },
  }),
  bad('code: wrong SNOMED CT check digit', code({ system: 'http://snomed.info/sct', code: '44054007' }), {
    reference: 'has no SNOMED CT at hand',
  }),
  good('code: SNOMED CT', code({ system: 'http://snomed.info/sct', code: '44054006' })),
  bad('code: SNOMED CT that is no number', code({ system: 'http://snomed.info/sct', code: 'diabetes' }), {
    reference: 'has no SNOMED CT at hand',
  }),
  bad('code: UCUM in a coding', code({ system: 'http://unitsofmeasure.org', code: 'kilos' })),
  bad('code: system of a tag not absolute', patient({ meta: { tag: [{ system: 'x', code: 'a' }] } })),
  bad('code: system of a parameter not absolute', {
    resourceType: 'Parameters',
    parameter: [{ name: 'x', valueCoding: { system: 'x', code: 'a' } }],
  }),
  // value sets
  good('value set', include({ system: OWN, concept: [{ code: 'a' }] })),
  bad('value set: no status', { resourceType: 'ValueSet', text, url: `${BASE}/ValueSet/x` }),
  bad('value set: compose without include', vs({ compose: {} })),
  bad('value set: neither system nor value set', include({ concept: [{ code: 'a' }] })),
  bad(
    'value set: concepts and filters',
    include({
      system: OWN,
      concept: [{ code: 'a' }],
      filter: [{ property: 'concept', op: 'is-a', value: 'b' }],
    }),
  ),
  bad(
    'value set: filter without system',
    include({
      filter: [{ property: 'concept', op: 'is-a', value: 'b' }],
      valueSet: ['http://example.com/ValueSet/letters'],
    }),
  ),
  good(
    'value set: filter',
    include({ system: OWN, filter: [{ property: 'concept', op: 'is-a', value: 'b' }] }),
  ),
  bad(
    'value set: filter by a code that is none',
    include({ system: OWN, filter: [{ property: 'concept', op: 'is-a', value: 'z' }] }),
    { reference: 'does not look up the values of filters' },
  ),
  bad(
    'value set: filter with another operation',
    include({ system: OWN, filter: [{ property: 'concept', op: 'below', value: 'b' }] }),
  ),
  bad(
    'value set: filter without value',
    include({ system: OWN, filter: [{ property: 'concept', op: 'is-a' }] }),
  ),
  bad('value set: system not absolute', include({ system: 'letters' })),
  bad(
    'value set: system by fragment',
    vs({
      contained: [
        {
          resourceType: 'CodeSystem',
          id: 'c',
          url: `${BASE}/CodeSystem/c`,
          status: 'active',
          content: 'complete',
        },
      ],
      compose: { include: [{ system: '#c' }] },
    }),
  ),
  good('value set: of another', include({ valueSet: ['http://example.com/ValueSet/letters'] })),
  bad('value set: code that its system does not have', include({ system: OWN, concept: [{ code: 'z' }] }), {
    reference: 'asks a terminology server for it, and has none here',
  }),
  bad('value set: concept without code', include({ system: OWN, concept: [{ display: 'x' }] })),
  bad(
    'value set: expansion without timestamp',
    vs({ expansion: { contains: [{ system: OWN, code: 'a' }] } }),
  ),
  good(
    'value set: expansion',
    vs({ expansion: { timestamp: '2026-01-31', contains: [{ system: OWN, code: 'a' }] } }),
  ),
  bad(
    'value set: expansion, code without system',
    vs({ expansion: { timestamp: '2026-01-31', contains: [{ code: 'a' }] } }),
  ),
  bad(
    'value set: expansion, neither code nor display',
    vs({ expansion: { timestamp: '2026-01-31', contains: [{ system: OWN }] } }),
  ),
  bad('value set: url relative', vs({ url: 'ValueSet/x' })),
  bad('value set: url with version in it', vs({ url: 'http://example.com/ValueSet/a b' })),
  good('value set: urn', vs({ url: 'urn:oid:1.2.840.10008.6.1.308' })),
  bad('value set: version within the system', include({ system: `${OWN}|1.0` })),
  bad('value set: system is a value set', include({ system: 'http://example.com/ValueSet/letters' })),
  bad('value set: system is a supplement', include({ system: 'http://example.com/CodeSystem/more' })),
  bad(
    'value set: pattern that cannot be read',
    include({ system: OWN, filter: [{ property: 'code', op: 'regex', value: '(' }] }),
    { reference: 'does not look up the values of filters' },
  ),
  bad(
    'value set: concept by a pattern',
    include({ system: OWN, filter: [{ property: 'concept', op: 'regex', value: 'a.*' }] }),
    { reference: 'does not look up the values of filters' },
  ),
  good(
    'value set: code by a pattern',
    include({ system: OWN, filter: [{ property: 'code', op: 'regex', value: 'a.*' }] }),
  ),
  bad(
    'value set: exists takes true or false',
    include({ system: OWN, filter: [{ property: 'concept', op: 'exists', value: 'yes' }] }),
    { reference: 'does not look up the values of filters' },
  ),
  good(
    'value set: unknown property',
    include({ system: OWN, filter: [{ property: 'colour', op: '=', value: 'red' }] }),
  ),
  bad(
    'value set: attribute of SNOMED CT with another operation',
    include({
      system: 'http://snomed.info/sct',
      filter: [{ property: '363698007', op: 'not-in', value: '123' }],
    }),
    { reference: 'has no SNOMED CT at hand' },
  ),
  bad(
    'value set: SNOMED CT concept that is none',
    include({
      system: 'http://snomed.info/sct',
      filter: [{ property: 'concept', op: 'is-a', value: 'diabetes' }],
    }),
    { reference: 'has no SNOMED CT at hand' },
  ),
  bad(
    'value set: SNOMED CT constraint that cannot be read',
    include({
      system: 'http://snomed.info/sct',
      filter: [{ property: 'constraint', op: '=', value: '<< << 73211009 OR' }],
    }),
    { reference: 'has no SNOMED CT at hand' },
  ),
  good(
    'value set: SNOMED CT constraint',
    include({
      system: 'http://snomed.info/sct',
      filter: [
        { property: 'constraint', op: '=', value: '<< 73211009 OR < 404684003: 363698007 = << 39057004' },
      ],
    }),
  ),
  // code systems
  good('code system', cs({ concept: [{ code: 'a' }, { code: 'b' }], count: 2 })),
  bad('code system: wrong count', cs({ concept: [{ code: 'a' }, { code: 'b' }], count: 3 })),
  good('code system: nested count', cs({ concept: [{ code: 'a', concept: [{ code: 'b' }] }], count: 2 })),
  bad('code system: code twice', cs({ concept: [{ code: 'a' }, { code: 'a' }] })),
  bad('code system: code twice, nested', cs({ concept: [{ code: 'a', concept: [{ code: 'a' }] }] })),
  bad('code system: no content', {
    resourceType: 'CodeSystem',
    text,
    url: `${BASE}/CodeSystem/x`,
    status: 'active',
  }),
  bad('code system: content of another kind', cs({ content: 'all' })),
  bad('code system: concept without code', cs({ concept: [{ display: 'x' }] })),
  bad('code system: supplement without base', cs({ content: 'supplement' })),
  good(
    'code system: supplement',
    cs({
      content: 'supplement',
      caseSensitive: undefined,
      supplements: OWN,
      concept: [{ code: 'a', designation: [{ value: 'x' }] }],
    }),
  ),
  bad(
    'code system: supplement of a code that is none',
    cs({
      content: 'supplement',
      caseSensitive: undefined,
      supplements: OWN,
      concept: [{ code: 'z', designation: [{ value: 'x' }] }],
    }),
    { reference: 'does not ask for the codes of the base here; an error in the stored outcomes' },
  ),
  bad(
    'code system: supplement says what matters in its base',
    cs({ content: 'supplement', supplements: OWN, concept: [{ code: 'a', designation: [{ value: 'x' }] }] }),
  ),
  bad(
    'code system: not present, yet with concepts',
    cs({ content: 'not-present', concept: [{ code: 'a' }] }),
  ),
  bad(
    'code system: supplements with other content',
    cs({ caseSensitive: undefined, supplements: OWN, concept: [{ code: 'a' }] }),
  ),
  bad('code system: property without type', cs({ property: [{ code: 'p' }] })),
  bad(
    'code system: property of another type',
    cs({
      property: [{ code: 'p', type: 'boolean' }],
      concept: [{ code: 'a', property: [{ code: 'p', valueString: 'x' }] }],
    }),
    { reference: 'does not compare a property with its declaration' },
  ),
  bad(
    'code system: property without value',
    cs({ property: [{ code: 'p', type: 'boolean' }], concept: [{ code: 'a', property: [{ code: 'p' }] }] }),
  ),
  bad('code system: url relative', cs({ url: 'CodeSystem/x' })),
  bad(
    'code system: designation without value',
    cs({ concept: [{ code: 'a', designation: [{ language: 'en' }] }] }),
  ),
  bad('code system: hierarchy of another kind', cs({ hierarchyMeaning: 'tree' })),
  // concept maps
  good(
    'concept map',
    cm([
      {
        source: OWN,
        target: OWN,
        element: [{ code: 'a', target: [{ code: 'b', equivalence: 'equivalent' }] }],
      },
    ]),
  ),
  bad(
    'concept map: code that is none',
    cm([
      {
        source: OWN,
        target: OWN,
        element: [{ code: 'z', target: [{ code: 'b', equivalence: 'equivalent' }] }],
      },
    ]),
  ),
  bad(
    'concept map: target that is none',
    cm([
      {
        source: OWN,
        target: OWN,
        element: [{ code: 'a', target: [{ code: 'z', equivalence: 'equivalent' }] }],
      },
    ]),
  ),
  bad(
    'concept map: no equivalence',
    cm([{ source: OWN, target: OWN, element: [{ code: 'a', target: [{ code: 'b' }] }] }]),
  ),
  bad(
    'concept map: narrower without comment',
    cm([
      {
        source: OWN,
        target: OWN,
        element: [{ code: 'a', target: [{ code: 'b', equivalence: 'narrower' }] }],
      },
    ]),
  ),
  bad(
    'concept map: equivalence of R5',
    cm([
      {
        source: OWN,
        target: OWN,
        element: [{ code: 'a', target: [{ code: 'b', equivalence: 'source-is-narrower-than-target' }] }],
      },
    ]),
  ),
  bad('concept map: group without element', cm([{ source: OWN, target: OWN }])),
  bad(
    'concept map: unmapped, fixed without code',
    cm([{ source: OWN, target: OWN, element: [{ code: 'a' }], unmapped: { mode: 'fixed' } }]),
  ),
  bad(
    'concept map: unmapped, other map without url',
    cm([{ source: OWN, target: OWN, element: [{ code: 'a' }], unmapped: { mode: 'other-map' } }]),
  ),
  // structure definitions
  good('profile as instance', differential(el('Patient.name', { min: 1 }))),
  bad('profile as instance: path that is none', differential(el('Patient.nickname', { min: 1 }))),
  bad('profile as instance: path of another type', differential(el('Person.name', { min: 1 }))),
  bad('profile as instance: max above the base', differential(el('Patient.gender', { max: '2' }))),
  bad(
    'profile as instance: min below the base',
    sd({
      type: 'Observation',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation',
      differential: { element: [el('Observation'), el('Observation.status', { min: 0 })] },
    }),
  ),
  bad('profile as instance: min above max', differential(el('Patient.name', { min: 2, max: '1' }))),
  bad(
    'profile as instance: type that the base does not have',
    differential(el('Patient.deceased[x]', { type: [{ code: 'string' }] })),
  ),
  bad(
    'profile as instance: fixed of another type',
    differential(el('Patient.gender', { fixedBoolean: true })),
  ),
  bad(
    'profile as instance: binding of a boolean',
    differential(
      el('Patient.active', {
        binding: { strength: 'required', valueSet: 'http://example.com/ValueSet/letters' },
      }),
    ),
    {
      reference: 'checks differentials only where it can make a snapshot, for which it lacks a package here',
    },
  ),
  bad(
    'profile as instance: constraint that cannot be read',
    differential(
      el('Patient.name', {
        constraint: [{ key: 'x-1', severity: 'error', human: 'x', expression: 'family.substring(' }],
      }),
    ),
    {
      reference: 'checks differentials only where it can make a snapshot, for which it lacks a package here',
    },
  ),
  good(
    'profile as instance: constraint',
    differential(
      el('Patient.name', {
        constraint: [{ key: 'x-1', severity: 'error', human: 'x', expression: 'family.exists()' }],
      }),
    ),
  ),
  bad(
    'profile as instance: constraint without severity',
    differential(
      el('Patient.name', { constraint: [{ key: 'x-1', human: 'x', expression: 'family.exists()' }] }),
    ),
  ),
  bad(
    'profile as instance: fixed and pattern',
    differential(el('Patient.gender', { fixedCode: 'male', patternCode: 'male' })),
  ),
  bad(
    'profile as instance: slicing without rules',
    differential(
      el('Patient.identifier', { slicing: { discriminator: [{ type: 'value', path: 'system' }] } }),
    ),
  ),
  bad(
    'profile as instance: slicing without discriminator and description',
    differential(el('Patient.identifier', { slicing: { rules: 'open' } })),
  ),
  bad(
    'profile as instance: discriminator of another kind',
    differential(
      el('Patient.identifier', {
        slicing: { discriminator: [{ type: 'code', path: 'system' }], rules: 'open' },
      }),
    ),
  ),
  bad(
    'profile as instance: type is not that of the base',
    sd({ type: 'Observation', differential: { element: [el('Observation')] } }),
  ),
  bad('profile as instance: neither snapshot nor differential', sd({})),
  bad(
    'profile as instance: kind is not that of the base',
    sd({ kind: 'complex-type', differential: { element: [{ id: 'Patient', path: 'Patient' }] } }),
  ),
  bad(
    'profile as instance: no base',
    sd({ baseDefinition: undefined, differential: { element: [el('Patient')] } }),
  ),
  bad(
    'profile as instance: derivation without base type',
    sd({ derivation: 'copy', differential: { element: [el('Patient')] } }),
  ),
  bad('profile as instance: url relative', sd({ url: 'x', differential: { element: [el('Patient')] } })),
  bad(
    'profile as instance: element ids twice',
    sd({ differential: { element: [el('Patient'), el('Patient.name'), el('Patient.name')] } }),
  ),
  bad(
    'profile as instance: element without id',
    sd({ differential: { element: [el('Patient'), { path: 'Patient.name', min: 1 }] } }),
  ),
  bad('profile as instance: modifier without reason', differential(el('Patient.name', { isModifier: true }))),
  bad(
    'extension as instance: no context',
    sd({
      kind: 'complex-type',
      type: 'Extension',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
      differential: {
        element: [el('Extension'), el('Extension.url', { fixedUri: `${BASE}/StructureDefinition/x` })],
      },
    }),
  ),
  bad(
    'extension as instance: context of another kind',
    sd({
      kind: 'complex-type',
      type: 'Extension',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
      context: [{ type: 'resource', expression: 'Patient' }],
      differential: {
        element: [el('Extension'), el('Extension.url', { fixedUri: `${BASE}/StructureDefinition/x` })],
      },
    }),
  ),
  bad(
    'profile as instance: with a context',
    differential(el('Patient.name')) &&
      sd({
        context: [{ type: 'element', expression: 'Patient' }],
        differential: { element: [el('Patient')] },
      }),
  ),
  // search parameters
  good('search parameter', sp({})),
  bad('search parameter: no base', sp({ base: undefined })),
  bad('search parameter: base of another kind', sp({ base: ['Person1'] })),
  bad('search parameter: expression that cannot be read', sp({ expression: 'Patient.name.(' })),
  bad('search parameter: composite without components', sp({ type: 'composite', component: [] })),
  bad('search parameter: xpath without usage', sp({ xpath: 'f:Patient/f:active' })),
  bad('search parameter: chain on a token', sp({ chain: ['x'] })),
  bad('search parameter: type of another kind', sp({ type: 'text' })),
  bad('search parameter: expression of another type', sp({ expression: 'Person.active' })),
  bad(
    'search parameter: one alternative of another type',
    sp({ expression: 'Patient.active | Person.active' }),
  ),
  good(
    'search parameter: alternatives of its types',
    sp({ base: ['Patient', 'Person'], expression: '(Patient.active) | Person.active' }),
  ),
  bad('search parameter: no url', sp({ url: undefined })),
  // others
  good('capability statement', capability({ rest: [{ mode: 'server' }] })),
  bad('capability statement: nothing in it', capability({ description: undefined })),
  bad('capability statement: instance without implementation', capability({ kind: 'instance' })),
  bad(
    'capability statement: resource twice',
    capability({ rest: [{ mode: 'server', resource: [{ type: 'Patient' }, { type: 'Patient' }] }] }),
  ),
  bad(
    'capability statement: search parameter twice',
    capability({
      rest: [
        {
          mode: 'server',
          resource: [
            {
              type: 'Patient',
              searchParam: [
                { name: 'x', type: 'token' },
                { name: 'x', type: 'token' },
              ],
            },
          ],
        },
      ],
    }),
  ),
  bad('capability statement: no format', capability({ format: undefined })),
  bad('capability statement: version that is none', capability({ fhirVersion: '4.0.9' })),
  good(
    'operation definition',
    operation({ parameter: [{ name: 'x', use: 'in', min: 0, max: '1', type: 'string' }] }),
  ),
  bad(
    'operation definition: parameter without type and parts',
    operation({ parameter: [{ name: 'x', use: 'in', min: 0, max: '1' }] }),
  ),
  bad(
    'operation definition: search type of a Reference',
    operation({
      parameter: [{ name: 'x', use: 'in', min: 0, max: '1', type: 'Reference', searchType: 'token' }],
    }),
  ),
  bad(
    'operation definition: target profile on a string',
    operation({
      parameter: [
        {
          name: 'x',
          use: 'in',
          min: 0,
          max: '1',
          type: 'string',
          targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'],
        },
      ],
    }),
  ),
  good(
    'operation definition: target profile on a resource',
    operation({
      parameter: [
        {
          name: 'x',
          use: 'in',
          min: 0,
          max: '1',
          type: 'Patient',
          targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'],
        },
      ],
    }),
  ),
  bad(
    'operation definition: input profile that is not there',
    operation({ inputProfile: 'http://example.com/StructureDefinition/none' }),
  ),
  bad(
    'operation definition: use of another kind',
    operation({ parameter: [{ name: 'x', use: 'both', min: 0, max: '1', type: 'string' }] }),
  ),
  bad('implementation guide: no package', {
    resourceType: 'ImplementationGuide',
    text,
    url: `${BASE}/ImplementationGuide/x`,
    name: 'X',
    status: 'active',
    fhirVersion: ['4.0.1'],
  }),
  bad('naming system: root with two preferred', {
    resourceType: 'NamingSystem',
    text,
    name: 'X',
    status: 'active',
    kind: 'root',
    date: '2026-01-31',
    uniqueId: [
      { type: 'uri', value: 'http://example.com/a', preferred: true },
      { type: 'uri', value: 'http://example.com/b', preferred: true },
    ],
  }),
  bad('structure map: group without input', {
    resourceType: 'StructureMap',
    text,
    url: `${BASE}/StructureMap/x`,
    name: 'X',
    status: 'active',
    group: [{ name: 'a', typeMode: 'none', rule: [] }],
  }),
  bad('library: type that is missing', { resourceType: 'Library', text, status: 'active' }),
  bad('plan definition: action without anything', {
    resourceType: 'PlanDefinition',
    text,
    status: 'active',
    action: [{}],
  }),
  good('activity definition', { resourceType: 'ActivityDefinition', text, status: 'active' }),
  bad('activity definition: kind of another type', {
    resourceType: 'ActivityDefinition',
    text,
    status: 'active',
    kind: 'Walk',
  }),
];
