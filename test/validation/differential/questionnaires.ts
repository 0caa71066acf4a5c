/** Questionnaires, and responses held against them. https://hl7.org/fhir/R4/questionnaireresponse.html */
import { type Anything, bad, good, type Row, text } from './table.js';

const BASE = 'http://example.com/Questionnaire';
const CORE = 'http://hl7.org/fhir/StructureDefinition';
const COLOURS = 'http://example.com/CodeSystem/colours';

const valueSet = {
  resourceType: 'ValueSet',
  url: 'http://example.com/ValueSet/colours',
  status: 'active',
  compose: { include: [{ system: COLOURS, concept: [{ code: 'red' }, { code: 'blue' }] }] },
};
const codeSystem = {
  resourceType: 'CodeSystem',
  url: COLOURS,
  status: 'active',
  content: 'complete',
  caseSensitive: true,
  concept: [
    { code: 'red', display: 'Red' },
    { code: 'blue', display: 'Blue' },
    { code: 'green', display: 'Green' },
  ],
};

export const definitions: Anything[] = [valueSet, codeSystem];
let made = 0;

const questionnaire = (item: Anything[], members: Anything = {}): Anything => ({
  resourceType: 'Questionnaire',
  status: 'active',
  ...members,
  item,
});
const response = (asked: string, item: Anything[], members: Anything = {}): Anything => ({
  resourceType: 'QuestionnaireResponse',
  text,
  questionnaire: asked,
  status: 'completed',
  ...members,
  ...(item.length === 0 ? {} : { item }),
});
/** A response to a questionnaire of its own. */
const answered = (questions: Anything[], item: Anything[], members: Anything = {}): Anything => {
  made += 1;
  const url = `${BASE}/q${made}`;
  definitions.push(questionnaire(questions, { url }));
  return response(url, item, members);
};

const ask = (linkId: string, type: string, members: Anything = {}): Anything => ({
  linkId,
  type,
  ...members,
});
const say = (linkId: string, ...values: Anything[]): Anything => ({ linkId, answer: values });
const ext = (name: string, value: Anything): Anything => ({ url: `${CORE}/${name}`, ...value });
const coding = (code: string, system = COLOURS): Anything => ({ valueCoding: { system, code } });
const one = (type: string, value: Anything, members: Anything = {}): Anything =>
  answered([ask('a', type, members)], [say('a', value)]);
const when = (question: string, operator: string, value: Anything): Anything => ({
  question,
  operator,
  ...value,
});
/** Question b depends on a. */
const depends = (type: string, conditions: Anything[], given: Anything[], members: Anything = {}): Anything =>
  answered(
    [
      ask('a', type, {
        ...(type === 'choice' ? { answerOption: [coding('red'), coding('blue')] } : {}),
        repeats: true,
      }),
      ask('b', 'string', { enableWhen: conditions, ...members }),
    ],
    given,
  );
const b = say('b', { valueString: 'x' });
const q = (item: Anything[], members: Anything = {}): Anything => ({ ...questionnaire(item, members), text });
const options = { answerOption: [coding('red'), coding('blue')] };

export const rows: readonly Row[] = [
  // what kinds of answers
  good('answer: boolean', one('boolean', { valueBoolean: true })),
  bad('answer: text for boolean', one('boolean', { valueString: 'true' })),
  good('answer: decimal', one('decimal', { valueDecimal: 1.5 })),
  bad('answer: integer for decimal', one('decimal', { valueInteger: 1 })),
  good('answer: integer', one('integer', { valueInteger: 1 })),
  bad('answer: decimal for integer', one('integer', { valueDecimal: 1 })),
  good('answer: date', one('date', { valueDate: '2026-01-31' })),
  bad('answer: dateTime for date', one('date', { valueDateTime: '2026-01-31' })),
  good('answer: dateTime', one('dateTime', { valueDateTime: '2026-01-31T09:30:00Z' })),
  bad('answer: date for dateTime', one('dateTime', { valueDate: '2026-01-31' })),
  good('answer: time', one('time', { valueTime: '09:30:00' })),
  bad('answer: text for time', one('time', { valueString: '09:30' })),
  good('answer: string', one('string', { valueString: 'x' })),
  bad('answer: Coding for string', one('string', coding('red'))),
  good('answer: text', one('text', { valueString: 'a\nb' })),
  bad('answer: integer for text', one('text', { valueInteger: 1 })),
  good('answer: url', one('url', { valueUri: 'http://example.com' })),
  bad('answer: text for url', one('url', { valueString: 'http://example.com' })),
  good('answer: choice', one('choice', coding('red'), options)),
  bad('answer: text for choice', one('choice', { valueString: 'red' }, options)),
  bad('answer: boolean for choice', one('choice', { valueBoolean: true }, options)),
  good(
    'answer: attachment',
    one('attachment', { valueAttachment: { contentType: 'text/plain', url: 'http://example.com/a' } }),
  ),
  bad('answer: uri for attachment', one('attachment', { valueUri: 'http://example.com/a' })),
  good('answer: reference', one('reference', { valueReference: { reference: 'Patient/1' } })),
  bad('answer: text for reference', one('reference', { valueString: 'Patient/1' })),
  good('answer: quantity', one('quantity', { valueQuantity: { value: 1, unit: 'kg' } })),
  bad('answer: decimal for quantity', one('quantity', { valueDecimal: 1 })),
  bad(
    'answer: to a group',
    answered(
      [ask('a', 'group', { item: [ask('b', 'string')] })],
      [{ linkId: 'a', answer: [{ valueString: 'x' }] }],
    ),
  ),
  bad(
    'answer: to a display',
    answered([ask('a', 'display', { text: 'x' })], [say('a', { valueString: 'x' })]),
  ),
  good(
    'answer: display repeated without answer',
    answered([ask('a', 'display', { text: 'x' })], [{ linkId: 'a', text: 'x' }]),
  ),
  bad('answer: none in the array', answered([ask('a', 'string')], [{ linkId: 'a', answer: [] }])),
  good('answer: item without any', answered([ask('a', 'string')], [{ linkId: 'a' }])),
  bad('answer: empty', answered([ask('a', 'string')], [{ linkId: 'a', answer: [{}] }])),
  // linkIds, order, nesting
  bad('item: unknown linkId', answered([ask('a', 'string')], [say('z', { valueString: 'x' })])),
  bad('item: no linkId', answered([ask('a', 'string')], [{ answer: [{ valueString: 'x' }] }])),
  bad('item: linkId in another case', answered([ask('a', 'string')], [say('A', { valueString: 'x' })])),
  good(
    'item: in order',
    answered([ask('a', 'string'), ask('b', 'string')], [say('a', { valueString: 'x' }), b]),
  ),
  bad(
    'item: out of order',
    answered([ask('a', 'string'), ask('b', 'string')], [b, say('a', { valueString: 'x' })]),
  ),
  bad(
    'item: given twice',
    answered([ask('a', 'string')], [say('a', { valueString: 'x' }), say('a', { valueString: 'y' })]),
  ),
  good(
    'item: given twice, repeats',
    answered(
      [ask('a', 'string', { repeats: true })],
      [say('a', { valueString: 'x' }), say('a', { valueString: 'y' })],
    ),
  ),
  good(
    'item: two answers, repeats',
    answered([ask('a', 'string', { repeats: true })], [say('a', { valueString: 'x' }, { valueString: 'y' })]),
  ),
  bad(
    'item: two answers',
    answered([ask('a', 'string')], [say('a', { valueString: 'x' }, { valueString: 'y' })]),
  ),
  good(
    'item: group',
    answered(
      [ask('g', 'group', { item: [ask('a', 'string')] })],
      [{ linkId: 'g', item: [say('a', { valueString: 'x' })] }],
    ),
  ),
  good(
    'item: group twice, repeats',
    answered(
      [ask('g', 'group', { repeats: true, item: [ask('a', 'string')] })],
      [
        { linkId: 'g', item: [say('a', { valueString: 'x' })] },
        { linkId: 'g', item: [say('a', { valueString: 'y' })] },
      ],
    ),
  ),
  bad(
    'item: group twice',
    answered(
      [ask('g', 'group', { item: [ask('a', 'string')] })],
      [
        { linkId: 'g', item: [say('a', { valueString: 'x' })] },
        { linkId: 'g', item: [say('a', { valueString: 'y' })] },
      ],
    ),
  ),
  bad(
    'item: taken out of its group',
    answered([ask('g', 'group', { item: [ask('a', 'string')] })], [say('a', { valueString: 'x' })]),
  ),
  bad(
    'item: put into a group',
    answered(
      [ask('g', 'group', { item: [ask('a', 'string')] }), ask('b', 'string')],
      [{ linkId: 'g', item: [b] }],
    ),
  ),
  bad(
    'item: of a group put beside',
    answered([ask('g', 'group', { item: [ask('a', 'string')] })], [{ linkId: 'g', item: [] }]),
  ),
  good(
    'item: below an answer',
    answered(
      [ask('a', 'string', { item: [ask('b', 'string')] })],
      [{ linkId: 'a', answer: [{ valueString: 'x', item: [b] }] }],
    ),
  ),
  bad(
    'item: below a question, beside its answer',
    answered(
      [ask('a', 'string', { item: [ask('b', 'string')] })],
      [{ linkId: 'a', answer: [{ valueString: 'x' }], item: [b] }],
    ),
  ),
  bad(
    'item: below a display',
    answered([ask('a', 'display', { text: 'x' }), ask('b', 'string')], [{ linkId: 'a', item: [b] }]),
  ),
  bad(
    'item: another text',
    answered(
      [ask('a', 'string', { text: 'Name' })],
      [{ linkId: 'a', text: 'Other', answer: [{ valueString: 'x' }] }],
    ),
  ),
  good(
    'item: same text',
    answered(
      [ask('a', 'string', { text: 'Name' })],
      [{ linkId: 'a', text: 'Name', answer: [{ valueString: 'x' }] }],
    ),
  ),
  bad(
    'item: text where the question has none',
    answered([ask('a', 'string')], [{ linkId: 'a', text: 'Name', answer: [{ valueString: 'x' }] }]),
  ),
  // required
  bad('required: no item', answered([ask('a', 'string', { required: true }), ask('b', 'string')], [b])),
  bad('required: no item at all', answered([ask('a', 'string', { required: true })], [])),
  bad('required: item without answer', answered([ask('a', 'string', { required: true })], [{ linkId: 'a' }])),
  good(
    'required: in progress',
    answered([ask('a', 'string', { required: true })], [], { status: 'in-progress' }),
  ),
  good('required: stopped', answered([ask('a', 'string', { required: true })], [], { status: 'stopped' })),
  bad('required: amended', answered([ask('a', 'string', { required: true })], [], { status: 'amended' })),
  good(
    'required: entered in error',
    answered([ask('a', 'string', { required: true })], [], { status: 'entered-in-error' }),
  ),
  bad('required: group', answered([ask('g', 'group', { required: true, item: [ask('a', 'string')] })], [])),
  bad(
    'required: within an answered group',
    answered(
      [ask('g', 'group', { item: [ask('a', 'string', { required: true }), ask('b', 'string')] })],
      [{ linkId: 'g', item: [b] }],
    ),
  ),
  good(
    'required: within a group that is not there',
    answered(
      [ask('g', 'group', { item: [ask('a', 'string', { required: true })] }), ask('b', 'string')],
      [b],
    ),
  ),
  bad(
    'required: below an answer',
    answered(
      [ask('a', 'string', { item: [ask('b', 'string', { required: true })] })],
      [say('a', { valueString: 'x' })],
    ),
  ),
  good(
    'required: answered',
    answered([ask('a', 'string', { required: true })], [say('a', { valueString: 'x' })]),
  ),
  good(
    'required: not enabled',
    answered(
      [
        ask('a', 'boolean'),
        ask('b', 'string', { required: true, enableWhen: [when('a', '=', { answerBoolean: true })] }),
      ],
      [say('a', { valueBoolean: false })],
    ),
  ),
  bad(
    'required: enabled',
    answered(
      [
        ask('a', 'boolean'),
        ask('b', 'string', { required: true, enableWhen: [when('a', '=', { answerBoolean: true })] }),
      ],
      [say('a', { valueBoolean: true })],
    ),
  ),
  // enableWhen
  good(
    'enabled: = boolean',
    depends('boolean', [when('a', '=', { answerBoolean: true })], [say('a', { valueBoolean: true }), b]),
  ),
  bad(
    'not enabled: = boolean',
    depends('boolean', [when('a', '=', { answerBoolean: true })], [say('a', { valueBoolean: false }), b]),
  ),
  bad('not enabled: no answer', depends('boolean', [when('a', '=', { answerBoolean: true })], [b])),
  good(
    'enabled: exists',
    depends('string', [when('a', 'exists', { answerBoolean: true })], [say('a', { valueString: 'y' }), b]),
  ),
  bad('not enabled: exists', depends('string', [when('a', 'exists', { answerBoolean: true })], [b])),
  good('enabled: does not exist', depends('string', [when('a', 'exists', { answerBoolean: false })], [b])),
  bad(
    'not enabled: does not exist',
    depends('string', [when('a', 'exists', { answerBoolean: false })], [say('a', { valueString: 'y' }), b]),
  ),
  good(
    'enabled: = string',
    depends('string', [when('a', '=', { answerString: 'y' })], [say('a', { valueString: 'y' }), b]),
  ),
  bad(
    'not enabled: = string',
    depends('string', [when('a', '=', { answerString: 'y' })], [say('a', { valueString: 'z' }), b]),
  ),
  good(
    'enabled: != string',
    depends('string', [when('a', '!=', { answerString: 'y' })], [say('a', { valueString: 'z' }), b]),
  ),
  bad(
    'not enabled: != string',
    depends('string', [when('a', '!=', { answerString: 'y' })], [say('a', { valueString: 'y' }), b]),
  ),
  good(
    'enabled: > integer',
    depends('integer', [when('a', '>', { answerInteger: 5 })], [say('a', { valueInteger: 6 }), b]),
  ),
  bad(
    'not enabled: > integer',
    depends('integer', [when('a', '>', { answerInteger: 5 })], [say('a', { valueInteger: 5 }), b]),
  ),
  good(
    'enabled: >= integer',
    depends('integer', [when('a', '>=', { answerInteger: 5 })], [say('a', { valueInteger: 5 }), b]),
  ),
  bad(
    'not enabled: >= integer',
    depends('integer', [when('a', '>=', { answerInteger: 5 })], [say('a', { valueInteger: 4 }), b]),
  ),
  good(
    'enabled: < decimal',
    depends('decimal', [when('a', '<', { answerDecimal: 5.5 })], [say('a', { valueDecimal: 5.4 }), b]),
  ),
  bad(
    'not enabled: < decimal',
    depends('decimal', [when('a', '<', { answerDecimal: 5.5 })], [say('a', { valueDecimal: 5.5 }), b]),
  ),
  good(
    'enabled: <= decimal',
    depends('decimal', [when('a', '<=', { answerDecimal: 5.5 })], [say('a', { valueDecimal: 5.5 }), b]),
  ),
  good(
    'enabled: = decimal with more zeros',
    `{"resourceType":"QuestionnaireResponse","questionnaire":"#q","status":"completed","contained":[{"resourceType":"Questionnaire","id":"q","status":"active","item":[{"linkId":"a","type":"decimal"},{"linkId":"b","type":"string","enableWhen":[{"question":"a","operator":"=","answerDecimal":1.5}]}]}],"item":[{"linkId":"a","answer":[{"valueDecimal":1.50}]},{"linkId":"b","answer":[{"valueString":"x"}]}]}`,
  ),
  good(
    'enabled: > date',
    depends(
      'date',
      [when('a', '>', { answerDate: '2026-01-31' })],
      [say('a', { valueDate: '2026-02-01' }), b],
    ),
  ),
  bad(
    'not enabled: > date',
    depends(
      'date',
      [when('a', '>', { answerDate: '2026-01-31' })],
      [say('a', { valueDate: '2026-01-30' }), b],
    ),
  ),
  good(
    'enabled: < dateTime',
    depends(
      'dateTime',
      [when('a', '<', { answerDateTime: '2026-01-31T09:30:00Z' })],
      [say('a', { valueDateTime: '2026-01-31T09:29:00Z' }), b],
    ),
  ),
  bad(
    'not enabled: < dateTime in another zone',
    depends(
      'dateTime',
      [when('a', '<', { answerDateTime: '2026-01-31T09:30:00Z' })],
      [say('a', { valueDateTime: '2026-01-31T09:29:00-01:00' }), b],
    ),
  ),
  good(
    'enabled: > time',
    depends('time', [when('a', '>', { answerTime: '09:30:00' })], [say('a', { valueTime: '10:00:00' }), b]),
  ),
  bad(
    'not enabled: > time',
    depends('time', [when('a', '>', { answerTime: '09:30:00' })], [say('a', { valueTime: '09:00:00' }), b]),
  ),
  good(
    'enabled: = Coding',
    depends(
      'choice',
      [when('a', '=', { answerCoding: { system: COLOURS, code: 'red' } })],
      [say('a', coding('red')), b],
    ),
  ),
  bad(
    'not enabled: = Coding',
    depends(
      'choice',
      [when('a', '=', { answerCoding: { system: COLOURS, code: 'red' } })],
      [say('a', coding('blue')), b],
    ),
  ),
  good(
    'enabled: = Coding, display left out',
    depends(
      'choice',
      [when('a', '=', { answerCoding: { system: COLOURS, code: 'red', display: 'Red' } })],
      [say('a', coding('red')), b],
    ),
  ),
  good(
    'enabled: != Coding',
    depends(
      'choice',
      [when('a', '!=', { answerCoding: { system: COLOURS, code: 'red' } })],
      [say('a', coding('blue')), b],
    ),
  ),
  good(
    'enabled: > quantity',
    depends(
      'quantity',
      [when('a', '>', { answerQuantity: { value: 5, system: 'http://unitsofmeasure.org', code: 'kg' } })],
      [say('a', { valueQuantity: { value: 6, system: 'http://unitsofmeasure.org', code: 'kg' } }), b],
    ),
  ),
  bad(
    'not enabled: > quantity',
    depends(
      'quantity',
      [when('a', '>', { answerQuantity: { value: 5, system: 'http://unitsofmeasure.org', code: 'kg' } })],
      [say('a', { valueQuantity: { value: 4, system: 'http://unitsofmeasure.org', code: 'kg' } }), b],
    ),
  ),
  good(
    'enabled: any of two',
    depends(
      'integer',
      [when('a', '=', { answerInteger: 1 }), when('a', '=', { answerInteger: 2 })],
      [say('a', { valueInteger: 2 }), b],
      { enableBehavior: 'any' },
    ),
  ),
  bad(
    'not enabled: all of two',
    depends(
      'integer',
      [when('a', '=', { answerInteger: 1 }), when('a', '=', { answerInteger: 2 })],
      [say('a', { valueInteger: 2 }), b],
      { enableBehavior: 'all' },
    ),
  ),
  good(
    'enabled: all of two',
    depends(
      'integer',
      [when('a', '>', { answerInteger: 1 }), when('a', '<', { answerInteger: 3 })],
      [say('a', { valueInteger: 2 }), b],
      { enableBehavior: 'all' },
    ),
  ),
  good(
    'enabled: one of several answers',
    depends(
      'integer',
      [when('a', '=', { answerInteger: 2 })],
      [say('a', { valueInteger: 1 }, { valueInteger: 2 }), b],
    ),
  ),
  bad(
    'not enabled: group',
    answered(
      [
        ask('a', 'boolean'),
        ask('g', 'group', {
          enableWhen: [when('a', '=', { answerBoolean: true })],
          item: [ask('b', 'string')],
        }),
      ],
      [say('a', { valueBoolean: false }), { linkId: 'g', item: [b] }],
    ),
  ),
  good(
    'not enabled: item without answer',
    depends(
      'boolean',
      [when('a', '=', { answerBoolean: true })],
      [say('a', { valueBoolean: false }), { linkId: 'b' }],
    ),
  ),
  good(
    'enabled: question above',
    answered(
      [
        ask('a', 'boolean', {
          item: [ask('b', 'string', { enableWhen: [when('a', '=', { answerBoolean: true })] })],
        }),
      ],
      [{ linkId: 'a', answer: [{ valueBoolean: true, item: [b] }] }],
    ),
  ),
  good(
    'enabled: question in another group',
    answered(
      [
        ask('g', 'group', { item: [ask('a', 'boolean')] }),
        ask('h', 'group', {
          item: [ask('b', 'string', { enableWhen: [when('a', '=', { answerBoolean: true })] })],
        }),
      ],
      [
        { linkId: 'g', item: [say('a', { valueBoolean: true })] },
        { linkId: 'h', item: [b] },
      ],
    ),
  ),
  good(
    'enabled: in the same repeat of a group',
    answered(
      [
        ask('g', 'group', {
          repeats: true,
          item: [
            ask('a', 'boolean'),
            ask('b', 'string', { enableWhen: [when('a', '=', { answerBoolean: true })] }),
          ],
        }),
      ],
      [
        { linkId: 'g', item: [say('a', { valueBoolean: false })] },
        { linkId: 'g', item: [say('a', { valueBoolean: true }), b] },
      ],
    ),
  ),
  bad(
    'not enabled: in another repeat of a group',
    answered(
      [
        ask('g', 'group', {
          repeats: true,
          item: [
            ask('a', 'boolean'),
            ask('b', 'string', { enableWhen: [when('a', '=', { answerBoolean: true })] }),
          ],
        }),
      ],
      [
        { linkId: 'g', item: [say('a', { valueBoolean: true })] },
        { linkId: 'g', item: [say('a', { valueBoolean: false }), b] },
      ],
    ),
  ),
  // options
  bad('option: not offered', one('choice', coding('green'), options)),
  bad('option: another system', one('choice', coding('red', 'http://example.com/CodeSystem/other'), options)),
  bad('option: no system', one('choice', { valueCoding: { code: 'red' } }, options)),
  good(
    'option: with display',
    one('choice', { valueCoding: { system: COLOURS, code: 'red', display: 'Red' } }, options),
  ),
  bad(
    'option: with a wrong display',
    one('choice', { valueCoding: { system: COLOURS, code: 'red', display: 'Rose' } }, options),
    { reference: 'nothing there; an error in the stored outcomes of the HL7 validator' },
  ),
  good(
    'option: integer',
    one('choice', { valueInteger: 2 }, { answerOption: [{ valueInteger: 1 }, { valueInteger: 2 }] }),
  ),
  bad(
    'option: integer not offered',
    one('choice', { valueInteger: 3 }, { answerOption: [{ valueInteger: 1 }, { valueInteger: 2 }] }),
  ),
  good(
    'option: date',
    one('choice', { valueDate: '2026-01-31' }, { answerOption: [{ valueDate: '2026-01-31' }] }),
    { reference: 'compares a date with its own text as unlike' },
  ),
  bad(
    'option: date not offered',
    one('choice', { valueDate: '2026-02-01' }, { answerOption: [{ valueDate: '2026-01-31' }] }),
  ),
  good(
    'option: time',
    one('choice', { valueTime: '09:30:00' }, { answerOption: [{ valueTime: '09:30:00' }] }),
  ),
  bad(
    'option: time not offered',
    one('choice', { valueTime: '09:31:00' }, { answerOption: [{ valueTime: '09:30:00' }] }),
  ),
  good('option: text', one('choice', { valueString: 'x' }, { answerOption: [{ valueString: 'x' }] })),
  bad(
    'option: text not offered',
    one('choice', { valueString: 'y' }, { answerOption: [{ valueString: 'x' }] }),
  ),
  bad('option: text where only codings are offered', one('choice', { valueString: 'red' }, options)),
  bad(
    'option: reference',
    one(
      'choice',
      { valueReference: { reference: 'Patient/1' } },
      { answerOption: [{ valueReference: { reference: 'Patient/1' } }] },
    ),
  ),
  bad(
    'option: reference not offered',
    one(
      'choice',
      { valueReference: { reference: 'Patient/2' } },
      { answerOption: [{ valueReference: { reference: 'Patient/1' } }] },
    ),
  ),
  good('open choice: offered', one('open-choice', coding('red'), options)),
  good('open choice: own text', one('open-choice', { valueString: 'pink' }, options)),
  bad('open choice: own coding', one('open-choice', coding('green'), options)),
  bad('open choice: boolean', one('open-choice', { valueBoolean: true }, options)),
  good('value set: in it', one('choice', coding('red'), { answerValueSet: valueSet.url })),
  bad('value set: not in it', one('choice', coding('green'), { answerValueSet: valueSet.url })),
  good(
    'value set: unknown',
    one('choice', coding('red'), { answerValueSet: 'http://example.com/ValueSet/unknown' }),
  ),
  good('value set: text', one('choice', { valueString: 'red' }, { answerValueSet: valueSet.url })),
  good(
    'value set: open, own text',
    one('open-choice', { valueString: 'pink' }, { answerValueSet: valueSet.url }),
  ),
  good('choice without options', one('choice', coding('red'))),
  good(
    'value set: of R4',
    one(
      'choice',
      { valueCoding: { system: 'http://hl7.org/fhir/administrative-gender', code: 'female' } },
      { answerValueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender' },
    ),
  ),
  bad(
    'value set: of R4, not in it',
    one(
      'choice',
      { valueCoding: { system: 'http://hl7.org/fhir/administrative-gender', code: 'girl' } },
      { answerValueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender' },
    ),
  ),
  good(
    'exclusive option alone',
    one('choice', coding('red'), {
      repeats: true,
      answerOption: [
        { extension: [ext('questionnaire-optionExclusive', { valueBoolean: true })], ...coding('red') },
        coding('blue'),
      ],
    }),
  ),
  bad(
    'exclusive option with another',
    answered(
      [
        ask('a', 'choice', {
          repeats: true,
          answerOption: [
            { extension: [ext('questionnaire-optionExclusive', { valueBoolean: true })], ...coding('red') },
            coding('blue'),
          ],
        }),
      ],
      [say('a', coding('red'), coding('blue'))],
    ),
  ),
  // limits
  good('limit: maxLength', one('string', { valueString: 'abc' }, { maxLength: 3 })),
  bad('limit: above maxLength', one('string', { valueString: 'abcd' }, { maxLength: 3 })),
  bad(
    'limit: below minLength',
    one('string', { valueString: 'ab' }, { extension: [ext('minLength', { valueInteger: 3 })] }),
  ),
  good(
    'limit: minLength',
    one('string', { valueString: 'abc' }, { extension: [ext('minLength', { valueInteger: 3 })] }),
  ),
  bad(
    'limit: regex',
    one('string', { valueString: 'abc' }, { extension: [ext('regex', { valueString: '[0-9]+' })] }),
  ),
  good(
    'limit: regex fits',
    one('string', { valueString: '123' }, { extension: [ext('regex', { valueString: '[0-9]+' })] }),
  ),
  bad(
    'limit: minValue',
    one('integer', { valueInteger: 4 }, { extension: [ext('minValue', { valueInteger: 5 })] }),
  ),
  good(
    'limit: minValue itself',
    one('integer', { valueInteger: 5 }, { extension: [ext('minValue', { valueInteger: 5 })] }),
  ),
  bad(
    'limit: maxValue',
    one('decimal', { valueDecimal: 5.6 }, { extension: [ext('maxValue', { valueDecimal: 5.5 })] }),
  ),
  bad(
    'limit: minValue of a date',
    one('date', { valueDate: '2025-12-31' }, { extension: [ext('minValue', { valueDate: '2026-01-01' })] }),
  ),
  good(
    'limit: maxValue of a date',
    one('date', { valueDate: '2025-12-31' }, { extension: [ext('maxValue', { valueDate: '2026-01-01' })] }),
  ),
  bad(
    'limit: maxValue of a dateTime',
    one(
      'dateTime',
      { valueDateTime: '2026-01-02T00:00:00Z' },
      { extension: [ext('maxValue', { valueDateTime: '2026-01-01T00:00:00Z' })] },
    ),
  ),
  bad(
    'limit: maxValue of a time',
    one('time', { valueTime: '10:00:00' }, { extension: [ext('maxValue', { valueTime: '09:00:00' })] }),
  ),
  bad(
    'limit: decimals',
    one('decimal', { valueDecimal: 1.234 }, { extension: [ext('maxDecimalPlaces', { valueInteger: 2 })] }),
  ),
  good(
    'limit: decimals fit',
    one('decimal', { valueDecimal: 1.23 }, { extension: [ext('maxDecimalPlaces', { valueInteger: 2 })] }),
  ),
  bad(
    'limit: maxSize',
    one(
      'attachment',
      { valueAttachment: { contentType: 'image/x-own', data: 'AAEC' } },
      { extension: [ext('maxSize', { valueDecimal: 2 })] },
    ),
  ),
  bad(
    'limit: mimeType',
    one(
      'attachment',
      { valueAttachment: { contentType: 'text/plain', url: 'http://example.com/a' } },
      { extension: [ext('mimeType', { valueCode: 'application/pdf' })] },
    ),
  ),
  good(
    'limit: mimeType fits',
    one(
      'attachment',
      { valueAttachment: { contentType: 'application/pdf', url: 'http://example.com/a' } },
      { extension: [ext('mimeType', { valueCode: 'application/pdf' })] },
    ),
  ),
  bad(
    'limit: minOccurs',
    one(
      'string',
      { valueString: 'x' },
      { required: true, repeats: true, extension: [ext('questionnaire-minOccurs', { valueInteger: 2 })] },
    ),
  ),
  bad(
    'limit: maxOccurs',
    answered(
      [
        ask('a', 'string', {
          repeats: true,
          extension: [ext('questionnaire-maxOccurs', { valueInteger: 1 })],
        }),
      ],
      [say('a', { valueString: 'x' }, { valueString: 'y' })],
    ),
  ),
  bad(
    'limit: unit',
    one(
      'quantity',
      { valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'g' } },
      {
        extension: [
          ext('questionnaire-unitOption', {
            valueCoding: { system: 'http://unitsofmeasure.org', code: 'kg' },
          }),
        ],
      },
    ),
  ),
  good(
    'limit: unit fits',
    one(
      'quantity',
      { valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'kg' } },
      {
        extension: [
          ext('questionnaire-unitOption', {
            valueCoding: { system: 'http://unitsofmeasure.org', code: 'kg' },
          }),
        ],
      },
    ),
  ),
  bad(
    'limit: type of reference',
    one(
      'reference',
      { valueReference: { reference: 'Organization/1' } },
      { extension: [ext('questionnaire-referenceResource', { valueCode: 'Patient' })] },
    ),
    { reference: 'the extension is not looked at in this version' },
  ),
  good(
    'limit: type of reference fits',
    one(
      'reference',
      { valueReference: { reference: 'Patient/1' } },
      { extension: [ext('questionnaire-referenceResource', { valueCode: 'Patient' })] },
    ),
  ),
  bad('reference answer: no such type', one('reference', { valueReference: { reference: 'Chair/1' } }), {
    reference: 'not checked in this version',
  }),
  bad('reference answer: blank', one('reference', { valueReference: { reference: 'Patient/a b' } })),
  // which questionnaire
  good('questionnaire: unknown', response(`${BASE}/unknown`, [say('z', { valueString: 'x' })])),
  good('questionnaire: none', {
    resourceType: 'QuestionnaireResponse',
    text,
    status: 'completed',
    item: [say('z', { valueString: 'x' })],
  }),
  bad(
    'questionnaire: contained',
    response('#q', [say('z', { valueString: 'x' })], {
      contained: [{ id: 'q', ...questionnaire([ask('a', 'string')]) }],
    }),
  ),
  good(
    'questionnaire: contained, answered',
    response('#q', [say('a', { valueString: 'x' })], {
      contained: [{ id: 'q', ...questionnaire([ask('a', 'string')]) }],
    }),
  ),
  bad(
    'questionnaire: by version',
    (() => {
      const made = answered([ask('a', 'string')], [say('z', { valueString: 'x' })]);
      return { ...made, questionnaire: `${made.questionnaire}|1.0` };
    })(),
  ),
  bad('response: no status', {
    resourceType: 'QuestionnaireResponse',
    text,
    questionnaire: `${BASE}/unknown`,
  }),
  bad('response: item and answer without value', {
    resourceType: 'QuestionnaireResponse',
    text,
    status: 'completed',
    item: [{ linkId: 'a', answer: [{ item: [{ linkId: 'b' }] }], item: [{ linkId: 'c' }] }],
  }),
  good(
    'response: contained value set that is missing',
    response('#q', [say('a', coding('green'))], {
      contained: [{ id: 'q', ...questionnaire([ask('a', 'choice', { answerValueSet: '#v' })]) }],
    }),
  ),
  bad(
    'response: contained value set, not in it',
    response('#q', [say('a', coding('green'))], {
      contained: [
        { id: 'q', ...questionnaire([ask('a', 'choice', { answerValueSet: '#v' })]) },
        { ...valueSet, id: 'v' },
      ],
    }),
  ),
  good(
    'response: contained value set, in it',
    response('#q', [say('a', coding('red'))], {
      contained: [
        { id: 'q', ...questionnaire([ask('a', 'choice', { answerValueSet: '#v' })]) },
        { ...valueSet, id: 'v' },
      ],
    }),
  ),
  // questionnaires themselves
  good('form', q([ask('a', 'string', { text: 'x' })])),
  bad('form: linkId twice', q([ask('a', 'string'), ask('a', 'string')])),
  bad('form: linkId twice, nested', q([ask('a', 'group', { item: [ask('a', 'string')] })])),
  bad('form: no linkId', q([{ type: 'string' }])),
  bad('form: no type', q([{ linkId: 'a' }])),
  bad('form: type of another kind', q([ask('a', 'number')])),
  bad('form: no status', { resourceType: 'Questionnaire', text, item: [ask('a', 'string')] }),
  bad('form: display with items', q([ask('a', 'display', { text: 'x', item: [ask('b', 'string')] })])),
  bad('form: empty group', q([ask('a', 'group', { text: 'x' })])),
  bad(
    'form: display with code',
    q([ask('a', 'display', { text: 'x', code: [{ system: COLOURS, code: 'red' }] })]),
  ),
  bad('form: display required', q([ask('a', 'display', { text: 'x', required: true })])),
  bad('form: display repeats', q([ask('a', 'display', { text: 'x', repeats: true })])),
  bad('form: display read only', q([ask('a', 'display', { text: 'x', readOnly: true })])),
  good('form: options on a string', q([ask('a', 'string', options)])),
  bad('form: options and value set', q([ask('a', 'choice', { ...options, answerValueSet: valueSet.url })])),
  bad(
    'form: initial on a group',
    q([ask('g', 'group', { initial: [{ valueString: 'x' }], item: [ask('a', 'string')] })]),
  ),
  bad(
    'form: two initials, no repeats',
    q([ask('a', 'string', { initial: [{ valueString: 'x' }, { valueString: 'y' }] })]),
  ),
  good(
    'form: two initials, repeats',
    q([ask('a', 'string', { repeats: true, initial: [{ valueString: 'x' }, { valueString: 'y' }] })]),
  ),
  bad('form: initial beside options', q([ask('a', 'choice', { ...options, initial: [coding('red')] })])),
  bad(
    'form: initial in the option and beside',
    q([
      ask('a', 'choice', {
        answerOption: [{ ...coding('red'), initialSelected: true }],
        initial: [coding('red')],
      }),
    ]),
  ),
  bad('form: maxLength on an integer', q([ask('a', 'choice', { ...options, maxLength: 3 })])),
  bad(
    'form: two conditions without behaviour',
    q([
      ask('a', 'integer'),
      ask('b', 'string', {
        enableWhen: [when('a', '=', { answerInteger: 1 }), when('a', '=', { answerInteger: 2 })],
      }),
    ]),
  ),
  bad(
    'form: exists with a text',
    q([ask('a', 'string'), ask('b', 'string', { enableWhen: [when('a', 'exists', { answerString: 'x' })] })]),
  ),
  bad(
    'form: condition on a missing question',
    q([ask('b', 'string', { enableWhen: [when('z', '=', { answerString: 'x' })] })]),
  ),
  bad(
    'form: condition on itself',
    q([ask('b', 'string', { enableWhen: [when('b', '=', { answerString: 'x' })] })]),
  ),
  bad(
    'form: condition on an item within',
    q([
      ask('g', 'group', { enableWhen: [when('b', '=', { answerString: 'x' })], item: [ask('b', 'string')] }),
    ]),
  ),
  good(
    'form: condition on a later question',
    q([ask('b', 'string', { enableWhen: [when('z', '=', { answerString: 'x' })] }), ask('z', 'string')]),
  ),
  bad(
    'form: condition without answer',
    q([ask('a', 'string'), ask('b', 'string', { enableWhen: [{ question: 'a', operator: '=' }] })]),
  ),
  bad(
    'form: condition without operator',
    q([ask('a', 'string'), ask('b', 'string', { enableWhen: [{ question: 'a', answerString: 'x' }] })]),
  ),
  bad(
    'form: operator of another kind',
    q([ask('a', 'string'), ask('b', 'string', { enableWhen: [when('a', '==', { answerString: 'x' })] })]),
  ),
  bad('form: option without value', q([ask('a', 'choice', { answerOption: [{ initialSelected: true }] })])),
  bad('form: url relative', q([ask('a', 'string')], { url: 'Questionnaire/a' })),
  good('form: name with blanks', q([ask('a', 'string')], { name: 'a b' })),
  bad('form: subjectType of another kind', q([ask('a', 'string')], { subjectType: ['Person1'] })),
];
