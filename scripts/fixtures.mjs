/**
 * Makes what lies beside each Red Bag of fixtures/: `bundle.json`, the document, and `pdf.txt`, the words that the press
 * drew on each of its pages. `node scripts/fixtures.mjs` writes them; `--check` fails when one differs, or when
 * a bag gives other issues than its `issues.json` says; `--issues` takes the present issues as those expected.
 * Arguments name single fixtures. Needs `npm run build`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, say } from './lib.mjs';
import { pageWords } from './page-words.mjs';

const FOLDER = join(root, 'fixtures');
const BROKEN = 'broken';

const dist = (path) => import(pathToFileURL(join(root, 'dist', path)).href);
const [
  { checkPackage },
  { forms },
  { attachmentFindings },
  { createInspection },
  { makeDocument },
  { layOut },
  { redBag },
  { bagIdOf },
  { changesSince },
  { createValidator },
  { render },
] = await Promise.all(
  [
    'maker.js',
    'forms/index.js',
    'transfer/attachment-content.js',
    'transfer/inspection.js',
    'transfer/making.js',
    'transfer/pages.js',
    'transfer/red-bag.js',
    'transfer/identity.js',
    'transfer/changes.js',
    'validation/validator.js',
    'print/render.js',
  ].map(dist),
);

/** The clock of the check: long after every fixture, so that none lies in the future. */
const NOW = '2026-12-01T00:00:00Z';
const validator = await createValidator();
const inspect = createInspection({
  check: checkPackage,
  checkAttachments: (sent) => attachmentFindings(sent, forms),
  demonstration: true,
});

/** The fixtures by name: `{ name, versions }`, each version `{ file, suffix }` in order. */
export function fixtures() {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== BROKEN && entry.name !== 'media')
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, versions: versionsOf(join(FOLDER, name)) }));
}

function versionsOf(folder) {
  const suffixes = ['', '.v2', '.v3'].filter((s) => existsSync(join(folder, `red-bag${s}.json`)));
  return suffixes.map((suffix) => ({
    bag: join(folder, `red-bag${suffix}.json`),
    bundle: join(folder, `bundle${suffix}.json`),
    pages: join(folder, `pdf${suffix}.txt`),
    issues: join(folder, `issues${suffix}.json`),
  }));
}

/** The broken packages: `{ name, bytes, expected }`. */
export function broken() {
  const folder = join(FOLDER, BROKEN);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.issues.json'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.json'.length),
      bytes: readFileSync(join(folder, file)),
      expected: join(folder, file.replace(/\.json$/, '.issues.json')),
    }));
}

/** What the check says of bytes, as `issues.json` has it. */
export async function issuesOf(bytes) {
  return briefly(await inspect(bytes, NOW));
}

const briefly = ({ issues }) => issues.map(({ severity, code, pointer }) => ({ severity, code, pointer }));

/** Makes all versions of a fixture, in order. Throws when one is refused or its document is invalid. */
export async function make({ name, versions }) {
  const made = [];
  for (const [i, version] of versions.entries()) {
    const inspected = await inspect(readFileSync(version.bag), NOW);
    if (inspected.kind !== 'good')
      throw new Error(`fixtures/${name} is refused: ${JSON.stringify(briefly(inspected), undefined, 1)}`);
    const bagId = bagIdOf(inspected.sent);
    const options = { kind: redBag, validator, demonstration: true };
    const { prepared, document } = makeDocument(options, inspected, bagId, i + 1);
    const before = made.at(-1)?.sent;
    const changes = before === undefined ? [] : changesSince(redBag.schema, before, inspected.sent);
    const pages = layOut(redBag, prepared, { bagId, version: i + 1, demonstration: true, changes });
    const { drawn } = await render(pages, { report: true });
    made.push({
      version,
      sent: inspected.sent,
      prepared,
      document,
      printed: pages,
      drawn,
      files: { [version.bundle]: json(document.bundle), [version.pages]: pageWords(drawn) },
      issues: json(briefly(inspected)),
    });
  }
  return made;
}

export const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

async function main(args) {
  const check = args.includes('--check');
  const takeIssues = args.includes('--issues');
  const named = args.filter((arg) => !arg.startsWith('-'));
  const faults = [];
  const judge = (path, text, write) => {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
    if (write) writeFileSync(path, text);
    else faults.push(`${path.slice(root.length + 1)} is not what the bag gives`);
  };
  for (const fixture of fixtures().filter(({ name }) => named.length === 0 || named.includes(name))) {
    for (const { version, files, issues } of await make(fixture)) {
      for (const [path, text] of Object.entries(files)) judge(path, text, !check);
      judge(version.issues, issues, takeIssues);
    }
  }
  for (const { bytes, expected } of named.length === 0 ? broken() : [])
    judge(expected, json(await issuesOf(bytes)), takeIssues);
  for (const fault of faults) say(fault);
  return faults.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await main(process.argv.slice(2));
}
