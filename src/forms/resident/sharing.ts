/** Whether this bag may travel: the resident's agreement, and what may stand in its place. */
import { isObject, type JsonObject, member } from '../../mapping/json.js';

/**
 * `shared`: agreed. `refused`: stays with the home. `override`: travels without agreement, in an emergency or in best
 * interests, by a named person and for a stated reason; to be shown. `not-recorded`: nothing is known of it.
 */
export type Sharing = 'shared' | 'refused' | 'override' | 'not-recorded';

const OVERRIDING: ReadonlySet<unknown> = new Set(['emergency', 'best-interests']);

/** Takes `legal.sharing`. Has it all that lets a bag travel without agreement: basis, named person, reason? */
export const mayOverride = (sharing: JsonObject): boolean =>
  sharing['consent'] !== 'yes' &&
  OVERRIDING.has(sharing['basis']) &&
  typeof member(sharing, 'decidedBy.name') === 'string' &&
  typeof sharing['overrideReason'] === 'string';

/** Takes the `resident` of a package. Total. */
export function sharing(resident: JsonObject): Sharing {
  const found = member(resident, 'legal.sharing');
  if (!isObject(found)) return 'not-recorded';
  if (found['consent'] === 'yes') return 'shared';
  if (mayOverride(found)) return 'override';
  return found['consent'] === 'no' ? 'refused' : 'not-recorded';
}
