/** Small made-up bags for tests of the store and of delivery; no person is behind them. */
import { createHash, randomUUID } from 'node:crypto';
import type { Bundle, DocumentReference, FhirResource } from 'fhir/r4';
import type { Bag, BagStatus, BagVersion, NewDelivery, NewDocument, NewVersion } from '#src/store/store.js';

export const IDS = 'https://w3id.org/redbag/Id/document';

export interface Sample {
  readonly id: string;
  readonly bag: Omit<Bag, 'version' | 'status' | 'updatedAt'>;
  /** Ids of the DocumentReferences and their bodies, by version. */
  readonly ids: (version: number) => { pdf: string; fhir: string; binary: string; bundle: string };
  readonly version: (
    n: number,
    options?: { status?: BagStatus; at?: string; sensitive?: boolean },
  ) => NewVersion & { readonly version: BagVersion };
  /** The documents of a version with another status. */
  readonly documents: (
    n: number,
    status: DocumentReference['status'],
    options?: { sensitive?: boolean },
  ) => NewDocument[];
}

export const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1, 3, 0, seconds)).toISOString();

export function sample(sender = 'ods:VLX01', packageId: string = randomUUID()): Sample {
  const id = randomUUID();
  const named = (version: number) => (what: string) => {
    const h = createHash('sha256').update(`${id}/${version}/${what}`).digest('hex');
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
  };
  const ids = (version: number) => {
    const name = named(version);
    return { pdf: name('pdf'), fhir: name('fhir'), binary: name('binary'), bundle: name('bundle') };
  };

  const reference = (
    version: number,
    kind: 'pdf' | 'fhir',
    status: DocumentReference['status'],
  ): DocumentReference => {
    const own = ids(version);
    const identifier = { system: IDS, value: own[kind] };
    return {
      resourceType: 'DocumentReference',
      id: own[kind],
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] },
      masterIdentifier: identifier,
      identifier: [identifier],
      status,
      type: { coding: [{ system: 'http://snomed.info/sct', code: '823681000000100' }] },
      subject: { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' } },
      date: at(version),
      relatesTo: [
        ...(kind === 'pdf'
          ? [{ code: 'transforms' as const, target: { reference: `DocumentReference/${own.fhir}` } }]
          : []),
        ...(version > 1
          ? [
              {
                code: 'replaces' as const,
                target: { reference: `DocumentReference/${ids(version - 1)[kind]}` },
              },
            ]
          : []),
      ],
      content: [
        {
          attachment: {
            contentType: kind === 'pdf' ? 'application/pdf' : 'application/fhir+json',
            url: kind === 'pdf' ? `Binary/${own.binary}` : `Bundle/${own.bundle}`,
            title: 'Red Bag',
          },
        },
      ],
    };
  };

  const documents: Sample['documents'] = (version, status, { sensitive = false } = {}) =>
    (['pdf', 'fhir'] as const).map((kind) => ({
      id: ids(version)[kind],
      bagId: id,
      bagVersion: version,
      kind,
      resource: JSON.stringify(reference(version, kind, status)),
      search: {
        id: ids(version)[kind],
        status,
        nhsNumber: '9990000018',
        identifiers: [`${IDS}|${ids(version)[kind]}`],
        types: ['http://snomed.info/sct|823681000000100', `urn:kind|${kind}`],
        date: at(version),
        sensitive,
      },
    }));

  return {
    id,
    ids,
    documents,
    bag: { id, sender, packageId, createdAt: '2026-01-01T03:00:00+00:00' },
    version: (n, { status = 'delivering', at: acceptedAt = at(n), sensitive = false } = {}) => ({
      status,
      version: {
        bagId: id,
        version: n,
        contentHash: createHash('sha256').update(`${id}/${n}`).digest('hex'),
        package: `{"packageId":"${packageId}","note":"ŵ 😀 ${n}"}`,
        bundle: JSON.stringify(documentBundle(ids(n).bundle, n)),
        pdf: new TextEncoder().encode(`%PDF-1.7\n%version ${n} of ${id}\n`),
        issues: '[]',
        coverage: '{"leaves":[]}',
        acceptedAt,
      },
      documents: [
        ...documents(n, 'current', { sensitive }),
        ...(n > 1 ? documents(n - 1, 'superseded', { sensitive }) : []),
      ],
    }),
  };
}

function documentBundle(id: string, version: number): Bundle<FhirResource> {
  const home = 'urn:uuid:22222222-2222-4222-8222-222222222222';
  return {
    resourceType: 'Bundle',
    id,
    type: 'document',
    identifier: { system: IDS, value: id },
    timestamp: at(version),
    entry: [
      {
        fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111111',
        resource: {
          resourceType: 'Composition',
          status: 'final',
          type: { text: 'Red Bag' },
          date: at(version),
          title: 'Red Bag',
          author: [{ reference: home }],
          section: [
            {
              title: 'Example',
              text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">example</div>' },
            },
          ],
        },
      },
      { fullUrl: home, resource: { resourceType: 'Organization', name: 'Example Home' } },
    ],
  };
}

export const deliver = (version: number, ...destinations: string[]): NewDelivery[] =>
  destinations.map((destination) => ({ destination, version, operation: 'deliver', notBefore: at(0) }));
