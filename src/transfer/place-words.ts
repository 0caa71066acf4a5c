/** Where in a package something stands, in the words that people read: the titles of the schema. */
import { type FormSchema, isArraySchema, isObjectSchema } from '../mapping/schema.js';

/** Takes a JSON Pointer; gives e.g. "CARES escalation record, Examination, Observations 1, Pulse". */
export function placeWords(schema: FormSchema, pointer: string): string {
  const words: string[] = [];
  let at: FormSchema | undefined = schema;
  for (const token of pointer.split('/').slice(1)) {
    if (at !== undefined && isArraySchema(at)) {
      // "Allergy or adverse reaction 2" says more than the name of the list before it.
      words.pop();
      at = at.items;
      words.push(`${at.title} ${Number(token) + 1}`);
      continue;
    }
    at = at !== undefined && isObjectSchema(at) ? at.properties[token] : undefined;
    words.push(at?.title ?? token);
  }
  return words.join(', ');
}
