/**
 * Discriminator paths: the small part of FHIRPath that slicing may use, followed in the instance and in the
 * definition. https://hl7.org/fhir/R4/profiling.html#discriminator
 */
import type { Json, Structure } from '../definitions/model.js';
import { isObject, type Node } from '../plan/node.js';
import type { Context } from '../rules/rule.js';
import { type Branch, treeOf } from './tree.js';

export type Step =
  | { readonly kind: 'child'; readonly name: string }
  | { readonly kind: 'extension'; readonly url: string }
  | { readonly kind: 'ofType'; readonly type: string }
  | { readonly kind: 'resolve' };

const STEP =
  /extension\('([^']+)'\)|ofType\((?:FHIR\.)?(\w+)\)|(resolve\(\))|(\$this)|([A-Za-z_]\w*)(?:\[x\])?/y;

/** Takes a discriminator's path; gives its steps, or undefined where it uses what slicing does not allow. */
export function parsePath(path: string): Step[] | undefined {
  const steps: Step[] = [];
  for (let at = 0; at < path.length; at++) {
    STEP.lastIndex = at;
    const match = STEP.exec(path);
    if (match === null) return undefined;
    const [whole, url, type, resolve, self, name] = match;
    if (url !== undefined) steps.push({ kind: 'extension', url });
    else if (type !== undefined) steps.push({ kind: 'ofType', type });
    else if (resolve !== undefined) steps.push({ kind: 'resolve' });
    else if (name !== undefined && self === undefined) steps.push({ kind: 'child', name });
    at += whole.length;
    if (at < path.length && path[at] !== '.') return undefined;
  }
  return steps;
}

/** The elements that a path leads to from an element of the instance. */
export function follow(node: Node, steps: readonly Step[], context: Context): readonly Node[] {
  const [first, ...rest] = steps;
  if (first === undefined) return [node];
  return rest.reduce(
    (nodes, step) => nodes.flatMap((from) => oneStep(from, step, context)),
    oneStep(node, first, context),
  );
}

function oneStep(node: Node, step: Step, context: Context): readonly Node[] {
  switch (step.kind) {
    case 'child':
      return node.named(step.name);
    case 'extension':
      return node.named('extension').filter(({ value }) => isObject(value) && value['url'] === step.url);
    case 'ofType':
      return node.type === step.type ? [node] : [];
    case 'resolve': {
      const reference = isObject(node.value) ? node.value['reference'] : node.value;
      const target = typeof reference === 'string' ? context.resolve(reference, node) : undefined;
      return target === undefined ? [] : [target];
    }
  }
}

/** What a definition says at the end of a path: a branch of a tree, or a part of a fixed value or pattern. */
export type Expected =
  | { readonly kind: 'branch'; readonly branch: Branch }
  | { readonly kind: 'fixed' | 'pattern'; readonly value: Json };

interface Structures {
  structure(canonical: string): Structure | undefined;
  type(code: string): Structure | undefined;
}

/** Takes a slice's branch and a path; gives what the slice demands there, several where a target has several profiles. */
export function expected(branch: Branch, steps: readonly Step[], structures: Structures): Expected[] {
  const { fixed, pattern } = branch.definition;
  if (fixed !== undefined) return dig('fixed', fixed, steps);
  if (pattern !== undefined) return dig('pattern', pattern, steps);
  const [step, ...rest] = steps;
  if (step === undefined) return [{ kind: 'branch', branch }];
  return nextBranches(branch, step, structures).flatMap((next) => expected(next, rest, structures));
}

function dig(kind: 'fixed' | 'pattern', value: Json, steps: readonly Step[]): Expected[] {
  let values: Json[] = [value];
  for (const step of steps) {
    if (step.kind !== 'child') return [];
    values = values.flatMap((item) => {
      const inner = isObject(item) ? (item[step.name] as Json | undefined) : undefined;
      return inner === undefined ? [] : Array.isArray(inner) ? (inner as Json[]) : [inner];
    });
  }
  return values.map((found) => ({ kind, value: found }));
}

function nextBranches(branch: Branch, step: Step, structures: Structures): Branch[] {
  switch (step.kind) {
    case 'ofType':
      return [branch];
    case 'resolve':
      return roots(
        branch.definition.type?.flatMap(({ targetProfile }) => targetProfile ?? []) ?? [],
        structures,
      );
    case 'child': {
      const child = branch.children.get(step.name);
      if (child !== undefined) return withSlices(child);
      return typeRoots(branch, structures).flatMap((root) => root.children.get(step.name) ?? []);
    }
    case 'extension': {
      const slice = branch.children
        .get('extension')
        ?.slices.find(({ definition }) =>
          definition.type?.some(({ profile }) => profile?.includes(step.url) === true),
        );
      return slice === undefined
        ? roots([step.url], structures)
        : [slice, ...roots([step.url], structures)].slice(0, 1);
    }
  }
}

/** A child that is itself sliced says what it demands in the slices that must be there. */
function withSlices(child: Branch): Branch[] {
  const needed = child.slices.filter(({ definition }) => (definition.min ?? 0) > 0);
  return needed.length > 0 ? needed : [child];
}

/** The definitions of an element's own types and type profiles. */
function typeRoots(branch: Branch, structures: Structures): Branch[] {
  return (branch.definition.type ?? []).flatMap(({ code, profile }) => {
    if (profile !== undefined && profile.length > 0) return roots(profile, structures);
    const structure = structures.type(code);
    const root = structure === undefined ? undefined : treeOf(structure);
    return root === undefined ? [] : [root];
  });
}

function roots(canonicals: readonly string[], structures: Structures): Branch[] {
  return canonicals.flatMap((canonical) => {
    const structure = structures.structure(canonical);
    const root = structure === undefined ? undefined : treeOf(structure);
    return root === undefined ? [] : [root];
  });
}
