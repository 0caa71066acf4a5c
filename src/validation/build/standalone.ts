/** Writes each type's schema as a standalone ajv module (libraries: https://ajv.js.org/standalone.html). */
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { addKeywords } from '../structure/keywords.js';
import type { Schema } from '../structure/schema.js';

const standaloneCode = standalone.default;

/** Takes a schema made by `schemaOf`, gives the text of a CommonJS module that exports its check. */
export function moduleOf(schema: Schema): string {
  const ajv = new Ajv({
    allErrors: true,
    passContext: true,
    strict: false,
    validateSchema: false,
    messages: false,
    code: { source: true, optimize: 1 },
  });
  addKeywords(ajv);
  return standaloneCode(ajv, ajv.compile(schema));
}
