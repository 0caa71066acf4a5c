/**
 * Threads that take one job at a time: with a time limit for each, a bound on how many wait, and a loss (a thread that
 * ends, hangs or runs out of memory) that ends one job and no other.
 */
import { Worker } from 'node:worker_threads';
import { errorOf, type FromThread, type ToThread } from './protocol.js';

export interface PoolOptions {
  /** What the threads run; see `serve.ts`. */
  readonly script: URL;
  /** Given to each thread when it starts. */
  readonly data?: unknown;
  readonly threads: number;
  /** Most jobs that may wait for a thread. */
  readonly queueLimit: number;
  /** Most memory of a thread, in megabytes; 512 when left out. */
  readonly memoryLimitMb?: number;
  /** Longest time that a thread may take to start; 30 s when left out. */
  readonly startLimitMs?: number;
  /** Done once by each thread when there is nothing else to do, so that its first job is not slow; one at a time. */
  readonly rehearsal?: Pick<Job, 'message' | 'timeLimitMs'>;
  /** Longest time that jobs may go on after `close`; 10 s when left out. */
  readonly drainLimitMs?: number;
}

export interface Job {
  /** Cloned to the thread. */
  readonly message: unknown;
  /** Roughly how much work it is; any unit, the same for all. */
  readonly size: number;
  readonly timeLimitMs: number;
  /** Answers what the thread asks in the middle of its work. */
  readonly answer?: (question: unknown) => Promise<unknown>;
}

/** Why a thread did not finish its job. */
export type Loss = 'time-limit' | 'worker-stopped';

/** Nobody saw how the job would have ended. */
export class JobLost extends Error {
  override readonly name = 'JobLost';
  readonly safeToLog = true;
  readonly because: Loss;
  readonly code: 'job-time-limit' | 'job-worker-stopped';
  /** What the thread said last that it was doing. */
  readonly stage: string | undefined;
  constructor(because: Loss, stage?: string) {
    super(`${because}${stage === undefined ? '' : ` while ${stage}`}`);
    this.because = because;
    this.code = `job-${because}`;
    this.stage = stage;
  }
}

/** Too many jobs wait: the caller should ask its own caller to come back. */
export class PoolFull extends Error {
  override readonly name = 'PoolFull';
  readonly code = 'workshop-full';
}

/** No job is taken any more. */
export class PoolClosed extends Error {
  override readonly name = 'PoolClosed';
  readonly code = 'workshop-closed';
}

interface Task extends Job {
  readonly since: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** A rehearsal. */
  readonly forNobody?: true;
}

interface Slot {
  worker: Worker | undefined;
  ready: boolean;
  task: Task | undefined;
  stage: string | undefined;
  timer: NodeJS.Timeout | undefined;
  /** It has not done a job yet. */
  fresh: boolean;
  /** When it last could not start. */
  failedAt: number;
}

/**
 * Room for a thread's young objects. Not more: where a thread runs out of memory Node allows it 16 MB more while it is
 * being ended, and one collection that moves more than that aborts the whole process.
 */
const YOUNG_MB = 32;
const MEMORY_MB = 512;
const START_LIMIT_MS = 30_000;
const DRAIN_LIMIT_MS = 10_000;
/** A job of this size keeps one thread at most from being all taken by its like. */
const LARGE = 1_000_000;
/** Small jobs go first, but none waits for ever behind them. */
const PATIENCE_MS = 2_000;
const REST_MS = 1_000;

/** The threads. They start with `start` or with the first jobs, and do not keep a process alive by themselves. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #slots: Slot[];
  readonly #queue: Task[] = [];
  #startingAll = false;
  #idle: (() => void) | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: Math.max(1, options.threads) }, () => ({
      worker: undefined,
      ready: false,
      task: undefined,
      stage: undefined,
      timer: undefined,
      fresh: true,
      failedAt: Number.NEGATIVE_INFINITY,
    }));
  }

  /** Starts all threads, so that the first jobs find them ready; one after the other, so that the first is so soon. */
  start(): void {
    if (this.#closed !== undefined) return;
    const next = this.#slots.find((slot) => slot.worker === undefined);
    this.#startingAll = next !== undefined;
    if (next !== undefined) this.#begin(next);
    this.#holdOrLetGo();
  }

  /**
   * Does a job.
   * @returns what the thread answered
   * @throws PoolFull, PoolClosed, JobLost, and what the thread threw
   */
  run(job: Job): Promise<unknown> {
    if (this.#closed !== undefined) return Promise.reject(new PoolClosed('the workshop is closed'));
    const free = this.#slots.filter((slot) => slot.task === undefined).length;
    if (this.#queue.length - free >= this.#options.queueLimit)
      return Promise.reject(new PoolFull('too many jobs are waiting'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...job, since: performance.now(), resolve, reject });
      this.#assign();
    });
  }

  /** Refuses new jobs, finishes those it took as far as the limit allows, and ends the threads. */
  close(): Promise<void> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  async #drain(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#idle = resolve;
      timer = setTimeout(resolve, this.#options.drainLimitMs ?? DRAIN_LIMIT_MS);
      this.#noticeIdle();
    });
    clearTimeout(timer);
    const ended = this.#slots.map((slot) => {
      clearTimeout(slot.timer);
      const { worker } = slot;
      slot.worker = undefined;
      return worker?.terminate();
    });
    await Promise.all(ended);
    const left = [...this.#queue.splice(0), ...this.#slots.flatMap((slot) => slot.task ?? [])];
    for (const slot of this.#slots) slot.task = undefined;
    for (const task of left) task.reject(new PoolClosed('the workshop was closed before this was done'));
  }

  #noticeIdle(): void {
    if (this.#queue.length === 0 && this.#slots.every((slot) => slot.task === undefined)) this.#idle?.();
  }

  /** Gives waiting jobs to threads that are ready, and starts threads for those that find none. */
  #assign(): void {
    for (const slot of this.#slots) {
      if (!slot.ready || slot.task !== undefined) continue;
      const task = this.#next();
      if (task === undefined) break;
      this.#send(slot, task);
    }
    const starting = this.#slots.filter((slot) => slot.worker !== undefined && !slot.ready).length;
    const wanted = Math.max(0, this.#queue.length - starting);
    const mayStart = this.#slots.filter((slot) => slot.worker === undefined && !this.#hasJustFailed(slot));
    for (const slot of mayStart.slice(0, wanted)) this.#begin(slot);
    this.#noticeIdle();
    this.#rehearse();
    this.#holdOrLetGo();
  }

  #rehearse(): void {
    const { rehearsal } = this.#options;
    if (rehearsal === undefined || this.#closed !== undefined) return;
    const slot = this.#slots.find((one) => one.ready && one.fresh);
    if (slot === undefined || this.#slots.some((one) => one.task !== undefined)) return;
    const nobody = (): void => {};
    this.#send(slot, { ...rehearsal, size: 0, since: 0, resolve: nobody, reject: nobody, forNobody: true });
  }

  /** A process lives as long as somebody waits for a job, and not for its idle threads. */
  #holdOrLetGo(): void {
    for (const { worker, task } of this.#slots) {
      const awaited = this.#queue.length > 0 || (task !== undefined && task.forNobody !== true);
      if (awaited) worker?.ref();
      else worker?.unref();
    }
  }

  /** Where others can do the work, a thread that could not start is left in peace for a while. */
  #hasJustFailed(slot: Slot): boolean {
    return this.#slots.some((one) => one.ready) && performance.now() - slot.failedAt < REST_MS;
  }

  /** The smallest job that may run, or the oldest when it has waited long. */
  #next(): Task | undefined {
    const large = this.#slots.filter((slot) => (slot.task?.size ?? 0) > LARGE).length;
    const full = large >= Math.max(1, this.#slots.length - 1);
    const may = this.#queue.filter((task) => !full || task.size <= LARGE);
    const [oldest] = may;
    if (oldest === undefined) return undefined;
    const waited = performance.now() - oldest.since > PATIENCE_MS;
    const task = waited ? oldest : may.reduce((a, b) => (b.size < a.size ? b : a));
    this.#queue.splice(this.#queue.indexOf(task), 1);
    return task;
  }

  #begin(slot: Slot): void {
    const worker = new Worker(this.#options.script, {
      execArgv: [],
      workerData: this.#options.data,
      // A document is many small objects that die together: with room for them they are not copied about.
      resourceLimits: {
        maxOldGenerationSizeMb: this.#options.memoryLimitMb ?? MEMORY_MB,
        maxYoungGenerationSizeMb: YOUNG_MB,
      },
      stdout: false,
      stderr: false,
    });
    slot.worker = worker;
    slot.ready = false;
    slot.fresh = true;
    worker.on('message', (said: FromThread) => this.#hear(slot, worker, said));
    // The thread ends after it: only before `exit` has everything come that it said, among it what it was doing.
    worker.on('error', () => {});
    worker.on('exit', () => this.#lose(slot, worker, 'worker-stopped'));
    const limit = this.#options.startLimitMs ?? START_LIMIT_MS;
    slot.timer = setTimeout(() => this.#lose(slot, worker, 'time-limit'), limit);
    slot.timer.unref();
  }

  #send(slot: Slot, task: Task): void {
    const { worker } = slot;
    if (worker === undefined) return;
    slot.task = task;
    slot.stage = undefined;
    slot.fresh = false;
    slot.timer = setTimeout(() => this.#lose(slot, worker, 'time-limit'), task.timeLimitMs);
    slot.timer.unref();
    try {
      worker.postMessage({ job: task.message } satisfies ToThread);
    } catch (error) {
      this.#settle(slot, (failed) => failed.reject(error));
    }
  }

  #hear(slot: Slot, worker: Worker, said: FromThread): void {
    if (slot.worker !== worker) return;
    if ('ready' in said) {
      clearTimeout(slot.timer);
      slot.ready = true;
      if (this.#startingAll) this.start();
      this.#assign();
    } else if ('stage' in said) slot.stage = said.stage;
    else if ('ask' in said) void this.#reply(slot, worker, said.ask);
    else if ('done' in said) this.#settle(slot, (task) => task.resolve(said.done));
    else this.#settle(slot, (task) => task.reject(errorOf(said.failed)));
  }

  async #reply(slot: Slot, worker: Worker, question: unknown): Promise<void> {
    const { task } = slot;
    try {
      const reply = await task?.answer?.(question);
      if (slot.worker === worker && slot.task === task) worker.postMessage({ reply } satisfies ToThread);
    } catch (error) {
      // The thread need not know why: the job ends with the error of who was asked.
      if (slot.task !== task) return;
      worker.postMessage({ forget: true } satisfies ToThread);
      this.#settle(slot, (failed) => failed.reject(error));
    }
  }

  /** A thread that ended or hangs is replaced when a job needs it. */
  #lose(slot: Slot, worker: Worker, because: Loss): void {
    if (slot.worker !== worker) return;
    if (!slot.ready) slot.failedAt = performance.now();
    slot.worker = undefined;
    slot.ready = false;
    void worker.terminate();
    // Where no thread can start at all they are not started for ever: each loss takes a job with it.
    if (!this.#slots.some((one) => one.ready) && slot.task === undefined)
      this.#queue.shift()?.reject(new JobLost(because));
    this.#settle(slot, (task) => task.reject(new JobLost(because, slot.stage)));
  }

  #settle(slot: Slot, how: (task: Task) => void): void {
    clearTimeout(slot.timer);
    const { task } = slot;
    slot.task = undefined;
    if (task !== undefined) how(task);
    this.#assign();
  }
}
