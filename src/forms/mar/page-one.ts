/**
 * What page one says of the medicines: time-critical doses with every dated due time of the next 24 hours, last doses,
 * patches on the skin, and what is not on the chart. Data is as shown: what was not understood is text.
 */
import { unbroken } from './dose-text.js';
import { dueWords, lastTaken, missed } from './doses.js';
import { medicineName } from './names.js';
import { giver } from './not-on-chart.js';
import { isKind, isNotDaily } from './schedule.js';
import { daysWords, doseWords, medicines, NOT_SAID, others, type ShownMar, when } from './words.js';

export { notOnThisChartLines } from './not-on-chart.js';
export type { ShownMar } from './words.js';
export { recordWords } from './words.js';

/** One time-critical medicine. */
export interface TimeCriticalLine {
  readonly medicine: string;
  /** What to print below its name, in this order: dose and window, last dose, due times, what is not known. */
  readonly lines: readonly string[];
  /** Due times of the 24 h from the package's created time, as on paper, dated. */
  readonly due: readonly string[];
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
          `Last given: ${lastTaken(mar, m, createdAt)}`,
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

/** Weekly and rarer medicines, which a grid of a few days does not show. */
export const notDailyLines = (mar: ShownMar, createdAt?: string): string[] =>
  medicines(mar)
    .filter((m) => isNotDaily(m))
    .map(
      (m) =>
        `${medicineName(m)}: ${doseWords(m)} – ${daysWords(m)}. Last given: ${lastTaken(mar, m, createdAt)}`,
    );

/** Patches on the skin. */
export const patchLines = (mar: ShownMar, say: (moment: string) => string = when): string[] =>
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
        `put on: ${appliedAt === undefined ? NOT_SAID : say(appliedAt)}`,
        `due off: ${dueOffAt === undefined ? NOT_SAID : say(dueOffAt)}`,
      ].join('; ');
    });
