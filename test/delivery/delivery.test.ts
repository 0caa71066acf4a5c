/** Retry contract, hospitals file, transaction, and the worker against the pretend hospital. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Binary, Bundle, DocumentReference } from 'fhir/r4';
import t, { type Test } from 'tap';
import type { MakeArchive } from '#src/delivery/archive.js';
import { createFhirRest } from '#src/delivery/fhir-rest.js';
import { type Hospital, HospitalsInvalid, isOdsCode, readHospitals } from '#src/delivery/hospitals.js';
import { DEFAULT_LIMITS } from '#src/delivery/http.js';
import { loadJob } from '#src/delivery/job.js';
import {
  type Answer,
  DEFAULT_RETRY,
  judge,
  judgeConflict,
  nextTry,
  OUTCOMES,
  readRetryAfter,
} from '#src/delivery/retry-contract.js';
import { postTransaction, putTransaction } from '#src/delivery/transaction.js';
import { createWorker, type DeliveryWorker, type WorkerLog } from '#src/delivery/worker.js';
import { buildSandbox, type SandboxOptions } from '#src/sandbox/app.js';
import { demonstrationHospitals } from '#src/sandbox/faults.js';
import { openStore } from '#src/store/open.js';
import type { Delivery, Store } from '#src/store/store.js';
import { at, deliver, IDS, sample } from '../store/samples.js';

const http = (status: number, more: Partial<Answer & { kind: 'http' }> = {}): Answer => ({
  kind: 'http',
  status,
  issueCodes: [],
  body: status >= 200 && status < 300 ? 'confirmed' : 'unread',
  ...more,
});

t.test('retry contract: the rules by name', async (t) => {
  for (const status of [408, 429, 500, 502, 503, 504, 599])
    t.equal(judge(http(status), true).is, 'retry', `${status}`);
  for (const status of [400, 401, 403, 404, 405, 410, 412, 413, 415, 422, 451]) {
    t.match(judge(http(status), true), { is: 'permanent', outcome: 'refused', mayHaveArrived: false });
  }
  for (const status of [301, 302, 307, 308])
    t.match(judge(http(status), true), { is: 'permanent', outcome: 'redirected' });
  t.match(judge(http(200), true), { is: 'delivered', outcome: 'delivered' });
  for (const body of ['partial', 'foreign'] as const) {
    t.match(
      judge(http(200, { body }), true),
      { is: 'retry', mayHaveArrived: true },
      'a success that confirms nothing is not believed',
    );
  }
  t.match(judge(http(200, { body: 'partial', entryStatus: 422 }), true), {
    is: 'permanent',
    mayHaveArrived: true,
  });
  t.match(judge(http(200, { body: 'partial', entryStatus: 503 }), true), { is: 'retry' });
  t.match(judge(http(422, { issueCodes: ['duplicate'] }), true), { is: 'delivered', outcome: 'duplicate' });
  t.match(
    judge(http(422, { issueCodes: ['duplicate'] }), false),
    { is: 'look-up' },
    'a change is not a duplicate',
  );
  t.match(judge(http(503, { issueCodes: ['duplicate'] }), true), { is: 'retry' });
  t.match(judge(http(409), true), { is: 'look-up' });
  t.match(judge(http(429, { retryAfterMs: 7000 }), true), { retryAfterMs: 7000, mayHaveArrived: false });
  t.match(judge({ kind: 'no-connection' }, true), { is: 'retry', mayHaveArrived: false });
  t.match(judge({ kind: 'no-answer' }, true), { is: 'retry', mayHaveArrived: true });
  t.match(judge({ kind: 'broken-answer', status: 200 }, true), { is: 'retry', mayHaveArrived: true });
  t.match(judge({ kind: 'broken-answer', status: 422 }, true), { is: 'retry' }, 'it may have said duplicate');
  t.match(judgeConflict(409, true, false), { is: 'delivered', outcome: 'duplicate' });
  t.match(judgeConflict(409, 'unknown', true), { is: 'delivered', outcome: 'duplicate' });
  t.match(judgeConflict(409, 'unknown', false), { is: 'retry', outcome: 'conflict' });
  t.match(
    judgeConflict(409, false, true),
    { is: 'retry', outcome: 'conflict' },
    'certainly not there: not believed',
  );
});

const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({
    kind: fc.constant('http' as const),
    status: fc.integer({ min: 200, max: 599 }),
    issueCodes: fc.subarray(['duplicate', 'invalid', 'throttled', 'transient']),
    body: fc.constantFrom('confirmed' as const, 'partial' as const, 'foreign' as const, 'unread' as const),
  }),
  fc.constant({ kind: 'no-connection' as const }),
  fc.constant({ kind: 'no-answer' as const }),
  fc.record({ kind: fc.constant('broken-answer' as const), status: fc.integer({ min: 200, max: 599 }) }),
);

t.test('retry contract: properties', async (t) => {
  fc.assert(
    fc.property(anyAnswer, fc.boolean(), (answer, onlyCreates) => {
      const verdict = judge(answer, onlyCreates);
      const status = 'status' in answer ? answer.status : undefined;
      if (verdict.is !== 'look-up' && !(verdict.outcome in OUTCOMES)) return false;
      if (verdict.is === 'delivered') {
        // Delivered is only what was confirmed whole, or named a duplicate when nothing was to be changed.
        if (answer.kind !== 'http') return false;
        const confirmed = answer.status < 300 && answer.body === 'confirmed';
        return confirmed || (onlyCreates && answer.issueCodes.includes('duplicate'));
      }
      if (verdict.is === 'permanent') {
        return status !== undefined && status >= 300 && status < 500 && ![408, 409, 429].includes(status);
      }
      if (verdict.is === 'look-up') return status !== undefined && status >= 300 && status < 500;
      return true;
    }),
    { numRuns: 2000 },
  );

  const when = fc.record({
    tried: fc.integer({ min: 1, max: 5000 }),
    firstAtMs: fc.integer({ min: 0, max: 1e9 }),
    since: fc.integer({ min: 0, max: 2 * DEFAULT_RETRY.giveUpAfterMs }),
    retryAfterMs: fc.integer({ min: 0, max: 3 * DEFAULT_RETRY.giveUpAfterMs }),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  fc.assert(
    fc.property(when, ({ tried, firstAtMs, since, retryAfterMs, random }) => {
      const nowMs = firstAtMs + since;
      const last = firstAtMs + DEFAULT_RETRY.giveUpAfterMs;
      const next = nextTry(DEFAULT_RETRY, { tried, firstAtMs, nowMs, retryAfterMs }, random);
      if (next === 'give-up') return nowMs >= last;
      const own = Math.min(DEFAULT_RETRY.longestDelayMs, DEFAULT_RETRY.firstDelayMs * 2 ** (tried - 1));
      return (
        next > nowMs &&
        next <= last &&
        (next === last || next >= nowMs + retryAfterMs) &&
        (next === last || next >= nowMs + Math.floor(own / 2)) &&
        next <= nowMs + Math.max(own, retryAfterMs) + 1
      );
    }),
    { numRuns: 2000 },
  );
  const delays = [1, 2, 3, 4, 5].map((tried) =>
    Number(nextTry(DEFAULT_RETRY, { tried, firstAtMs: 0, nowMs: 0 }, 0.5)),
  );
  t.same(
    delays,
    [...delays].sort((a, b) => a - b),
    'the delay grows',
  );
  t.equal(new Set(delays).size, delays.length);
  t.ok(DEFAULT_RETRY.giveUpAfterMs >= 4 * 3_600_000, 'hours before a person is asked');
});

t.test('Retry-After: seconds, a date, nonsense', async (t) => {
  t.equal(readRetryAfter('120', 0), 120_000);
  t.equal(readRetryAfter('Thu, 01 Jan 1970 00:01:00 GMT', 10_000), 50_000);
  t.equal(readRetryAfter('Thu, 01 Jan 1970 00:00:01 GMT', 10_000), 0);
  for (const bad of [undefined, '', 'soon', '-5e', '99999999999999'])
    t.equal(readRetryAfter(bad, 0), undefined);
});

const settings = { name: 'Example', baseUrl: 'https://h.example/fhir/', dialect: 'fhir-rest' };

t.test('hospitals file: read, completed', async (t) => {
  const hospitals = readHospitals(
    { hospitals: { XRB01: { ...settings, headers: { Authorization: { env: 'TOKEN' }, 'X-Key': 'k' } } } },
    { TOKEN: 'Bearer s' },
  );
  t.same(hospitals.get('XRB01'), {
    odsCode: 'XRB01',
    name: 'Example',
    baseUrl: 'https://h.example/fhir',
    dialect: 'fhir-rest',
    headers: { authorization: 'Bearer s', 'x-key': 'k' },
    labels: {},
    documents: 'both',
    pdf: 'usual',
    clientIds: 'put',
    acceptsSensitive: false,
  });
  const examples = readHospitals(demonstrationHospitals('http://127.0.0.1:8081'));
  t.ok(examples.size >= 12);
  t.equal(examples.get('XRB14')?.documents, 'pdf');
  t.equal(examples.get('XRB11')?.clientIds, 'lookup');
});

t.test('hospitals file: each fault names its field, no value is repeated', async (t) => {
  const faultsOf = (value: unknown): readonly string[] => {
    try {
      readHospitals(value, {});
    } catch (error) {
      if (error instanceof HospitalsInvalid) return error.faults;
      throw error;
    }
    return [];
  };
  const one = (more: object) => faultsOf({ hospitals: { XRB01: { ...settings, ...more } } });
  const at = (faults: readonly string[]) => faults.map((f) => f.split(' ')[0]);
  t.same(at(faultsOf({})), ['/hospitals']);
  t.same(at(faultsOf([])), ['/']);
  t.same(at(faultsOf({ hospitals: { XRB01: {} } })).sort(), [
    '/hospitals/XRB01/baseUrl',
    '/hospitals/XRB01/dialect',
    '/hospitals/XRB01/name',
  ]);
  t.same(at(faultsOf({ hospitals: { 'xrb 1': settings } })), ['/hospitals/xrb']);
  t.same(at(one({ baseURL: 'x' })), ['/hospitals/XRB01/baseURL']);
  t.match(one({ baseURL: 'x' })[0], /not a known field/);
  t.same(at(one({ dialect: 'nhsmail' })), ['/hospitals/XRB01/dialect']);
  t.same(at(one({ labels: { title: '' } })), ['/hospitals/XRB01/labels/title']);
  t.same(at(one({ acceptsSensitive: 'yes' })), ['/hospitals/XRB01/acceptsSensitive']);
  for (const baseUrl of [
    'h.example',
    'ftp://h.example',
    'http://h.example/fhir',
    'https://u:p@h.example',
    'https://h.example?x=1',
  ]) {
    t.same(at(one({ baseUrl })), ['/hospitals/XRB01/baseUrl'], baseUrl);
  }
  t.same(one({ baseUrl: 'http://h.example/fhir', allowHttp: true }), []);
  t.same(one({ baseUrl: 'http://127.0.0.1:8080/fhir' }), []);
  t.same(at(one({ headers: { 'X-Request-ID': 'x' } })), ['/hospitals/XRB01/headers/X-Request-ID']);
  t.same(at(one({ headers: { Authorization: { env: 'NOT_SET' } } })), [
    '/hospitals/XRB01/headers/Authorization',
  ]);
  const secret = one({ headers: { 'X-Key': 'se\ncret' } });
  t.same(at(secret), ['/hospitals/XRB01/headers/X-Key']);
  t.notMatch(secret.join(), /cret/);
  t.equal(one({ name: '', baseUrl: 1 }).length, 2, 'all at once');
  t.ok(['RR8', 'VLX01', 'A12345'].every(isOdsCode));
  t.notOk(['', 'rr8', 'R 8', 'RR', 'RR8; DROP'].some(isOdsCode));
});

const hospital = (more: object = {}): Hospital =>
  readHospitals({ hospitals: { XRB01: { ...settings, ...more } } }).get('XRB01') as Hospital;

async function withStore(t: Test): Promise<Store> {
  const store = await openStore({ url: `sqlite:${join(t.testdir(), 'redbag.db')}` });
  t.teardown(() => store.close());
  return store;
}

async function jobOf(store: Store, s: ReturnType<typeof sample>, target: Hospital, operation = 'deliver') {
  const row = (await store.deliveries(s.id)).findLast((r) => r.operation === operation) as Delivery;
  const job = await loadJob(store, row, target);
  if (typeof job === 'string') throw new Error(job);
  return job;
}

const references = (bundle: Bundle) =>
  (bundle.entry ?? [])
    .map((e) => e.resource as DocumentReference)
    .filter((r) => r.resourceType === 'DocumentReference');

t.test('the transaction: everything by PUT under fixed ids, the Bundle as the stored bytes', async (t) => {
  const store = await withStore(t);
  const s = sample();
  await store.create(s.bag, s.version(1), deliver(1, 'XRB01'));
  const { body, entries } = putTransaction(await jobOf(store, s, hospital()));
  const text = body.toString();
  const bundle = JSON.parse(text) as Bundle;
  const { pdf, fhir, binary, bundle: documentBundle } = s.ids(1);
  t.equal(entries, 4);
  t.same(
    bundle.entry?.map((e) => [e.request?.method, e.request?.url, e.fullUrl]),
    [
      `Binary/${binary}`,
      `Bundle/${documentBundle}`,
      `DocumentReference/${pdf}`,
      `DocumentReference/${fhir}`,
    ].map((path) => ['PUT', path, `https://h.example/fhir/${path}`]),
  );
  t.ok(text.includes(s.version(1).version.bundle), 'not one byte of the validated Bundle is another');
  const [first] = bundle.entry ?? [];
  t.match(first?.resource, {
    resourceType: 'Binary',
    contentType: 'application/pdf',
    meta: { security: [{ code: 'HTEST' }] },
  });
  t.same(
    new Uint8Array(Buffer.from((first?.resource as Binary | undefined)?.data ?? '', 'base64')),
    s.version(1).version.pdf,
  );
  const [reference] = references(bundle);
  t.equal(reference?.content[0]?.attachment.url, `Binary/${binary}`);
  t.equal(reference?.meta?.versionId, undefined, 'version and time are the hospital’s to give');
  t.equal(reference?.relatesTo?.[0]?.target.reference, `DocumentReference/${fhir}`);
  t.equal(putTransaction(await jobOf(store, s, hospital())).body.toString(), text, 'a retry sends the same');
});

t.test(
  'a hospital that keeps PDF/A-3 gets its own PDF: another document, the same at every attempt',
  async (t) => {
    const store = await withStore(t);
    const s = sample();
    const { pdf: plain, binary: plainBinary } = s.ids(1);
    await store.create(s.bag, s.version(1), [...deliver(1, 'XRB01'), ...deliver(1, 'XRB02')]);
    const keeps = hospital({ pdf: 'pdf/a-3' });
    const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
    let made = 0;
    const make = async (bagId: string, version: number) => {
      made++;
      return bytesOf(`%PDF-1.7 archive ${made} of ${bagId} ${version}`);
    };
    const rowOf = async (operation = 'deliver', destination = 'XRB01') =>
      (await store.deliveries(s.id)).findLast(
        (row) => row.operation === operation && row.destination === destination,
      ) as Delivery;
    const sentTo = async (target: Hospital, row?: Delivery, maker: typeof make | undefined = make) => {
      const job = await loadJob(store, row ?? (await rowOf()), target, maker);
      if (typeof job === 'string') throw new Error(job);
      const text = putTransaction(job).body.toString();
      const bundle = JSON.parse(text) as Bundle;
      const binary = bundle.entry?.find((e) => e.resource?.resourceType === 'Binary')?.resource as
        | Binary
        | undefined;
      const pdfs = references(bundle).filter(
        (r) => r.content[0]?.attachment.contentType === 'application/pdf',
      );
      return { text, binary, pdfs, documents: references(bundle) };
    };

    const first = await sentTo(keeps);
    const bytes = Buffer.from(first.binary?.data ?? '', 'base64');
    t.equal(bytes.toString(), `%PDF-1.7 archive 1 of ${s.id} 1`);
    const [document] = first.pdfs;
    const archived = document?.id ?? '';
    t.not(archived, plain, 'other bytes are another document');
    t.not(first.binary?.id, plainBinary);
    t.match(document, {
      status: 'current',
      identifier: [{ system: IDS, value: document?.masterIdentifier?.value }],
      content: [
        {
          attachment: {
            contentType: 'application/pdf',
            url: `Binary/${first.binary?.id}`,
            size: bytes.length,
            hash: createHash('sha1').update(bytes).digest('base64'),
          },
        },
      ],
    });
    t.not(document?.masterIdentifier?.value, plain);
    t.equal((await sentTo(keeps)).text, first.text, 'a retry sends the same');
    t.equal(
      (await sentTo(hospital())).text,
      first.text,
      'and so it does when the setting was changed meanwhile',
    );
    t.equal(made, 1, 'it is made once');

    const other = await loadJob(store, await rowOf('deliver', 'XRB02'), hospital(), make);
    t.match(other, { pieces: [{ document: { id: plain } }, {}] }, 'others get the usual one');

    const mayHave = { ...(await rowOf('deliver', 'XRB02')), mayHaveArrived: true };
    const late = await loadJob(store, mayHave, keeps, make);
    t.match(
      late,
      { pieces: [{ document: { id: plain } }, {}] },
      'what may have arrived is not sent in another form',
    );
    t.equal(made, 1);

    const claimed = await store.claim('w', at(5), 1000, 10);
    for (const row of claimed) {
      const attempt = { at: at(5), outcome: 'delivered' };
      await store.finish(row, 'w', { state: 'delivered', attempt, mayHaveArrived: true });
    }
    await store.amend(s.id, 1, s.version(2), deliver(2, 'XRB01'));
    const second = await sentTo(keeps);
    t.equal(made, 2);
    t.same(
      second.pdfs.map((r) => [
        r.status,
        r.relatesTo?.find(({ code }) => code === 'replaces')?.target.reference,
      ]),
      [
        ['current', `DocumentReference/${archived}`],
        ['superseded', undefined],
      ],
    );
    t.match(second.pdfs[1], { id: archived, content: document?.content }, 'still of the bytes that it has');
    t.notOk(second.text.includes(plain), 'nothing points to what it never got');

    await store.amend(s.id, 2, s.version(3), deliver(3, 'XRB01'));
    const fails = await sentTo(keeps, undefined, async () => undefined as never);
    t.equal(fails.pdfs[0]?.id, s.ids(3).pdf, 'when it cannot be drawn, the usual one goes');
    await store.withdraw(
      s.id,
      { at: at(9), reason: 'wrong resident', by: 'A' },
      [1, 2, 3].flatMap((n) => s.documents(n, 'entered-in-error')),
      at(9),
    );
    const withdrawn = await sentTo(keeps, await rowOf('withdraw'));
    t.same(
      withdrawn.pdfs.map(({ id, status }) => [id, status]),
      [[archived, 'entered-in-error']],
      'under the id that the hospital has',
    );
  },
);

t.test('the transaction: PDF alone, labels, nothing points to what is not there', async (t) => {
  const store = await withStore(t);
  const s = sample();
  await store.create(s.bag, s.version(1), deliver(1, 'XRB01'));
  const concept = { coding: [{ system: 'urn:local', code: 'REDBAG' }], text: 'Care home bag' };
  const labels = {
    type: concept,
    category: [concept],
    title: 'From the care home',
    titleFhir: 'Data',
    description: 'D',
    securityLabel: [concept],
    practiceSetting: concept,
  };
  const pdfOnly = JSON.parse(
    putTransaction(await jobOf(store, s, hospital({ documents: 'pdf', labels }))).body.toString(),
  ) as Bundle;
  t.same(
    pdfOnly.entry?.map((e) => e.resource?.resourceType),
    ['Binary', 'DocumentReference'],
  );
  const [reference] = references(pdfOnly);
  t.same(reference?.relatesTo?.[0]?.target, { identifier: { system: IDS, value: s.ids(1).fhir } });
  t.match(reference, {
    type: concept,
    category: [concept],
    description: 'D',
    securityLabel: [concept],
    context: { practiceSetting: concept },
  });
  t.equal(reference?.content[0]?.attachment.title, 'From the care home');
  const both = JSON.parse(
    putTransaction(await jobOf(store, s, hospital({ labels }))).body.toString(),
  ) as Bundle;
  t.same(
    references(both).map((r) => r.content[0]?.attachment.title),
    ['From the care home', 'Data'],
  );
  t.equal(
    JSON.parse((await store.document(s.ids(1).pdf))?.resource ?? '').type.text,
    undefined,
    'ours stays as it was',
  );
});

t.test('the transaction of a later version: older ones as this hospital knows them', async (t) => {
  const store = await withStore(t);
  const [known, lost, never] = [sample(), sample(), sample()];
  for (const [s, state, mayHaveArrived] of [
    [known, 'delivered', true],
    [lost, 'waiting', true],
  ] as const) {
    await store.create(s.bag, s.version(1), deliver(1, 'XRB01'));
    const [row] = await store.claim('w', at(1), 60_000, 1);
    await store.finish(row as Delivery, 'w', {
      state,
      attempt: { at: at(2), outcome: 'x' },
      notBefore: at(900),
      mayHaveArrived,
    });
  }
  await store.create(never.bag, never.version(1), deliver(1, 'XRB01'));
  for (const s of [known, lost, never]) await store.amend(s.id, 1, s.version(2), deliver(2, 'XRB01'));
  const transaction = async (s: typeof known) =>
    JSON.parse(putTransaction(await jobOf(store, s, hospital())).body.toString()) as Bundle;
  const shape = (bundle: Bundle) =>
    bundle.entry
      ?.map((e) => `${e.resource?.resourceType} ${(e.resource as DocumentReference).status ?? ''}`.trim())
      .sort();

  t.same(shape(await transaction(known)), [
    'Binary',
    'Bundle',
    'DocumentReference current',
    'DocumentReference current',
    'DocumentReference superseded',
    'DocumentReference superseded',
  ]);
  t.same(
    shape(await transaction(lost)),
    [
      'Binary',
      'Binary',
      'Bundle',
      'Bundle',
      'DocumentReference current',
      'DocumentReference current',
      'DocumentReference superseded',
      'DocumentReference superseded',
    ],
    'an answer was lost: the older one comes whole, so that it does not point at nothing',
  );
  const fresh = await transaction(never);
  t.same(shape(fresh), ['Binary', 'Bundle', 'DocumentReference current', 'DocumentReference current']);
  t.same(
    references(fresh)[0]?.relatesTo?.find((r) => r.code === 'replaces')?.target,
    { identifier: { system: IDS, value: never.ids(1).pdf } },
    'what it replaces never came here: named, not linked',
  );

  await store.withdraw(
    known.id,
    { at: at(9), reason: 'r', by: 'b' },
    known.documents(2, 'entered-in-error'),
    at(9),
  );
  const job = await jobOf(store, known, hospital(), 'deliver').catch((error: Error) => error.message);
  t.equal(job, 'overtaken', 'a withdrawn version does not leave');
  const withdrawal = JSON.parse(
    putTransaction(await jobOf(store, known, hospital(), 'withdraw')).body.toString(),
  ) as Bundle;
  t.same(
    shape(withdrawal),
    ['DocumentReference entered-in-error', 'DocumentReference entered-in-error'],
    'only what came here: version 1',
  );
});

t.test('a server with ids of its own: only what a look-up did not find', async (t) => {
  const store = await withStore(t);
  const s = sample();
  await store.create(s.bag, s.version(1), deliver(1, 'XRB01'));
  const job = await jobOf(store, s, hospital({ clientIds: 'lookup' }));
  const all = JSON.parse(postTransaction(job, new Map())?.body.toString() ?? '') as Bundle;
  t.same(
    all.entry?.map((e) => `${e.request?.method} ${e.request?.url}`),
    ['POST Binary', 'POST DocumentReference', 'POST Bundle', 'POST DocumentReference'],
  );
  const [pdf, fhir] = references(all);
  t.equal(pdf?.content[0]?.attachment.url, all.entry?.[0]?.fullUrl);
  t.equal(pdf?.relatesTo?.[0]?.target.reference, all.entry?.[3]?.fullUrl);
  t.equal(all.entry?.[1]?.request?.ifNoneExist, `identifier=${encodeURIComponent(`${IDS}|${s.ids(1).pdf}`)}`);
  t.equal(fhir?.id, undefined);
  const there = (status: DocumentReference['status']) => ({
    id: '7',
    resource: {
      resourceType: 'DocumentReference',
      id: '7',
      status,
      content: [{ attachment: { url: 'Binary/6' } }],
    } as DocumentReference,
  });
  const rest = JSON.parse(
    postTransaction(job, new Map([[s.ids(1).fhir, there('current')]]))?.body.toString() ?? '',
  ) as Bundle;
  t.same(
    rest.entry?.map((e) => e.request?.url),
    ['Binary', 'DocumentReference'],
  );
  t.equal(references(rest)[0]?.relatesTo?.[0]?.target.reference, 'DocumentReference/7');
  const both = new Map([
    [s.ids(1).fhir, there('current')],
    [s.ids(1).pdf, there('current')],
  ]);
  t.equal(postTransaction(job, both), undefined, 'all is there: nothing to send');
});

interface Rig {
  readonly store: Store;
  readonly sandbox: ReturnType<typeof buildSandbox>;
  readonly worker: DeliveryWorker;
  readonly requests: { ods: string; requestId: string; correlationId: string }[];
  readonly lines: string[];
  /** Waits until the bag's deliveries are all in one of these states. */
  readonly until: (id: string, ...states: string[]) => Promise<Delivery[]>;
}

async function rig(
  t: Test,
  options: SandboxOptions = {},
  // Ample: a machine under load must not make an answer late. What hangs is ended by it all the same.
  attemptMs = 5_000,
  change = (h: object): unknown => h,
  archive?: MakeArchive,
): Promise<Rig> {
  const store = await openStore({ url: `sqlite:${join(t.testdir(), 'redbag.db')}` });
  const requests: Rig['requests'] = [];
  const sandbox = buildSandbox({
    slowMs: 20,
    onTransaction: (ods, r) => requests.push({ ods, ...r }),
    ...options,
  });
  const url = await sandbox.app.listen({ host: '127.0.0.1', port: 0 });
  const lines: string[] = [];
  const write = (fields: object, message: string) => lines.push(JSON.stringify({ ...fields, message }));
  const log: WorkerLog = { info: write, warn: write, error: write };
  const dialect = createFhirRest();
  const worker = createWorker({
    store,
    hospitals: readHospitals(change(demonstrationHospitals(url))),
    dialects: { 'fhir-rest': dialect },
    ...(archive === undefined ? {} : { archive }),
    retry: { firstDelayMs: 5, longestDelayMs: 20, giveUpAfterMs: 60_000 },
    pollMs: 5,
    attemptMs,
    log,
  });
  t.teardown(async () => {
    await worker.stop();
    await dialect.close();
    await sandbox.app.close();
    await store.close();
  });
  const until: Rig['until'] = async (id, ...states) => {
    for (;;) {
      const rows = await store.deliveries(id);
      if (rows.length > 0 && rows.every(({ state }) => states.includes(state))) return rows;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  worker.start();
  return { store, sandbox, worker, requests, lines, until };
}

/** The hospital has each document once, and each body once. */
function assertOnce(
  t: Test,
  { sandbox }: Rig,
  ods: string,
  ids: readonly string[],
  bodies = ids.length,
): void {
  const has = sandbox.hospital(ods);
  const found = (has?.all('DocumentReference') ?? []) as unknown as DocumentReference[];
  t.same(found.map((r) => r.masterIdentifier?.value).sort(), [...ids].sort(), `${ods}: each document once`);
  t.equal(
    (has?.all('Binary').length ?? 0) + (has?.all('Bundle').length ?? 0),
    bodies,
    `${ods}: each body once`,
  );
  for (const reference of found) {
    const [type = '', id = ''] = reference.content[0]?.attachment.url?.split('/') ?? [];
    t.ok(has?.read(type, id), `${ods}: the document can be opened`);
  }
}

t.test('every fault that passes: delivered, nothing lost, nothing doubled', async (t) => {
  const r = await rig(t);
  const passing = [
    'XRB01',
    'XRB04',
    'XRB05',
    'XRB06',
    'XRB07',
    'XRB08',
    'XRB10',
    'XRB11',
    'XRB12',
    'XRB13',
    'XRB14',
  ];
  const bags = [sample(), sample()];
  for (const s of bags) await r.store.create(s.bag, s.version(1), deliver(1, ...passing));
  r.worker.wake();
  for (const s of bags) {
    const rows = await r.until(s.id, 'delivered', 'needs-person');
    t.same(
      rows.map(({ destination, state }) => [destination, state]),
      passing.map((ods) => [ods, 'delivered']),
    );
    t.equal((await r.store.bag(s.id))?.status, 'delivered');
    const outcomes = (ods: string) =>
      rows.find((row) => row.destination === ods)?.attempts.map((a) => a.outcome);
    t.same(outcomes('XRB01'), ['delivered']);
    t.same(outcomes('XRB04'), ['half-answer', 'half-answer', 'delivered']);
    t.same(outcomes('XRB05'), ['no-answer', 'no-answer', 'delivered']);
    t.same(outcomes('XRB06'), ['duplicate']);
    const busy = rows.find((row) => row.destination === 'XRB07')?.attempts ?? [];
    t.same(outcomes('XRB07'), ['busy', 'busy', 'delivered']);
    t.ok(
      Date.parse(busy[1]?.at ?? '') - Date.parse(busy[0]?.at ?? '') >= 1000,
      'not before the hospital said',
    );
    t.same(outcomes('XRB08'), ['busy', 'busy', 'busy', 'delivered']);
    t.same(outcomes('XRB12'), ['half-answer', 'half-answer', 'delivered']);
    t.same(outcomes('XRB13'), ['no-answer', 'no-answer', 'delivered']);
    for (const row of rows) {
      const sent = r.requests.filter((q) => q.ods === row.destination && q.correlationId === s.id);
      t.same(
        [...new Set(sent.map((q) => q.requestId))],
        [row.requestId],
        'X-Request-ID is one for all retries',
      );
    }
  }
  const ids = bags.flatMap((s) => [s.ids(1).pdf, s.ids(1).fhir]);
  for (const ods of passing.filter((x) => x !== 'XRB14')) assertOnce(t, r, ods, ids);
  assertOnce(
    t,
    r,
    'XRB14',
    bags.map((s) => s.ids(1).pdf),
  );
  t.notMatch(r.lines.join(), /9990000018|Example Home|Red Bag"/, 'no content and no identity in the log');
});

t.test('hospitals that are down or refuse: they delay nobody, and say what happened', async (t) => {
  const r = await rig(t, {}, 3_000);
  const s = sample();
  await r.store.create(s.bag, s.version(1), deliver(1, 'XRB02', 'XRB03', 'XRB07', 'XRB09', 'XNONE', 'XRB01'));
  r.worker.wake();
  const row = async (ods: string) =>
    (await r.store.deliveries(s.id)).find((d) => d.destination === ods) as Delivery;
  while (
    (await row('XRB02')).attempts.length < 2 ||
    (await row('XRB03')).attempts.length < 2 ||
    (await row('XRB07')).attempts.length < 1
  ) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  t.equal((await row('XRB01')).state, 'delivered');
  t.match(await row('XRB09'), {
    state: 'needs-person',
    attempts: [{ outcome: 'refused', httpStatus: 422 }],
    mayHaveArrived: false,
  });
  t.match(await row('XNONE'), {
    state: 'needs-person',
    attempts: [{ outcome: 'not-configured' }],
    mayHaveArrived: false,
  });
  t.match(await row('XRB02'), { attempts: [{ outcome: 'no-answer' }], mayHaveArrived: true });
  t.match(await row('XRB03'), { attempts: [{ outcome: 'cannot-connect' }], mayHaveArrived: false });
  t.match(await row('XRB07'), { attempts: [{ outcome: 'busy', httpStatus: 429 }] });
  t.equal((await r.store.bag(s.id))?.status, 'delivering');
  t.equal(r.sandbox.hospital('XRB02')?.all('DocumentReference').length, 0);
});

t.test('a hospital that hangs holds up no other while it hangs', async (t) => {
  const r = await rig(t, {}, 90_000);
  // Ends the request that hangs, so that the worker need not wait for it.
  t.teardown(() => r.sandbox.app.close());
  const s = sample();
  await r.store.create(s.bag, s.version(1), deliver(1, 'XRB02', 'XRB01'));
  r.worker.wake();
  const states = async () =>
    Object.fromEntries((await r.store.deliveries(s.id)).map((d) => [d.destination, d.state]));
  while ((await states())['XRB01'] !== 'delivered') await new Promise((resolve) => setTimeout(resolve, 5));
  t.same(await states(), { XRB01: 'delivered', XRB02: 'sending' });
});

t.test('amended, then withdrawn: what stands at the hospital says so', async (t) => {
  for (const ods of ['XRB01', 'XRB05', 'XRB11', 'XRB06']) {
    await t.test(ods, async (t) => {
      const r = await rig(t);
      const s = sample();
      const statuses = () =>
        Object.fromEntries(
          ((r.sandbox.hospital(ods)?.all('DocumentReference') ?? []) as unknown as DocumentReference[]).map(
            (d) => [d.masterIdentifier?.value, d.status],
          ),
        );
      await r.store.create(s.bag, s.version(1), deliver(1, ods));
      await r.until(s.id, 'delivered');
      await r.store.amend(s.id, 1, s.version(2), deliver(2, ods));
      await r.until(s.id, 'delivered');
      const [one, two] = [s.ids(1), s.ids(2)];
      t.same(statuses(), {
        [one.pdf]: 'superseded',
        [one.fhir]: 'superseded',
        [two.pdf]: 'current',
        [two.fhir]: 'current',
      });
      assertOnce(t, r, ods, [one.pdf, one.fhir, two.pdf, two.fhir]);
      const gone = [...s.documents(1, 'entered-in-error'), ...s.documents(2, 'entered-in-error')];
      await r.store.withdraw(s.id, { at: at(9), reason: 'wrong resident', by: 'A Nurse' }, gone, at(9));
      await r.until(s.id, 'delivered');
      t.same([...new Set(Object.values(statuses()))], ['entered-in-error']);
      assertOnce(t, r, ods, [one.pdf, one.fhir, two.pdf, two.fhir]);
      t.equal((await r.store.bag(s.id))?.status, 'withdrawn');
    });
  }
});

t.test(
  'PDF/A-3, amended and withdrawn: each row is of the bytes beside it, whatever was lost on the way',
  async (t) => {
    const keepsArchives = (file: object): unknown => {
      const { hospitals } = file as { hospitals: Record<string, object> };
      const all = Object.entries(hospitals).map(([ods, settings]) => [ods, { ...settings, pdf: 'pdf/a-3' }]);
      return { hospitals: Object.fromEntries(all) };
    };
    for (const ods of ['XRB01', 'XRB05', 'XRB06', 'XRB11']) {
      await t.test(ods, async (t) => {
        let made = 0;
        const archive: MakeArchive = async () => new TextEncoder().encode(`%PDF-1.7 archive ${++made}`);
        const r = await rig(t, {}, 5_000, keepsArchives, archive);
        const s = sample();
        const has = () => r.sandbox.hospital(ods);
        const rows = () =>
          ((has()?.all('DocumentReference') ?? []) as unknown as DocumentReference[]).map((document) => {
            const { url = '', hash, contentType } = document.content[0]?.attachment ?? {};
            const [type = '', id = ''] = url.split('/');
            const body = has()?.read(type, id) as unknown as Binary | undefined;
            if (contentType !== 'application/pdf') return document.status;
            const bytes = Buffer.from(body?.data ?? '', 'base64');
            t.match(bytes.toString(), /^%PDF-1.7 archive [12]$/);
            t.equal(createHash('sha1').update(bytes).digest('base64'), hash);
            return `pdf ${document.status}`;
          });
        await r.store.create(s.bag, s.version(1), deliver(1, ods));
        await r.until(s.id, 'delivered');
        await r.store.amend(s.id, 1, s.version(2), deliver(2, ods));
        await r.until(s.id, 'delivered');
        t.same(rows().sort(), ['current', 'pdf current', 'pdf superseded', 'superseded']);
        const gone = [...s.documents(1, 'entered-in-error'), ...s.documents(2, 'entered-in-error')];
        await r.store.withdraw(s.id, { at: at(9), reason: 'wrong resident', by: 'A Nurse' }, gone, at(9));
        await r.until(s.id, 'delivered');
        t.same([...new Set(rows())].sort(), ['entered-in-error', 'pdf entered-in-error']);
        t.equal(rows().length, 4);
        t.equal(made, 2, 'drawn once for each version');
      });
    }
  },
);

t.test('a person is asked when the time for retries is over', async (t) => {
  const store = await withStore(t);
  const s = sample();
  await store.create(s.bag, s.version(1), deliver(1, 'XRB03'));
  let clock = Date.parse(at(0));
  const dialect = createFhirRest();
  const worker = createWorker({
    store,
    hospitals: readHospitals(demonstrationHospitals('http://127.0.0.1:9')),
    dialects: { 'fhir-rest': dialect },
    pollMs: 1,
    now: () => clock,
  });
  worker.start();
  t.teardown(() => dialect.close());
  let rows: Delivery[] = [];
  let waits = 0;
  do {
    rows = await store.deliveries(s.id);
    if (rows[0]?.state === 'waiting') {
      waits += 1;
      clock += 60_000;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  } while (rows[0]?.state !== 'needs-person');
  await worker.stop();
  const attempts = rows[0]?.attempts ?? [];
  const spent = Date.parse(attempts.at(-1)?.at ?? '') - Date.parse(attempts[0]?.at ?? '');
  t.ok(spent >= DEFAULT_RETRY.giveUpAfterMs, 'not before');
  t.ok(attempts.length < waits, 'and not at every look');
  t.equal((await store.bag(s.id))?.status, 'needs-person');
});

t.test('stop: what is on its way is written down and waits', async (t) => {
  const store = await withStore(t);
  const s = sample();
  let began = () => {};
  const sending = new Promise<void>((resolve) => {
    began = resolve;
  });
  const sandbox = buildSandbox({ onTransaction: () => began() });
  const url = await sandbox.app.listen({ host: '127.0.0.1', port: 0 });
  const dialect = createFhirRest();
  const worker = createWorker({
    store,
    hospitals: readHospitals(demonstrationHospitals(url)),
    dialects: { 'fhir-rest': dialect },
    stopMs: 20,
    pollMs: 5,
  });
  t.teardown(async () => {
    await dialect.close();
    await sandbox.app.close();
  });
  await store.create(s.bag, s.version(1), deliver(1, 'XRB02'));
  worker.start();
  await sending;
  await worker.stop();
  t.match(await store.deliveries(s.id), [
    { state: 'waiting', mayHaveArrived: true, attempts: [{ outcome: 'stopped' }] },
  ]);
  await worker.stop();
});

/** A server that answers each request by a function; no FHIR of its own. */
async function scripted(
  t: Test,
  answer: (request: IncomingMessage) => { status: number; body?: string; headers?: Record<string, string> },
) {
  const server = createServer((request, reply) => {
    request.resume().on('end', () => {
      const { status, body = '', headers = {} } = answer(request);
      reply.writeHead(status, headers).end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
}

t.test('answers of a server that is not what it should be', async (t) => {
  const store = await withStore(t);
  const s = sample();
  await store.create(s.bag, s.version(1), deliver(1, 'XRB01'));
  const dialect = createFhirRest({ ...DEFAULT_LIMITS, answerBytes: 10_000 });
  t.teardown(() => dialect.close());
  const outcomeOf = (code: string) =>
    JSON.stringify({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code, diagnostics: 'Mrs Example' }],
    });
  const responses = (...statuses: string[]) =>
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'transaction-response',
      entry: statuses.map((status) => ({ response: { status } })),
    });
  const searchset = (...resource: object[]) =>
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'searchset',
      entry: resource.map((r) => ({ resource: r })),
    });
  const send = async (clientIds: 'put' | 'lookup', answer: Parameters<typeof scripted>[1]) => {
    const baseUrl = await scripted(t, answer);
    return dialect.send(
      await jobOf(store, s, hospital({ baseUrl, clientIds })),
      new AbortController().signal,
    );
  };
  const always = (status: number, body?: string, headers?: Record<string, string>) => () => ({
    status,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  });

  t.match(await send('put', always(200, '<html>Please log in</html>')), {
    is: 'retry',
    outcome: 'not-understood',
  });
  t.match(await send('put', always(200)), { is: 'retry', outcome: 'not-understood' });
  t.match(await send('put', always(200, outcomeOf('informational'))), {
    is: 'retry',
    outcome: 'not-understood',
  });
  t.match(await send('put', always(200, responses('201 Created'))), { is: 'retry', outcome: 'half-answer' });
  t.match(await send('put', always(200, responses('201', '201', '201', 'well done'))), {
    is: 'retry',
    outcome: 'half-answer',
  });
  t.match(await send('put', always(200, responses('201', '201', '422', '201'))), {
    is: 'permanent',
    outcome: 'refused',
  });
  t.match(await send('put', always(200, responses('201', '200 OK', '201', '200'))), { is: 'delivered' });
  t.match(await send('put', always(200, 'x'.repeat(20_000))), { is: 'retry', outcome: 'half-answer' });
  t.match(await send('put', always(500, outcomeOf('exception'))), {
    is: 'retry',
    outcome: 'server-error',
    httpStatus: 500,
  });
  t.match(await send('put', always(503, '', { 'retry-after': '7' })), {
    is: 'retry',
    outcome: 'busy',
    retryAfterMs: 7000,
  });
  t.match(await send('put', always(400, outcomeOf('duplicate'))), { is: 'delivered', outcome: 'duplicate' });
  const refused = await send('put', always(422, outcomeOf('invalid')));
  t.match(refused, { is: 'permanent', outcome: 'refused', httpStatus: 422 });
  t.notMatch(JSON.stringify(refused), /Example/, 'nothing of its text comes further');

  let followed = false;
  const moved = await send('put', (request) => {
    if (request.url === '/elsewhere') followed = true;
    return { status: 307, headers: { location: '/elsewhere' } };
  });
  t.match(moved, { is: 'permanent', outcome: 'redirected' });
  t.notOk(followed);

  const conflict = (lookUp: ReturnType<typeof always>) => (request: IncomingMessage) =>
    request.method === 'POST' ? { status: 409 } : lookUp();
  const has = (status: string) =>
    searchset(
      ...[s.ids(1).pdf, s.ids(1).fhir].map((value) => ({
        resourceType: 'DocumentReference',
        id: value,
        masterIdentifier: { system: IDS, value },
        status,
        content: [{ attachment: {} }],
      })),
    );
  t.match(await send('put', conflict(always(200, has('current')))), {
    is: 'delivered',
    outcome: 'duplicate',
  });
  t.match(
    await send('put', conflict(always(200, searchset()))),
    { is: 'retry', outcome: 'conflict' },
    'certainly not there',
  );
  t.match(
    await send('put', conflict(always(200, has('superseded')))),
    { is: 'retry', outcome: 'conflict' },
    'there, but not as it should be',
  );
  t.match(
    await send('put', conflict(always(404))),
    { is: 'delivered', outcome: 'duplicate' },
    'it cannot be asked: 409 is believed',
  );

  t.match(await send('lookup', always(503)), { is: 'retry', outcome: 'busy', mayHaveArrived: false });
  t.match(await send('lookup', always(403)), { is: 'permanent', outcome: 'refused', mayHaveArrived: false });
  t.match(await send('lookup', always(200, '<html>')), { is: 'retry', mayHaveArrived: false });
  t.match(await send('lookup', always(200, has('current'))), { is: 'delivered', outcome: 'already-there' });
  const others = searchset({
    resourceType: 'DocumentReference',
    id: '1',
    masterIdentifier: { system: IDS, value: 'of another bag' },
    status: 'current',
    content: [{ attachment: {} }],
  });
  const posted = await send('lookup', (request) =>
    request.method === 'POST'
      ? { status: 200, body: responses('201', '201', '201', '201') }
      : { status: 200, body: others },
  );
  t.match(
    posted,
    { is: 'delivered', outcome: 'delivered' },
    'a server that ignores the search and gives everything does not count as having it',
  );
});
