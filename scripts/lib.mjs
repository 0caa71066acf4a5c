/** What the scripts share; built-in modules only, because they run before anything is installed. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Words for the person go to stderr: stdout belongs to what is run. */
export const say = (text) => process.stderr.write(`${text}\n`);

/**
 * Runs a program to its end. A signal that ends this process ends the program too.
 * `stdout`: 2 (its words go to stderr), 'ignore' or 'inherit'.
 * @returns its exit code
 */
export function run(command, args, { stdout = 2, cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', stdout, 2],
      shell: process.platform === 'win32',
    });
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
    const pass = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    const done = () => {
      for (const signal of signals) process.off(signal, pass);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      if (signal !== null) process.exit(130);
      resolve(code ?? 1);
    });
  });
}

/** Runs a program and ends this process with its code when it fails. */
export async function must(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) {
    say(`${[command, ...args].join(' ')} failed (${code})`);
    process.exit(code);
  }
}

/** Files below a folder, sorted, as paths from the root. */
export function filesBelow(folder) {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** One hash over names and contents. */
export function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    if (!existsSync(join(root, file))) continue;
    hash.update(`${file}\0${statSync(join(root, file)).size}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** True when the stamp holds this value: the step was done for the same input. */
export function isDone(stamp, value) {
  const path = join(root, stamp);
  return existsSync(path) && readFileSync(path, 'utf8') === value;
}

export function markDone(stamp, value) {
  const path = join(root, stamp);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, value);
}
