/** How many answers a question takes, and which may stand with no other. */
import type { QuestionnaireItem } from 'fhir/r4';
import type { Node } from '../plan/node.js';
import { isOption } from './questionnaire-options.js';
import { extensionValues, fault, type QuestionnaireRun } from './questionnaire-run.js';

/** Takes an item with the number of its answers (of a group: of its occurrences); reports too few and too many. */
export function checkOccurs(
  item: Node,
  count: number,
  question: QuestionnaireItem,
  run: QuestionnaireRun,
): void {
  if (question.extension === undefined) return;
  const [least] = extensionValues(question, 'questionnaire-minOccurs');
  const [most] = extensionValues(question, 'questionnaire-maxOccurs');
  const what = question.type === 'group' ? 'occurrences' : 'answers';
  if (typeof least === 'number' && count < least && run.finished) {
    const message = `"${question.linkId}" needs ${least} ${what} at least; found ${count}`;
    fault(run, item, 'required', 'questionnaire-min-occurs', message);
  }
  if (typeof most === 'number' && count > most) {
    const message = `"${question.linkId}" takes ${most} ${what} at most; found ${count}`;
    fault(run, item, 'structure', 'questionnaire-max-occurs', message);
  }
}

/** Reports an answer that excludes all others and does not stand alone. */
export function checkExclusive(
  answers: readonly Node[],
  question: QuestionnaireItem,
  run: QuestionnaireRun,
): void {
  if (answers.length < 2) return;
  const alone = (question.answerOption ?? []).filter((option) =>
    extensionValues(option, 'questionnaire-optionExclusive').includes(true),
  );
  if (alone.length === 0) return;
  for (const answer of answers) {
    const value = answer.child('value');
    if (value === undefined || !alone.some((option) => isOption(value, option))) continue;
    const message = `this answer to "${question.linkId}" excludes all others`;
    fault(run, answer, 'structure', 'questionnaire-exclusive', message);
  }
}
