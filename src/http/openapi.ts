/**
 * The OpenAPI 3.1 description of everything that is served to care home software and operators. Written by hand, from
 * the same schemas and tables that do the work; a test compares its paths with the routes of the app.
 * https://spec.openapis.org/oas/v3.1.1.html
 */
import { SECTIONS } from '../intake/issues.js';
import { formats } from '../mapping/formats.js';
import { BAG_STATUSES, LARGEST_PAGE } from './care-home/query.js';
import { destinationSchema, withdrawalSchema } from './care-home/routes.js';
import { componentSchemas } from './openapi-schemas.js';
import { PROBLEM_JSON, PROBLEMS, type ProblemName } from './problem.js';

export interface OpenApiOptions {
  readonly version: string;
  readonly demonstration: boolean;
  /** True when a bearer token is asked for. */
  readonly guarded: boolean;
  readonly bodyLimit: number;
  readonly publicUrl: string;
  readonly packageSchema: object;
  /** Parts of the package schema that get a name of their own. */
  readonly forms: Readonly<Record<string, object>>;
  /** Whole packages, by name. */
  readonly examples: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const header = (name: string) => ({ $ref: `#/components/headers/${name}` });
const response = (name: string) => ({ $ref: `#/components/responses/${name}` });
const parameter = (name: string) => ({ $ref: `#/components/parameters/${name}` });
const json = (schema: object, more: object = {}) => ({ 'application/json': { schema, ...more } });
const IDS = { 'X-Request-ID': header('X-Request-ID'), 'X-Correlation-ID': header('X-Correlation-ID') };

/** Puts the document together. */
export function openApiDocument(options: OpenApiOptions): object {
  const always: ProblemName[] = options.guarded
    ? ['not-authorised', 'internal-error']
    : ['wrong-host', 'internal-error'];
  const fails = (...names: ProblemName[]) =>
    Object.fromEntries(
      byStatus([...names, ...always]).map(([status, same]) => [status, response(same.join('-or-'))]),
    );
  const bag = (description: string, more: object = {}) => ({
    description,
    headers: { ...IDS, ETag: header('ETag'), ...more },
    content: json(ref('Bag')),
  });
  const packageBody = {
    required: true,
    content: json(
      ref('Package'),
      Object.keys(options.examples).length > 0 ? { examples: options.examples } : {},
    ),
  };
  const read = (
    operationId: string,
    summary: string,
    description: string,
    content: object,
    more: object[] = [],
    headers: object = { ...IDS, ETag: header('ETag') },
  ) => ({
    get: {
      tags: ['Red Bags'],
      operationId,
      summary,
      parameters: [parameter('id'), ...more],
      responses: {
        200: { description, headers, content },
        ...fails('not-found'),
      },
    },
  });
  const fhir = {
    'application/fhir+json': { schema: { type: 'object', description: 'FHIR R4 document Bundle' } },
  };
  const pdf = { 'application/pdf': { schema: { type: 'string', contentEncoding: 'binary' } } };
  const printed = (operationId: string, summary: string, more: object[] = []) => {
    const { get } = read(operationId, summary, 'PDF for the ward', pdf, [...more, printParameter]);
    const description =
      'As it was made while it holds. Once it is superseded or the bag withdrawn, the answer is another document: the ' +
      'same pages, marked so across each of them; the ETag tells them apart. `print=large`: nothing smaller than 18 ' +
      'points, all the same content, for the resident and the family.';
    return {
      get: { ...get, description, responses: { ...get.responses, ...fails('bad-request', 'not-available') } },
    };
  };
  const printParameter = queryParameter(
    'print',
    { type: 'string', enum: ['usual', 'large'], default: 'usual' },
    'Form of the pages.',
  );
  const writes: ProblemName[] = ['unreadable', 'too-large', 'unsupported-media-type'];

  const paths = {
    '/red-bags': {
      post: {
        tags: ['Red Bags'],
        operationId: 'sendRedBag',
        summary: 'Send a Red Bag',
        description:
          'The answer 201 is given when the package, its FHIR document and its PDF are stored for good. ' +
          'Sending the same again (same sender, packageId and content) gives 200 and doubles nothing.',
        requestBody: packageBody,
        responses: {
          201: bag('Accepted and stored', { Location: header('Location') }),
          200: bag('Accepted before; nothing changed', { Location: header('Location') }),
          ...fails(...writes, 'invalid', 'package-id-reused'),
        },
      },
      get: {
        tags: ['Red Bags'],
        operationId: 'listRedBags',
        summary: 'List bags',
        parameters: [
          queryParameter('packageId', { type: 'string' }, 'The id that the sender gave.'),
          queryParameter('status', { type: 'string', enum: BAG_STATUSES }, 'Where it stands.'),
          queryParameter('updatedSince', { type: 'string', format: 'date-time' }, 'Changed at or after.'),
          queryParameter(
            'limit',
            { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: 20 },
            'Bags a page.',
          ),
          queryParameter('cursor', { type: 'string' }, '"next" of the page before.'),
        ],
        responses: {
          200: { description: 'A page of bags', headers: IDS, content: json(ref('BagPage')) },
          ...fails('bad-request'),
        },
      },
    },
    '/red-bags/validate': {
      post: {
        tags: ['Red Bags'],
        operationId: 'validateRedBag',
        summary: 'Check a Red Bag and store nothing',
        requestBody: packageBody,
        responses: {
          200: {
            description: 'What is to be said about the body, whatever is wrong with it',
            headers: IDS,
            content: json(ref('Validation')),
          },
          ...fails('too-large', 'unsupported-media-type'),
        },
      },
    },
    '/red-bags/{id}': {
      ...read('readRedBag', 'Read a bag', 'The bag', json(ref('Bag'))),
      put: {
        tags: ['Red Bags'],
        operationId: 'amendRedBag',
        summary: 'Send a new version, which supersedes the one before',
        description: 'Sent again with the content that the bag has already: 200, nothing doubled.',
        parameters: [
          parameter('id'),
          {
            name: 'If-Match',
            in: 'header',
            required: true,
            description: 'ETag of the version that is amended.',
            schema: { type: 'string' },
            example: '"1"',
          },
        ],
        requestBody: packageBody,
        responses: {
          200: bag('The bag with its new version'),
          ...fails(
            ...writes,
            'bad-request',
            'not-found',
            'stale-version',
            'invalid',
            'package-id-mismatch',
            'withdrawn',
            'if-match-missing',
          ),
        },
      },
    },
    '/red-bags/{id}/withdrawal': {
      post: {
        tags: ['Red Bags'],
        operationId: 'withdrawRedBag',
        summary: 'Withdraw a bag that was sent for the wrong resident',
        description:
          'Marked entered-in-error at every hospital that has it, not delivered where it has not left. Repeated: 200. ' +
          'Telephone the ward as well.',
        parameters: [parameter('id')],
        requestBody: { required: true, content: json(ref('Withdrawal')) },
        responses: { 200: bag('The withdrawn bag'), ...fails(...writes, 'not-found', 'invalid') },
      },
    },
    '/red-bags/{id}/destinations': {
      post: {
        tags: ['Red Bags'],
        operationId: 'addDestination',
        summary: 'Add a destination: the ambulance was diverted, or the hospital was not known before',
        parameters: [parameter('id')],
        requestBody: { required: true, content: json(ref('Destination')) },
        responses: { 200: bag('The bag'), ...fails(...writes, 'not-found', 'invalid', 'withdrawn') },
      },
    },
    '/red-bags/{id}/bundle': read('readBundle', 'The FHIR document', 'FHIR R4 document Bundle', fhir),
    '/red-bags/{id}/pdf': printed('readPdf', 'The PDF'),
    '/red-bags/{id}/package': read('readPackage', 'The package as it was sent', 'JSON', json(ref('Package'))),
    '/red-bags/{id}/coverage': read(
      'readCoverage',
      'Where each value went in the document',
      'Coverage',
      json(ref('Coverage')),
    ),
    '/red-bags/{id}/deliveries': read(
      'readDeliveries',
      'Deliveries and their attempts',
      'Deliveries',
      json(ref('Deliveries')),
      [],
      // They change without a new version.
      IDS,
    ),
    '/red-bags/{id}/versions/{version}/bundle': read(
      'readVersionBundle',
      'The FHIR document of a version',
      'FHIR R4 document Bundle',
      fhir,
      [parameter('version')],
    ),
    '/red-bags/{id}/versions/{version}/pdf': printed('readVersionPdf', 'The PDF of a version', [
      parameter('version'),
    ]),
    '/health': {
      get: {
        tags: ['Operator'],
        operationId: 'health',
        summary: 'Whether the service works',
        security: [],
        responses: {
          200: { description: 'It works', headers: IDS, content: json(ref('Health')) },
          503: { description: 'A part does not work', headers: IDS, content: json(ref('Health')) },
        },
      },
    },
    '/openapi.json': {
      get: {
        tags: ['Operator'],
        operationId: 'openapi',
        summary: 'This description',
        security: [],
        responses: { 200: { description: 'OpenAPI 3.1', headers: IDS, content: json({ type: 'object' }) } },
      },
    },
  };

  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Red Bag',
      version: options.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: introduction(options),
    },
    servers: [{ url: options.publicUrl === '' ? '/' : options.publicUrl }],
    security: options.guarded ? [{ bearer: [] }] : [],
    tags: [
      { name: 'Red Bags', description: 'For care home software' },
      { name: 'Operator', description: 'For those who run the service' },
    ],
    paths,
    components: {
      securitySchemes: options.guarded ? { bearer: { type: 'http', scheme: 'bearer' } } : {},
      parameters: {
        id: {
          name: 'id',
          in: 'path',
          required: true,
          description: 'Id of the bag.',
          schema: { type: 'string' },
        },
        version: {
          name: 'version',
          in: 'path',
          required: true,
          description: 'Version of the bag, from 1.',
          schema: { type: 'integer', minimum: 1 },
        },
      },
      headers: {
        'X-Request-ID': { description: 'Yours, or made here.', schema: { type: 'string' } },
        'X-Correlation-ID': { description: 'Yours, or made here.', schema: { type: 'string' } },
        ETag: { description: 'The version, for example "1".', schema: { type: 'string' } },
        Location: { description: 'Address of the bag.', schema: { type: 'string' } },
      },
      responses: problemResponses(paths),
      schemas: { ...formSchemas(options), ...answerSchemas() },
    },
  };
}

function queryParameter(name: string, schema: object, description: string): object {
  return { name, in: 'query', required: false, description, schema };
}

/** OpenAPI has one response for each status: problems that share one are told together. */
function byStatus(names: readonly ProblemName[]): [number, ProblemName[]][] {
  const groups = new Map<number, ProblemName[]>();
  for (const name of new Set(names)) {
    const { status } = PROBLEMS[name];
    groups.set(status, [...(groups.get(status) ?? []), name]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

/** Every combination that a path refers to. */
function problemResponses(paths: object): Record<string, object> {
  const names = new Set(
    [...JSON.stringify(paths).matchAll(/#\/components\/responses\/([a-z-]+)/g)].map((m) => String(m[1])),
  );
  return Object.fromEntries([...names].sort().map((name) => [name, problemResponse(name)]));
}

function problemResponse(combined: string): object {
  const names = combined.split('-or-') as ProblemName[];
  return {
    description: names.map((name) => PROBLEMS[name].title).join('; or: '),
    headers: IDS,
    content: { [PROBLEM_JSON]: { schema: ref('Problem') } },
  };
}

function formSchemas({ packageSchema, forms }: OpenApiOptions): Record<string, object> {
  const says = new Map(Object.entries(formats).map(([name, format]) => [name, format.says]));
  return componentSchemas(
    { Package: packageSchema, ...forms, Withdrawal: withdrawalSchema, Destination: destinationSchema },
    (schema) => (schema['type'] === 'string' ? says.get(String(schema['format'])) : undefined),
  );
}

const text = (description?: string) => ({
  type: 'string',
  ...(description === undefined ? {} : { description }),
});
const object = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  description: 'May gain members: ignore what you do not know.',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const list = (items: object) => ({ type: 'array', items });

function answerSchemas(): Record<string, object> {
  return {
    Issue: object({
      severity: { type: 'string', enum: ['error', 'warning', 'information'] },
      code: {
        type: 'string',
        examples: ['missing-field'],
        description: 'Stable; every code stands in the table above.',
      },
      pointer: text('JSON Pointer (RFC 6901) into what was sent; empty for the whole.'),
      message: text('A sentence to act on.'),
      rule: text('Where the rule comes from.'),
    }),
    Problem: object(
      {
        type: { type: 'string', format: 'uri' },
        title: text(),
        status: { type: 'integer' },
        issues: list(ref('Issue')),
        existing: object({ id: text(), version: { type: 'integer' } }),
      },
      ['existing'],
    ),
    Validation: object({ valid: { type: 'boolean' }, issues: list(ref('Issue')) }),
    Bag: object({
      id: text(),
      packageId: text(),
      version: { type: 'integer', minimum: 1 },
      status: { type: 'string', enum: BAG_STATUSES },
      issues: list(ref('Issue')),
      links: object({
        self: text(),
        bundle: text(),
        pdf: text(),
        package: text(),
        deliveries: text(),
        coverage: text(),
      }),
    }),
    BagPage: object({ items: list(ref('Bag')), next: text('Cursor of the next page; absent on the last.') }, [
      'next',
    ]),
    Coverage: object({
      leaves: list(object({ pointer: text(), targets: list(object({ resource: text(), path: text() })) })),
    }),
    Deliveries: object({
      items: list(
        object({
          destination: text('ODS code.'),
          version: { type: 'integer' },
          state: { type: 'string', enum: ['waiting', 'sending', 'delivered', 'needs-person', 'cancelled'] },
          attempts: list(
            object(
              {
                at: { type: 'string', format: 'date-time' },
                outcome: text(),
                httpStatus: { type: 'integer' },
              },
              ['httpStatus'],
            ),
          ),
        }),
      ),
    }),
    Health: object({
      status: { type: 'string', enum: ['ok', 'failing'] },
      version: text(),
      demonstration: { type: 'boolean' },
      parts: { type: 'object', additionalProperties: { type: 'string', enum: ['ok', 'failing'] } },
    }),
  };
}

function introduction({ demonstration, bodyLimit }: OpenApiOptions): string {
  const codes = Object.entries(SECTIONS).flatMap(([section, entries]) =>
    Object.entries(entries).map(([code, { severity, sentence }]) => {
      const weight =
        typeof severity === 'string'
          ? severity
          : `urgent: ${severity.urgent}, complete: ${severity.complete}`;
      return `| ${section} | \`${code}\` | ${weight} | ${sentence.replaceAll('|', '\\|')} |`;
    }),
  );
  const problems = Object.entries(PROBLEMS).map(
    ([name, { status, title }]) => `| ${status} | \`${name}\` | ${title} |`,
  );
  return [
    ...(demonstration ? ['**DEMONSTRATION – NOT FOR CARE.** Send no real person’s data.', ''] : []),
    'A care home’s hospital transfer papers go in as one JSON package; a FHIR R4 document and a PDF come out and are',
    'delivered to the hospital.',
    '',
    `A request holds ${bodyLimit} bytes at most. Unknown fields, null and empty text are errors: leave out what there is`,
    'nothing to say about. Answers may gain members: ignore what you do not know. Every request may be sent again.',
    '',
    '## Problems',
    '',
    'Errors are `application/problem+json` (RFC 9457); `type` ends with the name of the problem.',
    '',
    '| Status | Problem | Title |',
    '|---|---|---|',
    ...problems,
    '',
    '## Issues',
    '',
    '| About | Code | Severity | Says |',
    '|---|---|---|---|',
    ...codes,
  ].join('\n');
}
