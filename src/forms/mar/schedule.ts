/** When a medicine of the chart is due, as far as what was sent tells: nothing is guessed from the words of its dose. */
import { isDay, isMoment } from '../../mapping/formats.js';
import type { Schedule } from './due-times.js';
import { type Kind, WEEKDAYS, type Weekday } from './medicine.js';
import type { Medicine } from './schema.js';

/** A medicine as it may stand here: parts that were not understood are missing, or are text. */
export type Loose<T> = T extends readonly (infer I)[]
  ? readonly Loose<I>[]
  : T extends object
    ? { readonly [K in keyof T]?: Loose<T[K]> | undefined }
    : T;

/** Why due times cannot be reckoned. */
export type NoSchedule = 'when-required' | 'not-active' | 'no-times' | 'days-not-known';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

// A chart asks for the same few hundred moments again and again.
const instants = new Map<string, number>();
const MOST_INSTANTS = 20_000;

/** Milliseconds of a moment as sent; undefined for anything else. */
export function instant(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const known = instants.get(value);
  if (known !== undefined) return known;
  if (!isMoment(value)) return undefined;
  if (instants.size >= MOST_INSTANTS) instants.clear();
  const ms = Date.parse(value);
  instants.set(value, ms);
  return ms;
}

export const knownDay = (value: unknown): string | undefined =>
  typeof value === 'string' && isDay(value) ? value : undefined;

export const knownNumber = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

const DETAILS: Readonly<Partial<Record<Kind, keyof Medicine>>> = {
  'when-required': 'whenRequired',
  covert: 'covert',
  topical: 'topical',
  patch: 'patch',
  'controlled-drug': 'controlledDrug',
  'time-critical': 'timeCritical',
};

/** Is the medicine of a kind? Said by the kind itself, or by the details that only this kind has. */
export function isKind(medicine: Loose<Medicine>, kind: Kind): boolean {
  const detail = DETAILS[kind];
  return (medicine.kinds ?? []).includes(kind) || (detail !== undefined && medicine[detail] !== undefined);
}

/** The times of day that are known, ascending, each once. */
export function clocksOf(medicine: Loose<Medicine>): string[] {
  const clocks = (medicine.dose?.times ?? []).flatMap((t) =>
    typeof t?.clock === 'string' && CLOCK.test(t.clock) ? [t.clock] : [],
  );
  return [...new Set(clocks)].sort();
}

export const weekdaysOf = (medicine: Loose<Medicine>): Weekday[] =>
  (Object.keys(WEEKDAYS) as Weekday[]).filter((d) => (medicine.dose?.weekdays ?? []).includes(d));

/** Is it taken on some days only: weekly or rarer, or on named days of the week? */
export function isNotDaily(medicine: Loose<Medicine>): boolean {
  const days = weekdaysOf(medicine);
  return (days.length > 0 && days.length < 7) || (everyDays(medicine) ?? 1) > 1 || perMonth(medicine);
}

const perMonth = (medicine: Loose<Medicine>): boolean => medicine.dose?.frequency?.periodUnit === 'mo';

/** Days from one dose day to the next; undefined when the frequency does not say so. */
function everyDays(medicine: Loose<Medicine>): number | undefined {
  const { period, periodUnit, times } = medicine.dose?.frequency ?? {};
  if (typeof period !== 'number' || typeof times !== 'number') return undefined;
  if (periodUnit === 'd') return Math.max(period, 1);
  if (periodUnit === 'wk') return 7 * period;
  if (periodUnit === 'h') return Math.max(period / 24, 1);
  return undefined;
}

/** The medicine's schedule, or why there is none to reckon with. */
export function scheduleOf(medicine: Loose<Medicine>): Schedule | NoSchedule {
  if (medicine.status !== 'active') return 'not-active';
  if (isKind(medicine, 'when-required')) return 'when-required';
  const clocks = clocksOf(medicine);
  if (clocks.length === 0 || clocks.length < (medicine.dose?.times ?? []).length) return 'no-times';
  const first = knownDay(medicine.startDate);
  const last = knownDay(medicine.endDate);
  const bounds = { clocks, ...(first ? { first } : {}), ...(last ? { last } : {}) };
  if (unreadable(medicine.startDate, first) || unreadable(medicine.endDate, last)) return 'days-not-known';
  const weekdays = weekdaysOf(medicine);
  const days = everyDays(medicine);
  const frequency = medicine.dose?.frequency;
  if (weekdays.length > 0) {
    const weekly = frequency === undefined || (days !== undefined && days <= 7);
    return weekly ? { ...bounds, weekdays } : 'days-not-known';
  }
  if (frequency === undefined || days === 1) return { ...bounds };
  const whole = days !== undefined && Number.isInteger(days) && frequency.times === clocks.length;
  return whole && first !== undefined ? { ...bounds, every: { days, from: first } } : 'days-not-known';
}

const unreadable = (sent: unknown, known: string | undefined): boolean =>
  sent !== undefined && known === undefined;
