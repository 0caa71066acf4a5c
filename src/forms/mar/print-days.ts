/** The columns of the chart on paper: its days, and what each of them has of its own. */
import { addDays, instantOf, localOf, shortDay } from './due-times.js';
import { type Bounds, type CellKind, daysOf } from './grid.js';
import { instant } from './schedule.js';
import { medicines, type ShownMar } from './words.js';

/** Never fewer days than this are columns, however many rows there are, and never more than the other. */
const DAYS = { least: 8, most: 92 } as const;
/** Cells of a chart in all: a hostile one costs bounded time. */
const CELLS = 60_000;
const HOUR = 3_600_000;

/**
 * The days that have a column: those of the record until the resident left, and older and later ones that have an
 * entry. What has no column for want of room is the oldest.
 */
export function shownDays(chart: ShownMar, bounds: Bounds | undefined, rows: number): string[] {
  if (bounds === undefined) return [];
  const left = localOf(bounds.until).day;
  const days = new Set(daysOf(bounds).filter((day) => day <= left));
  for (const { administrations } of medicines(chart)) {
    for (const entry of administrations ?? []) {
      for (const sent of [entry?.scheduledFor, entry?.at]) {
        const ms = instant(sent);
        if (ms !== undefined) days.add(localOf(ms).day);
      }
    }
  }
  const most = Math.min(DAYS.most, Math.max(DAYS.least, Math.floor(CELLS / Math.max(rows, 1))));
  return [...days].sort().slice(-most);
}

/** `Wed` above `18 Nov`; with the year where it is not the usual one, and below it what the day has of its own. */
export function dayTitle(day: string, bounds: Bounds): string {
  const [weekday = '', ...date] = shortDay(day).split('\u00a0');
  const { startsAt, endsAt, until, startSaid } = bounds;
  const hours = (instantOf(addDays(day, 1), '00:00') - instantOf(day, '00:00')) / HOUR;
  const year = day.slice(0, 4);
  return [
    weekday,
    [...date, ...(year === localOf(until).day.slice(0, 4) ? [] : [year])].join('\u00a0'),
    ...(hours === 24 ? [] : [`${hours}\u00a0hours`]),
    ...(startSaid && isOn(day, startsAt) && localOf(startsAt).clock !== '00:00'
      ? [`from\u00a0${localOf(startsAt).clock}`]
      : []),
    ...(endsAt !== undefined && isOn(day, endsAt) ? [`to\u00a0${localOf(endsAt).clock}`] : []),
  ].join('\n');
}

const isOn = (day: string, ms: number): boolean => localOf(ms).day === day;

/** Why nothing stands in a cell of a whole day: undefined when the record has that day, or part of it. */
export function dayBlank(day: string, { startsAt, endsAt }: Bounds): CellKind | undefined {
  if (instantOf(addDays(day, 1), '00:00') <= startsAt) return 'before-record-start';
  return endsAt !== undefined && instantOf(day, '00:00') >= endsAt ? 'after-record-end' : undefined;
}

/** Are there days between the columns that have none, because nothing was entered on them? */
export const hasGaps = (days: readonly string[]): boolean =>
  days.some((day, index) => index > 0 && addDays(days[index - 1] ?? day, 1) !== day);
