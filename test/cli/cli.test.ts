/** The command line as a stranger meets it: exit codes, what goes to stdout and what to stderr, and nothing half done. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bundle, StructureDefinition } from 'fhir/r4';
import t, { type Test } from 'tap';
import { expressionOf, pointerOf } from '#src/cli/places.js';
import { run } from '#src/cli.js';
import { readPdf } from '../print/read-pdf.js';
import { bagFor, bagForNowhere, bettysBag, misspeltBag, urgentBag } from '../support/packages.js';
import { CLI, type Ended, redbag, start, startService } from '../support/programs.js';

const folder = t.testdir({});
const write = (name: string, value: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};
const good = write('good.json', urgentBag('cli-good'));
const betty = write('betty.json', bettysBag('cli-betty'));
const bad = write('bad.json', misspeltBag('cli-bad'));
const missing = join(folder, 'missing.json');
const patient = write('patient.json', { resourceType: 'Patient', birthDate: '1931-05-04' });
const badPatient = write('bad-patient.json', {
  resourceType: 'Patient',
  gender: 'lady',
  deceasedBoolean: 'no',
});

/** Runs in this very process: for what does not depend on being a process. */
const here = (...args: string[]): Promise<Ended> => hereWith({}, ...args);
async function hereWith(environment: Record<string, string>, ...args: string[]): Promise<Ended> {
  const said = { out: '', err: '' };
  const code = await run(args, {
    out: (text) => {
      said.out += String(text);
    },
    say: (text) => {
      said.err += `${text}\n`;
    },
    environment,
  });
  return { code, signal: null, ...said };
}

/** A service that answers as it is told. */
async function pretendService(t: Test, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

t.test(
  'a call that is not understood is exit 2, with the words on stderr and nothing on stdout',
  async (t) => {
    const calls: [string[], RegExp][] = [
      [[], /redbag serve[\s\S]*redbag send[\s\S]*Exit codes/],
      [
        ['bogus'],
        /no command bogus; the commands are: serve, sandbox, convert, print, validate, send, schema/,
      ],
      [['constructor'], /no command constructor/],
      [['convert'], /BAG\.json is missing[\s\S]*redbag convert BAG\.json/],
      [['convert', good, betty], /one BAG\.json at a time/],
      [['convert', good, '--ouput', 'x'], /Unknown option '--ouput'/],
      [['convert', good, '-o'], /-o, --output <value>.*argument missing/],
      [['print', good], /-o FILE\.pdf is missing/],
      [['validate'], /FILE is missing/],
      [['validate', good, '--format', 'xml'], /--format takes json/],
      [['validate', '-', '-'], /read only once/],
      [['send', good], /--to SERVICE_URL is missing/],
      [['send', good, '--to', 'localhost:8080'], /--to takes an address such as/],
      [['send', good, '--to', 'http://'], /--to takes an address such as/],
      [['send', good, '--to', 'http://127.0.0.1:9/?x'], /without \? and #/],
      [['send', good, '--to', 'http://127.0.0.1:9', '--wait', 'long'], /--wait takes minutes/],
      [['schema', 'prescription'], /no form prescription; the forms are: transfer, resident/],
      [['sandbox', '--port', '70000'], /--port takes a number/],
      [['serve', 'now'], /serve takes no arguments/],
    ];
    for (const [args, words] of calls) {
      const { code, out, err } = await here(...args);
      t.equal(code, 2, args.join(' '));
      t.equal(out, '', args.join(' '));
      t.match(err, words);
    }
  },
);

t.test('help is data: exit 0, on stdout, for every command, either way it is asked', async (t) => {
  const all = await here('--help');
  t.match(all, { code: 0, err: '' });
  for (const name of ['serve', 'sandbox', 'convert', 'print', 'validate', 'send', 'schema']) {
    t.match(all.out, `redbag ${name}`);
    const one = await here(name, '--help');
    t.match(one, { code: 0, err: '' }, name);
    t.ok(one.out.startsWith(`redbag ${name}`), name);
    t.equal((await here('help', name)).out, one.out);
  }
  t.match((await here('serve', '--help')).out, /REDBAG_HOST[\s\S]*REDBAG_ACCESS_TOKEN/);
  const version = await here('--version');
  t.match(version, { code: 0, out: /^\d+\.\d+\.\d+\n$/, err: '' });
});

t.test('convert: the validated Bundle on stdout or in a file, words on stderr', async (t) => {
  const file = join(folder, 'converted.json');
  const [shown, written, refused, unread, piped, nowhere] = await Promise.all([
    here('convert', good),
    redbag(t, ['convert', betty, '-o', file]),
    redbag(t, ['convert', bad, '-o', join(folder, 'never.json')]),
    here('convert', missing),
    redbag(t, ['convert', '-'], { input: readFileSync(good) }),
    here('convert', good, '-o', join(folder, 'no', 'such', 'folder.json')),
  ]);
  t.equal(shown.code, 0);
  const bundle = JSON.parse(shown.out) as Bundle;
  t.match(bundle, { resourceType: 'Bundle', type: 'document' });
  t.notMatch(shown.out, 'HTEST', 'the command line does not know what it is for');
  t.match(shown.err, /good\.json: warning cpr-unknown at \/cprDecision\/status: /);
  t.same(JSON.parse(piped.out), bundle, '- is stdin');
  t.match(written, { code: 0, out: '' });
  t.equal((JSON.parse(readFileSync(file, 'utf8')) as Bundle).type, 'document');
  t.match(refused, { code: 1, out: '' });
  t.match(refused.err, /error unknown-field at \/resident\/birthdate: .*Did you mean birthDate/);
  t.match(refused.err, /NOT valid, so nothing is made of it/);
  t.match(unread, { code: 3, out: '', err: /missing\.json: cannot be read: there is no such file/ });
  t.match(nowhere, { code: 3, out: '', err: /cannot be written: there is no such file or folder/ });
  t.notOk(existsSync(join(folder, 'never.json')));
});

t.test('print: a PDF for the ward, whole or not at all', async (t) => {
  const place = join(folder, 'printed');
  mkdirSync(place);
  const file = join(place, 'bag.pdf');
  const before = join(place, 'before.pdf');
  writeFileSync(before, 'the one from yesterday');
  const inode = statSync(before).ino;
  const [printed, replaced, refused] = await Promise.all([
    redbag(t, ['print', betty, '-o', file]),
    redbag(t, ['print', '-', '-o', before], { input: readFileSync(good) }),
    here('print', bad, '-o', join(place, 'bad.pdf')),
  ]);
  t.match(printed, { code: 0, out: '', err: /bag\.pdf: \d+ pages/ });
  t.match(readPdf(readFileSync(file))[0]?.text, /Betty/i);
  t.equal(replaced.code, 0);
  t.not(statSync(before).ino, inode, 'a new file took the place of the old one, nobody saw half of it');
  t.match(readPdf(readFileSync(before))[0]?.text, /Quillfeather/i);
  t.match(refused, { code: 1, out: '' });
  const large = join(place, 'large.pdf');
  const archive = join(place, 'archive.pdf');
  t.equal((await here('print', betty, '--large', '-o', large)).code, 0);
  t.equal((await here('print', betty, '--pdf-a3', '-o', archive)).code, 0);
  const pages = readPdf(readFileSync(file)).length;
  t.ok(readPdf(readFileSync(large)).length > 2 * pages);
  t.ok(readFileSync(archive).includes('<pdfaid:part>3</pdfaid:part>'));
  t.same(
    readdirSync(place).sort(),
    ['archive.pdf', 'bag.pdf', 'before.pdf', 'large.pdf'],
    'nothing of a failure, no drafts left',
  );
});

t.test('validate: bags and FHIR, for people', async (t) => {
  const all = await redbag(t, ['validate', good, bad, patient, badPatient]);
  t.equal(all.code, 1);
  t.same(all.out.split('\n'), [
    `${good}: valid`,
    `${bad}: NOT valid`,
    `${patient}: valid`,
    `${badPatient}: NOT valid`,
    '',
  ]);
  t.match(all.err, /bad\.json: error unknown-field at \/resident\/birthdate: /);
  t.equal([...all.err.matchAll(/bad\.json: error/g)].length, 1, 'one slip, one error');
  t.match(all.err, /bad-patient\.json: error \S+ at Patient\.gender: /);
  t.notMatch(all.err, /https:\/\/www\.legislation/, 'a short code, not where the rule comes from');
  t.equal((await here('validate', good, patient)).code, 0, 'warnings included');
  const twice = write('twice.json', {
    resourceType: 'Patient',
    contact: [{ gender: 'lady' }, { gender: 'lady' }, { gender: 'lady' }],
  });
  const { err } = await here('validate', twice);
  t.match(err, /at Patient\.contact\[0\]\.gender \(and 2 more\): /, 'the same words once');
  t.equal((await here('validate', good, bad, missing)).code, 3, '3 before 1');
  t.equal((await here('validate', missing, bad)).code, 3);
  t.match(await here('validate', folder), { code: 3, out: /NOT JUDGED/, err: /it is a folder/ });
});

t.test('validate --format json: what a program reads', async (t) => {
  const answer = await redbag(t, ['validate', '-', bad, badPatient, missing, '--format', 'json'], {
    input: JSON.stringify(urgentBag('cli-stdin')),
  });
  t.match(answer, { code: 3, err: '' });
  const reports = JSON.parse(answer.out) as { file: string; valid: boolean | null; issues: object[] }[];
  t.same(
    reports.map(({ file, valid }) => [file, valid]),
    [
      ['-', true],
      [bad, false],
      [badPatient, false],
      [missing, null],
    ],
  );
  for (const report of reports) {
    t.same(Object.keys(report), ['file', 'valid', 'issues']);
    for (const issue of report.issues)
      t.same(Object.keys(issue), ['severity', 'code', 'expression', 'pointer', 'message', 'rule']);
  }
  t.match(reports[1]?.issues, [
    {
      severity: 'error',
      code: 'unknown-field',
      expression: 'resident.birthdate',
      pointer: '/resident/birthdate',
    },
  ]);
  const places = new Map(
    (reports[2] as { issues: { expression: string; pointer: string }[] }).issues.map((i) => [
      i.expression,
      i.pointer,
    ]),
  );
  t.equal(places.get('Patient.gender'), '/gender');
  t.equal(places.get('Patient.deceased'), '/deceasedBoolean', 'the name in the file');
  t.match(reports[3]?.issues, [{ severity: 'fatal', code: 'not-judged' }]);
});

t.test('places: pointers and expressions', async (t) => {
  t.equal(expressionOf('/mar/medicines/4/name'), 'mar.medicines[4].name');
  t.equal(expressionOf(''), '');
  t.equal(expressionOf('/a~1b'), 'a/b');
  const resource = {
    resourceType: 'Bundle',
    entry: [
      {
        resource: {
          resourceType: 'Patient',
          birthDate: '1931',
          _birthDate: { extension: [{ url: 'u', valueCode: 'x' }] },
        },
      },
    ],
  };
  t.equal(
    pointerOf('Bundle.entry[0].resource.birthDate.extension[0].value', resource),
    '/entry/0/resource/_birthDate/extension/0/valueCode',
  );
  t.equal(pointerOf('Bundle.entry[0].resource.name[1].family', resource), '/entry/0/resource/name/1/family');
  t.equal(pointerOf('Bundle', resource), '');
});

/** A tar archive of regular files (POSIX ustar). */
function tar(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    body.write(text);
    header.write(name, 0);
    header.write('0000644\0', 100);
    header.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124);
    header.write('        0', 148); // the checksum counts itself as spaces
    header.write('ustar\0', 257);
    const sum = header.reduce((a, b) => a + b, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 0`, 148);
    return [header, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

t.test('validate --package and --profile: a folder or a FHIR package', async (t) => {
  const url = 'https://example.org/StructureDefinition/named-patient';
  const profile: StructureDefinition = {
    resourceType: 'StructureDefinition',
    url,
    name: 'NamedPatient',
    status: 'active',
    fhirVersion: '4.0.1',
    kind: 'resource',
    abstract: false,
    type: 'Patient',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    derivation: 'constraint',
    differential: { element: [{ id: 'Patient.name', path: 'Patient.name', min: 1 }] },
  };
  const definitions = join(folder, 'definitions');
  mkdirSync(definitions);
  writeFileSync(join(definitions, 'named.json'), JSON.stringify(profile));
  const archive = join(folder, 'definitions.tgz');
  writeFileSync(
    archive,
    gzipSync(tar({ 'package/package.json': '{"name":"x"}', 'package/named.json': JSON.stringify(profile) })),
  );
  const named = write('named.json', { resourceType: 'Patient', name: [{ family: 'Quillfeather' }] });
  for (const place of [definitions, archive]) {
    const { code, out, err } = await here('validate', patient, named, '--package', place, '--profile', url);
    t.equal(code, 1, place);
    t.equal(out, `${patient}: NOT valid\n${named}: valid\n`);
    t.match(err, /patient\.json: error \S+ at Patient/);
  }
  const claimed = write('claimed.json', { resourceType: 'Patient', meta: { profile: [url] } });
  t.equal((await here('validate', claimed, '--package', definitions)).code, 1, 'what meta.profile claims');
  t.not((await here('validate', named, '--profile', url)).code, 0, 'a profile that nobody has is never met');
  const without = await here('validate', patient, '--package', join(folder, 'no-such-folder'));
  t.match(without, { code: 3, out: /NOT JUDGED/, err: /--package .*no-such-folder/ });
});

t.test('schema: of the package and of each form, as JSON Schema', async (t) => {
  const whole = await here('schema');
  t.match(whole, { code: 0, err: '' });
  const schema = JSON.parse(whole.out) as { $schema: string; required: string[]; properties: object };
  t.match(schema.$schema, 'json-schema.org/draft/2020-12');
  t.ok(schema.required.includes('cprDecision'));
  const names = ['transfer', 'resident', 'this-is-me', 'older-persons-assessment', 'cares-escalation', 'mar'];
  for (const name of [...names, 'cpr-decision', 'belongings', 'discharge-summary']) {
    const one = JSON.parse((await here('schema', name)).out) as { title: string; type: string };
    t.match(one, { type: 'object', title: /\S/ }, name);
  }
  t.equal((await here('schema', 'thisIsMe')).out, (await here('schema', 'this-is-me')).out);
  t.match(
    JSON.parse((await here('schema', 'resident')).out),
    { properties: { nhsNumber: { description: /check digit/ } } },
    'what a format means is told',
  );
  const cut = start(t, [CLI, 'schema']);
  cut.child.stdout?.once('data', () => cut.child.stdout?.destroy());
  t.match(await cut.ended, { err: '' }, 'a reader that goes away (| head) is no fault');
});

t.test('send: posts to a service, follows the delivery, and says how it ended', async (t) => {
  const token = 'a-secret-of-thirty-two-characters';
  const service = await startService(t, t.testdir({}), { REDBAG_ACCESS_TOKEN: token });
  const environment = { REDBAG_ACCESS_TOKEN: token };
  const send = (name: string, bag: unknown, more = environment, ...options: string[]) =>
    hereWith(more, 'send', write(`${name}.json`, bag), '--to', `${service.url}/`, ...options);
  const [delivered, held, refused, invalid, unknown, wrong, unfinished, closed] = await Promise.all([
    send('delivered', bagFor('send-delivered', 'XRB01')),
    send('held', bagForNowhere('send-held')),
    send('refused', bagFor('send-refused', 'XRB09')),
    send('invalid', misspeltBag('send-invalid')),
    send('no-token', urgentBag('send-no-token'), {} as typeof environment),
    send('wrong', urgentBag('send-wrong'), { REDBAG_ACCESS_TOKEN: 'x'.repeat(40) }),
    send('unfinished', bagFor('send-unfinished', 'XRB03'), environment, '--wait', '0.01'),
    redbag(t, ['send', good, '--to', 'http://127.0.0.1:9']),
  ]);
  t.equal(delivered.code, 0);
  t.match(JSON.parse(delivered.out), {
    status: 'delivered',
    items: [{ destination: 'XRB01', version: 1, state: 'delivered', attempts: [{ outcome: 'delivered' }] }],
  });
  t.match(delivered.err, /accepted: \S+ version 1[\s\S]*delivered: every hospital named in it has it/);
  t.equal(held.code, 3);
  t.match(held.err, /warning no-destination.*NOT SENT[\s\S]*held: NOT SENT: hand over paper/);
  t.match(JSON.parse(held.out), { status: 'held', items: [] });
  t.equal(refused.code, 3);
  t.match(refused.err, /needs-person: NOT DELIVERED/);
  t.match(JSON.parse(refused.out), { items: [{ destination: 'XRB09', state: 'needs-person' }] });
  t.match(invalid, { code: 1, out: '', err: /error unknown-field at \/resident\/birthdate/ });
  t.match(invalid.err, /NOT ACCEPTED/);
  t.match(unknown, { code: 3, out: '', err: /asks for a token: set REDBAG_ACCESS_TOKEN/ });
  t.match(wrong, { code: 3, out: '', err: /does not take the token/ });
  t.notMatch(wrong.err, 'xxxx');
  t.match(unfinished, { code: 3, err: /NOT DELIVERED YET \(delivering\)/ });
  t.match(JSON.parse(unfinished.out), { items: [{ destination: 'XRB03' }] });
  t.match(closed, { code: 3, out: '', err: /127\.0\.0\.1:9 cannot be reached/ });
  const again = await redbag(t, ['send', '-', '--to', service.url], {
    environment,
    input: JSON.stringify(bagFor('send-delivered', 'XRB01')),
  });
  t.match(again, { code: 0, err: /known already: / });
  t.equal((JSON.parse(again.out) as { items: unknown[] }).items.length, 1, 'sent again, nothing is doubled');
  service.child.kill('SIGTERM');
  t.match(await service.ended, { code: 0 });
});

t.test('send: a service that is none, fails, or goes away for a while', async (t) => {
  const send = (url: string) => here('send', good, '--to', url);
  const page = await pretendService(t, (_request, response) => response.end('<html>Welcome</html>'));
  t.match(await send(page), { code: 3, out: '', err: /answered 200, but not as a Red Bag service does/ });
  const failing = await pretendService(t, (_request, response) => {
    response.statusCode = 503;
    response.end('{"title":"The service cannot do this now"}');
  });
  t.match(await send(failing), { code: 3, err: /NOT ACCEPTED: .* 503 The service cannot do this now/ });
  const elsewhere = await pretendService(t, (_request, response) => {
    response.statusCode = 404;
    response.end('{"title":"Nothing is here"}');
  });
  t.match(await send(elsewhere), { code: 3, err: /404/ }, 'a wrong address is no fault of the bag');

  const asked: string[] = [];
  const restarting = await pretendService(t, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (asked.length === 2) return void request.socket.destroy();
    if (request.method === 'POST') response.statusCode = 201;
    const status = asked.length < 3 ? 'delivering' : 'delivered';
    const links = { self: 'http://127.0.0.1:9/steals-the-token' };
    response.end(
      JSON.stringify(request.url?.endsWith('/deliveries') ? { items: [] } : { id: 'b1', status, links }),
    );
  });
  t.match(await send(`${restarting}/behind/a/proxy`), { code: 0, err: /delivered/ });
  t.same(asked, [
    'POST /behind/a/proxy/red-bags',
    'GET /behind/a/proxy/red-bags/b1',
    'GET /behind/a/proxy/red-bags/b1',
    'GET /behind/a/proxy/red-bags/b1/deliveries',
  ]);
});

t.test('sandbox and serve end on a signal with exit 0 and leave nothing that listens', async (t) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const sandbox = start(t, [CLI, 'sandbox', '--port', '0']);
    const [, base = ''] = await sandbox.says(/(http:\S+)\/XRB01\/fhir/);
    t.equal((await fetch(`${base}/XRB01/fhir/metadata`)).status, 200);
    const taken = await redbag(t, ['sandbox', '--port', new URL(base).port]);
    t.match(taken, { code: 3, out: '', err: /is taken/ });
    sandbox.child.kill(signal);
    const { code, out, err } = await sandbox.ended;
    t.equal(code, 0, signal);
    t.match(err, /stop it with Ctrl-C/);
    t.equal(out.trim().split('\n').length, 14, 'an address for each fault');
    await t.rejects(fetch(`${base}/`));
  }
  const data = t.testdir({});
  const service = await startService(t, data);
  const other = await redbag(t, ['serve'], {
    environment: {
      REDBAG_PORT: new URL(service.url).port,
      REDBAG_SANDBOX_PORT: '0',
      REDBAG_DATABASE: `sqlite:${data}/other.sqlite`,
    },
  });
  t.match(other, { code: 3, out: '', err: /Port \d+ is taken/ });
  t.match(await redbag(t, ['serve'], { environment: { REDBAG_PORT: 'eighty' } }), {
    code: 2,
    out: '',
    err: /REDBAG_PORT is not understood/,
  });
  service.child.kill('SIGTERM');
  t.match(await service.ended, { code: 0, err: '' });
  await t.rejects(fetch(`${service.url}/health`));
  await t.rejects(fetch(`${service.sandboxUrl}/`));
});
