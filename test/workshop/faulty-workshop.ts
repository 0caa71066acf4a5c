/** A thread of the workshop in which a step of making fails when the bag's packageId says so. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { redBagMaking } from '#src/maker.js';
import { attachmentsIn } from '#src/print/foreign/leave-out.js';
import { render } from '#src/print/render.js';
import { createValidator } from '#src/validation/validator.js';
import type { ThreadData, WorkshopJob } from '#src/workshop/jobs.js';
import { serve } from '#src/workshop/serve.js';
import { createWork } from '#src/workshop/work.js';

const parts = redBagMaking((workerData as ThreadData).settings);
let packageId = '';
/** A folder in which a mark is left of what happens once only. */
const marks = process.env['REDBAG_TEST_MARKS'] ?? '';

function misbehave(step: string): void {
  if (packageId === `${step}-exits-once` && !existsSync(join(marks, step))) {
    writeFileSync(join(marks, step), '');
    process.exit(7);
  }
  if (packageId === `${step}-hangs`) for (;;);
  if (packageId === `${step}-exits`) process.exit(7);
  if (packageId === `${step}-fails`) throw new Error(`${step} failed`);
  if (packageId === `${step}-fills`) {
    const kept: unknown[] = [];
    for (;;) kept.push(Array(10_000).fill(kept.length));
  }
}

const work = createWork({
  ...parts,
  layOut(prepared, about) {
    packageId = String(prepared.clean['packageId']);
    misbehave('making');
    return parts.layOut(prepared, about);
  },
  validator: createValidator(),
  async print(document, options) {
    misbehave('printing');
    if (attachmentsIn(document).length > 0) misbehave('attachments');
    return render(document, options);
  },
});
serve((job, desk) => work(job as WorkshopJob, desk));
