/**
 * X-Request-ID and X-Correlation-ID: echoed when given, made when absent, so that a call can be found again on both
 * sides. What is not a plain id is not echoed: it would end up in logs.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID = 'x-request-id';
export const CORRELATION_ID = 'x-correlation-id';

const PLAIN_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** The id of a header, or a new one. */
export function idFrom(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && PLAIN_ID.test(header) ? header : randomUUID();
}

/** For Fastify's `genReqId`. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  return idFrom(request.headers[REQUEST_ID]);
}
