/**
 * Versions as weak entity tags, and reading only what is new.
 * https://hl7.org/fhir/R4/http.html#cread, RFC 9110 §13
 */
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface Versioned {
  readonly versionId: number;
  /** ISO instant. */
  readonly lastUpdated: string;
}

const tagOf = ({ versionId }: Versioned): string => `W/"${versionId}"`;

/** Entity tag, as search and history entries give it too. */
export { tagOf as entityTag };

/** HTTP knows whole seconds. */
const seconds = (moment: string): number => Math.floor(Date.parse(moment) / 1000);

/**
 * Puts version and time on the answer, and the address of this very version, from which clients take the id.
 * @param address of the resource, absolute, without its version
 */
export function stamp(reply: FastifyReply, state: Versioned, address: string): void {
  reply.header('etag', tagOf(state));
  reply.header('content-location', `${address}/_history/${state.versionId}`);
  reply.header('last-modified', new Date(seconds(state.lastUpdated) * 1000).toUTCString());
}

/** True when the caller names this tag by If-None-Match. */
export const isTagged = ({ headers }: FastifyRequest, tag: string): boolean =>
  (headers['if-none-match'] ?? '').split(',').some((one) => ['*', tag].includes(bare(one)));

/** True when the caller has this state already. If-None-Match goes before If-Modified-Since. */
export function isUnchanged(request: FastifyRequest, state: Versioned): boolean {
  const { headers } = request;
  if (headers['if-none-match'] !== undefined) return isTagged(request, String(state.versionId));
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && seconds(state.lastUpdated) <= since / 1000;
}

/** `W/"3"`, `"3"` and, as some clients send it, `3`. */
const bare = (tag: string): string => tag.trim().replace(/^W\//, '').replace(/^"|"$/g, '');
