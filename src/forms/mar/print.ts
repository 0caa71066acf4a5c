/**
 * The chart on paper: where the record ends, its own key, what is not on it, then each medicine with its grid of days
 * and times and the list of its entries. Every leaf is on the page.
 */
import { isObject, type Json } from '../../mapping/json.js';
import { type OutlineNode, outline } from '../../mapping/outline.js';
import type { ArraySchema, ObjectSchema } from '../../mapping/schema.js';
import type { Block, Field } from '../../print/press.js';
import { everything, type Page, show } from '../page.js';
import { amountWords, unbroken } from './dose-text.js';
import { localOf, shortDay } from './due-times.js';
import { type Bounds, boundsOf, type Cell, type CellKind, GRID_DAYS, type Grid, gridOf } from './grid.js';
import { KIND_LABELS, type Kind, ROUND_LABELS, type Round, WEEKDAYS, type Weekday } from './medicine.js';
import { medicineName } from './names.js';
import { notOnThisChartLines } from './not-on-chart.js';
import { type KeyReader, keyReader, OUTCOME_LABELS, type Outcome } from './outcomes.js';
import { notDailyLines, patchLines, timeCriticalLines } from './page-one.js';
import { instant, type Loose, scheduleOf } from './schedule.js';
import { type Administration, type Medicine, mar as schema } from './schema.js';
import { chartWords, entryWords, recordWords, type ShownMar, when } from './words.js';

const whole = schema as unknown as ObjectSchema;
const medicineSchema = (whole.properties['medicines'] as ArraySchema).items as ObjectSchema;

/** The schema of an object without some of its members. */
const without = (of: ObjectSchema, ...names: string[]): ObjectSchema => ({
  ...of,
  properties: Object.fromEntries(Object.entries(of.properties).filter(([k]) => !names.includes(k))),
});

export const marPage: Page = (data, { created }) => {
  const chart = data as unknown as ShownMar;
  const read = keyReader((chart.chartKey ?? []) as Parameters<typeof keyReader>[0]);
  const bounds = boundsOf(chart, created);
  return [
    { kind: 'banner', tone: 'attention', title: 'Copy of the record of the home', lines: opening(chart) },
    keyTable(chart),
    ...timeCriticalLines(chart, created).map(
      ({ medicine, lines }): Block => ({
        kind: 'banner',
        tone: 'danger',
        title: `Time-critical: ${medicine}`,
        lines,
      }),
    ),
    ...patches(chart),
    { kind: 'heading', level: 2, text: 'Not on this chart' },
    { kind: 'list', items: notOnThisChartLines(chart) },
    ...heard('Weekly, rarer, or on some days only', notDailyLines(chart, created)),
    ...(chart.medicines ?? []).flatMap((m) => (isObject(m) ? medicineBlocks(m, bounds, read) : [])),
    { kind: 'heading', level: 2, text: 'More of the record' },
    ...everything(without(whole, 'chartKey', 'medicines'), data),
  ];
};

function opening(chart: ShownMar): string[] {
  return [
    recordWords(chart),
    ...(chart.charts ? [chartWords(chart)] : []),
    'Letters mean what the key of this chart says, and nothing else.',
    'Without an entry: "–" not scheduled; "not yet due"; "NO ENTRY" due, may have been given; "after record" not shown on this record.',
  ];
}

function patches(chart: ShownMar): Block[] {
  const lines = patchLines(chart);
  return lines.length === 0 ? [] : [{ kind: 'banner', tone: 'danger', title: 'Patches on the skin', lines }];
}

const heard = (title: string, items: readonly string[]): Block[] =>
  items.length === 0
    ? []
    : [
        { kind: 'heading', level: 2, text: title },
        { kind: 'list', items },
      ];

const keyTable = (chart: ShownMar): Block => ({
  kind: 'table',
  caption: 'Key of this chart',
  columns: [
    { title: 'Letter', share: 1 },
    { title: 'Means on this chart', share: 4 },
    { title: 'Read as', share: 3 },
  ],
  rows: (chart.chartKey ?? []).map((k) => [
    k?.letter ?? '',
    k?.meaning ?? '',
    OUTCOME_LABELS[k?.outcome as Outcome] ?? String(k?.outcome ?? ''),
  ]),
});

function medicineBlocks(m: Loose<Medicine>, bounds: Bounds | undefined, read: KeyReader): Block[] {
  const entries = (m.administrations ?? []).filter((a) => isObject(a)) as readonly Loose<Administration>[];
  const grid = bounds && gridOf(m, bounds);
  return [
    { kind: 'heading', level: 2, text: medicineName(m) },
    { kind: 'fields', fields: medicineFields(m) },
    ...(grid && bounds ? gridTables(m, grid, bounds) : [{ kind: 'paragraph', text: noGrid(m) } as const]),
    ...(entries.length > 0 ? [entryTable(m, entries, read, bounds)] : []),
  ];
}

/** Leaves of nested groups as one list of fields, each under the name of its group; an amount stays with its unit. */
function fieldsOf(nodes: readonly OutlineNode[], prefix = ''): Field[] {
  const named = (label: string): string => (prefix === '' ? label : `${prefix}: ${label.toLowerCase()}`);
  return nodes.flatMap((node, i) => {
    if (node.children) return fieldsOf(node.children, named(node.label));
    const unit = nodes[i + 1];
    if (node.label === 'Amount' && unit?.label === 'Unit')
      return [{ label: prefix === '' ? node.label : prefix, value: amountWords(node.value, unit.value) }];
    if (node.label === 'Unit' && nodes[i - 1]?.label === 'Amount') return [];
    return [{ label: named(node.label), value: unbroken(node.value ?? '') }];
  });
}

/** All of a medicine but its entries. What has many small leaves is one line each: kind, route, structured dose. */
function medicineFields(m: Loose<Medicine>): Field[] {
  const rest = outline(
    without(medicineSchema, 'administrations', 'kinds', 'route', 'dose'),
    m as unknown as Json,
    { show },
  );
  const line = (label: string, parts: readonly (string | undefined)[]): Field[] => {
    const value = parts.filter((p) => p !== undefined && p !== '').join('; ');
    return value === '' ? [] : [{ label, value }];
  };
  const kinds = (m.kinds ?? []).map((k) => KIND_LABELS[k as Kind] ?? String(k)).join(', ');
  const code = m.route?.code === undefined ? undefined : `SNOMED CT ${m.route.code}`;
  const fields = fieldsOf(rest);
  const after =
    fields.findLastIndex(({ label }) => label === 'Status' || label === 'Dose and directions') + 1;
  return fields.toSpliced(
    after,
    0,
    ...line('Structured dose', structuredDose(m.dose ?? {})),
    ...line('Route', [m.route?.text, code]),
    ...line('Kind', [kinds]),
  );
}

function structuredDose(dose: Loose<NonNullable<Medicine['dose']>>): (string | undefined)[] {
  const { quantity, most, unit, times, frequency, weekdays } = dose;
  const upTo =
    most === undefined
      ? quantity
      : `${quantity === undefined ? '' : `${String(quantity)} `}up to ${String(most)}`;
  const at = (times ?? []).map((t) =>
    [
      t?.clock,
      t?.round === undefined ? undefined : (ROUND_LABELS[t.round as Round] ?? String(t.round)),
      amountAt(t?.quantity, unit),
    ]
      .filter((w) => w !== undefined)
      .join(' '),
  );
  const often =
    frequency &&
    `${String(frequency.times ?? '?')} times in every ${amountWords(frequency.period ?? '?', `${PERIODS[frequency.periodUnit ?? ''] ?? ''}${frequency.period === 1 ? '' : 's'}`)}`;
  return [
    amountWords(upTo, unit),
    at.length > 0 ? `at ${at.join(', ')}` : undefined,
    often,
    weekdays === undefined
      ? undefined
      : `on ${weekdays.map((d) => WEEKDAYS[d as Weekday] ?? String(d)).join(', ')}`,
  ];
}

const PERIODS: Readonly<Record<string, string>> = { h: 'hour', d: 'day', wk: 'week', mo: 'month' };
const amountAt = (quantity: unknown, unit: unknown): string | undefined =>
  quantity === undefined ? undefined : `(${amountWords(quantity, unit)})`;

const NO_GRID: Readonly<Record<string, string>> = {
  'when-required': 'Given when required: no times are due.',
  'not-active': 'Not taken at present: no times are due.',
  'no-times': 'Times of day were not sent: which doses were missed cannot be told.',
  'days-not-known': 'On which days it is due cannot be told from what was sent.',
};

function noGrid(m: Loose<Medicine>): string {
  const schedule = scheduleOf(m);
  return typeof schedule === 'string'
    ? (NO_GRID[schedule] ?? '')
    : 'No entries of the chart were sent: which doses were given cannot be told.';
}

const BLANK: Readonly<Record<Exclude<CellKind, 'entry'>, string>> = {
  'not-scheduled': '–',
  'not-yet-due': 'not yet due',
  'no-entry': 'NO ENTRY',
  'after-record-end': 'after record',
  'before-record-start': 'before record',
};

/** Days that stand beside each other on paper. */
const DAYS_ACROSS = 9;

/** As on the chart itself: times of day down, days across; many days in tables of about the same length. */
function gridTables(m: Loose<Medicine>, grid: Grid, bounds: Bounds): Block[] {
  const across = Math.ceil(grid.days.length / Math.ceil(grid.days.length / DAYS_ACROSS));
  const tables: Block[] = [];
  for (let from = 0; from < grid.days.length; from += across) {
    const days = grid.days.slice(from, from + across);
    tables.push({
      kind: 'table',
      caption: `${medicineName(m)}: doses by day and time${grid.days.length > GRID_DAYS ? `, last ${GRID_DAYS} days` : ''}`,
      columns: [{ title: 'Time', share: 2 }, ...days.map(({ day }) => ({ title: shortDay(day), share: 3 }))],
      rows: grid.clocks.map((clock, i) => [
        clock,
        ...days.map(({ cells }) => {
          const cell = cells[i];
          return cell ? cellWords(cell, m, bounds) : '';
        }),
      ]),
    });
  }
  return tables;
}

/** What stands in a cell: letters as on the chart, each with its own time where that is another than the slot's. */
function cellWords(cell: Cell, m: Loose<Medicine>, bounds: Bounds): string {
  if (cell.kind !== 'entry') return BLANK[cell.kind];
  return cell.entries
    .map((i) => {
      const entry = m.administrations?.[i];
      const at = instant(entry?.at);
      const own = at === undefined || at === cell.at ? undefined : localOf(at);
      const time =
        own === undefined ? '' : own.day === localOf(cell.at).day ? ` ${own.clock}` : ` ${when(entry?.at)}`;
      const late =
        at !== undefined && bounds.endsAt !== undefined && at > bounds.endsAt ? ' (after record)' : '';
      return `${entry?.letter ?? ''}${time}${late}`;
    })
    .join(', ');
}

function entryTable(
  m: Loose<Medicine>,
  entries: readonly Loose<Administration>[],
  read: KeyReader,
  bounds: Bounds | undefined,
): Block {
  return {
    kind: 'table',
    caption: `${medicineName(m)}: entries`,
    columns: [
      { title: 'Due', share: 9 },
      { title: 'Entered for', share: 9 },
      { title: 'Letter and meaning', share: 6 },
      { title: 'Given', share: 4 },
      { title: 'Reason, by, witness', share: 8 },
    ],
    rows: entries.map((a) => [
      a.scheduledFor === undefined ? '' : when(a.scheduledFor),
      entered(a, bounds),
      entryWords(a, read(a.letter, a.outcome as Outcome | undefined)),
      a.given === undefined
        ? ''
        : [amountWords(a.given.amount, a.given.unit), ...(a.given.site ? [a.given.site] : [])].join(', '),
      [
        ...(a.outcome === undefined
          ? []
          : [`Sent as: ${OUTCOME_LABELS[a.outcome as Outcome] ?? String(a.outcome)}`]),
        ...(a.reason === undefined ? [] : [a.reason]),
        ...(a.by === undefined ? [] : [`By ${a.by}`]),
        ...(a.witness === undefined ? [] : [`Witness ${a.witness}`]),
      ]
        .join('. ')
        .replaceAll(/([.!?])\. /g, '$1 '),
    ]),
  };
}

function entered(a: Loose<Administration>, bounds: Bounds | undefined): string {
  if (a.at === undefined) return 'time not recorded';
  const at = instant(a.at);
  const late = at !== undefined && bounds?.endsAt !== undefined && at > bounds.endsAt;
  return `${when(a.at)}${late ? ' AFTER THE RECORD ENDS' : ''}`;
}
