/**
 * What page one says of the medicines: time-critical doses with every dated due time of the next 24 hours, last doses,
 * patches on the skin, and what is not on the chart. Data is as shown: what was not understood is text.
 */
import { formatDay, formatMoment } from '../../print/format.js';
import { amountWords, unbroken } from './dose-text.js';
import { next24Hours, shortMoment, zoneNear } from './due-times.js';
import { boundsOf, cellsOf, gridOf } from './grid.js';
import { KIND_LABELS, type Kind, WEEKDAYS } from './medicine.js';
import { medicineName } from './names.js';
import { keyReader, OUTCOME_LABELS, type Outcome, type Reading, wasTaken } from './outcomes.js';
import { instant, isKind, isNotDaily, type Loose, scheduleOf, weekdaysOf } from './schedule.js';
import type { Administration, GivenByOthers, Mar, Medicine } from './schema.js';

/** A chart as it is shown. */
export type ShownMar = Loose<Mar>;

/** One time-critical medicine. */
export interface TimeCriticalLine {
  readonly medicine: string;
  /** What to print below its name, in this order: dose and window, last dose, due times, what is not known. */
  readonly lines: readonly string[];
  /** Due times of the 24 h from the package's created time, as on paper, dated. */
  readonly due: readonly string[];
}

/** A row of the table of last doses. */
export interface LastDoseRow {
  readonly medicine: string;
  readonly last: string;
  readonly next: string;
  /** Doses of the last day that were due and not taken, or have no entry. */
  readonly missed: string;
}

/** A row of the list of medicines. */
export interface MedicineRow {
  readonly medicine: string;
  readonly dose: string;
  readonly route: string;
  readonly kind: string;
}

const NOT_SAID = 'not said';

/** A moment as sent, for paper, with its year; what is not a moment stays as it is. */
export function when(value: unknown): string {
  const ms = instant(value);
  const zone = ms === undefined ? undefined : zoneNear(ms);
  return `${formatMoment(String(value))}${zone === undefined ? '' : `\u00a0${zone}`}`;
}

/** Dose of a medicine in words: those of the chart, else the structured ones. */
export function doseWords(m: Loose<Medicine>): string {
  if (m.doseText !== undefined) return unbroken(m.doseText);
  const { quantity, most, unit } = m.dose ?? {};
  const amount = amountWords(
    most === undefined ? quantity : `${String(quantity ?? '')} to ${String(most)}`,
    unit,
  );
  return amount === '' ? (m.whenRequired?.dose ?? 'dose not said') : amount;
}

export const kindWords = (m: Loose<Medicine>): string =>
  (Object.keys(KIND_LABELS) as Kind[])
    .filter((k) => isKind(m, k))
    .map((k) => KIND_LABELS[k])
    .join(', ');

const medicines = (mar: ShownMar): readonly Loose<Medicine>[] =>
  (mar.medicines ?? []).filter((m) => typeof m === 'object' && m !== null);
const others = (mar: ShownMar): readonly Loose<GivenByOthers>[] =>
  (mar.notOnThisChart?.givenByOthers ?? []).filter((m) => typeof m === 'object' && m !== null);
const readerOf = (mar: ShownMar) => keyReader((mar.chartKey ?? []) as Parameters<typeof keyReader>[0]);

/** Words for an entry: the letter as it stands, and what the key of the chart says of it. */
export function entryWords(entry: Loose<Administration>, reading: Reading): string {
  const means =
    reading.because === undefined
      ? (reading.meaning ?? OUTCOME_LABELS[reading.outcome])
      : WHY[reading.because];
  return `${entry.letter ?? ''}: ${means}`;
}

const WHY: Readonly<Record<NonNullable<Reading['because']>, string>> = {
  'not-in-key': 'NOT IN THE KEY, meaning unknown',
  'letter-twice': 'TWICE IN THE KEY, meaning unknown',
  'contradicts-key': 'KEY AND SENDER CONTRADICT, meaning unknown',
  'not-said': 'meaning not said',
};

function lastTaken(mar: ShownMar, m: Loose<Medicine>): string {
  const read = readerOf(mar);
  const taken = (m.administrations ?? []).flatMap((a) => {
    const ms = instant(a?.at) ?? instant(a?.scheduledFor);
    return ms !== undefined && wasTaken(read(a.letter, a.outcome as Outcome | undefined).outcome)
      ? [{ ms, exact: instant(a.at) !== undefined }]
      : [];
  });
  const latest = taken.reduce<(typeof taken)[number] | undefined>(
    (a, b) => (a === undefined || b.ms > a.ms ? b : a),
    undefined,
  );
  const chart = latest && `${shortMoment(latest.ms)}${latest.exact ? '' : ' (round; time not recorded)'}`;
  const sent = m.lastGiven === undefined ? undefined : when(m.lastGiven);
  if (chart === undefined) return sent ?? NOT_SAID;
  return sent === undefined || instant(m.lastGiven) === latest?.ms
    ? chart
    : `${chart}; software says ${sent}`;
}

/** Doses of the last 24 h of the record that were not taken: when, and what the chart says. */
function missed(mar: ShownMar, m: Loose<Medicine>, created: string | undefined): string[] {
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

function dueWords(m: Loose<Medicine>, created: string): string[] {
  const now = instant(created);
  const schedule = scheduleOf(m);
  return now === undefined || typeof schedule === 'string' ? [] : next24Hours(schedule, now).map(shortMoment);
}

/**
 * The time-critical medicines, those given by others included. Takes the chart as shown and the package's created
 * time; gives all dated due times of the 24 h from then.
 */
export function timeCriticalLines(mar: ShownMar, createdAt: string): TimeCriticalLine[] {
  const own = medicines(mar).filter(
    (m) => isKind(m, 'time-critical') && m.status !== 'stopped' && m.status !== 'completed',
  );
  return [
    ...own.map((m) => {
      const due = dueWords(m, createdAt);
      const { withinMinutes, why } = m.timeCritical ?? {};
      const within =
        withinMinutes === undefined ? '' : `, within ${String(withinMinutes)}\u00a0minutes of the time`;
      const reckoned =
        due.length > 0
          ? `DUE in the next 24 hours: ${due.join('; ')}`
          : m.status === 'on-hold'
            ? 'ON HOLD'
            : 'Due times: not to be reckoned from what was sent; ask the home';
      return {
        medicine: medicineName(m),
        due,
        lines: [
          `${doseWords(m)}${within}`,
          ...(why === undefined ? [] : [why]),
          `Last given: ${lastTaken(mar, m)}`,
          ...missed(mar, m, createdAt),
          reckoned,
          ...(m.nextDue === undefined ? [] : [`Next due, as the home says: ${when(m.nextDue)}`]),
        ],
      };
    }),
    ...others(mar)
      .filter((o) => o.timeCritical === true)
      .map((o) => ({
        medicine: o.name ?? '',
        due: o.nextDue === undefined ? [] : [when(o.nextDue)],
        lines: [
          ...(o.doseText === undefined ? [] : [unbroken(o.doseText)]),
          `Given by others (${giver(o)}); last given: ${o.lastGiven === undefined ? NOT_SAID : when(o.lastGiven)}`,
          `Next due: ${o.nextDue === undefined ? NOT_SAID : when(o.nextDue)}`,
        ],
      })),
  ];
}

/** Every medicine that is taken now with its last and next dose; takes the chart as shown and the created time. */
export function lastDoseRows(mar: ShownMar, createdAt?: string): LastDoseRow[] {
  return medicines(mar)
    .filter((m) => m.status !== 'stopped' && m.status !== 'completed')
    .map((m) => {
      const [next] = createdAt === undefined ? [] : dueWords(m, createdAt);
      return {
        medicine: medicineName(m),
        last: lastTaken(mar, m),
        next:
          m.nextDue === undefined
            ? (next ?? (isKind(m, 'when-required') ? 'when required' : NOT_SAID))
            : when(m.nextDue),
        missed: missed(mar, m, createdAt).join('; '),
      };
    });
}

/** The list of medicines. */
export const medicineRows = (mar: ShownMar): MedicineRow[] =>
  medicines(mar).map((m) => ({
    medicine: medicineName(m),
    dose: [doseWords(m), ...(isNotDaily(m) ? [daysWords(m)] : [])].join(' – '),
    route: m.route?.text ?? m.route?.code ?? '',
    kind: [kindWords(m), ...(m.status === 'active' ? [] : [STATUS[m.status ?? ''] ?? String(m.status)])].join(
      ', ',
    ),
  }));

const STATUS: Readonly<Record<string, string>> = {
  'on-hold': 'ON HOLD',
  stopped: 'STOPPED',
  completed: 'COURSE FINISHED',
};

/** On which days a medicine is taken that is not taken each day, weekdays in full. */
export function daysWords(m: Loose<Medicine>): string {
  const days = weekdaysOf(m).map((d) => WEEKDAYS[d]);
  const { times, period, periodUnit } = m.dose?.frequency ?? {};
  const unit = { h: 'hour', d: 'day', wk: 'week', mo: 'month' }[periodUnit ?? 'd'];
  const every = period === 1 ? unit : `${String(period)}\u00a0${unit}s`;
  const often =
    times === undefined ? [] : [`${times === 1 ? 'once' : `${String(times)} times`} every ${every}`];
  const on = days.length > 0 ? [`on ${days.join(', ')}`] : ['day of the week not said'];
  return [...often, ...on].join(' ');
}

/** Weekly and rarer medicines, which a grid of a few days does not show. */
export const notDailyLines = (mar: ShownMar): string[] =>
  medicines(mar)
    .filter((m) => isNotDaily(m))
    .map((m) => `${medicineName(m)}: ${doseWords(m)} – ${daysWords(m)}. Last given: ${lastTaken(mar, m)}`);

/** Patches on the skin. */
export const patchLines = (mar: ShownMar): string[] =>
  medicines(mar)
    .filter((m) => isKind(m, 'patch') && m.status !== 'completed')
    .map((m) => {
      const { numberOnSkin, oldOneRemoved, site, appliedAt, dueOffAt } = m.patch ?? {};
      const removed =
        oldOneRemoved === 'no'
          ? 'OLD PATCH NOT REMOVED'
          : oldOneRemoved === 'yes'
            ? 'old patch removed'
            : 'OLD PATCH REMOVED: NOT KNOWN';
      return [
        `PATCH ${medicineName(m)}`,
        numberOnSkin === undefined ? 'NUMBER ON SKIN NOT SAID' : `${String(numberOnSkin)} found on the skin`,
        removed,
        `where: ${site ?? NOT_SAID}`,
        `put on: ${appliedAt === undefined ? NOT_SAID : when(appliedAt)}`,
        `due off: ${dueOffAt === undefined ? NOT_SAID : when(dueOffAt)}`,
      ].join('; ');
    });

const GIVERS: Readonly<Record<string, string>> = {
  'district-nurse': 'district or community nurse',
  'mental-health-team': 'community mental health team',
  'palliative-team': 'hospice or palliative care team',
  'gp-practice': 'GP practice',
  clinic: 'hospital clinic or day unit',
  ambulance: 'ambulance crew',
  family: 'family or friend',
  resident: 'the resident',
};
const giver = (o: Loose<GivenByOthers>): string => GIVERS[o.by ?? ''] ?? 'somebody else';

/** What is given but not on this chart, changes within 14 days, other charts, and where the record ends. */
export function notOnThisChartLines(mar: ShownMar): string[] {
  const said = mar.notOnThisChart?.anything;
  const changed = mar.changes?.any;
  return [
    ...others(mar).map(otherLine),
    ...(others(mar).length > 0
      ? []
      : [
          said === 'no'
            ? 'Nothing else is given by others.'
            : said === 'yes'
              ? 'Others give medicines too: WHICH IS NOT SAID, ask the home.'
              : 'Medicines given by others: NOT KNOWN.',
        ]),
    ...(mar.changes?.list ?? []).map((c) =>
      [
        `Changed${c?.on === undefined ? '' : ` ${formatDay(String(c.on))}`}: ${c?.medicine ?? ''}`,
        CHANGES[c?.change ?? ''] ?? String(c?.change),
        ...(c?.what === undefined ? [] : [unbroken(c.what)]),
      ].join(' – '),
    ),
    ...(changed === 'yes' && mar.changes?.list === undefined
      ? ['Changed within 14 days: WHICH IS NOT SAID.']
      : []),
    ...(changed === 'not-known' ? ['Changes within 14 days: NOT KNOWN.'] : []),
    ...(mar.charts ? [chartWords(mar)] : []),
    recordWords(mar),
  ];
}

const CHANGES: Readonly<Record<string, string>> = {
  added: 'added',
  amended: 'amended',
  discontinued: 'discontinued',
  'on-hold': 'put on hold',
  continued: 'continued',
};

function otherLine(o: Loose<GivenByOthers>): string {
  const driver = o.syringeDriver;
  const contents = (driver?.contents ?? []).map((c) =>
    [c?.name, c?.amount]
      .filter((s) => s !== undefined)
      .map((s) => unbroken(String(s)))
      .join(' '),
  );
  return [
    `${o.name ?? ''}${o.doseText === undefined ? '' : ` ${unbroken(o.doseText)}`}`,
    `given by ${giver(o)}`,
    ...(driver === undefined
      ? []
      : [
          `SYRINGE DRIVER RUNNING: ${contents.length > 0 ? contents.join(' + ') : 'contents not said'}`,
          `rate: ${driver.rate === undefined ? NOT_SAID : unbroken(driver.rate)}`,
          `ends: ${driver.endsAt === undefined ? NOT_SAID : when(driver.endsAt)}`,
        ]),
    `last given: ${o.lastGiven === undefined ? NOT_SAID : when(o.lastGiven)}`,
    ...(o.nextDue === undefined ? [] : [`next due: ${when(o.nextDue)}`]),
    ...(o.contact === undefined ? [] : [`ask ${o.contact}`]),
  ].join('; ');
}

export function chartWords(mar: ShownMar): string {
  const { number, of } = mar.charts ?? {};
  const more = typeof of === 'number' && of > 1 ? ': THERE ARE OTHER CHARTS' : '';
  return `Chart ${String(number)} of ${String(of)}${more}.`;
}

/** Where the record ends: doses after it are not on paper. */
export function recordWords(mar: ShownMar): string {
  const left = mar.leftHomeAt === undefined ? '' : ` Left home ${when(mar.leftHomeAt)}.`;
  return mar.recordEndsAt === undefined
    ? `WHEN THE RECORD ENDS IS NOT SAID: later doses may have been given.${left}`
    : `The record ends ${when(mar.recordEndsAt)}: doses after that are not shown.${left}`;
}
