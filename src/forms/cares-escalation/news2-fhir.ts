/**
 * The NEWS2 total as an Observation with the points of each reading, reckoned from the readings, one way. Shaped as
 * UK Core's example bundle "NEWS2Observations"; an incomplete set has no value but says why and what is missing.
 * https://simplifier.net/hl7fhirukcorer4/ukcore-observation-earlywarningtotalscore
 */
import { narrative } from '../../fhir/narrative.js';
import { systems, ukCore } from '../../fhir/systems.js';
import { type Binding, project } from '../../mapping/binding.js';
import { below, type JsonObject, step } from '../../mapping/json.js';
import type { Writer } from '../../mapping/write.js';
import { category, OBSERVATION_PROFILES, scoreOf, snomedCoding, type Term } from '../observation.js';
import { type News2, READINGS, type Reading } from './news2.js';
import { leastWords, observationSets, READING_WORDS, scaleOf, scoreSet, scoreWords } from './readings.js';

const SETS = 'examination.observations';
const NAME = 'Royal College of Physicians NEWS2 (National Early Warning Score 2)';
const TOTAL: Term = { code: '1104051000000101', display: `${NAME} total score` };
const SCALE_2: Term = { code: '1104321000000108' };

const TERMS: Readonly<Record<Reading, Term>> = {
  respiration: { code: '1104301000000104', display: `${NAME} - respiration rate score` },
  spo2: { code: '1104311000000102', display: `${NAME} - oxygen saturation scale 1 score` },
  oxygen: { code: '1104331000000105', display: `${NAME} - air or oxygen score` },
  systolic: { code: '1104341000000101', display: `${NAME} - systolic blood pressure score` },
  pulse: { code: '1104351000000103', display: `${NAME} - pulse score` },
  consciousness: { code: '1104361000000100', display: `${NAME} - consciousness score` },
  temperature: { code: '1104371000000107', display: `${NAME} - temperature score` },
};

/** Parts of the Observations that the score is derived from (`fhir.ts` names them). */
const PARTS: Readonly<Record<Reading, string>> = {
  respiration: 'respiration',
  spo2: 'spo2',
  oxygen: 'oxygen',
  systolic: 'blood-pressure',
  pulse: 'pulse',
  consciousness: 'consciousness',
  temperature: 'temperature',
};

function components(score: News2, scale: 1 | 2): JsonObject[] {
  return READINGS.flatMap((reading): JsonObject[] => {
    const points = score.points[reading];
    const scale2 = reading === 'spo2' && scale === 2;
    const code = {
      coding: [snomedCoding(scale2 ? SCALE_2 : TERMS[reading])],
      text: `${READING_WORDS[reading]}${scale2 ? ' (scale 2)' : ''}: points`,
    };
    if (points !== undefined) return [{ code, valueQuantity: scoreOf(points) }];
    return [{ code, dataAbsentReason: { coding: [UNKNOWN], text: 'Not scored' } }];
  });
}

const UNKNOWN = { system: systems.dataAbsentReason, code: 'unknown', display: 'Unknown' } as const;

/** Not why: a reading that was not understood has been taken out before it comes here. */
const missing = (score: News2): string =>
  `missing: ${score.missing.map((reading) => READING_WORDS[reading]).join(', ')}`;

function value(score: News2): JsonObject {
  if (score.total !== undefined) return { valueQuantity: scoreOf(score.total) };
  return {
    dataAbsentReason: { coding: [UNKNOWN], text: 'Incomplete: not every reading is there' },
    note: [{ text: `Incomplete: ${leastWords(score)}; ${missing(score)}` }],
  };
}

/** The score in words, with the points of each reading: it must tell as much when it is read alone. */
const told = (set: JsonObject, score: News2): JsonObject =>
  narrative(
    READINGS.map((reading) => ({
      label: READING_WORDS[reading],
      value: score.points[reading] === undefined ? 'not scored' : `${score.points[reading]} points`,
    })),
    { lead: scoreWords(set, score, missing(score)) },
  );

function derivedFrom(writer: Writer, pointer: string): JsonObject[] {
  return READINGS.flatMap((reading) => writer.made('Observation', `${pointer}~${PARTS[reading]}`) ?? [])
    .sort((a, b) => a.order - b.order)
    .map((w) => ({ reference: w.fullUrl }));
}

/** One score for each set that holds any of the seven readings. Comes after the bindings of the readings. */
export const news2Scores: Binding = project((data, { writer, pointer }) => {
  observationSets(data).forEach((set, i) => {
    const score = scoreSet(set);
    if (!score) return;
    const at = below(pointer, SETS) + step(i);
    const from = derivedFrom(writer, at);
    const timed = typeof set['at'] === 'string';
    // What UK Core asks of a score is a value and a time.
    const whole = timed && score.total !== undefined;
    const { resource } = writer.add('Observation', at, {
      part: 'news2',
      section: 'observations',
      profiles: [...OBSERVATION_PROFILES, ...(whole ? [ukCore('Observation-EarlyWarningTotalScore')] : [])],
      content: {
        status: 'final',
        text: told(set, score),
        category: category('survey'),
        code: { coding: [snomedCoding(TOTAL)], text: 'NEWS2 total, reckoned from the readings' },
        ...(timed ? { effectiveDateTime: set['at'] } : {}),
        ...value(score),
        component: components(score, scaleOf(set)),
        ...(from.length > 0 ? { derivedFrom: from } : {}),
      },
    });
    writer.link(resource, 'subject', { role: 'patient' });
    writer.link(resource, 'encounter', { role: 'transfer' });
    writer.link(resource, 'performer[+]', { role: 'sender-organisation' });
  });
});
