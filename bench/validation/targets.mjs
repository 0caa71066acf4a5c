/** What was to be reached, beside what was. */
import { table } from './table.mjs';

/** Takes the rows of the engines, the time of parsing, and the rows of growth, as far as they were measured. */
export function targets({ rows = [], parse, growth }) {
  const [ours, ...others] = rows;
  const named = (start) => others.find(({ engine }) => engine.startsWith(start));
  const [medplum, hapi] = [named('@medplum'), named('HAPI')];
  const found = [];
  const add = (target, wanted, reached) =>
    found.push({ target, wanted, reached, met: reached <= wanted ? 'yes' : 'NO' });
  if (medplum !== undefined) add('p50, of that of Medplum', 1 / 10, ours['p50 ms'] / medplum['p50 ms']);
  if (hapi !== undefined)
    add('p50 with JSON.parse, of that of HAPI', 1 / 50, (ours['p50 ms'] + parse) / hapi['p50 ms']);
  if (ours !== undefined) {
    add('start to first verdict, ms', 300, ours['start to first verdict, ms']);
    add('MB over bare Node at the first verdict', 60, ours['MB over Node']);
    add('MB over bare Node after the run', 60, ours['MB over Node, warm']);
  }
  if (growth !== undefined)
    add('time per entry at 10,000, of that at 10', 1.5, growth.at(-1)['times the smallest']);
  if (found.length === 0) return;
  for (const row of others)
    console.log(`p50: ours is 1/${(row['p50 ms'] / ours['p50 ms']).toFixed(1)} of ${row.engine}`);
  table(
    found.map(({ reached, wanted, ...row }) => ({
      ...row,
      wanted: `≤ ${wanted}`,
      reached: reached.toFixed(reached < 1 ? 4 : 2),
    })),
    'target',
  );
}
