import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createClients, drive, summary } from './accept/clients.mjs';
import { startHospital } from './accept/hospital.mjs';
import { startReference } from './accept/reference.mjs';
import { root, startService } from './accept/service.mjs';

const HELP = `How fast bags are accepted, beside a FHIR server that validates: node bench/accept.mjs, after npm run build.

Starts the service with a fresh database, and several clients post the same bag under new packageIds: each is checked,
made into a document, validated, printed and on the disk before it is answered. Deliveries go on meanwhile, to a
hospital that takes all. With --oracle a reference server then takes the very Bundle that came of the bag, from as many
clients, validating it too. Prints JSON; the last member says whether the targets are met.

  --clients N        at once; default 8
  --seconds N        the service is measured for; default 20, after --warm
  --warm N           seconds before measuring; default 5
  --bag FILE         default fixtures/betty/red-bag.json
  --threads N        of the service; default its own choice
  --database URL     default a new SQLite file in a temporary folder
  --oracle COMMAND   the reference; called as COMMAND serve --validate --definitions DIR ... --port 0, it prints a line
                     of JSON with its "base" address when it is ready
  --definitions DIR  that the reference loads (may be repeated); profiles/compiled of this project always
  --oracle-seconds N the reference is measured for; default 60
  --oracle-warm N    seconds before that; default 40: a JVM gets faster for a while
  --help

Targets: ten times the reference's bags per second, a tenth of its p99, and an event loop of the service that is
never late by more than 20 ms at p99.`;

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '20' },
    warm: { type: 'string', default: '5' },
    bag: { type: 'string', default: 'fixtures/betty/red-bag.json' },
    threads: { type: 'string' },
    database: { type: 'string' },
    oracle: { type: 'string' },
    definitions: { type: 'string', multiple: true, default: [] },
    'oracle-seconds': { type: 'string', default: '60' },
    'oracle-warm': { type: 'string', default: '40' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const clients = Math.min(Number(values.clients), 64);
const rate = (n) => Math.round(n * 100) / 100;

/** The bag's bytes with a packageId of fixed length in its place, so that a new one costs the clients nothing. */
function bagWith(file) {
  const bag = JSON.parse(readFileSync(file, 'utf8'));
  const id = (n) => `bench-${String(n).padStart(9, '0')}`;
  const bytes = Buffer.from(JSON.stringify({ ...bag, packageId: id(0) }));
  const place = bytes.indexOf(id(0));
  return { size: bytes.length, of: (n) => withText(bytes, place, id(n)) };
}

function withText(bytes, place, text) {
  const copy = Buffer.from(bytes);
  copy.write(text, place);
  return copy;
}

async function measureService(bag) {
  const hospital = await startHospital();
  const service = await startService({
    hospital: hospital.url,
    ...(values.threads === undefined ? {} : { threads: values.threads }),
    ...(values.database === undefined ? {} : { database: values.database }),
  });
  const { post, get, close } = createClients(clients);
  let n = Math.floor(Date.now() % 1e6) * 1000;
  const send = () => post(`${service.url}/red-bags`, 'application/json', bag.of(n++));
  try {
    const first = await send();
    const bundle = await get(`${service.url}/red-bags/${JSON.parse(first.text).id}/bundle`);
    const one = [];
    for (let i = 0; i < 20; i++) one.push((await send()).ms);
    let begun;
    const driven = await drive({
      clients,
      warmMs: Number(values.warm) * 1000,
      measureMs: Number(values.seconds) * 1000,
      send,
      onMeasure: async () => {
        begun = await service.probe();
      },
    });
    const ended = await service.probe();
    const waited = performance.now();
    const isDelivering = async () =>
      JSON.parse(await get(`${service.url}/red-bags?status=delivering&limit=1`)).items.length > 0;
    while ((await isDelivering()) && performance.now() - waited < 60_000) await wait(50);
    return {
      bundle,
      figures: {
        threads: values.threads ?? 'default',
        listeningMs: service.listeningMs,
        firstPostMs: Math.round(first.ms),
        oneClientMs: summary(one),
        perSecond: rate(driven.perSecond),
        latencyMs: summary(driven.times),
        cpuMsPerBag: rate((ended.cpuMs - begun.cpuMs) / driven.times.length),
        eventLoopDelayMs: ended.loop,
        residentMb: ended.residentMb,
        deliveries: { made: hospital.taken(), allDoneAfterMs: Math.round(performance.now() - waited) },
      },
    };
  } finally {
    await close();
    await service.stop();
    await hospital.stop();
  }
}

async function measureReference(bundle) {
  const reference = await startReference(values.oracle, [
    ...values.definitions,
    join(root, 'profiles/compiled'),
  ]);
  const { post, close } = createClients(clients);
  const bytes = Buffer.from(bundle);
  const send = () => post(`${reference.url}/Bundle`, 'application/fhir+json', bytes);
  try {
    const first = await send();
    const driven = await drive({
      clients,
      warmMs: Number(values['oracle-warm']) * 1000,
      measureMs: Number(values['oracle-seconds']) * 1000,
      send,
    });
    return {
      startMs: reference.startMs,
      firstPostMs: Math.round(first.ms),
      perSecond: rate(driven.perSecond),
      latencyMs: summary(driven.times),
    };
  } finally {
    await close();
    await reference.stop();
  }
}

const bag = bagWith(join(root, values.bag));
const loadBefore = loadavg()[0];
const { bundle, figures } = await measureService(bag);
const reference = values.oracle === undefined ? undefined : await measureReference(bundle);
const targets = {
  eventLoopLateAtMost20Ms: figures.eventLoopDelayMs.p99 <= 20 ? 'yes' : 'no',
  ...(reference === undefined
    ? {}
    : {
        timesTheReferencesRate: rate(figures.perSecond / reference.perSecond),
        rateTenTimes: figures.perSecond >= 10 * reference.perSecond ? 'yes' : 'no',
        shareOfItsP99: rate(figures.latencyMs.p99 / reference.latencyMs.p99),
        p99ATenth: figures.latencyMs.p99 <= reference.latencyMs.p99 / 10 ? 'yes' : 'no',
      }),
};
const machine = {
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  node: process.version,
  loadBefore,
};
const asked = { bag: values.bag, bagBytes: bag.size, bundleBytes: Buffer.byteLength(bundle), clients };
console.log(JSON.stringify({ machine, asked, service: figures, reference, targets }, null, 2));
