/**
 * read and vread of a Binary: the PDF itself, or the resource that holds it where FHIR is asked for.
 * https://hl7.org/fhir/R4/binary.html#rest
 */
import type { Binary, DocumentReference } from 'fhir/r4';
import { sendJson } from './answer.js';
import type { Content } from './documents.js';
import type { Handler, IdParams, Parts, VersionParams } from './interaction.js';
import { isFhirJson, negotiate } from './negotiate.js';
import { lastValueOf, pairsOfAddress } from './pairs.js';
import { announce, contentAt } from './read-content.js';

const PDF = 'application/pdf';

function binaryOf(id: string, { document, version }: Content): Binary {
  const { meta } = JSON.parse(document.resource) as DocumentReference;
  return {
    resourceType: 'Binary',
    id,
    meta: {
      versionId: '1',
      lastUpdated: version.acceptedAt,
      ...(meta?.security === undefined ? {} : { security: meta.security }),
    },
    contentType: PDF,
    securityContext: { reference: `DocumentReference/${document.id}` },
    data: Buffer.from(version.pdf).toString('base64'),
  };
}

export function readBinary(parts: Parts): Handler<IdParams & Partial<VersionParams>> {
  return async (request, reply) => {
    const { id } = request.params;
    const content = await contentAt(parts.documents, 'Binary', request);
    const format = lastValueOf(pairsOfAddress(request), '_format');
    const type = negotiate(request.headers.accept, format, [PDF]);
    if (announce(request, reply, 'Binary', content, parts)) return reply.code(304).send();
    if (isFhirJson(type)) return sendJson(reply, type, binaryOf(id, content));
    // The name tells nothing of the resident: download folders are shared.
    reply.header('content-disposition', `inline; filename="red-bag-${id}.pdf"`);
    return reply.type(PDF).send(Buffer.from(content.version.pdf));
  };
}
