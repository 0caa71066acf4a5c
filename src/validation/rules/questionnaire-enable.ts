/** enableWhen. https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen */
import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4';
import type { Json } from '../definitions/model.js';
import { isObject, type JsonObject, type Node } from '../plan/node.js';
import { compareValues } from './compare.js';

/** Takes a question, the element its response stands in, and the whole response; gives whether it is enabled. */
export function isEnabled(question: QuestionnaireItem, parent: Node, response: Node): boolean {
  const conditions = question.enableWhen ?? [];
  if (conditions.length === 0) return true;
  const hold = (condition: QuestionnaireItemEnableWhen): boolean =>
    holds(condition, answersTo(condition.question, parent, response));
  return question.enableBehavior === 'all' ? conditions.every(hold) : conditions.some(hold);
}

/** The answers nearest to the question: among its own neighbours first, then further out. */
function answersTo(linkId: string, parent: Node, response: Node): Node[] {
  for (let at: Node | undefined = parent; at !== undefined; at = at === response ? undefined : at.parent) {
    const found = itemsBelow(at).get(linkId);
    if (found !== undefined) return found.flatMap((item) => item.named('answer'));
  }
  return [];
}

/** Every item below a response, an item or an answer by its linkId, indexed once: many questions ask for the same. */
function itemsBelow(node: Node): ReadonlyMap<unknown, Node[]> {
  return node.remember(itemsBelow, () => indexOf(node));
}

function indexOf(node: Node): ReadonlyMap<unknown, Node[]> {
  const index = new Map<unknown, Node[]>();
  const queue = [node];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const item of [
      ...at.named('item'),
      ...at.named('answer').flatMap((answer) => answer.named('item')),
    ]) {
      const linkId = item.child('linkId')?.value;
      const others = index.get(linkId);
      if (others === undefined) index.set(linkId, [item]);
      else others.push(item);
      queue.push(item);
    }
  }
  return index;
}

function holds(condition: QuestionnaireItemEnableWhen, answers: readonly Node[]): boolean {
  const stated = condition as unknown as { [key: string]: Json };
  const key = Object.keys(stated).find((name) => name.startsWith('answer'));
  const wanted = key === undefined ? undefined : stated[key];
  const values = answers.flatMap((answer) => answer.child('value') ?? []);
  if (condition.operator === 'exists') return values.length > 0 === (wanted === true);
  if (wanted === undefined) return false;
  if (condition.operator === '!=') return !values.some(({ value }) => compare(value, wanted) === 0);
  return values.some(({ value }) => {
    const difference = compare(value, wanted);
    if (difference === undefined) return false;
    switch (condition.operator) {
      case '=':
        return difference === 0;
      case '>':
        return difference > 0;
      case '<':
        return difference < 0;
      case '>=':
        return difference >= 0;
      default:
        return difference <= 0;
    }
  });
}

/** A moment of a day, which a time zone can shift. */
const MOMENT = /^\d{4}-\d\d-\d\dT/;

function compare(value: unknown, wanted: Json): number | undefined {
  if (isObject(value) && isObject(wanted)) return compareObjects(value, wanted);
  if (typeof value !== typeof wanted || value === undefined || wanted === null) return undefined;
  if (value === wanted) return 0;
  if (MOMENT.test(String(value)) && MOMENT.test(String(wanted))) return compareValues(value, wanted);
  return (value as string) < (wanted as string) ? -1 : 1;
}

/** Quantities by their measures, or by their numbers where no formal unit stands; codes by system and code. */
function compareObjects(value: JsonObject, wanted: JsonObject): number | undefined {
  if (typeof wanted['value'] === 'number') {
    if (wanted['code'] !== undefined && value['code'] !== undefined)
      return compareValues(value, wanted as Json);
    return compare(value['value'], wanted['value']);
  }
  const same = ['system', 'code', 'reference'].every(
    (key) => wanted[key] === undefined || value[key] === wanted[key],
  );
  return same ? 0 : undefined;
}
