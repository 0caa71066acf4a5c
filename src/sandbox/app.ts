/**
 * The pretend hospital: a FHIR R4 endpoint for each example hospital at `/{ODS code}/fhir`, with faults to order,
 * and a page at `/` that shows what was received. For demonstrations, tests and suppliers; never for care.
 * https://hl7.org/fhir/R4/http.html
 */
import { join } from 'node:path';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type {
  Binary,
  Bundle,
  CapabilityStatement,
  DocumentReference,
  FhirResource,
  OperationOutcome,
} from 'fhir/r4';
import { EXAMPLE_HOSPITALS, type ExampleHospital, type Fault } from './faults.js';
import { PretendHospital, Refused } from './hospital.js';
import { renderPage } from './page.js';

export interface SandboxOptions {
  /** Default: the table of faults.ts. */
  readonly hospitals?: readonly ExampleHospital[];
  /** Where copies are kept over a restart; absent: in memory. */
  readonly folder?: string;
  /** Delay of the slow hospital. */
  readonly slowMs?: number;
  /** Called for every transaction that comes in, before its fault. */
  readonly onTransaction?: (odsCode: string, request: { requestId: string; correlationId: string }) => void;
}

export interface Sandbox {
  readonly app: FastifyInstance;
  /** What a hospital has; undefined for a code that it does not play. */
  hospital(odsCode: string): PretendHospital | undefined;
}

const FHIR_JSON = 'application/fhir+json; charset=utf-8';
const BODY_LIMIT = 100 * 1024 * 1024;

const outcome = (code: string, text: string): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: code as OperationOutcome['issue'][number]['code'], diagnostics: text }],
});

const fhir = (reply: FastifyReply, status: number, resource: FhirResource) =>
  reply.code(status).header('content-type', FHIR_JSON).send(JSON.stringify(resource));

const capabilities = (example: ExampleHospital): CapabilityStatement => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-01-01',
  kind: 'instance',
  implementation: { description: `Pretend hospital ${example.odsCode}: ${example.does}` },
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [
    {
      mode: 'server',
      interaction: [{ code: 'transaction' }],
      resource: (['DocumentReference', 'Binary', 'Bundle'] as const).map((type) => ({
        type,
        interaction: [
          { code: 'read' as const },
          { code: 'create' as const },
          { code: 'update' as const },
          ...(type === 'DocumentReference' ? [{ code: 'search-type' as const }] : []),
        ],
        updateCreate: example.fault !== 'own-ids',
        conditionalCreate: type === 'DocumentReference',
        ...(type === 'DocumentReference' && {
          searchParam: [
            { name: 'identifier', type: 'token' as const },
            { name: '_id', type: 'token' as const },
            { name: 'status', type: 'token' as const },
            { name: 'patient.identifier', type: 'token' as const },
          ],
        }),
      })),
    },
  ],
});

interface Ward {
  readonly example: ExampleHospital;
  readonly has: PretendHospital;
  /** How often each delivery (X-Request-ID) met the fault. */
  readonly met: Map<string, number>;
}

type Scoped = FastifyRequest<{ Params: { ods: string; type: string; id: string } }>;

/** True as long as this delivery still has to meet the hospital's fault. */
function strikes({ example, met }: Ward, requestId: string): boolean {
  const count = (met.get(requestId) ?? 0) + 1;
  met.set(requestId, count);
  return count <= (example.times ?? Number.POSITIVE_INFINITY);
}

const cut = (request: FastifyRequest, reply: FastifyReply) => {
  reply.hijack();
  request.raw.socket.destroy();
};

/** Headers for the whole answer, half of its body, and the end of the connection. */
function sendHalf(request: FastifyRequest, reply: FastifyReply, resource: FhirResource): void {
  const text = JSON.stringify(resource);
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': FHIR_JSON, 'content-length': Buffer.byteLength(text) });
  reply.raw.write(text.slice(0, text.length / 2), () => request.raw.socket.destroy());
}

const half = (bundle: Bundle): Bundle => ({
  ...bundle,
  entry: (bundle.entry ?? []).slice(0, Math.floor((bundle.entry ?? []).length / 2)),
});

type Play = (ward: Ward, request: FastifyRequest, reply: FastifyReply) => unknown;

const take = (ward: Ward, request: FastifyRequest): Bundle => ward.has.transaction(request.body as Bundle);

/** What each fault does with a transaction. */
const PLAYS: Readonly<Record<Fault, Play>> = {
  normal: (ward, request, reply) => fhir(reply, 200, take(ward, request)),
  'own-ids': (ward, request, reply) => fhir(reply, 200, take(ward, request)),
  slow: (ward, request, reply) => fhir(reply, 200, take(ward, request)),
  hang: (_ward, _request, reply) => reply.hijack(),
  'refuse-connection': (_ward, request, reply) => cut(request, reply),
  'cut-connection': (_ward, request, reply) => cut(request, reply),
  'answer-half': (ward, request, reply) => sendHalf(request, reply, take(ward, request)),
  'answer-short': (ward, request, reply) => fhir(reply, 200, half(take(ward, request))),
  'write-then-no-answer': (ward, request, reply) => {
    take(ward, request);
    cut(request, reply);
  },
  'conflict-409': (ward, request, reply) => {
    take(ward, request);
    return fhir(reply, 409, outcome('conflict', 'these documents are here'));
  },
  'too-many-429': (_ward, _request, reply) =>
    fhir(reply.header('retry-after', '1'), 429, outcome('throttled', 'come later')),
  'unavailable-503': (_ward, _request, reply) => fhir(reply, 503, outcome('transient', 'come later')),
  'invalid-422': (_ward, _request, reply) =>
    fhir(reply, 422, outcome('business-rule', 'this hospital takes nothing')),
};

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/**
 * Builds the pretend hospital; the caller listens and closes (closing ends requests that hang).
 */
export function buildSandbox(options: SandboxOptions = {}): Sandbox {
  const { hospitals = EXAMPLE_HOSPITALS, folder, slowMs = 3_000, onTransaction } = options;
  const wards = new Map<string, Ward>(
    hospitals.map((example) => [
      example.odsCode,
      {
        example,
        has: new PretendHospital(folder && join(folder, example.odsCode), example.fault === 'own-ids'),
        met: new Map(),
      },
    ]),
  );
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    logger: false,
    exposeHeadRoutes: false,
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ['application/fhir+json', 'application/json'],
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body as string)),
  );
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    for (const name of ['x-request-id', 'x-correlation-id']) {
      if (header(request, name) !== '') reply.header(name, header(request, name));
    }
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof Refused) return fhir(reply, error.status, outcome(error.code, error.message));
    const status = error.statusCode ?? 500;
    return fhir(
      reply,
      status,
      outcome(status < 500 ? 'invalid' : 'exception', status < 500 ? error.message : 'fault'),
    );
  });
  app.setNotFoundHandler((_request, reply) => fhir(reply, 404, outcome('not-found', 'nothing is here')));

  const wardOf = (request: FastifyRequest): Ward => {
    const ward = wards.get((request as Scoped).params.ods);
    if (ward === undefined) throw new Refused(404, 'not-found', 'no such hospital here');
    return ward;
  };
  const params = (request: FastifyRequest) => (request as Scoped).params;
  const base = (request: FastifyRequest) =>
    `${request.protocol}://${request.host}/${params(request).ods}/fhir`;

  const readOne = (request: FastifyRequest) => {
    const { type, id } = params(request);
    const resource = wardOf(request).has.read(type, id);
    if (resource === undefined) throw new Refused(404, 'not-found', 'no such resource');
    return resource;
  };

  const searchset = (request: FastifyRequest, parameters: URLSearchParams): Bundle => {
    const { type } = params(request);
    const found = wardOf(request).has.search(type, parameters);
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: found.length,
      link: [{ relation: 'self', url: `${base(request)}/${type}?${parameters}` }],
      entry: found.map((resource) => ({
        fullUrl: `${base(request)}/${type}/${resource.id}`,
        resource,
        search: { mode: 'match' },
      })),
    };
  };

  const wrote = (
    request: FastifyRequest,
    reply: FastifyReply,
    written: { created: boolean; resource: FhirResource },
  ) => {
    const { resourceType, id, meta } = written.resource;
    if (written.created) {
      reply.header('location', `${base(request)}/${resourceType}/${id}/_history/${meta?.versionId}`);
    }
    reply.header('etag', `W/"${meta?.versionId}"`);
    return fhir(reply, written.created ? 201 : 200, written.resource);
  };

  app.get('/', async (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
      .send(
        renderPage(
          [...wards.values()].map(({ example, has }) => ({
            example,
            documents: has.all('DocumentReference') as unknown as DocumentReference[],
          })),
        ),
      ),
  );

  app.get('/:ods/fhir/metadata', async (request, reply) =>
    fhir(reply, 200, capabilities(wardOf(request).example)),
  );

  app.post('/:ods/fhir', async (request, reply) => {
    const ward = wardOf(request);
    const requestId = header(request, 'x-request-id');
    onTransaction?.(ward.example.odsCode, { requestId, correlationId: header(request, 'x-correlation-id') });
    if (ward.example.fault === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs));
    const play = strikes(ward, requestId) ? PLAYS[ward.example.fault] : PLAYS.normal;
    await play(ward, request, reply);
    return reply;
  });

  app.get('/:ods/fhir/:type', async (request, reply) =>
    fhir(reply, 200, searchset(request, new URL(request.url, 'http://x').searchParams)),
  );
  app.post('/:ods/fhir/:type/_search', async (request, reply) =>
    fhir(
      reply,
      200,
      searchset(request, request.body instanceof URLSearchParams ? request.body : new URLSearchParams()),
    ),
  );

  app.post('/:ods/fhir/:type', async (request, reply) => {
    const condition = header(request, 'if-none-exist');
    const resource = request.body as FhirResource;
    return wrote(
      request,
      reply,
      wardOf(request).has.create(params(request).type, resource, condition === '' ? undefined : condition),
    );
  });
  app.put('/:ods/fhir/:type/:id', async (request, reply) =>
    wrote(
      request,
      reply,
      wardOf(request).has.update(params(request).type, params(request).id, request.body as FhirResource),
    ),
  );

  app.get('/:ods/fhir/:type/:id', async (request, reply) => {
    const resource = readOne(request);
    // The bytes themselves, unless FHIR is asked for: https://hl7.org/fhir/R4/binary.html#rest
    if (resource.resourceType === 'Binary' && !/fhir|json/.test(header(request, 'accept'))) {
      const { contentType, data = '' } = resource as Binary;
      if (contentType !== 'application/pdf') reply.header('content-disposition', 'attachment');
      return reply.header('content-type', contentType).send(Buffer.from(data, 'base64'));
    }
    return fhir(reply, 200, resource);
  });

  return { app, hospital: (odsCode) => wards.get(odsCode)?.has };
}
