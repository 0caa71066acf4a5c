/** Vital signs: an Observation with one of LOINC's codes obeys the profile of the sign. https://hl7.org/fhir/R4/observation-vitalsigns.html */
import { type Anything, bad, good, observation, type Row } from './table.js';

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
const category = [
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
];
const NO_ADVISER = {
  reference: 'runs without the adviser that applies profiles by code; the stored outcomes have it',
};
const of = (code: string, members: Anything = {}): Anything =>
  observation({
    category,
    code: { coding: [{ system: LOINC, code }] },
    subject: { display: 'x' },
    effectiveDateTime: '2026-01-31',
    ...members,
  });
const measured = (value: number, code: string): Anything => ({
  valueQuantity: { value, unit: 'x', system: UCUM, code },
});
const part = (code: string, members: Anything): Anything => ({
  code: { coding: [{ system: LOINC, code }] },
  ...members,
});
const PRESSURES = [part('8480-6', measured(120, 'mm[Hg]')), part('8462-4', measured(80, 'mm[Hg]'))];

export const rows: readonly Row[] = [
  good('vital sign: heart rate', of('8867-4', measured(80, '/min'))),
  bad('vital sign: heart rate in another unit', of('8867-4', measured(80, 'Hz')), NO_ADVISER),
  bad(
    'vital sign: heart rate without category',
    of('8867-4', { ...measured(80, '/min'), category: undefined }),
    NO_ADVISER,
  ),
  bad(
    'vital sign: heart rate without subject',
    of('8867-4', { ...measured(80, '/min'), subject: undefined }),
    NO_ADVISER,
  ),
  bad(
    'vital sign: heart rate without time',
    of('8867-4', { ...measured(80, '/min'), effectiveDateTime: undefined }),
    NO_ADVISER,
  ),
  bad('vital sign: heart rate as text', of('8867-4', { valueString: '80' }), NO_ADVISER),
  bad('vital sign: neither value nor reason', of('8867-4'), NO_ADVISER),
  good('vital sign: absent reason', of('8867-4', { dataAbsentReason: { text: 'x' } })),
  bad('vital sign: a special code without the general one', of('68999-2', measured(80, '/min')), NO_ADVISER),
  good('vital sign: temperature', of('8310-5', measured(37, 'Cel'))),
  good('vital sign: temperature in Fahrenheit', of('8310-5', measured(98, '[degF]'))),
  bad('vital sign: temperature in kelvin', of('8310-5', measured(310, 'K')), NO_ADVISER),
  good('vital sign: weight', of('29463-7', measured(60, 'kg'))),
  bad('vital sign: weight in stones', of('29463-7', measured(9, '[stone_av]')), NO_ADVISER),
  good('vital sign: height', of('8302-2', measured(160, 'cm'))),
  good('vital sign: body mass index', of('39156-5', measured(24, 'kg/m2'))),
  good('vital sign: respiration', of('9279-1', measured(16, '/min'))),
  good('vital sign: oxygen saturation', of('2708-6', measured(97, '%'))),
  bad('vital sign: oxygen saturation by oximeter alone', of('59408-5', measured(97, '%')), NO_ADVISER),
  good(
    'vital sign: oxygen, any unit of its parts',
    of('2708-6', { ...measured(97, '%'), component: [part('3151-8', measured(6, 'L/min'))] }),
  ),
  good('vital sign: blood pressure', of('85354-9', { component: PRESSURES })),
  bad(
    'vital sign: blood pressure without diastolic',
    of('85354-9', { component: PRESSURES.slice(0, 1) }),
    NO_ADVISER,
  ),
  bad('vital sign: systolic pressure alone', of('8480-6', measured(120, 'mm[Hg]')), NO_ADVISER),
  good('vital sign: diastolic pressure alone is none of the codes', of('8462-4', measured(80, 'mm[Hg]'))),
  good(
    'vital sign: in SNOMED CT alone',
    observation({
      code: { coding: [{ system: 'http://snomed.info/sct', code: '364075005' }] },
      valueQuantity: { value: 80 },
    }),
  ),
  good(
    'vital sign: code of another system',
    observation({
      code: { coding: [{ system: 'http://example.org/own', code: '8867-4' }] },
      valueQuantity: { value: 80 },
    }),
  ),
];
