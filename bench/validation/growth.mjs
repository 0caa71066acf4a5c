/** How the time grows: with entries, and with resources made to be slow. */
import { createValidator } from '../../dist/validation/validator.js';
import { documentOf } from './document.mjs';
import { HOSTILE } from './hostile.mjs';
import { at, table } from './table.mjs';

const SIZES = [10, 100, 1_000, 10_000];
const ROUNDS = 15;

/** Takes folders of more definitions; prints a table of time per entry and gives its rows. */
export function growth(packages) {
  const validator = createValidator({ packages });
  const documents = SIZES.map((size) => documentOf(size));
  for (let round = 0; round < 1000; round++) validator.validate(documents[round % 2]);
  const times = documents.map(() => []);
  // In turns, so that what else the machine does strikes all sizes alike.
  for (let round = 0; round < ROUNDS; round++) {
    documents.forEach((document, place) => {
      const runs = Math.max(1, Math.round(2_000 / document.entry.length));
      times[place].push(...timesOf(validator, document, runs));
    });
  }
  const rows = documents.map((document, place) => {
    const milliseconds = at(times[place], 0.5);
    return {
      entries: document.entry.length,
      milliseconds,
      'µs per entry': (milliseconds * 1000) / document.entry.length,
    };
  });
  for (const row of rows) row['times the smallest'] = row['µs per entry'] / rows[0]['µs per entry'];
  table(rows);
  return rows;
}

/** Takes the same; prints a table for each kind of resource made to be slow. */
export function hostile(packages) {
  const validator = createValidator({ packages });
  for (const { name, make, sizes } of HOSTILE) {
    const times = sizes.map((size) => {
      const resource = make(size);
      const milliseconds = at(timesOf(validator, resource, 3), 0.5);
      return { [name]: size, milliseconds, 'µs each': (milliseconds * 1000) / size };
    });
    table(times);
  }
}

function timesOf(validator, document, runs) {
  return Array.from({ length: runs }, () => {
    const from = performance.now();
    validator.validate(document);
    return performance.now() - from;
  });
}
