/**
 * Programs that a conformance script starts: each is ended by its pid, however the script ends. Addresses are
 * loopback; folders are temporary.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Reference data and programs beside the project. */
export const shared = join(root, '..', 'shared');

/** Each with the signal that ends it when the script ends first. */
const children = new Map();
const folders = new Set();

process.on('exit', () => {
  for (const [child, signal] of children) child.kill(signal);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** A folder that is gone when the script ends. */
export function temporary(name) {
  const folder = mkdtempSync(join(tmpdir(), `redbag-${name}-`));
  folders.add(folder);
  return folder;
}

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a program that serves and waits for what it says when it is ready.
 * @param ready pattern in its output
 * @param lastSignal what it gets when this script ends before it: a program with children of its own needs SIGTERM
 * @returns `{ match, pid, output(), stop() }`; `stop` sends SIGTERM and gives the exit code, or the signal's name
 */
export async function serve(
  name,
  command,
  args,
  { ready, env = process.env, cwd = root, uid, gid, limit = 180, lastSignal = 'SIGKILL' },
) {
  const child = spawn(command, args, { env, cwd, uid, gid, stdio: ['ignore', 'pipe', 'pipe'] });
  children.set(child, lastSignal);
  let said = '';
  const gone = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code ?? signal));
  }).then((how) => {
    children.delete(child);
    return how;
  });
  const match = await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${name} ${why}:\n${said.slice(-3000)}`));
    const timer = setTimeout(() => fail(`was not ready in ${limit} s`), limit * 1000);
    const hear = (text) => {
      said += text;
      const found = ready.exec(said);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear);
    gone.then((how) => {
      clearTimeout(timer);
      fail(`ended before it was ready (${how})`);
    });
  });
  const stop = async (signal = 'SIGTERM') => {
    if (children.has(child)) child.kill(signal);
    return gone;
  };
  return { match, pid: child.pid, output: () => said, stop };
}

/** Runs a program to its end, or until `limit` seconds are over. @returns `{ code, out, all }` */
export function run(command, args, { env = process.env, cwd = root, input, uid, gid, limit } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      cwd,
      uid,
      gid,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    children.set(child, 'SIGTERM');
    let [out, all] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
      all += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      all += text;
    });
    child.stdin?.end(input);
    const timer = limit === undefined ? undefined : setTimeout(() => child.kill('SIGTERM'), limit * 1000);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      children.delete(child);
      resolve({ code: code ?? signal, out, all });
    });
  });
}

/** Does `work` for every item, `width` of them at once; results in the items' order. */
export async function together(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i], i);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

/** Asks again and again until the answer is not undefined. */
export async function until(what, ask, limit = 120) {
  const end = Date.now() + limit * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what}: not in ${limit} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
