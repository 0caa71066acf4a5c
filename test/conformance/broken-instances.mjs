/**
 * Every instance that breaks one rule of our profiles, before the reference validator: refused for that rule and for no
 * other of ours; and the same instance, before it was broken, accepted. The instances are those of test/profiles.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OURS, oracle, startValidator, UK_CORE, width } from './support/oracle.mjs';
import { root, temporary } from './support/programs.mjs';
import { check, end, part } from './support/tally.mjs';

const PROFILE = 'https://w3id.org/redbag/StructureDefinition/';

/** Where the reference validator names a rule of ours in its sentence; an invariant by its key, the others by the profile. */
const ofOurs = ({ message }) => message.includes('redbag-') || message.includes(PROFILE);

/** What it says of each kind of rule. */
const SAYS = {
  min: /minimum required = 1, but only found 0|must contain a value/,
  max: /max allowed = [01], but found [12]/,
  fixed: /fixed to|pattern/i,
  type: /allows for the types?/,
};

/** Is this the refusal of the rule? */
function isOf({ kind, key, profile, element }, { path, message }) {
  if (kind === 'invariant') return message.includes(`${key}:`);
  const last = element.split('.').at(-1).replace(/^.*:/, '').replace('[x]', '');
  const there = element.startsWith('Extension.') || `${path} ${message}`.includes(last);
  return SAYS[kind].test(message) && message.includes(`${PROFILE}${profile}`) && there;
}

const told = (issues) => issues.map(({ id, path, message }) => `${id} at ${path}: ${message}`).join('\n');

async function judge(validator, folder, instance) {
  const verdict = await validator.validate(readFileSync(join(folder, instance.file), 'utf8'));
  const errors = verdict.issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  if (instance.good) {
    check(errors.length === 0, `${instance.profile} before it is broken`, () => told(errors));
    return;
  }
  check(
    errors.some((e) => isOf(instance, e)),
    `${instance.name}: refused`,
    () => told(errors) || 'accepted',
  );
  const others = errors.filter((e) => ofOurs(e) && !isOf(instance, e));
  check(others.length === 0, `${instance.name}: for no other rule of ours`, () => told(others));
}

if (!existsSync(oracle)) {
  console.log(`skipped: the reference validator is not at ${oracle}`);
  process.exit(process.env.CI === 'true' ? 1 : 0);
}

await part('broken instances before the reference validator', async () => {
  const folder = temporary('broken');
  const made = spawnSync(process.execPath, [join(root, 'dist-test', 'profiles', 'profiles.test.js')], {
    cwd: root,
    env: { ...process.env, REDBAG_TEST_SAVE_BROKEN: folder },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  check(made.status === 0, 'our own validator refuses each', () =>
    made.stdout
      .split('\n')
      .filter((line) => line.includes('not ok'))
      .join('\n'),
  );
  const instances = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  const validator = await startValidator([OURS, UK_CORE]);
  const next = instances.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const instance of next) await judge(validator, folder, instance);
    }),
  );
  await validator.stop();
});
end();
