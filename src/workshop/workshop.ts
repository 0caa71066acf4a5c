/**
 * Where bags are made: threads that do everything between the bytes of a request and what is stored, so that the
 * service's own thread is free to answer. A bag whose pages cannot be drawn, or not in time, or that bring the thread
 * down, is made again without its attachments, and then with the plain layout.
 */
import { availableParallelism } from 'node:os';
import type { MakingSettings } from '../maker.js';
import type { Printed } from '../print/press.js';
import type { Maker, Offer } from '../transfer/making.js';
import type { ValidateOptions, ValidationOutcome } from '../validation/outcome.js';
import type { InspectResult, MakeReply, MakeResult, ThreadData, WorkshopJob } from './jobs.js';
import { PRINTING } from './jobs.js';
import { JobLost, type Loss, Pool, type PoolOptions } from './pool.js';

export interface WorkshopOptions {
  readonly settings: MakingSettings;
  /** Threads; one fewer than the machine has processors when left out. */
  readonly threads?: number;
  /** A package that each thread makes for nobody when it starts. */
  readonly rehearsal?: Uint8Array;
  /** Longest time that one job may take, in milliseconds. */
  readonly timeLimitMs?: number;
  /** Most jobs that may wait for a thread. */
  readonly queueLimit?: number;
  /** Most memory of a thread, in megabytes. */
  readonly memoryLimitMb?: number;
  /** The script of the threads, for tests. */
  readonly script?: URL;
}

export interface Workshop extends Maker {
  /** Validates a FHIR resource; options and outcome cross whole. */
  validate(resource: unknown, options?: ValidateOptions): Promise<ValidationOutcome>;
  /** Starts all threads now. */
  start(): void;
  /** Refuses new jobs, finishes those it took as far as there is time, ends the threads. */
  close(): Promise<void>;
}

/** Betty's bag takes a tenth of a second; a hostile one must not hold a thread for long. */
const TIME_LIMIT_MS = 20_000;
const QUEUE_LIMIT = 64;
const GRACE_MS = 5_000;

/**
 * Opens the workshop; its threads start with `start` or the first jobs. What it does rejects with PoolFull or
 * PoolClosed when it takes no more, and with JobLost when a thread was lost before the pages were drawn.
 */
export function openWorkshop(options: WorkshopOptions): Workshop {
  const timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
  const pool = new Pool({
    script: options.script ?? new URL('./thread.js', import.meta.url),
    data: { settings: options.settings } satisfies ThreadData,
    threads: options.threads ?? availableParallelism() - 1,
    queueLimit: options.queueLimit ?? QUEUE_LIMIT,
    ...(options.rehearsal === undefined
      ? {}
      : { rehearsal: { message: { kind: 'rehearse', bytes: options.rehearsal }, timeLimitMs } }),
    ...(options.memoryLimitMb === undefined ? {} : { memoryLimitMb: options.memoryLimitMb }),
  } satisfies PoolOptions);
  const run = (message: WorkshopJob, size: number, answer?: (question: unknown) => Promise<unknown>) =>
    pool.run({ message, size, timeLimitMs, ...(answer === undefined ? {} : { answer }) });

  return {
    inspect: async (bytes, at) =>
      (await run({ kind: 'inspect', bytes, at }, bytes.byteLength)) as InspectResult,

    async make<Instead>(bytes: Uint8Array, at: string, decide: Parameters<Maker['make']>[2]) {
      // What was decided instead stays on this side: it is the caller's own.
      let instead: unknown;
      const answer = async (question: unknown): Promise<MakeReply> => {
        const decided = await decide(question as Offer);
        if (!('instead' in decided)) return decided;
        instead = decided.instead;
        return { instead: true };
      };
      const made = await orLess(async (lost) => {
        const job = { kind: 'make', bytes, at, lost } as const;
        return (await run(job, bytes.byteLength, answer)) as MakeResult;
      });
      return made.kind === 'not-made' ? { kind: 'not-made', instead: instead as Instead } : made;
    },

    reprint: async (version, how = {}) => {
      const size = version.package.length;
      const draw = (lost: readonly Loss[]) => run({ kind: 'reprint', version, options: how, lost }, size);
      return (await orLess(draw)) as Printed;
    },

    validate: async (resource, given = {}) =>
      (await pool.run({
        message: { kind: 'validate', resource, options: given } satisfies WorkshopJob,
        size: 0,
        // Its own limit ends it cleanly; this one where it does not come to look at the clock.
        timeLimitMs: given.timeLimitMs === undefined ? timeLimitMs : given.timeLimitMs + GRACE_MS,
      })) as ValidationOutcome,

    start: () => pool.start(),
    close: () => pool.close(),
  };
}

/** Does it again with less to draw when drawing brought its thread down or took too long. */
async function orLess<Result>(
  make: (lost: readonly Loss[]) => Promise<Result>,
  lost: readonly Loss[] = [],
): Promise<Result> {
  try {
    return await make(lost);
  } catch (error) {
    if (error instanceof JobLost && error.stage === PRINTING) return orLess(make, [...lost, error.because]);
    throw error;
  }
}
