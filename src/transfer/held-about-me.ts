/**
 * An older About Me than one that is held of the same resident is taken with a warning: an emergency bag is never
 * refused for staleness, and both stay with their bags (domain AT-07).
 */
import { parseNhsNumber } from '../fhir/nhs-number.js';
import type { Finding } from '../forms/finding.js';
import { isOlder } from '../forms/this-is-me/rules.js';
import { isObject, type JsonObject, member } from '../mapping/json.js';
import type { Store } from '../store/store.js';

/** Bags of a resident that are looked at, the newest first. */
const LOOKED_AT = 20;

/** Takes a package that may be taken and its bag's id; residents are the same by NHS number only, never by name. */
export async function olderAboutMe(
  store: Pick<Store, 'searchDocuments' | 'version'>,
  sent: JsonObject,
  bagId: string,
): Promise<Finding[]> {
  const paper = sent['thisIsMe'];
  const written = member(sent, 'resident.nhsNumber');
  const nhsNumber = typeof written === 'string' ? parseNhsNumber(written) : undefined;
  if (!isObject(paper) || nhsNumber === undefined) return [];
  const held = await store.searchDocuments({
    nhsNumber,
    statuses: ['current'],
    sort: [{ by: 'date', descending: true }],
    limit: LOOKED_AT,
  });
  const others = new Map(held.items.filter((d) => d.bagId !== bagId).map((d) => [d.bagId, d.bagVersion]));
  for (const [id, version] of others) {
    const found = await store.version(id, version);
    const other = found && (JSON.parse(found.package) as JsonObject)['thisIsMe'];
    if (isObject(other) && isOlder(paper, other)) {
      return [{ code: 'about-me-older-than-held', pointer: '/thisIsMe' }];
    }
  }
  return [];
}
