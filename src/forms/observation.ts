/**
 * Observations that more than one paper makes: a measured quantity, a total of an assessment scale.
 * https://hl7.org/fhir/R4/observation.html and https://hl7.org/fhir/R4/observation-vitalsigns.html
 *
 * A LOINC code of a vital sign binds a resource to that vital sign's profile, which demands a time. A reading without
 * one therefore carries its SNOMED CT code alone.
 */
import { redbag, systems, ukCore } from '../fhir/systems.js';
import {
  type Binding,
  derive,
  fixed,
  leaf,
  link,
  type ResourceBinding,
  resource,
} from '../mapping/binding.js';
import { type JsonObject, member } from '../mapping/json.js';

/** Our profile and the UK Core one that every Observation claims. */
export const OBSERVATION_PROFILES = [
  redbag('StructureDefinition', 'RedBag-Observation'),
  ukCore('Observation'),
] as const;

const CATEGORIES = {
  'vital-signs': 'Vital Signs',
  survey: 'Survey',
  exam: 'Exam',
  laboratory: 'Laboratory',
} as const;
export type ObservationCategory = keyof typeof CATEGORIES;

/** `Observation.category` of one of HL7's codes. */
export const category = (code: ObservationCategory): readonly JsonObject[] => [
  {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/observation-category',
        code,
        display: CATEGORIES[code],
      },
    ],
  },
];

export interface Term {
  readonly code: string;
  readonly display?: string;
}

export const snomedCoding = (term: Term): JsonObject => ({ system: systems.snomed, ...term });
export const loincCoding = (term: Term): JsonObject => ({ system: systems.loinc, ...term });

/** Quantity of points on a scale, as UK Core writes it. */
export const scoreOf = (value: number): JsonObject => ({
  value,
  unit: 'ScoreOf',
  system: systems.ucum,
  code: '{ScoreOf}',
});

/** What every Observation of a paper says of itself: final, of the patient, in this transfer, by the home. */
export const observed = (kind: ObservationCategory): readonly Binding[] => [
  fixed('status', 'final'),
  fixed('category', category(kind)),
  link('subject', { role: 'patient' }),
  link('encounter', { role: 'transfer' }),
  link('performer[+]', { role: 'sender-organisation' }),
];

export interface Measurement {
  /** The object, or array of objects, that holds the value. */
  readonly from: string;
  /** Tells Observations from the same object apart. */
  readonly part?: string;
  readonly section?: string | false;
  readonly category: ObservationCategory;
  /** Dotted paths of the number and of its time in that object. */
  readonly value: string;
  readonly at?: string;
  readonly text: string;
  readonly snomed?: readonly Term[];
  readonly loinc?: readonly Term[];
  readonly unit?: string;
  readonly ucum: string;
}

/** The Observation of a number, made when the number is there. */
export function measurement(m: Measurement): ResourceBinding {
  const { at } = m;
  const timed = (data: JsonObject): boolean => at !== undefined && typeof member(data, at) === 'string';
  return resource({
    from: m.from,
    type: 'Observation',
    profiles: OBSERVATION_PROFILES,
    ...(m.part === undefined ? {} : { part: m.part }),
    ...(m.section === undefined ? {} : { section: m.section }),
    when: (data) => typeof member(data, m.value) === 'number',
    bindings: [
      ...observed(m.category),
      derive('code', (data) => {
        const coding = [
          ...(m.snomed ?? []).map(snomedCoding),
          ...(timed(data) ? (m.loinc ?? []).map(loincCoding) : []),
        ];
        return coding.length > 0 ? { coding, text: m.text } : { text: m.text };
      }),
      ...(at === undefined ? [] : [leaf(at, 'effectiveDateTime')]),
      leaf(m.value, 'valueQuantity.value'),
      ...(m.unit === undefined ? [] : [fixed('valueQuantity.unit', m.unit)]),
      fixed('valueQuantity.system', systems.ucum),
      fixed('valueQuantity.code', m.ucum),
    ],
  });
}
