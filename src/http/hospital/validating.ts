/**
 * Validation as $validate has it: a few at once so that threads stay free for bags, each with a time limit, and with a
 * terminology server where one is set.
 */
import { validateAsking } from '../../validation/terminology/ask.js';
import type { TerminologyServer } from '../../validation/terminology/server.js';
import type { Validates } from './interaction.js';

export interface ValidatingOptions {
  /** Longest time that one may take, in milliseconds, the terminology server's answers apart. */
  readonly timeLimitMs: number;
  /** Validations under way at once. */
  readonly atOnce: number;
  /** Most that may wait for their turn. */
  readonly waiting?: number;
  readonly terminology?: TerminologyServer;
}

/** Too many resources wait to be validated. */
export class ValidatorBusy extends Error {
  override readonly name = 'ValidatorBusy';
  readonly code = 'validator-busy';
}

const WAITING = 16;

/** Takes what validates in another thread; gives the same within these bounds. Rejects with ValidatorBusy too. */
export function validating(worker: Validates, options: ValidatingOptions): Validates {
  const { timeLimitMs, atOnce, waiting = WAITING, terminology } = options;
  const queue: (() => void)[] = [];
  let under = 0;

  async function turn(): Promise<void> {
    if (under < atOnce) under++;
    else if (queue.length >= waiting) throw new ValidatorBusy();
    else await new Promise<void>((resolve) => queue.push(resolve));
  }

  function done(): void {
    const next = queue.shift();
    if (next === undefined) under--;
    else next();
  }

  const inTurn: Validates['validate'] = async (resource, asked) => {
    await turn();
    try {
      return await worker.validate(resource, { ...asked, timeLimitMs });
    } finally {
      done();
    }
  };
  // The server is asked after the thread has gone back: its slowness holds nobody else.
  return {
    validate: (resource, asked) =>
      terminology === undefined
        ? inTurn(resource, asked)
        : validateAsking(inTurn, terminology, resource, asked),
  };
}
