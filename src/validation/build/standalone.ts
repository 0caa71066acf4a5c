/** Writes each type's schema as a standalone ajv module (libraries: https://ajv.js.org/standalone.html). */
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { addKeywords } from '../structure/keywords.js';
import type { Schema } from '../structure/schema.js';

const standaloneCode = standalone.default;

/** Ajv copies all errors so far for each part that has some: with many faults in an array that is quadratic. */
const GATHER = /vErrors = vErrors === null \? ([\w.]+)\.errors : vErrors\.concat\(\1\.errors\)/g;

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
  return standaloneCode(ajv, ajv.compile(schema)).replace(
    GATHER,
    'vErrors = this.gather(vErrors, $1.errors)',
  );
}
