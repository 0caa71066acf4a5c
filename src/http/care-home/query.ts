/** The queries of `GET /red-bags` and of PDFs: nothing unknown is passed over, so that a slip does not list other bags than meant. */
import type { Issue } from '../../intake/issue.js';
import { issueOf } from '../../intake/issues.js';
import { likelyName } from '../../intake/likely-name.js';
import { isMoment } from '../../mapping/formats.js';
import type { BagStatus } from '../../store/store.js';
import type { PrintForm } from '../../transfer/copies.js';
import type { BagListQuery } from '../../transfer/service-interface.js';
import { ProblemError, problemOf } from '../problem.js';

export const BAG_STATUSES = [
  'held',
  'delivering',
  'delivered',
  'partly-delivered',
  'needs-person',
  'not-shared',
  'withdrawn',
] as const satisfies readonly BagStatus[];

export const LARGEST_PAGE = 100;
const USUAL_PAGE = 20;
const KNOWN = ['packageId', 'status', 'updatedSince', 'limit', 'cursor'] as const;

/**
 * @param sent the parsed query string
 * @throws ProblemError (400) naming every parameter that cannot be used
 */
export function bagListQuery(sent: Readonly<Record<string, unknown>>): BagListQuery {
  const issues = unknown(sent, KNOWN);
  const take = (parameter: (typeof KNOWN)[number], expected: string, fits: (value: string) => boolean) => {
    const value = sent[parameter];
    if (value === undefined || (typeof value === 'string' && fits(value))) return value;
    issues.push(about('bad-parameter', { parameter, expected }));
    return undefined;
  };
  const packageId = take('packageId', 'given once', (v) => v !== '');
  const status = take('status', `one of ${BAG_STATUSES.join(', ')}`, (v) =>
    (BAG_STATUSES as readonly string[]).includes(v),
  );
  const moment =
    'a moment with seconds and offset, such as 2026-11-22T03:12:00Z (a + is written %2B in an address)';
  const updatedSince = take('updatedSince', moment, isMoment);
  const limit = take('limit', `a whole number from 1 to ${LARGEST_PAGE}`, (v) => {
    return /^\d{1,3}$/.test(v) && Number(v) >= 1 && Number(v) <= LARGEST_PAGE;
  });
  const cursor = take('cursor', 'the "next" of the page before', (v) => v !== '');
  if (issues.length > 0) throw new ProblemError(problemOf('bad-request', issues));
  return {
    limit: limit === undefined ? USUAL_PAGE : Number(limit),
    ...(packageId === undefined ? {} : { packageId }),
    ...(status === undefined ? {} : { status: status as BagStatus }),
    ...(updatedSince === undefined ? {} : { updatedSince: new Date(updatedSince).toISOString() }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/**
 * The query of a PDF.
 * @throws ProblemError (400) naming every parameter that cannot be used
 */
export function printForm(sent: Readonly<Record<string, unknown>>): PrintForm {
  const issues = unknown(sent, ['print']);
  const { print = 'usual' } = sent;
  if (print !== 'usual' && print !== 'large') {
    issues.push(about('bad-parameter', { parameter: 'print', expected: 'usual or large' }));
  }
  if (issues.length > 0) throw new ProblemError(problemOf('bad-request', issues));
  return print as PrintForm;
}

function unknown(sent: Readonly<Record<string, unknown>>, known: readonly string[]): Issue[] {
  return Object.keys(sent)
    .filter((parameter) => !known.includes(parameter))
    .map((parameter) => {
      const meant = likelyName(parameter, known);
      const suggestion = meant === undefined ? '' : ` Did you mean ${meant}?`;
      return about('unknown-parameter', { parameter, suggestion, known: known.join(', ') });
    });
}

function about(code: string, values: Readonly<Record<string, string>>): Issue {
  return issueOf({ code, pointer: '', values });
}
