export type Severity = 'error' | 'warning' | 'information';

/** One thing said about what was sent, in the sender's own field names. */
export interface Issue {
  readonly severity: Severity;
  /** Stable, kebab-case; every code stands in `issues.ts`. */
  readonly code: string;
  /** JSON Pointer (RFC 6901) into what was sent; '' is the whole. */
  readonly pointer: string;
  /** A sentence that a care software developer can act on. */
  readonly message: string;
  /** Where the rule comes from, e.g. "PRSB About Me v2.01" or a profile's invariant. */
  readonly rule: string;
}
