/**
 * The parameters by which DocumentReferences are found, with what each value asks of a document. The capability
 * statement lists them from here. https://hl7.org/fhir/R4/documentreference.html#search
 */
import { parseNhsNumber } from '../../fhir/nhs-number.js';
import { systems } from '../../fhir/systems.js';
import type { DocumentConditions } from '../../store/store.js';
import { boundsOf, PREFIXES } from './search-dates.js';

/** What a value asks; with a warning where nothing can ever match it, which a slip of the pen should not hide. */
export type Asked =
  | { readonly condition: DocumentConditions; readonly warning?: string }
  | { readonly unusable: string };

export interface SearchParameter {
  readonly name: string;
  readonly type: 'token' | 'date';
  /** Canonical of the R4 SearchParameter, where it is one as it stands. */
  readonly definition?: string;
  readonly documentation: string;
  /** Names the resident: never echoed in an address, never ignored. */
  readonly identifiesResident?: true;
  readonly ask: (value: string) => Asked;
}

const STATUSES = ['current', 'superseded', 'entered-in-error'];
const STATUS_SYSTEM = 'http://hl7.org/fhir/document-reference-status';
const NOTHING: DocumentConditions = { anyOf: [] };
const OR = 'Values divided by commas: any of them. Repeated: all of them.';
const NO_TOKEN = 'needs a value: system|code, or the code alone';

/** `system|value`, cut at the first bar that is not escaped. https://hl7.org/fhir/R4/search.html#token */
function tokenOf(value: string): { system?: string; code: string } {
  const bar = /(?<!\\)(?:\\\\)*\|/.exec(value);
  if (bar === null) return { code: unescaped(value) };
  const at = bar.index + bar[0].length - 1;
  return { system: unescaped(value.slice(0, at)), code: unescaped(value.slice(at + 1)) };
}

/** https://hl7.org/fhir/R4/search.html#escaping */
const unescaped = (text: string): string => text.replace(/\\([,|$\\])/g, '$1');

/** The values of a parameter, divided at commas that are not escaped. */
export function valuesOf(text: string): string[] {
  return (text.match(/(?:\\.|[^\\,]|\\$)+/gs) ?? []).filter((value) => value !== '');
}

function askForResident(value: string): Asked {
  const { system, code } = tokenOf(value);
  if (code === '') return { unusable: `needs ${systems.nhsNumber}| and an NHS number` };
  if (system !== undefined && system !== systems.nhsNumber) {
    return { condition: NOTHING, warning: `knows one identifier system only: ${systems.nhsNumber}` };
  }
  const nhsNumber = parseNhsNumber(code);
  return nhsNumber === undefined
    ? {
        condition: NOTHING,
        warning: 'was given a value that is not an NHS number (ten digits, the last checked)',
      }
    : { condition: { nhsNumber } };
}

function askForStatus(value: string): Asked {
  const { system, code } = tokenOf(value);
  if (code === '') return { unusable: NO_TOKEN };
  const known = STATUSES.includes(code) && (system === undefined || system === STATUS_SYSTEM);
  return known
    ? { condition: { statuses: [code] } }
    : { condition: NOTHING, warning: `knows these codes only: ${STATUSES.join(', ')}` };
}

/** The store reads `system|code` by itself: it has the systems apart. */
function askByToken(member: 'identifiers' | 'types'): SearchParameter['ask'] {
  return (value) => {
    const { system, code } = tokenOf(value);
    if (code === '' && (system ?? '') === '') return { unusable: NO_TOKEN };
    return { condition: { [member]: [system === undefined ? code : `${system}|${code}`] } };
  };
}

function askByDate(member: 'date' | 'lastUpdated'): SearchParameter['ask'] {
  return (value) => {
    const bounds = boundsOf(value);
    return bounds === undefined
      ? {
          unusable: `needs a date that exists, such as 2026-11-22 or 2026-11-22T03:12:00Z (in an address + is written %2B), after one of ${PREFIXES.join(', ')} or none`,
        }
      : { condition: { [member]: bounds } };
  };
}

const DATES = `Prefixes ${PREFIXES.join(', ')}. A date without a zone is one of Europe/London. ${OR}`;
const definition = (id: string): string => `http://hl7.org/fhir/SearchParameter/${id}`;

export const SEARCH_PARAMETERS: readonly SearchParameter[] = [
  {
    name: 'patient.identifier',
    type: 'token',
    documentation: `The resident by NHS number, ${systems.nhsNumber}|… ${OR}`,
    identifiesResident: true,
    ask: askForResident,
  },
  {
    name: 'subject:identifier',
    type: 'token',
    documentation: `As patient.identifier. ${OR}`,
    identifiesResident: true,
    ask: askForResident,
  },
  {
    name: 'identifier',
    type: 'token',
    definition: definition('clinical-identifier'),
    documentation: `masterIdentifier and identifier. ${OR}`,
    ask: askByToken('identifiers'),
  },
  {
    name: 'status',
    type: 'token',
    definition: definition('DocumentReference-status'),
    documentation: `${STATUSES.join(', ')}. ${OR}`,
    ask: askForStatus,
  },
  {
    name: 'type',
    type: 'token',
    definition: definition('clinical-type'),
    documentation: OR,
    ask: askByToken('types'),
  },
  {
    name: 'date',
    type: 'date',
    definition: definition('DocumentReference-date'),
    documentation: DATES,
    ask: askByDate('date'),
  },
  {
    name: '_lastUpdated',
    type: 'date',
    definition: definition('Resource-lastUpdated'),
    documentation: DATES,
    ask: askByDate('lastUpdated'),
  },
  {
    name: '_id',
    type: 'token',
    definition: definition('Resource-id'),
    documentation: OR,
    ask: (value) => ({ condition: { ids: [unescaped(value)] } }),
  },
];
