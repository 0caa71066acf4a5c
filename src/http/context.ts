/** What every request carries: its ids, and the caller once access control has spoken. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AccessControl } from '../access/access.js';
import type { RequestContext } from '../transfer/service-interface.js';
import { ProblemError, requestProblem } from './problem.js';
import { CORRELATION_ID, idFrom, REQUEST_ID } from './request-ids.js';
import { SECURITY_HEADERS } from './security-headers.js';

declare module 'fastify' {
  interface FastifyRequest {
    correlationId: string;
    caller: string;
  }
}

/** Sets ids and security headers on every answer of the app, errors included. */
export function carryIds(app: FastifyInstance): void {
  app.decorateRequest('correlationId', '');
  app.decorateRequest('caller', '');
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    request.correlationId = idFrom(request.headers[CORRELATION_ID]);
    reply.headers({ ...SECURITY_HEADERS, [REQUEST_ID]: request.id, [CORRELATION_ID]: request.correlationId });
  });
}

/** Admits or refuses every request to the plugin's routes, before its body is read. */
export function guard(app: FastifyInstance, access: AccessControl): void {
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const admission = access.admit(request);
    if (admission.admitted) {
      request.caller = admission.caller;
      return;
    }
    const headers = admission.because === 'not-authorised' ? { 'www-authenticate': 'Bearer' } : {};
    throw new ProblemError(requestProblem(admission.because, admission.because), headers);
  });
}

export function contextOf(request: FastifyRequest): RequestContext {
  return { caller: request.caller, requestId: request.id, correlationId: request.correlationId };
}
