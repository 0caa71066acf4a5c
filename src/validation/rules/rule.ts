/** What a rule is: a function that looks at one element and reports what is wrong with it. */
import type { Definitions } from '../definitions/registry.js';
import type { ValidationIssue } from '../outcome.js';
import type { Node } from '../plan/node.js';

/** An issue without the members that its element gives. */
export interface Report {
  readonly severity?: ValidationIssue['severity'];
  readonly code: string;
  readonly rule: string;
  readonly message: string;
  readonly source?: string;
  /** Name of a child that is meant, but absent. */
  readonly child?: string;
}

/** How strict the validator is with what it does not know. */
export interface Policy {
  readonly unknownExtensions: 'error' | 'warning' | 'information';
  /** What a display is that the code system does not give its code. */
  readonly wrongDisplay: 'error' | 'warning' | 'information';
  /** Canonicals that begin so belong to definitions known to exist but not loaded: information only. */
  readonly elsewhere: readonly string[];
}

/** One run over one resource. */
export interface Context {
  readonly root: Node;
  readonly definitions: Definitions;
  readonly policy: Policy;
  report(node: Node, report: Report): void;
  /** Resolves a reference from where it stands, within the resource and the Bundles around it. */
  resolve(reference: string, from: Node): Node | undefined;
  /** Tells whether an element conforms to a profile, without reporting. */
  conforms(node: Node, profile: string): boolean;
  /** Checks an element against a profile and reports. */
  checkProfile(node: Node, profile: string): void;
  /** True when the structure of this element is so broken that other rules on it would only repeat it. */
  isBroken(node: Node): boolean;
  /** Values that are worked out once in a run, by a key of their own. */
  readonly memory: Map<unknown, unknown>;
}

export type Rule = (node: Node, context: Context) => void;
