import t from 'tap';
import {
  addDays,
  dueTimes,
  instantOf,
  isDueOn,
  localOf,
  next24Hours,
  offsetAt,
  shortMoment,
  weekdayOf,
} from '#src/forms/mar/due-times.js';

const iso = (ms: number): string => new Date(ms).toISOString().replace('.000', '');
const MADOPAR = { clocks: ['01:30', '07:00', '11:00', '15:00', '19:00', '23:00'] };

t.test('AT-52: 24 hours of due times over the night on which the clocks go back', (t) => {
  const due = next24Hours(MADOPAR, Date.parse('2026-10-24T20:00:00+01:00'));
  t.same(due.map(iso), [
    '2026-10-24T22:00:00Z', // 23:00 BST
    '2026-10-25T00:30:00Z', // 01:30 BST: the first of the two, once
    '2026-10-25T07:00:00Z', // 07:00 GMT
    '2026-10-25T11:00:00Z',
    '2026-10-25T15:00:00Z',
    '2026-10-25T19:00:00Z',
  ]);
  t.same(
    due.slice(0, 3).map(shortMoment),
    ['Sat 24 Oct 23:00 BST', 'Sun 25 Oct 01:30 BST', 'Sun 25 Oct 07:00 GMT'].map((s) =>
      s.replaceAll(' ', '\u00a0'),
    ),
  );
  t.equal((due[2] ?? 0) - (due[1] ?? 0), 6.5 * 3_600_000, 'the hour that comes twice is reckoned');
  t.end();
});

t.test('AT-52: 24 hours of due times over the night on which the clocks go forward', (t) => {
  const due = next24Hours(MADOPAR, Date.parse('2026-03-28T22:00:00Z'));
  t.same(due.map(iso), [
    '2026-03-28T23:00:00Z',
    '2026-03-29T01:30:00Z', // 01:30 does not exist: 02:30 BST
    '2026-03-29T06:00:00Z', // 07:00 BST
    '2026-03-29T10:00:00Z',
    '2026-03-29T14:00:00Z',
    '2026-03-29T18:00:00Z',
    '2026-03-29T22:00:00Z', // 23:00 BST: 24 h of real time hold seven doses
  ]);
  t.equal(localOf(due[1] ?? 0).clock, '02:30');
  t.equal((due[1] ?? 0) - (due[0] ?? 0), 2.5 * 3_600_000);
  t.end();
});

t.test('a day on which clocks do not change: the same time tomorrow is the last of the 24 hours', (t) => {
  const due = next24Hours({ clocks: ['08:00'] }, Date.parse('2026-11-22T08:00:00Z'));
  t.same(due.map(iso), ['2026-11-22T08:00:00Z', '2026-11-23T08:00:00Z']);
  t.equal(shortMoment(due[0] ?? 0), 'Sun\u00a022\u00a0Nov\u00a008:00', 'without the name of the time');
  t.end();
});

t.test('the sent offset does not matter, the clock on the wall in London does', (t) => {
  for (const from of ['2026-07-01T06:30:00Z', '2026-07-01T07:30:00+01:00', '2026-07-01T16:30:00+10:00']) {
    t.same(dueTimes({ clocks: ['08:00'] }, Date.parse(from), Date.parse(from) + 3_600_000).map(iso), [
      '2026-07-01T07:00:00Z',
    ]);
  }
  t.end();
});

t.test('days: of the week, every n-th, from and to', (t) => {
  t.equal(weekdayOf('2026-11-22'), 'sun');
  t.equal(addDays('2026-02-28', 1), '2026-03-01');
  t.equal(addDays('2026-03-29', -1), '2026-03-28');
  t.ok(isDueOn({ clocks: [], weekdays: ['mon'] }, '2026-11-23'));
  t.notOk(isDueOn({ clocks: [], weekdays: ['mon'] }, '2026-11-22'));
  const patch = { clocks: ['09:00'], every: { days: 3, from: '2026-10-23' } };
  t.same(
    ['2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26', '2026-10-20'].map((d) => isDueOn(patch, d)),
    [true, false, false, true, true],
    'counted over the change of the clocks',
  );
  t.notOk(isDueOn({ ...patch, first: '2026-10-27' }, '2026-10-26'));
  t.notOk(isDueOn({ clocks: ['09:00'], last: '2026-10-25' }, '2026-10-26'));
  t.end();
});

t.test('every wall clock time of a year comes back, but the hour that is skipped', (t) => {
  const wrong: string[] = [];
  for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
    for (const clock of ['00:00', '00:30', '01:00', '01:30', '02:00', '12:00', '23:59']) {
      const local = localOf(instantOf(day, clock));
      if (local.day !== day || local.clock !== clock) wrong.push(`${day} ${clock}`);
    }
  }
  t.same(wrong, ['2026-03-29 01:00', '2026-03-29 01:30']);
  t.equal(offsetAt(Date.parse('2026-10-25T00:59:59Z')), 60);
  t.equal(offsetAt(Date.parse('2026-10-25T01:00:00Z')), 0);
  t.end();
});
