/**
 * Delivery to a FHIR server that is not ours, at the address in REDBAG_TEST_FHIR (HAPI FHIR in CI). Each
 * attempt's answer is lost once, so that everything is sent at least twice; nothing may be doubled.
 */

import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Binary, Bundle, DocumentReference } from 'fhir/r4';
import t, { type Test } from 'tap';
import type { Dialect } from '#src/delivery/dialect.js';
import { createFhirRest } from '#src/delivery/fhir-rest.js';
import { readHospitals } from '#src/delivery/hospitals.js';
import { createWorker } from '#src/delivery/worker.js';
import { openStore } from '#src/store/open.js';
import type { NewDocument, NewVersion, Store } from '#src/store/store.js';
import { at, deliver, IDS, type Sample, sample } from '../store/samples.js';

const base = process.env['REDBAG_TEST_FHIR'];

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${base}/${path}`, {
    headers: { accept: 'application/fhir+json', 'cache-control': 'no-cache' },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

const count = async (type: string): Promise<number> =>
  (await get<Bundle>(`${type}?_summary=count`)).total ?? Number.NaN;

/** Sends everything twice: the first answer of each delivery is thrown away. */
function forgetful(dialect: Dialect): Dialect {
  const seen = new Set<string>();
  return {
    async send(job, signal) {
      const verdict = await dialect.send(job, signal);
      if (seen.has(job.delivery.id)) return verdict;
      seen.add(job.delivery.id);
      return { is: 'retry', outcome: 'no-answer', mayHaveArrived: true };
    },
    close: () => dialect.close(),
  };
}

async function until(store: Store, s: Sample): Promise<void> {
  for (;;) {
    const rows = await store.deliveries(s.id);
    if (rows.every(({ state }) => state === 'delivered')) return;
    const stuck = rows.find(({ state }) => state === 'needs-person');
    if (stuck !== undefined) throw new Error(`stuck: ${JSON.stringify(stuck.attempts)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** With identifiers as our documents have them: a UUID as a URI. */
const asUri = (documents: readonly NewDocument[]): NewDocument[] =>
  documents.map((d) => ({
    ...d,
    resource: d.resource.replaceAll(
      `"system":"${IDS}","value":"`,
      '"system":"urn:ietf:rfc:3986","value":"urn:uuid:',
    ),
  }));
const withUris = (next: NewVersion): NewVersion => ({ ...next, documents: asUri(next.documents) });

async function there(id: string): Promise<DocumentReference> {
  const found = await get<Bundle<DocumentReference>>(
    `DocumentReference?identifier=urn:ietf:rfc:3986|urn:uuid:${id}`,
  );
  const [only, second] = found.entry ?? [];
  if (only?.resource === undefined || second !== undefined)
    throw new Error(`${found.entry?.length ?? 0} of ${id}`);
  return only.resource;
}

async function checkVersion(t: Test, s: Sample, version: number, status: string): Promise<void> {
  const { pdf, fhir } = s.ids(version);
  const [one, two] = [await there(pdf), await there(fhir)];
  t.same([one.status, two.status], [status, status]);
  const binary = await get<Binary>(one.content[0]?.attachment.url ?? '');
  const sent = s.version(version).version;
  t.same(new Uint8Array(Buffer.from(binary.data ?? '', 'base64')), sent.pdf, 'the PDF, byte for byte');
  const bundle = await get<Bundle>(two.content[0]?.attachment.url ?? '');
  t.ok(
    isDeepStrictEqual(bundle.entry, (JSON.parse(sent.bundle) as Bundle).entry),
    'the Bundle as it was sent',
  );
}

for (const clientIds of ['put', 'lookup']) {
  t.test(
    `clientIds ${clientIds}: delivered, amended, withdrawn, each sent twice`,
    { skip: base === undefined && 'REDBAG_TEST_FHIR is not set' },
    async (t) => {
      const store = await openStore({ url: `sqlite:${join(t.testdir(), 'redbag.db')}` });
      const dialect = forgetful(createFhirRest());
      const worker = createWorker({
        store,
        hospitals: readHospitals({
          hospitals: {
            XRB01: { name: 'Real server', baseUrl: base, dialect: 'fhir-rest', clientIds, allowHttp: true },
          },
        }),
        dialects: { 'fhir-rest': dialect },
        retry: { firstDelayMs: 5, longestDelayMs: 50, giveUpAfterMs: 60_000 },
        pollMs: 10,
      });
      t.teardown(async () => {
        await worker.stop();
        await dialect.close();
        await store.close();
      });
      worker.start();
      const s = sample();
      const before = {
        documents: await count('DocumentReference'),
        bundles: await count('Bundle'),
        binaries: await count('Binary'),
      };
      const more = async (documents: number, bundles: number) =>
        t.same(
          {
            documents: (await count('DocumentReference')) - before.documents,
            bundles: (await count('Bundle')) - before.bundles,
            binaries: (await count('Binary')) - before.binaries,
          },
          { documents, bundles, binaries: bundles },
          'nothing doubled',
        );

      await store.create(s.bag, withUris(s.version(1)), deliver(1, 'XRB01'));
      await until(store, s);
      await more(2, 1);
      await checkVersion(t, s, 1, 'current');
      const [binary] = (await there(s.ids(1).pdf)).content;

      await store.amend(s.id, 1, withUris(s.version(2)), deliver(2, 'XRB01'));
      await until(store, s);
      await more(4, 2);
      await checkVersion(t, s, 1, 'superseded');
      await checkVersion(t, s, 2, 'current');
      t.equal(
        (await there(s.ids(1).pdf)).content[0]?.attachment.url,
        binary?.attachment.url,
        'the older one still opens',
      );

      const gone = asUri([...s.documents(1, 'entered-in-error'), ...s.documents(2, 'entered-in-error')]);
      await store.withdraw(s.id, { at: at(9), reason: 'wrong resident', by: 'A Nurse' }, gone, at(9));
      await until(store, s);
      await more(4, 2);
      for (const version of [1, 2]) await checkVersion(t, s, version, 'entered-in-error');
    },
  );
}
