/**
 * The elements that forms are made of. A form is one closed object schema: TypeScript type, ajv check, OpenAPI text,
 * Questionnaire and printed labels all come from it. Each leaf has a `title`, which is what people read.
 *
 * Objects are closed, arrays are never empty (absent is not "none"), and there are no unions: a choice that decides
 * what else is wanted is a leaf, and what it wants is a rule with a sentence of its own.
 */
import Type, { type Static, type TObject, type TProperties, type TSchema, type TUnsafe } from 'typebox';
import type { FormatName } from '../mapping/formats.js';

export type { Static };
export { Type };

const string = (format: FormatName, title: string, maxLength: number, description?: string) =>
  Type.String({ title, format, maxLength, ...(description === undefined ? {} : { description }) });

/** Free text, line breaks kept; 20,000 characters at most. */
export const text = (title: string, description?: string) => string('text', title, 20_000, description);
/** One line: names, labels; 500 characters at most. */
export const line = (title: string, description?: string) => string('line', title, 500, description);
/** Any other leaf with a format of `mapping/formats.ts`. */
export const formatted = (format: FormatName, title: string, description?: string) =>
  string(format, title, format === 'base64' ? 40_000_000 : 1_000, description);
export const day = (title: string, description?: string) => formatted('date', title, description);
export const partialDate = (title: string, description?: string) =>
  formatted('partial-date', title, description);
export const moment = (title: string, description?: string) => formatted('date-time', title, description);
export const clock = (title: string, description?: string) => formatted('clock', title, description);
export const yesNo = (title: string, description?: string) =>
  Type.Boolean({ title, ...(description === undefined ? {} : { description }) });
export const whole = (title: string, minimum: number, maximum: number, unit?: string) =>
  Type.Integer({ title, minimum, maximum, ...(unit === undefined ? {} : { 'x-unit': unit }) });
export const amount = (title: string, minimum: number, maximum: number, unit?: string) =>
  Type.Number({ title, minimum, maximum, ...(unit === undefined ? {} : { 'x-unit': unit }) });

/**
 * One of a named list: becomes the CodeSystem and ValueSet `system` (kebab-case) in `profiles/`, so the same `system`
 * always has the same labels.
 */
export function choice<const L extends Record<string, string>>(
  system: string,
  title: string,
  labels: L,
  description?: string,
): TUnsafe<keyof L & string> {
  return Type.Unsafe<keyof L & string>({
    type: 'string',
    title,
    enum: Object.keys(labels),
    'x-choice': system,
    'x-labels': labels,
    ...(description === undefined ? {} : { description }),
  });
}

export const optional = Type.Optional;

/** A closed object. One without a mandatory member must have at least one member, unless `mayBeEmpty`. */
export function group<P extends TProperties>(
  title: string,
  properties: P,
  options: { description?: string; mayBeEmpty?: boolean } = {},
): TObject<P> {
  const required = Object.values(properties).some((p) => !Type.IsOptional(p));
  return Type.Object(properties, {
    title,
    additionalProperties: false,
    ...(required || options.mayBeEmpty ? {} : { minProperties: 1 }),
    ...(options.description === undefined ? {} : { description: options.description }),
  });
}

/** One or more; leave the member out when there are none to tell of. */
export const many = <S extends TSchema>(title: string, items: S, maxItems = 200) =>
  Type.Array(items, { title, minItems: 1, maxItems });

const YES_NO_UNKNOWN = { yes: 'Yes', no: 'No', 'not-known': 'Not known' } as const;
/** Yes, no or not known: each said, none inferred. */
export const yesNoUnknown = (title: string, description?: string) =>
  choice('yes-no-not-known', title, YES_NO_UNKNOWN, description);
