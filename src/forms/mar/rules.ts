/**
 * What is said of a chart beyond its schema: letters by the chart's own key, what each kind of medicine asks for
 * (domain 6.2), how doses are written, and what is missing. Nothing is changed and, but for the plain gaps of a
 * complete package, nothing is refused.
 */
import { isObject } from '../../mapping/json.js';
import type { Finding } from '../finding.js';
import type { Form } from '../form.js';
import { doseSlips } from './dose-text.js';
import { boundsOf, cellsOf, gridOf } from './grid.js';
import { type KeyReader, keyReader, statusOf, wasTaken } from './outcomes.js';
import {
  clocksOf,
  instant,
  isKind,
  isNotDaily,
  knownNumber,
  type Loose,
  scheduleOf,
  weekdaysOf,
} from './schedule.js';
import type { Administration, GivenByOthers, Mar, Medicine } from './schema.js';

type Say = (code: string, at: string, values?: Finding['values']) => void;

interface Chart {
  readonly data: Loose<Mar>;
  readonly created: string | undefined;
}

export const marRules: Form['rules'] = (data, pointer, context) => {
  const findings: Finding[] = [];
  const say: Say = (code, at, values) =>
    void findings.push({ code, pointer: `${pointer}${at}`, ...(values ? { values } : {}) });
  const created = context.package['createdAt'];
  const chart: Chart = {
    data: data as unknown as Loose<Mar>,
    created: typeof created === 'string' ? created : undefined,
  };
  keyRules(chart, say);
  chartRules(chart, say);
  const read = keyReader((chart.data.chartKey ?? []) as Parameters<typeof keyReader>[0]);
  for (const [i, medicine] of (chart.data.medicines ?? []).entries()) {
    if (isObject(medicine)) medicineRules(medicine, `/medicines/${i}`, chart, read, say);
  }
  for (const [i, other] of (chart.data.notOnThisChart?.givenByOthers ?? []).entries()) {
    if (isObject(other)) otherRules(other, `/notOnThisChart/givenByOthers/${i}`, say);
  }
  return findings;
};

function keyRules({ data }: Chart, say: Say): void {
  const seen = new Set<string>();
  for (const [i, { letter } = {}] of (data.chartKey ?? []).entries()) {
    if (typeof letter !== 'string') continue;
    if (seen.has(letter)) say('chart-letter-twice', `/chartKey/${i}/letter`);
    seen.add(letter);
  }
}

function chartRules({ data, created }: Chart, say: Say): void {
  const ends = instant(data.recordEndsAt);
  if (data.recordEndsAt === undefined) say('mar-record-end-missing', '/recordEndsAt');
  const made = instant(created);
  if (ends !== undefined && made !== undefined && ends > made) say('mar-record-ends-later', '/recordEndsAt');
  const [number, of] = [knownNumber(data.charts?.number), knownNumber(data.charts?.of)];
  if (number !== undefined && of !== undefined && number > of)
    say('chart-number-above-count', '/charts/number');
  else if (of !== undefined && of > 1) say('other-charts', '/charts/of', { of });
  const { anything, givenByOthers } = data.notOnThisChart ?? {};
  if (anything === undefined && givenByOthers === undefined)
    say('given-by-others-not-said', '/notOnThisChart');
  if (anything === 'no' && givenByOthers !== undefined)
    say('given-by-others-contradicts', '/notOnThisChart/anything');
  const { any, list } = data.changes ?? {};
  if (any === 'no' && list !== undefined) say('changes-contradict', '/changes/any');
  for (const [i, item] of (list ?? []).entries()) doseText(item?.what, `/changes/list/${i}/what`, say);
  for (const [i, item] of (data.medicinesInBag ?? []).entries()) {
    doseText(item?.strength, `/medicinesInBag/${i}/strength`, say);
    doseText(item?.unit, `/medicinesInBag/${i}/unit`, say);
  }
}

function medicineRules(m: Loose<Medicine>, at: string, chart: Chart, read: KeyReader, say: Say): void {
  if (m.doseText === undefined && m.whenRequired?.dose === undefined)
    say('medicine-dose-missing', `${at}/doseText`);
  writtenDoses(m, at, say);
  whenRequiredRules(m, at, say);
  kindRules(m, at, chart, say);
  scheduleRules(m, at, chart, say);
  for (const [j, entry] of (m.administrations ?? []).entries()) {
    if (isObject(entry)) entryRules(m, entry, `${at}/administrations/${j}`, chart, read, say);
  }
}

function doseText(written: unknown, at: string, say: Say): void {
  for (const slip of doseSlips(written)) say(slip, at);
}

function writtenDoses(m: Loose<Medicine>, at: string, say: Say): void {
  doseText(m.name, `${at}/name`, say);
  doseText(m.strength, `${at}/strength`, say);
  doseText(m.doseText, `${at}/doseText`, say);
  doseText(m.instructions, `${at}/instructions`, say);
  doseText(m.dose?.unit, `${at}/dose/unit`, say);
  doseText(m.whenRequired?.dose, `${at}/whenRequired/dose`, say);
  doseText(m.whenRequired?.maximumIn24Hours?.unit, `${at}/whenRequired/maximumIn24Hours/unit`, say);
  doseText(m.controlledDrug?.balance?.unit, `${at}/controlledDrug/balance/unit`, say);
}

function whenRequiredRules(m: Loose<Medicine>, at: string, say: Say): void {
  if (!isKind(m, 'when-required')) return;
  const { reason, maximumIn24Hours, minimumIntervalHours } = m.whenRequired ?? {};
  if (reason === undefined && m.indication === undefined)
    say('prn-reason-missing', `${at}/whenRequired/reason`);
  if (maximumIn24Hours === undefined) say('prn-maximum-missing', `${at}/whenRequired/maximumIn24Hours`);
  if (minimumIntervalHours === undefined)
    say('prn-interval-missing', `${at}/whenRequired/minimumIntervalHours`);
}

function kindRules(m: Loose<Medicine>, at: string, { created }: Chart, say: Say): void {
  if (isKind(m, 'covert')) {
    if (m.covert?.bestInterestsDate === undefined)
      say('covert-best-interests-missing', `${at}/covert/bestInterestsDate`);
    if (m.covert?.plan === undefined) say('covert-plan-missing', `${at}/covert/plan`);
  }
  if (isKind(m, 'topical') && m.topical?.site === undefined && m.topical?.bodyMap === undefined)
    say('topical-site-missing', `${at}/topical/site`);
  if (isKind(m, 'patch')) patchRules(m, at, created, say);
}

function patchRules(m: Loose<Medicine>, at: string, created: string | undefined, say: Say): void {
  const { numberOnSkin, oldOneRemoved, dueOffAt, site } = m.patch ?? {};
  if (oldOneRemoved === 'no') say('patch-old-one-on', `${at}/patch/oldOneRemoved`);
  else if (oldOneRemoved !== 'yes') say('patch-removal-not-known', `${at}/patch/oldOneRemoved`);
  if (numberOnSkin === undefined) say('patch-count-missing', `${at}/patch/numberOnSkin`);
  else if (typeof numberOnSkin === 'number' && numberOnSkin > 1)
    say('patch-several-on', `${at}/patch/numberOnSkin`, { count: numberOnSkin });
  if (site === undefined && numberOnSkin !== 0) say('patch-site-missing', `${at}/patch/site`);
  const [off, now] = [instant(dueOffAt), instant(created)];
  if (off !== undefined && now !== undefined && off < now && numberOnSkin !== 0)
    say('patch-past-due-off', `${at}/patch/dueOffAt`);
}

function scheduleRules(m: Loose<Medicine>, at: string, { data, created }: Chart, say: Say): void {
  const schedule = scheduleOf(m);
  if (isKind(m, 'time-critical') && (schedule === 'no-times' || schedule === 'days-not-known'))
    say('time-critical-without-times', `${at}/dose/times`);
  const { times, period, periodUnit } = m.dose?.frequency ?? {};
  if (isNotDaily(m) && weekdaysOf(m).length === 0 && m.startDate === undefined && m.status === 'active')
    say('rare-without-day', `${at}/dose/weekdays`);
  const clocks = clocksOf(m).length;
  if (clocks > 0 && period === 1 && periodUnit === 'd' && typeof times === 'number' && times !== clocks)
    say('times-differ-from-frequency', `${at}/dose/frequency/times`, { times, clocks });
  const bounds = boundsOf(data, created);
  const grid = bounds && gridOf(m, bounds);
  const missing = grid ? cellsOf(grid, 'no-entry').length : 0;
  if (missing > 0) say('dose-without-entry', at, { count: missing });
}

function entryRules(
  m: Loose<Medicine>,
  entry: Loose<Administration>,
  at: string,
  { data }: Chart,
  read: KeyReader,
  say: Say,
): void {
  const { outcome, because } = read(entry.letter, entry.outcome);
  if (because === 'not-in-key') say('chart-letter-undeclared', `${at}/letter`);
  if (because === 'letter-twice') say('chart-letter-ambiguous', `${at}/letter`);
  if (because === 'not-said') say('outcome-not-said', `${at}/outcome`);
  if (because === 'contradicts-key') say('outcome-contradicts-key', `${at}/outcome`);
  if (entry.at === undefined && entry.scheduledFor === undefined) say('entry-without-time', `${at}/at`);
  const [made, ends] = [instant(entry.at), instant(data.recordEndsAt)];
  if (made !== undefined && ends !== undefined && made > ends) say('entry-after-record-end', `${at}/at`);
  const taken = wasTaken(outcome) || outcome === 'part-given';
  const varies = isKind(m, 'variable') || m.dose?.most !== undefined;
  if (taken && varies && entry.given?.amount === undefined)
    say('variable-dose-amount-missing', `${at}/given/amount`);
  if (taken && isKind(m, 'controlled-drug') && entry.witness === undefined)
    say('controlled-drug-without-witness', `${at}/witness`);
  if (statusOf(outcome) === 'not-done' && entry.given !== undefined && entry.given.amount !== 0)
    say('not-given-with-amount', `${at}/given`);
  doseText(entry.given?.unit, `${at}/given/unit`, say);
}

function otherRules(other: Loose<GivenByOthers>, at: string, say: Say): void {
  doseText(other.name, `${at}/name`, say);
  doseText(other.doseText, `${at}/doseText`, say);
  for (const [i, part] of (other.syringeDriver?.contents ?? []).entries())
    doseText(part?.amount, `${at}/syringeDriver/contents/${i}/amount`, say);
  doseText(other.syringeDriver?.rate, `${at}/syringeDriver/rate`, say);
  if (other.lastGiven === undefined && other.syringeDriver === undefined)
    say('given-by-others-last-missing', `${at}/lastGiven`);
}
