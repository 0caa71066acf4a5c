/** Discriminators: does an item belong to a slice? https://hl7.org/fhir/R4/profiling.html#discriminator */

import type { Discriminator, Structure } from '../definitions/model.js';
import type { Definitions } from '../definitions/registry.js';
import type { Node } from '../plan/node.js';
import type { Context } from '../rules/rule.js';
import { membership } from '../terminology/membership.js';
import { satisfies } from './check.js';
import { isFixed, isLike } from './match.js';
import { type Expected, expected, follow, parsePath, type Step } from './path.js';
import type { ElementCheck } from './plan.js';
import type { Branch } from './tree.js';

export type Match = (node: Node, context: Context) => boolean;
type Test = (node: Node, context: Context) => boolean;

/** Takes a discriminator and a slice; gives the match, or undefined where it cannot be worked out. */
export function matcher(
  discriminator: Discriminator,
  slice: Branch,
  definitions: Definitions,
  compile: (branch: Branch) => ElementCheck | undefined,
): Match | undefined {
  const steps = parsePath(discriminator.path);
  if (steps === undefined) return undefined;
  const wanted = expected(slice, steps, definitions);
  switch (discriminator.type) {
    case 'value':
    case 'pattern':
      return byValue(steps, wanted, compile);
    case 'exists':
      return byExistence(steps, wanted);
    case 'type':
      return byType(steps, wanted, definitions);
    case 'profile':
      return byProfile(steps, slice, wanted);
    default:
      return undefined;
  }
}

function anyAt(steps: readonly Step[], tests: readonly Test[]): Match | undefined {
  if (tests.length === 0) return undefined;
  return (node, context) =>
    follow(node, steps, context).some((found) => tests.some((test) => test(found, context)));
}

function byValue(
  steps: readonly Step[],
  wanted: readonly Expected[],
  compile: (branch: Branch) => ElementCheck | undefined,
): Match | undefined {
  const tests = wanted.map((item) => {
    if (item.kind === 'branch') return byBranch(item.branch, compile);
    return item.kind === 'fixed'
      ? (node: Node) => isFixed(node.value, item.value)
      : (node: Node) => isLike(node.value, item.value);
  });
  // A slice that says nothing at the place of the discriminator leaves it open.
  return tests.includes(undefined) ? () => true : anyAt(steps, tests as readonly Test[]);
}

/** No fixed value or pattern at the place itself: a required binding, or what is demanded below it, or nothing. */
function byBranch(branch: Branch, compile: (branch: Branch) => ElementCheck | undefined): Test | undefined {
  const { binding } = branch.definition;
  const canonical =
    binding?.strength === 'required' && branch.children.size === 0 ? binding.valueSet : undefined;
  if (canonical !== undefined) {
    return (node, context) => {
      const valueSet = context.definitions.valueSet(canonical);
      return valueSet !== undefined && membership(node.value, valueSet, context.definitions) === 'in';
    };
  }
  const check = compile(branch);
  return check === undefined ? undefined : (node, context) => satisfies(node, check, context);
}

function byExistence(steps: readonly Step[], wanted: readonly Expected[]): Match | undefined {
  const [item] = wanted;
  if (item === undefined) return undefined;
  const absent = item.kind === 'branch' && item.branch.definition.max === '0';
  return (node, context) => follow(node, steps, context).length > 0 !== absent;
}

function byType(
  steps: readonly Step[],
  wanted: readonly Expected[],
  structures: { structure(url: string): Structure | undefined },
): Match | undefined {
  const types = new Set<string>();
  for (const item of wanted) {
    if (item.kind !== 'branch') continue;
    const { definition, structure } = item.branch;
    if (!definition.id.includes('.')) types.add(structure.type);
    for (const { code, profile } of definition.type ?? []) {
      types.add(code);
      for (const url of profile ?? []) types.add(structures.structure(url)?.type ?? code);
    }
  }
  if (types.size === 0) return undefined;
  return (node, context) => follow(node, steps, context).some(({ type }) => types.has(type));
}

function byProfile(steps: readonly Step[], slice: Branch, wanted: readonly Expected[]): Match | undefined {
  const profiles = wanted.flatMap((item) => {
    if (item.kind !== 'branch') return [];
    const { definition, structure } = item.branch;
    if (!definition.id.includes('.') && item.branch !== slice) return [structure.url];
    return (definition.type ?? []).flatMap(({ profile }) => profile ?? []);
  });
  return anyAt(
    steps,
    profiles.map((url) => (node, context) => context.conforms(node, url)),
  );
}
