/** References and contained resources. https://hl7.org/fhir/R4/references.html */
import { type Anything, bad, good, observation, patient, type Row, text, uuid } from './table.js';

const subject = (reference: Anything, members: Anything = {}): Anything =>
  observation({ subject: { reference }, ...members });
const inner = (id: string, members: Anything = {}): Anything => ({ resourceType: 'Patient', id, ...members });

export const rows: readonly Row[] = [
  good('reference: type and id', subject('Patient/1')),
  good('reference: with version', subject('Patient/1/_history/2')),
  good('reference: absolute', subject('https://example.com/fhir/Patient/1')),
  good('reference: absolute with version', subject('https://example.com/fhir/Patient/1/_history/2')),
  good('reference: display alone', observation({ subject: { display: 'x' } })),
  good(
    'reference: identifier alone',
    observation({ subject: { identifier: { system: 'http://example.com/id', value: '1' } } }),
  ),
  good(
    'reference: identifier and type',
    observation({
      subject: { type: 'Patient', identifier: { system: 'http://example.com/id', value: '1' } },
    }),
  ),
  bad(
    'reference: type that is no resource type',
    observation({ subject: { type: 'Person1', identifier: { value: '1' } } }),
  ),
  bad('reference: to a type that is not allowed', subject('Practitioner/1'), {
    reference: 'does not look at what type a reference that it cannot resolve names',
  }),
  bad(
    'reference: absolute, to a type that is not allowed',
    subject('https://example.com/fhir/Practitioner/1'),
    { reference: 'does not look at what type a reference that it cannot resolve names' },
  ),
  bad(
    'reference: stated type is not allowed',
    observation({ subject: { type: 'Practitioner', identifier: { value: '1' } } }),
    { reference: 'does not look at what type a reference that it cannot resolve names' },
  ),
  bad(
    'reference: stated type contradicts',
    observation({ subject: { type: 'Patient', reference: 'Group/1' } }),
  ),
  good('reference: unknown type', subject('Person1/1')),
  good('reference: lower case type', subject('patient/1')),
  good('reference: nothing but a word', subject('1')),
  good('reference: type alone', subject('Patient')),
  good('reference: type and slash', subject('Patient/')),
  good('reference: id too long', subject(`Patient/${'x'.repeat(65)}`)),
  good('reference: id with underscore', subject('Patient/a_b')),
  bad('reference: blank', subject('Patient/a b')),
  good('reference: slash before', subject('/Patient/1')),
  good('reference: path before', subject('../Patient/1')),
  good('reference: base before', subject('fhir/Patient/1')),
  good('reference: search', subject('Patient?identifier=1')),
  good('reference: urn:uuid outside a Bundle', subject(uuid(1))),
  good('reference: urn:oid outside a Bundle', subject('urn:oid:1.2.3')),
  good('reference: urn:uuid in upper case', subject('urn:uuid:5F0C1D2E-7A3B-4C4D-8E5F-000000000001')),
  good('reference: urn:uuid that is none', subject('urn:uuid:1')),
  good('reference: any address', subject('https://example.com/people/1')),
  bad('reference: empty', subject('')),
  bad('reference: empty object', observation({ subject: {} })),
  bad('reference: a text', observation({ subject: 'Patient/1' })),
  good(
    'reference: extension alone',
    observation({
      subject: {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' },
        ],
      },
    }),
  ),
  bad('reference: empty fragment outside', subject('#')),
  bad('contained: no such id', subject('#p')),
  good('contained: found', subject('#p', { contained: [inner('p')] })),
  bad(
    'contained: of a type that is not allowed',
    subject('#p', { contained: [{ resourceType: 'Practitioner', id: 'p' }] }),
  ),
  bad('contained: nobody refers to it', observation({ contained: [inner('p')] })),
  bad(
    'contained: without id',
    subject('#p', { contained: [inner('p'), { resourceType: 'Patient', active: true }] }),
  ),
  bad('contained: same id twice', subject('#p', { contained: [inner('p'), inner('p')] })),
  bad(
    'contained: within a contained one',
    subject('#p', {
      contained: [inner('p', { contained: [inner('q')], generalPractitioner: [{ reference: '#q' }] })],
    }),
  ),
  good(
    'contained: refers to its neighbour',
    subject('#p', {
      contained: [
        inner('p', { managingOrganization: { reference: '#o' } }),
        { resourceType: 'Organization', id: 'o', name: 'x' },
      ],
    }),
  ),
  good(
    'contained: refers to what holds it',
    observation({
      contained: [
        {
          resourceType: 'Provenance',
          id: 'p',
          target: [{ reference: '#' }],
          recorded: '2026-01-31T09:30:00Z',
          agent: [{ who: { display: 'x' } }],
        },
      ],
    }),
  ),
  bad('contained: with version', subject('#p', { contained: [inner('p', { meta: { versionId: '1' } })] })),
  bad(
    'contained: with lastUpdated',
    subject('#p', { contained: [inner('p', { meta: { lastUpdated: '2026-01-31T09:30:00Z' } })] }),
  ),
  bad(
    'contained: with security label',
    subject('#p', {
      contained: [
        inner('p', {
          meta: {
            security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
          },
        }),
      ],
    }),
  ),
  bad('contained: id with hash', subject('#p', { contained: [inner('#p')] })),
  bad('contained: invalid itself', subject('#p', { contained: [inner('p', { gender: 'x' })] })),
  bad('contained: reference in another case', subject('#P', { contained: [inner('p')] })),
  bad('contained: an object', subject('#p', { contained: inner('p') })),
  bad('contained: no resource', subject('#p', { contained: [{ id: 'p' }] })),
  bad('contained: used as type and id', subject('Patient/p', { contained: [inner('p')] })),
  good('canonical: contained', {
    resourceType: 'QuestionnaireResponse',
    text,
    status: 'completed',
    questionnaire: '#q',
    contained: [{ resourceType: 'Questionnaire', id: 'q', status: 'active' }],
  }),
  good('canonical: contained that is missing', {
    resourceType: 'QuestionnaireResponse',
    text,
    status: 'completed',
    questionnaire: '#q',
  }),
  bad(
    'link: relative to a type that is not allowed',
    patient({ link: [{ type: 'seealso', other: { reference: 'Practitioner/1' } }] }),
    { reference: 'does not look at what type a reference that it cannot resolve names' },
  ),
  good('link', patient({ link: [{ type: 'seealso', other: { reference: 'Patient/2' } }] })),
  bad(
    'element id: twice',
    patient({
      name: [
        { id: 'a', text: 'x' },
        { id: 'a', text: 'y' },
      ],
    }),
  ),
  bad(
    'element id: twice, on a primitive',
    patient({ birthDate: '1931', _birthDate: { id: 'a' }, name: [{ id: 'a', text: 'x' }] }),
  ),
  bad(
    'element id: twice, on two primitives',
    patient({ birthDate: '1931', _birthDate: { id: 'a' }, gender: 'male', _gender: { id: 'a' } }),
  ),
  bad(
    'element id: twice, on extensions',
    patient({
      name: [
        {
          text: 'x',
          extension: [
            {
              id: 'a',
              url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
              valueCode: 'unknown',
            },
          ],
        },
        { id: 'a', text: 'y' },
      ],
    }),
  ),
  good('element id: as that of the resource', patient({ id: 'a', name: [{ id: 'a', text: 'x' }] })),
  good(
    'element id: as that of what is contained',
    subject('#p', { code: { id: 'p', text: 'x' }, contained: [inner('p')] }),
  ),
  good(
    'element id: again in what is contained',
    subject('#p', {
      code: { id: 'e', text: 'x' },
      contained: [inner('p', { name: [{ id: 'e', text: 'x' }] })],
    }),
  ),
  good(
    'element id: as in the narrative',
    patient({
      name: [{ id: 'a', text: 'x' }],
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p id="a">x</p></div>' },
    }),
  ),
];
