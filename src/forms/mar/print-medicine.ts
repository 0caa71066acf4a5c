/** What the chart on paper says of a medicine beside its row, and what else was sent of it. */
import { formatDay } from '../../print/format.js';
import { amountWords, unbroken } from './dose-text.js';
import { lastTaken, nextWords } from './doses.js';
import { KIND_LABELS, type Kind } from './medicine.js';
import { sentences } from './print-entries.js';
import { inTheLastDay } from './print-when-required.js';
import { isKind, isNotDaily, type Loose } from './schedule.js';
import type { Medicine } from './schema.js';
import { daysWords, doseWords, type ShownMar, when } from './words.js';

type Shown = Loose<Medicine>;
type Words = string | undefined;

/** Kinds that change how a medicine is handled: in capitals, first of all. */
const LOUD: readonly Kind[] = ['time-critical', 'controlled-drug', 'patch', 'covert'];
const STATUS: Readonly<Record<string, string>> = {
  'on-hold': 'ON HOLD',
  stopped: 'STOPPED',
  completed: 'COURSE FINISHED',
};
const ANSWERS: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', 'not-known': 'Not known' };
const answer = (said: unknown): string => ANSWERS[String(said)] ?? String(said);

/** Words only where there is something to say. */
const about = (value: unknown, words: (said: string) => string): Words =>
  value === undefined ? undefined : words(unbroken(String(value)));
const on = (day: unknown): string => formatDay(String(day));

/** What the row already says of a medicine by where it stands. */
interface AtRow {
  /** The amount of each dose that was given, but where a cell says another. */
  readonly each: Words;
  /** The kind that the title above the row says of all medicines below it. */
  readonly titled: Kind | undefined;
  /** There is no row: nothing is due and nothing is entered. */
  readonly noEntries: boolean;
}

/** All that a nurse asks at the row: kind, dose, route, how, why, and what its kind asks for. */
export function besideRow(
  chart: ShownMar,
  m: Shown,
  created: string,
  { each, titled, noEntries }: AtRow,
): string {
  const kinds = kindWords(m, titled);
  const loud = LOUD.some((kind) => isKind(m, kind));
  return [
    loud ? `${kinds.join(' · ')}.` : '',
    sentences([
      ...(loud ? [] : kinds),
      doseWords(m),
      isNotDaily(m) ? capital(daysWords(m)) : undefined,
      m.route?.text,
      about(m.indication, (words) => `For: ${words}`),
      about(m.instructions, (words) => words),
      about(m.support, (words) => `Support: ${words}`),
      about(m.topical?.site, (words) => `Where: ${words}`),
      m.endDate === undefined ? undefined : `Until ${on(m.endDate)}`,
      about(m.note, (words) => words),
      each === undefined ? undefined : `Given: ${each} each`,
      noEntries ? 'No dose is entered' : undefined,
    ]),
    m.timeCritical === undefined ? '' : timeCriticalLine(m),
    m.whenRequired === undefined && !isKind(m, 'when-required') ? '' : whenRequiredLine(m),
    patchLine(m),
    sentences(covertParts(m)),
    doseTimes(chart, m, created),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** That it is not taken at present, and its kinds: first those that change how it is handled. */
function kindWords(m: Shown, titled: Kind | undefined): string[] {
  const sent = (m.kinds ?? []).map((kind) => String(kind)).filter((kind) => kind !== titled);
  const kinds = [...new Set([...LOUD.filter((kind) => isKind(m, kind)), ...sent])];
  const schedule = m.controlledDrug?.schedule;
  return [
    ...(m.status === 'active' ? [] : [STATUS[String(m.status)] ?? String(m.status)]),
    ...kinds.map((kind) => {
      const label = KIND_LABELS[kind as Kind] ?? kind;
      return LOUD.includes(kind as Kind) ? label.toUpperCase() : label;
    }),
    ...(schedule === undefined ? [] : [`schedule\u00a0${String(schedule)}`]),
  ];
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function timeCriticalLine({ timeCritical }: Shown): string {
  const { withinMinutes, why } = timeCritical ?? {};
  return sentences([
    withinMinutes === undefined
      ? undefined
      : `To be given within ${String(withinMinutes)}\u00a0minutes of the time`,
    why,
  ]);
}

function whenRequiredLine(m: Shown): string {
  const prn = m.whenRequired ?? {};
  const most = prn.maximumIn24Hours;
  const gap = prn.minimumIntervalHours;
  return [
    sentences([
      `At least ${gap === undefined ? 'NOT SAID how long' : `${String(gap)}\u00a0hours`} between doses`,
      `Most in 24\u00a0hours: ${most === undefined ? 'NOT SAID' : amountWords(most.amount, most.unit)}`,
    ]),
    sentences([
      about(prn.reason, (words) => `For: ${words}`),
      about(prn.signs, (words) => `Signs: ${words}`),
      prn.dose === doseWords(m) ? undefined : about(prn.dose, (words) => words),
      about(prn.alternatives, (words) => `Try first: ${words}`),
      about(prn.order, (words) => `Order: ${words}`),
      about(prn.canAsk, (words) => `Can ask for it: ${answer(words)}`),
      prn.reviewOn === undefined ? undefined : `Review ${on(prn.reviewOn)}`,
    ]),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function patchLine(m: Shown): string {
  if (!isKind(m, 'patch')) return '';
  const { numberOnSkin, oldOneRemoved, site, appliedAt, dueOffAt } = m.patch ?? {};
  const removed =
    oldOneRemoved === 'no' ? 'NO' : oldOneRemoved === 'yes' ? 'yes' : String(oldOneRemoved ?? 'NOT SAID');
  return sentences([
    `On the skin: ${numberOnSkin === undefined ? 'NUMBER NOT SAID' : String(numberOnSkin)}, ${site ?? 'WHERE NOT SAID'}`,
    `Old one removed: ${removed === 'not-known' ? 'NOT KNOWN' : removed}`,
    about(appliedAt, (words) => `Put on ${when(words)}`),
    about(dueOffAt, (words) => `Due off ${when(words)}`),
  ]);
}

function covertParts({ covert }: Shown): Words[] {
  if (covert === undefined) return [];
  const { bestInterestsDate, decidedBy, plan, reviewOn } = covert;
  return [
    `Covert: best-interests decision ${bestInterestsDate === undefined ? 'DATE NOT SAID' : on(bestInterestsDate)}${
      decidedBy === undefined ? '' : `, ${decidedBy}`
    }`,
    plan,
    reviewOn === undefined ? undefined : `Review of covert giving ${on(reviewOn)}`,
  ];
}

/** Last and next doses of what a grid of a few days does not tell at a glance. */
function doseTimes(chart: ShownMar, m: Shown, created: string): string {
  const homeSays = sentences([
    m.lastGiven === undefined ? undefined : `Last given, as the home says: ${when(m.lastGiven)}`,
    m.nextDue === undefined ? undefined : `Next due, as the home says: ${when(m.nextDue)}`,
  ]);
  if (m.status !== 'active') return homeSays;
  const prn = isKind(m, 'when-required');
  if (!prn && !isNotDaily(m)) return homeSays;
  const next = prn ? undefined : nextWords(m, created);
  const last = sentences([
    `Last given: ${lastTaken(chart, { ...m, lastGiven: undefined }, created)}`,
    next === undefined ? undefined : `Next due: ${next}`,
    prn ? inTheLastDay(chart, m, created) : undefined,
  ]);
  return [last, homeSays].filter((line) => line !== '').join('\n');
}
