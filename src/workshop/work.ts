/** What a thread of the workshop does with a job. */
import { leaveOut } from '../print/foreign/leave-out.js';
import { printPlain } from '../print/plain.js';
import type { Printed } from '../print/press.js';
import { createMaker, type MakingOptions } from '../transfer/making.js';
import { type MakeReply, PRINTING, type WorkshopJob } from './jobs.js';
import type { Loss } from './pool.js';
import type { Desk, Done } from './serve.js';

/** Takes all that making needs; `print` may fail or never end. */
export function createWork(parts: MakingOptions): (job: WorkshopJob, desk: Desk) => Promise<Done> {
  const makerAt = (desk: Desk, lost: readonly Loss[] = []) =>
    createMaker({ ...parts, print: alwaysPrint(parts.print, desk, lost) });

  return async (job, desk) => {
    switch (job.kind) {
      case 'make': {
        const decide = async (offer: unknown) => (await desk.ask(offer)) as MakeReply;
        const made = await makerAt(desk, job.lost).make<true>(job.bytes, job.at, decide);
        return { result: made, transfer: made.kind === 'made' ? buffersOf(made.version) : [] };
      }
      case 'rehearse':
        await createMaker(parts).make(job.bytes, new Date().toISOString(), async () => ({ version: 1 }));
        return { result: undefined, transfer: [] };
      case 'inspect':
        return { result: await createMaker(parts).inspect(job.bytes, job.at), transfer: [] };
      case 'reprint': {
        const printed = await makerAt(desk, job.lost).reprint(job.version, job.options);
        return { result: printed, transfer: buffersOf(printed) };
      }
      case 'validate':
        return { result: parts.validator.validate(job.resource, job.options), transfer: [] };
    }
  };
}

/** A press that prints whatever happens, as long as its thread lives. */
function alwaysPrint(
  print: MakingOptions['print'],
  desk: Desk,
  [first, second]: readonly Loss[],
): MakingOptions['print'] {
  return async (document, options): Promise<Printed> => {
    if (second !== undefined) return printPlain(document, second);
    // What others made is more likely to be at fault than our own pages.
    const less = leaveOut(document);
    const hasLess = less.leftOut.length > 0;
    if (first !== undefined && !hasLess) return printPlain(document, first);
    desk.stage(PRINTING);
    const printLess = async (): Promise<Printed> => {
      const printed = await print(less.document, options);
      return { ...printed, leftOut: [...less.leftOut, ...(printed.leftOut ?? [])] };
    };
    try {
      return await (first === undefined ? print(document, options) : printLess());
    } catch {
      return first === undefined && hasLess
        ? printLess().catch(() => printPlain(document, 'render-failed'))
        : printPlain(document, 'render-failed');
    }
  };
}

/** The buffers among the members that nothing else has a part of. */
function buffersOf(of: object): ArrayBuffer[] {
  const buffers = Object.values(of).flatMap((value: unknown) =>
    value instanceof Uint8Array && value.byteLength === value.buffer.byteLength
      ? [value.buffer as ArrayBuffer]
      : [],
  );
  return [...new Set(buffers)];
}
