/**
 * Our verdicts on the examples of UK Core and of IHE MHD beside those of the reference, which is run here (Java 17) or
 * read from where its last run left them.
 * `node test/conformance/uk-core.mjs [--data FOLDER] [--oracle PROGRAM] [--fresh] [--all]`
 *
 * Printed: agreement of verdict, and each difference with both sides' errors and its reason.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createValidator } from '../../dist/validation/validator.js';
import { EXPLAINED_EXAMPLES } from './explained.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const shared = join(here, '../../../shared');
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(shared, 'data') },
    oracle: { type: 'string', default: join(shared, 'oracle/oracle') },
    fresh: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const definitions = ['uk-core/profiles', 'uk-core/terminology', 'mhd/definitions'].map((part) =>
  join(values.data, part),
);
const examples = ['uk-core/examples', 'mhd/examples'].map((part) => join(values.data, part));
const missing = [...definitions, ...examples].filter((folder) => !existsSync(folder));
if (missing.length > 0) {
  console.log(`skipped: not there: ${missing.join(', ')}`);
  process.exit(0);
}

const started = performance.now();
const validator = createValidator({ packages: definitions, elsewhere: [] });
const files = examples.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json') && (values.only === undefined || name.includes(values.only)))
    .map((name) => join(folder, name)),
);
const ours = files.map((file) => ({ file, ...judge(file) }));
console.log(`${files.length} examples checked in ${Math.round(performance.now() - started)} ms`);
const theirs = oracleVerdicts();
let failed = false;
for (const part of examples) tell(part);
process.exitCode = failed ? 1 : 0;

function judge(file) {
  try {
    return validator.validate(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    failed = true;
    return {
      valid: false,
      issues: [{ severity: 'fatal', expression: '', rule: 'failed', message: String(error?.stack) }],
    };
  }
}

/** The reference's verdicts by file name; undefined where it cannot be run. */
function oracleVerdicts() {
  const kept = join(here, '../../.build/oracle-examples.jsonl');
  if (values.fresh || !existsSync(kept)) {
    if (!existsSync(values.oracle)) return undefined;
    const args = ['validate', ...definitions.flatMap((folder) => ['--definitions', folder]), ...examples];
    const { stdout, status } = spawnSync(values.oracle, args, {
      encoding: 'utf8',
      maxBuffer: 512 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (status !== 0 && status !== 1) return undefined;
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, stdout);
  }
  const lines = readFileSync(kept, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'));
  return new Map(lines.map((line) => JSON.parse(line)).map((verdict) => [basename(verdict.file), verdict]));
}

function tell(folder) {
  const list = ours.filter(({ file }) => dirname(file) === folder);
  const counts = { agree: 0, rejected: 0, missed: 0 };
  for (const { file, valid, issues } of list) {
    const name = basename(file);
    const verdict = theirs?.get(name);
    if (verdict === undefined) continue;
    if (verdict.valid === valid) counts.agree++;
    else if (valid) counts.missed++;
    else counts.rejected++;
    if (verdict.valid === valid && !values.all) continue;
    console.log(
      `\n${verdict.valid === valid ? 'agrees' : valid ? 'invalid missed' : 'valid rejected'}: ${name}`,
    );
    if (EXPLAINED_EXAMPLES[name] !== undefined) console.log(`  why: ${EXPLAINED_EXAMPLES[name]}`);
    for (const issue of issues.filter(isError))
      console.log(`  ours    ${issue.expression} ${issue.rule}: ${issue.message}`);
    for (const issue of verdict.issues.filter(isError))
      console.log(`  theirs  ${issue.path} ${issue.id}: ${issue.message}`);
  }
  const name = basename(dirname(folder));
  if (theirs === undefined) {
    console.log(
      `${name}: ${list.filter(({ valid }) => valid).length} of ${list.length} valid; the reference is not here to compare`,
    );
  } else {
    console.log(
      `\n${name}: ${list.length} examples, ${counts.agree} agree, ${counts.rejected} valid rejected, ${counts.missed} invalid missed`,
    );
  }
}

function isError({ severity }) {
  return severity === 'error' || severity === 'fatal';
}
