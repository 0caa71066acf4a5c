/** What items of page one say, a line each: the label before its text, spaces as people type them. */
import type { Item, Rows } from '#src/print/front-words.js';

const one = ({ lead = '', text }: { readonly lead?: string; readonly text: string }): string =>
  (lead === '' ? text : `${lead}: ${text}`).replaceAll('\u00a0', ' ');

/** Lines of items, those that run on included. */
export const said = (items: readonly Item[] = []): string[] =>
  items.flatMap((item) => [one(item), ...(item.more ?? []).map(one)]);

/** Rows of a table, cells beside each other. */
export const rowsSaid = (table: Rows | undefined): string[] =>
  (table?.rows ?? []).map(({ cells }) => cells.join(' | ').replaceAll('\u00a0', ' '));
