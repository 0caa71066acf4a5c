/** A printing thread that misbehaves when the title of the document asks for it. */
import { parentPort } from 'node:worker_threads';
import type { PrintDocument } from '#src/print/press.js';
import { render } from '#src/print/render.js';

parentPort?.on('message', async ({ document }: { document: PrintDocument }) => {
  if (document.furniture.title === 'hang') for (;;);
  if (document.furniture.title === 'exit') process.exit(7);
  if (document.furniture.title === 'throw')
    setImmediate(() => {
      throw new Error('outside of any promise');
    });
  else if (document.furniture.title === 'memory') fill();
  else parentPort?.postMessage({ printed: await render(document) });
});
parentPort?.postMessage({ ready: true });

function fill(): void {
  const kept: unknown[] = [];
  for (;;) kept.push(Array(10_000).fill(kept.length));
}
