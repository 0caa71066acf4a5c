/** What a bag's deliveries say about the bag. */
import type { BagStatus, DeliveryState } from './store.js';

export interface DeliveryStanding {
  readonly destination: string;
  readonly state: DeliveryState;
}

/** Statuses that somebody decided; deliveries do not change them. */
export const isDecided = (status: BagStatus): boolean => status === 'not-shared' || status === 'withdrawn';

/**
 * The bag's status from its deliveries. At each destination the newest row that was not cancelled counts: an
 * amendment that arrived makes good an older version that did not.
 *
 * @param rows all deliveries of the bag, oldest first
 */
export function statusOf(rows: readonly DeliveryStanding[]): BagStatus {
  const standing = new Map<string, DeliveryState>();
  for (const row of rows) if (row.state !== 'cancelled') standing.set(row.destination, row.state);
  const states = [...standing.values()];
  if (states.length === 0) return 'held';
  if (states.some((s) => s === 'waiting' || s === 'sending')) return 'delivering';
  if (states.every((s) => s === 'delivered')) return 'delivered';
  return states.some((s) => s === 'delivered') ? 'partly-delivered' : 'needs-person';
}
