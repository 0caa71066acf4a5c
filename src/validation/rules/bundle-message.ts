/** A message carries what its header is about. https://hl7.org/fhir/R4/messaging.html */
import { isObject } from '../plan/node.js';
import { reporter } from './definition.js';
import type { Rule } from './rule.js';

const report = reporter(
  'not-found',
  'https://hl7.org/fhir/R4/messageheader-definitions.html#MessageHeader.focus',
);

export const bundleMessageRule: Rule = (node, context) => {
  if (!isObject(node.value) || node.value['type'] !== 'message') return;
  const header = node.named('entry')[0]?.child('resource');
  if (header?.type !== 'MessageHeader') return;
  for (const focus of header.named('focus')) {
    const reference = isObject(focus.value) ? focus.value['reference'] : undefined;
    // What a urn names is looked for by the rule on references.
    if (typeof reference !== 'string' || /^(?:#|urn:)/.test(reference)) continue;
    if (context.resolve(reference, focus) !== undefined) continue;
    report(
      focus,
      context,
      'message-focus',
      `the message must hold "${reference.slice(0, 80)}", which it is about`,
    );
  }
};
