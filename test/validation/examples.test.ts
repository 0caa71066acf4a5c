/**
 * R4's own examples: no false error, and the invariants that we write in code equal to what fhirpath.js makes of them.
 * https://hl7.org/fhir/R4/downloads.html (npm: hl7.fhir.r4.examples)
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import type { Constraint } from '#src/validation/definitions/model.js';
import { Definitions } from '#src/validation/definitions/registry.js';
import { evaluate } from '#src/validation/fhirpath.js';
import { Node } from '#src/validation/plan/node.js';
import { Shapes } from '#src/validation/plan/shapes.js';
import { CODED } from '#src/validation/rules/coded-invariants.js';
import type { Context } from '#src/validation/rules/rule.js';
import { createValidator } from '#src/validation/validator.js';
import { BREAKERS } from './breakers.js';
import { document } from './sample.js';

const FOLDER = path.join(import.meta.dirname, '../../node_modules/hl7.fhir.r4.examples');
const COMPILED = path.join(import.meta.dirname, '../../dist/validation/compiled');

/** The types that the service makes, and their neighbours. */
const TYPES = new Set(
  (
    'Patient RelatedPerson Organization Practitioner PractitionerRole Composition Bundle QuestionnaireResponse ' +
    'Questionnaire AllergyIntolerance Condition Observation MedicationStatement MedicationAdministration ' +
    'MedicationRequest Medication Flag Consent CarePlan List DocumentReference Binary Encounter ServiceRequest ' +
    'Provenance Device Procedure Communication Task Location Parameters MessageHeader OperationOutcome'
  ).split(' '),
);

/** Examples with faults of their own: file → the rules they break. */
const FAULTY: { readonly [file: string]: readonly string[] } = {
  // The id of the resource is not that of its fullUrl.
  'Bundle-10bb101f-a121-4264-a920-67be9cb82c74.json': ['bundle-full-url-id'],
  'Bundle-3a0707d3-549e-4467-b8b8-5a2ab3800efe.json': ['bundle-full-url-id'],
  'Bundle-lri-example.json': ['bundle-full-url-id'],
  // Its LOINC code makes it a body temperature, which needs a time.
  'Observation-f202.json': ['cardinality-min'],
  // It uses a part "uri" where the definition has "url".
  'Bundle-hla-1.json': ['extension-part'],
  // Items of groups without a linkId.
  'Questionnaire-qs1.json': ['cardinality-min'],
  // It maps to UNK, which v3-AdministrativeGender does not have.
  'Bundle-conceptmaps.json': ['concept-map-code'],
  // Units that UCUM does not have: tbl, drop, mcg, hr, mEq, ea.
  'Bundle-father.json': ['ucum'],
  'MedicationRequest-medrx0304.json': ['ucum'],
  'MedicationRequest-medrx0314.json': ['ucum', 'unknown-code'],
  'MedicationRequest-medrx0319.json': ['ucum'],
  'MedicationRequest-medrx0322.json': ['ucum'],
  'MedicationRequest-medrx0325.json': ['ucum'],
  'MedicationRequest-medrx0326.json': ['ucum'],
  'MedicationRequest-medrx0328.json': ['ucum'],
  'MedicationRequest-medrx0329.json': ['ucum'],
  'MedicationRequest-medrx0334.json': ['ucum'],
  'MedicationRequest-medrx0335.json': ['ucum'],
  // Dose forms in the wrong case: Tab, patch for TAB, PATCH.
  'Medication-med0304.json': ['unknown-code'],
  'Medication-med0309.json': ['unknown-code'],
  'MedicationAdministration-medadmin0312.json': ['unknown-code'],
  'MedicationRequest-medrx0313.json': ['unknown-code'],
  'MedicationRequest-medrx0327.json': ['unknown-code'],
  'MedicationStatement-example001.json': ['unknown-code'],
  'MedicationStatement-example002.json': ['unknown-code'],
  'MedicationStatement-example003.json': ['unknown-code'],
  // An OID as it is where an address is promised.
  'Organization-2.16.840.1.113883.19.5.json': ['identifier-value'],
  // Canonicals that are not absolute.
  'Procedure-f201.json': ['canonical-value'],
  'Questionnaire-phq-9-questionnaire.json': ['canonical-value'],
  'QuestionnaireResponse-gcs.json': ['canonical-value'],
  'QuestionnaireResponse-ussg-fht-answers.json': ['canonical-value'],
  // An outcome among search results, without a fullUrl.
  'Bundle-bundle-search-warning.json': ['bundle-full-url'],
  // A narrative of white space.
  'Questionnaire-zika-virus-exposure-assessment.json': ['txt-2'],
  // References to types that the elements do not take.
  'MedicationRequest-medrx0301.json': ['reference-target'],
  'Observation-clinical-gender.json': ['reference-target'],
};

const MAX_BYTES = 300_000;

function examples(): { file: string; resource: { resourceType: string } }[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json') && TYPES.has(file.split('-')[0] as string))
    .map((file) => ({ file, text: readFileSync(path.join(FOLDER, file), 'utf8') }))
    .filter(({ text }) => text.length <= MAX_BYTES)
    .map(({ file, text }) => ({ file, resource: JSON.parse(text) as { resourceType: string } }));
}

t.test('R4 examples give no false error', async (t) => {
  // Many use extensions under example.org that nobody defines.
  const validator = createValidator({ unknownExtensions: 'warning' });
  let count = 0;
  for (const { file, resource } of examples()) {
    const { issues } = validator.validate(resource);
    const rules = [
      ...new Set(issues.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)),
    ].sort();
    const expected = FAULTY[file] ?? [];
    if (rules.join() !== [...expected].sort().join()) {
      const errors = issues.filter(({ severity }) => severity === 'error');
      t.strictSame(
        errors.map(({ rule, expression, message }) => `${rule} ${expression} ${message}`),
        expected,
        file,
      );
    }
    count += 1;
  }
  t.ok(count > 300, `${count} examples`);
});

/** dom-3 as it must be written for fhirpath.js: `as()` fails on collections. */
const REWRITTEN: { readonly [key: string]: string } = {
  'dom-3':
    "contained.where((('#'+id in (%resource.descendants().reference | %resource.descendants().ofType(canonical) | %resource.descendants().ofType(uri) | %resource.descendants().ofType(url))) or descendants().where(reference = '#').exists() or descendants().where($this is canonical and $this = '#').exists()).not()).empty()",
};

/** Where we mean to differ from the letter of the expression. */
function isMeant(key: string, node: Node): boolean {
  const value = node.value as { [name: string]: unknown };
  if (key === 'dom-6') return node.resource !== node.container;
  if (key === 'bdl-8') return value['fullUrl'] === undefined;
  // By the letter a reference without an address fails: `{}.not()` is empty. HAPI passes it as well.
  if (key === 'ref-1') return value['reference'] === undefined || value['reference'] === '#';
  return key === 'ras-2' || key === 'que-7';
}

/** Those that `isMeant` leaves out wholly, and SimpleQuantity's, which its cardinality says. */
const UNCOMPARED = 3;

t.test('invariants in code equal fhirpath', async (t) => {
  const definitions = new Definitions(COMPILED);
  const shapes = new Shapes(definitions);
  const compared = new Map<string, { same: number; failing: number }>();
  const seen = new Map<string, number>();

  const compare = (constraint: Constraint, node: Node, context: Context, file: string): void => {
    const coded = CODED.get(constraint.expression);
    if (coded === undefined || isMeant(constraint.key, node)) return;
    const ours = coded(node.value as never, node);
    // Forty of each outcome on each resource type are as good as ten thousand.
    const place = `${ours} ${constraint.expression} ${node.resource.type}`;
    const times = seen.get(place) ?? 0;
    if (times >= 40) return;
    seen.set(place, times + 1);
    const theirs = evaluate(REWRITTEN[constraint.key] ?? constraint.expression, node, context);
    if (ours !== theirs) t.equal(ours, theirs, `${constraint.key} at ${file} ${node.expression}`);
    const tally = compared.get(constraint.expression) ?? { same: 0, failing: 0 };
    tally.same += 1;
    if (!theirs) tally.failing += 1;
    compared.set(constraint.expression, tally);
  };

  const walk = (node: Node, context: Context, file: string): void => {
    if (!node.isPrimitive) {
      for (const constraint of node.shape?.constraints ?? []) compare(constraint, node, context, file);
      for (const constraint of node.element?.definition.constraint ?? [])
        compare(constraint, node, context, file);
    }
    for (const child of node.children) walk(child, context, file);
  };

  const run = (file: string, resource: unknown): void => {
    const root = Node.root(shapes, resource);
    if (root === undefined) return;
    const context = { root, definitions, memory: new Map(), resolve: () => undefined } as unknown as Context;
    walk(root, context, file);
  };

  for (const { file, resource } of examples()) run(file, resource);
  for (const [name, mutant] of mutants()) run(name, mutant);
  for (const breaker of BREAKERS) run(JSON.stringify(breaker), breaker);
  t.ok(compared.size > 50, `${compared.size} expressions compared`);
  const never = [...compared].filter(([, { failing }]) => failing === 0).map(([expression]) => expression);
  t.strictSame(never, [], 'each was seen to fail as well as to pass');
  t.equal(compared.size, CODED.size - UNCOMPARED, 'each was compared');
});

/** Every object of the sample with each of its members taken away in turn, or doubled into its neighbours. */
function* mutants(): Generator<[string, unknown]> {
  const whole = JSON.stringify(document());
  const count = pathsOf(JSON.parse(whole)).length;
  for (let index = 0; index < count; index++) {
    const copy = JSON.parse(whole) as unknown;
    const steps = pathsOf(copy)[index] as string[];
    const last = steps.at(-1) as string;
    const holder = steps
      .slice(0, -1)
      .reduce((at, step) => (at as { [key: string]: unknown })[step], copy) as {
      [key: string]: unknown;
    };
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
    yield [`without ${steps.join('.')}`, copy];
  }
}

function pathsOf(value: unknown, steps: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...steps, key],
    ...pathsOf(inner, [...steps, key]),
  ]);
}
