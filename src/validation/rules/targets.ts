/** Target profiles that a profile demands of a reference. https://hl7.org/fhir/R4/references.html */
import type { TypeReference } from '../definitions/model.js';
import { isObject, type Node } from '../plan/node.js';
import type { Context, Rule } from './rule.js';

const RESTFUL = /^(?:.*\/)?([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

function targetsOf(types: readonly TypeReference[]): string[] {
  return types.filter(({ code }) => code === 'Reference').flatMap(({ targetProfile }) => targetProfile ?? []);
}

/** Takes the types of a profile's element and of its base; gives the rule, or undefined where nothing is narrowed. */
export function targetRule(
  types: readonly TypeReference[],
  base: readonly TypeReference[],
  source: string,
): Rule | undefined {
  const targets = targetsOf(types);
  const before = new Set(targetsOf(base));
  if (targets.length === 0 || (targets.length === before.size && targets.every((url) => before.has(url))))
    return undefined;
  return (node, context) => {
    if (node.type !== 'Reference' || !isObject(node.value)) return;
    const { reference } = node.value;
    if (typeof reference !== 'string') return;
    const target = context.resolve(reference, node);
    const good =
      target === undefined ? typeFits(reference, targets, context) : fits(target, targets, context);
    if (good) return;
    context.report(node, {
      code: 'structure',
      rule: 'reference-target-profile',
      message: `the target must conform to ${targets.join(' or ')}; found ${target?.type ?? reference.slice(0, 80)}`,
      source,
    });
  };
}

/** A profile that is not loaded cannot be held against the target: only its absence is known. */
function fits(target: Node, targets: readonly string[], context: Context): boolean {
  return targets.some((url) => {
    const structure = context.definitions.structure(url);
    if (structure === undefined) return true;
    if (structure.derivation === 'specialization')
      return structure.type === target.type || structure.abstract;
    return structure.type === target.type && (claims(target, url) || context.conforms(target, url));
  });
}

/** A target that claims the profile is checked where it stands; its faults need no second telling. */
function claims(target: Node, url: string): boolean {
  const meta = isObject(target.value) ? target.value['meta'] : undefined;
  return isObject(meta) && Array.isArray(meta['profile']) && meta['profile'].includes(url);
}

function typeFits(reference: string, targets: readonly string[], context: Context): boolean {
  const type = RESTFUL.exec(reference)?.[1];
  if (type === undefined || context.definitions.type(type)?.kind !== 'resource') return true;
  return targets.some((url) => {
    const structure = context.definitions.structure(url);
    return structure === undefined || structure.type === type || structure.abstract;
  });
}
