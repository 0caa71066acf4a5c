/** PDFs that one destination gets in another form than the version has: kept, so that it gets the same bytes each time. */
import type { Context } from './context.js';
import type { Store } from './store.js';

const bytesOf = (value: Uint8Array): Uint8Array =>
  new Uint8Array(value.buffer, value.byteOffset, value.byteLength);

export function sentPdfMethods({ db }: Context): Pick<Store, 'sentPdfs' | 'keepSentPdf'> {
  return {
    async sentPdfs(bagId, destination) {
      const rows = await db
        .selectFrom('sent_pdfs')
        .select(['version', 'pdf'])
        .where('bag_id', '=', bagId)
        .where('destination', '=', destination)
        .execute();
      return new Map(rows.map(({ version, pdf }) => [version, bytesOf(pdf)]));
    },

    async keepSentPdf(bagId, version, destination, pdf) {
      await db
        .insertInto('sent_pdfs')
        .values({ bag_id: bagId, version, destination, pdf })
        .onConflict((c) => c.columns(['bag_id', 'version', 'destination']).doNothing())
        .execute();
      const row = await db
        .selectFrom('sent_pdfs')
        .select('pdf')
        .where('bag_id', '=', bagId)
        .where('version', '=', version)
        .where('destination', '=', destination)
        .executeTakeFirstOrThrow();
      return bytesOf(row.pdf);
    },
  };
}
