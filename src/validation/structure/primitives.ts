/**
 * The lexical rules of R4's primitive types, as JSON carries them. https://hl7.org/fhir/R4/datatypes.html#primitive
 *
 * The specification's regular expressions are Java's, where `\s` is ASCII white space only; in JavaScript it
 * also matches NBSP and others, which are legal content. So white space is spelled out here, and no expression
 * can back-track.
 */

const MAX_STRING = 1_048_576;
const MAX_INTEGER = 2_147_483_647;
const FORBIDDEN_CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
const WHITE_SPACE = /[ \t\n\u000b\f\r]/;
const CONTROL_OR_SPACE = /[\u0000-\u0020]/;
const CODE_SPACE = /^[ \t\n\u000b\f\r]|[ \t\n\u000b\f\r]{2}|[ \t\n\u000b\f\r]$/;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const OID = /^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/;
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;
const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?$/;
const NOT_BASE64 = /[^A-Za-z0-9+/= \t\n\u000b\f\r]/;

type Check = (value: unknown) => boolean;

function isText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= MAX_STRING &&
    !FORBIDDEN_CONTROL.test(value)
  );
}

function matches(expression: RegExp): Check {
  return (value) => typeof value === 'string' && expression.test(value);
}

function isInteger(from: number): Check {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= MAX_INTEGER;
}

function isUri(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= MAX_STRING &&
    !CONTROL_OR_SPACE.test(value)
  );
}

/** No white space at either end, single spaces within. */
function isCode(value: unknown): boolean {
  return isUri(value) || (isText(value) && !CODE_SPACE.test(value));
}

/** True when year, month and day name a day of the calendar; year 0000 is none. */
function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= length;
}

function isDate(value: unknown): boolean {
  const parts = typeof value === 'string' ? DATE.exec(value) : null;
  if (parts === null) return false;
  return isDay(Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1));
}

function isInstant(value: unknown): boolean {
  const parts = typeof value === 'string' ? MOMENT.exec(value) : null;
  return parts !== null && isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

function isBase64(value: unknown): boolean {
  if (typeof value !== 'string' || value === '' || NOT_BASE64.test(value)) return false;
  const bare = WHITE_SPACE.test(value) ? value.replace(/[ \t\n\u000b\f\r]/g, '') : value;
  const padding = bare.indexOf('=');
  if (bare.length === 0 || bare.length % 4 !== 0) return false;
  return padding === -1 || (padding >= bare.length - 2 && /^={1,2}$/.test(bare.slice(padding)));
}

/** The check of each primitive type: takes any JSON value, tells whether it is a legal value of the type. */
export const PRIMITIVES: { readonly [type: string]: Check } = {
  boolean: (value) => typeof value === 'boolean',
  integer: isInteger(-2_147_483_648),
  unsignedInt: isInteger(0),
  positiveInt: isInteger(1),
  decimal: (value) => typeof value === 'number' && Number.isFinite(value),
  string: isText,
  markdown: isText,
  xhtml: (value) => typeof value === 'string' && value.length > 0,
  code: isCode,
  id: matches(ID),
  /** Element.id: any string without white space. */
  elementId: isUri,
  uri: isUri,
  url: isUri,
  canonical: isUri,
  oid: matches(OID),
  uuid: matches(UUID),
  date: isDate,
  dateTime: (value) => isDate(value) || isInstant(value),
  instant: isInstant,
  time: matches(TIME),
  base64Binary: isBase64,
};

/** What a legal value of each type looks like, for messages. */
export const PRIMITIVE_WORDS: { readonly [type: string]: string } = {
  boolean: 'true or false',
  integer: 'a whole number between -2147483648 and 2147483647',
  unsignedInt: 'a whole number from 0 to 2147483647',
  positiveInt: 'a whole number from 1 to 2147483647',
  decimal: 'a number',
  string: 'a text of at least one character, without control characters, at most 1,048,576 long',
  markdown: 'a text of at least one character, without control characters, at most 1,048,576 long',
  xhtml: 'a text holding an XHTML div',
  code: 'a code: no white space at either end, single spaces only',
  id: 'an id: 1 to 64 of A-Z, a-z, 0-9, hyphen and full stop',
  elementId: 'an element id: a text without white space',
  uri: 'a URI without white space',
  url: 'a URL without white space',
  canonical: 'a canonical address without white space',
  oid: 'an OID such as urn:oid:1.2.3',
  uuid: 'a UUID such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520, in lower case',
  date: 'a date of the calendar: YYYY, YYYY-MM or YYYY-MM-DD',
  dateTime:
    'a date of the calendar (YYYY, YYYY-MM, YYYY-MM-DD), or a date with a time to the second and a time zone',
  instant: 'a date and time to the second with a time zone, such as 2026-01-31T09:30:00Z',
  time: 'a time of day hh:mm:ss',
  base64Binary: 'base64 text, its length a multiple of four',
};
