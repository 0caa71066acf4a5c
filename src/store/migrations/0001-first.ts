import { type Kysely, sql } from 'kysely';
import type { Flavour } from '../flavour.js';

/** First tables. `flavour` gives the two column types that differ between SQLite and PostgreSQL. */
export const first = (flavour: Flavour) => ({
  async up(db: Kysely<unknown>): Promise<void> {
    const serial = flavour === 'postgres' ? sql`bigserial` : sql`integer`;
    const bytes = flavour === 'postgres' ? sql`bytea` : sql`blob`;

    await db.schema
      .createTable('bags')
      .addColumn('seq', serial, (c) => c.primaryKey())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('sender', 'text', (c) => c.notNull())
      .addColumn('package_id', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('pinned', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('updated_ms', 'bigint', (c) => c.notNull())
      .addColumn('withdrawn_at', 'text')
      .addColumn('withdrawn_reason', 'text')
      .addColumn('withdrawn_by', 'text')
      .addUniqueConstraint('bags_sender_package', ['sender', 'package_id'])
      .execute();
    await db.schema.createIndex('bags_updated').on('bags').columns(['sender', 'updated_ms']).execute();

    await db.schema
      .createTable('bag_versions')
      .addColumn('bag_id', 'text', (c) => c.notNull().references('bags.id'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('content_hash', 'text', (c) => c.notNull())
      .addColumn('package', 'text', (c) => c.notNull())
      .addColumn('bundle', 'text', (c) => c.notNull())
      .addColumn('pdf', bytes, (c) => c.notNull())
      .addColumn('issues', 'text', (c) => c.notNull())
      .addColumn('coverage', 'text', (c) => c.notNull())
      .addColumn('accepted_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('bag_versions_key', ['bag_id', 'version'])
      .execute();

    await db.schema
      .createTable('documents')
      .addColumn('seq', serial, (c) => c.primaryKey())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('bag_id', 'text', (c) => c.notNull().references('bags.id'))
      .addColumn('bag_version', 'integer', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('version_id', 'integer', (c) => c.notNull())
      .addColumn('updated_ms', 'bigint', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('nhs_number', 'text')
      .addColumn('date_ms', 'bigint', (c) => c.notNull())
      .addColumn('sensitive', 'integer', (c) => c.notNull())
      .addColumn('attachment_url', 'text')
      .execute();
    await db.schema.createIndex('documents_bag').on('documents').column('bag_id').execute();
    await db.schema.createIndex('documents_nhs_number').on('documents').column('nhs_number').execute();
    await db.schema.createIndex('documents_updated').on('documents').column('updated_ms').execute();
    await db.schema.createIndex('documents_attachment').on('documents').column('attachment_url').execute();

    await db.schema
      .createTable('document_states')
      .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id'))
      .addColumn('version_id', 'integer', (c) => c.notNull())
      .addColumn('updated_ms', 'bigint', (c) => c.notNull())
      .addColumn('resource', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('document_states_key', ['document_id', 'version_id'])
      .execute();

    await db.schema
      .createTable('document_tokens')
      .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('system', 'text', (c) => c.notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('document_tokens_key', ['document_id', 'name', 'system', 'value'])
      .execute();
    await db.schema
      .createIndex('document_tokens_value')
      .on('document_tokens')
      .columns(['name', 'value'])
      .execute();

    await db.schema
      .createTable('deliveries')
      .addColumn('seq', serial, (c) => c.primaryKey())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('bag_id', 'text', (c) => c.notNull().references('bags.id'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('destination', 'text', (c) => c.notNull())
      .addColumn('operation', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('request_id', 'text', (c) => c.notNull())
      .addColumn('not_before_ms', 'bigint', (c) => c.notNull())
      .addColumn('lease_by', 'text')
      .addColumn('lease_until_ms', 'bigint')
      .addColumn('claims', 'integer', (c) => c.notNull())
      .addColumn('may_have_arrived', 'integer', (c) => c.notNull())
      .addUniqueConstraint('deliveries_once', ['bag_id', 'version', 'destination', 'operation'])
      .execute();
    await db.schema
      .createIndex('deliveries_due')
      .on('deliveries')
      .columns(['state', 'not_before_ms'])
      .execute();

    await db.schema
      .createTable('attempts')
      .addColumn('delivery_id', 'text', (c) => c.notNull().references('deliveries.id'))
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('outcome', 'text', (c) => c.notNull())
      .addColumn('http_status', 'integer')
      .addPrimaryKeyConstraint('attempts_key', ['delivery_id', 'n'])
      .execute();
  },
});
