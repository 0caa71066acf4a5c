/** Resources that break, between them, each of the invariants that we write in code. */

const coding = (system: string, code: string) => ({ coding: [{ system, code }] });
const ALLERGY = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
const CONDITION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const UCUM = 'http://unitsofmeasure.org';

const timing = (repeat: object) => ({
  resourceType: 'MedicationStatement',
  dosage: [{ timing: { repeat } }],
});
const bundle = (type: string, entry: object[], more: object = {}) => ({
  resourceType: 'Bundle',
  type,
  entry,
  ...more,
});

export const BREAKERS: readonly object[] = [
  { resourceType: 'CodeSystem', concept: [{ code: 'a' }, { code: 'a' }] },
  {
    resourceType: 'CodeSystem',
    concept: [{ code: 'a', concept: [{ code: 'b', concept: [{ code: 'a' }] }] }],
  },
  { resourceType: 'CodeSystem', concept: [{ code: 'a' }, { display: 'x' }, { display: 'y' }] },
  {
    resourceType: 'CodeSystem',
    contained: [
      {
        resourceType: 'ValueSet',
        id: 'v',
        compose: { include: [{ system: 'x', concept: [{ code: 'a' }] }] },
      },
    ],
    concept: [{ code: 'a' }],
  },
  { resourceType: 'Patient', name: [{ period: { start: '2024-02-01', end: '2024-01-31' } }] },
  { resourceType: 'Patient', name: [{ period: { start: '2024-02', end: '2024-02-28' } }] },
  {
    resourceType: 'Patient',
    name: [{ period: { start: '2024-02-01T10:00:00+01:00', end: '2024-02-01T09:30:00Z' } }],
  },
  {
    resourceType: 'Patient',
    name: [{ period: { start: '2024-02-01T10:00:00+01:00', end: '2024-02-01T08:30:00Z' } }],
  },
  { resourceType: 'Patient', name: [{ period: { start: '2024-02-01', end: '2024-02-01' } }] },
  {
    resourceType: 'Patient',
    photo: [{ data: 'YQ==' }],
    telecom: [{ value: '1' }],
    contact: [{ gender: 'male' }],
  },
  {
    resourceType: 'Patient',
    extension: [
      { url: 'http://x.test' },
      { url: 'http://x.test', valueString: 'x', extension: [{ url: 'y', valueString: 'x' }] },
    ],
  },
  { resourceType: 'Patient', generalPractitioner: [{ reference: '#nobody' }] },
  {
    resourceType: 'Patient',
    contained: [
      {
        resourceType: 'Organization',
        id: 'a',
        meta: { versionId: '1', security: [{ code: 'R' }] },
        contained: [{ resourceType: 'Organization', id: 'b' }],
      },
      { resourceType: 'Organization', id: 'c', partOf: { reference: '#' } },
    ],
    managingOrganization: { reference: '#c' },
  },
  {
    resourceType: 'Patient',
    contained: [{ resourceType: 'Organization', id: 'a', meta: { lastUpdated: '2024-01-01T00:00:00Z' } }],
  },
  {
    resourceType: 'Composition',
    section: [
      { title: 'empty' },
      { emptyReason: coding('x', 'y'), entry: [{ display: 'x' }] },
      { text: { status: 'generated', div: '<div/>' } },
    ],
  },
  {
    resourceType: 'Observation',
    code: coding('http://loinc.org', '1-8'),
    valueQuantity: { value: 1, code: 'kg' },
    dataAbsentReason: coding('x', 'y'),
    referenceRange: [{ appliesTo: [coding('x', 'y')] }],
    component: [{ code: coding('http://loinc.org', '1-8') }],
  },
  {
    resourceType: 'Observation',
    code: coding('http://loinc.org', '1-8'),
    valueString: 'x',
    component: [{ code: coding('http://loinc.org', '2-6') }],
  },
  { resourceType: 'AllergyIntolerance' },
  {
    resourceType: 'AllergyIntolerance',
    clinicalStatus: coding('x', 'active'),
    verificationStatus: coding(ALLERGY, 'entered-in-error'),
  },
  { resourceType: 'AllergyIntolerance', verificationStatus: coding(ALLERGY, 'entered-in-error') },
  {
    resourceType: 'Condition',
    category: [coding('x', 'y')],
    abatementString: 'x',
    stage: [{ type: coding('x', 'y') }],
    evidence: [{ id: 'x' }],
  },
  {
    resourceType: 'Condition',
    clinicalStatus: coding('http://terminology.hl7.org/CodeSystem/condition-clinical', 'remission'),
    abatementAge: { value: 1 },
    verificationStatus: coding(CONDITION, 'entered-in-error'),
  },
  { resourceType: 'Consent' },
  { resourceType: 'Consent', policyRule: coding('x', 'y'), scope: coding('something', 'research') },
  { resourceType: 'Consent', policyRule: coding('x', 'y'), scope: coding('something', 'patient-privacy') },
  { resourceType: 'Consent', policyRule: coding('x', 'y'), scope: coding('something', 'adr') },
  { resourceType: 'Consent', policyRule: coding('x', 'y'), scope: coding('something', 'treatment') },
  { resourceType: 'Organization', telecom: [{ system: 'phone', use: 'home' }], address: [{ use: 'home' }] },
  { resourceType: 'CarePlan', activity: [{ detail: { status: 'unknown' }, reference: { display: 'x' } }] },
  { resourceType: 'MedicationAdministration', dosage: { text: 'x' } },
  { resourceType: 'MedicationAdministration', dosage: { rateQuantity: { value: 1 } } },
  {
    resourceType: 'QuestionnaireResponse',
    item: [{ linkId: '1', answer: [{ valueString: 'x' }], item: [{ linkId: '2' }] }],
  },
  { resourceType: 'ServiceRequest', orderDetail: [coding('x', 'y')] },
  {
    resourceType: 'List',
    mode: 'snapshot',
    emptyReason: coding('x', 'y'),
    entry: [{ deleted: true, date: '2024', item: { display: 'x' } }],
  },
  { resourceType: 'List', mode: 'changes', entry: [{ deleted: true, item: { display: 'x' } }] },
  { resourceType: 'AuditEvent', entity: [{ name: 'x', query: 'YQ==' }] },
  timing({ duration: -1, period: -1, periodMax: 1, durationMax: 1 }),
  timing({ periodMax: 1, durationMax: 1, countMax: 1 }),
  timing({ offset: 5 }),
  timing({ offset: 5, when: ['C'] }),
  timing({ offset: 5, when: ['HS'] }),
  timing({ timeOfDay: ['10:00:00'], when: ['HS'] }),
  timing({ boundsDuration: { value: 1, code: 'd' } }),
  timing({ boundsDuration: { code: 'd', system: UCUM } }),
  timing({ boundsDuration: { value: 1, code: 'd', system: UCUM } }),
  bundle('collection', [{ search: { mode: 'match' }, resource: { resourceType: 'Patient' } }], { total: 1 }),
  bundle('collection', [
    {
      fullUrl: 'https://x.test/Patient/1/_history/1',
      request: { method: 'GET', url: 'x' },
      response: { status: '200' },
    },
  ]),
  bundle('batch', [{ resource: { resourceType: 'Patient' } }]),
  bundle('batch-response', [{ resource: { resourceType: 'Patient' } }]),
  bundle('collection', [{ link: [{ relation: 'self', url: 'x' }] }]),
  bundle('collection', [
    { fullUrl: 'https://x.test/Patient/1', resource: { resourceType: 'Patient', meta: { versionId: '1' } } },
    { fullUrl: 'https://x.test/Patient/1', resource: { resourceType: 'Patient', meta: { versionId: '2' } } },
  ]),
  bundle('collection', [
    { fullUrl: 'https://x.test/Patient/1', resource: { resourceType: 'Patient' } },
    { fullUrl: 'https://x.test/Patient/1', resource: { resourceType: 'Patient' } },
  ]),
  bundle('document', [{ resource: { resourceType: 'Patient' } }], { identifier: { value: 'x' } }),
  bundle('message', [{ resource: { resourceType: 'Patient' } }]),
  { resourceType: 'RiskAssessment', prediction: [{ probabilityDecimal: 101 }] },
];
