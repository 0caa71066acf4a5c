import type { Kysely, Transaction } from 'kysely';
import type { Flavour } from './flavour.js';
import type { BagRow, Tables } from './tables.js';

/** What each part of the repository works with. */
export interface Context {
  readonly db: Kysely<Tables>;
  readonly flavour: Flavour;
  readonly now: () => number;
}

export type Db = Kysely<Tables> | Transaction<Tables>;

/**
 * Reads a bag to change it. On PostgreSQL its row is locked first in every transaction that changes the bag or
 * its deliveries, so that two that end together do not each derive the status without seeing the other.
 */
export async function bagForChange(
  trx: Transaction<Tables>,
  flavour: Flavour,
  id: string,
): Promise<BagRow | undefined> {
  const query = trx.selectFrom('bags').selectAll().where('id', '=', id);
  return (flavour === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}
