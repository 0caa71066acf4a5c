/**
 * A printer that always prints: worker threads with a time limit and a bounded queue. A document that the full layout
 * cannot draw, or not in time, or that brings its thread down, is printed as plain text instead.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { printPlain } from './plain.js';
import type { PrintDocument, Printed, PrintOptions } from './press.js';
import type { Answer, Job } from './worker.js';

export interface PrinterOptions {
  /** Threads; one fewer than the machine has processors when left out. */
  readonly workers?: number;
  /** Longest time that one document may take, in milliseconds, starting up not counted. */
  readonly timeLimitMs: number;
  /** Most documents that may wait for a thread. */
  readonly queueLimit: number;
  /** Most memory of a thread, in megabytes. */
  readonly memoryLimitMb?: number;
  /** Longest time that a thread may take to parse the fonts; 30 s when left out. */
  readonly startLimitMs?: number;
  /** The script of the threads, for tests. */
  readonly script?: URL;
}

export interface Printer {
  /**
   * Prints a document, as plain text if need be.
   * @throws PrintQueueFull when too many documents wait already: the caller should ask its own caller to come back
   */
  print(document: PrintDocument, options?: PrintOptions): Promise<Printed>;
  /** Refuses new documents, finishes those accepted and ends the threads. */
  close(): Promise<void>;
}

export class PrintQueueFull extends Error {
  override readonly name = 'PrintQueueFull';
  readonly code = 'print-queue-full';
  constructor() {
    super('too many documents are waiting to be printed');
  }
}

export class PrinterClosed extends Error {
  override readonly name = 'PrinterClosed';
  readonly code = 'printer-closed';
  constructor() {
    super('the printer is closed');
  }
}

type Failure = NonNullable<Printed['failure']>;
interface Waiting {
  readonly document: PrintDocument;
  readonly options: PrintOptions;
  readonly resolve: (printed: Printed) => void;
  readonly reject: (error: unknown) => void;
}
interface Slot {
  worker: Worker | undefined;
  ready: boolean;
  job: Waiting | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Room for a thread's young objects. Not more: where a thread runs out of memory Node allows it 16 MB more while it is
 * being ended, and one collection that moves more than that aborts the whole process.
 */
const YOUNG_MB = 32;
const START_LIMIT_MS = 30_000;

/** Opens a printer; its threads start with the first documents. */
export function createPrinter(options: PrinterOptions): Printer {
  return new Pool(options);
}

class Pool implements Printer {
  private readonly options: PrinterOptions;
  private readonly slots: Slot[];
  private readonly queue: Waiting[] = [];
  private closing: (() => void) | undefined;
  private closed: Promise<void> | undefined;

  constructor(options: PrinterOptions) {
    this.options = options;
    const workers = Math.max(1, options.workers ?? availableParallelism() - 1);
    this.slots = Array.from({ length: workers }, () => ({
      worker: undefined,
      ready: false,
      job: undefined,
      timer: undefined,
    }));
  }

  print(document: PrintDocument, options: PrintOptions = {}): Promise<Printed> {
    if (this.closed !== undefined) return Promise.reject(new PrinterClosed());
    const free = this.slots.some((slot) => slot.job === undefined);
    if (!free && this.queue.length >= this.options.queueLimit) return Promise.reject(new PrintQueueFull());
    return new Promise((resolve, reject) => {
      this.queue.push({ document, options, resolve, reject });
      this.assign();
    });
  }

  close(): Promise<void> {
    this.closed ??= this.drain().then(() => this.endThreads());
    return this.closed;
  }

  private drain(): Promise<void> {
    return new Promise((resolve) => {
      this.closing = resolve;
      this.noticeIdle();
    });
  }

  private async endThreads(): Promise<void> {
    await Promise.all(this.slots.map((slot) => slot.worker?.terminate()));
  }

  private noticeIdle(): void {
    if (this.queue.length === 0 && this.slots.every((slot) => slot.job === undefined)) this.closing?.();
  }

  /** Gives waiting documents to free threads, warm ones first. */
  private assign(): void {
    while (this.queue.length > 0) {
      const slot =
        this.slots.find((one) => one.job === undefined && one.ready) ??
        this.slots.find((one) => one.job === undefined);
      if (slot === undefined) return;
      slot.job = this.queue.shift();
      if (slot.worker === undefined) this.start(slot);
      else if (slot.ready) this.send(slot);
    }
    this.noticeIdle();
  }

  private start(slot: Slot): void {
    const script = this.options.script ?? new URL('./worker.js', import.meta.url);
    const worker = new Worker(script, {
      execArgv: [],
      // A document is many small objects that die together: with room for them they are not copied about.
      resourceLimits: {
        maxOldGenerationSizeMb: this.options.memoryLimitMb ?? 512,
        maxYoungGenerationSizeMb: YOUNG_MB,
      },
      stdout: false,
      stderr: false,
    });
    slot.worker = worker;
    slot.ready = false;
    worker.on('message', (answer: Answer) => this.hear(slot, worker, answer));
    worker.on('error', () => this.lose(slot, worker, 'worker-stopped'));
    worker.on('exit', () => this.lose(slot, worker, 'worker-stopped'));
    slot.timer = setTimeout(
      () => this.lose(slot, worker, 'time-limit'),
      this.options.startLimitMs ?? START_LIMIT_MS,
    );
  }

  private send(slot: Slot): void {
    const { job, worker } = slot;
    if (job === undefined || worker === undefined) return;
    worker.ref();
    slot.timer = setTimeout(() => this.lose(slot, worker, 'time-limit'), this.options.timeLimitMs);
    try {
      worker.postMessage({ document: job.document, options: job.options } satisfies Job);
    } catch {
      this.settle(slot, 'render-failed');
    }
  }

  private hear(slot: Slot, worker: Worker, answer: Answer): void {
    if (slot.worker !== worker) return;
    if ('ready' in answer) {
      clearTimeout(slot.timer);
      slot.ready = true;
      worker.unref();
      this.send(slot);
    } else {
      this.settle(slot, 'printed' in answer ? answer.printed : 'render-failed');
    }
  }

  /** A thread that ended or hangs is replaced when the next document needs it. */
  private lose(slot: Slot, worker: Worker, failure: Failure): void {
    if (slot.worker !== worker) return;
    slot.worker = undefined;
    slot.ready = false;
    void worker.terminate();
    this.settle(slot, failure);
  }

  private settle(slot: Slot, outcome: Printed | Failure): void {
    clearTimeout(slot.timer);
    const { job } = slot;
    slot.job = undefined;
    slot.worker?.unref();
    if (job !== undefined) {
      try {
        job.resolve(typeof outcome === 'string' ? printPlain(job.document, outcome) : outcome);
      } catch (error) {
        job.reject(error);
      }
    }
    this.assign();
  }
}
