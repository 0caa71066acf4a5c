/** A PostgreSQL cluster of its own in a temporary folder, on a free port, durable as the service wants it. */
import { execFileSync } from 'node:child_process';
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, run, serve, temporary } from './programs.mjs';

const VERSIONS = '/usr/lib/postgresql';

function programs() {
  const [newest] = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a));
  return join(VERSIONS, newest, 'bin');
}

/** PostgreSQL refuses to run as root. */
function owner() {
  if (process.getuid() !== 0) return {};
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** @returns `{ url, port, create(database), stop() }`; `url` leads to the administrator's database */
export async function startPostgres() {
  const bin = programs();
  const { uid, gid } = owner();
  const folder = temporary('postgres');
  if (uid !== undefined) chownSync(folder, uid, gid);
  const data = join(folder, 'data');
  const made = await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-N'], {
    cwd: folder,
    uid,
    gid,
  });
  if (made.code !== 0) throw new Error(made.all);
  const port = await freePort();
  const server = await serve(
    'postgres',
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'],
    { ready: /ready to accept connections/, cwd: folder, uid, gid },
  );
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return {
    url,
    port,
    async create(database) {
      const { code, all } = await run(join(bin, 'psql'), ['-qX', url, '-c', `create database ${database}`]);
      if (code !== 0) throw new Error(all);
      return url.replace(/postgres$/, database);
    },
    // Fast shutdown: a smart one (SIGTERM) waits for every client to leave.
    stop: () => server.stop('SIGINT'),
  };
}
