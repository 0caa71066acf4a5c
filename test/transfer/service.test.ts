/** The service with a real store, validator and press: what a home is answered, and what is then stored. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import t from 'tap';
import { redBagMaking } from '#src/maker.js';
import type { JsonObject } from '#src/mapping/json.js';
import { render } from '#src/print/render.js';
import { openStore } from '#src/store/open.js';
import { createCopies } from '#src/transfer/copies.js';
import { createMaker } from '#src/transfer/making.js';
import { redBag } from '#src/transfer/red-bag.js';
import { routingOf } from '#src/transfer/routing-of.js';
import { createService, type ServiceOptions } from '#src/transfer/service.js';
import type { BagState } from '#src/transfer/service-interface.js';
import type { Validator } from '#src/validation/outcome.js';
import { createValidator } from '#src/validation/validator.js';
import { readPdf } from '../print/read-pdf.js';

const folder = mkdtempSync(join(tmpdir(), 'redbag-service-'));
const store = await openStore({ url: `sqlite:${join(folder, 'redbag.sqlite')}` });
t.teardown(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

let woken = 0;
const making = {
  ...redBagMaking({ demonstration: false, safeguardingOnPageOne: false }),
  validator: createValidator(),
  print: render,
};
const options = {
  store,
  maker: createMaker(making),
  routing: routingOf,
  hospitals: new Map([
    ['XRB01', { acceptsSensitive: false }],
    ['XRB02', { acceptsSensitive: true }],
    ['XRB03', { acceptsSensitive: false, phone: '020 7946 0303' }],
    ['XRB04', { acceptsSensitive: false }],
  ]),
  now: () => new Date('2026-11-22T04:00:00Z'),
  wake: () => {
    woken++;
  },
} satisfies ServiceOptions;
const service = createService(options);

const context = { caller: 'test', requestId: 'r', correlationId: 'c' };
const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const bag = (packageId: string, change: JsonObject = {}, resident: JsonObject = {}): JsonObject => ({
  format: 'redbag/1',
  packageId,
  mode: 'urgent',
  createdAt: '2026-11-22T03:12:00+00:00',
  sender: {
    organisation: { name: 'Larch House', odsCode: 'XRBH1', telephone24h: '020 7946 0101' },
    person: { name: 'Ama Boateng', role: 'Night care worker' },
    software: { name: 'CareDesk', version: '7.2' },
  },
  destinations: [{ odsCode: 'XRB01' }],
  resident: {
    name: { given: ['Betty'], family: 'Okafor' },
    birthDate: '1931-05-04',
    nhsNumber: '9000000009',
    residence: { kind: 'care-home', homeName: 'Larch House', lines: ['1 Larch Road'], postcode: 'ZZ99 3CZ' },
    ...resident,
  },
  caresEscalation: {
    concerns: { reason: 'Found on the floor beside her bed at 02:50, hip pain, cannot stand.' },
    shared: { allergies: { state: 'none-known' } },
  },
  cprDecision: { status: 'unknown' },
  ...change,
});

const codes = (state: { issues: readonly { code: string; pointer: string }[] }): string[] =>
  state.issues.map((i) => i.code);

async function accepted(sent: JsonObject): Promise<BagState> {
  const answer = await service.accept(bytes(sent), context);
  if (answer.kind !== 'created') throw new Error(`not created: ${JSON.stringify(answer)}`);
  return answer.bag;
}

t.test('AT-32: the same package twice is one bag; other content under its id is refused', async (t) => {
  const first = await accepted(bag('once'));
  t.match(first, { version: 1, status: 'delivering', packageId: 'once' });
  const { format, ...rest } = bag('once');
  const again = await service.accept(bytes({ ...rest, format }), context);
  t.match(again, { kind: 'same', bag: { id: first.id, version: 1 } }, 'member order does not count');
  t.equal((await store.documentsOf(first.id)).length, 2);
  t.equal((await store.deliveries(first.id)).length, 1);
  const other = await service.accept(bytes(bag('once', { createdAt: '2026-11-22T03:13:00+00:00' })), context);
  t.match(other, { kind: 'package-id-reused', existing: { id: first.id, version: 1 } });
  const elsewhere = structuredClone(bag('once')) as { sender: { organisation: { odsCode: string } } };
  elsewhere.sender.organisation.odsCode = 'XRBH2';
  t.match(
    await service.accept(bytes(elsewhere), context),
    { kind: 'created' },
    'unique within the sender only',
  );
});

t.test('two at the same moment are one bag', async (t) => {
  const answers = await Promise.all([1, 2, 3].map(() => service.accept(bytes(bag('race')), context)));
  t.same(answers.map((a) => a.kind).sort(), ['created', 'same', 'same']);
});

t.test('AT-32, AT-41: an amendment is a new version that supersedes; both stay readable', async (t) => {
  const first = await accepted(bag('amended'));
  const more = bag('amended', { thisIsMe: { whatIsMostImportantToMe: { freeText: 'My cat, Tibbles.' } } });
  t.match(await service.amend(first.id, 2, bytes(more), context), { kind: 'stale', version: 1 });
  const amended = await service.amend(first.id, 1, bytes(more), context);
  t.match(amended, { kind: 'amended', bag: { id: first.id, version: 2 } });
  t.match(
    await service.amend(first.id, 1, bytes(more), context),
    { kind: 'same' },
    'a retry after a lost answer',
  );
  const documents = (await store.documentsOf(first.id)).map((d) => ({
    version: d.bagVersion,
    kind: d.kind,
    ...(JSON.parse(d.resource) as {
      status: string;
      relatesTo?: { code: string; target: { reference: string } }[];
      id: string;
    }),
  }));
  t.same(documents.map((d) => `${d.version} ${d.kind} ${d.status}`).sort(), [
    '1 fhir superseded',
    '1 pdf superseded',
    '2 fhir current',
    '2 pdf current',
  ]);
  const [newest, old] = [2, 1].map((v) => documents.find((d) => d.kind === 'pdf' && d.version === v));
  const replaced = newest?.relatesTo?.find((r) => r.code === 'replaces');
  t.equal(replaced?.target.reference, `DocumentReference/${old?.id}`);
  const bundle = JSON.parse((await service.bundle(first.id, 2, context))?.body ?? '{}') as {
    entry: { resource: { relatesTo: unknown; identifier: unknown } }[];
    identifier: { value: string };
  };
  const before = JSON.parse((await service.bundle(first.id, 1, context))?.body ?? '{}') as typeof bundle;
  t.match(bundle.entry[0]?.resource.relatesTo, [{ code: 'replaces', targetIdentifier: before.identifier }]);
  t.same(
    bundle.entry[0]?.resource.identifier,
    before.entry[0]?.resource.identifier,
    'the Composition keeps its identifier',
  );
  t.not(bundle.identifier.value, before.identifier.value, "the Bundle's is never used again");
  const other = bag('another');
  t.match(await service.amend(first.id, 2, bytes(other), context), { kind: 'package-id-mismatch' });
  t.match(await service.amend('no-such-bag', 1, bytes(more), context), { kind: 'not-found' });
});

t.test('AT-51: page one of a version that supersedes names what changed', async (t) => {
  const first = await accepted(bag('changed'));
  const more = bag('changed', {
    mar: {
      chartKey: [{ letter: 'G', meaning: 'Given', outcome: 'given' }],
      medicines: [{ name: 'Paracetamol' }],
    },
  });
  await service.amend(first.id, 1, bytes(more), context);
  const { changesSince } = await import('#src/transfer/changes.js');
  t.same(changesSince(redBag.schema, bag('changed'), more).length, 1);
  t.match(changesSince(redBag.schema, bag('changed'), more)[0], /added/);
});

t.test(
  'a withdrawal marks every document entered in error; repeated it changes nothing; the bag takes no changes',
  async (t) => {
    const first = await accepted(bag('wrong-resident'));
    const request = { reason: 'Sent for the wrong resident', by: 'Manager' };
    t.match(await service.withdraw(first.id, request, context), {
      kind: 'withdrawn',
      repeated: false,
      bag: { status: 'withdrawn' },
    });
    t.match(await service.withdraw(first.id, request, context), { kind: 'withdrawn', repeated: true });
    for (const d of await store.documentsOf(first.id))
      t.match(JSON.parse(d.resource), { status: 'entered-in-error' });
    t.match(
      await service.amend(
        first.id,
        1,
        bytes(bag('wrong-resident', { createdAt: '2026-11-22T03:15:00Z' })),
        context,
      ),
      { kind: 'withdrawn' },
    );
    t.match(await service.addDestination(first.id, { odsCode: 'XRB01' }, context), { kind: 'withdrawn' });
    t.ok(
      (await store.deliveries(first.id)).every((d) => d.state === 'cancelled'),
      'what had not left is cancelled',
    );
  },
);

t.test(
  'AT-51: a bag without a destination is held and says NOT SENT; one added later takes it on its way',
  async (t) => {
    const { destinations: _, ...without } = bag('held');
    const held = await accepted(without);
    t.equal(held.status, 'held');
    t.match(held.issues.find((i) => i.code === 'no-destination')?.message, /NOT SENT: hand over paper/);
    const before = woken;
    const added = await service.addDestination(held.id, { odsCode: 'XRB01' }, context);
    t.match(added, { kind: 'added', repeated: false, bag: { status: 'delivering' } });
    t.equal(woken, before + 1);
    t.notOk(added.kind === 'added' && codes(added.bag).includes('no-destination'));
    t.match(await service.addDestination(held.id, { odsCode: 'XRB01' }, context), {
      kind: 'added',
      repeated: true,
    });
    const unknown = await accepted(bag('unknown-hospital', { destinations: [{ odsCode: 'ZZZ99' }] }));
    t.equal(unknown.status, 'held');
    t.ok(codes(unknown).includes('destination-not-configured'));
  },
);

t.test(
  'what could not be delivered is told by hospital, with its telephone; a withdrawal asks for a call to the ward',
  async (t) => {
    const destinations = [{ odsCode: 'XRB03' }, { odsCode: 'XRB04' }];
    const sent = await accepted(bag('undelivered', { destinations }));
    const later = '2026-11-22T05:00:00.000Z';
    for (const delivery of await store.claim('w', later, 60_000, 50)) {
      if (delivery.bagId !== sent.id) continue;
      const failed = delivery.destination === 'XRB03';
      await store.finish(delivery, 'w', {
        state: failed ? 'needs-person' : 'delivered',
        attempt: { at: later, outcome: failed ? 'refused' : 'delivered' },
        mayHaveArrived: !failed,
      });
    }
    const now = await service.read(sent.id, context);
    t.equal(now?.status, 'partly-delivered');
    const told = (now?.issues ?? []).filter((i) => i.code === 'not-delivered').map((i) => i.message);
    t.equal(told.length, 1);
    t.match(told[0], /NOT DELIVERED to XRB03: hand over paper.*020 7946 0303/);
    await service.withdraw(sent.id, { reason: 'Sent for the wrong resident' }, context);
    const withdrawn = await service.read(sent.id, context);
    t.ok(withdrawn && codes(withdrawn).includes('withdrawn-tell-the-ward'));
    t.notOk(withdrawn && codes(withdrawn).includes('not-delivered'));
  },
);

t.test(
  'consent refused stays with the home; emergency with a named person and a reason overrides, visibly',
  async (t) => {
    const refused = await accepted(
      bag('refused', {}, { legal: { sharing: { consent: 'no', reasonNotGiven: 'Does not want it' } } }),
    );
    t.equal(refused.status, 'not-shared');
    t.same(await store.deliveries(refused.id), []);
    t.match(refused.issues.find((i) => i.code === 'not-shared')?.message, /NOT SENT/);
    t.match(await service.addDestination(refused.id, { odsCode: 'XRB01' }, context), {
      kind: 'added',
      bag: { status: 'not-shared' },
    });
    t.same(await store.deliveries(refused.id), []);
    const sharing = {
      consent: 'no',
      basis: 'emergency',
      decidedBy: { name: 'Dr Example' },
      overrideReason: 'Unconscious',
    };
    const overridden = await accepted(bag('overridden', {}, { legal: { sharing } }));
    t.equal(overridden.status, 'delivering');
    const document = (await service.bundle(overridden.id, 1, context))?.body ?? '';
    t.match(document, /Unconscious/);
  },
);

t.test(
  'AT-36: a sensitive resident: no address leaves, and only a hospital that accepts it gets the bag',
  async (t) => {
    const blocked = await accepted(bag('sensitive', {}, { sensitive: true }));
    t.equal(blocked.status, 'held');
    t.ok(codes(blocked).includes('sensitive-not-sent'));
    const allowed = await accepted(
      bag('sensitive-2', { destinations: [{ odsCode: 'XRB02' }] }, { sensitive: true }),
    );
    t.equal(allowed.status, 'delivering');
    const document = (await service.bundle(allowed.id, 1, context))?.body ?? '';
    const references = (await store.documentsOf(allowed.id)).map((d) => d.resource).join();
    for (const secret of ['Larch House', '1 Larch Road', 'ZZ99 3CZ', 'XRBH1', '020 7946 0101']) {
      t.notOk(document.includes(secret), `${secret} is not in the document`);
      t.notOk(references.includes(secret), `${secret} is not in the metadata`);
    }
    const coverage = JSON.parse((await service.coverage(allowed.id, context))?.body ?? '{}') as {
      leaves: { pointer: string; withheld?: boolean }[];
    };
    t.ok(coverage.leaves.some((l) => l.pointer === '/resident/residence/postcode' && l.withheld));
    t.match(
      (await service.package(allowed.id, context))?.body,
      /ZZ99 3CZ/,
      'the home has its own words back',
    );
  },
);

t.test('AT-07: an older About Me than one that is held is taken with a warning; both are kept', async (t) => {
  const paper = (lastUpdated: string) => ({
    thisIsMe: { lastUpdated, whatIsMostImportantToMe: { freeText: 'Quiet.' } },
  });
  const resident = { nhsNumber: '9912003888' };
  await accepted(bag('newer', paper('2026-06-01T10:00:00Z'), resident));
  const older = await accepted(bag('older', paper('2025-06-01T10:00:00Z'), resident));
  t.ok(codes(older).includes('about-me-older-than-held'));
  const newest = await accepted(bag('newest', paper('2026-07-01T10:00:00Z'), resident));
  t.notOk(codes(newest).includes('about-me-older-than-held'));
});

t.test(
  'AT-50: in an urgent bag a mistyped value travels as text in its place; in a complete one it is refused',
  async (t) => {
    const taken = await accepted(bag('mistyped', {}, { nhsNumber: '9000000008' }));
    t.ok(codes(taken).includes('nhs-number-check-digit'));
    const document = (await service.bundle(taken.id, 1, context))?.body ?? '';
    t.match(document, /NOT UNDERSTOOD: 9000000008/);
    t.notOk(document.includes('"https://fhir.nhs.uk/Id/nhs-number"'), 'never used as an identifier');
    const refused = await service.accept(
      bytes(bag('mistyped-complete', { mode: 'complete' }, { nhsNumber: '9000000008' })),
      context,
    );
    t.match(refused, { kind: 'invalid', status: 422 });
    t.ok(
      refused.kind === 'invalid' &&
        refused.issues.some((i) => i.code === 'nhs-number-check-digit' && i.severity === 'error'),
    );
  },
);

t.test('a document of ours that breaks a profile is stored nowhere and goes to nobody', async (t) => {
  const issue = {
    severity: 'error',
    code: 'invariant',
    rule: 'dom-6',
    expression: 'Bundle',
    message: 'broken',
  };
  const validator = { validate: () => ({ valid: false, issues: [issue] }) } as unknown as Validator;
  const strict = createService({ ...options, maker: createMaker({ ...making, validator }) });
  await t.rejects(strict.accept(bytes(bag('broken-by-us')), context), { name: 'OwnDocumentInvalid' });
  t.match(await service.list({ packageId: 'broken-by-us', limit: 10 }, context), { items: [] });
});

t.test(
  'a PDF that does not hold any more says so across each page; the stored one never changes',
  async (t) => {
    const scan = readFileSync('fixtures/media/cpr-form.pdf').toString('base64');
    const attachments = [{ id: 'a', title: 'Scan', contentType: 'application/pdf', data: scan }];
    const { id } = await accepted(bag('copies', { attachments }));
    const get = async (version?: number, form: 'usual' | 'large' = 'usual') => {
      const copy = await service.pdf(id, version, form, context);
      return { tag: copy?.tag, version: copy?.version, body: Buffer.from((await copy?.body()) ?? []) };
    };
    const words = ({ body }: { body: Buffer }) => readPdf(body).map((page) => page.text.replace(/\s+/g, ' '));
    const original = await get();
    t.match(original, { tag: '1', version: 1 });
    t.ok(original.body.equals(Buffer.from((await store.part(id, 1, 'pdf')) ?? [])), 'as it is stored');
    for (const page of words(original)) t.notMatch(page, /SUPERSEDED|WITHDRAWN/);

    const large = await get(1, 'large');
    t.equal(large.tag, '1-large');
    t.ok(words(large).length > words(original).length);
    const letters = (of: { body: Buffer }) => words(of).join(' ');
    for (const said of ['hip pain, cannot stand', 'Ama Boateng', 'Attachment 1: Scan'])
      t.match(letters(large), said);

    t.match(
      await service.amend(id, 1, bytes(bag('copies', { attachments }, { nhsNumber: '9000000025' })), context),
      {
        kind: 'amended',
      },
    );
    t.match(await get(), { tag: '2', version: 2 });
    const superseded = await get(1);
    const mark = 'SUPERSEDED by version 2 on Sun 22 November 2026, 04:00: DO NOT USE';
    t.match(superseded, { tag: '1-superseded-by-2', version: 1 });
    for (const page of words(superseded)) t.match(page, mark);
    t.ok(superseded.body.includes('x-default">SUPERSEDED by version 2'), 'its title too');
    t.ok((await get(1)).body.equals(superseded.body), 'the same each time');
    const largeMarked = await get(1, 'large');
    t.equal(largeMarked.tag, '1-large-superseded-by-2');
    for (const page of words(largeMarked)) t.match(page, mark);
    t.ok(
      original.body.equals(Buffer.from((await store.part(id, 1, 'pdf')) ?? [])),
      'the stored one is as it was',
    );

    await service.withdraw(id, { reason: 'wrong resident' }, context);
    for (const version of [undefined, 1, 2]) {
      const withdrawn = await get(version);
      t.match(withdrawn.tag, /^[12]-withdrawn$/);
      for (const page of words(withdrawn)) {
        t.match(page, 'WITHDRAWN on Sun 22 November 2026, 04:00: DO NOT USE');
        t.notMatch(page, 'wrong resident');
      }
    }
    t.equal(await service.pdf(id, 3, 'usual', context), undefined);
    t.equal(await service.pdf('nobody', undefined, 'large', context), undefined);
  },
);

t.test('for an archive: PDF/A-3a with the document inside, byte for byte, the same each time', async (t) => {
  const { id } = await accepted(bag('archive'));
  const { archive } = createCopies(store, options.maker);
  const pdf = Buffer.from((await archive(id, 1)) ?? []);
  t.ok(pdf.includes('<pdfaid:part>3</pdfaid:part>'));
  const bundle = (await store.part(id, 1, 'bundle')) ?? '';
  const inside = [...pdf.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(
    ([, body = '']) => {
      const bytes = Buffer.from(body, 'latin1');
      try {
        return inflateSync(bytes).toString('utf8');
      } catch {
        return bytes.toString('utf8');
      }
    },
  );
  t.ok(inside.includes(bundle));
  t.ok(Buffer.from((await archive(id, 1)) ?? []).equals(pdf));
  const plain = createCopies(store, {
    reprint: async () => ({ pdf: new Uint8Array(1), pages: 1, missingCharacters: [], plain: true }),
  });
  t.equal(await plain.archive(id, 1), undefined, 'the plain layout claims nothing, so it is none');
});

t.test('a bag that was made as a demonstration stays marked as one', async (t) => {
  const was = createService({ ...options, maker: createMaker({ ...making, demonstration: true }) });
  const made = await was.accept(bytes(bag('was-demonstration', {}, { nhsNumber: '9990000018' })), context);
  if (made.kind !== 'created') throw new Error(made.kind);
  const copy = await service.pdf(made.bag.id, 1, 'large', context);
  const pages = readPdf((await copy?.body()) ?? new Uint8Array());
  for (const page of pages) t.match(page.text, 'NOT FOR CARE');
});

t.test('a test number is told outside the demonstration', async (t) => {
  const told = await accepted(bag('test-number', {}, { nhsNumber: '9990000018' }));
  t.ok(codes(told).includes('test-nhs-number'));
});

t.test('reading what was stored, and nothing of what was not', async (t) => {
  const one = await accepted(bag('read'));
  t.match(await service.read(one.id, context), { id: one.id, version: 1 });
  const pdf = (await (await service.pdf(one.id, 1, 'usual', context))?.body()) ?? new Uint8Array();
  t.equal(Buffer.from(pdf).toString('latin1', 0, 5), '%PDF-');
  t.equal(await service.bundle(one.id, 9, context), undefined);
  t.equal(await service.read('nothing', context), undefined);
  t.equal(await service.deliveries('nothing', context), undefined);
  const page = await service.list({ packageId: 'read', limit: 10 }, context);
  t.match(page, { kind: 'page', items: [{ id: one.id }] });
  t.match(await service.list({ limit: 10, cursor: 'made-up' }, context), { kind: 'bad-cursor' });
  t.match(await service.validate(bytes(bag('not stored')), context), { valid: false });
  t.match(await service.validate(bytes(bag('not-stored')), context), { valid: true });
  t.match(await service.list({ packageId: 'not-stored', limit: 10 }, context), { items: [] });
});
