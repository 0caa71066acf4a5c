/**
 * Dialect `fhir-rest`: a FHIR R4 server that takes a transaction. https://hl7.org/fhir/R4/http.html#transaction
 *
 * A server that takes our ids gets everything by PUT; one that gives its own is asked before each send what it
 * has. Either way an attempt whose answer was lost is repeated and doubles nothing.
 */
import { randomUUID } from 'node:crypto';
import type { DocumentReference } from 'fhir/r4';
import type { StoredDocument } from '../store/store.js';
import type { Dialect, Job } from './dialect.js';
import { createHttp, DEFAULT_LIMITS, type Http, type HttpLimits, type HttpResult } from './http.js';
import { readLookUpFailure, readSearchset, readTransactionAnswer } from './reply.js';
import { type FinalVerdict, judge, judgeConflict, type Verdict } from './retry-contract.js';
import {
  byIdentifier,
  type Found,
  masterIdentifier,
  postTransaction,
  putTransaction,
  type Transaction,
} from './transaction.js';

const FHIR_JSON = 'application/fhir+json';

function headers(job: Job, requestId: string): Record<string, string> {
  return {
    ...job.hospital.headers,
    accept: FHIR_JSON,
    'x-request-id': requestId,
    'x-correlation-id': job.delivery.bagId,
  };
}

const carries = (resource: DocumentReference, document: StoredDocument): boolean => {
  const { system, value } = masterIdentifier(document);
  return [resource.masterIdentifier, ...(resource.identifier ?? [])].some(
    (i) => i?.system === system && i.value === value,
  );
};

interface LookUp {
  readonly found: ReadonlyMap<string, Found>;
  /** The answer that made an end of it. */
  readonly failed?: HttpResult;
}

async function lookUp(http: Http, job: Job, signal: AbortSignal): Promise<LookUp> {
  const found = new Map<string, Found>();
  for (const document of [...job.pieces.map((piece) => piece.document), ...job.changed]) {
    const url = `${job.hospital.baseUrl}/DocumentReference?${byIdentifier(document)}`;
    // A search that a server kept from before would say "not here" of what the last attempt wrote.
    const fresh = { ...headers(job, randomUUID()), 'cache-control': 'no-cache' };
    const result = await http.send({ method: 'GET', url, headers: fresh }, signal);
    const resources = readSearchset(result);
    if (resources === undefined) return { found, failed: result };
    // A server that ignores a parameter it does not know answers with everything: only ours count.
    const resource = resources.find((candidate) => carries(candidate, document));
    if (resource?.id !== undefined) found.set(document.id, { id: resource.id, resource });
  }
  return { found };
}

const wantedStatus = (job: Job, document: StoredDocument): string =>
  job.delivery.operation === 'withdraw'
    ? 'entered-in-error'
    : (JSON.parse(document.resource) as DocumentReference).status;

/** Does the hospital have all that this job brings? `unknown` when it cannot be asked. */
async function isThere(http: Http, job: Job, signal: AbortSignal): Promise<boolean | 'unknown'> {
  const { found, failed } = await lookUp(http, job, signal);
  if (failed !== undefined) return 'unknown';
  const documents = [...job.pieces.map(({ document }) => document), ...job.changed];
  return documents.every(
    (document) => found.get(document.id)?.resource.status === wantedStatus(job, document),
  );
}

/** A look-up sends nothing, so its failure says nothing about arrival. */
function lookUpVerdict(failed: HttpResult): FinalVerdict {
  const verdict = judge(readLookUpFailure(failed, Date.now()), false);
  if (verdict.is === 'look-up') {
    return { is: 'retry', outcome: 'conflict', httpStatus: verdict.httpStatus, mayHaveArrived: false };
  }
  return verdict.is === 'delivered' ? verdict : { ...verdict, mayHaveArrived: false };
}

async function settle(http: Http, job: Job, verdict: Verdict, signal: AbortSignal): Promise<FinalVerdict> {
  if (verdict.is !== 'look-up') return verdict;
  return judgeConflict(verdict.httpStatus, await isThere(http, job, signal), job.changed.length === 0);
}

async function sendTransaction(
  http: Http,
  job: Job,
  { body, entries }: Transaction,
  signal: AbortSignal,
): Promise<FinalVerdict> {
  const result = await http.send(
    {
      method: 'POST',
      url: job.hospital.baseUrl,
      headers: { ...headers(job, job.delivery.requestId), 'content-type': FHIR_JSON },
      body,
    },
    signal,
  );
  const verdict = judge(readTransactionAnswer(result, entries, Date.now()), job.changed.length === 0);
  return settle(http, job, verdict, signal);
}

/** Makes the dialect with its own connections. */
export function createFhirRest(limits: HttpLimits = DEFAULT_LIMITS): Dialect {
  const http = createHttp(limits);
  return {
    async send(job, signal) {
      if (job.hospital.clientIds === 'put') return sendTransaction(http, job, putTransaction(job), signal);
      const { found, failed } = await lookUp(http, job, signal);
      if (failed !== undefined) return lookUpVerdict(failed);
      const transaction = postTransaction(job, found);
      return transaction === undefined
        ? { is: 'delivered', outcome: 'already-there' }
        : sendTransaction(http, job, transaction, signal);
    },
    close: () => http.close(),
  };
}
