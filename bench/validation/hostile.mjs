/** Resources made to be slow: each grows tenfold, and time may grow tenfold with it, not more. */
const CORE = {
  resourceType: 'Patient',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
};
const times = (count, make) => Array.from({ length: count }, (_, place) => make(place));
const uuid = (place) => `urn:uuid:c757873d-ec9a-4326-a141-${String(place).padStart(12, '0')}`;

export const HOSTILE = [
  {
    name: 'nested extensions',
    sizes: [10, 30, 90],
    make(depth) {
      let inner = { url: 'http://example.org/x', valueString: 'x' };
      for (let level = 1; level < depth; level++) inner = { url: 'http://example.org/x', extension: [inner] };
      return { ...CORE, extension: [inner] };
    },
  },
  {
    name: 'nested answers',
    sizes: [10, 30, 90],
    make(depth) {
      let item = { linkId: 'x', answer: [{ valueString: 'x' }] };
      for (let level = 1; level < depth; level++) item = { linkId: `x${level}`, item: [item] };
      return { ...CORE, resourceType: 'QuestionnaireResponse', status: 'completed', item: [item] };
    },
  },
  {
    name: 'good names',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({ ...CORE, name: times(count, () => ({ family: 'x' })) }),
  },
  {
    name: 'empty names',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({ ...CORE, name: times(count, () => ({})) }),
  },
  {
    name: 'numbers for texts',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({ ...CORE, name: [{ given: times(count, () => 7) }] }),
  },
  {
    name: 'unknown properties',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({ ...CORE, ...Object.fromEntries(times(count, (place) => [`x${place}`, 1])) }),
  },
  {
    name: 'references in one Bundle',
    sizes: [100, 1_000, 10_000],
    make: (count) => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { fullUrl: uuid(0), resource: CORE },
        ...times(count, (place) => ({
          fullUrl: uuid(place + 1),
          resource: { ...CORE, link: [{ type: 'seealso', other: { reference: uuid(place) } }] },
        })),
      ],
    }),
  },
  {
    name: 'references to nothing',
    sizes: [100, 1_000, 10_000],
    make: (count) => ({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: times(count, (place) => ({
        fullUrl: uuid(place),
        resource: { ...CORE, link: [{ type: 'seealso', other: { reference: uuid(place + count) } }] },
        request: { method: 'POST', url: 'Patient' },
      })),
    }),
  },
  {
    name: 'contained resources',
    sizes: [100, 1_000, 10_000],
    make: (count) => ({
      ...CORE,
      contained: times(count, (place) => ({ resourceType: 'Organization', id: `o${place}`, name: 'x' })),
      generalPractitioner: times(count, (place) => ({ reference: `#o${place}` })),
    }),
  },
  {
    name: 'codings',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({
      ...CORE,
      maritalStatus: {
        coding: times(count, (place) => ({ system: 'http://example.org', code: `c${place}` })),
      },
    }),
  },
  {
    name: 'open tags',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({
      ...CORE,
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${'<p>'.repeat(count)}` },
    }),
  },
  {
    name: 'spaces in a tag',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({
      ...CORE,
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p${' a'.repeat(count)}` },
    }),
  },
  {
    name: 'digits of a date',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({ ...CORE, birthDate: `2020-01-01T00:00:00.${'0'.repeat(count)}x` }),
  },
  {
    name: 'parts of a uri',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({ ...CORE, identifier: [{ system: `urn:oid:1${'.1'.repeat(count)}x`, value: 'x' }] }),
  },
  {
    name: 'spaces in a code',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({ ...CORE, language: `a${' '.repeat(count)}b` }),
  },
  {
    name: 'slashes of a reference',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({ ...CORE, generalPractitioner: [{ reference: `http:/${'/A'.repeat(count)}!` }] }),
  },
  {
    name: 'parts of a media type',
    sizes: [1_000, 10_000, 100_000],
    make: (count) => ({ ...CORE, photo: [{ contentType: `a/${'a'.repeat(count)} ;`, data: 'YQ==' }] }),
  },
];
