/**
 * Installs the dependencies that the lockfile names, when they are not there yet. Built-in modules only.
 * Development dependencies come too, whatever NODE_ENV says: the build needs them. Install scripts are not needed.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashOf, isDone, markDone, must, root, say } from './lib.mjs';

// In node_modules, because whoever deletes that folder means to install anew.
const STAMP = 'node_modules/.redbag-installed';

export async function setup() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 20)) {
    say(`Node.js 20.20 or newer is needed; this is ${process.versions.node}.`);
    process.exit(3);
  }
  const wanted = hashOf(['package-lock.json', '.npmrc']);
  if (existsSync(join(root, 'node_modules')) && isDone(STAMP, wanted)) return;
  say('Installing dependencies (half a minute, once) …');
  await must(
    'npm',
    ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      stdout: 'ignore',
    },
  );
  markDone(STAMP, wanted);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await setup();
