/** The store's contract, the same on SQLite and (with REDBAG_TEST_POSTGRES, a URL) on PostgreSQL. */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import t, { type Test } from 'tap';
import { BadCursor } from '#src/store/cursor.js';
import { openStore } from '#src/store/open.js';
import { pack, unpack } from '#src/store/packed.js';
import { StoreInUse } from '#src/store/sqlite.js';
import { statusOf } from '#src/store/status.js';
import {
  type AttemptResult,
  type BagVersion,
  BagWithdrawn,
  type Delivery,
  type DeliveryState,
  type NewVersion,
  StaleVersion,
  type Store,
} from '#src/store/store.js';
import { at, deliver, IDS, sample } from './samples.js';

const ended = (state: DeliveryState, more: Partial<AttemptResult> = {}): AttemptResult => ({
  state,
  attempt: { at: at(100), outcome: 'refused', httpStatus: 422 },
  ...more,
});

/** Claims the row that is due first; it must be the one for that destination. */
async function claimed(store: Store, destination: string, worker = 'w1', now = at(50)): Promise<Delivery> {
  const [row] = await store.claim(worker, now, 60_000, 1);
  if (row?.destination !== destination) throw new Error(`claimed ${row?.destination}, not ${destination}`);
  return row;
}

/** Claims and ends one delivery. */
async function end(
  store: Store,
  destination: string,
  state: DeliveryState,
  more: Partial<AttemptResult> = {},
) {
  const row = await claimed(store, destination);
  if (!(await store.finish(row, 'w1', ended(state, more)))) throw new Error('the lease was lost');
  return row;
}

function contract(name: string, open: () => Promise<Store>): void {
  const test = (title: string, work: (t: Test, store: Store) => Promise<void>) =>
    t.test(`${name}: ${title}`, async (t) => {
      const store = await open();
      try {
        await work(t, store);
      } finally {
        await store.close();
      }
    });

  test('keeps what was made, byte for byte', async (t, store) => {
    const s = sample();
    const { created, bag } = await store.create(s.bag, s.version(1), deliver(1, 'keep'));
    t.equal(created, true);
    t.match(bag, { ...s.bag, version: 1, status: 'delivering', updatedAt: at(1) });
    const { version } = s.version(1);
    t.same(await store.version(s.id, 1), version);
    t.equal(await store.version(s.id, 2), undefined);
    for (const [part, value] of Object.entries(version)) {
      t.same(await store.part(s.id, 1, part as keyof BagVersion), value, `${part} alone`);
    }
    t.equal(await store.part(s.id, 2, 'pdf'), undefined);
    t.equal(Buffer.from((await store.bytes(s.id, 1, 'bundle')) ?? []).toString(), version.bundle);
    t.same(await store.bytes(s.id, 1, 'pdf'), version.pdf);
    t.equal(await store.bytes(s.id, 2, 'bundle'), undefined);
    t.same(await store.bag(s.id), bag);
    t.same(await store.bagByPackage(s.bag.sender, s.bag.packageId), bag);
    t.equal(await store.bag('nobody'), undefined);
    const [row] = await store.deliveries(s.id);
    t.match(row, { version: 1, destination: 'keep', operation: 'deliver', state: 'waiting', attempts: [] });
    t.equal(row?.mayHaveArrived, false);
  });

  test('the PDF of one destination is kept once, whoever comes first', async (t, store) => {
    const [s, other] = [sample(), sample()];
    for (const one of [s, other]) await store.create(one.bag, one.version(1), deliver(1, 'pdf'));
    const [first, second] = [Uint8Array.from([0, 255, 10]), Uint8Array.from([1])];
    const kept = await Promise.all([first, second].map((pdf) => store.keepSentPdf(s.id, 1, 'A', pdf)));
    t.same(kept[0], kept[1], 'both are given the same');
    t.same(await store.keepSentPdf(s.id, 1, 'A', Uint8Array.from([9])), kept[0]);
    await store.keepSentPdf(s.id, 2, 'A', second);
    await store.keepSentPdf(s.id, 1, 'B', second);
    t.same([...(await store.sentPdfs(s.id, 'A'))].sort(), [
      [1, kept[0]],
      [2, second],
    ]);
    t.equal((await store.sentPdfs(other.id, 'A')).size, 0);
  });

  test('the newest versions of a resident that hold and may be found', async (t, store) => {
    const [first, hidden, last] = [sample(), sample(), sample()];
    const nhsNumber = `9${randomBytes(6).readUIntBE(0, 5).toString().padStart(9, '0').slice(0, 9)}`;
    const of = (version: NewVersion): NewVersion => ({
      ...version,
      documents: version.documents.map((d) => ({ ...d, search: { ...d.search, nhsNumber } })),
    });
    await store.create(first.bag, of(first.version(1, { at: at(1) })), []);
    await store.create(hidden.bag, of(hidden.version(1, { at: at(2), sensitive: true })), []);
    await store.create(last.bag, of(last.version(1, { at: at(3) })), []);
    const both = await store.newestOf(nhsNumber, 10);
    t.same(both.map(({ bagId }) => bagId).sort(), [first.id, last.id].sort());
    t.ok(both.every(({ version }) => version === 1));
    t.equal((await store.newestOf(nhsNumber, 1)).length, 1);
    t.same(await store.newestOf('0000000000', 10), []);
  });

  test('the same package of the same sender is one bag; of another sender another', async (t, store) => {
    const packageId = randomBytes(8).toString('hex');
    const [a, b, c] = [sample('ods:A', packageId), sample('ods:A', packageId), sample('ods:C', packageId)];
    const results = await Promise.all(
      [a, b, c].map((s) => store.create(s.bag, s.version(1), deliver(1, 'nowhere'))),
    );
    t.equal(results.filter((r) => r.created).length, 2);
    t.equal(results[0]?.bag.id, results[1]?.bag.id);
    t.not(results[0]?.bag.id, results[2]?.bag.id);
    const twin = sample('ods:T', packageId);
    const twins = await Promise.all(
      [1, 2, 3].map(() => store.create(twin.bag, twin.version(1), deliver(1, 'nowhere'))),
    );
    t.same(twins.map((r) => r.created).sort(), [false, false, true], 'also when the ids are the same');
    t.equal((await store.deliveries(twin.id)).length, 1);
    const loser = results[0]?.created ? b : a;
    t.equal(await store.version(loser.id, 1), undefined, 'nothing of the repeated one is written');
    t.same(await store.deliveries(loser.id), []);
  });

  test('nothing stays of an acceptance that fails half-way', async (t, store) => {
    const s = sample();
    const first = s.version(1);
    const [document] = first.documents;
    if (document === undefined) throw new Error('no document');
    const broken = {
      ...first,
      documents: [...first.documents, { ...document, bagId: 'no such bag', id: 'orphan' }],
    };
    await t.rejects(store.create(s.bag, broken, deliver(1, 'half')));
    t.equal(await store.bag(s.id), undefined);
    t.same(await store.documentsOf(s.id), []);
    t.equal(
      (await store.create(s.bag, first, deliver(1, 'half'))).created,
      true,
      'and the way is free for the next try',
    );
  });

  test('amend: only on the version that was seen, and one of two at once', async (t, store) => {
    const s = sample();
    await store.create(s.bag, s.version(1), deliver(1, 'x'));
    await t.rejects(store.amend(s.id, 2, s.version(3), []), StaleVersion);
    await t.rejects(store.amend('nobody', 1, s.version(2), []), StaleVersion);
    const both = await Promise.allSettled([
      store.amend(s.id, 1, s.version(2), deliver(2, 'x')),
      store.amend(s.id, 1, s.version(2), deliver(2, 'x')),
    ]);
    t.equal(both.filter(({ status }) => status === 'fulfilled').length, 1);
    t.equal((await store.bag(s.id))?.version, 2);
    t.same(
      (await store.deliveries(s.id)).map(({ version, state }) => [version, state]),
      [
        [1, 'cancelled'],
        [2, 'waiting'],
      ],
    );
    const old = await store.document(s.ids(1).pdf);
    t.equal(old?.versionId, 2);
    t.equal(JSON.parse(old?.resource ?? '{}').status, 'superseded');
  });

  test('documents: versions, times and history are the store’s; the way back from a Binary', async (t, store) => {
    const s = sample();
    await store.create(s.bag, s.version(1), []);
    await store.amend(s.id, 1, s.version(2, { at: at(0) }), []);
    const { pdf, binary } = s.ids(1);
    const history = await store.documentHistory(pdf);
    t.same(
      history.map((h) => [h.versionId, JSON.parse(h.resource).status]),
      [
        [2, 'superseded'],
        [1, 'current'],
      ],
    );
    t.ok((history[0]?.lastUpdated ?? '') >= (history[1]?.lastUpdated ?? 'z'), 'time does not run backwards');
    for (const state of history) {
      const { meta, id } = JSON.parse(state.resource);
      t.match(meta, { versionId: String(state.versionId), lastUpdated: state.lastUpdated });
      t.equal(meta.security[0].code, 'HTEST', 'other meta stays');
      t.equal(id, pdf);
    }
    t.same(await store.document(pdf, 1), history[1]);
    t.equal(await store.document(pdf, 3), undefined);
    t.equal((await store.documentByAttachment(`Binary/${binary}`))?.id, pdf);
    t.equal(await store.documentByAttachment('Binary/none'), undefined);
    t.equal((await store.documentsOf(s.id)).length, 4);
  });

  test('search by what a hospital asks', async (t, store) => {
    const nhsNumber = randomBytes(5).toString('hex');
    const mine = [sample(), sample(), sample()];
    for (const [i, s] of mine.entries()) {
      const first = s.version(1, { at: at(10 + i), sensitive: i === 2 });
      const documents = first.documents.map((n) => ({
        ...n,
        search: { ...n.search, nhsNumber, date: `2026-01-0${i + 1}T10:00:00+01:00` },
      }));
      await store.create(s.bag, { ...first, documents }, []);
    }
    const [a, b, c] = mine as [(typeof mine)[0], (typeof mine)[0], (typeof mine)[0]];
    const find = async (query: object) => {
      const { items, total } = await store.searchDocuments({ nhsNumber, sort: [], limit: 50, ...query });
      t.equal(items.length, total);
      return items.map(({ id }) => id).sort();
    };
    const all = [a, b].flatMap((s) => [s.ids(1).pdf, s.ids(1).fhir]).sort();
    t.same(await find({}), all, 'a sensitive one is never found');
    t.same(await find({ ids: [c.ids(1).pdf] }), []);
    t.same(await find({ ids: [] }), []);
    t.same(await find({ ids: [a.ids(1).pdf, 'other'] }), [a.ids(1).pdf]);
    t.same(await find({ nhsNumber: 'another' }), []);
    t.same(await find({ identifiers: [`${IDS}|${b.ids(1).fhir}`] }), [b.ids(1).fhir]);
    t.same(await find({ identifiers: [b.ids(1).fhir] }), [b.ids(1).fhir], 'any system');
    t.same(await find({ identifiers: [`|${b.ids(1).fhir}`] }), [], 'no system');
    t.same(await find({ identifiers: [`${IDS}|`] }), all, 'any value');
    t.same(
      await find({ identifiers: ['x', b.ids(1).fhir, a.ids(1).pdf] }),
      [a.ids(1).pdf, b.ids(1).fhir].sort(),
    );
    t.same(await find({ types: ['urn:kind|pdf'] }), [a.ids(1).pdf, b.ids(1).pdf].sort());
    t.same(await find({ types: ['urn:kind|pdf'], identifiers: [b.ids(1).fhir] }), []);
    t.same(await find({ statuses: ['superseded'] }), []);
    t.same(await find({ statuses: [] }), []);
    t.same(await find({ statuses: ['superseded', 'current'] }), all);
    const [pdfs, ofB] = [{ types: ['urn:kind|pdf'] }, { ids: [b.ids(1).pdf, b.ids(1).fhir] }];
    t.same(await find({ allOf: [pdfs, ofB] }), [b.ids(1).pdf]);
    t.same(await find({ anyOf: [pdfs, ofB] }), [a.ids(1).pdf, b.ids(1).pdf, b.ids(1).fhir].sort());
    t.same(await find({ anyOf: [{ allOf: [pdfs, ofB] }, { statuses: ['superseded'] }] }), [b.ids(1).pdf]);
    t.same(await find({ anyOf: [{ ids: [c.ids(1).pdf] }] }), [], 'nor so');
    t.same(await find({ anyOf: [] }), []);
    t.same(await find({ allOf: [], anyOf: [{}] }), all);
    t.same(await find({ date: [['ge', '2026-01-02T09:00:00Z']] }), [b.ids(1).fhir, b.ids(1).pdf].sort());
    t.same(await find({ date: [['gt', '2026-01-02T09:00:00Z']] }), []);
    t.same(
      await find({
        date: [
          ['eq', '2026-01-01T09:00:00Z'],
          ['lt', '2026-01-02T00:00:00Z'],
        ],
      }),
      [a.ids(1).fhir, a.ids(1).pdf].sort(),
    );
    t.same(await find({ lastUpdated: [['le', at(10)]] }), [a.ids(1).fhir, a.ids(1).pdf].sort());
    await t.rejects(find({ date: [['eq', 'yesterday']] }), TypeError);
  });

  test('search pages: total order, nothing twice, nothing missed while others write', async (t, store) => {
    const nhsNumber = randomBytes(5).toString('hex');
    const add = async (i: number) => {
      const s = sample();
      const first = s.version(1, { at: at(i % 2) });
      const documents = first.documents.map((n) => ({
        ...n,
        search: { ...n.search, nhsNumber, date: at(Math.floor(i / 2)) },
      }));
      await store.create(s.bag, { ...first, documents }, []);
      return s;
    };
    const bags = [];
    for (let i = 0; i < 5; i += 1) bags.push(await add(i));
    const ids = bags.flatMap((s) => [s.ids(1).pdf, s.ids(1).fhir]).sort();
    for (const sort of [
      [],
      [{ by: 'date', descending: false }],
      [
        { by: 'date', descending: true },
        { by: '_id', descending: false },
      ],
      [
        { by: '_lastUpdated', descending: true },
        { by: 'date', descending: false },
      ],
      [{ by: '_id', descending: true }],
    ] as const) {
      const seen: string[] = [];
      const whole = (await store.searchDocuments({ nhsNumber, sort, limit: 100 })).items.map(({ id }) => id);
      let cursor: string | undefined;
      do {
        const page = await store.searchDocuments({ nhsNumber, sort, limit: 3, ...(cursor && { cursor }) });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== undefined);
      t.same(seen, whole, `pages give the same order as one list: ${JSON.stringify(sort)}`);
      t.same([...seen].sort(), ids);
    }
    const page = await store.searchDocuments({ nhsNumber, sort: [], limit: 3 });
    await add(9);
    const rest = await store.searchDocuments({ nhsNumber, sort: [], limit: 100, cursor: page.next ?? '' });
    t.same(
      [...page.items, ...rest.items].map(({ id }) => id).sort(),
      ids,
      'a newer one does not shift the pages',
    );
    await t.rejects(
      store.searchDocuments({
        nhsNumber,
        sort: [{ by: 'date', descending: true }],
        limit: 3,
        cursor: page.next ?? '',
      }),
      BadCursor,
    );
    await t.rejects(store.searchDocuments({ sort: [], limit: 3, cursor: '%%%' }), BadCursor);
  });

  test('bags: filters and pages', async (t, store) => {
    const sender = `ods:${randomBytes(4).toString('hex')}`;
    const made = [];
    for (let i = 0; i < 5; i += 1) {
      const s = sample(sender);
      await store.create(s.bag, s.version(1, { at: at(i), status: i === 0 ? 'not-shared' : 'held' }), []);
      made.push(s.id);
    }
    const all = async (query: object) => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.bags({ sender, limit: 2, ...query, ...(cursor && { cursor }) });
        t.ok(page.items.length <= 2);
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== undefined);
      return ids;
    };
    t.same(await all({}), [...made].reverse(), 'newest first');
    t.same(await all({ status: 'not-shared' }), made.slice(0, 1));
    t.same(await all({ updatedSince: at(3) }), [made[4], made[3]]);
    t.same(await all({ updatedSince: at(4).replace('Z', '+00:00') }), [made[4]]);
    t.same(await all({ packageId: 'other' }), []);
    t.same(await all({ sender: 'ods:other' }), []);
    await t.rejects(store.bags({ limit: 2, cursor: 'x' }), BadCursor);
  });

  test('claim: due rows only, one a destination at a time, the leases hold', async (t, store) => {
    const [s, u] = [sample(), sample()];
    await store.create(s.bag, s.version(1), deliver(1, 'x', 'y'));
    await store.create(u.bag, u.version(1), deliver(1, 'x'));
    const later = sample();
    await store.create(later.bag, later.version(1), [
      { destination: 'z', version: 1, operation: 'deliver', notBefore: at(51) },
    ]);
    const [one, two] = await Promise.all([
      store.claim('w1', at(50), 60_000, 100),
      store.claim('w2', at(50), 60_000, 100),
    ]);
    t.same(
      [...one, ...two].map((r) => r.destination).sort(),
      ['x', 'y'],
      'each once, x only for the first bag',
    );
    const x = [...one, ...two].find((r) => r.destination === 'x') as Delivery;
    const holder = one.includes(x) ? 'w1' : 'w2';
    const other = holder === 'w1' ? 'w2' : 'w1';
    t.equal(x.bagId, s.id, 'first come, first served');
    t.equal(x.state, 'sending');
    t.equal(await store.finish(x, other, ended('delivered')), false, 'only the holder ends it');
    t.same(await store.claim('w1', at(50), 60_000, 100), []);
    t.equal(await store.finish(x, holder, ended('delivered')), true);
    t.equal(await store.finish(x, holder, ended('delivered')), false, 'once');
    const next = await store.claim('w1', at(50), 60_000, 100);
    t.same(
      next.map((r) => r.bagId),
      [u.id],
    );
    const late = await store.claim('w1', at(51), 60_000, 100);
    t.same(
      late.map((r) => r.bagId),
      [later.id],
    );
    t.equal((await store.claim('w1', at(51), 60_000, 0)).length, 0);
  });

  test('a row that waits for its next try does not hold up other bags', async (t, store) => {
    const [s, u] = [sample(), sample()];
    await store.create(s.bag, s.version(1), deliver(1, 'x'));
    await store.create(u.bag, u.version(1), deliver(1, 'x'));
    const first = await end(store, 'x', 'waiting', { notBefore: at(3600) });
    t.equal(first.bagId, s.id);
    t.equal((await end(store, 'x', 'delivered')).bagId, u.id);
    t.match(await store.deliveries(s.id), [
      { state: 'waiting', attempts: [{ outcome: 'refused', httpStatus: 422 }] },
    ]);
  });

  test('a worker that died: the row comes back when the lease ends, and its late result does not count', async (t, store) => {
    const s = sample();
    await store.create(s.bag, s.version(1), deliver(1, 'x'));
    const dead = await claimed(store, 'x', 'dead', at(50));
    t.same(
      (await store.claim('w1', at(109), 60_000, 100)).filter((r) => r.bagId === s.id),
      [],
      'the lease holds',
    );
    const again = await claimed(store, 'x', 'dead', at(111));
    t.equal(again.id, dead.id);
    t.equal(again.requestId, dead.requestId, 'X-Request-ID stays');
    t.equal(again.mayHaveArrived, true);
    t.match(again.attempts, [{ outcome: 'worker-lost' }]);
    t.equal(
      await store.finish(dead, 'dead', ended('needs-person')),
      false,
      'the same worker name, but an older claim',
    );
    t.equal(await store.finish(again, 'dead', ended('delivered')), true);
    t.equal((await store.bag(s.id))?.status, 'delivered');
  });

  test('a later version never overtakes, and an overtaken one does not wait again', async (t, store) => {
    const s = sample();
    await store.create(s.bag, s.version(1), deliver(1, 'x'));
    const v1 = await claimed(store, 'x');
    await store.amend(s.id, 1, s.version(2), deliver(2, 'x'));
    t.same(
      (await store.claim('w2', at(60), 60_000, 100)).filter((r) => r.bagId === s.id),
      [],
    );
    await store.finish(v1, 'w1', ended('waiting', { notBefore: at(60) }));
    const rows = await store.deliveries(s.id);
    t.same(
      rows.map(({ version, state }) => [version, state]),
      [
        [1, 'cancelled'],
        [2, 'waiting'],
      ],
    );
    t.equal(rows[0]?.mayHaveArrived, true);
    t.equal((await claimed(store, 'x')).version, 2);
  });

  test('a worker that died on a version that was overtaken or withdrawn: it is not sent again', async (t, store) => {
    const s = sample();
    await store.create(s.bag, s.version(1), deliver(1, 'x'));
    await claimed(store, 'x', 'dead');
    await store.withdraw(
      s.id,
      { at: at(20), reason: 'wrong resident', by: 'A Nurse' },
      s.documents(1, 'entered-in-error'),
      at(20),
    );
    const next = await claimed(store, 'x', 'w1', at(200));
    t.equal(next.operation, 'withdraw', 'the hospital may have it, so the withdrawal goes');
    t.same(
      (await store.deliveries(s.id)).map(({ operation, state }) => [operation, state]),
      [
        ['deliver', 'cancelled'],
        ['withdraw', 'sending'],
      ],
    );
  });

  test('withdraw: where it is or may be, and nowhere else', async (t, store) => {
    const s = sample();
    await store.create(s.bag, s.version(1), deliver(1, 'has', 'refused', 'lost', 'never'));
    await end(store, 'has', 'delivered');
    await end(store, 'refused', 'needs-person', { mayHaveArrived: false });
    await end(store, 'lost', 'waiting', { notBefore: at(300) });
    const withdrawal = { at: at(20), reason: 'wrong resident', by: 'A Nurse' };
    const bag = await store.withdraw(s.id, withdrawal, s.documents(1, 'entered-in-error'), at(20));
    t.match(bag, { status: 'withdrawn', withdrawal });
    const rows = await store.deliveries(s.id);
    t.same(
      rows
        .filter((r) => r.operation === 'withdraw')
        .map((r) => r.destination)
        .sort(),
      ['has', 'lost'].sort(),
    );
    t.same(
      rows
        .filter((r) => r.state === 'cancelled')
        .map((r) => r.destination)
        .sort(),
      ['lost', 'never'].sort(),
    );
    t.equal(JSON.parse((await store.document(s.ids(1).pdf))?.resource ?? '{}').status, 'entered-in-error');

    const again = await store.withdraw(
      s.id,
      { ...withdrawal, reason: 'other' },
      s.documents(1, 'entered-in-error'),
      at(30),
    );
    t.same(again, bag, 'repeated: no change');
    t.equal((await store.deliveries(s.id)).length, rows.length);
    await t.rejects(store.amend(s.id, 1, s.version(2), []), BagWithdrawn);
    await t.rejects(store.addDelivery(s.id, deliver(1, 'new')[0] as never), BagWithdrawn);
    await end(store, 'has', 'delivered');
    t.equal((await store.bag(s.id))?.status, 'withdrawn', 'a delivery’s end does not change it');
  });

  test('a destination added later', async (t, store) => {
    const s = sample();
    await store.create(s.bag, s.version(1, { status: 'held' }), []);
    t.equal((await store.bag(s.id))?.status, 'held');
    const row = deliver(1, 'x')[0] as never;
    t.same(
      await Promise.all([store.addDelivery(s.id, row), store.addDelivery(s.id, row)]).then((r) =>
        r.map((x) => x.added).sort(),
      ),
      [false, true],
    );
    t.equal((await store.bag(s.id))?.status, 'delivering');
    t.equal((await store.deliveries(s.id)).length, 1);
    await end(store, 'x', 'delivered');
    t.same(await store.addDelivery(s.id, row), { added: false });
    t.equal((await store.bag(s.id))?.status, 'delivered');
    await t.rejects(store.addDelivery(s.id, deliver(2, 'y')[0] as never), StaleVersion);
    await t.rejects(store.addDelivery('nobody', row), StaleVersion);
  });

  test('the bag’s status follows its deliveries in the same commit', async (t, store) => {
    const s = sample();
    await store.create(s.bag, s.version(1), deliver(1, 'x', 'y'));
    const status = async () => (await store.bag(s.id))?.status;
    t.equal(await status(), 'delivering');
    await end(store, 'x', 'needs-person', { mayHaveArrived: false });
    t.equal(await status(), 'delivering');
    await end(store, 'y', 'delivered');
    t.equal(await status(), 'partly-delivered');
    t.equal((await store.bag(s.id))?.updatedAt, at(100));
    await store.amend(s.id, 1, s.version(2), deliver(2, 'x', 'y'));
    t.equal(await status(), 'delivering');
    await end(store, 'x', 'delivered');
    await end(store, 'y', 'delivered');
    t.equal(await status(), 'delivered', 'the amendment made good what version 1 did not reach');

    const two = sample();
    await store.create(two.bag, two.version(1), deliver(1, 'p', 'q'));
    const [p, q] = [await claimed(store, 'p'), await claimed(store, 'q')];
    await Promise.all([p, q].map((row) => store.finish(row, 'w1', ended('delivered'))));
    t.equal((await store.bag(two.id))?.status, 'delivered', 'two that end together both count');
  });

  test('decisions are kept: not shared, blocked', async (t, store) => {
    const [s, u] = [sample(), sample()];
    await store.create(s.bag, s.version(1, { status: 'not-shared' }), deliver(1, 'x'));
    await store.create(u.bag, u.version(1, { status: 'held' }), deliver(1, 'y'));
    const mine = async () =>
      (await store.claim('w1', at(50), 60_000, 100)).filter((r) => [s.id, u.id].includes(r.bagId));
    t.same(await mine(), [], 'nothing leaves');
    await store.addDelivery(s.id, deliver(1, 'z')[0] as never);
    t.equal((await store.bag(s.id))?.status, 'not-shared');
    await store.setStatus(u.id, 'delivering');
    t.same(
      (await mine()).map((r) => r.bagId),
      [u.id],
      'released',
    );
    await store.setStatus(s.id, 'held');
    t.same(await mine(), []);
    t.equal((await store.bag(s.id))?.status, 'held');
  });
}

contract('sqlite', () =>
  openStore({ url: `sqlite:${join(t.testdir(), randomBytes(4).toString('hex'), 'redbag.db')}` }),
);

const admin = process.env['REDBAG_TEST_POSTGRES'];
if (admin === undefined) {
  t.test('postgres', { skip: 'REDBAG_TEST_POSTGRES is not set' }, () => {});
} else {
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  /** A database of its own for each test. */
  const fresh = async (): Promise<string> => {
    const database = `redbag_test_${randomBytes(6).toString('hex')}`;
    await run(`create database ${database}`);
    t.teardown(() => run(`drop database ${database} with (force)`));
    const url = new URL(admin);
    url.pathname = `/${database}`;
    return url.href;
  };
  contract('postgres', async () => openStore({ url: await fresh() }));
  t.test('postgres: several instances start together and share the work', async (t) => {
    const url = await fresh();
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ url })));
    const bags = [sample(), sample(), sample(), sample()];
    for (const s of bags) await stores[0]?.create(s.bag, s.version(1), deliver(1, `shared-${s.id}`));
    const rows = await Promise.all(stores.map((store, i) => store.claim(`w${i}`, at(50), 60_000, 100)));
    const ids = rows
      .flat()
      .filter((r) => r.destination.startsWith('shared-'))
      .map((r) => r.id);
    t.equal(ids.length, bags.length);
    t.equal(new Set(ids).size, bags.length, 'none twice');
    await Promise.all(stores.map((store) => store.close()));
  });
}

t.test('sqlite: one process at a time, and free again when it is closed', async (t) => {
  const url = `sqlite:${join(t.testdir(), 'a', 'b', 'redbag.db')}`;
  const store = await openStore({ url });
  const s = sample();
  await store.create(s.bag, s.version(1), []);
  const error = await openStore({ url }).catch((e: unknown) => e);
  t.type(error, StoreInUse);
  t.match((error as Error).message, String(process.pid));
  t.equal(statSync(url.slice('sqlite:'.length)).mode & 0o077, 0, 'nobody else reads the file');
  await store.close();
  const again = await openStore({ url });
  t.equal((await again.bag(s.id))?.id, s.id, 'and what was there is there');
  await again.close();
});

t.test('an address of neither kind is refused without repeating it', async (t) => {
  const error = await openStore({ url: 'mysql://u:secret@h/d' }).catch((e: unknown) => e);
  t.match((error as Error).message, /sqlite: or postgres:/);
  t.notMatch((error as Error).message, /secret/);
});

t.test('the status of a bag, from its deliveries', async (t) => {
  const of = (...states: DeliveryState[]) =>
    statusOf(states.map((state, i) => ({ destination: `d${i}`, state })));
  t.equal(of(), 'held');
  t.equal(of('cancelled', 'cancelled'), 'held');
  t.equal(of('waiting', 'delivered'), 'delivering');
  t.equal(of('sending', 'needs-person'), 'delivering');
  t.equal(of('delivered', 'cancelled'), 'delivered');
  t.equal(of('delivered', 'needs-person'), 'partly-delivered');
  t.equal(of('needs-person', 'cancelled'), 'needs-person');
});

t.test('bodies come back as they were made, packed or not, and from rows of before', async (t) => {
  const long = JSON.stringify({ note: 'ŵ 😀 \u0000 "quoted" '.repeat(5_000) });
  for (const text of ['', '{}', '{"note":"ŵ 😀"}', long, ' '.repeat(9_000_000)]) {
    t.ok((await unpack(pack(text))) === text, `${text.length} characters`);
    t.ok((await unpack(text)) === text, 'a text that was kept as it is');
  }
  t.ok(pack(long).length < long.length / 20, 'what repeats takes little room');
});
