/**
 * What was not understood, as answers to a Questionnaire of its own: where it stood, what was sent, and why it was
 * not taken. Nothing else in the document is made from it.
 */
import { redbag, ukCore } from '../fhir/systems.js';
import type { JsonObject } from '../mapping/json.js';
import type { Node } from '../mapping/path.js';
import { questionnaireUrl } from '../mapping/questionnaire.js';
import type { Reader } from '../mapping/read.js';
import type { Writer } from '../mapping/write.js';
import type { NotUnderstood } from './prepared.js';

const PART = 'not-understood';

/** Items of the Questionnaire `RedBag-not-understood`. */
export const notUnderstoodItems: readonly Node[] = [
  {
    linkId: 'value',
    text: 'Value that was not understood',
    type: 'group',
    repeats: true,
    item: [
      { linkId: 'value.pointer', text: 'Place in the package', type: 'string' },
      { linkId: 'value.text', text: 'As sent', type: 'text' },
      { linkId: 'value.number', text: 'As sent (a number)', type: 'decimal' },
      { linkId: 'value.reason', text: 'Why it was not taken', type: 'string' },
    ],
  },
];

/** Writes them into the document; nothing when all was understood. Gives whether it wrote. */
export function writeNotUnderstood(writer: Writer, values: readonly NotUnderstood[]): boolean {
  if (values.length === 0) return false;
  const response = writer.add('QuestionnaireResponse', '', {
    part: PART,
    section: 'not-understood',
    profiles: [
      redbag('StructureDefinition', 'RedBag-QuestionnaireResponse'),
      ukCore('QuestionnaireResponse'),
    ],
    content: { questionnaire: questionnaireUrl(PART), status: 'completed' },
  });
  writer.link(response.resource, 'subject', { role: 'patient' });
  writer.link(response.resource, 'author', { role: 'sender-organisation' });
  response.resource['item'] = values.map(({ pointer, value, code }, i) => {
    const number = typeof value === 'number';
    const at = `QuestionnaireResponse.item[${i}].item[1].answer[0]`;
    writer.cover(pointer, response, `${at}.${number ? 'valueDecimal' : 'valueString'}`);
    const leaf = (id: string, answer: Node): Node => ({ linkId: `value.${id}`, answer: [answer] });
    return {
      linkId: 'value',
      item: [
        leaf('pointer', { valueString: pointer }),
        number ? leaf('number', { valueDecimal: value }) : leaf('text', { valueString: String(value) }),
        leaf('reason', { valueString: code }),
      ],
    };
  });
  return true;
}

/** Reads them back from a document. */
export function readNotUnderstood(reader: Reader): NotUnderstood[] {
  const response = reader.at('QuestionnaireResponse', '', PART);
  const items = (response?.['item'] ?? []) as readonly Node[];
  return items.map((item) => {
    const answers = new Map(
      (item['item'] as readonly Node[]).map((i) => [
        i['linkId'],
        (i['answer'] as readonly JsonObject[])[0] ?? {},
      ]),
    );
    const text = answers.get('value.text')?.['valueString'];
    const number = answers.get('value.number')?.['valueDecimal'];
    return {
      pointer: String(answers.get('value.pointer')?.['valueString']),
      value: (text ?? number) as string | number,
      code: String(answers.get('value.reason')?.['valueString']),
    };
  });
}

/** Puts a value back at its place in a package that is being read. */
export function restore(into: JsonObject, { pointer, value }: NotUnderstood): void {
  const names = pointer
    .split('/')
    .slice(1)
    .map((n) => n.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop() as string;
  let at = into as Record<string, unknown>;
  names.forEach((name, i) => {
    const next = names[i + 1] ?? last;
    at[name] ??= /^\d+$/.test(next) ? [] : {};
    at = at[name] as Record<string, unknown>;
  });
  at[last] = value;
}
