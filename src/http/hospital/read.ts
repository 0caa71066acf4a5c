/** read of a DocumentReference: https://hl7.org/fhir/R4/http.html#read */
import { baseUrl } from './address.js';
import { sendFhir } from './answer.js';
import { isUnchanged, stamp } from './conditional.js';
import type { Handler, IdParams, Parts } from './interaction.js';
import { notFound } from './outcome.js';

export function read({ documents, place }: Parts): Handler<IdParams> {
  return async (request, reply) => {
    const document = await documents.newest(request.params.id);
    if (document === undefined) throw notFound();
    stamp(reply, document, `${baseUrl(request, place)}/DocumentReference/${document.id}`);
    if (isUnchanged(request, document)) return reply.code(304).send();
    return sendFhir(request, reply, document.resource);
  };
}
