/** Profiles, slicing, value sets, questionnaires and packages that come from outside. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { buildDefinitions } from '#src/validation/build/build.js';
import { Definitions } from '#src/validation/definitions/registry.js';
import type { Validator } from '#src/validation/outcome.js';
import { createValidator } from '#src/validation/validator.js';

// biome-ignore lint/suspicious/noExplicitAny: definitions and instances are written short
type Anything = any;

const BASE = 'https://x.test/fhir';
const CORE = 'http://hl7.org/fhir/StructureDefinition';
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };

let folders = 0;
const root = mkdtempSync(path.join(tmpdir(), 'validation-'));
t.teardown(() => rmSync(root, { recursive: true, force: true }));

/** Writes definitions into a new folder. */
function folderOf(resources: readonly Anything[]): string {
  const folder = path.join(root, String(folders++));
  mkdirSync(folder, { recursive: true });
  resources.forEach((resource, index) => {
    writeFileSync(path.join(folder, `${index}.json`), JSON.stringify(resource));
  });
  return folder;
}

function profile(type: string, id: string, element: readonly Anything[], more: Anything = {}): Anything {
  return {
    resourceType: 'StructureDefinition',
    url: `${BASE}/StructureDefinition/${id}`,
    name: id,
    status: 'active',
    kind: type === 'Extension' ? 'complex-type' : 'resource',
    abstract: false,
    type,
    baseDefinition: `${CORE}/${type}`,
    derivation: 'constraint',
    differential: { element: element.map((one) => ({ path: one.id.replace(/:[^.]+/g, ''), ...one })) },
    ...more,
  };
}

const url = (id: string): string => `${BASE}/StructureDefinition/${id}`;

function errors(validator: Validator, resource: Anything, profiles: readonly string[] = []): string[] {
  return validator
    .validate(resource, { profiles })
    .issues.filter(({ severity }) => severity === 'error')
    .map(({ rule, expression }) => `${rule} ${expression}`);
}

/** A checker of one profile. */
function checker(
  type: string,
  element: readonly Anything[],
  others: readonly Anything[] = [],
): (members: Anything) => string[] {
  const validator = createValidator({ packages: [folderOf([profile(type, 'p', element), ...others])] });
  return (members) => errors(validator, { resourceType: type, text, ...members }, [url('p')]);
}

const observation = { status: 'final', code: { text: 'x' } };

t.test('cardinality, fixed values, patterns, limits', async (t) => {
  const check = checker('Patient', [
    { id: 'Patient' },
    { id: 'Patient.birthDate', min: 1 },
    { id: 'Patient.name', min: 1, max: '1' },
    { id: 'Patient.name.family', min: 1, maxLength: 5 },
    { id: 'Patient.gender', fixedCode: 'female' },
    { id: 'Patient.maritalStatus', patternCodeableConcept: { coding: [{ code: 'M' }] } },
    { id: 'Patient.photo', max: '0' },
    { id: 'Patient.multipleBirth[x]', type: [{ code: 'integer' }], minValueInteger: 2 },
  ]);
  const good = { birthDate: '1931', name: [{ family: 'Smith' }] };
  t.strictSame(check(good), []);
  t.strictSame(check({}), ['cardinality-min Patient', 'cardinality-min Patient']);
  t.strictSame(check({ ...good, name: [{ family: 'a' }, { family: 'b' }] }), [
    'cardinality-max Patient.name[1]',
  ]);
  t.strictSame(check({ ...good, name: [{ text: 'a' }] }), ['cardinality-min Patient.name[0]']);
  t.strictSame(check({ ...good, name: [{ family: 'Smithy' }] }), ['max-length Patient.name[0].family']);
  t.strictSame(check({ ...good, gender: 'male' }), ['fixed Patient.gender']);
  t.strictSame(check({ ...good, maritalStatus: { coding: [{ code: 'M', display: 'x' }], text: 'y' } }), []);
  t.strictSame(check({ ...good, maritalStatus: { text: 'M' } }), ['pattern Patient.maritalStatus']);
  t.strictSame(check({ ...good, photo: [{ title: 'x' }] }), ['cardinality-max Patient.photo[0]']);
  t.strictSame(check({ ...good, multipleBirthBoolean: true }), ['type Patient.multipleBirth']);
  t.strictSame(check({ ...good, multipleBirthInteger: 1 }), ['min-value Patient.multipleBirth']);
  t.strictSame(check({ ...good, multipleBirthInteger: 2 }), []);
});

t.test('a profile of a profile, claimed in meta.profile', async (t) => {
  const outer = profile('Patient', 'outer', [{ id: 'Patient' }, { id: 'Patient.name', min: 1 }]);
  const inner = profile('Patient', 'inner', [{ id: 'Patient' }, { id: 'Patient.name.given', min: 2 }], {
    baseDefinition: `${url('outer')}|1.0`,
  });
  const validator = createValidator({ packages: [folderOf([inner, outer])] });
  const claimed = (members: Anything): Anything => ({
    resourceType: 'Patient',
    meta: { profile: [`${url('inner')}|1`] },
    text,
    ...members,
  });
  t.strictSame(errors(validator, claimed({ name: [{ given: ['a', 'b'] }] })), []);
  t.strictSame(errors(validator, claimed({ name: [{ given: ['a'] }] })), ['cardinality-min Patient.name[0]']);
  t.strictSame(errors(validator, claimed({})), ['cardinality-min Patient']);
});

t.test('a profile whose base is not loaded is a fault, not a pass', async (t) => {
  const orphan = profile('Patient', 'orphan', [{ id: 'Patient' }], { baseDefinition: `${BASE}/none` });
  const validator = createValidator({ packages: [folderOf([orphan])] });
  t.strictSame(errors(validator, { resourceType: 'Patient', text }, [url('orphan')]), [
    'profile-unusable Patient',
  ]);
});

t.test('invariants of a profile, and one that throws', async (t) => {
  const invariant = (key: string, expression: string): Anything => ({
    key,
    severity: 'error',
    human: key,
    expression,
  });
  const check = checker('Patient', [
    {
      id: 'Patient',
      constraint: [
        invariant('x-1', "name.family.exists() implies name.family = 'Smith'"),
        invariant('x-2', 'name.given.single().exists()'),
      ],
    },
    { id: 'Patient.contact', constraint: [invariant('x-3', 'name.exists() and %resource.active = true')] },
    { id: 'Patient.managingOrganization', constraint: [invariant('x-4', 'resolve() is Organization')] },
  ]);
  const active = { active: true, name: [{ given: ['Betty'] }] };
  t.strictSame(check({ ...active, name: [{ family: 'Smith', given: ['Betty'] }] }), []);
  t.strictSame(check({ ...active, name: [{ family: 'Jones', given: ['Betty'] }] }), ['x-1 Patient']);
  t.strictSame(
    check({ ...active, name: [{ given: ['Betty', 'Ann'] }] }),
    ['x-2 Patient'],
    'a throw is an issue',
  );
  t.strictSame(check({ ...active, active: false, contact: [{ name: { text: 'x' } }] }), [
    'x-3 Patient.contact[0]',
  ]);
  const contained = (resourceType: string): Anything => ({
    ...active,
    contained: [{ resourceType, id: 'o', name: 'x' }],
    managingOrganization: { reference: '#o' },
  });
  t.strictSame(check(contained('Organization')), []);
});

t.test('slicing by value, pattern, exists and type', async (t) => {
  const slicing = (type: string, where: string, rules = 'open', ordered = false): Anything => ({
    discriminator: [{ type, path: where }],
    rules,
    ordered,
  });
  const byValue = checker('Patient', [
    { id: 'Patient' },
    { id: 'Patient.identifier', slicing: slicing('value', 'system'), min: 1 },
    { id: 'Patient.identifier:nhs', sliceName: 'nhs', min: 1, max: '1' },
    { id: 'Patient.identifier:nhs.system', min: 1, fixedUri: 'urn:nhs' },
    { id: 'Patient.identifier:nhs.value', min: 1 },
  ]);
  const nhs = { system: 'urn:nhs', value: '1' };
  t.strictSame(byValue({ identifier: [nhs, { system: 'urn:other' }] }), []);
  t.strictSame(byValue({ identifier: [{ system: 'urn:other' }] }), ['slice-min Patient']);
  t.strictSame(byValue({ identifier: [nhs, nhs] }), ['slice-max Patient.identifier[1]']);
  t.strictSame(byValue({ identifier: [{ system: 'urn:nhs' }] }), ['cardinality-min Patient.identifier[0]']);

  const coded = (code: string): Anything => ({ coding: [{ system: 'urn:s', code }] });
  const closed = (rules: string, ordered: boolean): ((members: Anything) => string[]) =>
    checker('Observation', [
      { id: 'Observation' },
      { id: 'Observation.component', slicing: slicing('pattern', 'code', rules, ordered) },
      { id: 'Observation.component:a', sliceName: 'a', min: 1, max: '1' },
      { id: 'Observation.component:a.code', patternCodeableConcept: coded('a') },
      { id: 'Observation.component:b', sliceName: 'b', min: 0, max: '1' },
      { id: 'Observation.component:b.code', patternCodeableConcept: coded('b') },
    ]);
  const components = (...codes: string[]): Anything => ({
    ...observation,
    component: codes.map((code) => ({ code: coded(code) })),
  });
  t.strictSame(closed('closed', false)(components('b', 'a')), []);
  t.strictSame(closed('closed', false)(components('a', 'c')), ['slicing-closed Observation.component[1]']);
  t.strictSame(closed('open', true)(components('b', 'a')), ['slicing-order Observation.component[1]']);
  t.strictSame(closed('openAtEnd', false)(components('a', 'c', 'b')), [
    'slicing-end Observation.component[2]',
  ]);
  t.strictSame(closed('openAtEnd', false)(components('a', 'b', 'c')), []);

  const byExists = checker('Patient', [
    { id: 'Patient' },
    { id: 'Patient.contact', slicing: slicing('exists', 'name', 'closed') },
    { id: 'Patient.contact:named', sliceName: 'named', min: 0, max: '*' },
    { id: 'Patient.contact:named.name', min: 1 },
    { id: 'Patient.contact:firm', sliceName: 'firm', min: 0, max: '1' },
    { id: 'Patient.contact:firm.name', max: '0' },
    { id: 'Patient.contact:firm.organization', min: 1 },
  ]);
  t.strictSame(byExists({ contact: [{ name: { text: 'x' } }, { organization: { display: 'x' } }] }), []);
  t.strictSame(byExists({ contact: [{ telecom: [{ system: 'phone', value: '1' }] }] }).slice(-1), [
    'cardinality-min Patient.contact[0]',
  ]);

  const byType = checker('Observation', [
    { id: 'Observation' },
    { id: 'Observation.value[x]', slicing: slicing('type', '$this', 'closed'), min: 1 },
    {
      id: 'Observation.value[x]:valueQuantity',
      sliceName: 'valueQuantity',
      min: 0,
      max: '1',
      type: [{ code: 'Quantity' }],
    },
    { id: 'Observation.value[x]:valueQuantity.unit', min: 1 },
  ]);
  t.strictSame(byType({ ...observation, valueQuantity: { value: 1, unit: 'kg' } }), []);
  t.strictSame(byType({ ...observation, valueQuantity: { value: 1 } }), [
    'cardinality-min Observation.value',
  ]);
  t.strictSame(byType({ ...observation, valueString: 'x' }), ['slicing-closed Observation.value']);
});

t.test('slicing through resolve() and by profile; narrowed targets', async (t) => {
  const entry = [
    { id: 'Bundle' },
    { id: 'Bundle.entry', slicing: { discriminator: [{ type: 'type', path: 'resource' }], rules: 'closed' } },
    { id: 'Bundle.entry:patient', sliceName: 'patient', min: 1, max: '1' },
    { id: 'Bundle.entry:patient.resource', min: 1, type: [{ code: 'Patient', profile: [url('named')] }] },
    { id: 'Bundle.entry:list', sliceName: 'list', min: 0, max: '1' },
    { id: 'Bundle.entry:list.resource', min: 1, type: [{ code: 'List', profile: [url('listed')] }] },
  ];
  const named = profile('Patient', 'named', [{ id: 'Patient' }, { id: 'Patient.name', min: 1 }]);
  const listed = profile('List', 'listed', [
    { id: 'List' },
    { id: 'List.subject', type: [{ code: 'Reference', targetProfile: [url('named')] }] },
    {
      id: 'List.entry',
      slicing: { discriminator: [{ type: 'type', path: 'item.resolve()' }], rules: 'open' },
    },
    { id: 'List.entry:people', sliceName: 'people', min: 1, max: '*' },
    { id: 'List.entry:people.item', type: [{ code: 'Reference', targetProfile: [`${CORE}/Patient`] }] },
  ]);
  const check = checker('Bundle', entry, [named, listed]);
  const people = (patient: Anything, list: Anything = {}): Anything => ({
    type: 'collection',
    entry: [
      {
        fullUrl: 'https://x.test/Patient/1',
        resource: { resourceType: 'Patient', id: '1', text, ...patient },
      },
      {
        fullUrl: 'https://x.test/List/1',
        resource: {
          resourceType: 'List',
          id: '1',
          text,
          status: 'current',
          mode: 'working',
          subject: { reference: 'Patient/1' },
          entry: [{ item: { reference: 'Patient/1' } }],
          ...list,
        },
      },
    ],
  });
  const { text: _, ...bundle } = people({ name: [{ text: 'x' }] });
  const run = (resource: Anything): string[] =>
    check({ text: undefined, ...resource }).filter((line) => !line.startsWith('unknown'));
  t.strictSame(run(bundle), []);
  t.strictSame(run(people({ name: [{ text: 'x' }] }, { entry: [{ item: { display: 'x' } }] })), [
    'slice-min Bundle.entry[1].resource',
  ]);
  t.strictSame(run(people({})), [
    'cardinality-min Bundle.entry[0].resource',
    'reference-target-profile Bundle.entry[1].resource.subject',
  ]);
  t.strictSame(
    run({
      type: 'collection',
      entry: [{ fullUrl: 'https://x.test/Device/1', resource: { resourceType: 'Device', id: '1', text } }],
    }),
    ['slicing-closed Bundle.entry[0]', 'slice-min Bundle'],
  );
});

t.test('an extension of our own: cardinality in a profile, value, parts', async (t) => {
  const extension = profile(
    'Extension',
    'tracker',
    [
      { id: 'Extension' },
      { id: 'Extension.url', fixedUri: url('tracker') },
      { id: 'Extension.value[x]', min: 1, type: [{ code: 'string' }] },
    ],
    { context: [{ type: 'element', expression: 'Patient' }] },
  );
  const check = checker(
    'Patient',
    [
      { id: 'Patient' },
      {
        id: 'Patient.extension:tracker',
        sliceName: 'tracker',
        min: 1,
        max: '1',
        type: [{ code: 'Extension', profile: [url('tracker')] }],
      },
    ],
    [extension],
  );
  t.strictSame(check({ extension: [{ url: url('tracker'), valueString: 'B-17' }] }), []);
  t.strictSame(check({}), ['slice-min Patient']);
  t.strictSame(check({ extension: [{ url: url('tracker'), valueInteger: 17 }] }), [
    'type Patient.extension[0].value',
  ]);
});

t.test('our own value sets and code systems', async (t) => {
  const codes = {
    resourceType: 'CodeSystem',
    url: `${BASE}/cs`,
    status: 'active',
    content: 'complete',
    caseSensitive: true,
    concept: [{ code: 'a', concept: [{ code: 'a1' }, { code: 'a2' }] }, { code: 'b' }],
  };
  const set = (id: string, compose: Anything): Anything => ({
    resourceType: 'ValueSet',
    url: `${BASE}/vs-${id}`,
    status: 'active',
    compose,
  });
  const sets = [
    set('all', { include: [{ system: codes.url }] }),
    set('below', {
      include: [{ system: codes.url, filter: [{ property: 'concept', op: 'is-a', value: 'a' }] }],
      exclude: [{ system: codes.url, concept: [{ code: 'a2' }] }],
    }),
    set('other', {
      include: [
        { valueSet: [`${BASE}/vs-below`] },
        {
          system: 'http://snomed.info/sct',
          filter: [{ property: 'concept', op: 'is-a', value: '404684003' }],
        },
      ],
    }),
  ];
  const codeIn = (id: string): ((system: string, code: string) => string[]) => {
    const check = checker(
      'Observation',
      [
        { id: 'Observation' },
        { id: 'Observation.code', binding: { strength: 'required', valueSet: `${BASE}/vs-${id}` } },
      ],
      [codes, ...sets],
    );
    return (system, code) => check({ status: 'final', code: { coding: [{ system, code }] } });
  };
  t.strictSame(codeIn('all')(codes.url, 'a1'), []);
  t.strictSame(codeIn('all')(codes.url, 'c'), ['binding Observation.code']);
  t.strictSame(codeIn('all')('urn:other', 'a'), ['binding Observation.code']);
  t.strictSame(codeIn('below')(codes.url, 'a1'), []);
  t.strictSame(codeIn('below')(codes.url, 'a2'), ['binding Observation.code']);
  t.strictSame(codeIn('below')(codes.url, 'b'), ['binding Observation.code']);
  t.strictSame(codeIn('other')(codes.url, 'a1'), []);
  t.strictSame(
    codeIn('other')('http://snomed.info/sct', '22298006'),
    [],
    'SNOMED CT is not here: not checked',
  );
  t.strictSame(codeIn('other')(codes.url, 'b'), ['binding Observation.code']);
});

t.test('answers against their questionnaire', async (t) => {
  const questionnaire = {
    resourceType: 'Questionnaire',
    url: `${BASE}/q`,
    status: 'active',
    item: [
      {
        linkId: '1',
        type: 'group',
        item: [
          { linkId: '1.1', type: 'string', text: 'Name', required: true, maxLength: 10 },
          { linkId: '1.2', type: 'integer', repeats: true },
        ],
      },
      {
        linkId: '2',
        type: 'choice',
        answerOption: [
          { valueCoding: { system: 'urn:s', code: 'y' } },
          { valueCoding: { system: 'urn:s', code: 'n' } },
        ],
        item: [{ linkId: '2.1', type: 'text' }],
      },
      {
        linkId: '3',
        type: 'boolean',
        required: true,
        enableWhen: [{ question: '2', operator: '=', answerCoding: { system: 'urn:s', code: 'y' } }],
      },
      { linkId: '4', type: 'display' },
    ],
  };
  const validator = createValidator({ packages: [folderOf([questionnaire])] });
  const check = (item: Anything, status = 'completed'): string[] =>
    errors(validator, {
      resourceType: 'QuestionnaireResponse',
      text,
      status,
      questionnaire: `${BASE}/q|1`,
      item,
    });
  const one = { linkId: '1', item: [{ linkId: '1.1', text: 'Name', answer: [{ valueString: 'Betty' }] }] };
  const two = (code: string, item?: Anything): Anything => ({
    linkId: '2',
    answer: [{ valueCoding: { system: 'urn:s', code }, ...(item ? { item } : {}) }],
  });
  const three = { linkId: '3', answer: [{ valueBoolean: true }] };
  const at = 'QuestionnaireResponse.item';
  t.strictSame(
    check([one, two('y', [{ linkId: '2.1', answer: [{ valueString: 'x' }] }]), three, { linkId: '4' }]),
    [],
  );
  t.strictSame(check([one, two('n')]), [], 'what is not enabled is not required');
  t.strictSame(check([one, two('y')]), ['questionnaire-required QuestionnaireResponse']);
  t.strictSame(check([one, two('n'), three]), [`questionnaire-enabled ${at}[2]`]);
  t.strictSame(check([one, { linkId: '9' }]), [`questionnaire-link-id ${at}[1]`]);
  t.strictSame(check([one, { linkId: '1.2', answer: [{ valueInteger: 1 }] }]), [
    `questionnaire-link-id ${at}[1]`,
  ]);
  t.strictSame(check([two('n'), one]), [`questionnaire-order ${at}[1]`]);
  t.strictSame(check([{ linkId: '1', item: [{ linkId: '1.1' }] }]), [
    `questionnaire-required ${at}[0].item[0]`,
  ]);
  t.strictSame(check([one, two('x')]), [`questionnaire-option ${at}[1].answer[0].value`]);
  t.strictSame(check([one, { linkId: '2', answer: [{ valueBoolean: true }] }]), [
    `questionnaire-answer-type ${at}[1].answer[0].value`,
  ]);
  t.strictSame(
    check([one, { linkId: '2', item: [{ linkId: '2.1' }] }]).includes(
      `questionnaire-nesting ${at}[1].item[0]`,
    ),
    true,
  );
  t.ok(check([one, { ...two('n'), item: [{ linkId: '2.1' }] }]).includes(`qrs-1 ${at}[1]`));
  t.strictSame(check([one, one]), [`questionnaire-repeats ${at}[1]`]);
  const answers = (linkId: string, ...given: Anything[]): Anything => ({
    linkId: '1',
    item: [...(linkId === '1.1' ? [] : one.item), { linkId, answer: given }],
  });
  t.strictSame(check([answers('1.2', { valueInteger: 1 }, { valueInteger: 2 })]), []);
  t.strictSame(check([answers('1.1', { valueString: 'a' }, { valueString: 'b' })]), [
    `questionnaire-repeats ${at}[0].item[0].answer[1]`,
  ]);
  t.strictSame(check([answers('1.1', { valueString: 'x'.repeat(11) })]), [
    `questionnaire-max-length ${at}[0].item[0].answer[0].value`,
  ]);
  t.strictSame(check([one, { linkId: '4', answer: [{ valueString: 'x' }] }]), [
    `questionnaire-answer ${at}[1].answer[0]`,
  ]);
  t.strictSame(
    check([{ linkId: '1', item: [{ linkId: '1.1', text: 'Nom', answer: [{ valueString: 'x' }] }] }]),
    [`questionnaire-text ${at}[0].item[0]`],
  );
  t.strictSame(check([two('n')], 'in-progress'), [], 'what is not finished may lack answers');
  const unknown = validator.validate({
    resourceType: 'QuestionnaireResponse',
    text,
    status: 'completed',
    questionnaire: 'https://x.test/none',
  });
  t.strictSame(
    unknown.issues.map(({ severity, rule }) => `${severity} ${rule}`),
    ['warning questionnaire-unknown'],
  );
});

/** A tar archive with one long name by a pax header. */
function tgz(files: { [name: string]: string }): Buffer {
  const blocks: Buffer[] = [];
  const add = (name: string, type: string, body: Buffer): void => {
    const header = Buffer.alloc(512);
    header.write(name, 0, 100, 'utf8');
    header.write(`${body.length.toString(8).padStart(11, '0')} `, 124);
    header.write(type, 156);
    blocks.push(header, body, Buffer.alloc((512 - (body.length % 512)) % 512));
  };
  for (const [name, content] of Object.entries(files)) {
    const line = ` path=${name}\n`;
    const length = line.length + 2 > 99 ? line.length + 3 : line.length + 2;
    if (name.length > 60) add('pax', 'x', Buffer.from(`${length}${line}`));
    add(name.slice(0, 60), '0', Buffer.from(content));
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

t.test('packages: a folder within a folder, a .tgz, what is broken', async (t) => {
  const named = JSON.stringify(
    profile('Patient', 'named', [{ id: 'Patient' }, { id: 'Patient.name', min: 1 }]),
  );
  const file = path.join(root, 'package.tgz');
  writeFileSync(
    file,
    tgz({
      'package/package.json': '{"name":"x"}',
      [`package/StructureDefinition-${'x'.repeat(90)}.json`]: named,
      'package/other/x.json': 'not json',
    }),
  );
  t.strictSame(
    errors(createValidator({ packages: [file] }), { resourceType: 'Patient', text }, [url('named')]),
    ['cardinality-min Patient'],
  );
  const outer = path.join(root, 'outer');
  mkdirSync(path.join(outer, 'inner'), { recursive: true });
  writeFileSync(path.join(outer, 'inner', 'a.json'), named);
  t.strictSame(
    errors(createValidator({ packages: [outer] }), { resourceType: 'Patient', text }, [url('named')]),
    ['cardinality-min Patient'],
  );
  writeFileSync(path.join(outer, 'b.json'), '{');
  t.throws(() => createValidator({ packages: [outer] }), /b\.json is not JSON/);
  t.throws(() => createValidator({ packages: [path.join(root, 'absent')] }));
  t.throws(() => createValidator({ definitions: path.join(root, 'absent') }));
});

t.test('R4 profiles: our snapshot of a differential says what the published one says', async (t) => {
  const compiled = path.join(import.meta.dirname, '../../dist/validation/compiled');
  const core = path.join(import.meta.dirname, '../../node_modules/hl7.fhir.r4.examples');
  for (const id of [
    'vitalsigns',
    'bodyweight',
    'heartrate',
    'patient-nationality',
    'humanname-own-prefix',
    'clinicaldocument',
  ]) {
    const published = JSON.parse(
      readFileSync(path.join(core, `StructureDefinition-${id}.json`), 'utf8'),
    ) as Anything;
    const { snapshot: _, ...differential } = published;
    const definitions = new Definitions(compiled);
    const theirs = definitions.structure(published.url);
    const other = new Definitions(compiled);
    other.add(differential);
    const ours = other.structure(published.url);
    const essence = (structure: typeof ours): Anything =>
      Object.fromEntries(
        (structure?.elements ?? []).map(({ id: place, min, max, fixed, pattern }) => [
          place,
          { min, max, fixed, pattern },
        ]),
      );
    const known = essence(ours);
    for (const [place, element] of Object.entries(essence(theirs))) {
      if (known[place] !== undefined) t.strictSame(known[place], element, `${id} ${place}`);
    }
    for (const element of published.differential.element) {
      const place = element.id.replace('Observation.valueQuantity', 'Observation.value[x]:valueQuantity');
      t.ok(known[place] !== undefined, `${id} ${place} is there`);
    }
  }
});

/** A folder with R4's types and Patient alone, so that three builds take no longer than one. */
function typesAndPatient(core: string): string {
  const folder = folderOf([]);
  symlinkSync(path.join(core, 'package.json'), path.join(folder, 'package.json'));
  for (const name of readdirSync(core)) {
    if (!/^StructureDefinition-[A-Za-z0-9]+\.json$/.test(name)) continue;
    const { kind, id } = JSON.parse(readFileSync(path.join(core, name), 'utf8')) as {
      kind: string;
      id: string;
    };
    if (kind === 'resource' && !['Patient', 'Resource', 'DomainResource'].includes(id)) continue;
    symlinkSync(path.join(core, name), path.join(folder, name));
  }
  return folder;
}

t.test('the build: once, again when a profile changes, never half', async (t) => {
  const modules = path.join(import.meta.dirname, '../../node_modules');
  const profiles = path.join(root, 'profiles');
  const options = {
    core: typesAndPatient(path.join(modules, 'hl7.fhir.r4.examples')),
    expansions: path.join(modules, 'hl7.fhir.r4.expansions'),
    profiles,
    out: path.join(root, 'built'),
  };
  t.equal(buildDefinitions(options), true, 'an absent folder of profiles is tolerated');
  t.equal(buildDefinitions(options), false, 'nothing changed');
  mkdirSync(profiles);
  writeFileSync(
    path.join(profiles, 'p.json'),
    JSON.stringify(profile('Patient', 'named', [{ id: 'Patient' }, { id: 'Patient.name', min: 1 }])),
  );
  t.equal(buildDefinitions(options), true);
  const validator = createValidator({ definitions: options.out });
  t.strictSame(errors(validator, { resourceType: 'Patient', text }, [url('named')]), [
    'cardinality-min Patient',
  ]);
  writeFileSync(
    path.join(profiles, 'q.json'),
    JSON.stringify(profile('Patient', 'bad', [{ id: 'Patient' }, { id: 'Patient.nome', min: 1 }])),
  );
  t.throws(() => buildDefinitions(options), /elements that its type does not have: Patient\.nome/);
  t.ok(
    createValidator({ definitions: options.out }).validate({ resourceType: 'Patient', text }).valid,
    'the last result stands',
  );
});
