import t from 'tap';
import { isSctid } from '#src/fhir/sctid.js';

t.test('identifiers with a true check digit', async (t) => {
  for (const code of [
    '22298006',
    '91936005',
    '450476008',
    '1515851000000101',
    '304253006',
    '999001951000000107',
  ]) {
    t.ok(isSctid(code), code);
  }
});

t.test('one wrong digit, two swapped digits, a wrong length', async (t) => {
  for (const code of [
    '22298007',
    '22289006',
    '450476080',
    '12345',
    '022298006',
    '1234567890123456789',
    '22298006 ',
    '',
  ]) {
    t.notOk(isSctid(code), code);
  }
});

t.test('every single wrong digit is caught', async (t) => {
  const right = '1515851000000101';
  for (let place = 0; place < right.length; place++) {
    for (const digit of '0123456789') {
      if (digit === right[place]) continue;
      t.notOk(isSctid(right.slice(0, place) + digit + right.slice(place + 1)));
    }
  }
});
