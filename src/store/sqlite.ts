/**
 * The embedded database: SQLite through the `node:sqlite` interface. Every commit is on the disk before it is
 * acknowledged (WAL, synchronous=FULL: https://sqlite.org/pragma.html#pragma_synchronous).
 */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from 'kysely';
import type { Tables } from './tables.js';

type Database = InstanceType<typeof DatabaseSync>;

/** Another process works on the same database file. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse';
}

const BUSY_TIMEOUT_MS = 5000;
const STATEMENTS_KEPT = 200;

/**
 * Only one process at a time may work on a database file. The lock is an exclusive transaction in an empty
 * neighbour file: the kernel lets it go when the process dies, however it dies, so it is never stale and needs
 * no guess from a process number. (That file must not be opened by other means: closing any handle to it would
 * let the lock go.) The process number stands in a file of its own, for the message only.
 */
function lock(path: string): { release: () => void } {
  const holder = `${path}.pid`;
  const file = new DatabaseSync(`${path}.lock`);
  try {
    file.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch {
    file.close();
    throw new StoreInUse(`${path} is in use by another Red Bag process${pidIn(holder)}: stop that one first`);
  }
  writeFileSync(holder, `${process.pid}\n`, { mode: 0o600 });
  return {
    release: () => {
      rmSync(holder, { force: true });
      file.close();
    },
  };
}

function pidIn(holder: string): string {
  try {
    return ` (pid ${readFileSync(holder, 'utf8').trim()})`;
  } catch {
    return '';
  }
}

/** node:sqlite has no `reader`; Kysely asks for it to choose between `all` and `run`. */
function adapt(db: Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const prepare = (text: string): SqliteStatement => {
    const statement = db.prepare(text);
    const bind = (parameters: readonly unknown[]) => parameters as never[];
    return {
      reader: statement.columns().length > 0,
      all: (p) => statement.all(...bind(p)),
      run: (p) => statement.run(...bind(p)) as { changes: number; lastInsertRowid: number },
      iterate: (p) => statement.iterate(...bind(p)) as IterableIterator<unknown>,
    };
  };
  return {
    close: () => {
      kept.clear();
      db.close();
    },
    prepare: (text) => {
      // After a full disk SQLite has rolled back by itself: a second rollback would fail and hide the cause.
      if (text === 'rollback' && !db.isTransaction) {
        return {
          reader: false,
          all: () => [],
          run: () => ({ changes: 0, lastInsertRowid: 0 }),
          iterate: () => [][Symbol.iterator](),
        };
      }
      // The repository has few texts and says them again and again; those made with lists in them are many.
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = prepare(text);
      if (kept.size < STATEMENTS_KEPT) kept.set(text, statement);
      return statement;
    },
  };
}

function pragma(db: Database, name: string): unknown {
  const row = db.prepare(`PRAGMA ${name}`).get() as Record<string, unknown> | undefined;
  return row === undefined ? undefined : Object.values(row)[0];
}

function open(path: string): Database {
  const db = new DatabaseSync(path);
  try {
    // synchronous falls back to NORMAL at each opening of a WAL database, so it is set and read back every time.
    db.exec(
      `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON`,
    );
    // Health records are their owner's alone; SQLite gives its side files the same mode.
    chmodSync(path, 0o600);
    if (process.platform === 'darwin') db.exec('PRAGMA fullfsync = ON');
    if (pragma(db, 'journal_mode') !== 'wal') throw new Error(`${path}: SQLite did not take WAL mode`);
    if (pragma(db, 'synchronous') !== 2) throw new Error(`${path}: SQLite did not take synchronous=FULL`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens (and makes, with its folder) a database file for this process alone.
 *
 * @throws StoreInUse when another process has it; SQLite's error when the file cannot be opened.
 */
export function openSqlite(file: string): { db: Kysely<Tables>; close: () => Promise<void> } {
  const path = resolve(file);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const held = lock(path);
  try {
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(open(path)) }) });
    return {
      db,
      close: async () => {
        // Kysely's statements outlive the connection, so SQLite does not fold the log in by itself: after a clean stop
        // the database file alone is the whole database, for whoever copies it.
        await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
        await db.destroy();
        held.release();
      },
    };
  } catch (error) {
    held.release();
    throw error;
  }
}
