/** `GET /health`: whether the service can do its work; for load balancers and start scripts. Nothing of any bag. */
import type { FastifyPluginAsync } from 'fastify';

/** Names of parts with whether they work. */
export type Health = Readonly<Record<string, boolean>>;

export interface HealthOptions {
  readonly version: string;
  readonly demonstration: boolean;
  /** Asks each part; a part that throws counts as not working. */
  readonly check: () => Promise<Health>;
}

export const healthRoutes: FastifyPluginAsync<HealthOptions> = async (app, options) => {
  app.get('/health', async (request, reply) => {
    const parts = await options.check().catch(() => ({ service: false }));
    const good = Object.values(parts).every(Boolean);
    if (!good) request.log.warn({ parts }, 'not healthy');
    const body = {
      status: good ? 'ok' : 'failing',
      version: options.version,
      demonstration: options.demonstration,
      parts: Object.fromEntries(Object.entries(parts).map(([name, ok]) => [name, ok ? 'ok' : 'failing'])),
    };
    return reply
      .code(good ? 200 : 503)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(body));
  });
};
