/** What page one takes from a chart: time-critical medicines whole, and the table of last doses. Data is as shown. */
import type { Group, Item, Rows } from '../../print/front-words.js';
import { fromLine, item } from '../page-items.js';
import { lastTaken, missed } from './doses.js';
import { ROUND_LABELS, type Round } from './medicine.js';
import { medicineName } from './names.js';
import { notOnThisChartLines } from './not-on-chart.js';
import { notDailyLines, timeCriticalLines } from './page-one.js';
import { isKind, isNotDaily, type Loose } from './schedule.js';
import type { Medicine } from './schema.js';
import {
  chartWords,
  daysWords,
  doseWords,
  kindWords,
  medicines,
  recordWords,
  type ShownMar,
} from './words.js';

/** Every time-critical medicine with all due times of the next 24 hours, or none of them. */
export function timeCriticalGroup(mar: ShownMar, created: string): Group | undefined {
  const lines = timeCriticalLines(mar, created);
  if (lines.length === 0) return undefined;
  return {
    title: `TIME-CRITICAL MEDICINES: ${lines.length}`,
    whole: `${lines.length} TIME-CRITICAL ${lines.length === 1 ? 'MEDICINE' : 'MEDICINES'}: all on`,
    items: lines.map(({ medicine, lines: said, due }): Item => {
      const reckoned = said.findIndex((line) => line.startsWith(DUE));
      const text = sentences(reckoned < 0 ? said : said.filter((_line, index) => index !== reckoned));
      const item: Item = { lead: medicine, text, weight: 1 };
      return reckoned < 0
        ? item
        : { ...item, more: [{ lead: 'DUE in the next 24 hours', text: byDay(due) }] };
    }),
  };
}

const DUE = 'DUE in the next 24 hours: ';

/** Sentences one after another; one that ends with a stop of its own gets no second. */
const sentences = (parts: readonly string[]): string => parts.map((one) => one.replace(/\.$/, '')).join('. ');

const DUE_TIME = /^(.*)\s(\d\d:\d\d)(.*)$/;

/** Dated due times with each date said once: "Sun 25 Oct GMT 07:00, 10:00". */
function byDay(due: readonly string[]): string {
  const days: { day: string; clocks: string[] }[] = [];
  for (const one of due) {
    const [, date = one, clock = '', zone = ''] = DUE_TIME.exec(one) ?? [];
    const day = `${date}${zone}`;
    const last = days.at(-1);
    if (last?.day === day) last.clocks.push(clock);
    else days.push({ day, clocks: [clock] });
  }
  return days.map(({ day, clocks }) => `${day} ${clocks.join(', ')}`).join('; ');
}

/** Medicines no longer taken can be turned over for. */
const isOver = ({ status }: Loose<Medicine>): boolean => status === 'stopped' || status === 'completed';

const STATUS: Readonly<Record<string, string>> = {
  'on-hold': 'ON HOLD',
  stopped: 'STOPPED',
  completed: 'COURSE FINISHED',
};

/** What, how much, when usually, when last; a column of doses not taken only where there are any. */
export function medicineTable(mar: ShownMar, created: string): Rows | undefined {
  const all = medicines(mar).filter((m) => !isOver(m));
  if (all.length === 0) return undefined;
  const rows = all.map((m) => ({
    cells: [
      medicineName(m),
      joined([doseWords(m), isNotDaily(m) ? daysWords(m) : '', routeWords(m)]),
      usualTimes(m),
      lastTaken(mar, m, created),
      missed(mar, m, created).join('; '),
    ],
    weight: 2 as const,
  }));
  const columns = ['Medicine', 'Dose', 'Usually', 'Last given', 'Not taken in the last day'];
  const [kept, titles] = rows.some(({ cells }) => cells[4] !== '')
    ? [rows, columns]
    : [rows.map((row) => ({ ...row, cells: row.cells.slice(0, 4) })), columns.slice(0, 4)];
  return {
    kind: 'rows',
    caption: 'Medicines with the last dose given',
    called: { one: 'medicine', many: 'medicines' },
    brief: {
      told: rows.map(({ cells: [name = '', , , last = '', not = ''] }, index) => ({
        lead: name,
        text: `${all[index]?.status === 'on-hold' ? 'ON HOLD, ' : ''}${last}${not === '' ? '' : `; NOT TAKEN: ${not}`}`,
      })),
      rest: 'Doses, usual times',
    },
    columns: titles,
    rows: kept,
  };
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');

const routeWords = (m: Loose<Medicine>): string => m.route?.text ?? m.route?.code ?? '';

/** The times on the clock, or what stands for them; a medicine that is not simply taken says so first. */
function usualTimes(m: Loose<Medicine>): string {
  const status =
    m.status === 'active' || m.status === undefined ? '' : (STATUS[m.status] ?? String(m.status));
  const clocks = (m.dose?.times ?? []).flatMap((time) => {
    const round = time?.round === undefined ? undefined : ROUND_LABELS[time.round as Round];
    const words = time?.clock ?? round;
    return words === undefined ? [] : [String(words)];
  });
  const kinds = kindWords(m)
    .split(', ')
    .filter((kind) => kind !== '' && kind !== 'Regular');
  const required = isKind(m, 'when-required') ? [] : clocks;
  return joined([status, [...required].join(' '), ...kinds]);
}

/** Weekly and rarer medicines, what others give, changes of the last fortnight, other charts. */
export function besideTheChart(mar: ShownMar, created: string): Item[] {
  const single = mar.charts?.of === 1;
  const skipped = [recordWords(mar), ...(single && mar.charts ? [chartWords(mar)] : [])];
  const over = medicines(mar).filter(isOver);
  return [
    ...notDailyLines(mar, created).map((line) => fromLine(line, 3)),
    ...notOnThisChartLines(mar)
      .filter((line) => !skipped.includes(line))
      .map((text): Item => ({ text, weight: 2 })),
    ...over.map((m) =>
      item(STATUS[m.status ?? ''] ?? String(m.status), `${medicineName(m)}, ${doseWords(m)}`, 3),
    ),
  ];
}

/** Up to when the chart tells of doses: those after it are not on paper. */
export const upTo = (mar: ShownMar, say: (moment: string) => string): string =>
  mar.recordEndsAt === undefined
    ? 'Medicines: last doses recorded'
    : `Medicines: last doses, recorded up to ${say(mar.recordEndsAt)}`;
