/**
 * What may be concluded of a CPR decision, and nothing more. Only coded members are looked at: no state is ever
 * derived from words (domain AT-22). All functions are total, also for data in which a value stands as text because it
 * was not understood.
 */

import { isDay } from '../../mapping/formats.js';
import type { Json, JsonObject } from '../../mapping/json.js';
import { member } from '../../mapping/json.js';

export const INFORMATION_COPY = 'INFORMATION COPY';
export const CPR_ONLY = 'This decision is about CPR only: all other treatment still applies.';

/** The same below several sources, where "this" would be the last of them. */
export const EITHER_CPR_ONLY = 'Whichever holds is about CPR only: all other treatment still applies.';

/** Does any source decide against CPR? Only then is there a limit that could be read as a wider one. */
export const isAgainst = (data: JsonObject): boolean =>
  sources(data).some(({ decision }) => decision['status'] === 'not-for-cpr');

/** A day, and not the text of one that was not understood. */
export const isDate = (value: Json | undefined): value is string => typeof value === 'string' && isDay(value);

/** A decision either way: what a Flag is raised for. */
export const isDecided = (decision: JsonObject): boolean =>
  decision['status'] === 'not-for-cpr' || decision['status'] === 'for-cpr';

export interface Missing {
  readonly field: 'decidedOn' | 'decidedBy' | 'originalLocation';
  readonly words: string;
}

/** What a decision lacks to be believed: date, maker and, for not-for-CPR, where the original is. Empty: verified. */
export function missingOf(decision: JsonObject): Missing[] {
  if (!isDecided(decision)) return [];
  const original = decision['status'] === 'not-for-cpr' && typeof decision['originalLocation'] !== 'string';
  return [
    ...(isDate(decision['decidedOn']) ? [] : [{ field: 'decidedOn', words: 'date' } as const]),
    ...(typeof member(decision, 'decidedBy.name') === 'string'
      ? []
      : [{ field: 'decidedBy', words: 'decision-maker' } as const]),
    ...(original ? [{ field: 'originalLocation', words: 'whereabouts of the original' } as const] : []),
  ];
}

/** Has the review date passed on `today`? It is no expiry date: the decision is told all the same. */
export const reviewPassed = (decision: JsonObject, today: string): boolean =>
  isDate(decision['reviewOn']) && String(decision['reviewOn']) < today;

/** The package's own decision and the other sources', each with its place. */
export function sources(data: JsonObject): { readonly decision: JsonObject; readonly path: string }[] {
  const others = (data['otherSources'] ?? []) as readonly JsonObject[];
  return [
    { decision: data, path: '' },
    ...others.map((decision, i) => ({ decision, path: `/otherSources/${i}` })),
  ];
}

/** Do the sources say different things? "Unknown" says nothing. Never resolved here. */
export function inConflict(data: JsonObject): boolean {
  const said = new Set(sources(data).map(({ decision }) => decision['status']));
  said.delete('unknown');
  return said.size > 1;
}
