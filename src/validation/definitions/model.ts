/**
 * The definitions as the validator keeps them: StructureDefinition, ValueSet and CodeSystem cut down to what
 * decides a verdict. https://hl7.org/fhir/R4/structuredefinition.html, elementdefinition.html
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface TypeReference {
  readonly code: string;
  readonly profile?: readonly string[];
  readonly targetProfile?: readonly string[];
}

export interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression: string;
  readonly source?: string;
}

export interface Discriminator {
  readonly type: string;
  readonly path: string;
}

export interface Slicing {
  readonly discriminator: readonly Discriminator[];
  readonly ordered: boolean;
  readonly rules: 'open' | 'closed' | 'openAtEnd';
}

export interface Binding {
  readonly strength: 'required' | 'extensible' | 'preferred' | 'example';
  readonly valueSet?: string;
  /** Canonical of the stricter set of an extensible binding (`elementdefinition-maxValueSet`). */
  readonly maxValueSet?: string;
}

/** One element of a snapshot (or, before generation, of a differential, where most members are missing). */
export interface ElementDefinition {
  readonly id: string;
  readonly path: string;
  readonly sliceName?: string;
  readonly min?: number;
  readonly max?: string;
  readonly base?: { readonly path: string; readonly min: number; readonly max: string };
  readonly type?: readonly TypeReference[];
  readonly contentReference?: string;
  readonly slicing?: Slicing;
  /** The value of `fixed[x]`; `pattern`, `minValue` and `maxValue` likewise. */
  readonly fixed?: Json;
  readonly pattern?: Json;
  readonly minValue?: Json;
  readonly maxValue?: Json;
  readonly maxLength?: number;
  readonly binding?: Binding;
  readonly constraint?: readonly Constraint[];
  readonly isModifier?: boolean;
}

export interface ExtensionContext {
  readonly type: string;
  readonly expression: string;
}

export interface Structure {
  readonly url: string;
  readonly name: string;
  /** `resource`, `complex-type`, `primitive-type` or `logical`. */
  readonly kind: string;
  readonly abstract: boolean;
  readonly type: string;
  readonly base?: string;
  /** `specialization` for types, `constraint` for profiles and extensions. */
  readonly derivation?: string;
  readonly context?: readonly ExtensionContext[];
  /** True while `elements` is only the differential. */
  readonly differential?: boolean;
  readonly elements: readonly ElementDefinition[];
  /** Ids of elements of the differential that the type does not have; a generated snapshot goes without them. */
  readonly unplaced?: readonly string[];
}

/**
 * A code system whose concepts are known. Each concept is `[code, display, ...parent codes]`.
 * https://hl7.org/fhir/R4/codesystem.html
 */
export interface CodeSystem {
  readonly url: string;
  readonly content: string;
  readonly caseSensitive: boolean;
  readonly valueSet?: string;
  readonly concepts: readonly (readonly string[])[];
  /** Canonical of the code system that this one only adds to. */
  readonly supplements?: string;
  /** Other displays of a code, in whatever language. */
  readonly designations?: { readonly [code: string]: readonly string[] };
  /** Each declared property as `[code, type]`. */
  readonly properties?: readonly (readonly string[])[];
  /** Each declared filter as `[code, ...operators]`. */
  readonly filters?: readonly (readonly string[])[];
}

/**
 * A value set as a table of systems. `codes: null` stands for a part that cannot be enumerated here
 * (a filter on SNOMED CT, a grammar such as BCP 47): membership of that system is not checked.
 */
export interface ValueSet {
  readonly url: string;
  readonly name: string;
  readonly systems: readonly { readonly system: string; readonly codes: readonly string[] | null }[];
  /** True when a part of the definition could not be read at all: nothing can be called absent. */
  readonly open: boolean;
  /** Says that the codes come from an expansion of a filter, of a certain date: absence is only a warning. */
  readonly dated?: boolean;
}
