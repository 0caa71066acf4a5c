/** Writes docs/issues.md from the table of issues (src/intake/issues.ts, compiled). With --check only compares. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issuesDocument } from '../dist/intake/issues-document.js';
import { root, say } from './lib.mjs';

const path = join(root, 'docs/issues.md');
const text = issuesDocument();
const same = existsSync(path) && readFileSync(path, 'utf8') === text;
if (process.argv.includes('--check')) {
  if (!same) say('docs/issues.md is not what the table says: run node scripts/issues-doc.mjs');
  process.exitCode = same ? 0 : 1;
} else if (!same) {
  writeFileSync(path, text);
  say('docs/issues.md written');
}
