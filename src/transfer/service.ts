/**
 * What the service does with bags: checks, document, validation, PDF, and one commit that holds them all together
 * with what is to be delivered. An answer is given only after that commit.
 */

import { isTestNhsNumber, parseNhsNumber } from '../fhir/nhs-number.js';
import { uuid5 } from '../fhir/uuid.js';
import type { Finding } from '../forms/finding.js';
import type { Checked, PackageCheck } from '../intake/check.js';
import type { Issue } from '../intake/issue.js';
import { issueOf } from '../intake/issues.js';
import { valueAt } from '../intake/not-understood.js';
import { sortIssues } from '../intake/sort-issues.js';
import { type JsonObject, member } from '../mapping/json.js';
import type { PrintDocument, Printed } from '../print/press.js';
import {
  type Bag,
  type BagVersion,
  BagWithdrawn,
  type NewDelivery,
  type NewVersion,
  StaleVersion,
  type Store,
} from '../store/store.js';
import type { Validator } from '../validation/outcome.js';
import { contentHash } from './canonical-json.js';
import { changesSince } from './changes.js';
import { assembleDocument, type DocumentKind } from './document.js';
import { documentReferences, stored, withStatus } from './document-references.js';
import { type Prepared, prepare } from './prepared.js';
import { namedDestinations, type Reachable, type Route, type Routing, route } from './routing.js';
import type {
  Accepted,
  Amended,
  BagList,
  BagListQuery,
  BagState,
  DeliveryView,
  DestinationAdded,
  DestinationRequest,
  Invalid,
  RedBagService,
  Stored,
  Validated,
  WithdrawalRequest,
  Withdrawn,
} from './service-interface.js';

/** Namespace of bag ids: uuid5(DNS namespace, "w3id.org/redbag"). */
const BAGS = uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'w3id.org/redbag');

export interface ServiceOptions {
  readonly store: Store;
  readonly kind: DocumentKind;
  readonly check: PackageCheck;
  /** What can only be told by reading attachments; content faults among them are carried in urgent mode. */
  readonly checkAttachments: (sent: JsonObject) => Promise<readonly Finding[]>;
  readonly validator: Validator;
  readonly print: (document: PrintDocument) => Promise<Printed>;
  /** Lays out a version's pages. */
  readonly layOut: (prepared: Prepared, about: PrintAbout) => PrintDocument;
  readonly routing: (sent: JsonObject) => Routing;
  readonly hospitals: ReadonlyMap<string, Reachable>;
  readonly demonstration: boolean;
  readonly now?: () => Date;
  /** Called when there is something new to deliver. */
  readonly wake?: () => void;
}

export interface PrintAbout {
  readonly bagId: string;
  readonly version: number;
  readonly demonstration: boolean;
  /** What differs from the version before, in words; empty for version 1. */
  readonly changes: readonly string[];
}

/** Our own document breaks a profile: a fault of the service, never of the sender. Holds rules and paths, no content. */
export class OwnDocumentInvalid extends Error {
  override readonly name = 'OwnDocumentInvalid';
}

type Good = Extract<Checked, { valid: true }> & { readonly findingsLater: readonly Finding[] };
type Inspected =
  | { readonly ok: true; readonly checked: Good; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly invalid: Invalid };

/** Makes the service. */
export function createService(options: ServiceOptions): RedBagService {
  const { store, kind } = options;
  const now = (): string => (options.now?.() ?? new Date()).toISOString();

  async function inspect(bytes: Uint8Array): Promise<Inspected> {
    const checked = options.check(bytes, now());
    if (!checked.valid) {
      return {
        ok: false,
        invalid: {
          kind: 'invalid',
          issues: checked.issues,
          status: checked.because === 'unreadable' ? 400 : 422,
        },
      };
    }
    const sent = checked.package;
    const later = [...(await options.checkAttachments(sent)), ...testNumber(sent, options.demonstration)];
    const issues = sortIssues([...checked.issues, ...later.map((f) => issueOf(f, checked.mode))]);
    if (issues.some((i) => i.severity === 'error'))
      return { ok: false, invalid: { kind: 'invalid', issues, status: 422 } };
    return { ok: true, issues, checked: { ...checked, findingsLater: later } };
  }

  /** Everything of a version that is made before it is stored. */
  async function make(
    bagId: string,
    version: number,
    inspected: Extract<Inspected, { ok: true }>,
    before?: JsonObject,
  ): Promise<{ next: NewVersion; route: Route }> {
    const { checked } = inspected;
    const sent = checked.package;
    const routing = options.routing(sent);
    const notUnderstood = [...checked.notUnderstood, ...carriedAttachments(checked)];
    const prepared = prepare(sent, notUnderstood as Prepared['notUnderstood']);
    const { demonstration } = options;
    const document = assembleDocument(kind, { prepared, bagId, version, demonstration });
    const outcome = options.validator.validate(document.bundle);
    if (!outcome.valid) {
      const faults = outcome.issues.filter((i) => i.severity === 'error' || i.severity === 'fatal');
      throw new OwnDocumentInvalid(faults.map((f) => `${f.rule} at ${f.expression}`).join('; '));
    }
    const changes = before === undefined ? [] : changesSince(kind.schema, before, sent);
    const printed = await options.print(options.layOut(prepared, { bagId, version, demonstration, changes }));
    const onTheWay = route(namedDestinations(sent), routing, options.hospitals);
    const issues = sortIssues([
      ...inspected.issues,
      ...onTheWay.findings.map((f) => issueOf(f, checked.mode)),
      ...printFindings(printed).map((f) => issueOf(f, checked.mode)),
    ]);
    const bagVersion: BagVersion = {
      bagId,
      version,
      contentHash: contentHash(sent),
      package: JSON.stringify(sent),
      bundle: JSON.stringify(document.bundle),
      pdf: printed.pdf,
      issues: JSON.stringify(issues),
      coverage: JSON.stringify(document.coverage),
      acceptedAt: now(),
    };
    const documents = documentReferences({
      bagId,
      version,
      clean: prepared.clean,
      sensitive: routing.sensitive,
      demonstration,
      pdf: printed.pdf,
    });
    return { next: { version: bagVersion, documents, status: onTheWay.status }, route: onTheWay };
  }

  const deliveriesTo = (destinations: readonly string[], version: number): NewDelivery[] =>
    destinations.map((destination) => ({ destination, version, operation: 'deliver', notBefore: now() }));

  async function state(bag: Bag): Promise<BagState> {
    const version = await store.version(bag.id, bag.version);
    const { id, packageId, status } = bag;
    const said = version ? (JSON.parse(version.issues) as Issue[]) : [];
    // True when it was accepted; a destination has been added since.
    const issues = status === 'held' ? said : said.filter((i) => i.code !== 'no-destination');
    return { id, packageId, version: bag.version, status, issues };
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
    return inspected.ok
      ? { valid: true, issues: inspected.issues }
      : { valid: false, issues: inspected.invalid.issues };
  }

  async function accept(bytes: Uint8Array): Promise<Accepted> {
    const inspected = await inspect(bytes);
    if (!inspected.ok) return inspected.invalid;
    const sent = inspected.checked.package;
    const sender = senderKey(sent);
    const packageId = String(sent['packageId']);
    const known = await store.bagByPackage(sender, packageId);
    if (known) return repeated(known, sent);
    const id = uuid5(BAGS, `${sender} ${packageId}`);
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
    if (!inspected.ok) return inspected.invalid;
    const sent = inspected.checked.package;
    if (senderKey(sent) !== bag.sender || sent['packageId'] !== bag.packageId)
      return { kind: 'package-id-mismatch' };
    const current = await store.version(id, bag.version);
    if (current?.contentHash === contentHash(sent)) return { kind: 'same', bag: await state(bag) };
    if (ifMatch !== bag.version || !current) return { kind: 'stale', version: bag.version };
    const { next, route: way } = await make(
      id,
      bag.version + 1,
      inspected,
      JSON.parse(current.package) as JsonObject,
    );
    const before = (await store.deliveries(id)).map((d) => d.destination);
    const destinations = way.status === 'not-shared' ? [] : [...new Set([...before, ...way.destinations])];
    const old = await documentsOfVersion(id, bag.version);
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

  async function documentsOfVersion(id: string, version?: number) {
    const documents = (await store.documentsOf(id)).filter(
      (d) => version === undefined || d.bagVersion === version,
    );
    return documents.map((d) => {
      const resource = JSON.parse(d.resource) as JsonObject;
      const restricted = JSON.stringify(resource['securityLabel'] ?? '').includes('"code":"R"');
      return stored(id, d.bagVersion, d.kind, resource, restricted);
    });
  }

  async function withdraw(id: string, request: WithdrawalRequest): Promise<Withdrawn> {
    const bag = await store.bag(id);
    if (!bag) return { kind: 'not-found' };
    if (bag.withdrawal) return { kind: 'withdrawn', repeated: true, bag: await state(bag) };
    const documents = (await documentsOfVersion(id)).map((d) => withStatus(d, 'entered-in-error'));
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

/** `packageId` is unique within this. */
function senderKey(sent: JsonObject): string {
  const ods = member(sent, 'sender.organisation.odsCode');
  return typeof ods === 'string'
    ? `ods:${ods}`
    : `cqc:${String(member(sent, 'sender.organisation.cqcLocationId'))}`;
}

function testNumber(sent: JsonObject, demonstration: boolean): Finding[] {
  const number = member(sent, 'resident.nhsNumber');
  const digits = typeof number === 'string' ? parseNhsNumber(number) : undefined;
  if (digits === undefined || isTestNhsNumber(digits) === demonstration) return [];
  const code = demonstration ? 'real-nhs-number-in-demonstration' : 'test-nhs-number';
  return [{ code, pointer: '/resident/nhsNumber' }];
}

function carriedAttachments(checked: Good): { pointer: string; value: string; code: string }[] {
  if (checked.mode !== 'urgent') return [];
  return checked.findingsLater
    .filter((f) => f.code === 'attachment-not-what-it-says')
    .map((f) => ({ pointer: f.pointer, code: f.code, value: String(valueAt(checked.package, f.pointer)) }));
}

function printFindings(printed: Printed): Finding[] {
  const missing = printed.missingCharacters;
  return [
    ...(missing.length > 0
      ? [
          {
            code: 'characters-not-printed',
            pointer: '',
            values: { characters: missing.slice(0, 20).join(' ') },
          },
        ]
      : []),
    ...(printed.plain ? [{ code: 'printed-plainly', pointer: '' }] : []),
  ];
}
