/**
 * Runs the compiled structure checks and says what they found in the terms of FHIR. https://hl7.org/fhir/R4/json.html
 */

import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PRIMITIVE_WORDS, PRIMITIVES } from './primitives.js';

interface RawError {
  instancePath: string;
  keyword: string;
  params: { [name: string]: unknown };
}

interface DataContext {
  instancePath: string;
  parentData: unknown;
  parentDataProperty: string | number;
  rootData: unknown;
  dynamicAnchors?: unknown;
}

interface Check {
  (this: Runtime, data: unknown, context?: DataContext): boolean;
  errors?: RawError[] | null;
}

type JsonObject = { [key: string]: unknown };

/** A fault of structure: a JSON Pointer into the resource, the rule, and the sentence. */
export interface StructureFault {
  readonly pointer: string;
  readonly rule: string;
  readonly code: string;
  readonly message: string;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the generated modules see as `this`. */
class Runtime {
  readonly types: { [type: string]: Check };
  readonly primitives = PRIMITIVES;

  constructor(types: { [type: string]: Check }) {
    this.types = types;
  }

  /** Adds a part's errors to those so far, in place. */
  gather(errors: RawError[] | null, more: RawError[]): RawError[] {
    if (errors === null) return more;
    for (const error of more) errors.push(error);
    return errors;
  }

  /** ele-1: an element has a value or children besides its id. */
  notEmpty(data: unknown): boolean {
    if (!isObject(data)) return true;
    for (const key in data) if (key !== 'id') return true;
    return false;
  }

  /** Names of mandatory elements that are missing; `rules` holds `[name, ...JSON names]`. */
  need(data: JsonObject, rules: readonly (readonly string[])[]): string[] | null {
    let found: string[] | null = null;
    for (const rule of rules) {
      let present = false;
      for (let index = 1; index < rule.length && !present; index++) {
        const key = rule[index] as string;
        present = data[key] !== undefined || data[`_${key}`] !== undefined;
      }
      if (!present) {
        found ??= [];
        found.push(rule[0] as string);
      }
    }
    return found;
  }

  /** Choices of which more than one is given. */
  choice(data: JsonObject, rules: readonly ChoiceRule[]): string[][] | null {
    const members = membersOf(rules);
    let found: string[][] | null = null;
    let given: Map<ChoiceRule, string> | undefined;
    let first: ChoiceMember | undefined;
    for (const key in data) {
      const member = members.get(key);
      if (member === undefined) continue;
      if (first === undefined) {
        first = member;
        continue;
      }
      given ??= new Map([[first.rule, first.key]]);
      const before = given.get(member.rule);
      if (before === undefined) given.set(member.rule, member.key);
      else if (before !== member.key) {
        found ??= [];
        const many = found.find(([name]) => name === member.rule.name);
        if (many === undefined) found.push([member.rule.name, before, member.key]);
        else if (!many.includes(member.key, 1)) many.push(member.key);
      }
    }
    return found;
  }

  /** Arrays of primitives whose nulls have no sibling, or whose `_` array says more than there are values. */
  pad(data: JsonObject, names: readonly string[]): [string, number][] | null {
    let found: [string, number][] | null = null;
    for (const [name, sibling] of siblingsOf(names)) {
      const [values, extras] = [data[name], data[sibling]];
      if (values === undefined && extras === undefined) continue;
      const hole = holeIn(name, values, extras);
      if (hole === undefined) continue;
      found ??= [];
      found.push(hole);
    }
    return found;
  }
}

/** The JSON names of a choice's types. */
interface ChoiceRule {
  readonly name: string;
  readonly of: readonly string[];
}

interface ChoiceMember {
  readonly rule: ChoiceRule;
  readonly key: string;
}

const choices = new WeakMap<readonly ChoiceRule[], ReadonlyMap<string, ChoiceMember>>();

/** Each JSON name, and its `_` sibling, with the choice that it belongs to. */
function membersOf(rules: readonly ChoiceRule[]): ReadonlyMap<string, ChoiceMember> {
  let members = choices.get(rules);
  if (members === undefined) {
    members = new Map(
      rules.flatMap((rule) =>
        rule.of.flatMap((key): [string, ChoiceMember][] => [
          [key, { rule, key }],
          [`_${key}`, { rule, key }],
        ]),
      ),
    );
    choices.set(rules, members);
  }
  return members;
}

const siblings = new WeakMap<readonly string[], readonly [string, string][]>();

function siblingsOf(names: readonly string[]): readonly [string, string][] {
  let pairs = siblings.get(names);
  if (pairs === undefined) {
    pairs = names.map((name) => [name, `_${name}`]);
    siblings.set(names, pairs);
  }
  return pairs;
}

/** The first place where an array and its `_` sibling both say nothing. */
function holeIn(name: string, values: unknown, extras: unknown): [string, number] | undefined {
  const siblings: readonly unknown[] = Array.isArray(extras) ? extras : [];
  if (Array.isArray(values)) {
    const index = values.findIndex((value, place) => value === null && !isObject(siblings[place]));
    if (index !== -1) return [name, index];
  } else if (values !== undefined) return undefined;
  const hole = siblings.indexOf(null, Array.isArray(values) ? values.length : 0);
  return hole === -1 ? undefined : [`_${name}`, hole];
}

/** The structure checks of every R4 type, each loaded when first met. */
export class StructureChecker {
  readonly #runtime: Runtime;
  readonly #abstract = new Set(['Resource', 'DomainResource', 'Element', 'BackboneElement']);

  /** Takes the folder that the build wrote (`structure/*.cjs`) and the names of the resource types. */
  constructor(folder: string, resourceTypes: ReadonlySet<string>) {
    const load = createRequire(import.meta.url);
    const types: { [type: string]: Check } = Object.create(null);
    for (const file of readdirSync(folder)) {
      const type = path.basename(file, '.cjs');
      Object.defineProperty(types, type, {
        configurable: true,
        get: () => {
          const value = load(path.join(folder, file)) as Check;
          Object.defineProperty(types, type, { value });
          return value;
        },
      });
    }
    const abstract = this.#abstract;
    const resource: Check = function (data, context): boolean {
      const type = isObject(data) ? data['resourceType'] : undefined;
      const at = context?.instancePath ?? '';
      if (typeof type !== 'string' || !resourceTypes.has(type) || abstract.has(type)) {
        resource.errors = [
          { instancePath: at, keyword: 'resourceType', params: { type, object: isObject(data) } },
        ];
        return false;
      }
      const check = this.types[type] as Check;
      const good = check.call(this, data, context);
      resource.errors = check.errors ?? null;
      return good;
    };
    types['Resource'] = resource;
    this.#runtime = new Runtime(types);
  }

  /** Takes a resource as parsed JSON; gives the faults of its structure, none when it is well formed. */
  check(resource: unknown): StructureFault[] {
    const check = this.#runtime.types['Resource'] as Check;
    if (
      check.call(this.#runtime, resource, {
        instancePath: '',
        parentData: {},
        parentDataProperty: '',
        rootData: resource,
      })
    ) {
      return [];
    }
    return (check.errors ?? []).flatMap((error) => toFaults(error, resource));
  }
}

function at(resource: unknown, pointer: string): unknown {
  let value = resource;
  for (const part of pointer.split('/').slice(1)) {
    value = (value as JsonObject | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return value;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (value === '') return 'an empty text';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `the text "${shorten(value)}"`;
  return `${typeof value} ${String(value)}`;
}

/** Cuts a value for a message; the issue's expression says where the whole of it stands. */
function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function toFaults(error: RawError, resource: unknown): StructureFault[] {
  const { instancePath: pointer, keyword, params } = error;
  const value = at(resource, pointer);
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      return [
        fault(
          `${pointer}/${escapePointer(name)}`,
          'unknown-element',
          'structure',
          `unknown property "${shorten(name)}"`,
        ),
      ];
    }
    case 'need':
      return (params['found'] as string[]).map((name) =>
        fault(
          pointer,
          'cardinality-min',
          'required',
          `"${name}" is missing: at least 1 is required, found 0`,
          name,
        ),
      );
    case 'choice':
      return (params['found'] as string[][]).map(([name, ...keys]) =>
        fault(pointer, 'choice-one', 'structure', `only one of ${keys.join(', ')} may be given`, name),
      );
    case 'pad':
      return (params['found'] as [string, number][]).map(([name, index]) =>
        fault(`${pointer}/${name}/${index}`, 'null-padding', 'structure', padMessage(name)),
      );
    case 'primitive':
    case 'padded':
      return [primitiveFault(pointer, value, String(params['type']))];
    case 'notEmpty':
      return [
        fault(pointer, 'ele-1', 'invariant', 'an element must have a value or children besides its id'),
      ];
    case 'minProperties':
      return [fault(pointer, 'ele-1', 'invariant', 'an object must not be empty: leave the property out')];
    case 'minItems':
      return [
        fault(pointer, 'empty-array', 'structure', 'an array must not be empty: leave the property out'),
      ];
    case 'resourceType':
      return [resourceFault(pointer, params)];
    case 'const':
      return [];
    default:
      return [typeFault(pointer, value, String(params['type']))];
  }
}

function fault(pointer: string, rule: string, code: string, message: string, child?: string): StructureFault {
  return { pointer: child === undefined ? pointer : `${pointer}/${child}`, rule, code, message };
}

function padMessage(name: string): string {
  return name.startsWith('_')
    ? `"${name}" has a null where there is no value either`
    : 'null is allowed only where the "_" sibling holds an object at the same place';
}

function primitiveFault(pointer: string, value: unknown, type: string): StructureFault {
  if (Array.isArray(value))
    return fault(pointer, 'cardinality-max', 'structure', 'at most 1 is allowed, found an array');
  if (value === '')
    return fault(pointer, 'empty-string', 'value', 'a value must not be empty: leave the property out');
  const words = PRIMITIVE_WORDS[type] ?? type;
  const expected = type === 'elementId' ? 'string' : type;
  const rightKind = typeof value === typeof example(type);
  const rule = rightKind ? `primitive-${expected}` : 'json-type';
  return fault(pointer, rule, rightKind ? 'value' : 'structure', `expected ${words}; found ${kindOf(value)}`);
}

function example(type: string): unknown {
  if (type === 'boolean') return true;
  return ['integer', 'unsignedInt', 'positiveInt', 'decimal'].includes(type) ? 0 : '';
}

function typeFault(pointer: string, value: unknown, type: string): StructureFault {
  if (type === 'object' && Array.isArray(value)) {
    return fault(
      pointer,
      'cardinality-max',
      'structure',
      'at most 1 is allowed: expected an object, found an array',
    );
  }
  const expected = type === 'array' ? 'an array' : 'an object';
  return fault(pointer, 'json-type', 'structure', `expected ${expected}; found ${kindOf(value)}`);
}

function resourceFault(pointer: string, params: { [name: string]: unknown }): StructureFault {
  if (params['object'] !== true)
    return fault(pointer, 'json-type', 'structure', 'expected a resource, an object with a resourceType');
  const type = params['type'];
  const message =
    typeof type === 'string'
      ? `"${shorten(type)}" is not a resource type of R4`
      : 'resourceType is missing: it names the type of the resource';
  return fault(pointer, 'resource-type', 'structure', message);
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
