/** Profiles: cardinality, values, types, slices, references, constraints. https://hl7.org/fhir/R4/profiling.html */
import { type Anything, bad, good, observation, patient, type Row, text } from './table.js';

const BASE = 'http://example.com/StructureDefinition';
const V2_0203 = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const OWN = 'http://example.com/CodeSystem/own';
const url = (name: string): string => `${BASE}/${name}`;

const el = (id: string, members: Anything = {}): Anything => ({
  id,
  path: id.replace(/:[^.]+/g, ''),
  ...members,
});
const profile = (name: string, type: string, element: Anything[], members: Anything = {}): Anything => ({
  resourceType: 'StructureDefinition',
  url: url(name),
  name: name.replace(/-/g, ''),
  status: 'active',
  fhirVersion: '4.0.1',
  kind: 'resource',
  abstract: false,
  type,
  baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
  derivation: 'constraint',
  ...members,
  differential: { element: [el(type), ...element] },
});
const dataType = (name: string, type: string, element: Anything[]): Anything =>
  profile(name, type, element, { kind: 'complex-type' });
const slicing = (type: string, path: string, members: Anything = {}): Anything => ({
  slicing: { discriminator: [{ type, path }], rules: 'open', ...members },
});
const slice = (id: string, members: Anything = {}): Anything =>
  el(id, { sliceName: id.slice(id.lastIndexOf(':') + 1), ...members });
const rule = (expression: string, severity = 'error', key = 'own-1'): Anything => ({
  constraint: [{ key, severity, human: 'own', expression }],
});
const at = (name: string) => ({ profile: url(name) });

export const definitions: readonly Anything[] = [
  profile('named', 'Patient', [el('Patient.name', { min: 1, max: '1' }), el('Patient.photo', { max: '0' })]),
  profile('more-named', 'Patient', [el('Patient.name.family', { min: 1 })], { baseDefinition: url('named') }),
  profile('fixed-gender', 'Patient', [el('Patient.gender', { fixedCode: 'female' })]),
  profile('fixed-concept', 'Observation', [
    el('Observation.code', { fixedCodeableConcept: { coding: [{ system: OWN, code: 'a' }] } }),
  ]),
  profile('pattern-concept', 'Observation', [
    el('Observation.code', { patternCodeableConcept: { coding: [{ system: OWN, code: 'a' }] } }),
  ]),
  profile('pattern-identifier', 'Patient', [
    el('Patient.identifier', { min: 1, patternIdentifier: { system: 'http://example.com/id' } }),
  ]),
  profile('short-name', 'Patient', [el('Patient.name.family', { maxLength: 5 })]),
  profile('only-quantity', 'Observation', [el('Observation.value[x]', { type: [{ code: 'Quantity' }] })]),
  profile('must-quantity', 'Observation', [
    el('Observation.value[x]', { min: 1, type: [{ code: 'Quantity' }, { code: 'string' }] }),
  ]),
  profile('min-max', 'Observation', [
    el('Observation.value[x]', { type: [{ code: 'integer' }], minValueInteger: 5, maxValueInteger: 10 }),
  ]),
  profile('slice-value', 'Patient', [
    el('Patient.identifier', slicing('value', 'system')),
    slice('Patient.identifier:nhs', { min: 1, max: '1' }),
    el('Patient.identifier:nhs.system', { min: 1, fixedUri: 'http://example.com/nhs' }),
    el('Patient.identifier:nhs.value', { min: 1 }),
  ]),
  profile('slice-closed', 'Patient', [
    el('Patient.identifier', slicing('value', 'system', { rules: 'closed' })),
    slice('Patient.identifier:nhs', { max: '1' }),
    el('Patient.identifier:nhs.system', { min: 1, fixedUri: 'http://example.com/nhs' }),
  ]),
  profile('slice-end', 'Patient', [
    el('Patient.identifier', slicing('value', 'system', { rules: 'openAtEnd', ordered: true })),
    slice('Patient.identifier:nhs', { max: '1' }),
    el('Patient.identifier:nhs.system', { min: 1, fixedUri: 'http://example.com/nhs' }),
  ]),
  profile('slice-ordered', 'Patient', [
    el('Patient.identifier', slicing('value', 'system', { ordered: true })),
    slice('Patient.identifier:one', { max: '1' }),
    el('Patient.identifier:one.system', { min: 1, fixedUri: 'http://example.com/one' }),
    slice('Patient.identifier:two', { max: '1' }),
    el('Patient.identifier:two.system', { min: 1, fixedUri: 'http://example.com/two' }),
  ]),
  profile('slice-pattern', 'Observation', [
    el('Observation.component', slicing('pattern', 'code')),
    slice('Observation.component:a', { min: 1, max: '1' }),
    el('Observation.component:a.code', { patternCodeableConcept: { coding: [{ system: OWN, code: 'a' }] } }),
    el('Observation.component:a.value[x]', { min: 1, type: [{ code: 'Quantity' }] }),
  ]),
  profile('slice-type', 'Observation', [
    el('Observation.value[x]', slicing('type', '$this')),
    slice('Observation.value[x]:valueQuantity', { type: [{ code: 'Quantity' }] }),
    el('Observation.value[x]:valueQuantity.code', { min: 1 }),
  ]),
  profile('slice-exists', 'Patient', [
    el('Patient.telecom', slicing('exists', 'period')),
    slice('Patient.telecom:dated', { max: '1' }),
    el('Patient.telecom:dated.period', { min: 1 }),
    slice('Patient.telecom:undated', {}),
    el('Patient.telecom:undated.period', { max: '0' }),
    el('Patient.telecom:undated.rank', { min: 1 }),
  ]),
  profile('slice-resolve', 'Observation', [
    el('Observation.performer', slicing('type', 'resolve()')),
    slice('Observation.performer:organization', {
      min: 1,
      type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Organization'] }],
    }),
  ]),
  profile('slice-profile', 'Bundle', [
    el('Bundle.entry', slicing('profile', 'resource')),
    slice('Bundle.entry:named', { min: 1, max: '1' }),
    el('Bundle.entry:named.resource', { min: 1, type: [{ code: 'Patient', profile: [url('named')] }] }),
  ]),
  profile('slice-entry-type', 'Bundle', [
    el('Bundle.entry', slicing('type', 'resource')),
    slice('Bundle.entry:patient', { min: 1, max: '1' }),
    el('Bundle.entry:patient.resource', { min: 1, type: [{ code: 'Patient' }] }),
  ]),
  profile('slice-extension', 'Patient', [
    el('Patient.extension', {
      min: 1,
      slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' },
    }),
    slice('Patient.extension:birthPlace', {
      min: 1,
      max: '1',
      type: [{ code: 'Extension', profile: ['http://hl7.org/fhir/StructureDefinition/patient-birthPlace'] }],
    }),
  ]),
  profile('target', 'Observation', [
    el('Observation.subject', { min: 1, type: [{ code: 'Reference', targetProfile: [url('named')] }] }),
  ]),
  profile('target-type', 'Observation', [
    el('Observation.subject', {
      type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Group'] }],
    }),
  ]),
  profile('ruled', 'Patient', [el('Patient.name', rule('family.exists() or text.exists()'))]),
  profile('ruled-root', 'Patient', []),
  profile('warned', 'Patient', [el('Patient.name', rule('family.exists()', 'warning'))]),
  profile('broken-rule', 'Patient', [el('Patient.name', rule('family.substring(', 'error'))]),
  profile('required-binding', 'Observation', [
    el('Observation.code', {
      binding: { strength: 'required', valueSet: 'http://example.com/ValueSet/own' },
    }),
  ]),
  profile('extensible-binding', 'Observation', [
    el('Observation.code', {
      binding: { strength: 'extensible', valueSet: 'http://example.com/ValueSet/own' },
    }),
  ]),
  profile('unknown-binding', 'Observation', [
    el('Observation.code', {
      binding: { strength: 'required', valueSet: 'http://example.com/ValueSet/unknown' },
    }),
  ]),
  dataType('nhs-identifier', 'Identifier', [
    el('Identifier.system', { min: 1, fixedUri: 'http://example.com/nhs' }),
    el('Identifier.value', { min: 1 }),
  ]),
  profile('typed-identifier', 'Patient', [
    el('Patient.identifier', { min: 1, type: [{ code: 'Identifier', profile: [url('nhs-identifier')] }] }),
  ]),
  profile('no-extension', 'Patient', [
    el('Patient.birthDate', { min: 1 }),
    el('Patient.birthDate.extension', { max: '0' }),
  ]),
  profile('nested', 'Patient', [
    el('Patient.contact', { min: 1 }),
    el('Patient.contact.name', { min: 1 }),
    el('Patient.contact.name.family', { min: 1 }),
  ]),
  profile('short-or', 'Patient', [
    el('Patient.contact', rule('true or name.single().given.single().exists()')),
  ]),
  profile('short-and', 'Patient', [
    el('Patient.contact', rule('(false and name.given.single().exists()).not()')),
  ]),
  profile('short-implies', 'Patient', [
    el('Patient.contact', rule('gender.exists() implies name.given.single().exists()')),
  ]),
  profile('not-short', 'Patient', [el('Patient.contact', rule('name.given.single().exists() or true'))]),
  profile('throws', 'Patient', [el('Patient.contact', rule('name.given.single().exists()'))]),
  profile('sections', 'Composition', [
    el('Composition.section', { min: 1 }),
    el('Composition.section.title', { min: 1 }),
  ]),
  profile('contained', 'Observation', [el('Observation.contained', { max: '0' })]),
  {
    resourceType: 'ValueSet',
    url: 'http://example.com/ValueSet/own',
    status: 'active',
    compose: { include: [{ system: OWN, concept: [{ code: 'a' }, { code: 'b' }] }] },
  },
  {
    resourceType: 'CodeSystem',
    url: OWN,
    status: 'active',
    content: 'complete',
    caseSensitive: true,
    concept: [
      { code: 'a', display: 'A' },
      { code: 'b', display: 'B' },
      { code: 'c', display: 'C' },
    ],
  },
];

const id = (system: string, value?: string): Anything => ({
  system: `http://example.com/${system}`,
  ...(value === undefined ? {} : { value }),
});
const own = (code: string, members: Anything = {}): Anything => ({
  coding: [{ system: OWN, code }],
  ...members,
});
const coded = (code: Anything, members: Anything = {}): Anything => observation({ code, ...members });
const family = { family: 'Smith' };
const collection = (...resources: Anything[]): Anything => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource, place) => ({
    fullUrl: `urn:uuid:5f0c1d2e-7a3b-4c4d-8e5f-00000000000${place}`,
    resource,
  })),
});
const claims = (name: string, members: Anything): Anything =>
  patient({ meta: { profile: [url(name)] }, ...members });

const composed = (section: Anything[]): Anything => ({
  resourceType: 'Composition',
  text,
  status: 'final',
  type: { text: 'x' },
  date: '2026-01-31',
  author: [{ display: 'x' }],
  title: 'x',
  section,
});

export const rows: readonly Row[] = [
  good('profile: cardinality', patient({ name: [family] }), at('named')),
  bad('profile: fewer than the least', patient(), at('named')),
  bad('profile: more than the most', patient({ name: [family, family] }), at('named')),
  bad(
    'profile: what is not allowed',
    patient({ name: [family], photo: [{ url: 'http://example.com/a' }] }),
    at('named'),
  ),
  bad('profile: claimed', claims('named', {})),
  good('profile: claimed and kept', claims('named', { name: [family] })),
  bad('profile: claimed with a version', patient({ meta: { profile: [`${url('named')}|1.0.0`] } }), {
    reference: 'looks for the version literally, which a profile without one does not have',
  }),
  bad('profile: of a profile, the base', patient({ name: [family, family] }), at('more-named')),
  bad('profile: of a profile, itself', patient({ name: [{ text: 'x' }] }), at('more-named')),
  good('profile: of a profile', patient({ name: [family] }), at('more-named')),
  bad('profile: on another type', observation(), at('named')),
  bad('profile: unknown, asked for', patient(), {
    ...at('unknown'),
    reference: 'a warning there; what was asked for and cannot be done is no pass',
  }),
  good('fixed code', patient({ gender: 'female' }), at('fixed-gender')),
  bad('fixed code: another', patient({ gender: 'male' }), at('fixed-gender')),
  good('fixed code: absent', patient(), at('fixed-gender')),
  good('fixed concept', coded(own('a')), at('fixed-concept')),
  bad('fixed concept: with text', coded(own('a', { text: 'x' })), at('fixed-concept')),
  bad(
    'fixed concept: with display',
    coded({ coding: [{ system: OWN, code: 'a', display: 'A' }] }),
    at('fixed-concept'),
  ),
  bad(
    'fixed concept: another coding too',
    coded({
      coding: [
        { system: OWN, code: 'a' },
        { system: OWN, code: 'b' },
      ],
    }),
    at('fixed-concept'),
  ),
  good('pattern concept: with text', coded(own('a', { text: 'x' })), at('pattern-concept')),
  good(
    'pattern concept: another coding too',
    coded({
      coding: [
        { system: OWN, code: 'b' },
        { system: OWN, code: 'a' },
      ],
    }),
    at('pattern-concept'),
  ),
  bad('pattern concept: another', coded(own('b')), at('pattern-concept')),
  bad('pattern concept: text alone', coded({ text: 'a' }), at('pattern-concept')),
  good('pattern identifier', patient({ identifier: [id('id', '1')] }), at('pattern-identifier')),
  bad(
    'pattern identifier: one of two',
    patient({ identifier: [id('id', '1'), id('other', '1')] }),
    at('pattern-identifier'),
  ),
  good('maxLength', patient({ name: [{ family: 'Smith' }] }), at('short-name')),
  bad('maxLength: longer', patient({ name: [{ family: 'Smythe' }] }), at('short-name')),
  good('choice: the one type', observation({ valueQuantity: { value: 1 } }), at('only-quantity')),
  bad('choice: another type', observation({ valueString: '1' }), at('only-quantity')),
  good('choice: absent', observation(), at('only-quantity')),
  bad('choice: mandatory', observation(), at('must-quantity')),
  good('choice: mandatory, one of two types', observation({ valueString: '1' }), at('must-quantity')),
  good('minValue', observation({ valueInteger: 5 }), at('min-max')),
  bad('minValue: less', observation({ valueInteger: 4 }), at('min-max')),
  bad('maxValue: more', observation({ valueInteger: 11 }), at('min-max')),
  good('slice by value', patient({ identifier: [id('nhs', '1'), id('other')] }), at('slice-value')),
  bad('slice by value: missing', patient({ identifier: [id('other', '1')] }), at('slice-value')),
  bad('slice by value: none at all', patient(), at('slice-value')),
  bad('slice by value: twice', patient({ identifier: [id('nhs', '1'), id('nhs', '2')] }), at('slice-value')),
  bad('slice by value: wrong within', patient({ identifier: [id('nhs')] }), at('slice-value')),
  good('closed slices', patient({ identifier: [id('nhs', '1')] }), at('slice-closed')),
  bad(
    'closed slices: another',
    patient({ identifier: [id('nhs', '1'), id('other', '1')] }),
    at('slice-closed'),
  ),
  good(
    'open at the end: after',
    patient({ identifier: [id('nhs', '1'), id('other', '1')] }),
    at('slice-end'),
  ),
  bad('open at the end: before', patient({ identifier: [id('other', '1'), id('nhs', '1')] }), {
    ...at('slice-end'),
    reference: 'does not look at the end; https://hl7.org/fhir/R4/profiling.html#slicing',
  }),
  good('ordered slices', patient({ identifier: [id('one', '1'), id('two', '1')] }), at('slice-ordered')),
  bad(
    'ordered slices: turned round',
    patient({ identifier: [id('two', '1'), id('one', '1')] }),
    at('slice-ordered'),
  ),
  good(
    'ordered slices: others between',
    patient({ identifier: [id('one', '1'), id('x', '1'), id('two', '1')] }),
    at('slice-ordered'),
  ),
  good(
    'slice by pattern',
    observation({ component: [{ code: own('a'), valueQuantity: { value: 1 } }] }),
    at('slice-pattern'),
  ),
  bad(
    'slice by pattern: missing',
    observation({ component: [{ code: own('b'), valueQuantity: { value: 1 } }] }),
    at('slice-pattern'),
  ),
  bad(
    'slice by pattern: another type within',
    observation({ component: [{ code: own('a'), valueString: '1' }] }),
    at('slice-pattern'),
  ),
  bad(
    'slice by pattern: no value within',
    observation({ component: [{ code: own('a'), dataAbsentReason: { text: 'x' } }] }),
    at('slice-pattern'),
  ),
  good(
    'slice by type',
    observation({ valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'kg' } }),
    at('slice-type'),
  ),
  bad('slice by type: wrong within', observation({ valueQuantity: { value: 1 } }), at('slice-type')),
  good('slice by type: another', observation({ valueString: 'x' }), at('slice-type')),
  good(
    'slice by existence',
    patient({
      telecom: [
        { system: 'phone', value: '1', period: { start: '2026' } },
        { system: 'phone', value: '1', rank: 1 },
      ],
    }),
    { ...at('slice-exists'), reference: 'wants both sides to say it at the element itself, which they do' },
  ),
  bad(
    'slice by existence: two dated',
    patient({
      telecom: [
        { system: 'phone', value: '1', period: { start: '2026' } },
        { system: 'phone', value: '2', period: { start: '2026' } },
      ],
    }),
    at('slice-exists'),
  ),
  bad(
    'slice by existence: wrong within',
    patient({ telecom: [{ system: 'phone', value: '1' }] }),
    at('slice-exists'),
  ),
  good(
    'slice by resolve()',
    observation({
      contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }],
      performer: [{ reference: '#o' }],
    }),
    at('slice-resolve'),
  ),
  bad(
    'slice by resolve(): another type',
    observation({ contained: [{ resourceType: 'Practitioner', id: 'o' }], performer: [{ reference: '#o' }] }),
    at('slice-resolve'),
  ),
  good('slice by profile', collection(patient({ name: [family] })), at('slice-profile')),
  bad('slice by profile: does not conform', collection(patient()), at('slice-profile')),
  good('slice by type of resource', collection(patient(), observation()), at('slice-entry-type')),
  bad('slice by type of resource: missing', collection(observation()), at('slice-entry-type')),
  bad('slice by type of resource: twice', collection(patient(), patient()), at('slice-entry-type')),
  good(
    'slice of extensions',
    patient({
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { text: 'x' } },
      ],
    }),
    at('slice-extension'),
  ),
  bad(
    'slice of extensions: missing',
    patient({
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-cadavericDonor', valueBoolean: true },
      ],
    }),
    at('slice-extension'),
  ),
  bad(
    'slice of extensions: twice',
    patient({
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { text: 'x' } },
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { text: 'y' } },
      ],
    }),
    at('slice-extension'),
  ),
  good(
    'target profile: contained',
    observation({
      contained: [patient({ id: 'p', text: undefined, name: [family] })],
      subject: { reference: '#p' },
    }),
    at('target'),
  ),
  bad(
    'target profile: contained, does not conform',
    observation({ contained: [patient({ id: 'p', text: undefined })], subject: { reference: '#p' } }),
    at('target'),
  ),
  good(
    'target profile: cannot be resolved',
    observation({ subject: { reference: 'Patient/1' } }),
    at('target'),
  ),
  bad(
    'target type: contained, another',
    observation({ contained: [patient({ id: 'p', text: undefined })], subject: { reference: '#p' } }),
    at('target-type'),
  ),
  good('constraint', patient({ name: [family] }), at('ruled')),
  bad('constraint: broken', patient({ name: [family, { given: ['x'] }] }), at('ruled')),
  good('constraint: only warned', patient({ name: [{ given: ['x'] }] }), at('warned')),
  bad('constraint: cannot be read', patient({ name: [family] }), at('broken-rule')),
  good('binding: required', coded(own('a')), at('required-binding')),
  bad('binding: required, another code', coded(own('c')), at('required-binding')),
  bad('binding: required, text alone', coded({ text: 'x' }), at('required-binding')),
  good(
    'binding: required, one of two',
    coded({
      coding: [
        { system: 'http://example.org/other', code: 'x' },
        { system: OWN, code: 'a' },
      ],
    }),
    {
      ...at('required-binding'),
      reference: 'refuses an unknown system beside a code that is in the value set',
    },
  ),
  good(
    'binding: extensible, another system',
    coded({ coding: [{ system: 'http://example.org/other', code: 'x' }] }),
    at('extensible-binding'),
  ),
  good('binding: extensible, another code', coded(own('c')), at('extensible-binding')),
  good('binding: extensible, text alone', coded({ text: 'x' }), at('extensible-binding')),
  good('binding: required, value set unknown', coded(own('a')), at('unknown-binding')),
  good('type profile', patient({ identifier: [id('nhs', '1')] }), at('typed-identifier')),
  bad('type profile: broken', patient({ identifier: [id('nhs')] }), at('typed-identifier')),
  bad('type profile: another system', patient({ identifier: [id('other', '1')] }), at('typed-identifier')),
  good('no extension', patient({ birthDate: '1931' }), at('no-extension')),
  bad(
    'no extension: one there',
    patient({
      birthDate: '1931',
      _birthDate: {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '1931' },
        ],
      },
    }),
    at('no-extension'),
  ),
  bad(
    'mandatory primitive: extension alone is not allowed',
    patient({
      _birthDate: {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' },
        ],
      },
    }),
    at('no-extension'),
  ),
  good('nested', patient({ contact: [{ name: family }] }), at('nested')),
  bad('nested: missing below', patient({ contact: [{ name: { text: 'x' } }] }), at('nested')),
  bad(
    'nested: missing in one of two',
    patient({ contact: [{ name: family }, { gender: 'male' }] }),
    at('nested'),
  ),
  bad(
    'nothing contained',
    observation({ contained: [patient({ id: 'p', text: undefined })], subject: { reference: '#p' } }),
    at('contained'),
  ),
  good(
    'content of a content: sections within sections',
    composed([
      {
        title: 'a',
        text,
        section: [{ title: 'b', text, section: [{ title: 'c', text, section: [{ title: 'd', text }] }] }],
      },
    ]),
    at('sections'),
  ),
  bad('content of a content: second level', composed([{ title: 'a', text, section: [{ text }] }]), {
    ...at('sections'),
    reference: 'applies what is said of a repeated content at every other level only',
  }),
  bad(
    'content of a content: third level',
    composed([{ title: 'a', text, section: [{ title: 'b', text, section: [{ text }] }] }]),
    at('sections'),
  ),
  bad(
    'content of a content: fourth level',
    composed([
      {
        title: 'a',
        text,
        section: [{ title: 'b', text, section: [{ title: 'c', text, section: [{ text }] }] }],
      },
    ]),
    { ...at('sections'), reference: 'applies what is said of a repeated content at every other level only' },
  ),
  good(
    'constraint: a right side that is not reached, or',
    patient({ contact: [{ name: { given: ['a', 'b'] } }] }),
    at('short-or'),
  ),
  good(
    'constraint: a right side that is not reached, and',
    patient({ contact: [{ name: { given: ['a', 'b'] } }] }),
    at('short-and'),
  ),
  good(
    'constraint: a right side that is not reached, implies',
    patient({ contact: [{ name: { given: ['a', 'b'] } }] }),
    at('short-implies'),
  ),
  bad(
    'constraint: a right side that is reached and fails',
    patient({ contact: [{ gender: 'male', name: { given: ['a', 'b'] } }] }),
    at('short-implies'),
  ),
  bad(
    'constraint: a left side that fails',
    patient({ contact: [{ name: { given: ['a', 'b'] } }] }),
    at('not-short'),
  ),
  bad('constraint: fails', patient({ contact: [{ name: { given: ['a', 'b'] } }] }), at('throws')),
  // profiles of R4 itself
  bad(
    'R4 profile: claimed blood pressure without parts',
    observation({ meta: { profile: ['http://hl7.org/fhir/StructureDefinition/bp'] } }),
  ),
  good('R4 profile: SimpleQuantity', {
    resourceType: 'MedicationRequest',
    text,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'x' },
    subject: { display: 'x' },
    dispenseRequest: { quantity: { value: 1 } },
  }),
  bad('R4 profile: SimpleQuantity with comparator', {
    resourceType: 'MedicationRequest',
    text,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'x' },
    subject: { display: 'x' },
    dispenseRequest: { quantity: { value: 1, comparator: '<' } },
  }),
  good(
    'unknown identifier type',
    patient({ identifier: [{ type: { coding: [{ system: V2_0203, code: 'MR' }] }, value: '1' }] }),
  ),
  bad(
    'identifier type that does not exist',
    patient({ identifier: [{ type: { coding: [{ system: V2_0203, code: 'ZZZZ' }] }, value: '1' }] }),
  ),
];
