/** A Bundle with several versions of a resource: references must say which. https://hl7.org/fhir/R4/bundle.html#references */
import { type Entries, entriesOf } from '../plan/entries.js';
import { isObject, type Node } from '../plan/node.js';
import { versionOf } from '../resolve.js';
import { referencesOf } from './references-within.js';
import type { Rule } from './rule.js';

export const bundleVersionRule: Rule = (node, context) => {
  if (!isObject(node.value) || node.value['type'] === 'history') return;
  const entries = entriesOf(node);
  const repeated = repeatedUrls(entries);
  if (repeated.size === 0) return;
  for (const resource of entries.resources) {
    for (const reference of resource === undefined ? [] : referencesOf(resource)) {
      const text = isObject(reference.value) ? reference.value['reference'] : undefined;
      if (typeof text !== 'string' || text.includes('/_history/')) continue;
      const holder = context.resolve(text, reference)?.parent;
      if (holder === undefined || !repeated.has(urlOf(holder))) continue;
      context.report(reference, {
        code: 'invalid',
        rule: 'reference-version',
        message: `the Bundle holds several versions of ${text.slice(0, 80)}: the reference must say which`,
        source: 'https://hl7.org/fhir/R4/bundle.html#references',
      });
    }
  }
};

function urlOf(entry: Node): unknown {
  return isObject(entry.value) ? entry.value['fullUrl'] : undefined;
}

/** The fullUrls that stand on entries of different versions; that the same stands twice is the business of bdl-7. */
function repeatedUrls({ resources, urls }: Entries): Set<unknown> {
  const first = new Map<string, Node>();
  const repeated = new Set<unknown>();
  for (let place = 0; place < urls.length; place++) {
    const [url, resource] = [urls[place], resources[place]];
    if (url === undefined || resource === undefined) continue;
    const before = first.get(url);
    if (before === undefined) first.set(url, resource);
    else if (versionOf(before) !== versionOf(resource)) repeated.add(url);
  }
  return repeated;
}
