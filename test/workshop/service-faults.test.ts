/** What a home is answered, and what is then stored, when the thread that makes its bag is lost, busy or slow. */
import { join } from 'node:path';
import t from 'tap';
import { openAccess } from '#src/access/open.js';
import { buildApp } from '#src/app.js';
import { openStore } from '#src/store/open.js';
import { packageSchema } from '#src/transfer/red-bag.js';
import { routingOf } from '#src/transfer/routing-of.js';
import { createService } from '#src/transfer/service.js';
import { openWorkshop } from '#src/workshop/workshop.js';
import { bagFor } from '../support/packages.js';

const folder = t.testdir({});
process.env['REDBAG_TEST_MARKS'] = folder;
const store = await openStore({ url: `sqlite:${join(folder, 'redbag.sqlite')}` });
const workshop = openWorkshop({
  settings: { demonstration: true, safeguardingOnPageOne: false },
  script: new URL('./faulty-workshop.js', import.meta.url),
  threads: 2,
  timeLimitMs: 6_000,
  queueLimit: 4,
});
const service = createService({
  store,
  maker: workshop,
  routing: routingOf,
  hospitals: new Map([['XRB01', { acceptsSensitive: false }]]),
});
const app = await buildApp({
  service,
  access: openAccess,
  health: async () => ({ store: true }),
  version: '1.2.3',
  demonstration: true,
  bodyLimit: 1_000_000,
  publicUrl: '',
  packages: { packageSchema, forms: {}, examples: {} },
});
t.teardown(async () => {
  await app.close();
  await workshop.close();
  await store.close();
});

// `inject` begins when it is awaited: so it is here.
const post = async (packageId: string) =>
  await app.inject({ method: 'POST', url: '/red-bags', payload: bagFor(packageId, 'XRB01') });
const listed = async (packageId: string): Promise<{ id: string }[]> =>
  (await app.inject(`/red-bags?packageId=${packageId}`)).json().items;

async function isWhole(id: string): Promise<boolean> {
  const version = await store.version(id, 1);
  const [documents, deliveries] = [await store.documentsOf(id), await store.deliveries(id)];
  return (
    version !== undefined &&
    JSON.parse(version.bundle).type === 'document' &&
    Buffer.from(version.pdf).toString('latin1', 0, 5) === '%PDF-' &&
    documents.length === 2 &&
    deliveries.length === 1
  );
}

t.test(
  'a thread lost in the middle of a bag: a clear answer, nothing half stored, the repeat is taken',
  async (t) => {
    const lost = await post('making-exits-once');
    t.equal(lost.statusCode, 503);
    t.match(lost.headers['retry-after'], /^\d+$/);
    t.match(lost.json(), {
      issues: [{ code: 'not-available', message: /repeated request doubles nothing/ }],
    });
    t.same(await listed('making-exits-once'), []);
    const again = await post('making-exits-once');
    t.equal(again.statusCode, 201);
    t.ok(await isWhole(again.json().id));
    const third = await post('making-exits-once');
    t.equal(third.statusCode, 200, 'and once more it is the same bag');
    t.equal(third.json().id, again.json().id);
  },
);

t.test('a thread lost while it draws: the bag is taken, printed plainly', async (t) => {
  const bag = await post('printing-exits-once');
  t.equal(bag.statusCode, 201);
  t.ok(bag.json().issues.some((issue: { code: string }) => issue.code === 'printed-plainly'));
  t.ok(await isWhole(bag.json().id));
});

t.test('a bag that takes all its time delays no other, and is answered', async (t) => {
  const hostile = post('making-hangs');
  const others = await Promise.all(['beside-1', 'beside-2', 'beside-3'].map(post));
  t.same(
    others.map(({ statusCode }) => statusCode),
    [201, 201, 201],
  );
  const answered = await hostile;
  t.equal(answered.statusCode, 500);
  t.match(answered.json(), { issues: [{ code: 'internal-error' }] });
  t.same(await listed('making-hangs'), []);
});

t.test('more at once than may wait: told to come back, and taken then', async (t) => {
  const names = Array.from({ length: 12 }, (_, n) => `crowd-${String(n).padStart(6, '0')}`);
  // Two that hold the threads, so that the others wait whatever the speed of the machine; of one size, so first come.
  const holding = [post('making-hangs'), post('making-hangs')];
  const answers = await Promise.all(names.map(async (name) => ({ name, answer: await post(name) })));
  const turnedAway = answers.filter(({ answer }) => answer.statusCode === 503);
  t.equal(turnedAway.length, 12 - 4, 'four wait, the others are told');
  for (const { name, answer } of turnedAway) {
    t.match(answer.headers['retry-after'], /^\d+$/);
    t.same(await listed(name), []);
  }
  await Promise.all(holding);
  for (const { name } of turnedAway) {
    t.equal((await post(name)).statusCode, 201, `${name} again`);
  }
});
