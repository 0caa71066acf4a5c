/** Bundles by their types; profiles that others choose; attachments; a terminology server. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { validateAsking } from '#src/validation/terminology/ask.js';
import { createTerminologyServer } from '#src/validation/terminology/server.js';
import { isUnit } from '#src/validation/terminology/ucum-units.js';
import { createValidator } from '#src/validation/validator.js';

// biome-ignore lint/suspicious/noExplicitAny: definitions and instances are written short
type Anything = any;

const BASE = 'https://x.test/fhir';
const CORE = 'http://hl7.org/fhir/StructureDefinition';
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
const root = mkdtempSync(path.join(tmpdir(), 'bundles-'));
t.teardown(() => rmSync(root, { recursive: true, force: true }));
let files = 0;

function load(...definitions: readonly Anything[]): ReturnType<typeof createValidator> {
  const packages = definitions.map((definition) => {
    const file = path.join(root, `${files++}.json`);
    writeFileSync(file, JSON.stringify(definition));
    return file;
  });
  return createValidator({ packages });
}

const plain = createValidator();

function told(resource: Anything, severity = 'error', validator = plain, options: Anything = {}): string[] {
  return validator
    .validate(resource, options)
    .issues.filter((issue) => issue.severity === severity)
    .map(({ rule, expression }) => `${rule} ${expression}`);
}

const patient = (id?: string): Anything => ({
  resourceType: 'Patient',
  ...(id === undefined ? {} : { id }),
  text,
});
const at = (id: string, versionId?: string): Anything => ({
  fullUrl: `${BASE}/Patient/${id}`,
  resource: { ...patient(id), ...(versionId === undefined ? {} : { meta: { versionId } }) },
});

t.test('searchsets', async (t) => {
  const found = (entry: readonly Anything[], link: readonly Anything[] = []): Anything => ({
    resourceType: 'Bundle',
    type: 'searchset',
    link: [{ relation: 'self', url: `${BASE}/Patient?name=a` }, ...link],
    entry,
  });
  const match = { search: { mode: 'match' } };
  t.strictSame(told(found([{ ...at('1'), ...match }])), []);
  t.strictSame(told(found([{ ...at('1'), ...match }], [{ relation: 'self', url: `${BASE}/Patient` }])), [
    'bundle-link Bundle.link[1]',
  ]);
  t.strictSame(told(found([{ fullUrl: `${BASE}/x`, resource: patient(), ...match }])), [
    'bundle-search Bundle.entry[0].resource',
  ]);
  t.strictSame(told(found([{ ...at('1'), search: { mode: 'outcome' } }])), [
    'bundle-search Bundle.entry[0].resource',
  ]);
  const device = { fullUrl: `${BASE}/Device/1`, resource: { resourceType: 'Device', id: '1', text } };
  t.strictSame(told(found([{ ...device, ...match }])), ['bundle-search Bundle.entry[0].resource']);
  t.strictSame(told(found([{ ...device, search: { mode: 'include' } }])), []);
  t.ok(told(found([{ fullUrl: `${BASE}/Patient/1`, ...match }])).includes('bdl-5 Bundle.entry[0]'));
});

t.test('transactions', async (t) => {
  const writing = (...entry: readonly Anything[]): Anything => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry,
  });
  const put = (id: string, url: string): Anything => ({
    resource: patient(id),
    request: { method: 'PUT', url },
  });
  const place = 'bundle-request Bundle.entry[0].request';
  t.strictSame(told(writing(put('1', 'Patient/1'), put('2', 'Patient/2'))), []);
  t.strictSame(told(writing(put('1', 'Patient/2'))), [place]);
  t.strictSame(told(writing(put('1', 'Device/1'))), [place]);
  t.strictSame(told(writing(put('1', 'Patient?identifier=a'))), []);
  t.strictSame(told(writing(put('1', 'Patient/1'), put('1', 'Patient/1'))), [place.replace('[0]', '[1]')]);
  t.strictSame(told(writing({ resource: patient(), request: { method: 'POST', url: 'Patient' } })), []);
  t.strictSame(told(writing({ resource: patient(), request: { method: 'POST', url: 'Device' } })), [place]);
  t.strictSame(told(writing({ request: { method: 'POST', url: 'Patient' } })), [
    'bundle-request Bundle.entry[0]',
  ]);
  t.strictSame(told(writing({ request: { method: 'DELETE', url: 'Patient/1' } })), []);
});

t.test('messages carry what they are about', async (t) => {
  const about = (reference: string): Anything => ({
    resourceType: 'Bundle',
    type: 'message',
    entry: [
      {
        fullUrl: `${BASE}/MessageHeader/1`,
        resource: {
          resourceType: 'MessageHeader',
          id: '1',
          text,
          eventUri: 'https://x.test/event',
          source: { endpoint: 'https://x.test/' },
          focus: [{ reference }],
        },
      },
      at('1'),
    ],
  });
  t.strictSame(told(about('Patient/1')), []);
  t.strictSame(told(about('Patient/2')), ['message-focus Bundle.entry[0].resource.focus[0]']);
});

t.test('versions of one resource', async (t) => {
  const collected = (reference: string, ...entry: readonly Anything[]): Anything => ({
    resourceType: 'Bundle',
    type: 'document',
    identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:c757873d-ec9a-4326-a141-000000000099' },
    timestamp: '2026-01-31T09:30:00Z',
    entry: [
      {
        fullUrl: `${BASE}/Composition/1`,
        resource: {
          resourceType: 'Composition',
          id: '1',
          text,
          status: 'final',
          type: { text: 'x' },
          date: '2026-01-31',
          title: 'x',
          author: [{ display: 'x' }],
          subject: { reference },
        },
      },
      ...entry,
    ],
  });
  const both = [at('1', 'a'), at('1', 'b')];
  const subject = 'Bundle.entry[0].resource.subject';
  t.strictSame(told(collected('Patient/1', at('1', 'a'))), []);
  t.strictSame(told(collected('Patient/1/_history/a', at('1', 'a'))), []);
  t.ok(told(collected('Patient/1/_history/c', ...both)).includes(`document-complete ${subject}`));
  t.ok(told(collected('Patient/1', ...both)).includes(`reference-version ${subject}`));
  t.notOk(told(collected('Patient/1/_history/b', ...both)).some((fault) => fault.endsWith(subject)));
});

const named = {
  resourceType: 'StructureDefinition',
  url: `${BASE}/StructureDefinition/named`,
  name: 'Named',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: `${CORE}/Patient`,
  derivation: 'constraint',
  differential: { element: [{ id: 'Patient.name', path: 'Patient.name', min: 1 }] },
};

t.test('profiles that a guide or a CapabilityStatement chooses', async (t) => {
  const guide = {
    resourceType: 'ImplementationGuide',
    url: `${BASE}/ImplementationGuide/g`,
    global: [{ type: 'Patient', profile: named.url }],
  };
  t.strictSame(told(patient()), []);
  t.strictSame(told(patient(), 'error', load(named, guide)), ['cardinality-min Patient']);
  const system = (resource: Anything): Anything => ({
    resourceType: 'CapabilityStatement',
    url: `${BASE}/CapabilityStatement/c`,
    rest: [{ mode: 'server', resource: [{ type: 'Patient', ...resource }] }],
  });
  const options = { capabilityStatement: `${BASE}/CapabilityStatement/c` };
  const given = { ...patient(), name: [{ text: 'A' }] };
  const strict = load(named, system({ profile: named.url }));
  t.strictSame(told(patient(), 'error', strict), [], 'unless asked for');
  t.strictSame(told(patient(), 'error', strict, options), ['cardinality-min Patient']);
  t.strictSame(told(given, 'error', strict, options), []);
  t.strictSame(told({ resourceType: 'Device', text }, 'error', strict, options), []);
  const other = { ...named, url: `${BASE}/StructureDefinition/gendered`, name: 'Gendered' };
  const gendered = {
    ...other,
    differential: { element: [{ id: 'Patient.gender', path: 'Patient.gender', min: 1 }] },
  };
  const choice = load(named, gendered, system({ supportedProfile: [named.url, gendered.url] }));
  t.strictSame(told(given, 'error', choice, options), []);
  t.strictSame(told({ ...patient(), gender: 'male' }, 'error', choice, options), []);
  t.strictSame(told(patient(), 'error', choice, options), ['capability-profile Patient']);
  t.strictSame(told(patient(), 'error', plain, options), ['capability-unknown Patient']);
});

t.test('attachments that are not what they say', async (t) => {
  const media = (contentType: string, data: string): Anything => ({
    resourceType: 'Media',
    status: 'completed',
    text,
    content: { contentType, data: Buffer.from(data, 'latin1').toString('base64') },
  });
  t.strictSame(told(media('application/pdf', '%PDF-1.7 x'), 'warning'), []);
  t.strictSame(told(media('application/pdf', 'hello'), 'warning'), ['attachment-content Media.content']);
  t.strictSame(told(media('image/png', '\x89PNG\r\n\x1a\n'), 'warning'), []);
  t.strictSame(told(media('image/png; x=y', 'GIF89a'), 'warning'), ['attachment-content Media.content']);
  t.strictSame(told(media('text/plain', '%PDF-'), 'warning'), []);
});

t.test('a terminology server answers what cannot be told here', async (t) => {
  const valueSet = {
    resourceType: 'ValueSet',
    url: `${BASE}/ValueSet/findings`,
    name: 'Findings',
    status: 'active',
    compose: {
      include: [
        {
          system: 'http://snomed.info/sct',
          filter: [{ property: 'concept', op: 'is-a', value: '404684003' }],
        },
      ],
    },
  };
  const bound = (strength: string): Anything => ({
    ...named,
    type: 'Observation',
    baseDefinition: `${CORE}/Observation`,
    differential: {
      element: [
        { id: 'Observation.code', path: 'Observation.code', binding: { strength, valueSet: valueSet.url } },
      ],
    },
  });
  const coded = (code: string): Anything => ({
    resourceType: 'Observation',
    status: 'final',
    text,
    code: { coding: [{ system: 'http://snomed.info/sct', code }] },
  });
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const code = query.get('code');
    if (query.get('url') !== valueSet.url || code === '138875005') {
      response.statusCode = 500;
      response.end();
    } else if (code === '64572001') {
      // Never answered: the time limit ends it.
    } else {
      const parameter = [{ name: 'result', valueBoolean: code === '271807003' }];
      response.end(JSON.stringify({ resourceType: 'Parameters', parameter }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const terminology = createTerminologyServer({ url: `http://127.0.0.1:${port}/fhir/`, timeLimitMs: 500 });
  const required = load(valueSet, bound('required'));
  const issuesOf = async (code: string, validator = required, asks = terminology): Promise<string[]> => {
    const outcome = await validateAsking(validator.validate, asks, coded(code), { profiles: [named.url] });
    t.equal(outcome.valid, !outcome.issues.some(({ severity }) => severity === 'error'));
    return outcome.issues
      .filter(({ expression }) => expression === 'Observation.code')
      .map(({ severity, rule }) => `${severity} ${rule}`);
  };
  t.strictSame(told(coded('271807003'), 'information', required, { profiles: [named.url] }), [
    'binding-not-checked Observation.code',
  ]);
  t.strictSame(await issuesOf('271807003'), []);
  t.strictSame(await issuesOf('91936005'), ['error binding']);
  t.strictSame(await issuesOf('91936005', load(valueSet, bound('extensible'))), ['warning binding']);
  t.equal(asked, 2, 'certain answers are kept');
  t.strictSame(await issuesOf('138875005'), ['information binding-not-checked'], 'a failing server');
  t.strictSame(await issuesOf('64572001'), ['information binding-not-checked'], 'a server that is too slow');
  const absent = createTerminologyServer({ url: 'http://127.0.0.1:9', timeLimitMs: 500 });
  t.strictSame(await issuesOf('271807003', required, absent), ['information binding-not-checked']);
});

t.test('addresses and units: absolute, whole, known', async (t) => {
  const identified = (identifier: Anything): string[] => told({ ...patient(), identifier: [identifier] });
  t.strictSame(identified({ system: 'https://x.test/id', value: '1' }), []);
  t.strictSame(identified({ system: 'id', value: '1' }), ['identifier-system Patient.identifier[0]']);
  t.strictSame(identified({ system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.3' }), []);
  t.strictSame(identified({ system: 'urn:ietf:rfc:3986', value: '1.2.3' }), [
    'identifier-value Patient.identifier[0]',
  ]);
  const procedure = { resourceType: 'Procedure', status: 'completed', subject: { display: 'x' }, text };
  const planned = (canonical: string): string[] => told({ ...procedure, instantiatesCanonical: [canonical] });
  t.strictSame(planned(`${BASE}/PlanDefinition/p|1`), []);
  t.strictSame(planned('PlanDefinition/p'), ['canonical-value Procedure.instantiatesCanonical[0]']);
  t.strictSame(told({ ...procedure, subject: { reference: 'no where' } }), [
    'reference-form Procedure.subject',
  ]);
  const measured = (quantity: Anything): string[] =>
    told({
      resourceType: 'Observation',
      status: 'final',
      text,
      code: { text: 'x' },
      valueQuantity: { value: 1, ...quantity },
    });
  t.strictSame(measured({ system: 'http://unitsofmeasure.org', code: 'mg/kg' }), []);
  t.strictSame(measured({ system: 'http://unitsofmeasure.org', code: 'tablets' }), [
    'ucum Observation.value',
  ]);
  t.strictSame(measured({ unit: 'tablets' }), []);
  t.strictSame(measured({ system: 'units', code: 'x' }), ['coding-system Observation.value']);
  t.strictSame(identified({ system: 'urn:oid:1.02.3', value: '1' }), [
    'uri-oid Patient.identifier[0].system',
  ]);
  const speaking = (language: string): string[] => told({ ...patient(), language });
  t.strictSame(speaking('en-GB'), []);
  t.strictSame(speaking('enUS'), ['binding Patient.language']);
});

t.test('UCUM units', async (t) => {
  const good = [
    ...'1 % mg kg /min mm[Hg] m[IU]/mL 10*9/L 10^6 [degF] Cel kg/m2 ug/(8.h) 10.L/min {score} {tablet}/d'.split(
      ' ',
    ),
    ...'mmol/mol{creat} m[H2O] L/(min.m2) s-1 cm+2 dB /100{cells} [in_i] KiBy'.split(' '),
  ];
  for (const code of good) t.equal(isUnit(code), true, code);
  const bad = [
    '',
    'ea',
    'mcg',
    'hr',
    'mg//L',
    'mg/',
    '(mg',
    'mg)',
    'k[degF]',
    'mg kg',
    '{a b}',
    'mL{',
    'kmin',
    '('.repeat(300),
  ];
  for (const code of bad) t.equal(isUnit(code), false, code.slice(0, 20));
});
