/** Which of two values of one type comes first: numbers, texts, dates and times as far as both are precise. */
import type { Json } from '../definitions/model.js';
import { isObject, type JsonObject } from '../plan/node.js';
import { compareMeasures } from '../terminology/ucum.js';

const UCUM = 'http://unitsofmeasure.org';
const MOMENT = /^\d{4}-\d\d-\d\dT/;

/** Gives a number below, at or above 0; `undefined` where they cannot be compared. */
export function compareValues(value: unknown, bound: Json): number | undefined {
  if (typeof value === 'number' && typeof bound === 'number') return value - bound;
  if (typeof value === 'string' && typeof bound === 'string') return compareTexts(value, bound);
  if (isObject(value) && isObject(bound)) return compareQuantities(value, bound);
  return undefined;
}

function compareTexts(value: string, bound: string): number {
  if (MOMENT.test(value) && MOMENT.test(bound)) {
    const difference = Date.parse(value) - Date.parse(bound);
    if (!Number.isNaN(difference)) return difference;
  }
  const length = Math.min(value.length, bound.length);
  const [left, right] = [value.slice(0, length), bound.slice(0, length)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Only formal units (system and code) can be compared. */
function compareQuantities(value: JsonObject, bound: JsonObject): number | undefined {
  const [left, right] = [value['value'], bound['value']];
  const [code, other] = [value['code'], bound['code']];
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (typeof code !== 'string' || typeof other !== 'string' || value['system'] !== bound['system'])
    return undefined;
  if (code === other) return left - right;
  if (value['system'] !== UCUM) return undefined;
  return compareMeasures({ value: left, code }, { value: right, code: other });
}
