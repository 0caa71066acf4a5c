/**
 * Our verdicts beside those of the HL7 validator, over a table of its public cases (FHIR/fhir-test-cases).
 * `node test/conformance/validator-cases.mjs [--data FOLDER] [--only NAME] [--all] [--json]`
 *
 * Printed: agreement of verdict, valid cases that we reject, invalid cases that we miss, by module; every disagreement
 * with its reason; and a stricter score, in which an invalid case counts only when one of our errors sits on an
 * element that the reference's errors name, or on its parent or child.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readText } from '../../dist/validation/text.js';
import { createValidator } from '../../dist/validation/validator.js';
import { EXPLAINED } from './explained.mjs';
import { isNear } from './places.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(here, '../../../shared/data/validator-cases') },
    only: { type: 'string' },
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const table = join(values.data, 'cases.json');
if (!existsSync(table)) {
  console.log(`skipped: no cases at ${table}`);
  process.exit(0);
}

const rows = JSON.parse(readFileSync(table, 'utf8')).filter(
  ({ name }) => values.only === undefined || name.includes(values.only),
);
const results = rows.map(judge);
if (values.json) console.log(JSON.stringify(results));
else print(results);
process.exitCode = results.some(
  ({ kind, name }) => kind === 'failed' || (kind === 'valid rejected' && EXPLAINED[name] === undefined),
)
  ? 1
  : 0;

/** A JSON file, with or without a byte order mark; undefined where there is none, as with some supporting files. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

/** One case: its verdict and the reference's. */
function judge(row) {
  const started = performance.now();
  const files = join(values.data, 'files');
  const present = (names) =>
    (names ?? []).map((name) => join(files, name)).filter((file) => read(file) !== undefined);
  const second = row.expected.profile === undefined ? undefined : row.profile;
  const claimed = present([...(row.profiles ?? []), ...(second === undefined ? [] : [second.source])]);
  const expected = row.expected[second === undefined ? 'base' : 'profile'];
  const about = { name: row.name, module: row.module, expected: expected.valid };
  const theirs = expected.issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  try {
    const validator = createValidator({
      packages: [...new Set([...present(row.supporting), ...present(second?.supporting), ...claimed])],
    });
    const profiles = claimed
      .map(read)
      .filter(({ resourceType }) => resourceType === 'StructureDefinition')
      .map(({ url }) => url);
    const { value, issues } = readText(readFileSync(join(files, row.file), 'utf8'));
    const found = value === undefined ? [] : validator.validate(value, { profiles }).issues;
    const all = [...issues, ...found];
    const outcome = {
      valid: !all.some(({ severity }) => severity === 'error' || severity === 'fatal'),
      issues: all,
    };
    const ours = outcome.issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
    const placed =
      outcome.valid === expected.valid &&
      (expected.valid ||
        theirs.some(({ expression }) =>
          (expression ?? []).some((at) => ours.some((issue) => isNear(issue.expression, at))),
        ));
    const kind =
      outcome.valid === expected.valid ? 'agrees' : expected.valid ? 'valid rejected' : 'invalid missed';
    return { ...about, kind, placed, ours, theirs, all: outcome.issues, ms: performance.now() - started };
  } catch (error) {
    return {
      ...about,
      kind: 'failed',
      placed: false,
      ours: [],
      theirs,
      all: [],
      error: String(error?.stack),
    };
  }
}

function print(results) {
  const modules = new Map();
  for (const result of results)
    modules.set(String(result.module), [...(modules.get(String(result.module)) ?? []), result]);
  const count = (list, kind) => list.filter((result) => result.kind === kind).length;
  const line = (name, list) =>
    `${name.padEnd(22)} ${String(list.length).padStart(5)} ${String(count(list, 'agrees')).padStart(7)} ` +
    `${String(count(list, 'valid rejected')).padStart(15)} ${String(count(list, 'invalid missed')).padStart(15)} ` +
    `${String(list.filter(({ placed }) => placed).length).padStart(9)}`;
  for (const result of results) {
    if (values.all || result.kind !== 'agrees') tell(result, '');
    else if (!result.placed) tell(result, 'agrees, but at another place: ');
  }
  console.log(`\n${'module'.padEnd(22)} cases  agrees  valid rejected  invalid missed  in place`);
  for (const [name, list] of [...modules].sort(([left], [right]) => (left < right ? -1 : 1)))
    console.log(line(name, list));
  console.log(line('all', results));
  const share = (part) => `${((100 * part) / results.length).toFixed(1)} %`;
  console.log(
    `agreement ${share(count(results, 'agrees'))}, in place ${share(results.filter(({ placed }) => placed).length)}`,
  );
}

function tell(result, prefix) {
  console.log(`\n${prefix || `${result.kind}: `}${result.name} (${result.module})`);
  if (EXPLAINED[result.name] !== undefined) console.log(`  why: ${EXPLAINED[result.name]}`);
  if (result.error !== undefined) console.log(`  ${result.error}`);
  for (const { severity, expression, rule, message } of values.all ? result.all : result.ours)
    console.log(`  ours    ${severity} ${expression} ${rule}: ${message}`);
  for (const { severity, expression, text } of result.theirs)
    console.log(`  theirs  ${severity} ${(expression ?? []).join(', ')}: ${text}`);
}
