import type { Issue } from '../intake/issue.js';

/** One line an issue, for a person. */
export const issueLine = (file: string, issue: Issue): string =>
  `${file}: ${issue.severity} ${issue.code}${issue.pointer === '' ? '' : ` at ${issue.pointer}`}: ${issue.message}`;
