/** The reference server in a process of its own. */
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

export async function startReference(command, definitions) {
  const given = definitions.flatMap((folder) => ['--definitions', folder]);
  const begun = performance.now();
  const child = spawn(command, ['serve', '--validate', ...given, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for (;;) {
    const match = /"base":"([^"]+)"/.exec(said);
    if (match !== null) return { url: match[1], startMs: Math.round(performance.now() - begun), stop };
    if (child.exitCode !== null) throw new Error(`the reference ended: ${said}`);
    await wait(50);
  }
}
