/** The service in a process of its own, with a probe in it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Loaded into the service: at SIGUSR2 it tells the delay of its event loop since it was asked last, and its costs. */
const PROBE = `import { monitorEventLoopDelay } from 'node:perf_hooks';
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('SIGUSR2', () => {
  // The histogram holds the intervals between its own ticks, a millisecond each when nothing is late.
  const ms = (n) => Math.max(0, Math.round(n / 1e5 - 10) / 10);
  const { user, system } = process.cpuUsage();
  const loop = { mean: ms(delay.mean), p99: ms(delay.percentile(99)), max: ms(delay.max) };
  const residentMb = Math.round(process.memoryUsage().rss / 1e6);
  process.stderr.write('PROBE ' + JSON.stringify({ loop, cpuMs: (user + system) / 1000, residentMb }) + '\\n');
  delay.reset();
});`;

/** Starts it; the hospital that Betty goes to is the one given. */
export async function startService({ hospital, threads, database }) {
  const folder = mkdtempSync(join(tmpdir(), 'redbag-bench-'));
  const hospitals = join(folder, 'hospitals.json');
  const destination = { name: 'Bench', baseUrl: hospital, dialect: 'fhir-rest' };
  writeFileSync(hospitals, JSON.stringify({ hospitals: { [bettysDestination()]: destination } }));
  let said = '';
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(PROBE)}`, 'dist/cli.js', 'serve'],
    {
      cwd: root,
      env: {
        ...process.env,
        REDBAG_PORT: '0',
        REDBAG_DEMONSTRATION: 'true',
        REDBAG_HOSPITALS: hospitals,
        REDBAG_DATABASE: database ?? `sqlite:${folder}/redbag.sqlite`,
        ...(threads === undefined ? {} : { REDBAG_THREADS: threads }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      said += data;
    });
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const says = async (what) => {
    for (;;) {
      const match = what.exec(said);
      if (match !== null) return match;
      if (child.exitCode !== null) throw new Error(`the service ended: ${said}`);
      await wait(5);
    }
  };
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [, url] = await says(/(http:\S+)\/docs/);
    return {
      url,
      listeningMs: Math.round(performance.now() - begun),
      async probe() {
        said = '';
        child.kill('SIGUSR2');
        return JSON.parse((await says(/PROBE (.*)\n/))[1]);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function bettysDestination() {
  const bag = JSON.parse(readFileSync(join(root, 'fixtures/betty/red-bag.json'), 'utf8'));
  return bag.destinations[0].odsCode;
}
