/** A thread of a pool that does, or fails to do, what a job says. */
import { workerData } from 'node:worker_threads';
import { serve } from '#src/workshop/serve.js';

export type Fault = 'hang' | 'exit' | 'throw' | 'memory' | 'fail';
export interface FaultyJob {
  readonly do: Fault | 'echo' | 'wait' | 'ask' | 'data';
  readonly say?: unknown;
}

if (workerData === 'never-ready') for (;;);
serve(async (given, desk) => {
  const job = given as FaultyJob;
  desk.stage(`doing ${job.do}`);
  switch (job.do) {
    case 'hang':
      for (;;);
    case 'exit':
      process.exit(7);
      break;
    case 'throw':
      setImmediate(() => {
        throw new Error('outside of any promise');
      });
      await new Promise(() => {});
      break;
    case 'memory':
      fill();
      break;
    case 'fail':
      throw Object.assign(new TypeError('no such thing'), { safeToLog: true, code: 'no-such' });
    case 'wait':
      await new Promise((resolve) => setTimeout(resolve, 50));
      break;
    case 'ask':
      return { result: await desk.ask(job.say), transfer: [] };
    case 'data':
      return { result: workerData, transfer: [] };
  }
  return { result: job.say, transfer: [] };
});

function fill(): void {
  const kept: unknown[] = [];
  for (;;) kept.push(Array(10_000).fill(kept.length));
}
