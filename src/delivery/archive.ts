/**
 * The PDF of a hospital that keeps PDF/A-3: another file than the version's own, so another document, under ids of its
 * own (MHD: a document's uniqueId names its bytes). Made once for each hospital and kept, so that every attempt brings
 * the same.
 */
import { createHash } from 'node:crypto';
import type { DocumentReference } from 'fhir/r4';
import { uuid5 } from '../fhir/uuid.js';
import type { Delivery, Store, StoredDocument } from '../store/store.js';
import type { Hospital } from './hospitals.js';

/** Draws the PDF/A-3 of a version; undefined when it could not be drawn so. */
export type MakeArchive = (bagId: string, version: number) => Promise<Uint8Array | undefined>;

/** By version: what this hospital gets, or got, in the place of the version's own PDF. */
export type Archived = ReadonlyMap<number, Uint8Array>;

const NAME = 'pdf/a-3';

/**
 * What this delivery brings, and what earlier ones brought, whatever the hospital is set to now.
 * @throws the store's error, and what `make` throws
 */
export async function archivedFor(
  store: Store,
  delivery: Delivery,
  hospital: Hospital,
  make: MakeArchive | undefined,
): Promise<Archived> {
  const { bagId, version, destination, operation } = delivery;
  const known = await store.sentPdfs(bagId, destination);
  const wanted = hospital.pdf === NAME && operation === 'deliver' && !known.has(version);
  // What may have arrived went in the usual form: this attempt must bring the same.
  if (!wanted || delivery.mayHaveArrived || make === undefined) return known;
  const made = await make(bagId, version);
  if (made === undefined) return known;
  return new Map([...known, [version, await store.keepSentPdf(bagId, version, destination, made)]]);
}

/** The documents as this hospital has them, or is to have them. */
export function asArchived(documents: readonly StoredDocument[], archived: Archived): StoredDocument[] {
  if (archived.size === 0) return [...documents];
  const isArchived = ({ kind, bagVersion }: StoredDocument): boolean =>
    kind === 'pdf' && archived.has(bagVersion);
  const ids = new Map(
    documents
      .filter(isArchived)
      .map(({ id }) => [`DocumentReference/${id}`, `DocumentReference/${archiveId(id)}`]),
  );
  return documents.map((document) => {
    const resource = JSON.parse(document.resource) as DocumentReference;
    const related = withLinks(resource, ids);
    const pdf = archived.get(document.bagVersion);
    if (pdf === undefined || !isArchived(document)) return { ...document, resource: JSON.stringify(related) };
    return { ...document, id: archiveId(document.id), resource: JSON.stringify(renamed(related, pdf)) };
  });
}

const archiveId = (id: string): string => uuid5(id, NAME);

function withLinks(resource: DocumentReference, ids: ReadonlyMap<string, string>): DocumentReference {
  if (resource.relatesTo === undefined) return resource;
  return {
    ...resource,
    relatesTo: resource.relatesTo.map((link) => {
      const reference = ids.get(link.target.reference ?? '');
      return reference === undefined ? link : { ...link, target: { ...link.target, reference } };
    }),
  };
}

function renamed(resource: DocumentReference, pdf: Uint8Array): DocumentReference {
  const { masterIdentifier: master } = resource;
  const value = `urn:uuid:${uuid5(master?.value?.replace('urn:uuid:', '') ?? '', NAME)}`;
  const hash = createHash('sha1').update(pdf).digest('base64');
  return {
    ...resource,
    id: archiveId(resource.id ?? ''),
    ...(master && { masterIdentifier: { ...master, value } }),
    identifier: (resource.identifier ?? []).map((one) =>
      one.system === master?.system && one.value === master?.value ? { ...one, value } : one,
    ),
    content: resource.content.map((content) => {
      const { attachment } = content;
      const url = `Binary/${archiveId((attachment.url ?? '').replace('Binary/', ''))}`;
      return { ...content, attachment: { ...attachment, url, size: pdf.byteLength, hash } };
    }),
  };
}
