/** The server database: PostgreSQL through `pg`; several instances of the service may share it. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.js';

const INT8 = 20;

/** int8 comes as text from `pg`; ours are milliseconds and counters, all within a JavaScript number. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

async function assertDurable(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ fsync: string; commit: string }>`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`.execute(db);
  const row = rows[0];
  if (row?.fsync !== 'on' || row.commit === 'off') {
    throw new Error(
      'PostgreSQL must run with fsync=on and synchronous_commit not off: accepted bags would be lost in a crash',
    );
  }
}

/**
 * Connects to a PostgreSQL database.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws the driver's error when it cannot be reached; Error when its settings would lose commits in a crash.
 */
export async function openPostgres(url: string): Promise<{ db: Kysely<Tables>; close: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000, types });
  // An idle connection that the server closes must not end the process; the next query gets a new one.
  pool.on('error', () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await assertDurable(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, close: () => db.destroy() };
}
