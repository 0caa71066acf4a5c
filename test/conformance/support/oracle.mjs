/** The reference validator (HAPI FHIR's) and the reference server, started from beside the project. */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { root, serve, shared } from './programs.mjs';

export const oracle = join(shared, 'oracle', 'oracle');

export const OURS = join(root, 'profiles', 'compiled');
export const UK_CORE = join(shared, 'data', 'uk-core');
export const MHD = join(shared, 'data', 'mhd', 'definitions');

/**
 * The validator, kept warm.
 * @param definitions files and folders with profiles and terminology beside base R4
 * @returns `{ validate(text, profiles), stop() }`; a verdict is `{ valid, errors, warnings, issues[] }`
 */
export async function startValidator(definitions) {
  const args = definitions.flatMap((folder) => ['--definitions', folder]);
  const program = await serve('oracle http', oracle, ['http', ...args, '--port', '0'], {
    ready: /"ready":true,"port":(\d+)/,
    env: { ...process.env, ORACLE_JAVA: process.env.ORACLE_JAVA ?? '-Xmx3g' },
    limit: 400,
  });
  const address = `http://127.0.0.1:${program.match[1]}/validate`;
  return {
    async validate(text, profiles = []) {
      const query = profiles.map((url) => `profile=${encodeURIComponent(url)}`).join('&');
      const answer = await fetch(query === '' ? address : `${address}?${query}`, {
        method: 'POST',
        body: text,
      });
      return await answer.json();
    },
    stop: program.stop,
  };
}

/**
 * The checker of `oracle pdf` for another standard than PDF/UA-1, which is all that command asks for.
 * @param flavour as veraPDF names it, for example `3a`
 * @returns program and arguments, to be followed by the files; undefined before `oracle pdf` was used once
 */
export function pdfChecker(flavour) {
  const cache = process.env.ORACLE_CACHE ?? join(homedir(), '.cache', 'red-bag-oracle');
  const folder = existsSync(cache)
    ? readdirSync(cache)
        .map((name) => join(cache, name, 'target', 'pdf'))
        .find((path) => existsSync(path))
    : undefined;
  const main = 'org.verapdf.apps.GreenfieldCliWrapper';
  return folder && ['java', ['-cp', join(folder, '*'), main, '--flavour', flavour, '--format', 'text']];
}

/** How many validations it does at once. */
export const width = availableParallelism();

/** The FHIR server that nobody here wrote. @returns `{ base, stop() }` */
export async function startFhirServer(args = []) {
  const program = await serve('oracle serve', oracle, ['serve', '--port', '0', ...args], {
    ready: /"ready":true,"base":"([^"]+)"/,
    limit: 400,
  });
  return { base: program.match[1], stop: program.stop };
}
