import t from 'tap';
import { belongingsForm } from '#src/forms/belongings/form.js';
import { provesFormLaws, provesLeavesMatter } from '../support/form-laws.js';

const BETTYS = {
  bag: { trackerNumber: 'RB-0042', closed: true },
  items: [
    { description: 'Upper denture in blue pot', category: 'denture-upper', quantity: 1, out: { state: 'present', checkedBy: 'Ama Boateng', at: '2026-11-22T03:05:00+00:00' } },
    { description: 'Reading glasses', category: 'glasses', back: { state: 'missing' } },
  ],
  custody: [{ place: 'ambulance', name: 'Crew 12', at: '2026-11-22T03:20:00+00:00', signature: 'electronic' }],
  note: 'Wedding ring left with daughter.',
  recorded: { at: '2026-11-22T03:06:00+00:00', by: { name: 'Ama Boateng', role: 'Night care worker' } },
};

provesFormLaws(t, belongingsForm);
provesLeavesMatter(t, belongingsForm, BETTYS);

t.test('AT-28: an item that went out and is missing on the way back is said', (t) => {
  const findings = belongingsForm.rules(BETTYS, '/belongings', { mode: 'urgent', package: {}, now: '2026-11-22T04:00:00Z' });
  t.same(findings, [{ code: 'belonging-missing', pointer: '/belongings/items/1/back/state' }]);
  t.end();
});
