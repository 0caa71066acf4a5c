/** The units that a question takes. https://hl7.org/fhir/R4/extension-questionnaire-unitoption.html */
import type { QuestionnaireItem } from 'fhir/r4';
import { isObject, type Node } from '../plan/node.js';
import { membership } from '../terminology/membership.js';
import { extensionValues, fault, type QuestionnaireRun } from './questionnaire-run.js';

/** Takes a Quantity given as answer; reports a unit that is not among those offered. */
export function checkUnit(value: Node, question: QuestionnaireItem, run: QuestionnaireRun): void {
  if (!isObject(value.value) || value.value['code'] === undefined) return;
  const { system, code } = value.value;
  const options = extensionValues(question, 'questionnaire-unitOption');
  const [canonical] = extensionValues(question, 'questionnaire-unitValueSet');
  const valueSet = typeof canonical === 'string' ? run.context.definitions.valueSet(canonical) : undefined;
  if (options.some((option) => isObject(option) && option['code'] === code && option['system'] === system))
    return;
  const isOut =
    valueSet === undefined
      ? canonical === undefined && options.length > 0
      : membership({ system, code }, valueSet, run.context.definitions) === 'out';
  if (!isOut) return;
  const message = `the unit ${String(system)}#${String(code)} is not among those offered for "${question.linkId}"`;
  fault(run, value, 'code-invalid', 'questionnaire-unit', message);
}
