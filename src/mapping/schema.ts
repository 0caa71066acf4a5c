/**
 * Reads the JSON Schemas that `forms/elements.ts` makes: closed objects, arrays, and leaves with a title. Everything
 * that must know a form's shape (Questionnaire, QuestionnaireResponse, outline) walks it through here.
 */
import type { FormatName } from './formats.js';

/** A concept that says what a question asks: the Questionnaire's item.code. */
interface Asked {
  readonly 'x-code'?: { readonly system: string; readonly code: string; readonly display: string };
}

export interface LeafSchema extends Asked {
  readonly type: 'string' | 'boolean' | 'integer' | 'number';
  readonly title: string;
  readonly description?: string;
  readonly format?: FormatName;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly 'x-choice'?: string;
  readonly 'x-labels'?: Readonly<Record<string, string>>;
  readonly 'x-unit'?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface ObjectSchema extends Asked {
  readonly type: 'object';
  readonly title: string;
  readonly description?: string;
  readonly properties: Readonly<Record<string, FormSchema>>;
  readonly required?: readonly string[];
}

export interface ArraySchema extends Asked {
  readonly type: 'array';
  readonly title: string;
  readonly description?: string;
  readonly items: FormSchema;
  readonly maxItems?: number;
}

export type FormSchema = LeafSchema | ObjectSchema | ArraySchema;

export const isObjectSchema = (s: FormSchema): s is ObjectSchema => s.type === 'object';
export const isArraySchema = (s: FormSchema): s is ArraySchema => s.type === 'array';

/** Every leaf of a schema with its dotted path (indices left out) and whether an array stands above it. */
export function* schemaLeaves(schema: FormSchema, path = ''): Generator<[path: string, leaf: LeafSchema]> {
  if (isObjectSchema(schema)) {
    for (const [name, inner] of Object.entries(schema.properties)) {
      yield* schemaLeaves(inner, path === '' ? name : `${path}.${name}`);
    }
  } else if (isArraySchema(schema)) yield* schemaLeaves(schema.items, path);
  else yield [path, schema];
}
