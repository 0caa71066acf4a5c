/**
 * What holds of every paper's mapping, whatever it carries: each leaf has a home, the home holds the leaf (another
 * value there is another value in the resource), and the paper read back from the resources is the paper.
 */
import fc from 'fast-check';
import type { Test } from 'tap';
import { uuid5 } from '#src/fhir/uuid.js';
import type { Form } from '#src/forms/form.js';
import { readForm, writeForm } from '#src/forms/resources.js';
import { type JsonObject, leaves, sameJson } from '#src/mapping/json.js';
import type { Node } from '#src/mapping/path.js';
import { Reader } from '#src/mapping/read.js';
import { Writer } from '#src/mapping/write.js';
import { arbitraryOf, branchesOf, countBranches } from './arbitrary.js';

const NAMESPACE = '7f3c1f0e-0000-4000-8000-000000000001';
/** Rounds of papers at most, until every branch was taken. */
const ROUNDS = 20;

/** Writes one paper alone; gives the writer and the resources as they would stand in a document. */
export function written(form: Form, data: JsonObject): { writer: Writer; resources: Node[] } {
  const writer = new Writer({ uuid: (name) => uuid5(NAMESPACE, name), source: 'urn:uuid:test' });
  writeForm(writer, form, data, `/${form.member}`);
  writer.finish();
  return { writer, resources: JSON.parse(JSON.stringify(writer.resources.map((w) => w.resource))) as Node[] };
}

/** The value at a coverage target, e.g. `Patient.name[0].family`. */
export function valueAt(resources: readonly Node[], target: { resource: string; path: string }): unknown {
  let at: unknown = resources.find(
    (r) => `${String(r['resourceType'])}/${String(r['id'])}` === target.resource,
  );
  for (const name of target.path
    .split(/[.[\]]+/)
    .slice(1)
    .filter((s) => s !== ''))
    at = (at as Node | undefined)?.[name];
  return at;
}

/** Leaves with a stored form of their own (an NHS number's spaces): round trip gives the stored form. */
export type Normalise = (pointer: string, value: unknown) => unknown;

/** Proves the laws on `runs` random papers; fails with the seed. */
export function provesFormLaws(
  t: Test,
  form: Form,
  options: { runs?: number; normalise?: Normalise } = {},
): void {
  const normalise = options.normalise ?? ((_: string, v: unknown) => v);
  t.test(`${form.name}: every leaf has a home, and the paper comes back`, (t) => {
    const counts = new Map<string, number>();
    const law = fc.property(arbitraryOf(form.schema), (generated) => {
      const data = generated as JsonObject;
      countBranches(form.schema, data, counts);
      const { writer, resources } = written(form, data);
      for (const [pointer, value] of leaves(data, `/${form.member}`)) {
        const targets = writer.coverage.get(pointer);
        if (!targets) throw new Error(`${pointer} went nowhere`);
        for (const target of targets) {
          if (valueAt(resources, target) === undefined) {
            throw new Error(
              `${pointer} (${String(value)}) is said to be at ${target.resource} ${target.path}, where nothing is`,
            );
          }
        }
      }
      const back = readForm(new Reader(resources), form, `/${form.member}`);
      const expected = mapLeaves(data, `/${form.member}`, normalise);
      if (!sameJson(back, expected)) {
        throw new Error(`Not the same back:\n${JSON.stringify(expected)}\n${JSON.stringify(back)}`);
      }
    });
    const never = (): string[] => branchesOf(form.schema).filter((b) => !counts.has(b));
    // A rare branch may be missed by chance: more papers then, so that chance decides nothing.
    for (let round = 0; round < ROUNDS && (round === 0 || never().length > 0); round++) {
      fc.assert(law, { numRuns: options.runs ?? 300 });
    }
    t.same(never(), [], 'every branch of the schema was generated');
    t.end();
  });
}

function mapLeaves(value: unknown, pointer: string, f: Normalise): unknown {
  if (Array.isArray(value)) return value.map((v, i) => mapLeaves(v, `${pointer}/${i}`, f));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapLeaves(v, `${pointer}/${k}`, f)]));
  }
  return f(pointer, value);
}

/** Proves on one paper that another value of any leaf changes the resource at each of its reported places. */
export function provesLeavesMatter(t: Test, form: Form, data: JsonObject): void {
  t.test(`${form.name}: changing any leaf changes the resource at its reported place`, (t) => {
    const before = written(form, data);
    for (const [pointer] of leaves(data, `/${form.member}`)) {
      const changed = structuredClone(data) as JsonObject;
      const path = pointer.split('/').slice(2);
      const last = path.pop() as string;
      let at = changed as Record<string, unknown>;
      for (const name of path) at = at[name] as Record<string, unknown>;
      at[last] = another(form, path, last, at[last]);
      const after = written(form, changed as JsonObject);
      for (const target of before.writer.coverage.get(pointer) ?? []) {
        t.not(
          JSON.stringify(valueAt(after.resources, target)),
          JSON.stringify(valueAt(before.resources, target)),
          `${pointer} at ${target.path}`,
        );
      }
    }
    t.end();
  });
}

function another(form: Form, path: readonly string[], last: string, value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  let schema: unknown = form.schema;
  for (const name of [...path, last]) {
    const s = schema as { properties?: Record<string, unknown>; items?: unknown };
    schema = s.properties ? s.properties[name] : s.items;
  }
  const choices = (schema as { enum?: string[] }).enum;
  if (choices) return choices.find((c) => c !== value) ?? value;
  return `${String(value)}X`;
}
