/** Bundles. https://hl7.org/fhir/R4/bundle.html */
import { type Anything, bad, good, type Row, text, uuid } from './table.js';

const BASE = 'https://example.com/fhir';
const bundle = (type: string, entry: Anything[], members: Anything = {}): Anything => ({
  resourceType: 'Bundle',
  type,
  ...members,
  ...(entry.length === 0 ? {} : { entry }),
});
const person = (id: string, members: Anything = {}): Anything => ({
  resourceType: 'Patient',
  id,
  text,
  ...members,
});
const at = (resource: Anything, members: Anything = {}): Anything => ({
  fullUrl: `${BASE}/${resource.resourceType}/${resource.id}`,
  resource,
  ...members,
});
const by = (place: number, resource: Anything, members: Anything = {}): Anything => ({
  fullUrl: uuid(place),
  resource,
  ...members,
});
const seen = (subject: string, id = 'o'): Anything => ({
  resourceType: 'Observation',
  id,
  text,
  status: 'final',
  code: { text: 'x' },
  subject: { reference: subject },
});
const composition = (members: Anything = {}): Anything => ({
  resourceType: 'Composition',
  id: 'c',
  text,
  status: 'final',
  type: { text: 'x' },
  subject: { reference: uuid(2) },
  date: '2026-01-31T09:30:00Z',
  author: [{ display: 'x' }],
  title: 'x',
  ...members,
});
const document = (entry: Anything[], members: Anything = {}): Anything =>
  bundle('document', entry, {
    identifier: { system: 'http://example.com/id', value: '1' },
    timestamp: '2026-01-31T09:30:00Z',
    ...members,
  });
const unnamed = { resourceType: 'Patient', text };
const header = (members: Anything = {}): Anything => ({
  resourceType: 'MessageHeader',
  id: 'h',
  text,
  eventUri: 'http://example.com/event',
  source: { endpoint: 'http://example.com/source' },
  ...members,
});
const request = (method: string, url: string): Anything => ({ request: { method, url } });
const answer = (status: string): Anything => ({ response: { status } });

export const rows: readonly Row[] = [
  good('bundle: empty collection', bundle('collection', [])),
  good('bundle: collection', bundle('collection', [at(person('1'))])),
  bad('bundle: no type', { resourceType: 'Bundle', entry: [at(person('1'))] }),
  bad('bundle: type of another kind', bundle('list', [at(person('1'))])),
  bad('bundle: no fullUrl', bundle('collection', [{ resource: person('1') }])),
  bad('bundle: fullUrl relative', bundle('collection', [{ fullUrl: 'Patient/1', resource: person('1') }])),
  bad(
    'bundle: fullUrl of another id',
    bundle('collection', [{ fullUrl: `${BASE}/Patient/2`, resource: person('1') }]),
  ),
  bad(
    'bundle: fullUrl of another type',
    bundle('collection', [{ fullUrl: `${BASE}/Group/1`, resource: person('1') }]),
  ),
  bad(
    'bundle: fullUrl with version',
    bundle('collection', [{ fullUrl: `${BASE}/Patient/1/_history/2`, resource: person('1') }]),
  ),
  bad(
    'bundle: fullUrl urn:uuid is none',
    bundle('collection', [{ fullUrl: 'urn:uuid:1', resource: person('1') }]),
  ),
  bad(
    'bundle: fullUrl urn:uuid in upper case',
    bundle('collection', [
      { fullUrl: 'urn:uuid:5F0C1D2E-7A3B-4C4D-8E5F-000000000001', resource: person('1') },
    ]),
  ),
  good('bundle: fullUrl urn:uuid with another id', bundle('collection', [by(1, person('1'))])),
  good('bundle: fullUrl urn:uuid, no id', bundle('collection', [by(1, unnamed)])),
  bad(
    'bundle: fullUrl http, no id',
    bundle('collection', [{ fullUrl: `${BASE}/Patient/1`, resource: unnamed }]),
  ),
  bad('bundle: same fullUrl twice', bundle('collection', [by(1, person('1')), by(1, person('2'))])),
  good(
    'bundle: same fullUrl, other versions',
    bundle('collection', [
      at(person('1', { meta: { versionId: '1' } })),
      at(person('1', { meta: { versionId: '2' } })),
    ]),
  ),
  bad(
    'bundle: same fullUrl, same version',
    bundle('collection', [
      at(person('1', { meta: { versionId: '1' } })),
      at(person('1', { meta: { versionId: '1' } })),
    ]),
  ),
  bad('bundle: entry with nothing', bundle('collection', [{ fullUrl: uuid(1) }])),
  bad('bundle: total in a collection', bundle('collection', [at(person('1'))], { total: 1 })),
  bad(
    'bundle: search in a collection',
    bundle('collection', [at(person('1'), { search: { mode: 'match' } })]),
  ),
  bad(
    'bundle: request in a collection',
    bundle('collection', [at(person('1'), request('GET', 'Patient/1'))]),
  ),
  bad('bundle: response in a collection', bundle('collection', [at(person('1'), answer('200'))])),
  bad(
    'bundle: entry without resource in a collection',
    bundle('collection', [{ link: [{ relation: 'x', url: 'http://example.com' }] }]),
  ),
  bad('bundle: invalid resource', bundle('collection', [at(person('1', { gender: 'x' }))])),
  bad('bundle: resource without type', bundle('collection', [{ fullUrl: uuid(1), resource: { id: '1' } }])),
  good('bundle: reference within', bundle('collection', [at(person('1')), at(seen('Patient/1'))])),
  good('bundle: reference outside', bundle('collection', [at(seen('Patient/1'))])),
  good('bundle: urn:uuid within', bundle('collection', [by(1, person('1')), by(2, seen(uuid(1)))])),
  good('bundle: urn:uuid nowhere', bundle('collection', [by(2, seen(uuid(1)))])),
  bad(
    'bundle: urn:uuid to a type that is not allowed',
    bundle('collection', [by(1, { resourceType: 'Practitioner', text, active: true }), by(2, seen(uuid(1)))]),
  ),
  bad(
    'bundle: reference matches two',
    bundle('collection', [
      at(person('1', { meta: { versionId: '1' } })),
      at(person('1', { meta: { versionId: '2' } })),
      at(seen('Patient/1')),
    ]),
  ),
  good(
    'bundle: reference says which version',
    bundle('collection', [
      at(person('1', { meta: { versionId: '1' } })),
      at(person('1', { meta: { versionId: '2' } })),
      at(seen('Patient/1/_history/2')),
    ]),
  ),
  bad(
    'bundle: link given twice',
    bundle('searchset', [], {
      total: 0,
      link: [
        { relation: 'self', url: 'http://example.com/a' },
        { relation: 'self', url: 'http://example.com/b' },
      ],
    }),
  ),
  // searchset
  good(
    'searchset',
    bundle('searchset', [at(person('1'), { search: { mode: 'match' } })], {
      total: 1,
      link: [{ relation: 'self', url: `${BASE}/Patient?active=true` }],
    }),
  ),
  bad(
    'searchset: result without id',
    bundle('searchset', [by(1, unnamed, { search: { mode: 'match' } })], { total: 1 }),
  ),
  bad(
    'searchset: no resource',
    bundle('searchset', [{ fullUrl: uuid(1), search: { mode: 'match' } }], { total: 1 }),
  ),
  good('searchset: empty', bundle('searchset', [], { total: 0 })),
  good(
    'searchset: outcome',
    bundle(
      'searchset',
      [
        {
          fullUrl: uuid(1),
          resource: {
            resourceType: 'OperationOutcome',
            id: 'x',
            issue: [{ severity: 'information', code: 'informational' }],
          },
          search: { mode: 'outcome' },
        },
      ],
      { total: 0 },
    ),
  ),
  bad(
    'searchset: request',
    bundle('searchset', [at(person('1'), request('GET', 'Patient/1'))], { total: 1 }),
  ),
  bad('searchset: negative total', bundle('searchset', [], { total: -1 })),
  bad(
    'searchset: mode of another kind',
    bundle('searchset', [at(person('1'), { search: { mode: 'hit' } })], { total: 1 }),
  ),
  // history
  good(
    'history',
    bundle('history', [at(person('1'), { ...request('PUT', 'Patient/1'), ...answer('200') })], { total: 1 }),
  ),
  bad('history: no request', bundle('history', [at(person('1'), answer('200'))], { total: 1 })),
  bad(
    'history: no response',
    bundle('history', [at(person('1'), request('PUT', 'Patient/1'))], { total: 1 }),
  ),
  good(
    'history: deleted',
    bundle(
      'history',
      [{ fullUrl: `${BASE}/Patient/1`, ...request('DELETE', 'Patient/1'), ...answer('204') }],
      { total: 1 },
    ),
  ),
  // transaction
  good('transaction: create', bundle('transaction', [by(1, unnamed, request('POST', 'Patient'))])),
  good('transaction: update', bundle('transaction', [at(person('1'), request('PUT', 'Patient/1'))])),
  bad('transaction: no request', bundle('transaction', [by(1, unnamed)])),
  bad('transaction: no method', bundle('transaction', [by(1, unnamed, { request: { url: 'Patient' } })])),
  bad(
    'transaction: method of another kind',
    bundle('transaction', [by(1, unnamed, request('UPSERT', 'Patient'))]),
  ),
  bad('transaction: no url', bundle('transaction', [by(1, unnamed, { request: { method: 'POST' } })])),
  good(
    'transaction: create without fullUrl',
    bundle('transaction', [{ resource: unnamed, ...request('POST', 'Patient') }]),
  ),
  bad(
    'transaction: POST without resource',
    bundle('transaction', [{ fullUrl: uuid(1), ...request('POST', 'Patient') }]),
    { reference: 'not checked there; https://hl7.org/fhir/R4/http.html#transaction' },
  ),
  good('transaction: delete', bundle('transaction', [request('DELETE', 'Patient/1')])),
  good('transaction: read', bundle('transaction', [request('GET', 'Patient?name=x')])),
  bad(
    'transaction: response',
    bundle('transaction', [by(1, unnamed, { ...request('POST', 'Patient'), ...answer('201') })]),
  ),
  good(
    'transaction: urn within',
    bundle('transaction', [
      by(1, unnamed, request('POST', 'Patient')),
      by(2, seen(uuid(1)), request('POST', 'Observation')),
    ]),
  ),
  good(
    'transaction: urn nowhere',
    bundle('transaction', [by(2, seen(uuid(1)), request('POST', 'Observation'))]),
  ),
  good('transaction response', bundle('transaction-response', [answer('201 Created')])),
  bad('transaction response without response', bundle('transaction-response', [by(1, unnamed)])),
  good('batch', bundle('batch', [request('GET', 'Patient/1')])),
  bad('batch: no request', bundle('batch', [by(1, unnamed)])),
  bad('batch response without response', bundle('batch-response', [by(1, unnamed)])),
  // document
  good('document', document([by(1, composition()), by(2, unnamed)])),
  bad(
    'document: no identifier',
    bundle('document', [by(1, composition()), by(2, unnamed)], { timestamp: '2026-01-31T09:30:00Z' }),
  ),
  bad(
    'document: identifier without system',
    document([by(1, composition()), by(2, unnamed)], { identifier: { value: '1' } }),
  ),
  bad(
    'document: identifier without value',
    document([by(1, composition()), by(2, unnamed)], { identifier: { system: 'http://example.com/id' } }),
  ),
  bad(
    'document: no timestamp',
    bundle('document', [by(1, composition()), by(2, unnamed)], {
      identifier: { system: 'http://example.com/id', value: '1' },
    }),
  ),
  bad('document: Composition is not first', document([by(2, unnamed), by(1, composition())])),
  bad('document: no Composition', document([by(2, unnamed)])),
  bad('document: empty', document([])),
  bad('document: subject is missing', document([by(1, composition())])),
  bad(
    'document: author is missing',
    document([by(1, composition({ author: [{ reference: uuid(3) }] })), by(2, unnamed)]),
  ),
  bad(
    'document: section entry is missing',
    document([
      by(1, composition({ section: [{ title: 'x', entry: [{ reference: uuid(3) }] }] })),
      by(2, unnamed),
    ]),
  ),
  bad(
    'document: relative section entry is missing',
    document([
      at(
        composition({
          subject: { reference: 'Patient/1' },
          section: [{ title: 'x', entry: [{ reference: 'Observation/9' }] }],
        }),
      ),
      at(person('1')),
    ]),
  ),
  good(
    'document: section entry',
    document([
      by(1, composition({ section: [{ title: 'x', entry: [{ reference: uuid(3) }] }] })),
      by(2, unnamed),
      by(3, seen(uuid(2))),
    ]),
  ),
  good(
    'document: refers to the Composition from afar',
    document([by(1, composition()), by(2, unnamed), by(3, seen(uuid(2)))]),
  ),
  bad(
    'document: entry within reach of nothing',
    document([by(1, composition()), by(2, unnamed), by(3, { resourceType: 'Medication', text })]),
  ),
  bad('document: no fullUrl', document([{ resource: composition() }, by(2, unnamed)])),
  bad('document: search', document([by(1, composition(), { search: { mode: 'match' } }), by(2, unnamed)])),
  bad(
    'document: two Compositions, first is a Patient',
    document([by(2, unnamed), by(1, composition()), by(3, composition())]),
  ),
  // message
  good('message', bundle('message', [by(1, header())])),
  bad('message: header is not first', bundle('message', [by(2, unnamed), by(1, header())])),
  bad('message: no header', bundle('message', [by(2, unnamed)])),
  bad('message: focus is missing', bundle('message', [by(1, header({ focus: [{ reference: uuid(3) }] }))])),
  good(
    'message: focus',
    bundle('message', [by(1, header({ focus: [{ reference: uuid(3) }] })), by(3, unnamed)]),
  ),
  bad('message: empty', bundle('message', [])),
  // bundles within
  good('bundle: in a bundle', bundle('collection', [by(1, bundle('collection', [by(2, unnamed)]))])),
  bad(
    'bundle: in a bundle, broken',
    bundle('collection', [by(1, bundle('collection', [{ resource: unnamed }]))]),
  ),
  bad('bundle: contained', {
    resourceType: 'List',
    text,
    status: 'current',
    mode: 'working',
    contained: [{ resourceType: 'Bundle', id: 'b', type: 'collection', total: 1 }],
    entry: [{ item: { reference: '#b' } }],
  }),
  // references in a bundle
  bad('bundle reference: one word', bundle('collection', [at(seen('1'))])),
  bad('bundle reference: path before', bundle('collection', [at(seen('fhir/Patient/1'))])),
  bad('bundle reference: slash before', bundle('collection', [at(seen('/Patient/1'))])),
  bad('bundle reference: dots before', bundle('collection', [at(seen('../Patient/1'))])),
  bad('bundle reference: type alone', bundle('collection', [at(seen('Patient'))])),
  good('bundle reference: another type name', bundle('collection', [at(seen('Person1/1'))])),
  good('bundle reference: lower case', bundle('collection', [at(seen('patient/1'))])),
  bad('bundle reference: search', bundle('collection', [at(seen('Patient?name=x'))])),
  good(
    'bundle reference: search in a transaction',
    bundle('transaction', [by(2, seen('Patient?name=x'), request('POST', 'Observation'))]),
  ),
  good(
    'bundle reference: search in a batch',
    bundle('batch', [by(2, seen('Patient?name=x'), request('POST', 'Observation'))]),
  ),
  bad(
    'bundle reference: one word in a transaction',
    bundle('transaction', [by(2, seen('x'), request('POST', 'Observation'))]),
  ),
  bad(
    'bundle reference: relative, entry without fullUrl, transaction',
    bundle('transaction', [{ resource: seen('Patient/1'), ...request('POST', 'Observation') }]),
  ),
  bad(
    'bundle reference: relative, entry without fullUrl, batch',
    bundle('batch', [{ resource: seen('Patient/1'), ...request('POST', 'Observation') }]),
  ),
  good(
    'bundle reference: relative, entry without fullUrl, answer',
    bundle('transaction-response', [{ resource: seen('Patient/1'), ...answer('201') }]),
  ),
  good(
    'bundle reference: absolute, entry without fullUrl, transaction',
    bundle('transaction', [
      { resource: seen('http://example.com/Patient/1'), ...request('POST', 'Observation') },
    ]),
    { reference: 'asks for a fullUrl although an absolute reference needs none' },
  ),
  good(
    'bundle reference: relative beside a urn',
    bundle('collection', [by(1, person('1')), by(2, seen('Patient/1'))]),
  ),
  good('bundle reference: relative, id within the urn', bundle('collection', [by(2, seen('Patient/1'))])),
  bad(
    'bundle reference: leads to another type',
    bundle('collection', [
      by(1, { resourceType: 'Organization', id: '1', text, name: 'x' }),
      by(2, seen(uuid(1))),
    ]),
  ),
  bad(
    'bundle reference: absolute, leads to another type',
    bundle('collection', [
      {
        fullUrl: `${BASE}/Organization/1`,
        resource: { resourceType: 'Organization', id: '1', text, name: 'x' },
      },
      by(2, seen(`${BASE}/Organization/1`)),
    ]),
  ),
  bad(
    'bundle reference: stated type contradicts',
    bundle('collection', [
      by(1, person('1')),
      by(2, { ...seen(uuid(1)), subject: { reference: uuid(1), type: 'Group' } }),
    ]),
  ),
  bad(
    'bundle reference: fragment of another entry',
    bundle('collection', [by(1, person('1')), by(2, seen('#1'))]),
  ),
  good(
    'bundle reference: contained of an entry',
    bundle('collection', [by(2, { ...seen('#p'), contained: [{ resourceType: 'Patient', id: 'p' }] })]),
  ),
  bad(
    'bundle reference: two entries with the fullUrl',
    bundle('collection', [
      by(1, person('1')),
      by(1, person('2', { meta: { versionId: '2' } })),
      by(2, seen(uuid(1))),
    ]),
  ),
  good(
    'bundle reference: version that is not there',
    bundle('collection', [at(person('1', { meta: { versionId: '1' } })), at(seen('Patient/1/_history/9'))]),
  ),
  bad(
    'document: urn nowhere outside the Composition',
    document([
      by(1, composition()),
      by(2, unnamed),
      by(3, { ...seen(uuid(2)), encounter: { reference: uuid(9) } }),
    ]),
    { reference: 'a warning there; but nobody outside can know what a urn:uuid in a document names' },
  ),
  good(
    'document: relative nowhere outside the Composition',
    document([
      at(composition({ subject: { reference: 'Patient/1' } })),
      at(person('1')),
      at({ ...seen('Patient/1'), encounter: { reference: 'Encounter/9' } }),
    ]),
  ),
  bad(
    'document: custodian is missing',
    document([by(1, composition({ custodian: { reference: uuid(7) } })), by(2, unnamed)]),
  ),
  bad(
    'document: encounter is missing',
    document([by(1, composition({ encounter: { reference: uuid(7) } })), by(2, unnamed)]),
  ),
  bad(
    'document: attester is missing',
    document([
      by(1, composition({ attester: [{ mode: 'legal', party: { reference: uuid(7) } }] })),
      by(2, unnamed),
    ]),
  ),
  bad(
    'document: event detail is missing',
    document([by(1, composition({ event: [{ detail: [{ reference: uuid(7) }] }] })), by(2, unnamed)]),
  ),
  bad(
    'document: section author is missing',
    document([
      by(1, composition({ section: [{ title: 'x', text, author: [{ reference: uuid(7) }] }] })),
      by(2, unnamed),
    ]),
  ),
  bad(
    'document: section focus is missing',
    document([
      by(1, composition({ section: [{ title: 'x', text, focus: { reference: uuid(7) } }] })),
      by(2, unnamed),
    ]),
  ),
  bad(
    'document: entry of an inner section is missing',
    document([
      by(
        1,
        composition({
          section: [{ title: 'x', section: [{ title: 'y', entry: [{ reference: uuid(7) }] }] }],
        }),
      ),
      by(2, unnamed),
    ]),
  ),
  good(
    'document: relatesTo outside',
    document([
      by(
        1,
        composition({
          relatesTo: [
            { code: 'replaces', targetReference: { reference: 'https://example.com/fhir/Composition/9' } },
          ],
        }),
      ),
      by(2, unnamed),
    ]),
  ),
  bad(
    'document: absolute author outside',
    document([
      by(1, composition({ author: [{ reference: 'https://example.com/fhir/Practitioner/9' }] })),
      by(2, unnamed),
    ]),
  ),
  bad(
    'document: absolute section entry outside',
    document([
      by(
        1,
        composition({
          section: [{ title: 'x', entry: [{ reference: 'https://example.com/fhir/Observation/9' }] }],
        }),
      ),
      by(2, unnamed),
    ]),
  ),
  bad(
    'document: extension refers outside',
    document([
      by(
        1,
        composition({
          extension: [
            {
              url: 'http://hl7.org/fhir/StructureDefinition/workflow-supportingInfo',
              valueReference: { reference: 'https://example.com/fhir/Observation/9' },
            },
          ],
        }),
      ),
      by(2, unnamed),
    ]),
  ),
  bad(
    'document: subject by display',
    document([by(1, composition({ subject: { display: 'x' } })), by(2, unnamed)]),
  ),
  bad(
    'document: first entry without resource',
    document([{ fullUrl: uuid(1), link: [{ relation: 'x', url: 'http://example.com' }] }, by(2, unnamed)]),
  ),
  bad(
    'message: relative focus is missing',
    bundle('message', [at(header({ focus: [{ reference: 'Patient/9' }] }))]),
  ),
  good('message: entry within reach of nothing', bundle('message', [by(1, header()), by(2, unnamed)])),
  bad('message: timestamp without time', bundle('message', [by(1, header())], { timestamp: '2026-01-31' })),
  // links
  good(
    'link: self on a collection',
    bundle('collection', [at(person('1'))], { link: [{ relation: 'self', url: 'http://example.com/a' }] }),
  ),
  bad(
    'link: next on a collection',
    bundle('collection', [at(person('1'))], { link: [{ relation: 'next', url: 'http://example.com/a' }] }),
  ),
  bad(
    'link: first on a document',
    document([by(1, composition()), by(2, unnamed)], {
      link: [{ relation: 'first', url: 'http://example.com/a' }],
    }),
  ),
  bad(
    'link: last on a transaction',
    bundle('transaction', [request('GET', 'Patient/1')], {
      link: [{ relation: 'last', url: 'http://example.com/a' }],
    }),
  ),
  good(
    'link: own relation twice',
    bundle('searchset', [], {
      total: 0,
      link: [
        { relation: 'alternate', url: 'http://example.com/a' },
        { relation: 'alternate', url: 'http://example.com/b' },
      ],
    }),
  ),
  bad(
    'link: next twice',
    bundle('searchset', [], {
      total: 0,
      link: [
        { relation: 'next', url: 'http://example.com/a' },
        { relation: 'next', url: 'http://example.com/b' },
      ],
    }),
  ),
  good(
    'link: pages of a searchset',
    bundle('searchset', [], {
      total: 0,
      link: [
        { relation: 'self', url: 'http://example.com/a' },
        { relation: 'next', url: 'http://example.com/b' },
      ],
    }),
  ),
  bad('link: no url', bundle('searchset', [], { total: 0, link: [{ relation: 'self' }] })),
  bad(
    'link: stylesheet that is not in the document',
    document([by(1, composition()), by(2, unnamed)], { link: [{ relation: 'stylesheet', url: 'Binary/1' }] }),
  ),
  good(
    'link: stylesheet elsewhere',
    document([by(1, composition()), by(2, unnamed)], {
      link: [{ relation: 'stylesheet', url: 'https://example.com/a.css' }],
    }),
  ),
  // searchset
  good('searchset: result without id and without mode', bundle('searchset', [by(1, unnamed)], { total: 1 })),
  bad(
    'searchset: match of another type',
    bundle('searchset', [at(person('1'), { search: { mode: 'match' } })], {
      total: 1,
      link: [{ relation: 'self', url: `${BASE}/Observation?code=x` }],
    }),
  ),
  good(
    'searchset: include of another type',
    bundle('searchset', [at(person('1'), { search: { mode: 'include' } })], {
      total: 1,
      link: [{ relation: 'self', url: `${BASE}/Observation?code=x` }],
    }),
  ),
  bad(
    'searchset: outcome is a Patient',
    bundle('searchset', [at(person('1'), { search: { mode: 'outcome' } })], { total: 1 }),
  ),
  good(
    'searchset: another type, no mode',
    bundle('searchset', [at(person('1'))], {
      total: 1,
      link: [{ relation: 'self', url: `${BASE}/Observation?code=x` }],
    }),
  ),
  good(
    'searchset: _type',
    bundle('searchset', [at(person('1'), { search: { mode: 'match' } })], {
      total: 1,
      link: [{ relation: 'self', url: `${BASE}?_type=Patient,Observation` }],
    }),
  ),
  bad(
    'searchset: match that _type does not name',
    bundle('searchset', [at(person('1'), { search: { mode: 'match' } })], {
      total: 1,
      link: [{ relation: 'self', url: `${BASE}?_type=Observation` }],
    }),
  ),
  bad(
    'searchset: include without id',
    bundle('searchset', [by(1, unnamed, { search: { mode: 'include' } })], { total: 1 }),
  ),
  bad(
    'transaction: fullUrl http, no id',
    bundle('transaction', [
      { fullUrl: `${BASE}/Patient/1`, resource: unnamed, ...request('POST', 'Patient') },
    ]),
  ),
  bad(
    'transaction: POST to another type',
    bundle('transaction', [by(1, unnamed, request('POST', 'Observation'))]),
    { reference: 'not checked there; https://hl7.org/fhir/R4/http.html#create' },
  ),
  bad(
    'transaction: PUT of another id',
    bundle('transaction', [at(person('1'), request('PUT', 'Patient/2'))]),
    { reference: 'not checked there; https://hl7.org/fhir/R4/http.html#update' },
  ),
  good(
    'transaction: conditional update',
    bundle('transaction', [by(1, unnamed, request('PUT', 'Patient?identifier=x'))]),
  ),
  good(
    'bundle: fullUrl of no known type',
    bundle('collection', [{ fullUrl: 'https://example.com/people/7', resource: person('1') }]),
  ),
  good(
    'bundle: fullUrl is any uri',
    bundle('collection', [{ fullUrl: 'urn:oid:1.2.3.4.5', resource: person('1') }]),
  ),
  bad(
    'bundle: fullUrl with blank',
    bundle('collection', [{ fullUrl: 'https://example.com/a b', resource: person('1') }]),
  ),
  good(
    'bundle: definition with its url as fullUrl',
    bundle('collection', [
      {
        fullUrl: 'http://example.com/fhir/ValueSet/v',
        resource: {
          resourceType: 'ValueSet',
          id: 'v',
          text,
          url: 'http://example.com/fhir/ValueSet/v',
          status: 'active',
        },
      },
    ]),
  ),
  bad(
    'bundle: definition with its url as fullUrl, another id',
    bundle('collection', [
      {
        fullUrl: 'http://example.com/defs/v',
        resource: {
          resourceType: 'ValueSet',
          id: 'w',
          text,
          url: 'http://example.com/defs/v',
          status: 'active',
        },
      },
    ]),
  ),
];
