/**
 * The validator: the tree and whether its structure is sound, else ajv (compiled at build) on what is wrong; then the
 * rules on each element, and the profiles.
 * https://hl7.org/fhir/R4/validation.html
 */
import path from 'node:path';
import { readPackage } from './definitions/packages.js';
import { bare, Definitions, isCompiled } from './definitions/registry.js';
import type { ValidateOptions, ValidationIssue, ValidationOutcome, Validator } from './outcome.js';
import { growWhole } from './plan/grow.js';
import { Node } from './plan/node.js';
import { Shapes } from './plan/shapes.js';
import { compileProfile } from './profile/compile.js';
import type { ProfilePlan } from './profile/plan.js';
import { checkChosen } from './rules/chosen-profiles.js';
import type { Policy } from './rules/rule.js';
import { Run } from './run.js';
import { StructureChecker } from './structure/run.js';
import { type CodeQuestion, QUESTIONS } from './terminology/questions.js';

export interface ValidatorOptions {
  /** Folder that the build wrote; by default the one beside this file. */
  readonly definitions?: string;
  /**
   * Folders, .tgz packages or files with more definitions, read at once; or folders that `compilePackages` wrote,
   * read as need be. Later ones win.
   */
  readonly packages?: readonly string[];
  /** What an extension is that no definition speaks of; `error` by default, as in the reference validator. */
  readonly unknownExtensions?: Policy['unknownExtensions'];
  /** What a display is that the code system does not give its code; `error` by default, as with the reference. */
  readonly wrongDisplay?: Policy['wrongDisplay'];
  /** Canonicals that begin so are known to exist elsewhere: not loaded is information, not a warning or an error. */
  readonly elsewhere?: readonly string[];
}

const BUILT = path.join(import.meta.dirname, 'compiled');
const ELSEWHERE = ['https://fhir.hl7.org.uk/'];

/** Everything that outlives one run. */
export interface Engine {
  readonly definitions: Definitions;
  readonly shapes: Shapes;
  readonly structure: StructureChecker;
  readonly policy: Policy;
  /** The compiled profile with this canonical, undefined where it is not loaded. */
  profile(canonical: string): ProfilePlan | undefined;
}

/**
 * Takes where the definitions are; gives the validator. Throws when the definitions are not built, and when a
 * package cannot be read. A profile that cannot be compiled throws when it is first needed.
 */
export function createValidator(options: ValidatorOptions = {}): Validator {
  const folder = options.definitions ?? BUILT;
  const definitions = new Definitions(folder);
  for (const location of options.packages ?? []) {
    if (isCompiled(location)) definitions.addCompiled(location);
    else for (const resource of readPackage(location)) definitions.add(resource);
  }
  const shapes = new Shapes(definitions);
  const plans = new Map<string, ProfilePlan | undefined>();
  const engine: Engine = {
    definitions,
    shapes,
    structure: new StructureChecker(path.join(folder, 'structure'), new Set(definitions.index.resourceTypes)),
    policy: {
      unknownExtensions: options.unknownExtensions ?? 'error',
      wrongDisplay: options.wrongDisplay ?? 'error',
      elsewhere: options.elsewhere ?? ELSEWHERE,
    },
    profile(canonical) {
      const url = bare(canonical);
      if (!plans.has(url)) {
        const structure = definitions.structure(url);
        plans.set(url, structure === undefined ? undefined : compileProfile(structure, definitions, shapes));
      }
      return plans.get(url);
    },
  };
  return { validate: (resource, given) => validate(engine, resource, given ?? {}) };
}

/** Names of all R4 resource types, as the build found them. */
export function resourceTypes(definitions = BUILT): readonly string[] {
  return new Definitions(definitions).index.resourceTypes;
}

function validate(engine: Engine, resource: unknown, options: ValidateOptions): ValidationOutcome {
  const root = Node.root(engine.shapes, resource);
  const sound = root !== undefined && growWhole(root, MAX_DEPTH);
  if (!sound && isDeeper(resource, MAX_DEPTH)) return { valid: false, issues: [TOO_DEEP] };
  const faults = sound ? [] : engine.structure.check(resource);
  const run = new Run(engine, root, faults, options.timeLimitMs);
  const questions: CodeQuestion[] | undefined = options.gather === true ? [] : undefined;
  if (questions !== undefined) run.memory.set(QUESTIONS, questions);
  if (root !== undefined) {
    // Profiles first: a code that their bindings refuse is then not told again as unknown.
    for (const profile of options.profiles ?? []) run.checkNamed(root, profile);
    checkChosen(root, options.capabilityStatement, run);
    run.walk(root);
  }
  const issues: readonly ValidationIssue[] = run.issues;
  const valid = !issues.some(({ severity }) => severity === 'fatal' || severity === 'error');
  return { valid, issues, ...(questions === undefined ? {} : { questions }) };
}

/** As deep as elements may lie within each other. */
const MAX_DEPTH = 100;
const TOO_DEEP: ValidationIssue = {
  severity: 'fatal',
  code: 'too-costly',
  expression: 'Resource',
  definitionPath: 'Resource',
  rule: 'depth',
  message: `elements lie more than ${MAX_DEPTH} deep within each other: not checked`,
  source: 'https://hl7.org/fhir/R4/json.html',
};

/** Looks no deeper than it must, so it cannot run out of stack itself. */
function isDeeper(value: unknown, levels: number, around?: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels < 0) return true;
  // An array is no level of its own, unless it stands in another, where FHIR has none.
  const below = Array.isArray(value) && !Array.isArray(around) ? levels : levels - 1;
  for (const key in value) {
    const inner = (value as { [key: string]: unknown })[key];
    if (typeof inner === 'object' && inner !== null && isDeeper(inner, below, value)) return true;
  }
  return false;
}
