/**
 * The store as a hospital may see it: what is hidden (a sensitive resident, sharing refused) is not there. Only the
 * store's search knows what is hidden, so every way to a document goes through it.
 */
import type { BagVersion, DocumentQuery, Store, StoredDocument } from '../../store/store.js';

export interface Content {
  readonly document: StoredDocument;
  readonly version: BagVersion;
}

export interface Documents {
  /** Newest state. */
  newest(id: string): Promise<StoredDocument | undefined>;
  state(id: string, versionId: number): Promise<StoredDocument | undefined>;
  /** All states, newest first; empty when there is no such document. */
  states(id: string): Promise<readonly StoredDocument[]>;
  search(query: DocumentQuery): ReturnType<Store['searchDocuments']>;
  /** What an attachment's url leads to. */
  content(type: 'Binary' | 'Bundle', id: string): Promise<Content | undefined>;
}

/** https://hl7.org/fhir/R4/datatypes.html#id */
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

export function createDocuments(store: Store): Documents {
  async function newest(id: string): Promise<StoredDocument | undefined> {
    if (!ID.test(id)) return undefined;
    const { items } = await store.searchDocuments({ ids: [id], sort: [], limit: 1 });
    return items[0];
  }

  return {
    newest,
    async state(id, versionId) {
      return (await newest(id)) && store.document(id, versionId);
    },
    async states(id) {
      return (await newest(id)) ? store.documentHistory(id) : [];
    },
    search: (query) => store.searchDocuments(query),
    async content(type, id) {
      if (!ID.test(id)) return undefined;
      const found = await store.documentByAttachment(`${type}/${id}`);
      const document = found && (await newest(found.id));
      const version = document && (await store.version(document.bagId, document.bagVersion));
      return version && { document, version };
    },
  };
}

/** A version id in an address; undefined when it is none of ours. */
export function versionIdOf(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
