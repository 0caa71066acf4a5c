/**
 * The whole way with real things: the service on PostgreSQL, and as the hospital a FHIR server that nobody here wrote
 * (HAPI FHIR JPA, on PostgreSQL too). Every fixture is delivered while the answer to each first transaction is lost,
 * so that all of it arrives twice. Then everything is read back: nothing doubled, nothing lost. Last, the delivery's
 * own tests against that server.
 */
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startFhirServer } from './support/oracle.mjs';
import { startPostgres } from './support/postgres.mjs';
import { run, temporary } from './support/programs.mjs';
import { post, sendAll, sentTo, settled, startService, storedBags, withdraw } from './support/service.mjs';
import { check, end, part } from './support/tally.mjs';

const ODS = 'XRB01';
const TYPES = ['DocumentReference', 'Binary', 'Bundle'];

/** Passes everything on to the hospital, and loses the first answer to each transaction. */
async function losingProxy(base) {
  const target = new URL(base);
  const transactions = new Map();
  const server = createServer((incoming, outgoing) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const id = incoming.headers['x-request-id'];
      const isTransaction = incoming.method === 'POST' && incoming.url === target.pathname;
      const sent = transactions.get(id) ?? [];
      if (isTransaction) transactions.set(id, [...sent, body.toString('utf8')]);
      const onward = request(
        {
          host: target.hostname,
          port: target.port,
          method: incoming.method,
          path: incoming.url,
          headers: { ...incoming.headers, host: target.host },
        },
        (answer) => {
          const lost = isTransaction && sent.length === 0;
          if (!lost) outgoing.writeHead(answer.statusCode, answer.headers);
          answer.on('data', (chunk) => lost || outgoing.write(chunk));
          answer.on('end', () => (lost ? incoming.socket.destroy() : outgoing.end()));
        },
      );
      onward.on('error', () => incoming.socket.destroy());
      onward.end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}${target.pathname}`,
    /** Bodies of the transactions by X-Request-ID, each time that they came. */
    transactions,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const read = async (address) => {
  const answer = await fetch(address, {
    headers: { accept: 'application/fhir+json', 'cache-control': 'no-cache' },
  });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

/** The same XHTML written in one way: attributes by name, characters as themselves and not by number. */
const plainXhtml = (xhtml) =>
  xhtml
    .replace(/<(\w+)((?: [\w:]+="[^"]*")+)/g, (_tag, name, attributes) => {
      const sorted = attributes.match(/[\w:]+="[^"]*"/g).sort();
      return `<${name} ${sorted.join(' ')}`;
    })
    .replace(/&#x([0-9a-f]+);/gi, (_all, code) => String.fromCodePoint(Number.parseInt(code, 16)));

/**
 * Where two resources differ: paths of members. What a server does that changes nothing is told apart by a name of its
 * own, so that it is listed and counted.
 */
function differences(a, b, path = '') {
  if (isDeepStrictEqual(a, b)) return [];
  const both = a !== null && b !== null && typeof a === 'object' && typeof b === 'object';
  if (path.endsWith('.meta.profile') && both && isDeepStrictEqual(new Set(a), new Set(b)))
    return ['the same profiles in another order'];
  if (path.endsWith('.text.div') && plainXhtml(a) === plainXhtml(b))
    return ['the same narratives, written with another order of attributes or characters by number'];
  if (!both || Array.isArray(a) !== Array.isArray(b)) return [path];
  const isEntry = path.endsWith('.entry[]') && a.fullUrl === `urn:uuid:${a.resource?.id}`;
  const dropped = isEntry && b.resource !== undefined && !('id' in b.resource);
  return [
    ...(dropped ? ['ids of entries are left out, their fullUrl has them'] : []),
    ...[...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
      differences(
        a[key],
        dropped && key === 'resource' ? { ...b.resource, id: a.resource.id } : b[key],
        `${path}${Array.isArray(a) ? '[]' : `.${key}`}`,
      ),
    ),
  ];
}

/** What a server may do: its own version and time, and what changes nothing. */
const HARMLESS = new Set([
  '.meta.versionId',
  '.meta.lastUpdated',
  '.meta.source',
  'the same profiles in another order',
  'the same narratives, written with another order of attributes or characters by number',
  'ids of entries are left out, their fullUrl has them',
]);

let postgres;
let hospital;
await part('PostgreSQL and HAPI FHIR start', async () => {
  postgres = await startPostgres();
  await postgres.create('hospital');
  hospital = await startFhirServer([
    '--database',
    `jdbc:postgresql://127.0.0.1:${postgres.port}/hospital`,
    '--user',
    'postgres',
  ]);
});
const proxy = await losingProxy(hospital.base);
const hospitals = join(temporary('hospitals'), 'hospitals.json');
writeFileSync(
  hospitals,
  JSON.stringify({ hospitals: { [ODS]: { name: 'HAPI FHIR', baseUrl: proxy.base, dialect: 'fhir-rest' } } }),
);
const service = await startService({
  REDBAG_DATABASE: await postgres.create('redbag'),
  REDBAG_HOSPITALS: hospitals,
  REDBAG_LOG_LEVEL: 'error',
});

const bags = storedBags();
const sent = new Map();
await part(`${bags.length} fixtures delivered, each answer lost once`, async () => {
  await Promise.all(
    bags.map(async (bag) => {
      const { id, deliveries } = await sendAll(service.url, bag, ODS);
      sent.set(bag.name, { id, deliveries, bag });
      check(
        deliveries.every(({ state }) => state === 'delivered'),
        `${bag.name} is delivered`,
        deliveries,
      );
      check(
        deliveries.every(({ attempts }) => attempts.length > 1),
        `${bag.name}: the lost answer was noticed`,
        deliveries,
      );
    }),
  );
  const times = [...proxy.transactions.values()].map((bodies) => bodies.length);
  check(times.length > 0 && times.every((n) => n >= 2), 'every transaction came twice', `${times}`);
  check(
    [...proxy.transactions.values()].every(([first, ...rest]) => rest.every((body) => body === first)),
    'each time with the same bytes',
  );
  const kept = [...sent].filter(([, { deliveries }]) => deliveries.length === 0).map(([name]) => name);
  console.log(`${times.length} transactions; not sent, as they should be: ${kept.join(', ')}`);
});

/** Newest form of every resource that was sent, by its address. */
const expected = () => {
  const newest = new Map();
  for (const [body] of proxy.transactions.values()) {
    for (const { resource, request: asked } of JSON.parse(body).entry) {
      const held = newest.get(asked.url);
      // A DocumentReference goes again when a newer one replaces it.
      if (held === undefined || held.status === 'current') newest.set(asked.url, resource);
    }
  }
  return newest;
};

async function readBack() {
  const wanted = expected();
  for (const type of TYPES) {
    const { total } = await read(`${hospital.base}/${type}?_summary=count`);
    const ours = [...wanted.keys()].filter((url) => url.startsWith(`${type}/`)).length;
    check(total === ours, `${type}: none doubled, none lost`, `${total} there, ${ours} sent`);
    console.log(`${type}: ${total} there, ${ours} sent`);
  }
  const found = new Map();
  for (const [url, resource] of wanted) {
    const back = await read(`${hospital.base}/${url}`);
    for (const difference of new Set(differences({ meta: {}, ...resource }, back))) {
      const where = `${resource.resourceType}: ${difference}`;
      const held = found.get(where) ?? { harmless: HARMLESS.has(difference), urls: [] };
      found.set(where, { ...held, urls: [...held.urls, url] });
    }
  }
  for (const [where, { urls }] of found) console.log(`differs in ${urls.length} ${where}`);
  const lost = [...found].filter(([, { harmless }]) => !harmless);
  check(lost.length === 0, 'nothing differs but what a server writes itself', lost);
}

await part('read back and compared', readBack);

await part('sent again, and withdrawn', async () => {
  const [{ id, bag }] = [...sent.values()].filter(({ deliveries }) => deliveries.length > 0);
  const before = proxy.transactions.size;
  const again = await post(service.url, sentTo(bag.versions[0].sent, ODS));
  check(again.status === 200 && again.body.id === id, 'the same bag again is the same bag', again);
  await settled(service.url, id);
  check(proxy.transactions.size === before, 'and is not delivered again');
  await withdraw(service.url, id, 'Sent for the wrong resident');
  await settled(service.url, id);
  await readBack();
  const { entry = [] } = await read(`${hospital.base}/DocumentReference?status=entered-in-error`);
  check(entry.length === 2 * bag.versions.length, 'the withdrawn bag is entered in error', `${entry.length}`);
});

check((await service.stop()) === 0, 'the service ends cleanly');
await proxy.close();

await part('delivery tests against this server', async () => {
  const env = { ...process.env, REDBAG_TEST_FHIR: hospital.base, TAP_FORMAT: 'tap', TAP_TIMEOUT: '300' };
  const { code, all } = await run(process.execPath, ['dist-test/delivery/real-server.test.js'], { env });
  check(code === 0, 'test/delivery/real-server.test.ts', () =>
    all
      .split('\n')
      .filter((line) => !/^\s*ok /.test(line))
      .join('\n'),
  );
  check(!/is not set/.test(all), 'it ran');
});
await hospital.stop();
await postgres.stop();
end();
