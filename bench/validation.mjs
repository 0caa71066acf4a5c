/** The validator beside its peers and the reference, in one run on one machine: `node bench/validation.mjs --help` */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compilePackages } from '../dist/validation/build/packages.js';
import { isCompiled } from '../dist/validation/definitions/registry.js';
import { nightBag } from './validation/document.mjs';
import { growth, hostile } from './validation/growth.mjs';
import { openEngine } from './validation/process.mjs';
import { openReference } from './validation/reference.mjs';
import { at, table } from './validation/table.mjs';
import { targets } from './validation/targets.mjs';

const HELP = `node bench/validation.mjs [options]

The validator beside @medplum/core, Lantana's fhir, ajv and HAPI: engines run in processes of their own and take
turns, so that what else the machine does strikes all alike; nothing forces a collection of garbage. Then how the time
grows, with size and with hostile resources; then the targets, with yes or no.

  --packages DIR,DIR   more definitions: compiled for ours, given as they are to the reference (UK Core)
  --oracle COMMAND     the reference: \`COMMAND http --definitions DIR … --port 0\` must print {"ready":true,"port":N}
  --rounds N           turns of each engine, half a second each, of the reference one second (12)
  --only WORD          peers, growth or hostile: that part only (growth has no targets of the others)
  --help

Needs: npm run build; npm ci --prefix bench (without it ours and the reference run alone).
The least: node bench/validation.mjs --packages UKCORE/profiles,UKCORE/terminology --oracle ORACLE   (2 to 4 minutes)
`;

const { values } = parseArgs({
  options: {
    packages: { type: 'string', default: '' },
    oracle: { type: 'string' },
    rounds: { type: 'string', default: '12' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const ENGINES = {
  ours: 'this validator',
  medplum: '@medplum/core 4.5.2',
  lantana: 'fhir 4.12.0 (Lantana)',
  ajv: 'ajv + fhir.schema.json',
};
const STARTS = 5;
const TURN = 500;
const REFERENCE_TURN = 1000;

if (values.help) process.stdout.write(HELP);
else await run();

async function run() {
  const work = mkdtempSync(path.join(os.tmpdir(), 'bench-validation-'));
  try {
    console.log(
      `${os.cpus()[0]?.model}, ${os.cpus().length} CPUs, load ${os.loadavg()[0].toFixed(1)}, Node ${process.version}, ${new Date().toISOString().slice(0, 16)}`,
    );
    const sources = values.packages.split(',').filter((folder) => folder !== '');
    const packages = compiled(sources, path.join(work, 'packages'));
    const wants = (part) => values.only === undefined || values.only === part;
    const found = wants('peers') ? await beside(work, sources, packages) : {};
    if (wants('growth')) found.growth = growth(packages);
    if (wants('hostile')) hostile(packages);
    targets(found);
    console.log(`load at the end ${os.loadavg()[0].toFixed(1)}`);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The folder that packages are compiled into, as whoever uses them would once. */
function compiled(packages, out) {
  const ready = packages.filter((folder) => isCompiled(folder));
  if (ready.length === packages.length) return packages;
  if (ready.length > 0) throw new Error('--packages: all compiled, or none');
  const from = performance.now();
  compilePackages({
    packages,
    definitions: new URL('../dist/validation/compiled', import.meta.url).pathname,
    out,
  });
  console.log(`packages compiled in ${(performance.now() - from).toFixed(0)} ms`);
  return [out];
}

async function beside(work, sources, packages) {
  const document = nightBag();
  const text = JSON.stringify(document);
  const file = path.join(work, 'document.json');
  writeFileSync(file, text);
  console.log(`${document.entry.length} entries, ${(text.length / 1000).toFixed(0)} KB`);
  const names = Object.keys(ENGINES).filter(
    (name) => name === 'ours' || existsSync(new URL('node_modules', import.meta.url)),
  );
  const open = (name) => openEngine(name, file, name === 'ours' ? packages : []);
  const bare = await starts(() => open('bare'));
  const start = {};
  for (const name of names) start[name] = await starts(() => open(name));
  const unread = await starts(() => openEngine('ours', file, sources));

  const running = {};
  for (const name of names) running[name] = await open(name);
  const reference =
    values.oracle === undefined ? undefined : await openReference(values.oracle, sources, text);
  const times = Object.fromEntries([...names, 'reference', 'parse'].map((name) => [name, []]));
  const last = {};
  try {
    await reference?.warm();
    for (const name of names) await running[name].ask({ milliseconds: 3000 });
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const name of names) {
        last[name] = await running[name].ask({ milliseconds: TURN });
        times[name].push(...last[name].times);
      }
      times.parse.push(...parsing(text));
      if (reference !== undefined) times.reference.push(...(await reference.turn(REFERENCE_TURN)));
    }
  } finally {
    for (const name of names) running[name].close();
    await reference?.stop();
  }

  const row = (name, engine, { start: first, rss, errors }, warm) => ({
    engine,
    'p10 ms': at(times[name], 0.1),
    'p50 ms': at(times[name], 0.5),
    'p99 ms': at(times[name], 0.99),
    'resources/s': Math.round((document.entry.length / at(times[name], 0.5)) * 1000),
    'start to first verdict, ms': first,
    'MB over Node': rss - bare.rss,
    'MB over Node, warm': warm - bare.rss,
    errors,
    runs: times[name].length,
  });
  const rows = names.map((name) => row(name, ENGINES[name], start[name], last[name].rss));
  if (reference !== undefined)
    rows.push(row('reference', 'HAPI (reference)', reference.first, reference.memory));
  table(rows, 'engine');
  console.log(
    `ours with packages that are not compiled: ${unread.start.toFixed(0)} ms to the first verdict; JSON.parse of the document: ${at(times.parse, 0.5).toFixed(2)} ms`,
  );
  return { rows, parse: at(times.parse, 0.5) };
}

/** Reading the text, which the reference does within its time and ours before. */
function parsing(text) {
  return Array.from({ length: 20 }, () => {
    const from = performance.now();
    JSON.parse(text);
    return performance.now() - from;
  });
}

/** The middle of several starts. */
async function starts(open) {
  const found = [];
  for (let place = 0; place < STARTS; place++) {
    const engine = await open();
    found.push(engine.first);
    engine.close();
  }
  const middle = (key) =>
    at(
      found.map((one) => one[key]),
      0.5,
    );
  return Object.fromEntries(Object.keys(found[0]).map((key) => [key, middle(key)]));
}
