/**
 * Totals of assessment scales and measurements of the body as Observations.
 * https://hl7.org/fhir/R4/observation.html
 */
import { systems } from '../../fhir/systems.js';
import { type Binding, derive, leaf, type ResourceBinding, resource, table } from '../../mapping/binding.js';
import { measurement, OBSERVATION_PROFILES, observed, snomedCoding } from '../observation.js';
import { BARTHEL, BARTHEL_SCALE, SCALES, type Scale, type ScaleName } from './scales.js';

const SECTION = 'assessments';

/** The bindings of a total: value and date, the scale as method, the band in words. */
function total(scale: string | undefined, title: string, band: Scale['band']): readonly Binding[] {
  return [
    ...observed('survey'),
    leaf('on', 'effectiveDateTime'),
    leaf('total', 'valueQuantity.value'),
    derive('valueQuantity.unit', () => 'ScoreOf'),
    derive('valueQuantity.system', () => systems.ucum),
    derive('valueQuantity.code', () => '{ScoreOf}'),
    derive('method', () =>
      scale === undefined ? undefined : { coding: [snomedCoding({ code: scale })], text: title },
    ),
    // The band as a note: R4 binds interpretation to codes that know no bands of scales.
    derive('note', (data) => {
      const n = data['total'];
      return band && typeof n === 'number' ? [{ text: `${title} ${n}: ${band(n)}` }] : undefined;
    }),
    leaf('by', 'performer[0].display'),
  ];
}

function scoreBinding(name: ScaleName): ResourceBinding {
  const { title, score, scale, band }: Scale = SCALES[name];
  return resource({
    from: `scores.${name}`,
    type: 'Observation',
    section: SECTION,
    profiles: OBSERVATION_PROFILES,
    when: (data) => typeof data['total'] === 'number',
    bindings: [
      derive('code', () => ({ coding: [snomedCoding({ code: score })], text: `${title} total` })),
      ...total(scale, title, band),
    ],
  });
}

const barthel: Binding = resource({
  from: 'scores.barthel',
  type: 'Observation',
  section: SECTION,
  profiles: OBSERVATION_PROFILES,
  when: (data) => typeof data['total'] === 'number',
  bindings: [
    leaf('version', `code.coding[system=${systems.snomed}].code`, {
      codec: table({
        original: BARTHEL.original.score,
        uk: BARTHEL.uk.score,
        modified: BARTHEL.modified.score,
      }),
    }),
    derive(
      'code.text',
      (data) => `Barthel index total. ${BARTHEL[data['version'] as keyof typeof BARTHEL].label}`,
    ),
    ...total(BARTHEL_SCALE, 'Barthel index', undefined),
  ],
});

const body = (
  name: string,
  text: string,
  ucum: string,
  snomed: string,
  loinc: string,
  display: string,
): Binding =>
  measurement({
    from: `scores.${name}`,
    section: SECTION,
    category: 'vital-signs',
    value: 'value',
    at: 'on',
    text,
    snomed: [{ code: snomed }],
    loinc: [{ code: loinc, display }],
    unit: ucum,
    ucum,
  });

export const scoreBindings: readonly Binding[] = [
  ...(Object.keys(SCALES) as ScaleName[]).map(scoreBinding),
  barthel,
  body('weight', 'Body weight', 'kg', '27113001', '29463-7', 'Body weight'),
  body('height', 'Body height', 'cm', '50373000', '8302-2', 'Body height'),
  body('bmi', 'Body mass index', 'kg/m2', '60621009', '39156-5', 'Body mass index (BMI) [Ratio]'),
];
