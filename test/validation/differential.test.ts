/** Over a thousand small resources, each with one fault or one trap: the verdicts that they must have. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { readText } from '#src/validation/text.js';
import { createValidator } from '#src/validation/validator.js';
import { DEFINITIONS, TABLE } from './differential/index.js';
import type { Row } from './differential/table.js';

const folder = mkdtempSync(path.join(tmpdir(), 'redbag-rows-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
DEFINITIONS.forEach((definition, place) => {
  writeFileSync(path.join(folder, `${place}.json`), JSON.stringify(definition));
});
const validator = createValidator({ packages: [folder] });

/** What is wrong with a row's resource, as JSON text or as the value that it is. */
function errorsOf({ resource, profile }: Row): string[] {
  const read = typeof resource === 'string' ? readText(resource) : { value: resource, issues: [] };
  const options = profile === undefined ? {} : { profiles: [profile] };
  const found = read.value === undefined ? [] : validator.validate(read.value, options).issues;
  return [...read.issues, ...found]
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ rule, expression, message }) => `${rule} ${expression}: ${message}`);
}

t.test('no two rows have one name', async (t) => {
  const names = Object.values(TABLE).flatMap((rows) => rows.map(({ name }) => name));
  t.strictSame(names, [...new Set(names)]);
  t.ok(names.length > 1000);
});

for (const [about, rows] of Object.entries(TABLE)) {
  t.test(about, async (t) => {
    for (const row of rows) {
      const errors = errorsOf(row);
      if (row.valid) t.strictSame(errors, [], row.name);
      else t.ok(errors.length > 0, row.name);
      if (row.rule !== undefined)
        t.ok(
          errors.some((error) => error.startsWith(`${row.rule} `)),
          row.name,
        );
    }
  });
}
