/** The hospital that pulls: what /fhir serves, what it refuses, and what never stands in an address or a log. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type {
  Binary,
  Bundle,
  CapabilityStatement,
  DocumentReference,
  OperationOutcome,
  Parameters,
  Patient,
} from 'fhir/r4';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import type { AccessControl } from '#src/access/access.js';
import { openAccess } from '#src/access/open.js';
import { sharedToken } from '#src/access/shared-token.js';
import { buildApp } from '#src/app.js';
import { assemble } from '#src/assemble.js';
import { hospitalRoutes } from '#src/http/hospital/routes.js';
import { createSeal } from '#src/http/hospital/seal.js';
import { spanOf } from '#src/http/hospital/search-dates.js';
import { openStore } from '#src/store/open.js';
import type { NewDocument, Store } from '#src/store/store.js';
import { createCopies } from '#src/transfer/copies.js';
import type { Validator } from '#src/validation/outcome.js';
import { createValidator, resourceTypes } from '#src/validation/validator.js';
import { at, IDS, type Sample, sample } from '../store/samples.js';
import { fakeService } from './fake-service.js';

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
const FHIR_JSON = 'application/fhir+json; charset=utf-8';
const [BETTY, ARTHUR, CYRIL] = ['9990000018', '9990000026', '9990000034'];

const folder = mkdtempSync(join(tmpdir(), 'redbag-hospital-'));
const store = await openStore({ url: `sqlite:${join(folder, 'redbag.sqlite')}` });
const validator = createValidator();
const types = resourceTypes();
const logged: string[] = [];
const open: FastifyInstance[] = [];
t.teardown(async () => {
  for (const app of open) await app.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

interface Settings {
  access?: AccessControl;
  publicUrl?: string;
  secret?: string;
  validator?: Validator;
  store?: Store;
  bodyLimit?: number;
}

/** Gives the words that it was to put across each page. */
const press = {
  reprint: async ({ mark = 'no mark' }: { readonly mark?: string }) => ({
    pdf: Buffer.from(`%PDF-1.7 ${mark}`),
    pages: 1,
    missingCharacters: [],
    plain: false,
  }),
};

async function build(settings: Settings = {}): Promise<FastifyInstance> {
  const { secret } = settings;
  const app = await buildApp({
    service: fakeService().service,
    access: settings.access ?? openAccess,
    health: async () => ({ store: true }),
    version: '1.2.3',
    demonstration: true,
    bodyLimit: settings.bodyLimit ?? 1_000_000,
    publicUrl: settings.publicUrl ?? '',
    packages: { packageSchema: { type: 'object' }, forms: {}, examples: {} },
    hospital: hospitalRoutes({
      store: settings.store ?? store,
      copies: createCopies(settings.store ?? store, press),
      validator: settings.validator ?? validator,
      resourceTypes: types,
      demonstration: true,
      ...(secret === undefined ? {} : { secret }),
    }),
    logger: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  });
  open.push(app);
  return app;
}

/** The sample's documents as those of another resident. */
const of = (nhsNumber: string, documents: readonly NewDocument[]): NewDocument[] =>
  documents.map((document) => ({
    ...document,
    resource: document.resource.replaceAll(BETTY as string, nhsNumber).replace('"relatesTo":[],', ''),
    search: { ...document.search, nhsNumber },
  }));

async function put(nhsNumber: string, s: Sample, n: number, sensitive = false): Promise<void> {
  const next = s.version(n, { sensitive });
  const version = { ...next, documents: of(nhsNumber, next.documents) };
  if (n === 1) await store.create(s.bag, version, []);
  else await store.amend(s.id, n - 1, version, []);
}

// Five bags of Betty's, the first amended; two of Arthur's, the second withdrawn; one of Cyril, who is sensitive.
const betty = [sample(), sample(), sample(), sample(), sample()];
const [arthur, wrong, cyril] = [sample(), sample(), sample()];
for (const s of betty) await put(BETTY as string, s, 1);
await put(BETTY as string, betty[0] as Sample, 2);
await put(ARTHUR as string, arthur, 1);
await put(ARTHUR as string, wrong, 1);
await store.withdraw(
  wrong.id,
  { at: at(9), reason: 'wrong resident', by: 'A' },
  of(ARTHUR as string, wrong.documents(1, 'entered-in-error')),
  at(9),
);
await put(CYRIL as string, cyril, 1, true);

const app = await build();
const first = betty[0] as Sample;
const pdf = first.ids(1).pdf;

type Get = string | Omit<InjectOptions, 'method'>;
const get = (what: Get, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', headers, ...(typeof what === 'string' ? { url: what } : what) });

/** The answer is this resource, valid by our own validator. */
function resource<T>(t: Test, answer: LightMyRequestResponse, type: string): T {
  const body = answer.json() as { resourceType: string };
  t.equal(body.resourceType, type, answer.body.slice(0, 300));
  t.equal(answer.headers['content-type'], FHIR_JSON);
  const { issues } = validator.validate(body);
  const faults = issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  t.same(faults, [], `a valid ${type}`);
  return body as T;
}

function refused(t: Test, answer: LightMyRequestResponse, status: number, code: string): OperationOutcome {
  t.equal(answer.statusCode, status, answer.body.slice(0, 300));
  const outcome = resource<OperationOutcome>(t, answer, 'OperationOutcome');
  t.equal(outcome.issue[0]?.code, code);
  t.equal(outcome.issue[0]?.severity, 'error');
  return outcome;
}

async function search(t: Test, query: string, headers: Record<string, string> = {}): Promise<Bundle> {
  const answer = await get(`/fhir/DocumentReference?${query}`, headers);
  t.equal(answer.statusCode, 200, `${query}: ${answer.body.slice(0, 300)}`);
  const bundle = resource<Bundle>(t, answer, 'Bundle');
  t.equal(bundle.type, 'searchset');
  for (const { fullUrl } of bundle.entry ?? [])
    t.match(fullUrl, /^(http|urn:uuid:)/, 'what it is the url of');
  return bundle;
}

const matches = (bundle: Bundle): DocumentReference[] =>
  (bundle.entry ?? []).filter((e) => e.search?.mode === 'match').map((e) => e.resource as DocumentReference);
const ids = (bundle: Bundle): string[] => matches(bundle).map((d) => d.id as string);
const link = (bundle: Bundle, relation: string): string | undefined =>
  bundle.link?.find((l) => l.relation === relation)?.url;
const warnings = (bundle: Bundle): string[] =>
  (bundle.entry ?? [])
    .filter((e) => e.search?.mode === 'outcome')
    .flatMap((e) => (e.resource as OperationOutcome).issue.map((i) => i.details?.text ?? ''));

t.test('metadata: everything declared is served, everything else is refused', async (t) => {
  const answer = await get('/fhir/metadata');
  const statement = resource<CapabilityStatement>(t, answer, 'CapabilityStatement');
  t.match(statement, {
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    implementation: { url: 'http://localhost:80/fhir', description: /DEMONSTRATION/ },
  });
  const [rest] = statement.rest ?? [];
  const declared = new Map((rest?.resource ?? []).map((r) => [r.type as string, r]));
  t.same([...declared.keys()].sort(), [...types].sort());

  const s = first.ids(1);
  const stored: Record<string, string> = { DocumentReference: s.pdf, Binary: s.binary, Bundle: s.bundle };
  const calls: Record<string, (type: string) => [method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string]> = {
    read: (type) => ['GET', `/fhir/${type}/${stored[type] ?? 'x'}`],
    vread: (type) => ['GET', `/fhir/${type}/${stored[type] ?? 'x'}/_history/1`],
    'history-instance': (type) => ['GET', `/fhir/${type}/${stored[type] ?? 'x'}/_history`],
    'search-type': (type) => ['GET', `/fhir/${type}`],
    create: (type) => ['POST', `/fhir/${type}`],
    update: (type) => ['PUT', `/fhir/${type}/${stored[type] ?? 'x'}`],
    delete: (type) => ['DELETE', `/fhir/${type}/${stored[type] ?? 'x'}`],
    'history-type': (type) => ['GET', `/fhir/${type}/_history`],
  };
  const headers = { accept: 'application/fhir+json', 'content-type': 'application/fhir+json' };
  let served = 0;
  const wrongly: string[] = [];
  for (const [type, { interaction = [] }] of declared) {
    for (const [code, call] of Object.entries(calls)) {
      const [method, url] = call(type);
      const reply = await app.inject({
        method,
        url,
        headers,
        ...(method === 'GET' ? {} : { payload: '{}' }),
      });
      const isDeclared = interaction.some((i) => i.code === code);
      if (isDeclared) served++;
      const ok = isDeclared
        ? reply.statusCode === 200
        : [404, 405].includes(reply.statusCode) && reply.json().resourceType === 'OperationOutcome';
      if (!ok) wrongly.push(`${method} ${url}: ${reply.statusCode}`);
    }
  }
  t.same(wrongly, []);
  t.equal(served, 8);

  const values: Record<string, string> = {
    'patient.identifier': `${NHS}|${BETTY}`,
    'subject:identifier': `${NHS}|${BETTY}`,
    identifier: `${IDS}|${pdf}`,
    status: 'superseded',
    type: 'http://snomed.info/sct|823681000000100',
    date: at(1),
    _lastUpdated: 'ge2000-01-01',
    _id: pdf,
  };
  const parameters = declared.get('DocumentReference')?.searchParam ?? [];
  t.same(parameters.map((p) => p.name).sort(), Object.keys(values).sort());
  for (const { name } of parameters) {
    const query = `${name}=${encodeURIComponent(values[name] as string)}&_count=100`;
    const found = await search(t, query, { prefer: 'handling=strict' });
    t.ok(ids(found).includes(pdf), `${name} finds it`);
  }

  for (const { operation } of [rest, ...declared.values()].filter((r) => r !== undefined)) {
    t.same(
      operation?.map((o) => o.name),
      ['validate'],
    );
  }
  for (const url of ['/fhir/$validate', '/fhir/Patient/$validate', '/fhir/DocumentReference/$validate']) {
    const type = url.includes('DocumentReference') ? 'DocumentReference' : 'Patient';
    const reply = await app.inject({ method: 'POST', url, headers, payload: { resourceType: type } });
    t.equal(reply.statusCode, 200, url);
    t.not((await get(url)).statusCode, 200, `GET ${url}`);
  }
  t.equal((await post(`/fhir/DocumentReference/${pdf}/$validate`, {})).statusCode, 404);
  t.equal((await post('/fhir/DocumentReference/$docref', {})).statusCode, 405);
  t.equal((await post('/fhir', { resourceType: 'Bundle', type: 'batch' })).statusCode, 404);
  t.equal((await get('/fhir')).statusCode, 404);
  t.equal((await get('/fhir/_history')).statusCode, 404);
});

const post = (url: string, payload: object | string, type = 'application/fhir+json') =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });

t.test('read, vread, history', async (t) => {
  const answer = await get(`/fhir/DocumentReference/${pdf}`, { host: '127.0.0.1:4711' });
  t.equal(answer.statusCode, 200);
  const document = resource<DocumentReference>(t, answer, 'DocumentReference');
  t.match(document, { id: pdf, status: 'superseded', meta: { versionId: '2' } });
  t.equal(answer.body, (await store.document(pdf))?.resource, 'as it is stored');
  const { etag, 'last-modified': modified } = answer.headers;
  t.equal(etag, 'W/"2"');
  t.equal(
    answer.headers['content-location'],
    `http://127.0.0.1:4711/fhir/DocumentReference/${pdf}/_history/2`,
  );
  t.equal(
    Date.parse(modified as string),
    Math.floor(Date.parse(document.meta?.lastUpdated ?? '') / 1000) * 1000,
  );

  const url = `/fhir/DocumentReference/${pdf}`;
  for (const tag of ['W/"2"', '"2"', 'W/"1", W/"2"', '*']) {
    const same = await get(url, { 'if-none-match': tag });
    t.match([same.statusCode, same.body, same.headers['etag']], [304, '', 'W/"2"'], tag);
  }
  t.equal((await get(url, { 'if-none-match': 'W/"1"' })).statusCode, 200);
  t.equal((await get(url, { 'if-modified-since': modified as string })).statusCode, 304);
  t.equal((await get(url, { 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' })).statusCode, 200);
  t.equal(
    (await get(url, { 'if-none-match': 'W/"1"', 'if-modified-since': modified as string })).statusCode,
    200,
    'the tag goes before the time',
  );

  const head = await app.inject({ method: 'HEAD', url });
  t.match([head.statusCode, head.body, head.headers['etag']], [200, '', 'W/"2"']);
  t.equal(head.headers['content-length'], answer.headers['content-length']);

  const old = await get(`${url}/_history/1`);
  t.match(resource<DocumentReference>(t, old, 'DocumentReference'), {
    status: 'current',
    meta: { versionId: '1' },
  });
  t.equal(old.headers['etag'], 'W/"1"');
  for (const version of ['3', '0', 'x', '01', '1e0']) {
    refused(t, await get(`${url}/_history/${version}`), 404, 'not-found');
  }

  const history = resource<Bundle>(t, await get(`${url}/_history`), 'Bundle');
  t.match(history, { type: 'history', total: 2 });
  t.same(
    history.entry?.map((e) => [
      (e.resource as DocumentReference).status,
      e.request?.method,
      e.response?.etag,
    ]),
    [
      ['superseded', 'PUT', 'W/"2"'],
      ['current', 'POST', 'W/"1"'],
    ],
  );
  for (const id of ['no-such-document', '$validate', '_search', `${pdf}x`, 'a%20b', '%F0%9F%98%80']) {
    refused(t, await get(`/fhir/DocumentReference/${id}`), 404, 'not-found');
    refused(t, await get(`/fhir/DocumentReference/${id}/_history`), 404, 'not-found');
  }
});

t.test('search: each parameter, alone and together', async (t) => {
  const resident = `patient.identifier=${encodeURIComponent(`${NHS}|${BETTY}`)}`;
  const total = async (query: string) => (await search(t, query)).total;
  t.equal(await total(''), 16, 'all but those of the sensitive resident');
  t.equal(await total(resident), 12);
  t.equal(await total(`subject:identifier=${BETTY}`), 12, 'without a system');
  t.equal(await total('patient.identifier=999%20000%200018'), 12, 'as NHS numbers are written');
  t.equal(await total(`patient.identifier=${BETTY},${NHS}|${ARTHUR}`), 16, 'a comma is or');
  t.equal(await total(`patient.identifier=${BETTY}&subject:identifier=${ARTHUR}`), 0, 'repeated is and');
  t.equal(await total(`patient.identifier=${CYRIL}`), 0);
  t.equal(await total('status=current'), 12);
  t.equal(await total('status=superseded,entered-in-error'), 4);
  t.equal(await total('status=current&status=superseded'), 0);
  t.equal(await total('status=http://hl7.org/fhir/document-reference-status|superseded'), 2);
  t.equal(await total(`${resident}&status=current`), 10);
  t.equal(await total('type=823681000000100'), 16);
  t.equal(await total('type=urn:kind|pdf'), 8);
  t.equal(await total('type=urn:kind|'), 16);
  t.equal(await total('type=|pdf'), 0, 'no system');
  t.equal(await total('type=urn:kind|pdf&type=http://snomed.info/sct|823681000000100'), 8);
  t.equal(await total('type=urn:kind|pdf&type=urn:kind|fhir'), 0);
  t.equal(await total(`identifier=${pdf},${IDS}|${first.ids(1).fhir}`), 2);
  t.equal(await total(`identifier=urn:other|${pdf}`), 0);
  t.equal(await total(`_id=${pdf},${first.ids(2).pdf},nobody`), 2);
  t.equal(await total(`_id=${pdf}&_id=${first.ids(2).pdf}`), 0);
  t.equal(await total('_id=%27;drop%20table%20documents'), 0);
  t.equal(await total(''), 16, 'the table stands');

  // All documents are of 03:00:01, those of the one version 2 of 03:00:02.
  t.equal(await total('date=2026-01-01'), 16);
  t.equal(await total('date=eq2026-01-01T03:00:02Z'), 2);
  t.equal(await total('date=gt2026-01-01T03:00:01Z'), 2);
  t.equal(await total('date=ge2026-01-01T03:00:01Z&date=lt2026-01-01T03:00:02.000Z'), 14);
  t.equal(await total('date=le2026-01-01T03:00:01Z'), 14);
  t.equal(await total('date=lt2026-01'), 0);
  t.equal(await total('date=gt2026-01-01'), 0);
  t.equal(await total('date=2025,2026'), 16);
  t.equal(await total('date=2026-01-01T04:00:02%2B01:00'), 2);
  t.equal(await total('_lastUpdated=ge2100'), 0);
  t.equal(await total(`_lastUpdated=gt${at(8)}`), 2, 'what was withdrawn');

  const sorted = async (query: string) => ids(await search(t, `${query}&_count=100`));
  const byId = await sorted('_sort=_id');
  t.same(byId, [...byId].sort());
  t.same(await sorted('_sort=-_id'), [...byId].reverse());
  const dates = matches(await search(t, '_sort=-date,_id&_count=100')).map((d) => d.date);
  t.same(dates, [...dates].sort().reverse());
  t.equal(dates.length, 16);

  const bundle = await search(t, `_id=${pdf}`);
  t.match(bundle.entry, [
    {
      fullUrl: `http://localhost:80/fhir/DocumentReference/${pdf}`,
      search: { mode: 'match' },
      resource: { content: [{ attachment: { url: `Binary/${first.ids(1).binary}` } }] },
    },
  ]);
  for (const query of ['_summary=count', '_count=0', `${resident}&_summary=count`]) {
    const count = await search(t, query);
    t.equal(count.entry, undefined, query);
    t.equal(link(count, 'next'), undefined);
    t.equal(count.total, query.startsWith('patient') ? 12 : 16);
  }
});

t.test('search pages to its end, and no link holds an NHS number', async (t) => {
  for (const method of ['GET', 'POST'] as const) {
    for (const order of ['', '&_sort=date', '&_sort=-_lastUpdated,_id']) {
      const form = `patient.identifier=${encodeURIComponent(`${NHS}|${BETTY}`)}&_count=5${order}`;
      const found: string[] = [];
      let answer =
        method === 'GET'
          ? await get(`/fhir/DocumentReference?${form}`)
          : await post('/fhir/DocumentReference/_search', form, 'application/x-www-form-urlencoded');
      for (let page = 1; page <= 3; page++) {
        t.equal(answer.statusCode, 200, answer.body.slice(0, 300));
        const bundle = resource<Bundle>(t, answer, 'Bundle');
        t.equal(bundle.total, 12);
        found.push(...ids(bundle));
        const [self, next] = [link(bundle, 'self'), link(bundle, 'next')];
        for (const url of [self, next]) {
          if (url === undefined) continue;
          t.match(url, /^http:\/\/localhost:80\/fhir\/DocumentReference\?patient\.identifier=sealed\./);
          t.notMatch(decodeURIComponent(url), BETTY as string);
          t.notMatch(Buffer.from(url, 'base64url').toString('latin1'), BETTY as string);
        }
        t.equal(next === undefined, page === 3);
        t.same(
          ids(resource(t, await get(self as string), 'Bundle')),
          ids(bundle),
          'self gives the same page',
        );
        // A bag that comes meanwhile moves nothing: the newest stand first, the pages go on from where they were.
        if (page === 1 && order === '') await put(ARTHUR as string, sample(), 1);
        if (next !== undefined) answer = await get(next, { prefer: 'handling=strict' });
      }
      t.equal(found.length, 12);
      t.equal(new Set(found).size, 12, `${method}${order}: none twice`);
    }
  }
  const mistaken = await search(t, `identifier=${NHS}|999-000-0018`);
  t.equal(mistaken.total, 0);
  t.notMatch(JSON.stringify(mistaken.link), '0018', 'nor one in the wrong parameter');
  t.match(
    link(await search(t, 'status=current&_sort=-date'), 'self'),
    '?status=current&_sort=-date&_count=20',
  );
});

t.test('links hold in every process that has the secret, and nowhere else', async (t) => {
  const url = `/fhir/DocumentReference?patient.identifier=${BETTY}&_count=2`;
  const [one, same, other] = [await build({ secret: 'a' }), await build({ secret: 'a' }), await build()];
  const next = link((await one.inject(url)).json() as Bundle, 'next') as string;
  t.equal((await same.inject(next)).json().total, 12);
  refused(t, await other.inject(next), 400, 'value');
  refused(t, await one.inject(next.replace(/sealed\..{10}/, 'sealed.AAAAAAAAAA')), 400, 'value');
  refused(t, await one.inject(next.replace(/_cursor=.*/, '_cursor=W10')), 400, 'value');
  refused(t, await one.inject(next.replace('_cursor', '_sort=_id&_cursor')), 400, 'value');
  const seal = createSeal();
  t.not(seal.close('x'), seal.close('x'));
  t.equal(seal.open(seal.close('ŵ|😀')), 'ŵ|😀');
  t.equal(seal.open('sealed.'), undefined);

  const published = await build({ publicUrl: 'https://bags.example/red' });
  const bundle = (await published.inject(url)).json() as Bundle;
  for (const address of [link(bundle, 'self'), link(bundle, 'next'), bundle.entry?.[0]?.fullUrl]) {
    t.match(address, /^https:\/\/bags\.example\/red\/fhir\/DocumentReference/);
  }
});

t.test(
  'what is not understood: passed over with a word, refused when strict, never for the resident',
  async (t) => {
    const lenient = await search(
      t,
      `_id=${pdf}&no-such-parameter=1&_include=*&_sort=author&_summary=text&status=`,
    );
    t.same(ids(lenient), [pdf]);
    t.equal(warnings(lenient).length, 5);
    t.notMatch(link(lenient, 'self'), /no-such|_include/);
    for (const query of ['no-such-parameter=1', '_sort=author', '_summary=text', 'status=', 'author=x']) {
      const url = `/fhir/DocumentReference?_id=${pdf}&${query}`;
      for (const prefer of [
        'handling=strict',
        'return=minimal; handling=strict',
        'respond-async, handling="strict"',
      ]) {
        refused(t, await get(url, { prefer }), 400, 'not-supported');
      }
      t.equal((await get(url, { prefer: 'handling=lenient' })).statusCode, 200);
    }
    const always = [
      ['patient=Patient/1', 'not-supported'],
      ['patient:identifier=x', 'not-supported'],
      ['patient.name=x', 'not-supported'],
      ['subject=x', 'not-supported'],
      ['patient.identifier:not=x', 'not-supported'],
      ['status:not=current', 'not-supported'],
      ['type:text=x', 'not-supported'],
      ['_id:missing=true', 'not-supported'],
      ['patient.identifier=', 'value'],
      [`patient.identifier=${NHS}|`, 'value'],
      ['date=2026-02-30', 'value'],
      ['date=ne2026-01-01', 'value'],
      ['date=ap2026', 'value'],
      ['date=2026-01-01T03:00:01+00:00', 'value'],
      ['_lastUpdated=yesterday', 'value'],
      ['_count=-1', 'value'],
      ['_count=many', 'value'],
      ['_cursor=x', 'value'],
      ['type=|', 'value'],
      ['_id=%ZZ', 'invalid'],
      ['_id=%FF', 'invalid'],
      [`_id=${'a,'.repeat(201)}`, 'too-costly'],
      ['x=1&'.repeat(101), 'too-costly'],
    ] as const;
    for (const [query, code] of always) {
      refused(t, await get(`/fhir/DocumentReference?${query}`), 400, code);
      const outcome = await post(
        '/fhir/DocumentReference/_search',
        query,
        'application/x-www-form-urlencoded',
      );
      refused(t, outcome, 400, code);
    }
    const several = await get('/fhir/DocumentReference?date=x&_count=y&patient=z');
    t.equal(refused(t, several, 400, 'value').issue.length, 3, 'all at once');
    for (const [query, says] of [
      ['patient.identifier=9990000019', /not an NHS number/],
      ['patient.identifier=urn:other|9990000018', /one identifier system/],
      ['status=curent', /current, superseded, entered-in-error/],
    ] as const) {
      const nothing = await search(t, query, { prefer: 'handling=strict' });
      t.equal(nothing.total, 0);
      t.match(warnings(nothing), [says]);
    }
  },
);

t.test('dates stand for the whole of what they name', async (t) => {
  const span = (text: string) => spanOf(text)?.map((ms) => new Date(ms).toISOString());
  for (const [text, from, to] of [
    ['2026', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-07', '2026-06-30T23:00:00.000Z', '2026-07-31T23:00:00.000Z'],
    ['2026-03-29', '2026-03-29T00:00:00.000Z', '2026-03-29T23:00:00.000Z'],
    ['2026-10-25', '2026-10-24T23:00:00.000Z', '2026-10-26T00:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['2026-07-01T12:00', '2026-07-01T11:00:00.000Z', '2026-07-01T11:01:00.000Z'],
    ['2026-07-01T12:00:05-05:30', '2026-07-01T17:30:05.000Z', '2026-07-01T17:30:06.000Z'],
    ['2026-07-01T12:00:05.25Z', '2026-07-01T12:00:05.250Z', '2026-07-01T12:00:05.251Z'],
  ] as const) {
    t.same(span(text), [from, to], text);
  }
  for (const text of [
    '',
    '26',
    '2026-13',
    '2026-02-29',
    '2026-01-01T24:00',
    '2026-01-01T10',
    '2026-01-01T10:60',
  ]) {
    t.equal(span(text), undefined, text);
  }
  t.equal(span('2026-01-01T10:00+15:00'), undefined);
});

t.test('Binary: the PDF itself, or the resource, by what is asked for', async (t) => {
  const { binary } = first.ids(1);
  const url = `/fhir/Binary/${binary}`;
  const bytes = Buffer.from((await store.version(first.id, 1))?.pdf ?? []);
  const native = [
    '*/*',
    '',
    'application/pdf',
    'application/*',
    'application/pdf, application/fhir+json;q=0.9',
  ];
  for (const accept of native) {
    const answer = await get(url, { accept });
    t.equal(answer.statusCode, 200, accept);
    t.equal(answer.headers['content-type'], 'application/pdf');
    t.match(answer.headers, {
      etag: 'W/"1"',
      vary: 'Accept',
      'content-location': `http://localhost:80${url}/_history/1`,
      link: `<http://localhost:80/fhir/DocumentReference/${pdf}>; rel="describedby", <http://localhost:80${url}-marked>; rel="alternate"; title="marked as superseded"`,
      'content-disposition': `inline; filename="red-bag-${binary}.pdf"`,
    });
    t.ok(answer.rawPayload.equals(bytes), 'byte for byte');
  }
  const json = [
    'application/fhir+json',
    'application/fhir+json; fhirVersion=4.0',
    'application/fhir+json;fhirVersion="4.0.1";q=0.2, text/html',
    'application/fhir+xml;q=1.0, application/fhir+json;q=1.0, application/xml+fhir;q=0.9',
    'application/pdf;q=0.5, application/fhir+json;q=0.6',
    '*/*;q=0.1, application/fhir+json',
    'application/pdf;q=0, */*',
  ];
  for (const accept of json) {
    const answer = await get(url, { accept });
    t.equal(answer.statusCode, 200, accept);
    const body = resource<Binary>(t, answer, 'Binary');
    t.match(body, {
      id: binary,
      contentType: 'application/pdf',
      meta: { versionId: '1', security: [{ code: 'HTEST' }] },
      securityContext: { reference: `DocumentReference/${pdf}` },
    });
    t.ok(Buffer.from(body.data ?? '', 'base64').equals(bytes));
  }
  t.equal(
    (await get(url, { accept: 'application/json' })).headers['content-type'],
    'application/json; charset=utf-8',
  );
  for (const format of ['json', 'application/json', 'application/fhir+json', 'application/fhir%2Bjson']) {
    const answer = await get(`${url}?_format=${format}`, { accept: 'application/pdf' });
    t.equal(resource<Binary>(t, answer, 'Binary').id, binary, format);
  }
  t.equal(
    (await get(`${url}?_format=application/pdf`, { accept: FHIR_JSON })).headers['content-type'],
    'application/pdf',
  );
  for (const accept of ['application/fhir+xml', 'image/png', 'application/fhir+json; fhirVersion=3.0']) {
    refused(t, await get(url, { accept }), 406, 'not-supported');
  }
  t.equal((await get(url, { 'if-none-match': 'W/"1"' })).statusCode, 304);
  t.ok((await get(`${url}/_history/1`)).rawPayload.equals(bytes));
  refused(t, await get(`${url}/_history/2`), 404, 'not-found');
  refused(t, await get('/fhir/Binary/nobody'), 404, 'not-found');
  refused(t, await get(`/fhir/Binary/${first.ids(1).bundle}`), 404, 'not-found');
  const head = await app.inject({ method: 'HEAD', url });
  t.match([head.statusCode, head.headers['content-length'], head.body], [200, String(bytes.length), '']);
  const amended = await get(`/fhir/Binary/${first.ids(2).binary}`);
  t.notOk(amended.rawPayload.equals(bytes), 'another version is another Binary');
});

t.test('Binary: a copy of what does not hold any more is another one, and says so', async (t) => {
  const { binary, pdf: document } = first.ids(1);
  const url = `/fhir/Binary/${binary}-marked`;
  const before = (await get(`/fhir/Binary/${binary}`)).rawPayload;
  const marked = await get(url);
  t.match(marked.payload, /^%PDF-1.7 SUPERSEDED by version 2 on .*\d{4}, \d\d:\d\d: DO NOT USE$/);
  t.match(marked.headers, {
    'content-type': 'application/pdf',
    etag: 'W/"1-superseded-by-2"',
    vary: 'Accept',
    link: `<http://localhost:80/fhir/DocumentReference/${document}>; rel="describedby"`,
    'content-disposition': `inline; filename="red-bag-${binary}-marked.pdf"`,
  });
  const body = resource<Binary>(t, await get(url, { accept: 'application/fhir+json' }), 'Binary');
  t.match(body, { id: `${binary}-marked`, meta: { versionId: '1-superseded-by-2' } });
  t.equal((await get(url, { 'if-none-match': 'W/"1-superseded-by-2"' })).statusCode, 304);
  refused(t, await get(url, { accept: 'image/png' }), 406, 'not-supported');
  t.ok((await get(`/fhir/Binary/${binary}`)).rawPayload.equals(before), 'what was given out stays as it was');
  t.match((await get(`/fhir/Binary/${wrong.ids(1).binary}-marked`)).payload, /WITHDRAWN on .*: DO NOT USE/);
  const holds = await get(`/fhir/Binary/${first.ids(2).binary}`);
  t.notMatch(holds.headers['link'], 'marked');
  refused(t, await get(`/fhir/Binary/${first.ids(2).binary}-marked`), 404, 'not-found');
  refused(t, await get(`/fhir/Binary/${cyril.ids(1).binary}-marked`), 404, 'not-found');
  refused(t, await get(`${url}/_history/1`), 404, 'not-found');
  refused(t, await get('/fhir/Binary/nobody-marked'), 404, 'not-found');
});

t.test('Bundle: the stored document, byte for byte', async (t) => {
  const url = `/fhir/Bundle/${first.ids(1).bundle}`;
  for (const address of [url, `${url}/_history/1`]) {
    const answer = await get(address, { accept: 'application/fhir+json' });
    t.equal(answer.body, (await store.version(first.id, 1))?.bundle);
    t.match(answer.headers, {
      etag: 'W/"1"',
      'content-type': FHIR_JSON,
      link: `<http://localhost:80/fhir/DocumentReference/${first.ids(1).fhir}>; rel="describedby"`,
    });
  }
  t.equal((await get(url, { 'if-none-match': 'W/"1"' })).statusCode, 304);
  refused(t, await get(`${url}/_history/2`), 404, 'not-found');
  refused(t, await get(url, { accept: 'application/pdf' }), 406, 'not-supported');
  refused(t, await get('/fhir/Bundle'), 404, 'not-supported');
});

t.test('a sensitive resident is not here, whichever way one asks', async (t) => {
  const { pdf, fhir, binary, bundle } = cyril.ids(1);
  const ways = [
    `DocumentReference/${pdf}`,
    `DocumentReference/${fhir}/_history`,
    `DocumentReference/${pdf}/_history/1`,
    `Binary/${binary}`,
    `Binary/${binary}/_history/1`,
    `Bundle/${bundle}`,
  ];
  const unknown = (await get('/fhir/DocumentReference/nobody')).body;
  for (const way of ways) {
    const answer = await get(`/fhir/${way}`);
    refused(t, answer, 404, 'not-found');
    t.equal(answer.body, unknown, 'nor does the answer tell that there is something');
  }
  t.equal((await search(t, `_id=${pdf}`)).total, 0);
  t.equal((await search(t, `identifier=${fhir}`)).total, 0);
});

t.test('$validate', async (t) => {
  const errors = (outcome: OperationOutcome) => outcome.issue.filter((i) => i.severity === 'error');
  const good: Patient = {
    resourceType: 'Patient',
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">B</div>' },
    gender: 'female',
  };
  const bad = { resourceType: 'Patient', link: [{}], gender: 'woman', colour: 'red' };
  const parameters = (resource: object, more: Parameters['parameter'] = []) => ({
    resourceType: 'Parameters',
    parameter: [{ name: 'resource', resource }, ...more],
  });
  const validate = async (payload: object, url = '/fhir/$validate') => {
    const answer = await post(url, payload);
    t.equal(answer.statusCode, 200, answer.body);
    return resource<OperationOutcome>(t, answer, 'OperationOutcome');
  };
  for (const url of ['/fhir/$validate', '/fhir/Patient/$validate']) {
    t.match(await validate(good, url), { issue: [{ severity: 'information', code: 'informational' }] });
    t.same(errors(await validate(parameters(good), url)), []);
    for (const body of [bad, parameters(bad)]) {
      const found = errors(await validate(body, url));
      t.match(found, [{ details: { text: /./ }, diagnostics: /https?:/ }]);
      t.ok(
        found.some((i) => i.expression?.[0]?.includes('link')),
        'names where it is',
      );
    }
  }
  t.same(
    errors(await validate(parameters({ resourceType: 'Parameters' }), '/fhir/Parameters/$validate')),
    [],
  );
  const profile = 'http://hl7.org/fhir/StructureDefinition/vitalsigns';
  const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
  t.same(errors(await validate(observation)), []);
  const strict = [
    await validate(observation, `/fhir/Observation/$validate?profile=${encodeURIComponent(profile)}`),
    await validate(parameters(observation, [{ name: 'profile', valueUri: profile }])),
    await validate(
      parameters(observation, [
        { name: 'mode', valueCode: 'profile' },
        { name: 'profile', valueCanonical: profile },
      ]),
    ),
  ];
  for (const outcome of strict) t.ok(errors(outcome).length > 0, 'the profile counts');
  t.ok(errors(await validate(good, '/fhir/$validate?profile=urn:nowhere')).length > 0, 'an unknown profile');
  t.ok(errors(await validate({ resourceType: 'Cat' })).length > 0);

  const refusedWith = async (payload: object | string, code: string, url = '/fhir/Patient/$validate') =>
    refused(t, await post(url, payload), 400, code);
  await refusedWith('', 'structure');
  await refusedWith('{', 'structure');
  await refusedWith('[]', 'structure');
  await refusedWith('{"resourceType":"Patient","id":"a","id":"b"}', 'structure');
  await refusedWith({ resourceType: 'Parameters' }, 'required');
  await refusedWith(observation, 'invalid');
  await refusedWith(parameters(good, [{ name: 'mode', valueCode: 'no' }]), 'code-invalid');
  await refusedWith(parameters(good, [{ name: 'mode', valueCode: 'delete' }]), 'not-supported');
  await refusedWith(parameters(good, [{ name: 'mode', valueCode: 'profile' }]), 'required');
  await refusedWith(parameters(good, [{ name: 'mode', valueInteger: 1 }]), 'invalid');
  await refusedWith(parameters(good, [{ name: 'resource', resource: good }]), 'invalid');
  refused(t, await post('/fhir/Cat/$validate', good), 404, 'not-supported');
  refused(t, await post('/fhir/$validate', '<Patient/>', 'application/fhir+xml'), 415, 'not-supported');
  refused(
    t,
    await post('/fhir/$validate', good, 'application/fhir+json; charset=latin1'),
    415,
    'not-supported',
  );

  const broken = await build({
    validator: {
      validate: () => {
        throw new Error(`failed on ${BETTY}`);
      },
    },
  });
  const failure = await broken.inject({ method: 'POST', url: '/fhir/$validate', payload: good });
  refused(t, failure, 500, 'exception');
  t.notMatch(failure.body, BETTY as string);
  const [line] = logged.filter((l) => l.includes('request failed'));
  t.match(line, /"error":"Error"/);
  t.notMatch(line, BETTY as string);
});

t.test('every refusal is an OperationOutcome, with the ids of the request', async (t) => {
  const ids = { 'x-request-id': 'req-1', 'x-correlation-id': 'cor-1' };
  const call = (method: string, url: string, headers: object = {}, payload?: string) =>
    app.inject({
      method: method as 'PUT',
      url,
      headers: { ...ids, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
  const json = { 'content-type': 'application/fhir+json' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const document = `/fhir/DocumentReference/${pdf}`;
  const cases: [LightMyRequestResponse, number, string][] = [
    [await call('GET', '/fhir/Nonsense/1'), 404, 'not-supported'],
    [await call('GET', '/fhir/Patient/1'), 404, 'not-supported'],
    [await call('GET', '/fhir/%zz'), 400, 'invalid'],
    [await call('GET', `/fhir/Binary/${'a'.repeat(300)}`), 404, 'not-found'],
    [await call('PUT', document, json, '{}'), 405, 'not-supported'],
    [await call('DELETE', document), 405, 'not-supported'],
    [
      await call('PATCH', document, { 'content-type': 'application/json-patch+json' }, '[]'),
      405,
      'not-supported',
    ],
    [await call('POST', '/fhir/DocumentReference', json, '{}'), 405, 'not-supported'],
    [await call('POST', '/fhir/metadata', json, '{}'), 405, 'not-supported'],
    [await call('GET', '/fhir/Patient/$validate'), 405, 'not-supported'],
    [await call('GET', document, { accept: 'application/fhir+xml' }), 406, 'not-supported'],
    [await call('GET', `${document}?_format=xml`), 406, 'not-supported'],
    [await call('GET', '/fhir/metadata', { accept: 'text/html' }), 406, 'not-supported'],
    [await call('GET', '/fhir/DocumentReference?_format=xml'), 406, 'not-supported'],
    [await call('POST', '/fhir/DocumentReference/_search', form, '_format=xml'), 406, 'not-supported'],
    [await call('POST', '/fhir/DocumentReference/_search', json, '{}'), 415, 'not-supported'],
    [await call('POST', '/fhir/$validate', form, 'a=b'), 415, 'not-supported'],
    [
      await call('POST', '/fhir/$validate', { ...json, 'content-encoding': 'gzip' }, '{}'),
      415,
      'not-supported',
    ],
    [
      await call('POST', '/fhir/DocumentReference/_search', form, `_id=${'a'.repeat(70_000)}`),
      413,
      'too-long',
    ],
    [await call('POST', '/fhir/$validate', json, `"${'a'.repeat(1_000_000)}"`), 413, 'too-long'],
    [await call('GET', '/fhir/metadata', { host: 'evil.example' }), 421, 'security'],
  ];
  for (const [answer, status, code] of cases) {
    refused(t, answer, status, code);
    t.match(answer.headers, ids);
    t.equal(answer.headers['x-content-type-options'], 'nosniff');
    if (status === 405) t.match(answer.headers['allow'], /^(GET, HEAD|POST)$/);
  }
  const guarded = await build({ access: sharedToken('t'.repeat(32)) });
  for (const url of ['/fhir/metadata', '/fhir/DocumentReference', '/fhir/Nonsense']) {
    const answer = await guarded.inject(url);
    refused(t, answer, 401, 'login');
    t.equal(answer.headers['www-authenticate'], 'Bearer');
  }
  const known = await guarded.inject({
    url: '/fhir/metadata',
    headers: { authorization: `Bearer ${'t'.repeat(32)}` },
  });
  t.match(known.json().rest[0].security.description, /bearer token/i);

  const failing = await build({
    store: { ...store, searchDocuments: () => Promise.reject(new Error(`no such row ${BETTY}`)) },
  });
  const failure = await failing.inject(document);
  refused(t, failure, 500, 'exception');
  t.notMatch(failure.body, BETTY as string);
  t.match((await app.inject('/elsewhere')).headers['content-type'], /problem\+json/, 'elsewhere as ever');
});

t.test('no identity and no address stands in a log', async (t) => {
  const lines = logged.join('\n');
  t.match(lines, '"route":"/fhir/DocumentReference/:id"');
  for (const secret of [BETTY, ARTHUR, CYRIL, '999%20000', 'patient.identifier', pdf, 'sealed.']) {
    t.notMatch(lines, secret as string);
  }
});

t.test('what may not be shared is hidden with all that came before it', async (t) => {
  const store = await openStore({ url: `sqlite:${join(folder, 'whole.sqlite')}` });
  const assembly = await assemble({
    store,
    hospitals: new Map(),
    demonstration: true,
    safeguardingOnPageOne: true,
    validationLimitMs: 30_000,
    publicUrl: '',
    wake: () => {},
  });
  const app = await buildApp({
    service: assembly.service,
    access: openAccess,
    health: async () => ({ store: true }),
    version: '1.2.3',
    demonstration: true,
    bodyLimit: 1_000_000,
    publicUrl: '',
    packages: assembly.packages,
    ...(assembly.hospital === undefined ? {} : { hospital: assembly.hospital }),
  });
  t.teardown(async () => {
    await app.close();
    await assembly.close();
    await store.close();
  });
  const bag = (packageId: string, resident: object = {}) => ({
    format: 'redbag/1',
    packageId,
    mode: 'urgent',
    createdAt: '2026-11-22T03:12:00+00:00',
    sender: {
      organisation: { name: 'Larch House', odsCode: 'XRBH1', telephone24h: '020 7946 0101' },
      person: { name: 'Ama Boateng', role: 'Night care worker' },
      software: { name: 'CareDesk', version: '7.2' },
    },
    resident: {
      name: { given: ['Betty'], family: 'Okafor' },
      birthDate: '1931-05-04',
      nhsNumber: BETTY,
      residence: { kind: 'care-home', homeName: 'Larch House', lines: ['1 Larch Road'] },
      ...resident,
    },
    caresEscalation: { concerns: { reason: 'Fell.' }, shared: { allergies: { state: 'none-known' } } },
    cprDecision: { status: 'unknown' },
  });
  const refuses = { legal: { sharing: { consent: 'no' } } };
  const headers = { 'content-type': 'application/json' };
  const send = async (body: object): Promise<string> => {
    const answer = await app.inject({ method: 'POST', url: '/red-bags', headers, payload: body });
    t.equal(answer.statusCode, 201, answer.body.slice(0, 500));
    return answer.json().id;
  };
  const amend = async (id: string, version: number, body: object) => {
    const more = { ...headers, 'if-match': `"${version}"` };
    const answer = await app.inject({ method: 'PUT', url: `/red-bags/${id}`, headers: more, payload: body });
    t.equal(answer.statusCode, 200, answer.body.slice(0, 500));
  };
  const withdraw = (id: string) =>
    app.inject({ method: 'POST', url: `/red-bags/${id}/withdrawal`, headers, payload: { reason: 'wrong' } });
  const found = async (): Promise<string[]> => {
    const bundle = (await app.inject(`/fhir/DocumentReference?patient.identifier=${BETTY}`)).json() as Bundle;
    return matches(bundle)
      .map((d) => d.status)
      .sort();
  };

  const kept = await send(bag('kept', refuses));
  t.same(await found(), [], 'sharing refused');
  await withdraw(kept);
  t.same(await found(), [], 'nor when it is withdrawn');

  const shared = await send(bag('shared'));
  t.same(await found(), ['current', 'current']);
  await amend(shared, 1, bag('shared', { preferredName: 'Bet' }));
  t.same(await found(), ['current', 'current', 'superseded', 'superseded']);
  const older = (await app.inject(`/fhir/DocumentReference?patient.identifier=${BETTY}`)).json() as Bundle;
  const copies = matches(older)
    .filter((d) => d.status === 'superseded' && d.content[0]?.attachment.contentType === 'application/pdf')
    .map((d) => `/fhir/Binary/${d.content[0]?.attachment.url?.split('/').at(-1)}-marked`);
  t.equal(copies.length, 1);
  const copy = String(copies[0]);
  t.equal((await app.inject(copy)).statusCode, 200, 'the marked copy of what is superseded');
  await amend(shared, 2, bag('shared', refuses));
  t.same(await found(), [], 'refused later: the older ones go too');
  t.equal((await app.inject(copy)).statusCode, 404, 'and so does the marked copy');
  await amend(shared, 3, bag('shared'));
  t.same(await found(), ['current', 'current'], 'agreed after all: what was hidden stays so');
  await withdraw(shared);
  t.same(await found(), ['entered-in-error', 'entered-in-error']);

  const secret = await send(bag('secret', { preferredName: 'Bet' }));
  t.equal((await found()).length, 4);
  await amend(secret, 1, bag('secret', { sensitive: true }));
  t.equal((await found()).length, 2, 'a resident who is sensitive now');
  await withdraw(secret);
  t.equal((await found()).length, 2);
});
