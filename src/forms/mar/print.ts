/**
 * The chart on paper, on a lying sheet: where the record ends, its key, its grid of days and times, then what the grid
 * cannot show. Every leaf is on the page.
 */
import type { Block } from '../../print/press.js';
import type { Page } from '../page.js';
import { boundsOf } from './grid.js';
import { patchLines, timeCriticalLines } from './page-one.js';
import { chartBlock } from './print-chart.js';
import { hasGaps } from './print-days.js';
import { initialsOf, type Telling } from './print-entries.js';
import { changes, chartRow, inTheBag, keyRows, notesBlocks, notOnThisChart } from './print-lists.js';
import { moreOfAll } from './print-more.js';
import { chartWords, medicines, readerOf, recordWords, type ShownMar } from './words.js';

export const marPage: Page = (data, { created }) => {
  const chart = data as unknown as ShownMar;
  const all = medicines(chart);
  const signed = all.flatMap((m) => (m.administrations ?? []).flatMap((entry) => entry?.by ?? []));
  const telling: Telling = {
    read: readerOf(chart),
    bounds: boundsOf(chart, created),
    initials: initialsOf(signed),
    notes: [],
    noted: new Map(),
  };
  const { block, days } = chartBlock(chart, created, telling);
  const cells = new Set(
    block.sections.flatMap(({ groups }) => groups.flatMap(({ rows }) => rows.flatMap((row) => row.cells))),
  );
  return [
    { kind: 'page-break', lying: true },
    { kind: 'banner', tone: 'attention', title: 'Copy of the record of the home', lines: opening(chart) },
    ...about(chart),
    ...timeCriticalLines(chart, created).map(
      ({ medicine, lines }): Block => ({
        kind: 'banner',
        tone: 'danger',
        title: `Time-critical: ${medicine}`,
        lines,
      }),
    ),
    ...patches(chart),
    { ...block, key: keyRows(chart, telling, cells, hasGaps(days)) },
    ...notesBlocks(telling.notes),
    { kind: 'heading', level: 3, text: 'Not on this chart; changes; the bag' },
    { kind: 'facts', rows: [...notOnThisChart(chart), ...changes(chart), ...inTheBag(chart)] },
    ...moreRows(chart),
  ];
};

/** How medicines are given, and what was said of the chart as a whole. */
function about(chart: ShownMar): Block[] {
  const rows = chartRow(chart);
  return rows.length === 0 ? [] : [{ kind: 'facts', rows }];
}

function moreRows(chart: ShownMar): Block[] {
  const rows = moreOfAll(medicines(chart));
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', level: 3, text: 'More of the record' },
    { kind: 'facts', rows },
  ];
}

function opening(chart: ShownMar): string[] {
  return [[recordWords(chart), ...(chart.charts ? [chartWords(chart)] : [])].join(' ')];
}

/** Beside its row each patch says where it is; what may be wrong with one is said first. */
function patches(chart: ShownMar): Block[] {
  const wrong = medicines(chart).filter(
    ({ patch }) => patch?.oldOneRemoved !== 'yes' || patch.numberOnSkin !== 1,
  );
  const lines = patchLines({ ...chart, medicines: wrong });
  return lines.length === 0 ? [] : [{ kind: 'banner', tone: 'danger', title: 'Patches on the skin', lines }];
}
