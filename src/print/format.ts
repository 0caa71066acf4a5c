/**
 * Dates, times and numbers in the words of the page: British dates with month names, 24 h times by the clock of the
 * home (Europe/London), whatever offset was sent. A string that is not a valid date is given back unchanged: values
 * that were not understood are carried as text and must be printed as they are.
 */
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

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const partsOf = (instant: Date): Record<string, string> =>
  Object.fromEntries(london.formatToParts(instant).map((p) => [p.type, p.value]));

/** `2026-11-22T03:12:00Z` → `Sun 22 November 2026, 03:12`. */
export function formatMoment(moment: string): string {
  const instant = new Date(moment);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(moment) || Number.isNaN(instant.getTime())) return moment;
  const p = partsOf(instant);
  return `${p['weekday']} ${p['day']}${NO_BREAK}${p['month']} ${p['year']}, ${p['hour']}:${p['minute']}`;
}

/** `1938-04-02` → `2 April 1938`; partial dates likewise: `April 1938`, `1938`. */
export function formatDay(day: string): string {
  const m = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(day);
  if (!m) return day;
  const month = m[2] === undefined ? undefined : MONTHS[Number(m[2]) - 1];
  if (m[2] !== undefined && month === undefined) return day;
  return [m[3] === undefined ? undefined : String(Number(m[3])), month, m[1]].filter(Boolean).join(NO_BREAK);
}

/** `9990000018` → `999 000 0018`; anything but ten digits unchanged. */
export const formatNhsNumber = (digits: string): string =>
  /^\d{10}$/.test(digits)
    ? `${digits.slice(0, 3)}${NO_BREAK}${digits.slice(3, 6)}${NO_BREAK}${digits.slice(6)}`
    : digits;
