/** Random data of a form's schema, and the count of which branches of the schema it took. */
import fc from 'fast-check';
import { type FormSchema, isArraySchema, isObjectSchema, type LeafSchema } from '#src/mapping/schema.js';

const SCTIDS = [
  '450476008',
  '1515851000000101',
  '91936005',
  '22298006',
  '716186003',
  '409137002',
  '387517004',
];
const NHS = ['9000000009', '9912003888', '999 000 0018'];
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

// Printable characters of several scripts, markup, quotes: whatever FHIR strings may carry.
const character = fc.constantFrom(
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:-_/\\<>&"\'(){}[]%$#@!?*+=|~^`£éŵŷßñ≥µ→✓你好سلامہےאבשקзд\u00a0🙂',
);
const readable = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(character, { minLength: 1, maxLength })
    .map((cs) => cs.join(''))
    .filter((s) => s.trim() !== '' && !/\p{Surrogate}/u.test(s));

const two = (n: number): string => String(n).padStart(2, '0');
const dayArb = fc
  .tuple(
    fc.integer({ min: 1901, max: 2099 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([y, m, d]) => `${y}-${two(m)}-${two(d)}`);
const timeArb = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map((t) => t.map(two).join(':'));
const momentArb = fc
  .tuple(
    dayArb,
    timeArb,
    fc.constantFrom('', '.5', '.123', '.000'),
    fc.constantFrom('Z', '+00:00', '+01:00', '-05:30', '+14:00'),
  )
  .map(([d, t, f, o]) => `${d}T${t}${f}${o}`);

const byFormat: Record<string, fc.Arbitrary<string>> = {
  text: fc.oneof(
    readable(40),
    readable(20).map((s) => `${s}\n\n${s}\r\n\t${s}`),
  ),
  line: readable(30),
  date: dayArb,
  'birth-date': dayArb,
  'partial-date': fc.oneof(
    dayArb,
    dayArb.map((d) => d.slice(0, 7)),
    dayArb.map((d) => d.slice(0, 4)),
  ),
  'date-time': momentArb,
  instant: momentArb,
  'own-ods-code': fc.constantFrom('XRBH1', 'XRBH2'),
  'own-cqc-location': fc.constantFrom('1-999000001', '1-9990000012'),
  clock: timeArb.map((t) => t.slice(0, 5)),
  'nhs-number': fc.constantFrom(...NHS),
  'snomed-code': fc.constantFrom(...SCTIDS),
  'ods-code': fc.constantFrom('XRB01', 'XRB', 'XRBHOME01'),
  'gp-ods-code': fc.constantFrom('X99001', 'X99002'),
  'cqc-location': fc.constantFrom('1-999000001', '1-9990000012', 'XRGP1'),
  'attachment-id': fc.constantFrom('photo', 'scan-1', 'film.2'),
  'package-id': fc.constantFrom('p-1', 'urn:uuid:7f3c', '2026/11/22#3'),
  language: fc.constantFrom('en', 'cy', 'ur', 'bfi', 'zh-Hant', 'en-GB'),
  'media-type': fc.constantFrom('application/pdf', 'image/png', 'audio/mpeg'),
  uri: fc.constantFrom('https://example.org/a?b=c', 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'),
  base64: fc.constant(PNG),
};

function leafArb(leaf: LeafSchema): fc.Arbitrary<unknown> {
  if (leaf.const !== undefined) return fc.constant(leaf.const);
  if (leaf.enum) return fc.constantFrom(...leaf.enum);
  if (leaf.type === 'boolean') return fc.boolean();
  const bounds = { min: leaf.minimum ?? 0, max: leaf.maximum ?? 1000 };
  if (leaf.type === 'integer') return fc.integer(bounds);
  if (leaf.type === 'number') {
    return fc
      .oneof(
        fc.integer({ min: Math.ceil(bounds.min * 10), max: Math.floor(bounds.max * 10) }).map((n) => n / 10),
        fc.constant(bounds.min),
      )
      .map((n) => (Object.is(n, -0) ? 0 : n));
  }
  const arb = byFormat[leaf.format ?? 'text'];
  if (!arb) throw new Error(`No arbitrary for the format ${leaf.format}`);
  return arb;
}

/** Values that the schema accepts. */
export function arbitraryOf(schema: FormSchema): fc.Arbitrary<unknown> {
  if (isArraySchema(schema)) {
    return fc.array(arbitraryOf(schema.items), {
      minLength: 1,
      maxLength: Math.min(3, schema.maxItems ?? 3),
    });
  }
  if (!isObjectSchema(schema)) return leafArb(schema);
  const required = schema.required ?? [];
  const members = Object.fromEntries(Object.entries(schema.properties).map(([k, s]) => [k, arbitraryOf(s)]));
  const some = fc.record(members, { requiredKeys: [...required] });
  const mayBeEmpty = (schema as { minProperties?: number }).minProperties === undefined;
  return mayBeEmpty ? some : some.filter((o) => Object.keys(o).length > 0);
}

/** Names of the branches that a schema has: optional there or not, each choice, yes and no, one item or more. */
export function branchesOf(schema: FormSchema, path = ''): string[] {
  if (isArraySchema(schema)) {
    const more = (schema.maxItems ?? 2) > 1 ? [`${path}[more]`] : [];
    return [`${path}[one]`, ...more, ...branchesOf(schema.items, `${path}[]`)];
  }
  if (isObjectSchema(schema)) {
    return Object.entries(schema.properties).flatMap(([k, s]) => [
      ...((schema.required ?? []).includes(k) ? [] : [`${path}.${k} absent`, `${path}.${k} present`]),
      ...branchesOf(s, `${path}.${k}`),
    ]);
  }
  if (schema.enum) return schema.enum.map((v) => `${path}=${v}`);
  return schema.type === 'boolean' ? [`${path}=true`, `${path}=false`] : [];
}

/** Adds one to each branch that `value` took. */
export function countBranches(
  schema: FormSchema,
  value: unknown,
  counts: Map<string, number>,
  path = '',
): void {
  const took = (branch: string): void => void counts.set(branch, (counts.get(branch) ?? 0) + 1);
  if (isArraySchema(schema)) {
    const items = value as unknown[];
    took(`${path}[${items.length === 1 ? 'one' : 'more'}]`);
    for (const item of items) countBranches(schema.items, item, counts, `${path}[]`);
  } else if (isObjectSchema(schema)) {
    for (const [k, s] of Object.entries(schema.properties)) {
      const inner = (value as Record<string, unknown>)[k];
      if (!(schema.required ?? []).includes(k))
        took(`${path}.${k} ${inner === undefined ? 'absent' : 'present'}`);
      if (inner !== undefined) countBranches(s, inner, counts, `${path}.${k}`);
    }
  } else if (schema.enum || schema.type === 'boolean') took(`${path}=${String(value)}`);
}
