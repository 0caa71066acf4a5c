/**
 * Errors as RFC 9457 problem details, all in one shape: https://www.rfc-editor.org/rfc/rfc9457
 */
import type { FastifyReply } from 'fastify';
import type { Issue } from '../intake/issue.js';
import { issueOf } from '../intake/issues.js';

export const PROBLEM_JSON = 'application/problem+json';
/** What `type` begins with; the fragment names the kind of problem. */
export const PROBLEM_BASE = 'https://w3id.org/redbag/problems#';

/** Kinds of problem: name → HTTP status and title. */
export const PROBLEMS = {
  unreadable: { status: 400, title: 'The body cannot be read' },
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'not-authorised': { status: 401, title: 'The request carries no valid access token' },
  'not-found': { status: 404, title: 'Nothing is here' },
  'method-not-allowed': { status: 405, title: 'The address does not take this method' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'stale-version': { status: 412, title: 'The bag has been amended since' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not of a media type that is taken' },
  'wrong-host': { status: 421, title: 'The request is not meant for this service' },
  invalid: { status: 422, title: 'The content breaks rules' },
  'package-id-reused': { status: 422, title: 'The packageId was used for other content' },
  'package-id-mismatch': { status: 422, title: 'The packageId is not that of the bag' },
  withdrawn: { status: 422, title: 'The bag has been withdrawn' },
  'if-match-missing': { status: 428, title: 'The change does not say which version it changes' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'internal-error': { status: 500, title: 'The service failed' },
  'not-available': { status: 503, title: 'The service cannot do this now' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof PROBLEMS;

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly issues: readonly Issue[];
  readonly [more: string]: unknown;
}

/** Puts a problem together. `more` are members of its own, such as `existing`. */
export function problemOf(name: ProblemName, issues: readonly Issue[], more: object = {}): Problem {
  const { status, title } = PROBLEMS[name];
  return { type: PROBLEM_BASE + name, title, status, issues, ...more };
}

/** A problem with one issue about the request as a whole. */
export function requestProblem(
  name: ProblemName,
  code: string,
  values: Readonly<Record<string, string | number>> = {},
): Problem {
  return problemOf(name, [issueOf({ code, pointer: '', values })]);
}

/** Thrown by hooks and parsers; the error handler answers with its problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.title);
    this.problem = problem;
    this.headers = headers;
  }
}

/** Answers with a problem. */
export function sendProblem(
  reply: FastifyReply,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): FastifyReply {
  return reply.code(problem.status).headers(headers).type(PROBLEM_JSON).send(JSON.stringify(problem));
}
