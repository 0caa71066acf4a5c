/**
 * The HTTP application put together: one plugin for each audience, one shape for every error. `server.ts` starts and
 * stops it; tests inject into it.
 */
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from 'fastify';
import type { AccessControl } from './access/access.js';
import { AllowedMethods } from './http/allowed-methods.js';
import { careHomeRoutes } from './http/care-home/routes.js';
import { carryIds } from './http/context.js';
import { answerClientError, answerFrameworkError, handleErrors } from './http/errors.js';
import { answerFrameworkError as answerInFhir } from './http/hospital/errors.js';
import type { HospitalMount } from './http/hospital/interaction.js';
import { type OpenApiOptions, openApiDocument } from './http/openapi.js';
import { docsRoutes } from './http/operator/docs.js';
import { type Health, healthRoutes } from './http/operator/health.js';
import { requestIdOf } from './http/request-ids.js';
import type { RedBagService } from './transfer/service-interface.js';

export interface AppOptions {
  readonly service: RedBagService;
  readonly access: AccessControl;
  readonly health: () => Promise<Health>;
  readonly version: string;
  readonly demonstration: boolean;
  /** Bytes that a request may hold. */
  readonly bodyLimit: number;
  /** In front of links; without a slash at its end, '' for addresses on this host. */
  readonly publicUrl: string;
  /** The package's schema, its named parts and examples, for the OpenAPI text. */
  readonly packages: Pick<OpenApiOptions, 'packageSchema' | 'forms' | 'examples'>;
  /** The hospital's side, mounted at `/fhir` with parsers and errors of its own. */
  readonly hospital?: FastifyPluginAsync<HospitalMount>;
  readonly logger?: FastifyBaseLogger;
}

/** Time for a whole request to arrive: 25 MB over a care home's slow line. */
const REQUEST_TIMEOUT_MS = 120_000;

/** Addresses of the hospital's side. */
const FHIR = /^\/fhir(?![^/?#])/;

/**
 * Builds the application, ready for `inject` or `listen`. The caller closes it.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...(options.logger === undefined ? { logger: false } : { loggerInstance: options.logger }),
    // Fastify's own request log writes the URL; ours writes the route's pattern.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: options.bodyLimit,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: requestIdOf,
    requestIdHeader: false,
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) =>
      (FHIR.test(request.url) ? answerInFhir : answerFrameworkError)(error, request, reply),
    clientErrorHandler: answerClientError,
    routerOptions: { maxParamLength: 200 },
  }) as unknown as FastifyInstance;
  const allowed = new AllowedMethods();
  allowed.watch(app);
  // What is sent is checked by the intake, and answers are sent as they are made.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  // An address that takes no body does not read one: each plugin brings the parsers that it needs.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  carryIds(app);
  logRequests(app);
  handleErrors(app, allowed);
  await app.register(careHomeRoutes, options);
  await app.register(healthRoutes, { ...options, check: options.health });
  await app.register(docsRoutes, {
    document: openApiDocument({ ...options, ...options.packages, guarded: options.access.guards }),
  });
  if (options.hospital !== undefined) {
    const { access, publicUrl } = options;
    await app.register(options.hospital, { prefix: '/fhir', access, publicUrl });
  }
  await app.ready();
  return app;
}

/** Ids, codes and timings; no address, no body, no header. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        correlationId: request.correlationId,
      },
      'answered',
    );
  });
}
