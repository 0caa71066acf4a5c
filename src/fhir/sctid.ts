/**
 * SNOMED CT identifiers: length and Verhoeff check digit.
 * SNOMED CT Release File Specification, "SCTID check-digit", https://docs.snomed.org/ (section 6).
 */

/** Multiplication in the dihedral group D5, row by row. */
const D5 = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
].map((row) => [...row].map(Number));

/** The permutation for each position, counted from the check digit; it repeats after eight. */
const PERMUTATION = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
].map((row) => [...row].map(Number));

const SHAPE = /^[1-9]\d{5,17}$/;

/**
 * Tells whether a string has the form of a SNOMED CT identifier: 6 to 18 digits, no leading zero, and a last
 * digit that satisfies the Verhoeff check. It does not tell whether the concept exists.
 */
export function isSctid(value: string): boolean {
  if (!SHAPE.test(value)) return false;
  let check = 0;
  for (let position = 0; position < value.length; position++) {
    const digit = value.charCodeAt(value.length - 1 - position) - 48;
    check = D5[check]?.[PERMUTATION[position % 8]?.[digit] ?? 0] ?? 0;
  }
  return check === 0;
}
