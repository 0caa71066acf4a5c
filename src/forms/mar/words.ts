/** Words of the chart for paper: doses, days, letters, moments. What was not understood stands as the text it was. */
import { formatMoment } from '../../print/format.js';
import { amountWords, unbroken } from './dose-text.js';
import { zoneNear } from './due-times.js';
import { KIND_LABELS, type Kind, WEEKDAYS } from './medicine.js';
import { keyReader, OUTCOME_LABELS, type Reading } from './outcomes.js';
import { instant, isKind, type Loose, weekdaysOf } from './schedule.js';
import type { Administration, GivenByOthers, Mar, Medicine } from './schema.js';

/** A chart as it is shown. */
export type ShownMar = Loose<Mar>;

export const NOT_SAID = 'not said';

/** A moment as sent, for paper, with its year; what is not a moment stays as it is. */
export function when(value: unknown): string {
  const ms = instant(value);
  const zone = ms === undefined ? undefined : zoneNear(ms);
  const words = formatMoment(String(value));
  return zone === undefined || words.endsWith(zone) ? words : `${words}\u00a0${zone}`;
}

export const medicines = (mar: ShownMar): readonly Loose<Medicine>[] =>
  (mar.medicines ?? []).filter((m) => typeof m === 'object' && m !== null);
export const others = (mar: ShownMar): readonly Loose<GivenByOthers>[] =>
  (mar.notOnThisChart?.givenByOthers ?? []).filter((m) => typeof m === 'object' && m !== null);
export const readerOf = (mar: ShownMar) => keyReader((mar.chartKey ?? []) as Parameters<typeof keyReader>[0]);

/** Dose of a medicine in words: those of the chart, else the structured ones. */
export function doseWords(m: Loose<Medicine>): string {
  if (m.doseText !== undefined) return unbroken(m.doseText);
  const { quantity, most, unit } = m.dose ?? {};
  const amount = amountWords(
    most === undefined ? quantity : `${String(quantity ?? '')} to ${String(most)}`,
    unit,
  );
  return amount === '' ? (m.whenRequired?.dose ?? 'dose not said') : amount;
}

export const kindWords = (m: Loose<Medicine>): string =>
  (Object.keys(KIND_LABELS) as Kind[])
    .filter((k) => isKind(m, k))
    .map((k) => KIND_LABELS[k])
    .join(', ');

/** On which days a medicine is taken that is not taken each day, weekdays in full. */
export function daysWords(m: Loose<Medicine>): string {
  const days = weekdaysOf(m).map((d) => WEEKDAYS[d]);
  const { times, period, periodUnit } = m.dose?.frequency ?? {};
  const unit = { h: 'hour', d: 'day', wk: 'week', mo: 'month' }[periodUnit ?? 'd'];
  const every = period === 1 ? unit : `${String(period)}\u00a0${unit}s`;
  const often =
    times === undefined ? [] : [`${times === 1 ? 'once' : `${String(times)} times`} every ${every}`];
  // Every third day has no day of the week; it is counted from the start.
  const counted = periodUnit === 'd' || periodUnit === 'h';
  const on = days.length > 0 ? [`on ${days.join(', ')}`] : counted ? [] : ['day of the week not said'];
  return [...often, ...on].join(' ');
}

const WHY: Readonly<Record<NonNullable<Reading['because']>, string>> = {
  'not-in-key': 'NOT IN THE KEY, meaning unknown',
  'letter-twice': 'TWICE IN THE KEY, meaning unknown',
  'contradicts-key': 'KEY AND SENDER CONTRADICT, meaning unknown',
  'not-said': 'meaning not said',
};

/** Words for an entry: the letter as it stands, and what the key of the chart says of it. */
export function entryWords(entry: Loose<Administration>, reading: Reading): string {
  const means =
    reading.because === undefined
      ? (reading.meaning ?? OUTCOME_LABELS[reading.outcome])
      : WHY[reading.because];
  return `${entry.letter ?? ''}: ${means}`;
}

export function chartWords(mar: ShownMar): string {
  const { number, of } = mar.charts ?? {};
  const more = typeof of === 'number' && of > 1 ? ': THERE ARE OTHER CHARTS' : '';
  return `Chart ${String(number)} of ${String(of)}${more}.`;
}

/** Where the record ends: doses after it are not on paper. */
export function recordWords(mar: ShownMar, say: (moment: string) => string = when): string {
  const left = mar.leftHomeAt === undefined ? '' : ` Left home ${say(mar.leftHomeAt)}.`;
  return mar.recordEndsAt === undefined
    ? `WHEN THE RECORD ENDS IS NOT SAID: later doses may have been given.${left}`
    : `The record ends ${say(mar.recordEndsAt)}: doses after that are not shown.${left}`;
}
