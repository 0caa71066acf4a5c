/**
 * Bindings say where each leaf of a form has its home in FHIR, once, for both ways: `write.ts` makes the resources
 * and the coverage report from them, `read.ts` reads the form back. Leaves that no binding names go to the form's
 * QuestionnaireResponse (`rest.ts`), so nothing is dropped.
 */
import type { Json, JsonObject } from './json.js';
import type { Node } from './path.js';
import type { Writer } from './write.js';

/** Both ways of a leaf's value. `read(write(v))` equals `v`, or the coverage report says that it was normalised. */
export interface Codec {
  write(value: Json): Json;
  read(value: Json): Json;
}

/**
 * Names a resource for a reference: one that the document has once, the nearest resource around, or the one of a
 * type that was made from a place below the data at hand (dotted path).
 */
export type Target =
  | { readonly role: string }
  | 'parent'
  | { readonly type: string; readonly from: string; readonly part?: string };

/** What one-way code is given. */
export interface Place {
  readonly writer: Writer;
  /** JSON Pointer of the data in the package. */
  readonly pointer: string;
  /** The resource being written, where there is one. */
  readonly resource?: Node;
}

export type Binding =
  | LeafBinding
  | {
      readonly kind: 'group';
      readonly from: string;
      readonly to: string;
      readonly bindings: readonly Binding[];
    }
  | {
      readonly kind: 'each';
      readonly from: string;
      readonly to: string;
      readonly bindings: readonly Binding[];
    }
  | { readonly kind: 'fixed'; readonly to: string; readonly value: Json }
  | {
      readonly kind: 'derive';
      readonly to: string;
      readonly make: (data: JsonObject, place: Place) => Json | undefined;
    }
  | { readonly kind: 'link'; readonly to: string; readonly target: Target }
  | ResourceBinding
  | { readonly kind: 'project'; readonly make: (data: JsonObject, place: Place) => void };

export interface LeafBinding {
  readonly kind: 'leaf';
  readonly from: string;
  readonly to: string;
  readonly codec?: Codec;
  readonly absent?: string;
  /** Takes the data at hand; when it does not hold, the leaf has its home elsewhere (in the end, the answers). */
  readonly when?: (data: JsonObject) => boolean;
}

export interface ResourceBinding {
  readonly kind: 'resource';
  /** An object of the form, or an array of objects: one resource each. '' is the data at hand. */
  readonly from: string;
  readonly type: string;
  /** Written to meta.profile: ours first, then the UK Core ones we claim. */
  readonly profiles: readonly string[];
  /** A name by which other resources link to it; only for what a document has once. */
  readonly role?: string;
  /** Key of the Composition section that lists it; false: reached through a reference only. Default: the form's first. */
  readonly section?: string | false;
  /** Tells two resources of one type from the same place of the package apart. */
  readonly part?: string;
  /** Only when this holds of the data. It must be told by leaves that the resource itself does not carry, or `read` looks in vain. */
  readonly when?: (data: JsonObject) => boolean;
  readonly bindings: readonly Binding[];
}

/**
 * A leaf's home: `from` is a dotted path in the form, `to` a path in the resource (see `path.ts`).
 * `absent`: code of data-absent-reason written when there is no value, where R4 demands the element.
 * `when`: only then is it its home, e.g. where an invariant of R4 ties two elements together.
 */
export const leaf = (
  from: string,
  to: string,
  options: { codec?: Codec; absent?: string; when?: (data: JsonObject) => boolean } = {},
): Binding => ({
  kind: 'leaf',
  from,
  to,
  ...options,
});
/** An object of the form whose leaves live in one element (`to` may be '': the same element). */
export const group = (from: string, to: string, bindings: readonly Binding[]): Binding => ({
  kind: 'group',
  from,
  to,
  bindings,
});
/** An array of objects whose items are items of an element, e.g. `each('telephones', 'telecom[system=phone]', …)`. */
export const each = (from: string, to: string, bindings: readonly Binding[]): Binding => ({
  kind: 'each',
  from,
  to,
  bindings,
});
/** Written always, read never. */
export const fixed = (to: string, value: Json): Binding => ({ kind: 'fixed', to, value });
/** Reckoned from the data, one way; `undefined` writes nothing. */
export const derive = (to: string, make: (data: JsonObject, place: Place) => Json | undefined): Binding => ({
  kind: 'derive',
  to,
  make,
});
/** A Reference to another resource of the document. Not written when there is no such resource. */
export const link = (to: string, target: Target): Binding => ({ kind: 'link', to, target });
export const resource = (binding: Omit<ResourceBinding, 'kind'>): ResourceBinding => ({
  kind: 'resource',
  ...binding,
});
/** One-way code that adds resources of its own (a Flag, a score), through `place.writer.add`. */
export const project = (make: (data: JsonObject, place: Place) => void): Binding => ({
  kind: 'project',
  make,
});

/** Codec from a one-to-one table, sender's value to FHIR value. */
export function table(pairs: Readonly<Record<string, string>>): Codec {
  const back = new Map(Object.entries(pairs).map(([k, v]) => [v, k]));
  if (back.size !== Object.keys(pairs).length) throw new Error('A codec table must be one to one');
  return {
    write: (v) => pairs[String(v)] ?? v,
    read: (v) => back.get(String(v)) ?? v,
  };
}

/** `08:00` of a form is `08:00:00` in FHIR. */
export const clockCodec: Codec = {
  write: (v) => `${String(v)}:00`,
  read: (v) => String(v).slice(0, 5),
};
