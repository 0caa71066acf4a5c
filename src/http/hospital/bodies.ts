/** Bodies, taken as bytes where one is taken at all; media types and encodings are this file's business. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from './outcome.js';

const NO_BYTES = new Uint8Array(0);

/**
 * Makes a plugin take these media types, in UTF-8 and not compressed, and nothing else.
 * @param limit bytes; by default the application's
 */
export function takeOnly(app: FastifyInstance, types: readonly string[], limit?: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    [...types],
    { parseAs: 'buffer', ...(limit === undefined ? {} : { bodyLimit: limit }) },
    (_request, body, done) => done(null, body),
  );
  app.addHook('onRequest', async ({ headers }) => {
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
      throw refuse(415, 'not-supported', 'Bodies are taken without content encoding only.', {
        'accept-encoding': 'identity',
      });
    }
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
      throw refuse(415, 'not-supported', 'Bodies are taken in UTF-8 only.');
    }
  });
}

/** The bytes of a request; none when it came without a body. */
export function bytesOf({ body }: FastifyRequest): Uint8Array {
  return body instanceof Uint8Array ? body : NO_BYTES;
}
