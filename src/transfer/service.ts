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
import { createCopies } from './copies.js';
import { stored, withStatus } from './document-references.js';
import { heldAboutMe } from './held-about-me.js';
import type { Decide, Made, Maker } from './making.js';
import { isHidden, type Reachable, type Route, type Routing, route } from './routing.js';
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
  WithdrawalRequest,
  Withdrawn,
} from './service-interface.js';

export interface ServiceOptions {
  readonly store: Store;
  readonly maker: Maker;
  readonly routing: (sent: JsonObject) => Routing;
  readonly hospitals: ReadonlyMap<string, Reachable>;
  readonly now?: () => Date;
  /** Called when there is something new to deliver. */
  readonly wake?: () => void;
}

/** A version that only has to be stored. */
interface Finished {
  readonly next: NewVersion;
  readonly issues: readonly Issue[];
  readonly route: Route;
  readonly hidden: boolean;
}

/** Makes the service. */
export function createService(options: ServiceOptions): RedBagService {
  const { store, maker } = options;
  const now = (): string => (options.now?.() ?? new Date()).toISOString();
  const aboutMeOf = heldAboutMe(store);
  const copies = createCopies(store, maker);

  /** What only the store and the hospitals' list can tell of a version, added to what was made. */
  async function finish(made: Made): Promise<Finished> {
    const { mode, routing, version, documents } = made;
    const way = route(made.destinations, routing, options.hospitals);
    const older = await aboutMeOf(made.aboutMe, version.bagId);
    const issues = sortIssues([...made.issues, ...[...way.findings, ...older].map((f) => issueOf(f, mode))]);
    return {
      next: {
        version: { ...version, issues: JSON.stringify(issues), acceptedAt: now() },
        documents,
        status: way.status,
      },
      issues,
      route: way,
      hidden: isHidden(routing),
    };
  }

  const deliveriesTo = (destinations: readonly string[], version: number): NewDelivery[] =>
    destinations.map((destination) => ({ destination, version, operation: 'deliver', notBefore: now() }));

  async function state(bag: Bag): Promise<BagState> {
    const issues = await store.part(bag.id, bag.version, 'issues');
    return stateWith(bag, JSON.parse(issues ?? '[]') as Issue[]);
  }

  /** The state of a bag whose present version was accepted with these issues. */
  async function stateWith(bag: Bag, said: readonly Issue[]): Promise<BagState> {
    const { id, packageId, status } = bag;
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

  async function body<Part extends 'bundle' | 'package' | 'coverage'>(
    id: string,
    version: number | undefined,
    part: Part,
  ): Promise<Stored<BagVersion[Part]> | undefined> {
    const wanted = version ?? (await store.bag(id))?.version;
    const found = wanted === undefined ? undefined : await store.part(id, wanted, part);
    return wanted === undefined || found === undefined ? undefined : { version: wanted, body: found };
  }

  async function accept(bytes: Uint8Array): Promise<Accepted> {
    const made = await maker.make<Accepted>(bytes, now(), async (offer) => {
      const known = await store.bagByPackage(offer.sender, offer.packageId);
      return known ? { instead: await repeated(known, offer.contentHash) } : { version: 1 };
    });
    if (made.kind === 'invalid') return made;
    if (made.kind === 'not-made') return made.instead;
    const { next, issues, route: way } = await finish(made);
    const { bagId, contentHash } = made.version;
    const { created, bag } = await store.create(
      { id: bagId, ...made.identity, createdAt: next.version.acceptedAt },
      next,
      deliveriesTo(way.destinations, 1),
    );
    // Somebody sent the same packageId while this one was being made.
    if (!created) return repeated(bag, contentHash);
    options.wake?.();
    return { kind: 'created', bag: await stateWith(bag, issues) };
  }

  /** A packageId that is known: the same content is the same bag, in whichever of its versions. */
  async function repeated(bag: Bag, contentHash: string): Promise<Accepted> {
    if ((await store.part(bag.id, 1, 'contentHash')) === contentHash)
      return { kind: 'same', bag: await state(bag) };
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

  /** Whether an amendment of this bag is to be made, and of what. */
  const amendmentOf =
    (bag: Bag, ifMatch: number): Decide<Amended> =>
    async (offer) => {
      const { id, version } = bag;
      if (offer.sender !== bag.sender || offer.packageId !== bag.packageId)
        return { instead: { kind: 'package-id-mismatch' } };
      if ((await store.part(id, version, 'contentHash')) === offer.contentHash)
        return { instead: { kind: 'same', bag: await state(bag) } };
      const before = ifMatch === version ? await store.part(id, version, 'package') : undefined;
      return before === undefined
        ? { instead: { kind: 'stale', version } }
        : { version: version + 1, before };
    };

  async function amend(id: string, ifMatch: number, bytes: Uint8Array): Promise<Amended> {
    const bag = await store.bag(id);
    if (!bag) return { kind: 'not-found' };
    if (bag.withdrawal) return { kind: 'withdrawn' };
    const made = await maker.make(bytes, now(), amendmentOf(bag, ifMatch));
    if (made.kind === 'invalid') return made;
    if (made.kind === 'not-made') return made.instead;
    const { next, route: way, hidden } = await finish(made);
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

  const packageOf = async (id: string, version: number): Promise<JsonObject> =>
    JSON.parse((await store.part(id, version, 'package')) ?? '{}') as JsonObject;

  async function documentsOfVersion(id: string, version: number, hiddenLater = false) {
    const own = isHidden(options.routing(await packageOf(id, version)));
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
    const routing = options.routing(await packageOf(id, bag.version));
    const way = route([{ odsCode, pointer: '/odsCode' }], routing, options.hospitals);
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
    validate: (bytes) => maker.inspect(bytes, now()),
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
    bundle: (id, version) => body(id, version, 'bundle'),
    pdf: (id, version, form) => copies.pdf(id, version, form),
    package: (id) => body(id, undefined, 'package'),
    coverage: (id) => body(id, undefined, 'coverage'),
  };
}
