/**
 * An older About Me than one that is held of the same resident is taken with a warning: an emergency bag is never
 * refused for staleness, and both stay with their bags (domain AT-07).
 */
import type { Finding } from '../forms/finding.js';
import { isOlder } from '../forms/this-is-me/rules.js';
import { isObject, type JsonObject } from '../mapping/json.js';
import type { Store } from '../store/store.js';
import { type AboutMeHeld, updatedOf } from './making.js';

/** Bags of a resident that are looked at, the newest first. */
const LOOKED_AT = 10;
/** What a version holds never changes, so it is read once; of so many it is remembered. */
const REMEMBERED = 5_000;

/** Tells what is to be said of a bag's About Me. */
export type HeldAboutMe = (own: AboutMeHeld | undefined, bagId: string) => Promise<Finding[]>;

/** Looks in the store. */
export function heldAboutMe(store: Pick<Store, 'newestOf' | 'part'>): HeldAboutMe {
  const known = new Map<string, AboutMeHeld['paper'] | undefined>();

  async function paperOf(bagId: string, version: number): Promise<AboutMeHeld['paper'] | undefined> {
    const key = `${bagId} ${version}`;
    if (known.has(key)) return known.get(key);
    const text = await store.part(bagId, version, 'package');
    const paper = text === undefined ? undefined : (JSON.parse(text) as JsonObject)['thisIsMe'];
    const updated = isObject(paper) ? updatedOf(paper) : undefined;
    const [first] = known.keys();
    if (known.size >= REMEMBERED && first !== undefined) known.delete(first);
    known.set(key, updated);
    return updated;
  }

  return async (own, bagId) => {
    if (own === undefined) return [];
    for (const other of await store.newestOf(own.nhsNumber, LOOKED_AT)) {
      if (other.bagId === bagId) continue;
      const paper = await paperOf(other.bagId, other.version);
      if (paper !== undefined && isOlder(own.paper, paper))
        return [{ code: 'about-me-older-than-held', pointer: '/thisIsMe' }];
    }
    return [];
  };
}
