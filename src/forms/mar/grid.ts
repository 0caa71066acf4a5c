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
  /** Undefined when the home did not say: then a blank cell in the past is NO ENTRY. */
  readonly endsAt?: number;
  /** After it a dose is not yet due: leaving home, or when the package was made. */
  readonly until: number;
  readonly lastDay: string;
}

/** Days before the end of the record that the grid shows; older entries are in the list of entries. */
export const GRID_DAYS = 28;
const NEAR = 2 * 3_600_000;

/** Takes a chart and the package's created time where it is known; undefined when nothing tells from when to when it is. */
export function boundsOf(chart: Loose<Mar>, created?: string): Bounds | undefined {
  const endsAt = instant(chart.recordEndsAt);
  const made = instant(created);
  const until = instant(chart.leftHomeAt) ?? made ?? endsAt;
  if (until === undefined) return undefined;
  const last = Math.max(endsAt ?? until, until);
  const earliest = firstEntry(chart);
  const startsAt = instant(chart.recordStartsAt) ?? (earliest === undefined ? undefined : earliest - NEAR);
  if (startsAt === undefined) return undefined;
  const limit = addDays(localOf(endsAt ?? until).day, -GRID_DAYS);
  const first = localOf(startsAt).day;
  return {
    firstDay: [first, limit].sort().at(-1) ?? first,
    lastDay: addDays(localOf(last).day, 1),
    startsAt,
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

/** The grid of one medicine; undefined when its due times cannot be reckoned (its entries are listed all the same). */
export function gridOf(medicine: Loose<Medicine>, bounds: Bounds): Grid | undefined {
  const schedule = scheduleOf(medicine);
  if (typeof schedule === 'string' || bounds.firstDay > bounds.lastDay) return undefined;
  const slots = slotsOf(schedule, bounds);
  const held = new Map<number, number[]>();
  const outside: number[] = [];
  for (const [i, entry] of (medicine.administrations ?? []).entries()) {
    const when = instant(entry?.scheduledFor) ?? instant(entry?.at);
    const slot = when === undefined ? undefined : slotFor(when, slots, bounds, instant(entry?.at));
    if (slot === undefined) outside.push(i);
    else held.set(slot, [...(held.get(slot) ?? []), i]);
  }
  const days: GridDay[] = [];
  for (let day = bounds.firstDay; day <= bounds.lastDay; day = addDays(day, 1)) {
    const due = isDueOn(schedule, day);
    days.push({
      day,
      cells: schedule.clocks.map((clock): Cell => {
        const at = instantOf(day, clock);
        const entries = due ? (held.get(at) ?? []) : [];
        return {
          clock,
          at,
          entries,
          kind: entries.length > 0 ? 'entry' : due ? blank(at, bounds) : 'not-scheduled',
        };
      }),
    });
  }
  return { clocks: schedule.clocks, days, outside };
}

function slotsOf(schedule: Schedule, bounds: Bounds): number[] {
  const slots: number[] = [];
  for (let day = bounds.firstDay; day <= bounds.lastDay; day = addDays(day, 1)) {
    if (isDueOn(schedule, day)) slots.push(...schedule.clocks.map((clock) => instantOf(day, clock)));
  }
  return slots;
}

/** The slot that an entry belongs to: its own, or the nearest one within two hours. None for an entry made after the record's end. */
function slotFor(when: number, slots: readonly number[], bounds: Bounds, at?: number): number | undefined {
  if (bounds.endsAt !== undefined && (at ?? when) > bounds.endsAt) return undefined;
  const [nearest] = slots
    .filter((s) => Math.abs(s - when) <= NEAR)
    .sort((a, b) => Math.abs(a - when) - Math.abs(b - when) || a - b);
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
