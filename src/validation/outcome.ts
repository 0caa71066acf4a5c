import type { CodeQuestion } from './terminology/questions.js';

/** One fault, with where it is in the instance and which definition it breaks. */
export interface ValidationIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  /** R4 issue-type code, https://hl7.org/fhir/R4/valueset-issue-type.html */
  readonly code: string;
  /** FHIRPath of the element in the instance, e.g. `Bundle.entry[3].resource.name[0].family`. */
  readonly expression: string;
  /** Path in the definition, e.g. `Patient.name.family`. */
  readonly definitionPath: string;
  /** Stable key of the rule: an invariant's key (`dom-2`), or the kind of rule (`cardinality-min`). */
  readonly rule: string;
  readonly message: string;
  /** Address of the profile or page that states the rule. */
  readonly source: string;
}

/** `valid` is true when no issue is fatal or error. A failure of the validator itself is thrown, never an outcome. */
export interface ValidationOutcome {
  readonly valid: boolean;
  readonly issues: readonly ValidationIssue[];
  /** With `gather`: the codes whose membership could not be told here, for a terminology server to be asked. */
  readonly questions?: readonly CodeQuestion[];
}

/** The time limit passed before the verdict was known: thrown, for it is neither valid nor invalid. */
export class ValidationTimeout extends Error {
  override readonly name = 'ValidationTimeout';
  readonly code = 'validation-time-limit';
  readonly safeToLog = true;
  constructor(limitMs: number) {
    super(`not judged within ${limitMs} ms`);
  }
}

export interface ValidateOptions {
  /** Canonicals checked besides those in `meta.profile`. */
  readonly profiles?: readonly string[];
  /** Canonical of a loaded CapabilityStatement whose profiles the resource must conform to. */
  readonly capabilityStatement?: string;
  /** Gathers the codes whose membership could not be told here. */
  readonly gather?: boolean;
  /** Longest time it may take, in milliseconds; looked at between elements. None when left out. */
  readonly timeLimitMs?: number;
}

/** The interface that the rest of the service knows; made by `createValidator`. */
export interface Validator {
  validate(resource: unknown, options?: ValidateOptions): ValidationOutcome;
}
