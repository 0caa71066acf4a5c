/** Runs a compiled profile over an element. https://hl7.org/fhir/R4/profiling.html */
import type { Node } from '../plan/node.js';
import type { Context, Report } from '../rules/rule.js';
import { isFixed, isLike } from './match.js';
import type { ElementCheck, SliceCheck, SlicingCheck } from './plan.js';

/** Where a profile check speaks from: its canonical, for the source. */
interface Scope {
  readonly context: Context;
  readonly source: string;
}

/** Takes an element and what the profile with this canonical demands of it; reports what is not so. */
export function checkElement(node: Node, check: ElementCheck, context: Context, source: string): void {
  run(node, check, { context, source });
}

/** The same, without reporting: true when there is nothing to report as an error. */
export function satisfies(node: Node, check: ElementCheck, context: Context): boolean {
  let good = true;
  const silent: Context = {
    root: context.root,
    definitions: context.definitions,
    policy: context.policy,
    memory: new Map(),
    report: (_, { severity }: Report) => {
      if (severity === undefined || severity === 'error' || severity === 'fatal') good = false;
    },
    resolve: (reference, from) => context.resolve(reference, from),
    conforms: (inner, profile) => context.conforms(inner, profile),
    checkProfile: (inner, profile) => {
      if (context.definitions.has(profile) && !context.conforms(inner, profile)) good = false;
    },
    isBroken: (inner) => context.isBroken(inner),
  };
  run(node, check, { context: silent, source: '' });
  return good;
}

function report(node: Node, { context, source }: Scope, rule: string, message: string, child?: string): void {
  const code = rule === 'cardinality-min' || rule === 'slice-min' ? 'required' : 'structure';
  context.report(node, { code, rule, message, source, ...(child === undefined ? {} : { child }) });
}

function run(node: Node, check: ElementCheck, scope: Scope): void {
  const { context } = scope;
  if (context.isBroken(node)) return;
  if (check.types !== undefined && !check.types.has(node.type)) {
    report(node, scope, 'type', `expected ${[...check.types].join(' or ')}; found ${node.type}`);
    return;
  }
  checkValue(node, check, scope);
  for (const rule of check.rules) rule(node, context);
  checkProfiles(node, check.profiles, scope);
  for (const child of check.children) runChildren(node, child, scope);
}

function checkValue(node: Node, { fixed, pattern }: ElementCheck, scope: Scope): void {
  if (fixed !== undefined && !isFixed(node.value, fixed)) {
    report(node, scope, 'fixed', `must be exactly ${say(fixed)}; found ${say(node.value)}`);
  }
  if (pattern !== undefined && !isLike(node.value, pattern)) {
    report(node, scope, 'pattern', `must hold ${say(pattern)}; found ${say(node.value)}`);
  }
}

function say(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}

function checkProfiles(node: Node, profiles: readonly string[], scope: Scope): void {
  const { context } = scope;
  const known = profiles.filter((url) => context.definitions.has(url));
  const [only, ...others] = known;
  if (only === undefined || known.length < profiles.length) return;
  if (others.length === 0) context.checkProfile(node, only);
  else if (!known.some((url) => context.conforms(node, url))) {
    report(node, scope, 'profile', `conforms to none of ${known.join(', ')}`);
  }
}

function runChildren(parent: Node, check: ElementCheck, scope: Scope): void {
  if (check.counts) {
    const many = parent.count(check.name);
    if (many >= check.min && many <= check.max) return;
  }
  const items = parent.named(check.name);
  const count = items.length;
  // Two of one choice: which of them is meant nobody can tell, and the structure check has said so.
  if (count > 1 && items[0]?.element?.choice === true && items[0].key !== items[1]?.key) return;
  if (count < check.min && !isMissingAnyway(parent, check, scope)) {
    report(
      parent,
      scope,
      'cardinality-min',
      `"${check.name}" needs at least ${check.min}; found ${count}`,
      check.name,
    );
  }
  if (count > check.max) {
    const message =
      check.max === 0
        ? `"${check.name}" is not allowed here`
        : `"${check.name}" is allowed ${check.max} times at most; found ${count}`;
    report(items[check.max] ?? parent, scope, 'cardinality-max', message);
  }
  for (const item of items) run(item, check, scope);
  // Where nothing is, that the slices are missing too goes without saying.
  if (check.slicing === undefined || (count === 0 && check.min > 0)) return;
  const { types } = check;
  const typed = types === undefined ? items : items.filter(({ type }) => types.has(type));
  runSlicing(parent, typed, check, check.slicing, scope);
}

/** Said elsewhere: present in the JSON but too broken to be an element, or missing by a rule of its type. */
function isMissingAnyway(parent: Node, check: ElementCheck, { context }: Scope): boolean {
  const object = parent.object;
  // An extension with neither value nor parts: ext-1 says so.
  if (parent.type === 'Extension' && check.name === 'value' && object?.['extension'] === undefined)
    return true;
  return object !== undefined && object[check.name] !== undefined && context.isBroken(parent);
}

function runSlicing(
  parent: Node,
  items: readonly Node[],
  check: ElementCheck,
  slicing: SlicingCheck,
  scope: Scope,
): void {
  if (slicing.unsupported !== undefined) {
    scope.context.report(parent, {
      severity: 'information',
      code: 'not-supported',
      rule: 'slicing-not-checked',
      message: `the slices of "${check.name}" are not checked: discriminator ${slicing.unsupported}`,
      source: scope.source,
    });
    return;
  }
  const places = items.map((item) =>
    slicing.slices.findIndex((slice) => slice.name !== '@default' && slice.matches(item, scope.context)),
  );
  const fallback = slicing.slices.findIndex(({ name }) => name === '@default');
  const assigned = places.map((place) => (place === -1 ? fallback : place));
  checkOrder(items, assigned, slicing, scope);
  slicing.slices.forEach((slice, place) => {
    runSlice(
      parent,
      items.filter((_, index) => assigned[index] === place),
      check,
      slice,
      scope,
    );
  });
}

function checkOrder(
  items: readonly Node[],
  assigned: readonly number[],
  slicing: SlicingCheck,
  scope: Scope,
): void {
  let last = -1;
  let isOpen = false;
  items.forEach((item, index) => {
    const place = assigned[index] ?? -1;
    if (place === -1) {
      isOpen = true;
      if (slicing.rules === 'closed') {
        report(
          item,
          scope,
          'slicing-closed',
          `belongs to none of the slices ${slicing.slices.map(({ name }) => name).join(', ')}, and no other is allowed`,
        );
      }
      return;
    }
    if (slicing.rules === 'openAtEnd' && isOpen) {
      report(
        item,
        scope,
        'slicing-end',
        `slice "${slicing.slices[place]?.name}" must come before items of no slice`,
      );
    } else if (slicing.ordered && place < last) {
      report(
        item,
        scope,
        'slicing-order',
        `slice "${slicing.slices[place]?.name}" must come before "${slicing.slices[last]?.name}"`,
      );
    }
    last = Math.max(last, place);
  });
}

function runSlice(
  parent: Node,
  items: readonly Node[],
  check: ElementCheck,
  slice: SliceCheck,
  scope: Scope,
): void {
  const path = `${check.name}:${slice.name}`;
  if (items.length < slice.min) {
    report(
      parent,
      scope,
      'slice-min',
      `slice "${path}" needs at least ${slice.min}; found ${items.length}`,
      path,
    );
  }
  if (items.length > slice.max) {
    report(
      items[slice.max] ?? parent,
      scope,
      'slice-max',
      `slice "${path}" is allowed ${slice.max} times at most; found ${items.length}`,
    );
  }
  for (const item of items) run(item, slice.check, scope);
  if (slice.check.slicing !== undefined) runSlicing(parent, items, slice.check, slice.check.slicing, scope);
}
