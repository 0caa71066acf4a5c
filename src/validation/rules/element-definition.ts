/**
 * An element of a profile's differential, held against the type and the parent profile that it constrains.
 * https://hl7.org/fhir/R4/elementdefinition.html, https://hl7.org/fhir/R4/profiling.html
 */
import { isDeepStrictEqual } from 'node:util';
import type { ElementDefinition, Structure } from '../definitions/model.js';
import type { Definitions } from '../definitions/registry.js';
import { canCompile } from '../fhirpath.js';
import { isObject, type JsonObject, type Node } from '../plan/node.js';
import { objectsOf, reporter } from './definition.js';
import type { Context } from './rule.js';

const report = reporter('invalid', 'https://hl7.org/fhir/R4/elementdefinition.html');
/** Types whose values no value set can name. */
const NEVER_BOUND = new Set(
  'boolean integer decimal positiveInt unsignedInt date dateTime instant time base64Binary'.split(' '),
);
const ANY = new Set(['Resource', 'DomainResource', 'Element', 'BackboneElement', '*']);
/** R4 writes the type of some elements as a FHIRPath system type. */
const SYSTEM = 'http://hl7.org/fhirpath/';

/** Takes an element of a differential and the parent's snapshot; reports what does not fit. */
export function checkElementDefinition(node: Node, parent: Structure, context: Context): void {
  if (!isObject(node.value) || typeof node.value['path'] !== 'string') return;
  const path = node.value['path'];
  if (!pathExists(path, context.definitions)) {
    report(node, context, 'element-path', `the type has no element ${path.slice(0, 120)}`);
    return;
  }
  const base =
    parent.elements.find((element) => element.id === (node.value as JsonObject)['id']) ??
    parent.elements.find((element) => element.path === path && element.sliceName === undefined);
  checkTypes(node, base, context);
  checkValues(node, base, context);
  if (base !== undefined) checkNarrows(node, node.value, base, context);
  for (const { key, expression } of objectsOf(node.value, 'constraint')) {
    if (typeof expression !== 'string' || canCompile(expression)) continue;
    report(node, context, 'element-constraint', `the expression of ${String(key)} cannot be read`);
  }
}

/** Follows a path from its type through the types of its elements. */
function pathExists(path: string, definitions: Definitions): boolean {
  const [type = '', ...names] = path.split('.');
  const structure = definitions.type(type);
  return structure === undefined || exists(structure, type, names, definitions, 0);
}

function exists(
  structure: Structure,
  at: string,
  names: readonly string[],
  definitions: Definitions,
  depth: number,
): boolean {
  const [name, ...rest] = names;
  if (name === undefined || depth > 20) return true;
  const { found, type } = childOf(structure, `${at}.`, name);
  if (found === undefined) return false;
  if (rest.length === 0) return true;
  if (found.contentReference !== undefined)
    return exists(structure, found.contentReference.replace(/^.*#/, ''), rest, definitions, depth + 1);
  if (structure.elements.some((element) => element.path.startsWith(`${found.path}.`)))
    return exists(structure, found.path, rest, definitions, depth + 1);
  const types = type === undefined ? (found.type ?? []).map(({ code }) => code) : [type];
  return types.some((code) => {
    if (code === 'Resource' || code === 'DomainResource') return true;
    const next = definitions.type(code);
    return next !== undefined && exists(next, code, rest, definitions, depth + 1);
  });
}

/** A child by its name; `valueQuantity` names `value[x]` of that type. */
function childOf(
  structure: Structure,
  prefix: string,
  name: string,
): { found?: ElementDefinition; type?: string } {
  for (const element of structure.elements) {
    if (!element.path.startsWith(prefix)) continue;
    const own = element.path.slice(prefix.length);
    if (own === name) return { found: element };
    if (!own.endsWith('[x]') || !name.startsWith(own.slice(0, -3))) continue;
    const suffix = name.slice(own.length - 3);
    const type = element.type?.find(({ code }) => code.charAt(0).toUpperCase() + code.slice(1) === suffix);
    if (type !== undefined) return { found: element, type: type.code };
  }
  return {};
}

function typesOf(node: Node, base: ElementDefinition | undefined): string[] {
  const own = objectsOf(node.value, 'type').flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  return own.length > 0 ? own : (base?.type ?? []).map(({ code }) => code);
}

function checkTypes(node: Node, base: ElementDefinition | undefined, context: Context): void {
  const allowed = new Set((base?.type ?? []).map(({ code }) => code));
  if (allowed.size > 0 && ![...allowed].some((code) => ANY.has(code))) {
    for (const code of typesOf(node, undefined)) {
      if (allowed.has(code) || code.startsWith(SYSTEM) || isKindOf(code, allowed, context.definitions))
        continue;
      const message = `the type ${code} is not among those of the base: ${[...allowed].slice(0, 10).join(', ')}`;
      report(node, context, 'element-type', message);
    }
  }
  const types = typesOf(node, base);
  const { binding } = node.value as JsonObject;
  if (isObject(binding) && types.length > 0 && types.every((code) => NEVER_BOUND.has(code)))
    report(node, context, 'element-binding', `a ${types.join(' or ')} cannot be bound to a value set`);
}

/** A specialisation of an allowed type, such as Age for Quantity. */
function isKindOf(code: string, allowed: ReadonlySet<string>, definitions: Definitions): boolean {
  const seen = new Set<string>();
  for (let at = definitions.type(code); at?.base !== undefined && !seen.has(at.url); ) {
    seen.add(at.url);
    at = definitions.structure(at.base);
    if (at !== undefined && allowed.has(at.type)) return true;
  }
  return false;
}

/** `fixedUri`, `patternCodeableConcept`: of a type that the element has. */
function checkValues(node: Node, base: ElementDefinition | undefined, context: Context): void {
  const types = typesOf(node, base);
  if (types.length === 0 || types.some((code) => ANY.has(code) || code.startsWith(SYSTEM))) return;
  const names = new Set(types.map((code) => code.toLowerCase()));
  for (const member of Object.keys(node.value as JsonObject)) {
    const suffix = /^(?:fixed|pattern)([A-Z].*)$/.exec(member)?.[1];
    if (suffix === undefined || names.has(suffix.toLowerCase())) continue;
    report(node, context, 'element-value', `${member} is not of a type of the element: ${types.join(', ')}`);
  }
}

const STRENGTHS = ['example', 'preferred', 'extensible', 'required'];

/** A profile may only narrow what its parent says. */
function checkNarrows(node: Node, element: JsonObject, base: ElementDefinition, context: Context): void {
  const { min, max, binding } = element;
  if (typeof min === 'number' && min < (base.min ?? 0) && element['sliceName'] === undefined)
    report(node, context, 'element-min', `min ${min} is less than the parent's ${base.min}`);
  if (typeof max === 'string' && sizeOf(max) > sizeOf(base.max))
    report(node, context, 'element-max', `max ${max} is more than the parent's ${base.max}`);
  const strength = isObject(binding) ? STRENGTHS.indexOf(String(binding['strength'])) : -1;
  if (strength !== -1 && strength < STRENGTHS.indexOf(base.binding?.strength ?? ''))
    report(
      node,
      context,
      'element-binding',
      `a binding may not be weaker than the parent's (${base.binding?.strength})`,
    );
  const key = Object.keys(element).find((name) => /^fixed[A-Z]/.test(name));
  if (key !== undefined && base.fixed !== undefined && !isDeepStrictEqual(element[key], base.fixed))
    report(
      node,
      context,
      'element-fixed',
      `the parent fixes another value: ${JSON.stringify(base.fixed).slice(0, 200)}`,
    );
}

function sizeOf(max: string | undefined): number {
  return max === undefined || max === '*' ? Number.POSITIVE_INFINITY : Number(max);
}
