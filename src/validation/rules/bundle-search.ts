/** Entries of a searchset. https://hl7.org/fhir/R4/search.html#mode, https://hl7.org/fhir/R4/bundle.html#searchset */
import { isObject, type Node } from '../plan/node.js';
import { objectsOf, reporter } from './definition.js';
import type { Context, Rule } from './rule.js';

const report = reporter('invalid', 'https://hl7.org/fhir/R4/bundle.html#searchset');

export const bundleSearchRule: Rule = (node, context) => {
  if (!isObject(node.value) || node.value['type'] !== 'searchset') return;
  const asked = typeAsked(node, context);
  for (const entry of node.named('entry')) checkEntry(entry, asked, context);
};

/** The resource type that the link to the search itself names. */
function typeAsked(node: Node, context: Context): string | undefined {
  const self = objectsOf(node.value, 'link').find(({ relation }) => relation === 'self')?.['url'];
  const type =
    typeof self === 'string' ? /([A-Z][A-Za-z]+)(?:\/_search)?(?:\?|$)/.exec(self)?.[1] : undefined;
  return type !== undefined && context.definitions.type(type)?.kind === 'resource' ? type : undefined;
}

function checkEntry(entry: Node, asked: string | undefined, context: Context): void {
  const resource = entry.child('resource');
  if (resource === undefined || !isObject(resource.value)) {
    if (!context.isBroken(entry))
      report(entry, context, 'bundle-search', 'a search result must hold a resource');
    return;
  }
  const search = isObject(entry.value) ? entry.value['search'] : undefined;
  const mode = isObject(search) ? search['mode'] : undefined;
  const isOutcome = resource.type === 'OperationOutcome';
  if (!isOutcome && resource.value['id'] === undefined)
    report(resource, context, 'bundle-search', 'a resource found by a search has an id');
  if (mode === 'outcome' && !isOutcome)
    report(resource, context, 'bundle-search', `an outcome is an OperationOutcome; found ${resource.type}`);
  if (mode === 'match' && asked !== undefined && resource.type !== asked)
    report(
      resource,
      context,
      'bundle-search',
      `the search was for ${asked}; found ${resource.type} as match`,
    );
}
