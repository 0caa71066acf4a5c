/** The instance's tree, its word on structure beside the structure check's, and packages compiled beside packages read. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import t from 'tap';
import { compilePackages } from '#src/validation/build/packages.js';
import { Definitions } from '#src/validation/definitions/registry.js';
import { growWhole } from '#src/validation/plan/grow.js';
import { Node } from '#src/validation/plan/node.js';
import { Shapes } from '#src/validation/plan/shapes.js';
import { StructureChecker } from '#src/validation/structure/run.js';
import { createValidator } from '#src/validation/validator.js';
import { document } from './sample.js';

const project = path.join(import.meta.dirname, '../..');
const compiled = path.join(project, 'dist/validation/compiled');
const definitions = new Definitions(compiled);
const shapes = new Shapes(definitions);
const structure = new StructureChecker(
  path.join(compiled, 'structure'),
  new Set(definitions.index.resourceTypes),
);
const root = mkdtempSync(path.join(os.tmpdir(), 'tree-test-'));
t.teardown(() => rmSync(root, { recursive: true }));

type Holder = { [key: string]: unknown };

/** A sample of R4's examples: every seventh, none too long. */
function* examples(): Generator<[string, unknown]> {
  const folder = path.join(project, 'node_modules/hl7.fhir.r4.examples');
  const names = readdirSync(folder)
    .filter((name) => /^[A-Z].*\.json$/.test(name) && !/^(?:CodeSystem|ValueSet|SearchParameter)-/.test(name))
    .sort();
  for (const name of names.filter((_, place) => place % 7 === 0)) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    if (text.length < 60_000) yield [name, JSON.parse(text)];
  }
  yield ['document', document()];
}

let state = 20260131;
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

function places(value: unknown, found: [Holder, string][] = []): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Holder, key]);
    places((value as Holder)[key], found);
  }
  return found;
}

const EXTENSION = { extension: [{ url: 'http://example.org/x', valueString: 'x' }] };
const WAYS: readonly ((holder: Holder, key: string, other: unknown) => void)[] = [
  (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  },
  ...[null, '', 7, true, {}, [], [null], { id: 'x' }, 'x#é '].map(
    (value) => (holder: Holder, key: string) => {
      holder[key] = structuredClone(value);
    },
  ),
  (holder, key, other) => {
    holder[key] = structuredClone(other);
  },
  (holder, key) => {
    holder[key] = [holder[key]];
  },
  (holder, key) => {
    holder[`_${key}`] = structuredClone(EXTENSION);
  },
  (holder, key) => {
    holder[`_${key}`] = [null, structuredClone(EXTENSION)];
  },
  (holder, key) => {
    holder[`${key}x`] = structuredClone(holder[key]);
  },
  (holder) => {
    holder['valueString'] = 'x';
    holder['valueInteger'] = 7;
  },
  (holder) => {
    holder['resourceType'] = 'Element';
  },
  (holder) => {
    holder['resourceType'] = 'DomainResource';
  },
];

function broken(resource: unknown): unknown {
  const copy: unknown = structuredClone(resource);
  for (let turn = random(3); turn >= 0; turn--) {
    const found = places(copy);
    const [at, other] = [found[random(found.length)], found[random(found.length)]];
    if (at !== undefined && other !== undefined)
      WAYS[random(WAYS.length)]?.(at[0], at[1], other[0][other[1]]);
  }
  return JSON.parse(JSON.stringify(copy));
}

/** Says where the tree calls sound what the structure check does not. */
function disagreement(name: string, resource: unknown): { readonly sound: boolean; readonly wrong?: string } {
  const node = Node.root(shapes, resource);
  const sound = node !== undefined && growWhole(node, 100);
  const [fault] = sound ? structure.check(resource) : [];
  return { sound, ...(fault === undefined ? {} : { wrong: `${name}: ${fault.rule} at ${fault.pointer}` }) };
}

t.test('what grows whole is sound to the structure check', async (t) => {
  let [sound, unsound] = [0, 0];
  const wrong: string[] = [];
  for (const [name, resource] of examples()) {
    const each = [resource, ...Array.from({ length: 12 }, () => broken(resource))];
    each.forEach((one, place) => {
      const found = disagreement(`${name} ${place}`, one);
      if (found.sound) sound += 1;
      else unsound += 1;
      if (found.wrong !== undefined) wrong.push(found.wrong);
    });
  }
  t.strictSame(wrong, []);
  t.ok(sound > 200, `${sound} grow whole`);
  t.ok(unsound > 1000, `${unsound} do not`);
  t.equal(disagreement('document', document()).sound, true);
  t.equal(disagreement('no resource', { resourceType: 'Nothing' }).sound, false);
});

/** What the tree says of a name in three ways, and what its whole list of children says. */
function differences(node: Node, found: string[]): void {
  const names = new Set([...(node.shape?.elements.keys() ?? []), 'nothing']);
  for (const name of names) {
    const all = node.children.filter((child) => child.element?.name === name);
    const said = (nodes: readonly Node[]): string => JSON.stringify(nodes.map(({ pointer }) => pointer));
    const named = node.named(name);
    const child = node.child(name);
    const same =
      said(named) === said(all) &&
      node.count(name) === all.length &&
      said(child === undefined ? [] : [child]) === said(all.slice(0, 1)) &&
      named.every((one, place) => one.isLeaf || one === all[place]);
    if (!same)
      found.push(`${node.expression}.${name}: ${said(all)} but ${said(named)} and ${node.count(name)}`);
    const plain = node.plain(name);
    if (typeof plain === 'symbol') continue;
    if (plain !== all[0]?.value || all.length > 1 || all[0]?.extra !== undefined)
      found.push(`${node.expression}.${name}: the plain value is ${String(plain)}`);
  }
  for (const child of node.children) differences(child, found);
}

t.test(
  'asked by name the tree says what its list of children says, of good resources and of broken',
  async (t) => {
    const found: string[] = [];
    let count = 0;
    for (const [, resource] of examples()) {
      for (const one of [resource, broken(resource), broken(resource)]) {
        const node = Node.root(shapes, one);
        if (node === undefined) continue;
        if (count++ % 2 === 0) growWhole(node, 100);
        differences(node, found);
      }
    }
    t.strictSame(found, []);
    t.ok(count > 100, `${count} resources`);
  },
);

t.test('references and inner resources are gathered in the order of the JSON', async (t) => {
  const node = Node.root(shapes, document()) as Node;
  growWhole(node, 100);
  const walked: string[] = [];
  const walk = (at: Node): void => {
    for (const child of at.near) {
      if (child.isResource || child.type === 'Reference') walked.push(child.pointer);
      if (!child.isResource) walk(child);
    }
  };
  walk(node);
  t.strictSame(
    node.links?.map(({ pointer }) => pointer),
    walked,
  );
  t.equal(node.child('entry')?.child('resource')?.links?.length, 6);
});

// Packages ---------------------------------------------------------------------------------------------------------

const url = (name: string): string => `http://example.org/StructureDefinition/${name}`;
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };

function folderOf(name: string, resources: readonly object[]): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  resources.forEach((resource, place) => {
    writeFileSync(path.join(folder, `${place}.json`), JSON.stringify(resource));
  });
  return folder;
}

const named = (extra: object = {}) => ({
  resourceType: 'StructureDefinition',
  url: url('named'),
  name: 'named',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: {
    element: [
      { id: 'Patient', path: 'Patient' },
      { id: 'Patient.name', path: 'Patient.name', min: 1 },
      {
        id: 'Patient.maritalStatus',
        path: 'Patient.maritalStatus',
        binding: { strength: 'required', valueSet: 'http://example.org/ValueSet/states' },
      },
    ],
  },
  ...extra,
});
const STATES = [
  {
    resourceType: 'CodeSystem',
    url: 'http://example.org/CodeSystem/states',
    name: 'states',
    status: 'active',
    content: 'complete',
    concept: [{ code: 'alone' }],
  },
  {
    resourceType: 'ValueSet',
    url: 'http://example.org/ValueSet/states',
    name: 'states',
    status: 'active',
    compose: { include: [{ system: 'http://example.org/CodeSystem/states' }] },
  },
  {
    resourceType: 'ImplementationGuide',
    url: 'http://example.org/ImplementationGuide/all',
    global: [{ type: 'Patient', profile: url('named') }],
  },
];
const ORPHAN = named({ url: url('orphan'), baseDefinition: url('elsewhere') });
const PATIENT = {
  resourceType: 'Patient',
  text,
  maritalStatus: { coding: [{ system: 'http://example.org/CodeSystem/states', code: 'together' }] },
};

t.test('compiled packages say what the packages say', async (t) => {
  const source = folderOf('source', [named(), ORPHAN, ...STATES]);
  const out = path.join(root, 'compiled');
  const options = { packages: [source], definitions: compiled, out };
  t.equal(compilePackages(options), true);
  t.equal(compilePackages(options), false, 'nothing changed');
  for (const resource of [PATIENT, { ...PATIENT, meta: { profile: [url('orphan')] } }]) {
    const read = createValidator({ packages: [source] }).validate(resource);
    const loaded = createValidator({ packages: [out] }).validate(resource);
    t.strictSame(loaded, read);
    t.match(
      new Set(read.issues.map(({ rule }) => rule)),
      new Set(['cardinality-min', 'binding']),
      'the guide chose the profile',
    );
  }
  writeFileSync(path.join(source, '0.json'), JSON.stringify(named({ differential: { element: [] } })));
  t.equal(compilePackages(options), true, 'again when a definition changes');
  t.strictSame(
    createValidator({ packages: [out] })
      .validate({ resourceType: 'Patient', text })
      .issues.map(({ rule }) => rule),
    [],
  );
});

t.test('of packages, compiled or not, later ones win', async (t) => {
  const strict = folderOf('strict', [named()]);
  const lenient = folderOf('lenient', [named({ differential: { element: [] } })]);
  const [first, second] = [strict, lenient].map((folder) => {
    const out = `${folder}-compiled`;
    compilePackages({ packages: [folder], definitions: compiled, out });
    return out;
  }) as [string, string];
  const isValid = (packages: readonly string[]): boolean =>
    createValidator({ packages }).validate({ resourceType: 'Patient', text }, { profiles: [url('named')] })
      .valid;
  t.equal(isValid([first]), false);
  t.equal(isValid([first, second]), true);
  t.equal(isValid([second, first]), false);
  t.equal(isValid([first, lenient]), true);
  t.equal(isValid([lenient, first]), false);
});

t.test('a folder that something else wrote is neither replaced nor misread', async (t) => {
  const source = folderOf('other', [named()]);
  t.throws(
    () => compilePackages({ packages: [source], definitions: compiled, out: source }),
    /not compiled here: it is not replaced/,
  );
  t.ok(existsSync(path.join(source, '0.json')));
  const out = path.join(root, 'older');
  compilePackages({ packages: [source], definitions: compiled, out });
  const copy = path.join(root, 'copy');
  cpSync(out, copy, { recursive: true });
  const index = path.join(copy, 'index.json');
  writeFileSync(index, readFileSync(index, 'utf8').replace('"format":1', '"format":0'));
  t.throws(() => createValidator({ packages: [copy] }), /compiled by another version/);
});
