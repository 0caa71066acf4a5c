/**
 * The columns, as Kysely sees them. Times that are compared are integer milliseconds since 1970 (SQLite and
 * PostgreSQL order them alike); booleans are 0 and 1; bodies are the exact text or bytes that were made.
 */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { BagStatus, DeliveryState, Operation } from './store.js';

export interface BagsTable {
  /** Order of arrival: the key that lists are paged by. */
  seq: Generated<number>;
  id: string;
  sender: string;
  package_id: string;
  version: number;
  status: BagStatus;
  /** 1: the status was set by a decision (not shared, withdrawn, blocked) and deliveries do not change it. */
  pinned: number;
  created_at: string;
  updated_ms: number;
  withdrawn_at: string | null;
  withdrawn_reason: string | null;
  withdrawn_by: string | null;
}

export interface BagVersionsTable {
  bag_id: string;
  version: number;
  content_hash: string;
  /** This, the Bundle and the coverage report: see packed.ts; text in rows of before. */
  package: Uint8Array | string;
  bundle: Uint8Array | string;
  pdf: Uint8Array;
  issues: string;
  coverage: Uint8Array | string;
  accepted_at: string;
}

/** The newest state of each DocumentReference, with what a hospital searches by. */
export interface DocumentsTable {
  seq: Generated<number>;
  id: string;
  bag_id: string;
  bag_version: number;
  kind: 'pdf' | 'fhir';
  version_id: number;
  updated_ms: number;
  status: string;
  nhs_number: string | null;
  date_ms: number;
  sensitive: number;
  attachment_url: string | null;
}

/** Every state of each DocumentReference; never changed, never removed. */
export interface DocumentStatesTable {
  document_id: string;
  version_id: number;
  updated_ms: number;
  resource: string;
}

export interface DocumentTokensTable {
  document_id: string;
  name: 'identifier' | 'type';
  system: string;
  value: string;
}

export interface DeliveriesTable {
  seq: Generated<number>;
  id: string;
  bag_id: string;
  version: number;
  destination: string;
  operation: Operation;
  state: DeliveryState;
  request_id: string;
  not_before_ms: number;
  lease_by: string | null;
  lease_until_ms: number | null;
  /** How often it was claimed; with `lease_by` the fence that keeps a late worker from ending another's attempt. */
  claims: number;
  /** 1: the hospital has it, or may have it. */
  may_have_arrived: number;
}

export interface AttemptsTable {
  delivery_id: string;
  n: number;
  at: string;
  outcome: string;
  http_status: number | null;
}

/** PDFs that one destination gets in another form than the version has. */
export interface SentPdfsTable {
  bag_id: string;
  version: number;
  destination: string;
  pdf: Uint8Array;
}

export interface Tables {
  bags: BagsTable;
  bag_versions: BagVersionsTable;
  documents: DocumentsTable;
  document_states: DocumentStatesTable;
  document_tokens: DocumentTokensTable;
  deliveries: DeliveriesTable;
  attempts: AttemptsTable;
  sent_pdfs: SentPdfsTable;
}

export type BagRow = Selectable<BagsTable>;
export type DeliveryRow = Selectable<DeliveriesTable>;
export type AttemptRow = Selectable<AttemptsTable>;
export type NewDeliveryRow = Insertable<DeliveriesTable>;
