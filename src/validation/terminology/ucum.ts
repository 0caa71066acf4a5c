/** Compares quantities of different units by UCUM (https://ucum.org), with the tables that fhirpath.js carries. */
import { createRequire } from 'node:module';

export interface Measure {
  readonly value: number;
  /** UCUM code. */
  readonly code: string;
}

const load = createRequire(import.meta.url);
const CODE = /^[!-&(-~]{1,40}$/;
let evaluate: ((resource: object, expression: string) => unknown) | undefined;

/** Gives a number below, at or above 0, or `undefined` where the units cannot be converted into each other. */
export function compareMeasures(left: Measure, right: Measure): number | undefined {
  if (left.code === right.code) return left.value - right.value;
  if (!CODE.test(left.code) || !CODE.test(right.code) || /[\\`]/.test(left.code + right.code))
    return undefined;
  evaluate ??= (load('fhirpath') as { evaluate: NonNullable<typeof evaluate> }).evaluate;
  if (is(left, '>', right)) return 1;
  if (is(left, '<', right)) return -1;
  return is(left, '=', right) ? 0 : undefined;
}

function is(left: Measure, operator: string, right: Measure): boolean {
  try {
    const result = evaluate?.({}, `${said(left)} ${operator} ${said(right)}`);
    return Array.isArray(result) && result[0] === true;
  } catch {
    return false;
  }
}

/** As a FHIRPath literal, which knows no exponents. */
function said({ value, code }: Measure): string {
  const size = Math.abs(value).toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 });
  return `(${value < 0 ? '-' : ''}${size} '${code}')`;
}
