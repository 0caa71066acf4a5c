/**
 * Due times by the clock on the home's wall (Europe/London), reckoned as absolute moments, so that a night on which
 * the clocks change has its 23 or 25 hours. https://www.legislation.gov.uk/ukpga/1972/6 (Summer Time Act 1972); the
 * zone's rules are those of `print/london.ts`. All functions are pure.
 */
import { londonOffset } from '../../print/london.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface Local {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** `HH:mm` */
  readonly clock: string;
}

/** Calendar days as words, by their number from 1970. */
const days = new Map<number, string>();
const MOST_DAYS = 4_096;

function dayOf(number: number): string {
  const known = days.get(number);
  if (known !== undefined) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const day = new Date(number * DAY).toISOString().slice(0, 10);
  days.set(number, day);
  return day;
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** Day and time of day in London at an instant (milliseconds). */
export function localOf(ms: number): Local {
  const wall = ms + londonOffset(ms);
  const day = Math.floor(wall / DAY);
  const minutes = Math.floor((wall - day * DAY) / 60_000);
  return { day: dayOf(day), clock: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
}

/** Minutes by which London's clocks are ahead of UTC at an instant. */
export const offsetAt = (ms: number): number => londonOffset(ms) / 60_000;

/**
 * The instant at which London's clocks show `clock` on `day`. A time that the clocks show twice (autumn) is the first
 * of the two, so that one dose is due once; one that they skip (spring) is as long after midnight as on any day.
 */
export function instantOf(day: string, clock: string): number {
  const wall = Date.parse(`${day}T${clock}:00Z`);
  const before = offsetAt(wall - 3 * HOUR);
  const after = offsetAt(wall + 3 * HOUR);
  const fits = [before, after]
    .filter((offset) => offsetAt(wall - offset * 60_000) === offset)
    .map((offset) => wall - offset * 60_000);
  return fits.length > 0 ? Math.min(...fits) : wall - before * 60_000;
}

/** The day `n` days after `day` in the calendar. */
export function addDays(day: string, n: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + n * 24 * HOUR).toISOString().slice(0, 10);
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / (24 * HOUR));

const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** `mon` … `sun` */
export const weekdayOf = (day: string): (typeof DAY_NAMES)[number] =>
  DAY_NAMES[new Date(`${day}T12:00:00Z`).getUTCDay()] ?? 'sun';

/** On which days and at what times of day doses are due. */
export interface Schedule {
  /** `HH:mm`, ascending, each once. */
  readonly clocks: readonly string[];
  /** Only on these days of the week. */
  readonly weekdays?: readonly string[];
  /** Only on every n-th day, counted from the first. */
  readonly every?: { readonly days: number; readonly from: string };
  readonly first?: string;
  readonly last?: string;
}

/** Is a dose due on a day at all? */
export function isDueOn(schedule: Schedule, day: string): boolean {
  const { weekdays, every, first, last } = schedule;
  if (first !== undefined && day < first) return false;
  if (last !== undefined && day > last) return false;
  if (weekdays && !weekdays.includes(weekdayOf(day))) return false;
  return every === undefined || ((daysBetween(every.from, day) % every.days) + every.days) % every.days === 0;
}

/** The instants (milliseconds, ascending, each once) at which doses are due from `from` to `to`, both included. */
export function dueTimes(schedule: Schedule, from: number, to: number): number[] {
  const found = new Set<number>();
  const end = localOf(to).day;
  for (let day = localOf(from).day; day <= end; day = addDays(day, 1)) {
    if (!isDueOn(schedule, day)) continue;
    for (const clock of schedule.clocks) {
      const at = instantOf(day, clock);
      if (at >= from && at <= to) found.add(at);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** The due times of the 24 hours (24 h of real time, whatever the clocks do) that begin at an instant. */
export const next24Hours = (schedule: Schedule, from: number): number[] =>
  dueTimes(schedule, from, from + 24 * HOUR);

const NO_BREAK = '\u00a0';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-11-22` → `Sun 22 Nov`, never broken over lines. */
export function shortDay(day: string): string {
  const name = weekdayOf(day);
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? day.slice(5, 7);
  return [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, String(Number(day.slice(8, 10))), month].join(
    NO_BREAK,
  );
}

/** The name of London's time at an instant; only where the clocks change within a day of it, else undefined. */
export function zoneNear(ms: number): string | undefined {
  const offset = offsetAt(ms);
  const changes = offsetAt(ms - 24 * HOUR) !== offset || offsetAt(ms + 24 * HOUR) !== offset;
  return changes ? ({ 0: 'GMT', 60: 'BST' }[offset] ?? `UTC+${offset / 60}`) : undefined;
}

/** `Sun 22 Nov 07:00`; with the name of the time where clocks change near it: `Sun 25 Oct 01:30 BST`. */
export function shortMoment(ms: number): string {
  const { day, clock } = localOf(ms);
  return [shortDay(day), clock, zoneNear(ms)].filter((s) => s !== undefined).join(NO_BREAK);
}
