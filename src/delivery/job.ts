/** What one delivery is made of, read from the store when the attempt is made: always the newest state. */
import type { Delivery, Store, StoredDocument } from '../store/store.js';
import { type Archived, archivedFor, asArchived, type MakeArchive } from './archive.js';
import type { Job, Piece } from './dialect.js';
import type { Hospital } from './hospitals.js';
import type { Outcome } from './retry-contract.js';

async function piecesOf(
  store: Store,
  documents: readonly StoredDocument[],
  archived: Archived,
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const document of documents) {
    const { bagId, bagVersion, kind } = document;
    const part = kind === 'pdf' ? 'pdf' : 'bundle';
    const stored = await store.bytes(bagId, bagVersion, part);
    if (stored === undefined) throw new Error(`bag ${bagId} has no version ${bagVersion}`);
    pieces.push({ document, body: kind === 'pdf' ? (archived.get(bagVersion) ?? stored) : stored });
  }
  return pieces;
}

/**
 * Puts a delivery together.
 *
 * - deliver: the version's documents with their bodies; older versions that this hospital has, with their new
 *   status; an older one whose answer was lost comes whole again, so that its status does not point at nothing.
 * - withdraw: the documents of all versions that reached, or may have reached, this hospital; no bodies.
 *
 * @returns the job, or why there is nothing to send
 * @param makeArchive draws the PDF of a hospital that keeps PDF/A-3
 * @throws the store's error, and what `makeArchive` throws
 */
export async function loadJob(
  store: Store,
  delivery: Delivery,
  hospital: Hospital,
  makeArchive?: MakeArchive,
): Promise<Job | Outcome> {
  const bag = await store.bag(delivery.bagId);
  if (delivery.operation === 'deliver' && bag?.status === 'withdrawn') return 'overtaken';
  const archived = await archivedFor(store, delivery, hospital, makeArchive);
  const all = asArchived(await store.documentsOf(delivery.bagId), archived);
  const wanted = all.filter(({ kind }) => hospital.documents === 'both' || kind === 'pdf');
  const before = (await store.deliveries(delivery.bagId)).filter(
    (row) => row.destination === delivery.destination && row.operation === 'deliver' && row.mayHaveArrived,
  );
  const among = (rows: readonly Delivery[]) => new Set(rows.map(({ version }) => version));

  if (delivery.operation === 'withdraw') {
    const reached = among(before);
    const changed = wanted.filter(({ bagVersion }) => reached.has(bagVersion));
    return changed.length === 0 ? 'nothing-to-withdraw' : { delivery, hospital, pieces: [], changed, all };
  }

  const arrived = among(before.filter(({ state }) => state === 'delivered'));
  const perhaps = among(before.filter(({ state }) => state !== 'delivered'));
  const isOlder = ({ bagVersion }: StoredDocument) => bagVersion < delivery.version;
  const whole = wanted.filter(
    (d) =>
      d.bagVersion === delivery.version ||
      (isOlder(d) && perhaps.has(d.bagVersion) && !arrived.has(d.bagVersion)),
  );
  return {
    delivery,
    hospital,
    pieces: await piecesOf(store, whole, archived),
    changed: wanted.filter((d) => isOlder(d) && arrived.has(d.bagVersion)),
    all,
  };
}
