/**
 * Makes `profiles/`: the FSH of choice lists and Questionnaires from the papers' schemas (profiles/fsh/generated),
 * then everything in profiles/fsh compiled by SUSHI to differential JSON (profiles/compiled). Both are committed;
 * `--check` writes nothing and fails when they are not what the sources give.
 *
 * SUSHI works offline: its package cache is built from the npm package hl7.fhir.r4.examples, under a HOME of its own,
 * because it knows no other way to be told where the cache is.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const fsh = join(root, 'profiles/fsh');
const compiled = join(root, 'profiles/compiled');
const check = process.argv.includes('--check');

const { generatedFsh } = await import('../dist/profiles/fsh.js');

/** R4 core as SUSHI wants to find it: one file a definition, and a package.json. */
function sushiHome() {
  const home = join(root, '.build/sushi-home');
  const folder = join(home, '.fhir/packages/hl7.fhir.r4.core#4.0.1/package');
  if (existsSync(join(folder, 'package.json'))) return home;
  const examples = join(root, 'node_modules/hl7.fhir.r4.examples');
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(examples)) {
    if (/^(StructureDefinition|ValueSet|CodeSystem)-.*\.json$/.test(file))
      cpSync(join(examples, file), join(folder, file));
  }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'hl7.fhir.r4.core',
      version: '4.0.1',
      fhirVersions: ['4.0.1'],
      type: 'fhir.core',
    }),
  );
  return home;
}

/** Runs SUSHI over a copy; gives the definitions by file name. */
function compile(sources) {
  const work = mkdtempSync(join(tmpdir(), 'redbag-fsh-'));
  try {
    cpSync(join(fsh, 'sushi-config.yaml'), join(work, 'sushi-config.yaml'));
    mkdirSync(join(work, 'input/fsh'), { recursive: true });
    for (const [name, text] of sources)
      writeFileSync(join(work, 'input/fsh', name.replaceAll('/', '-')), text);
    let log;
    try {
      log = execFileSync(
        process.execPath,
        [join(root, 'node_modules/fsh-sushi/dist/app.js'), 'build', work],
        {
          env: { ...process.env, HOME: sushiHome(), FPL_REGISTRY: 'http://127.0.0.1:9' },
          encoding: 'utf8',
          maxBuffer: 1 << 28,
        },
      );
    } catch (error) {
      throw new Error(`SUSHI failed:\n${error.stdout ?? error.message}`);
    }
    const errors = /(\d+) Errors?/.exec(log)?.[1] ?? '0';
    if (errors !== '0' || /^error /m.test(log)) throw new Error(`SUSHI found errors:\n${log}`);
    const out = join(work, 'fsh-generated/resources');
    return new Map(readdirSync(out).map((f) => [f, readFileSync(join(out, f), 'utf8')]));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const readTree = (folder, ending) =>
  new Map(
    (existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
      .filter((f) => f.endsWith(ending))
      .sort()
      .map((f) => [f.replaceAll('\\', '/'), readFileSync(join(folder, f), 'utf8')]),
  );

function drift(wanted, found, where) {
  const names = new Set([...wanted.keys(), ...found.keys()]);
  return [...names].filter((n) => wanted.get(n) !== found.get(n)).map((n) => `${where}/${n}`);
}

const generated = generatedFsh();
const written = new Map([...readTree(fsh, '.fsh')].filter(([name]) => !name.startsWith('generated/')));
const sources = new Map([...written, ...[...generated].map(([n, text]) => [`generated/${n}`, text])]);
const definitions = compile(sources);

if (check) {
  const changed = [
    ...drift(generated, readTree(join(fsh, 'generated'), '.fsh'), 'profiles/fsh/generated'),
    ...drift(definitions, readTree(compiled, '.json'), 'profiles/compiled'),
  ];
  if (changed.length > 0) {
    console.error(`Not what the sources give (run: npm run profiles):\n${changed.join('\n')}`);
    process.exit(1);
  }
  console.log(`profiles: ${definitions.size} definitions are what their sources give`);
} else {
  for (const [folder, files] of [
    [join(fsh, 'generated'), generated],
    [compiled, definitions],
  ]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
  }
  console.log(`profiles: ${definitions.size} definitions written to profiles/compiled`);
}
