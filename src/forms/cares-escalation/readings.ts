/** The readings of a set of observations, as NEWS2 takes them, and in words. */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import {
  type Consciousness,
  type News2,
  type News2Input,
  news2,
  READINGS,
  type Reading,
  type Risk,
} from './news2.js';

/** Names of the readings in a sentence. */
export const READING_WORDS: Readonly<Record<Reading, string>> = {
  respiration: 'respiration rate',
  spo2: 'oxygen saturation',
  oxygen: 'air or oxygen',
  systolic: 'systolic blood pressure',
  pulse: 'pulse',
  consciousness: 'consciousness',
  temperature: 'temperature',
};

const RISK_WORDS: Readonly<Record<Risk, string>> = {
  low: 'low',
  'low-medium': 'low to medium (a single reading scores 3)',
  medium: 'medium',
  high: 'high',
};

const PLACES: Readonly<Record<Reading, string>> = {
  respiration: 'respiration',
  spo2: 'spo2',
  oxygen: 'oxygen.breathing',
  systolic: 'systolic',
  pulse: 'pulse',
  consciousness: 'consciousness',
  temperature: 'temperature',
};

const number = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** Scale 2 only where the set says so. */
export const scaleOf = (set: JsonObject): 1 | 2 => (member(set, 'spo2Scale.scale') === '2' ? 2 : 1);

/** Takes a set of observations; a reading that is absent, not known or not understood is left out. */
export function news2Input(set: JsonObject, scale: 1 | 2 = scaleOf(set)): News2Input {
  const numbers = {
    respiration: number(set['respiration']),
    spo2: number(set['spo2']),
    systolic: number(set['systolic']),
    pulse: number(set['pulse']),
    temperature: number(set['temperature']),
  };
  const breathing = member(set, 'oxygen.breathing');
  const consciousness = set['consciousness'];
  return {
    scale,
    ...Object.fromEntries(Object.entries(numbers).filter(([, n]) => n !== undefined)),
    ...(breathing === 'air' || breathing === 'oxygen' ? { oxygen: breathing } : {}),
    ...(typeof consciousness === 'string' && consciousness !== 'not-known'
      ? { consciousness: consciousness as Consciousness }
      : {}),
  };
}

/** The score of a set; undefined when it holds none of the seven readings. */
export function scoreSet(set: JsonObject): News2 | undefined {
  const score = news2(news2Input(set));
  return score.missing.length === READINGS.length ? undefined : score;
}

/** Why a reading is missing, where the set tells. */
function absence(set: JsonObject, reading: Reading): string {
  const value = member(set, PLACES[reading]);
  if (value === 'not-known') return 'not known';
  return value === undefined ? 'not taken' : 'not understood';
}

/** What is missing, in words: "temperature not taken". */
export const missingWords = (set: JsonObject, score: News2): string =>
  score.missing.map((reading) => `${READING_WORDS[reading]} ${absence(set, reading)}`).join('; ');

/**
 * The score in words: a total, or the least that it can be and what is missing. Never a number for an incomplete set.
 * `missing` when the set cannot tell why a reading is missing.
 */
export function scoreWords(set: JsonObject, score: News2, missing = missingWords(set, score)): string {
  const scale = scaleOf(set) === 2 ? ', SpO₂ scale 2' : '';
  if (score.total !== undefined) return `NEWS2 ${score.total}${scale}: risk ${RISK_WORDS[score.risk]}`;
  return `NEWS2 INCOMPLETE: ${leastWords(score)}${scale}; ${missing}`;
}

/** The least that an incomplete score can be. "At least 0" would be read as 0. */
export const leastWords = ({ atLeast }: News2): string =>
  atLeast === 0 ? 'total not known' : `at least ${atLeast}`;

/** Words of who stands behind scale 2, or that nobody is named and what scale 1 would give. */
export function scale2Words(set: JsonObject): string | undefined {
  if (scaleOf(set) === 1) return undefined;
  const by = member(set, 'spo2Scale.authorisedBy');
  if (typeof by === 'string') return `SpO₂ scale 2 authorised by ${by}`;
  const other = news2(news2Input(set, 1));
  const sum = other.total === undefined ? leastWords(other) : String(other.total);
  return `SpO₂ scale 2: NOBODY NAMED who authorised it; on scale 1 the score is ${sum}`;
}

/** The sets of observations of the paper, as they stand. */
export function observationSets(cares: JsonObject): readonly JsonObject[] {
  const sets = member(cares, 'examination.observations');
  return Array.isArray(sets) ? (sets as readonly Json[]).filter(isObject) : [];
}

/** The sets as a page tells them: the latest first, those without a time last. */
export function latestFirst(cares: JsonObject): readonly JsonObject[] {
  const at = (set: JsonObject): number => (typeof set['at'] === 'string' ? Date.parse(set['at']) || 0 : 0);
  return [...observationSets(cares)].sort((a, b) => at(b) - at(a));
}
