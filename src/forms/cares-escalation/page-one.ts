/**
 * What page one tells from a CARES record. Pure functions of the data as it is to be shown: a value that was not
 * understood stands in its place as text and is printed as it is; nothing is derived from another answer.
 */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import { formatDay } from '../../print/format.js';
import { inFull, type Say } from '../page-items.js';
import { LABELS } from './labels.js';

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
