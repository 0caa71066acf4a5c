/**
 * DocumentReferences: every state is kept; the newest has the columns a hospital searches by.
 * https://hl7.org/fhir/R4/documentreference.html#search
 */
import { type Expression, type ExpressionBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import type { Context } from './context.js';
import { type Key, readCursor, writeCursor } from './cursor.js';
import type { DocumentConditions, DocumentQuery, NewDocument, Store, StoredDocument } from './store.js';
import type { Tables } from './tables.js';
import { toIso, toMs } from './time.js';

interface Token {
  readonly system: string;
  readonly value: string;
}

/** `system|value`; a bare value has no system. Only the first bar divides: a value may hold one. */
function toToken(text: string): Token {
  const bar = text.indexOf('|');
  return bar < 0 ? { system: '', value: text } : { system: text.slice(0, bar), value: text.slice(bar + 1) };
}

interface Reference {
  meta?: Record<string, unknown>;
  content?: { attachment?: { url?: string } }[];
}

/** The resource with the version and time that the store gives this state. */
function stamped(
  text: string,
  versionId: number,
  atMs: number,
): { resource: string; attachmentUrl: string | null } {
  const resource = JSON.parse(text) as Reference;
  const meta = { ...resource.meta, versionId: String(versionId), lastUpdated: toIso(atMs) };
  const { meta: _old, ...rest } = resource as Reference & { resourceType?: unknown; id?: unknown };
  const { resourceType, id, ...others } = rest;
  return {
    resource: JSON.stringify({ resourceType, ...(id !== undefined && { id }), meta, ...others }),
    attachmentUrl: resource.content?.[0]?.attachment?.url ?? null,
  };
}

async function writeTokens(trx: Transaction<Tables>, { id, search }: NewDocument): Promise<void> {
  await trx.deleteFrom('document_tokens').where('document_id', '=', id).execute();
  const named = [
    ...search.identifiers.map((text) => ({ name: 'identifier' as const, ...toToken(text) })),
    ...search.types.map((text) => ({ name: 'type' as const, ...toToken(text) })),
  ];
  if (named.length === 0) return;
  await trx
    .insertInto('document_tokens')
    .values(named.map((token) => ({ document_id: id, ...token })))
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Writes a new state of each document, the first one included; the caller holds the bag's lock. */
export async function writeDocuments(
  trx: Transaction<Tables>,
  documents: readonly NewDocument[],
  atMs: number,
): Promise<void> {
  for (const document of documents) {
    const old = await trx
      .selectFrom('documents')
      .select(['version_id', 'updated_ms'])
      .where('id', '=', document.id)
      .executeTakeFirst();
    const versionId = (old?.version_id ?? 0) + 1;
    const updatedMs = Math.max(old?.updated_ms ?? 0, atMs);
    const { resource, attachmentUrl } = stamped(document.resource, versionId, updatedMs);
    const newest = {
      bag_id: document.bagId,
      bag_version: document.bagVersion,
      kind: document.kind,
      version_id: versionId,
      updated_ms: updatedMs,
      status: document.search.status,
      nhs_number: document.search.nhsNumber ?? null,
      date_ms: toMs(document.search.date),
      sensitive: document.search.sensitive ? 1 : 0,
      attachment_url: attachmentUrl,
    };
    if (old === undefined) {
      await trx
        .insertInto('documents')
        .values({ id: document.id, ...newest })
        .execute();
    } else {
      await trx.updateTable('documents').set(newest).where('id', '=', document.id).execute();
    }
    await trx
      .insertInto('document_states')
      .values({ document_id: document.id, version_id: versionId, updated_ms: updatedMs, resource })
      .execute();
    await writeTokens(trx, document);
  }
}

type Builder = ExpressionBuilder<Tables, 'documents'>;
type Comparison = NonNullable<DocumentQuery['date']>[number];

const OPERATORS = { ge: '>=', gt: '>', le: '<=', lt: '<', eq: '=' } as const;

/** `system|value`, `system|` (any value), `|value` (no system) or `value` (any system): R4 search.html#token. */
function tokenMatches(
  e: Builder,
  name: 'identifier' | 'type',
  texts: readonly string[],
): Expression<SqlBool> {
  const one = (text: string) => {
    const { system, value } = toToken(text);
    let query = e
      .selectFrom('document_tokens')
      .select(sql<number>`1`.as('found'))
      .whereRef('document_tokens.document_id', '=', 'documents.id')
      .where('name', '=', name);
    if (text.includes('|')) query = query.where('system', '=', system);
    if (value !== '' || !text.includes('|')) query = query.where('value', '=', value);
    return e.exists(query);
  };
  return e.or(texts.map(one));
}

function within(
  e: Builder,
  column: 'date_ms' | 'documents.updated_ms',
  bounds: readonly Comparison[],
): Expression<SqlBool> {
  return e.and(bounds.map(([operator, value]) => e(column, OPERATORS[operator], toMs(value))));
}

function conditions(e: Builder, query: DocumentConditions): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [];
  const among = (column: 'documents.id' | 'status', values: readonly string[]) =>
    values.length === 0 ? sql<SqlBool>`1 = 0` : e(column, 'in', values);
  if (query.ids) all.push(among('documents.id', query.ids));
  if (query.statuses) all.push(among('status', query.statuses));
  if (query.nhsNumber !== undefined) all.push(e('nhs_number', '=', query.nhsNumber));
  if (query.identifiers) all.push(tokenMatches(e, 'identifier', query.identifiers));
  if (query.types) all.push(tokenMatches(e, 'type', query.types));
  if (query.date) all.push(within(e, 'date_ms', query.date));
  if (query.lastUpdated) all.push(within(e, 'documents.updated_ms', query.lastUpdated));
  for (const more of query.allOf ?? []) all.push(conditions(e, more));
  if (query.anyOf?.length === 0) all.push(sql<SqlBool>`1 = 0`);
  else if (query.anyOf) all.push(e.or(query.anyOf.map((one) => conditions(e, one))));
  return e.and(all);
}

interface SortKey {
  readonly column: 'date_ms' | 'documents.updated_ms' | 'documents.id' | 'documents.seq';
  readonly kind: 'number' | 'string';
  readonly descending: boolean;
}

const COLUMNS = { date: 'date_ms', _lastUpdated: 'documents.updated_ms', _id: 'documents.id' } as const;

/** Without an order asked for: newest first. The order of arrival ends every order, so that it is total. */
function sortKeys(sort: DocumentQuery['sort']): SortKey[] {
  const asked = sort.map(({ by, descending }): SortKey => {
    const column = COLUMNS[by];
    return { column, kind: column === 'documents.id' ? 'string' : 'number', descending };
  });
  return [...asked, { column: 'documents.seq', kind: 'number', descending: asked[0]?.descending ?? true }];
}

/** Rows after `keys` in the order: (a > x) or (a = x and b > y) or … */
function after(e: Builder, order: readonly SortKey[], keys: readonly Key[]): Expression<SqlBool> {
  return e.or(
    order.map((key, i) =>
      e.and([
        ...order.slice(0, i).map((same, j) => e(same.column, '=', keys[j] as never)),
        e(key.column, key.descending ? '<' : '>', keys[i] as never),
      ]),
    ),
  );
}

type DocumentMethods = Pick<
  Store,
  'document' | 'documentHistory' | 'searchDocuments' | 'documentsOf' | 'newestOf' | 'documentByAttachment'
>;

interface StateRow {
  id: string;
  bag_id: string;
  bag_version: number;
  kind: 'pdf' | 'fhir';
  version_id: number;
  updated_ms: number;
  resource: string;
}

const toDocument = (row: StateRow): StoredDocument => ({
  id: row.id,
  bagId: row.bag_id,
  bagVersion: row.bag_version,
  kind: row.kind,
  versionId: row.version_id,
  lastUpdated: toIso(row.updated_ms),
  resource: row.resource,
});

export function documentMethods({ db }: Context): DocumentMethods {
  const states = () =>
    db
      .selectFrom('documents')
      .innerJoin('document_states', 'document_states.document_id', 'documents.id')
      .select([
        'documents.id',
        'documents.bag_id',
        'documents.bag_version',
        'documents.kind',
        'document_states.version_id',
        'document_states.updated_ms',
        'document_states.resource',
      ]);
  const newest = () => states().whereRef('document_states.version_id', '=', 'documents.version_id');

  return {
    async document(id, versionId) {
      const query =
        versionId === undefined ? newest() : states().where('document_states.version_id', '=', versionId);
      const row = await query.where('documents.id', '=', id).executeTakeFirst();
      return row && toDocument(row);
    },

    async documentHistory(id) {
      const rows = await states()
        .where('documents.id', '=', id)
        .orderBy('document_states.version_id', 'desc')
        .execute();
      return rows.map(toDocument);
    },

    async documentsOf(bagId) {
      const rows = await newest().where('documents.bag_id', '=', bagId).orderBy('documents.seq').execute();
      return rows.map(toDocument);
    },

    async newestOf(nhsNumber, limit) {
      const rows = await db
        .selectFrom('documents')
        .select(['bag_id', 'bag_version'])
        .where('nhs_number', '=', nhsNumber)
        .where('status', '=', 'current')
        .where('sensitive', '=', 0)
        .where('kind', '=', 'pdf')
        .orderBy('date_ms', 'desc')
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ bagId: row.bag_id, version: row.bag_version }));
    },

    async documentByAttachment(url) {
      const row = await newest().where('documents.attachment_url', '=', url).executeTakeFirst();
      return row && toDocument(row);
    },

    async searchDocuments(query) {
      const order = sortKeys(query.sort);
      const name = `documents:${order.map((k) => `${k.column}${k.descending ? '-' : '+'}`).join()}`;
      const matching = (e: Builder) => e.and([e('sensitive', '=', 0), conditions(e, query)]);
      const { total } = await db
        .selectFrom('documents')
        .select((e) => e.fn.countAll<number>().as('total'))
        .where((e) => matching(e))
        .executeTakeFirstOrThrow();
      let page = newest()
        .select(['documents.date_ms', 'documents.seq'])
        .where((e) => matching(e as unknown as Builder));
      if (query.cursor !== undefined) {
        const keys = readCursor(
          name,
          query.cursor,
          order.map((k) => k.kind),
        );
        page = page.where((e) => after(e as unknown as Builder, order, keys));
      }
      for (const key of order) page = page.orderBy(key.column, key.descending ? 'desc' : 'asc');
      const rows = await page.limit(query.limit + 1).execute();
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      const keyOf = (row: (typeof rows)[number], { column }: SortKey): Key =>
        ({
          date_ms: row.date_ms,
          'documents.updated_ms': row.updated_ms,
          'documents.id': row.id,
          'documents.seq': row.seq,
        })[column];
      return {
        items: items.map(toDocument),
        total,
        ...(rows.length > query.limit &&
          last !== undefined && {
            next: writeCursor(
              name,
              order.map((key) => keyOf(last, key)),
            ),
          }),
      };
    },
  };
}
