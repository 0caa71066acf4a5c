/** Compiles src to dist and the FHIR definitions for the validator, each when what it is made from has changed. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesBelow, hashOf, isDone, markDone, must, root, say } from './lib.mjs';
import { setup } from './setup.mjs';

const STAMP = '.build/src';

export async function build() {
  const sources = filesBelow('src');
  const wanted = hashOf(['tsconfig.json', 'package.json', 'package-lock.json', ...sources]);
  if (!existsSync(join(root, 'dist')) || !isDone(STAMP, wanted)) {
    say('Compiling …');
    removeStale('src', 'dist');
    await must(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
    markDone(STAMP, wanted);
  }
  // Knows by itself whether anything changed.
  if (existsSync(join(root, 'scripts/definitions.mjs'))) {
    await must(process.execPath, ['scripts/definitions.mjs'], { stdout: 'ignore' });
  }
}

/** Takes away what was compiled from a source that is gone: it would still be found, and run. */
export function removeStale(from, to) {
  const sources = new Set(
    filesBelow(from).map((file) => file.replace(/(\.d)?\.tsx?$/, '').slice(from.length + 1)),
  );
  for (const file of filesBelow(to)) {
    const match = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(file.slice(to.length + 1));
    if (match !== null && !KEPT.test(file) && !sources.has(match[1])) rmSync(join(root, file));
  }
}

/** Made by other steps than tsc. */
const KEPT = /^dist\/validation\/compiled\//;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setup();
  await build();
}
