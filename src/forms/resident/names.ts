/** A resident's name and number in the words of the page. */
import { parseNhsNumber } from '../../fhir/nhs-number.js';
import { type Json, type JsonObject, member } from '../../mapping/json.js';

const words = (values: readonly (Json | undefined)[]): string =>
  values
    .filter((v) => v !== undefined && v !== '')
    .map(String)
    .join(' ');

const givenNames = (resident: JsonObject): string => {
  const given = member(resident, 'name.given');
  return Array.isArray(given) ? words(given) : '';
};

/** `Mrs Elizabeth Okafor (Betty)`. Takes the `resident` of a package. */
export function fullName(resident: JsonObject): string {
  const name = words([
    member(resident, 'name.title'),
    givenNames(resident),
    member(resident, 'name.family'),
    member(resident, 'name.suffix'),
  ]);
  return withPreferred(resident, name);
}

/** `OKAFOR, Elizabeth (Betty)`: the family name told by its letters, as a ward's lists have it. */
export function listName(resident: JsonObject): string {
  const family = String(member(resident, 'name.family') ?? '').toLocaleUpperCase('en-GB');
  const given = givenNames(resident);
  return withPreferred(resident, given === '' ? family : `${family}, ${given}`);
}

const withPreferred = (resident: JsonObject, name: string): string =>
  resident['preferredName'] === undefined ? name : `${name} (${String(resident['preferredName'])})`;

/** Is there an NHS number that can be one? */
export const hasNhsNumber = (resident: JsonObject): boolean =>
  typeof resident['nhsNumber'] === 'string' && parseNhsNumber(resident['nhsNumber']) !== undefined;
