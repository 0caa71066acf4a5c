/**
 * How fast bags are accepted: `node bench/accept.mjs [--seconds 10] [--clients 8] [--bag FILE]` after `npm run build`.
 *
 * Starts the demonstration with a fresh embedded database in a temporary folder, posts the same bag under new packageIds
 * and prints JSON: time to listening, the first post, latency of one client, accepts per second and latency of several,
 * delay of the service's event loop meanwhile, and how long the deliveries took that were still on their way.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    clients: { type: 'string', default: '8' },
    bag: { type: 'string', default: 'fixtures/betty/red-bag.json' },
  },
});
const seconds = Math.min(Number(values.seconds), 120);
const clients = Math.min(Number(values.clients), 64);
const root = fileURLToPath(new URL('..', import.meta.url));
const bag = JSON.parse(readFileSync(join(root, values.bag), 'utf8'));
const dispatcher = new Agent({ connections: clients });
const folder = mkdtempSync(join(tmpdir(), 'redbag-bench-'));

/** Loaded into the service: tells the delay of its event loop when it is asked by SIGUSR2, and starts anew. */
const probe = `import { monitorEventLoopDelay } from 'node:perf_hooks';
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
process.on('SIGUSR2', () => {
  const ms = (n) => Math.round(n / 1e5) / 10;
  process.stderr.write('LOOP ' + JSON.stringify({ mean: ms(delay.mean), p99: ms(delay.percentile(99)), max: ms(delay.max) }) + '\\n');
  delay.reset();
});`;

let said = '';
const startedMs = performance.now();
const child = spawn(
  process.execPath,
  ['--import', `data:text/javascript,${encodeURIComponent(probe)}`, 'dist/cli.js', 'serve'],
  {
    cwd: root,
    env: {
      ...process.env,
      REDBAG_PORT: '0',
      REDBAG_SANDBOX_PORT: '0',
      REDBAG_DATABASE: `sqlite:${folder}/redbag.sqlite`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  },
);
for (const stream of [child.stdout, child.stderr]) {
  stream.on('data', (data) => {
    said += data;
  });
}
const ended = new Promise((resolve) => child.once('exit', resolve));

async function says(what) {
  for (;;) {
    const match = what.exec(said);
    if (match !== null) return match;
    if (child.exitCode !== null) throw new Error(`the service ended: ${said}`);
    await wait(5);
  }
}

async function loopDelay() {
  said = '';
  child.kill('SIGUSR2');
  return JSON.parse((await says(/LOOP (.*)\n/))[1]);
}

let sent = 0;
async function post(url) {
  const body = JSON.stringify({ ...bag, packageId: `bench-${sent++}` });
  const before = performance.now();
  const answer = await request(`${url}/red-bags`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    dispatcher,
  });
  const text = await answer.body.text();
  const ms = performance.now() - before;
  if (answer.statusCode !== 201) throw new Error(`${answer.statusCode} ${text.slice(0, 500)}`);
  return ms;
}

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  return { n: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

try {
  const [, url] = await says(/(http:\S+)\/docs/);
  const listeningMs = Math.round(performance.now() - startedMs);
  const firstMs = Math.round(await post(url));
  for (let i = 0; i < 10; i++) await post(url);
  const one = [];
  for (let i = 0; i < 20; i++) one.push(await post(url));
  await loopDelay();

  const many = [];
  const end = performance.now() + seconds * 1000;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) many.push(await post(url));
    }),
  );
  const took = (performance.now() - begun) / 1000;
  const loop = await loopDelay();

  const waited = performance.now();
  const delivering = async () => {
    const answer = await request(`${url}/red-bags?status=delivering&limit=1`, { dispatcher });
    return (await answer.body.json()).items.length > 0;
  };
  while ((await delivering()) && performance.now() - waited < 60_000) await wait(50);

  const result = {
    machine: {
      cpu: cpus()[0]?.model,
      cores: availableParallelism(),
      node: process.version,
      load: loadavg()[0],
    },
    bag: { file: values.bag, bytes: JSON.stringify(bag).length },
    listeningMs,
    firstPostMs: firstMs,
    oneClientMs: summary(one),
    clients,
    acceptsPerSecond: Math.round((many.length / took) * 10) / 10,
    latencyMs: summary(many),
    eventLoopDelayMs: loop,
    deliveriesDoneAfterMs: Math.round(performance.now() - waited),
  };
  console.log(JSON.stringify(result, null, 2));
} finally {
  child.kill('SIGTERM');
  await ended;
  await dispatcher.close();
  rmSync(folder, { recursive: true, force: true });
}
