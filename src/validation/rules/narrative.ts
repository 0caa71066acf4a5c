/** Narrative.div: txt-1 (allowed XHTML only), txt-2 (something to read), and links within the resource that lead somewhere. https://hl7.org/fhir/R4/narrative.html */
import { isObject, type Node } from '../plan/node.js';
import type { Context, Rule } from './rule.js';
import { checkXhtml } from './xhtml.js';

const SOURCE = 'https://hl7.org/fhir/R4/narrative.html#xhtml';
const RULES = { 'well-formed': 'xhtml', 'not-allowed': 'txt-1', empty: 'txt-2' } as const;
/** A link or an image of something in the same document. */
const LOCAL = /\s(?:href|src)\s*=\s*(?:"#([^"]+)"|'#([^']+)')/g;
const ANCHOR = /\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

export const narrativeRule: Rule = (node, context) => {
  const text = node.value;
  if (typeof text !== 'string') return;
  let isReadable = true;
  for (const { kind, message } of checkXhtml(text)) {
    if (kind === 'well-formed') isReadable = false;
    context.report(node, {
      code: kind === 'well-formed' ? 'structure' : 'invariant',
      rule: RULES[kind],
      message: `the narrative is not valid: ${message}`,
      source: SOURCE,
    });
  }
  if (isReadable && text.includes('#')) checkLinks(node, text, context);
};

/** Each must be there: in a narrative, or as the id of an element or a contained resource. */
function checkLinks(node: Node, text: string, context: Context): void {
  let anchors: ReadonlySet<string> | undefined;
  for (const [, double, single] of text.matchAll(LOCAL)) {
    const wanted = double ?? single ?? '';
    anchors ??= anchorsOf(context);
    if (anchors.has(wanted)) continue;
    context.report(node, {
      code: 'invalid',
      rule: 'narrative-link',
      message: `nothing here has the id "${wanted.slice(0, 60)}" that a link of the narrative leads to`,
      source: SOURCE,
    });
    return;
  }
}

/** Every id in what is validated, those within narratives too; gathered once, when a link first asks. */
function anchorsOf(context: Context): ReadonlySet<string> {
  let anchors = context.memory.get(anchorsOf) as Set<string> | undefined;
  if (anchors === undefined) {
    anchors = new Set();
    context.memory.set(anchorsOf, anchors);
    const queue: unknown[] = [context.root.value];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (Array.isArray(at)) for (const item of at) queue.push(item);
      if (!isObject(at)) continue;
      const { id, div } = at;
      if (typeof id === 'string') anchors.add(id);
      if (typeof div === 'string')
        for (const [, double, single] of div.matchAll(ANCHOR)) anchors.add(double ?? single ?? '');
      for (const inner of Object.values(at)) if (typeof inner === 'object') queue.push(inner);
    }
  }
  return anchors;
}
