/** Each pretend hospital, reached by its example ODS code: how the delivery ends, and what then stands there. */
import t from 'tap';
import { EXAMPLE_HOSPITALS } from '#src/sandbox/faults.js';
import { bagFor, urgentBag } from '../support/packages.js';
import { startService } from '../support/programs.js';
import { careHome, type Delivery } from './care-home.js';
import { atHospital, standing, untidy } from './hospital-side.js';

interface Expected {
  readonly status: string;
  readonly state: string;
  /** Of the attempts, in order; for one that never ends the first ones. */
  readonly outcomes: readonly string[];
  readonly has: 'both' | 'pdf' | 'nothing';
}

const delivered = (...before: string[]): Expected => ({
  status: 'delivered',
  state: 'delivered',
  outcomes: [...before, 'delivered'],
  has: 'both',
});

const EXPECTED: Readonly<Record<string, Expected>> = {
  XRB01: delivered(),
  // It hangs: the attempt goes on for longer than this test, and nothing was written.
  XRB02: { status: 'delivering', state: 'sending', outcomes: [], has: 'nothing' },
  XRB03: { status: 'delivering', state: 'waiting', outcomes: ['cannot-connect'], has: 'nothing' },
  XRB04: delivered('half-answer', 'half-answer'),
  XRB05: delivered('no-answer', 'no-answer'),
  XRB06: { status: 'delivered', state: 'delivered', outcomes: ['duplicate'], has: 'both' },
  XRB07: delivered('busy', 'busy'),
  XRB08: delivered('busy', 'busy', 'busy'),
  XRB09: { status: 'needs-person', state: 'needs-person', outcomes: ['refused'], has: 'nothing' },
  XRB10: delivered(),
  XRB11: delivered(),
  XRB12: delivered('half-answer', 'half-answer'),
  XRB13: delivered('no-answer', 'no-answer'),
  XRB14: { ...delivered(), has: 'pdf' },
};

const DOCUMENTS = {
  both: ['application/fhir+json current', 'application/pdf current'],
  pdf: ['application/pdf current'],
  nothing: [],
};

const service = await startService(t, t.testdir({}));
const home = careHome(service.url);

t.test('every fault has its hospital, and every hospital its end', async (t) => {
  t.same(
    Object.keys(EXPECTED),
    EXAMPLE_HOSPITALS.map((h) => h.odsCode),
  );
  await Promise.all(
    Object.entries(EXPECTED).map(async ([odsCode, expected]) => {
      const bag = await home.accept(bagFor(`fault-${odsCode}`, odsCode));
      const reached = ([d]: readonly Delivery[]) =>
        d?.state === expected.state && d.attempts.length >= expected.outcomes.length;
      const after = await home.until(bag.id, (_, deliveries) => reached(deliveries));
      t.equal(after.status, expected.status, `${odsCode}: status of the bag`);
      const [delivery, ...more] = await home.deliveries(bag.id);
      t.same(more, [], `${odsCode}: one delivery`);
      t.match(delivery, { destination: odsCode, version: 1, state: expected.state });
      const outcomes = delivery?.attempts.map((a) => a.outcome) ?? [];
      t.same(outcomes.slice(0, expected.outcomes.length), expected.outcomes, `${odsCode}: its attempts`);
      for (const attempt of delivery?.attempts ?? []) t.match(attempt.at, /^\d{4}-\d\d-\d\dT.*Z$/);
      const there = await atHospital(service.sandboxUrl, odsCode);
      t.same(standing(there), DOCUMENTS[expected.has], `${odsCode}: each document once`);
      t.same(untidy(there), [], `${odsCode}: nothing doubled, nothing astray`);
    }),
  );
});

t.test('one that refuses does not hold up the others', async (t) => {
  const bag = await home.accept(bagFor('fault-partly', 'XRB01', 'XRB09'));
  const after = await home.until(bag.id, ({ status }) => status !== 'delivering');
  t.equal(after.status, 'partly-delivered');
  const states = (await home.deliveries(bag.id)).map((d) => `${d.destination} ${d.state}`);
  t.same(states, ['XRB01 delivered', 'XRB09 needs-person']);
});

t.test('an amendment supersedes what the hospital has; a withdrawal marks it entered in error', async (t) => {
  await Promise.all(
    ['XRB06', 'XRB10', 'XRB11', 'XRB14'].map(async (odsCode) => {
      const before = (await atHospital(service.sandboxUrl, odsCode)).documents.length;
      const bag = await home.accept(bagFor(`life-${odsCode}`, odsCode));
      await home.until(bag.id, ({ status }) => status === 'delivered');
      const amendment = {
        ...bagFor(`life-${odsCode}`, odsCode),
        cprDecision: { status: 'no-decision-recorded' },
      };
      const answer = await home.put(bag.id, amendment, '"1"');
      t.equal(answer.status, 200, await answer.text());
      await home.until(bag.id, (b) => b.version === 2 && b.status === 'delivered');
      const own = async () => {
        const all = await atHospital(service.sandboxUrl, odsCode);
        t.same(untidy(all), [], `${odsCode}: nothing doubled, nothing astray`);
        return { ...all, documents: all.documents.slice(before) };
      };
      const amended = await own();
      const kinds = odsCode === 'XRB14' ? ['pdf'] : ['fhir+json', 'pdf'];
      t.same(
        standing(amended),
        kinds.flatMap((kind) => [`application/${kind} current`, `application/${kind} superseded`]),
        odsCode,
      );
      for (const kind of kinds) {
        const ofKind = amended.documents.filter((d) => d.content[0]?.attachment.contentType?.endsWith(kind));
        const old = ofKind.find((d) => d.status === 'superseded');
        const now = ofKind.find((d) => d.status === 'current');
        t.match(
          now?.relatesTo?.find((r) => r.code === 'replaces')?.target.reference,
          `DocumentReference/${old?.id}`,
        );
      }
      const withdrawal = await home.post(
        { reason: 'Sent for the wrong resident' },
        `/red-bags/${bag.id}/withdrawal`,
      );
      t.equal(withdrawal.status, 200);
      await home.until(bag.id, (_, all) => all.every((d) => d.state === 'delivered'));
      t.same(
        standing(await own()),
        kinds.flatMap((kind) => Array(2).fill(`application/${kind} entered-in-error`)),
        odsCode,
      );
      t.equal(
        (await home.post({ reason: 'Again' }, `/red-bags/${bag.id}/withdrawal`)).status,
        200,
        'repeated',
      );
      t.equal((await home.deliveries(bag.id)).length, 3, 'nothing is sent for it');
      t.equal((await home.put(bag.id, urgentBag(`life-${odsCode}`), '"2"')).status, 422);
    }),
  );
});

t.test('what had not left is cancelled by a withdrawal', async (t) => {
  const bag = await home.accept(bagFor('cancelled', 'XRB03'));
  await home.until(bag.id, (_, [d]) => d?.state === 'waiting' && d.attempts.length > 0);
  await home.post({ reason: 'Sent for the wrong resident' }, `/red-bags/${bag.id}/withdrawal`);
  const after = await home.until(bag.id, (_, all) => all.every((d) => d.state === 'cancelled'));
  t.equal(after.status, 'withdrawn');
});

t.test('it ends cleanly although a hospital hangs', async (t) => {
  service.child.kill('SIGTERM');
  t.match(await service.ended, { code: 0 });
});
