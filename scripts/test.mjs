/**
 * `npm test`: sets up what is missing, compiles the tests and runs them. Arguments name single test files, as sources
 * or compiled (`npm test test/intake/intake.test.ts`); what begins with a dash goes to tap.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, removeStale } from './build.mjs';
import { filesBelow, hashOf, isDone, markDone, must, root, run, say } from './lib.mjs';
import { setup } from './setup.mjs';

const STAMP = '.build/test';

await setup();
await build();
const wanted = hashOf(['.build/src', 'test/tsconfig.json', ...filesBelow('test')]);
if (!existsSync(join(root, 'dist-test')) || !isDone(STAMP, wanted)) {
  say('Compiling the tests …');
  removeStale('test', 'dist-test');
  await must(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.json']);
  markDone(STAMP, wanted);
}
const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('-')).map(compiled);
const files = named.length > 0 ? named : filesBelow('dist-test').filter((file) => file.endsWith('.test.js'));
const options = args.filter((arg) => arg.startsWith('-'));
const tap = ['node_modules/tap/dist/esm/run.mjs', 'run', '--disable-coverage', ...options, ...files];
process.exitCode = await run(process.execPath, tap, { stdout: 'inherit' });

function compiled(file) {
  return file.replace(/^(\.\/)?test\//, 'dist-test/').replace(/\.ts$/, '.js');
}
