/**
 * The attachments of a package: scans, photographs, films and recordings that travel with the bag. Each is a Binary
 * with its bytes and a DocumentReference that says what it is.
 * https://hl7.org/fhir/R4/documentreference.html and https://hl7.org/fhir/R4/binary.html
 */
import { createHash } from 'node:crypto';
import { redbag, systems, ukCore } from '../fhir/systems.js';
import {
  choice,
  formatted,
  group,
  line,
  many,
  moment,
  optional,
  type Static,
  text,
  whole,
} from '../forms/elements.js';
import type { FormSection } from '../forms/form.js';
import { type Binding, derive, fixed, leaf, link, resource } from '../mapping/binding.js';
import type { JsonObject } from '../mapping/json.js';

/** Media types that may travel, by content; never SVG or HTML, which can act. */
export const MEDIA_TYPES = {
  'application/pdf': 'PDF document',
  'image/png': 'PNG picture',
  'image/jpeg': 'JPEG picture',
  'video/mp4': 'MP4 film',
  'audio/mp4': 'MP4 sound',
  'audio/mpeg': 'MP3 sound',
  'audio/wav': 'WAV sound',
} as const;

export type MediaType = keyof typeof MEDIA_TYPES;

/** What a resource says of bytes whose type was not understood. */
export const UNKNOWN_MEDIA_TYPE = 'application/octet-stream';

const SECTION = 'attachments';
const PAGES = redbag('StructureDefinition', 'RedBag-AttachmentPages');

const attachment = group('Attachment', {
  id: formatted('attachment-id', 'Id', 'Unique in the package; the papers refer to it.'),
  title: line('Title', 'What a person reads in a list of documents; not a file name.'),
  contentType: choice('attachment-media-type', 'Media type', MEDIA_TYPES, 'Checked against the bytes.'),
  data: formatted('base64', 'Content'),
  takenAt: optional(moment('Taken or written at')),
  description: optional(text('Description')),
  pages: optional(whole('Pages', 1, 10_000)),
});

export type Attachment = Static<typeof attachment>;

/** The package's member `attachments`. */
export const attachments = many('Attachments', attachment, 50);

const decoded = (data: JsonObject): Buffer | undefined =>
  typeof data['data'] === 'string' ? Buffer.from(data['data'], 'base64') : undefined;

const binary: Binding = resource({
  from: '',
  type: 'Binary',
  profiles: [redbag('StructureDefinition', 'RedBag-Binary')],
  section: false,
  bindings: [
    // The type that was said has its home in the DocumentReference; where it was not understood, nothing is claimed.
    derive('contentType', (data) =>
      typeof data['contentType'] === 'string' ? data['contentType'] : UNKNOWN_MEDIA_TYPE,
    ),
    leaf('data', 'data'),
  ],
});

const documentReference: Binding = resource({
  from: 'attachments',
  type: 'DocumentReference',
  profiles: [redbag('StructureDefinition', 'RedBag-Attachment'), ukCore('DocumentReference')],
  section: SECTION,
  bindings: [
    binary,
    derive('identifier', (_, { resource: self }) => identifiers(self)),
    // The sender's id is unique in one package only, so that package is its system.
    leaf('id', 'identifier[use=secondary].value'),
    fixed('status', 'current'),
    derive('type.text', ({ title }) => (typeof title === 'string' ? title : 'Attachment')),
    fixed('category', [{ text: 'Attachment of a Red Bag transfer' }]),
    link('subject', { role: 'patient' }),
    link('author[+]', { role: 'sender-organisation' }),
    link('custodian', { role: 'sender-organisation' }),
    leaf('description', 'description'),
    leaf('contentType', 'content[0].attachment.contentType'),
    derive(
      'content[0].attachment.url',
      (_, { writer, pointer }) =>
        writer.resources.find((w) => w.resource.resourceType === 'Binary' && w.pointer === pointer)?.fullUrl,
    ),
    derive('content[0].attachment.size', (data) => decoded(data)?.length),
    derive('content[0].attachment.hash', (data) => {
      const bytes = decoded(data);
      return bytes && createHash('sha1').update(bytes).digest('base64');
    }),
    leaf('title', 'content[0].attachment.title'),
    leaf('takenAt', 'content[0].attachment.creation'),
    leaf('pages', `content[0].attachment.extension[url=${PAGES}].valuePositiveInt`),
    link('context.encounter[+]', { role: 'transfer' }),
  ],
});

function identifiers(self: JsonObject | undefined): JsonObject[] {
  const source = String((self?.['meta'] as JsonObject | undefined)?.['source'] ?? '');
  return [
    { use: 'official', system: systems.uri, value: `urn:uuid:${String(self?.['id'])}` },
    { use: 'secondary', system: source.slice(0, source.indexOf('#')) },
  ];
}

/** Bindings of the package's `attachments`; they stand at the package's root. */
export const attachmentBindings: readonly Binding[] = [documentReference];

/** Said wherever attachments are listed or shown: they bear no header of ours. */
export const IDENTITY_UNCHECKED = 'Identity on these scans, pictures and recordings not checked.';

/** The Composition section that lists them. */
export const attachmentsSection: FormSection = {
  key: SECTION,
  title: 'Attachments',
  codings: [
    {
      system: systems.ukCoreHeadings,
      code: 'documents-including-correspondence-audio-and-images',
      display: 'Documents (including correspondence, audio and images)',
    },
  ],
  tells: ['attachments'],
  lead: (data) => (data['attachments'] === undefined ? undefined : IDENTITY_UNCHECKED),
};
