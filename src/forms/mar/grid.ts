/**
 * The chart as a grid of days and times. A cell without an entry means one of several things, and each is told apart:
 * nothing was due, it is not yet due, there is NO ENTRY (it may have been given), or the record ends before it.
 * Pure: all that it looks at is given.
 */
import { addDays, instantOf, isDueOn, localOf, type Schedule } from './due-times.js';
import { instant, type Loose, scheduleOf } from './schedule.js';
import type { Mar, Medicine } from './schema.js';

export type CellKind =
  | 'entry'
  | 'not-scheduled'
  | 'not-yet-due'
  | 'no-entry'
  | 'after-record-end'
  | 'before-record-start';

export interface Cell {
  readonly kind: CellKind;
  readonly clock: string;
  /** Instant (milliseconds) of the slot. */
  readonly at: number;
  /** Indices of the medicine's entries that stand in it; more than one when a dose was entered twice. */
  readonly entries: readonly number[];
}

export interface GridDay {
  readonly day: string;
  readonly cells: readonly Cell[];
}

export interface Grid {
  readonly clocks: readonly string[];
  readonly days: readonly GridDay[];
  /** Entries that stand in no cell: at other times, outside the days, without a time, or after the record ends. */
  readonly outside: readonly number[];
}

/** What the whole chart says of its bounds, as instants. */
export interface Bounds {
  /** Day with which the grid begins. */
  readonly firstDay: string;
  /** Said by the home, or a little before the first entry of the chart. */
  readonly startsAt: number;
  /** True when the home said it. */
  readonly startSaid: boolean;
  /** Undefined when the home did not say: then a blank cell in the past is NO ENTRY. */
  readonly endsAt?: number;
  /** After it a dose is not yet due: leaving home, or when the package was made. */
  readonly until: number;
  readonly lastDay: string;
}

/** Days before the end of the record that the grid shows; before them only days that have an entry are shown. */
const GRID_DAYS = 28;
const NEAR = 2 * 3_600_000;

/** Takes a chart and the package's created time where it is known; undefined when nothing tells from when to when it is. */
export function boundsOf(chart: Loose<Mar>, created?: string): Bounds | undefined {
  const endsAt = instant(chart.recordEndsAt);
  const made = instant(created);
  const until = instant(chart.leftHomeAt) ?? made ?? endsAt;
  if (until === undefined) return undefined;
  const last = Math.max(endsAt ?? until, until);
  const earliest = firstEntry(chart);
  const said = instant(chart.recordStartsAt);
  const startsAt = said ?? (earliest === undefined ? undefined : earliest - NEAR);
  if (startsAt === undefined) return undefined;
  const limit = addDays(localOf(endsAt ?? until).day, -GRID_DAYS);
  const first = localOf(startsAt).day;
  return {
    firstDay: [first, limit].sort().at(-1) ?? first,
    lastDay: addDays(localOf(last).day, 1),
    startsAt,
    startSaid: said !== undefined,
    until: last,
    ...(endsAt === undefined ? {} : { endsAt }),
  };
}

function firstEntry(chart: Loose<Mar>): number | undefined {
  const times = (chart.medicines ?? []).flatMap((m) =>
    (m?.administrations ?? []).flatMap((a) => instant(a?.scheduledFor) ?? instant(a?.at) ?? []),
  );
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}

/** The days from the first to the last of a chart. */
export function daysOf({ firstDay, lastDay }: Bounds): string[] {
  const days: string[] = [];
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * The grid of one medicine on the given days; undefined when its due times cannot be reckoned (its entries are told all
 * the same).
 */
export function gridOf(
  medicine: Loose<Medicine>,
  bounds: Bounds,
  days: readonly string[] = daysOf(bounds),
): Grid | undefined {
  const schedule = scheduleOf(medicine);
  if (typeof schedule === 'string' || days.length === 0) return undefined;
  const shown = new Set(days);
  const held = new Map<number, number[]>();
  const outside: number[] = [];
  for (const [i, entry] of (medicine.administrations ?? []).entries()) {
    const when = instant(entry?.scheduledFor) ?? instant(entry?.at);
    const slot = when === undefined ? undefined : slotFor(when, schedule, shown, bounds, instant(entry?.at));
    if (slot === undefined) outside.push(i);
    else held.set(slot, [...(held.get(slot) ?? []), i]);
  }
  return {
    clocks: schedule.clocks,
    outside,
    days: days.map((day) => {
      const due = isDueOn(schedule, day);
      const cells = schedule.clocks.map((clock): Cell => {
        const at = instantOf(day, clock);
        const entries = due ? (held.get(at) ?? []) : [];
        return {
          clock,
          at,
          entries,
          kind: entries.length > 0 ? 'entry' : due ? blank(at, bounds) : 'not-scheduled',
        };
      });
      return { day, cells };
    }),
  };
}

/** The slot that an entry belongs to: its own, or the nearest one within two hours. None for an entry made after the record's end. */
function slotFor(
  when: number,
  schedule: Schedule,
  days: ReadonlySet<string>,
  bounds: Bounds,
  at?: number,
): number | undefined {
  if (bounds.endsAt !== undefined && (at ?? when) > bounds.endsAt) return undefined;
  const near = new Set([localOf(when - NEAR).day, localOf(when + NEAR).day]);
  let nearest: number | undefined;
  for (const day of near) {
    if (!days.has(day) || !isDueOn(schedule, day)) continue;
    for (const clock of schedule.clocks) {
      const slot = instantOf(day, clock);
      if (Math.abs(slot - when) > NEAR) continue;
      const closer = nearest === undefined ? 1 : Math.abs(nearest - when) - Math.abs(slot - when);
      if (nearest === undefined || closer > 0 || (closer === 0 && slot < nearest)) nearest = slot;
    }
  }
  return nearest;
}

function blank(at: number, { startsAt, endsAt, until }: Bounds): CellKind {
  if (at < startsAt) return 'before-record-start';
  if (endsAt === undefined) return at <= until ? 'no-entry' : 'not-yet-due';
  if (at <= endsAt) return 'no-entry';
  return at <= until ? 'after-record-end' : 'not-yet-due';
}

/** The cells of a kind, over all days. */
export const cellsOf = (grid: Grid, kind: CellKind): Cell[] =>
  grid.days.flatMap((d) => d.cells.filter((c) => c.kind === kind));
