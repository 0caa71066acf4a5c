/** References: their targets and the targets' types. https://hl7.org/fhir/R4/references.html */
import type { TypeReference } from '../definitions/model.js';
import { isObject, type Node } from '../plan/node.js';
import type { Context, Rule } from './rule.js';

const SOURCE = 'https://hl7.org/fhir/R4/references.html';
const CORE = 'http://hl7.org/fhir/StructureDefinition/';
/** `Patient/123` or an absolute address that ends so, with or without a version. */
const RESTFUL = /^(?:.*\/)?([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
/** In these Bundles nobody else can know what a urn:uuid names. */
const CLOSED = new Set(['document', 'message', 'transaction', 'batch']);

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
    if (reference !== undefined && !isReadable(reference)) {
      context.report(node, {
        code: 'invalid',
        rule: 'reference-form',
        message: `"${reference.slice(0, 80)}" is not a reference that can be followed`,
        source: SOURCE,
      });
      return;
    }
    const target = reference === undefined ? undefined : context.resolve(reference, node);
    if (reference !== undefined && target === undefined) checkResolves(reference, node, context);
    const stated = typeof value['type'] === 'string' ? value['type'].replace(CORE, '') : undefined;
    const found =
      target?.type ?? (reference === undefined ? undefined : RESTFUL.exec(reference)?.[1]) ?? stated;
    if (target !== undefined && stated !== undefined && stated !== target.type) {
      context.report(node, {
        code: 'invalid',
        rule: 'reference-stated-type',
        message: `type says ${stated}, but the reference leads to a ${target.type}`,
        source: SOURCE,
      });
    } else if (!any && found !== undefined && !allowed.has(found) && isKnownType(found, context)) {
      context.report(node, {
        code: 'structure',
        rule: 'reference-target',
        message: `a reference to ${[...allowed].sort().join(', ')} is expected; found one to ${found}`,
        source: SOURCE,
      });
    }
  };
}

/** An address has no white space; a relative reference need not be a type and id, for a resource may lie anywhere. */
function isReadable(reference: string): boolean {
  return !/\s/.test(reference);
}

function isKnownType(type: string, context: Context): boolean {
  return context.definitions.type(type)?.kind === 'resource';
}

/** A urn:uuid that names nothing; a `#` reference is the business of ref-1. */
function checkResolves(reference: string, node: Node, context: Context): void {
  if (!/^urn:(uuid|oid):/i.test(reference)) return;
  const bundle = outermostBundle(node);
  const type = isObject(bundle?.value) ? bundle.value['type'] : undefined;
  const severity = bundle !== undefined && CLOSED.has(type as string) ? 'error' : 'warning';
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
