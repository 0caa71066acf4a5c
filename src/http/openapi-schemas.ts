/**
 * The forms' schemas as OpenAPI components: each named schema once, referred to by name from everywhere else.
 * OpenAPI 3.1 schemas are JSON Schema 2020-12, so nothing is translated, only named.
 * https://spec.openapis.org/oas/v3.1.1.html#schema-object
 */

type Schema = Readonly<Record<string, unknown>>;

/**
 * @param named schemas with their component names; the very objects that stand inside others are found there
 * @param describe adds to a schema's description, e.g. what its format means
 */
export function componentSchemas(
  named: Readonly<Record<string, object>>,
  describe: (schema: Schema) => string | undefined = () => undefined,
): Record<string, object> {
  const names = new Map(Object.entries(named).map(([name, schema]) => [schema, name]));
  const copy = (value: unknown, root: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const name = value === root ? undefined : names.get(value);
    if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
    if (Array.isArray(value)) return value.map((item) => copy(item, root));
    const members = Object.entries(value)
      .filter(([key]) => key !== '$id')
      .map(([key, member]) => [key, key === '$ref' ? refOf(member) : copy(member, root)]);
    const out = Object.fromEntries(members) as Record<string, unknown>;
    const said = describe(value as Schema);
    if (said !== undefined) out['description'] = [out['description'], said].filter(Boolean).join(' ');
    return out;
  };
  return Object.fromEntries(
    Object.entries(named).map(([name, schema]) => [name, copy(schema, schema) as object]),
  );
}

function refOf(ref: unknown): unknown {
  return typeof ref === 'string' && !ref.includes('#') ? `#/components/schemas/${ref}` : ref;
}
