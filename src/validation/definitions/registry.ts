/** The definitions at hand: what the build wrote, read when first asked for, and what packages add on top. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  CapabilityStatement,
  CodeSystem as FhirCodeSystem,
  ValueSet as FhirValueSet,
  ImplementationGuide,
  Questionnaire,
  StructureDefinition,
} from 'fhir/r4';
import { expand } from '../terminology/expand.js';
import { Chosen } from './chosen.js';
import { compactCodeSystem, compactStructure } from './compact.js';
import type { CodeSystem, Structure, ValueSet } from './model.js';
import { generateSnapshot } from './snapshot.js';

/** How definitions are written down. To be raised when that changes, so that what is older is not misread. */
export const FORMAT = 1;

/** A compiled folder's table of contents: canonical → file, for each kind. */
export interface DefinitionsIndex {
  readonly format: number;
  readonly structures: { readonly [canonical: string]: string };
  readonly valueSets: { readonly [canonical: string]: string };
  readonly codeSystems: { readonly [canonical: string]: string };
  readonly questionnaires: { readonly [canonical: string]: string };
  readonly resourceTypes: readonly string[];
  /** Guides and CapabilityStatements, which choose profiles. */
  readonly choosing?: string;
}

const EMPTY: DefinitionsIndex = {
  format: FORMAT,
  structures: {},
  valueSets: {},
  codeSystems: {},
  questionnaires: {},
  resourceTypes: [],
};
const CORE = 'http://hl7.org/fhir/StructureDefinition/';

/** A canonical without its version. */
export function bare(canonical: string): string {
  const bar = canonical.indexOf('|');
  return bar === -1 ? canonical : canonical.slice(0, bar);
}

/** A resource of a package. */
export interface Addable {
  readonly resourceType?: string;
  readonly url?: string;
}

export class Definitions {
  readonly index: DefinitionsIndex;
  /** Profiles that guides and CapabilityStatements choose. */
  readonly chosen = new Chosen();
  /** Compiled folders, the one that counts first in front. */
  readonly #folders: { readonly folder: string; readonly index: DefinitionsIndex }[] = [];
  readonly #structures = new Map<string, Structure | undefined>();
  readonly #valueSets = new Map<string, ValueSet | undefined>();
  readonly #codeSystems = new Map<string, CodeSystem | undefined>();
  readonly #questionnaires = new Map<string, Questionnaire | undefined>();
  readonly #rawValueSets = new Map<string, FhirValueSet>();

  /** Takes the folder that the build wrote; without one it starts empty. Throws when the folder is not built. */
  constructor(folder?: string) {
    this.index = folder === undefined ? EMPTY : this.addCompiled(folder);
  }

  /** Adds what was compiled into a folder; it replaces what was there before. Throws when another version wrote it. */
  addCompiled(folder: string): DefinitionsIndex {
    const index = read(path.join(folder, 'index.json')) as DefinitionsIndex;
    if (index.format !== FORMAT)
      throw new Error(`${folder} was compiled by another version: compile it again`);
    for (const url of Object.keys(index.structures)) this.#structures.delete(url);
    for (const url of Object.keys(index.codeSystems)) this.#codeSystems.delete(url);
    for (const url of Object.keys(index.questionnaires)) this.#questionnaires.delete(url);
    for (const url of Object.keys(index.valueSets)) {
      this.#valueSets.delete(url);
      this.#rawValueSets.delete(url);
    }
    this.#folders.unshift({ folder, index });
    if (index.choosing !== undefined)
      for (const resource of read(path.join(folder, index.choosing)) as Addable[]) this.add(resource);
    return index;
  }

  /** Adds a conformance resource; others are ignored. A later one replaces an earlier one of the same canonical. */
  add(resource: Addable): void {
    if (typeof resource.url !== 'string') return;
    const url = bare(resource.url);
    switch (resource.resourceType) {
      case 'StructureDefinition':
        this.#structures.set(url, compactStructure(resource as StructureDefinition));
        break;
      case 'ValueSet':
        this.#valueSets.delete(url);
        this.#rawValueSets.set(url, resource as FhirValueSet);
        break;
      case 'CodeSystem':
        this.#codeSystems.set(url, compactCodeSystem(resource as FhirCodeSystem));
        break;
      case 'Questionnaire':
        this.#questionnaires.set(url, resource as Questionnaire);
        break;
      case 'ImplementationGuide':
        this.chosen.addGuide(resource as ImplementationGuide);
        break;
      case 'CapabilityStatement':
        this.chosen.addSystem(url, resource as CapabilityStatement);
        break;
    }
  }

  /** Adds a value set whose table is known already. */
  addTable(valueSet: ValueSet): void {
    this.#valueSets.set(valueSet.url, valueSet);
  }

  /** The structure with this canonical, its snapshot generated if it came without; undefined if not loaded. */
  structure(canonical: string): Structure | undefined {
    const known = this.#structures.get(canonical);
    if (known !== undefined && known.differential !== true) return known;
    const url = bare(canonical);
    const found = this.#find(this.#structures, 'structures', url) as Structure | undefined;
    if (found?.differential !== true) return found;
    const whole = generateSnapshot(found, this);
    this.#structures.set(url, whole);
    return whole;
  }

  /** The structure as it came, with its snapshot or without; undefined if not loaded. */
  stated(canonical: string): Structure | undefined {
    return this.#find(this.#structures, 'structures', bare(canonical)) as Structure | undefined;
  }

  /** True when a structure with this canonical is loaded, usable or not. */
  has(canonical: string): boolean {
    if (this.#structures.get(canonical) !== undefined) return true;
    return this.stated(canonical) !== undefined;
  }

  /** The base structure of a type, by its code. */
  type(code: string): Structure | undefined {
    return this.structure(CORE + code);
  }

  valueSet(canonical: string): ValueSet | undefined {
    const known = this.#valueSets.get(canonical);
    if (known !== undefined) return known;
    const url = bare(canonical);
    const raw = this.#rawValueSets.get(url);
    if (raw !== undefined && !this.#valueSets.has(url)) {
      this.#valueSets.set(url, undefined);
      this.#valueSets.set(url, expand(raw, this));
    }
    return this.#find(this.#valueSets, 'valueSets', url) as ValueSet | undefined;
  }

  codeSystem(canonical: string): CodeSystem | undefined {
    const known = this.#codeSystems.get(canonical);
    if (known !== undefined) return known;
    return this.#find(this.#codeSystems, 'codeSystems', bare(canonical)) as CodeSystem | undefined;
  }

  questionnaire(canonical: string): Questionnaire | undefined {
    return this.#find(this.#questionnaires, 'questionnaires', bare(canonical)) as Questionnaire | undefined;
  }

  #find(
    known: Map<string, unknown>,
    kind: 'structures' | 'valueSets' | 'codeSystems' | 'questionnaires',
    url: string,
  ): unknown {
    if (known.has(url)) return known.get(url);
    const found = this.#readFrom(kind, url);
    known.set(url, found);
    return found;
  }

  #readFrom(kind: 'structures' | 'valueSets' | 'codeSystems' | 'questionnaires', url: string): unknown {
    for (const { folder, index } of this.#folders) {
      const files = index[kind];
      if (Object.hasOwn(files, url)) return read(path.join(folder, files[url] as string));
    }
    return undefined;
  }
}

/** True for a folder that the build, or the compiling of packages, wrote. */
export function isCompiled(folder: string): boolean {
  return existsSync(path.join(folder, 'stamp')) && existsSync(path.join(folder, 'index.json'));
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
