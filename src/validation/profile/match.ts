/** Fixed values and patterns. https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_ */
import type { Json } from '../definitions/model.js';
import { isObject } from '../plan/node.js';

/** True when the value is the fixed one, member by member. */
export function isFixed(value: unknown, fixed: Json): boolean {
  if (Array.isArray(fixed)) {
    return (
      Array.isArray(value) &&
      value.length === fixed.length &&
      fixed.every((item, index) => isFixed(value[index], item))
    );
  }
  if (isObject(fixed)) {
    if (!isObject(value)) return false;
    const keys = Object.keys(fixed);
    return (
      Object.keys(value).length === keys.length &&
      keys.every((key) => isFixed(value[key], fixed[key] as Json))
    );
  }
  return value === fixed;
}

/** True when the value holds at least the pattern; each item of an array in the pattern needs a match of its own. */
export function isLike(value: unknown, pattern: Json): boolean {
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(value) &&
      pattern.every((item) => value.some((candidate) => isLike(candidate, item as Json)))
    );
  }
  if (isObject(pattern)) {
    return isObject(value) && Object.keys(pattern).every((key) => isLike(value[key], pattern[key] as Json));
  }
  return value === pattern;
}
