/**
 * A QuestionnaireResponse against its Questionnaire: linkIds, order, nesting, required, repeats, answer types and
 * options. https://hl7.org/fhir/R4/questionnaireresponse.html#notes
 */
import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { isObject, type JsonObject, type Node } from '../plan/node.js';
import { checkExclusive, checkOccurs } from './questionnaire-counts.js';
import { isEnabled } from './questionnaire-enable.js';
import { checkLimits } from './questionnaire-limits.js';
import { checkOptions } from './questionnaire-options.js';
import { checkReference } from './questionnaire-reference.js';
import { extensionValues, fault, type QuestionnaireRun } from './questionnaire-run.js';
import { checkPeriod } from './questionnaire-status.js';
import { checkUnit } from './questionnaire-units.js';
import type { Context, Rule } from './rule.js';

const SOURCE = 'https://hl7.org/fhir/R4/questionnaireresponse.html#notes';

/** Answer types that each kind of question takes. */
const ANSWERS: { readonly [type: string]: readonly string[] } = {
  boolean: ['boolean'],
  decimal: ['decimal'],
  integer: ['integer'],
  date: ['date'],
  dateTime: ['dateTime'],
  time: ['time'],
  string: ['string'],
  text: ['string'],
  url: ['uri'],
  choice: ['Coding', 'integer', 'date', 'time', 'string'],
  'open-choice': ['Coding', 'string', 'integer', 'date', 'time'],
  attachment: ['Attachment'],
  reference: ['Reference'],
  quantity: ['Quantity'],
};

type Run = QuestionnaireRun;

const NONE: readonly Node[] = [];

export const questionnaireResponseRule: Rule = (node, context) => {
  const canonical = node.child('questionnaire')?.value;
  if (typeof canonical !== 'string') return;
  const found = findQuestionnaire(canonical, node, context);
  const questionnaire = found?.questionnaire;
  if (questionnaire === undefined) {
    context.report(node.child('questionnaire') ?? node, {
      severity: context.policy.elsewhere.some((start) => canonical.startsWith(start))
        ? 'information'
        : 'warning',
      code: 'not-found',
      rule: 'questionnaire-unknown',
      message: `the questionnaire ${canonical} is not loaded: the answers are not checked`,
      source: SOURCE,
    });
    return;
  }
  const status = node.child('status')?.value;
  const finished = status === 'completed' || status === 'amended';
  const run = { context, questionnaire, holder: found?.holder, response: node, finished };
  checkPeriod(node, run);
  checkItems(node, questionnaire.item ?? [], run);
};

interface Found {
  readonly questionnaire: Questionnaire;
  /** The resource that carries it, where it is contained. */
  readonly holder?: JsonObject;
}

function findQuestionnaire(canonical: string, node: Node, context: Context): Found | undefined {
  const near = context.resolve(canonical, node);
  if (canonical.startsWith('#'))
    return near === undefined
      ? undefined
      : { questionnaire: near.value as unknown as Questionnaire, holder: near.container.value as JsonObject };
  if (near?.type === 'Questionnaire') return { questionnaire: near.value as unknown as Questionnaire };
  const questionnaire = context.definitions.questionnaire(canonical);
  return questionnaire === undefined ? undefined : { questionnaire };
}

const links = new WeakMap<Questionnaire, ReadonlySet<string>>();

/** Every linkId of a questionnaire. */
function linkIdsOf(questionnaire: Questionnaire): ReadonlySet<string> {
  let found = links.get(questionnaire);
  if (found === undefined) {
    found = collect(questionnaire.item ?? [], new Set());
    links.set(questionnaire, found);
  }
  return found;
}

function collect(items: readonly QuestionnaireItem[], found: Set<string>): Set<string> {
  for (const item of items) collect(item.item ?? [], found.add(item.linkId));
  return found;
}

const placed = new WeakMap<readonly QuestionnaireItem[], ReadonlyMap<string, number>>();

/** Where each question stands among its neighbours. */
function placesOf(questions: readonly QuestionnaireItem[]): ReadonlyMap<string, number> {
  let places = placed.get(questions);
  if (places === undefined) {
    // Of two with one linkId the first counts.
    places = new Map(questions.map(({ linkId }, place) => [linkId, place] as const).reverse());
    placed.set(questions, places);
  }
  return places;
}

/** The items below a response, an item or an answer against the questions that may stand there. */
function checkItems(parent: Node, questions: readonly QuestionnaireItem[], run: Run): void {
  const items = parent.named('item');
  if (items.length === 0 && questions.length === 0) return;
  const given = new Map<string, Node[]>();
  const places = placesOf(questions);
  let last = -1;
  for (const item of items) {
    const linkId = isObject(item.value) ? item.value['linkId'] : undefined;
    if (typeof linkId !== 'string') continue;
    const place = places.get(linkId);
    const question = place === undefined ? undefined : questions[place];
    if (place === undefined || question === undefined) {
      reportStray(item, linkId, run);
      continue;
    }
    if (place < last)
      fault(
        run,
        item,
        'structure',
        'questionnaire-order',
        `the item "${linkId}" is out of the questionnaire's order`,
      );
    last = Math.max(last, place);
    const others = given.get(linkId);
    if (others === undefined) given.set(linkId, [item]);
    else others.push(item);
  }
  for (const question of questions) checkQuestion(parent, question, given.get(question.linkId) ?? NONE, run);
}

function reportStray(item: Node, linkId: string, run: Run): void {
  const message = linkIdsOf(run.questionnaire).has(linkId)
    ? `the item "${linkId}" stands in the wrong place of the questionnaire`
    : `the questionnaire has no item "${linkId}"`;
  fault(run, item, 'structure', 'questionnaire-link-id', message);
}

function checkQuestion(parent: Node, question: QuestionnaireItem, items: readonly Node[], run: Run): void {
  const { linkId } = question;
  const enabled = isEnabled(question, parent, run.response);
  if (items.length === 0) {
    if (question.required === true && run.finished && enabled) {
      fault(
        run,
        parent,
        'required',
        'questionnaire-required',
        `no response for the required item "${linkId}"`,
      );
    }
    return;
  }
  const [first, second] = items;
  if (!enabled && first !== undefined && hasAnswer(first)) {
    fault(
      run,
      first,
      'invalid',
      'questionnaire-enabled',
      `the item "${linkId}" is not enabled by the other answers, but has an answer`,
    );
  }
  if (second !== undefined && !(question.type === 'group' && question.repeats === true)) {
    const message = `the item "${linkId}" may stand here once only`;
    // The answers of a question that repeats belong into one item; the reference lets them stand in several.
    const severity = question.repeats === true ? 'warning' : 'error';
    fault(run, second, 'structure', 'questionnaire-repeats', message, severity);
  }
  if (question.type === 'group' && first !== undefined) checkOccurs(first, items.length, question, run);
  for (const item of items) checkItem(item, question, run, enabled);
}

function hasAnswer(item: Node): boolean {
  return item.named('answer').length > 0 || item.named('item').some(hasAnswer);
}

function checkItem(item: Node, question: QuestionnaireItem, run: Run, enabled: boolean): void {
  const { linkId } = question;
  const answers = item.named('answer');
  const text = isObject(item.value) ? item.value['text'] : undefined;
  if (typeof text === 'string' && text !== question.text) {
    fault(run, item, 'invalid', 'questionnaire-text', `the text of "${linkId}" is not the questionnaire's`);
  }
  if (question.type === 'group' || question.type === 'display') {
    if (answers[0] !== undefined)
      fault(run, answers[0], 'structure', 'questionnaire-answer', `a ${question.type} takes no answer`);
    if (question.type === 'display') {
      const below = item.named('item')[0];
      if (below !== undefined)
        fault(run, below, 'structure', 'questionnaire-answer', 'a display has no items');
    } else checkItems(item, question.item ?? [], run);
    return;
  }
  if (answers.length === 0 && question.required === true && run.finished && enabled) {
    fault(run, item, 'required', 'questionnaire-required', `no answer for the required item "${linkId}"`);
  }
  if (answers[1] !== undefined && question.repeats !== true && !mayRepeat(question)) {
    fault(
      run,
      answers[1],
      'structure',
      'questionnaire-repeats',
      `only one answer is allowed for "${linkId}"`,
    );
  }
  if (enabled) checkOccurs(item, answers.length, question, run);
  checkExclusive(answers, question, run);
  // Beside answers they break qrs-1, which says the same.
  for (const stray of answers.length === 0 ? item.named('item') : []) {
    fault(
      run,
      stray,
      'structure',
      'questionnaire-nesting',
      `items below a question stand within its answer ("${linkId}")`,
    );
  }
  for (const answer of answers) {
    checkAnswer(answer, question, run);
    checkItems(answer, question.item ?? [], run);
  }
}

/** A limit on the number of answers above one says that there may be more. */
function mayRepeat(question: QuestionnaireItem): boolean {
  return [
    ...extensionValues(question, 'questionnaire-minOccurs'),
    ...extensionValues(question, 'questionnaire-maxOccurs'),
  ].some((count) => typeof count === 'number' && count > 1);
}

function checkAnswer(answer: Node, question: QuestionnaireItem, run: Run): void {
  const value = answer.child('value');
  if (value === undefined) return;
  const allowed = ANSWERS[question.type];
  if (allowed !== undefined && !allowed.includes(value.type)) {
    fault(
      run,
      value,
      'structure',
      'questionnaire-answer-type',
      `a question of type ${question.type} takes ${allowed.join(' or ')}; found ${value.type}`,
    );
    return;
  }
  checkOptions(value, question, run);
  checkLimits(value, question, run);
  if (value.type === 'Quantity') checkUnit(value, question, run);
  if (value.type === 'Reference') checkReference(value, question, run);
}
