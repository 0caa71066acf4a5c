/** Entries of a searchset. https://hl7.org/fhir/R4/search.html#mode, https://hl7.org/fhir/R4/bundle.html#searchset */
import { isObject, type Node } from '../plan/node.js';
import { objectsOf, reporter } from './definition.js';
import type { Context, Rule } from './rule.js';

const report = reporter('invalid', 'https://hl7.org/fhir/R4/bundle.html#searchset');

export const bundleSearchRule: Rule = (node, context) => {
  if (!isObject(node.value) || node.value['type'] !== 'searchset') return;
  const asked = typesAsked(node, context);
  for (const entry of node.named('entry')) checkEntry(entry, asked, context);
};

/** The resource types that the link to the search itself names; undefined where it names none that is known. */
function typesAsked(node: Node, context: Context): ReadonlySet<string> | undefined {
  const self = objectsOf(node.value, 'link').find(({ relation }) => relation === 'self')?.['url'];
  if (typeof self !== 'string') return undefined;
  const [address = '', query = ''] = self.split('?');
  const type = /([A-Z][A-Za-z]+)(?:\/_search)?$/.exec(address)?.[1];
  if (type !== undefined && context.definitions.type(type)?.kind === 'resource') return new Set([type]);
  const listed = new URLSearchParams(query).get('_type');
  return listed === null ? undefined : new Set(listed.split(','));
}

function checkEntry(entry: Node, asked: ReadonlySet<string> | undefined, context: Context): void {
  const resource = entry.child('resource');
  // That there is one is the business of bdl-5.
  if (resource === undefined || !isObject(resource.value)) return;
  const search = isObject(entry.value) ? entry.value['search'] : undefined;
  const mode = isObject(search) ? search['mode'] : undefined;
  const isOutcome = resource.type === 'OperationOutcome';
  if (!isOutcome && resource.value['id'] === undefined) {
    // Without a mode it may be something else than a result.
    const severity = mode === 'match' || mode === 'include' ? 'error' : 'warning';
    report(resource, context, 'bundle-search', 'a resource found by a search has an id', severity);
  }
  if (mode === 'outcome' && !isOutcome)
    report(resource, context, 'bundle-search', `an outcome is an OperationOutcome; found ${resource.type}`);
  if (mode === 'match' && asked?.has(resource.type) === false) {
    const message = `the search was for ${[...asked].join(', ').slice(0, 200)}; found ${resource.type} as match`;
    report(resource, context, 'bundle-search', message);
  }
}
