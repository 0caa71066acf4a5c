/** The first lines of a start: what runs, for whom, and what to do next. */
import type { Config } from './config.js';

/** @returns lines for the terminal, ending with a line break */
export function greeting(
  config: Config,
  running: { readonly url: string; readonly sandboxUrl?: string },
): string {
  const { url } = running;
  if (!config.demonstration) return `Red Bag serves at ${url} (description: ${url}/docs)\n`;
  const guarded = config.accessToken !== undefined;
  const token = guarded ? ' -H "Authorization: Bearer $REDBAG_ACCESS_TOKEN"' : '';
  const lines = [
    "DEMONSTRATION – NOT FOR CARE. Everything made here is marked so: send no real person's data.",
    guarded
      ? `  - listens on ${config.host}; callers must send the access token`
      : `  - listens on ${config.host} only: no other machine can reach it, so it asks for no tokens`,
    `  - keeps everything in ${where(config.database)}`,
    running.sandboxUrl === undefined
      ? '  - delivers to the hospitals of REDBAG_HOSPITALS'
      : '  - a pretend hospital stands beside it: nothing leaves this machine',
    '',
    "Send Betty's bag:",
    `  curl${token} -H 'Content-Type: application/json' --data-binary @fixtures/betty/red-bag.json ${url}/red-bags`,
    '',
    'Look at:',
    `  ${url}/docs      the interface, to try out`,
    `  ${url}/red-bags  the bags that were sent`,
    ...(running.sandboxUrl === undefined
      ? []
      : [`  ${running.sandboxUrl}/          what has reached the pretend hospital`]),
    '',
    'Stop it with Ctrl-C.',
  ];
  return `${lines.join('\n')}\n`;
}

function where(database: string): string {
  if (!database.startsWith('sqlite:')) return 'the PostgreSQL database of REDBAG_DATABASE';
  const file = database.slice('sqlite:'.length);
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
  return `${folder} (embedded SQLite)`;
}
