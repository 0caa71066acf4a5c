/** The pretend hospital: what it serves, that it keeps every copy, its page, its faults. */
import { join } from 'node:path';
import type { Bundle, CapabilityStatement, DocumentReference, FhirResource } from 'fhir/r4';
import t from 'tap';
import { isOdsCode } from '#src/delivery/hospitals.js';
import { buildSandbox, type Sandbox } from '#src/sandbox/app.js';
import { demonstrationHospitals, EXAMPLE_HOSPITALS } from '#src/sandbox/faults.js';

const FHIR = 'application/fhir+json';

const reference = (id: string, more: object = {}): DocumentReference => ({
  resourceType: 'DocumentReference',
  id,
  masterIdentifier: { system: 'urn:x', value: id },
  status: 'current',
  subject: { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' } },
  content: [{ attachment: { contentType: 'application/pdf', url: `Binary/${id}-b`, title: 'Bag' } }],
  ...more,
});

const pdf = (id: string): FhirResource => ({
  resourceType: 'Binary',
  id,
  contentType: 'application/pdf',
  data: Buffer.from('%PDF-1.7').toString('base64'),
});

const put = (resource: FhirResource) => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
});

const transaction = (...entry: object[]) => ({ resourceType: 'Bundle', type: 'transaction', entry });

async function send(
  sandbox: Sandbox,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const answer = await sandbox.app.inject({
    method,
    url,
    headers: { ...(body !== undefined && { 'content-type': FHIR }), ...headers },
    ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    json: isJson ? answer.json() : undefined,
  };
}

t.test('transaction, read, search, versions', async (t) => {
  const sandbox = buildSandbox();
  t.teardown(() => sandbox.app.close());
  const base = '/XRB01/fhir';
  const bag = transaction(put(pdf('a-b')), put(reference('a')));
  const first = await send(sandbox, 'POST', base, bag, { 'x-request-id': 'r1', 'x-correlation-id': 'c1' });
  t.equal(first.status, 200);
  t.match(first.headers, { 'x-request-id': 'r1', 'x-correlation-id': 'c1' });
  t.match(first.json, {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: [
      { response: { status: '201 Created' } },
      { response: { status: '201 Created', location: 'DocumentReference/a/_history/1' } },
    ],
  });
  const again = await send(sandbox, 'POST', base, bag);
  t.match(again.json.entry, [
    { response: { status: '200 OK' } },
    { response: { status: '200 OK', location: 'DocumentReference/a/_history/2' } },
  ]);

  const bytes = await send(sandbox, 'GET', `${base}/Binary/a-b`, undefined, { accept: 'application/pdf' });
  t.match(bytes, {
    status: 200,
    text: '%PDF-1.7',
    headers: { 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' },
  });
  t.equal(
    (await send(sandbox, 'GET', `${base}/Binary/a-b`, undefined, { accept: FHIR })).json.resourceType,
    'Binary',
  );
  t.equal((await send(sandbox, 'GET', `${base}/DocumentReference/none`)).status, 404);
  t.equal((await send(sandbox, 'GET', '/XRB99/fhir/DocumentReference/a')).status, 404);

  await send(sandbox, 'PUT', `${base}/DocumentReference/b`, reference('b', { status: 'superseded' }));
  const find = async (query: string) =>
    ((await send(sandbox, 'GET', `${base}/DocumentReference?${query}`)).json as Bundle).entry?.map(
      (e) => e.resource?.id,
    );
  t.same(await find(''), ['a', 'b']);
  t.same(await find('identifier=urn:x|b'), ['b']);
  t.same(await find('identifier=urn:x|b,urn:x|a'), ['a', 'b']);
  t.same(await find('identifier=urn:y|b'), []);
  t.same(await find('_id=a&status=superseded'), []);
  t.same(await find('patient.identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018&_count=5'), ['a', 'b']);
  t.equal(
    (await send(sandbox, 'GET', `${base}/DocumentReference?author=x`)).status,
    400,
    'an unknown parameter is not "everything"',
  );
  const posted = await send(sandbox, 'POST', `${base}/DocumentReference/_search`, 'identifier=urn%3Ax%7Ca', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  t.equal(posted.json.total, 1);
});

t.test('it keeps every copy; a condition is the sender’s', async (t) => {
  const sandbox = buildSandbox();
  t.teardown(() => sandbox.app.close());
  const base = '/XRB01/fhir';
  const urn = 'urn:uuid:11111111-1111-4111-8111-111111111111';
  const entry = (ifNoneExist?: string) => [
    { fullUrl: urn, resource: pdf('x'), request: { method: 'POST', url: 'Binary' } },
    {
      fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111112',
      resource: reference('c', { content: [{ attachment: { url: urn } }] }),
      request: { method: 'POST', url: 'DocumentReference', ...(ifNoneExist && { ifNoneExist }) },
    },
  ];
  await send(sandbox, 'POST', base, transaction(...entry()));
  await send(sandbox, 'POST', base, transaction(...entry()));
  const has = sandbox.hospital('XRB01');
  t.equal(has?.all('DocumentReference').length, 2, 'a repeat without a condition is a double');
  const [one] = (has?.all('DocumentReference') ?? []) as unknown as DocumentReference[];
  t.ok(has?.read('Binary', one?.content[0]?.attachment.url?.split('/')[1] ?? ''), 'links are rewritten');
  t.equal((await send(sandbox, 'POST', base, transaction(...entry('identifier=urn:x|c')))).status, 412);
  t.equal(has?.all('Binary').length, 2, 'all or nothing: the Binary before the fault is not kept');
  const created = await send(sandbox, 'POST', `${base}/DocumentReference`, reference('d'), {
    'if-none-exist': 'identifier=urn:x|d',
  });
  t.equal(created.status, 201);
  t.match(created.headers.location, /\/XRB01\/fhir\/DocumentReference\/.+\/_history\/1$/);
  t.equal(
    (
      await send(sandbox, 'POST', `${base}/DocumentReference`, reference('d'), {
        'if-none-exist': 'identifier=urn:x|d',
      })
    ).status,
    200,
  );
});

t.test('what it cannot do is said as an OperationOutcome', async (t) => {
  const sandbox = buildSandbox();
  t.teardown(() => sandbox.app.close());
  const base = '/XRB01/fhir';
  for (const [status, method, url, body, headers] of [
    [400, 'POST', base, { resourceType: 'Bundle', type: 'batch' }],
    [400, 'POST', base, '{"resourceType":'],
    [400, 'POST', base, '{"__proto__":{"a":1}}'],
    [400, 'POST', base, transaction({ request: { method: 'PUT', url: 'Binary/x' } })],
    [400, 'POST', base, transaction({ resource: pdf('x'), request: { method: 'DELETE', url: 'Binary/x' } })],
    [400, 'PUT', `${base}/Binary/y`, pdf('x')],
    [400, 'PUT', `${base}/Binary/x`, reference('x')],
    [422, 'PUT', `${base}/DocumentReference/x`, { resourceType: 'DocumentReference', id: 'x' }],
    [415, 'POST', base, '<Bundle/>', { 'content-type': 'application/fhir+xml' }],
    [404, 'GET', '/nothing/here/at/all/of/it', undefined],
  ] as const) {
    const answer = await send(sandbox, method, url, body, headers);
    t.equal(answer.status, status, `${method} ${url} ${status}`);
    t.equal(answer.json?.resourceType, 'OperationOutcome');
  }
  t.equal(
    (await send(sandbox, 'PUT', '/XRB11/fhir/Binary/x', pdf('x'))).status,
    405,
    'a hospital that gives its own ids',
  );
});

t.test('capabilities, example codes, demonstration configuration', async (t) => {
  const sandbox = buildSandbox();
  t.teardown(() => sandbox.app.close());
  const statement = (await send(sandbox, 'GET', '/XRB05/fhir/metadata')).json as CapabilityStatement;
  t.match(statement, { resourceType: 'CapabilityStatement', kind: 'instance', fhirVersion: '4.0.1' });
  t.ok(EXAMPLE_HOSPITALS.every(({ odsCode, name }) => isOdsCode(odsCode) && /example/i.test(name)));
  t.equal(new Set(EXAMPLE_HOSPITALS.map((h) => h.odsCode)).size, EXAMPLE_HOSPITALS.length);
  for (const fault of [
    'hang',
    'refuse-connection',
    'answer-half',
    'write-then-no-answer',
    'conflict-409',
    'too-many-429',
    'unavailable-503',
    'invalid-422',
    'slow',
  ]) {
    t.ok(
      EXAMPLE_HOSPITALS.some((h) => h.fault === fault),
      `${fault} has a code of its own`,
    );
  }
  t.match(demonstrationHospitals('http://127.0.0.1:1').hospitals['XRB01'], {
    baseUrl: 'http://127.0.0.1:1/XRB01/fhir',
  });
});

t.test('the page: what was received, escaped, and whether it still holds', async (t) => {
  const sandbox = buildSandbox();
  t.teardown(() => sandbox.app.close());
  const evil = '<script>alert("1")</script>';
  const title = (text: string, url: string) => ({ content: [{ attachment: { url, title: text } }] });
  await send(
    sandbox,
    'POST',
    '/XRB01/fhir',
    transaction(
      put(reference('a')),
      put(
        reference('b', {
          status: 'superseded',
          ...title(evil, 'javascript:alert(1)'),
          subject: { display: evil },
        }),
      ),
      put(reference('c', { status: 'entered-in-error' })),
    ),
  );
  const page = await send(sandbox, 'GET', '/');
  t.match(page.headers['content-type'], /text\/html/);
  t.match(page.headers['content-security-policy'], /default-src 'none'/);
  t.match(page.text, 'href="/XRB01/fhir/Binary/a-b"');
  t.match(page.text, /NOT FOR CARE/);
  t.match(page.text, /SUPERSEDED/);
  t.match(page.text, /ENTERED IN ERROR/);
  t.match(page.text, '&#60;script&#62;');
  t.notMatch(page.text, /<script|javascript:/);
  t.ok(
    EXAMPLE_HOSPITALS.every(({ odsCode }) => page.text.includes(odsCode)),
    'every code can be found here',
  );
});

t.test('with a folder it has its documents after a restart', async (t) => {
  const folder = join(t.testdir(), 'hospital');
  const one = buildSandbox({ folder });
  await send(one, 'POST', '/XRB01/fhir', transaction(put(pdf('a-b')), put(reference('a'))));
  await send(one, 'PUT', '/XRB01/fhir/DocumentReference/a', reference('a', { status: 'superseded' }));
  await send(
    one,
    'POST',
    '/XRB01/fhir',
    transaction(put(pdf('z')), { resource: pdf('z'), request: { method: 'PUT', url: 'Binary/other' } }),
  );
  await one.app.close();
  const two = buildSandbox({ folder });
  t.teardown(() => two.app.close());
  const has = two.hospital('XRB01');
  t.same(
    has?.versions('DocumentReference', 'a').map((d) => (d as unknown as DocumentReference).status),
    ['current', 'superseded'],
  );
  t.ok(has?.read('Binary', 'a-b'));
  t.notOk(has?.read('Binary', 'z'), 'what failed was not kept');
  t.equal(two.hospital('XRB02')?.all('DocumentReference').length, 0);
});

t.test('faults: some pass after a few times, for each delivery anew', async (t) => {
  const sandbox = buildSandbox({ slowMs: 1 });
  t.teardown(() => sandbox.app.close());
  const bag = transaction(put(reference('a')));
  const statuses = async (ods: string, requestId: string, times: number) => {
    const seen: number[] = [];
    for (let i = 0; i < times; i += 1)
      seen.push((await send(sandbox, 'POST', `/${ods}/fhir`, bag, { 'x-request-id': requestId })).status);
    return seen;
  };
  t.same(await statuses('XRB07', 'one', 3), [429, 429, 200]);
  t.same(await statuses('XRB07', 'two', 3), [429, 429, 200]);
  t.same(await statuses('XRB08', 'one', 4), [503, 503, 503, 200]);
  t.same(await statuses('XRB09', 'one', 3), [422, 422, 422]);
  t.same(await statuses('XRB06', 'one', 2), [409, 409]);
  t.same(await statuses('XRB10', 'one', 1), [200]);
  t.equal(
    (await send(sandbox, 'POST', '/XRB07/fhir', bag, { 'x-request-id': 'three' })).headers['retry-after'],
    '1',
  );
  t.equal(sandbox.hospital('XRB09')?.all('DocumentReference').length, 0);
  t.equal(sandbox.hospital('XRB06')?.all('DocumentReference').length, 1);
});
