/** Answers against what their questions allow: lengths, ranges, formats, units, counts, references, value sets. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { matchesWhole } from '#src/validation/rules/bounded-regex.js';
import { compareMeasures } from '#src/validation/terminology/ucum.js';
import { createValidator } from '#src/validation/validator.js';

// biome-ignore lint/suspicious/noExplicitAny: questions and answers are written short
type Anything = any;

const URL = 'https://x.test/fhir/Questionnaire/q';
const CORE = 'http://hl7.org/fhir/StructureDefinition/';
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/';
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
const root = mkdtempSync(path.join(tmpdir(), 'answers-'));
t.teardown(() => rmSync(root, { recursive: true, force: true }));
let files = 0;

/** Holds answers to one question; gives what is told, without the path that all share. */
function asking(
  question: Anything,
  more: Anything = {},
): (answer: readonly Anything[], severity?: string, response?: Anything) => string[] {
  const file = path.join(root, `${files++}.json`);
  writeFileSync(
    file,
    JSON.stringify({
      resourceType: 'Questionnaire',
      url: URL,
      status: 'active',
      item: [{ linkId: 'q', ...question }],
      ...more,
    }),
  );
  const validator = createValidator({ packages: [file] });
  return (answer, severity = 'error', response = {}) =>
    validator
      .validate({
        resourceType: 'QuestionnaireResponse',
        questionnaire: URL,
        status: 'completed',
        text,
        item: [{ linkId: 'q', ...(answer.length === 0 ? {} : { answer }) }],
        ...response,
      })
      .issues.filter((issue) => issue.severity === severity)
      .map(({ rule, expression }) => `${rule} ${expression.replace('QuestionnaireResponse.item[0]', 'q')}`);
}

const ext = (url: string, value: Anything): Anything => ({ url, ...value });

t.test('texts: lengths, lines, formats', async (t) => {
  const check = asking({
    type: 'string',
    maxLength: 5,
    extension: [
      ext(`${CORE}minLength`, { valueInteger: 2 }),
      ext(`${CORE}regex`, { valueString: '[a-z]+' }),
      ext(`${CORE}entryFormat`, { valueString: 'abc' }),
    ],
  });
  const at = 'q.answer[0].value';
  t.strictSame(check([{ valueString: 'abc' }]), []);
  t.strictSame(check([{ valueString: 'a' }]), [`questionnaire-min-length ${at}`]);
  t.strictSame(check([{ valueString: 'abcdef' }]), [`questionnaire-max-length ${at}`]);
  t.strictSame(check([{ valueString: 'ab1' }]), [`questionnaire-format ${at}`], 'the whole text must match');
  const line = asking({ type: 'string' });
  t.strictSame(line([{ valueString: 'a\nb' }], 'warning'), [`questionnaire-line ${at}`]);
  t.strictSame(asking({ type: 'text' })([{ valueString: 'a\nb' }], 'warning'), []);
});

t.test('a pattern that never ends is given up', async (t) => {
  t.equal(matchesWhole('a+', 'aaa'), true);
  t.equal(matchesWhole('a+', 'aab'), false);
  t.equal(matchesWhole('(', 'a'), undefined);
  t.equal(matchesWhole('(a+)+$', `${'a'.repeat(50)}!`), undefined);
  const bomb = asking({ type: 'string', extension: [ext(`${CORE}regex`, { valueString: '(a+)+$' })] });
  const answer = [{ valueString: `${'a'.repeat(50)}!` }];
  t.strictSame(bomb(answer), []);
  t.strictSame(bomb(answer, 'information'), ['questionnaire-format q.answer[0].value']);
});

t.test('numbers and dates: least, greatest, decimals', async (t) => {
  const at = 'q.answer[0].value';
  const whole = asking({
    type: 'integer',
    extension: [ext(`${CORE}minValue`, { valueInteger: 2 }), ext(`${CORE}maxValue`, { valueInteger: 4 })],
  });
  t.strictSame(whole([{ valueInteger: 2 }]), []);
  t.strictSame(whole([{ valueInteger: 1 }]), [`questionnaire-min-value ${at}`]);
  t.strictSame(whole([{ valueInteger: 5 }]), [`questionnaire-max-value ${at}`]);
  const date = asking({ type: 'date', extension: [ext(`${CORE}maxValue`, { valueDate: '2022' })] });
  t.strictSame(date([{ valueDate: '2022-12-31' }]), []);
  t.strictSame(date([{ valueDate: '2023' }]), [`questionnaire-max-value ${at}`]);
  const moment = asking({
    type: 'dateTime',
    extension: [ext(`${CORE}minValue`, { valueDateTime: '2026-01-01T10:00:00+01:00' })],
  });
  t.strictSame(moment([{ valueDateTime: '2026-01-01T09:00:00Z' }]), []);
  t.strictSame(moment([{ valueDateTime: '2026-01-01T09:30:00+01:00' }]), [`questionnaire-min-value ${at}`]);
  const decimal = asking({
    type: 'decimal',
    extension: [ext(`${CORE}maxDecimalPlaces`, { valueInteger: 2 })],
  });
  t.strictSame(decimal([{ valueDecimal: 1.25 }]), []);
  t.strictSame(decimal([{ valueDecimal: 1.255 }]), [`questionnaire-decimals ${at}`]);
  t.strictSame(decimal([{ valueDecimal: 1e-7 }]), [`questionnaire-decimals ${at}`]);
});

t.test('quantities: converted before they are compared, and not compared without formal units', async (t) => {
  const ucum = { system: 'http://unitsofmeasure.org' };
  const at = 'q.answer[0].value';
  const check = asking({
    type: 'quantity',
    extension: [
      ext(`${SDC}sdc-questionnaire-minQuantity`, { valueQuantity: { value: 1, code: 'km', ...ucum } }),
      ext(`${SDC}sdc-questionnaire-maxQuantity`, { valueQuantity: { value: 5, code: 'km', ...ucum } }),
    ],
  });
  t.strictSame(check([{ valueQuantity: { value: 3000, code: 'm', ...ucum } }]), []);
  t.strictSame(check([{ valueQuantity: { value: 300, code: 'm', ...ucum } }]), [
    `questionnaire-min-value ${at}`,
  ]);
  t.strictSame(check([{ valueQuantity: { value: 5.1, code: 'km', ...ucum } }]), [
    `questionnaire-max-value ${at}`,
  ]);
  const both = [`questionnaire-min-value ${at}`, `questionnaire-max-value ${at}`];
  t.strictSame(check([{ valueQuantity: { value: 3, unit: 'km' } }]), both);
  t.strictSame(check([{ valueQuantity: { value: 3, code: 'kg', ...ucum } }]), both);
  t.equal(compareMeasures({ value: 1, code: 'kg' }, { value: 1000, code: 'g' }), 0);
  t.equal(compareMeasures({ value: 1, code: 'kg' }, { value: 1, code: "g' or true or '" }), undefined);
  const units = asking({
    type: 'quantity',
    extension: [ext(`${CORE}questionnaire-unitOption`, { valueCoding: { code: 'km', ...ucum } })],
  });
  t.strictSame(units([{ valueQuantity: { value: 1, code: 'km', ...ucum } }]), []);
  t.strictSame(units([{ valueQuantity: { value: 1, code: 'm', ...ucum } }]), [`questionnaire-unit ${at}`]);
});

t.test('attachments: size and type', async (t) => {
  const check = asking({
    type: 'attachment',
    extension: [
      ext(`${CORE}maxSize`, { valueDecimal: 4 }),
      ext(`${CORE}mimeType`, { valueCode: 'image/png' }),
    ],
  });
  const attached = (bytes: number, contentType = 'image/png'): Anything => [
    { valueAttachment: { contentType, data: Buffer.alloc(bytes).toString('base64') } },
  ];
  t.strictSame(check(attached(4)), []);
  t.strictSame(check(attached(5)), ['questionnaire-max-size q.answer[0].value']);
  t.strictSame(check([{ valueAttachment: { contentType: 'image/png', size: 9, url: 'https://x.test/a' } }]), [
    'questionnaire-max-size q.answer[0].value',
  ]);
  t.strictSame(check(attached(4, 'text/plain')), ['questionnaire-mime-type q.answer[0].value']);
});

t.test('how many answers, and which stand alone', async (t) => {
  const check = asking({
    type: 'string',
    extension: [
      ext(`${CORE}questionnaire-minOccurs`, { valueInteger: 2 }),
      ext(`${CORE}questionnaire-maxOccurs`, { valueInteger: 3 }),
    ],
  });
  const answers = (count: number): Anything => Array.from({ length: count }, () => ({ valueString: 'a' }));
  t.strictSame(check(answers(2)), []);
  t.strictSame(check([]), ['questionnaire-min-occurs q']);
  t.strictSame(check([], 'error', { status: 'in-progress' }), []);
  t.strictSame(check(answers(4)), ['questionnaire-max-occurs q']);
  const none = {
    valueCoding: { code: 'none' },
    extension: [ext(`${CORE}questionnaire-optionExclusive`, { valueBoolean: true })],
  };
  const pain = { valueCoding: { code: 'pain' } };
  const choice = asking({ type: 'choice', repeats: true, answerOption: [none, pain] });
  t.strictSame(choice([{ valueCoding: { code: 'none' } }]), []);
  t.strictSame(choice([pain, { valueCoding: { code: 'none' } }]), ['questionnaire-exclusive q.answer[1]']);
});

t.test('references given as answers', async (t) => {
  const check = asking({
    type: 'reference',
    extension: [ext(`${CORE}questionnaire-referenceResource`, { valueCode: 'Patient' })],
  });
  const to = (reference: string): Anything => [{ valueReference: { reference } }];
  t.strictSame(check(to('Patient/1')), []);
  t.strictSame(check(to('https://x.test/fhir/Patient/1')), []);
  t.strictSame(check(to('Organization/1')), ['questionnaire-reference-type q.answer[0].value']);
  t.strictSame(check(to('https://x.test/Chicken/1')), ['questionnaire-reference q.answer[0].value']);
  t.strictSame(check(to('ht tp://x.test/Patient/1')), ['reference-form q.answer[0].value']);
  t.strictSame(check(to('somewhere')), ['questionnaire-reference q.answer[0].value']);
});

t.test('a value set that the questionnaire carries', async (t) => {
  const contained = [
    {
      resourceType: 'ValueSet',
      id: 'v',
      status: 'active',
      compose: { include: [{ system: 'https://x.test/cs', concept: [{ code: 'a' }] }] },
    },
  ];
  const check = asking({ type: 'choice', answerValueSet: '#v' }, { contained });
  const coded = (code: string): Anything => [{ valueCoding: { system: 'https://x.test/cs', code } }];
  t.strictSame(check(coded('a')), []);
  t.strictSame(check(coded('b')), ['questionnaire-option q.answer[0].value']);
  const unknown = asking({ type: 'choice', answerValueSet: 'https://x.test/unknown' });
  t.strictSame(unknown(coded('a'), 'warning'), ['questionnaire-option q.answer[0].value']);
});

t.test('answers given out of time', async (t) => {
  const check = asking({ type: 'string' }, { effectivePeriod: { start: '2026-01-01', end: '2026-12-31' } });
  const on = (authored: string): string[] => check([{ valueString: 'a' }], 'warning', { authored });
  t.strictSame(on('2026-06-01'), []);
  t.strictSame(on('2025-06-01'), ['questionnaire-period QuestionnaireResponse.authored']);
  t.strictSame(on('2027-06-01'), ['questionnaire-period QuestionnaireResponse.authored']);
});
