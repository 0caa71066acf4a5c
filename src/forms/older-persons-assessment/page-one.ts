/**
 * What page one tells from an Older Person's Assessment. Pure functions of the data as it is to be shown: a value that
 * was not understood stands in its place as text and is printed as it is.
 */
import { isObject, type Json, type JsonObject } from '../../mapping/json.js';
import { formatDay } from '../../print/format.js';
import { olderPersonsAssessment } from './schema.js';

const CAPABILITY: Readonly<Record<string, string>> = {
  independent: 'independent',
  'slight-disability': 'slight disability',
  'moderate-disability': 'moderate disability',
  'moderately-severe-disability': 'moderately severe disability',
  'severe-disability': 'severe disability',
};
export const ANSWERS: Readonly<Record<string, string>> = { yes: 'YES', no: 'no', 'not-known': 'NOT KNOWN' };

export const text = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : String(value);
export const joined = (parts: readonly (string | undefined)[], between = '; '): string =>
  parts.filter((p) => p !== undefined && p !== '').join(between);
/** Sentences one after another; one that ends with a stop of its own gets no second. */
export const sentences = (parts: readonly (string | undefined)[]): string =>
  joined(parts, '. ').replaceAll(/([.!?])\. /g, '$1 ');

export function stateWords(state: Json | undefined): string | undefined {
  if (!isObject(state)) return undefined;
  const capability = text(state['capability']);
  return joined(
    [
      capability === undefined ? undefined : (CAPABILITY[capability] ?? capability),
      text(state['description']),
    ],
    ', ',
  );
}

export const led = (label: string, value: Json | undefined): string | undefined =>
  value === undefined ? undefined : `${label}: ${String(value)}`;

export function catheterWords(elimination: JsonObject): string | undefined {
  const catheter = elimination['catheter'];
  if (!isObject(catheter)) return undefined;
  const answer = ANSWERS[String(catheter['present'])] ?? String(catheter['present']);
  const changed = text(catheter['lastChanged']);
  const when = changed === undefined ? undefined : `last changed ${formatDay(changed)}`;
  return led('Catheter', joined([answer, text(catheter['kind']), when], ', '));
}

export function stomaWords(elimination: JsonObject): string | undefined {
  const stoma = elimination['stoma'];
  if (!isObject(stoma)) return undefined;
  return led(
    'Stoma',
    joined([ANSWERS[String(stoma['present'])] ?? String(stoma['present']), text(stoma['kind'])], ', '),
  );
}

export const AIDS: Readonly<Record<string, string>> = (
  olderPersonsAssessment.properties.aids as unknown as {
    items: { properties: { kind: { 'x-labels': Record<string, string> } } };
  }
).items.properties.kind['x-labels'];

/**
 * Safeguarding in words, without the concern itself; undefined when the part was not sent or a hospital keeps it off
 * page one.
 */
export function safeguardingLine(
  assessment: JsonObject,
  options: { hidden?: boolean } = {},
): string | undefined {
  const told = assessment['safeguarding'];
  if (!isObject(told) || options.hidden === true) return undefined;
  return told['indicator'] === true
    ? 'SAFEGUARDING CONCERN: see its page'
    : 'Safeguarding: no concern stated';
}
