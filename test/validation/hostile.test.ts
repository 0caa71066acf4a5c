/** Resources made to be slow or to break the validator: bounded work, counted, and an outcome for each. */
import t from 'tap';
import { Definitions } from '#src/validation/definitions/registry.js';
import { createValidator } from '#src/validation/validator.js';

const validator = createValidator();
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
const patient = (more: object) => ({ resourceType: 'Patient', text, ...more });
const many = <T>(count: number, make: (place: number) => T): T[] =>
  Array.from({ length: count }, (_, place) => make(place));
const errors = (resource: unknown) =>
  validator.validate(resource).issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');

t.test('depth', async (t) => {
  const nested = (depth: number): object =>
    many(depth - 1, (level) => level).reduce<object>(
      (item, level) => ({ linkId: `${level}`, item: [item] }),
      {
        linkId: 'x',
        text: 'x',
      },
    );
  const answers = (depth: number) => ({
    resourceType: 'QuestionnaireResponse',
    text,
    status: 'completed',
    item: [nested(depth)],
  });
  t.strictSame(errors(answers(90)), []);
  t.strictSame(
    errors(answers(120)).map(({ rule }) => rule),
    ['depth'],
  );
  t.equal(errors(answers(100_000))[0]?.severity, 'fatal');
  const arrays = many(100_000, () => 0).reduce<unknown>((inner) => [inner], 'x');
  t.strictSame(
    errors(patient({ name: arrays })).map(({ rule }) => rule),
    ['depth'],
  );
});

t.test(
  'a hundred thousand faults in one array are a hundred thousand issues, each at its place',
  async (t) => {
    const found = errors(patient({ name: many(100_000, () => ({})) }));
    t.equal(found.length, 100_000);
    t.equal(found[99_999]?.expression, 'Patient.name[99999]');
    const numbers = errors(patient({ name: [{ given: many(100_000, () => 7) }] }));
    t.equal(numbers.length, 100_000);
    t.equal(numbers[54_321]?.expression, 'Patient.name[0].given[54321]');
  },
);

t.test('texts that are bad for regular expressions', async (t) => {
  const long = 100_000;
  const rules = (resource: unknown) => errors(resource).map(({ rule }) => rule);
  t.strictSame(rules(patient({ birthDate: `2020-01-01T00:00:00.${'0'.repeat(long)}x` })), ['primitive-date']);
  t.strictSame(rules(patient({ language: `a${' '.repeat(long)}b` })), ['primitive-code']);
  t.strictSame(rules(patient({ id: 'a'.repeat(long) })), ['primitive-id']);
  t.strictSame(
    rules(
      patient({ text: { ...text, div: `<div xmlns="http://www.w3.org/1999/xhtml"><p${' a'.repeat(long)}` } }),
    ),
    ['xhtml'],
  );
  t.strictSame(
    rules(
      patient({ text: { ...text, div: `<div xmlns="http://www.w3.org/1999/xhtml">${'<p>'.repeat(long)}` } }),
    ),
    ['xhtml'],
  );
  t.strictSame(rules(patient({ generalPractitioner: [{ reference: `http:/${'/A'.repeat(long)}!` }] })), []);
});

t.test('the children of an element are made once, however many rules ask for them', async (t) => {
  const reads = new Map<string, number>();
  const watched = (name: string, value: object): object =>
    new Proxy(value, {
      ownKeys(target) {
        reads.set(name, (reads.get(name) ?? 0) + 1);
        return Reflect.ownKeys(target);
      },
    });
  const count = (size: number): number => {
    reads.clear();
    const entry = many(size, (place) => ({
      fullUrl: `urn:uuid:c757873d-ec9a-4326-a141-${String(place).padStart(12, '0')}`,
      resource: watched(
        'resource',
        patient({
          link: [
            {
              type: 'seealso',
              other: {
                reference: `urn:uuid:c757873d-ec9a-4326-a141-${String((place + 1) % size).padStart(12, '0')}`,
              },
            },
          ],
        }),
      ),
    }));
    t.strictSame(errors({ resourceType: 'Bundle', type: 'collection', entry }), []);
    return reads.get('resource') ?? 0;
  };
  const [few, lots] = [count(100), count(2_000)];
  t.ok(lots <= few * 20, `${few} looks at 100 resources, ${lots} at 2,000`);
});

t.test('ten thousand contained resources, each referred to', async (t) => {
  const resource = patient({
    contained: many(10_000, (place) => ({ resourceType: 'Organization', id: `o${place}`, name: 'x' })),
    generalPractitioner: many(10_000, (place) => ({ reference: `#o${place}` })),
  });
  let looks = 0;
  const watched = new Proxy(resource, {
    get(target, name, receiver) {
      if (name === 'contained') looks += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  t.strictSame(errors(watched), []);
  t.ok(looks < 100, `the contained resources were gone through ${looks} times`);
});

t.test('names of expressions and elements from outside reach no inherited property', async (t) => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    const resource = JSON.parse(`{"resourceType":"Patient","${name}":{"x":1}}`) as unknown;
    t.strictSame(
      errors(resource).map(({ rule }) => rule),
      ['unknown-element'],
      name,
    );
    t.equal(errors({ resourceType: name })[0]?.rule, 'resource-type');
  }
  t.equal(new Definitions().structure('constructor'), undefined);
});
