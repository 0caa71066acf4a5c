/** Each kind of rule on its own. */
import t from 'tap';
import { checkXhtml } from '#src/validation/rules/xhtml.js';
import { PRIMITIVES } from '#src/validation/structure/primitives.js';
import { createValidator } from '#src/validation/validator.js';
import { document, PLACES } from './sample.js';

// biome-ignore lint/suspicious/noExplicitAny: these resources are wrong on purpose
type Anything = any;

const validator = createValidator();
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
const patient = (members: Anything): Anything => ({ resourceType: 'Patient', text, ...members });
const observation = (members: Anything): Anything => ({
  resourceType: 'Observation',
  text,
  status: 'final',
  code: { text: 'x' },
  ...members,
});

/** `severity rule expression` of each issue. */
function found(resource: unknown): string[] {
  return validator
    .validate(resource)
    .issues.map(({ severity, rule, expression }) => `${severity} ${rule} ${expression}`);
}

t.test('primitives', async (t) => {
  const cases: { [type: string]: { good: unknown[]; bad: unknown[] } } = {
    boolean: { good: [true, false], bad: ['true', 1] },
    integer: { good: [0, -2147483648, 2147483647], bad: [1.5, 2147483648, '1'] },
    unsignedInt: { good: [0], bad: [-1] },
    positiveInt: { good: [1], bad: [0] },
    decimal: { good: [0.1, -3, 1e300], bad: ['1', Number.NaN] },
    string: {
      good: ['x', '\u00a0', '\u3000a', 'a\nb\tc\r', 'क'],
      bad: ['', 'a\u0001', 'a\u000bb', 7, 'x'.repeat(1_048_577)],
    },
    code: { good: ['a', 'a b', 'a\u00a0b'], bad: [' a', 'a ', 'a  b', ''] },
    id: { good: ['a-1.B', 'x'.repeat(64)], bad: ['', 'a_b', 'x'.repeat(65), 'a b'] },
    uri: { good: ['urn:x', '#a', 'http://a/ö'], bad: ['a b', ''] },
    oid: { good: ['urn:oid:1.2.0'], bad: ['1.2.3', 'urn:oid:1.02'] },
    uuid: {
      good: ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
      bad: ['urn:uuid:C757873D-EC9A-4326-A141-556F43239520'],
    },
    date: {
      good: ['2024', '2024-02', '2024-02-29', '1900-02-28'],
      bad: ['2023-02-29', '1900-02-29', '0000', '2024-13', '2024-1', '2024-02-29T'],
    },
    dateTime: {
      good: ['2024', '2024-02-29T23:59:59Z', '2024-01-01T00:00:00.123+14:00', '2016-12-31T23:59:60Z'],
      bad: [
        '2024-02-29T10:00Z',
        '2024-02-29T10:00:00',
        '2023-02-29T10:00:00Z',
        '2024-01-01T24:00:00Z',
        '2024-01-01T00:00:00+15:00',
      ],
    },
    instant: { good: ['2024-02-29T23:59:59.9-05:00'], bad: ['2024-02-29', '2024'] },
    time: { good: ['23:59:59', '00:00:00.5'], bad: ['24:00:00', '10:00', '10:00:00Z'] },
    base64Binary: {
      good: ['YQ==', 'YWI=', 'YWJj', 'YW\nJj'],
      bad: ['YQ=', 'Y', '====', 'YQ==YQ==', 'Y*==', ''],
    },
  };
  for (const [type, { good, bad }] of Object.entries(cases)) {
    for (const value of good) t.ok(PRIMITIVES[type]?.(value), `${type} ${String(value).slice(0, 40)}`);
    for (const value of bad) t.notOk(PRIMITIVES[type]?.(value), `${type} ${String(value).slice(0, 40)}`);
  }
});

t.test('hostile text costs no more than its length', async (t) => {
  t.notOk(PRIMITIVES['base64Binary']?.(`${' '.repeat(500_000)}*`));
  t.notOk(PRIMITIVES['code']?.(`${'a '.repeat(250_000)} `));
  t.ok(checkXhtml(`<div xmlns="http://www.w3.org/1999/xhtml">${'<p>'.repeat(20_000)}`).length > 0);
});

t.test('JSON shape', async (t) => {
  t.strictSame(found(null), ['error json-type Resource']);
  t.strictSame(found({ resourceType: 'Patent' }), ['error resource-type Resource']);
  t.strictSame(found({}), ['error resource-type Resource']);
  t.strictSame(found(patient({ name: [null] })), ['error json-type Patient.name[0]']);
  t.strictSame(found(patient({ name: { family: 'x' } })), ['error json-type Patient.name']);
  t.strictSame(found(patient({ name: [{ given: ['a', null] }] })), [
    'error null-padding Patient.name[0].given[1]',
  ]);
  t.strictSame(found(patient({ name: [{ given: ['a'], _given: [{ id: 'x' }] }] })), []);
  t.strictSame(found(patient({ _birthDate: { id: 'x' } })), ['error ele-1 Patient.birthDate']);
  t.strictSame(found(patient({ _birthDate: {} })), ['error ele-1 Patient.birthDate']);
});

t.test('a mandatory primitive may have an extension in place of a value', async (t) => {
  const absent = {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
  };
  t.strictSame(found({ ...observation({ _status: absent }), status: undefined }), []);
});

t.test('narrative', async (t) => {
  const div = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;
  const kinds = (inner: string): string[] => checkXhtml(inner).map(({ kind }) => kind);
  for (const good of [
    'x',
    '<p class="a">a &amp; b &#169;</p>',
    '<img src="#a" alt="a"/>',
    '<table border="1"><tr><td colspan="2">x</td></tr></table>',
    '<!-- c -->x',
    '<a href="#a" name=\'b\'>x</a>',
  ]) {
    t.strictSame(kinds(div(good)), [], good);
  }
  for (const bad of [
    '<p>x',
    'x</p>',
    '<p>x</b>',
    'a & b',
    '&nbsp;',
    '<p a=b>x</p>',
    '<p id="1" id="2">x</p>',
    '<!-- x',
    '< p>x</p>',
    '<![CDATA[x]]>',
  ]) {
    t.strictSame(kinds(div(bad)), ['well-formed'], bad);
  }
  for (const bad of [
    '<script>x</script>',
    '<p onclick="x()">x</p>',
    '<form>x</form>',
    '<a href="javascript:x()">x</a>',
    '<iframe>x</iframe>',
    '<input value="x"/>x',
  ]) {
    t.ok(kinds(div(bad)).includes('not-allowed'), bad);
  }
  for (const empty of ['', ' \n', '<p> </p>', '<br/>', '&#160;'])
    t.strictSame(kinds(div(empty)), ['empty'], empty);
  t.strictSame(kinds('<div>x</div>'), ['not-allowed'], 'the namespace is needed');
  t.strictSame(kinds('<p xmlns="http://www.w3.org/1999/xhtml">x</p>'), ['well-formed']);
  t.strictSame(kinds(`${div('x')}${div('y')}`), ['well-formed']);
  t.strictSame(kinds(`x${div('y')}`), ['well-formed']);
  t.strictSame(kinds('x'), ['well-formed']);
});

t.test('attachments', async (t) => {
  const photo = (members: Anything): Anything =>
    patient({ photo: [{ contentType: 'text/plain', data: 'YWJj', ...members }] });
  t.strictSame(found(photo({ size: 3, hash: 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=' })), []);
  t.strictSame(found(photo({ size: 4 })), ['error attachment-size Patient.photo[0]']);
  t.strictSame(found(photo({ hash: 'qZk+NkcGgWq6PiVxeFDCbJzQ2J1=' })), [
    'error attachment-hash Patient.photo[0]',
  ]);
});

t.test('extensions', async (t) => {
  const core = 'http://hl7.org/fhir/StructureDefinition/';
  const at = (extension: Anything): string[] => found(patient({ extension: [extension] }));
  t.strictSame(at({ url: `${core}patient-birthPlace`, valueAddress: { city: 'Leeds' } }), []);
  t.strictSame(at({ url: 'http://acme.test/x', valueString: 'x' }), [
    'error extension-unknown Patient.extension[0]',
  ]);
  t.strictSame(at({ url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-X', valueString: 'x' }), [
    'information extension-unknown Patient.extension[0]',
  ]);
  t.strictSame(
    at({ url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.x', valueString: 'x' }),
    ['information extension-unknown Patient.extension[0]'],
  );
  t.strictSame(at({ url: 'x', valueString: 'x' }), ['error extension-url Patient.extension[0]']);
  t.strictSame(at({ url: `${core}Patient`, valueString: 'x' }), ['error extension-url Patient.extension[0]']);
  t.strictSame(at({ url: `${core}humanname-own-prefix`, valueString: 'van' }), [
    'error extension-context Patient.extension[0]',
  ]);
  t.strictSame(at({ url: `${core}patient-birthPlace` }), ['error ext-1 Patient.extension[0]']);
  t.strictSame(
    found(
      patient({ modifierExtension: [{ url: `${core}patient-birthPlace`, valueAddress: { city: 'Leeds' } }] }),
    ),
    ['error extension-modifier Patient.modifierExtension[0]'],
  );
  const nationality = (part: string): Anything => ({
    url: `${core}patient-nationality`,
    extension: [{ url: part, valueCodeableConcept: { text: 'British' } }],
  });
  t.strictSame(at(nationality('code')), []);
  t.strictSame(at(nationality('kode')), ['error extension-part Patient.extension[0].extension[0]']);
  const own = { url: `${core}humanname-own-prefix`, valueString: 'van' };
  t.strictSame(found(patient({ name: [{ family: 'x', _family: { extension: [own] } }] })), []);
  const lenient = createValidator({ unknownExtensions: 'warning' });
  t.ok(lenient.validate(patient({ extension: [{ url: 'http://acme.test/x', valueString: 'x' }] })).valid);
});

t.test('terminology', async (t) => {
  const coded = (system: string, code: string): Anything =>
    observation({ code: { coding: [{ system, code }] } });
  t.strictSame(found(coded('http://snomed.info/sct', '22298006')), []);
  t.strictSame(found(coded('http://snomed.info/sct', '22298006 |Heart attack|')), []);
  t.strictSame(found(coded('http://snomed.info/sct', '22298007')), [
    'error sctid Observation.code.coding[0]',
  ]);
  t.strictSame(found(coded('http://snomed.info/sct', 'heart')), ['error sctid Observation.code.coding[0]']);
  t.strictSame(found(coded('http://loinc.org', 'anything')), [], 'a system that is not loaded is not judged');
  t.strictSame(found(coded('http://hl7.org/fhir/administrative-gender', 'femail')), [
    'error unknown-code Observation.code.coding[0]',
  ]);
  const condition = (clinicalStatus: Anything): Anything => ({
    resourceType: 'Condition',
    text,
    subject: { display: 'x' },
    clinicalStatus,
  });
  const clinical = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
  t.strictSame(found(condition({ coding: [{ system: clinical, code: 'active' }] })), []);
  t.strictSame(
    found(
      condition({
        coding: [
          { system: 'http://x.test', code: 'x' },
          { system: clinical, code: 'active' },
        ],
      }),
    ),
    [],
    'one coding suffices',
  );
  t.strictSame(found(condition({ coding: [{ system: clinical, code: 'alive' }] })), [
    'error binding Condition.clinicalStatus',
  ]);
  t.strictSame(found(condition({ text: 'active' })), ['error binding Condition.clinicalStatus']);
  t.strictSame(
    found({ ...observation({}), category: [{ coding: [{ system: 'http://x.test', code: 'x' }] }] }),
    [],
    'a preferred binding demands nothing',
  );
  t.strictSame(found(patient({ photo: [{ contentType: 'picture', data: 'YWJj' }] })), [
    'error binding Patient.photo[0].contentType',
  ]);
  t.strictSame(found(patient({ maritalStatus: { coding: [{ system: 'http://x.test', code: 'x' }] } })), [
    'warning binding Patient.maritalStatus',
  ]);
});

t.test('the widest value set of a preferred binding', async (t) => {
  t.strictSame(found(patient({ communication: [{ language: { text: 'Makaton' } }] })), []);
  const language = { coding: [{ system: 'http://x.test', code: 'x' }] };
  t.strictSame(found(patient({ communication: [{ language }] })), [
    'error binding Patient.communication[0].language',
  ]);
  const welsh = { coding: [{ system: 'urn:ietf:bcp:47', code: 'cy' }] };
  t.strictSame(found(patient({ communication: [{ language: welsh }] })), []);
});

t.test('references and contained resources', async (t) => {
  const gp = { resourceType: 'Organization', id: 'gp', name: 'Surgery' };
  t.strictSame(found(patient({ contained: [gp], generalPractitioner: [{ reference: '#gp' }] })), []);
  t.strictSame(found(patient({ generalPractitioner: [{ reference: '#gp' }] })), [
    'error ref-1 Patient.generalPractitioner[0]',
  ]);
  t.strictSame(
    found(patient({ contained: [gp], managingOrganization: { reference: '#gp', type: 'Patient' } })),
    ['error reference-stated-type Patient.managingOrganization'],
  );
  const { id: _, ...anonymous } = gp;
  t.ok(found(patient({ contained: [anonymous] })).includes('error contained-id Patient.contained[0]'));
  t.strictSame(found(observation({ subject: { reference: 'Medication/1' } })), [
    'error reference-target Observation.subject',
  ]);
  t.strictSame(
    found(observation({ subject: { reference: 'https://x.test/fhir/Patient/1/_history/2' } })),
    [],
  );
  t.strictSame(
    found(observation({ subject: { reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' } })),
    ['warning reference-resolves Observation.subject'],
  );
  t.strictSame(found(observation({ subject: { identifier: { value: '1' } } })), []);
  t.strictSame(found(observation({ subject: { reference: '#' } })), ['error ref-1 Observation.subject']);
});

t.test('Bundles', async (t) => {
  const broken = (breaks: (bundle: Anything) => void): string[] => {
    const bundle: Anything = document();
    breaks(bundle);
    return found(bundle);
  };
  t.strictSame(
    broken(() => undefined),
    [],
  );
  t.strictSame(
    broken((b) => delete b.identifier),
    ['error bdl-9 Bundle'],
  );
  t.strictSame(
    broken((b) => delete b.timestamp),
    ['error bdl-10 Bundle'],
  );
  t.strictSame(
    broken((b) => {
      b.entry[PLACES.home].request = { method: 'POST', url: 'Organization' };
    }),
    ['error bdl-3 Bundle'],
  );
  t.strictSame(
    broken((b) =>
      b.entry.push({
        fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-00000000aaaa',
        resource: { resourceType: 'Organization', text, name: 'x' },
      }),
    ),
    ['error document-reach Bundle.entry[8]'],
  );
  t.strictSame(
    broken((b) => {
      b.entry[0].resource.custodian = { reference: 'Organization/7' };
    }),
    ['error document-complete Bundle.entry[0].resource.custodian'],
  );
  const single = (type: string, fullUrl: string | undefined): string[] =>
    found({
      resourceType: 'Bundle',
      type,
      entry: [{ fullUrl, resource: patient({ id: '1' }) }].map((entry) => JSON.parse(JSON.stringify(entry))),
    });
  t.strictSame(single('collection', 'https://x.test/Patient/1'), []);
  t.strictSame(single('collection', 'https://x.test/Patient/2'), [
    'error bundle-full-url-id Bundle.entry[0].fullUrl',
  ]);
  t.strictSame(single('collection', 'Patient/1'), ['error bundle-full-url Bundle.entry[0].fullUrl']);
  t.strictSame(single('collection', 'urn:uuid:1'), ['error bundle-full-url Bundle.entry[0].fullUrl']);
  t.strictSame(single('collection', undefined), ['error bundle-full-url Bundle.entry[0]']);
});

t.test('a relative reference is resolved against the address of its entry', async (t) => {
  const bundle = (base: string): Anything => ({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        fullUrl: 'https://a.test/fhir/Observation/1',
        resource: observation({ id: '1', subject: { reference: 'Patient/1' } }),
      },
      { fullUrl: `${base}/Patient/1`, resource: { ...patient({ id: '1' }) } },
    ],
  });
  t.strictSame(found(bundle('https://a.test/fhir')), []);
});

t.test('meta.profile', async (t) => {
  t.strictSame(found(patient({ meta: { profile: ['http://acme.test/p'] } })), [
    'warning profile-unknown Patient.meta.profile[0]',
  ]);
  t.strictSame(
    found(patient({ meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient'] } })),
    ['information profile-unknown Patient.meta.profile[0]'],
  );
  t.strictSame(found(patient({ meta: { profile: ['http://hl7.org/fhir/StructureDefinition/bp'] } })), [
    'error profile-type Patient',
  ]);
  const named = validator.validate(patient({}), { profiles: ['http://acme.test/p'] });
  t.notOk(named.valid, 'a profile asked for by name and not loaded is an error');
});

t.test('faults and warnings are told apart', async (t) => {
  const { text: _, ...bare } = patient({});
  const { valid, issues } = validator.validate(bare);
  t.equal(valid, true);
  t.strictSame(issues, [
    {
      severity: 'warning',
      code: 'invariant',
      expression: 'Patient',
      definitionPath: 'Patient',
      rule: 'dom-6',
      message: 'A resource should have narrative for robust management',
      source: 'http://hl7.org/fhir/StructureDefinition/DomainResource',
    },
  ]);
});
