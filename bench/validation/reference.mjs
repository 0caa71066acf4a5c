/** The reference validator (HAPI's), kept warm behind its own HTTP: a millisecond or so of its times is that. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const OURS = new URL('../../profiles/compiled', import.meta.url).pathname;
/** Its compiler needs some time before its times are what they stay. */
const WARM_RUNS = 60;
const WARM_MILLISECONDS = 30_000;
const START_LIMIT = 180_000;

/** Takes its command, folders of definitions (beside ours) and the document's text; gives it when it has judged once. */
export async function openReference(command, folders, text) {
  const from = performance.now();
  const definitions = [OURS, ...folders].flatMap((folder) => ['--definitions', folder]);
  const child = spawn(command, ['http', ...definitions, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const limit = setTimeout(() => child.kill(), START_LIMIT);
  let port;
  for await (const line of createInterface({ input: child.stdout })) {
    port = /"ready":true,"port":(\d+)/.exec(line)?.[1];
    if (port !== undefined) break;
  }
  clearTimeout(limit);
  if (port === undefined) throw new Error('the reference did not start');
  child.stdout.resume();
  const validate = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/validate`, { method: 'POST', body: text });
    return answer.json();
  };
  const verdict = await validate();
  const start = performance.now() - from;
  const turn = async (milliseconds, least = 3) => {
    const times = [];
    const began = performance.now();
    while (performance.now() - began < milliseconds || times.length < least) {
      const before = performance.now();
      await validate();
      times.push(performance.now() - before);
    }
    return times;
  };
  let memory = 0;
  return {
    first: { start, rss: megabytes(child.pid), errors: verdict.errors },
    get memory() {
      return memory;
    },
    async warm() {
      const began = performance.now();
      for (let run = 0; run < WARM_RUNS && performance.now() - began < WARM_MILLISECONDS; run++)
        await validate();
    },
    turn,
    async stop() {
      memory = megabytes(child.pid);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

/** What a process holds, where the system tells. */
function megabytes(pid) {
  try {
    const kilobytes = /VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return (Number(kilobytes) * 1024) / 1e6;
  } catch {
    return Number.NaN;
  }
}
