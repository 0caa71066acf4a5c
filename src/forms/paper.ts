/** What the pages of several papers say in the same way. */
import type { Block, FactRow, Field } from '../print/press.js';
import type { Answers } from './answers.js';
import { joined } from './joined.js';

export { joined } from './joined.js';

/** A row with what it tells; none where it tells nothing. */
export const row = (head: string, ...facts: readonly (readonly Field[])[]): FactRow[] => {
  const all = facts.flat();
  return all.length === 0 ? [] : [{ head, facts: all }];
};

/** Rows as a block; none where there is no row. */
export const rowsBlock = (...rows: readonly (readonly FactRow[])[]): Block[] => {
  const all = rows.flat();
  return all.length === 0 ? [] : [{ kind: 'facts', rows: all }];
};

/** Plain words, where there are any. */
export const plain = (words: string | undefined): Field[] =>
  words === undefined || words === '' ? [] : [{ label: '', value: words }];

/** A `person`: name, role, organisation, registration, telephone. */
export const personWords = (person: Answers): string =>
  joined([
    person.say('name'),
    person.say('role'),
    person.say('organisation'),
    person.part('registration').joined(['body', 'number'], ' '),
    prefixed('telephone', person.say('telephone')),
  ]);

/** "telephone 0113 496 0101"; nothing where there are no words. */
export const prefixed = (before: string, words: string | undefined): string | undefined =>
  words === undefined || words === '' ? undefined : `${before} ${words}`;

/** Who wrote a paper, and when (`recorded`). */
export function recordedRow(paper: Answers): FactRow[] {
  const recorded = paper.part('recorded');
  const by = personWords(recorded.part('by'));
  return row(
    'Recorded',
    plain(joined([recorded.say('at'), by === '' ? undefined : `by ${by}`], ', ')),
    recorded.field('happenedAt', 'Took place at'),
  );
}

/**
 * One line for all that was asked and not answered: absent is not "none", and a blank says nothing. Another paper of
 * the bag may answer it.
 */
export const notRecorded = (labels: readonly string[]): Block[] =>
  labels.length === 0
    ? []
    : [{ kind: 'paragraph', text: `Not recorded on this paper: ${labels.join(', ')}.` }];

const DAY_MS = 86_400_000;

/** How old a day was when the bag was made: "70 days before this transfer"; nothing where it is no whole day. */
export function howOld(day: unknown, created: string): string | undefined {
  if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(day)) return undefined;
  const days = Math.round((Date.parse(created.slice(0, 10)) - Date.parse(day.slice(0, 10))) / DAY_MS);
  if (Number.isNaN(days)) return undefined;
  if (days === 0) return 'on the day of this transfer';
  const count = Math.abs(days);
  return `${count}\u00a0${count === 1 ? 'day' : 'days'} ${days > 0 ? 'before' : 'after'} this transfer`;
}
