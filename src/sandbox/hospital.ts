/**
 * What one pretend hospital has: every copy it was given. It never removes doubles by itself, so that a sender's
 * mistake shows. Just enough of a FHIR R4 server; it knows no Red Bag.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, BundleEntry, DocumentReference, FhirResource, Identifier } from 'fhir/r4';

/** A request that the hospital cannot do, with the OperationOutcome's code. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface Written {
  readonly created: boolean;
  readonly resource: FhirResource & { id: string };
}

const ID = /^[A-Za-z0-9.-]{1,64}$/;
const TYPE = /^[A-Z][A-Za-z]{1,60}$/;

const tokens = (identifiers: readonly (Identifier | undefined)[]): string[] =>
  identifiers.flatMap((i) => (i?.value === undefined ? [] : [`${i.system ?? ''}|${i.value}`, i.value]));

/** The values of a search parameter in a resource; undefined when the parameter is not served. */
function valuesOf(resource: FhirResource, parameter: string): string[] | undefined {
  const document = resource as DocumentReference;
  switch (parameter) {
    case '_id':
      return [resource.id ?? ''];
    case 'identifier':
      return tokens([document.masterIdentifier, ...[document.identifier ?? []].flat()]);
    case 'status':
      return [document.status];
    case 'patient.identifier':
    case 'subject:identifier':
      return tokens([document.subject?.identifier]);
    default:
      return undefined;
  }
}

const unescaped = (text: string): string => text.replace(/\\([\\$,|])/g, '$1');

export class PretendHospital {
  readonly #folder: string | undefined;
  readonly #ownIds: boolean;
  #files = 0;
  /** `Type/id` → every version it was given, oldest first. */
  readonly #resources = new Map<string, (FhirResource & { id: string })[]>();

  /**
   * @param folder where copies are kept; absent: in memory only
   * @param ownIds refuses to create under an id that the sender chose
   */
  constructor(folder?: string, ownIds = false) {
    this.#folder = folder;
    this.#ownIds = ownIds;
    if (folder !== undefined) this.#load(folder);
  }

  #load(folder: string): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const byOrder = (a: string, b: string) => Number.parseInt(a, 10) - Number.parseInt(b, 10);
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort(byOrder);
    for (const file of files) {
      const kept = JSON.parse(readFileSync(join(folder, file), 'utf8')) as FhirResource | FhirResource[];
      for (const resource of [kept].flat() as (FhirResource & { id: string })[]) {
        const key = `${resource.resourceType}/${resource.id}`;
        this.#resources.set(key, [...(this.#resources.get(key) ?? []), resource]);
      }
    }
    this.#files = Number.parseInt(files.at(-1) ?? '0', 10);
  }

  /** What was written together is kept together: one file, that is there whole or not at all, whoever is killed when. */
  #save<const W extends readonly Written[]>(written: W): W {
    if (this.#folder === undefined || written.length === 0) return written;
    this.#files += 1;
    const newest = written.map(({ resource }) => this.read(resource.resourceType, resource.id));
    const file = join(this.#folder, `${this.#files}.json`);
    writeFileSync(`${file}.part`, JSON.stringify(newest), { mode: 0o600 });
    renameSync(`${file}.part`, file);
    return written;
  }

  #store(resource: FhirResource & { id: string }): Written {
    const key = `${resource.resourceType}/${resource.id}`;
    const versions = this.#resources.get(key) ?? [];
    const stored = {
      ...resource,
      meta: {
        ...resource.meta,
        versionId: String(versions.length + 1),
        lastUpdated: new Date().toISOString(),
      },
    };
    this.#resources.set(key, [...versions, stored]);
    return { created: versions.length === 0, resource: stored };
  }

  /** Newest states of a type, in order of arrival. */
  all(type: string): (FhirResource & { id: string })[] {
    return [...this.#resources]
      .filter(([key]) => key.startsWith(`${type}/`))
      .flatMap(([, versions]) => versions.at(-1) ?? []);
  }

  versions(type: string, id: string): readonly FhirResource[] {
    return this.#resources.get(`${type}/${id}`) ?? [];
  }

  read(type: string, id: string): (FhirResource & { id: string }) | undefined {
    return this.#resources.get(`${type}/${id}`)?.at(-1);
  }

  /**
   * Searches a type; repeated parameters are all needed, comma-separated values are alternatives.
   *
   * @throws Refused for a parameter that it does not serve: a silent "everything" would mislead a sender
   */
  search(type: string, parameters: URLSearchParams): (FhirResource & { id: string })[] {
    let found = this.all(type);
    for (const [name, text] of parameters) {
      if (name.startsWith('_') && name !== '_id') continue;
      const wanted = text.split(/(?<!\\),/).map(unescaped);
      found = found.filter((resource) => {
        const values = valuesOf(resource, name);
        if (values === undefined) throw new Refused(400, 'not-supported', `no search by ${name}`);
        return wanted.some((value) => values.includes(value));
      });
    }
    return found;
  }

  /** Creates under a new id; with a condition, gives what is there (R4 http.html#ccreate). */
  create(type: string, resource: FhirResource, ifNoneExist?: string): Written {
    return this.#save([this.#create(type, resource, ifNoneExist)])[0];
  }

  /** Updates, or creates under the sender's id (R4 http.html#upsert). */
  update(type: string, id: string, resource: FhirResource): Written {
    return this.#save([this.#update(type, id, resource)])[0];
  }

  #create(type: string, resource: FhirResource, ifNoneExist?: string): Written {
    this.#check(type, resource);
    if (ifNoneExist !== undefined) {
      const there = this.search(type, new URLSearchParams(ifNoneExist));
      if (there.length > 1) throw new Refused(412, 'multiple-matches', 'the condition matches several');
      if (there[0] !== undefined) return { created: false, resource: there[0] };
    }
    return this.#store({ ...resource, id: randomUUID() } as FhirResource & { id: string });
  }

  #update(type: string, id: string, resource: FhirResource): Written {
    this.#check(type, resource);
    if (!ID.test(id) || resource.id !== id)
      throw new Refused(400, 'invalid', 'the id and the address differ');
    if (this.#ownIds && this.read(type, id) === undefined) {
      throw new Refused(405, 'not-supported', 'this server gives its own ids');
    }
    return this.#store(resource as FhirResource & { id: string });
  }

  #check(type: string, resource: FhirResource): void {
    if (!TYPE.test(type) || resource?.resourceType !== type) {
      throw new Refused(400, 'invalid', 'the resource is not of the type in the address');
    }
    if (type === 'DocumentReference') {
      const { status, content } = resource as DocumentReference;
      if (status === undefined || content?.[0]?.attachment === undefined) {
        throw new Refused(422, 'required', 'a DocumentReference needs status and content');
      }
    }
  }

  /**
   * All entries or none. Links to entries that get new ids are rewritten, addresses included.
   *
   * @throws Refused, with nothing written
   */
  transaction(bundle: Bundle): Bundle {
    if (bundle?.resourceType !== 'Bundle' || bundle.type !== 'transaction') {
      throw new Refused(400, 'invalid', 'a Bundle of type transaction is wanted');
    }
    const before = new Map(this.#resources);
    try {
      return this.#apply(bundle.entry ?? []);
    } catch (error) {
      this.#resources.clear();
      for (const [key, versions] of before) this.#resources.set(key, versions);
      throw error;
    }
  }

  #apply(entries: readonly BundleEntry[]): Bundle {
    const done: { entry: BundleEntry; written: Written }[] = [];
    const links = new Map<string, string>();
    for (const entry of entries) {
      const { method, url = '', ifNoneExist } = entry.request ?? {};
      const [type = '', id] = url.split('/');
      if (entry.resource === undefined) throw new Refused(400, 'invalid', 'an entry has no resource');
      const resource = entry.resource as FhirResource;
      let written: Written;
      if (method === 'PUT' && id !== undefined) written = this.#update(type, id, resource);
      else if (method === 'POST' && id === undefined) written = this.#create(type, resource, ifNoneExist);
      else throw new Refused(400, 'not-supported', 'only POST to a type and PUT to an id');
      done.push({ entry, written });
      if (entry.fullUrl?.startsWith('urn:uuid:')) links.set(entry.fullUrl, `${type}/${written.resource.id}`);
    }
    for (const { entry, written } of done) {
      if (entry.request?.method === 'POST' && written.created) this.#relink(written, links);
    }
    this.#save(done.map(({ written }) => written));
    return {
      resourceType: 'Bundle',
      type: 'transaction-response',
      entry: done.map(({ written: { created, resource } }) => ({
        response: {
          status: created ? '201 Created' : '200 OK',
          location: `${resource.resourceType}/${resource.id}/_history/${resource.meta?.versionId}`,
          etag: `W/"${resource.meta?.versionId}"`,
        },
      })),
    };
  }

  /** A document Bundle keeps its inner links: they resolve inside it. */
  #relink({ resource }: Written, links: ReadonlyMap<string, string>): void {
    if (resource.resourceType === 'Bundle' || links.size === 0) return;
    const text = JSON.stringify(resource).replace(/"(urn:uuid:[0-9a-f-]{36})"/g, (all, urn: string) => {
      const link = links.get(urn);
      return link === undefined ? all : JSON.stringify(link);
    });
    this.#resources.set(`${resource.resourceType}/${resource.id}`, [
      JSON.parse(text) as FhirResource & { id: string },
    ]);
  }
}
