/** The options of a choice: a list in the question, or a value set. */
import type { ValueSet as FhirValueSet, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4';
import type { Json, ValueSet } from '../definitions/model.js';
import { isObject, type JsonObject, type Node } from '../plan/node.js';
import { isLike } from '../profile/match.js';
import { expand } from '../terminology/expand.js';
import { membership } from '../terminology/membership.js';
import { fault, type QuestionnaireRun } from './questionnaire-run.js';
import { UNBOUND } from './terminology.js';

/** Takes the value of an answer and its question; reports one that is not offered. */
export function checkOptions(value: Node, question: QuestionnaireItem, run: QuestionnaireRun): void {
  const isFree = question.type === 'open-choice' && value.type === 'string';
  if (question.answerOption !== undefined) {
    if (isFree || question.answerOption.some((option) => isOption(value, option))) return;
    if (question.type === 'open-choice' && value.type === 'Coding' && !hasCode(value)) return;
    run.context.memory.set(value, UNBOUND);
    const message = `the answer to "${question.linkId}" is not among the options of the questionnaire`;
    fault(run, value, 'code-invalid', 'questionnaire-option', message);
  } else if (question.answerValueSet !== undefined && value.type === 'Coding')
    checkValueSet(value, question, run);
}

function hasCode(value: Node): boolean {
  return isObject(value.value) && value.value['code'] !== undefined;
}

/** An option as given: of a Coding the system and code decide. */
export function isOption(value: Node, option: QuestionnaireItemAnswerOption): boolean {
  const wanted = option as unknown as { [key: string]: Json };
  const key = Object.keys(wanted).find((name) => name.startsWith('value'));
  if (key === undefined || key.slice(5).toLowerCase() !== value.type.toLowerCase()) return false;
  const stated = wanted[key] as Json;
  if (!isObject(stated) || value.type !== 'Coding') return isLike(value.value, stated);
  const coding = value.value as JsonObject;
  return coding['code'] === stated['code'] && coding['system'] === stated['system'];
}

function checkValueSet(value: Node, question: QuestionnaireItem, run: QuestionnaireRun): void {
  const canonical = question.answerValueSet as string;
  const { definitions } = run.context;
  const valueSet = canonical.startsWith('#')
    ? containedValueSet(canonical.slice(1), run)
    : definitions.valueSet(canonical);
  if (valueSet === undefined) {
    const message = `the value set ${canonical} is not loaded: the answer to "${question.linkId}" is not checked`;
    fault(run, value, 'not-found', 'questionnaire-option', message, 'warning');
    return;
  }
  // A code without a system says too little to be called absent.
  if (!hasCode(value) || (value.value as JsonObject)['system'] === undefined) return;
  if (question.type === 'choice' && membership(value.value, valueSet, definitions) === 'out') {
    run.context.memory.set(value, UNBOUND);
    const message = `the answer to "${question.linkId}" is not in the value set ${canonical}`;
    fault(run, value, 'code-invalid', 'questionnaire-option', message);
  }
}

const expanded = new WeakMap<object, ValueSet>();

/** A value set that the questionnaire, or the resource around it, carries within it. */
function containedValueSet(
  id: string,
  { questionnaire, holder, context }: QuestionnaireRun,
): ValueSet | undefined {
  const beside = Array.isArray(holder?.['contained']) ? (holder['contained'] as unknown[]) : [];
  const found = [...(questionnaire.contained ?? []), ...beside].find((inner): inner is FhirValueSet => {
    return isObject(inner) && inner['resourceType'] === 'ValueSet' && inner['id'] === id;
  });
  if (found === undefined || !Array.isArray(found.compose?.include ?? found.expansion?.contains))
    return undefined;
  let valueSet = expanded.get(found);
  if (valueSet === undefined) {
    valueSet = expand(found, context.definitions);
    expanded.set(found, valueSet);
  }
  return valueSet;
}
