/** Reads a hospital's answer down to what decides; nothing of its text goes further. */
import type { Bundle, DocumentReference, OperationOutcome } from 'fhir/r4';
import type { HttpResult } from './http.js';
import { type Answer, readRetryAfter } from './retry-contract.js';

function parsed(text: string): { resourceType?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function issueCodes(resource: { resourceType?: unknown } | undefined): string[] {
  if (resource?.resourceType !== 'OperationOutcome') return [];
  const issues = (resource as OperationOutcome).issue;
  return Array.isArray(issues)
    ? issues.map((issue) => String(issue?.code)).filter((c) => /^[a-z-]{1,40}$/.test(c))
    : [];
}

const statusOf = (entry: unknown): number =>
  Number.parseInt(String((entry as { response?: { status?: unknown } } | null)?.response?.status), 10);

/** One 2xx for each entry of the request, in order; R4 http.html#transaction-response. */
function confirmation(
  resource: { resourceType?: unknown } | undefined,
  entries: number,
): { body: 'confirmed' | 'partial' | 'foreign'; entryStatus?: number } {
  const bundle = resource as Partial<Bundle> | undefined;
  if (bundle?.resourceType !== 'Bundle' || bundle.type !== 'transaction-response') return { body: 'foreign' };
  const statuses = Array.isArray(bundle.entry) ? bundle.entry.map(statusOf) : [];
  if (statuses.length !== entries || statuses.some(Number.isNaN)) return { body: 'partial' };
  const bad = statuses.find((status) => status < 200 || status > 299);
  return bad === undefined ? { body: 'confirmed' } : { body: 'partial', entryStatus: bad };
}

const header = (result: HttpResult & { kind: 'answer' }, name: string): string | undefined => {
  const value = result.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

function httpAnswer(
  result: HttpResult & { kind: 'answer' },
  body: Pick<Answer & { kind: 'http' }, 'body' | 'entryStatus'>,
  nowMs: number,
): Answer {
  const retryAfterMs = readRetryAfter(header(result, 'retry-after'), nowMs);
  return {
    kind: 'http',
    status: result.status,
    issueCodes: issueCodes(parsed(result.text)),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...body,
  };
}

/** The answer to a transaction of that many entries. */
export function readTransactionAnswer(result: HttpResult, entries: number, nowMs: number): Answer {
  if (result.kind !== 'answer') return result;
  const success = result.status >= 200 && result.status < 300;
  return httpAnswer(result, success ? confirmation(parsed(result.text), entries) : { body: 'unread' }, nowMs);
}

/** The answer to a look-up that did not succeed. */
export function readLookUpFailure(result: HttpResult, nowMs: number): Answer {
  return result.kind === 'answer' ? httpAnswer(result, { body: 'foreign' }, nowMs) : result;
}

/** DocumentReferences of a searchset; undefined when the answer is none. */
export function readSearchset(result: HttpResult): DocumentReference[] | undefined {
  if (result.kind !== 'answer' || result.status !== 200) return undefined;
  const bundle = parsed(result.text) as Partial<Bundle> | undefined;
  if (bundle?.resourceType !== 'Bundle' || bundle.type !== 'searchset') return undefined;
  return (bundle.entry ?? [])
    .map(({ resource }) => resource)
    .filter((resource): resource is DocumentReference => resource?.resourceType === 'DocumentReference');
}
