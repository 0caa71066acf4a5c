/** What the documentation lists is what the code has: settings, outcomes, states, codes, files that links lead to. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { VARIABLES } from '#src/config.js';
import { OUTCOMES } from '#src/delivery/retry-contract.js';
import { forms } from '#src/forms/index.js';
import { BAG_STATUSES } from '#src/http/care-home/query.js';
import { PROBLEMS } from '#src/http/problem.js';
import { READING_LIMITS } from '#src/intake/parse.js';
import { formats } from '#src/mapping/formats.js';
import { EXAMPLE_HOSPITALS } from '#src/sandbox/faults.js';
import { packageSchema } from '#src/transfer/red-bag.js';

const root = join(import.meta.dirname ?? '', '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const pages = [
  'README.md',
  'CHANGELOG.md',
  'profiles/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
].filter((file) => existsSync(join(root, file)));

t.test('every link leads to a file', async (t) => {
  for (const page of pages) {
    // Code blocks may hold what looks like a link.
    const text = read(page).replaceAll(/^```[\s\S]*?^```/gm, '');
    for (const [, to = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(to)) continue;
      t.ok(existsSync(join(root, dirname(page), to)), `${page}: ${to}`);
    }
  }
});

t.test('docs/operate.md tells every setting, and no other', async (t) => {
  const text = read('docs/operate.md');
  const told = new Set([...text.matchAll(/^\| `(REDBAG_[A-Z_]+)`/gm)].map((m) => m[1]));
  t.same([...told].sort(), Object.keys(VARIABLES).sort());
  t.match(text, READING_LIMITS.values.toLocaleString('en-GB'));
});

t.test('docs/integrate.md tells every status, outcome, error and example hospital', async (t) => {
  const text = read('docs/integrate.md');
  for (const status of BAG_STATUSES) t.ok(text.includes(`| \`${status}\` |`), status);
  for (const outcome of Object.keys(OUTCOMES)) t.ok(text.includes(`\`${outcome}\``), outcome);
  for (const { status } of Object.values(PROBLEMS)) {
    if (status !== 431) t.match(text, new RegExp(`\\b${status}\\b`), String(status));
  }
  for (const { odsCode, does } of EXAMPLE_HOSPITALS)
    t.ok(text.includes(`| \`${odsCode}\` | ${does} |`), odsCode);
  for (const member of Object.keys((packageSchema as unknown as { properties: object }).properties)) {
    t.ok(text.includes(`\`${member}\``), member);
  }
});

t.test('docs/forms.md tells every format and what a wrong value of it means, and every paper', async (t) => {
  const text = read('docs/forms.md');
  for (const [name, { says, content }] of Object.entries(formats)) {
    const means = content ? '*urgent*: NOT UNDERSTOOD' : 'is refused';
    t.ok(text.includes(`| \`${name}\` | ${says} | ${means}`), name);
  }
  for (const form of forms) t.match(text, new RegExp(`^## .*\\(\`${form.member}\``, 'm'), form.member);
});

t.test('the README brings Betty’s bag and names both addresses as they are', async (t) => {
  const text = read('README.md');
  t.match(text, '--data-binary @fixtures/betty/red-bag.json http://127.0.0.1:8080/red-bags');
  t.match(text, 'http://127.0.0.1:8081/');
  const examples = readdirSync(join(root, 'fixtures'), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(join(root, 'fixtures', entry.name, 'red-bag.json')),
  );
  t.ok(examples.length >= 20, 'twenty whole example bags');
});
