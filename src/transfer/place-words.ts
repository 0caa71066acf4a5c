/** Where in a package something stands, in the words that people read: the titles of the schema. */
import { type FormSchema, isArraySchema, isObjectSchema } from '../mapping/schema.js';

/** Takes a JSON Pointer; gives e.g. "CARES escalation record, Examination, Sets of observations 1, Pulse". */
export function placeWords(schema: FormSchema, pointer: string): string {
  const words: string[] = [];
  let at: FormSchema | undefined = schema;
  for (const token of pointer.split('/').slice(1)) {
    if (at !== undefined && isArraySchema(at)) {
      words.push(`${words.pop() ?? ''} ${Number(token) + 1}`.trim());
      at = at.items;
      continue;
    }
    at = at !== undefined && isObjectSchema(at) ? at.properties[token] : undefined;
    words.push(at?.title ?? token);
  }
  return words.join(', ');
}
