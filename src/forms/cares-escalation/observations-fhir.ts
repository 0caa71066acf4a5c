/**
 * Each reading as an Observation of its own: SNOMED CT and, where its time is known, LOINC code of the vital sign,
 * units by UCUM. https://hl7.org/fhir/R4/observation-vitalsigns.html and the UK Core vital signs examples.
 */
import { redbag, systems } from '../../fhir/systems.js';
import { type Binding, derive, leaf, resource, table } from '../../mapping/binding.js';
import type { JsonObject } from '../../mapping/json.js';
import {
  loincCoding,
  type Measurement,
  measurement,
  OBSERVATION_PROFILES,
  observed,
  snomedCoding,
  type Term,
} from '../observation.js';
import { LABELS } from './labels.js';

const SETS = 'examination.observations';
const SECTION = 'observations';

const vital = (m: Pick<Measurement, 'value' | 'text' | 'snomed' | 'loinc' | 'unit' | 'ucum'>): Binding =>
  measurement({ from: SETS, part: m.value, section: SECTION, category: 'vital-signs', at: 'at', ...m });

const vitals: readonly Binding[] = [
  vital({
    value: 'respiration',
    text: 'Respiration rate',
    snomed: [{ code: '86290005', display: 'Respiratory rate' }],
    loinc: [{ code: '9279-1', display: 'Respiratory rate' }],
    unit: 'breaths per minute',
    ucum: '/min',
  }),
  vital({
    value: 'spo2',
    text: 'Oxygen saturation by pulse oximetry',
    snomed: [{ code: '103228002', display: 'Hemoglobin saturation with oxygen' }],
    loinc: [
      { code: '2708-6', display: 'Oxygen saturation in Arterial blood' },
      { code: '59408-5', display: 'Oxygen saturation in Arterial blood by Pulse oximetry' },
    ],
    unit: 'percent',
    ucum: '%',
  }),
  vital({
    value: 'pulse',
    text: 'Pulse',
    snomed: [
      { code: '364075005', display: 'Heart rate' },
      { code: '78564009', display: 'Pulse rate' },
    ],
    loinc: [{ code: '8867-4', display: 'Heart rate' }],
    unit: 'beats per minute',
    ucum: '/min',
  }),
  vital({
    value: 'temperature',
    text: 'Temperature',
    snomed: [{ code: '386725007', display: 'Body temperature' }],
    loinc: [{ code: '8310-5', display: 'Body temperature' }],
    unit: 'degree Celsius',
    ucum: 'Cel',
  }),
];

const SYSTOLIC = 'Systolic blood pressure';
const DIASTOLIC = 'Diastolic blood pressure';

/** A pressure that was not read is said to be absent: the vital sign's profile wants both. */
function pressure(
  value: 'systolic' | 'diastolic',
  text: string,
  snomed: Term,
  loinc: Term,
): readonly Binding[] {
  const at = `component[code.text=${text}]`;
  return [
    derive(`${at}.code.coding`, (data) => [
      snomedCoding(snomed),
      ...(typeof data['at'] === 'string' ? [loincCoding(loinc)] : []),
    ]),
    derive(`${at}.valueQuantity`, (data) =>
      typeof data[value] === 'number'
        ? { value: data[value], unit: 'millimeter of mercury', system: systems.ucum, code: 'mm[Hg]' }
        : undefined,
    ),
    leaf(value, `${at}.valueQuantity.value`),
    derive(`${at}.dataAbsentReason`, (data) =>
      typeof data[value] === 'number'
        ? undefined
        : { coding: [{ system: systems.dataAbsentReason, code: 'unknown', display: 'Unknown' }] },
    ),
  ];
}

const bloodPressure: Binding = resource({
  from: SETS,
  part: 'blood-pressure',
  type: 'Observation',
  section: SECTION,
  profiles: OBSERVATION_PROFILES,
  when: (data) => typeof data['systolic'] === 'number' || typeof data['diastolic'] === 'number',
  bindings: [
    ...observed('vital-signs'),
    derive('code', (data) => ({
      coding: [
        snomedCoding({ code: '75367002', display: 'Blood pressure' }),
        ...(typeof data['at'] === 'string'
          ? [loincCoding({ code: '85354-9', display: 'Blood pressure panel with all children optional' })]
          : []),
      ],
      text: 'Blood pressure',
    })),
    leaf('at', 'effectiveDateTime'),
    ...pressure(
      'systolic',
      SYSTOLIC,
      { code: '72313002', display: 'Systolic arterial pressure' },
      { code: '8480-6', display: SYSTOLIC },
    ),
    ...pressure(
      'diastolic',
      DIASTOLIC,
      { code: '1091811000000102', display: 'Diastolic arterial pressure' },
      { code: '8462-4', display: DIASTOLIC },
    ),
  ],
});

const BREATHING = { air: 'Breathing room air', oxygen: 'Patient on oxygen' } as const;

const oxygen: Binding = resource({
  from: SETS,
  part: 'oxygen',
  type: 'Observation',
  section: SECTION,
  profiles: OBSERVATION_PROFILES,
  when: (data) => data['oxygen'] !== undefined,
  bindings: [
    ...observed('vital-signs'),
    leaf('at', 'effectiveDateTime'),
    leaf('oxygen.breathing', `code.coding[system=${systems.snomed}].code`, {
      codec: table({ air: '722742002', oxygen: '371825009' }),
    }),
    derive(
      'code.text',
      (data) => BREATHING[(data['oxygen'] as { breathing: keyof typeof BREATHING }).breathing],
    ),
    leaf('oxygen.flow', 'valueQuantity.value'),
    derive('valueQuantity', (data) => {
      const flow = (data['oxygen'] as JsonObject)['flow'];
      return typeof flow === 'number'
        ? { value: flow, unit: 'litre per minute', system: systems.ucum, code: 'L/min' }
        : undefined;
    }),
    leaf('oxygen.device', 'method.text'),
  ],
});

/** UK Core's value set UKCore-ACVPU; a resident's usual confusion has no code in it and is not called acute. */
const ACVPU: Readonly<Record<string, Term>> = {
  alert: { code: '248234008', display: 'Mentally alert' },
  'new-confusion': { code: '130987000', display: 'Acute confusion' },
  voice: { code: '300202002', display: 'Responds to voice' },
  pain: { code: '450847001', display: 'Responds to pain' },
  unresponsive: { code: '422768004', display: 'Unresponsive' },
};
const CONSCIOUSNESS = redbag('CodeSystem', 'consciousness');

const consciousness: Binding = resource({
  from: SETS,
  part: 'consciousness',
  type: 'Observation',
  section: SECTION,
  profiles: OBSERVATION_PROFILES,
  when: (data) => data['consciousness'] !== undefined && data['consciousness'] !== 'not-known',
  bindings: [
    ...observed('survey'),
    derive('code', () => ({
      coding: [
        snomedCoding({
          code: '1104441000000107',
          display: 'ACVPU (Alert Confusion Voice Pain Unresponsive) scale score',
        }),
      ],
      text: 'Consciousness',
    })),
    leaf('at', 'effectiveDateTime'),
    derive('valueCodeableConcept', (data) => {
      const said = String(data['consciousness']);
      const term = ACVPU[said];
      const display = LABELS.consciousness[said as keyof typeof LABELS.consciousness];
      return {
        coding: [...(term ? [snomedCoding(term)] : []), { system: CONSCIOUSNESS, code: said, display }],
        text: display,
      };
    }),
    leaf('consciousness', `valueCodeableConcept.coding[system=${CONSCIOUSNESS}].code`),
  ],
});

/** The total that the home gave, as it gave it: without the score's code, so that only the reckoned one is read as it. */
const givenTotal: Binding = measurement({
  from: SETS,
  part: 'news2-given',
  section: SECTION,
  category: 'survey',
  value: 'news2',
  at: 'at',
  text: 'NEWS2 total as given by the care home, not reckoned by the sender of this document',
  unit: 'ScoreOf',
  ucum: '{ScoreOf}',
});

const glucose: Binding = measurement({
  from: 'examination.glucose',
  section: SECTION,
  category: 'laboratory',
  value: 'value',
  at: 'at',
  text: 'Capillary glucose',
  snomed: [{ code: '997671000000106' }],
  unit: 'millimoles per litre',
  ucum: 'mmol/L',
});

const usualSaturation: Binding = measurement({
  from: 'examination.usual',
  part: 'spo2',
  section: SECTION,
  category: 'vital-signs',
  value: 'spo2',
  at: 'on',
  text: 'Usual (baseline) oxygen saturation',
  snomed: [{ code: '927981000000106', display: 'Baseline SpO2 (oxygen saturation at periphery)' }],
  unit: 'percent',
  ucum: '%',
});

const pain: Binding = measurement({
  from: 'examination.pain',
  section: SECTION,
  category: 'survey',
  value: 'score',
  text: 'Pain score, 0 to 10',
  unit: 'ScoreOf',
  ucum: '{ScoreOf}',
});

export const observationBindings: readonly Binding[] = [
  ...vitals,
  bloodPressure,
  oxygen,
  consciousness,
  givenTotal,
  glucose,
  usualSaturation,
  pain,
];
