/**
 * The chart in FHIR: what the resident takes is a MedicationStatement (the home does not prescribe) with its
 * Medication, each entry of the chart a MedicationAdministration that points to the statement.
 * https://hl7.org/fhir/R4/medicationstatement.html https://hl7.org/fhir/R4/medicationadministration.html
 * Letters, slots and what only this chart asks for are answers to the form's Questionnaire; statuses and reasons are
 * told from the chart's key in `fhir-entries.ts`.
 */
import { redbag, systems, ukCore } from '../../fhir/systems.js';
import { type Binding, derive, fixed, group, leaf, link, project, resource } from '../../mapping/binding.js';
import type { Json, JsonObject } from '../../mapping/json.js';
import { practitioner, provenance } from '../common.js';
import type { Form } from '../form.js';
import { unitCode } from './dose-text.js';
import { tellEntries } from './fhir-entries.js';
import { MEDICATION_ADMINISTRATION } from './profiles.js';
import { clocksOf, isKind, knownNumber, type Loose } from './schedule.js';
import type { Administration, GivenByOthers, Medicine } from './schema.js';

const medicineOf = (data: JsonObject) => data as unknown as Loose<Medicine>;
const COMMUNITY = (system: string): JsonObject => ({
  coding: [
    { system: `http://terminology.hl7.org/CodeSystem/${system}`, code: 'community', display: 'Community' },
  ],
});

/** https://hl7.org/fhir/R4/valueset-event-timing.html */
const ROUNDS: Readonly<Record<string, string>> = {
  waking: 'WAKE',
  'before-breakfast': 'ACM',
  breakfast: 'CM',
  'after-breakfast': 'PCM',
  morning: 'MORN',
  lunch: 'CD',
  afternoon: 'AFT',
  'evening-meal': 'CV',
  evening: 'EVE',
  bedtime: 'HS',
  night: 'NIGHT',
};

const isRange = (data: JsonObject): boolean => medicineOf(data).dose?.most !== undefined;
const isOne = (data: JsonObject): boolean => !isRange(data);

/** doseRange of a variable dose. rng-2: low is not above high. */
function doseRange(data: JsonObject): Json | undefined {
  const { quantity, most, unit } = medicineOf(data).dose ?? {};
  const [low, high] = [knownNumber(quantity), knownNumber(most)];
  if (low === undefined || high === undefined || low > high) return undefined;
  const in_ = typeof unit === 'string' ? { unit, ...unitCode(unit) } : {};
  return { low: { value: low, ...in_ }, high: { value: high, ...in_ } };
}

/** `system` and `code` beside a unit written in full. */
const coded = (to: string, unit: (data: JsonObject) => unknown): Binding[] => [
  derive(`${to}.system`, (data) => unitCode(unit(data))?.system),
  derive(`${to}.code`, (data) => unitCode(unit(data))?.code),
];

const doseUnit = (data: JsonObject): unknown =>
  isOne(data) && medicineOf(data).dose?.unit !== undefined ? medicineOf(data).dose?.unit : undefined;

const repeat = 'dosage[0].timing.repeat';
const quantity = 'dosage[0].doseAndRate[0].doseQuantity';

const dosage: readonly Binding[] = [
  leaf('doseText', 'dosage[0].text'),
  leaf('instructions', 'dosage[0].patientInstruction'),
  leaf('dose.quantity', `${quantity}.value`, { when: isOne }),
  leaf('dose.unit', `${quantity}.unit`, { when: isOne }),
  ...coded(quantity, doseUnit),
  derive('dosage[0].doseAndRate[0].doseRange', doseRange),
  leaf('dose.frequency.times', `${repeat}.frequency`),
  leaf('dose.frequency.period', `${repeat}.period`),
  leaf('dose.frequency.periodUnit', `${repeat}.periodUnit`),
  leaf('dose.weekdays', `${repeat}.dayOfWeek`),
  derive(`${repeat}.timeOfDay`, (data) => {
    const clocks = clocksOf(medicineOf(data));
    return clocks.length > 0 ? clocks.map((c) => `${c}:00`) : undefined;
  }),
  // tim-10: either times of day or events of the day.
  derive(`${repeat}.when`, (data) => {
    const medicine = medicineOf(data);
    const events = (medicine.dose?.times ?? []).flatMap((t) => ROUNDS[t?.round ?? ''] ?? []);
    return events.length > 0 && clocksOf(medicine).length === 0 ? [...new Set(events)] : undefined;
  }),
  leaf('route.text', 'dosage[0].route.text'),
  leaf('route.code', `dosage[0].route.coding[system=${systems.snomed}].code`),
  leaf('topical.site', 'dosage[0].site.text'),
  leaf('whenRequired.reason', 'dosage[0].asNeededCodeableConcept.text'),
  derive('dosage[0].asNeededBoolean', (data) => {
    const medicine = medicineOf(data);
    return isKind(medicine, 'when-required') && medicine.whenRequired?.reason === undefined
      ? true
      : undefined;
  }),
  group('whenRequired.maximumIn24Hours', 'dosage[0].maxDosePerPeriod', [
    leaf('amount', 'numerator.value'),
    leaf('unit', 'numerator.unit'),
    ...coded('numerator', (data) => data['unit']),
    fixed('denominator', { value: 24, unit: 'hour', system: systems.ucum, code: 'h' }),
  ]),
];

const administration = resource({
  from: 'administrations',
  type: 'MedicationAdministration',
  profiles: MEDICATION_ADMINISTRATION,
  bindings: [
    leaf('at', 'effectiveDateTime', { absent: 'unknown' }),
    fixed('category', COMMUNITY('medication-admin-category')),
    link('subject', { role: 'patient' }),
    link('supportingInformation[+]', 'parent'),
    // mad-1: the unit is mandatory in the group, so there is a dose whenever there is a dosage.
    leaf('given.amount', 'dosage.dose.value'),
    leaf('given.unit', 'dosage.dose.unit'),
    ...coded('dosage.dose', (data) => (data as unknown as Loose<Administration>).given?.unit),
    leaf('given.site', 'dosage.site.text'),
    leaf('by', 'performer[function.text=Administered by].actor.display'),
    leaf('witness', 'performer[function.text=Witness].actor.display'),
    leaf('reason', 'note[0].text'),
  ],
});

/** per-1: a period does not end before it starts; the end's home is the form's answers. */
function endOf(data: JsonObject): Json | undefined {
  const { startDate, endDate } = medicineOf(data);
  if (typeof endDate !== 'string') return undefined;
  return typeof startDate !== 'string' || startDate <= endDate ? endDate : undefined;
}

const statement = resource({
  from: '',
  type: 'MedicationStatement',
  profiles: [redbag('StructureDefinition', 'RedBag-MedicationStatement'), ukCore('MedicationStatement')],
  bindings: [
    leaf('status', 'status'),
    fixed('category', COMMUNITY('medication-statement-category')),
    link('subject', { role: 'patient' }),
    leaf('startDate', 'effectivePeriod.start'),
    derive('effectivePeriod.end', endOf),
    link('informationSource', { role: 'sender-organisation' }),
    leaf('indication', 'reasonCode[0].text'),
    ...dosage,
    administration,
  ],
});

const medication = (from: string, inner: readonly Binding[]): Binding =>
  resource({
    from,
    type: 'Medication',
    profiles: [redbag('StructureDefinition', 'RedBag-Medication'), ukCore('Medication')],
    section: false,
    bindings: [
      leaf('name', 'code.text'),
      leaf('dmdCode', `code.coding[system=${systems.dmd}].code`),
      leaf('form', 'form.text'),
      ...inner,
    ],
  });

const othersLast = resource({
  from: '',
  type: 'MedicationAdministration',
  part: 'last-given',
  profiles: MEDICATION_ADMINISTRATION,
  when: (data) => typeof data['lastGiven'] === 'string',
  bindings: [
    fixed('status', 'completed'),
    leaf('lastGiven', 'effectiveDateTime'),
    fixed('category', COMMUNITY('medication-admin-category')),
    link('subject', { role: 'patient' }),
    link('supportingInformation[+]', 'parent'),
  ],
});

const others = resource({
  from: '',
  type: 'MedicationStatement',
  profiles: [redbag('StructureDefinition', 'RedBag-MedicationStatement'), ukCore('MedicationStatement')],
  bindings: [
    // What the ambulance gave is over; what others give goes on.
    derive('status', (data) =>
      (data as unknown as Loose<GivenByOthers>).by === 'ambulance' ? 'completed' : 'active',
    ),
    fixed('category', COMMUNITY('medication-statement-category')),
    link('subject', { role: 'patient' }),
    link('informationSource', { role: 'sender-organisation' }),
    leaf('doseText', 'dosage[0].text'),
    leaf('route', 'dosage[0].route.text'),
    othersLast,
  ],
});

export const marBindings: readonly Binding[] = [
  medication('medicines', [statement]),
  medication('notOnThisChart.givenByOthers', [others]),
  project(tellEntries),
  practitioner('recorded.by'),
  provenance,
];

export const marSections: Form['sections'] = [
  {
    key: 'mar',
    title: 'Medicines administration record',
    codings: [
      {
        system: systems.ukCoreHeadings,
        code: 'medications-and-medical-devices',
        display: 'Medications and medical devices',
      },
      { system: systems.snomed, code: '933361000000108', display: 'Medications and medical devices' },
    ],
    lead: 'Letters mean what the key of this chart says, and nothing else. Copy of the record of the home.',
    attachments: (data) =>
      ((data['medicines'] ?? []) as readonly Loose<Medicine>[]).flatMap((m) => m?.topical?.bodyMap ?? []),
  },
];
