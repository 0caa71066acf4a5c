/** When a questionnaire may be answered: its effectivePeriod. */
import type { Node } from '../plan/node.js';
import { compareValues } from './compare.js';
import { fault, type QuestionnaireRun } from './questionnaire-run.js';

/** Warns of a response that was written before or after the time its questionnaire is for. */
export function checkPeriod(response: Node, run: QuestionnaireRun): void {
  const authored = response.child('authored');
  const period = run.questionnaire.effectivePeriod;
  if (authored === undefined || typeof authored.value !== 'string') return;
  if (typeof period?.start === 'string' && (compareValues(authored.value, period.start) ?? 0) < 0) {
    const message = `written before ${period.start}, when the questionnaire comes into use`;
    fault(run, authored, 'business-rule', 'questionnaire-period', message, 'warning');
  }
  if (typeof period?.end === 'string' && (compareValues(authored.value, period.end) ?? 0) > 0) {
    const message = `written after ${period.end}, when the questionnaire goes out of use`;
    fault(run, authored, 'business-rule', 'questionnaire-period', message, 'warning');
  }
}
