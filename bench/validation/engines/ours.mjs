/** The validator of this project, from what the build compiled. */
export async function load({ packages }) {
  const { createValidator } = await import('../../../dist/validation/validator.js');
  const validator = createValidator({ packages });
  return (resource) =>
    validator.validate(resource).issues.filter(({ severity }) => severity === 'error').length;
}
