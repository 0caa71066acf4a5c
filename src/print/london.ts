/**
 * What the clock on a wall in London shows. Zone rules are those of Intl (IANA time zone database); asking it for each
 * time of a chart is slow, so its answer is kept for the day, on a day on which it changes for the hour.
 */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_KEPT = 4_096;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const zoned = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  hourCycle: 'h23',
});

export interface WallClock {
  /** `Sun` */
  readonly weekday: string;
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** `03:12` */
  readonly time: string;
}

/** Offsets at the start of days and hours of UTC. */
const offsets = new Map<number, number>();

/** Milliseconds by which London's clocks are ahead of UTC at an instant. */
export function londonOffset(ms: number): number {
  const day = Math.floor(ms / DAY_MS) * DAY_MS;
  const before = kept(day);
  if (before === kept(day + DAY_MS)) return before;
  const hour = Math.floor(ms / HOUR_MS) * HOUR_MS;
  const within = kept(hour);
  return within === kept(hour + HOUR_MS) ? within : asked(ms);
}

/** The wall clock at an instant. */
export function wallClockOf(ms: number): WallClock {
  const local = new Date(ms + londonOffset(ms));
  return {
    weekday: WEEKDAYS[local.getUTCDay()] ?? '',
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
  };
}

function kept(start: number): number {
  const known = offsets.get(start);
  if (known !== undefined) return known;
  if (offsets.size >= MOST_KEPT) offsets.clear();
  const offset = asked(start);
  offsets.set(start, offset);
  return offset;
}

function asked(ms: number): number {
  const whole = Math.floor(ms / 1000) * 1000;
  const parts: Record<string, number> = {};
  for (const { type, value } of zoned.formatToParts(whole)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  wall.setUTCHours(hour, minute, second);
  return wall.getTime() - whole;
}

const two = (n: number): string => String(n).padStart(2, '0');
