/**
 * What a paper's print.ts is given and gives. The data is as it is to be shown: a value that was not understood stands
 * in its place as the text "NOT UNDERSTOOD: …", so a leaf of any type may be a string here. Nothing is reckoned from it.
 */
import type { Json, JsonObject } from '../mapping/json.js';
import { type OutlineNode, outline, showLeaf } from '../mapping/outline.js';
import type { LeafSchema, ObjectSchema } from '../mapping/schema.js';
import { formatDay, formatMoment, formatNhsNumber } from '../print/format.js';
import type { Block, Field } from '../print/press.js';

export interface PageContext {
  /** The package's own created time: ages and "days ago" are reckoned from it, so the PDF never changes. */
  readonly created: string;
  /** The whole package as shown. */
  readonly package: JsonObject;
}

export type Page = (data: JsonObject, context: PageContext) => readonly Block[];

/** Words for a leaf on paper. */
export function show(leaf: LeafSchema, value: Json): string {
  if (typeof value === 'string') {
    if (leaf.format === 'date-time' || leaf.format === 'instant') return formatMoment(value);
    if (leaf.format === 'date' || leaf.format === 'birth-date' || leaf.format === 'partial-date')
      return formatDay(value);
    if (leaf.format === 'nhs-number' && /^[\d ]+$/.test(value))
      return formatNhsNumber(value.replaceAll(' ', ''));
  }
  return showLeaf(leaf, value);
}

/** Every leaf of a paper in the order of its schema: the page of a paper that needs no other. */
export const everything = (schema: ObjectSchema, data: Json | undefined): Block[] =>
  blocksOf(outline(schema, data, { show, skip: (leaf) => leaf.format === 'base64' }), 2);

function blocksOf(nodes: readonly OutlineNode[], level: 2 | 3): Block[] {
  const blocks: Block[] = [];
  let fields: Field[] = [];
  const flush = (): void => {
    if (fields.length > 0) blocks.push({ kind: 'fields', fields });
    fields = [];
  };
  for (const node of nodes) {
    if (!node.children) fields.push({ label: node.label, value: node.value ?? '' });
    else {
      flush();
      blocks.push({ kind: 'heading', level, text: node.label }, ...blocksOf(node.children, 3));
    }
  }
  flush();
  return blocks;
}
