/**
 * What page one tells from a CARES record. Pure functions of the data as it is to be shown: a value that was not
 * understood stands in its place as text and is printed as it is; nothing is derived from another answer.
 */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import { formatDay, formatMoment } from '../../print/format.js';
import { inFull, type Say } from '../page-items.js';
import { LABELS } from './labels.js';
import { latestFirst, scale2Words, scoreSet, scoreWords } from './readings.js';

export { allergyHeader, allergyLines } from './allergies.js';

const NO_BREAK = '\u00a0';
const text = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : String(value);
const ANSWERS: Readonly<Record<string, string>> = { yes: 'YES', no: 'No', 'not-known': 'NOT KNOWN' };
const joined = (parts: readonly (string | undefined)[], between = ', '): string =>
  parts.filter((p) => p !== undefined && p !== '').join(between);

/** One of the three times: known, said not to be, or not recorded. */
export function timeLine(label: string, time: Json | undefined, say: Say = inFull): string {
  if (!isObject(time)) return `${label}: not recorded`;
  const at = typeof time['at'] === 'string' ? say(time['at']) : undefined;
  const said =
    time['known'] === 'not-known'
      ? joined(['NOT KNOWN', at && `but given as ${at}`])
      : (at ?? 'time not given');
  return `${label}: ${joined([said, text(time['note'])], ' – ')}`;
}

/** The three times, each for itself: known, said not to be, or not recorded. */
export const lastSeenLines = (cares: JsonObject, say: Say = inFull): readonly string[] => [
  timeLine('Last seen well', member(cares, 'concerns.lastSeenWell'), say),
  timeLine('Found', member(cares, 'concerns.found'), say),
  timeLine('Onset', member(cares, 'concerns.onset'), say),
];

/** Head struck: yes, no, unwitnessed; undefined when it was not asked. */
export function headStrikeLine(cares: JsonObject): string | undefined {
  switch (member(cares, 'concerns.headStrike')) {
    case 'yes':
      return 'Head struck: YES';
    case 'no':
      return 'Head struck: No';
    case 'unwitnessed':
      return 'Head struck: UNWITNESSED, not known';
    default:
      return undefined;
  }
}

/** Anticoagulant: yes with drug, last dose and INR; no; not known; or that nobody said. */
export function anticoagulantLine(cares: JsonObject, say: Say = inFull): string {
  const told = member(cares, 'concerns.anticoagulant');
  if (!isObject(told)) return 'Anticoagulant: not recorded';
  const answer = ANSWERS[String(told['taken'])] ?? String(told['taken']);
  const { inr, drug, lastDose } = told;
  const reading = isObject(inr)
    ? `INR${NO_BREAK}${text(inr['value']) ?? 'not given'}${typeof inr['date'] === 'string' ? ` on ${formatDay(inr['date'])}` : ''}`
    : undefined;
  const details = [
    text(drug),
    typeof lastDose === 'string' ? `last dose ${say(lastDose)}` : undefined,
    reading,
  ];
  const missing = told['taken'] === 'yes' && lastDose === undefined ? 'last dose not recorded' : undefined;
  return `Anticoagulant: ${joined([answer, ...details, missing])}`;
}

/** The raw values of a set, number and unit never apart. */
function readingsLine(set: JsonObject): string {
  const value = (name: string, label: string, unit: string): string | undefined => {
    const v = set[name];
    if (v === undefined) return undefined;
    return typeof v === 'number'
      ? `${label} ${v}${unit === '%' ? '' : NO_BREAK}${unit}`
      : `${label} ${String(v)}`;
  };
  const { systolic, diastolic, oxygen } = set;
  const pressure =
    systolic === undefined && diastolic === undefined
      ? undefined
      : `BP ${text(systolic) ?? '?'}/${text(diastolic) ?? '?'}${NO_BREAK}mmHg`;
  const breathing = isObject(oxygen)
    ? joined(
        [
          oxygen['breathing'] === 'oxygen' ? 'on OXYGEN' : 'on air',
          typeof oxygen['flow'] === 'number' ? `${oxygen['flow']}${NO_BREAK}L/min` : text(oxygen['flow']),
        ],
        ' ',
      )
    : undefined;
  const awake = set['consciousness'];
  return joined([
    value('respiration', 'Resp', '/min'),
    value('spo2', 'SpO₂', '%'),
    breathing,
    pressure,
    value('pulse', 'Pulse', '/min'),
    typeof awake === 'string' ? LABELS.consciousness[awake as keyof typeof LABELS.consciousness] : undefined,
    value('temperature', 'Temp', '°C'),
  ]);
}

/** When a set was taken, its score in words, its raw values; for each set, the latest first. */
export function newsLines(cares: JsonObject): readonly string[] {
  const sets = latestFirst(cares);
  if (sets.length === 0) return ['Observations: none sent'];
  return sets.flatMap((set) => {
    const when = typeof set['at'] === 'string' ? formatMoment(set['at']) : 'time not recorded';
    const score = scoreSet(set);
    const given = set['news2'];
    const differs = score?.total === undefined || given !== score.total;
    const said =
      given !== undefined && differs
        ? `GIVEN BY THE HOME AS ${String(given)}: does not follow from the readings`
        : undefined;
    const raw = readingsLine(set);
    return [
      joined([`${when} – ${score ? scoreWords(set, score) : 'no NEWS2 readings'}`, said], '. '),
      ...(raw === '' ? [] : [raw]),
      ...[scale2Words(set)].filter((line) => line !== undefined),
    ];
  });
}

/** Capillary glucose, last meal and last drink with their times; what was not sent has no line. */
export function intakeLines(cares: JsonObject, say: Say = inFull): readonly string[] {
  const line = (label: string, name: string, words: (found: JsonObject) => string): string[] => {
    const found = member(cares, `examination.${name}`);
    return isObject(found) ? [`${label}: ${words(found)}`] : [];
  };
  const at = ({ at: when }: JsonObject): string =>
    when === undefined ? 'time not recorded' : say(String(when));
  const glucose = ({ value }: JsonObject): string | undefined =>
    typeof value === 'number' ? `${value}${NO_BREAK}mmol/L` : text(value);
  return [
    ...line('Capillary glucose', 'glucose', (g) => joined([glucose(g), text(g['note']), at(g)])),
    ...line('Last meal', 'lastMeal', (m) => joined([text(m['what']), at(m)])),
    ...line('Last drink', 'lastDrink', (m) => joined([text(m['what']), at(m)])),
  ];
}

/** Infection risk of either paper, in words; undefined when none was stated. */
export function infectionLine(risk: Json | undefined): string | undefined {
  if (!isObject(risk)) return undefined;
  const answer = ANSWERS[String(risk['risk'])] ?? String(risk['risk']);
  return `Infection risk: ${joined([answer, text(risk['what']), text(risk['precautions'])], ' – ')}`;
}

/** Can the resident return tonight, and under what condition; undefined when not said. */
export function returnLine(cares: JsonObject): string | undefined {
  const told = member(cares, 'shared.canReturnTonight');
  if (!isObject(told)) return undefined;
  const answer = ANSWERS[String(told['answer'])] ?? String(told['answer']);
  return `Can return tonight: ${joined([answer, text(told['condition']), told['telephone'] === undefined ? undefined : `call ${String(told['telephone'])}`], ' – ')}`;
}

/** Who has been told, one line each. */
export function toldLines(cares: JsonObject, say: Say = inFull): readonly string[] {
  const told = member(cares, 'shared.told');
  return (Array.isArray(told) ? (told as readonly Json[]) : []).filter(isObject).map((t) => {
    const who = joined(
      [text(t['name']), t['relationship'] === undefined ? undefined : `(${String(t['relationship'])})`],
      ' ',
    );
    const outcome = LABELS.told[t['outcome'] as keyof typeof LABELS.told] as string | undefined;
    const at = typeof t['at'] === 'string' ? say(t['at']) : 'time not recorded';
    return `${who}: ${joined([outcome, at])}`;
  });
}

/** Who was called for help, one line each. */
export function calledLines(cares: JsonObject, say: Say = inFull): readonly string[] {
  const called = member(cares, 'action.called');
  return (Array.isArray(called) ? (called as readonly Json[]) : []).filter(isObject).map((c) => {
    const who = LABELS.called[c['who'] as keyof typeof LABELS.called] as string | undefined;
    const at = typeof c['at'] === 'string' ? say(c['at']) : 'time not recorded';
    return joined([
      who,
      text(c['name']),
      at,
      c['reference'] === undefined ? undefined : `reference ${String(c['reference'])}`,
    ]);
  });
}

/** What page one's red box and "why now" take from this paper. */
export interface CaresSafety {
  readonly reason: string;
  readonly times: readonly string[];
  readonly headStrike: string | undefined;
  readonly anticoagulant: string;
  readonly infection: string | undefined;
  readonly observations: readonly string[];
  readonly intake: readonly string[];
  readonly returnTonight: string | undefined;
  readonly told: readonly string[];
  readonly called: readonly string[];
}

/** Everything at once. Takes the paper as it is to be shown. */
export const safetyFromCares = (cares: JsonObject): CaresSafety => ({
  reason: text(member(cares, 'concerns.reason')) ?? 'not recorded',
  times: lastSeenLines(cares),
  headStrike: headStrikeLine(cares),
  anticoagulant: anticoagulantLine(cares),
  infection: infectionLine(member(cares, 'shared.infection')),
  observations: newsLines(cares),
  intake: intakeLines(cares),
  returnTonight: returnLine(cares),
  told: toldLines(cares),
  called: calledLines(cares),
});
