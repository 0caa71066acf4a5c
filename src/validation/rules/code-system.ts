/** CodeSystem as an instance: count, supplements, properties, its value set. https://hl7.org/fhir/R4/codesystem.html */
import { isObject, type Node } from '../plan/node.js';
import { codesOf } from '../terminology/codes.js';
import { objectsOf, reporter, textOf } from './definition.js';
import type { Context, Rule } from './rule.js';

const report = reporter('business-rule', 'https://hl7.org/fhir/R4/codesystem.html');

/** The member that holds a property's value, by the property's stated type. */
const VALUE_MEMBERS: { readonly [type: string]: string } = {
  code: 'valueCode',
  Coding: 'valueCoding',
  string: 'valueString',
  integer: 'valueInteger',
  boolean: 'valueBoolean',
  dateTime: 'valueDateTime',
  decimal: 'valueDecimal',
};

export const codeSystemRule: Rule = (node, context) => {
  const concepts = conceptsBelow(node);
  checkCount(node, concepts, context);
  if (textOf(node, 'content') === 'not-present' && concepts[0] !== undefined)
    report(
      concepts[0],
      context,
      'code-system-content',
      'a code system whose concepts are not present has none',
    );
  checkSupplement(node, concepts, context);
  checkProperties(node, concepts, context);
};

/** Every concept, however deep; concepts nest without bound, so without recursion. */
function conceptsBelow(node: Node): Node[] {
  const found: Node[] = [];
  const queue = [node];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const concept of at.named('concept')) {
      found.push(concept);
      queue.push(concept);
    }
  }
  return found;
}

function checkCount(node: Node, concepts: readonly Node[], context: Context): void {
  const count = node.child('count');
  if (count === undefined || typeof count.value !== 'number' || textOf(node, 'content') !== 'complete')
    return;
  if (count.value === concepts.length) return;
  const message = `count says ${count.value}, but the complete code system has ${concepts.length} concepts`;
  report(count, context, 'code-system-count', message);
}

function checkSupplement(node: Node, concepts: readonly Node[], context: Context): void {
  const supplements = textOf(node, 'supplements');
  const isSupplement = textOf(node, 'content') === 'supplement';
  if (supplements === undefined) {
    if (isSupplement)
      report(node, context, 'code-system-supplement', 'a supplement must say what it supplements');
    return;
  }
  if (!isSupplement) {
    const message = 'a code system that supplements another must have the content "supplement"';
    report(node.child('content') ?? node, context, 'code-system-supplement', message);
  }
  for (const name of ['caseSensitive', 'hierarchyMeaning']) {
    const stated = node.child(name);
    if (stated === undefined) continue;
    const message = `${name} is for ${supplements} to say, not for what supplements it`;
    report(stated, context, 'code-system-supplement', message);
  }
  const base = context.definitions.codeSystem(supplements);
  if (base === undefined || base.content !== 'complete') return;
  const known = codesOf(base);
  for (const concept of concepts) {
    const code = textOf(concept, 'code');
    if (code === undefined || known.has(base.caseSensitive ? code : code.toLowerCase())) continue;
    report(concept, context, 'code-system-supplement', `${supplements} has no code "${code.slice(0, 60)}"`);
  }
}

function checkProperties(node: Node, concepts: readonly Node[], context: Context): void {
  const types = new Map<unknown, unknown>(
    objectsOf(node.value, 'property').map(({ code, type }) => [code, type]),
  );
  const codes = new Set(concepts.map((concept) => textOf(concept, 'code')));
  const isComplete = textOf(node, 'content') === 'complete';
  for (const concept of concepts) {
    for (const property of concept.named('property')) {
      if (!isObject(property.value)) continue;
      const { code, valueCode } = property.value;
      const type = types.get(code);
      const member = typeof type === 'string' ? VALUE_MEMBERS[type] : undefined;
      const found = Object.keys(property.value).find((name) => name.startsWith('value'));
      if (member !== undefined && found !== undefined && found !== member) {
        const message = `the property "${String(code)}" is a ${String(type)}; found ${found}`;
        report(property, context, 'code-system-property', message);
      } else if (isComplete && type === 'code' && typeof valueCode === 'string' && !codes.has(valueCode)) {
        const message = `the property "${String(code)}" names "${valueCode.slice(0, 60)}", which is no code of this code system`;
        report(property, context, 'code-system-property', message, 'warning');
      }
    }
  }
}
