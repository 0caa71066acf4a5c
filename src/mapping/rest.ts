/**
 * The leaves of a form that have no home of their own in a FHIR resource are answers to the form's Questionnaire:
 * linkId = dotted path of the leaf in the form, repeating groups in the order of the form's arrays.
 * https://hl7.org/fhir/R4/questionnaireresponse.html
 */
import { redbag } from '../fhir/systems.js';
import { clockCodec } from './binding.js';
import { isObject, type Json, type JsonObject, step } from './json.js';
import type { Node } from './path.js';
import { type FormSchema, isArraySchema, isObjectSchema, type LeafSchema } from './schema.js';
import type { Writer, Written } from './write.js';

/** Name of the `value[x]` that holds a leaf's answer. */
export function answerElement(leaf: LeafSchema): string {
  if (leaf['x-choice'] !== undefined) return 'valueCoding';
  if (leaf.type === 'boolean') return 'valueBoolean';
  if (leaf.type === 'integer') return 'valueInteger';
  if (leaf.type === 'number') return 'valueDecimal';
  switch (leaf.format) {
    case 'date':
    case 'birth-date':
    case 'partial-date':
      return 'valueDate';
    case 'date-time':
    case 'instant':
      return 'valueDateTime';
    case 'clock':
      return 'valueTime';
    case 'uri':
      return 'valueUri';
    default:
      return 'valueString';
  }
}

function answer(leaf: LeafSchema, value: Json): Node {
  const element = answerElement(leaf);
  if (element === 'valueCoding') return { valueCoding: choiceCoding(leaf, String(value)) };
  return { [element]: element === 'valueTime' ? clockCodec.write(value) : value };
}

/** Coding of a choice's value in the CodeSystem of that choice. */
export function choiceCoding(
  leaf: LeafSchema,
  value: string,
): { system: string; code: string; display: string } {
  return {
    system: redbag('CodeSystem', leaf['x-choice'] ?? ''),
    code: value,
    display: leaf['x-labels']?.[value] ?? value,
  };
}

function answered(leaf: LeafSchema, item: Node): Json | undefined {
  const element = answerElement(leaf);
  const value = item[element];
  if (value === undefined) return undefined;
  if (element === 'valueCoding') return (value as JsonObject)['code'];
  return element === 'valueTime' ? clockCodec.read(value as Json) : (value as Json);
}

/**
 * Writes every leaf of `data` that has no home yet into the items of the QuestionnaireResponse `into`.
 * Takes the form's schema, its data and the pointer at which it stands.
 */
export function writeRest(
  writer: Writer,
  into: Written,
  schema: FormSchema,
  data: JsonObject,
  pointer: string,
): void {
  const items = restItems(writer, into, schema, data, pointer, '', `${into.resource.resourceType}`);
  if (items.length > 0) into.resource['item'] = items;
}

/** Makes the items of an object's leaves without a home; an item is there only for what it holds. */
function restItems(
  writer: Writer,
  into: Written,
  schema: FormSchema,
  data: JsonObject,
  pointer: string,
  linkId: string,
  path: string,
): Node[] {
  const items: Node[] = [];
  if (!isObjectSchema(schema)) return items;
  for (const [name, inner] of Object.entries(schema.properties)) {
    const value = data[name];
    if (value === undefined) continue;
    const at = pointer + step(name);
    const id = linkId === '' ? name : `${linkId}.${name}`;
    const where = `${path}.item[${items.length}]`;
    if (isObjectSchema(inner)) {
      const below = inside(inner, value, at, id, where);
      if (below.length > 0) items.push({ linkId: id, text: inner.title, item: below });
    } else if (!isArraySchema(inner) || !Array.isArray(value)) leaf(inner as LeafSchema, value);
    else if (isObjectSchema(inner.items)) group(inner.items, value);
    else list(inner.items as LeafSchema, value);

    function leaf(of: LeafSchema, v: Json): void {
      if (writer.coverage.has(at)) return;
      items.push({ linkId: id, text: inner.title, answer: [answer(of, v)] });
      writer.cover(at, into, `${where}.answer[0].${answerElement(of)}`);
    }

    function list(of: LeafSchema, values: readonly Json[]): void {
      const places = values.map((_, i) => at + step(i));
      if (places.every((one) => writer.coverage.has(one))) return;
      items.push({ linkId: id, text: inner.title, answer: values.map((v) => answer(of, v)) });
      for (const [i, one] of places.entries()) {
        writer.cover(one, into, `${where}.answer[${i}].${answerElement(of)}`);
      }
    }

    /** All items of the array, also those whose leaves all have a home elsewhere: the order is the index. */
    function group(of: FormSchema, values: readonly Json[]): void {
      const first = items.length;
      const inner = values.map((v, i) => inside(of, v, at + step(i), id, `${path}.item[${first + i}]`));
      if (inner.every((below) => below.length === 0)) return;
      for (const below of inner)
        items.push({ linkId: id, text: of.title, ...(below.length > 0 ? { item: below } : {}) });
    }
  }
  return items;

  function inside(of: FormSchema, value: Json, at: string, id: string, where: string): Node[] {
    return isObject(value) ? restItems(writer, into, of, value, at, id, where) : [];
  }
}

/** Reads back what `writeRest` wrote. Gives the leaves it finds, in the form's shape; arrays keep their indices. */
export function readRest(schema: FormSchema, response: Node): JsonObject {
  return readItems(schema, (response['item'] ?? []) as readonly Node[], '');
}

function readItems(schema: FormSchema, items: readonly Node[], linkId: string): JsonObject {
  const out: Record<string, Json> = {};
  const properties = isObjectSchema(schema) ? schema.properties : {};
  for (const [name, inner] of Object.entries(properties)) {
    const id = linkId === '' ? name : `${linkId}.${name}`;
    const found = items.filter((item) => item['linkId'] === id);
    if (found.length === 0) continue;
    const value = readValue(inner, found, id);
    if (value !== undefined) out[name] = value;
  }
  return out;
}

function readValue(schema: FormSchema, found: readonly Node[], id: string): Json | undefined {
  const inside = (of: FormSchema, item: Node | undefined): JsonObject =>
    readItems(of, (item?.['item'] ?? []) as readonly Node[], id);
  if (isObjectSchema(schema)) return inside(schema, found[0]);
  const answers = (found[0]?.['answer'] ?? []) as readonly Node[];
  if (!isArraySchema(schema)) return answered(schema, answers[0] ?? {});
  if (isObjectSchema(schema.items)) return found.map((item) => inside(schema.items, item));
  return answers.map((a) => answered(schema.items as LeafSchema, a) as Json);
}
