/**
 * Where a bag goes: which of the destinations can be served, and why one cannot. A bag that cannot leave is never
 * refused for it; the home is told NOT SENT and hands over paper.
 */
import type { Finding } from '../forms/finding.js';
import { type JsonObject, member } from '../mapping/json.js';
import type { BagStatus } from '../store/store.js';

/** What routing knows of a hospital. */
export interface Reachable {
  readonly acceptsSensitive: boolean;
  readonly phone?: string;
}

export interface Route {
  /** ODS codes that a delivery is made for. */
  readonly destinations: readonly string[];
  readonly findings: readonly Finding[];
  /** Status of the bag when it is stored. */
  readonly status: BagStatus;
}

export interface Routing {
  /** Consent: `refused` keeps the bag with the home. */
  readonly sharing: 'shared' | 'refused' | 'override' | 'not-recorded';
  readonly sensitive: boolean;
}

/** True when no hospital may find the document by itself: a sensitive resident, or one who did not agree to share. */
export const isHidden = (routing: Routing): boolean => routing.sensitive || routing.sharing === 'refused';

/** Takes the ODS codes wanted, with the pointers that name them; gives the route. */
export function route(
  wanted: readonly { readonly odsCode: string; readonly pointer: string }[],
  routing: Routing,
  hospitals: ReadonlyMap<string, Reachable>,
): Route {
  if (routing.sharing === 'refused') {
    return {
      destinations: [],
      status: 'not-shared',
      findings: [{ code: 'not-shared', pointer: '/resident/legal/sharing' }],
    };
  }
  const findings: Finding[] = [];
  const destinations = new Set<string>();
  for (const { odsCode, pointer } of wanted) {
    const hospital = hospitals.get(odsCode);
    if (!hospital) findings.push({ code: 'destination-not-configured', pointer });
    else if (routing.sensitive && !hospital.acceptsSensitive)
      findings.push({ code: 'sensitive-not-sent', pointer });
    else destinations.add(odsCode);
  }
  if (wanted.length === 0) findings.push({ code: 'no-destination', pointer: '/destinations' });
  return { destinations: [...destinations], findings, status: destinations.size > 0 ? 'delivering' : 'held' };
}

/** The destinations that a package names. */
export function namedDestinations(sent: JsonObject): { odsCode: string; pointer: string }[] {
  const list = member(sent, 'destinations');
  if (!Array.isArray(list)) return [];
  return (list as readonly JsonObject[]).map((d, i) => ({
    odsCode: String(d['odsCode']),
    pointer: `/destinations/${i}/odsCode`,
  }));
}
