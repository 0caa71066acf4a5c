/** One engine in a process of its own: start-up, first verdict and memory, then as many rounds as it is asked for. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [engine, file, packages] = process.argv.slice(2);
const resource = JSON.parse(readFileSync(file, 'utf8'));
const before = process.memoryUsage.rss();
const started = performance.now();
const { load } = await import(`./engines/${engine}.mjs`);
const validate = await load({ packages: packages ? packages.split(',') : [] });
const created = performance.now();
const errors = validate(resource);
const verdict = performance.now();
say({
  create: created - started,
  first: verdict - created,
  start: verdict - started,
  grown: (process.memoryUsage.rss() - before) / 1e6,
  rss: process.memoryUsage.rss() / 1e6,
  errors,
});

for await (const line of createInterface({ input: process.stdin })) {
  const { milliseconds } = JSON.parse(line);
  const times = [];
  const from = performance.now();
  while (performance.now() - from < milliseconds || times.length < 5) {
    const at = performance.now();
    validate(resource);
    times.push(performance.now() - at);
  }
  say({ times, rss: process.memoryUsage.rss() / 1e6 });
}

function say(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
