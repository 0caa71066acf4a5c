/** The service as care home software calls it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { JsonObject } from '#src/mapping/json.js';

export interface BagAnswer {
  readonly id: string;
  readonly packageId: string;
  readonly version: number;
  readonly status: string;
  readonly issues: readonly { severity: string; code: string; pointer: string; message: string }[];
  readonly links: Readonly<Record<string, string>>;
}
export interface Delivery {
  readonly destination: string;
  readonly version: number;
  readonly state: string;
  readonly attempts: readonly { at: string; outcome: string; httpStatus?: number }[];
}

export interface CareHome {
  post(bag: unknown, path?: string): Promise<Response>;
  put(id: string, bag: unknown, ifMatch?: string): Promise<Response>;
  get(path: string): Promise<Response>;
  json<T>(path: string): Promise<T>;
  /** Posts and gives the bag of a 201; throws on any other answer. */
  accept(bag: JsonObject): Promise<BagAnswer>;
  deliveries(id: string): Promise<readonly Delivery[]>;
  /** Asks for the bag until it is so. */
  until(id: string, so: (bag: BagAnswer, deliveries: readonly Delivery[]) => boolean): Promise<BagAnswer>;
}

const PATIENCE_MS = 60_000;

export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  /** Of JSON answers, FHIR and problems among them. */
  readonly body?: unknown;
}

/** Makes the caller of a service; every exchange is put into `exchanges`. */
export function careHome(url: string, exchanges: Exchange[] = []): CareHome {
  const call = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}`, { method, ...init });
    const { status, headers } = response;
    const isJson = /json/.test(headers.get('content-type') ?? '');
    const body = isJson ? ((await response.clone().json()) as unknown) : undefined;
    exchanges.push({ method, path, status, headers, ...(isJson ? { body } : {}) });
    return response;
  };
  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    call(method, path, {
      headers: { 'content-type': 'application/json', ...headers },
      body: body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body),
    });
  const home: CareHome = {
    post: (bag, path = '/red-bags') => send('POST', path, bag),
    put: (id, bag, ifMatch) =>
      send('PUT', `/red-bags/${id}`, bag, ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    get: (path) => call('GET', path),
    async json<T>(path: string) {
      const response = await home.get(path);
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async accept(bag) {
      const response = await home.post(bag);
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()) as BagAnswer;
    },
    deliveries: async (id) => (await home.json<{ items: Delivery[] }>(`/red-bags/${id}/deliveries`)).items,
    async until(id, so) {
      const end = Date.now() + PATIENCE_MS;
      for (;;) {
        // The deliveries first: a bag that is asked for later knows at least what they knew.
        const deliveries = await home.deliveries(id);
        const bag = await home.json<BagAnswer>(`/red-bags/${id}`);
        if (so(bag, deliveries)) return bag;
        if (Date.now() > end) throw new Error(`never so: ${JSON.stringify({ bag, deliveries })}`);
        await wait(50);
      }
    },
  };
  return home;
}
