/**
 * A QuestionnaireResponse against its Questionnaire: linkIds, order, nesting, required, repeats, answer types and
 * options. https://hl7.org/fhir/R4/questionnaireresponse.html#notes
 */
import type { Questionnaire, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4';
import type { Json } from '../definitions/model.js';
import { isObject, type JsonObject, type Node } from '../plan/node.js';
import { isLike } from '../profile/match.js';
import { membership } from '../terminology/membership.js';
import { isEnabled } from './questionnaire-enable.js';
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

/** One response held against its questionnaire. */
interface Run {
  readonly context: Context;
  readonly questionnaire: Questionnaire;
  readonly response: Node;
  readonly places: ReadonlyMap<string, QuestionnaireItem>;
  /** A response that is not finished may lack required answers. */
  readonly finished: boolean;
}

export const questionnaireResponseRule: Rule = (node, context) => {
  const canonical = node.child('questionnaire')?.value;
  if (typeof canonical !== 'string') return;
  const questionnaire = findQuestionnaire(canonical, node, context);
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
  const places = new Map<string, QuestionnaireItem>();
  collect(questionnaire.item ?? [], places);
  const status = node.child('status')?.value;
  const finished = status === 'completed' || status === 'amended';
  checkItems(node, questionnaire.item ?? [], { context, questionnaire, response: node, places, finished });
};

function findQuestionnaire(canonical: string, node: Node, context: Context): Questionnaire | undefined {
  if (canonical.startsWith('#')) return context.resolve(canonical, node)?.value as Questionnaire | undefined;
  const inBundle = context.resolve(canonical, node);
  if (inBundle?.type === 'Questionnaire') return inBundle.value as Questionnaire;
  return context.definitions.questionnaire(canonical);
}

function collect(items: readonly QuestionnaireItem[], places: Map<string, QuestionnaireItem>): void {
  for (const item of items) {
    places.set(item.linkId, item);
    collect(item.item ?? [], places);
  }
}

function report({ context }: Run, node: Node, code: string, rule: string, message: string): void {
  context.report(node, { code, rule, message, source: SOURCE });
}

/** The items below a response, an item or an answer against the questions that may stand there. */
function checkItems(parent: Node, questions: readonly QuestionnaireItem[], run: Run): void {
  const given = new Map<string, Node[]>();
  let last = -1;
  for (const item of parent.named('item')) {
    const linkId = item.child('linkId')?.value;
    if (typeof linkId !== 'string') continue;
    const place = questions.findIndex((question) => question.linkId === linkId);
    const question = questions[place];
    if (question === undefined) {
      reportStray(item, linkId, run);
      continue;
    }
    if (place < last)
      report(
        run,
        item,
        'structure',
        'questionnaire-order',
        `the item "${linkId}" is out of the questionnaire's order`,
      );
    last = Math.max(last, place);
    given.set(linkId, [...(given.get(linkId) ?? []), item]);
  }
  for (const question of questions) checkQuestion(parent, question, given.get(question.linkId) ?? [], run);
}

function reportStray(item: Node, linkId: string, run: Run): void {
  const message = run.places.has(linkId)
    ? `the item "${linkId}" stands in the wrong place of the questionnaire`
    : `the questionnaire has no item "${linkId}"`;
  report(run, item, 'structure', 'questionnaire-link-id', message);
}

function checkQuestion(parent: Node, question: QuestionnaireItem, items: readonly Node[], run: Run): void {
  const { linkId } = question;
  const enabled = isEnabled(question, parent, run.response);
  if (items.length === 0) {
    if (question.required === true && run.finished && enabled) {
      report(
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
    report(
      run,
      first,
      'invalid',
      'questionnaire-enabled',
      `the item "${linkId}" is not enabled by the other answers, but has an answer`,
    );
  }
  if (second !== undefined && !(question.type === 'group' && question.repeats === true)) {
    report(
      run,
      second,
      'structure',
      'questionnaire-repeats',
      `the item "${linkId}" may stand here once only`,
    );
  }
  for (const item of items) checkItem(item, question, run, enabled);
}

function hasAnswer(item: Node): boolean {
  return item.named('answer').length > 0 || item.named('item').some(hasAnswer);
}

function checkItem(item: Node, question: QuestionnaireItem, run: Run, enabled: boolean): void {
  const { linkId } = question;
  const answers = item.named('answer');
  const text = item.child('text')?.value;
  if (typeof text === 'string' && typeof question.text === 'string' && text !== question.text) {
    report(run, item, 'invalid', 'questionnaire-text', `the text of "${linkId}" is not the questionnaire's`);
  }
  if (question.type === 'group' || question.type === 'display') {
    if (answers[0] !== undefined)
      report(run, answers[0], 'structure', 'questionnaire-answer', `a ${question.type} takes no answer`);
    if (question.type === 'display') {
      const below = item.named('item')[0];
      if (below !== undefined)
        report(run, below, 'structure', 'questionnaire-answer', 'a display has no items');
    } else checkItems(item, question.item ?? [], run);
    return;
  }
  if (answers.length === 0 && question.required === true && run.finished && enabled) {
    report(run, item, 'required', 'questionnaire-required', `no answer for the required item "${linkId}"`);
  }
  if (answers[1] !== undefined && question.repeats !== true) {
    report(
      run,
      answers[1],
      'structure',
      'questionnaire-repeats',
      `only one answer is allowed for "${linkId}"`,
    );
  }
  for (const stray of item.named('item')) {
    report(
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

function checkAnswer(answer: Node, question: QuestionnaireItem, run: Run): void {
  const value = answer.child('value');
  if (value === undefined) return;
  const allowed = ANSWERS[question.type];
  if (allowed !== undefined && !allowed.includes(value.type)) {
    report(
      run,
      value,
      'structure',
      'questionnaire-answer-type',
      `a question of type ${question.type} takes ${allowed.join(' or ')}; found ${value.type}`,
    );
    return;
  }
  checkOptions(value, question, run);
  checkLength(value, question, run);
}

function checkLength(value: Node, { maxLength, linkId }: QuestionnaireItem, run: Run): void {
  if (maxLength === undefined || typeof value.value !== 'string' || value.value.length <= maxLength) return;
  report(
    run,
    value,
    'structure',
    'questionnaire-max-length',
    `the answer to "${linkId}" may be ${maxLength} long at most`,
  );
}

function checkOptions(value: Node, question: QuestionnaireItem, run: Run): void {
  const isFree = question.type === 'open-choice' && value.type === 'string';
  if (question.answerOption !== undefined) {
    if (isFree || question.answerOption.some((option) => isOption(value, option))) return;
    if (question.type === 'open-choice' && value.type === 'Coding' && !hasCode(value)) return;
    report(
      run,
      value,
      'code-invalid',
      'questionnaire-option',
      `the answer to "${question.linkId}" is not among the options of the questionnaire`,
    );
  } else if (question.answerValueSet !== undefined && value.type === 'Coding')
    checkValueSet(value, question, run);
}

function hasCode(value: Node): boolean {
  return isObject(value.value) && value.value['code'] !== undefined;
}

/** An option as given: of a Coding the system and code decide. */
function isOption(value: Node, option: QuestionnaireItemAnswerOption): boolean {
  const wanted = option as unknown as { [key: string]: Json };
  const key = Object.keys(wanted).find((name) => name.startsWith('value'));
  if (key === undefined || key.slice(5).toLowerCase() !== value.type.toLowerCase()) return false;
  const stated = wanted[key] as Json;
  if (!isObject(stated) || value.type !== 'Coding') return isLike(value.value, stated);
  const coding = value.value as JsonObject;
  return coding['code'] === stated['code'] && coding['system'] === stated['system'];
}

function checkValueSet(value: Node, question: QuestionnaireItem, run: Run): void {
  const canonical = question.answerValueSet as string;
  const valueSet = canonical.startsWith('#') ? undefined : run.context.definitions.valueSet(canonical);
  if (valueSet === undefined || !hasCode(value)) return;
  if (membership(value.value, valueSet, run.context.definitions) === 'out' && question.type === 'choice') {
    report(
      run,
      value,
      'code-invalid',
      'questionnaire-option',
      `the answer to "${question.linkId}" is not in the value set ${canonical}`,
    );
  }
}
