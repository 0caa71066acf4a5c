/** The service as care home software meets it over HTTP, from the post to what stands at the hospital. */

import { once } from 'node:events';
import { connect } from 'node:net';
import type { Bundle, Resource } from 'fhir/r4';
import t, { type Test } from 'tap';
import { type JsonObject, leaves } from '#src/mapping/json.js';
import { readPdf } from '../print/read-pdf.js';
import { valueAt } from '../support/form-laws.js';
import { bagFor, bagForNowhere, bettysBag, misspeltBag, urgentBag } from '../support/packages.js';
import { startService } from '../support/programs.js';
import { type BagAnswer, careHome, type Delivery, type Exchange } from './care-home.js';
import { compare, type Description } from './description.js';
import { atHospital, standing, untidy } from './hospital-side.js';

const service = await startService(t, t.testdir({}));
/** Everything that was asked and answered, for comparing it with the description at the end. */
const exchanges: Exchange[] = [];
const home = careHome(service.url, exchanges);
const there = () => atHospital(service.sandboxUrl, 'XRB01');
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly issues: readonly {
    code: string;
    pointer: string;
    severity: string;
    message: string;
    rule: string;
  }[];
  readonly [more: string]: unknown;
}

async function problem(t: Test, response: Response, status: number): Promise<Problem> {
  const text = await response.text();
  t.equal(response.status, status, text.slice(0, 200));
  t.match(response.headers.get('content-type'), 'application/problem+json');
  return JSON.parse(text) as Problem;
}
const codes = ({ issues }: Pick<Problem, 'issues'>) => issues.map((i) => i.code);

t.test("the whole way of Betty's bag: posted, accepted, delivered, read back", async (t) => {
  const sent = bettysBag('e2e-betty');
  const response = await home.post(sent);
  t.equal(response.status, 201);
  t.equal(response.headers.get('etag'), '"1"');
  const bag = (await response.json()) as BagAnswer;
  t.equal(response.headers.get('location'), bag.links['self']);
  t.same(Object.keys(bag), ['id', 'packageId', 'version', 'status', 'issues', 'links']);
  t.same(Object.keys(bag.links).sort(), ['bundle', 'coverage', 'deliveries', 'package', 'pdf', 'self']);
  for (const issue of bag.issues)
    t.same(Object.keys(issue).sort(), ['code', 'message', 'pointer', 'rule', 'severity']);
  for (const link of Object.values(bag.links)) t.equal((await home.get(link)).status, 200, link);
  await home.until(bag.id, ({ status }) => status === 'delivered');

  t.same(await home.json(bag.links['package'] ?? ''), sent, 'the package is what was posted');

  const bundleText = await (await home.get(`/red-bags/${bag.id}/bundle`)).text();
  const bundle = JSON.parse(bundleText) as Bundle;
  const pdf = await bytes(await home.get(`/red-bags/${bag.id}/pdf`));
  t.equal(pdf.toString('latin1', 0, 5), '%PDF-');
  const at = await there();
  t.same(standing(at), ['application/fhir+json current', 'application/pdf current']);
  t.same(untidy(at), []);
  t.equal(at.binaries[0]?.data, pdf.toString('base64'), 'the hospital has the very PDF');
  const { meta: { versionId: _v, lastUpdated: _l, ...meta } = {}, ...received } = at.bundles[0] as Bundle;
  t.same({ ...received, meta }, bundle, 'and the very Bundle');
  const hash = at.documents.find((d) => d.content[0]?.attachment.contentType === 'application/pdf')
    ?.content[0]?.attachment;
  t.equal(hash?.size, pdf.length);
});

t.test('the demonstration is marked everywhere', async (t) => {
  const { items } = await home.json<{ items: BagAnswer[] }>('/red-bags?packageId=e2e-betty');
  const bundle = await home.json<Bundle>(`/red-bags/${items[0]?.id}/bundle`);
  const at = await there();
  const marked = (resource: Resource | undefined) =>
    t.ok(
      resource?.meta?.security?.some((s) => s.code === 'HTEST'),
      `${resource?.resourceType} ${resource?.id}`,
    );
  marked(bundle);
  for (const { resource } of bundle.entry ?? []) marked(resource);
  for (const resource of [...at.documents, ...at.binaries, ...at.bundles]) marked(resource);
  const pages = readPdf(await bytes(await home.get(`/red-bags/${items[0]?.id}/pdf`)));
  t.ok(pages.length > 0);
  for (const [i, page] of pages.entries())
    t.match(page.text, 'DEMONSTRATION – NOT FOR CARE', `page ${i + 1}`);
});

t.test('coverage: every leaf has its place, and something stands there', async (t) => {
  const { items } = await home.json<{ items: BagAnswer[] }>('/red-bags?packageId=e2e-betty');
  const id = items[0]?.id;
  const sent = await home.json<JsonObject>(`/red-bags/${id}/package`);
  const bundle = await home.json<Bundle>(`/red-bags/${id}/bundle`);
  const resources = (bundle.entry ?? []).map((e) => e.resource) as never[];
  const coverage = await home.json<{
    leaves: { pointer: string; targets: { resource: string; path: string }[] }[];
  }>(`/red-bags/${id}/coverage`);
  t.same(Object.keys(coverage), ['leaves']);
  const homes = new Map(coverage.leaves.map((l) => [l.pointer, l.targets]));
  const pointers = [...leaves(sent)].map(([pointer]) => pointer);
  t.same([...homes.keys()].sort(), [...pointers].sort(), 'the leaves are those of the package');
  const astray = coverage.leaves.filter(
    ({ targets }) =>
      targets.length === 0 ||
      targets.some(
        (target) => !/^[A-Z]\w+\/\S+$/.test(target.resource) || valueAt(resources, target) === undefined,
      ),
  );
  t.same(astray, []);
});

t.test('AT-32: posted twice is one bag; other content under its packageId is refused', async (t) => {
  const bag = await home.accept(urgentBag('e2e-twice'));
  await home.until(bag.id, ({ status }) => status === 'delivered');
  const before = await there();
  const { format, ...rest } = urgentBag('e2e-twice');
  const again = await home.post({ ...rest, format });
  t.equal(again.status, 200, 'member order does not count');
  t.match(await again.json(), { id: bag.id, version: 1 });
  t.equal(again.headers.get('location'), bag.links['self']);
  t.equal((await home.deliveries(bag.id)).length, 1);
  t.equal((await there()).documents.length, before.documents.length);
  const other = await problem(t, await home.post(bagFor('e2e-twice', 'XRB02')), 422);
  t.match(other, {
    type: /#package-id-reused$/,
    status: 422,
    existing: { id: bag.id, version: 1 },
    issues: [{ code: 'package-id-reused', pointer: '/packageId', severity: 'error' }],
  });
});

t.test('an amendment says which version it changes; both versions stay readable', async (t) => {
  const first = urgentBag('e2e-amended');
  const bag = await home.accept(first);
  const second = urgentBag('e2e-amended', { cprDecision: { status: 'no-decision-recorded' } });
  t.match(codes(await problem(t, await home.put(bag.id, second), 428)), ['if-match-missing']);
  t.match(codes(await problem(t, await home.put(bag.id, second, 'one'), 400)), ['if-match-unreadable']);
  t.match(codes(await problem(t, await home.put(bag.id, misspeltBag('e2e-amended'), '"1"'), 422)), [
    'unknown-field',
  ]);
  const amended = await home.put(bag.id, second, '"1"');
  t.equal(amended.status, 200);
  t.equal(amended.headers.get('etag'), '"2"');
  t.match(await amended.json(), { id: bag.id, version: 2 });
  t.equal((await home.put(bag.id, second, '"1"')).status, 200, 'the answer was lost: already applied');
  const third = urgentBag('e2e-amended', { cprDecision: { status: 'not-for-cpr' } });
  const stale = await home.put(bag.id, third, '"1"');
  t.equal(stale.headers.get('etag'), '"2"', 'the version that it should have named');
  t.match(codes(await problem(t, stale, 412)), ['stale-version']);
  t.match(codes(await problem(t, await home.put(bag.id, urgentBag('e2e-other'), '"2"'), 422)), [
    'package-id-mismatch',
  ]);
  await problem(t, await home.put('3fa85f64-5717-4562-b3fc-2c963f66afa6', second, '"1"'), 404);

  t.same(await home.json(`/red-bags/${bag.id}/package`), second);
  for (const what of ['bundle', 'pdf']) {
    const read = async (path: string) => bytes(await home.get(`/red-bags/${bag.id}/${path}`));
    const [v1, v2, now] = [
      await read(`versions/1/${what}`),
      await read(`versions/2/${what}`),
      await read(what),
    ];
    t.ok(v2.equals(now), `${what}: the newest is the one without a number`);
    t.notOk(v1.equals(v2), what);
    await problem(t, await home.get(`/red-bags/${bag.id}/versions/3/${what}`), 404);
    await problem(t, await home.get(`/red-bags/${bag.id}/versions/0/${what}`), 404);
  }
  await home.until(bag.id, ({ status }) => status === 'delivered');
  t.same(untidy(await there()), []);
});

t.test('without a destination it is held and says NOT SENT; one is added later', async (t) => {
  const bag = await home.accept(bagForNowhere('e2e-nowhere'));
  t.equal(bag.status, 'held');
  const said = bag.issues.find((i) => i.code === 'no-destination');
  t.match(said, { severity: 'warning', message: /NOT SENT: hand over paper/ });
  t.same(await home.deliveries(bag.id), []);
  const add = (odsCode: unknown) => home.post({ odsCode }, `/red-bags/${bag.id}/destinations`);
  const unknown = await add('ZZZ99');
  t.equal(unknown.status, 200);
  t.match(await unknown.json(), { status: 'held' });
  t.ok(codes(await problem(t, await add('xrb01'), 422)).includes('not-an-ods-code'));
  t.same(await home.deliveries(bag.id), []);
  for (const _ of ['added', 'repeated']) {
    const added = await add('XRB01');
    t.equal(added.status, 200);
    t.notMatch(JSON.stringify(await added.json()), 'NOT SENT');
  }
  await home.until(bag.id, ({ status }) => status === 'delivered');
  const [delivery, ...more] = await home.deliveries(bag.id);
  t.same(more, []);
  t.same(Object.keys(delivery as Delivery), ['destination', 'version', 'state', 'attempts']);
  t.match(delivery, {
    destination: 'XRB01',
    version: 1,
    state: 'delivered',
    attempts: [{ at: /Z$/, outcome: 'delivered', httpStatus: 200 }],
  });
  const elsewhere = await home.accept(bagFor('e2e-unknown-hospital', 'ZZZ99'));
  t.match(elsewhere, { status: 'held', issues: [{ severity: 'warning' }] });
  t.match(elsewhere.issues.find((i) => i.code === 'destination-not-configured')?.message, /NOT SENT/);
});

t.test('the validate route tells all and stores nothing', async (t) => {
  const valid = await home.post(urgentBag('e2e-only-checked'), '/red-bags/validate');
  t.equal(valid.status, 200);
  const told = (await valid.json()) as { valid: boolean; issues: { code: string }[] };
  t.same(Object.keys(told), ['valid', 'issues']);
  t.equal(told.valid, true);
  t.match(await home.json('/red-bags?packageId=e2e-only-checked'), { items: [] });
  for (const body of [misspeltBag('e2e-bad'), '{"format": ', '', '[]', Buffer.from([0xff, 0xfe])]) {
    const checked = await home.post(body, '/red-bags/validate');
    t.equal(checked.status, 200);
    t.match(await checked.json(), { valid: false, issues: [{ severity: 'error' }] });
  }
  const accepted = await home.accept(urgentBag('e2e-only-checked'));
  t.same(
    told.issues.map((i) => i.code),
    accepted.issues.map((i) => i.code),
    'the same words as when it is sent',
  );
});

t.test('the list goes through all bags, page by page, and finds by packageId, status and time', async (t) => {
  const wanted = await Promise.all([1, 2, 3, 4, 5].map((n) => home.accept(bagForNowhere(`e2e-list-${n}`))));
  const seen: string[] = [];
  let next: string | undefined;
  do {
    const page = await home.json<{ items: BagAnswer[]; next?: string }>(
      `/red-bags?limit=2${next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`}`,
    );
    t.ok(page.items.length <= 2);
    seen.push(...page.items.map((b) => b.id));
    next = page.next;
  } while (next !== undefined);
  t.equal(new Set(seen).size, seen.length, 'none twice');
  t.same(
    wanted.filter((b) => !seen.includes(b.id)),
    [],
    'none left out',
  );
  const list = async (query: string) => (await home.json<{ items: BagAnswer[] }>(`/red-bags?${query}`)).items;
  t.match(await list('packageId=e2e-list-3'), [{ id: wanted[2]?.id, packageId: 'e2e-list-3' }]);
  t.ok((await list('status=held&limit=100')).every((b) => b.status === 'held'));
  t.same(await list('updatedSince=2099-01-01T00:00:00Z'), []);
  t.ok((await list('updatedSince=2026-01-01T00:00:00%2B00:00')).length > 0);
  t.match(codes(await problem(t, await home.get('/red-bags?nhsNumber=9990000018'), 400)), [
    'unknown-parameter',
  ]);
  await problem(t, await home.get('/red-bags?cursor=made-up'), 400);
});

t.test('what is refused is a problem with each slip at its place', async (t) => {
  const wrong = urgentBag('e2e-wrong', { surprise: 1 }, { birthDate: '1931-02-30', gender: '' });
  const { issues } = await problem(t, await home.post(wrong), 422);
  t.same(
    issues
      .filter((i) => i.severity === 'error')
      .map((i) => `${i.code} ${i.pointer}`)
      .sort(),
    ['empty-string /resident/gender', 'impossible-date /resident/birthDate', 'unknown-field /surprise'],
  );
  await problem(t, await home.post('{"a": 1'), 400);
  await problem(t, await home.get('/red-bags/3fa85f64-5717-4562-b3fc-2c963f66afa6'), 404);
  const xml = await fetch(`${service.url}/red-bags`, {
    method: 'POST',
    headers: { 'content-type': 'application/xml' },
    body: '<bag/>',
  });
  await problem(t, xml, 415);
  const removed = await fetch(`${service.url}/red-bags`, { method: 'DELETE' });
  t.match(removed.headers.get('allow'), 'POST');
  await problem(t, removed, 405);
});

t.test('twenty at once: each is accepted, kept and delivered once', async (t) => {
  const before = (await there()).documents.length;
  const bags = await Promise.all(
    Array.from({ length: 20 }, (_, n) => home.accept(urgentBag(`e2e-crowd-${n}`))),
  );
  t.equal(new Set(bags.map((b) => b.id)).size, 20);
  const same = await Promise.all(Array.from({ length: 5 }, () => home.post(urgentBag('e2e-crowd-same'))));
  t.same(same.map((r) => r.status).sort(), [200, 200, 200, 200, 201], 'the same at once is one bag');
  const [one] = (await home.json<{ items: BagAnswer[] }>('/red-bags?packageId=e2e-crowd-same')).items;
  const ids = [...bags, one as BagAnswer].map((b) => b.id);
  await Promise.all(ids.map((id) => home.until(id, ({ status }) => status === 'delivered')));
  const after = await there();
  t.equal(after.documents.length - before, 2 * 21);
  t.same(untidy(after), []);
});

t.test('health, description and pages answer', async (t) => {
  t.match(await home.json('/health'), { status: 'ok', demonstration: true });
  t.match(await home.json('/openapi.json'), { openapi: /^3\.1/ });
  t.equal((await fetch(`${service.url}/docs`)).status, 200);
  const page = await (await fetch(`${service.sandboxUrl}/`)).text();
  t.match(page, /DEMONSTRATION – NOT FOR CARE/);
  t.match(page, /XRB01/);
});

t.test('what was answered in all of this is as the description says', async (t) => {
  const withdrawn = await home.accept(urgentBag('e2e-withdrawn'));
  const withdraw = (body: unknown, id = withdrawn.id) => home.post(body, `/red-bags/${id}/withdrawal`);
  await problem(t, await withdraw({}), 422);
  await problem(t, await withdraw('{'), 400);
  await problem(t, await withdraw({ reason: 'Wrong resident' }, 'nobody'), 404);
  for (const _ of ['withdrawn', 'repeated'])
    t.match(await (await withdraw({ reason: 'Wrong resident' })).json(), { status: 'withdrawn' });
  await problem(t, await home.put(withdrawn.id, urgentBag('e2e-withdrawn', { mode: 'urgent' }), '"1"'), 422);
  const added = await home.post({ odsCode: 'XRB01' }, `/red-bags/${withdrawn.id}/destinations`);
  await problem(t, added, 422);
  for (const what of ['bundle', 'pdf', 'package', 'coverage', 'deliveries', 'versions/1/pdf'])
    await problem(t, await home.get(`/red-bags/nobody/${what}`), 404);
  // Whoever closes while the caller is still sending takes the answer from it, now and then.
  for (let i = 0; i < 10; i++) await problem(t, await home.post(`"${'x'.repeat(27_000_000)}"`), 413);

  const description = await home.json<Description>('/openapi.json');
  const { faults, seen } = compare(description, exchanges);
  t.same(faults, []);
  const described = Object.values(description.paths).flatMap((methods) => Object.values(methods));
  const never = described
    .map((o) => o.operationId)
    .filter((id) => ![...seen].some((s) => s.startsWith(`${id} `)));
  t.same(never, [], 'every operation was called');
});

t.test('SIGTERM ends it with nothing said, although a caller never finishes what it sends', async (t) => {
  const slow = connect(Number(new URL(service.url).port), '127.0.0.1', () => {
    slow.write(
      'POST /red-bags HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"a"',
    );
  });
  slow.on('error', () => {});
  t.teardown(() => slow.destroy());
  await once(slow, 'connect');
  await home.json('/health');
  service.child.kill('SIGTERM');
  t.match(await service.ended, { code: 0, err: '' });
});
