/**
 * search-type of DocumentReference, by GET and by POST (MHD ITI-67). The links carry the search as it was understood,
 * the resident's identifier sealed.
 * https://hl7.org/fhir/R4/http.html#search, https://profiles.ihe.net/ITI/MHD/ITI-67.html
 */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Bundle, BundleEntry, DocumentReference, OperationOutcome } from 'fhir/r4';
import { BadCursor } from '../../store/cursor.js';
import type { StoredDocument } from '../../store/store.js';
import { baseUrl } from './address.js';
import { sendFhir } from './answer.js';
import { bytesOf } from './bodies.js';
import type { Handler, Parts } from './interaction.js';
import { outcomeOf, refuse } from './outcome.js';
import { type Pair, pairsOf, pairsOfAddress } from './pairs.js';
import { isStrict, readSearch, type Search } from './search-query.js';

/** Parameters of the address and, with POST, of the form. */
function parametersOf(request: FastifyRequest): Pair[] {
  const form = new TextDecoder('utf-8', { fatal: true });
  try {
    return [...pairsOfAddress(request), ...pairsOf(form.decode(bytesOf(request)))];
  } catch (error) {
    if (error instanceof TypeError) throw refuse(400, 'invalid', 'The form is not UTF-8.');
    throw error;
  }
}

async function pageOf({ documents }: Parts, search: Search) {
  const { conditions, sort, limit, cursor } = search;
  try {
    return await documents.search({
      ...conditions,
      sort,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
  } catch (error) {
    if (error instanceof BadCursor) throw refuse(400, 'value', 'This link is no longer good: search again.');
    throw error;
  }
}

function matchOf({ id, resource }: StoredDocument, base: string): BundleEntry {
  return {
    fullUrl: `${base}/DocumentReference/${id}`,
    resource: JSON.parse(resource) as DocumentReference,
    search: { mode: 'match' },
  };
}

/** What was passed over is said beside what was found. */
function outcomeEntries({ warnings, countOnly }: Search): BundleEntry<OperationOutcome>[] {
  return warnings.length === 0 || countOnly
    ? []
    : [
        {
          fullUrl: `urn:uuid:${randomUUID()}`,
          resource: outcomeOf(warnings),
          search: { mode: 'outcome' },
        },
      ];
}

const queryOf = (pairs: readonly Pair[]): string =>
  pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');

export function search(parts: Parts): Handler {
  return async (request, reply) => {
    const pairs = parametersOf(request);
    const asked = readSearch(pairs, isStrict(request.headers['prefer']), parts.seal);
    const { items, total, next } = await pageOf(parts, asked);
    const base = baseUrl(request, parts.place);
    const link = (relation: string, more: readonly Pair[]) => ({
      relation,
      url: `${base}/DocumentReference?${queryOf([...asked.used, ...more])}`,
    });
    const entry = [
      ...(asked.countOnly ? [] : items.map((item) => matchOf(item, base))),
      ...outcomeEntries(asked),
    ];
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      total,
      link: [
        link('self', asked.cursor === undefined ? [] : [['_cursor', asked.cursor]]),
        ...(next === undefined || asked.countOnly ? [] : [link('next', [['_cursor', next]])]),
      ],
      ...(entry.length === 0 ? {} : { entry }),
    };
    return sendFhir(request, reply, bundle, pairs);
  };
}
