/**
 * What the README promises, on a clone in an empty folder: `npm start` serves, its `curl` brings Betty's Bundle and PDF
 * to the pretend hospital, SIGTERM ends it cleanly, and a second start finds everything. Needs git, curl and npm.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, root, run, serve, temporary } from './support/programs.mjs';
import { settled } from './support/service.mjs';
import { check, end, part } from './support/tally.mjs';

const clone = join(temporary('clone'), 'main');
const [port, sandboxPort] = [await freePort(), await freePort()];
const url = `http://127.0.0.1:${port}`;
const hospital = `http://127.0.0.1:${sandboxPort}/XRB01/fhir`;
const env = { ...process.env, REDBAG_PORT: String(port), REDBAG_SANDBOX_PORT: String(sandboxPort) };

const start = () =>
  serve('npm start', 'npm', ['start'], {
    ready: /Stop it with Ctrl-C/,
    cwd: clone,
    env,
    limit: 600,
    lastSignal: 'SIGTERM',
  });

/** True when somebody listens there. */
const listens = (at) =>
  new Promise((resolve) => {
    const socket = connect(at, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

const read = async (path, accept) => {
  const answer = await fetch(`${hospital}/${path}`, { headers: { accept } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
};

async function stops(program) {
  const began = performance.now();
  const how = await program.stop();
  console.log(`SIGTERM: ended with ${how} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  check(how === 0 || how === 143 || how === 'SIGTERM', 'npm start ends when told', `${how}`);
  const left = (await Promise.all([port, sandboxPort].map(listens))).some(Boolean);
  check(!left, 'nothing is left running');
  check(!/took too long|"error"|stack/i.test(program.output()), 'it ended without a fault', program.output());
}

await part('git clone', async () => {
  const { code, all } = await run('git', ['clone', '--quiet', root, clone]);
  check(code === 0, 'git clone', all);
});

let id;
await part("npm start, and the README's curl", async () => {
  const began = performance.now();
  const program = await start();
  console.log(`npm start serves after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  check(program.output().includes('NOT FOR CARE'), 'its first lines say that it is a demonstration');

  const readme = readFileSync(join(clone, 'README.md'), 'utf8');
  const [command = ''] = /^curl .*fixtures\/betty\/red-bag\.json.*$/m.exec(readme) ?? [];
  check(command.includes('127.0.0.1:8080'), 'the README has the command', command);
  const here = command.replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`);
  check(program.output().includes(here.trim()), 'the first lines of npm start have it too', here);
  const { out } = await run('bash', ['-c', here], { cwd: clone });
  const bag = JSON.parse(out);
  id = bag.id;
  check(bag.version === 1 && typeof id === 'string', 'the bag is taken', out);
  await settled(url, id);

  const { entry } = await (await read('DocumentReference', 'application/fhir+json')).json();
  const contents = entry.map(({ resource }) => resource.content[0].attachment);
  const of = (type) => contents.find(({ contentType }) => contentType === type)?.url;
  check(entry.length === 2, 'two documents at the pretend hospital', contents);
  const pdf = Buffer.from(await (await read(of('application/pdf'), 'application/pdf')).arrayBuffer());
  check(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 20_000, 'the PDF stands there');
  const bundle = await (await read(of('application/fhir+json'), 'application/fhir+json')).json();
  const committed = JSON.parse(readFileSync(join(clone, 'fixtures/betty/bundle.json'), 'utf8'));
  check(
    JSON.stringify(bundle.entry) === JSON.stringify(committed.entry),
    'the Bundle stands there, as fixtures/betty has it',
  );
  await stops(program);
});

await part('a second start', async () => {
  const began = performance.now();
  const program = await start();
  console.log(`npm start serves again after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const answer = await fetch(`${url}/red-bags/${id}`);
  check(answer.ok && (await answer.json()).status === 'delivered', 'the bag is there, delivered');
  const { entry } = await (await read('DocumentReference', 'application/fhir+json')).json();
  check(entry.length === 2, 'so are the documents at the pretend hospital');
  await stops(program);
});

await part('the clone is as it was', async () => {
  const { out } = await run('git', ['status', '--porcelain'], { cwd: clone });
  check(out === '', 'what npm start makes is not for git', out);
});
end();
