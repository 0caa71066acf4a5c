/**
 * Parameters of an address or a form, in their order, decoded strictly: what cannot be decoded is refused, not changed.
 * https://url.spec.whatwg.org/#application/x-www-form-urlencoded
 */
import type { FastifyRequest } from 'fastify';
import { refuse } from './outcome.js';

export type Pair = readonly [name: string, value: string];

const MOST_PAIRS = 100;

/** @throws Refusal 400 */
export function pairsOf(text: string): Pair[] {
  const parts = text.split('&').filter((part) => part !== '');
  if (parts.length > MOST_PAIRS) throw refuse(400, 'too-costly', `More than ${MOST_PAIRS} parameters.`);
  return parts.map((part) => {
    const equals = part.indexOf('=');
    return equals < 0
      ? [decoded(part), '']
      : [decoded(part.slice(0, equals)), decoded(part.slice(equals + 1))];
  });
}

/** Parameters of a request's address. */
export function pairsOfAddress(request: FastifyRequest): Pair[] {
  const [, query = ''] = /^[^?]*\?([^#]*)/.exec(request.url) ?? [];
  return pairsOf(query);
}

/** The last value of a parameter. */
export function lastValueOf(pairs: readonly Pair[], wanted: string): string | undefined {
  return pairs.findLast(([name]) => name === wanted)?.[1];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw refuse(400, 'invalid', 'A parameter is not percent-encoded UTF-8.');
  }
}
