/**
 * Whatever package the schema accepts, the document is valid by the profiles, every leaf has a home, and the package
 * comes back. REDBAG_TEST_PROPERTY_RUNS packages (CI: 2,000); the seed is printed, and how often each branch of the schema
 * was taken. With REDBAG_TEST_PROPERTY_SAVE a sample of REDBAG_TEST_PROPERTY_SAVED Bundles is kept in that folder for
 * the reference validator, and how often each branch was taken: test/conformance/packages.mjs adds up several runs.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { uuid5 } from '#src/fhir/uuid.js';
import { formats } from '#src/mapping/formats.js';
import { isObject, type Json, type JsonObject, leaves, sameJson } from '#src/mapping/json.js';
import { type FormSchema, isArraySchema, isObjectSchema, type LeafSchema } from '#src/mapping/schema.js';
import { assembleDocument, readDocument } from '#src/transfer/document.js';
import { type NotUnderstood, prepare } from '#src/transfer/prepared.js';
import { packageSchema, redBag } from '#src/transfer/red-bag.js';
import { createValidator } from '#src/validation/validator.js';
import { arbitraryOf, branchesOf, countBranches } from '../support/arbitrary.js';
import { valueAt } from '../support/form-laws.js';
import { normalised } from '../support/normalised.js';

const RUNS = Number(process.env['REDBAG_TEST_PROPERTY_RUNS'] ?? 60);
const SAVE = process.env['REDBAG_TEST_PROPERTY_SAVE'];
const SAVED = Number(process.env['REDBAG_TEST_PROPERTY_SAVED'] ?? 200);
/** One in so many is kept, so that they come from the whole run: the first ones are small. */
const EVERY = Math.max(1, Math.floor(RUNS / SAVED));
const seed = Number(process.env['REDBAG_TEST_PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const BAG = '7f3c1f0e-0000-4000-8000-00000000beef';

const validator = await createValidator();
const counts = new Map<string, number>();
let checked = 0;
let saved = 0;

const schemaOf = (pointer: string): LeafSchema => {
  let at: FormSchema = packageSchema;
  for (const name of pointer.split('/').slice(1)) {
    at = (isArraySchema(at) ? at.items : isObjectSchema(at) ? at.properties[name] : at) as FormSchema;
  }
  return at as LeafSchema;
};

/** Leaves that a person can mistype: with a content format. */
const mistypable = (sent: JsonObject): string[] =>
  [...leaves(sent)]
    .map(([pointer]) => pointer)
    .filter((pointer) => {
      const leaf = schemaOf(pointer);
      const bounded = leaf.type === 'integer' || leaf.type === 'number';
      return bounded || (leaf.format !== undefined && formats[leaf.format].content && !leaf['x-choice']);
    });

function check(sent: JsonObject, odd: readonly NotUnderstood[]): void {
  const prepared = prepare(sent, odd);
  const made = assembleDocument(redBag, { prepared, bagId: BAG, version: 1, demonstration: false });
  const bundle = JSON.parse(JSON.stringify(made.bundle)) as JsonObject;
  const outcome = validator.validate(bundle);
  const errors = outcome.issues.filter((i) => i.severity === 'error' || i.severity === 'fatal');
  if (errors.length > 0)
    throw new Error(
      `Not valid:\n${errors
        .map((e) => `${e.rule} ${e.expression}: ${e.message}`)
        .slice(0, 10)
        .join('\n')}`,
    );

  const resources = (bundle['entry'] as unknown as { resource: JsonObject }[]).map((e) => e.resource);
  const homes = new Map(made.coverage.leaves.map((l) => [l.pointer, l]));
  for (const [pointer] of leaves(sent)) {
    const leaf = homes.get(pointer);
    if (!leaf) throw new Error(`${pointer} went nowhere`);
    if (leaf.targets.length === 0 && !leaf.withheld) throw new Error(`${pointer} has no home`);
    for (const target of leaf.targets) {
      if (valueAt(resources as never, target) === undefined)
        throw new Error(`${pointer}: nothing at ${target.resource} ${target.path}`);
    }
  }
  const back = readDocument(redBag, bundle);
  const withheld = new Set(prepared.withheld);
  const expected = without(normalised(sent, new Set(odd.map((o) => o.pointer))), withheld);
  if (!sameJson(back, expected)) throw new Error(`Not the same back:\n${firstDifference(expected, back)}`);
  unreachable(bundle);
  if (SAVE !== undefined && checked++ % EVERY === 0 && saved < SAVED) {
    mkdirSync(SAVE, { recursive: true });
    writeFileSync(`${SAVE}/package-${seed}-${saved++}.json`, JSON.stringify(bundle));
  }
}

function without(value: Json, hidden: ReadonlySet<string>, pointer = ''): Json | undefined {
  if (Array.isArray(value)) {
    const kept = value
      .map((v: Json, i) => without(v, hidden, `${pointer}/${i}`))
      .filter((v) => v !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (!isObject(value)) return hidden.has(pointer) ? undefined : value;
  const kept = Object.entries(value).flatMap(([k, v]) => {
    const inner = v === undefined ? undefined : without(v, hidden, `${pointer}/${k}`);
    return inner === undefined ? [] : [[k, inner] as const];
  });
  return kept.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(kept);
}

function firstDifference(a: unknown, b: unknown, at = ''): string {
  if (isObject(a) && isObject(b)) {
    for (const k of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const d = sameJson(a[k], b[k]) ? '' : firstDifference(a[k], b[k], `${at}/${k}`);
      if (d) return d;
    }
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    for (const i of a.keys()) {
      const d = sameJson(a[i], b[i]) ? '' : firstDifference(a[i], b[i], `${at}/${i}`);
      if (d) return d;
    }
  }
  return `${at}: sent ${JSON.stringify(a)}, back ${JSON.stringify(b)}`;
}

/** Everything in a document hangs on its Composition, or is Provenance of what does. */
function unreachable(bundle: JsonObject): void {
  const entries = bundle['entry'] as unknown as { fullUrl: string; resource: JsonObject }[];
  const references = new Map(
    entries.map((e) => [
      e.fullUrl,
      [...leaves(e.resource)].filter(([p]) => p.endsWith('/reference')).map(([, v]) => String(v)),
    ]),
  );
  const seen = new Set<string>();
  const walk = (url: string): void => {
    if (seen.has(url)) return;
    seen.add(url);
    for (const next of references.get(url) ?? []) walk(next);
  };
  walk(entries[0]?.fullUrl ?? '');
  for (const e of entries) if (e.resource['resourceType'] === 'Provenance') walk(e.fullUrl);
  const lost = entries.filter((e) => !seen.has(e.fullUrl));
  if (lost.length > 0) {
    throw new Error(
      `Not reachable: ${lost.map((e) => `${String(e.resource['resourceType'])} from ${String((e.resource['meta'] as JsonObject)['source'])}`).join(', ')}`,
    );
  }
}

t.test(
  'every package that the schema accepts becomes a valid document with every leaf in it, and comes back',
  (t) => {
    t.comment(`seed ${seed}, ${RUNS} packages`);
    fc.assert(
      fc.property(arbitraryOf(packageSchema), fc.infiniteStream(fc.nat(9)), (generated, dice) => {
        const sent = generated as JsonObject;
        countBranches(packageSchema, sent, counts);
        check(sent, []);
        if (sent['mode'] !== 'urgent') return;
        const odd = mistypable(sent)
          .filter(() => dice.next().value < 3)
          .map(
            (pointer): NotUnderstood => ({
              pointer,
              value: atPointer(sent, pointer) as string,
              code: 'impossible-date',
            }),
          );
        check(sent, odd);
      }),
      { numRuns: RUNS, seed, endOnFailure: RUNS > 500 || SAVE !== undefined },
    );
    t.end();
  },
);

t.test('branches of the schema that were generated', (t) => {
  const all = branchesOf(packageSchema);
  const never = all.filter((b) => !counts.has(b));
  const least = all.reduce((n, b) => Math.min(n, counts.get(b) ?? 0), Number.POSITIVE_INFINITY);
  t.comment(`${all.length} branches, ${never.length} never taken, the rarest ${least} times`);
  if (SAVE !== undefined) {
    mkdirSync(SAVE, { recursive: true });
    const taken = Object.fromEntries(all.map((branch) => [branch, counts.get(branch) ?? 0]));
    writeFileSync(`${SAVE}/branches-${seed}.txt`, JSON.stringify(taken));
  }
  if (RUNS >= 1000) t.same(never, [], 'every branch was generated');
  else
    t.ok(
      all.length - never.length > 0,
      'some branches were generated; all are asked for at 1,000 packages and more',
    );
  t.end();
});

function atPointer(root: Json, pointer: string): Json {
  let at: unknown = root;
  for (const name of pointer.split('/').slice(1)) at = (at as Record<string, unknown>)[name];
  return at as Json;
}

t.test('the same package gives the same bytes, and another version other ids', (t) => {
  const [sent] = fc.sample(arbitraryOf(packageSchema), { numRuns: 1, seed }) as JsonObject[];
  const input = { prepared: prepare(sent as JsonObject, []), bagId: BAG, version: 1, demonstration: true };
  const bytes = (version: number): string =>
    JSON.stringify(assembleDocument(redBag, { ...input, version }).bundle);
  t.equal(bytes(1), bytes(1));
  t.not(bytes(1), bytes(2));
  const first = JSON.parse(bytes(1)) as { entry: { resource: { meta: { security: unknown } } }[] };
  for (const { resource } of first.entry) t.match(resource.meta.security, [{ code: 'HTEST' }]);
  t.equal(uuid5(BAG, 'bundle 1'), (JSON.parse(bytes(1)) as { id: string }).id);
  t.end();
});
