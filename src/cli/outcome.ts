/** What a command ends with. Data goes to stdout, words to stderr. */

/** 0 good (warnings included), 1 an input is invalid, 2 usage, 3 could not be done. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Streams {
  /** Data. */
  out(text: string | Uint8Array): void;
  /** Words for a person. */
  say(text: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The call cannot be understood: exit 2, with the command's help. */
export class Usage extends Error {
  override readonly name = 'Usage';
}

/** Something outside cannot be had (a file, a service): exit 3. The message is for a person. */
export class CannotBeDone extends Error {
  override readonly name = 'CannotBeDone';
}

/** Of several outcomes the worst: 3 before 1 before 0. */
export const worst = (codes: readonly ExitCode[]): ExitCode => Math.max(0, ...codes) as ExitCode;

export interface Command {
  readonly name: string;
  /** One line after the command's name in the list. */
  readonly purpose: string;
  readonly usage: string;
  /** Takes the arguments after the command's name. */
  run(args: readonly string[], streams: Streams): Promise<ExitCode>;
}
