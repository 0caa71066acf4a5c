/** One engine in a process of its own. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const CHILD = new URL('child.mjs', import.meta.url).pathname;

/** Takes an engine's name, the document and folders of definitions; gives what it told of its start, and how to ask it. */
export async function openEngine(name, file, packages) {
  const child = spawn(process.execPath, [CHILD, name, file, packages.join(',')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended with ${child.exitCode}`);
    return JSON.parse(value);
  };
  return {
    first: await next(),
    ask(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return next();
    },
    close: () => child.stdin.end(),
  };
}
