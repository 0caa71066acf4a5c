/**
 * Every way in which a request can fail, answered in one shape. Fastify's error handler sees neither unknown addresses
 * nor bad URLs nor requests that are not HTTP: each has its own hook here.
 */
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AllowedMethods } from './allowed-methods.js';
import { PROBLEM_JSON, type Problem, ProblemError, requestProblem, sendProblem } from './problem.js';
import { CORRELATION_ID, idFrom, REQUEST_ID } from './request-ids.js';
import { SECURITY_HEADERS } from './security-headers.js';

/**
 * What is told about a failure: its kind and place. Its message only when the error says by `safeToLog` that it holds
 * nothing of what was sent.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, safeToLog } = error as { code?: unknown; safeToLog?: unknown };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(safeToLog === true ? { says: error.message } : {}),
    at: frames?.slice(0, 8),
  };
}

/** Installs the handlers on the whole app. Plugins for other audiences put their own above it. */
export function handleErrors(app: FastifyInstance, allowed: AllowedMethods): void {
  app.setErrorHandler((error, request, reply) => {
    readToItsEnd(request, reply);
    if (error instanceof ProblemError) return sendProblem(reply, error.problem, error.headers);
    const problem = problemOfFastify(error as FastifyError, request);
    if (problem.status >= 500) request.log.error(describeError(error), 'request failed');
    return sendProblem(reply, problem, problem.status === 503 ? COME_BACK : {});
  });
  app.setNotFoundHandler((request, reply) => {
    const methods = allowed.of(request.url);
    if (methods.length === 0) return sendProblem(reply, requestProblem('not-found', 'not-found'));
    const list = methods.join(', ');
    const values = { method: request.method, allowed: list };
    return sendProblem(reply, requestProblem('method-not-allowed', 'method-not-allowed', values), {
      allow: list,
    });
  });
}

/**
 * What is still coming of a body that is not wanted is read and thrown away (as long as the request timeout lasts):
 * Fastify closes at once, which takes the answer from a caller that is still sending. RFC 9112 §9.6.
 */
function readToItsEnd({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete) return;
  reply.removeHeader('connection');
  raw.resume();
}

/** Seconds after which a moment's fault may be over. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
const COME_BACK = { 'retry-after': '5' };

/** Faults of a moment, of parts that say so themselves. */
const BUSY: ReadonlySet<string> = new Set(['workshop-full', 'workshop-closed', 'job-worker-stopped']);

function problemOfFastify(error: FastifyError, request: FastifyRequest): Problem {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return requestProblem('too-large', 'body-too-large', { limit: request.routeOptions.bodyLimit ?? 0 });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return requestProblem('unsupported-media-type', 'unsupported-media-type', {
        expected: 'application/json',
      });
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return requestProblem('not-found', 'not-found');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
      return requestProblem('bad-request', 'bad-request');
  }
  if (error.statusCode === 503 || BUSY.has(error.code))
    return requestProblem('not-available', 'not-available');
  const isRequests = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
  return isRequests
    ? requestProblem('bad-request', 'bad-request')
    : requestProblem('internal-error', 'internal-error');
}

/** For Fastify's `frameworkErrors`: the address could not be read, so no hook has run. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem =
    error.code === 'FST_ERR_BAD_URL'
      ? requestProblem('bad-request', 'bad-url')
      : problemOfFastify(error, request);
  reply.headers(SECURITY_HEADERS);
  reply.header(REQUEST_ID, idFrom(request.headers[REQUEST_ID]));
  reply.header(CORRELATION_ID, idFrom(request.headers[CORRELATION_ID]));
  sendProblem(reply, problem);
}

/** For Fastify's `clientErrorHandler`: what came is not HTTP, so there is only the socket to answer on. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = clientProblem(error.code);
  const body = JSON.stringify(problem);
  const headers = {
    ...SECURITY_HEADERS,
    [REQUEST_ID]: idFrom(undefined),
    [CORRELATION_ID]: idFrom(undefined),
    'content-type': PROBLEM_JSON,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

function clientProblem(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return requestProblem('headers-too-large', 'headers-too-large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestProblem('request-timeout', 'request-timeout');
  return requestProblem('bad-request', 'bad-request');
}
