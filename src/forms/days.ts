/** Days of the calendar, compared as the sender wrote them. Partial dates (YYYY, YYYY-MM) count by their first day. */

/** The day of a moment by the sender's own clock. */
export const dayOf = (moment: string): string => moment.slice(0, 10);

const WHOLE = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const firstDay = (day: string): number => Date.parse(`${day}${'-01-01'.slice(day.length - 4)}T00:00:00Z`);

/** Days from one day to another, or undefined when either is not a day. */
export function daysBetween(from: unknown, to: unknown): number | undefined {
  if (typeof from !== 'string' || typeof to !== 'string' || !WHOLE.test(from) || !WHOLE.test(to))
    return undefined;
  const days = (firstDay(to) - firstDay(from)) / 86_400_000;
  return Number.isNaN(days) ? undefined : days;
}

/** Whole years from a birth date to a day, or undefined when either is not a whole day. */
export function ageOn(birthDate: unknown, day: string): number | undefined {
  if (typeof birthDate !== 'string' || birthDate.length !== 10 || daysBetween(birthDate, day) === undefined)
    return undefined;
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
