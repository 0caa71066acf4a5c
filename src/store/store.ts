/**
 * What the service asks of its store; SQLite and PostgreSQL answer alike (one Kysely repository).
 * Bodies are kept as the exact bytes that were made: what was validated is what is served and sent.
 */

export type BagStatus =
  | 'held'
  | 'delivering'
  | 'delivered'
  | 'partly-delivered'
  | 'needs-person'
  | 'not-shared'
  | 'withdrawn';
export type DeliveryState = 'waiting' | 'sending' | 'delivered' | 'needs-person' | 'cancelled';

export interface Bag {
  readonly id: string;
  /** Stable key of the sending organisation, e.g. `ods:VLX01`. packageId is unique within it. */
  readonly sender: string;
  readonly packageId: string;
  /** Current version, from 1. */
  readonly version: number;
  readonly status: BagStatus;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly withdrawal?: { readonly at: string; readonly reason: string; readonly by: string };
}

export interface BagVersion {
  readonly bagId: string;
  readonly version: number;
  /** SHA-256 (hex) of the canonical JSON of what was sent. */
  readonly contentHash: string;
  readonly package: string;
  readonly bundle: string;
  readonly pdf: Uint8Array;
  /** Issues given with the acceptance, JSON. */
  readonly issues: string;
  /** Coverage report, JSON. */
  readonly coverage: string;
  readonly acceptedAt: string;
}

/** One stored state of a DocumentReference (`versionId` counts its states from 1). */
export interface StoredDocument {
  readonly id: string;
  readonly bagId: string;
  readonly bagVersion: number;
  readonly kind: 'pdf' | 'fhir';
  readonly versionId: number;
  readonly lastUpdated: string;
  /** The DocumentReference, JSON, with its meta.versionId and meta.lastUpdated. */
  readonly resource: string;
}

/** The columns a hospital searches by; every list member is `system|value` or a bare value. */
export interface DocumentSearchColumns {
  readonly id: string;
  readonly status: string;
  readonly nhsNumber?: string;
  readonly identifiers: readonly string[];
  readonly types: readonly string[];
  readonly date: string;
  /** Sensitive (S-flagged) or not shared: never served to a search. */
  readonly sensitive: boolean;
}

export interface NewDocument extends Omit<StoredDocument, 'versionId' | 'lastUpdated'> {
  readonly search: DocumentSearchColumns;
}

/** A version as it is given to the store: bodies as text, or as bytes that `pack` made of it. */
export type NewBagVersion = Omit<BagVersion, PackedBody> & {
  readonly [body in PackedBody]: string | Uint8Array;
};
/** What is kept packed. */
export type PackedBody = 'package' | 'bundle' | 'coverage';

export interface NewVersion {
  readonly version: NewBagVersion;
  /** New and changed DocumentReferences (a superseded one comes again with its new status). */
  readonly documents: readonly NewDocument[];
  readonly status: BagStatus;
}

export type Operation = 'deliver' | 'withdraw';

export interface NewDelivery {
  readonly destination: string;
  readonly version: number;
  readonly operation: Operation;
  /** ISO instant; the row is not tried before. */
  readonly notBefore: string;
}

export interface Attempt {
  readonly at: string;
  /** A stable code (src/delivery/retry-contract.ts), never text from the other side. */
  readonly outcome: string;
  readonly httpStatus?: number;
}

export interface Delivery {
  readonly id: string;
  readonly bagId: string;
  readonly version: number;
  readonly destination: string;
  readonly operation: Operation;
  readonly state: DeliveryState;
  readonly attempts: readonly Attempt[];
  /** X-Request-ID, the same on every retry. */
  readonly requestId: string;
  /** The hospital has it or may have it (an answer that was lost); false: certainly not. */
  readonly mayHaveArrived: boolean;
  /** How often it was claimed: with the worker's name the fence of the lease. */
  readonly claims: number;
}

/** How an attempt ended. */
export interface AttemptResult {
  readonly state: DeliveryState;
  readonly attempt: Attempt;
  /** ISO instant of the next try, with state `waiting`. */
  readonly notBefore?: string;
  /** False only when the hospital certainly did not take it; absent counts as true. */
  readonly mayHaveArrived?: boolean;
}

export interface BagQuery {
  readonly sender?: string;
  readonly packageId?: string;
  readonly status?: BagStatus;
  readonly updatedSince?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** What a document must meet; a member that is left out asks nothing. */
export interface DocumentConditions {
  readonly ids?: readonly string[];
  readonly nhsNumber?: string;
  readonly identifiers?: readonly string[];
  readonly statuses?: readonly string[];
  readonly types?: readonly string[];
  /** Inclusive/exclusive bounds, ISO instants: [op, value] all must hold. */
  readonly date?: readonly (readonly ['ge' | 'gt' | 'le' | 'lt' | 'eq', string])[];
  readonly lastUpdated?: readonly (readonly ['ge' | 'gt' | 'le' | 'lt' | 'eq', string])[];
  readonly allOf?: readonly DocumentConditions[];
  /** An empty list is met by nothing. */
  readonly anyOf?: readonly DocumentConditions[];
}

export interface DocumentQuery extends DocumentConditions {
  readonly sort: readonly { readonly by: 'date' | '_lastUpdated' | '_id'; readonly descending: boolean }[];
  readonly limit: number;
  readonly cursor?: string;
}

/** A stale `expectedVersion`: somebody else wrote in between. */
export class StaleVersion extends Error {
  override readonly name = 'StaleVersion';
}

/** The bag was withdrawn meanwhile: nothing more can be added to it. */
export class BagWithdrawn extends Error {
  override readonly name = 'BagWithdrawn';
}

/** Statuses `not-shared` and `withdrawn`, and `held` given together with deliveries or by `setStatus`, are decisions: deliveries do not change them and nothing but a withdrawal leaves. Every other status follows the deliveries. */
export interface Store {
  /** First version of a bag. If sender+packageId exists already, nothing is written and the existing bag is returned. */
  create(
    bag: Omit<Bag, 'version' | 'status' | 'updatedAt'>,
    first: NewVersion,
    deliveries: readonly NewDelivery[],
  ): Promise<{ created: boolean; bag: Bag }>;
  /** Next version; deliveries of older versions that have not left are cancelled in the same commit. Throws StaleVersion, BagWithdrawn. */
  amend(
    bagId: string,
    expectedVersion: number,
    next: NewVersion,
    deliveries: readonly NewDelivery[],
  ): Promise<Bag>;
  /** Marks the bag withdrawn, stores the changed documents, cancels what has not left, queues `withdraw` where it has (all destinations with a delivered or sending row, or one that may have arrived). Repeated: no change. */
  withdraw(
    bagId: string,
    withdrawal: NonNullable<Bag['withdrawal']>,
    documents: readonly NewDocument[],
    at: string,
  ): Promise<Bag>;
  /** Adds a destination for the current version; a repeated one changes nothing. Throws StaleVersion when it is not the current version, BagWithdrawn. */
  addDelivery(bagId: string, delivery: NewDelivery): Promise<{ added: boolean }>;
  setStatus(bagId: string, status: BagStatus): Promise<void>;

  bag(id: string): Promise<Bag | undefined>;
  bagByPackage(sender: string, packageId: string): Promise<Bag | undefined>;
  bags(query: BagQuery): Promise<{ items: Bag[]; next?: string }>;
  version(bagId: string, version: number): Promise<BagVersion | undefined>;
  /** One member of a version, without reading the others. */
  part<Part extends keyof BagVersion>(
    bagId: string,
    version: number,
    part: Part,
  ): Promise<BagVersion[Part] | undefined>;
  /** A body as bytes, a text in UTF-8: for those who only pass it on. */
  bytes(bagId: string, version: number, part: 'pdf' | 'bundle'): Promise<Uint8Array | undefined>;
  deliveries(bagId: string): Promise<Delivery[]>;

  document(id: string, versionId?: number): Promise<StoredDocument | undefined>;
  documentHistory(id: string): Promise<StoredDocument[]>;
  searchDocuments(query: DocumentQuery): Promise<{ items: StoredDocument[]; total: number; next?: string }>;
  /** Newest states of all documents of all versions, oldest first. */
  documentsOf(bagId: string): Promise<StoredDocument[]>;
  /** The newest versions that hold a current document of a resident and may be found, by their dates. */
  newestOf(nhsNumber: string, limit: number): Promise<{ bagId: string; version: number }[]>;
  /** The document whose attachment has this url, e.g. `Binary/<uuid>`: the way back from a Binary to its bag. */
  documentByAttachment(url: string): Promise<StoredDocument | undefined>;

  /** Claims due rows for `leaseMs`; a crashed worker's rows come back when the lease ends. One row a destination at a time, in order of version. */
  claim(worker: string, now: string, leaseMs: number, limit: number): Promise<Delivery[]>;
  /** Ends an attempt. Only the holder of the lease can; false if the lease was lost. Recomputes the bag's status in the same commit. */
  finish(delivery: Delivery, worker: string, result: AttemptResult): Promise<boolean>;

  /** PDFs that this destination gets, or got, in another form than the version has; by version. */
  sentPdfs(bagId: string, destination: string): Promise<ReadonlyMap<number, Uint8Array>>;
  /** Keeps one; gives what is kept, which is the first that was given. */
  keepSentPdf(bagId: string, version: number, destination: string, pdf: Uint8Array): Promise<Uint8Array>;

  close(): Promise<void>;
}
