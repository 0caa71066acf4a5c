/**
 * One request to a hospital: limits on every wait and on the answer's size, no redirects, no retries (they belong
 * to the outbox, which survives a crash).
 */
import { Agent, request } from 'undici';

export interface HttpLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly bodyMs: number;
  readonly answerBytes: number;
}

export const DEFAULT_LIMITS: HttpLimits = {
  connectMs: 10_000,
  headersMs: 45_000,
  bodyMs: 30_000,
  answerBytes: 8 * 1024 * 1024,
};

export type HttpResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly text: string;
    }
  | { readonly kind: 'no-connection' }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'broken-answer'; readonly status: number };

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface Http {
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResult>;
  close(): Promise<void>;
}

/** Errors before a byte of the request can have left; with any other one the hospital may have it. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...codesOf(cause),
    ...(Array.isArray(errors) ? errors.flatMap(codesOf) : []),
  ];
}

/** Makes the client; close it to end its connections. */
export function createHttp(limits: HttpLimits = DEFAULT_LIMITS): Http {
  const agent = new Agent({
    connect: { timeout: limits.connectMs },
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    maxResponseSize: limits.answerBytes,
    pipelining: 1,
  });
  return {
    async send({ method, url, headers, body }, signal) {
      let status: number | undefined;
      try {
        const answer = await request(url, {
          method,
          headers,
          ...(body !== undefined && { body }),
          signal,
          dispatcher: agent,
        });
        status = answer.statusCode;
        const text = await answer.body.text();
        return { kind: 'answer', status, headers: answer.headers, text };
      } catch (error) {
        if (status !== undefined) return { kind: 'broken-answer', status };
        return {
          kind: codesOf(error).some((code) => BEFORE_SENDING.has(code)) ? 'no-connection' : 'no-answer',
        };
      }
    },
    close: () => agent.destroy(),
  };
}
