/** What the worker hands to a hospital's dialect, and what it gets back. */
import type { Delivery, StoredDocument } from '../store/store.js';
import type { Hospital } from './hospitals.js';
import type { FinalVerdict } from './retry-contract.js';

/** A document with the body that its attachment points to. */
export interface Piece {
  readonly document: StoredDocument;
  /** The PDF's bytes, or the document Bundle's JSON. */
  readonly body: Uint8Array | string;
}

export interface Job {
  readonly delivery: Delivery;
  readonly hospital: Hospital;
  /** Documents that go with their bodies. */
  readonly pieces: readonly Piece[];
  /** Documents that the hospital has already and whose status changed: superseded, entered-in-error. */
  readonly changed: readonly StoredDocument[];
  /** Every document of the bag, to name those that this hospital does not get. */
  readonly all: readonly StoredDocument[];
}

export interface Dialect {
  /**
   * Makes one attempt. Never throws for what the network or the hospital does: that is the verdict.
   *
   * @param signal ends the attempt: the time is up, or the service stops
   */
  send(job: Job, signal: AbortSignal): Promise<FinalVerdict>;
  close(): Promise<void>;
}
