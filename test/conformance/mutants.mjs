/**
 * A thousand random mutants, our verdict beside the reference's: `node test/conformance/mutants.mjs [count] [seed]`
 *
 * Half of them are broken in one of the named ways of test/validation/mutants.ts, half blindly: a member taken away,
 * doubled, moved, or replaced by a value from elsewhere. Prints the agreement and each class of difference.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { documentOf } from '../../bench/validation/document.mjs';
import { Definitions } from '../../dist/validation/definitions/registry.js';
import { Node } from '../../dist/validation/plan/node.js';
import { Shapes } from '../../dist/validation/plan/shapes.js';
import { createValidator } from '../../dist/validation/validator.js';
import { MUTANTS, pick } from '../../dist-test/validation/mutants.js';
import { document } from '../../dist-test/validation/sample.js';
import { startValidator, width } from './support/oracle.mjs';

const COMPILED = path.join(import.meta.dirname, '../../dist/validation/compiled');
const count = Number(process.argv[2] ?? 1000);
let state = Number(process.argv[3] ?? 20260131);

/** Why a class of differences is as it is: a pattern for our rules or for the reference's words. */
const REASONS = JSON.parse(readFileSync(path.join(import.meta.dirname, 'mutants.json'), 'utf8'));

const shapes = new Shapes(new Definitions(COMPILED));
const validator = createValidator();
const bases = [document(), plain(documentOf(10)), plain(documentOf(30))];
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

/** R4 alone: what profiles say is the business of other comparisons. */
function plain(bundle) {
  delete bundle.meta;
  for (const { resource } of bundle.entry) delete resource.meta;
  return withoutExtensions(bundle);
}

function withoutExtensions(value) {
  if (typeof value !== 'object' || value === null) return value;
  delete value.extension;
  for (const inner of Object.values(value)) withoutExtensions(inner);
  return value;
}

function mutantOf(place) {
  const base = structuredClone(bases[random(bases.length)]);
  if (place % 2 === 0) {
    const mutant = MUTANTS[random(MUTANTS.length)];
    const node = pick(Node.root(shapes, base), mutant.where, random(1_000_000));
    if (node === undefined) return mutantOf(place);
    mutant.breaks(node);
    return { name: mutant.name, at: node.expression, resource: base };
  }
  return blind(base);
}

const WAYS = {
  'a member taken away': (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  },
  'a value replaced by one from elsewhere': (holder, key, other) => {
    holder[key] = structuredClone(other);
  },
  'a value put into an array': (holder, key) => {
    holder[key] = [holder[key]];
  },
  'a member under the name of its neighbour': (holder, key) => {
    const names = Object.keys(holder);
    holder[names[random(names.length)]] = structuredClone(holder[key]);
  },
  'letters of a text changed': (holder, key) => {
    if (typeof holder[key] === 'string') {
      const at = random(holder[key].length);
      holder[key] = holder[key].slice(0, at) + 'x#é 0'[random(5)] + holder[key].slice(at + 1);
    } else holder[key] = 'x';
  },
};

function blind(resource) {
  const places = placesOf(resource);
  const [holder, key, at] = places[random(places.length)];
  const [from, name] = places[random(places.length)];
  const ways = Object.keys(WAYS);
  const way = ways[random(ways.length)];
  WAYS[way](holder, key, from[name]);
  return { name: way, at, resource };
}

function placesOf(value, at = '', found = []) {
  for (const [key, inner] of Object.entries(value)) {
    found.push([value, key, `${at}.${key}`]);
    if (typeof inner === 'object' && inner !== null) placesOf(inner, `${at}.${key}`, found);
  }
  return found;
}

async function compare({ name, at, resource }) {
  const ours = validator.validate(resource);
  const theirs = await reference.validate(JSON.stringify(resource));
  const errors = ours.issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  const faults = (theirs.issues ?? []).filter(({ severity }) => severity === 'error' || severity === 'fatal');
  return {
    name,
    at,
    ours: ours.valid,
    theirs: theirs.valid,
    why: ours.valid
      ? faults.map(({ message }) => message).join(' / ')
      : errors.map(({ rule, expression, message }) => `${rule}: ${message} (${expression})`).join(' / '),
  };
}

function tell(verdicts) {
  const same = verdicts.filter(({ ours, theirs }) => ours === theirs);
  const invalid = verdicts.filter(({ theirs }) => !theirs).length;
  console.log(
    `${same.length} of ${verdicts.length} verdicts agree (${((100 * same.length) / verdicts.length).toFixed(1)} %)`,
  );
  console.log(`the reference calls ${invalid} invalid, we ${verdicts.filter(({ ours }) => !ours).length}\n`);
  const classes = new Map();
  for (const verdict of verdicts.filter(({ ours, theirs }) => ours !== theirs)) {
    const side = verdict.ours ? 'only the reference' : 'only ours';
    const reason = REASONS.find((one) => one.side === side && new RegExp(one.pattern, 'i').test(verdict.why));
    const key = `${side} finds a fault: ${reason?.reason ?? 'NOT EXPLAINED'}`;
    classes.set(key, [...(classes.get(key) ?? []), verdict]);
  }
  for (const [key, those] of [...classes].sort(([, left], [, right]) => right.length - left.length)) {
    console.log(`${those.length} × ${key}`);
    for (const { name, at, why } of those.slice(0, key.endsWith('NOT EXPLAINED') ? 40 : 1)) {
      console.log(`    ${name} at ${at}: ${why.slice(0, 260)}`);
    }
  }
  const unexplained = [...classes.keys()].filter((key) => key.endsWith('NOT EXPLAINED')).length;
  process.exitCode = unexplained === 0 ? 0 : 1;
}

const reference = await startValidator([]);
try {
  for (const base of bases) {
    const { valid, issues } = await reference.validate(JSON.stringify(base));
    const ours = validator.validate(base).valid;
    if (!valid || !ours) throw new Error(`a base is invalid: ${ours} ${JSON.stringify(issues.slice(0, 3))}`);
  }
  const mutants = Array.from({ length: count }, (_, place) => mutantOf(place)).filter(
    (mutant) => mutant !== undefined,
  );
  const verdicts = [];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let mutant = mutants.pop(); mutant !== undefined; mutant = mutants.pop())
        verdicts.push(await compare(mutant));
    }),
  );
  tell(verdicts);
} finally {
  await reference.stop();
}
