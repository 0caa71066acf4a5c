/** The build step: definitions from the R4 packages and from a folder of our own, compiled for the service to load. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ValueSet as FhirValueSet, StructureDefinition } from 'fhir/r4';
import { readPackage } from '../definitions/packages.js';
import { bare, Definitions } from '../definitions/registry.js';
import { schemaOf, siblingSchema } from '../structure/schema.js';
import { fromExpansion } from '../terminology/expand.js';
import { moduleOf } from './standalone.js';
import { stampOf, type Written, writeFolder } from './written.js';

export interface BuildOptions {
  /** Folder of `hl7.fhir.r4.examples`: every StructureDefinition, ValueSet, CodeSystem of R4. */
  readonly core: string;
  /** Folder of `hl7.fhir.r4.expansions`. */
  readonly expansions: string;
  /** Folder of our own compiled profiles; may be absent or empty. */
  readonly profiles: string;
  /** Where the result goes. Replaced whole. */
  readonly out: string;
}

interface Loaded {
  readonly resourceType?: string;
  readonly url?: string;
}

const CORE_FILES = /^(StructureDefinition|ValueSet|CodeSystem)-.*\.json$/;

/**
 * Builds the definitions unless the inputs are what they were at the last build (a hash beside the result).
 * Gives true when it built. Throws when a definition cannot be compiled, leaving the last result in place.
 */
export function buildDefinitions(options: BuildOptions): boolean {
  const { core, expansions, profiles, out } = options;
  // Packages on npm never change under a version, so their package.json stands for them; our own files are hashed whole.
  const fixed = [core, expansions].map((folder) => path.join(folder, 'package.json'));
  const stamp = stampOf(fixed, [profiles, path.join(import.meta.dirname, '..')], out);
  return writeFolder(out, stamp, (written) => write(options, written));
}

function write(options: BuildOptions, written: Written): void {
  const definitions = new Definitions();
  const ours = existsSync(options.profiles) ? [...readPackage(options.profiles)] : [];
  const core = readFolder(options.core, CORE_FILES).filter(isWanted);
  const all = [...core, ...ours];
  for (const resource of all) definitions.add(resource);
  const expansions = readFolder(options.expansions, /^ValueSet-.*\.json$/) as FhirValueSet[];
  const own = new Set(ours.map(({ url }) => url));
  for (const valueSet of expansions)
    if (!own.has(valueSet.url)) definitions.addTable(fromExpansion(valueSet));

  const types = core.filter(isType) as StructureDefinition[];
  writeStructures(types, definitions, written.folder);
  const urls = (type: string): string[] => [
    ...new Set(
      all.filter((resource) => resource.resourceType === type).map(({ url }) => bare(url as string)),
    ),
  ];
  for (const url of urls('StructureDefinition')) {
    const structure = definitions.structure(url);
    if (structure?.unplaced !== undefined)
      throw new Error(
        `${url} speaks of elements that its type does not have: ${structure.unplaced.join(', ')}`,
      );
    written.put('structures', url, structure);
  }
  for (const url of urls('CodeSystem')) written.put('codeSystems', url, definitions.codeSystem(url));
  for (const url of urls('Questionnaire')) written.put('questionnaires', url, definitions.questionnaire(url));
  const valueSets = new Set([...urls('ValueSet'), ...expansions.map(({ url }) => bare(url as string))]);
  for (const url of valueSets) written.put('valueSets', url, definitions.valueSet(url));
  written.end({
    resourceTypes: types
      .filter(({ kind, abstract }) => kind === 'resource' && !abstract)
      .map(({ type }) => type),
  });
}

function readFolder(folder: string, wanted: RegExp): Loaded[] {
  return readdirSync(folder)
    .filter((name) => wanted.test(name))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Loaded);
}

/** Logical models and the two examples without a snapshot are of no use to a validator. */
function isWanted(resource: Loaded): boolean {
  if (typeof resource.url !== 'string') return false;
  if (resource.resourceType !== 'StructureDefinition') return true;
  const { kind, snapshot } = resource as StructureDefinition;
  return kind !== 'logical' && snapshot !== undefined;
}

function isType(resource: Loaded): boolean {
  return (
    resource.resourceType === 'StructureDefinition' &&
    (resource as StructureDefinition).derivation !== 'constraint'
  );
}

function writeStructures(
  types: readonly StructureDefinition[],
  definitions: Definitions,
  work: string,
): void {
  mkdirSync(path.join(work, 'structure'));
  for (const { url, kind, type } of types) {
    if (kind === 'primitive-type' || type === 'Resource' || type === 'DomainResource') continue;
    const structure = definitions.structure(url);
    if (structure === undefined) throw new Error(`${url} was not loaded`);
    writeFileSync(path.join(work, 'structure', `${type}.cjs`), moduleOf(schemaOf(structure)));
    if (type === 'Element')
      writeFileSync(path.join(work, 'structure', 'Sibling.cjs'), moduleOf(siblingSchema(structure)));
  }
}
