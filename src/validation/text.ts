/**
 * A resource as text: JSON in which no object names a member twice. `JSON.parse` alone would let all but the last
 * vanish. https://hl7.org/fhir/R4/json.html, https://www.rfc-editor.org/rfc/rfc7493#section-2.3
 */
import type { ValidationIssue } from './outcome.js';
import { isObject } from './plan/node.js';

const SOURCE = 'https://hl7.org/fhir/R4/json.html';
const MOST = 100;

export interface ReadText {
  /** Absent where the text is no JSON. */
  readonly value?: unknown;
  readonly issues: readonly ValidationIssue[];
}

/** Takes JSON, with or without a byte order mark; gives its value and what the text itself has wrong. */
export function readText(text: string): ReadText {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch (error) {
    return { issues: [issue('fatal', '', 'json', `this is not JSON${placeIn(plain, error)}`)] };
  }
  const type = isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : '';
  const issues = repeatedNames(plain).map(({ path, name }) =>
    issue(
      'error',
      `${type}${path}`,
      'json-duplicate',
      `the property "${name.slice(0, 60)}" is given more than once`,
    ),
  );
  return { value, issues };
}

function issue(
  severity: 'fatal' | 'error',
  expression: string,
  rule: string,
  message: string,
): ValidationIssue {
  const definitionPath = expression.replace(/\[\d+\]/g, '');
  return { severity, code: 'structure', expression, definitionPath, rule, message, source: SOURCE };
}

/** Where reading stopped; the engine's own message would repeat what stands there. */
function placeIn(text: string, error: unknown): string {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return `: line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}

interface Repeated {
  /** Of the object around, as FHIRPath from the root. */
  readonly path: string;
  readonly name: string;
}

/** An object that is being read, or an array, which has no names. */
interface Open {
  readonly names: Set<string> | undefined;
  key: string | number;
}

/** Walks over JSON that is known to be well formed. */
function repeatedNames(text: string): Repeated[] {
  const found: Repeated[] = [];
  const stack: Open[] = [];
  let isName = false;
  for (let at = 0; at < text.length && found.length < MOST; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: {
        const end = endOfText(text, at + 1);
        const top = stack.at(-1);
        if (isName && top?.names !== undefined) {
          const raw = text.slice(at + 1, end);
          const name = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
          if (top.names.has(name)) found.push({ path: pathOf(stack), name });
          top.names.add(name);
          top.key = name;
          isName = false;
        }
        at = end;
        break;
      }
      case 0x7b:
        stack.push({ names: new Set(), key: '' });
        isName = true;
        break;
      case 0x5b:
        stack.push({ names: undefined, key: 0 });
        isName = false;
        break;
      case 0x7d:
      case 0x5d:
        stack.pop();
        isName = false;
        break;
      case 0x2c: {
        const top = stack.at(-1);
        isName = top?.names !== undefined;
        if (typeof top?.key === 'number') top.key++;
      }
    }
  }
  return found;
}

/** The place of the quotation mark that closes a text. */
function endOfText(text: string, from: number): number {
  for (let end = text.indexOf('"', from); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
  }
}

function pathOf(stack: readonly Open[]): string {
  return stack
    .slice(0, -1)
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('');
}
