/**
 * SNOMED CT identifier: 6 to 18 digits, Verhoeff check digit last.
 * https://confluence.ihtsdotools.org/display/DOCRELFMT/5.5+Check-digit
 */
const D = [
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
];
const P = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** True when `code` has the form and the check digit of a SNOMED CT (or dm+d) identifier. Membership is not checked. */
export function isSctid(code: string): boolean {
  if (!/^[1-9]\d{5,17}$/.test(code)) return false;
  let check = 0;
  for (let i = 0; i < code.length; i++) {
    const digit = Number(code[code.length - 1 - i]);
    check = Number(D[check]?.[Number(P[i % 8]?.[digit])]);
  }
  return check === 0;
}
