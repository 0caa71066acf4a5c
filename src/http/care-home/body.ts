/**
 * Bodies are read as raw bytes: what they hold is the intake's business. Media types and encodings are this file's.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { group } from '../../forms/elements.js';
import { issueOf } from '../../intake/issues.js';
import { parseJson } from '../../intake/parse.js';
import { createSchemaCheck } from '../../intake/schema-issues.js';
import { sortIssues } from '../../intake/sort-issues.js';
import { formats } from '../../mapping/formats.js';
import { ProblemError, problemOf, requestProblem } from '../problem.js';

const JSON_TYPE = 'application/json';
const NO_BYTES = new Uint8Array(0);

/** Makes the plugin take `application/json` as bytes and nothing else. */
export function takeRawJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async ({ headers }) => {
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
      throw new ProblemError(requestProblem('unsupported-media-type', 'unsupported-content-encoding'), {
        'accept-encoding': 'identity',
      });
    }
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
      const expected = `${JSON_TYPE} in UTF-8`;
      throw new ProblemError(
        requestProblem('unsupported-media-type', 'unsupported-media-type', { expected }),
      );
    }
  });
}

/** The bytes of a request; none when it came without a body. */
export function bytesOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : NO_BYTES;
}

/**
 * A reader of small JSON bodies.
 * @param schema made by `group` of `forms/elements.ts`
 * @returns a function that gives the value or throws the problem that names every fault
 */
export function bodyReader<Body>(schema: ReturnType<typeof group>): (request: FastifyRequest) => Body {
  const check = createSchemaCheck(schema, { formats });
  return (request) => {
    const parsed = parseJson(bytesOf(request));
    if (!parsed.ok) {
      throw new ProblemError(problemOf('unreadable', sortIssues(parsed.findings.map((f) => issueOf(f)))));
    }
    const faults = check.faults(parsed.value);
    if (faults.length > 0) {
      throw new ProblemError(problemOf('invalid', sortIssues(faults.map((f) => issueOf(f)))));
    }
    return parsed.value as Body;
  };
}
