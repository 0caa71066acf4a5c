/**
 * The table of small resources in test/validation/differential before the reference, whose verdict must be the row's
 * own or the row must say why not. Our verdicts on the same table are the business of `npm test`.
 * `node test/conformance/differential.mjs [WORD…]` looks at the rows whose names hold one of the words.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFINITIONS, TABLE } from '../../dist-test/validation/differential/index.js';
import { startValidator, width } from './support/oracle.mjs';

const words = process.argv.slice(2);
const rows = Object.values(TABLE)
  .flat()
  .filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

const folder = mkdtempSync(path.join(tmpdir(), 'redbag-rows-'));
DEFINITIONS.forEach((definition, place) => {
  writeFileSync(path.join(folder, `${place}.json`), JSON.stringify(definition));
});

const told = { agree: 0, explained: 0, unexplained: 0, outdated: 0 };

function tell({ name, valid, reference: reason }, verdict) {
  if (verdict.valid === valid) {
    if (reason === undefined) told.agree++;
    else {
      told.outdated++;
      console.log(`"${name}": the reference agrees, so the reason given for its difference is out of date`);
    }
    return;
  }
  if (reason !== undefined) {
    told.explained++;
    return;
  }
  told.unexplained++;
  console.log(`"${name}" is ${valid ? 'valid' : 'invalid'}, says the table; the reference says otherwise:`);
  for (const { severity, path: at, message } of verdict.issues.slice(0, 5))
    console.log(`    ${severity} ${at}: ${message}`);
}

let reference;
try {
  reference = await startValidator([folder]);
  const queue = [...rows];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
        const text = typeof row.resource === 'string' ? row.resource : JSON.stringify(row.resource);
        tell(row, await reference.validate(text, row.profile === undefined ? [] : [row.profile]));
      }
    }),
  );
} finally {
  await reference?.stop();
  rmSync(folder, { recursive: true, force: true });
}
const reasons = new Map();
for (const { reference: reason } of rows)
  if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
console.log(
  `${rows.length} rows: the reference agrees with ${told.agree}, differs for a reason in ${told.explained}, without one in ${told.unexplained}`,
);
for (const [reason, count] of [...reasons].sort(([, left], [, right]) => right - left))
  console.log(`  ${count} × ${reason}`);
process.exitCode = told.unexplained + told.outdated === 0 ? 0 : 1;
