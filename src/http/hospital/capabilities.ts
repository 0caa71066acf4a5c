/**
 * capabilities: what is served here, and nothing else. https://hl7.org/fhir/R4/http.html#capabilities
 */
import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4';
import { redbag, ukCore } from '../../fhir/systems.js';
import { VERSION } from '../../version.js';
import { baseUrl } from './address.js';
import { sendFhir } from './answer.js';
import type { Handler, Parts } from './interaction.js';
import { SEARCH_PARAMETERS } from './search-parameters.js';
import { LARGEST_PAGE } from './search-query.js';

/** When what is said here last changed. */
const CHANGED = '2026-11-22';

const VALIDATE = {
  name: 'validate',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
  documentation: 'At [base]/$validate and [base]/[type]/$validate; not for a stored instance.',
};

/** Written by the care home's side only. */
const READ_ONLY = {
  versioning: 'versioned',
  readHistory: true,
  updateCreate: false,
  conditionalCreate: false,
  conditionalRead: 'full-support',
  conditionalUpdate: false,
  conditionalDelete: 'not-supported',
} as const;

const SERVED: Readonly<Record<string, Omit<CapabilityStatementRestResource, 'type'>>> = {
  DocumentReference: {
    supportedProfile: [
      redbag('StructureDefinition', 'RedBag-DocumentReference'),
      ukCore('DocumentReference'),
    ],
    documentation:
      'Two for each version of a Red Bag: its PDF, and its FHIR document. Search results: ' +
      `_count (at most ${LARGEST_PAGE}), _sort (date, _lastUpdated, _id, each with or without a minus), ` +
      '_summary=count. Links in search results carry identifiers of the resident in sealed form.',
    interaction: [
      { code: 'read' },
      { code: 'vread' },
      { code: 'history-instance' },
      {
        code: 'search-type',
        documentation: 'GET [base]/DocumentReference and POST [base]/DocumentReference/_search',
      },
    ],
    ...READ_ONLY,
    searchParam: SEARCH_PARAMETERS.map(({ name, type, definition, documentation }) => ({
      name,
      type,
      documentation,
      ...(definition === undefined ? {} : { definition }),
    })),
  },
  Binary: {
    documentation: 'The PDF, natively or as a resource, by Accept.',
    interaction: [{ code: 'read' }, { code: 'vread' }],
    ...READ_ONLY,
  },
  Bundle: {
    documentation: 'The FHIR document, byte for byte.',
    interaction: [{ code: 'read' }, { code: 'vread' }],
    ...READ_ONLY,
  },
};

/** The statement for the address that the caller used. */
export function capabilityStatement(parts: Parts, base: string): CapabilityStatement {
  const mark = parts.demonstration ? ' DEMONSTRATION – NOT FOR CARE.' : '';
  return {
    resourceType: 'CapabilityStatement',
    name: 'RedBag',
    title: 'Red Bag',
    status: 'active',
    date: CHANGED,
    kind: 'instance',
    software: { name: 'Red Bag', version: VERSION },
    implementation: {
      description: `The papers that care homes send with their residents to hospital.${mark}`,
      url: base,
    },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation: 'Read only. XML is not served.',
        security: {
          cors: false,
          description: parts.guarded
            ? 'A bearer token in Authorization.'
            : 'None: reachable from this machine only.',
        },
        resource: parts.resourceTypes.map((type) => ({
          type: type as CapabilityStatementRestResource['type'],
          ...SERVED[type],
          operation: [VALIDATE],
        })),
        operation: [VALIDATE],
      },
    ],
  };
}

export function capabilities(parts: Parts): Handler {
  return async (request, reply) =>
    sendFhir(request, reply, capabilityStatement(parts, baseUrl(request, parts.place)));
}
