/**
 * Compiles a type's snapshot into a JSON Schema for ajv: closed objects, cardinality, choice types, primitives.
 * https://hl7.org/fhir/R4/json.html
 *
 * Keywords of our own (see keywords.ts): `fhirType` calls the schema of another type, `primitive` checks a
 * value, `padded` a value or null within an array, `pad` the alignment of an array with its `_` sibling,
 * `need` presence, `choice` at most one of a choice, `notEmpty` an element with more than an id.
 */
import type { ElementDefinition, Structure } from '../definitions/model.js';
import { PRIMITIVES } from './primitives.js';

export interface Schema {
  [keyword: string]: unknown;
}

const RESOURCE_TYPES = new Set(['Resource', 'DomainResource']);

/** Takes a type's structure (not a profile's), gives the schema of its JSON object. */
export function schemaOf(structure: Structure): Schema {
  const root = structure.elements[0];
  if (root === undefined) throw new Error(`${structure.url} has no elements`);
  const definitions: { [name: string]: Schema } = {};
  const isResource = structure.kind === 'resource';
  const schema = objectSchema(structure, root.path, definitions);
  if (isResource) {
    (schema['properties'] as { [name: string]: Schema })['resourceType'] = { const: structure.type };
  } else schema['notEmpty'] = true;
  return { ...schema, definitions };
}

/** The `_` sibling of a primitive: an Element that may hold an id alone, since the value stands beside it. */
export function siblingSchema(element: Structure): Schema {
  const { notEmpty: _, ...schema } = schemaOf(element);
  return { ...schema, minProperties: 1 };
}

function objectSchema(structure: Structure, path: string, definitions: { [name: string]: Schema }): Schema {
  const properties: { [name: string]: Schema } = {};
  const need: string[][] = [];
  const choice: { name: string; of: string[] }[] = [];
  const pad: string[] = [];
  for (const element of childrenOf(structure, path)) {
    const name = element.path.slice(path.length + 1);
    const names = jsonNames(name, element);
    for (const { key, type } of names) {
      addProperty(properties, pad, key, type, element, structure, definitions);
    }
    const keys = names.map(({ key }) => key);
    if ((element.min ?? 0) > 0) need.push([name.replace('[x]', ''), ...keys]);
    if (keys.length > 1) choice.push({ name: name.replace('[x]', ''), of: keys });
  }
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(need.length === 0 ? {} : { need }),
    ...(choice.length === 0 ? {} : { choice }),
    ...(pad.length === 0 ? {} : { pad }),
  };
}

function childrenOf(structure: Structure, path: string): ElementDefinition[] {
  const prefix = `${path}.`;
  return structure.elements.filter(
    (element) => element.path.startsWith(prefix) && !element.path.slice(prefix.length).includes('.'),
  );
}

/** The JSON property names of an element: one, or one for each type of a choice. */
export function jsonNames(name: string, element: ElementDefinition): { key: string; type: string }[] {
  const types = element.type?.map(({ code }) => code) ?? [];
  if (!name.endsWith('[x]')) return [{ key: name, type: types[0] ?? '' }];
  const stem = name.slice(0, -3);
  return types.map((type) => ({ key: stem + type.charAt(0).toUpperCase() + type.slice(1), type }));
}

/** The kind of primitive that an element of a type is: the id of an element may be longer than that of a resource. */
export function primitiveOf(element: ElementDefinition, type: string): string {
  return element.base?.path === 'Element.id' || element.path === 'Element.id' ? 'elementId' : type;
}

function addProperty(
  properties: { [name: string]: Schema },
  pad: string[],
  key: string,
  type: string,
  element: ElementDefinition,
  structure: Structure,
  definitions: { [name: string]: Schema },
): void {
  const many = (element.base?.max ?? element.max) !== '1';
  if (PRIMITIVES[type] !== undefined && element.contentReference === undefined) {
    const check = primitiveOf(element, type);
    const isAttribute = check === 'elementId' || element.path === 'Extension.url';
    properties[key] = many ? { type: 'array', minItems: 1, items: { padded: check } } : { primitive: check };
    if (isAttribute) return;
    properties[`_${key}`] = many
      ? { type: 'array', minItems: 1, items: { anyElement: true } }
      : { fhirType: 'Sibling' };
    if (many) pad.push(key);
    return;
  }
  const one = complexSchema(type, element, structure, definitions);
  properties[key] = many ? { type: 'array', minItems: 1, items: one } : one;
}

function complexSchema(
  type: string,
  element: ElementDefinition,
  structure: Structure,
  definitions: { [name: string]: Schema },
): Schema {
  if (element.contentReference !== undefined) {
    return { $ref: `#/definitions/${element.contentReference.replace(/^.*#/, '')}` };
  }
  if (RESOURCE_TYPES.has(type)) return { fhirType: 'Resource' };
  if (type !== 'BackboneElement' && type !== 'Element') return { fhirType: type };
  if (childrenOf(structure, element.path).length === 0) return { fhirType: type };
  if (definitions[element.path] === undefined) {
    definitions[element.path] = {};
    definitions[element.path] = { ...objectSchema(structure, element.path, definitions), notEmpty: true };
  }
  return { $ref: `#/definitions/${element.path}` };
}
