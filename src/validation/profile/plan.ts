/** A profile compiled: for each element only what it demands beyond its base type. */
import type { Json } from '../definitions/model.js';
import type { Node } from '../plan/node.js';
import type { Context, Rule } from '../rules/rule.js';

export interface ProfilePlan {
  readonly url: string;
  readonly type: string;
  readonly root: ElementCheck;
}

export interface ElementCheck {
  readonly name: string;
  /** Path in the profile, with slices: `Composition.section:aboutMe.code`. */
  readonly id: string;
  readonly min: number;
  readonly max: number;
  readonly types: ReadonlySet<string> | undefined;
  readonly fixed: Json | undefined;
  readonly pattern: Json | undefined;
  readonly rules: readonly Rule[];
  /** Profiles of the element's type, of which it must satisfy one. */
  readonly profiles: readonly string[];
  readonly children: readonly ElementCheck[];
  readonly slicing: SlicingCheck | undefined;
  /** It demands nothing but how many there are. */
  readonly counts: boolean;
}

export interface SlicingCheck {
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered: boolean;
  readonly slices: readonly SliceCheck[];
  /** Set when a discriminator cannot be followed: then the slicing is reported as not checked. */
  readonly unsupported: string | undefined;
}

export interface SliceCheck {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly matches: (node: Node, context: Context) => boolean;
  readonly check: ElementCheck;
}
