/**
 * Compiles FHIR packages into a folder that the validator loads without reading them: each definition cut down, with
 * its snapshot and its expansion, read when it is first needed.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { readPackage } from '../definitions/packages.js';
import { type Addable, bare, Definitions } from '../definitions/registry.js';
import { stampOf, type Written, writeFolder } from './written.js';

export interface PackagesOptions {
  /** Folders, .tgz packages or files; later ones win. What builds on each other belongs into one folder. */
  readonly packages: readonly string[];
  /** The folder that the build wrote, on which they build. */
  readonly definitions: string;
  /** Where the result goes. Replaced whole. */
  readonly out: string;
}

const CHOOSING = new Set(['ImplementationGuide', 'CapabilityStatement']);

/** Compiles packages unless they are what they were (a hash beside the result). Gives true when it compiled. */
export function compilePackages({ packages, definitions, out }: PackagesOptions): boolean {
  if (existsSync(out) && !existsSync(path.join(out, 'stamp')))
    throw new Error(`${out} is there and was not compiled here: it is not replaced`);
  const folders = packages.filter((location) => statSync(location).isDirectory());
  const files = packages.filter((location) => !folders.includes(location));
  const stamp = stampOf([path.join(definitions, 'stamp'), ...files], folders, out);
  return writeFolder(out, stamp, (written) => write(packages, new Definitions(definitions), written));
}

function write(packages: readonly string[], definitions: Definitions, written: Written): void {
  const all: Addable[] = packages.flatMap((location) => [...readPackage(location)]);
  for (const resource of all) definitions.add(resource);
  const urls = (type: string): Set<string> =>
    new Set(
      all.flatMap(({ resourceType, url }) => (resourceType === type && url !== undefined ? [bare(url)] : [])),
    );
  for (const url of urls('StructureDefinition')) written.put('structures', url, whole(url, definitions));
  for (const url of urls('CodeSystem')) written.put('codeSystems', url, definitions.codeSystem(url));
  for (const url of urls('Questionnaire')) written.put('questionnaires', url, definitions.questionnaire(url));
  for (const url of urls('ValueSet')) written.put('valueSets', url, definitions.valueSet(url));
  written.file(
    'choosing.json',
    all.filter(({ resourceType }) => CHOOSING.has(resourceType ?? '')),
  );
  written.end({ resourceTypes: [], choosing: 'choosing.json' });
}

/** With its snapshot; where none can be made (its parent is elsewhere) as it came, for then whoever loads it may. */
function whole(url: string, definitions: Definitions): unknown {
  try {
    return definitions.structure(url);
  } catch {
    return definitions.stated(url);
  }
}
