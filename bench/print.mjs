/**
 * What the press costs, beside pdfkit's own tables and pdfmake with the same words in the same run.
 * After `npm run build` and `npm ci` in bench/; `--help` tells the rest.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { inspect } from 'node:util';
import { documentOf, readBag } from '../dist/cli/bag.js';
import { render } from '../dist/print/render.js';
import { bagIdOf } from '../dist/transfer/identity.js';
import { layOut } from '../dist/transfer/pages.js';
import { redBag } from '../dist/transfer/red-bag.js';
import { Pool } from '../dist/workshop/pool.js';
import { pdfkitWay, pdfmakeWay } from './print/peers.mjs';

const HELP = `node bench/print.mjs [--quick] [--json]

Prints Betty's bag (fixtures/betty) many times: processor time of one document, pages a second with
one thread and with several, memory over a thousand documents, how long the service's own thread waits meanwhile; then
the same words by pdfkit and by pdfmake. Says for each target whether it is met. Takes two to four minutes.

  --quick  a tenth of the documents
  --json   the figures as JSON alone`;

if (process.argv.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
const quick = process.argv.includes('--quick');
const asJson = process.argv.includes('--json');
const TIMES = quick
  ? { press: 30, peers: 3, documents: 40, memory: 100 }
  : { press: 200, peers: 10, documents: 400, memory: 1000 };
/** Renders before the first that counts, until the code is compiled. */
const WARMING = 30;
const TARGET = { cpuMs: 30, cpuMsAPage: 1, loopMs: 20, grownMb: 30 };
/** Samples of memory that a thousand renders give: after the first tenth, half and all. */
const LOOKS = [0.1, 0.5, 1];

const document = await betty();
const say = (line) => {
  if (!asJson) console.log(line);
};

const machine = {
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  node: process.version,
  load: loadavg().map((one) => Math.round(one * 10) / 10),
};
say(inspect(machine));
const press = await told('press', () => costOf(() => render(document), TIMES.press, WARMING));
const memory = await told('memory', () => memoryOver(TIMES.memory));
const pdfkitTables = await told('pdfkit, its own tables', () => beside(() => pdfkitWay(document)));
const pdfmake = await told('pdfmake', () => beside(() => pdfmakeWay(document)));
const one = await told('1 thread', () => throughput(1));
const many = await told('all threads', () => throughput(Math.max(2, availableParallelism() - 1)));

const figures = { machine, press, pdfkitTables, pdfmake, threads: [one, many], memory };
const targets = [
  [`Betty in ${TARGET.cpuMs} ms of processor time at p50`, press.cpuMs.p50, press.cpuMs.p50 <= TARGET.cpuMs],
  [`a page in ${TARGET.cpuMsAPage} ms`, press.cpuMsAPage, press.cpuMsAPage <= TARGET.cpuMsAPage],
  ['six pages and more', press.pages, press.pages >= 6],
  [
    `event loop of the service waits ${TARGET.loopMs} ms at most at p99`,
    many.eventLoopDelayMs.p99,
    many.eventLoopDelayMs.p99 <= TARGET.loopMs,
  ],
  [
    `memory flat: from the first tenth of ${TIMES.memory} renders to the last no more than ${TARGET.grownMb} MB more`,
    memory.grownMb,
    memory.grownMb <= TARGET.grownMb,
  ],
].map(([name, value, met]) => ({ name, value, met }));
if (asJson) console.log(JSON.stringify({ ...figures, targets }, null, 2));
else for (const { name, value, met } of targets) console.log(`${met ? 'yes' : 'NO '}  ${name}: ${value}`);
process.exitCode = targets.every(({ met }) => met) ? 0 : 1;

async function betty() {
  const file = new URL('../fixtures/betty/red-bag.json', import.meta.url).pathname;
  const inspected = await readBag(file, { say() {}, stdin: process.stdin });
  const { prepared } = documentOf(inspected);
  const about = { bagId: bagIdOf(inspected.sent), version: 1, demonstration: false, changes: [] };
  return layOut(redBag, prepared, about);
}

async function told(name, measure) {
  const figure = await measure();
  say(`${name}: ${inspect(figure, { breakLength: 140, depth: 4 })}`);
  return figure;
}

/** A peer that is not installed, or fails, is named as such and stops nothing. */
async function beside(prepare) {
  try {
    return await costOf(await prepare(), TIMES.peers, 1);
  } catch (error) {
    return { failed: String(error) };
  }
}

/** Processor time in milliseconds, user and system, all threads. */
async function costOf(make, times, warming) {
  let made;
  for (let index = 0; index < warming; index++) made = await make();
  const costs = [];
  for (let index = 0; index < times; index++) {
    const before = process.cpuUsage();
    made = await make();
    const used = process.cpuUsage(before);
    costs.push((used.user + used.system) / 1000);
    await new Promise(setImmediate);
  }
  costs.sort((a, b) => a - b);
  const p50 = at(costs, 0.5);
  return {
    times,
    pages: made.pages,
    bytes: made.pdf.length,
    cpuMs: { p50, p90: at(costs, 0.9), least: at(costs, 0) },
    cpuMsAPage: Math.round((p50 / made.pages) * 100) / 100,
  };
}

function at(sorted, share) {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] * 10) / 10;
}

/** Pages a second through threads, and what the thread that serves waits meanwhile. */
async function throughput(threads) {
  const script = new URL('./print/thread.mjs', import.meta.url);
  const pool = new Pool({ script, threads, queueLimit: 10_000 });
  const print = () => pool.run({ message: document, size: 0, timeLimitMs: 60_000 });
  await Promise.all(Array.from({ length: threads * WARMING }, print));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  let waiting = TIMES.documents;
  let pages = 0;
  await Promise.all(
    Array.from({ length: threads * 2 }, async () => {
      while (waiting-- > 0) {
        const printed = await print();
        pages += printed.pages;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  await pool.close();
  const milliseconds = (nanoseconds) => Math.round(nanoseconds / 1e4) / 100;
  return {
    threads,
    documentsASecond: Math.round((TIMES.documents / seconds) * 10) / 10,
    pagesASecond: Math.round(pages / seconds),
    eventLoopDelayMs: {
      p50: milliseconds(delay.percentile(50)),
      p99: milliseconds(delay.percentile(99)),
      most: milliseconds(delay.max),
    },
  };
}

/** Memory of this process over many renders in this thread. */
async function memoryOver(times) {
  const megabytes = (bytes) => Math.round(bytes / 1048576);
  const looks = new Set(LOOKS.map((share) => Math.round(times * share)));
  const seen = [];
  for (let index = 1; index <= times; index++) {
    await render(document);
    // As between two messages to a thread of the service: what waits for the next turn is let go.
    await new Promise(setImmediate);
    if (!looks.has(index)) continue;
    const { rss, heapUsed, external } = process.memoryUsage();
    seen.push({
      after: index,
      rssMb: megabytes(rss),
      heapMb: megabytes(heapUsed),
      outsideMb: megabytes(external),
    });
  }
  return { times, seen, grownMb: (seen.at(-1)?.rssMb ?? 0) - (seen[0]?.rssMb ?? 0) };
}
