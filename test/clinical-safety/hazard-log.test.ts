/**
 * The hazard log is true: each hazard is told whole, its controls and tests are there under the names given, and the
 * documents that lead to it do.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';

const root = join(import.meta.dirname ?? '', '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const LOG = 'docs/clinical-safety/hazard-log.md';
const PARTS = ['Cause', 'Effect', 'Control', 'Tests', 'Remains', 'State'];
const STATES = ['controlled', 'open in part', 'open'];

interface Hazard {
  readonly id: string;
  readonly title: string;
  readonly parts: ReadonlyMap<string, string>;
  readonly files: readonly string[];
  readonly tests: readonly { file: string; name: string }[];
}

function hazards(log: string): Hazard[] {
  return log
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const body = section.split(/^## /m)[0] ?? '';
      const [, id = '', title = ''] = /^(\S+) (.+)$/m.exec(body) ?? [];
      const parts = new Map(
        body
          .split(/^- \*\*/m)
          .slice(1)
          .map((part): [string, string] => {
            const [name = '', words = ''] = part.split(/:\*\*/);
            return [name, words.replace(/^ /, '').trimEnd()];
          }),
      );
      const files = [...(parts.get('Control') ?? '').matchAll(/^ {2}- `([^`]+)`$/gm)];
      const tests = [...(parts.get('Tests') ?? '').matchAll(/^ {2}- `([^`]+)`: (.+)$/gm)];
      return {
        id,
        title,
        parts,
        files: files.map((m) => String(m[1])),
        tests: tests.map((m) => ({ file: String(m[1]), name: String(m[2]) })),
      };
    });
}

/** Names of the tests in a source, as they are written there; `${name}` of a template stays as it is. */
function testNames(source: string): Set<string> {
  const found = source.matchAll(/\btest\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`)/g);
  return new Set([...found].map(([, a, b, c]) => (a ?? b ?? c ?? '').replaceAll(/\\(['"])/g, '$1')));
}

const all = hazards(read(LOG));

t.test('every hazard is told whole, under a number of its own', async (t) => {
  t.ok(all.length > 60);
  t.equal(new Set(all.map((h) => h.id)).size, all.length);
  for (const { id, title, parts } of all) {
    t.match(id, /^HAZ-\d\d$/);
    t.ok(title.length > 5, id);
    t.same([...parts.keys()], PARTS, id);
    for (const [name, words] of parts) t.ok(words.length > 3, `${id} ${name}`);
    t.ok(STATES.includes(parts.get('State') ?? ''), `${id}: ${parts.get('State')}`);
  }
});

t.test('every control and every test of the log is there', async (t) => {
  for (const { id, files, tests, parts } of all) {
    t.ok(files.length > 0, `${id} names the files of its control`);
    for (const file of files) t.ok(file.startsWith('src/') && existsSync(join(root, file)), `${id}: ${file}`);
    t.ok(tests.length > 0, `${id} has a test`);
    const lines = (parts.get('Tests') ?? '').split('\n').filter((line) => line.trim() !== '');
    t.equal(lines.length, tests.length, `${id}: each line names a file and a test`);
    for (const { file, name } of tests) {
      const there = existsSync(join(root, file)) ? testNames(read(file)) : new Set();
      t.ok(there.has(name), `${id}: ${file}: ${name}`);
    }
  }
});

t.test('a test that is not there is noticed', async (t) => {
  const source = `t.test('it\\'s one', f); t.test(\n  "two", f); test(\`\${name}: three\`, f); // 'four'`;
  t.same([...testNames(source)], ["it's one", 'two', `\${name}: three`]);
});

t.test('readers are led here, and told that nobody has reviewed it', async (t) => {
  t.match(read(LOG), /not been reviewed by a Clinical Safety Officer/);
  for (const file of ['README.md', 'docs/README.md'])
    t.match(read(file), /clinical-safety\/hazard-log\.md/, file);
});
