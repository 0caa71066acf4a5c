/** A validation whose open questions of terminology are put to a server. */
import type { ValidateOptions, ValidationIssue, ValidationOutcome, Validator } from '../outcome.js';
import type { CodeQuestion } from './questions.js';
import type { Answer, TerminologyServer } from './server.js';

/**
 * Takes what `validate` takes and a terminology server; gives the outcome with "not checked" turned into a pass or a
 * fault where the server knew. Never waits longer than the server's time limit for each answer, all asked at once.
 */
export async function validateAsking(
  validator: Validator,
  server: TerminologyServer,
  resource: unknown,
  options: ValidateOptions = {},
): Promise<ValidationOutcome> {
  const questions: CodeQuestion[] = [];
  const { issues } = validator.validate(resource, { ...options, questions });
  const answers = new Map<string, [CodeQuestion, Answer]>();
  await Promise.all(
    questions.map(async (question) => {
      answers.set(question.message, [question, await answerTo(question, server)]);
    }),
  );
  const settled = issues.flatMap((issue) => settle(issue, answers.get(issue.message)));
  return {
    valid: !settled.some(({ severity }) => severity === 'fatal' || severity === 'error'),
    issues: settled,
  };
}

async function answerTo({ valueSet, codings }: CodeQuestion, server: TerminologyServer): Promise<Answer> {
  const found = await Promise.all(
    codings.map(({ system, code }) => server.validateCode(valueSet, system, code)),
  );
  if (found.includes('in')) return 'in';
  return found.includes('unknown') ? 'unknown' : 'out';
}

function settle(issue: ValidationIssue, answer: [CodeQuestion, Answer] | undefined): ValidationIssue[] {
  if (answer === undefined || issue.rule !== 'binding-not-checked') return [issue];
  const [{ codings, valueSet, severity }, found] = answer;
  if (found === 'in') return [];
  if (found === 'unknown') return [issue];
  const codes = codings.map(({ system, code }) => `${system ?? '(no system)'}#${code}`).join(', ');
  const message = `${codes} is not in the value set ${valueSet}, says the terminology server`;
  return [{ ...issue, severity, code: 'code-invalid', rule: 'binding', message }];
}
