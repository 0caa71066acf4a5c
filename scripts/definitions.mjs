/** Compiles the FHIR definitions for the validator into dist/validation/definitions (skipped when nothing changed). */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDefinitions } from '../dist/validation/build/build.js';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const started = Date.now();
const built = buildDefinitions({
  core: path.join(root, 'node_modules/hl7.fhir.r4.examples'),
  expansions: path.join(root, 'node_modules/hl7.fhir.r4.expansions'),
  profiles: path.join(root, 'profiles/compiled'),
  out: path.join(root, 'dist/validation/compiled'),
});
console.log(built ? `definitions compiled in ${Date.now() - started} ms` : 'definitions unchanged');
