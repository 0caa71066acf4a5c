/** The thread that renders: takes `{ document, options }`, answers `{ printed }`, or `{ failed }` when the layout threw. */
import { parentPort } from 'node:worker_threads';
import { warm } from './core-font.js';
import type { PrintDocument, Printed, PrintOptions } from './press.js';
import { render } from './render.js';

/** What the thread says to the pool. `ready` comes once, when the fonts are parsed. */
export type Answer = { readonly ready: true } | { readonly printed: Printed } | { readonly failed: true };
export interface Job {
  readonly document: PrintDocument;
  readonly options: PrintOptions;
}

warm();
parentPort?.on('message', (job: Job) => void answer(job));
parentPort?.postMessage({ ready: true } satisfies Answer);

async function answer(job: Job): Promise<void> {
  try {
    const printed = await render(job.document, job.options);
    parentPort?.postMessage({ printed } satisfies Answer, [printed.pdf.buffer as ArrayBuffer]);
  } catch {
    parentPort?.postMessage({ failed: true } satisfies Answer);
  }
}
