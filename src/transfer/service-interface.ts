/**
 * What the service does for care home software, apart from HTTP: the routes of `http/care-home` and the tests know
 * this interface only. Outcomes are values; an exception is a fault of the service.
 */
import type { Issue } from '../intake/issue.js';
import type { BagStatus, DeliveryState } from '../store/store.js';
import type { PdfCopy, PrintForm } from './copies.js';

/** Who asks, and the ids under which it is found again in logs. */
export interface RequestContext {
  /** Stable name of the caller given by access control; `open` where there is none. */
  readonly caller: string;
  readonly requestId: string;
  readonly correlationId: string;
}

/** A bag as the home sees it. Links are made by HTTP. */
export interface BagState {
  readonly id: string;
  readonly packageId: string;
  readonly version: number;
  readonly status: BagStatus;
  /** Issues of the acceptance of this version, and what is to be said about it now (NOT SENT …). */
  readonly issues: readonly Issue[];
}

export interface Invalid {
  readonly kind: 'invalid';
  readonly issues: readonly Issue[];
  /** 400: could not be read; 422: schema and rules. */
  readonly status: 400 | 422;
}

export interface NotFound {
  readonly kind: 'not-found';
}

export type Validated = { readonly valid: boolean; readonly issues: readonly Issue[] };

export type Accepted =
  | { readonly kind: 'created'; readonly bag: BagState }
  | { readonly kind: 'same'; readonly bag: BagState }
  | Invalid
  /** Same sender and packageId, other content. */
  | {
      readonly kind: 'package-id-reused';
      readonly existing: { readonly id: string; readonly version: number };
      readonly issues: readonly Issue[];
    };

export type Amended =
  /** A new version was made. */
  | { readonly kind: 'amended'; readonly bag: BagState }
  /** The current version has this content already; asked before the version is compared, so a retry finds it. */
  | { readonly kind: 'same'; readonly bag: BagState }
  | { readonly kind: 'stale'; readonly version: number }
  /** Another packageId or sending organisation than the bag's. */
  | { readonly kind: 'package-id-mismatch' }
  | { readonly kind: 'withdrawn' }
  | Invalid
  | NotFound;

export interface WithdrawalRequest {
  readonly reason: string;
  readonly by?: string;
}

/** `repeated`: it was withdrawn before; nothing changed. */
export type Withdrawn =
  | { readonly kind: 'withdrawn'; readonly repeated: boolean; readonly bag: BagState }
  | NotFound;

export interface DestinationRequest {
  readonly odsCode: string;
  readonly name?: string;
}

export type DestinationAdded =
  | { readonly kind: 'added'; readonly repeated: boolean; readonly bag: BagState }
  | { readonly kind: 'withdrawn' }
  | NotFound;

export interface BagListQuery {
  readonly packageId?: string;
  readonly status?: BagStatus;
  /** ISO instant. */
  readonly updatedSince?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** `bad-cursor`: the cursor was not given by this service. */
export type BagList =
  | { readonly kind: 'page'; readonly items: readonly BagState[]; readonly next?: string }
  | { readonly kind: 'bad-cursor' };

/** A stored body, exactly as it was made, with the version that it belongs to. */
export interface Stored<Body> {
  readonly version: number;
  readonly body: Body;
}

export interface DeliveryView {
  readonly destination: string;
  readonly version: number;
  readonly state: DeliveryState;
  readonly attempts: readonly {
    readonly at: string;
    readonly outcome: string;
    readonly httpStatus?: number;
  }[];
}

export interface RedBagService {
  /** Every check of `accept`, nothing stored. */
  validate(bytes: Uint8Array, context: RequestContext): Promise<Validated>;
  accept(bytes: Uint8Array, context: RequestContext): Promise<Accepted>;
  amend(id: string, ifMatch: number, bytes: Uint8Array, context: RequestContext): Promise<Amended>;
  withdraw(id: string, request: WithdrawalRequest, context: RequestContext): Promise<Withdrawn>;
  addDestination(id: string, request: DestinationRequest, context: RequestContext): Promise<DestinationAdded>;
  read(id: string, context: RequestContext): Promise<BagState | undefined>;
  list(query: BagListQuery, context: RequestContext): Promise<BagList>;
  /** Bundle JSON of a version, the current one when none is named. */
  bundle(
    id: string,
    version: number | undefined,
    context: RequestContext,
  ): Promise<Stored<string> | undefined>;
  /** As it was made while it holds; marked across each page when it was superseded or withdrawn. */
  pdf(
    id: string,
    version: number | undefined,
    form: PrintForm,
    context: RequestContext,
  ): Promise<PdfCopy | undefined>;
  /** The package as it was sent, JSON. */
  package(id: string, context: RequestContext): Promise<Stored<string> | undefined>;
  /** `{leaves: […]}`, JSON. */
  coverage(id: string, context: RequestContext): Promise<Stored<string> | undefined>;
  deliveries(id: string, context: RequestContext): Promise<readonly DeliveryView[] | undefined>;
}
