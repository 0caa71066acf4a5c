/**
 * Compiles a profile: its snapshot held against the base type, so that what the base rules check already is
 * left out. https://hl7.org/fhir/R4/profiling.html
 */

import type { ElementDefinition, Structure } from '../definitions/model.js';
import type { Definitions } from '../definitions/registry.js';
import type { ElementPlan, Shape, Shapes } from '../plan/shapes.js';
import { invariantRule } from '../rules/invariants.js';
import { limitRules } from '../rules/limits.js';
import type { Rule } from '../rules/rule.js';
import { targetRule } from '../rules/targets.js';
import { bindingRules } from '../rules/terminology.js';
import { matcher } from './discriminator.js';
import type { ElementCheck, ProfilePlan, SliceCheck, SlicingCheck } from './plan.js';
import { type Branch, treeOf } from './tree.js';

/** Takes a structure with a snapshot; gives its plan. Throws when it has no elements. */
export function compileProfile(structure: Structure, definitions: Definitions, shapes: Shapes): ProfilePlan {
  const root = treeOf(structure);
  if (root === undefined) throw new Error(`${structure.url} has no elements`);
  const compiler = new Compiler(structure, root, definitions, shapes);
  const check = compiler.compile(root, undefined, shapes.of(structure.type));
  const unplaced = unplacedRule(structure);
  return {
    url: structure.url,
    type: structure.type,
    root: unplaced === undefined ? check : { ...check, rules: [...check.rules, unplaced], counts: false },
  };
}

/** A profile may speak of elements that its type does not have: what it says of them is told as not checked. */
function unplacedRule({ unplaced, url, name }: Structure): Rule | undefined {
  if (unplaced === undefined) return undefined;
  const message = `the profile ${name} speaks of elements that do not exist (${unplaced.join(', ')}): not checked`;
  return (node, context) =>
    context.report(node, {
      severity: 'warning',
      code: 'not-supported',
      rule: 'profile-element-unknown',
      message,
      source: url,
    });
}

export class Compiler {
  readonly #structure: Structure;
  readonly #root: Branch;
  readonly #definitions: Definitions;
  readonly #shapes: Shapes;
  readonly #byReference = new Map<string, { children: readonly ElementCheck[] }>();
  /** Lists of checks that are being filled: an element within may repeat the whole. */
  readonly #growing = new Set<readonly ElementCheck[]>();

  constructor(structure: Structure, root: Branch, definitions: Definitions, shapes: Shapes) {
    this.#structure = structure;
    this.#root = root;
    this.#definitions = definitions;
    this.#shapes = shapes;
  }

  /** Takes a branch, the base element it constrains and the shape of the base type there. */
  compile(branch: Branch, base: ElementPlan | undefined, shape: Shape | undefined): ElementCheck {
    const { definition } = branch;
    const isSlice = branch.slice !== undefined;
    const check = {
      name: branch.name,
      id: definition.id,
      min: isSlice || differs(definition.min, base?.definition.min) ? (definition.min ?? 0) : 0,
      max:
        isSlice || differs(definition.max, base?.definition.max)
          ? maxOf(definition.max)
          : Number.POSITIVE_INFINITY,
      types: narrowedTypes(definition, base),
      fixed: definition.fixed,
      pattern: definition.pattern,
      rules: this.#rules(definition, base, shape),
      profiles: typeProfiles(definition, base),
      children: this.#children(branch, shape),
      slicing: this.#slicing(branch, base, shape),
    };
    return { ...check, counts: definition.contentReference === undefined && saysNothing(check) };
  }

  #rules(definition: ElementDefinition, base: ElementPlan | undefined, shape: Shape | undefined): Rule[] {
    const url = this.#structure.url;
    const known = new Set(
      [...(base?.definition.constraint ?? []), ...(shape?.constraints ?? [])].map(
        ({ key, expression }) => `${key}|${expression}`,
      ),
    );
    const rules: (Rule | undefined)[] = (definition.constraint ?? [])
      .filter(({ key, expression }) => !known.has(`${key}|${expression}`))
      .map((constraint) => invariantRule(constraint, url, definition.id.includes('.')));
    const { binding } = definition;
    const before = base?.definition.binding;
    if (binding?.valueSet !== before?.valueSet || binding?.strength !== before?.strength) {
      for (const { code } of definition.type ?? []) {
        rules.push(...bindingRules(binding, code, url).map((rule) => ofType(code, rule)));
      }
    }
    rules.push(targetRule(definition.type ?? [], base?.types ?? [], url));
    rules.push(...limitRules(definition, url));
    return rules.filter((rule) => rule !== undefined);
  }

  #children(branch: Branch, shape: Shape | undefined): readonly ElementCheck[] {
    const reference = branch.definition.contentReference?.replace(/^.*#/, '');
    if (reference !== undefined && branch.children.size === 0) return this.#referred(reference);
    const checks: ElementCheck[] = [];
    for (const child of branch.children.values()) {
      const base = shape?.elements.get(child.name);
      const check = this.compile(child, base, this.#shapeBelow(child, base, shape));
      // What repeats a content that is still being compiled may come to say something.
      if (!isIdle(check) || this.#growing.has(check.children)) checks.push(check);
    }
    return checks;
  }

  /** An element that repeats another's content obeys the profile's rules on that one. */
  #referred(id: string): readonly ElementCheck[] {
    const target = find(this.#root, id);
    if (target === undefined) return [];
    let known = this.#byReference.get(id);
    if (known === undefined) {
      const holder: { children: ElementCheck[] } = { children: [] };
      known = holder;
      this.#byReference.set(id, holder);
      const { children } = holder;
      const shape = this.#shapeAt(id);
      this.#growing.add(children);
      children.push(...this.#children(target, shape));
      this.#growing.delete(children);
      // Nothing but itself, over and over.
      if (children.every((check) => check.children === children && isIdle({ ...check, children: [] })))
        children.length = 0;
    }
    return known.children;
  }

  #shapeAt(id: string): Shape | undefined {
    let shape = this.#shapes.of(this.#structure.type);
    for (const segment of id.split('.').slice(1)) {
      const name = segment.replace(/:.*$/, '').replace('[x]', '');
      shape = shape?.edges.get(name)?.shape;
    }
    return shape;
  }

  #shapeBelow(child: Branch, base: ElementPlan | undefined, shape: Shape | undefined): Shape | undefined {
    if (base === undefined || shape === undefined) return undefined;
    const codes = child.definition.type?.map(({ code }) => code) ?? [];
    const code = codes.length === 1 ? (codes[0] as string) : undefined;
    if (!base.choice) {
      const edge = shape.edges.get(base.name);
      return edge?.shape ?? (code === undefined ? undefined : this.#shapes.of(code));
    }
    return code === undefined
      ? undefined
      : shape.edges.get(base.name + code.charAt(0).toUpperCase() + code.slice(1))?.shape;
  }

  #slicing(
    branch: Branch,
    base: ElementPlan | undefined,
    shape: Shape | undefined,
  ): SlicingCheck | undefined {
    const { slicing } = branch.definition;
    if (slicing === undefined || branch.slices.length === 0) return undefined;
    const discriminators = slicing.discriminator;
    let unsupported = discriminators.length === 0 ? '(none)' : undefined;
    const slices = branch.slices.map((slice): SliceCheck => {
      const matches = discriminators.map((discriminator) => {
        const match = matcher(discriminator, slice, this.#definitions, (target) => {
          const owner =
            target.structure === this.#structure
              ? this
              : new Compiler(target.structure, target, this.#definitions, this.#shapes);
          const check = owner.compile(target, undefined, undefined);
          return saysNothing(check) ? undefined : check;
        });
        if (match === undefined) unsupported ??= `${discriminator.type} ${discriminator.path}`;
        return match;
      });
      const check = this.compile(slice, base, this.#shapeBelow(slice, base, undefined) ?? shape);
      return {
        name: slice.slice ?? '',
        min: check.min,
        max: check.max,
        matches: (node, context) => matches.every((match) => match?.(node, context) ?? false),
        check,
      };
    });
    return { rules: slicing.rules, ordered: slicing.ordered, slices, unsupported };
  }
}

function find(root: Branch, id: string): Branch | undefined {
  let branch: Branch | undefined = root;
  for (const segment of id.split('.').slice(1)) {
    const [plain = '', slice] = segment.split(':');
    branch = branch?.children.get(plain.replace('[x]', ''));
    if (slice !== undefined) branch = branch?.slices.find((candidate) => candidate.slice === slice);
  }
  return branch;
}

function differs(value: unknown, base: unknown): boolean {
  return value !== undefined && value !== base;
}

function maxOf(max: string | undefined): number {
  return max === undefined || max === '*' ? Number.POSITIVE_INFINITY : Number(max);
}

/** The types that a profile leaves of a choice (or of Resource), undefined where it narrows nothing. */
function narrowedTypes(
  definition: ElementDefinition,
  base: ElementPlan | undefined,
): ReadonlySet<string> | undefined {
  const codes = definition.type?.map(({ code }) => code);
  if (codes === undefined || base === undefined || base.definition.contentReference !== undefined)
    return undefined;
  if (codes.includes('Resource') || codes.includes('DomainResource')) return undefined;
  const before = new Set(base.types.map(({ code }) => code));
  const isNarrower = before.has('Resource') || codes.length < before.size;
  return isNarrower ? new Set(codes) : undefined;
}

function typeProfiles(definition: ElementDefinition, base: ElementPlan | undefined): readonly string[] {
  const profiles = (definition.type ?? [])
    .filter(({ code }) => code !== 'Extension')
    .flatMap(({ profile }) => profile ?? []);
  const known = new Set(base?.types.flatMap(({ profile }) => profile ?? []));
  return profiles.every((url) => known.has(url)) ? [] : profiles;
}

function ofType(type: string, rule: Rule): Rule {
  return (node, context) => {
    if (node.type === type) rule(node, context);
  };
}

function isIdle(check: ElementCheck): boolean {
  return check.min === 0 && check.max === Number.POSITIVE_INFINITY && saysNothing(check);
}

/** True when a check demands nothing of the element itself. */
function saysNothing(check: Omit<ElementCheck, 'counts'>): boolean {
  return (
    check.types === undefined &&
    check.fixed === undefined &&
    check.pattern === undefined &&
    check.rules.length === 0 &&
    check.profiles.length === 0 &&
    check.children.length === 0 &&
    check.slicing === undefined
  );
}
