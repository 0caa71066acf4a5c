/** A document Bundle without a fault, and a blood pressure, for tests that break them. */
import type { Bundle, FhirResource, Observation, Reference } from 'fhir/r4';

const uuid = (place: number): string => `urn:uuid:c757873d-ec9a-4326-a141-${String(place).padStart(12, '0')}`;

function narrative(text: string): { status: 'generated'; div: string } {
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>` };
}

const snomed = (code: string, display: string) => ({
  coding: [{ system: 'http://snomed.info/sct', code, display }],
  text: display,
});

/** Where each resource of the document stands. */
export const PLACES = {
  composition: 0,
  patient: 1,
  home: 2,
  heartRate: 3,
  allergy: 4,
  statement: 5,
  answers: 6,
  device: 7,
};

/** Makes the document anew. */
export function document(): Bundle {
  const to = (place: number): Reference => ({ reference: uuid(place) });
  const resources: FhirResource[] = [
    {
      resourceType: 'Composition',
      text: narrative('Transfer to hospital'),
      status: 'final',
      type: snomed('371531000', 'Report of clinical encounter'),
      subject: to(1),
      date: '2026-01-31T09:30:00Z',
      author: [to(2)],
      title: 'Transfer to hospital',
      section: [
        { title: 'Observations', text: narrative('Heart rate 80'), entry: [to(3)] },
        { title: 'Allergies', text: narrative('Penicillin'), entry: [to(4)] },
        { title: 'Medicines', text: narrative('Paracetamol'), entry: [to(5)] },
        { title: 'About me', text: narrative('Tea at four'), entry: [to(6)] },
      ],
    },
    {
      resourceType: 'Patient',
      text: narrative('Betty Smith'),
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990548609' }],
      name: [{ family: 'Smith', given: ['Betty', 'Ann'] }],
      gender: 'female',
      birthDate: '1931-02-28',
      contact: [{ name: { text: 'Jane Smith' }, relationship: [{ text: 'Daughter' }] }],
    },
    { resourceType: 'Organization', text: narrative('The Elms'), name: 'The Elms' },
    {
      resourceType: 'Observation',
      text: narrative('Heart rate 80'),
      status: 'final',
      code: snomed('364075005', 'Heart rate'),
      subject: to(1),
      effectiveDateTime: '2026-01-31T08:00:00Z',
      device: to(7),
      valueQuantity: { value: 80, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
    },
    {
      resourceType: 'AllergyIntolerance',
      text: narrative('Penicillin'),
      clinicalStatus: {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' },
        ],
      },
      code: snomed('91936005', 'Allergy to penicillin'),
      patient: to(1),
      reaction: [{ manifestation: [snomed('271807003', 'Rash')], severity: 'mild' }],
    },
    {
      resourceType: 'MedicationStatement',
      text: narrative('Paracetamol'),
      status: 'active',
      medicationCodeableConcept: { text: 'Paracetamol 500 mg tablets' },
      subject: to(1),
      dosage: [
        { text: 'two, four times a day', timing: { repeat: { frequency: 4, period: 1, periodUnit: 'd' } } },
      ],
    },
    {
      resourceType: 'QuestionnaireResponse',
      text: narrative('Tea at four'),
      status: 'completed',
      subject: to(1),
      item: [{ linkId: '1', text: 'What matters to me', answer: [{ valueString: 'Tea at four' }] }],
    },
    {
      resourceType: 'Device',
      text: narrative('Software'),
      deviceName: [{ name: 'Home', type: 'user-friendly-name' }],
    },
  ];
  return {
    resourceType: 'Bundle',
    identifier: { system: 'urn:ietf:rfc:3986', value: uuid(99) },
    type: 'document',
    timestamp: '2026-01-31T09:30:00Z',
    entry: resources.map((resource, place) => ({ fullUrl: uuid(place), resource })),
  };
}

/** A blood pressure that satisfies R4's `bp` profile. */
export function bloodPressure(): Observation {
  const component = (code: string, value: number) => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  });
  return {
    resourceType: 'Observation',
    meta: { profile: ['http://hl7.org/fhir/StructureDefinition/bp'] },
    text: narrative('120/80'),
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
    subject: { display: 'Betty Smith' },
    effectiveDateTime: '2026-01-31T08:00:00Z',
    component: [component('8480-6', 120), component('8462-4', 80)],
  };
}
