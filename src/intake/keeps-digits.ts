/**
 * True when the number means the same after it went through a double. Whole numbers beyond 2^53 are refused even where
 * the double happens to be exact: their neighbours are not.
 */
export function keepsDigits(written: string): boolean {
  const value = Number(written);
  if (!Number.isFinite(value)) return false;
  if (Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER) return false;
  return decimal(written) === decimal(String(value));
}

/** Digits without leading and trailing zeros, and the power of ten of the last: `0.120` and `12e-2` are the same. */
function decimal(written: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written);
  if (match === null) return written;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}
