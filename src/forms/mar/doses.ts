/** Doses of a medicine around the moment of leaving: last taken, missed, due. Nothing is inferred from a letter. */
import { dueTimes, next24Hours, shortMoment } from './due-times.js';
import { boundsOf, gridOf } from './grid.js';
import { mayBeTaken, type Outcome, type Reading, wasTaken } from './outcomes.js';
import { instant, type Loose, scheduleOf } from './schedule.js';
import type { Administration, Medicine } from './schema.js';
import { entryWords, NOT_SAID, readerOf, type ShownMar, when } from './words.js';

/** Far enough from the day of the page for the year to matter. */
const LONG_AGO = 60 * 24 * 3_600_000;

/**
 * When a medicine was last taken, by the chart and by the software of the home, and every later entry that may have
 * been a dose: part of one, or a letter whose meaning is unknown. `ref` is the moment of the page.
 */
export function lastTaken(mar: ShownMar, m: Loose<Medicine>, ref?: string): string {
  const now = instant(ref) ?? instant(mar.recordEndsAt);
  const dated = (ms: number): string =>
    now !== undefined && Math.abs(now - ms) < LONG_AGO ? shortMoment(ms) : when(new Date(ms).toISOString());
  const entries = readEntries(mar, m);
  const given = entries.filter((e) => wasTaken(e.reading.outcome)).at(-1);
  const later = entries.filter((e) => mayBeTaken(e.reading.outcome) && e.ms > (given?.ms ?? -Infinity));
  const chart = given && `${dated(given.ms)}${given.exact ? '' : ' (round; time not recorded)'}`;
  const lastSent = instant(m.lastGiven);
  const sent =
    m.lastGiven === undefined || lastSent === given?.ms
      ? undefined
      : lastSent === undefined
        ? when(m.lastGiven)
        : dated(lastSent);
  return [
    ...(chart === undefined ? [] : [chart]),
    ...(sent === undefined ? [] : [chart === undefined ? sent : `the home says ${sent}`]),
    ...(chart === undefined && sent === undefined ? [NOT_SAID] : []),
    ...later.map((e) => `LATER ${dated(e.ms)} ${entryWords(e.entry, e.reading)} (may have been taken)`),
  ].join('; ');
}

interface ReadEntry {
  readonly entry: Loose<Administration>;
  readonly reading: Reading;
  readonly ms: number;
  /** False: the time is that of the round. */
  readonly exact: boolean;
}

/** The entries that have a time, in its order. */
function readEntries(mar: ShownMar, m: Loose<Medicine>): ReadEntry[] {
  const read = readerOf(mar);
  return (m.administrations ?? [])
    .flatMap((entry) => {
      const ms = instant(entry?.at) ?? instant(entry?.scheduledFor);
      if (ms === undefined) return [];
      const reading = read(entry.letter, entry.outcome as Outcome | undefined);
      return [{ entry, reading, ms, exact: instant(entry.at) !== undefined }];
    })
    .sort((a, b) => a.ms - b.ms);
}

/** Doses of the last 24 h of the record that were not taken: when, and what the chart says. */
export function missed(mar: ShownMar, m: Loose<Medicine>, created: string | undefined): string[] {
  const bounds = boundsOf(mar, created);
  const grid = bounds && gridOf(m, bounds);
  if (!bounds || !grid) return [];
  const read = readerOf(mar);
  const from = (bounds.endsAt ?? bounds.until) - 24 * 3_600_000;
  const entries = m.administrations ?? [];
  return grid.days
    .flatMap((d) => d.cells)
    .filter((c) => c.at >= from && c.at <= bounds.until)
    .sort((a, b) => a.at - b.at)
    .flatMap((c) => {
      if (c.kind === 'no-entry') return [`${shortMoment(c.at)} NO ENTRY (may have been given)`];
      if (c.kind === 'after-record-end')
        return [`${shortMoment(c.at)} after the record ends (may have been given)`];
      const said = c.entries.flatMap((i) => {
        const entry = entries[i];
        return entry ? [{ entry, reading: read(entry.letter, entry.outcome as Outcome | undefined) }] : [];
      });
      if (said.length === 0 || said.some((s) => wasTaken(s.reading.outcome))) return [];
      return said.map((s) => `${shortMoment(c.at)} ${entryWords(s.entry, s.reading)}`);
    });
}

/** The due times of the 24 h from the created time, for paper; none when they cannot be reckoned. */
export function dueWords(m: Loose<Medicine>, created: string): string[] {
  const now = instant(created);
  const schedule = scheduleOf(m);
  return now === undefined || typeof schedule === 'string' ? [] : next24Hours(schedule, now).map(shortMoment);
}

/** Weekly and monthly medicines are due within this. */
const FAR = 35 * 24 * 3_600_000;

/** When the next dose is due after the created time, by its schedule; for a patch without one, when it is due off. */
export function nextWords(m: Loose<Medicine>, created: string): string | undefined {
  const now = instant(created);
  const schedule = scheduleOf(m);
  if (now === undefined || schedule === 'not-active') return undefined;
  const [next] = typeof schedule === 'string' ? [] : dueTimes(schedule, now, now + FAR);
  const off = instant(m.patch?.dueOffAt);
  return next !== undefined ? shortMoment(next) : off === undefined ? undefined : shortMoment(off);
}
