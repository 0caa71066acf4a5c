/**
 * What each paper of the Red Bag tells the rest of the service about itself. A new paper is a new folder here and a
 * line in `index.ts`.
 */
import type { Binding } from '../mapping/binding.js';
import type { JsonObject } from '../mapping/json.js';
import type { OutlineNode } from '../mapping/outline.js';
import type { ObjectSchema } from '../mapping/schema.js';
import type { Finding } from './finding.js';
import type { Page } from './page.js';

/** A section of the Composition. */
export interface FormSection {
  /** Resources whose binding names this key stand in it; the form's first section takes those that name none. */
  readonly key: string;
  readonly title: string;
  /** Codings of section.code: UK Core slug first where there is one, then the SNOMED heading. Empty: text only. */
  readonly codings: readonly { readonly system: string; readonly code: string; readonly display: string }[];
  /** Dotted paths of the form that its narrative tells; default: what no other section of the form tells. */
  readonly tells?: readonly string[];
  /** Put in front of the narrative, e.g. that these are the person's own words. */
  readonly lead?: string | ((data: JsonObject) => string | undefined);
  /** List.emptyReason-like code when there is nothing to list. */
  readonly emptyReason?: (data: JsonObject) => { system: string; code: string; display: string } | undefined;
  /** Makes the labelled values of its narrative, where `tells` cannot say them. None: the section has no narrative. */
  readonly outline?: (data: JsonObject) => readonly OutlineNode[];
  /** Ids of the package's attachments that belong to it: their DocumentReferences stand among its entries. */
  readonly attachments?: (data: JsonObject) => readonly string[];
  /** Sub-sections, in this order. One that has neither narrative, entry nor lead to tell is left out. */
  readonly sections?: readonly FormSection[];
}

/** What a rule may look at besides its own form. */
export interface RuleContext {
  readonly mode: 'urgent' | 'complete';
  /** The whole package, as sent. */
  readonly package: JsonObject;
  /** Now, ISO; only for staleness against the clock of the server. */
  readonly now: string;
}

export interface Form {
  /** Kebab-case name: folder, Questionnaire id, CLI argument. */
  readonly name: string;
  /** Its member in the package, e.g. `thisIsMe`. */
  readonly member: string;
  readonly title: string;
  readonly schema: ObjectSchema;
  readonly bindings: readonly Binding[];
  readonly sections: readonly FormSection[];
  /** The paper's own pages, page one apart. Every leaf is on them. */
  readonly page: Page;
  /**
   * Findings of content and consistency, beyond the schema. Total: takes any data that the schema accepts.
   * Pointers are absolute (`pointer` is where the form stands).
   */
  readonly rules: (data: JsonObject, pointer: string, context: RuleContext) => Finding[];
}
