/**
 * The service is killed (`kill -9`) and connections are cut, at any moment: nothing accepted is lost, nothing is
 * doubled at a hospital.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DocumentReference } from 'fhir/r4';
import pg from 'pg';
import t, { type Test } from 'tap';
import { createFhirRest } from '#src/delivery/fhir-rest.js';
import { readHospitals } from '#src/delivery/hospitals.js';
import { createWorker } from '#src/delivery/worker.js';
import { buildSandbox, type Sandbox } from '#src/sandbox/app.js';
import { demonstrationHospitals } from '#src/sandbox/faults.js';
import { openStore } from '#src/store/open.js';
import { deliver, type Sample, sample } from '../store/samples.js';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

/** Children that still run are killed by their pid when the file ends. */
const children = new Set<ChildProcess>();
t.teardown(() => {
  for (const child of children) child.kill('SIGKILL');
});

function start(...words: string[]): ChildProcess {
  const child = spawn(process.execPath, [CHILD, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function kill9(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Addresses of fresh stores: SQLite always, PostgreSQL where the tests have one. */
const admin = process.env['REDBAG_TEST_POSTGRES'];
const stores: [string, (t: Test) => Promise<string>][] = [
  ['sqlite', async (t) => `sqlite:${join(t.testdir(), 'redbag.db')}`],
];
if (admin !== undefined) {
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  stores.push([
    'postgres',
    async (t) => {
      const database = `redbag_test_${randomBytes(6).toString('hex')}`;
      await run(`create database ${database}`);
      t.teardown(() => run(`drop database ${database} with (force)`));
      return Object.assign(new URL(admin), { pathname: `/${database}` }).href;
    },
  ]);
}

/** What the hospital has is exactly these documents, each once, each with its body, no body besides. */
function assertOnce(t: Test, sandbox: Sandbox, ods: string, bags: readonly Sample[]): void {
  const has = sandbox.hospital(ods);
  const found = (has?.all('DocumentReference') ?? []) as unknown as DocumentReference[];
  const ids = bags.flatMap((s) => [s.ids(1).pdf, s.ids(1).fhir]);
  t.same(found.map((r) => r.masterIdentifier?.value).sort(), ids.sort(), `${ods}: each document once`);
  t.equal(has?.all('Binary').length, bags.length, `${ods}: each PDF once`);
  t.equal(has?.all('Bundle').length, bags.length, `${ods}: each Bundle once`);
  const urls = new Set(found.map((r) => r.content[0]?.attachment.url));
  for (const type of ['Binary', 'Bundle']) {
    t.ok(
      has?.all(type).every(({ id }) => urls.has(`${type}/${id}`)),
      `${ods}: no ${type} without its document`,
    );
  }
}

for (const [name, fresh] of stores) {
  t.test(`${name}: killed while it delivers, again and again`, async (t) => {
    const url = await fresh(t);
    const destinations = ['XRB01', 'XRB04', 'XRB05', 'XRB06', 'XRB08', 'XRB10', 'XRB11', 'XRB12', 'XRB13'];
    let heard = () => {};
    const sandbox = buildSandbox({ slowMs: 60, onTransaction: () => heard() });
    const address = await sandbox.app.listen({ host: '127.0.0.1', port: 0 });
    t.teardown(() => sandbox.app.close());

    const bags = Array.from({ length: 8 }, () => sample());
    const before = await openStore({ url });
    for (const s of bags) await before.create(s.bag, s.version(1), deliver(1, ...destinations));
    await before.close();

    const moments: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const transaction = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const child = start('deliver', url, address);
      await transaction;
      const moment = round === 0 ? 0 : Math.floor(Math.random() * 40);
      moments.push(moment);
      await sleep(moment);
      await kill9(child);
    }
    t.comment(`killed ${moments.join(', ')} ms after the hospital heard of something`);

    const store = await openStore({ url });
    const dialect = createFhirRest();
    const worker = createWorker({
      store,
      hospitals: readHospitals(demonstrationHospitals(address)),
      dialects: { 'fhir-rest': dialect },
      retry: { firstDelayMs: 5, longestDelayMs: 20, giveUpAfterMs: 600_000 },
      pollMs: 10,
    });
    t.teardown(async () => {
      await worker.stop();
      await dialect.close();
      await store.close();
    });
    const lost = (await Promise.all(bags.map((s) => store.deliveries(s.id)))).flat();
    t.equal(lost.length, bags.length * destinations.length, 'no row is lost');
    t.ok(
      lost.some(({ state }) => state !== 'delivered'),
      'it was killed before the work was done',
    );
    worker.start();
    for (const s of bags) {
      while ((await store.bag(s.id))?.status === 'delivering') await sleep(10);
      t.equal((await store.bag(s.id))?.status, 'delivered');
    }
    const rows = (await Promise.all(bags.map((s) => store.deliveries(s.id)))).flat();
    t.ok(
      rows.some(({ attempts }) => attempts.some(({ outcome }) => outcome === 'worker-lost')),
      'what nobody saw end is noted',
    );
    for (const ods of destinations) assertOnce(t, sandbox, ods, bags);
  });

  t.test(`${name}: killed while it accepts: what was acknowledged is there, whole`, async (t) => {
    const url = await fresh(t);
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const child = start('accept', url);
      let text = '';
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      while (text.split('\n').length < 20) await sleep(5);
      await kill9(child);
      acknowledged.push(...text.split('\n').slice(0, -1));
    }
    const store = await openStore({ url });
    t.teardown(() => store.close());
    for (const id of acknowledged) {
      const whole =
        (await store.bag(id))?.status === 'delivering' &&
        (await store.version(id, 1)) !== undefined &&
        (await store.documentsOf(id)).length === 2 &&
        (await store.deliveries(id)).length === 2;
      if (!whole) t.fail(`bag ${id} was acknowledged and is not whole`);
    }
    t.ok(acknowledged.length >= 57, `${acknowledged.length} were acknowledged`);
  });
}

/** Passes bytes on, and cuts each connection after so many, in one direction; after the list it cuts no more. */
async function cuttingProxy(
  t: Test,
  target: number,
  cuts: readonly { side: 'request' | 'answer'; bytes: number }[],
) {
  let count = 0;
  const server = createServer((client) => {
    const cut = cuts[count];
    count += 1;
    const upstream = connect(target, '127.0.0.1');
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    const pass = (side: 'request' | 'answer', from: typeof client, to: typeof client) => {
      let left = cut?.side === side ? cut.bytes : Number.POSITIVE_INFINITY;
      from.on('data', (chunk) => {
        const part = chunk.subarray(0, Math.min(chunk.length, left));
        left -= part.length;
        to.write(part, () => {
          if (left <= 0) end();
        });
      });
    };
    pass('request', client, upstream);
    pass('answer', upstream, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return { port: (server.address() as AddressInfo).port, left: () => Math.max(0, cuts.length - count) };
}

t.test('connections cut at any byte, on the way there and back', async (t) => {
  const sandbox = buildSandbox();
  await sandbox.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = sandbox.app.server.address() as AddressInfo;
  const cuts = [
    ...[1, 40, 200, 300, 700, 1500, 3000].map((bytes) => ({ side: 'request' as const, bytes })),
    ...[1, 20, 100, 300, 600, 900].map((bytes) => ({ side: 'answer' as const, bytes })),
  ];
  for (const ods of ['XRB01', 'XRB11']) {
    const proxy = await cuttingProxy(t, port, cuts);
    const store = await openStore({ url: `sqlite:${join(t.testdir(), ods, 'redbag.db')}` });
    const dialect = createFhirRest();
    const worker = createWorker({
      store,
      hospitals: readHospitals(demonstrationHospitals(`http://127.0.0.1:${proxy.port}`)),
      dialects: { 'fhir-rest': dialect },
      retry: { firstDelayMs: 1, longestDelayMs: 5, giveUpAfterMs: 600_000 },
      pollMs: 5,
    });
    const bags = Array.from({ length: 3 }, () => sample());
    for (const s of bags) await store.create(s.bag, s.version(1), deliver(1, ods));
    worker.start();
    for (const s of bags) while ((await store.bag(s.id))?.status === 'delivering') await sleep(5);
    for (const s of bags) t.equal((await store.bag(s.id))?.status, 'delivered');
    t.equal(proxy.left(), 0, 'every cut was made');
    assertOnce(t, sandbox, ods, bags);
    await worker.stop();
    await dialect.close();
    await store.close();
  }
  await sandbox.app.close();
});
