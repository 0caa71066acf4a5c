/** One validation: walks the instance, runs the rules, gathers the issues. */
import type { Definitions } from './definitions/registry.js';
import { type ValidationIssue, ValidationTimeout } from './outcome.js';
import type { Node } from './plan/node.js';
import { checkElement, satisfies } from './profile/check.js';
import type { ProfilePlan } from './profile/plan.js';
import { Resolver } from './resolve.js';
import { rulesOf } from './rules/place.js';
import type { Context, Policy, Report } from './rules/rule.js';
import type { StructureFault } from './structure/run.js';
import type { Engine } from './validator.js';

const STRUCTURE = 'https://hl7.org/fhir/R4/json.html';
/** Faults that leave nothing to say about the element itself. */
const SHAPELESS = new Set([
  'json-type',
  'cardinality-max',
  'empty-array',
  'empty-string',
  'resource-type',
  'ele-1',
]);

/** As many values as a place remembers to have let pass, and as long: what is sent to us must not fill the memory. */
const REMEMBERED = 64;
const REMEMBERED_LENGTH = 128;
/** From `coding/0/code` up to the concept that holds it. */
const HOLLOW_LEVELS = 3;
const UNADDRESSED = new Set(['reference-resolves', 'document-complete', 'reference-target']);

export class Run implements Context {
  readonly root: Node;
  readonly definitions: Definitions;
  readonly policy: Policy;
  readonly memory = new Map<unknown, unknown>();
  readonly issues: ValidationIssue[] = [];
  readonly #engine: Engine;
  readonly #limitMs: number | undefined;
  readonly #started = performance.now();
  #steps = 0;
  readonly #resolver = new Resolver();
  readonly #said = new Set<string>();
  /** How often a rule has spoken. */
  #reports = 0;
  /** Pointers of elements that the structure check found broken. */
  readonly #broken = new Set<string>();
  /** Elements just around broken ones: what another rule says of them follows from the fault below. */
  readonly #hollow = new Set<string>();
  /** True when the fullUrl of an entry is broken: then nobody can say what a reference fails to find. */
  #isAddressLost = false;
  readonly #conforming = new Map<Node, Map<string, boolean>>();

  constructor(
    engine: Engine,
    root: Node | undefined,
    faults: readonly StructureFault[],
    timeLimitMs?: number,
  ) {
    this.#limitMs = timeLimitMs;
    this.#engine = engine;
    this.definitions = engine.definitions;
    this.policy = engine.policy;
    this.root = root as Node;
    const empty = new Set(faults.filter(({ rule }) => rule === 'ele-1').map(({ pointer }) => pointer));
    const locator = new Locator(root);
    for (const fault of faults) {
      const around = fault.pointer.slice(0, fault.pointer.lastIndexOf('/'));
      // Of an element with nothing in it nothing more is said to be missing.
      if (fault.rule !== 'cardinality-min' || !empty.has(around)) this.#addFault(fault, locator);
    }
  }

  /** Looked at once in so many elements: asking the time costs as much as a rule. */
  #watchClock(): void {
    if ((++this.#steps & 255) !== 0 || this.#limitMs === undefined) return;
    if (performance.now() - this.#started > this.#limitMs) throw new ValidationTimeout(this.#limitMs);
  }

  /** Runs the base rules, and those of claimed profiles, on an element and all below it. */
  walk(node: Node): void {
    this.#watchClock();
    if (this.#broken.size > 0 && this.isBroken(node)) return;
    if (node.isLeaf) this.#checkLeaf(node);
    else {
      for (const rule of rulesOf(node)) rule(node, this);
      for (const child of node.near) this.walk(child);
    }
  }

  /** A value that its place's rules let pass, and that they judge by itself, is not asked about again. */
  #checkLeaf(node: Node): void {
    const before = this.#reports;
    for (const rule of rulesOf(node)) rule(node, this);
    const passed = node.edge?.passed;
    if (passed === undefined || this.#reports > before || passed.size >= REMEMBERED) return;
    if (typeof node.value !== 'string' || node.value.length <= REMEMBERED_LENGTH) passed.add(node.value);
  }

  /** Checks the root against a profile that the caller named. */
  checkNamed(node: Node, profile: string): void {
    if (!this.definitions.has(profile)) {
      this.report(node, {
        code: 'not-found',
        rule: 'profile-unknown',
        message: `the profile ${profile} is not loaded`,
      });
    } else this.checkProfile(node, profile);
  }

  checkProfile(node: Node, profile: string): void {
    const plan = this.#plan(profile, node);
    // Each profile is run once on an element, whether claimed, named or demanded.
    if (plan === undefined || !node.meets(plan.url)) return;
    if (
      node.isResource &&
      plan.type !== node.type &&
      plan.type !== 'Resource' &&
      plan.type !== 'DomainResource'
    ) {
      this.report(node, {
        code: 'structure',
        rule: 'profile-type',
        message: `the profile ${plan.url} is for ${plan.type}; found ${node.type}`,
        source: plan.url,
      });
      return;
    }
    checkElement(node, plan.root, this, plan.url);
  }

  /** A profile that cannot be compiled is a fault to report, neither a pass nor a failure of the validator. */
  #plan(profile: string, node: Node): ProfilePlan | undefined {
    try {
      return this.#engine.profile(profile);
    } catch (error) {
      const message = `the profile ${profile} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
      this.report(node, { code: 'not-supported', rule: 'profile-unusable', message, source: profile });
      return undefined;
    }
  }

  conforms(node: Node, profile: string): boolean {
    this.#watchClock();
    const plan = this.#plan(profile, node);
    if (plan === undefined) return false;
    if (node.isResource && plan.type !== node.type)
      return plan.type === 'Resource' || plan.type === 'DomainResource';
    const known = this.#conforming.get(node) ?? new Map<string, boolean>();
    this.#conforming.set(node, known);
    const before = known.get(plan.url);
    if (before !== undefined) return before;
    known.set(plan.url, true);
    const result = satisfies(node, plan.root, this);
    known.set(plan.url, result);
    return result;
  }

  resolve(reference: string, from: Node): Node | undefined {
    return this.#resolver.resolve(reference, from);
  }

  isBroken(node: Node): boolean {
    return this.#broken.size > 0 && this.#broken.has(node.pointer);
  }

  report(node: Node, { severity, code, rule, message, source, child }: Report): void {
    this.#reports += 1;
    if (this.#broken.size > 0 && this.#follows(node, rule)) return;
    this.#add({
      severity: severity ?? 'error',
      code,
      expression: node.expression,
      definitionPath: child === undefined ? node.definitionPath : `${node.definitionPath}.${child}`,
      rule,
      message,
      source: source ?? STRUCTURE,
    });
  }

  /** True when an issue only repeats a fault of structure. */
  #follows(node: Node, rule: string): boolean {
    if (rule === 'document-reach') return true;
    if (this.#isAddressLost && UNADDRESSED.has(rule)) return true;
    return this.#hollow.has(node.pointer);
  }

  #markBroken(pointer: string): void {
    this.#broken.add(pointer);
    if (pointer.endsWith('/fullUrl')) this.#isAddressLost = true;
    let around = pointer;
    for (let level = 0; level < HOLLOW_LEVELS; level++) {
      around = around.slice(0, around.lastIndexOf('/'));
      this.#hollow.add(around);
      if (around === '' || /\/(?:resource|contained\/\d+)$/.test(around)) return;
    }
  }

  #add(issue: ValidationIssue): void {
    const key = `${issue.rule}|${issue.expression}|${issue.definitionPath}|${issue.rule === 'unknown-element' ? issue.message : ''}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.issues.push(issue);
  }

  #addFault(fault: StructureFault, locator: Locator): void {
    const { expression, definitionPath } = locator.locate(fault.pointer);
    const isAbsent = fault.rule === 'cardinality-min';
    if (SHAPELESS.has(fault.rule) || fault.rule.startsWith('primitive-')) this.#markBroken(fault.pointer);
    this.#add({
      severity: 'error',
      code: fault.code,
      expression: isAbsent ? expression.replace(/\.[^.]+$/, '') : expression,
      definitionPath,
      rule: fault.rule,
      message: fault.message,
      source: STRUCTURE,
    });
  }
}

interface Place {
  readonly node: Node | undefined;
  readonly expression: string;
  readonly definitionPath: string;
}

/**
 * Turns JSON Pointers into FHIRPath: as far as the definitions know the elements by their names, then by the JSON's
 * own. Each part of a pointer is looked up once, so that a hundred thousand faults in one array cost no more each.
 */
class Locator {
  readonly #places = new Map<string, Place>();
  readonly #children = new Map<Node, Map<string, Node>>();

  constructor(root: Node | undefined) {
    const type = root?.type ?? 'Resource';
    this.#places.set('', { node: root, expression: type, definitionPath: type });
  }

  locate(pointer: string): Place {
    let place = this.#places.get(pointer);
    if (place === undefined) {
      const slash = pointer.lastIndexOf('/');
      const name = pointer
        .slice(slash + 1)
        .replaceAll('~1', '/')
        .replaceAll('~0', '~');
      place = this.#step(this.locate(pointer.slice(0, slash)), name);
      this.#places.set(pointer, place);
    }
    return place;
  }

  #step({ node, expression, definitionPath }: Place, name: string): Place {
    if (/^\d+$/.test(name)) {
      const item = node?.parent === undefined ? undefined : this.#child(node.parent, `${node.key}/${name}`);
      return { node: item ?? node, expression: `${expression}[${name}]`, definitionPath };
    }
    const plain = name.replace(/^_/, '');
    const edge = node?.shape?.edges.get(plain);
    const known = edge?.element.name ?? plain;
    const next = node === undefined ? undefined : this.#child(node, plain);
    const path = `${definitionPath}.${known}${edge?.element.choice === true ? '[x]' : ''}`;
    return {
      node: next,
      expression: `${expression}.${known}`,
      definitionPath: next?.isResource === true ? next.type : path,
    };
  }

  /** A child by its key (the first), or by its key and index. */
  #child(parent: Node, key: string): Node | undefined {
    let children = this.#children.get(parent);
    if (children === undefined) {
      children = new Map();
      for (const child of parent.children) {
        if (!children.has(child.key)) children.set(child.key, child);
        children.set(`${child.key}/${child.index}`, child);
      }
      this.#children.set(parent, children);
    }
    return children.get(key);
  }
}
