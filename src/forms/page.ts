/**
 * What a paper's print.ts is given and gives. The data is as it is to be shown: a value that was not understood stands
 * in its place as the text "NOT UNDERSTOOD: …", so a leaf of any type may be a string here. Nothing is reckoned from it.
 */
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import type { ObjectSchema } from '../mapping/schema.js';
import type { Block } from '../print/press.js';
import { flat } from './flat.js';

export { show } from './show.js';

export interface PageContext {
  /** The package's own created time: ages and "days ago" are reckoned from it, so the PDF never changes. */
  readonly created: string;
  /** The whole package as shown. */
  readonly package: JsonObject;
}

export type Page = (data: JsonObject, context: PageContext) => readonly Block[];

/** Every leaf of a paper in the order of its schema: the page of a paper that needs no other. */
export const everything = (schema: ObjectSchema, data: Json | undefined): Block[] =>
  isObject(data) ? flat(schema, data) : [];
