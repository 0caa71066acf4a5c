/**
 * The HAPI FHIR client, played by ../shared/oracle, as a hospital's integration engine against our /fhir: it finds,
 * pages, reads, compares and checks every document. The service runs on a new SQLite file with the bags of fixtures/.
 * Last line "N passed, N failed"; with CI=true a missing oracle, Java or Maven is a failure.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const oracle = join(root, '../shared/oracle/oracle');
const NHS_NUMBERS = 'https://fhir.nhs.uk/Id/nhs-number';
const FEWEST = 5;

let passed = 0;
let failed = 0;

/** One check: its line, and its place in the sum. */
function check(ok, name, why = '') {
  if (ok) passed++;
  else failed++;
  if (!ok) console.log(JSON.stringify({ check: name, ok, why }));
}

/** Bags to post: those of fixtures/, and as long as there are too few, the first of them under other ids. */
function bags() {
  const folder = join(root, 'fixtures');
  const found = readdirSync(folder)
    // Betty's first: it is she who is searched for.
    .sort((a, b) => Number(b === 'betty') - Number(a === 'betty'))
    .map((name) => join(folder, name, 'red-bag.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
  for (let i = 1; found.length > 0 && found.length < FEWEST; i++) {
    found.push({ ...found[0], packageId: `${found[0].packageId}-again-${i}` });
  }
  return found;
}

/** Starts the service; gives its address, and the child to end. */
async function start(folder) {
  const child = spawn(process.execPath, ['dist/cli.js', 'serve'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      REDBAG_PORT: '0',
      REDBAG_SANDBOX_PORT: '0',
      REDBAG_DATABASE: `sqlite:${join(folder, 'redbag.sqlite')}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/red-bags/.exec(said) ?? [];
    if (url !== undefined) return { child, url };
  }
  throw new Error('the service did not start');
}

async function send(url, method, bag, headers = {}) {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(bag),
  });
  const body = await answer.json();
  const ok = answer.status === 201 || answer.status === 200;
  check(ok, `${method} ${bag.packageId}`, `${answer.status} ${JSON.stringify(body.issues)?.slice(0, 500)}`);
  return body;
}

/** Runs the client; every line of it is a check. */
async function runClient(base, patient) {
  const args = ['client', base, ...(patient === undefined ? [] : ['--patient', patient])];
  const child = spawn(oracle, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let lines = '';
  for await (const chunk of child.stdout) lines += chunk;
  const [code] = await closed;
  const about = patient === undefined ? 'all documents' : 'one resident';
  const [, good, bad] = /(\d+) passed, (\d+) failed\s*$/.exec(lines) ?? [];
  for (const line of lines.split('\n')) if (line.includes('"ok":false')) console.log(line);
  console.log(`oracle client, ${about}: ${good ?? 'none'} passed, ${bad ?? 'none'} failed`);
  passed += Number(good ?? 0);
  failed += Number(bad ?? 1);
  check(code === 0 && Number(good) > 0, `oracle client, ${about}`, `it ended with ${code}`);
}

function whatIsMissing() {
  if (!existsSync(oracle)) return '../shared/oracle is not here';
  const has = (command) => spawnSync(command, ['-version'], { stdio: 'ignore' }).error === undefined;
  return has('java') && has('mvn') ? undefined : 'Java or Maven is not here';
}

async function main() {
  const missing = whatIsMissing();
  if (missing !== undefined) {
    const said = `oracle client: skipped, ${missing}`;
    if (process.env.CI === 'true') check(false, said);
    else console.log(said);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'redbag-oracle-client-'));
  let service;
  try {
    service = await start(folder);
    const sent = bags();
    check(sent.length >= FEWEST, `at least ${FEWEST} bags`, String(sent.length));
    for (const bag of sent) {
      const { id } = await send(`${service.url}/red-bags`, 'POST', bag);
      if (bag !== sent[0]) continue;
      // One of them amended, so that there are states to page and read.
      const amended = {
        ...bag,
        sender: { ...bag.sender, person: { ...bag.sender.person, role: 'Manager' } },
      };
      await send(`${service.url}/red-bags/${id}`, 'PUT', amended, { 'if-match': '"1"' });
    }
    const number = sent[0].resident.nhsNumber.replaceAll(' ', '');
    await runClient(`${service.url}/fhir`, `${NHS_NUMBERS}|${number}`);
    await runClient(`${service.url}/fhir`);
  } finally {
    if (service !== undefined) {
      service.child.kill('SIGTERM');
      if (service.child.exitCode === null) await once(service.child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  check(false, 'it ran', String(error));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
