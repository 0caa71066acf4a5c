/**
 * What we write of FHIRPath ourselves, held against fhirpath.js over all R4 examples, over Betty's document and over
 * each with members taken away. `node test/conformance/fhirpath-equality.mjs [enough] [folder of more profiles]`
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BREAKERS } from '../../dist-test/validation/breakers.js';
import { Equality } from '../../dist-test/validation/equality.js';

const root = path.join(import.meta.dirname, '../..');
const examples = path.join(root, 'node_modules/hl7.fhir.r4.examples');
const enough = Number(process.argv[2] ?? 100);
const equality = new Equality({ enough }, process.argv[3]);

let count = 0;
const run = (name, text) => {
  count += 1;
  equality.run(name, JSON.parse(text));
  // Each object of it without its members, one after another: what is absent decides most invariants.
  for (let turn = 0; turn < 3; turn++)
    equality.run(`${name} without ${turn}`, thinned(JSON.parse(text), turn, 3));
};

for (const file of readdirSync(examples)) {
  if (!file.endsWith('.json') || file === 'package.json') continue;
  const text = readFileSync(path.join(examples, file), 'utf8');
  if (text.includes('"resourceType"') && text.length < 2_000_000) run(file, text);
}
run('betty', readFileSync(path.join(root, 'fixtures/betty/bundle.json'), 'utf8'));
for (const [place, breaker] of BREAKERS.entries()) run(`breaker ${place}`, JSON.stringify(breaker));

const sum = { same: 0, failing: 0, left: 0, thrown: 0, different: 0 };
for (const [expression, tally] of equality.tallies) {
  sum.same += tally.same;
  sum.failing += tally.failing;
  sum.left += tally.left;
  sum.thrown += tally.thrown.length;
  sum.different += tally.different.length;
  if (tally.different.length > 0)
    console.log(`DIFFERENT ${expression}\n  ${tally.different.slice(0, 3).join('\n  ')}`);
  if (tally.thrown.length > 0) console.log(`ONLY OURS ANSWERS ${expression}\n  ${tally.thrown[0]}`);
  if (tally.left > 0) console.log(`LEFT TO FHIRPATH ${tally.left} times ${expression}`);
}
for (const expression of equality.unread) console.log(`NOT READ ${expression}`);
console.log(`${count} instances, ${equality.tallies.size} expressions:`, sum);
process.exitCode = sum.different > 0 ? 1 : 0;

function thinned(value, turn, of) {
  if (Array.isArray(value)) {
    const kept = value.filter((_, place) => value.length === 1 || place % of !== turn);
    return kept.map((item) => thinned(item, turn, of));
  }
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value);
  const kept = names.filter(
    (name, place) => name === 'resourceType' || names.length === 1 || place % of !== turn,
  );
  return Object.fromEntries(kept.map((name) => [name, thinned(value[name], turn, of)]));
}
