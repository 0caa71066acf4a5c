/**
 * A scan that the paper names, as DocumentReference: what it is of, and that it is a copy. The attachment's bytes are
 * found by its id (`identifier` of the system below). https://hl7.org/fhir/R4/documentreference.html
 */
import { redbag, ukCore } from '../../fhir/systems.js';
import { type Binding, derive, fixed, leaf, link, resource } from '../../mapping/binding.js';
import type { Json, JsonObject } from '../../mapping/json.js';
import type { Writer, Written } from '../../mapping/write.js';
import { INFORMATION_COPY } from './decision.js';

/** System of the ids that attachments have within a package. */
export const ATTACHMENT_ID = redbag('Id', 'attachment-id');

/** The attachment that a paper names by id, as its own DocumentReference describes it; it is written before the papers. */
function attached(writer: Writer, id: unknown): JsonObject | undefined {
  const isIt = (w: Written): boolean =>
    w.resource.resourceType === 'DocumentReference' &&
    /^\/attachments\/\d+$/.test(w.pointer) &&
    ((w.resource['identifier'] ?? []) as readonly JsonObject[]).some(
      (i) => i['use'] === 'secondary' && i['value'] === id,
    );
  const content = writer.resources.find(isIt)?.resource['content'] as readonly JsonObject[] | undefined;
  return content?.[0]?.['attachment'] as JsonObject | undefined;
}

/** Where the bytes of the scan are, with type, size and hash; nothing for an attachment that was not sent. */
export const scanElements: readonly Binding[] = ['contentType', 'url', 'size', 'hash'].map((name) =>
  derive(
    `content[0].attachment.${name}`,
    ({ scanAttachmentId }, { writer }) => attached(writer, scanAttachmentId)?.[name],
  ),
);

/** Takes where the scanned paper stands, its type, and the section that lists it. */
export const scanDocument = (from: string, type: (data: JsonObject) => Json, section?: string): Binding =>
  resource({
    from,
    type: 'DocumentReference',
    part: 'scan',
    ...(section === undefined ? {} : { section }),
    profiles: [redbag('StructureDefinition', 'RedBag-ScannedForm'), ukCore('DocumentReference')],
    when: (data) => data['scanAttachmentId'] !== undefined,
    bindings: [
      leaf('scanAttachmentId', `identifier[system=${ATTACHMENT_ID}].value`),
      fixed('status', 'current'),
      derive('type', type),
      link('subject', { role: 'patient' }),
      link('author[+]', { role: 'sender-organisation' }),
      link('custodian', { role: 'sender-organisation' }),
      fixed(
        'description',
        `${INFORMATION_COPY} – look for the original. The identity on this scan was not checked.`,
      ),
      derive('content[0].attachment.title', (data) => `${INFORMATION_COPY}: ${textOf(type(data))}`),
      ...scanElements,
    ],
  });

const textOf = (concept: Json): string => String((concept as JsonObject)['text']);
