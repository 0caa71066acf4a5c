/**
 * The choice lists of the papers: each becomes a CodeSystem and a ValueSet of ours in `profiles/`.
 */
import { type FormSchema, isArraySchema, isObjectSchema, type LeafSchema } from '../mapping/schema.js';

/** Gives each list's name and its codes with their labels. Throws when one name is used for two different lists. */
export function choiceLists(schemas: readonly FormSchema[]): Map<string, Readonly<Record<string, string>>> {
  const lists = new Map<string, Readonly<Record<string, string>>>();
  const visit = (schema: FormSchema): void => {
    if (isObjectSchema(schema)) for (const inner of Object.values(schema.properties)) visit(inner);
    else if (isArraySchema(schema)) visit(schema.items);
    else take(schema);
  };
  const take = (leaf: LeafSchema): void => {
    const name = leaf['x-choice'];
    if (name === undefined) return;
    const labels = leaf['x-labels'] ?? {};
    const known = lists.get(name);
    if (known && JSON.stringify(known) !== JSON.stringify(labels)) {
      throw new Error(`The choice list ${name} is used with two different sets of labels`);
    }
    lists.set(name, labels);
  };
  for (const schema of schemas) visit(schema);
  return lists;
}
