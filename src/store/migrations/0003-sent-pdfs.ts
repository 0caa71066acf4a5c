import { type Kysely, sql } from 'kysely';
import type { Flavour } from '../flavour.js';

/** The PDF of a version as one destination gets it, where that is not the one of the version. */
export const sentPdfs = (flavour: Flavour) => ({
  async up(db: Kysely<unknown>): Promise<void> {
    const bytes = flavour === 'postgres' ? sql`bytea` : sql`blob`;
    await db.schema
      .createTable('sent_pdfs')
      .addColumn('bag_id', 'text', (c) => c.notNull().references('bags.id'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('destination', 'text', (c) => c.notNull())
      .addColumn('pdf', bytes, (c) => c.notNull())
      .addPrimaryKeyConstraint('sent_pdfs_key', ['bag_id', 'version', 'destination'])
      .execute();
  },
});
