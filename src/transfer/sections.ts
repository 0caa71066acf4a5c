/**
 * The Composition's sections from the papers' own lists of them: text told from the outline of the form, entries the
 * resources made for it. https://hl7.org/fhir/R4/composition.html#Composition.section
 */

import { narrative } from '../fhir/narrative.js';
import type { Form, FormSection } from '../forms/form.js';
import { show } from '../forms/page.js';
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import { type OutlineNode, outline } from '../mapping/outline.js';
import type { Node } from '../mapping/path.js';
import type { ObjectSchema } from '../mapping/schema.js';
import type { Writer } from '../mapping/write.js';

/** What a section is made from: the paper's shape, and its data as it is shown. */
export interface Paper {
  readonly form: Pick<Form, 'name' | 'title' | 'schema' | 'sections'>;
  readonly shown: JsonObject;
}

/** Gives the paper's sections with text and entries. Takes the writer that holds the paper's resources. */
export function sectionsOf(
  writer: Writer,
  paper: Paper,
  attachments: ReadonlyMap<string, string> = new Map(),
): Node[] {
  const { form, shown } = paper;
  const told = new Set(
    form.sections.flatMap(function paths(s: FormSection): string[] {
      return [...(s.tells ?? []), ...(s.sections ?? []).flatMap(paths)];
    }),
  );
  const first = form.sections[0]?.key;
  return form.sections.flatMap((s) => section(s, true));

  function section(s: FormSection, top: boolean): Node[] {
    const nodes = words(s);
    const lead = typeof s.lead === 'function' ? s.lead(shown) : s.lead;
    const entry = [
      ...writer.resources
        .filter((w) => w.form === form.name && (w.section ?? first) === s.key)
        .map((w) => w.fullUrl),
      ...(s.attachments?.(shown) ?? []).flatMap((id) => attachments.get(id) ?? []),
    ];
    const inner = s.sections?.flatMap((sub) => section(sub, false)) ?? [];
    if (!top && nodes.length === 0 && entry.length === 0 && inner.length === 0 && lead === undefined)
      return [];
    const empty = entry.length === 0 ? s.emptyReason?.(shown) : undefined;
    const out: Node = {
      title: s.title,
      code:
        s.codings.length > 0 ? { coding: s.codings as readonly Json[], text: s.title } : { text: s.title },
    };
    if (nodes.length > 0 || lead !== undefined || (inner.length === 0 && entry.length === 0)) {
      out['text'] = narrative(nodes, lead === undefined ? {} : { lead });
    }
    if (entry.length > 0) out['entry'] = [...new Set(entry)].map((reference) => ({ reference }));
    if (empty) out['emptyReason'] = { coding: [empty] };
    if (inner.length > 0) out['section'] = inner;
    return [out];
  }

  function words(s: FormSection): readonly OutlineNode[] {
    if (s.outline) return s.outline(shown);
    const data = s.tells
      ? pick(shown, (path) => s.tells?.includes(path) === true)
      : pick(shown, (path) => !told.has(path), true);
    return outline(form.schema, data, { show, skip: (leaf) => leaf.format === 'base64' });
  }
}

/** The DocumentReference (fullUrl) of each attachment, by the attachment's id. */
export function attachmentReferences(writer: Writer, data: JsonObject): Map<string, string> {
  const items = (data['attachments'] ?? []) as readonly JsonObject[];
  const made = new Map(
    writer.resources
      .filter((w) => w.resource.resourceType === 'DocumentReference')
      .map((w) => [w.pointer, w.fullUrl]),
  );
  return new Map(
    items.flatMap((item, i) => {
      const fullUrl = made.get(`/attachments/${i}`);
      return fullUrl === undefined ? [] : [[String(item['id']), fullUrl]];
    }),
  );
}

/** The part of the data at the wanted dotted paths; with `rest`, what is left when the unwanted are taken out. */
function pick(data: JsonObject, wanted: (path: string) => boolean, rest = false, prefix = ''): JsonObject {
  const out: Record<string, Json> = {};
  for (const [name, value] of Object.entries(data)) {
    if (value === undefined) continue;
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (rest && !wanted(path)) continue;
    if (!rest && wanted(path)) out[name] = value;
    else if (isObject(value)) {
      const inner = pick(value, wanted, rest, path);
      if (Object.keys(inner).length > 0 || (rest && Object.keys(value).length === 0)) out[name] = inner;
    } else if (rest) out[name] = value;
  }
  return out;
}

/** The schema of some members of an object, for a paper that is one part of a larger object. */
export const part = (schema: ObjectSchema, names: readonly string[]): ObjectSchema => ({
  ...schema,
  properties: Object.fromEntries(Object.entries(schema.properties).filter(([k]) => names.includes(k))),
});
