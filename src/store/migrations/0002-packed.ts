import { type Kysely, sql } from 'kysely';
import type { Flavour } from '../flavour.js';

/**
 * Bodies are kept packed, so their columns hold bytes (SQLite's columns hold what they are given; texts of before stay
 * readable as they are), and a resident's newest documents are found without sorting all that there are.
 */
export const packed = (flavour: Flavour) => ({
  async up(db: Kysely<unknown>): Promise<void> {
    if (flavour === 'postgres') {
      for (const column of ['package', 'bundle', 'coverage']) {
        const name = sql.ref(column);
        await sql`alter table bag_versions alter column ${name} type bytea using convert_to(${name}, 'UTF8')`.execute(
          db,
        );
        // Packed already: PostgreSQL would try again.
        await sql`alter table bag_versions alter column ${name} set storage external`.execute(db);
      }
      await sql`alter table bag_versions alter column pdf set storage external`.execute(db);
    }
    await db.schema
      .createIndex('documents_newest')
      .on('documents')
      .columns(['nhs_number', 'date_ms', 'seq'])
      .execute();
    await db.schema.dropIndex('documents_nhs_number').execute();
  },
});
