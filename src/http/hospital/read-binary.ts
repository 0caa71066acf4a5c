/**
 * read and vread of a Binary: the PDF itself, or the resource that holds it where FHIR is asked for.
 * https://hl7.org/fhir/R4/binary.html#rest
 */

import type { FastifyReply } from 'fastify';
import type { Binary, DocumentReference } from 'fhir/r4';
import type { PdfCopy } from '../../transfer/copies.js';
import { baseUrl } from './address.js';
import { sendJson } from './answer.js';
import { isTagged } from './conditional.js';
import type { Content } from './documents.js';
import type { Handler, IdParams, Parts, VersionParams } from './interaction.js';
import { isFhirJson, negotiate } from './negotiate.js';
import { notFound } from './outcome.js';
import { lastValueOf, pairsOfAddress } from './pairs.js';
import { announce, contentAt, MARKED } from './read-content.js';

const PDF = 'application/pdf';

function binaryOf(id: string, { document }: Content, meta: Binary['meta'], pdf: Uint8Array): Binary {
  const { meta: own } = JSON.parse(document.resource) as DocumentReference;
  return {
    resourceType: 'Binary',
    id,
    meta: { ...meta, ...(own?.security === undefined ? {} : { security: own.security }) },
    contentType: PDF,
    securityContext: { reference: `DocumentReference/${document.id}` },
    data: Buffer.from(pdf).toString('base64'),
  };
}

/** The name tells nothing of the resident: download folders are shared. */
function sendFile(reply: FastifyReply, id: string, pdf: Uint8Array): FastifyReply {
  reply.header('content-disposition', `inline; filename="red-bag-${id}.pdf"`);
  return reply.type(PDF).send(Buffer.from(pdf));
}

export function readBinary(parts: Parts): Handler<IdParams & Partial<VersionParams>> {
  const readMarked = markedBinary(parts);
  return async (request, reply) => {
    const { id, versionId } = request.params;
    if (id.endsWith(MARKED) && versionId === undefined) return readMarked(request, reply);
    const content = await contentAt(parts.documents, 'Binary', request);
    const format = lastValueOf(pairsOfAddress(request), '_format');
    const type = negotiate(request.headers.accept, format, [PDF]);
    if (announce(request, reply, 'Binary', content, parts)) return reply.code(304).send();
    const { pdf, acceptedAt } = content.version;
    const meta = { versionId: '1', lastUpdated: acceptedAt };
    return isFhirJson(type)
      ? sendJson(reply, type, binaryOf(id, content, meta, pdf))
      : sendFile(reply, id, pdf);
  };
}

/**
 * The copy of what is superseded or withdrawn, marked so across each page: a document of its own, under an id of its
 * own, because what was given out under the first one never changes.
 */
function markedBinary(parts: Parts): Handler<IdParams> {
  return async (request, reply) => {
    const { id } = request.params;
    const content = await parts.documents.content('Binary', id.slice(0, -MARKED.length));
    const { bagId = '', bagVersion = 0 } = content?.document ?? {};
    const copy: PdfCopy | undefined = content && (await parts.copies.marked(bagId, bagVersion));
    if (content === undefined || copy === undefined) throw notFound();
    const format = lastValueOf(pairsOfAddress(request), '_format');
    const type = negotiate(request.headers.accept, format, [PDF]);
    reply.header('etag', `W/"${copy.tag}"`).header('vary', 'Accept');
    reply.header(
      'link',
      `<${baseUrl(request, parts.place)}/DocumentReference/${content.document.id}>; rel="describedby"`,
    );
    if (isTagged(request, copy.tag)) return reply.code(304).send();
    const pdf = await copy.body();
    return isFhirJson(type)
      ? sendJson(reply, type, binaryOf(id, content, { versionId: copy.tag }, pdf))
      : sendFile(reply, id, pdf);
  };
}
