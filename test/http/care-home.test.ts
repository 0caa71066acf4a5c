import { createConnection } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance, InjectOptions } from 'fastify';
import pino from 'pino';
import t, { type Test as T } from 'tap';
import type { AccessControl } from '#src/access/access.js';
import { openAccess } from '#src/access/open.js';
import { sharedToken } from '#src/access/shared-token.js';
import { buildApp } from '#src/app.js';
import { group, line } from '#src/forms/elements.js';
import { careHomeRoutes } from '#src/http/care-home/routes.js';
import { bag, error, fakeService, warning } from './fake-service.js';

const resident = group('Resident', { name: line('Name') });
const packageSchema = group('Package', { resident });

const fake = fakeService();
let healthy = true;
const logged: string[] = [];

const build = (access: AccessControl = openAccess, publicUrl = ''): Promise<FastifyInstance> =>
  buildApp({
    service: fake.service,
    access,
    health: async () => ({ store: healthy }),
    version: '1.2.3',
    demonstration: true,
    bodyLimit: 1000,
    publicUrl,
    packages: {
      packageSchema,
      forms: { Resident: resident },
      examples: { small: { summary: 'Small', value: { resident: { name: 'X' } } } },
    },
    logger: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  });
const app = await build();
t.teardown(() => app.close());

t.beforeEach(() => {
  fake.calls.length = 0;
  for (const name of Object.keys(fake.answers)) delete fake.answers[name as keyof typeof fake.answers];
});

const json = (method: 'POST' | 'PUT', url: string, payload: unknown = {}, headers: object = {}) =>
  app.inject({ method, url, payload: payload as object, headers: { ...headers } });

/** Checks the shape that every error has. */
async function problem(t: T, sent: InjectOptions, status: number, code: string, of: FastifyInstance = app) {
  const response = await of.inject(sent);
  t.equal(response.statusCode, status, `${sent.method} ${String(sent.url)} ${response.body.slice(0, 200)}`);
  t.match(response.headers['content-type'], /^application\/problem\+json/);
  const body = response.json();
  t.match(body, {
    type: /^https:\/\/w3id\.org\/redbag\/problems#[a-z-]+$/,
    title: String,
    status,
    issues: [{ severity: 'error', code, pointer: String, message: String, rule: String }],
  });
  t.match(response.headers, {
    'x-request-id': String,
    'x-correlation-id': String,
    'x-content-type-options': 'nosniff',
  });
  return response;
}

t.test('POST /red-bags', async (t) => {
  fake.answers.accept = { kind: 'created', bag: bag() };
  const bytes = '{"a": 1, "a": 2}';
  const created = await app.inject({
    method: 'POST',
    url: '/red-bags',
    payload: bytes,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
  });
  t.equal(created.statusCode, 201);
  t.match(created.headers, {
    location: '/red-bags/b1',
    etag: '"1"',
    'content-type': /^application\/json/,
    'cache-control': 'no-store',
  });
  t.same(created.json(), {
    id: 'b1',
    packageId: 'p1',
    version: 1,
    status: 'delivering',
    issues: [warning],
    links: {
      self: '/red-bags/b1',
      bundle: '/red-bags/b1/bundle',
      pdf: '/red-bags/b1/pdf',
      package: '/red-bags/b1/package',
      deliveries: '/red-bags/b1/deliveries',
      coverage: '/red-bags/b1/coverage',
    },
  });
  t.same(
    Buffer.from(fake.calls[0]?.args[0] as Uint8Array).toString(),
    bytes,
    'the service gets the very bytes',
  );
  t.match(fake.calls[0]?.context, { caller: 'open', requestId: created.headers['x-request-id'] });

  fake.answers.accept = { kind: 'same', bag: bag({ version: 3 }) };
  t.match(await json('POST', '/red-bags'), {
    statusCode: 200,
    headers: { location: '/red-bags/b1', etag: '"3"' },
  });

  fake.answers.accept = { kind: 'invalid', status: 400, issues: [error] };
  t.match(
    (await problem(t, { method: 'POST', url: '/red-bags', payload: {} }, 400, 'y')).json().type,
    /#unreadable$/,
  );
  fake.answers.accept = { kind: 'invalid', status: 422, issues: [error] };
  t.same((await problem(t, { method: 'POST', url: '/red-bags', payload: {} }, 422, 'y')).json().issues, [
    error,
  ]);
  fake.answers.accept = { kind: 'package-id-reused', existing: { id: 'b0', version: 2 }, issues: [] };
  const reused = await problem(
    t,
    { method: 'POST', url: '/red-bags', payload: {} },
    422,
    'package-id-reused',
  );
  t.match(reused.json(), {
    type: /#package-id-reused$/,
    existing: { id: 'b0', version: 2 },
    issues: [{ pointer: '/packageId', message: /b0/ }],
  });

  t.test('links may begin with a public address', async (t) => {
    const other = await build(openAccess, 'https://bags.example');
    t.teardown(() => other.close());
    fake.answers.accept = { kind: 'created', bag: bag() };
    const answer = await other.inject({ method: 'POST', url: '/red-bags', payload: {} });
    t.equal(answer.headers.location, 'https://bags.example/red-bags/b1');
    t.equal(answer.json().links.pdf, 'https://bags.example/red-bags/b1/pdf');
  });
});

t.test('bodies: media type, encoding, size, absence', async (t) => {
  const post = (headers: Record<string, string>, payload: string | Buffer = '{}'): InjectOptions => ({
    method: 'POST',
    url: '/red-bags',
    headers,
    payload,
  });
  await problem(t, post({ 'content-type': 'text/plain' }), 415, 'unsupported-media-type');
  await problem(t, post({ 'content-type': 'application/fhir+json' }), 415, 'unsupported-media-type');
  await problem(
    t,
    post({ 'content-type': 'application/json; charset=iso-8859-1' }),
    415,
    'unsupported-media-type',
  );
  const encoded = await problem(
    t,
    post({ 'content-type': 'application/json', 'content-encoding': 'gzip' }),
    415,
    'unsupported-content-encoding',
  );
  t.equal(encoded.headers['accept-encoding'], 'identity');
  await problem(t, post({}), 415, 'unsupported-media-type');
  t.match(
    (
      await problem(
        t,
        post({ 'content-type': 'application/json' }, Buffer.alloc(1001, 32)),
        413,
        'body-too-large',
      )
    ).json().issues[0].message,
    /1000 bytes/,
  );
  t.equal(fake.calls.length, 0);
  fake.answers.accept = { kind: 'invalid', status: 400, issues: [error] };
  await problem(t, { method: 'POST', url: '/red-bags' }, 400, 'y');
  await problem(t, post({ 'content-type': 'application/json' }, ''), 400, 'y');
  t.same(
    fake.calls.map((c) => (c.args[0] as Uint8Array).length),
    [0, 0],
    "no body is the intake's to say",
  );
  await problem(t, post({ 'content-type': 'application/json', 'content-encoding': 'identity' }), 400, 'y');
});

t.test('POST /red-bags/validate answers 200 whatever is wrong', async (t) => {
  fake.answers.validate = { valid: false, issues: [error] };
  const answer = await json('POST', '/red-bags/validate');
  t.equal(answer.statusCode, 200);
  t.same(answer.json(), { valid: false, issues: [error] });
  t.equal((await app.inject({ method: 'POST', url: '/red-bags/validate' })).statusCode, 200);
  await problem(t, { method: 'GET', url: '/red-bags/validate/x' }, 404, 'not-found');
});

t.test('GET /red-bags', async (t) => {
  fake.answers.list = { kind: 'page', items: [bag()], next: 'c2' };
  const page = await app.inject(
    '/red-bags?packageId=p1&status=held&updatedSince=2026-11-22T03:12:00%2B01:00&limit=5&cursor=c1',
  );
  t.match(page.json(), { items: [{ id: 'b1', links: { self: '/red-bags/b1' } }], next: 'c2' });
  t.same(fake.calls[0]?.args[0], {
    packageId: 'p1',
    status: 'held',
    updatedSince: '2026-11-22T02:12:00.000Z',
    limit: 5,
    cursor: 'c1',
  });
  fake.answers.list = { kind: 'page', items: [] };
  const last = await app.inject('/red-bags');
  t.same(last.json(), { items: [] });
  t.same(fake.calls[1]?.args[0], { limit: 20 });
  for (const bad of [
    'limit=0',
    'limit=101',
    'limit=x',
    'status=gone',
    'updatedSince=2026-11-22',
    'packageId=',
    'packageId=a&packageId=b',
    'cursor=',
  ]) {
    await problem(t, { method: 'GET', url: `/red-bags?${bad}` }, 400, 'bad-parameter');
  }
  const unknown = await problem(
    t,
    { method: 'GET', url: '/red-bags?packageid=1&nhsNumber=9000000009&limit=0' },
    400,
    'unknown-parameter',
  );
  t.match(unknown.json().issues, [
    { message: /Did you mean packageId/ },
    { code: 'unknown-parameter' },
    { code: 'bad-parameter' },
  ]);
  fake.answers.list = { kind: 'bad-cursor' };
  await problem(t, { method: 'GET', url: '/red-bags?cursor=nonsense' }, 400, 'bad-parameter');
});

t.test('reading a bag and what belongs to it', async (t) => {
  fake.answers.read = bag({ version: 4 });
  t.match(await app.inject('/red-bags/b1'), { statusCode: 200, headers: { etag: '"4"' } });
  const bundle = '{ "resourceType":"Bundle","x":1.50 }';
  fake.answers.bundle = { version: 2, body: bundle };
  const read = await app.inject('/red-bags/b1/bundle');
  t.match(read.headers, { 'content-type': 'application/fhir+json; charset=utf-8', etag: '"2"' });
  t.equal(read.body, bundle, 'the stored bytes');
  t.equal((await app.inject('/red-bags/b1/versions/1/bundle')).statusCode, 200);
  t.same(
    fake.calls.slice(1).map((c) => c.args),
    [
      ['b1', undefined],
      ['b1', 1],
    ],
  );
  const known = await app.inject({ url: '/red-bags/b1/bundle', headers: { 'if-none-match': '"1", W/"2"' } });
  t.match({ status: known.statusCode, body: known.body }, { status: 304, body: '' });
  const pdf = Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0xff, 0x00]);
  fake.answers.pdf = { version: 2, tag: '2-large', body: async () => pdf };
  for (const url of ['/red-bags/b1/pdf', '/red-bags/b1/versions/2/pdf']) {
    const file = await app.inject(url);
    t.match(file.headers, {
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="red-bag-b1-v2-large.pdf"',
      etag: '"2-large"',
    });
    t.same(new Uint8Array(file.rawPayload), pdf);
  }
  t.match(await app.inject({ method: 'HEAD', url: '/red-bags/b1/pdf' }), { statusCode: 200, body: '' });
  const had = await app.inject({ url: '/red-bags/b1/pdf', headers: { 'if-none-match': '"2-large"' } });
  t.match({ status: had.statusCode, body: had.body }, { status: 304, body: '' });
  t.equal((await app.inject('/red-bags/b1/versions/2/pdf?print=large')).statusCode, 200);
  t.same(fake.calls.at(-1)?.args, ['b1', 2, 'large']);
  await problem(t, { method: 'GET', url: '/red-bags/b1/pdf?print=huge' }, 400, 'bad-parameter');
  await problem(t, { method: 'GET', url: '/red-bags/b1/pdf?pritn=large' }, 400, 'unknown-parameter');
  fake.answers.package = { version: 2, body: '{"format":"redbag/1"}' };
  fake.answers.coverage = { version: 2, body: '{"leaves":[]}' };
  fake.answers.deliveries = [{ destination: 'XRB01', version: 1, state: 'waiting', attempts: [] }];
  t.equal((await app.inject('/red-bags/b1/package')).body, '{"format":"redbag/1"}');
  t.same((await app.inject('/red-bags/b1/coverage')).json(), { leaves: [] });
  t.same((await app.inject('/red-bags/b1/deliveries')).json(), { items: fake.answers.deliveries });

  for (const name of ['read', 'bundle', 'pdf', 'package', 'coverage', 'deliveries'] as const)
    delete fake.answers[name];
  for (const path of [
    '',
    '/bundle',
    '/pdf',
    '/package',
    '/coverage',
    '/deliveries',
    '/versions/9/bundle',
    '/versions/x/pdf',
    '/versions/0/bundle',
  ]) {
    await problem(t, { method: 'GET', url: `/red-bags/none${path}` }, 404, 'bag-not-found');
  }
});

t.test('PUT /red-bags/{id}', async (t) => {
  const put = (ifMatch?: string): InjectOptions => ({
    method: 'PUT',
    url: '/red-bags/b1',
    payload: {},
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  });
  await problem(t, put(), 428, 'if-match-missing');
  for (const bad of ['*', '1', '"1", "2"', '"x"', '""'])
    await problem(t, put(bad), 400, 'if-match-unreadable');
  t.equal(fake.calls.length, 0);
  fake.answers.amend = { kind: 'amended', bag: bag({ version: 2 }) };
  t.match(await app.inject(put('"1"')), { statusCode: 200, headers: { etag: '"2"' } });
  t.match(await app.inject(put('W/"1"')), { statusCode: 200 });
  t.same(
    fake.calls.map((c) => c.args.slice(0, 2)),
    [
      ['b1', 1],
      ['b1', 1],
    ],
  );
  fake.answers.amend = { kind: 'same', bag: bag({ version: 2 }) };
  t.match(await app.inject(put('"1"')), { statusCode: 200 });
  fake.answers.amend = { kind: 'stale', version: 7 };
  const stale = await problem(t, put('"1"'), 412, 'stale-version');
  t.equal(stale.headers.etag, '"7"');
  fake.answers.amend = { kind: 'withdrawn' };
  await problem(t, put('"1"'), 422, 'bag-withdrawn');
  fake.answers.amend = { kind: 'package-id-mismatch' };
  await problem(t, put('"1"'), 422, 'package-id-mismatch');
  fake.answers.amend = { kind: 'invalid', status: 422, issues: [error] };
  await problem(t, put('"1"'), 422, 'y');
  fake.answers.amend = { kind: 'not-found' };
  await problem(t, put('"1"'), 404, 'bag-not-found');
});

t.test('withdrawal and destinations', async (t) => {
  fake.answers.withdraw = { kind: 'withdrawn', repeated: false, bag: bag({ status: 'withdrawn' }) };
  t.match((await json('POST', '/red-bags/b1/withdrawal', { reason: 'wrong resident', by: 'Ann' })).json(), {
    status: 'withdrawn',
  });
  t.same(fake.calls[0]?.args, ['b1', { reason: 'wrong resident', by: 'Ann' }]);
  const withdrawal = (payload: string): InjectOptions => ({
    method: 'POST',
    url: '/red-bags/b1/withdrawal',
    payload,
    headers: { 'content-type': 'application/json' },
  });
  t.match((await problem(t, withdrawal('{}'), 422, 'missing-field')).json().issues, [{ pointer: '/reason' }]);
  await problem(t, withdrawal('{"reason":""}'), 422, 'empty-string');
  await problem(t, withdrawal('{"reason":"x","why":1}'), 422, 'unknown-field');
  await problem(t, withdrawal('{"reason"'), 400, 'json-broken');
  await problem(t, withdrawal(''), 400, 'no-body');
  fake.answers.withdraw = { kind: 'not-found' };
  await problem(t, withdrawal('{"reason":"x"}'), 404, 'bag-not-found');

  fake.answers.addDestination = { kind: 'added', repeated: true, bag: bag() };
  t.equal((await json('POST', '/red-bags/b1/destinations', { odsCode: 'XRB01' })).statusCode, 200);
  const destination = (payload: object): InjectOptions => ({
    method: 'POST',
    url: '/red-bags/b1/destinations',
    payload,
  });
  await problem(t, destination({ odsCode: 'xrb01' }), 422, 'not-an-ods-code');
  fake.answers.addDestination = { kind: 'withdrawn' };
  await problem(t, destination({ odsCode: 'XRB01' }), 422, 'bag-withdrawn');
  fake.answers.addDestination = { kind: 'not-found' };
  await problem(t, destination({ odsCode: 'XRB01' }), 404, 'bag-not-found');
});

t.test('unknown addresses and methods', async (t) => {
  for (const url of ['/', '/red-bag', '/red-bags/b1/nothing', '/fhir/metadata'])
    await problem(t, { method: 'GET', url }, 404, 'not-found');
  await problem(
    t,
    { method: 'POST', url: '/nothing', payload: '{"broken', headers: { 'content-type': 'application/json' } },
    404,
    'not-found',
  );
  await problem(
    t,
    { method: 'POST', url: '/nothing', payload: 'x', headers: { 'content-type': 'text/csv' } },
    404,
    'not-found',
  );
  const allow = async (
    method: 'DELETE' | 'PATCH' | 'GET' | 'POST' | 'OPTIONS',
    url: string,
  ): Promise<unknown> => (await problem(t, { method, url }, 405, 'method-not-allowed')).headers.allow;
  t.equal(await allow('DELETE', '/red-bags/b1'), 'GET, HEAD, PUT');
  t.equal(await allow('PATCH', '/red-bags'), 'GET, HEAD, POST');
  t.equal(await allow('GET', '/red-bags/b1/withdrawal?x=1'), 'POST');
  t.equal(await allow('POST', '/red-bags/b1/pdf'), 'GET, HEAD');
  t.equal(await allow('OPTIONS', '/red-bags'), 'GET, HEAD, POST');
  t.equal(await allow('POST', '/health'), 'GET, HEAD');
  await problem(t, { method: 'GET', url: '/red-bags/%zz' }, 400, 'bad-url');
  await problem(t, { method: 'GET', url: `/red-bags/${'x'.repeat(300)}` }, 404, 'not-found');
});

t.test('ids are echoed, or made', async (t) => {
  fake.answers.read = bag();
  const given = await app.inject({
    url: '/red-bags/b1',
    headers: { 'x-request-id': 'req-1', 'x-correlation-id': 'corr:2' },
  });
  t.match(given.headers, { 'x-request-id': 'req-1', 'x-correlation-id': 'corr:2' });
  t.match(fake.calls[0]?.context, { requestId: 'req-1', correlationId: 'corr:2' });
  const odd = await app.inject({
    url: '/nothing',
    headers: { 'x-request-id': 'a b\u00e9', 'x-correlation-id': 'x'.repeat(500) },
  });
  t.match(odd.headers, { 'x-request-id': /^[0-9a-f-]{36}$/, 'x-correlation-id': /^[0-9a-f-]{36}$/ });
  const bad = await app.inject({ url: '/%zz', headers: { 'x-request-id': 'req-3' } });
  t.match(bad.headers, { 'x-request-id': 'req-3', 'x-correlation-id': /^[0-9a-f-]{36}$/ });
});

t.test(
  'a failure of ours says nothing of what was sent, and logs hold neither content nor addresses',
  async (t) => {
    logged.length = 0;
    fake.answers.accept = () => {
      throw new Error('could not store Betty Okafor');
    };
    const failed = await problem(
      t,
      { method: 'POST', url: '/red-bags?who=Okafor', payload: { name: 'Betty' } },
      500,
      'internal-error',
    );
    t.notMatch(failed.body, /Betty|Okafor/);
    await app.inject('/red-bags/secret-id/pdf?q=Okafor');
    await app.inject('/Okafor');
    fake.answers.accept = () => {
      throw Object.assign(new Error('rule bdl-1 at Bundle.entry[3]'), { safeToLog: true });
    };
    await problem(t, { method: 'POST', url: '/red-bags', payload: {} }, 500, 'internal-error');
    fake.answers.accept = () => {
      throw Object.assign(new Error('full'), { code: 'workshop-full' });
    };
    const busy = await problem(t, { method: 'POST', url: '/red-bags', payload: {} }, 503, 'not-available');
    t.match(busy.headers['retry-after'], /^[1-9]\d*$/);
    const text = logged.join('');
    t.match(text, /rule bdl-1/, 'unless the error vouches for its message');
    t.notMatch(text, /Betty|Okafor|secret-id/);
    t.match(text, /"route":"\/red-bags\/:id\/pdf"/);
    t.match(text, /"route":"none"/);
    t.match(text, /fake-service/, 'the place of the failure is told');
  },
);

t.test('access', async (t) => {
  fake.answers.read = bag();
  await problem(
    t,
    { method: 'GET', url: '/red-bags/b1', headers: { host: 'evil.example' } },
    421,
    'wrong-host',
  );
  for (const host of ['localhost:8080', '127.0.0.1', '[::1]:80'])
    t.equal((await app.inject({ url: '/red-bags/b1', headers: { host } })).statusCode, 200, host);
  const guarded = await build(sharedToken('t'.repeat(40)));
  t.teardown(() => guarded.close());
  const ask = (authorization?: string): InjectOptions => ({
    method: 'GET',
    url: '/red-bags/b1',
    headers: { host: 'any.example', ...(authorization === undefined ? {} : { authorization }) },
  });
  for (const wrong of [undefined, 'Bearer x', `Basic ${'t'.repeat(40)}`, 'Bearer ']) {
    const refused = await problem(t, ask(wrong), 401, 'not-authorised', guarded);
    t.equal(refused.headers['www-authenticate'], 'Bearer');
  }
  t.equal((await guarded.inject(ask(`Bearer ${'t'.repeat(40)}`))).statusCode, 200);
  await problem(
    t,
    { method: 'POST', url: '/red-bags', payload: 'x', headers: { 'content-type': 'text/plain' } },
    401,
    'not-authorised',
    guarded,
  );
  t.equal((await guarded.inject('/health')).statusCode, 200);
});

t.test('GET /health', async (t) => {
  t.same((await app.inject('/health')).json(), {
    status: 'ok',
    version: '1.2.3',
    demonstration: true,
    parts: { store: 'ok' },
  });
  healthy = false;
  t.match(await app.inject('/health'), { statusCode: 503 });
  healthy = true;
});

t.test('the description is true and whole', async (t) => {
  const document = (await app.inject('/openapi.json')).json();
  t.equal(document.openapi, '3.1.1');
  const routes = new Set<string>();
  const bare = await import('fastify').then(({ default: Fastify }) => Fastify());
  t.teardown(() => bare.close());
  bare.addHook('onRoute', ({ url, method }) => {
    for (const m of [method].flat())
      if (m !== 'HEAD') routes.add(`${m.toLowerCase()} ${url.replace(/:(\w+)/g, '{$1}')}`);
  });
  await bare.register(careHomeRoutes, { service: fake.service, access: openAccess, publicUrl: '' });
  const described = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((m) => `${m} ${path}`),
  );
  t.same(new Set(described), new Set([...routes, 'get /health', 'get /openapi.json']));
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'openapi', components: document.components });
  for (const name of Object.keys(document.components.schemas)) {
    t.doesNotThrow(() => ajv.compile({ $ref: `openapi#/components/schemas/${name}` }), name);
  }
  t.equal(document.components.schemas.Package.properties.resident.$ref, '#/components/schemas/Resident');
  for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = String(pointer)
      .split('/')
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], document);
    t.ok(target, String(pointer));
  }
  t.ok(
    ajv.validate(
      { $ref: 'openapi#/components/schemas/Package' },
      document.paths['/red-bags'].post.requestBody.content['application/json'].examples.small.value,
    ),
  );
  fake.answers.read = bag();
  t.ok(ajv.validate({ $ref: 'openapi#/components/schemas/Bag' }, (await app.inject('/red-bags/b1')).json()));
  t.ok(ajv.validate({ $ref: 'openapi#/components/schemas/Problem' }, (await app.inject('/none')).json()));
  for (const code of ['package-id-reused', 'nhs-number-check-digit', 'json-broken'])
    t.match(document.info.description, code);
});

t.test('the page /docs needs no other host', async (t) => {
  const page = await app.inject('/docs/');
  const html = page.statusCode === 200 ? page : await app.inject('/docs/static/index.html');
  t.equal(html.statusCode, 200);
  t.match(html.headers['content-security-policy'], /default-src 'none'/);
  t.notMatch(html.headers['content-security-policy'], /upgrade-insecure-requests|validator\.swagger/);
  t.notMatch(html.body, /(src|href)="(https?:)?\/\//);
  t.notMatch(html.body, /<script>[^<]/, 'no inline script');
  for (const [, path] of html.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const asset = await app.inject(new URL(String(path), 'http://localhost/docs/').pathname);
    t.equal(asset.statusCode, 200, String(path));
  }
});

t.test('what is not HTTP is answered too', async (t) => {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = createConnection(port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (data) => {
        answer += data.toString();
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  const close = 'Host: localhost\r\nConnection: close\r\n\r\n';
  t.match(
    await raw('nonsense\r\n\r\n'),
    /^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"bad-request"/,
  );
  t.match(await raw(`FOO /red-bags HTTP/1.1\r\n${close}`), /^HTTP\/1\.1 400 [\s\S]*problem\+json/);
  t.match(
    await raw(`GET /red-bags HTTP/1.1\r\nX: ${'x'.repeat(40_000)}\r\n${close}`),
    /^HTTP\/1\.1 431 [\s\S]*headers-too-large/,
  );
  t.match(await raw(`PROPFIND /red-bags HTTP/1.1\r\n${close}`), /^HTTP\/1\.1 405 [\s\S]*method-not-allowed/);
  t.match(await raw(`GET /%zz HTTP/1.1\r\n${close}`), /^HTTP\/1\.1 400 [\s\S]*bad-url/);
  const chunked = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n';
  fake.answers.accept = { kind: 'created', bag: bag() };
  t.match(
    await raw(
      `POST /red-bags HTTP/1.1\r\n${chunked}${close}${(2000).toString(16)}\r\n${'x'.repeat(2000)}\r\n0\r\n\r\n`,
    ),
    /^HTTP\/1\.1 413 [\s\S]*body-too-large/,
  );
  t.match(await raw(`POST /red-bags HTTP/1.1\r\n${chunked}${close}2\r\n{}\r\n0\r\n\r\n`), /^HTTP\/1\.1 201 /);
  t.match(
    await raw(`POST /red-bags HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n${close}`),
    /^HTTP\/1\.1 400 /,
  );
});
