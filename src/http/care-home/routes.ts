/**
 * The REST interface for care home software. Each route reads the request, asks the service, and says what it answered;
 * answers leave as they were made (JSON.stringify or stored bytes), never through a response schema, which would change
 * or drop what it does not know.
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { AccessControl } from '../../access/access.js';
import { formatted, group, line, optional, text } from '../../forms/elements.js';
import { issueOf } from '../../intake/issues.js';
import type { PdfCopy } from '../../transfer/copies.js';
import type {
  BagState,
  DestinationRequest,
  Invalid,
  RedBagService,
  Stored,
  WithdrawalRequest,
} from '../../transfer/service-interface.js';
import { contextOf, guard } from '../context.js';
import { type Problem, ProblemError, problemOf, requestProblem, sendProblem } from '../problem.js';
import { bodyReader, bytesOf, takeRawJson } from './body.js';
import { bagListQuery, printForm } from './query.js';
import { alreadyHas, etagOf, versionInPath, versionToChange } from './versions.js';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

export const withdrawalSchema = group('Withdrawal', {
  reason: text('Reason', 'Why the bag is withdrawn, for example: sent for the wrong resident.'),
  by: optional(line('By', 'Who withdraws it.')),
});
export const destinationSchema = group('Destination', {
  odsCode: formatted('ods-code', 'ODS code of the hospital'),
  name: optional(line('Name')),
});

export interface CareHomeOptions {
  readonly service: RedBagService;
  readonly access: AccessControl;
  /** Put in front of links, for a service behind a proxy; without a slash at its end. */
  readonly publicUrl: string;
}

interface IdParams {
  Params: { id: string };
}
interface PdfQuery {
  Querystring: Record<string, unknown>;
}
interface VersionParams {
  Params: { id: string; version: string };
}

export const careHomeRoutes: FastifyPluginAsync<CareHomeOptions> = async (app, options) => {
  const { service } = options;
  guard(app, options.access);
  takeRawJson(app);
  const view = (bag: BagState) => bagView(bag, options.publicUrl);
  const sendBag = (reply: FastifyReply, status: number, bag: BagState): FastifyReply =>
    sendJson(reply.code(status).header('etag', etagOf(bag.version)), view(bag));

  app.post('/red-bags', async (request, reply) => {
    const answer = await service.accept(bytesOf(request), contextOf(request));
    switch (answer.kind) {
      case 'created':
        reply.header('location', view(answer.bag).links.self);
        return sendBag(reply, 201, answer.bag);
      case 'same':
        reply.header('location', view(answer.bag).links.self);
        return sendBag(reply, 200, answer.bag);
      case 'package-id-reused':
        return sendProblem(reply, packageIdReused(answer.existing, answer.issues));
      case 'invalid':
        return sendProblem(reply, invalid(answer));
    }
  });

  app.post('/red-bags/validate', async (request, reply) =>
    sendJson(reply, await service.validate(bytesOf(request), contextOf(request))),
  );

  app.get<{ Querystring: Record<string, unknown> }>('/red-bags', async (request, reply) => {
    const query = bagListQuery(request.query);
    const answer = await service.list(query, contextOf(request));
    if (answer.kind === 'bad-cursor') {
      const values = { parameter: 'cursor', expected: 'the "next" of the page before' };
      return sendProblem(reply, requestProblem('bad-request', 'bad-parameter', values));
    }
    const items = answer.items.map(view);
    return sendJson(reply, { items, ...(answer.next === undefined ? {} : { next: answer.next }) });
  });

  app.get<IdParams>('/red-bags/:id', async (request, reply) => {
    const bag = await service.read(request.params.id, contextOf(request));
    return bag === undefined ? noBag(reply) : sendBag(reply, 200, bag);
  });

  app.put<IdParams>('/red-bags/:id', async (request, reply) => {
    const version = versionToChange(request.headers['if-match']);
    const answer = await service.amend(request.params.id, version, bytesOf(request), contextOf(request));
    switch (answer.kind) {
      case 'amended':
      case 'same':
        return sendBag(reply, 200, answer.bag);
      case 'stale': {
        const problem = requestProblem('stale-version', 'stale-version', { version: answer.version });
        return sendProblem(reply, problem, { etag: etagOf(answer.version) });
      }
      case 'package-id-mismatch': {
        const issue = issueOf({ code: 'package-id-mismatch', pointer: '/packageId' });
        return sendProblem(reply, problemOf('package-id-mismatch', [issue]));
      }
      case 'withdrawn':
        return sendProblem(reply, requestProblem('withdrawn', 'bag-withdrawn'));
      case 'invalid':
        return sendProblem(reply, invalid(answer));
      case 'not-found':
        return noBag(reply);
    }
  });

  const readWithdrawal = bodyReader<WithdrawalRequest>(withdrawalSchema);
  app.post<IdParams>('/red-bags/:id/withdrawal', async (request, reply) => {
    const answer = await service.withdraw(request.params.id, readWithdrawal(request), contextOf(request));
    return answer.kind === 'not-found' ? noBag(reply) : sendBag(reply, 200, answer.bag);
  });

  const readDestination = bodyReader<DestinationRequest>(destinationSchema);
  app.post<IdParams>('/red-bags/:id/destinations', async (request, reply) => {
    const destination = readDestination(request);
    const answer = await service.addDestination(request.params.id, destination, contextOf(request));
    if (answer.kind === 'not-found') return noBag(reply);
    if (answer.kind === 'withdrawn') return sendProblem(reply, requestProblem('withdrawn', 'bag-withdrawn'));
    return sendBag(reply, 200, answer.bag);
  });

  app.get<IdParams>('/red-bags/:id/bundle', async (request, reply) => {
    const stored = await service.bundle(request.params.id, undefined, contextOf(request));
    return sendStored(request, reply, stored, FHIR_JSON);
  });
  app.get<VersionParams>('/red-bags/:id/versions/:version/bundle', async (request, reply) => {
    const version = versionOf(request);
    return sendStored(
      request,
      reply,
      await service.bundle(request.params.id, version, contextOf(request)),
      FHIR_JSON,
    );
  });
  app.get<IdParams & PdfQuery>('/red-bags/:id/pdf', async (request, reply) => {
    const form = printForm(request.query);
    return sendPdf(request, reply, await service.pdf(request.params.id, undefined, form, contextOf(request)));
  });
  app.get<VersionParams & PdfQuery>('/red-bags/:id/versions/:version/pdf', async (request, reply) => {
    const form = printForm(request.query);
    const version = versionOf(request);
    return sendPdf(request, reply, await service.pdf(request.params.id, version, form, contextOf(request)));
  });
  app.get<IdParams>('/red-bags/:id/package', async (request, reply) =>
    sendStored(request, reply, await service.package(request.params.id, contextOf(request)), JSON_TYPE),
  );
  app.get<IdParams>('/red-bags/:id/coverage', async (request, reply) =>
    sendStored(request, reply, await service.coverage(request.params.id, contextOf(request)), JSON_TYPE),
  );
  app.get<IdParams>('/red-bags/:id/deliveries', async (request, reply) => {
    const items = await service.deliveries(request.params.id, contextOf(request));
    return items === undefined ? noBag(reply) : sendJson(reply, { items });
  });
};

/** The bag as it is answered, with the addresses of all that belongs to it. */
export function bagView(bag: BagState, publicUrl: string) {
  const self = `${publicUrl}/red-bags/${encodeURIComponent(bag.id)}`;
  return {
    id: bag.id,
    packageId: bag.packageId,
    version: bag.version,
    status: bag.status,
    issues: bag.issues,
    links: {
      self,
      bundle: `${self}/bundle`,
      pdf: `${self}/pdf`,
      package: `${self}/package`,
      deliveries: `${self}/deliveries`,
      coverage: `${self}/coverage`,
    },
  };
}

function sendJson(reply: FastifyReply, value: object): FastifyReply {
  return reply.type(JSON_TYPE).send(JSON.stringify(value));
}

function sendStored(
  request: FastifyRequest,
  reply: FastifyReply,
  stored: Stored<string> | undefined,
  type: string,
): FastifyReply {
  if (stored === undefined) return noBag(reply);
  reply.header('etag', etagOf(stored.version));
  if (alreadyHas(request.headers['if-none-match'], stored.version)) return reply.code(304).send();
  return reply.type(type).send(stored.body);
}

/** The file's name tells the bag and version, nothing of the resident: download folders are shared. */
async function sendPdf(
  request: FastifyRequest<IdParams>,
  reply: FastifyReply,
  copy: PdfCopy | undefined,
): Promise<FastifyReply> {
  if (copy === undefined) return noBag(reply);
  const name = `red-bag-${request.params.id.replace(/[^A-Za-z0-9-]/g, '_')}-v${copy.tag}.pdf`;
  reply.header('content-disposition', `inline; filename="${name}"`).header('etag', etagOf(copy.tag));
  if (alreadyHas(request.headers['if-none-match'], copy.tag)) return reply.code(304).send();
  return reply.type('application/pdf').send(await copy.body());
}

function versionOf(request: FastifyRequest<VersionParams>): number {
  const version = versionInPath(request.params.version);
  if (version === undefined) throw new ProblemError(requestProblem('not-found', 'bag-not-found'));
  return version;
}

function noBag(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, requestProblem('not-found', 'bag-not-found'));
}

function invalid({ status, issues }: Invalid): Problem {
  return problemOf(status === 400 ? 'unreadable' : 'invalid', issues);
}

function packageIdReused(existing: { id: string; version: number }, issues: Invalid['issues']): Problem {
  const said = issues.some((issue) => issue.code === 'package-id-reused');
  const own = issueOf({ code: 'package-id-reused', pointer: '/packageId', values: existing });
  return problemOf('package-id-reused', said ? issues : [own, ...issues], { existing });
}
