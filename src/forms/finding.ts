/**
 * What a form's rule found. The sentence, severity and source of each code stand in one table,
 * `src/intake/issues.ts`; a finding only says which code, where, and the values its sentence needs.
 */
export interface Finding {
  readonly code: string;
  /** JSON Pointer (RFC 6901) into the package that was sent. */
  readonly pointer: string;
  readonly values?: Readonly<Record<string, string | number>>;
}
