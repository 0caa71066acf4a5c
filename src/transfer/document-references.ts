/**
 * The two DocumentReferences of a version: one for the PDF, one for the FHIR document, because MHD allows one content
 * each; the PDF's says that it is a transform of the other. A hospital's own labels are put on at delivery.
 * https://profiles.ihe.net/ITI/MHD/StructureDefinition-IHE.MHD.UnContained.Comprehensive.DocumentReference.html
 */
import { createHash } from 'node:crypto';
import { redbag, systems, ukCore } from '../fhir/systems.js';
import { uuid5 } from '../fhir/uuid.js';
import { isObject, type JsonObject, member } from '../mapping/json.js';
import type { NewDocument } from '../store/store.js';
import { bundleId } from './document.js';

const FORMAT_CODES = 'http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode';
/** By IHE MHD the master identifier says that it is the XDS document's uniqueId. */
const UNIQUE_ID = {
  coding: [
    { system: 'https://profiles.ihe.net/ITI/MHD/CodeSystem/IHE.MHD.MHDIdentifierType', code: 'uniqueId' },
  ],
};
const TITLE = 'Red Bag';

export interface DocumentReferencesInput {
  readonly bagId: string;
  readonly version: number;
  /** The package as it was mapped (sensitive and not understood leaves taken out). */
  readonly clean: JsonObject;
  readonly sensitive: boolean;
  /** No hospital may find it: the resident is sensitive or did not agree to share. */
  readonly hidden: boolean;
  readonly demonstration: boolean;
  readonly pdf: Uint8Array;
}

type Kind = 'pdf' | 'fhir';

/** Id of a version's DocumentReference. */
export const documentId = (bagId: string, version: number, kind: Kind): string =>
  uuid5(bagId, `DocumentReference ${version} ${kind}`);

const binaryId = (bagId: string, version: number): string => uuid5(bagId, `Binary ${version} pdf`);

/** Makes both, status current, with the columns a hospital searches by. */
export function documentReferences(input: DocumentReferencesInput): NewDocument[] {
  return (['pdf', 'fhir'] as const).map((kind) => {
    const resource = documentReference(input, kind);
    return stored(input.bagId, input.version, kind, resource, input.hidden);
  });
}

/** The same document with another status: superseded by a newer version, or entered-in-error after a withdrawal. */
export function withStatus(document: NewDocument, status: 'superseded' | 'entered-in-error'): NewDocument {
  const resource = { ...(JSON.parse(document.resource) as JsonObject), status };
  return { ...document, resource: JSON.stringify(resource), search: { ...document.search, status } };
}

/** A stored DocumentReference with its search columns, from the resource alone. */
export function stored(
  bagId: string,
  version: number,
  kind: Kind,
  resource: JsonObject,
  hidden: boolean,
): NewDocument {
  const nhsNumber = member(resource, 'subject.identifier.value');
  const identifiers = [
    resource['masterIdentifier'],
    ...((resource['identifier'] ?? []) as readonly JsonObject[]),
  ];
  const tokens = identifiers.filter(isObject).flatMap((i) => token(i['system'], i['value']));
  const codings = (member(resource, 'type.coding') ?? []) as readonly JsonObject[];
  return {
    id: String(resource['id']),
    bagId,
    bagVersion: version,
    kind,
    resource: JSON.stringify(resource),
    search: {
      id: String(resource['id']),
      status: String(resource['status']),
      ...(typeof nhsNumber === 'string' ? { nhsNumber } : {}),
      identifiers: [...new Set(tokens)],
      types: [...new Set(codings.flatMap((c) => token(c['system'], c['code'])))],
      date: String(resource['date']),
      sensitive: hidden,
    },
  };
}

const token = (system: unknown, value: unknown): string[] =>
  typeof system === 'string' && typeof value === 'string' ? [`${system}|${value}`] : [];

function documentReference(input: DocumentReferencesInput, kind: Kind): JsonObject {
  const { bagId, version, clean } = input;
  const createdAt = String(clean['createdAt']);
  const identifier = { system: systems.uri, value: `urn:uuid:${masterId(input, kind)}` };
  const sender = organisation(clean);
  return {
    resourceType: 'DocumentReference',
    id: documentId(bagId, version, kind),
    meta: {
      profile: [redbag('StructureDefinition', 'RedBag-DocumentReference'), ukCore('DocumentReference')],
      ...(input.demonstration
        ? { security: [{ system: systems.actReason, code: 'HTEST', display: 'test health data' }] }
        : {}),
    },
    contained: [sourcePatient(clean)],
    masterIdentifier: { type: UNIQUE_ID, ...identifier },
    identifier: [identifier],
    status: 'current',
    type: {
      coding: [{ system: systems.snomed, code: '734163000', display: 'Care plan' }],
      text: 'Red Bag transfer - care home to hospital',
    },
    category: [{ coding: [{ system: systems.snomed, code: '734163000', display: 'Care plan' }] }],
    subject: subject(clean),
    date: createdAt,
    author: [sender],
    custodian: sender,
    ...relations(input, kind),
    description: kind === 'pdf' ? TITLE : `${TITLE} (FHIR document)`,
    securityLabel: [{ coding: [confidentiality(input.sensitive)] }],
    content: [{ attachment: attachment(input, kind, createdAt), format: format(kind) }],
    context: {
      facilityType: { text: 'Care home' },
      practiceSetting: { text: 'Adult social care' },
      sourcePatientInfo: { reference: '#patient' },
    },
  };
}

const masterId = ({ bagId, version }: DocumentReferencesInput, kind: Kind): string =>
  kind === 'fhir' ? bundleId(bagId, version) : uuid5(bagId, `pdf ${version}`);

const confidentiality = (sensitive: boolean): JsonObject => ({
  system: systems.confidentiality,
  code: sensitive ? 'R' : 'N',
  display: sensitive ? 'restricted' : 'normal',
});

const format = (kind: Kind): JsonObject =>
  kind === 'pdf'
    ? {
        system: FORMAT_CODES,
        code: 'urn:ihe:iti:xds:2017:mimeTypeSufficient',
        display: 'mimeType Sufficient',
      }
    : {
        system: redbag('CodeSystem', 'document-format'),
        code: 'redbag-document-1',
        display: 'Red Bag FHIR document, version 1',
      };

/** Hash and size are those of the bytes; MHD leaves both out where the content is a FHIR document. */
function attachment(input: DocumentReferencesInput, kind: Kind, creation: string): JsonObject {
  const common = { language: 'en-GB', creation };
  if (kind === 'fhir') {
    return {
      contentType: 'application/fhir+json',
      ...common,
      url: `Bundle/${bundleId(input.bagId, input.version)}`,
      title: `${TITLE} (FHIR document)`,
    };
  }
  return {
    contentType: 'application/pdf',
    ...common,
    url: `Binary/${binaryId(input.bagId, input.version)}`,
    size: input.pdf.byteLength,
    hash: createHash('sha1').update(input.pdf).digest('base64'),
    title: TITLE,
  };
}

function relations(input: DocumentReferencesInput, kind: Kind): JsonObject {
  const { bagId, version } = input;
  const to = (v: number, k: Kind): JsonObject => ({
    reference: `DocumentReference/${documentId(bagId, v, k)}`,
  });
  const relatesTo = [
    ...(kind === 'pdf' ? [{ code: 'transforms', target: to(version, 'fhir') }] : []),
    ...(version > 1 ? [{ code: 'replaces', target: to(version - 1, kind) }] : []),
  ];
  return relatesTo.length > 0 ? { relatesTo } : {};
}

/** The resident by NHS number and name; without a verified number by name alone, which is for reading and not for matching. */
function subject(clean: JsonObject): JsonObject {
  const number = nhsNumber(clean);
  return {
    type: 'Patient',
    ...(number === undefined ? {} : { identifier: { system: systems.nhsNumber, value: number } }),
    display: displayName(clean),
  };
}

/** The resident as the home knows them, when the document was made. */
function sourcePatient(clean: JsonObject): JsonObject {
  const number = nhsNumber(clean);
  const birthDate = member(clean, 'resident.birthDate');
  return {
    resourceType: 'Patient',
    id: 'patient',
    ...(number === undefined ? {} : { identifier: [{ system: systems.nhsNumber, value: number }] }),
    name: [{ text: displayName(clean) }],
    ...(typeof birthDate === 'string' ? { birthDate } : {}),
  };
}

function nhsNumber(clean: JsonObject): string | undefined {
  const number = member(clean, 'resident.nhsNumber');
  return typeof number === 'string' ? number.replaceAll(' ', '') : undefined;
}

/** Name for a list: family name first in capitals, as EPR lists have it. */
function displayName(clean: JsonObject): string {
  const name = member(clean, 'resident.name');
  if (!isObject(name)) return 'Name not recorded';
  const given = Array.isArray(name['given']) ? name['given'].join(' ') : name['given'];
  const family = typeof name['family'] === 'string' ? name['family'].toUpperCase() : undefined;
  return (
    [family, given].filter((s) => typeof s === 'string' && s !== '').join(', ') ||
    String(name['full'] ?? 'Name not recorded')
  );
}

function organisation(clean: JsonObject): JsonObject {
  const o = member(clean, 'sender.organisation');
  if (!isObject(o) || o['name'] === undefined)
    return { type: 'Organization', display: 'Withheld: sensitive resident' };
  const identifier =
    typeof o['odsCode'] === 'string'
      ? { system: systems.odsSite, value: o['odsCode'] }
      : typeof o['cqcLocationId'] === 'string'
        ? { system: systems.cqcLocation, value: o['cqcLocationId'] }
        : undefined;
  return { type: 'Organization', ...(identifier ? { identifier } : {}), display: String(o['name']) };
}
