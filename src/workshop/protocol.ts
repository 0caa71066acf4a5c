/** What the pool and a thread say to each other. */

export type ToThread =
  | { readonly job: unknown }
  | { readonly reply: unknown }
  /** The job that asked is over. */
  | { readonly forget: true };

export type FromThread =
  /** Once, when it can take jobs. */
  | { readonly ready: true }
  /** What it is doing now: told when it is lost. */
  | { readonly stage: string }
  /** A question in the middle of a job; it waits for the reply. */
  | { readonly ask: unknown }
  | { readonly done: unknown }
  | { readonly failed: Fault };

/** An error as it crosses between threads: a clone would keep neither its name nor whether it may be logged. */
export interface Fault {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly safeToLog?: true;
}

/** Takes whatever was thrown. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { name: 'Error', message: `a ${typeof error} was thrown` };
  const { name, message, stack } = error;
  const { code, safeToLog } = error as { code?: unknown; safeToLog?: unknown };
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(typeof code === 'string' ? { code } : {}),
    ...(safeToLog === true ? { safeToLog } : {}),
  };
}

/** The error again, with the place in the thread's code where it was thrown. */
export function errorOf({ name, message, stack, ...more }: Fault): Error {
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return Object.assign(error, more);
}
