/**
 * The one transaction that carries a document: Binary or document Bundle, DocumentReferences, and older
 * DocumentReferences with their new status. https://hl7.org/fhir/R4/http.html#transaction
 *
 * Written as bytes, because the document Bundle goes as the bytes that were validated and stored.
 */
import { randomUUID } from 'node:crypto';
import type { Binary, Bundle, DocumentReference, FhirResource, Identifier } from 'fhir/r4';
import type { StoredDocument } from '../store/store.js';
import type { Job, Piece } from './dialect.js';
import { applyLabels } from './labels.js';

export interface Transaction {
  readonly body: Buffer;
  readonly entries: number;
}

interface Entry {
  readonly fullUrl: string;
  /** JSON of the resource, in pieces. */
  readonly resource: readonly Buffer[];
  readonly request: { readonly method: 'PUT' | 'POST'; readonly url: string; readonly ifNoneExist?: string };
}

/** A document that a look-up found at the hospital, under the hospital's own id. */
export interface Found {
  readonly id: string;
  readonly resource: DocumentReference;
}

const parse = (document: StoredDocument): DocumentReference =>
  JSON.parse(document.resource) as DocumentReference;

/** The identifier that names a document everywhere, whatever id a server gives it. */
export function masterIdentifier(document: StoredDocument): Identifier & { system: string; value: string } {
  const { masterIdentifier: master } = parse(document);
  if (master?.system === undefined || master.value === undefined) {
    throw new Error(`document ${document.id} has no masterIdentifier`);
  }
  return { system: master.system, value: master.value };
}

/** `identifier=system|value` for a search or a conditional create. */
export function byIdentifier(document: StoredDocument): string {
  const { system, value } = masterIdentifier(document);
  const escaped = (text: string) => text.replace(/[\\$,|]/g, '\\$&');
  return `identifier=${encodeURIComponent(`${escaped(system)}|${escaped(value)}`)}`;
}

interface Attachment {
  readonly type: 'Binary' | 'Bundle';
  readonly id: string;
}

/** Type and id of the body, from the attachment's address as we store it (`Binary/<uuid>`, `Bundle/<uuid>`). */
function attachmentOf(document: StoredDocument): Attachment {
  const url = parse(document).content[0]?.attachment.url ?? '';
  const [, type, id] = /(?:^|\/)(Binary|Bundle)\/([A-Za-z0-9.-]{1,64})$/.exec(url) ?? [];
  if (type === undefined || id === undefined)
    throw new Error(`document ${document.id} has no attachment address`);
  return { type: type as Attachment['type'], id };
}

/** Version and time are the receiving server's to give. */
function withoutServerMeta<T extends FhirResource>(resource: T): T {
  const { versionId: _v, lastUpdated: _l, ...kept } = resource.meta ?? {};
  const { meta: _m, ...rest } = resource;
  return { ...rest, ...(Object.keys(kept).length > 0 && { meta: kept }) } as T;
}

/** The names that documents have in this transaction: a reference for those it holds, none for the others. */
type Names = ReadonlyMap<string, string>;

/**
 * The DocumentReference as this hospital gets it: its labels, and links only to documents that it has. A link to
 * one that it does not get keeps the identifier, so that nothing points to where nothing is.
 */
function outward(job: Job, document: StoredDocument, names: Names, attachmentUrl: string): DocumentReference {
  const identifiers = new Map(job.all.map((d) => [`DocumentReference/${d.id}`, d]));
  const resource = withoutServerMeta(applyLabels(parse(document), document.kind, job.hospital.labels));
  const relatesTo = resource.relatesTo?.map((link) => {
    const target = identifiers.get(link.target.reference ?? '');
    if (target === undefined) return link;
    const { reference: _r, ...rest } = link.target;
    const name = names.get(target.id);
    return {
      ...link,
      target:
        name === undefined ? { ...rest, identifier: masterIdentifier(target) } : { ...rest, reference: name },
    };
  });
  return {
    ...resource,
    ...(job.delivery.operation === 'withdraw' && { status: 'entered-in-error' as const }),
    ...(relatesTo && { relatesTo }),
    content: resource.content.map((content, i) =>
      i === 0 ? { ...content, attachment: { ...content.attachment, url: attachmentUrl } } : content,
    ),
  };
}

/** The body's JSON with the id it is stored under at the hospital, in pieces. */
function bodyJson(piece: Piece, { type, id }: Attachment): Buffer[] {
  if (type === 'Bundle') {
    const stored = bufferOf(piece.body);
    // The stored bytes, unless they lack the id that the PUT must repeat. Ours have it in front: nothing to parse.
    const head = Buffer.from(`{"resourceType":"Bundle","id":${JSON.stringify(id)},`);
    if (stored.subarray(0, head.length).equals(head)) return [stored];
    const bundle = JSON.parse(stored.toString('utf8')) as Bundle;
    return [bundle.id === id ? stored : Buffer.from(JSON.stringify({ ...bundle, id }))];
  }
  const { meta } = parse(piece.document);
  const binary: Binary = {
    resourceType: 'Binary',
    id,
    // A demonstration's mark (HTEST) stands on the bytes too.
    ...(meta?.security && { meta: { security: meta.security } }),
    contentType: parse(piece.document).content[0]?.attachment.contentType ?? 'application/pdf',
  };
  const data = bufferOf(piece.body).toString('base64');
  return [Buffer.from(JSON.stringify(binary).slice(0, -1)), Buffer.from(`,"data":"${data}"}`, 'latin1')];
}

const json = (resource: object): Buffer[] => [Buffer.from(JSON.stringify(resource))];

const bufferOf = (body: Uint8Array | string): Buffer =>
  typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);

function assemble(entries: readonly Entry[]): Transaction {
  const pieces = entries.flatMap(({ fullUrl, resource, request }, i) => [
    Buffer.from(`${i === 0 ? '' : ','}{"fullUrl":${JSON.stringify(fullUrl)},"resource":`),
    ...resource,
    Buffer.from(`,"request":${JSON.stringify(request)}}`),
  ]);
  const head = Buffer.from('{"resourceType":"Bundle","type":"transaction","entry":[');
  return { body: Buffer.concat([head, ...pieces, Buffer.from(']}')]), entries: entries.length };
}

/**
 * With our own ids: everything by PUT (update as create), so that the same transaction sent twice changes nothing.
 * https://hl7.org/fhir/R4/http.html#upsert
 */
export function putTransaction(job: Job): Transaction {
  const base = job.hospital.baseUrl;
  const put = (path: string, resource: readonly Buffer[]): Entry => ({
    fullUrl: `${base}/${path}`,
    resource,
    request: { method: 'PUT', url: path },
  });
  const documents = [...job.pieces.map(({ document }) => document), ...job.changed];
  const names = new Map(documents.map(({ id }) => [id, `DocumentReference/${id}`]));
  const bodies = job.pieces.map((piece) => {
    const attachment = attachmentOf(piece.document);
    return put(`${attachment.type}/${attachment.id}`, bodyJson(piece, attachment));
  });
  const references = documents.map((document) => {
    const { type, id } = attachmentOf(document);
    return put(`DocumentReference/${document.id}`, json(outward(job, document, names, `${type}/${id}`)));
  });
  return assemble([...bodies, ...references]);
}

/**
 * For a server that gives its own ids: what a look-up did not find is created, with a condition on the identifier
 * in case it appears meanwhile; what it found is only changed where its status is another. A body goes only with
 * its DocumentReference, because R4 gives no way to search for a Binary.
 * https://hl7.org/fhir/R4/http.html#ccreate
 *
 * @returns undefined when there is nothing left to send
 */
export function postTransaction(job: Job, found: ReadonlyMap<string, Found>): Transaction | undefined {
  const urn = () => `urn:uuid:${randomUUID()}`;
  const missing = job.pieces.filter(({ document }) => !found.has(document.id));
  const names = new Map<string, string>();
  for (const [id, { id: serverId }] of found) names.set(id, `DocumentReference/${serverId}`);
  for (const { document } of missing) names.set(document.id, urn());

  const created = missing.flatMap((piece): Entry[] => {
    const attachment = attachmentOf(piece.document);
    const body = urn();
    const { id: _id, ...reference } = outward(job, piece.document, names, body);
    return [
      {
        fullUrl: body,
        resource: bodyJson(piece, attachment),
        request: { method: 'POST', url: attachment.type },
      },
      {
        fullUrl: names.get(piece.document.id) as string,
        resource: json(reference),
        request: { method: 'POST', url: 'DocumentReference', ifNoneExist: byIdentifier(piece.document) },
      },
    ];
  });

  const documents = [...job.pieces.map(({ document }) => document), ...job.changed];
  const updated = documents.flatMap((document): Entry[] => {
    const there = found.get(document.id);
    const status = job.delivery.operation === 'withdraw' ? 'entered-in-error' : parse(document).status;
    if (there === undefined || there.resource.status === status) return [];
    const path = `DocumentReference/${there.id}`;
    return [
      {
        fullUrl: `${job.hospital.baseUrl}/${path}`,
        resource: json({ ...withoutServerMeta(there.resource), status }),
        request: { method: 'PUT', url: path },
      },
    ];
  });

  const entries = [...created, ...updated];
  return entries.length === 0 ? undefined : assemble(entries);
}
