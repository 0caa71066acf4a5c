/** How resources leave: negotiated, and as they were made. https://hl7.org/fhir/R4/http.html */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FhirResource } from 'fhir/r4';
import { FHIR_JSON, negotiate } from './negotiate.js';
import { lastValueOf, type Pair, pairsOfAddress } from './pairs.js';

/**
 * Sends a resource, or the stored text of one, as FHIR JSON.
 * @param pairs parameters that may hold `_format`; by default the address's
 * @throws Refusal 406
 */
export function sendFhir(
  request: FastifyRequest,
  reply: FastifyReply,
  resource: FhirResource | string,
  pairs: readonly Pair[] = pairsOfAddress(request),
): FastifyReply {
  const type = negotiate(request.headers.accept, lastValueOf(pairs, '_format'));
  return sendJson(reply, type, resource);
}

/** Sends FHIR JSON under a media type that was negotiated. */
export function sendJson(reply: FastifyReply, type: string, resource: FhirResource | string): FastifyReply {
  return reply
    .header('vary', 'Accept')
    .type(`${type}; charset=utf-8`)
    .send(typeof resource === 'string' ? resource : JSON.stringify(resource));
}

/** Sends an outcome; errors are told in FHIR JSON whatever was asked for. */
export function sendOutcome(reply: FastifyReply, status: number, outcome: FhirResource): FastifyReply {
  return sendJson(reply.code(status), FHIR_JSON, outcome);
}
