/** Opens the store that an address names, ready for use: connected, durable, its tables brought up to date. */
import { bagMethods } from './bags.js';
import { documentMethods } from './documents.js';
import type { Flavour } from './flavour.js';
import { migrate } from './migrations/index.js';
import { endLeases, outboxMethods } from './outbox.js';
import { openPostgres } from './postgres.js';
import { sentPdfMethods } from './sent-pdfs.js';
import { openSqlite } from './sqlite.js';
import type { Store } from './store.js';

export interface StoreOptions {
  /** `sqlite:PATH` (a file, made with its folder) or `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Milliseconds since 1970; a test's clock. */
  readonly now?: () => number;
}

async function connect(url: string) {
  if (url.startsWith('sqlite:')) {
    return { flavour: 'sqlite' as Flavour, ...openSqlite(url.slice('sqlite:'.length)) };
  }
  if (url.startsWith('postgres://') || url.startsWith('postgresql://')) {
    return { flavour: 'postgres' as Flavour, ...(await openPostgres(url)) };
  }
  // The address may hold a password: it is not repeated.
  throw new Error('the store address must begin with sqlite: or postgres://');
}

/**
 * Opens a store and migrates it.
 *
 * @throws StoreInUse when another process holds the SQLite file; Error when the address is neither kind or the
 *   database would not be durable; the driver's error when it cannot be reached.
 */
export async function openStore({ url, now = Date.now }: StoreOptions): Promise<Store> {
  const { flavour, db, close } = await connect(url);
  try {
    await migrate(db, flavour);
    if (flavour === 'sqlite') await endLeases({ db });
  } catch (error) {
    await close();
    throw error;
  }
  const context = { db, flavour, now };
  return {
    ...bagMethods(context),
    ...documentMethods(context),
    ...outboxMethods(context),
    ...sentPdfMethods(context),
    close,
  };
}
