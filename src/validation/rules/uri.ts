/** A uri that is a UUID or an OID is a valid one. https://hl7.org/fhir/R4/datatypes.html#uri */
import { reporter } from './definition.js';
import type { Rule } from './rule.js';

const report = reporter('invalid', 'https://hl7.org/fhir/R4/datatypes.html#uri');
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:[|#].*)?$/;
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+(?:[|#].*)?$/;

export const uriRule: Rule = (node, context) => {
  const { value } = node;
  if (typeof value !== 'string') return;
  if (/^(?:oid|uuid):/i.test(value))
    report(node, context, 'uri-urn', 'an OID or UUID as address begins with urn:');
  if (!value.startsWith('urn:')) return;
  if (/^urn:uuid:/i.test(value) && !UUID.test(value))
    report(node, context, 'uri-uuid', 'a UUID must be valid and in lower case');
  else if (/^urn:oid:/i.test(value) && !OID.test(value))
    report(node, context, 'uri-oid', 'an OID must be valid');
};
