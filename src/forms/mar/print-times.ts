/** Times of day of a medicine as rows of the chart have them. */
import { amountWords } from './dose-text.js';
import { ROUND_LABELS, type Round } from './medicine.js';
import type { Loose } from './schedule.js';
import type { Medicine } from './schema.js';

type Shown = Loose<Medicine>;
type Time = NonNullable<NonNullable<Shown['dose']>['times']>[number];

/** Units in words of which the plural is sure; all others stay as sent. */
const COUNTED = /^(?:tablet|capsule|drop|puff|patch|sachet|application|unit|ampoule)$/i;

/** "tablets" of more than one, where the unit was sent as "tablet". */
export function manyOf(amount: unknown, unit: unknown): unknown {
  const more = typeof amount === 'number' && amount > 1;
  if (!more || typeof unit !== 'string' || !COUNTED.test(unit)) return unit;
  return /ch$/i.test(unit) ? `${unit}es` : `${unit}s`;
}

/** `08:00 With breakfast (2 tablets)`; what was not sent is left out. */
export function timeOfDay(time: Time | undefined, unit: unknown): string {
  const { clock, round, quantity } = time ?? {};
  return [
    clock,
    round === undefined ? undefined : (ROUND_LABELS[round as Round] ?? String(round)),
    quantity === undefined ? undefined : `(${amountWords(quantity, manyOf(quantity, unit))})`,
  ]
    .filter((words) => words !== undefined)
    .join(' ');
}

/** The head of a row: its time of day with what was said of it. */
export function rowHead(m: Shown, clock: string): string {
  const said = (m.dose?.times ?? []).filter((time) => time?.clock === clock);
  const more = said.map((time) => timeOfDay({ ...time, clock: undefined }, m.dose?.unit));
  return [clock, ...new Set(more.filter((words) => words !== ''))].join('\n');
}

/** The times of day that were sent, as the head of the one row of a medicine whose doses have no slots. */
export const timesWords = (m: Shown): string =>
  (m.dose?.times ?? [])
    .map((time) => timeOfDay({ ...time, quantity: undefined }, undefined))
    .filter((words) => words !== '')
    .join(', ');
