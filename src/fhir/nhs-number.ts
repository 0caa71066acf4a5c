/**
 * NHS number: ten digits, the last a modulus 11 check digit.
 * https://www.datadictionary.nhs.uk/attributes/nhs_number.html
 */

/** Takes what was written (spaces allowed between digits); gives the ten digits, or undefined when it is not one. */
export function parseNhsNumber(written: string): string | undefined {
  const digits = written.replaceAll(' ', '');
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return undefined;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]) ? digits : undefined;
}

/** True for the range kept for tests (999…). */
export const isTestNhsNumber = (digits: string): boolean => digits.startsWith('999');
