import { isObject, type Json, type JsonObject, member, step } from '../../mapping/json.js';
import { backFindings } from '../belongings/rules.js';
import type { Finding } from '../finding.js';
import type { Form } from '../form.js';
import { CHANGES, type Change } from './medicine.js';

/** What a home needs on the way back and was not told; nothing here keeps the summary from the home. */
export const dischargeSummaryRules: Form['rules'] = (data, pointer) => [
  ...medicines(data['medicines'], pointer),
  ...cpr(data['cpr'], `${pointer}/cpr`),
  ...allergies(data['allergies'], `${pointer}/allergies`),
  ...order(data, pointer),
  ...backFindings(member(data, 'belongings.items'), `${pointer}/belongings/items`),
];

/** AT-30: current medicines with their changes go with the person, also out of hospital (NICE QS85, PRSB). */
function medicines(list: Json | undefined, pointer: string): Finding[] {
  if (!Array.isArray(list)) return [{ code: 'medicine-changes-missing', pointer: `${pointer}/medicines` }];
  return (list as readonly Json[]).flatMap((medicine, i) =>
    isObject(medicine) ? medicineFindings(medicine, `${pointer}/medicines${step(i)}`) : [],
  );
}

function medicineFindings(medicine: JsonObject, pointer: string): Finding[] {
  const change = String(medicine['change']);
  if (change === 'unchanged') return [];
  const values = { change: (CHANGES[change as Change] ?? change).toLowerCase() };
  return [
    ...(medicine['reason'] === undefined
      ? [{ code: 'medicine-change-without-reason', pointer, values }]
      : []),
    ...(medicine['review'] === undefined ? [{ code: 'medicine-change-without-review', pointer }] : []),
    ...(change !== 'stopped' && change !== 'on-hold' && medicine['lastDose'] === undefined
      ? [{ code: 'last-dose-missing', pointer }]
      : []),
  ];
}

function cpr(decision: Json | undefined, pointer: string): Finding[] {
  if (!isObject(decision)) return [];
  const made = decision['what'] === 'made' || decision['what'] === 'changed';
  if (!made) return [];
  return [
    ...(decision['status'] === undefined ? [{ code: 'cpr-decision-without-status', pointer }] : []),
    ...(decision['paperCameBack'] === undefined && decision['originalLocation'] === undefined
      ? [{ code: 'cpr-paper-not-accounted-for', pointer }]
      : []),
  ];
}

/** A state and a list that contradict each other are both kept. */
function allergies(found: Json | undefined, pointer: string): Finding[] {
  if (!isObject(found)) return [];
  const listed = found['entries'] !== undefined;
  return listed === (found['state'] === 'found') ? [] : [{ code: 'new-allergies-contradict', pointer }];
}

function order(data: JsonObject, pointer: string): Finding[] {
  const [admitted, left] = [member(data, 'stay.admittedAt'), member(data, 'stay.leftAt')];
  return typeof admitted === 'string' && typeof left === 'string' && Date.parse(admitted) > Date.parse(left)
    ? [{ code: 'left-before-admitted', pointer: `${pointer}/stay/leftAt` }]
    : [];
}
