/** Small helps for what the papers say on page one: items with their labels in bold, and times in few words. */
import { formatMoment, shortMoment } from '../print/format.js';
import type { Item, Weight } from '../print/front-words.js';

/** How a moment is said: in full, or without its year where it is near the day of the page. */
export type Say = (moment: string) => string;

export const inFull: Say = formatMoment;

/** Near `created` the year goes without saying. */
export const near =
  (created: string): Say =>
  (moment) =>
    shortMoment(moment, created);

/** An item of a lead and its text. */
export const item = (lead: string, text: string, weight: Weight): Item => ({ lead, text, weight });

/** Longer beginnings are no labels. */
const LONGEST_LABEL = 60;

/** A line of ours, "Label: text", with its label for lead. */
export function fromLine(line: string, weight: Weight): Item {
  const at = line.indexOf(': ');
  if (at <= 0 || at > LONGEST_LABEL) return { text: line, weight };
  return { lead: line.slice(0, at), text: line.slice(at + 2), weight };
}

export const fromLines = (lines: readonly string[], weight: Weight): Item[] =>
  lines.map((line) => fromLine(line, weight));

/** Short ones in the same lines, one after another; none where there is nothing. */
export function runOn(
  told: readonly { readonly lead: string; readonly text: string }[],
  weight: Weight,
): Item[] {
  const [first, ...more] = told;
  return first === undefined ? [] : [{ ...first, weight, ...(more.length === 0 ? {} : { more }) }];
}

/** What was asked and not answered, in one line. */
export const notRecorded = (what: readonly string[]): Item[] =>
  what.length === 0 ? [] : [item('Not recorded', what.join(', '), 1)];
