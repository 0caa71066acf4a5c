/** Codes whose membership of a value set could not be told here: what a terminology server may be asked. */

export interface CodeQuestion {
  readonly valueSet: string;
  /** One of these in the value set suffices. */
  readonly codings: readonly { readonly system?: string; readonly code: string }[];
  /** `error` for a required binding, `warning` for an extensible one. */
  readonly severity: 'error' | 'warning';
  /** Message of the issue that told it as not checked. */
  readonly message: string;
}

/** Key of the list of questions in the memory of a run that gathers them. */
export const QUESTIONS = Symbol('questions');
