/** maxLength, minValue and maxValue. https://hl7.org/fhir/R4/elementdefinition.html */
import type { ElementDefinition, Json } from '../definitions/model.js';
import { isObject } from '../plan/node.js';
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
    const difference = compare(node.value, bound);
    if (difference === undefined || difference * sign >= 0) return;
    context.report(node, { code: 'value', rule, message: `must be ${words} ${shown}`, source });
  };
}

/** Numbers and dates of the same precision; Quantities of the same unit. Undefined where they cannot be compared. */
function compare(value: unknown, bound: Json): number | undefined {
  if (typeof value === 'number' && typeof bound === 'number') return value - bound;
  if (typeof value === 'string' && typeof bound === 'string') {
    const length = Math.min(value.length, bound.length);
    const [left, right] = [value.slice(0, length), bound.slice(0, length)];
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (
    isObject(value) &&
    isObject(bound) &&
    value['code'] === bound['code'] &&
    value['system'] === bound['system']
  ) {
    return compare(value['value'], bound['value'] as Json);
  }
  return undefined;
}
