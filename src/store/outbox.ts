/**
 * The outbox: which delivery is due, who works on it, how it ended. A row is leased to a worker; a worker that
 * dies loses its lease, so a delivery is made at least once and must be harmless when it is made again.
 */
import { sql, type Transaction } from 'kysely';
import { refreshStatus } from './bags.js';
import { bagForChange, type Context } from './context.js';
import type { Attempt, AttemptResult, Delivery, Store } from './store.js';
import type { AttemptRow, DeliveryRow, Tables } from './tables.js';
import { toIso, toMs } from './time.js';

/** Outcome of an attempt whose worker died: nobody saw how it ended. */
export const WORKER_LOST = 'worker-lost';

/** Any number, the same for all instances: only one of them claims at a time (PostgreSQL). */
const CLAIM_LOCK = 72_617_001;

const toAttempt = (row: AttemptRow): Attempt => ({
  at: row.at,
  outcome: row.outcome,
  ...(row.http_status !== null && { httpStatus: row.http_status }),
});

const toDelivery = (row: DeliveryRow, attempts: readonly AttemptRow[]): Delivery => ({
  id: row.id,
  bagId: row.bag_id,
  version: row.version,
  destination: row.destination,
  operation: row.operation,
  state: row.state,
  attempts: attempts.filter((a) => a.delivery_id === row.id).map(toAttempt),
  requestId: row.request_id,
  mayHaveArrived: row.may_have_arrived === 1,
  claims: row.claims,
});

async function addAttempt(trx: Transaction<Tables>, deliveryId: string, attempt: Attempt): Promise<void> {
  const { n } = await trx
    .selectFrom('attempts')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('attempts')
    .values({
      delivery_id: deliveryId,
      n: n + 1,
      at: attempt.at,
      outcome: attempt.outcome,
      http_status: attempt.httpStatus ?? null,
    })
    .execute();
}

/** True when there is no sense in trying this delivery again: withdrawn, or a newer version goes to the same place. */
async function isOvertaken(trx: Transaction<Tables>, row: DeliveryRow): Promise<boolean> {
  if (row.operation === 'withdraw') return false;
  const bag = await trx.selectFrom('bags').select('status').where('id', '=', row.bag_id).executeTakeFirst();
  if (bag?.status === 'withdrawn') return true;
  const newer = await trx
    .selectFrom('deliveries')
    .select('id')
    .where('bag_id', '=', row.bag_id)
    .where('destination', '=', row.destination)
    .where('seq', '>', row.seq)
    .where('state', '!=', 'cancelled')
    .executeTakeFirst();
  return newer !== undefined;
}

/** Rows whose worker died: they wait again, noted as perhaps arrived, or end if they were overtaken. */
async function reclaimLost(context: Context, nowMs: number): Promise<void> {
  const lost = await context.db
    .selectFrom('deliveries')
    .select(['id', 'bag_id', 'claims'])
    .where('state', '=', 'sending')
    .where('lease_until_ms', '<=', nowMs)
    .execute();
  for (const { id, bag_id, claims } of lost) {
    await context.db.transaction().execute(async (trx) => {
      const bag = await bagForChange(trx, context.flavour, bag_id);
      const row = await trx
        .selectFrom('deliveries')
        .selectAll()
        .where('id', '=', id)
        .where('state', '=', 'sending')
        .where('claims', '=', claims)
        .executeTakeFirst();
      if (bag === undefined || row === undefined) return;
      await addAttempt(trx, id, { at: toIso(nowMs), outcome: WORKER_LOST });
      await trx
        .updateTable('deliveries')
        .set({
          state: (await isOvertaken(trx, row)) ? 'cancelled' : 'waiting',
          not_before_ms: nowMs,
          lease_by: null,
          lease_until_ms: null,
          may_have_arrived: 1,
        })
        .where('id', '=', id)
        .execute();
      await refreshStatus(trx, bag, nowMs);
    });
  }
}

/**
 * Ends the leases of whoever had this store before. For an embedded database, which one process has at a time: they are
 * dead, and a hospital whose row they worked on would get nothing until the lease runs out.
 */
export async function endLeases({ db }: Pick<Context, 'db'>): Promise<void> {
  await db.updateTable('deliveries').set({ lease_until_ms: 0 }).where('state', '=', 'sending').execute();
}

/**
 * The first due row of each destination that nobody works on. A bag's rows for one destination go in their
 * order; a row that waits for its next try does not hold up other bags.
 */
const due = (nowMs: number, limit: number) => sql<{ id: string }>`
  select id from (
    select d.id, d.not_before_ms, d.seq,
      row_number() over (partition by d.destination order by d.not_before_ms, d.seq) as place
    from deliveries d join bags b on b.id = d.bag_id
    where d.state = 'waiting' and d.not_before_ms <= ${nowMs}
      and (d.operation = 'withdraw' or b.pinned = 0)
      and not exists (select 1 from deliveries s where s.destination = d.destination and s.state = 'sending')
      and not exists (select 1 from deliveries e where e.bag_id = d.bag_id and e.destination = d.destination
        and e.seq < d.seq and e.state in ('waiting', 'sending'))
  ) as firsts where place = 1 order by not_before_ms, seq limit ${limit}`;

type OutboxMethods = Pick<Store, 'claim' | 'finish' | 'deliveries'>;

export function outboxMethods(context: Context): OutboxMethods {
  const { db, flavour } = context;

  const attemptsOf = (ids: readonly string[]): Promise<AttemptRow[]> =>
    ids.length === 0
      ? Promise.resolve([])
      : db.selectFrom('attempts').selectAll().where('delivery_id', 'in', ids).orderBy('n').execute();

  return {
    async claim(worker, now, leaseMs, limit) {
      const nowMs = toMs(now);
      await reclaimLost(context, nowMs);
      const rows = await db.transaction().execute(async (trx) => {
        if (flavour === 'postgres') await sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`.execute(trx);
        const ids = (await due(nowMs, limit).execute(trx)).rows.map(({ id }) => id);
        if (ids.length === 0) return [];
        return trx
          .updateTable('deliveries')
          .set((e) => ({
            state: 'sending',
            lease_by: worker,
            lease_until_ms: nowMs + leaseMs,
            claims: e('claims', '+', 1),
          }))
          .where('id', 'in', ids)
          .where('state', '=', 'waiting')
          .returningAll()
          .execute();
      });
      rows.sort((a, b) => a.seq - b.seq);
      const attempts = await attemptsOf(rows.map(({ id }) => id));
      return rows.map((row) => toDelivery(row, attempts));
    },

    finish: (delivery, worker, result: AttemptResult) =>
      db.transaction().execute(async (trx) => {
        const bag = await bagForChange(trx, flavour, delivery.bagId);
        const row = await trx
          .selectFrom('deliveries')
          .selectAll()
          .where('id', '=', delivery.id)
          .where('state', '=', 'sending')
          .where('lease_by', '=', worker)
          .where('claims', '=', delivery.claims)
          .executeTakeFirst();
        if (bag === undefined || row === undefined) return false;
        await addAttempt(trx, row.id, result.attempt);
        const overtaken = result.state === 'waiting' && (await isOvertaken(trx, row));
        await trx
          .updateTable('deliveries')
          .set({
            state: overtaken ? 'cancelled' : result.state,
            not_before_ms: result.notBefore === undefined ? row.not_before_ms : toMs(result.notBefore),
            lease_by: null,
            lease_until_ms: null,
            may_have_arrived: row.may_have_arrived === 1 || result.mayHaveArrived !== false ? 1 : 0,
          })
          .where('id', '=', row.id)
          .execute();
        await refreshStatus(trx, bag, toMs(result.attempt.at));
        return true;
      }),

    async deliveries(bagId) {
      const rows = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('bag_id', '=', bagId)
        .orderBy('seq')
        .execute();
      const attempts = await attemptsOf(rows.map(({ id }) => id));
      return rows.map((row) => toDelivery(row, attempts));
    },
  };
}
