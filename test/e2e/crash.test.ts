/**
 * The whole service killed (`kill -9`) and started again: what was answered 201 is there and reaches its hospitals
 * once. The pretend hospitals live in the same process and die with it; what they had confirmed they still have.
 */
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { bagFor } from '../support/packages.js';
import { startService } from '../support/programs.js';
import { type BagAnswer, careHome } from './care-home.js';
import { atHospital, standing, untidy } from './hospital-side.js';

t.test('killed right after the 201: deliveries go on after the start, each once', async (t) => {
  const folder = t.testdir({});
  const hospitals = ['XRB01', 'XRB05', 'XRB10', 'XRB11'];
  const first = await startService(t, folder);
  const bag = await careHome(first.url).accept(bagFor('killed', ...hospitals));
  await first.kill9();

  const service = await startService(t, folder);
  const home = careHome(service.url);
  t.match(await home.json(`/red-bags/${bag.id}`), { id: bag.id, packageId: 'killed', version: 1 });
  await home.until(bag.id, ({ status }) => status === 'delivered');
  const deliveries = await home.deliveries(bag.id);
  t.same(
    deliveries.map((d) => `${d.destination} ${d.state}`),
    hospitals.map((h) => `${h} delivered`),
  );
  for (const odsCode of hospitals) {
    const there = await atHospital(service.sandboxUrl, odsCode);
    t.same(
      standing(there),
      ['application/fhir+json current', 'application/pdf current'],
      `${odsCode}: each document once`,
    );
    t.same(untidy(there), [], `${odsCode}: nothing doubled, nothing astray`);
  }
  service.child.kill('SIGTERM');
  t.match(await service.ended, { code: 0 });
});

t.test('killed while homes post: whatever was answered 201 is there, whole, and is delivered', async (t) => {
  const folder = t.testdir({});
  const answered = new Map<string, string>();
  for (const [round, lives] of [40, 700].entries()) {
    const service = await startService(t, folder);
    const home = careHome(service.url);
    let dead = false;
    const client = async (name: number) => {
      for (let n = 0; !dead; n++) {
        const packageId = `crash-${round}-${name}-${n}`;
        try {
          const response = await home.post(bagFor(packageId, 'XRB01'));
          if (response.status === 201) answered.set(packageId, ((await response.json()) as BagAnswer).id);
        } catch {
          // Killed before it could answer: nothing was promised.
          return;
        }
      }
    };
    const clients = [1, 2, 3, 4].map(client);
    // It lives for a while after the first answer, so that it dies while it works.
    const before = answered.size;
    while (answered.size === before) await wait(5);
    await wait(lives);
    await service.kill9();
    dead = true;
    await Promise.all(clients);
  }

  const service = await startService(t, folder);
  const home = careHome(service.url);
  t.ok(answered.size >= 3, `${answered.size} bags were answered 201`);
  for (const [packageId, id] of answered) {
    const bag = await home.until(id, ({ status }) => status === 'delivered');
    t.equal(bag.packageId, packageId);
    t.same(await home.json(`/red-bags/${id}/package`), bagFor(packageId, 'XRB01'));
    t.match(await home.json(`/red-bags/${id}/bundle`), { resourceType: 'Bundle' });
    const pdf = Buffer.from(await (await home.get(`/red-bags/${id}/pdf`)).arrayBuffer());
    t.equal(pdf.toString('latin1', pdf.length - 6), '%%EOF\n');
  }
  const there = await atHospital(service.sandboxUrl, 'XRB01');
  t.same(untidy(there), [], 'nothing doubled, nothing astray');
  const kept = (await home.json<{ items: unknown[] }>('/red-bags?limit=100')).items.length;
  t.ok(kept >= Math.min(answered.size, 100));
  service.child.kill('SIGTERM');
  t.match(await service.ended, { code: 0 });
});
