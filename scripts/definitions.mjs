/**
 * Compiles the FHIR definitions for the validator into dist/validation/compiled (skipped when nothing changed).
 *
 * `node scripts/definitions.mjs --package FOLDER|FILE.tgz … --out FOLDER` compiles packages instead, such as UK Core:
 * what takes --package (`redbag validate`) takes the resulting folder too, and then starts without reading them.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildDefinitions } from '../dist/validation/build/build.js';
import { compilePackages } from '../dist/validation/build/packages.js';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const compiled = path.join(root, 'dist/validation/compiled');
const { values } = parseArgs({
  options: { package: { type: 'string', multiple: true, default: [] }, out: { type: 'string' } },
});
const started = Date.now();
const built = buildDefinitions({
  core: path.join(root, 'node_modules/hl7.fhir.r4.examples'),
  expansions: path.join(root, 'node_modules/hl7.fhir.r4.expansions'),
  profiles: path.join(root, 'profiles/compiled'),
  out: compiled,
});
console.log(built ? `definitions compiled in ${Date.now() - started} ms` : 'definitions unchanged');
if (values.package.length > 0 || values.out !== undefined) {
  if (values.package.length === 0 || values.out === undefined)
    throw new Error('--package and --out belong together');
  const began = Date.now();
  const made = compilePackages({ packages: values.package, definitions: compiled, out: values.out });
  console.log(made ? `packages compiled in ${Date.now() - began} ms` : 'packages unchanged');
}
