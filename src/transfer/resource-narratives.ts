/**
 * Gives every resource of a document a narrative of the leaves that it holds, so that each can be read alone
 * (dom-6, https://hl7.org/fhir/R4/domainresource.html). Labels are the titles of the forms' schemas.
 */
import { type NarrativeNode, narrative } from '../fhir/narrative.js';
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import { showLeaf } from '../mapping/outline.js';
import { type FormSchema, isArraySchema, isObjectSchema, type LeafSchema } from '../mapping/schema.js';
import type { Writer } from '../mapping/write.js';

const WITHOUT = new Set(['Binary', 'Bundle', 'Composition']);

/** Fills `text` of the resources that have none yet. `schema` and `data` are the package's. */
export function addNarratives(writer: Writer, schema: FormSchema, data: JsonObject): void {
  const told = new Map<string, NarrativeNode[]>();
  for (const [pointer, targets] of writer.coverage) {
    const node = describe(schema, data, pointer);
    if (!node) continue;
    for (const resource of new Set(targets.map((t) => t.resource))) {
      const nodes = told.get(resource);
      if (nodes) nodes.push(node);
      else told.set(resource, [node]);
    }
  }
  for (const { resource } of writer.resources) {
    if (WITHOUT.has(resource.resourceType) || resource['text'] !== undefined) continue;
    const nodes = told.get(`${resource.resourceType}/${resource.id}`) ?? [];
    const lead = summary(resource);
    resource['text'] = narrative(nodes, lead === undefined ? {} : { lead });
  }
}

/** What a resource made one way says of itself: the text of its code. */
function summary(resource: JsonObject): string | undefined {
  const code = resource['code'];
  if (!isObject(code)) return undefined;
  if (typeof code['text'] === 'string') return code['text'];
  const coding = Array.isArray(code['coding']) ? (code['coding'][0] as Json) : undefined;
  return isObject(coding) && typeof coding['display'] === 'string' ? coding['display'] : undefined;
}

/** Label and words of the leaf at a pointer; the label names the group it stands in. */
function describe(schema: FormSchema, data: JsonObject, pointer: string): NarrativeNode | undefined {
  let at: FormSchema | undefined = schema;
  let value: Json | undefined = data;
  let around = '';
  for (const name of pointer.split('/').slice(1)) {
    if (at === undefined) return undefined;
    if (isArraySchema(at)) {
      at = at.items;
      value = Array.isArray(value) ? value[Number(name)] : undefined;
    } else if (isObjectSchema(at)) {
      around = at.title;
      at = at.properties[name];
      value = isObject(value) ? value[name] : undefined;
    } else return undefined;
  }
  if (at === undefined || value === undefined || isObjectSchema(at) || isArraySchema(at)) return undefined;
  const leaf = at as LeafSchema;
  if (leaf.format === 'base64') return undefined;
  return {
    label: around === '' ? leaf.title : `${around}, ${leaf.title.toLowerCase()}`,
    value: showLeaf(leaf, value),
  };
}
