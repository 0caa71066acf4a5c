import t from 'tap';
import {
  dayOf,
  daysAgo,
  daysBetween,
  formatDay,
  formatMoment,
  formatNhsNumber,
  formatWeekday,
} from '#src/print/format.js';

/** The page's own no-break spaces as the reader sees them. */
const seen = (text: string | undefined): string | undefined => text?.replaceAll('\u00a0', ' ');

t.test('moments stand on the page by the clock of the home', (t) => {
  const cases: Record<string, string> = {
    '2026-11-22T03:12:00Z': 'Sun 22 November 2026, 03:12',
    '2026-07-01T23:30:00Z': 'Thu 2 July 2026, 00:30',
    '2026-07-02T00:30:00+01:00': 'Thu 2 July 2026, 00:30',
    '2026-01-01T00:00:00.000Z': 'Thu 1 January 2026, 00:00',
    '2026-01-01T01:00:00+05:30': 'Wed 31 December 2025, 19:30',
  };
  for (const [moment, page] of Object.entries(cases)) t.equal(seen(formatMoment(moment)), page);
  t.end();
});

t.test('the clock changes of 2026', (t) => {
  const clock = (moment: string) => seen(formatMoment(moment))?.split(', ')[1];
  t.equal(clock('2026-03-29T00:59:00Z'), '00:59');
  t.equal(clock('2026-03-29T01:00:00Z'), '02:00', 'the hour that does not exist is stepped over');
  t.equal(clock('2026-10-25T00:30:00Z'), '01:30 BST');
  t.equal(clock('2026-10-25T01:30:00Z'), '01:30 GMT', 'an hour later, the same time on the wall');
  t.equal(clock('2026-10-25T02:00:00Z'), '02:00');
  t.equal(clock('2026-10-24T23:59:00Z'), '00:59');
  t.equal(daysBetween('2026-10-24', '2026-10-26T00:10:00Z'), 2, 'a day of 25 hours is one day');
  t.equal(daysBetween('2026-03-28', '2026-03-30T00:10:00+01:00'), 2, 'and so is one of 23');
  t.end();
});

t.test('days, whole and partial', (t) => {
  t.equal(seen(formatDay('1938-04-02')), '2 April 1938');
  t.equal(seen(formatDay('1938-04')), 'April 1938');
  t.equal(formatDay('1938'), '1938');
  t.equal(seen(formatWeekday('2026-11-22')), 'Sun 22 November 2026');
  t.equal(seen(formatWeekday('2026-11')), 'November 2026');
  t.end();
});

t.test('what is not a date is printed as it was typed', (t) => {
  const odd = [
    'NOT UNDERSTOOD: 1931-02-30',
    '1931-02-30',
    '1938-13',
    '1938-00-01',
    '',
    '2 April',
    '19380402',
    '2026-02-29',
  ];
  for (const text of odd) t.equal(formatDay(text), text);
  const oddMoments = [
    '2026-02-31T10:00:00Z',
    '2026-11-22T25:00:00Z',
    '2026-11-22T03:12:00',
    'NOT UNDERSTOOD: ten',
    '2026-11-22',
  ];
  for (const text of oddMoments) {
    t.equal(formatMoment(text), text);
  }
  t.equal(seen(formatNhsNumber('9990000018')), '999 000 0018');
  t.equal(formatNhsNumber('999 000'), '999 000');
  t.equal(formatNhsNumber('NOT UNDERSTOOD: 99900000181'), 'NOT UNDERSTOOD: 99900000181');
  t.end();
});

t.test('how old a record is', (t) => {
  const created = '2026-05-07T03:12:00+01:00';
  t.equal(seen(daysAgo('2026-03-03', created)), '65 days ago');
  t.equal(daysAgo('2026-05-06', created), 'yesterday');
  t.equal(daysAgo('2026-05-06T23:30:00Z', created), 'today', '00:30 by the clock of the home');
  t.equal(daysAgo('2026-05-08', created), 'tomorrow');
  t.equal(seen(daysAgo('2026-05-10', created)), 'in 3 days');
  t.equal(daysAgo('2026-05', created), undefined);
  t.equal(daysAgo('NOT UNDERSTOOD: soon', created), undefined);
  t.equal(dayOf('2026-07-01T23:30:00Z'), '2026-07-02');
  t.end();
});
