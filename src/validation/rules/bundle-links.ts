/** Links of a Bundle: each paging relation once, and only where there are pages. https://hl7.org/fhir/R4/bundle.html#pagination */
import { isObject, type Node } from '../plan/node.js';
import { isAbsolute } from './reference-form.js';
import type { Context, Rule } from './rule.js';

const ONCE = new Set(['self', 'first', 'prev', 'previous', 'next', 'last']);

const PAGES = new Set(['first', 'previous', 'next', 'last']);
/** Lists that a server gives in pages. */
const PAGED = new Set<unknown>(['searchset', 'history']);

export const bundleLinkRule: Rule = (node, context) => {
  const links = node.named('link');
  if (links.length === 0) return;
  const seen = new Set<unknown>();
  const type = isObject(node.value) ? node.value['type'] : undefined;
  const isPaged = typeof type !== 'string' || PAGED.has(type);
  for (const link of links) {
    const relation = isObject(link.value) ? link.value['relation'] : undefined;
    if (!isPaged && PAGES.has(relation as string)) {
      context.report(link, {
        code: 'invalid',
        rule: 'bundle-link',
        message: `a link "${String(relation)}" leads to another page, which a ${type} does not have`,
        source: 'https://hl7.org/fhir/R4/bundle.html#pagination',
      });
    }
    if (seen.has(relation) && ONCE.has(relation as string)) {
      context.report(link, {
        code: 'invalid',
        rule: 'bundle-link',
        message: `a Bundle may have one link "${String(relation)}" only`,
        source: 'https://hl7.org/fhir/R4/bundle.html#pagination',
      });
    }
    seen.add(relation);
    if (type === 'document' && relation === 'stylesheet') checkStylesheet(link, node, context);
  }
};

/** A stylesheet by a relative address lies in the document itself. https://hl7.org/fhir/R4/documents.html#css */
function checkStylesheet(link: Node, bundle: Node, context: Context): void {
  const url = isObject(link.value) ? link.value['url'] : undefined;
  if (typeof url !== 'string' || isAbsolute(url)) return;
  const isThere = bundle.named('entry').some((entry) => {
    const resource = entry.child('resource');
    return isObject(resource?.value) && `${resource.type}/${String(resource.value['id'])}` === url;
  });
  if (isThere) return;
  context.report(link, {
    code: 'not-found',
    rule: 'bundle-link',
    message: `the document does not hold its stylesheet ${url.slice(0, 80)}`,
    source: 'https://hl7.org/fhir/R4/documents.html#css',
  });
}
