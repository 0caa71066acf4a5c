/**
 * How doses are written. What invites a tenfold error ("U", "IU", a trailing zero, a naked decimal point) is said and
 * left as sent: https://www.cas.mhra.gov.uk/ViewandAcknowledgment/ViewAlert.aspx?AlertID=101416
 * Codes of units: the dose-syntax examples of NHS England's Digital Medicines programme; UCUM.
 */
import { systems } from '../../fhir/systems.js';

const UNIT_ABBREVIATION = /\d\s*(?:i\.?u\.?|u)(?![\p{L}\p{N}&])/iu;
const UNIT_ALONE = /^\s*(?:i\.?u\.?|u)\s*(?:\/.*)?$/iu;
const TRAILING_ZERO = /(?<![\d.])\d+\.\d*0(?![\d.])(?!\s*(?:am|pm|h|hrs|hours|o'clock)\b)/iu;
const NAKED_POINT = /(?<![\d.\p{L}])\.\d/u;

export type DoseSlip = 'dose-unit-abbreviated' | 'dose-trailing-zero' | 'dose-naked-point';

/** What is wrong with how a dose is written; nothing for what is not text. */
export function doseSlips(written: unknown): DoseSlip[] {
  if (typeof written !== 'string') return [];
  return [
    ...(UNIT_ABBREVIATION.test(written) || UNIT_ALONE.test(written)
      ? ['dose-unit-abbreviated' as const]
      : []),
    ...(TRAILING_ZERO.test(written) ? ['dose-trailing-zero' as const] : []),
    ...(NAKED_POINT.test(written) ? ['dose-naked-point' as const] : []),
  ];
}

const NO_BREAK = '\u00a0';

/** For paper only: a number and the unit after it stay on one line. */
export const unbroken = (written: string): string => written.replace(/(\d) (?=[\p{L}%µ])/gu, `$1${NO_BREAK}`);

/** Words for an amount, number and unit on one line. */
export const amountWords = (amount: unknown, unit: unknown): string =>
  [amount, unit]
    .filter((v) => v !== undefined)
    .map(String)
    .join(NO_BREAK);

const ucum = (code: string) => ({ system: systems.ucum, code });
const snomed = (code: string) => ({ system: systems.snomed, code });

const UNITS: Readonly<Record<string, { readonly system: string; readonly code: string }>> = {
  milligram: ucum('mg'),
  microgram: ucum('ug'),
  gram: ucum('g'),
  millilitre: ucum('mL'),
  tablet: snomed('428673006'),
  capsule: snomed('428641000'),
  patch: snomed('733005001'),
  drop: snomed('404218003'),
  ampoule: snomed('413516001'),
  application: snomed('10692211000001108'),
  unit: snomed('767525000'),
};

/** The code of a unit that is written in full; undefined for any other word: abbreviations are not interpreted. */
export function unitCode(unit: unknown): { readonly system: string; readonly code: string } | undefined {
  if (typeof unit !== 'string') return undefined;
  const word = unit.trim().toLowerCase();
  const singular = word === 'patches' ? 'patch' : word.replace(/s$/, '');
  return Object.hasOwn(UNITS, singular) ? UNITS[singular] : undefined;
}
