/** SIGTERM while bags are being made: what was taken is finished or not promised, and nothing is half there. */
import t from 'tap';
import { bettysBag } from '../support/packages.js';
import { startService } from '../support/programs.js';
import { type BagAnswer, careHome } from './care-home.js';

t.test('stopped while threads make bags', async (t) => {
  const folder = t.testdir({});
  const service = await startService(t, folder, { REDBAG_THREADS: '1' });
  const home = careHome(service.url);
  const names = Array.from({ length: 6 }, (_, n) => `stopping-${n}`);
  let answers = 0;
  let stopped = false;
  const posted = names.map(async (packageId) => {
    const response = await home.post(bettysBag(packageId)).catch(() => undefined);
    answers += 1;
    // One thread makes one bag after the other: here some are answered and others are still to be made.
    if (answers === 2 && !stopped) {
      stopped = true;
      service.child.kill('SIGTERM');
    }
    return { packageId, status: response?.status, body: await response?.json().catch(() => undefined) };
  });
  const all = await Promise.all(posted);
  t.match(await service.ended, { code: 0 }, 'it ends cleanly');
  const promised = all.filter(({ status }) => status === 201);
  t.ok(promised.length >= 2, `${promised.length} of ${all.length} were answered 201`);
  for (const { status } of all) t.ok(status === undefined || status === 201 || status === 503, `${status}`);

  const again = await startService(t, folder);
  const after = careHome(again.url);
  for (const { packageId, status, body } of all) {
    const answer = await after.post(bettysBag(packageId));
    const bag = (await answer.json()) as BagAnswer;
    t.ok(answer.status === 201 || answer.status === 200, `${packageId}: taken, or there already`);
    if (status === 201) {
      t.equal(answer.status, 200, `${packageId} was promised`);
      t.equal(bag.id, (body as BagAnswer).id);
    }
    t.match(await after.json(`/red-bags/${bag.id}/bundle`), { resourceType: 'Bundle', type: 'document' });
    const pdf = Buffer.from(await (await after.get(`/red-bags/${bag.id}/pdf`)).arrayBuffer());
    t.equal(pdf.toString('latin1', 0, 5), '%PDF-');
  }
  again.child.kill('SIGTERM');
  t.match(await again.ended, { code: 0 });
});
