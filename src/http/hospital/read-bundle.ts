/**
 * read and vread of a document Bundle: the stored bytes, unchanged.
 * https://hl7.org/fhir/R4/documents.html
 */
import { sendJson } from './answer.js';
import type { Handler, IdParams, Parts, VersionParams } from './interaction.js';
import { negotiate } from './negotiate.js';
import { lastValueOf, pairsOfAddress } from './pairs.js';
import { announce, contentAt } from './read-content.js';

export function readBundle(parts: Parts): Handler<IdParams & Partial<VersionParams>> {
  return async (request, reply) => {
    const content = await contentAt(parts.documents, 'Bundle', request);
    const type = negotiate(request.headers.accept, lastValueOf(pairsOfAddress(request), '_format'));
    if (announce(request, reply, 'Bundle', content, parts)) return reply.code(304).send();
    return sendJson(reply, type, content.version.bundle);
  };
}
