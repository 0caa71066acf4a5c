/**
 * fhirpath.js behind one function: loaded when first needed, each expression compiled once, `trace()` silent,
 * and `resolve()`, `memberOf()`, `conformsTo()` answered by the validator itself, without the network.
 * https://hl7.org/fhir/R4/fhirpath.html, https://github.com/HL7/fhirpath.js
 */
import { createRequire } from 'node:module';
import type { Compile, Model, UserInvocationTable } from 'fhirpath';
import type { Node } from './plan/node.js';
import type { Context } from './rules/rule.js';
import { membership } from './terminology/membership.js';

interface Engine {
  compile(
    path: string | { base: string; expression: string },
    model: Model,
    options: object,
  ): Compile<object>;
}

const load = createRequire(import.meta.url);
const compiled = new Map<string, Compile<object>>();
let engine: Engine | undefined;
let model: Model | undefined;
/** The run whose expression is being evaluated; evaluation is synchronous. */
let current: { node: Node; context: Context } | undefined;

const FUNCTIONS = {
  resolve: { fn: (items: unknown[]) => items.flatMap(resolveOne), arity: { 0: [] } },
  memberOf: {
    fn: (items: unknown[], valueSet: string) => items.map((item) => isMember(item, valueSet)),
    arity: { 1: ['String'] },
  },
  conformsTo: {
    fn: (items: unknown[], profile: string) => items.map((item) => conforms(item, profile)),
    arity: { 1: ['String'] },
  },
} as unknown as UserInvocationTable;

function resolveOne(item: unknown): unknown[] {
  const reference = typeof item === 'string' ? item : (item as { reference?: unknown } | null)?.reference;
  if (typeof reference !== 'string' || current === undefined) return [];
  const target = current.context.resolve(reference, current.node);
  return target === undefined ? [] : [target.value];
}

function isMember(item: unknown, canonical: string): boolean {
  const valueSet = current?.context.definitions.valueSet(canonical);
  if (valueSet === undefined || current === undefined)
    throw new Error(`the value set ${canonical} is not loaded`);
  return membership(item, valueSet, current.context.definitions) !== 'out';
}

function conforms(item: unknown, profile: string): boolean {
  if (current === undefined || item !== current.node.value)
    throw new Error('conformsTo() is answered for the element itself only');
  return current.context.conforms(current.node, profile);
}

function compile(expression: string, base: string): Compile<object> {
  const key = `${base}|${expression}`;
  let ready = compiled.get(key);
  if (ready === undefined) {
    engine ??= load('fhirpath') as Engine;
    model ??= load('fhirpath/fhir-context/r4') as Model;
    ready = engine.compile(base === '' ? expression : { base, expression }, model, {
      traceFn: () => undefined,
      userInvocationTable: FUNCTIONS,
    });
    compiled.set(key, ready);
  }
  return ready;
}

/** The path by which fhirpath knows an element's type; a resource tells its own. */
function baseOf(node: Node): string {
  if (node.isResource || node.element === undefined) return '';
  return node.element.choice ? node.type : node.element.path;
}

/**
 * Takes an invariant and the element; gives whether it holds. As in the reference validator an empty result does not. Throws what fhirpath throws.
 */
export function evaluate(expression: string, node: Node, context: Context): boolean {
  if (node.value === undefined) return true;
  const run = compile(expression, baseOf(node));
  const before = current;
  current = { node, context };
  try {
    const result = run(
      node.value as never,
      {
        resource: node.resource.value,
        rootResource: node.container.value,
        sct: 'http://snomed.info/sct',
        loinc: 'http://loinc.org',
      } as never,
    ) as unknown;
    if (!Array.isArray(result)) throw new Error('the expression needs an asynchronous function');
    return result.length === 1 ? result[0] !== false : result.length > 1;
  } finally {
    current = before;
  }
}
