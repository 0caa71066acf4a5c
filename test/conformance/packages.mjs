/**
 * 2,000 packages at random (test/transfer/packages.test.ts, several processes at once): each becomes a valid document
 * with every leaf in it, and comes back; every branch of the schema is generated. 200 of the Bundles, from all over the
 * run, go through the reference validator too. `--seed N` repeats a run. Needs the compiled tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OURS, startValidator, UK_CORE, width } from './support/oracle.mjs';
import { run, temporary, together } from './support/programs.mjs';
import { check, end, part } from './support/tally.mjs';

const PACKAGES = 2000;
const SAMPLE = 200;
const PARTS = 8;

const given = process.argv.indexOf('--seed');
const seed = given > 0 ? Number(process.argv[given + 1]) : Date.now() % 2 ** 31;
const folder = temporary('packages');

await part(`${PACKAGES} packages`, async () => {
  console.log(`seed ${seed}: node test/conformance/packages.mjs --seed ${seed}`);
  const seeds = Array.from({ length: PARTS }, (_, i) => (seed + i) % 2 ** 31);
  await together(seeds, width, async (own) => {
    const { code, all } = await run(process.execPath, ['dist-test/transfer/packages.test.js'], {
      env: {
        ...process.env,
        TAP_FORMAT: 'tap',
        TAP_TIMEOUT: '900',
        REDBAG_TEST_PROPERTY_RUNS: String(PACKAGES / PARTS),
        REDBAG_TEST_PROPERTY_SEED: String(own),
        REDBAG_TEST_PROPERTY_SAVE: folder,
        REDBAG_TEST_PROPERTY_SAVED: String(SAMPLE / PARTS),
      },
    });
    const fault = () =>
      all
        .split('\n')
        .filter((line) => !/^\s*ok /.test(line))
        .map((line) => line.slice(0, 4000))
        .join('\n');
    check(code === 0, `packages of seed ${own}`, fault);
  });
});

await part('branches of the schema', async () => {
  const counts = new Map();
  const files = readdirSync(folder).filter((file) => file.startsWith('branches-'));
  check(files.length === PARTS, 'every process says which branches it took');
  for (const file of files) {
    for (const [branch, n] of Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
      counts.set(branch, (counts.get(branch) ?? 0) + n);
  }
  print(counts);
  const never = [...counts].filter(([, n]) => n === 0).map(([branch]) => branch);
  check(counts.size > 500 && never.length === 0, 'every branch was generated', never.join('\n'));
  const rarest = [...counts].reduce((a, b) => (b[1] < a[1] ? b : a));
  console.log(`${counts.size} branches, ${never.length} never; the rarest: ${rarest[0]} ${rarest[1]} times`);
});

/** A line for each element, with how often each of its branches was generated. */
function print(counts) {
  const elements = new Map();
  for (const [branch, n] of counts) {
    const [, path, what] = /^(.*?)( absent| present|=.*|\[one\]|\[more\])$/.exec(branch);
    elements.set(path, [...(elements.get(path) ?? []), `${what.replace(/^[ =]/, '')} ${n}`]);
  }
  for (const [path, took] of elements) console.log(`  ${path}: ${took.join(', ')}`);
}

await part(`${SAMPLE} of the Bundles before the reference validator`, async () => {
  const files = readdirSync(folder).filter((file) => file.startsWith('package-'));
  check(files.length === SAMPLE, `${SAMPLE} Bundles were kept`, `${files.length}`);
  const validator = await startValidator([OURS, UK_CORE]);
  await together(files, width, async (file) => {
    const verdict = await validator.validate(readFileSync(join(folder, file), 'utf8'), [
      'https://fhir.hl7.org.uk/StructureDefinition/UKCore-Bundle',
    ]);
    check(verdict.valid, file, () =>
      verdict.issues
        .filter(({ severity }) => severity === 'error' || severity === 'fatal')
        .slice(0, 10)
        .map((e) => `${e.id} at ${e.path}: ${e.message}`)
        .join('\n'),
    );
  });
  await validator.stop();
});
end();
