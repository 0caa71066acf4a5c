/**
 * A relative reference is a type and an id, and in a Bundle its entry says what it is relative to.
 * https://hl7.org/fhir/R4/references.html#literal, https://hl7.org/fhir/R4/bundle.html#references
 */
import { isObject, type Node } from '../plan/node.js';
import type { Context } from './rule.js';

const SOURCE = 'https://hl7.org/fhir/R4/references.html#literal';
const ABSOLUTE = /^(?:#|[a-z][a-z0-9+.-]*:)/i;
const WHOLE = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
const SEARCH = /^[A-Z][A-Za-z]+\?/;
const ANSWERS = new Set<unknown>(['transaction-response', 'batch-response']);
const REQUESTS = new Set<unknown>(['transaction', 'batch']);

/** True for an address that begins with a scheme, and for one within the resource. */
export function isAbsolute(reference: string): boolean {
  return ABSOLUTE.test(reference);
}

/** Takes a reference and the type that it names, if it has the form of a type and an id. */
export function checkForm(reference: string, named: string | undefined, node: Node, context: Context): void {
  if (isAbsolute(reference)) return;
  const entry = entryAround(node);
  const isWhole =
    named !== undefined && WHOLE.test(reference) && context.definitions.type(named)?.kind === 'resource';
  if (entry === undefined) {
    if (!isWhole) report(node, context, 'warning', reference);
    return;
  }
  const bundle = entry.parent as Node;
  const type = isObject(bundle.value) ? bundle.value['type'] : undefined;
  const base = isObject(entry.value) ? entry.value['fullUrl'] : undefined;
  if (base === undefined) {
    if (!REQUESTS.has(type)) return;
    context.report(node, {
      code: 'required',
      rule: 'reference-base',
      message: 'nobody can tell what this reference is relative to: its entry has no fullUrl',
      source: 'https://hl7.org/fhir/R4/bundle.html#references',
    });
  } else if (!isWhole && !ANSWERS.has(type) && !(REQUESTS.has(type) && SEARCH.test(reference))) {
    const parts = reference.split('/').length;
    report(node, context, parts === 2 || parts === 4 ? 'warning' : 'error', reference);
  }
}

function report(node: Node, context: Context, severity: 'error' | 'warning', reference: string): void {
  context.report(node, {
    severity,
    code: 'invalid',
    rule: 'reference-form',
    message: `a relative reference is a resource type and an id; found "${reference.slice(0, 80)}"`,
    source: SOURCE,
  });
}

/** The entry that an element stands in, of the Bundle nearest to it. */
function entryAround(node: Node): Node | undefined {
  for (let at: Node | undefined = node; at?.parent !== undefined; at = at.parent) {
    if (at.parent.type === 'Bundle') return at.name === 'entry' ? at : undefined;
  }
  return undefined;
}
