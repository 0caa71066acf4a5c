/**
 * Limits that a question puts on the value of an answer: lengths, least and greatest, decimals, format, size.
 * https://hl7.org/fhir/R4/questionnaire-profiles.html, https://hl7.org/fhir/uv/sdc/STU3/
 */
import type { QuestionnaireItem } from 'fhir/r4';
import type { Json } from '../definitions/model.js';
import { isObject, type Node } from '../plan/node.js';
import { matchesWhole } from './bounded-regex.js';
import { compareValues } from './compare.js';
import { extensionValues, fault, type QuestionnaireRun } from './questionnaire-run.js';

/** Takes the value of an answer and its question; reports each limit that it breaks. */
export function checkLimits(value: Node, question: QuestionnaireItem, run: QuestionnaireRun): void {
  if (typeof value.value === 'string') checkText(value, value.value, question, run);
  if (question.extension !== undefined) checkRange(value, question, run);
  if (typeof value.value === 'number') checkDecimals(value, value.value, question, run);
  if (value.type === 'Attachment') checkAttachment(value, question, run);
}

function checkText(value: Node, text: string, question: QuestionnaireItem, run: QuestionnaireRun): void {
  const { maxLength, linkId, type } = question;
  if (maxLength !== undefined && text.length > maxLength && lengthOf(text) > maxLength) {
    const length = lengthOf(text);
    const message = `the answer to "${linkId}" may be ${maxLength} long at most; found ${length}`;
    fault(run, value, 'structure', 'questionnaire-max-length', message);
  }
  const [least] = extensionValues(question, 'minLength');
  if (typeof least === 'number' && lengthOf(text) < least) {
    const length = lengthOf(text);
    const message = `the answer to "${linkId}" must be ${least} long at least; found ${length}`;
    fault(run, value, 'structure', 'questionnaire-min-length', message);
  }
  if (type === 'string' && /[\r\n]/.test(text)) {
    const message = `the answer to "${linkId}" is a string: it should be one line`;
    fault(run, value, 'invalid', 'questionnaire-line', message, 'warning');
  }
  checkFormat(value, text, question, run);
}

function lengthOf(text: string): number {
  return [...text].length;
}

function checkFormat(value: Node, text: string, question: QuestionnaireItem, run: QuestionnaireRun): void {
  const [pattern] = extensionValues(question, 'regex');
  if (typeof pattern !== 'string') return;
  const matches = matchesWhole(pattern, text);
  if (matches === true) return;
  const [example] = extensionValues(question, 'entryFormat');
  if (matches === undefined) {
    const message = `the format of "${question.linkId}" is not checked: its pattern cannot be run in bounded time`;
    fault(run, value, 'not-supported', 'questionnaire-format', message, 'information');
  } else {
    const shown = typeof example === 'string' ? ` (such as ${example})` : '';
    fault(
      run,
      value,
      'invalid',
      'questionnaire-format',
      `the answer to "${question.linkId}" is not of the format asked for${shown}`,
    );
  }
}

const BOUNDS = [
  { names: ['minValue', 'sdc-questionnaire-minQuantity'], sign: 1, words: 'at least', rule: 'min-value' },
  { names: ['maxValue', 'sdc-questionnaire-maxQuantity'], sign: -1, words: 'at most', rule: 'max-value' },
] as const;

function checkRange(value: Node, question: QuestionnaireItem, run: QuestionnaireRun): void {
  for (const { names, sign, words, rule } of BOUNDS) {
    for (const bound of names.flatMap((name) => extensionValues(question, name))) {
      const difference = compareValues(value.value, bound);
      if (difference === undefined) reportUncomparable(value, bound, `questionnaire-${rule}`, run);
      else if (difference * sign < 0) {
        const message = `the answer to "${question.linkId}" must be ${words} ${say(bound)}; found ${say(value.value)}`;
        fault(run, value, 'invariant', `questionnaire-${rule}`, message);
      }
    }
  }
}

/** Quantities whose units no rule converts cannot be held to a limit, which is a fault of the answer. */
function reportUncomparable(value: Node, bound: Json, rule: string, run: QuestionnaireRun): void {
  if (!isObject(bound) || !isObject(value.value)) return;
  const message = `${say(value.value)} cannot be compared with ${say(bound)}: both need units of the same kind, with system and code`;
  fault(run, value, 'invariant', rule, message);
}

function say(value: unknown): string {
  if (!isObject(value)) return String(value);
  return [value['value'], value['unit'] ?? value['code']].filter((part) => part !== undefined).join(' ');
}

function checkDecimals(
  value: Node,
  number: number,
  question: QuestionnaireItem,
  run: QuestionnaireRun,
): void {
  const [places] = extensionValues(question, 'maxDecimalPlaces');
  if (typeof places !== 'number' || decimalsOf(number) <= places) return;
  const message = `the answer to "${question.linkId}" may have ${places} decimals at most; found ${number}`;
  fault(run, value, 'structure', 'questionnaire-decimals', message);
}

function decimalsOf(number: number): number {
  const [plain = '', exponent = '0'] = String(number).split('e');
  return Math.max(0, (plain.split('.')[1] ?? '').length - Number(exponent));
}

function checkAttachment(value: Node, question: QuestionnaireItem, run: QuestionnaireRun): void {
  if (!isObject(value.value)) return;
  const { data, size, contentType } = value.value;
  const [most] = extensionValues(question, 'maxSize');
  const bytes = typeof data === 'string' ? Buffer.byteLength(data, 'base64') : size;
  if (typeof most === 'number' && typeof bytes === 'number' && bytes > most) {
    const message = `the attachment of "${question.linkId}" may be ${most} bytes at most; found ${bytes}`;
    fault(run, value, 'structure', 'questionnaire-max-size', message);
  }
  const types = extensionValues(question, 'mimeType');
  if (types.length > 0 && typeof contentType === 'string' && !types.includes(contentType)) {
    const message = `the attachment of "${question.linkId}" must be ${types.join(' or ')}; found ${contentType}`;
    fault(run, value, 'structure', 'questionnaire-mime-type', message);
  }
}
