/**
 * Everything in R4's own package of examples (instances and definitions, profiles apart), our verdict beside the
 * reference's: `node test/conformance/r4-examples.mjs [WORD…]` looks at the files whose names hold one of the words.
 *
 * Prints the agreement and each class of difference; fails on one without a reason.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createValidator } from '../../dist/validation/validator.js';
import { startValidator, width } from './support/oracle.mjs';
import { root } from './support/programs.mjs';

const FOLDER = path.join(root, 'node_modules/hl7.fhir.r4.examples');
/** The two largest cost as much as all the others, and are lists of codes. */
const LARGEST = 400_000;

/** Why a class of differences is as it is: a pattern for our rule, or for the reference's words. */
const REASONS = [
  [
    'ours',
    /^reference-target /,
    'the reference does not look at what type a reference that it cannot resolve names',
  ],
  ['ours', /^sctid /, 'the reference has no SNOMED CT here, and does not look at the check digit'],
  [
    'ours',
    /^cardinality-min Observation:/,
    'its LOINC code makes it a vital sign; the reference as run here applies no profile by code',
  ],
  [
    'theirs',
    /publisher should be|standards status|must state their status/i,
    'what HL7 asks of its own publications',
  ],
  ['theirs', /HAPI-0650/, 'the reference fails on it'],
  ['theirs', /not valid base64/, 'white space, which R4 allows in base64'],
  ['theirs', /whitespace rules/, 'a no-break space, which R4 does not count as white space'],
  ['theirs', /CQL Librar/, 'what a measure needs is not checked by us'],
  ['theirs', /source context|target path/, 'the rules of a map are not followed by us'],
];

const validator = createValidator();
const words = process.argv.slice(2);
const files = readdirSync(FOLDER).filter(
  (name) =>
    /^[A-Z].*\.json$/.test(name) &&
    !name.startsWith('StructureDefinition-') &&
    (words.length === 0 || words.some((word) => name.includes(word))),
);

const isError = ({ severity }) => severity === 'error' || severity === 'fatal';

async function compare(name) {
  const text = readFileSync(path.join(FOLDER, name), 'utf8');
  if (text.length > LARGEST) return undefined;
  const ours = validator.validate(JSON.parse(text));
  const theirs = await reference.validate(text);
  if (ours.valid === theirs.valid) return { name };
  const why = ours.valid
    ? theirs.issues.filter(isError).map(({ path: at, message }) => `${message} (${at})`)
    : ours.issues.filter(isError).map(({ rule, expression, message }) => `${rule} ${expression}: ${message}`);
  return { name, side: ours.valid ? 'theirs' : 'ours', why: why.join(' / ') };
}

function tell(verdicts) {
  const apart = verdicts.filter(({ side }) => side !== undefined);
  const share = ((100 * (verdicts.length - apart.length)) / verdicts.length).toFixed(1);
  console.log(`${verdicts.length - apart.length} of ${verdicts.length} verdicts agree (${share} %)`);
  const classes = new Map();
  for (const { name, side, why } of apart) {
    const reason = REASONS.find(([of, pattern]) => of === side && pattern.test(why))?.[2] ?? 'NOT EXPLAINED';
    const key = `only ${side === 'ours' ? 'we find' : 'the reference finds'} a fault: ${reason}`;
    classes.set(key, [...(classes.get(key) ?? []), `${name}: ${why.slice(0, 200)}`]);
  }
  for (const [key, those] of classes) {
    console.log(`${those.length} × ${key}`);
    for (const one of those.slice(0, key.endsWith('NOT EXPLAINED') ? 40 : 1)) console.log(`    ${one}`);
  }
  process.exitCode = [...classes.keys()].some((key) => key.endsWith('NOT EXPLAINED')) ? 1 : 0;
}

const reference = await startValidator([]);
try {
  const verdicts = [];
  const queue = [...files];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
        const verdict = await compare(name);
        if (verdict !== undefined) verdicts.push(verdict);
      }
    }),
  );
  tell(verdicts);
} finally {
  await reference.stop();
}
