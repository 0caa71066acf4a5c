/**
 * What a hospital's answer means, and when to try again.
 *
 * 408, 429 and 503, other 5xx, and a connection that failed are tried again with a growing delay; 409 or an
 * OperationOutcome `duplicate` mean that the document is there; every other refusal is for a person to look at.
 * A success is believed only if it answers each entry of the transaction:
 * https://hl7.org/fhir/R4/http.html#transaction-response
 */

/** How an attempt ended; these codes are what `/deliveries` and the log show. Never text from the other side. */
export const OUTCOMES = {
  delivered: 'the hospital confirmed every part',
  'already-there': 'a look-up before sending found that the hospital has it',
  duplicate: 'the hospital said that it has it',
  busy: 'the hospital asked to come later (429, 503)',
  'server-error': 'the hospital had a fault of its own (5xx)',
  'request-timeout': 'the hospital gave up waiting for us (408)',
  conflict: 'the hospital said conflict (409), and does not have it',
  'cannot-connect': 'no connection could be made; nothing was sent',
  'no-answer': 'sent, but no answer came; the hospital may have it',
  'half-answer': 'the answer broke off or left parts out; the hospital may have it',
  'not-understood': 'a success that is no FHIR transaction response; not believed',
  refused: 'the hospital refused it for good (4xx)',
  redirected: 'the address answers with a redirect, which is not followed',
  'not-configured': 'there is no configuration for this destination',
  'nothing-to-withdraw': 'nothing had reached this hospital',
  overtaken: 'withdrawn or replaced before it was sent',
  stopped: 'the service stopped during the attempt',
  'worker-lost': 'the service ended during the attempt; the hospital may have it',
  'internal-error': 'a fault of this service',
} as const;

export type Outcome = keyof typeof OUTCOMES;

/** An answer, reduced to what decides. */
export type Answer =
  | {
      readonly kind: 'http';
      readonly status: number;
      /** Milliseconds that the hospital asked us to wait (Retry-After). */
      readonly retryAfterMs?: number;
      /** Codes of the OperationOutcome's issues, if one came. */
      readonly issueCodes: readonly string[];
      /** For a 2xx: does the body answer each entry, and all with 2xx? `unread` where the status decides alone. */
      readonly body: 'confirmed' | 'partial' | 'foreign' | 'unread';
      /** Status of the entry that failed, for a transaction response with one. */
      readonly entryStatus?: number;
    }
  | { readonly kind: 'no-connection' }
  /** The request left; then the connection broke or the time was up. */
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'broken-answer'; readonly status: number };

export type Verdict =
  | { readonly is: 'delivered'; readonly outcome: Outcome; readonly httpStatus?: number }
  | {
      readonly is: 'retry';
      readonly outcome: Outcome;
      readonly httpStatus?: number;
      readonly retryAfterMs?: number;
      readonly mayHaveArrived: boolean;
    }
  | {
      readonly is: 'permanent';
      readonly outcome: Outcome;
      readonly httpStatus?: number;
      readonly mayHaveArrived: boolean;
    }
  /** The hospital says conflict: it may have the documents, or be busy writing them. A look-up tells. */
  | { readonly is: 'look-up'; readonly httpStatus: number };

export type FinalVerdict = Exclude<Verdict, { is: 'look-up' }>;

const isRetryable = (status: number): boolean => status === 408 || status === 429 || status >= 500;

function refusal(status: number, httpStatus: number, retryAfterMs?: number): FinalVerdict {
  if (isRetryable(status)) {
    const outcome =
      status === 429 || status === 503 ? 'busy' : status === 408 ? 'request-timeout' : 'server-error';
    return {
      is: 'retry',
      outcome,
      httpStatus,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      // Only "too many requests" says that nothing was done; a gateway gives the others for work done behind it.
      mayHaveArrived: status !== 429,
    };
  }
  if (status >= 300 && status < 400) {
    return { is: 'permanent', outcome: 'redirected', httpStatus, mayHaveArrived: false };
  }
  return { is: 'permanent', outcome: 'refused', httpStatus, mayHaveArrived: false };
}

/**
 * Decides what an answer means. Total: every answer has one verdict.
 *
 * @param onlyCreates nothing that the hospital had was to be changed: then "duplicate" means that all is done
 */
export function judge(answer: Answer, onlyCreates: boolean): Verdict {
  switch (answer.kind) {
    case 'no-connection':
      return { is: 'retry', outcome: 'cannot-connect', mayHaveArrived: false };
    case 'no-answer':
      return { is: 'retry', outcome: 'no-answer', mayHaveArrived: true };
    case 'broken-answer':
      // What broke off may have been the word "duplicate": the next attempt hears the whole of it.
      return { is: 'retry', outcome: 'half-answer', httpStatus: answer.status, mayHaveArrived: true };
    case 'http':
      return judgeHttp(answer, onlyCreates);
  }
}

function judgeHttp(answer: Answer & { kind: 'http' }, onlyCreates: boolean): Verdict {
  const { status, retryAfterMs } = answer;
  const success = status >= 200 && status < 300;
  if (!success && answer.issueCodes.includes('duplicate') && !isRetryable(status)) {
    return onlyCreates
      ? { is: 'delivered', outcome: 'duplicate', httpStatus: status }
      : { is: 'look-up', httpStatus: status };
  }
  if (status === 409 || answer.entryStatus === 409) return { is: 'look-up', httpStatus: status };
  if (!success) return refusal(status, status, retryAfterMs);
  if (answer.body === 'confirmed') return { is: 'delivered', outcome: 'delivered', httpStatus: status };
  if (answer.entryStatus !== undefined) {
    const verdict = refusal(answer.entryStatus, status, retryAfterMs);
    return verdict.is === 'retry' || verdict.is === 'permanent'
      ? { ...verdict, mayHaveArrived: true }
      : verdict;
  }
  return {
    is: 'retry',
    outcome: answer.body === 'partial' ? 'half-answer' : 'not-understood',
    httpStatus: status,
    mayHaveArrived: true,
  };
}

/**
 * The verdict after a conflict, when the hospital was asked whether it has the documents. If it cannot be asked,
 * a conflict on documents that were only to be created counts as delivered, as senders in this field read it.
 */
export function judgeConflict(
  httpStatus: number,
  isThere: boolean | 'unknown',
  onlyCreates: boolean,
): FinalVerdict {
  return isThere === false || (isThere === 'unknown' && !onlyCreates)
    ? { is: 'retry', outcome: 'conflict', httpStatus, mayHaveArrived: true }
    : { is: 'delivered', outcome: 'duplicate', httpStatus };
}

export interface RetryPolicy {
  /** Delay before the second attempt. */
  readonly firstDelayMs: number;
  /** No delay of our own is longer; a hospital's Retry-After may be. */
  readonly longestDelayMs: number;
  /** Time from the first attempt after which a person is asked, whatever the cause. */
  readonly giveUpAfterMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  firstDelayMs: 2_000,
  longestDelayMs: 15 * 60_000,
  giveUpAfterMs: 24 * 3_600_000,
};

/**
 * When the next attempt is due.
 *
 * @param tried attempts made, this one included
 * @param firstAtMs time of the first one
 * @param random in [0, 1): spreads many deliveries to one hospital over half of the delay
 * @returns milliseconds since 1970, or `give-up` when it would be later than the policy allows
 */
export function nextTry(
  policy: RetryPolicy,
  {
    tried,
    firstAtMs,
    nowMs,
    retryAfterMs = 0,
  }: { tried: number; firstAtMs: number; nowMs: number; retryAfterMs?: number },
  random: number,
): number | 'give-up' {
  const grown = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** Math.min(tried - 1, 40));
  const delay = Math.max(grown * (0.5 + random / 2), retryAfterMs);
  const last = firstAtMs + policy.giveUpAfterMs;
  if (nowMs >= last) return 'give-up';
  // The last attempt is made at the end of the time, not given up before it.
  return Math.min(Math.round(nowMs + delay), last);
}

/** Reads `Retry-After`: seconds or a date (RFC 9110 §10.2.3); undefined when it is neither. */
export function readRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
