/**
 * The PDFs that a caller gets: the stored one, as it was made, while it holds; else a copy that says across each page
 * that it does not hold any more, and other forms of it on request. Copies are drawn when they are asked for and never
 * stored: what was stored never changes. The same question gives the same bytes until the bag changes.
 */
import type { JsonObject } from '../mapping/json.js';
import { isObject, member } from '../mapping/json.js';
import { formatMoment } from '../print/format.js';
import type { Attached } from '../print/press.js';
import type { Bag, Store } from '../store/store.js';
import type { Maker, Reprint } from './making.js';

/** `large`: nothing smaller than 18 points, for the resident and the family. */
export type PrintForm = 'usual' | 'large';

export interface PdfCopy {
  readonly version: number;
  /** Differs for each thing that can be asked for, and changes when the answer does. */
  readonly tag: string;
  /** Reads or draws it: for those who do not have this tag already. */
  body(): Promise<Uint8Array>;
}

export interface Copies {
  /** The PDF of a version, the present one when none is named; undefined when there is no such. */
  pdf(id: string, version?: number, form?: PrintForm): Promise<PdfCopy | undefined>;
  /** A copy that says that it does not hold any more; undefined while it holds, or when there is no such version. */
  marked(id: string, version: number): Promise<PdfCopy | undefined>;
  /** The same pages with the FHIR document inside, PDF/A-3a; undefined when they could not be drawn so. */
  archive(id: string, version: number): Promise<Uint8Array | undefined>;
}

interface Standing {
  readonly version: number;
  readonly tag: string;
  /** Words across each page; absent while it holds. */
  readonly mark?: string;
}

export function createCopies(store: Store, maker: Pick<Maker, 'reprint'>): Copies {
  async function standingOf(
    id: string,
    version?: number,
    form: PrintForm = 'usual',
  ): Promise<Standing | undefined> {
    const bag = await store.bag(id);
    const wanted = version ?? bag?.version;
    if (bag === undefined || wanted === undefined || wanted > bag.version) return undefined;
    const own = form === 'large' ? `${wanted}-large` : String(wanted);
    return { version: wanted, ...(await lapsed(bag, wanted, own)) };
  }

  /** A withdrawal says more than a newer version: nothing of the bag holds. */
  async function lapsed(bag: Bag, version: number, tag: string): Promise<Omit<Standing, 'version'>> {
    if (bag.withdrawal !== undefined) {
      return { tag: `${tag}-withdrawn`, mark: `WITHDRAWN on ${formatMoment(bag.withdrawal.at)}: DO NOT USE` };
    }
    if (version === bag.version) return { tag };
    const at = await store.part(bag.id, bag.version, 'acceptedAt');
    const when = at === undefined ? '' : ` on ${formatMoment(at)}`;
    return {
      tag: `${tag}-superseded-by-${bag.version}`,
      mark: `SUPERSEDED by version ${bag.version}${when}: DO NOT USE`,
    };
  }

  /** What the maker needs to draw a version again. */
  async function stored(id: string, version: number): Promise<Reprint> {
    const sent = await store.part(id, version, 'package');
    const bundle = await store.part(id, version, 'bundle');
    if (sent === undefined || bundle === undefined) throw missing(id, version);
    const before = version > 1 ? await store.part(id, version - 1, 'package') : undefined;
    const demonstration = isDemonstration(JSON.parse(bundle) as JsonObject);
    return {
      package: sent,
      bundle,
      bagId: id,
      version,
      demonstration,
      ...(before === undefined ? {} : { before }),
    };
  }

  function drawn(id: string, { version, tag, mark }: Standing, largePrint: boolean): PdfCopy {
    return {
      version,
      tag,
      async body() {
        const marked = { ...(await stored(id, version)), ...(mark === undefined ? {} : { mark }) };
        return (await maker.reprint(marked, largePrint ? { largePrint } : {})).pdf;
      },
    };
  }

  return {
    async pdf(id, version, form = 'usual') {
      const standing = await standingOf(id, version, form);
      if (standing === undefined) return undefined;
      if (standing.mark !== undefined || form === 'large') return drawn(id, standing, form === 'large');
      const { version: own, tag } = standing;
      return {
        version: own,
        tag,
        async body() {
          const body = await store.part(id, own, 'pdf');
          if (body === undefined) throw missing(id, own);
          return body;
        },
      };
    },
    async marked(id, version) {
      const standing = await standingOf(id, version);
      return standing?.mark === undefined ? undefined : drawn(id, standing, false);
    },
    async archive(id, version) {
      const reprint = await stored(id, version);
      const printed = await maker.reprint(reprint, { attached: attachedBundle(reprint.bundle) });
      return printed.plain ? undefined : printed.pdf;
    },
  };
}

/** A FHIR document as it lies in a PDF/A-3. */
export const attachedBundle = (bundle: string): Attached => ({
  name: 'bundle.fhir.json',
  contentType: 'application/fhir+json',
  description: 'The same content as a FHIR R4 document',
  bytes: new Uint8Array(Buffer.from(bundle, 'utf8')),
});

const missing = (id: string, version: number): Error => new Error(`bag ${id} has no version ${version}`);

/** As it was when it was made: a service that was a demonstration may be one no more. */
function isDemonstration(bundle: JsonObject): boolean {
  const labels = member(bundle, 'meta.security');
  return Array.isArray(labels) && labels.some((label) => isObject(label) && label['code'] === 'HTEST');
}
