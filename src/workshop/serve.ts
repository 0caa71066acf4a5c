/** The thread's side of the pool: takes a job, may ask in the middle of it, answers. One job at a time. */
import { parentPort } from 'node:worker_threads';
import { type FromThread, faultOf, type ToThread } from './protocol.js';

/** What a job can say before it is done. */
export interface Desk {
  /** Asks whoever gave the job, and waits. */
  ask(question: unknown): Promise<unknown>;
  /** Says what comes now, so that it is known what was going on should this thread be lost. */
  stage(name: string): void;
}

export interface Done {
  readonly result: unknown;
  /** Buffers of the result that are given away instead of being copied. */
  readonly transfer: readonly ArrayBuffer[];
}

/** Begins to serve: from here on the thread takes jobs. */
export function serve(work: (job: unknown, desk: Desk) => Promise<Done>): void {
  const port = parentPort;
  if (port === null) throw new Error('serve is for a thread of the pool');
  const say = (said: FromThread, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(said, transfer);
  let hear: ((reply: unknown) => void) | undefined;
  const desk: Desk = {
    ask: (question) =>
      new Promise((resolve) => {
        hear = resolve;
        say({ ask: question });
      }),
    stage: (name) => say({ stage: name }),
  };
  port.on('message', (told: ToThread) => {
    if ('forget' in told) hear = undefined;
    else if ('reply' in told) hear?.(told.reply);
    else {
      work(told.job, desk).then(
        ({ result, transfer }) => say({ done: result }, transfer),
        (error: unknown) => say({ failed: faultOf(error) }),
      );
    }
  });
  say({ ready: true });
}
