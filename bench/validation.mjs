/**
 * The validator beside its peers, in one run on one machine: `node bench/validation.mjs [options]`
 *
 *   --packages DIR,DIR   more definitions for ours and the reference (UK Core)
 *   --oracle COMMAND     the reference (HAPI), as `COMMAND bench …`
 *   --rounds N           rounds in turn for each engine, half a second each (12)
 *   --only growth|peers  only how the time grows, with size and with hostile resources; or only the peers
 *
 * Engines take turns, so that what else the machine does strikes all alike. Peers are installed in this folder only:
 * `npm ci --prefix bench`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { nightBag } from './validation/document.mjs';
import { growth } from './validation/growth.mjs';

const { values } = parseArgs({
  options: {
    packages: { type: 'string', default: '' },
    oracle: { type: 'string' },
    rounds: { type: 'string', default: '12' },
    only: { type: 'string' },
  },
});
const ENGINES = {
  ours: 'this validator',
  medplum: '@medplum/core 4.5.2',
  lantana: 'fhir 4.12.0 (Lantana)',
  ajv: 'ajv + fhir.schema.json',
};
const STARTS = 5;

const work = mkdtempSync(path.join(os.tmpdir(), 'bench-validation-'));
const file = path.join(work, 'document.json');
const document = nightBag();
const text = JSON.stringify(document);
writeFileSync(file, text);
try {
  console.log(
    `${os.cpus()[0]?.model}, ${os.cpus().length} CPUs, load ${os.loadavg()[0].toFixed(1)}, Node ${process.version}`,
  );
  console.log(`${document.entry.length} entries, ${(text.length / 1000).toFixed(0)} KB\n`);
  if (values.only !== 'growth') await beside();
  if (values.only !== 'peers') await growth(values.packages === '' ? [] : values.packages.split(','));
} finally {
  rmSync(work, { recursive: true });
}

async function beside() {
  const names = Object.keys(ENGINES).filter(
    (name) => name === 'ours' || existsSync(new URL('node_modules', import.meta.url)),
  );
  const bare = await starts('bare');
  const start = {};
  for (const name of names) start[name] = await starts(name);
  const running = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await open(name)])));
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const last = {};
  for (const name of names) await running[name].ask({ milliseconds: 3000, warm: true });
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of names) {
      last[name] = await running[name].ask({ milliseconds: 500 });
      times[name].push(...last[name].times);
    }
  }
  for (const name of names) last[name] = await running[name].ask({ milliseconds: 0, warm: true, end: true });
  for (const name of names) running[name].close();
  const hapi = reference();
  const rows = names.map((name) => ({
    engine: ENGINES[name],
    'p10 (least disturbed)': at(times[name], 0.1),
    p50: at(times[name], 0.5),
    p99: at(times[name], 0.99),
    'resources/s': Math.round((document.entry.length / at(times[name], 0.5)) * 1000),
    'start to first verdict': start[name].start,
    'MB over Node': start[name].rss - bare.rss,
    'MB over Node, warm': last[name].rss - bare.rss,
    errors: start[name].errors,
  }));
  if (hapi !== undefined) {
    rows.push({
      engine: 'HAPI (reference), warm',
      p50: hapi.p50,
      p99: hapi.p99,
      'resources/s': Math.round((document.entry.length / hapi.p50) * 1000),
      'start to first verdict': hapi.first,
      'MB over Node': hapi.heap,
      errors: hapi.errors,
    });
  }
  print(rows);
  const ours = rows[0];
  for (const row of rows.slice(1))
    console.log(`p50: ours is 1/${(row.p50 / ours.p50).toFixed(1)} of ${row.engine}`);
  console.log();
}

/** The middle of several starts. */
async function starts(name) {
  const found = [];
  for (let place = 0; place < STARTS; place++) {
    const engine = await open(name);
    found.push(engine.first);
    engine.close();
  }
  return Object.fromEntries(
    Object.keys(found[0]).map((key) => [
      key,
      at(
        found.map((one) => one[key]),
        0.5,
      ),
    ]),
  );
}

async function open(name) {
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      new URL('validation/child.mjs', import.meta.url).pathname,
      name,
      file,
      name === 'ours' ? values.packages : '',
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended with ${child.exitCode}`);
    return JSON.parse(value);
  };
  return {
    first: await next(),
    ask(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return next();
    },
    close: () => child.stdin.end(),
  };
}

/** What the reference says of the same document, with the same definitions. */
function reference() {
  if (values.oracle === undefined) return undefined;
  const ours = new URL('../profiles/compiled', import.meta.url).pathname;
  const folders = [ours, ...values.packages.split(',').filter((folder) => folder !== '')];
  const given = folders.flatMap((folder) => ['--definitions', folder]);
  const { stdout, status, stderr } = spawnSync(
    values.oracle,
    ['bench', ...given, '--warm', '15', '--runs', '40', file],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the reference failed: ${stderr.slice(-500)}`);
  const line = stdout.trim().split('\n').at(-1);
  const told = JSON.parse(line);
  console.log(`reference: ${line}\n`);
  return {
    p50: told.p50Ms,
    p99: told.p99Ms,
    first: told.firstVerdictMs,
    heap: told.heapMiB,
    errors: told.errors,
  };
}

function at(times, part) {
  const sorted = [...times].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

function print(rows) {
  console.table(
    Object.fromEntries(
      rows.map(({ engine, ...row }) => [
        engine,
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [
            key,
            typeof value === 'number' ? Number(value.toFixed(value < 100 ? 2 : 0)) : value,
          ]),
        ),
      ]),
    ),
  );
}
