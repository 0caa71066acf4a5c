/**
 * The outbox worker: claims due deliveries, one for each destination at a time and different destinations side by
 * side, makes the attempt, and writes down how it ended. All that it knows is in the store: it can be killed at
 * any line, and another one goes on.
 */
import { randomUUID } from 'node:crypto';
import type { AttemptResult, Delivery, Store } from '../store/store.js';
import type { MakeArchive } from './archive.js';
import type { Dialect } from './dialect.js';
import type { Hospital, Hospitals } from './hospitals.js';
import { loadJob } from './job.js';
import {
  DEFAULT_RETRY,
  type FinalVerdict,
  nextTry,
  type Outcome,
  type RetryPolicy,
} from './retry-contract.js';

/** The part of a logger that is used (pino fits). */
export interface WorkerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface WorkerOptions {
  readonly store: Store;
  readonly hospitals: Hospitals;
  readonly dialects: Readonly<Record<Hospital['dialect'], Dialect>>;
  /** Draws the PDF of a hospital that keeps PDF/A-3; without it every hospital gets the usual one. */
  readonly archive?: MakeArchive;
  readonly log?: WorkerLog;
  readonly retry?: RetryPolicy;
  /** Time for one attempt with all its requests; the lease is longer. */
  readonly attemptMs?: number;
  /** How much longer than an attempt its lease is: after a crash the row waits that long. */
  readonly leaseMarginMs?: number;
  /** How often the store is asked when nobody wakes the worker. */
  readonly pollMs?: number;
  /** Destinations served at once. */
  readonly parallel?: number;
  /** How long `stop` waits for attempts on their way before it ends them. */
  readonly stopMs?: number;
  readonly now?: () => number;
  readonly random?: () => number;
}

export interface DeliveryWorker {
  start(): void;
  /** There may be new work: look now. */
  wake(): void;
  /** Takes nothing new, lets attempts end (or ends them after `stopMs`), writes them down. */
  stop(): Promise<void>;
}

const silent: WorkerLog = { info: () => {}, warn: () => {}, error: () => {} };

/** Codes of an error, never its message: it may repeat what was in the data. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  return {
    error: error.name,
    ...(typeof code === 'string' && { code }),
    at: error.stack?.split('\n').slice(1, 4),
  };
}

export function createWorker(options: WorkerOptions): DeliveryWorker {
  const { store, hospitals, dialects } = options;
  const {
    log = silent,
    retry = DEFAULT_RETRY,
    attemptMs = 90_000,
    leaseMarginMs = 30_000,
    pollMs = 1_000,
    parallel = 16,
    stopMs = 10_000,
    now = Date.now,
    random = Math.random,
  } = options;
  const name = `worker-${randomUUID()}`;
  const running = new Set<Promise<void>>();
  /** Attempts on their way, to end them when the service stops. */
  const cuts = new Set<AbortController>();
  let stopping = false;
  let cutting = false;
  let woken = false;
  let endPause = () => {};
  let loop: Promise<void> | undefined;

  function resultOf(delivery: Delivery, verdict: FinalVerdict): AttemptResult {
    const nowMs = now();
    const attempt = {
      at: new Date(nowMs).toISOString(),
      outcome: verdict.outcome,
      ...(verdict.httpStatus !== undefined && { httpStatus: verdict.httpStatus }),
    };
    if (verdict.is === 'delivered') return { state: 'delivered', attempt, mayHaveArrived: true };
    const { mayHaveArrived } = verdict;
    if (verdict.is === 'permanent') return { state: 'needs-person', attempt, mayHaveArrived };
    const firstAtMs = Date.parse(delivery.attempts[0]?.at ?? attempt.at);
    const retryAfterMs = verdict.retryAfterMs ?? 0;
    const next = nextTry(
      retry,
      { tried: delivery.attempts.length + 1, firstAtMs, nowMs, retryAfterMs },
      random(),
    );
    return next === 'give-up'
      ? { state: 'needs-person', attempt, mayHaveArrived }
      : { state: 'waiting', attempt, mayHaveArrived, notBefore: new Date(next).toISOString() };
  }

  /** For a delivery that ends without anything sent. */
  const unsent = (state: 'needs-person' | 'cancelled', outcome: Outcome): AttemptResult => ({
    state,
    attempt: { at: new Date(now()).toISOString(), outcome },
    mayHaveArrived: false,
  });

  async function attempt(delivery: Delivery): Promise<AttemptResult> {
    const hospital = hospitals.get(delivery.destination);
    if (hospital === undefined) return unsent('needs-person', 'not-configured');
    const cut = new AbortController();
    const timer = setTimeout(() => cut.abort(), attemptMs);
    let sent = false;
    cuts.add(cut);
    try {
      const job = await loadJob(store, delivery, hospital, options.archive);
      if (typeof job === 'string') return unsent('cancelled', job);
      sent = true;
      const verdict = await dialects[hospital.dialect].send(job, cut.signal);
      const stopped = cutting && verdict.is === 'retry' && verdict.outcome !== 'cannot-connect';
      return resultOf(delivery, stopped ? { ...verdict, outcome: 'stopped' } : verdict);
    } catch (error) {
      log.error(
        { delivery: delivery.id, bag: delivery.bagId, ...describe(error) },
        'delivery attempt failed inside',
      );
      return resultOf(delivery, { is: 'retry', outcome: 'internal-error', mayHaveArrived: sent });
    } finally {
      clearTimeout(timer);
      cuts.delete(cut);
    }
  }

  async function run(delivery: Delivery): Promise<void> {
    const startedMs = now();
    const result = await attempt(delivery);
    const fields = {
      delivery: delivery.id,
      bag: delivery.bagId,
      version: delivery.version,
      destination: delivery.destination,
      operation: delivery.operation,
      state: result.state,
      outcome: result.attempt.outcome,
      httpStatus: result.attempt.httpStatus,
      attempt: delivery.attempts.length + 1,
      ms: now() - startedMs,
    };
    try {
      const kept = await store.finish(delivery, name, result);
      if (!kept) log.warn(fields, 'delivery lease was lost');
      else if (result.state === 'needs-person') log.error(fields, 'delivery needs a person');
      else log.info(fields, 'delivery attempt');
    } catch (error) {
      // The row stays leased and comes back when the lease ends.
      log.error({ ...fields, ...describe(error) }, 'delivery result could not be written');
    }
  }

  /** Starts what is due; true when something was started. */
  async function round(): Promise<boolean> {
    const free = parallel - running.size;
    if (free <= 0) return false;
    const claimed = await store.claim(name, new Date(now()).toISOString(), attemptMs + leaseMarginMs, free);
    for (const delivery of claimed) {
      const work = run(delivery).finally(() => {
        running.delete(work);
        worker.wake();
      });
      running.add(work);
    }
    return claimed.length > 0;
  }

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
      if (woken || stopping) endPause();
    });

  async function forever(): Promise<void> {
    while (!stopping) {
      woken = false;
      let started = false;
      try {
        started = await round();
      } catch (error) {
        log.error(describe(error), 'outbox could not be read');
      }
      if (!started) await pause();
    }
  }

  const worker: DeliveryWorker = {
    start() {
      loop ??= forever();
    },
    wake() {
      woken = true;
      endPause();
    },
    async stop() {
      stopping = true;
      endPause();
      await loop;
      const timer = setTimeout(() => {
        cutting = true;
        for (const cut of cuts) cut.abort();
      }, stopMs);
      await Promise.all(running);
      clearTimeout(timer);
    },
  };
  return worker;
}
