import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { type Config, ConfigInvalid, readConfig, VARIABLES } from '#src/config.js';
import { greeting } from '#src/greeting.js';
import { type Assemble, startServer } from '#src/server.js';
import { bag, fakeService } from './fake-service.js';

const folder = mkdtempSync(join(tmpdir(), 'redbag-server-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

t.test('settings', async (t) => {
  const faults = (environment: Record<string, string>): readonly string[] => {
    try {
      readConfig(environment);
      return [];
    } catch (error) {
      if (error instanceof ConfigInvalid) return error.faults;
      throw error;
    }
  };

  t.test('without any setting it is the demonstration, on this machine only', async (t) => {
    t.match(readConfig({}), {
      host: '127.0.0.1',
      port: 8080,
      database: 'sqlite:./data/redbag.sqlite',
      demonstration: true,
      safeguardingOnPageOne: false,
      bodyLimit: 26_214_400,
      hospitalsFile: undefined,
      accessToken: undefined,
    });
    t.match(readConfig({ REDBAG_SAFEGUARDING_ON_PAGE_ONE: 'true' }), { safeguardingOnPageOne: true });
    t.equal(readConfig({}).threads, undefined, 'as many threads as the machine is for');
    t.equal(readConfig({ REDBAG_THREADS: '2' }).threads, 2);
    for (const wrong of ['0', '-1', '1.5', 'all', '100'])
      t.match(faults({ REDBAG_THREADS: wrong }), [/^REDBAG_THREADS is not understood/], wrong);
    t.match(readConfig({ REDBAG_HOSPITALS: 'h.json' }), { demonstration: false, logLevel: 'info' });
    t.match(readConfig({ REDBAG_HOSPITALS: 'h.json', REDBAG_DEMONSTRATION: 'true' }), {
      demonstration: true,
    });
  });

  t.test('another address needs access control, and the refusal says what to set', async (t) => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org']) {
      t.match(faults({ REDBAG_HOST: host }), [/REDBAG_ACCESS_TOKEN.*127\.0\.0\.1/], host);
    }
    for (const host of ['127.0.0.1', '127.0.0.2', '::1', 'localhost'])
      t.same(faults({ REDBAG_HOST: host }), [], host);
    t.same(faults({ REDBAG_HOST: '0.0.0.0', REDBAG_ACCESS_TOKEN: 'x'.repeat(32) }), []);
  });

  t.test('every fault at once, and no secret repeated', async (t) => {
    const found = faults({
      REDBAG_PORT: '99999',
      REDBAG_DATABASE: 'mysql://root:secret@x',
      REDBAG_DEMONSTRATION: 'no',
      REDBAG_ACCESS_TOKEN: 'secret',
      REDBAG_PUBLIC_URL: 'bags',
      REDBAG_BODY_LIMIT: '25MB',
      REDBAG_LOG_LEVEL: 'loud',
      REDBAG_HOSPITAL: 'h.json',
      REDBAG_TEST_POSTGRES: 'x',
    });
    t.equal(found.length, 8);
    t.notMatch(found.join('\n'), /secret/);
    t.match(found.join('\n'), /REDBAG_HOSPITAL is not known: did you mean REDBAG_HOSPITALS/);
    t.match(faults({ REDBAG_DEMONSTRATION: 'false' }), [/REDBAG_HOSPITALS/]);
  });

  t.test('a public address has no slash at its end', async (t) => {
    t.equal(
      readConfig({ REDBAG_PUBLIC_URL: 'https://bags.example/red/' }).publicUrl,
      'https://bags.example/red',
    );
    t.ok(Object.keys(VARIABLES).length > 5);
  });
});

t.test('the first lines of the demonstration', async (t) => {
  const url = 'http://127.0.0.1:8080';
  const lines = greeting(readConfig({}), { url, sandboxUrl: 'http://127.0.0.1:8081' });
  t.match(lines, /^DEMONSTRATION – NOT FOR CARE/);
  for (const said of [
    '127.0.0.1 only',
    'no tokens',
    './data (embedded SQLite)',
    'pretend hospital',
    '/docs',
    'http://127.0.0.1:8081/',
  ]) {
    t.match(lines, said);
  }
  t.match(
    lines,
    `curl -H 'Content-Type: application/json' --data-binary @fixtures/betty/red-bag.json ${url}/red-bags\n`,
  );
  const real = greeting(readConfig({ REDBAG_HOSPITALS: 'h.json' }), { url });
  t.notMatch(real, /DEMONSTRATION/);
});

const fake = fakeService({ read: bag() });
const closed: string[] = [];
const assemble: Assemble = async () => ({
  service: fake.service,
  packages: { packageSchema: { type: 'object' }, forms: {}, examples: {} },
  close: async () => void closed.push('assembly'),
});
const config = (more: Record<string, string> = {}): Config =>
  readConfig({
    REDBAG_PORT: '0',
    REDBAG_SANDBOX_PORT: '0',
    REDBAG_LOG_LEVEL: 'silent',
    REDBAG_DATABASE: `sqlite:${join(folder, 'data', 'bags.sqlite')}`,
    ...more,
  });

t.test('it serves, with the pretend hospital beside it, and closes whole', async (t) => {
  const running = await startServer(config(), assemble);
  t.match(await (await fetch(`${running.url}/health`)).json(), {
    status: 'ok',
    demonstration: true,
    parts: { store: 'ok' },
  });
  t.equal((await fetch(`${running.url}/red-bags/b1`)).status, 200);
  t.match(await (await fetch(`${running.sandboxUrl}/`)).text(), /<html/i);
  t.ok(existsSync(join(folder, 'data', 'bags.sqlite')));
  await t.rejects(startServer(config(), assemble), /another process|in use/i, 'one service for one file');
  await running.close();
  t.same(closed, ['assembly']);
  await t.rejects(fetch(`${running.url}/health`));
  await t.rejects(fetch(`${running.sandboxUrl}/`));
  const again = await startServer(config(), assemble);
  await again.close();
});

t.test('what cannot start leaves nothing behind', async (t) => {
  const file = join(folder, 'hospitals.json');
  const withHospitals = config({ REDBAG_HOSPITALS: file });
  await t.rejects(startServer(withHospitals, assemble), /cannot be read/);
  writeFileSync(file, '{');
  await t.rejects(startServer(withHospitals, assemble), /is not JSON/);
  writeFileSync(file, '{"hospitals":{"XRB01":{"name":"A","baseUrl":"ftp://x","dialect":"fhir-rest"}}}');
  await t.rejects(startServer(withHospitals, assemble), /baseUrl/);
  writeFileSync(
    file,
    '{"hospitals":{"XRB01":{"name":"A","baseUrl":"https://x.example","dialect":"fhir-rest"}}}',
  );
  const running = await startServer(withHospitals, assemble);
  t.equal(running.sandboxUrl, undefined);
  t.match(await (await fetch(`${running.url}/health`)).json(), { demonstration: false });
  const taken = new URL(running.url).port;
  await t.rejects(
    startServer(
      config({ REDBAG_PORT: taken, REDBAG_DATABASE: `sqlite:${join(folder, 'other.sqlite')}` }),
      assemble,
    ),
    { code: 'EADDRINUSE' },
  );
  await running.close();
});

t.test('signals end the process cleanly, also when they come twice as under npm', async (t) => {
  const server = pathToFileURL(join(import.meta.dirname ?? '', '../../dist/server.js')).href;
  const script = join(folder, 'serve.mjs');
  writeFileSync(
    script,
    `import { serve } from ${JSON.stringify(server)};
     await serve(async () => ({
       service: {}, packages: { packageSchema: { type: 'object' }, forms: {}, examples: {} },
       close: async () => { await new Promise((r) => setTimeout(r, 50)); process.stdout.write('closed\\n'); },
     }));`,
  );
  const start = (more: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [script], {
      env: {
        PATH: process.env['PATH'] ?? '',
        REDBAG_PORT: '0',
        REDBAG_SANDBOX_PORT: '0',
        REDBAG_DATABASE: `sqlite:${join(folder, 'signals.sqlite')}`,
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    t.teardown(() => child.kill('SIGKILL'));
    let out = '';
    let err = '';
    const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, out, err }));
    });
    const up = new Promise<void>((resolve) => {
      child.stdout.on('data', (data) => {
        out += String(data);
        if (out.includes('Ctrl-C')) resolve();
      });
    });
    child.stderr.on('data', (data) => {
      err += String(data);
    });
    return { child, up, ended };
  };
  for (const signals of [['SIGTERM'], ['SIGINT'], ['SIGINT', 'SIGINT'], ['SIGHUP']] as NodeJS.Signals[][]) {
    const { child, up, ended } = start();
    await up;
    for (const signal of signals) child.kill(signal);
    t.match(await ended, { code: 0, out: /^DEMONSTRATION[\s\S]*closed\n$/, err: '' }, signals.join(' '));
  }
  const refused = start({ REDBAG_HOST: '0.0.0.0' });
  t.match(await refused.ended, { code: 2, out: '', err: /REDBAG_ACCESS_TOKEN/ });
});
