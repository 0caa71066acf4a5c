/**
 * What cannot be told here, put to a terminology server that answers, is slow, cuts the connection, fails or talks too
 * much; by the command line and by $validate. And validations that take too long, or are too many.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import type { OperationOutcome } from 'fhir/r4';
import t from 'tap';
import { openAccess } from '#src/access/open.js';
import { ConfigInvalid, readConfig } from '#src/config.js';
import { hospitalRoutes } from '#src/http/hospital/routes.js';
import { ValidatorBusy, validating } from '#src/http/hospital/validating.js';
import type { Store } from '#src/store/store.js';
import type { Copies } from '#src/transfer/copies.js';
import { ValidationTimeout, type Validator } from '#src/validation/outcome.js';
import { validateAsking } from '#src/validation/terminology/ask.js';
import { createTerminologyServer } from '#src/validation/terminology/server.js';
import { createValidator, resourceTypes } from '#src/validation/validator.js';

const PROFILE = 'http://example.com/StructureDefinition/bound';
const VALUES = 'http://example.com/ValueSet/elsewhere';
const SYSTEM = 'http://example.com/CodeSystem/elsewhere';

const folder = mkdtempSync(path.join(tmpdir(), 'redbag-asking-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
const binding = (at: string, strength: string): object => ({
  id: `Observation.${at}`,
  path: `Observation.${at}`,
  binding: { strength, valueSet: VALUES },
});
const profile = {
  resourceType: 'StructureDefinition',
  url: PROFILE,
  name: 'Bound',
  status: 'active',
  fhirVersion: '4.0.1',
  kind: 'resource',
  abstract: false,
  type: 'Observation',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation',
  derivation: 'constraint',
  differential: {
    element: [
      { id: 'Observation', path: 'Observation' },
      binding('code', 'required'),
      binding('method', 'extensible'),
    ],
  },
};
const packages = path.join(folder, 'profile.json');
writeFileSync(packages, JSON.stringify(profile));
const validator = createValidator({ packages: [packages] });

const coded = (code: string, members: object = {}): object => ({
  resourceType: 'Observation',
  meta: { profile: [PROFILE] },
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
  status: 'final',
  code: { coding: [{ system: SYSTEM, code }] },
  ...members,
});

interface Asked {
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

/** A terminology server that knows the code "in"; what it does otherwise the code says. */
async function server(): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const listener = createServer((request: IncomingMessage, response: ServerResponse) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    asked.push({ query, authorization: request.headers.authorization });
    const say = (body: unknown): void => void response.end(JSON.stringify(body));
    switch (query.get('code')) {
      case 'slow':
        return;
      case 'cut':
        response.write('{"resourceType":');
        response.socket?.destroy();
        return;
      case 'fails':
        response.statusCode = 500;
        return say({ resourceType: 'OperationOutcome' });
      case 'unknown-set':
        response.statusCode = 404;
        return say({ resourceType: 'OperationOutcome' });
      case 'redirects':
        response.writeHead(302, { location: 'http://127.0.0.1:9/' });
        return void response.end();
      case 'endless':
        return void response.end(`"${'x'.repeat(2_000_000)}"`);
      case 'nonsense':
        return say({ resourceType: 'Parameters', parameter: [null, { name: 'result', valueString: 'yes' }] });
      default:
        return say({
          resourceType: 'Parameters',
          parameter: [{ name: 'result', valueBoolean: query.get('code') === 'in' }],
        });
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  t.teardown(() => {
    listener.closeAllConnections();
    listener.close();
  });
  return { url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/fhir`, asked };
}

const about = (issues: readonly { severity: string; rule: string; expression: string }[]): string[] =>
  issues
    .filter(({ rule }) => rule.startsWith('binding'))
    .map(({ severity, rule, expression }) => `${severity} ${rule} ${expression}`);

t.test('a value set that is not loaded is never a silent pass', async (t) => {
  const { issues, valid, questions } = validator.validate(
    coded('in', { method: { coding: [{ system: SYSTEM, code: 'm' }] } }),
    { gather: true },
  );
  t.ok(valid);
  t.strictSame(about(issues), [
    'information binding-not-checked Observation.code',
    'information binding-not-checked Observation.method',
  ]);
  t.match(questions, [
    { valueSet: VALUES, codings: [{ system: SYSTEM, code: 'in' }], severity: 'error' },
    { valueSet: VALUES, codings: [{ system: SYSTEM, code: 'm' }], severity: 'warning' },
  ]);
  t.equal(validator.validate(coded('in')).questions, undefined, 'only where it was asked for');
});

t.test('a server settles what it knows, and nothing else changes', async (t) => {
  const { url, asked } = await server();
  const terminology = createTerminologyServer({ url, timeLimitMs: 300, token: 'secret-token' });
  const settled = async (code: string, members: object = {}): Promise<string[]> =>
    about((await validateAsking(validator.validate, terminology, coded(code, members))).issues);
  t.strictSame(await settled('in'), []);
  t.strictSame(await settled('out'), ['error binding Observation.code']);
  t.equal(asked[0]?.authorization, 'Bearer secret-token');
  t.strictSame(await settled('in'), []);
  t.equal(asked.length, 2, 'certain answers are kept');
  const method = (code: string): object => ({ method: { coding: [{ system: SYSTEM, code }] } });
  t.strictSame(await settled('in', method('out')), ['warning binding Observation.method']);
  const unchecked = ['information binding-not-checked Observation.code'];
  for (const code of ['slow', 'cut', 'unknown-set', 'redirects', 'endless', 'nonsense'])
    t.strictSame(await settled(code), unchecked, code);
  const verdict = await validateAsking(validator.validate, terminology, coded('out'));
  t.equal(verdict.valid, false);
  t.equal((await validateAsking(validator.validate, terminology, coded('in'))).valid, true);
});

t.test('a server that fails again and again is left alone for a while', async (t) => {
  const { url, asked } = await server();
  const terminology = createTerminologyServer({ url, timeLimitMs: 300 });
  for (let time = 0; time < 8; time++)
    t.equal(await terminology.validateCode(`${VALUES}${time}`, SYSTEM, 'fails'), 'unknown');
  t.equal(asked.length, 5);
  t.equal(await terminology.validateCode(VALUES, SYSTEM, 'in'), 'unknown', 'and not asked about others');
});

t.test('many questions of one validation have one time limit, and a bound', async (t) => {
  const { url, asked } = await server();
  const terminology = createTerminologyServer({ url, timeLimitMs: 60_000 });
  const many = (count: number, code: string): object => ({
    resourceType: 'Bundle',
    type: 'collection',
    entry: Array.from({ length: count }, (_, place) => ({
      fullUrl: `urn:uuid:5f0c1d2e-7a3b-4c4d-8e5f-${String(place).padStart(12, '0')}`,
      resource: coded(code, { code: { coding: [{ system: `${SYSTEM}/${place}`, code }] } }),
    })),
  });
  const limits = { timeLimitMs: 200, questions: 20, atOnce: 4 };
  const slow = await validateAsking(validator.validate, terminology, many(30, 'slow'), {}, limits);
  t.equal(about(slow.issues).length, 30, 'all stay not checked');
  t.equal(asked.length, 4, 'no more than were under way');
  const quick = await validateAsking(
    validator.validate,
    terminology,
    many(30, 'in'),
    {},
    { ...limits, timeLimitMs: 60_000 },
  );
  t.equal(about(quick.issues).length, 10, 'those beyond the bound');
});

t.test('redbag validate --terminology-server', async (t) => {
  const { url, asked } = await server();
  const file = path.join(folder, 'observation.json');
  const run = async (code: string, ...args: string[]): Promise<{ code: number; err: string }> => {
    writeFileSync(file, JSON.stringify(coded(code)));
    const cli = path.join(import.meta.dirname, '../../dist/cli.js');
    const child = spawn(process.execPath, [cli, 'validate', file, '--package', packages, ...args], {
      env: { ...process.env, REDBAG_TERMINOLOGY_TOKEN: 'secret-token' },
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const [exit] = (await once(child, 'close')) as [number];
    return { code: exit, err };
  };
  t.equal((await run('out')).code, 0, 'without a server it is not checked');
  t.equal((await run('in', '--terminology-server', url)).code, 0);
  const out = await run('out', '--terminology-server', url);
  t.equal(out.code, 1);
  t.match(out.err, /says the terminology server/);
  t.equal(asked[0]?.authorization, 'Bearer secret-token');
  t.equal((await run('in', '--terminology-server', 'nowhere')).code, 2);
  writeFileSync(file, '{"resourceType":"Patient","gender":"male","gender":"male"}');
  const cli = path.join(import.meta.dirname, '../../dist/cli.js');
  const child = spawn(process.execPath, [cli, 'validate', file]);
  const [exit] = (await once(child, 'close')) as [number];
  t.equal(exit, 1, 'a property given twice');
});

const apps: FastifyInstance[] = [];
t.teardown(async () => {
  for (const app of apps) await app.close();
});

/** $validate alone. */
async function served(validate: Validator['validate'], options: object = {}): Promise<FastifyInstance> {
  const app = Fastify();
  apps.push(app);
  await app.register(
    hospitalRoutes({
      store: {} as Store,
      copies: {} as Copies,
      validator: validating({ validate }, { timeLimitMs: 30_000, atOnce: 1, ...options }),
      resourceTypes: resourceTypes(),
      demonstration: true,
    }),
    { prefix: '/fhir', access: openAccess, publicUrl: '' },
  );
  return app;
}

const ask = (app: FastifyInstance, payload: object) =>
  app.inject({
    method: 'POST',
    url: '/fhir/$validate',
    payload,
    headers: { 'content-type': 'application/json' },
  });

t.test('$validate asks the server that is set, and none where none is', async (t) => {
  const { url, asked } = await server();
  const with_ = await served(validator.validate, { terminology: createTerminologyServer({ url }) });
  const told = async (app: FastifyInstance, code: string): Promise<string[]> => {
    const { statusCode, body } = await ask(app, coded(code));
    t.equal(statusCode, 200);
    return (JSON.parse(body) as OperationOutcome).issue.map(({ severity, code }) => `${severity} ${code}`);
  };
  t.strictSame(await told(with_, 'in'), ['information informational']);
  t.strictSame(await told(with_, 'out'), ['error code-invalid']);
  t.equal(asked.length, 2);
  t.strictSame(await told(await served(validator.validate), 'out'), ['information not-found']);
  t.equal(asked.length, 2);
});

t.test('what is not judged in time, or not judged at all, is never valid', async (t) => {
  const big = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: Array.from({ length: 2_000 }, () => ({ resource: coded('in') })),
  };
  t.throws(() => validator.validate(big, { timeLimitMs: 1 }), { name: 'ValidationTimeout' });
  t.doesNotThrow(() => validator.validate(coded('in'), { timeLimitMs: 60_000 }));
  const failing =
    (error: unknown): Validator['validate'] =>
    () => {
      throw error;
    };
  const lost = (code: string): Error => Object.assign(new Error('lost'), { code });
  const cases: [unknown, number, string][] = [
    [new ValidationTimeout(1), 500, 'timeout'],
    [lost('job-time-limit'), 500, 'timeout'],
    [lost('job-worker-stopped'), 500, 'exception'],
    [lost('workshop-full'), 503, 'transient'],
    [new TypeError('a fault of the validator'), 500, 'exception'],
  ];
  for (const [error, status, code] of cases) {
    const { statusCode, body, headers } = await ask(await served(failing(error)), coded('in'));
    t.equal(statusCode, status);
    t.match(JSON.parse(body), { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] });
    if (status === 503) t.ok(headers['retry-after']);
    t.notMatch(body, /a fault of the validator/);
  }
});

t.test('a few at once, some wait, the rest come back later', async (t) => {
  const finish: (() => void)[] = [];
  const held = validating(
    {
      validate: () => new Promise((resolve) => finish.push(() => resolve({ valid: true, issues: [] }))),
    },
    { timeLimitMs: 1, atOnce: 2, waiting: 1 },
  );
  const first = [held.validate({}), held.validate({}), held.validate({})];
  await new Promise(setImmediate);
  t.equal(finish.length, 2);
  await t.rejects(Promise.resolve(held.validate({})), ValidatorBusy);
  finish.shift()?.();
  await first[0];
  await new Promise(setImmediate);
  t.equal(finish.length, 2, 'the next has its turn');
  for (const one of finish) one();
  await Promise.all(first);
});

t.test('settings: an address that is not in clear text, except on this machine', async (t) => {
  const given = (url: string) => () => readConfig({ REDBAG_TERMINOLOGY_SERVER: url });
  t.match(readConfig({ REDBAG_TERMINOLOGY_SERVER: 'https://tx.example/fhir/' }), {
    terminologyServer: { url: 'https://tx.example/fhir', timeLimitMs: 2_000 },
    validationLimitMs: 30_000,
  });
  t.ok(given('http://127.0.0.1:8080/fhir')().terminologyServer);
  t.throws(given('http://tx.example/fhir'), ConfigInvalid);
  t.throws(given('tx.example'), ConfigInvalid);
  t.equal(readConfig({}).terminologyServer, undefined);
  t.throws(() => readConfig({ REDBAG_VALIDATION_TIME_LIMIT: '0' }), ConfigInvalid);
  t.equal(readConfig({ REDBAG_VALIDATION_TIME_LIMIT: '5' }).validationLimitMs, 5_000);
});
