/** A wound on paper: where it is, then all that was said of it. */
import type { FactRow } from '../print/press.js';
import type { Answers } from './answers.js';
import { row } from './paper.js';

/** One row for each, counted: a page that is missing is missed. */
export function woundRow(wound: Answers, index: number, count: number): FactRow[] {
  const head = count === 1 ? 'Wound' : `Wound ${index + 1} of ${count}`;
  const site = wound.say('site') ?? 'place not recorded';
  const kind = wound.joined(['kind', 'category']);
  return row(head, [{ label: site, value: kind === '' ? 'kind not recorded' : kind }], wound.others());
}
