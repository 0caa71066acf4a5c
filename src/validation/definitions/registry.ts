/** The definitions at hand: what the build wrote, read when first asked for, and what packages add on top. */
import { readFileSync } from 'node:fs';
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

/** The built folder's table of contents: canonical → file, for each kind. */
export interface DefinitionsIndex {
  readonly structures: { readonly [canonical: string]: string };
  readonly valueSets: { readonly [canonical: string]: string };
  readonly codeSystems: { readonly [canonical: string]: string };
  readonly questionnaires: { readonly [canonical: string]: string };
  readonly resourceTypes: readonly string[];
}

const EMPTY: DefinitionsIndex = {
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

export class Definitions {
  readonly index: DefinitionsIndex;
  /** Profiles that guides and CapabilityStatements choose. */
  readonly chosen = new Chosen();
  readonly #folder: string | undefined;
  readonly #structures = new Map<string, Structure | undefined>();
  readonly #valueSets = new Map<string, ValueSet | undefined>();
  readonly #codeSystems = new Map<string, CodeSystem | undefined>();
  readonly #questionnaires = new Map<string, Questionnaire | undefined>();
  readonly #rawValueSets = new Map<string, FhirValueSet>();

  /** Takes the folder that the build wrote; without one it starts empty. Throws when the folder is not built. */
  constructor(folder?: string) {
    this.#folder = folder;
    this.index = folder === undefined ? EMPTY : (read(path.join(folder, 'index.json')) as DefinitionsIndex);
  }

  /** Adds a conformance resource; others are ignored. A later one replaces an earlier one of the same canonical. */
  add(resource: { resourceType?: string; url?: string }): void {
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

  /** True when a structure with this canonical is loaded, usable or not. */
  has(canonical: string): boolean {
    if (this.#structures.get(canonical) !== undefined) return true;
    return this.#find(this.#structures, 'structures', bare(canonical)) !== undefined;
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
    kind: Exclude<keyof DefinitionsIndex, 'resourceTypes'>,
    url: string,
  ): unknown {
    if (known.has(url)) return known.get(url);
    const files = this.index[kind];
    const file = Object.hasOwn(files, url) ? files[url] : undefined;
    const found =
      file === undefined || this.#folder === undefined ? undefined : read(path.join(this.#folder, file));
    known.set(url, found);
    return found;
  }
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
