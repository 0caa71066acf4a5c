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
  const describe = describer(schema, data);
  for (const [pointer, targets] of writer.coverage) {
    const node = describe(pointer);
    if (!node) continue;
    let last = '';
    for (const { resource } of targets) {
      // A leaf may go to several elements of one resource, and is told once.
      if (resource === last || (last !== '' && told.get(resource)?.at(-1) === node)) continue;
      last = resource;
      const nodes = told.get(resource);
      if (nodes) nodes.push(node);
      else told.set(resource, [node]);
    }
  }
  for (const { resource, address } of writer.resources) {
    if (WITHOUT.has(resource.resourceType) || resource['text'] !== undefined) continue;
    const nodes = told.get(address) ?? [];
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

/** What stands at a pointer: its schema, its value, and the title of the group around it. */
interface Around {
  readonly schema: FormSchema | undefined;
  readonly value: Json | undefined;
  readonly title: string;
}

/**
 * Label and words of the leaf at a pointer; the label names the group it stands in. Groups are looked up once for all
 * their leaves.
 */
function describer(schema: FormSchema, data: JsonObject): (pointer: string) => NarrativeNode | undefined {
  const known = new Map<string, Around>([['', { schema, value: data, title: '' }]]);

  function around(pointer: string): Around {
    const found = known.get(pointer);
    if (found !== undefined) return found;
    const at = below(pointer);
    known.set(pointer, at);
    return at;
  }

  function below(pointer: string): Around {
    const end = pointer.lastIndexOf('/');
    const { schema: of, value, title } = around(pointer.slice(0, end));
    const name = pointer.slice(end + 1);
    if (of !== undefined && isArraySchema(of))
      return { schema: of.items, value: Array.isArray(value) ? value[Number(name)] : undefined, title };
    if (of !== undefined && isObjectSchema(of))
      return {
        schema: of.properties[name],
        value: isObject(value) ? value[name] : undefined,
        title: of.title,
      };
    return { schema: undefined, value: undefined, title };
  }

  return (pointer) => {
    const { schema: at, value, title } = below(pointer);
    if (at === undefined || value === undefined || isObjectSchema(at) || isArraySchema(at)) return undefined;
    const leaf = at as LeafSchema;
    if (leaf.format === 'base64') return undefined;
    return {
      label: title === '' ? leaf.title : `${title}, ${leaf.title.toLowerCase()}`,
      value: showLeaf(leaf, value),
    };
  };
}
