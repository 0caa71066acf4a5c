/**
 * The formats of the leaves a home sends. Each string leaf of a form has one; the intake turns a failure into the
 * issue named here. `content` formats are what a tired person can mistype: in an urgent package such a value is
 * carried as text (domain rule AT-50) instead of refusing the bag; the others are faults of the sending software.
 */
import { parseNhsNumber } from '../fhir/nhs-number.js';
import { isSctid } from '../fhir/sctid.js';

export interface Format {
  validate(value: string): boolean;
  /** Issue code for a value that fails; may look at the value to say why. */
  code(value: string): string;
  readonly content: boolean;
  /** For the OpenAPI text. */
  readonly says: string;
}

// XML 1.0 and FHIR strings carry neither C0 controls (but tab, LF, CR) nor non-characters nor lone surrogates.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/u;
/** What FORBIDDEN finds, and the halves of whole characters too: a plain expression is many times quicker. */
const SUSPICIOUS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff\ufffe\uffff]/;
const isText = (s: string): boolean => /\S/.test(s) && (!SUSPICIOUS.test(s) || !FORBIDDEN.test(s));
const isLine = (s: string): boolean => isText(s) && !/[\n\r\t\u0085\u2028\u2029]/.test(s);

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;
const MOMENT_SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const OFFSET = /(Z|[+-]\d{2}:\d{2})$/;

/** A day that the calendar has, between the years 1880 and 2199. */
export function isDay(s: string): boolean {
  if (s.length !== 10 || !DAY.test(s)) return false;
  const year = Number(s.slice(0, 4));
  const month = Number(s.slice(5, 7));
  const day = Number(s.slice(8));
  if (year < 1880 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const isMonth = (s: string): boolean => /^\d{4}-\d{2}$/.test(s) && isDay(`${s}-01`);
const isYear = (s: string): boolean => /^\d{4}$/.test(s) && isDay(`${s}-01-01`);
/** RFC 3339 with seconds and offset, on a day that the calendar has. */
export const isMoment = (s: string): boolean => MOMENT.test(s) && isDay(s.slice(0, 10));

const dateCode = (s: string): string =>
  /^\d{4}(-\d{2}(-\d{2})?)?$/.test(s) ? 'impossible-date' : 'not-a-date';

function momentCode(s: string): string {
  if (!MOMENT_SHAPE.test(s)) return DAY.test(s) ? 'time-missing' : 'not-a-date-time';
  if (!OFFSET.test(s)) return 'time-without-offset';
  return isDay(s.slice(0, 10)) ? 'not-a-date-time' : 'impossible-date';
}

const format = (
  validate: (s: string) => boolean,
  code: string | ((s: string) => string),
  content: boolean,
  says: string,
): Format => ({ validate, code: typeof code === 'string' ? () => code : code, content, says });

export const formats = {
  text: format(isText, 'not-text', false, 'Text, line breaks allowed; no control characters.'),
  line: format(isLine, 'not-a-line', false, 'Text on one line; no control characters.'),
  date: format(isDay, dateCode, true, 'A day, YYYY-MM-DD.'),
  'birth-date': format(isDay, dateCode, false, 'A day, YYYY-MM-DD.'),
  'partial-date': format(
    (s) => isDay(s) || isMonth(s) || isYear(s),
    dateCode,
    true,
    'A year, a month or a day: YYYY, YYYY-MM or YYYY-MM-DD.',
  ),
  'date-time': format(
    isMoment,
    momentCode,
    true,
    'A moment with seconds and offset, e.g. 2026-11-22T03:12:00+00:00.',
  ),
  /** Written by the sending software, not by a person: a wrong one is never carried as text. */
  instant: format(
    isMoment,
    momentCode,
    false,
    'A moment with seconds and offset, e.g. 2026-11-22T03:12:00+00:00.',
  ),
  clock: format(
    (s) => /^([01]\d|2[0-3]):[0-5]\d$/.test(s),
    'not-a-clock-time',
    true,
    'Time of day by the local clock, HH:mm.',
  ),
  'nhs-number': format(
    (s) => parseNhsNumber(s) !== undefined,
    (s) => (/^\d{10}$/.test(s.replaceAll(' ', '')) ? 'nhs-number-check-digit' : 'not-an-nhs-number'),
    true,
    'NHS number: ten digits with a valid check digit; spaces are allowed.',
  ),
  'snomed-code': format(
    isSctid,
    (s) => (/^\d{6,18}$/.test(s) ? 'snomed-check-digit' : 'not-a-snomed-code'),
    true,
    'SNOMED CT or dm+d code: 6 to 18 digits with a valid check digit.',
  ),
  'ods-code': format(
    (s) => /^[A-Z0-9]{3,10}$/.test(s),
    'not-an-ods-code',
    true,
    'ODS code: 3 to 10 capital letters and digits.',
  ),
  'own-ods-code': format(
    (s) => /^[A-Z0-9]{3,10}$/.test(s),
    'not-an-ods-code',
    false,
    "ODS code of the sender's own organisation: 3 to 10 capital letters and digits.",
  ),
  'gp-ods-code': format(
    (s) => /^[A-Z0-9]{6}$/.test(s),
    'not-a-gp-ods-code',
    true,
    'ODS code of a GP practice: 6 capital letters and digits.',
  ),
  'cqc-location': format(
    (s) => /^(1-\d{9,10}|[A-Z0-9]{5})$/.test(s),
    'not-a-cqc-location',
    true,
    'CQC location id: 1- and 9 or 10 digits, or 5 capital letters and digits.',
  ),
  'own-cqc-location': format(
    (s) => /^(1-\d{9,10}|[A-Z0-9]{5})$/.test(s),
    'not-a-cqc-location',
    false,
    "CQC location id of the sender's own home: 1- and 9 or 10 digits, or 5 capital letters and digits.",
  ),
  'attachment-id': format(
    (s) => /^[A-Za-z0-9.-]{1,64}$/.test(s),
    'not-an-attachment-id',
    false,
    'Letters, digits, dots and hyphens, 64 at most.',
  ),
  'package-id': format(
    (s) => /^[\x21-\x7e]{1,128}$/.test(s),
    'not-a-package-id',
    false,
    'Printable ASCII without spaces, 128 at most.',
  ),
  language: format(
    (s) => /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/.test(s),
    'not-a-language',
    true,
    'Language tag (BCP 47), e.g. en, cy, ur, bfi for British Sign Language.',
  ),
  'media-type': format(
    (s) => /^[a-z]+\/[a-z0-9.+-]+$/.test(s),
    'not-a-media-type',
    false,
    'Media type, e.g. application/pdf.',
  ),
  uri: format(
    (s) => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(s) && !FORBIDDEN.test(s),
    'not-a-uri',
    true,
    'Absolute address.',
  ),
  base64: format(
    (s) => s.length % 4 === 0 && s !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(s),
    'not-base64',
    false,
    'Base64 without line breaks.',
  ),
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
