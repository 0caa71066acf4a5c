/** A form to its resources and back: its bindings, and the QuestionnaireResponse for the leaves without a home. */
import { redbag, ukCore } from '../fhir/systems.js';
import { isObject, type Json, type JsonObject, member } from '../mapping/json.js';
import { questionnaireUrl } from '../mapping/questionnaire.js';
import { merged, type Reader } from '../mapping/read.js';
import { readRest, writeRest } from '../mapping/rest.js';
import type { Writer } from '../mapping/write.js';
import type { Form } from './form.js';

/** Writes a paper's data, which stands at `pointer` of the package, into resources of the document. */
export function writeForm(writer: Writer, form: Form, data: JsonObject, pointer: string): void {
  writer.form(form.name, form.bindings, data, pointer);
  const authored = member(data, 'recorded.at');
  const response = writer.add('QuestionnaireResponse', pointer, {
    profiles: [
      redbag('StructureDefinition', 'RedBag-QuestionnaireResponse'),
      ukCore('QuestionnaireResponse'),
    ],
    content: {
      questionnaire: questionnaireUrl(form.name),
      status: 'completed',
      ...(typeof authored === 'string' ? { authored } : {}),
    },
  });
  writer.link(response.resource, 'subject', { role: 'patient' });
  writer.link(response.resource, 'author', { role: 'sender-organisation' });
  writeRest(writer, response, form.schema, data, pointer);
}

/** Reads a paper back from a document; undefined when the document has none. */
export function readForm(reader: Reader, form: Form, pointer: string): JsonObject | undefined {
  const response = reader.at('QuestionnaireResponse', pointer);
  if (!response) return undefined;
  const both = merged(reader.form(form.bindings, pointer), readRest(form.schema, response)) as Json;
  return isObject(both) ? both : undefined;
}
