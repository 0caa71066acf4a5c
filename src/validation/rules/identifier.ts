/** Identifier: its system is an absolute address; a value that is an address is a whole one. */
import { isObject } from '../plan/node.js';
import { reporter } from './definition.js';
import type { Rule } from './rule.js';

const report = reporter('invalid', 'https://hl7.org/fhir/R4/datatypes.html#Identifier');
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;
/** Says that the value itself is an address. https://hl7.org/fhir/R4/datatypes.html#identifier */
const ADDRESSES = 'urn:ietf:rfc:3986';

export const identifierRule: Rule = (node, context) => {
  if (!isObject(node.value)) return;
  const { system, value } = node.value;
  if (typeof system !== 'string') return;
  if (!ABSOLUTE.test(system)) {
    const message = `the system of an identifier must be absolute; found "${system.slice(0, 80)}"`;
    report(node, context, 'identifier-system', message);
  } else if (system === ADDRESSES && typeof value === 'string' && !ABSOLUTE.test(value)) {
    report(
      node,
      context,
      'identifier-value',
      `with the system ${ADDRESSES} the value must be a whole address`,
    );
  }
};
