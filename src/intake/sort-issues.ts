/** Issues in the order in which a person mends them: errors first, then by place; and never without end. */
import type { Issue, Severity } from './issue.js';
import { issueOf } from './issues.js';

/** Of each severity so many are listed. */
export const ISSUES_LISTED = 100;

const MORE = 'more-issues';

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/** Sorted issues; where there are more than `limit` of a severity, a last `more-issues` says so. */
export function sortIssues(issues: readonly Issue[], limit = ISSUES_LISTED): Issue[] {
  const named = issues.filter((issue) => issue.code !== MORE);
  const sorted = named.sort(
    (a, b) =>
      ORDER[a.severity] - ORDER[b.severity] ||
      comparePointers(a.pointer, b.pointer) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
  const seen: Record<Severity, number> = { error: 0, warning: 0, information: 0 };
  const listed = sorted.filter((issue) => seen[issue.severity]++ < limit);
  const complete = listed.length === issues.length;
  return complete ? listed : [...listed, issueOf({ code: MORE, pointer: '' })];
}

/** List indices by number, names by letters. */
function comparePointers(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [l, r] = [left[i], right[i]];
    if (l === undefined) return -1;
    if (r === undefined) return 1;
    if (l === r) continue;
    const bothNumbers = /^\d+$/.test(l) && /^\d+$/.test(r);
    return bothNumbers ? Number(l) - Number(r) : compare(l, r);
  }
  return 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
