/** `GET /openapi.json` and the page `GET /docs` (Swagger UI), both without any outside host. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyPluginAsync } from 'fastify';
import { DOCS_POLICY } from '../security-headers.js';

export interface DocsOptions {
  /** The OpenAPI document. */
  readonly document: object;
}

export const docsRoutes: FastifyPluginAsync<DocsOptions> = async (app, { document }) => {
  const text = JSON.stringify(document);
  app.get('/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(text),
  );
  await app.register(swagger, {
    mode: 'static',
    specification: { document: document as never },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_POLICY,
    // Its own policy would come with upgrade-insecure-requests and an outside validator.
    uiConfig: { validatorUrl: null, docExpansion: 'list', deepLinking: false },
  });
};
