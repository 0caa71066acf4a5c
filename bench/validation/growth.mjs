/** How the time grows: with entries, and with resources made to be slow. */
import { createValidator } from '../../dist/validation/validator.js';
import { documentOf } from './document.mjs';
import { HOSTILE } from './hostile.mjs';
import { table } from './table.mjs';

const SIZES = [10, 100, 1_000, 10_000];

/** Takes folders of more definitions; prints a table of time per entry and gives its rows. */
export function growth(packages) {
  const validator = createValidator({ packages });
  const documents = SIZES.map((size) => documentOf(size));
  for (let round = 0; round < 1000; round++) validator.validate(documents[round % 2]);
  const rows = documents.map((document) => {
    const runs = Math.max(15, Math.min(2000, Math.round(20_000 / document.entry.length)));
    const milliseconds = median(validator, document, runs);
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
      const milliseconds = median(validator, resource, 3);
      return { [name]: size, milliseconds, 'µs each': (milliseconds * 1000) / size };
    });
    table(times);
  }
}

function median(validator, resource, runs) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const at = performance.now();
    validator.validate(resource);
    times.push(performance.now() - at);
  }
  return times.sort((left, right) => left - right)[runs >> 1];
}
