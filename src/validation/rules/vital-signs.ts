/**
 * Vital signs: an Observation whose code is one of LOINC's for a vital sign obeys that sign's profile, claimed or not.
 * https://hl7.org/fhir/R4/observation-vitalsigns.html
 *
 * R4 names LOINC codes alone, so a measurement coded in SNOMED CT only is left as it is.
 */
import { isObject } from '../plan/node.js';
import { objectsOf } from './definition.js';
import type { Rule } from './rule.js';

const LOINC = 'http://loinc.org';
const CORE = 'http://hl7.org/fhir/StructureDefinition/';

/** LOINC's codes for a sign, the more special ones included, by the name of its profile. */
const CODES: { readonly [profile: string]: string } = {
  vitalspanel: '85353-1',
  resprate: '9279-1 76170-0 76172-6 76171-8 19840-8 33438-3 76270-8 11291-2',
  heartrate:
    '8867-4 60978-4 73795-7 73799-9 76476-1 76477-9 8889-8 8890-6 8891-4 8892-2 8893-0 40443-4 55425-3 68999-2 11328-2 69000-8 8886-4',
  oxygensat: '2708-6 19224-5 20564-1 2709-4 2710-2 2713-6 51733-4 59408-5 59417-6 89276-0 97549-0',
  bodytemp:
    '8310-5 60834-9 60835-6 60836-4 60838-0 60955-2 61009-7 75539-7 75987-8 76010-8 76011-6 76278-1 8309-7 8328-7 8329-5 8330-3 8331-1 8332-9 8333-7 8334-5 91371-5 98657-0 98663-8',
  bodyheight: '8302-2 3137-7 3138-5 8306-3 8308-9',
  headcircum: '9843-4 8287-5',
  bodyweight: '29463-7 3141-9 3142-7 75292-3 79348-9 8350-1 8351-9',
  bmi: '39156-5 89270-3',
  bp: '85354-9 35094-2 8459-0 76534-7 55284-4 8480-6',
};
const NAMES = Object.keys(CODES);
const PROFILES: ReadonlyMap<unknown, string> = new Map(
  NAMES.flatMap((name) => (CODES[name] as string).split(' ').map((code) => [code, name] as const)),
);

export const vitalSignsRule: Rule = (node, context) => {
  const code = isObject(node.value) ? node.value['code'] : undefined;
  const named = objectsOf(code, 'coding').flatMap((coding) =>
    coding['system'] === LOINC ? (PROFILES.get(coding['code']) ?? []) : [],
  );
  if (named.length === 0) return;
  // Of several signs the first in this order counts, as with the reference.
  const profile = NAMES.find((name) => named.includes(name));
  if (profile !== undefined && context.definitions.has(CORE + profile))
    context.checkProfile(node, CORE + profile);
};
