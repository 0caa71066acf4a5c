/** Programs as a stranger runs them: `node dist/cli.js …` as a process of its own, ended by its pid. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the match in what it has said so far; rejects when it ends without. */
  says(what: RegExp): Promise<RegExpExecArray>;
}

type Environment = Readonly<Record<string, string>>;

/** Starts a program; it is killed when the test ends, if it still runs then. */
export function start(
  t: Pick<Test, 'teardown'>,
  words: readonly string[],
  { environment = {}, input }: { environment?: Environment; input?: string | Uint8Array } = {},
): Program {
  const child = spawn(process.execPath, words, {
    // Nothing of the machine that runs the tests: its REDBAG_ settings are not theirs.
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const said: Buffer[] = [];
  const wrong: Buffer[] = [];
  const waiting = new Set<() => void>();
  child.stdout?.on('data', (data: Buffer) => {
    said.push(data);
    for (const look of waiting) look();
  });
  child.stderr?.on('data', (data: Buffer) => wrong.push(data));
  const text = (parts: readonly Buffer[]) => Buffer.concat(parts).toString('utf8');
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, out: text(said), err: text(wrong) }));
  });
  const says = (what: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = what.exec(text(said));
        if (match === null) return;
        waiting.delete(look);
        resolve(match);
      };
      waiting.add(look);
      look();
      void ended.then(({ code, err }) => reject(new Error(`ended with ${code} before it said so: ${err}`)));
    });
  return { child, ended, says };
}

/** Runs `redbag WORDS` to its end. */
export const redbag = (
  t: Pick<Test, 'teardown'>,
  words: readonly string[],
  options?: Parameters<typeof start>[2],
): Promise<Ended> => start(t, [CLI, ...words], options).ended;

export interface Service extends Program {
  readonly url: string;
  /** Of the pretend hospital. */
  readonly sandboxUrl: string;
  /** kill -9: nothing is written down, nothing closed. */
  kill9(): Promise<void>;
}

/** Starts the demonstration on free ports, with its data in `folder`, and waits until it serves. */
export async function startService(
  t: Pick<Test, 'teardown'>,
  folder: string,
  environment: Environment = {},
): Promise<Service> {
  const program = start(t, [CLI, 'serve'], {
    environment: {
      REDBAG_PORT: '0',
      REDBAG_SANDBOX_PORT: '0',
      REDBAG_DATABASE: `sqlite:${folder}/redbag.sqlite`,
      // Several services run beside each other in tests: one thread each that makes bags.
      REDBAG_THREADS: '1',
      ...environment,
    },
  });
  const [, url = ''] = await program.says(/(http:\/\/\S+)\/docs/);
  const [, sandboxUrl = ''] = await program.says(/(http:\/\/\S+)\/ +what has reached|Ctrl-C/);
  return {
    ...program,
    url,
    sandboxUrl,
    async kill9() {
      program.child.kill('SIGKILL');
      await program.ended;
    },
  };
}
