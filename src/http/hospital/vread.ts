/** vread of a DocumentReference: one of its states. https://hl7.org/fhir/R4/http.html#vread */
import { baseUrl } from './address.js';
import { sendFhir } from './answer.js';
import { isUnchanged, stamp } from './conditional.js';
import { versionIdOf } from './documents.js';
import type { Handler, Parts, VersionParams } from './interaction.js';
import { notFound } from './outcome.js';

export function vread({ documents, place }: Parts): Handler<VersionParams> {
  return async (request, reply) => {
    const versionId = versionIdOf(request.params.versionId);
    const document = versionId && (await documents.state(request.params.id, versionId));
    if (!document) throw notFound();
    stamp(reply, document, `${baseUrl(request, place)}/DocumentReference/${document.id}`);
    if (isUnchanged(request, document)) return reply.code(304).send();
    return sendFhir(request, reply, document.resource);
  };
}
