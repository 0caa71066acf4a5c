/**
 * What no field may hold, whatever its schema: null, empty text, control characters, halves of characters. Said
 * before the schema speaks, because "must be string" is no help to someone who sent null.
 */
import type { Finding } from '../forms/finding.js';
import { step } from '../mapping/json.js';

// C0 but tab, line feed and carriage return; DEL; C1 (mostly Windows-1252 read as Latin-1); non-characters.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
const HALF = /\p{Surrogate}/u;
/** White space and what shows as nothing: zero width space, joiners, byte order mark. */
const BLANK = /^[\s\u200b-\u200d\u2060\ufeff]*$/;

/** Whatever one of the three finds, and the halves of whole characters too. */
const SUSPICIOUS =
  /^[\s\u200b-\u200d\u2060\ufeff]*$|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;

/** Every value that no field may hold, in document order. Takes JSON of bounded depth. */
export function plainValueFaults(root: unknown): Finding[] {
  const findings: Finding[] = [];
  // Places are named only where there is something to say.
  const steps: (string | number)[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string' ? SUSPICIOUS.test(value) : value === null) {
      const finding = faultOf(value, steps.map(step).join(''));
      if (finding !== undefined) findings.push(finding);
    } else if (typeof value === 'object' && value !== null) {
      const depth = steps.length;
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) {
          steps[depth] = i;
          visit(value[i]);
        }
      } else {
        for (const name of Object.keys(value)) {
          steps[depth] = name;
          visit((value as Record<string, unknown>)[name]);
        }
      }
      steps.length = depth;
    }
  };
  visit(root);
  return findings;
}

function faultOf(value: unknown, pointer: string): Finding | undefined {
  if (value === null) return { code: 'null-value', pointer };
  if (typeof value !== 'string') return undefined;
  if (BLANK.test(value)) return { code: 'empty-string', pointer };
  const control = CONTROL.exec(value) ?? undefined;
  if (control !== undefined) {
    return { code: 'control-character', pointer, values: { character: codePoint(control[0]) } };
  }
  const half = HALF.exec(value) ?? undefined;
  if (half !== undefined) {
    return { code: 'broken-character', pointer, values: { character: codePoint(half[0]) } };
  }
  return undefined;
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
