/**
 * Dates, times and numbers in the words of the page: British dates with month names, 24 h times by the clock of the
 * home (Europe/London), whatever offset was sent. Ages and "days ago" are reckoned from the instant at which the
 * package was created and never from today, so that a page says the same whenever it is printed.
 *
 * A string that is not a valid date is given back unchanged: values that were not understood are carried as text and
 * must be printed as they are.
 */
import { londonOffset, wallClockOf } from './london.js';

const NO_BREAK = '\u00a0';
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const MOMENT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * `2026-11-22T03:12:00Z` → `Sun 22 November 2026, 03:12`. In the hour that comes twice in autumn the clock is named:
 * `01:30 BST` is an hour before `01:30 GMT`.
 */
export function formatMoment(moment: string): string {
  const instant = readMoment(moment);
  if (instant === undefined) return moment;
  const { weekday, year, month, day, time } = wallClockOf(instant.getTime());
  const date = [weekday, day, MONTHS[month - 1], year].join(NO_BREAK);
  return `${date}, ${time}${clockName(instant)}`;
}

/** Nearer than this a date is clear without its year. */
const NEAR_DAYS = 180;

/** As `formatMoment`, without the year near `created`: `Sun 22 Nov, 03:12`. */
export function shortMoment(moment: string, created: string): string {
  const instant = readMoment(moment);
  const days = daysBetween(moment, created);
  if (instant === undefined || days === undefined || Math.abs(days) > NEAR_DAYS) return formatMoment(moment);
  const { weekday, day, month, time } = wallClockOf(instant.getTime());
  const name = MONTHS[month - 1]?.slice(0, 3) ?? '';
  return `${[weekday, day, name].join(NO_BREAK)}, ${time}${clockName(instant)}`;
}

/** `1938-04-02` → `2 April 1938`; partial dates likewise: `1938-04` → `April 1938`, `1938` → `1938`. */
export function formatDay(day: string): string {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(day);
  if (match === null) return day;
  const [, year, month, date] = match;
  if (month === undefined) return day;
  const name = MONTHS[Number(month) - 1];
  if (name === undefined || (date !== undefined && !isRealDay(day))) return day;
  return [date === undefined ? undefined : Number(date), name, year]
    .filter((part) => part !== undefined)
    .join(NO_BREAK);
}

/** `1938-04-02` → `Sat 2 April 1938`; anything but a full date as `formatDay` has it. */
export function formatWeekday(day: string): string {
  if (!isRealDay(day)) return formatDay(day);
  const { weekday } = wallClockOf(Date.parse(`${day}T12:00:00Z`));
  return `${weekday}${NO_BREAK}${formatDay(day)}`;
}

/** `9990000018` → `999 000 0018`; anything but ten digits unchanged. */
export function formatNhsNumber(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})(\d{4})$/, `$1${NO_BREAK}$2${NO_BREAK}$3`);
}

/** The day by the clock of the home on which a moment falls: `2026-07-01T23:30:00Z` → `2026-07-02`. */
export function dayOf(moment: string): string | undefined {
  const instant = readMoment(moment);
  if (instant === undefined) return undefined;
  const { year, month, day } = wallClockOf(instant.getTime());
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * How long before `created` a day or moment lies, in calendar days of the home's clock: `today`, `yesterday`,
 * `65 days ago`, `tomorrow`, `in 3 days`.
 * @returns undefined when either is not a full date
 */
export function daysAgo(when: string, created: string): string | undefined {
  const days = daysBetween(when, created);
  if (days === undefined) return undefined;
  if (days === 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days === -1) return 'tomorrow';
  return days > 0 ? `${counted(days, 'day')} ago` : `in ${counted(-days, 'day')}`;
}

/** Calendar days of the home's clock from `when` (day or moment) to `created`; negative when `when` lies after it. */
export function daysBetween(when: string, created: string): number | undefined {
  const from = isRealDay(when) ? when : dayOf(when);
  const to = isRealDay(created) ? created : dayOf(created);
  if (from === undefined || to === undefined) return undefined;
  return Math.round((dayNumber(to) - dayNumber(from)) / DAY_MS);
}

function readMoment(text: string): Date | undefined {
  const match = MOMENT.exec(text);
  if (match === null || !isRealDay(match[1] ?? '')) return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/** Empty but in the repeated hour, whose times are ambiguous without it. */
function clockName(instant: Date): string {
  const ms = instant.getTime();
  const now = londonOffset(ms);
  // The same time is shown an hour later, or was an hour ago, where the clock goes back in between.
  if (londonOffset(ms + HOUR_MS) === now - HOUR_MS) return `${NO_BREAK}BST`;
  return londonOffset(ms - HOUR_MS) === now + HOUR_MS ? `${NO_BREAK}GMT` : '';
}

function isRealDay(day: string): boolean {
  const match = DAY.exec(day);
  if (match === null) return false;
  const date = new Date(0);
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return date.getUTCMonth() === Number(match[2]) - 1 && date.getUTCDate() === Number(match[3]);
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function counted(count: number, unit: string): string {
  return `${count}${NO_BREAK}${unit}${count === 1 ? '' : 's'}`;
}
