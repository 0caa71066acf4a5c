import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { allIssueEntries, issueOf, SECTIONS } from '#src/intake/issues.js';
import { issuesDocument } from '#src/intake/issues-document.js';

const root = join(import.meta.dirname ?? '', '../..');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/^intake.issues\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, 'src', file), 'utf8') }));
const table = allIssueEntries();

t.test('every finding that a rule makes has its sentence', async (t) => {
  for (const { file, text } of sources) {
    for (const [, code] of text.matchAll(/\{\s*code: '([a-z0-9-]+)',\s*pointer\b/g)) {
      t.ok(table.has(String(code)), `${code} of ${file}`);
    }
  }
});

t.test('every sentence is said somewhere', async (t) => {
  const all = sources.map(({ text }) => text).join('\n');
  const beginnings = [...all.matchAll(/code: `([a-z0-9-]+)\$\{/g)].map((m) => String(m[1]));
  for (const code of table.keys()) {
    t.ok(all.includes(`'${code}'`) || beginnings.some((b) => code.startsWith(b)), code);
  }
});

t.test('a code stands in one section only, and its sentence asks for named values', async (t) => {
  const codes = Object.values(SECTIONS).flatMap((section) => Object.keys(section));
  t.equal(new Set(codes).size, codes.length);
  for (const [code, { sentence, mend, rule }] of table) {
    t.match(code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.match(sentence, /[.}]$/, code);
    t.match(mend, /[.}]$/, code);
    t.ok(rule.length > 3, code);
    t.notMatch(issueOf({ code, pointer: '' }).message, /\{\w+\}|undefined/);
  }
});

t.test('docs/issues.md is what the table says (node scripts/issues-doc.mjs)', async (t) => {
  t.equal(readFileSync(join(root, 'docs/issues.md'), 'utf8'), issuesDocument());
});
