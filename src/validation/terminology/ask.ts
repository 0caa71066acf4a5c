/** A validation whose open questions of terminology are put to a server. */
import type { ValidateOptions, ValidationIssue, ValidationOutcome } from '../outcome.js';
import type { CodeQuestion } from './questions.js';
import type { Answer, TerminologyServer } from './server.js';

/** Validates, here or in another thread. */
export type Validate = (
  resource: unknown,
  options?: ValidateOptions,
) => ValidationOutcome | Promise<ValidationOutcome>;

export interface AskingLimits {
  /** Longest wait for all answers together, in milliseconds; what is not answered then stays "not checked". */
  readonly timeLimitMs: number;
  /** Most questions of one validation; what goes beyond stays "not checked". */
  readonly questions: number;
  /** Questions under way at once. */
  readonly atOnce: number;
}

const LIMITS: AskingLimits = { timeLimitMs: 10_000, questions: 500, atOnce: 8 };

/**
 * Takes what validates, a terminology server and a resource; gives the outcome with "not checked" turned into a pass or
 * a fault where the server knew. Throws only what `validate` throws: a server that fails leaves things not checked.
 */
export async function validateAsking(
  validate: Validate,
  server: TerminologyServer,
  resource: unknown,
  options: ValidateOptions = {},
  limits: AskingLimits = LIMITS,
): Promise<ValidationOutcome> {
  const { issues, questions = [] } = await validate(resource, { ...options, gather: true });
  const answers = await askAll(questions.slice(0, limits.questions), server, limits);
  const settled = issues.flatMap((issue) => settle(issue, answers.get(issue.message)));
  return {
    valid: !settled.some(({ severity }) => severity === 'fatal' || severity === 'error'),
    issues: settled,
  };
}

type Answers = Map<string, readonly [CodeQuestion, Answer]>;

/** Some at once, until all are asked or the time is over. */
async function askAll(
  questions: readonly CodeQuestion[],
  server: TerminologyServer,
  { timeLimitMs, atOnce }: AskingLimits,
): Promise<Answers> {
  const answers: Answers = new Map();
  if (questions.length === 0) return answers;
  const queue = questions.values();
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), timeLimitMs);
  const askOn = async (): Promise<void> => {
    for (const question of queue) {
      if (over.signal.aborted) return;
      answers.set(question.message, [question, await answerTo(question, server, over.signal)]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  clearTimeout(timer);
  return answers;
}

async function answerTo(
  { valueSet, codings }: CodeQuestion,
  server: TerminologyServer,
  signal: AbortSignal,
): Promise<Answer> {
  const found = await Promise.all(
    codings.map(({ system, code }) => server.validateCode(valueSet, system, code, signal)),
  );
  if (found.includes('in')) return 'in';
  return found.includes('unknown') ? 'unknown' : 'out';
}

function settle(
  issue: ValidationIssue,
  answer: readonly [CodeQuestion, Answer] | undefined,
): ValidationIssue[] {
  if (answer === undefined || issue.rule !== 'binding-not-checked') return [issue];
  const [{ codings, valueSet, severity }, found] = answer;
  if (found === 'in') return [];
  if (found === 'unknown') return [issue];
  const codes = codings.map(({ system, code }) => `${system ?? '(no system)'}#${code}`).join(', ');
  const message = `${codes} is not in the value set ${valueSet}, says the terminology server`;
  return [{ ...issue, severity, code: 'code-invalid', rule: 'binding', message }];
}
