/** Questionnaire as an instance: what enableWhen asks for, first answers. https://hl7.org/fhir/R4/questionnaire.html */
import type { Node } from '../plan/node.js';
import { reporter, textOf } from './definition.js';
import type { Context, Rule } from './rule.js';

const report = reporter(
  'business-rule',
  'https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen',
);

/** Types of first answers by type of question; those not listed take what their answers take. */
const INITIAL: { readonly [type: string]: readonly string[] } = {
  boolean: ['boolean'],
  decimal: ['decimal'],
  integer: ['integer'],
  date: ['date'],
  dateTime: ['dateTime'],
  time: ['time'],
  string: ['string'],
  text: ['string'],
  url: ['uri'],
  choice: ['Coding', 'string', 'integer', 'date', 'time', 'Reference'],
  'open-choice': ['Coding', 'string', 'integer', 'date', 'time', 'Reference'],
  attachment: ['Attachment'],
  reference: ['Reference'],
  quantity: ['Quantity'],
};

export const questionnaireRule: Rule = (node, context) => {
  const items = itemsBelow(node);
  const places = new Map<string, number>();
  items.forEach((item, place) => {
    const linkId = textOf(item, 'linkId');
    if (linkId !== undefined && !places.has(linkId)) places.set(linkId, place);
  });
  items.forEach((item, place) => {
    checkConditions(item, place, places, context);
    checkInitial(item, context);
  });
};

/** Every item in the order in which it is read. */
function itemsBelow(node: Node): Node[] {
  const found: Node[] = [];
  const queue = [...node.named('item')].reverse();
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    found.push(item);
    queue.push(...[...item.named('item')].reverse());
  }
  return found;
}

function checkConditions(
  item: Node,
  place: number,
  places: ReadonlyMap<string, number>,
  context: Context,
): void {
  const conditions = item.named('enableWhen');
  const within = conditions.length === 0 ? 0 : itemsBelow(item).length;
  for (const condition of conditions) {
    const question = textOf(condition, 'question');
    if (question === undefined) continue;
    const asked = places.get(question);
    const at = condition.child('question') ?? condition;
    if (asked === undefined) {
      report(
        at,
        context,
        'questionnaire-condition',
        `the questionnaire has no item "${question.slice(0, 60)}"`,
      );
    } else if (asked === place) {
      report(at, context, 'questionnaire-condition', 'a question cannot depend on its own answer');
    } else if (asked > place && asked <= place + within) {
      report(at, context, 'questionnaire-condition', 'an item cannot depend on one that stands within it');
    } else if (asked > place) {
      const message = `"${question.slice(0, 60)}" is asked later than what depends on it`;
      report(at, context, 'questionnaire-condition', message, 'warning');
    }
  }
}

function checkInitial(item: Node, context: Context): void {
  const allowed = INITIAL[textOf(item, 'type') ?? ''];
  if (allowed === undefined) return;
  for (const initial of item.named('initial')) {
    const value = initial.child('value');
    if (value === undefined || allowed.includes(value.type)) continue;
    const message = `a question of type ${textOf(item, 'type')} starts with ${allowed.join(' or ')}; found ${value.type}`;
    report(value, context, 'questionnaire-initial', message, 'warning');
  }
}
