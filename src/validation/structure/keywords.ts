/**
 * The ajv keywords that FHIR's JSON needs beyond JSON Schema. The code they generate calls functions of `this`,
 * the runtime of run.ts, so that standalone modules import nothing and load each other only when first used.
 */
import type { Ajv, KeywordCxt } from 'ajv';
import { _, type Code, getProperty, stringify } from 'ajv/dist/compile/codegen/index.js';
import { callRef } from 'ajv/dist/vocabularies/core/ref.js';

/** Adds our keywords to an ajv instance made with `passContext: true`. */
export function addKeywords(ajv: Ajv): void {
  ajv.addKeyword({
    keyword: 'fhirType',
    schemaType: 'string',
    code: (cxt) => callRef(cxt, _`this.types${getProperty(cxt.schema as string)}`),
  });
  ajv.addKeyword({ keyword: 'anyElement', schemaType: 'boolean', code: nullOrElement });
  test(
    ajv,
    'primitive',
    'string',
    (cxt) => _`this.primitives${getProperty(cxt.schema as string)}(${cxt.data})`,
  );
  test(
    ajv,
    'padded',
    'string',
    (cxt) => _`(${cxt.data} === null || this.primitives${getProperty(cxt.schema as string)}(${cxt.data}))`,
  );
  test(ajv, 'notEmpty', 'boolean', (cxt) => _`this.notEmpty(${cxt.data})`);
  findings(ajv, 'need', (cxt) => _`this.need(${cxt.data}, ${constant(cxt)})`);
  findings(ajv, 'choice', (cxt) => _`this.choice(${cxt.data}, ${constant(cxt)})`);
  findings(ajv, 'pad', (cxt) => _`this.pad(${cxt.data}, ${constant(cxt)})`);
}

function nullOrElement(cxt: KeywordCxt): void {
  const element = _`this.types.Sibling`;
  cxt.gen.if(_`${cxt.data} !== null`, () => callRef(cxt, element));
}

/** The keyword's value as a constant of the generated module. */
function constant(cxt: KeywordCxt): Code {
  return cxt.gen.scopeValue('schema', { ref: cxt.schema, code: stringify(cxt.schema) });
}

/** A keyword whose call tells good or bad. */
function test(
  ajv: Ajv,
  keyword: string,
  schemaType: 'string' | 'boolean',
  call: (cxt: KeywordCxt) => Code,
): void {
  ajv.addKeyword({
    keyword,
    schemaType,
    ...(keyword === 'notEmpty' ? { type: 'object' } : {}),
    error: { message: keyword, params: (cxt) => _`{type: ${cxt.schema as string | boolean}}` },
    code: (cxt) => cxt.fail(_`!${call(cxt as KeywordCxt)}`),
  });
}

/** A keyword whose call gives null or what was found. */
function findings(ajv: Ajv, keyword: string, call: (cxt: KeywordCxt) => Code): void {
  ajv.addKeyword({
    keyword,
    schemaType: 'array',
    type: 'object',
    error: { message: keyword, params: ({ params }) => _`{found: ${params['found'] as Code}}` },
    code(cxt) {
      const found = cxt.gen.const('found', call(cxt as KeywordCxt));
      cxt.setParams({ found });
      cxt.fail(_`${found} !== null`);
    },
  });
}
