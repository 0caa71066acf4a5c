/**
 * The Questionnaire of a form, from its schema, so that others can render it. A leaf whose home is an element of
 * another resource says so by `item.definition`; the others are answered in the QuestionnaireResponse.
 * No item is required: what PRSB marks R is sent when it is held. https://hl7.org/fhir/R4/questionnaire.html
 */
import { redbag } from '../fhir/systems.js';
import type { Binding } from './binding.js';
import type { Node } from './path.js';
import { parsePath } from './path.js';
import { type FormSchema, isArraySchema, isObjectSchema, type LeafSchema } from './schema.js';

/** Canonical of a form's Questionnaire. */
export const questionnaireUrl = (form: string): string => redbag('Questionnaire', `RedBag-${form}`);

/** Where the leaves of a form have their homes: dotted path to `Type.element.path`. */
export function homes(bindings: readonly Binding[], prefix = '', at = ''): Map<string, string> {
  const out = new Map<string, string>();
  const join = (a: string, b: string): string => [a, b].filter((s) => s !== '').join('.');
  const element = (to: string): string =>
    parsePath(to)
      .map((s) => s.name)
      .join('.');
  for (const b of bindings) {
    if (b.kind === 'leaf') out.set(join(prefix, b.from), join(at, element(b.to)));
    else if (b.kind === 'resource')
      for (const [k, v] of homes(b.bindings, join(prefix, b.from), b.type)) out.set(k, v);
    else if (b.kind === 'group' || b.kind === 'each') {
      for (const [k, v] of homes(b.bindings, join(prefix, b.from), join(at, element(b.to)))) out.set(k, v);
    }
  }
  return out;
}

function itemType(leaf: LeafSchema): string {
  if (leaf['x-choice'] !== undefined) return 'choice';
  if (leaf.type !== 'string') return { boolean: 'boolean', integer: 'integer', number: 'decimal' }[leaf.type];
  switch (leaf.format) {
    case 'text':
      return 'text';
    case 'date':
    case 'birth-date':
    case 'partial-date':
      return 'date';
    case 'date-time':
    case 'instant':
      return 'dateTime';
    case 'clock':
      return 'time';
    case 'uri':
      return 'url';
    default:
      return 'string';
  }
}

/** Items of a form's Questionnaire. Takes the schema and where its leaves have their homes (`homes`). */
export function questionnaireItems(
  schema: FormSchema,
  home: ReadonlyMap<string, string>,
  linkId = '',
): Node[] {
  if (!isObjectSchema(schema)) return [];
  return Object.entries(schema.properties).map(([name, inner]) => {
    const id = linkId === '' ? name : `${linkId}.${name}`;
    const repeats = isArraySchema(inner);
    const of = repeats ? inner.items : inner;
    const head: Node = { linkId: id };
    const definition = home.get(id);
    if (definition)
      head['definition'] =
        `http://hl7.org/fhir/StructureDefinition/${definition.split('.')[0]}#${definition}`;
    const code = of['x-code'] ?? inner['x-code'];
    if (code) head['code'] = [{ ...code }];
    head['text'] = (isObjectSchema(of) ? of : inner).title;
    if (isObjectSchema(of)) {
      return {
        ...head,
        type: 'group',
        ...(repeats ? { repeats } : {}),
        item: questionnaireItems(of, home, id),
      };
    }
    const leaf = of as LeafSchema;
    return {
      ...head,
      type: itemType(leaf),
      ...(repeats ? { repeats } : {}),
      ...(leaf['x-choice'] === undefined ? {} : { answerValueSet: redbag('ValueSet', leaf['x-choice']) }),
    };
  });
}
