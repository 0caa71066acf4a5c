/** Extensions. https://hl7.org/fhir/R4/extensibility.html */
import { type Anything, bad, good, observation, patient, type Row } from './table.js';

const OWN = 'http://example.com/StructureDefinition';
const CORE = 'http://hl7.org/fhir/StructureDefinition';
const on = (extension: Anything): Anything => patient({ extension: [extension] });

const element = (id: string, members: Anything = {}): Anything => ({
  id,
  path: id.replace(/:[^.]+/g, ''),
  ...members,
});
const extension = (id: string, elements: Anything[], members: Anything = {}): Anything => ({
  resourceType: 'StructureDefinition',
  url: `${OWN}/${id}`,
  name: id.replace(/-/g, ''),
  status: 'active',
  fhirVersion: '4.0.1',
  kind: 'complex-type',
  abstract: false,
  context: [{ type: 'element', expression: 'Patient' }],
  type: 'Extension',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
  derivation: 'constraint',
  ...members,
  differential: {
    element: [
      element('Extension', { short: id, definition: id, min: 0, max: '*' }),
      element('Extension.url', { fixedUri: `${OWN}/${id}` }),
      ...elements,
    ],
  },
});
const simple = (type: string): Anything[] => [
  element('Extension.extension', { max: '0' }),
  element('Extension.value[x]', { min: 1, type: [{ code: type }] }),
];
const part = (name: string, type: string, min: number, max: string): Anything[] => [
  element(`Extension.extension:${name}`, { sliceName: name, min, max }),
  element(`Extension.extension:${name}.extension`, { max: '0' }),
  element(`Extension.extension:${name}.url`, { fixedUri: name }),
  element(`Extension.extension:${name}.value[x]`, { min: 1, type: [{ code: type }] }),
];

export const definitions: readonly Anything[] = [
  extension('colour', simple('string')),
  extension('colour-of-name', simple('string'), { context: [{ type: 'element', expression: 'HumanName' }] }),
  extension('colour-of-date', simple('string'), {
    context: [{ type: 'element', expression: 'Patient.birthDate' }],
  }),
  extension('colour-anywhere', simple('string'), { context: [{ type: 'element', expression: 'Element' }] }),
  extension('colour-on-resources', simple('string'), {
    context: [{ type: 'element', expression: 'DomainResource' }],
  }),
  extension('shade', simple('string'), {
    context: [{ type: 'extension', expression: `${OWN}/colour-whole` }],
  }),
  extension('by-path', simple('string'), {
    context: [{ type: 'fhirpath', expression: 'Patient.contact.name' }],
  }),
  extension(
    'negated',
    [
      element('Extension', { isModifier: true, isModifierReason: 'turns it round' }),
      ...simple('boolean'),
    ].slice(1),
    {},
  ),
  extension('whole', [
    element('Extension.extension', {
      slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' },
    }),
    ...part('first', 'string', 1, '1'),
    ...part('second', 'integer', 0, '1'),
    element('Extension.value[x]', { max: '0' }),
  ]),
  {
    ...extension('reversed', simple('boolean')),
    differential: {
      element: [
        element('Extension', {
          short: 'r',
          definition: 'r',
          min: 0,
          max: '*',
          isModifier: true,
          isModifierReason: 'turns it round',
        }),
        element('Extension.url', { fixedUri: `${OWN}/reversed` }),
        ...simple('boolean'),
      ],
    },
  },
];

const first = { url: 'first', valueString: 'x' };

export const rows: readonly Row[] = [
  good('extension: defined', on({ url: `${OWN}/colour`, valueString: 'x' })),
  bad('extension: value of another type', on({ url: `${OWN}/colour`, valueInteger: 1 })),
  bad('extension: no value', on({ url: `${OWN}/colour` })),
  bad('extension: value and parts', on({ url: `${OWN}/colour`, valueString: 'x', extension: [first] })),
  bad('extension: no url', on({ valueString: 'x' })),
  bad('extension: empty url', on({ url: '', valueString: 'x' })),
  bad('extension: relative url', on({ url: 'colour', valueString: 'x' })),
  bad('extension: nobody knows it', on({ url: 'http://example.com/unknown', valueString: 'x' })),
  bad(
    'extension: nobody knows it in the space of HL7',
    on({ url: `${CORE}/unknown-thing`, valueString: 'x' }),
  ),
  bad('extension: url of a resource', on({ url: `${CORE}/Patient`, valueString: 'x' })),
  bad('extension: two values', on({ url: `${OWN}/colour`, valueString: 'x', valueInteger: 1 })),
  bad('extension: value type that does not exist', on({ url: `${OWN}/colour`, valueText: 'x' })),
  bad('extension: url with blank', on({ url: `${OWN}/colour `, valueString: 'x' })),
  bad(
    'extension: on another element',
    patient({ name: [{ text: 'x', extension: [{ url: `${OWN}/colour`, valueString: 'x' }] }] }),
  ),
  bad(
    'extension: on another resource',
    observation({ extension: [{ url: `${OWN}/colour`, valueString: 'x' }] }),
  ),
  good(
    'extension: on a data type',
    patient({ name: [{ text: 'x', extension: [{ url: `${OWN}/colour-of-name`, valueString: 'x' }] }] }),
  ),
  bad('extension: of a data type on a resource', on({ url: `${OWN}/colour-of-name`, valueString: 'x' })),
  good(
    'extension: on a primitive',
    patient({
      birthDate: '1931',
      _birthDate: { extension: [{ url: `${OWN}/colour-of-date`, valueString: 'x' }] },
    }),
  ),
  bad(
    'extension: on another primitive',
    patient({ gender: 'male', _gender: { extension: [{ url: `${OWN}/colour-of-date`, valueString: 'x' }] } }),
  ),
  good(
    'extension: anywhere, on an element',
    patient({ name: [{ text: 'x', extension: [{ url: `${OWN}/colour-anywhere`, valueString: 'x' }] }] }),
  ),
  good(
    'extension: on any resource',
    observation({ extension: [{ url: `${OWN}/colour-on-resources`, valueString: 'x' }] }),
  ),
  bad(
    'extension: on any resource, put on an element',
    patient({ name: [{ text: 'x', extension: [{ url: `${OWN}/colour-on-resources`, valueString: 'x' }] }] }),
  ),
  bad('extension: for another extension, put on a resource', on({ url: `${OWN}/shade`, valueString: 'x' })),
  good(
    'extension: by a path, where it may',
    patient({ contact: [{ name: { text: 'x', extension: [{ url: `${OWN}/by-path`, valueString: 'x' }] } }] }),
  ),
  bad(
    'extension: by a path, elsewhere',
    patient({ name: [{ text: 'x', extension: [{ url: `${OWN}/by-path`, valueString: 'x' }] }] }),
  ),
  good(
    'extension: with parts',
    on({ url: `${OWN}/whole`, extension: [first, { url: 'second', valueInteger: 2 }] }),
  ),
  bad(
    'extension: part missing',
    on({ url: `${OWN}/whole`, extension: [{ url: 'second', valueInteger: 2 }] }),
  ),
  bad('extension: part twice', on({ url: `${OWN}/whole`, extension: [first, first] })),
  bad(
    'extension: part of another type',
    on({ url: `${OWN}/whole`, extension: [first, { url: 'second', valueString: '2' }] }),
  ),
  bad(
    'extension: part that is not defined',
    on({ url: `${OWN}/whole`, extension: [first, { url: 'third', valueString: '2' }] }),
  ),
  bad('extension: value where parts are due', on({ url: `${OWN}/whole`, valueString: 'x' })),
  bad('extension: part without url', on({ url: `${OWN}/whole`, extension: [first, { valueString: '2' }] })),
  good(
    'modifier extension',
    patient({ modifierExtension: [{ url: `${OWN}/reversed`, valueBoolean: true }] }),
  ),
  bad('modifier extension among the others', on({ url: `${OWN}/reversed`, valueBoolean: true })),
  bad(
    'plain extension as modifier',
    patient({ modifierExtension: [{ url: `${OWN}/colour`, valueString: 'x' }] }),
  ),
  bad(
    'modifier extension on a data type',
    patient({ name: [{ text: 'x', modifierExtension: [{ url: `${OWN}/reversed`, valueBoolean: true }] }] }),
  ),
  bad(
    'modifier extension that nobody knows',
    patient({ modifierExtension: [{ url: 'http://example.com/unknown', valueString: 'x' }] }),
  ),
  good(
    'core extension: birth time',
    patient({
      birthDate: '1931-02-03',
      _birthDate: {
        extension: [{ url: `${CORE}/patient-birthTime`, valueDateTime: '1931-02-03T10:00:00Z' }],
      },
    }),
  ),
  bad(
    'core extension: birth time on the resource',
    on({ url: `${CORE}/patient-birthTime`, valueDateTime: '1931-02-03T10:00:00Z' }),
  ),
  bad(
    'core extension: birth time as date',
    patient({
      birthDate: '1931-02-03',
      _birthDate: { extension: [{ url: `${CORE}/patient-birthTime`, valueDate: '1931-02-03' }] },
    }),
  ),
  good(
    'core extension: twice where once',
    patient({
      extension: [
        { url: `${CORE}/patient-religion`, valueCodeableConcept: { text: 'a' } },
        { url: `${CORE}/patient-birthPlace`, valueAddress: { text: 'a' } },
        { url: `${CORE}/patient-birthPlace`, valueAddress: { text: 'b' } },
      ],
    }),
  ),
  bad(
    'core extension: required code that does not exist',
    patient({ name: [{ _text: { extension: [{ url: `${CORE}/data-absent-reason`, valueCode: 'lost' }] } }] }),
  ),
  good(
    'core extension: data absent reason',
    patient({
      name: [{ _text: { extension: [{ url: `${CORE}/data-absent-reason`, valueCode: 'masked' }] } }],
    }),
  ),
  good(
    'core extension: nationality',
    on({
      url: `${CORE}/patient-nationality`,
      extension: [{ url: 'code', valueCodeableConcept: { text: 'x' } }],
    }),
  ),
  bad(
    'core extension: nationality with another part',
    on({
      url: `${CORE}/patient-nationality`,
      extension: [{ url: 'country', valueCodeableConcept: { text: 'x' } }],
    }),
  ),
  bad(
    'core extension: nationality without parts',
    on({ url: `${CORE}/patient-nationality`, valueString: 'x' }),
  ),
  good(
    'core extension: own name parts',
    patient({
      name: [
        { family: 'x', _family: { extension: [{ url: `${CORE}/humanname-own-name`, valueString: 'x' }] } },
      ],
    }),
  ),
  bad(
    'core extension: own name on the name',
    patient({
      name: [{ family: 'x', extension: [{ url: `${CORE}/humanname-own-name`, valueString: 'x' }] }],
    }),
  ),
  bad('extension is an object', patient({ extension: { url: `${OWN}/colour`, valueString: 'x' } })),
  bad('extension array is empty', patient({ extension: [] })),
];
