import { type Kysely, type Migration, Migrator } from 'kysely';
import type { Flavour } from '../flavour.js';
import type { Tables } from '../tables.js';
import { first } from './0001-first.js';
import { packed } from './0002-packed.js';
import { sentPdfs } from './0003-sent-pdfs.js';

/** In order of their names; a migration that was released is never changed. */
const migrations = (flavour: Flavour): Record<string, Migration> => ({
  '0001-first': first(flavour),
  '0002-packed': packed(flavour),
  '0003-sent-pdfs': sentPdfs(flavour),
});

/**
 * Brings the tables to the newest form. PostgreSQL: several instances may start together, one runs and the
 * others wait. SQLite: the caller holds the instance lock, because Kysely has no lock there.
 *
 * @throws the database's own error when a migration fails; nothing of that migration stays.
 */
export async function migrate(db: Kysely<Tables>, flavour: Flavour): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations(flavour) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
