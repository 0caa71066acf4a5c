/** References given as answers. https://hl7.org/fhir/R4/extension-questionnaire-referenceresource.html */
import type { QuestionnaireItem } from 'fhir/r4';
import { isObject, type Node } from '../plan/node.js';
import { extensionValues, fault, type QuestionnaireRun } from './questionnaire-run.js';

const URL_START = /^[a-z][a-z0-9+.-]*:/i;
const RESTFUL =
  /^(?:https?:\/\/[^\s]+\/|)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** Takes a Reference given as answer; reports one that cannot be read, and one to a type that is not asked for. */
export function checkReference(value: Node, question: QuestionnaireItem, run: QuestionnaireRun): void {
  if (!isObject(value.value)) return;
  const { reference, type: stated } = value.value;
  // White space in it is told by the rule on all references.
  if (typeof reference !== 'string' || /^#|\s/.test(reference)) return;
  if (!isReadable(reference)) {
    const message = `"${reference.slice(0, 80)}" is not a reference that can be followed`;
    fault(run, value, 'invalid', 'questionnaire-reference', message);
    return;
  }
  const target = run.context.resolve(reference, value);
  const named = RESTFUL.exec(reference)?.[1];
  const type = target?.type ?? named ?? (typeof stated === 'string' ? stated : undefined);
  if (type === undefined) return;
  if (run.context.definitions.type(type)?.kind !== 'resource') {
    fault(run, value, 'invalid', 'questionnaire-reference', `there is no resource type ${type}`);
    return;
  }
  checkAllowed(value, type, target, question, run);
}

function isReadable(reference: string): boolean {
  return URL_START.test(reference) || RESTFUL.test(reference);
}

function checkAllowed(
  value: Node,
  type: string,
  target: Node | undefined,
  question: QuestionnaireItem,
  run: QuestionnaireRun,
): void {
  const types = extensionValues(question, 'questionnaire-referenceResource');
  if (types.length > 0 && !types.includes(type)) {
    const message = `the answer to "${question.linkId}" must lead to ${types.join(' or ')}; found ${type}`;
    fault(run, value, 'structure', 'questionnaire-reference-type', message);
    return;
  }
  const profiles = extensionValues(question, 'questionnaire-referenceProfile').filter(
    (profile): profile is string => typeof profile === 'string',
  );
  const { context } = run;
  if (target === undefined || profiles.length === 0) return;
  if (profiles.some((profile) => !context.definitions.has(profile) || context.conforms(target, profile)))
    return;
  const message = `the target must conform to ${profiles.join(' or ')}`;
  fault(run, value, 'structure', 'questionnaire-reference-type', message);
}
