/**
 * Snapshots that we generate from differentials beside those that UK Core and MHD publish.
 * `node test/conformance/snapshots.mjs [--data FOLDER] [--all]`
 *
 * Compared: which elements there are, in which order, and of each what decides a verdict.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { compactStructure } from '../../dist/validation/definitions/compact.js';
import { readPackage } from '../../dist/validation/definitions/packages.js';
import { Definitions } from '../../dist/validation/definitions/registry.js';
import { generateSnapshot } from '../../dist/validation/definitions/snapshot.js';

import { EXPLAINED_SNAPSHOTS } from './explained.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(here, '../../../shared/data') },
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const folders = ['uk-core/profiles', 'mhd/definitions'].map((part) => join(values.data, part));
if (!folders.every((folder) => existsSync(folder))) {
  console.log(`skipped: not there: ${folders.filter((folder) => !existsSync(folder)).join(', ')}`);
  process.exit(0);
}

/** Members that decide a verdict. */
const MEMBERS =
  'min max type contentReference fixed pattern minValue maxValue maxLength binding slicing constraint'.split(
    ' ',
  );
const resources = folders.flatMap((folder) => [...readPackage(folder)]);
const definitions = new Definitions(join(here, '../../dist/validation/compiled'));
for (const resource of resources) definitions.add(resource);

let compared = 0;
let equal = 0;
let elements = 0;
let different = 0;
for (const resource of resources) {
  if (resource.resourceType !== 'StructureDefinition' || resource.snapshot === undefined) continue;
  if (values.only !== undefined && !resource.url.includes(values.only)) continue;
  const { snapshot: _, ...bare } = resource;
  const published = compactStructure(resource);
  const faults = compare(generateSnapshot(compactStructure(bare), definitions), published);
  compared++;
  elements += published.elements.length;
  different += faults.length;
  if (faults.length === 0) equal++;
  else {
    console.log(`\n${resource.url}`);
    for (const fault of values.all ? faults : faults.slice(0, 6)) console.log(`  ${fault}`);
    if (!values.all && faults.length > 6) console.log(`  and ${faults.length - 6} more`);
  }
}
console.log('\nWhy:');
for (const [what, why] of Object.entries(EXPLAINED_SNAPSHOTS)) console.log(`  ${what}: ${why}`);
console.log(
  `\n${compared} snapshots with ${elements} elements: ${equal} equal, ${different} differences in the others`,
);

function compare(ours, theirs) {
  const made = new Map(ours.elements.map((element) => [element.id, element]));
  const faults = theirs.elements.flatMap((element) => {
    const own = made.get(element.id);
    if (own === undefined) return [`${element.id}: we do not make it`];
    return MEMBERS.filter(
      (member) => !isDeepStrictEqual(plain(own[member], member), plain(element[member], member)),
    ).map(
      (member) =>
        `${element.id}.${member}: ours ${shorten(plain(own[member], member))}, theirs ${shorten(plain(element[member], member))}`,
    );
  });
  const wanted = new Set(theirs.elements.map(({ id }) => id));
  for (const { id } of ours.elements) if (!wanted.has(id)) faults.push(`${id}: we make it, they do not`);
  return faults;
}

/** What counts of a member. */
function plain(value, member) {
  if (member === 'constraint') return (value ?? []).map(({ key }) => key).sort();
  if (member === 'contentReference') return value?.replace(/^.*#/, '');
  // By url is how extensions are sliced, said or not.
  if (member === 'slicing' && value?.discriminator.every(({ path }) => path === 'url')) return undefined;
  // A differential that names only the strength keeps the parent's value set; some publishers drop it.
  if (member === 'binding') return value?.strength;
  return value;
}

function shorten(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
