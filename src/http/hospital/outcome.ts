/**
 * Errors as FHIR says them: an OperationOutcome for each.
 * https://hl7.org/fhir/R4/operationoutcome.html, codes: https://hl7.org/fhir/R4/valueset-issue-type.html
 */
import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';

export type IssueType = OperationOutcomeIssue['code'];

/** One thing to say; the text never repeats what was sent. */
export interface Said {
  readonly severity?: OperationOutcomeIssue['severity'];
  readonly code: IssueType;
  readonly text: string;
}

/** Puts an OperationOutcome together; an issue without severity is an error. */
export function outcomeOf(issues: readonly Said[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map(({ severity = 'error', code, text }) => ({ severity, code, details: { text } })),
  };
}

/** A request that is refused; the plugin's error handler answers with its outcome. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly issues: readonly Said[];
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, issues: readonly Said[], headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.issues = issues;
    this.headers = headers;
  }
}

/** A refusal with one issue. */
export function refuse(
  status: number,
  code: IssueType,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Refusal {
  return new Refusal(status, [{ code, text }], headers);
}

/** The same answer for what is not there and for what may not be known to be there. */
export function notFound(): Refusal {
  return refuse(404, 'not-found', 'There is nothing here under this id.');
}
