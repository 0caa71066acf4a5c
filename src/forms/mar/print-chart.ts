/**
 * The chart on paper: a group of rows for each medicine, times of day down, days across. What is not taken every day,
 * what is given when required and what is not taken at present stand apart.
 */
import { formatWeekday } from '../../print/format.js';
import type { ChartBlock, ChartGroup, ChartRow } from '../../print/press.js';
import { amountWords } from './dose-text.js';
import { localOf } from './due-times.js';
import { type Bounds, type CellKind, type Grid, gridOf } from './grid.js';
import type { Kind } from './medicine.js';
import { medicineName } from './names.js';
import { type Outcome, wasTaken } from './outcomes.js';
import { dayBlank, dayTitle, shownDays } from './print-days.js';
import {
  cellWords,
  type Entry,
  givenWords,
  momentOf,
  type OfMedicine,
  onlyNoted,
  type Telling,
} from './print-entries.js';
import { besideRow } from './print-medicine.js';
import { rowHead, timesWords } from './print-times.js';
import { isKind, isNotDaily, type Loose, scheduleOf } from './schedule.js';
import type { Medicine } from './schema.js';
import { medicines, type ShownMar } from './words.js';

type Shown = Loose<Medicine>;

/** What stands in a cell without an entry. */
export const BLANK: Readonly<Record<Exclude<CellKind, 'entry'> | 'cannot-be-told', string>> = {
  'not-scheduled': '–',
  'not-yet-due': 'not yet',
  'no-entry': 'NO ENTRY',
  'after-record-end': 'after end',
  'before-record-start': 'before start',
  'cannot-be-told': '?',
};

type Part = 'daily' | 'not-daily' | 'when-required' | 'no-times' | 'not-active';

const PARTS: Readonly<Record<Part, string>> = {
  daily: 'Taking: regular, every day',
  'not-daily': 'Taking, but NOT EVERY DAY: weekly, rarer, or on some days only. Look at the day.',
  'when-required': 'Taking: when required (PRN)',
  'no-times': 'Taking; times of day were not sent: which doses were missed cannot be told',
  'not-active': 'Not taken at present',
};

/** The kind that the title of a part says. */
const TITLED: Readonly<Partial<Record<Part, Kind>>> = {
  daily: 'regular',
  'when-required': 'when-required',
};

function partOf(m: Shown): Part {
  const schedule = scheduleOf(m);
  if (schedule === 'not-active' || schedule === 'when-required') return schedule;
  if (isNotDaily(m)) return 'not-daily';
  return typeof schedule === 'string' ? 'no-times' : 'daily';
}

/** What is the same for all medicines of a chart. */
interface Chart {
  readonly shown: ShownMar;
  readonly created: string;
  readonly telling: Telling;
  readonly bounds: Bounds | undefined;
  readonly days: readonly string[];
  /** Cells of doses that were not taken, or may not have been. */
  readonly notTaken: Set<string>;
}

/** The grid of the whole chart, its columns' days, and the cells' notes in `telling`. */
export function chartBlock(
  shown: ShownMar,
  created: string,
  telling: Telling,
): { readonly block: ChartBlock; readonly days: readonly string[] } {
  const { bounds } = telling;
  const all = medicines(shown);
  const rows = all.reduce((sum, m) => {
    const schedule = scheduleOf(m);
    return sum + (typeof schedule === 'string' ? 1 : schedule.clocks.length);
  }, 0);
  const days = shownDays(shown, bounds, rows);
  const chart: Chart = { shown, created, telling, bounds, days, notTaken: new Set() };
  const sections = (Object.keys(PARTS) as Part[]).flatMap((part) => {
    const own = all.filter((m) => partOf(m) === part);
    if (own.length === 0) return [];
    return [{ title: PARTS[part], groups: own.map((m) => groupOf(chart, m, part)) }];
  });
  const from = days[0];
  const to = days.at(-1);
  const block: ChartBlock = {
    kind: 'chart',
    caption:
      from === undefined || to === undefined
        ? 'Medicines'
        : `Doses by day and time, ${formatWeekday(from)} to ${formatWeekday(to)}`,
    corner: ['Medicine', 'Time'],
    columns: bounds === undefined ? [] : days.map((day) => dayTitle(day, bounds)),
    sections,
    strong: [BLANK['no-entry']],
    bold: [...chart.notTaken],
    quiet: [BLANK['not-scheduled'], BLANK['after-record-end'], BLANK['before-record-start']],
  };
  return { block, days };
}

function groupOf(chart: Chart, m: Shown, part: Part): ChartGroup {
  const each = part === 'when-required' ? undefined : eachDose(chart.telling, m);
  const of: OfMedicine = { name: medicineName(m), each };
  const grid = chart.bounds && gridOf(m, chart.bounds, chart.days);
  const rows = grid === undefined ? looseRows(chart, m, of, part) : gridRows(chart, m, of, grid);
  const text = besideRow(chart.shown, m, chart.created, {
    each: each === prescribed(m) ? undefined : each,
    titled: TITLED[part],
    noEntries: rows.length === 0,
  });
  return { name: of.name, text, rows };
}

/** The amount of a dose as it was sent as data. */
const prescribed = ({ dose }: Shown): string => amountWords(dose?.quantity, dose?.unit);

/** The amount of most doses that were taken; undefined where the dose varies, or fewer than two have one. */
function eachDose({ read }: Telling, m: Shown): string | undefined {
  if (isKind(m, 'variable') || m.dose?.most !== undefined) return undefined;
  // Times of different amounts: "Given: 1 tablet each" would be read of all of them.
  if (m.dose?.times?.some((time) => time?.quantity !== undefined)) return undefined;
  const counts = new Map<string, number>();
  for (const entry of m.administrations ?? []) {
    const given = entry && givenWords(entry);
    if (
      given === undefined ||
      given === '' ||
      !wasTaken(read(entry.letter, entry.outcome as Outcome | undefined).outcome)
    )
      continue;
    counts.set(given, (counts.get(given) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most !== undefined && most[1] > 1 ? most[0] : undefined;
}

function gridRows(chart: Chart, m: Shown, of: OfMedicine, grid: Grid): ChartRow[] {
  const entries = m.administrations ?? [];
  const rows = grid.clocks.map(
    (clock, row): ChartRow => ({
      head: rowHead(m, clock),
      cells: grid.days.map(({ cells }) => {
        const cell = cells[row];
        if (cell === undefined) return '';
        if (cell.kind !== 'entry') return BLANK[cell.kind];
        return tell(
          chart,
          of,
          cell.entries.flatMap((index) => entries[index] ?? []),
          cell.at,
        );
      }),
    }),
  );
  if (grid.outside.length === 0) return rows;
  const outside = grid.outside.flatMap((index) => entries[index] ?? []);
  return [...rows, entriesRow(chart, of, outside, 'other', BLANK['not-scheduled'])];
}

/** The words of a cell; one that has a dose that was not taken is remembered. */
function tell(
  { telling, notTaken }: Chart,
  of: OfMedicine,
  entries: readonly Entry[],
  slot?: number,
): string {
  const words = entries.map((entry) => cellWords(telling, of, entry, slot)).join('\n');
  const taken = entries.every(({ letter, outcome }) =>
    wasTaken(telling.read(letter, outcome as Outcome | undefined).outcome),
  );
  if (!taken) notTaken.add(words);
  return words;
}

/** The row of a medicine whose doses have no slots; none where nothing is due and nothing is entered. */
function looseRows(chart: Chart, m: Shown, of: OfMedicine, part: Part): ChartRow[] {
  const entries = (m.administrations ?? []).filter((entry) => entry !== undefined);
  const asNeeded = part === 'when-required' || part === 'not-active';
  if (asNeeded && entries.length === 0) return [];
  const head = part === 'when-required' ? 'PRN' : part === 'not-active' ? '–' : timesWords(m);
  const blank = BLANK[asNeeded ? 'not-scheduled' : 'cannot-be-told'];
  return [entriesRow(chart, of, entries, head === '' ? '?' : head, blank)];
}

/** Entries by the day on which they were made; those of no day that has a column are told below the chart alone. */
function entriesRow(
  chart: Chart,
  of: OfMedicine,
  entries: readonly Entry[],
  head: string,
  blank: string,
): ChartRow {
  const { days, bounds, telling } = chart;
  const columns = new Set(days);
  const held = new Map<string, { at: number; entry: Entry }[]>();
  const dayless: Entry[] = [];
  for (const entry of entries) {
    const at = momentOf(entry);
    const day = at === undefined ? undefined : localOf(at).day;
    if (at === undefined || day === undefined || !columns.has(day)) dayless.push(entry);
    else held.set(day, [...(held.get(day) ?? []), { at, entry }]);
  }
  const cells = days.map((day) => {
    const own = held.get(day);
    if (own !== undefined) {
      const inOrder = own.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
      return tell(chart, of, inOrder);
    }
    const kind = bounds && dayBlank(day, bounds);
    return kind === undefined || kind === 'entry' ? blank : BLANK[kind];
  });
  for (const entry of dayless) onlyNoted(telling, of, entry);
  return { head, cells };
}
