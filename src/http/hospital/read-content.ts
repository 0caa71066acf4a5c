/**
 * What an attachment's url leads to (MHD ITI-68). It never changes, so it has one version; whether it still holds is
 * said by the DocumentReference, to which the Link header leads.
 * https://profiles.ihe.net/ITI/MHD/ITI-68.html
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { baseUrl } from './address.js';
import { isUnchanged, stamp } from './conditional.js';
import type { Content, Documents } from './documents.js';
import type { IdParams, Parts, VersionParams } from './interaction.js';
import { notFound } from './outcome.js';

/** At the end of a Binary's id: the copy that is marked as superseded or withdrawn. */
export const MARKED = '-marked';

type ContentRequest = FastifyRequest<{ Params: IdParams & Partial<VersionParams> }>;

/** Finds the content that an address names, of the one version that it can name. Throws Refusal 404. */
export async function contentAt(
  documents: Documents,
  type: 'Binary' | 'Bundle',
  { params }: ContentRequest,
): Promise<Content> {
  const exists = params.versionId === undefined || params.versionId === '1';
  const content = exists ? await documents.content(type, params.id) : undefined;
  if (content === undefined) throw notFound();
  return content;
}

/** Puts on the headers that all content has; true when the caller has it already. */
export function announce(
  request: ContentRequest,
  reply: FastifyReply,
  type: 'Binary' | 'Bundle',
  { document, version }: Content,
  { place }: Pick<Parts, 'place'>,
): boolean {
  const state = { versionId: 1, lastUpdated: version.acceptedAt };
  const base = baseUrl(request, place);
  stamp(reply, state, `${base}/${type}/${request.params.id}`);
  reply.header('vary', 'Accept');
  const { status } = JSON.parse(document.resource) as { status?: string };
  const marked =
    type === 'Binary' && status !== 'current'
      ? `, <${base}/Binary/${request.params.id}${MARKED}>; rel="alternate"; title="marked as ${status}"`
      : '';
  reply.header('link', `<${base}/DocumentReference/${document.id}>; rel="describedby"${marked}`);
  return isUnchanged(request, state);
}
