/** Lantana's `fhir`, R4. */
export async function load() {
  const { Fhir } = (await import('fhir/fhir.js')).default;
  const fhir = new Fhir();
  return (resource) =>
    fhir
      .validate(resource, { errorOnUnexpected: true })
      .messages.filter(({ severity }) => severity === 'error').length;
}
