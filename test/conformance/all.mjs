/**
 * Every step of CI, with its time. `npm test` comes first and alone, because it is what the README promises; the others
 * stand alone and run a few at a time. Built-in modules only: nothing is installed yet when this starts.
 *
 * A step that lacks a program or the reference data beside the project is skipped; with CI=true it fails.
 * `node test/conformance/all.mjs WORD…` runs the steps whose names hold one of the words.
 */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { run, shared, together } from './support/programs.mjs';

const STRICT = process.env.CI === 'true';
/** Most of a step's time is its own processes' or waiting. */
const AT_ONCE = Math.max(2, availableParallelism() - 1);
const LIMIT_S = 1500;
/** Of a run's thousands of lines only those are shown that do not say that a single check passed. */
const PASSED = /^\s*(ok \d+ - .*|1\.\.\d+|# Subtest: .*)?$/;
const LINES = { passed: 40, failed: 2000 };

const onPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
const program = (name) => [name, () => onPath(name)];

const ORACLE = join(shared, 'oracle', 'oracle');
const reference = [['the reference data at ../shared', () => existsSync(ORACLE)]];
const java = [...reference, program('java'), program('mvn')];
const postgres = [
  [
    'PostgreSQL',
    () =>
      existsSync('/usr/lib/postgresql') &&
      readdirSync('/usr/lib/postgresql').some((v) => existsSync(`/usr/lib/postgresql/${v}/bin/initdb`)),
  ],
];

const node = (...args) => [process.execPath, ...args];
const script = (name) => node(`test/conformance/${name}.mjs`);

/** Longest first, so that none is left alone at the end. */
const STEPS = [
  { name: 'npm test', first: true, commands: [['npm', 'test']] },
  { name: '2,000 packages', needs: java, commands: [script('packages')], whole: true },
  { name: 'real hospital on PostgreSQL', needs: [...java, ...postgres], commands: [script('real-hospital')] },
  {
    name: 'fresh clone',
    needs: [program('git'), program('curl'), program('bash')],
    commands: [script('fresh-clone')],
  },
  { name: 'documents before the reference validator', needs: java, commands: [script('documents')] },
  { name: 'broken instances', needs: java, commands: [script('broken-instances')] },
  { name: 'R4 examples before the reference', needs: java, commands: [script('r4-examples')] },
  { name: 'a thousand rows before the reference', needs: java, commands: [script('differential')] },
  { name: 'mutants before the reference', needs: java, commands: [script('mutants')] },
  { name: 'FHIRPath beside fhirpath.js', commands: [script('fhirpath-equality')] },
  { name: 'types, lint, format', commands: [['npm', 'run', 'check']] },
  {
    name: 'committed is what its sources give',
    commands: ['profiles', 'fixtures', 'make-media', 'issues-doc'].map((name) =>
      node(`scripts/${name}.mjs`, '--check'),
    ),
  },
  {
    name: 'PDFs',
    needs: [...java, program('qpdf'), program('pdftotext')],
    commands: [script('pdfs'), script('random-pages')],
  },
  {
    name: 'page one read by a machine',
    needs: [program('pdftoppm'), program('tesseract')],
    commands: [script('ocr')],
  },
  {
    name: 'press before veraPDF',
    needs: java,
    commands: [node('dist-test/print/pdf-ua.test.js')],
    env: { REDBAG_ORACLE: ORACLE, TAP_TIMEOUT: '300' },
  },
  { name: 'store and crashes on PostgreSQL', needs: postgres, commands: [script('stores')] },
  { name: 'reference client', needs: java, commands: [script('oracle-client')] },
  { name: 'pages in Chromium', needs: [program('chromium')], commands: [script('pages')] },
  { name: 'validator beside the reference', needs: java, commands: [node('scripts/conformance.mjs')] },
];

/** @returns `{ state, seconds, log }` */
async function perform({ needs = [], commands, env }) {
  const lacking = needs.filter(([, there]) => !there()).map(([name]) => name);
  if (lacking.length > 0) {
    return {
      state: STRICT ? 'failed' : 'skipped',
      seconds: 0,
      log: `needs ${lacking.join(' and ')}, which is not here`,
    };
  }
  const start = performance.now();
  let log = '';
  let good = true;
  for (const [command, ...args] of commands) {
    const { code, all } = await run(command, args, { env: { ...process.env, ...env }, limit: LIMIT_S });
    good &&= code === 0;
    log += `${all}${code === 0 ? '' : `\n${[command, ...args].join(' ')} ended with ${code}\n`}`;
  }
  return { state: good ? 'passed' : 'failed', seconds: (performance.now() - start) / 1000, log };
}

const results = [];

function tell(step, result) {
  const lines = result.log
    .trimEnd()
    .split('\n')
    .filter((line) => !PASSED.test(line));
  const most = step.whole ? LINES.failed : LINES[result.state];
  const shown = lines.slice(-(most ?? LINES.passed)).map((line) => `  | ${line.slice(0, 2000)}`);
  const left = lines.length - shown.length;
  console.log(`\n${step.name}: ${result.state} (${result.seconds.toFixed(1)} s)`);
  if (left > 0) console.log(`  | … ${left} lines before`);
  console.log(shown.join('\n'));
  results.push({ step, result });
}

const words = process.argv.slice(2);
const chosen = STEPS.filter(
  ({ name }) => words.length === 0 || words.some((w) => name.toLowerCase().includes(w.toLowerCase())),
);
const began = performance.now();
// Built once, which takes minutes: meanwhile the tests run.
const oracle = java.every(([, there]) => there()) ? run(ORACLE, ['help']) : Promise.resolve();
for (const step of chosen.filter(({ first }) => first)) tell(step, await perform(step));
// The other steps use what this compiles.
if (!chosen.some(({ first }) => first)) {
  for (const args of [['scripts/build.mjs'], ['node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.json']])
    await run(process.execPath, args);
}
await oracle;
await together(
  chosen.filter(({ first }) => !first),
  AT_ONCE,
  async (step) => tell(step, await perform(step)),
);

console.log(`\n${((performance.now() - began) / 60_000).toFixed(1)} minutes, ${AT_ONCE} steps at once:`);
for (const { step, result } of results)
  console.log(`  ${result.state.padEnd(8)}${result.seconds.toFixed(1).padStart(7)} s  ${step.name}`);
const count = (state) => results.filter(({ result }) => result.state === state).length;
const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
console.log(`\n${count('passed')} passed, ${count('failed')} failed${skipped}`);
process.exit(count('failed') === 0 && count('passed') > 0 ? 0 : 1);
