/**
 * What hostile resources cost: time by size, printed. `node test/conformance/growth.mjs`
 * Time for each part of a resource should not grow with the number of parts.
 */
import { createValidator } from '../../dist/validation/validator.js';

const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
const patient = (members) => ({ resourceType: 'Patient', text, ...members });
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const bundle = (entry) => ({ resourceType: 'Bundle', type: 'collection', entry });
const base = 'http://x.test';

function nested(depth) {
  let extension = { url: `${base}/a`, valueString: 'x' };
  for (let at = 0; at < depth; at++) extension = { url: `${base}/a`, extension: [extension] };
  return patient({ extension: [extension] });
}

function answers(count) {
  const item = (index) => ({
    linkId: `l${index}`,
    type: 'string',
    ...(index === 0 ? {} : { enableWhen: [{ question: 'l0', operator: 'exists', answerBoolean: true }] }),
  });
  return {
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    questionnaire: '#q',
    text,
    contained: [{ resourceType: 'Questionnaire', id: 'q', status: 'active', item: many(count, item) }],
    item: many(count, (index) => ({ linkId: `l${index}`, answer: [{ valueString: 'x' }] })),
  };
}

const SHAPES = {
  'extensions within each other': [[40, 90, 5_000, 50_000], nested],
  'names in an array': [
    [1_000, 10_000, 100_000],
    (count) => patient({ name: many(count, (at) => ({ text: `a${at}` })) }),
  ],
  'names that are broken': [
    [100, 1_000, 10_000],
    (count) => patient({ name: many(count, () => ({ family: 1 })) }),
  ],
  'unknown properties': [
    [100, 1_000, 10_000],
    (count) => patient(Object.fromEntries(many(count, (at) => [`x${at}`, 1]))),
  ],
  'contained resources': [
    [100, 1_000, 10_000],
    (count) =>
      patient({
        generalPractitioner: many(count, (at) => ({ reference: `#p${at}` })),
        contained: many(count, (at) => ({ resourceType: 'Practitioner', id: `p${at}` })),
      }),
  ],
  'entries with references': [
    [100, 1_000, 10_000],
    (count) =>
      bundle(
        many(count, (at) => ({
          fullUrl: `${base}/Patient/${at}`,
          resource: patient({
            id: String(at),
            link: [{ type: 'seealso', other: { reference: `Patient/${(at + 1) % count}` } }],
          }),
        })),
      ),
  ],
  'versions of one resource': [
    [100, 1_000, 10_000],
    (count) =>
      bundle(
        many(count, (at) => ({
          fullUrl: `${base}/Patient/1`,
          resource: patient({
            id: '1',
            meta: { versionId: String(at) },
            link: [{ type: 'seealso', other: { reference: `Patient/1/_history/${at}` } }],
          }),
        })),
      ),
  ],
  'answers with conditions': [[100, 1_000, 10_000], answers],
  'concepts of a code system': [
    [100, 1_000, 5_000],
    (count) => ({
      resourceType: 'CodeSystem',
      url: `${base}/cs`,
      name: 'X',
      status: 'active',
      content: 'complete',
      text,
      concept: many(count, (at) => ({ code: `c${at}` })),
    }),
  ],
  'elements within each other in a narrative': [
    [100, 1_000, 10_000],
    (count) =>
      patient({
        text: {
          ...text,
          div: text.div.replace('x</', `${'<div>'.repeat(count)}x${'</div>'.repeat(count)}</`),
        },
      }),
  ],
  'characters that tempt a pattern': [
    [1_000, 100_000, 1_000_000],
    (count) =>
      patient({
        id: `${'a'.repeat(count)}!`,
        birthDate: '1'.repeat(count),
        language: 'a-'.repeat(count),
        name: [{ text: `${' '.repeat(count)}x` }],
        identifier: [{ system: `urn:oid:1${'.1'.repeat(count)}!`, value: ' '.repeat(count) }],
      }),
  ],
  'bytes in base64': [
    [1_000, 100_000, 10_000_000],
    (count) => ({
      resourceType: 'Binary',
      contentType: 'application/pdf',
      data: 'JVBERi0x'.repeat(count / 8),
    }),
  ],
};

const validator = createValidator();
for (const [sizes, make] of Object.values(SHAPES)) validator.validate(make(sizes[0]));
for (const [name, [sizes, make]] of Object.entries(SHAPES)) {
  for (const size of sizes) {
    const resource = make(size);
    const started = performance.now();
    const { valid, issues } = validator.validate(resource);
    const ms = performance.now() - started;
    console.log(
      `${name.padEnd(44)} ${String(size).padStart(9)} ${ms.toFixed(1).padStart(8)} ms ${((ms * 1000) / size).toFixed(1).padStart(8)} µs each  ` +
        `${valid ? 'valid' : 'invalid'}, ${issues.length} issues`,
    );
  }
}
