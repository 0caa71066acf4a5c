/**
 * Every way in which a request to the hospital's side can fail, as an OperationOutcome.
 * https://hl7.org/fhir/R4/http.html#Status-Codes
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AllowedMethods } from '../allowed-methods.js';
import { describeError } from '../errors.js';
import { ProblemError } from '../problem.js';
import { CORRELATION_ID, idFrom, REQUEST_ID } from '../request-ids.js';
import { SECURITY_HEADERS } from '../security-headers.js';
import { sendOutcome } from './answer.js';
import { type IssueType, outcomeOf, Refusal, refuse } from './outcome.js';

/** Issue types of the statuses that the rest of the application refuses with. */
const CODES: Readonly<Record<number, IssueType>> = {
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  413: 'too-long',
  415: 'not-supported',
  421: 'security',
  503: 'transient',
};

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof ProblemError) {
    const { status, title, issues } = error.problem;
    const code = CODES[status] ?? (status < 500 ? 'invalid' : 'exception');
    return refuse(status, code, issues[0]?.message ?? title, error.headers);
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse(413, 'too-long', 'The body is too large.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse(415, 'not-supported', 'The body is not of a media type that is taken here.');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return refuse(404, 'not-found', 'There is nothing here under this id.');
  }
  if (statusCode === 503) return refuse(503, 'transient', 'The service cannot do this now.');
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
    ? refuse(400, 'invalid', 'The request cannot be read.')
    : refuse(500, 'exception', 'The service failed.');
}

function send(reply: FastifyReply, { status, issues, headers }: Refusal): FastifyReply {
  return sendOutcome(reply.headers(headers), status, outcomeOf(issues));
}

/** Installs the handlers on the plugin. `allowed` knows its routes. */
export function handleErrors(
  app: FastifyInstance,
  allowed: AllowedMethods,
  resourceTypes: readonly string[],
  prefix: string,
): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) request.log.error(describeError(error), 'request failed');
    return send(reply, refusal);
  });
  app.setNotFoundHandler((request, reply) => {
    const methods = allowed.of(request.url).join(', ');
    if (methods !== '') {
      const text = `This address takes ${methods} only.`;
      return send(reply, refuse(405, 'not-supported', text, { allow: methods }));
    }
    const [type = ''] = request.url.slice(prefix.length + 1).split(/[/?#]/, 1);
    const text = resourceTypes.includes(type)
      ? `This is not served for ${type}; GET ${prefix}/metadata says what is.`
      : `This is not served; GET ${prefix}/metadata says what is.`;
    return send(reply, refuse(404, 'not-supported', text));
  });
}

/** For Fastify's `frameworkErrors`: the address could not be read, so no hook has run. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.headers(SECURITY_HEADERS);
  reply.header(REQUEST_ID, idFrom(request.headers[REQUEST_ID]));
  reply.header(CORRELATION_ID, idFrom(request.headers[CORRELATION_ID]));
  send(reply, refusalOf(error));
}
