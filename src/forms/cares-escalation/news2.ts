/**
 * NEWS2, the National Early Warning Score 2: points for each reading, and their total when none is missing.
 * Royal College of Physicians, 2017:
 * https://www.rcp.ac.uk/improving-care/resources/national-early-warning-score-news-2/
 *
 * An incomplete set has no total: a number would hide what was not taken. What is known is the least that the total
 * can be. The chart's cells are whole numbers, and tenths of a degree; a reading between two cells takes the higher
 * points of the two.
 */

/** The seven readings, in the order of the chart. */
export const READINGS = [
  'respiration',
  'spo2',
  'oxygen',
  'systolic',
  'pulse',
  'consciousness',
  'temperature',
] as const;
export type Reading = (typeof READINGS)[number];
export type Points = 0 | 1 | 2 | 3;

/** Confusion scores only when it is new or worse; a resident's usual confusion does not. */
export type Consciousness = 'alert' | 'new-confusion' | 'usual-confusion' | 'voice' | 'pain' | 'unresponsive';

export interface News2Input {
  /** Breaths a minute. */
  readonly respiration?: number;
  /** Oxygen saturation in percent. */
  readonly spo2?: number;
  /** 2 (target 88–92 %) only where a clinician has said so for this person. */
  readonly scale: 1 | 2;
  readonly oxygen?: 'air' | 'oxygen';
  /** mmHg. */
  readonly systolic?: number;
  /** Beats a minute. */
  readonly pulse?: number;
  readonly consciousness?: Consciousness;
  /** Degrees Celsius. */
  readonly temperature?: number;
}

export type Risk = 'low' | 'low-medium' | 'medium' | 'high';

export interface News2 {
  readonly points: Readonly<Partial<Record<Reading, Points>>>;
  /** Readings without which there is no total, in the order of the chart. */
  readonly missing: readonly Reading[];
  /** Only when nothing is missing. */
  readonly total?: number;
  /** Sum of the points that are known: the total is this or more. */
  readonly atLeast: number;
  /** Clinical risk by the thresholds of the chart; of an incomplete set, the least that it can be. */
  readonly risk: Risk;
}

const respirationPoints = (n: number): Points => (n < 9 ? 3 : n < 12 ? 1 : n <= 20 ? 0 : n <= 24 ? 2 : 3);

const scale1Points = (n: number): Points => (n < 92 ? 3 : n < 94 ? 2 : n < 96 ? 1 : 0);

/** On scale 2 a saturation above the target scores only when oxygen is what raises it. */
function scale2Points(n: number, oxygen: News2Input['oxygen']): Points | undefined {
  if (n < 84) return 3;
  if (n < 86) return 2;
  if (n < 88) return 1;
  if (n <= 92) return 0;
  if (oxygen === undefined) return undefined;
  if (oxygen === 'air') return 0;
  return n <= 94 ? 1 : n <= 96 ? 2 : 3;
}

const systolicPoints = (n: number): Points => (n < 91 ? 3 : n < 101 ? 2 : n < 111 ? 1 : n <= 219 ? 0 : 3);

const pulsePoints = (n: number): Points =>
  n < 41 ? 3 : n < 51 ? 1 : n <= 90 ? 0 : n <= 110 ? 1 : n <= 130 ? 2 : 3;

const consciousnessPoints = (c: Consciousness): Points => (c === 'alert' || c === 'usual-confusion' ? 0 : 3);

const temperaturePoints = (n: number): Points =>
  n < 35.1 ? 3 : n < 36.1 ? 1 : n <= 38 ? 0 : n <= 39 ? 1 : 2;

const scored = <T>(value: T | undefined, points: (value: T) => Points | undefined): Points | undefined =>
  value === undefined ? undefined : points(value);

function riskOf(sum: number, points: News2['points']): Risk {
  if (sum >= 7) return 'high';
  if (sum >= 5) return 'medium';
  return Object.values(points).includes(3) ? 'low-medium' : 'low';
}

/** Takes the readings that were taken; gives points, what is missing, and the total when nothing is. */
export function news2(input: News2Input): News2 {
  const all: Record<Reading, Points | undefined> = {
    respiration: scored(input.respiration, respirationPoints),
    spo2: scored(input.spo2, (n) => (input.scale === 1 ? scale1Points(n) : scale2Points(n, input.oxygen))),
    oxygen: scored(input.oxygen, (o) => (o === 'oxygen' ? 2 : 0)),
    systolic: scored(input.systolic, systolicPoints),
    pulse: scored(input.pulse, pulsePoints),
    consciousness: scored(input.consciousness, consciousnessPoints),
    temperature: scored(input.temperature, temperaturePoints),
  };
  const points: Partial<Record<Reading, Points>> = {};
  for (const reading of READINGS) {
    const n = all[reading];
    if (n !== undefined) points[reading] = n;
  }
  // A saturation that cannot be scored for want of the oxygen is not missing: the oxygen is.
  const missing = READINGS.filter((reading) => input[reading] === undefined);
  const sum = Object.values(points).reduce((a: number, b) => a + b, 0);
  return {
    points,
    missing,
    ...(missing.length === 0 ? { total: sum } : {}),
    atLeast: sum,
    risk: riskOf(sum, points),
  };
}
