/** maxLength, minValue and maxValue. https://hl7.org/fhir/R4/elementdefinition.html */
import type { ElementDefinition, Json } from '../definitions/model.js';
import { isObject } from '../plan/node.js';
import { compareValues } from './compare.js';
import type { Rule } from './rule.js';

/** Takes an element's definition, gives the rules for its limits. */
export function limitRules(definition: ElementDefinition, source: string): Rule[] {
  const rules: Rule[] = [];
  const { maxLength, minValue, maxValue } = definition;
  if (maxLength !== undefined) {
    rules.push((node, context) => {
      if (typeof node.value !== 'string' || [...node.value].length <= maxLength) return;
      const message = `at most ${maxLength} characters are allowed; found ${[...node.value].length}`;
      context.report(node, { code: 'value', rule: 'max-length', message, source });
    });
  }
  if (minValue !== undefined) rules.push(limit(minValue, 1, 'min-value', 'at least', source));
  if (maxValue !== undefined) rules.push(limit(maxValue, -1, 'max-value', 'at most', source));
  return rules;
}

function limit(bound: Json, sign: 1 | -1, rule: string, words: string, source: string): Rule {
  const shown = isObject(bound) ? JSON.stringify(bound) : String(bound);
  return (node, context) => {
    const difference = compareValues(node.value, relativeToNow(bound, node.value, sign));
    if (difference === undefined || difference * sign >= 0) return;
    context.report(node, { code: 'value', rule, message: `must be ${words} ${shown}`, source });
  };
}

/** The years, months and so on of UCUM, as steps of a date. */
const STEPS: { readonly [code: string]: (date: Date, count: number) => void } = {
  a: (date, count) => date.setUTCFullYear(date.getUTCFullYear() + count),
  mo: (date, count) => date.setUTCMonth(date.getUTCMonth() + count),
  wk: (date, count) => date.setTime(date.getTime() + count * 604_800_000),
  d: (date, count) => date.setTime(date.getTime() + count * 86_400_000),
  h: (date, count) => date.setTime(date.getTime() + count * 3_600_000),
  min: (date, count) => date.setTime(date.getTime() + count * 60_000),
  s: (date, count) => date.setTime(date.getTime() + count * 1_000),
};

/** A duration as limit of a date counts from now: back for the least value, on for the greatest. */
function relativeToNow(bound: Json, value: unknown, sign: 1 | -1): Json {
  if (!isObject(bound) || typeof value !== 'string') return bound;
  const { value: count, code } = bound;
  const step = typeof code === 'string' ? STEPS[code] : undefined;
  if (step === undefined || typeof count !== 'number' || !/^\d{4}/.test(value)) return bound;
  const date = new Date();
  step(date, -sign * count);
  return date.toISOString();
}
