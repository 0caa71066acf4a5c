/**
 * Which representation a caller gets: https://hl7.org/fhir/R4/http.html#mime-type and RFC 9110 §12.5.1. FHIR clients
 * send parameters such as `fhirVersion`, which libraries for plain HTTP do not take for a match.
 */
import { refuse } from './outcome.js';

export const FHIR_JSON = 'application/fhir+json';
/** Types under which FHIR JSON is asked for. */
const JSON_TYPES = [FHIR_JSON, 'application/json', 'text/json'];
const SERVED_VERSION = /^4\.0(\.\d+)?$/;

interface Range {
  readonly type: string;
  readonly quality: number;
}

/** The ranges of an Accept header that this server can meet at all. */
function rangesOf(accept: string): Range[] {
  return accept.split(',').flatMap((text) => {
    const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
    let quality = 1;
    for (const parameter of parameters) {
      const [name, value = ''] = parameter.split('=').map((part) => part.trim().replace(/^"|"$/g, ''));
      if (name === 'q') quality = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(value) ? Number(value) : 1;
      if (name === 'fhirversion' && !SERVED_VERSION.test(value)) return [];
    }
    return type === '' ? [] : [{ type, quality }];
  });
}

/** How closely a range names a type: 0 not at all, 3 exactly. */
function closeness(range: string, type: string): number {
  if (range === type) return 3;
  if (range === `${type.split('/', 1)[0]}/*`) return 2;
  return range === '*/*' ? 1 : 0;
}

/** The offer that the header likes best; among equals the one named most closely, then the first. */
function bestOf(accept: string, offers: readonly string[]): string | undefined {
  const ranges = rangesOf(accept);
  const judged = offers.flatMap((type) => {
    const [best] = ranges
      .map((range) => ({ type, quality: range.quality, close: closeness(range.type, type) }))
      .filter(({ close }) => close > 0)
      .sort((a, b) => b.close - a.close || b.quality - a.quality);
    return best === undefined || best.quality === 0 ? [] : [best];
  });
  return judged.sort((a, b) => b.quality - a.quality || b.close - a.close)[0]?.type;
}

/** What `_format` names; a plus sign in an address is often read as a space. */
function formatNamed(format: string, native: readonly string[]): string | undefined {
  const type = format.split(';', 1)[0]?.trim().toLowerCase().replace(' ', '+') ?? '';
  if (type === 'json' || JSON_TYPES.includes(type)) return FHIR_JSON;
  return native.includes(type) ? type : undefined;
}

/**
 * Chooses the media type of an answer.
 * @param accept the Accept header; without one everything is acceptable
 * @param format `_format`, which goes before the header
 * @param native the resource's own media type, for a Binary; it is preferred where FHIR is not asked for
 * @throws Refusal 406, for XML too, which is not served
 */
export function negotiate(
  accept: string | undefined,
  format: string | undefined,
  native: readonly string[] = [],
): string {
  const asked = accept === undefined || accept.trim() === '' ? '*/*' : accept;
  const chosen =
    format === undefined ? bestOf(asked, [...native, ...JSON_TYPES]) : formatNamed(format, native);
  if (chosen !== undefined) return chosen;
  const served = [...native, FHIR_JSON].join(' or ');
  throw refuse(406, 'not-supported', `This is served as ${served} only, of FHIR version 4.0.`);
}

/** True when the answer is FHIR JSON, under whichever name. */
export const isFhirJson = (type: string): boolean => JSON_TYPES.includes(type);
