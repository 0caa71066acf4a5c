/** Bags made in threads: the same bytes as in this thread, whatever goes wrong with one of them. */
import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { redBagMaking } from '#src/maker.js';
import type { JsonObject } from '#src/mapping/json.js';
import { render } from '#src/print/render.js';
import { unpack } from '#src/store/packed.js';
import { createMaker, type Decide, type Made } from '#src/transfer/making.js';
import { createValidator } from '#src/validation/validator.js';
import { openWorkshop, type Workshop, type WorkshopOptions } from '#src/workshop/workshop.js';
import { readPlain } from '../print/read-plain.js';
import { bettysBag, misspeltBag, urgentBag } from '../support/packages.js';

const settings = { demonstration: true, safeguardingOnPageOne: false };
const AT = '2026-11-22T04:00:00Z';
const faulty = new URL('./faulty-workshop.js', import.meta.url);
const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const first: Decide<never> = async () => ({ version: 1 });

function open(t: Test, options: Partial<WorkshopOptions> = {}): Workshop {
  const workshop = openWorkshop({ settings, threads: 1, ...options });
  t.teardown(() => workshop.close());
  return workshop;
}

async function made(workshop: Pick<Workshop, 'make'>, bag: JsonObject): Promise<Made> {
  const result = await workshop.make(bytes(bag), AT, first);
  if (result.kind !== 'made') throw new Error(`not made: ${JSON.stringify(result)}`);
  return result;
}

const here = createMaker({ ...redBagMaking(settings), validator: createValidator(), print: render });

t.test('a thread makes what this thread makes, byte for byte', async (t) => {
  const workshop = open(t, { threads: 2, rehearsal: bytes(urgentBag('rehearsal')) });
  workshop.start();
  const bag = bettysBag('same');
  const expected = await made(here, bag);
  for (const there of await Promise.all([1, 2, 3].map(() => made(workshop, bag)))) {
    const { version, ...rest } = there;
    const { version: _, ...expectedRest } = expected;
    t.same(rest, expectedRest);
    t.equal(version.contentHash, expected.version.contentHash);
    for (const part of ['package', 'bundle', 'coverage', 'pdf'] as const) {
      t.ok(Buffer.from(expected.version[part]).equals(version[part]), part);
    }
  }
  t.match(JSON.parse(await unpack(expected.version.bundle)), { resourceType: 'Bundle', type: 'document' });
});

t.test('who keeps the bags decides in the middle, and may decide otherwise', async (t) => {
  const workshop = open(t);
  const offers: unknown[] = [];
  const instead = { kind: 'mine', call: () => 1 };
  const otherwise = await workshop.make(bytes(urgentBag('known')), AT, async (offer) => {
    offers.push(offer);
    return { instead };
  });
  t.equal(otherwise.kind === 'not-made' && otherwise.instead, instead, 'comes back as it is');
  t.match(offers, [
    { sender: 'ods:XRBH1', packageId: 'known', bagId: String, contentHash: /^[0-9a-f]{64}$/ },
  ]);
  const fails = workshop.make(bytes(urgentBag('a')), AT, async () => {
    throw new Error('no store');
  });
  await t.rejects(fails, { message: 'no store' });
  const amended = await workshop.make(bytes(urgentBag('known')), AT, async () => ({
    version: 2,
    before: JSON.stringify(urgentBag('known', {}, { birthDate: '1931-05-05' })),
  }));
  t.match(amended, { kind: 'made', version: { version: 2 } });
});

t.test('a package that is wrong is refused, and checked without being made', async (t) => {
  const workshop = open(t);
  const wrong = bytes(misspeltBag('wrong'));
  const refused = await workshop.make(wrong, AT, async () => {
    throw new Error('nobody is asked about a package that is wrong');
  });
  t.match(refused, { kind: 'invalid', status: 422 });
  t.match(await workshop.inspect(wrong, AT), { valid: false });
  t.match(await workshop.inspect(bytes(urgentBag('right')), AT), { valid: true });
});

t.test('resources are validated there as here', async (t) => {
  const patient = { resourceType: 'Patient', gender: 'unheard of' };
  const profiles = ['http://hl7.org/fhir/StructureDefinition/Patient'];
  t.same(await open(t).validate(patient, { profiles }), createValidator().validate(patient, { profiles }));
});

t.test('a render that fails, hangs or brings its thread down never stops a bag', async (t) => {
  const workshop = open(t, { script: faulty, timeLimitMs: 6_000, memoryLimitMb: 160 });
  for (const fault of ['fails', 'hangs', 'exits', 'fills']) {
    const bag = await made(workshop, urgentBag(`printing-${fault}`));
    t.ok(
      bag.issues.some((issue) => issue.code === 'printed-plainly'),
      `${fault}: it says so`,
    );
    t.match(readPlain(bag.version.pdf), /PLAIN TEXT ONLY/, fault);
    t.match(bag.documents, [{ kind: 'pdf' }, { kind: 'fhir' }]);
  }
  const after = await made(workshop, urgentBag('after'));
  t.notOk(
    after.issues.some((issue) => issue.code === 'printed-plainly'),
    'the next one is printed in full',
  );
});

t.test('an attachment that brings the thread down costs its own pages, not those of the bag', async (t) => {
  const workshop = open(t, { script: faulty, timeLimitMs: 6_000, memoryLimitMb: 160 });
  const scan = readFileSync('fixtures/media/cpr-form.pdf').toString('base64');
  const attachments = [{ id: 'a', title: 'Scan', contentType: 'application/pdf', data: scan }];
  for (const fault of ['fails', 'hangs', 'exits', 'fills']) {
    const bag = await made(workshop, urgentBag(`attachments-${fault}`, { attachments }));
    const told = bag.issues.filter(({ code }) => code === 'attachment-not-printed');
    t.match(
      told,
      [{ severity: 'warning', pointer: '/attachments/0', message: /too much time or memory/ }],
      fault,
    );
    t.notOk(
      bag.issues.some(({ code }) => code === 'printed-plainly'),
      `${fault}: the full layout`,
    );
    t.match(await unpack(bag.version.bundle), scan, 'and it is in the document as it was sent');
  }
  const good = await made(workshop, urgentBag('good', { attachments }));
  t.notOk(good.issues.some(({ code }) => code === 'attachment-not-printed'));
});

t.test('a thread that is lost while it makes ends that job with a clear error', async (t) => {
  const workshop = open(t, { script: faulty, timeLimitMs: 6_000, memoryLimitMb: 160 });
  const losses = { hangs: 'job-time-limit', exits: 'job-worker-stopped', fills: 'job-worker-stopped' };
  for (const [fault, code] of Object.entries(losses)) {
    await t.rejects(workshop.make(bytes(urgentBag(`making-${fault}`)), AT, first), { name: 'JobLost', code });
    await made(workshop, urgentBag(`after-${fault}`));
  }
  await t.rejects(workshop.make(bytes(urgentBag('making-fails')), AT, first), { message: 'making failed' });
});

t.test('a stored version is drawn again in another form', async (t) => {
  const workshop = open(t, { script: faulty });
  const sent = JSON.parse(
    readFileSync(new URL('../../fixtures/mistyped-urgent/red-bag.json', import.meta.url), 'utf8'),
  ) as JsonObject;
  const { version, documents } = await made(workshop, sent);
  t.equal(documents.length, 2);
  const stored = {
    package: await unpack(version.package),
    bundle: await unpack(version.bundle),
    bagId: version.bagId,
    version: 1,
    demonstration: true,
  };
  const again = await workshop.reprint(stored);
  t.ok(Buffer.from(version.pdf).equals(again.pdf), 'in the same form it is the same, byte for byte');
  const large = await workshop.reprint(stored, { largePrint: true });
  t.ok(large.pages > again.pages);
  const failing = { ...stored, package: stored.package.replace(String(sent['packageId']), 'printing-exits') };
  t.match(await workshop.reprint(failing, { largePrint: true }), { plain: true, failure: 'worker-stopped' });
});
