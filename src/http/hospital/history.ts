/**
 * history-instance of a DocumentReference: every state, newest first; there are never more than a few.
 * https://hl7.org/fhir/R4/http.html#history
 */
import type { Bundle, BundleEntry, DocumentReference } from 'fhir/r4';
import type { StoredDocument } from '../../store/store.js';
import { baseUrl } from './address.js';
import { sendFhir } from './answer.js';
import { entityTag } from './conditional.js';
import type { Handler, IdParams, Parts } from './interaction.js';
import { notFound } from './outcome.js';

function entryOf(state: StoredDocument, base: string): BundleEntry {
  const first = state.versionId === 1;
  return {
    fullUrl: `${base}/DocumentReference/${state.id}`,
    resource: JSON.parse(state.resource) as DocumentReference,
    request: first
      ? { method: 'POST', url: 'DocumentReference' }
      : { method: 'PUT', url: `DocumentReference/${state.id}` },
    response: { status: first ? '201' : '200', etag: entityTag(state), lastModified: state.lastUpdated },
  };
}

export function history({ documents, place }: Parts): Handler<IdParams> {
  return async (request, reply) => {
    const states = await documents.states(request.params.id);
    if (states.length === 0) throw notFound();
    const base = baseUrl(request, place);
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'history',
      total: states.length,
      link: [{ relation: 'self', url: `${base}/DocumentReference/${request.params.id}/_history` }],
      entry: states.map((state) => entryOf(state, base)),
    };
    return sendFhir(request, reply, bundle);
  };
}
