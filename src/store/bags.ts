/** Bags and their versions: accept, amend, withdraw, list. Each change is one commit with all that belongs to it. */
import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { bagForChange, type Context, type Db } from './context.js';
import { readCursor, writeCursor } from './cursor.js';
import { writeDocuments } from './documents.js';
import { pack, unpack, unpackBytes } from './packed.js';
import { isDecided, statusOf } from './status.js';
import {
  type Bag,
  type BagQuery,
  type BagStatus,
  type BagVersion,
  BagWithdrawn,
  type NewDelivery,
  type NewDocument,
  type NewVersion,
  type PackedBody,
  StaleVersion,
  type Store,
} from './store.js';
import type { BagRow, BagVersionsTable, Tables } from './tables.js';
import { toIso, toMs } from './time.js';

function toBag(row: BagRow): Bag {
  return {
    id: row.id,
    sender: row.sender,
    packageId: row.package_id,
    version: row.version,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: toIso(row.updated_ms),
    ...(row.withdrawn_at !== null && {
      withdrawal: { at: row.withdrawn_at, reason: row.withdrawn_reason ?? '', by: row.withdrawn_by ?? '' },
    }),
  };
}

async function readBag(db: Db, id: string): Promise<Bag> {
  return toBag(await db.selectFrom('bags').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
}

const packed = (body: string | Uint8Array): Uint8Array => (typeof body === 'string' ? pack(body) : body);

async function insertVersion(trx: Transaction<Tables>, { version }: NewVersion): Promise<void> {
  await trx
    .insertInto('bag_versions')
    .values({
      bag_id: version.bagId,
      version: version.version,
      content_hash: version.contentHash,
      package: packed(version.package),
      bundle: packed(version.bundle),
      pdf: version.pdf,
      issues: version.issues,
      coverage: packed(version.coverage),
      accepted_at: version.acceptedAt,
    })
    .execute();
}

/** Adds outbox rows; one that is there already (same version, destination, operation) stays as it is. */
export async function insertDeliveries(
  trx: Transaction<Tables>,
  bagId: string,
  deliveries: readonly NewDelivery[],
): Promise<number> {
  let added = 0;
  for (const delivery of deliveries) {
    const inserted = await trx
      .insertInto('deliveries')
      .values({
        id: randomUUID(),
        bag_id: bagId,
        version: delivery.version,
        destination: delivery.destination,
        operation: delivery.operation,
        state: 'waiting',
        request_id: randomUUID(),
        not_before_ms: toMs(delivery.notBefore),
        lease_by: null,
        lease_until_ms: null,
        claims: 0,
        may_have_arrived: 0,
      })
      .onConflict((c) => c.columns(['bag_id', 'version', 'destination', 'operation']).doNothing())
      .returning('id')
      .execute();
    added += inserted.length;
  }
  return added;
}

async function derivedStatus(trx: Transaction<Tables>, bagId: string): Promise<BagStatus> {
  return statusOf(
    await trx
      .selectFrom('deliveries')
      .select(['destination', 'state'])
      .where('bag_id', '=', bagId)
      .orderBy('seq')
      .execute(),
  );
}

/** Sets the bag's status from its deliveries, unless it was decided, and moves its time of change on. */
export async function refreshStatus(trx: Transaction<Tables>, bag: BagRow, atMs: number): Promise<void> {
  const status = bag.pinned === 1 ? bag.status : await derivedStatus(trx, bag.id);
  await trx
    .updateTable('bags')
    .set({ status, updated_ms: Math.max(bag.updated_ms, atMs) })
    .where('id', '=', bag.id)
    .execute();
}

/** Cancels what waits; what is on its way ends by itself (`endAttempt` does not let it wait again). */
async function cancelWaiting(trx: Transaction<Tables>, bagId: string): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ state: 'cancelled', lease_by: null, lease_until_ms: null })
    .where('bag_id', '=', bagId)
    .where('operation', '=', 'deliver')
    .where('state', '=', 'waiting')
    .execute();
}

/** A version that comes as `held` although it has destinations is blocked: nothing leaves until the status is set. */
const isPinned = (status: BagStatus, deliveries: readonly NewDelivery[]): boolean =>
  isDecided(status) || (status === 'held' && deliveries.length > 0);

function listed(context: Context, query: BagQuery) {
  let select = context.db.selectFrom('bags').selectAll();
  if (query.sender !== undefined) select = select.where('sender', '=', query.sender);
  if (query.packageId !== undefined) select = select.where('package_id', '=', query.packageId);
  if (query.status !== undefined) select = select.where('status', '=', query.status);
  if (query.updatedSince !== undefined) select = select.where('updated_ms', '>=', toMs(query.updatedSince));
  if (query.cursor !== undefined) {
    const [seq] = readCursor('bags', query.cursor, ['number']);
    select = select.where('seq', '<', seq as number);
  }
  return select.orderBy('seq', 'desc').limit(query.limit + 1);
}

type BagMethods = Pick<
  Store,
  | 'create'
  | 'amend'
  | 'withdraw'
  | 'addDelivery'
  | 'setStatus'
  | 'bag'
  | 'bagByPackage'
  | 'bags'
  | 'version'
  | 'part'
  | 'bytes'
>;

const COLUMNS = {
  bagId: 'bag_id',
  version: 'version',
  contentHash: 'content_hash',
  package: 'package',
  bundle: 'bundle',
  pdf: 'pdf',
  issues: 'issues',
  coverage: 'coverage',
  acceptedAt: 'accepted_at',
} as const satisfies Record<keyof BagVersion, keyof BagVersionsTable>;
const PACKED: ReadonlySet<keyof BagVersion> = new Set<PackedBody>(['package', 'bundle', 'coverage']);

const bytesOf = (kept: Uint8Array): Uint8Array =>
  new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength);

export function bagMethods(context: Context): BagMethods {
  const { db, flavour } = context;
  const change = <T>(work: (trx: Transaction<Tables>) => Promise<T>) => db.transaction().execute(work);

  async function column(bagId: string, version: number, part: keyof BagVersion) {
    const row = await db
      .selectFrom('bag_versions')
      .select((e) => e.ref(COLUMNS[part]).as('value'))
      .where('bag_id', '=', bagId)
      .where('version', '=', version)
      .executeTakeFirst();
    return row?.value as string | Uint8Array | undefined;
  }

  return {
    create: (bag, first, deliveries) =>
      change(async (trx) => {
        const pinned = isPinned(first.status, deliveries);
        const inserted = await trx
          .insertInto('bags')
          .values({
            id: bag.id,
            sender: bag.sender,
            package_id: bag.packageId,
            version: first.version.version,
            status: first.status,
            pinned: pinned ? 1 : 0,
            created_at: bag.createdAt,
            updated_ms: toMs(first.version.acceptedAt),
            withdrawn_at: null,
            withdrawn_reason: null,
            withdrawn_by: null,
          })
          // Without a column: two requests at once may meet at the id first, which comes from the same two values.
          .onConflict((c) => c.doNothing())
          .returningAll()
          .executeTakeFirst();
        if (inserted === undefined) {
          const existing = await trx
            .selectFrom('bags')
            .selectAll()
            .where('sender', '=', bag.sender)
            .where('package_id', '=', bag.packageId)
            .executeTakeFirstOrThrow();
          return { created: false, bag: toBag(existing) };
        }
        await insertVersion(trx, first);
        await writeDocuments(trx, first.documents, toMs(first.version.acceptedAt));
        await insertDeliveries(trx, bag.id, deliveries);
        if (deliveries.length > 0) await refreshStatus(trx, inserted, inserted.updated_ms);
        return { created: true, bag: await readBag(trx, bag.id) };
      }),

    amend: (bagId, expectedVersion, next, deliveries) =>
      change(async (trx) => {
        const bag = await bagForChange(trx, flavour, bagId);
        if (bag === undefined || bag.version !== expectedVersion)
          throw new StaleVersion('the bag has another version');
        if (bag.status === 'withdrawn') throw new BagWithdrawn('the bag is withdrawn');
        const atMs = Math.max(bag.updated_ms, toMs(next.version.acceptedAt));
        const decided = {
          version: next.version.version,
          status: next.status,
          pinned: isPinned(next.status, deliveries) ? 1 : 0,
        };
        await trx
          .updateTable('bags')
          .set({ ...decided, updated_ms: atMs })
          .where('id', '=', bagId)
          .execute();
        await insertVersion(trx, next);
        await writeDocuments(trx, next.documents, atMs);
        await cancelWaiting(trx, bagId);
        await insertDeliveries(trx, bagId, deliveries);
        if (deliveries.length > 0) await refreshStatus(trx, { ...bag, ...decided }, atMs);
        return readBag(trx, bagId);
      }),

    withdraw: (bagId, withdrawal, documents: readonly NewDocument[], at) =>
      change(async (trx) => {
        const bag = await bagForChange(trx, flavour, bagId);
        if (bag === undefined) throw new StaleVersion('there is no such bag');
        if (bag.status === 'withdrawn') return toBag(bag);
        const atMs = Math.max(bag.updated_ms, toMs(at));
        await trx
          .updateTable('bags')
          .set({
            status: 'withdrawn',
            pinned: 1,
            updated_ms: atMs,
            withdrawn_at: withdrawal.at,
            withdrawn_reason: withdrawal.reason,
            withdrawn_by: withdrawal.by,
          })
          .where('id', '=', bagId)
          .execute();
        await writeDocuments(trx, documents, atMs);
        await cancelWaiting(trx, bagId);
        const reached = await trx
          .selectFrom('deliveries')
          .select('destination')
          .distinct()
          .where('bag_id', '=', bagId)
          .where((e) => e.or([e('state', 'in', ['sending', 'delivered']), e('may_have_arrived', '=', 1)]))
          .orderBy('destination')
          .execute();
        await insertDeliveries(
          trx,
          bagId,
          reached.map(({ destination }) => ({
            destination,
            version: bag.version,
            operation: 'withdraw',
            notBefore: at,
          })),
        );
        return readBag(trx, bagId);
      }),

    addDelivery: (bagId, delivery) =>
      change(async (trx) => {
        const bag = await bagForChange(trx, flavour, bagId);
        if (bag === undefined || bag.version !== delivery.version)
          throw new StaleVersion('the bag has another version');
        if (bag.status === 'withdrawn') throw new BagWithdrawn('the bag is withdrawn');
        const added = await insertDeliveries(trx, bagId, [delivery]);
        if (added > 0) await refreshStatus(trx, bag, context.now());
        return { added: added > 0 };
      }),

    setStatus: (bagId, status) =>
      change(async (trx) => {
        const bag = await bagForChange(trx, flavour, bagId);
        if (bag === undefined) return;
        await trx
          .updateTable('bags')
          .set({
            status,
            pinned: isDecided(status) || status === 'held' ? 1 : 0,
            updated_ms: Math.max(bag.updated_ms, context.now()),
          })
          .where('id', '=', bagId)
          .execute();
      }),

    async bag(id) {
      const row = await db.selectFrom('bags').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toBag(row);
    },

    async bagByPackage(sender, packageId) {
      const row = await db
        .selectFrom('bags')
        .selectAll()
        .where('sender', '=', sender)
        .where('package_id', '=', packageId)
        .executeTakeFirst();
      return row && toBag(row);
    },

    async bags(query) {
      const rows = await listed(context, query).execute();
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      return {
        items: items.map(toBag),
        ...(rows.length > query.limit && last !== undefined && { next: writeCursor('bags', [last.seq]) }),
      };
    },

    async version(bagId, version) {
      const row = await db
        .selectFrom('bag_versions')
        .selectAll()
        .where('bag_id', '=', bagId)
        .where('version', '=', version)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const [pack, bundle, coverage] = await Promise.all(
        [row.package, row.bundle, row.coverage].map((body) => unpack(body)),
      );
      const found: BagVersion = {
        bagId: row.bag_id,
        version: row.version,
        contentHash: row.content_hash,
        package: pack ?? '',
        bundle: bundle ?? '',
        pdf: bytesOf(row.pdf),
        issues: row.issues,
        coverage: coverage ?? '',
        acceptedAt: row.accepted_at,
      };
      return found;
    },

    async part<Part extends keyof BagVersion>(bagId: string, version: number, part: Part) {
      const value = await column(bagId, version, part);
      if (value === undefined) return undefined;
      if (part === 'pdf') return bytesOf(value as Uint8Array) as BagVersion[Part];
      return (PACKED.has(part) ? await unpack(value) : value) as BagVersion[Part];
    },

    async bytes(bagId, version, part) {
      const value = await column(bagId, version, part);
      if (value === undefined) return undefined;
      return part === 'pdf' ? bytesOf(value as Uint8Array) : unpackBytes(value);
    },
  };
}
