/**
 * What the service does with bags: checks, document, validation, PDF, and one commit that holds them all together
 * with what is to be delivered. An answer is given only after that commit.
 */
import type { Issue } from '../intake/issue.js';
import { issueOf } from '../intake/issues.js';
import { sortIssues } from '../intake/sort-issues.js';
import type { JsonObject } from '../mapping/json.js';
import {
  type Bag,
  type BagVersion,
  BagWithdrawn,
  type NewDelivery,
  type NewDocument,
  type NewVersion,
  StaleVersion,
  type Store,
} from '../store/store.js';
import { contentHash } from './canonical-json.js';
import { documentReferences, stored, withStatus } from './document-references.js';
import { olderAboutMe } from './held-about-me.js';
import { bagIdOf, senderKey } from './identity.js';
import { createInspection, type Inspected, type InspectionOptions } from './inspection.js';
import { type MakingOptions, makeVersion } from './making.js';
import { isHidden, namedDestinations, type Reachable, type Route, type Routing, route } from './routing.js';
import type {
  Accepted,
  Amended,
  BagList,
  BagListQuery,
  BagState,
  DeliveryView,
  DestinationAdded,
  DestinationRequest,
  RedBagService,
  Stored,
  Validated,
  WithdrawalRequest,
  Withdrawn,
} from './service-interface.js';

export interface ServiceOptions extends Omit<InspectionOptions, 'demonstration'>, MakingOptions {
  readonly store: Store;
  readonly routing: (sent: JsonObject) => Routing;
  readonly hospitals: ReadonlyMap<string, Reachable>;
  readonly now?: () => Date;
  /** Called when there is something new to deliver. */
  readonly wake?: () => void;
}

/** Makes the service. */
export function createService(options: ServiceOptions): RedBagService {
  const { store } = options;
  const now = (): string => (options.now?.() ?? new Date()).toISOString();
  const inspection = createInspection(options);
  const inspect = (bytes: Uint8Array) => inspection(bytes, now());

  /** Everything of a version that is made before it is stored. */
  async function make(
    bagId: string,
    version: number,
    inspected: Inspected,
    before?: JsonObject,
  ): Promise<{ next: NewVersion; route: Route; hidden: boolean }> {
    const { sent, mode } = inspected;
    const routing = options.routing(sent);
    const made = await makeVersion(options, inspected, bagId, version, before);
    const way = route(namedDestinations(sent), routing, options.hospitals);
    const older = await olderAboutMe(store, sent, bagId);
    const issues = sortIssues([
      ...inspected.issues,
      ...[...way.findings, ...made.findings, ...older].map((f) => issueOf(f, mode)),
    ]);
    const bagVersion: BagVersion = {
      bagId,
      version,
      contentHash: contentHash(sent),
      package: JSON.stringify(sent),
      bundle: JSON.stringify(made.document.bundle),
      pdf: made.pdf,
      issues: JSON.stringify(issues),
      coverage: JSON.stringify(made.document.coverage),
      acceptedAt: now(),
    };
    const documents = documentReferences({
      bagId,
      version,
      clean: made.prepared.clean,
      sensitive: routing.sensitive,
      hidden: isHidden(routing),
      demonstration: options.demonstration,
      pdf: made.pdf,
    });
    return {
      next: { version: bagVersion, documents, status: way.status },
      route: way,
      hidden: isHidden(routing),
    };
  }

  const deliveriesTo = (destinations: readonly string[], version: number): NewDelivery[] =>
    destinations.map((destination) => ({ destination, version, operation: 'deliver', notBefore: now() }));

  async function state(bag: Bag): Promise<BagState> {
    const version = await store.version(bag.id, bag.version);
    const { id, packageId, status } = bag;
    const said = version ? (JSON.parse(version.issues) as Issue[]) : [];
    // True when it was accepted; a destination has been added since.
    const issues = status === 'held' ? said : said.filter((i) => i.code !== 'no-destination');
    const now = await standing(bag);
    return { id, packageId, version: bag.version, status, issues: sortIssues([...issues, ...now]) };
  }

  /** What the home must do now, which nobody could know when the bag was accepted. */
  async function standing({ id, status }: Bag): Promise<Issue[]> {
    if (status === 'withdrawn') return [issueOf({ code: 'withdrawn-tell-the-ward', pointer: '' })];
    if (status !== 'needs-person' && status !== 'partly-delivered') return [];
    const counting = (await store.deliveries(id)).filter((d) => d.state !== 'cancelled');
    const newest = new Map(counting.map((d) => [d.destination, d.state]));
    return [...newest].flatMap(([destination, reached]) => {
      if (reached !== 'needs-person') return [];
      const phone = options.hospitals.get(destination)?.phone;
      const values = { destination, phone: phone === undefined ? '' : ` ${phone}` };
      return [issueOf({ code: 'not-delivered', pointer: '', values })];
    });
  }

  async function body<B>(
    id: string,
    version: number | undefined,
    of: (v: BagVersion) => B,
  ): Promise<Stored<B> | undefined> {
    const wanted = version ?? (await store.bag(id))?.version;
    const found = wanted === undefined ? undefined : await store.version(id, wanted);
    return found && { version: found.version, body: of(found) };
  }

  async function validate(bytes: Uint8Array): Promise<Validated> {
    const inspected = await inspect(bytes);
    return { valid: inspected.kind === 'good', issues: inspected.issues };
  }

  async function accept(bytes: Uint8Array): Promise<Accepted> {
    const inspected = await inspect(bytes);
    if (inspected.kind === 'invalid') return inspected;
    const { sent } = inspected;
    const sender = senderKey(sent);
    const packageId = String(sent['packageId']);
    const known = await store.bagByPackage(sender, packageId);
    if (known) return repeated(known, sent);
    const id = bagIdOf(sent);
    const { next, route: way } = await make(id, 1, inspected);
    const { created, bag } = await store.create(
      { id, sender, packageId, createdAt: next.version.acceptedAt },
      next,
      deliveriesTo(way.destinations, 1),
    );
    // Somebody sent the same packageId while this one was being made.
    if (!created) return repeated(bag, sent);
    options.wake?.();
    return { kind: 'created', bag: await state(bag) };
  }

  /** A packageId that is known: the same content is the same bag, in whichever of its versions. */
  async function repeated(bag: Bag, sent: JsonObject): Promise<Accepted> {
    const first = await store.version(bag.id, 1);
    if (first?.contentHash === contentHash(sent)) return { kind: 'same', bag: await state(bag) };
    const finding = {
      code: 'package-id-reused',
      pointer: '/packageId',
      values: { id: bag.id, version: bag.version },
    };
    return {
      kind: 'package-id-reused',
      existing: { id: bag.id, version: bag.version },
      issues: [issueOf(finding)],
    };
  }

  async function amend(id: string, ifMatch: number, bytes: Uint8Array): Promise<Amended> {
    const bag = await store.bag(id);
    if (!bag) return { kind: 'not-found' };
    if (bag.withdrawal) return { kind: 'withdrawn' };
    const inspected = await inspect(bytes);
    if (inspected.kind === 'invalid') return inspected;
    const { sent } = inspected;
    if (senderKey(sent) !== bag.sender || sent['packageId'] !== bag.packageId)
      return { kind: 'package-id-mismatch' };
    const current = await store.version(id, bag.version);
    if (current?.contentHash === contentHash(sent)) return { kind: 'same', bag: await state(bag) };
    if (ifMatch !== bag.version || !current) return { kind: 'stale', version: bag.version };
    const {
      next,
      route: way,
      hidden,
    } = await make(id, bag.version + 1, inspected, JSON.parse(current.package) as JsonObject);
    const before = (await store.deliveries(id)).map((d) => d.destination);
    const destinations = way.status === 'not-shared' ? [] : [...new Set([...before, ...way.destinations])];
    const old = hidden ? await documentsOfAll(bag, true) : await documentsOfVersion(id, bag.version);
    try {
      const amended = await store.amend(
        id,
        ifMatch,
        {
          ...next,
          documents: [...next.documents, ...old.map((d) => withStatus(d, 'superseded'))],
          status: destinations.length > 0 ? 'delivering' : next.status,
        },
        deliveriesTo(destinations, bag.version + 1),
      );
      options.wake?.();
      return { kind: 'amended', bag: await state(amended) };
    } catch (error) {
      if (error instanceof BagWithdrawn) return { kind: 'withdrawn' };
      if (!(error instanceof StaleVersion)) throw error;
      return { kind: 'stale', version: (await store.bag(id))?.version ?? bag.version };
    }
  }

  async function documentsOfVersion(id: string, version: number, hiddenLater = false) {
    const of = await store.version(id, version);
    const own = isHidden(options.routing(JSON.parse(of?.package ?? '{}') as JsonObject));
    const documents = (await store.documentsOf(id)).filter((d) => d.bagVersion === version);
    return documents.map((d) =>
      stored(id, version, d.kind, JSON.parse(d.resource) as JsonObject, own || hiddenLater),
    );
  }

  /** What a later version hides, every older one hides too: it tells what must not be told any more. */
  async function documentsOfAll(bag: Bag, hiddenLater: boolean) {
    const all: NewDocument[] = [];
    let hidden = hiddenLater;
    for (let version = bag.version; version > 0; version--) {
      const documents = await documentsOfVersion(bag.id, version, hidden);
      hidden = documents.some((d) => d.search.sensitive);
      all.unshift(...documents);
    }
    return all;
  }

  async function withdraw(id: string, request: WithdrawalRequest): Promise<Withdrawn> {
    const bag = await store.bag(id);
    if (!bag) return { kind: 'not-found' };
    if (bag.withdrawal) return { kind: 'withdrawn', repeated: true, bag: await state(bag) };
    const documents = (await documentsOfAll(bag, false)).map((d) => withStatus(d, 'entered-in-error'));
    const at = now();
    const withdrawn = await store.withdraw(
      id,
      { at, reason: request.reason, by: request.by ?? 'not stated' },
      documents,
      at,
    );
    options.wake?.();
    return { kind: 'withdrawn', repeated: false, bag: await state(withdrawn) };
  }

  async function addDestination(id: string, request: DestinationRequest): Promise<DestinationAdded> {
    const { odsCode } = request;
    const bag = await store.bag(id);
    if (!bag) return { kind: 'not-found' };
    if (bag.withdrawal) return { kind: 'withdrawn' };
    const version = await store.version(id, bag.version);
    const sent = JSON.parse(version?.package ?? '{}') as JsonObject;
    const way = route([{ odsCode, pointer: '/odsCode' }], options.routing(sent), options.hospitals);
    const [destination] = way.destinations;
    let added = false;
    if (destination !== undefined) {
      try {
        added = (await store.addDelivery(id, deliveriesTo([destination], bag.version)[0] as NewDelivery))
          .added;
      } catch (error) {
        if (error instanceof BagWithdrawn) return { kind: 'withdrawn' };
        // Amended in between: the destination is meant for the newest version.
        if (error instanceof StaleVersion) return addDestination(id, request);
        throw error;
      }
    }
    if (added) options.wake?.();
    const after = await state((await store.bag(id)) ?? bag);
    const issues = sortIssues([...after.issues, ...way.findings.map((f) => issueOf(f))]);
    return { kind: 'added', repeated: destination !== undefined && !added, bag: { ...after, issues } };
  }

  async function list(query: BagListQuery): Promise<BagList> {
    const page = await store.bags(query).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'BadCursor') return undefined;
      throw error;
    });
    if (!page) return { kind: 'bad-cursor' };
    const items = await Promise.all(page.items.map(state));
    return { kind: 'page', items, ...(page.next === undefined ? {} : { next: page.next }) };
  }

  async function deliveries(id: string): Promise<readonly DeliveryView[] | undefined> {
    if (!(await store.bag(id))) return undefined;
    const rows = await store.deliveries(id);
    return rows.map(({ destination, version, state: s, attempts }) => ({
      destination,
      version,
      state: s,
      attempts,
    }));
  }

  return {
    validate,
    accept,
    amend,
    withdraw,
    addDestination,
    list,
    deliveries,
    async read(id) {
      const bag = await store.bag(id);
      return bag && state(bag);
    },
    bundle: (id, version) => body(id, version, (v) => v.bundle),
    pdf: (id, version) => body(id, version, (v) => v.pdf),
    package: (id) => body(id, undefined, (v) => v.package),
    coverage: (id) => body(id, undefined, (v) => v.coverage),
  };
}
