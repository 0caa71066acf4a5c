/** What makes a bag the same bag: who sent it, and the sender's own id for it. */
import { uuid5 } from '../fhir/uuid.js';
import { type JsonObject, member } from '../mapping/json.js';

/** Namespace of bag ids: uuid5(DNS namespace, "w3id.org/redbag"). */
const BAGS = uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'w3id.org/redbag');

/** `packageId` is unique within this. Takes a package that the schema and the rules accept. */
export function senderKey(sent: JsonObject): string {
  const ods = member(sent, 'sender.organisation.odsCode');
  return typeof ods === 'string'
    ? `ods:${ods}`
    : `cqc:${String(member(sent, 'sender.organisation.cqcLocationId'))}`;
}

/** UUID of the bag of a package. */
export const bagIdOf = (sent: JsonObject): string =>
  uuid5(BAGS, `${senderKey(sent)} ${String(sent['packageId'])}`);
