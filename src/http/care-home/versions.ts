/**
 * Versions as entity tags: `ETag: "3"` is version 3, and a change says by If-Match which one it changes.
 * RFC 9110 §13.1.1, RFC 6585 §3.
 */
import { ProblemError, requestProblem } from '../problem.js';

/** The entity tag of a version, or of a form of it. */
export function etagOf(version: number | string): string {
  return `"${version}"`;
}

/**
 * The version that a change is meant for. A weak tag is taken as well: proxies that compress weaken ours on the way.
 * @throws ProblemError 428 without the header, 400 when it names not exactly one version
 */
export function versionToChange(ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw new ProblemError(requestProblem('if-match-missing', 'if-match-missing'));
  const version = /^\s*(?:W\/)?"([1-9]\d{0,8})"\s*$/.exec(ifMatch)?.[1];
  if (version === undefined) throw new ProblemError(requestProblem('bad-request', 'if-match-unreadable'));
  return Number(version);
}

/** True when If-None-Match says that the caller has this already. */
export function alreadyHas(ifNoneMatch: string | undefined, version: number | string): boolean {
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etagOf(version));
}

/** A version from the address; undefined when it is not a number. */
export function versionInPath(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
