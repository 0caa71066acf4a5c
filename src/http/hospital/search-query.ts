/**
 * From the parameters of a search to what is asked of the store, and what is to be said about them.
 * https://hl7.org/fhir/R4/search.html, https://hl7.org/fhir/R4/http.html#parameters (Prefer: handling)
 */
import type { DocumentConditions, DocumentQuery } from '../../store/store.js';
import { Refusal, refuse, type Said } from './outcome.js';
import type { Pair } from './pairs.js';
import { isSealed, type Seal } from './seal.js';
import { type Asked, SEARCH_PARAMETERS, type SearchParameter, valuesOf } from './search-parameters.js';

export const USUAL_PAGE = 20;
export const LARGEST_PAGE = 100;
const MOST_VALUES = 200;

export interface Search {
  readonly conditions: DocumentConditions;
  readonly sort: DocumentQuery['sort'];
  readonly limit: number;
  readonly cursor?: string;
  /** The total alone. */
  readonly countOnly: boolean;
  /** The parameters that count, as a link may carry them; without the cursor. */
  readonly used: readonly Pair[];
  /** What was passed over or can match nothing. */
  readonly warnings: readonly Said[];
}

/** Of the answer's form, not of what is searched for; `_total` is always given. */
const ABOUT_THE_ANSWER = new Set(['_format', '_pretty', '_total']);
/** Passed over, these would give other residents' documents for the one that was meant. */
const RESIDENT = /^(patient|subject)\b/;
/** Ten digits, however an NHS number is written. */
const LIKE_NHS_NUMBER = /\d{3}[\s-]?\d{3}[\s-]?\d{4}/;
const SORTS = ['date', '_lastUpdated', '_id'] as const;

type Condition = Extract<Asked, { readonly condition: DocumentConditions }>;

/** Gathers what one search asks, parameter by parameter. */
class Reading {
  readonly allOf: DocumentConditions[] = [];
  readonly sort: { by: (typeof SORTS)[number]; descending: boolean }[] = [];
  readonly used: Pair[] = [];
  readonly warnings: Said[] = [];
  readonly faults: Said[] = [];
  limit = USUAL_PAGE;
  countOnly = false;
  cursor: string | undefined;
  readonly #seal: Seal;
  readonly #strict: boolean;
  #values = 0;

  constructor(seal: Seal, strict: boolean) {
    this.#seal = seal;
    this.#strict = strict;
  }

  take([name, written]: Pair): void {
    const text = isSealed(written) ? this.#opened(written) : written;
    if (ABOUT_THE_ANSWER.has(name)) return;
    if (name === '_count') this.#takeCount(text);
    else if (name === '_sort') this.#takeSort(text);
    else if (name === '_summary') this.#takeSummary(text);
    else if (name === '_cursor') this.cursor = text;
    else {
      const parameter = SEARCH_PARAMETERS.find((known) => known.name === name);
      if (parameter === undefined) this.#takeUnknown(name);
      else this.#takeCondition(parameter, text);
    }
  }

  #opened(sealed: string): string {
    const value = this.#seal.open(sealed);
    if (value === undefined) throw refuse(400, 'value', 'This link is no longer good: search again.');
    return value;
  }

  #takeCount(text: string): void {
    // https://hl7.org/fhir/R4/search.html#count: none at all is a question for the total.
    if (!/^\d{1,9}$/.test(text)) this.#fault('value', '_count needs a whole number.');
    else if (Number(text) === 0) this.countOnly = true;
    else this.limit = Math.min(Number(text), LARGEST_PAGE);
  }

  #takeSort(text: string): void {
    for (const asked of text.split(',')) {
      const by = SORTS.find((known) => known === asked.replace(/^-/, ''));
      if (by === undefined) this.#passOver(`_sort knows ${SORTS.join(', ')} only, with or without a minus`);
      else if (!this.sort.some((one) => one.by === by)) {
        this.sort.push({ by, descending: asked.startsWith('-') });
      }
    }
  }

  #takeSummary(text: string): void {
    if (text === 'count') this.countOnly = true;
    else if (text !== 'false') this.#passOver('_summary knows count and false only');
  }

  #takeCondition(parameter: SearchParameter, text: string): void {
    const { name } = parameter;
    const asked = valuesOf(text).map(parameter.ask);
    this.#values += asked.length;
    if (this.#values > MOST_VALUES) throw refuse(400, 'too-costly', `More than ${MOST_VALUES} values.`);
    const unusable = asked.find((one) => 'unusable' in one);
    if (unusable !== undefined) this.#fault('value', `${name} ${unusable.unusable}.`);
    else if (asked.length > 0)
      this.#keep(
        parameter,
        text,
        asked.filter((one) => 'condition' in one),
      );
    else if (parameter.identifiesResident) this.#fault('value', `${name} has no value.`);
    else this.#passOver(`${name} has no value`);
  }

  #keep({ name, identifiesResident }: SearchParameter, text: string, asked: readonly Condition[]): void {
    for (const { warning } of asked) if (warning !== undefined) this.#warn('value', `${name} ${warning}.`);
    this.allOf.push({ anyOf: asked.map(({ condition }) => condition) });
    const secret = identifiesResident === true || LIKE_NHS_NUMBER.test(text);
    this.used.push([name, secret ? this.#seal.close(text) : text]);
  }

  /** https://hl7.org/fhir/R4/search.html#modifiers: one that is not served must be refused, never passed over. */
  #takeUnknown(name: string): void {
    const known = SEARCH_PARAMETERS.map((parameter) => parameter.name);
    const base = name.replace(/[.:].*$/s, '');
    if (RESIDENT.test(name)) {
      const served = SEARCH_PARAMETERS.filter((p) => p.identifiesResident).map((p) => p.name);
      this.#fault('not-supported', `The resident is searched for by ${served.join(' or ')} only.`);
    } else if (base !== name && known.includes(base)) {
      this.#fault('not-supported', `${base} is served without modifier or chain only.`);
    } else {
      this.#passOver(`a parameter is not known; known are ${known.join(', ')}, _count, _sort, _summary`);
    }
  }

  #fault(code: Said['code'], text: string): void {
    this.faults.push({ code, text });
  }

  #warn(code: Said['code'], text: string): void {
    this.warnings.push({ severity: 'warning', code, text });
  }

  #passOver(what: string): void {
    if (this.#strict) this.#fault('not-supported', `Refused for handling=strict: ${what}.`);
    else this.#warn('not-supported', `Passed over: ${what}.`);
  }
}

/**
 * Reads a search.
 * @param strict `Prefer: handling=strict`: what is not known is refused
 * @throws Refusal 400 naming every fault
 */
export function readSearch(pairs: readonly Pair[], strict: boolean, seal: Seal): Search {
  const reading = new Reading(seal, strict);
  for (const pair of pairs) reading.take(pair);
  if (reading.faults.length > 0) throw new Refusal(400, reading.faults);
  const { allOf, sort, limit, countOnly, cursor, warnings } = reading;
  const order = sort.map(({ by, descending }) => (descending ? `-${by}` : by)).join(',');
  const used: Pair[] = [
    ...reading.used,
    ...(order === '' ? [] : [['_sort', order] as const]),
    countOnly ? ['_summary', 'count'] : ['_count', String(limit)],
  ];
  return {
    conditions: { allOf },
    sort,
    limit,
    countOnly,
    used,
    warnings,
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** `Prefer: handling=strict`, alone or among others. RFC 7240 */
export function isStrict(prefer: string | readonly string[] | undefined): boolean {
  return String(prefer ?? '')
    .split(/[;,]/)
    .some((part) => /^\s*handling\s*=\s*"?strict"?\s*$/i.test(part));
}
