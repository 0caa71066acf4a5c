/** Whether exchanges with the service are as its own description (OpenAPI 3.1) says. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Exchange } from './care-home.js';

interface Media {
  readonly schema?: object;
}
interface Response {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, Media>>;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Response>>;
}
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Response>>; readonly schemas: object };
}

/** Gives what differs, one line each, and the operations with their answers that were seen. */
export function compare(
  description: Description,
  exchanges: readonly Exchange[],
): { readonly faults: readonly string[]; readonly seen: ReadonlySet<string> } {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'openapi', ...description });
  // Schemas refer to each other within the description.
  const resolved = (schema: object): object =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as object;
  const faults = new Set<string>();
  const seen = new Set<string>();
  for (const { method, path, status, headers, body } of exchanges) {
    const at = `${method} ${path.replace(/[0-9a-f-]{36}/, '{id}')} ${status}`;
    const place = path.split('?')[0] ?? '';
    const operation = Object.entries(description.paths)
      .filter(([template]) => new RegExp(`^${template.replace(/{\w+}/g, '[^/]+')}$`).test(place))
      .sort(([a], [b]) => a.split('{').length - b.split('{').length)
      .flatMap(([, methods]) => methods[method.toLowerCase()] ?? [])[0];
    if (operation === undefined) {
      if (status !== 404 && status !== 405) faults.add(`${at}: no such operation is described`);
      continue;
    }
    seen.add(`${operation.operationId} ${status}`);
    const told = operation.responses[status];
    const response = told?.$ref === undefined ? told : description.components.responses[nameOf(told.$ref)];
    if (response === undefined) {
      faults.add(`${at}: ${operation.operationId} does not describe this status`);
      continue;
    }
    for (const name of Object.keys(response.headers ?? {}))
      if (!headers.has(name)) faults.add(`${at}: the header ${name} is missing`);
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    const media = response.content?.[type];
    if (media === undefined) faults.add(`${at}: ${type} is not described`);
    else if (media.schema !== undefined && body !== undefined && !ajv.validate(resolved(media.schema), body))
      faults.add(`${at}: ${ajv.errorsText(ajv.errors).slice(0, 500)}`);
  }
  return { faults: [...faults], seen };
}

const nameOf = (ref: string): string => ref.split('/').at(-1) ?? '';
