/**
 * The discharge summary as a document of its own: Composition 373942005, the resident, the hospital, the stay as
 * Encounter, diagnoses, treatments, medicines with their change, new allergies, a CPR decision and what is to be done.
 * https://hl7.org/fhir/R4/composition.html ; what R4 has no element for is answered in the Questionnaire.
 */
import { redbag, systems, ukCore } from '../../fhir/systems.js';
import {
  type Binding,
  type Codec,
  derive,
  each,
  fixed,
  leaf,
  link,
  resource,
  table,
} from '../../mapping/binding.js';
import type { JsonObject } from '../../mapping/json.js';
import { practitioner, practitionerElements, provenance } from '../common.js';
import type { FormSection } from '../form.js';
import { infectionFlag } from '../infection.js';
import { CHANGES, type Change } from './medicine.js';

const HL7 = 'http://terminology.hl7.org/CodeSystem';
const ours = (name: string) => redbag('StructureDefinition', `RedBag-${name}`);
const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }] });
/** Spaces between the digits are for reading. */
const digits: Codec = { write: (v) => String(v).replaceAll(' ', ''), read: (v) => v };

const composition: Binding = resource({
  from: '',
  type: 'Composition',
  role: 'composition',
  section: false,
  profiles: [ours('DischargeComposition'), ukCore('Composition')],
  bindings: [
    fixed('status', 'final'),
    fixed('type', {
      coding: [{ system: systems.snomed, code: '373942005', display: 'Discharge summary' }],
      text: 'Discharge summary for the care home',
    }),
    fixed('title', 'Discharge summary for the care home'),
    link('subject', { role: 'patient' }),
    link('encounter', { role: 'transfer' }),
    leaf('createdAt', 'date'),
    link('author[+]', { role: 'sender-practitioner-role' }),
    link('author[+]', { role: 'sender-organisation' }),
    link('custodian', { role: 'sender-organisation' }),
  ],
});

const sender: readonly Binding[] = [
  resource({
    from: 'sender.organisation',
    type: 'Organization',
    role: 'sender-organisation',
    section: false,
    profiles: [ours('Hospital'), ukCore('Organization')],
    bindings: [
      leaf('odsCode', `identifier[system=${systems.odsOrganisation}].value`),
      leaf('name', 'name'),
      leaf('telephone', 'telecom[system=phone].value'),
    ],
  }),
  resource({
    from: 'sender.person',
    type: 'Practitioner',
    role: 'sender-practitioner',
    section: false,
    profiles: [ours('Practitioner'), ukCore('Practitioner')],
    bindings: practitionerElements,
  }),
  resource({
    from: 'sender.person',
    type: 'PractitionerRole',
    role: 'sender-practitioner-role',
    section: false,
    profiles: [ours('PractitionerRole'), ukCore('PractitionerRole')],
    bindings: [
      leaf('role', 'code[0].text'),
      link('practitioner', { role: 'sender-practitioner' }),
      link('organization', { role: 'sender-organisation' }),
    ],
  }),
];

const patient: Binding = resource({
  from: 'resident',
  type: 'Patient',
  role: 'patient',
  section: false,
  profiles: [ours('DischargePatient'), ukCore('Patient')],
  bindings: [
    leaf('nhsNumber', `identifier[system=${systems.nhsNumber}].value`, { codec: digits }),
    leaf('name.family', 'name[use=official].family'),
    leaf('name.given', 'name[use=official].given'),
    leaf('birthDate', 'birthDate'),
    leaf('address.lines', 'address[use=home].line'),
    leaf('address.postcode', 'address[use=home].postalCode'),
  ],
});

const stay: Binding = resource({
  from: 'stay',
  type: 'Encounter',
  role: 'transfer',
  section: 'discharge-details',
  profiles: [ours('HospitalStay'), ukCore('Encounter')],
  bindings: [
    fixed('status', 'finished'),
    fixed('class', { system: `${HL7}/v3-ActCode`, code: 'IMP', display: 'inpatient encounter' }),
    link('subject', { role: 'patient' }),
    link('serviceProvider', { role: 'sender-organisation' }),
    link('participant[0].individual', { type: 'Practitioner', from: 'consultant' }),
    leaf('admittedAt', 'period.start', { when: inOrder }),
    leaf('leftAt', 'period.end'),
    leaf('reason', 'reasonCode[0].text'),
    leaf('destination', 'hospitalization.dischargeDisposition.text'),
  ],
});

/** per-1: a period does not end before it starts. */
function inOrder({ admittedAt, leftAt }: JsonObject): boolean {
  return typeof leftAt !== 'string' || Date.parse(String(admittedAt)) <= Date.parse(leftAt);
}

const condition: Binding = resource({
  from: 'diagnoses',
  type: 'Condition',
  section: 'diagnoses',
  profiles: [ours('DischargeDiagnosis'), ukCore('Condition')],
  bindings: [
    fixed('clinicalStatus', coded(`${HL7}/condition-clinical`, 'active', 'Active')),
    leaf('certainty', `verificationStatus.coding[system=${HL7}/condition-ver-status].code`, {
      codec: table({ confirmed: 'confirmed', suspected: 'provisional' }),
    }),
    fixed('category', [coded(`${HL7}/condition-category`, 'encounter-diagnosis', 'Encounter Diagnosis')]),
    leaf('code', `code.coding[system=${systems.snomed}].code`),
    leaf('text', 'code.text'),
    link('subject', { role: 'patient' }),
    link('encounter', { role: 'transfer' }),
  ],
});

const procedure: Binding = resource({
  from: 'treatments',
  type: 'Procedure',
  section: 'procedures',
  profiles: [ours('DischargeTreatment'), ukCore('Procedure')],
  bindings: [
    fixed('status', 'completed'),
    leaf('code', `code.coding[system=${systems.snomed}].code`),
    leaf('text', 'code.text'),
    link('subject', { role: 'patient' }),
    link('encounter', { role: 'transfer' }),
    leaf('on', 'performedDateTime'),
    leaf('outcome', 'outcome.text'),
  ],
});

const STATUS: Readonly<Record<Change, string>> = {
  started: 'active',
  changed: 'active',
  unchanged: 'active',
  stopped: 'stopped',
  'on-hold': 'on-hold',
};
const CHANGE = `statusReason[0].coding[system=${redbag('CodeSystem', 'medicine-change')}]`;

/** UK Core's own extension for the change of a medicine is retired, and has no "discontinued". */
const medication: Binding = resource({
  from: 'medicines',
  type: 'MedicationStatement',
  section: 'medicines',
  profiles: [ours('DischargeMedicine'), ukCore('MedicationStatement')],
  bindings: [
    derive('status', ({ change }) => STATUS[change as Change] ?? 'unknown'),
    leaf('change', `${CHANGE}.code`),
    derive(`${CHANGE}.display`, ({ change }) => CHANGES[change as Change]),
    leaf('reason', 'statusReason[0].text'),
    leaf('dmdCode', `medicationCodeableConcept.coding[system=${systems.dmd}].code`),
    leaf('name', 'medicationCodeableConcept.text'),
    link('subject', { role: 'patient' }),
    link('context', { role: 'transfer' }),
    link('informationSource', { role: 'sender-organisation' }),
    leaf('indication', 'reasonCode[0].text'),
    leaf('note', 'note[0].text'),
    leaf('dose', 'dosage[0].text'),
    leaf('route', 'dosage[0].route.text'),
  ],
});

const allergy: Binding = resource({
  from: 'allergies.entries',
  type: 'AllergyIntolerance',
  section: 'allergies',
  profiles: [ours('AllergyIntolerance'), ukCore('AllergyIntolerance')],
  bindings: [
    fixed('clinicalStatus', coded(`${HL7}/allergyintolerance-clinical`, 'active', 'Active')),
    fixed(
      'verificationStatus',
      coded(`${HL7}/allergyintolerance-verification`, 'unconfirmed', 'Unconfirmed'),
    ),
    leaf('code', `code.coding[system=${systems.snomed}].code`),
    leaf('agent', 'code.text'),
    link('patient', { role: 'patient' }),
    link('encounter', { role: 'transfer' }),
    leaf('found', 'recordedDate'),
    // A reaction has a manifestation in R4: without one its severity is an answer.
    leaf('reaction', 'reaction[0].manifestation[0].text'),
    leaf('severity', 'reaction[0].severity', { when: ({ reaction }) => typeof reaction === 'string' }),
  ],
});

/** Only what was decided in hospital, and holds after it: "no change" is no decision of this document. */
const decided = (cpr: JsonObject): boolean =>
  (cpr['status'] === 'not-for-cpr' || cpr['status'] === 'for-cpr') &&
  (cpr['what'] === 'made' || cpr['what'] === 'changed') &&
  cpr['stayOnly'] !== true;

const CPR_DISPLAY: Readonly<Record<string, string>> = {
  'not-for-cpr': 'Not for attempted cardiopulmonary resuscitation',
  'for-cpr': 'For attempted cardiopulmonary resuscitation',
};
const CPR = `code.coding[system=${systems.snomed}]`;

const cprFlag: Binding = resource({
  from: 'cpr',
  type: 'Flag',
  section: 'cpr',
  profiles: [ours('DischargeCprFlag'), ukCore('Flag')],
  when: decided,
  bindings: [
    fixed('status', 'active'),
    leaf('status', `${CPR}.code`, {
      codec: table({ 'not-for-cpr': '450476008', 'for-cpr': '450475007' }),
    }),
    derive(`${CPR}.display`, ({ status }) => CPR_DISPLAY[String(status)]),
    derive(
      'code.text',
      ({ status }) =>
        `${CPR_DISPLAY[String(status)]}. Information copy: look for the original. CPR only; other treatments still apply.`,
    ),
    link('subject', { role: 'patient' }),
    leaf('decidedOn', 'period.start'),
    link('encounter', { role: 'transfer' }),
    link('author', { role: 'sender-organisation' }),
  ],
});

const plan: Binding = resource({
  from: '',
  type: 'CarePlan',
  section: 'plan',
  profiles: [ours('DischargePlan'), ukCore('CarePlan')],
  when: (data) => data['followUp'] !== undefined,
  bindings: [
    fixed('status', 'active'),
    fixed('intent', 'plan'),
    fixed('title', 'Follow-up after hospital'),
    link('subject', { role: 'patient' }),
    link('encounter', { role: 'transfer' }),
    each('followUp', 'activity', [
      fixed('detail.status', 'not-started'),
      leaf('action', 'detail.description'),
      leaf('by', 'detail.performer[0].display'),
      leaf('due', 'detail.scheduledString'),
    ]),
  ],
});

export const dischargeSummaryBindings: readonly Binding[] = [
  composition,
  ...sender,
  patient,
  stay,
  condition,
  procedure,
  medication,
  allergy,
  cprFlag,
  infectionFlag('infectionRisk', 'alerts'),
  plan,
  practitioner('recorded.by'),
  practitioner('stay.consultant'),
  provenance,
];

const heading = (slug: string, display: string, snomed?: string) => [
  { system: systems.ukCoreHeadings, code: slug, display },
  ...(snomed === undefined ? [] : [{ system: systems.snomed, code: snomed, display }]),
];

const section = (
  key: string,
  title: string,
  tells: readonly string[],
  codings: FormSection['codings'] = [],
  more: Partial<FormSection> = {},
): FormSection => ({ key, title, tells, codings, ...more });

export const dischargeSummarySections: readonly FormSection[] = [
  section(
    'discharge-details',
    'Discharge details',
    ['format', 'packageId', 'answersPackageId', 'createdAt', 'stay', 'nextOfKin'],
    heading('discharge-details', 'Discharge details', '886811000000106'),
  ),
  section(
    'identity',
    'Resident',
    ['resident'],
    heading('patient-demographics', 'Patient demographics', '886731000000109'),
  ),
  section(
    'summary',
    'What happened',
    ['whatHappened'],
    heading('clinical-summary', 'Clinical summary', '887181000000106'),
  ),
  section('diagnoses', 'Diagnoses', ['diagnoses'], heading('diagnoses', 'Diagnoses', '887161000000102')),
  section('procedures', 'Treatments', ['treatments'], heading('procedures', 'Procedures', '887171000000109')),
  section(
    'medicines',
    'Medicines: started, stopped, changed, unchanged',
    ['medicines'],
    heading('medications-and-medical-devices', 'Medications and medical devices', '933361000000108'),
    {
      lead: (data) =>
        data['medicines'] === undefined ? 'NOT SAID: ask the ward which medicines have changed.' : undefined,
    },
  ),
  section(
    'allergies',
    'Allergies found in hospital',
    ['allergies'],
    heading('allergies-and-adverse-reaction', 'Allergies and adverse reaction', '886921000000105'),
    { lead: "Newly found ones only: they add to the home's own list and replace nothing in it." },
  ),
  section('cpr', 'CPR decision in hospital', ['cpr'], [], {
    lead: 'Information copy: look for the original. CPR only; other treatments still apply.',
  }),
  section('alerts', 'Infection and skin', ['infectionRisk', 'skin'], heading('alerts', 'Alerts')),
  section('function', 'How the person is now', ['abilities'], heading('assessments', 'Assessments')),
  section('equipment', 'New equipment', ['equipment'], heading('medical-devices', 'Medical devices')),
  section(
    'plan',
    'Plan and requested actions',
    ['followUp'],
    heading('plan-and-requested-actions', 'Plan and requested actions', '887201000000105'),
  ),
  section('belongings', 'Belongings', ['belongings']),
  section(
    'contact',
    'Contact on the ward',
    ['ward'],
    heading('contact-for-further-information', 'Contact for further information', '1077931000000102'),
  ),
  section(
    'sender',
    'Person completing record',
    ['sender', 'recorded'],
    heading('person-completing-record', 'Person completing record', '887231000000104'),
  ),
];
