import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';

const root = join(import.meta.dirname ?? '', '../..');

t.test('the lockfile names every package for every platform, or npm ci refuses it', async (t) => {
  interface Entry {
    dependencies?: Record<string, string>;
    optionalDependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
    version?: string;
  }
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Entry>;
  };
  const found = (from: string, name: string): boolean => {
    for (let at = from; ; at = at.slice(0, at.lastIndexOf('/node_modules/'))) {
      if (lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]?.version !== undefined)
        return true;
      if (!at.includes('/node_modules/')) return lock.packages[`node_modules/${name}`]?.version !== undefined;
    }
  };
  const missing: string[] = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    const names = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.devDependencies };
    for (const name of Object.keys(names)) if (!found(path, name)) missing.push(`${name} of ${path}`);
  }
  t.same(missing, []);
});

t.test('steps are done once, and what lost its source is taken away', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'redbag-scripts-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  for (const made of ['scripts', 'src/sub', 'dist/sub', 'dist/validation/compiled'])
    mkdirSync(join(folder, made), { recursive: true });
  for (const script of ['lib.mjs', 'build.mjs', 'setup.mjs']) {
    writeFileSync(join(folder, 'scripts', script), readFileSync(join(root, 'scripts', script)));
  }
  for (const file of [
    'src/a.ts',
    'src/sub/b.ts',
    'dist/a.js',
    'dist/a.js.map',
    'dist/a.d.ts',
    'dist/sub/b.js',
    'dist/sub/gone.js',
    'dist/sub/gone.d.ts',
    'dist/sub/gone.js.map',
    'dist/validation/compiled/x.js',
  ]) {
    writeFileSync(join(folder, file), '');
  }
  const run = (code: string): string => {
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder,
      encoding: 'utf8',
    });
    t.equal(done.stderr, '');
    return done.stdout;
  };
  const said = run(`
    import { filesBelow, hashOf, isDone, markDone } from './scripts/lib.mjs';
    import { removeStale } from './scripts/build.mjs';
    removeStale('src', 'dist');
    const before = hashOf(filesBelow('src'));
    markDone('.build/x', before);
    const { writeFileSync } = await import('node:fs');
    const first = isDone('.build/x', hashOf(filesBelow('src')));
    writeFileSync('src/a.ts', 'changed');
    console.log(JSON.stringify([first, isDone('.build/x', hashOf(filesBelow('src'))), filesBelow('src')]));
  `);
  t.same(JSON.parse(said), [true, false, ['src/a.ts', 'src/sub/b.ts']]);
  for (const kept of [
    'dist/a.js',
    'dist/a.js.map',
    'dist/a.d.ts',
    'dist/sub/b.js',
    'dist/validation/compiled/x.js',
  ])
    t.ok(existsSync(join(folder, kept)), kept);
  for (const gone of ['dist/sub/gone.js', 'dist/sub/gone.d.ts', 'dist/sub/gone.js.map'])
    t.notOk(existsSync(join(folder, gone)), gone);
});
