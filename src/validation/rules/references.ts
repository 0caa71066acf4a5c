/** References: their targets and the targets' types. https://hl7.org/fhir/R4/references.html */
import type { TypeReference } from '../definitions/model.js';
import { isObject, type Node } from '../plan/node.js';
import { checkForm, isAbsolute } from './reference-form.js';
import type { Context, Rule } from './rule.js';

const SOURCE = 'https://hl7.org/fhir/R4/references.html';
const CORE = 'http://hl7.org/fhir/StructureDefinition/';
/** `Patient/123` or an absolute address that ends so, with or without a version. */
const RESTFUL = /^(?:.*\/)?([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
/** In these Bundles nobody else can know what a urn:uuid names. */
const CLOSED = new Set<unknown>(['document', 'message']);

/** Takes a reference's types as the element allows them; gives the rule for that element. */
export function referenceRule(types: readonly TypeReference[]): Rule {
  const targets = new Set(
    types.filter(({ code }) => code === 'Reference').flatMap(({ targetProfile }) => targetProfile ?? []),
  );
  const allowed = new Set(
    [...targets].filter((url) => url.startsWith(CORE)).map((url) => url.slice(CORE.length)),
  );
  const any = targets.size === 0 || allowed.has('Resource') || allowed.size < targets.size;
  return (node, context) => {
    const value = node.value;
    if (!isObject(value)) return;
    const reference = typeof value['reference'] === 'string' ? value['reference'] : undefined;
    if (reference !== undefined && /\s/.test(reference)) {
      const message = `"${reference.slice(0, 80)}" is not a reference that can be followed`;
      context.report(node, { code: 'invalid', rule: 'reference-form', message, source: SOURCE });
      return;
    }
    const target = reference === undefined ? undefined : context.resolve(reference, node);
    if (reference !== undefined && target === undefined) checkResolves(reference, node, context);
    const named = reference === undefined ? undefined : RESTFUL.exec(reference)?.[1];
    if (reference !== undefined) checkForm(reference, named, node, context);
    const led = target?.type ?? (named !== undefined && isKnownType(named, context) ? named : undefined);
    const stated = typeof value['type'] === 'string' ? value['type'].replace(CORE, '') : undefined;
    const found = led ?? stated;
    if (stated !== undefined && !checkStated(stated, led, node, context)) return;
    if (!any && found !== undefined && !allowed.has(found) && isKnownType(found, context)) {
      context.report(node, {
        code: 'structure',
        rule: 'reference-target',
        message: `a reference to ${[...allowed].sort().join(', ')} is expected; found one to ${found}`,
        source: SOURCE,
      });
    }
  };
}

/** The type that a reference states is a resource type (or the address of a logical model), and the one it leads to. */
function checkStated(stated: string, led: string | undefined, node: Node, context: Context): boolean {
  if (led !== undefined && stated !== led) {
    context.report(node, {
      code: 'invalid',
      rule: 'reference-stated-type',
      message: `type says ${stated.slice(0, 80)}, but the reference leads to a ${led}`,
      source: SOURCE,
    });
    return false;
  }
  if (isKnownType(stated, context) || isAbsolute(stated)) return true;
  context.report(node.child('type') ?? node, {
    code: 'code-invalid',
    rule: 'reference-stated-type',
    message: `"${stated.slice(0, 80)}" is not a resource type of R4`,
    source: SOURCE,
  });
  return false;
}

function isKnownType(type: string, context: Context): boolean {
  return context.definitions.type(type)?.kind === 'resource';
}

/** A urn:uuid that names nothing; a `#` reference is the business of ref-1. */
function checkResolves(reference: string, node: Node, context: Context): void {
  if (!/^urn:(uuid|oid):/i.test(reference)) return;
  const bundle = outermostBundle(node);
  const type = isObject(bundle?.value) ? bundle.value['type'] : undefined;
  const severity = bundle !== undefined && CLOSED.has(type) ? 'error' : 'warning';
  context.report(node, {
    severity,
    code: 'not-found',
    rule: 'reference-resolves',
    message:
      bundle === undefined
        ? `${reference} can only be resolved within a Bundle`
        : `no entry of the Bundle has the fullUrl ${reference}`,
    source: 'https://hl7.org/fhir/R4/bundle.html#references',
  });
}

function outermostBundle(node: Node): Node | undefined {
  let found: Node | undefined;
  for (let at: Node | undefined = node; at !== undefined; at = at.parent)
    if (at.type === 'Bundle') found = at;
  return found;
}
