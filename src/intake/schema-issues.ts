/**
 * The forms' schema, asked in a way that answers a care software developer: one issue for each slip, at the very
 * field, in words. ajv itself points at the parent of a missing or unknown member, says the same slip up to six times,
 * and names keywords instead of reasons.
 *
 * JSON Schema 2020-12, https://json-schema.org/draft/2020-12
 */
import { Ajv2020, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Finding } from '../forms/finding.js';
import { step } from '../mapping/json.js';
import { entryOf } from './issues.js';
import { likelyName } from './likely-name.js';
import { plainValueFaults } from './plain-values.js';

/** A format as `mapping/formats.ts` has it. */
export interface FormatCheck {
  validate(value: string): boolean;
  code(value: string): string;
  readonly content: boolean;
}

export interface SchemaFault extends Finding {
  /** A person mistyped it; the sending program is not at fault. */
  readonly content: boolean;
}

export interface SchemaCheck {
  /** Every fault of a JSON value, one for each slip, in no particular order. Empty: the value is good. */
  faults(value: unknown): SchemaFault[];
}

export interface SchemaCheckOptions {
  readonly formats: Readonly<Record<string, FormatCheck>>;
  /** Schemas with a `$id` that others refer to. */
  readonly components?: readonly object[];
}

/**
 * Compiles a schema once for many checks. Values are never changed: nothing coerced, removed or filled in.
 * @throws Error when the schema itself is wrong (ajv strict mode)
 */
export function createSchemaCheck(schema: object, options: SchemaCheckOptions): SchemaCheck {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: true,
    strictRequired: false, // a discriminator's tag is required beside the branches that define it
    verbose: true,
    messages: false,
    discriminator: true,
    removeAdditional: false,
    coerceTypes: false,
    useDefaults: false,
  });
  const components = options.components ?? [];
  ajv.addVocabulary([...new Set([schema, ...components].flatMap((s) => [...extensionKeywords(s)]))]);
  for (const [name, format] of Object.entries(options.formats)) {
    ajv.addFormat(name, { type: 'string', validate: (value: string) => format.validate(value) });
  }
  for (const component of components) ajv.addSchema(component);
  const validate = ajv.compile(schema);
  const resolve = (ref: string): AnySchemaObject | undefined => {
    const found = ajv.getSchema(ref)?.schema;
    return typeof found === 'object' ? found : undefined;
  };
  return { faults: (value) => faultsOf(value, validate, options.formats, resolve) };
}

/** `x-…` keywords carry labels and units; ajv must know of them to be strict about the rest. */
function* extensionKeywords(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('x-')) yield key;
    else yield* extensionKeywords(value);
  }
}

/** Finding the words for a fault costs more than finding the fault. */
const FAULTS_LOOKED_AT = 1000;

type Formats = Readonly<Record<string, FormatCheck>>;
type Resolve = (ref: string) => AnySchemaObject | undefined;

function faultsOf(
  value: unknown,
  validate: ValidateFunction,
  formats: Formats,
  resolve: Resolve,
): SchemaFault[] {
  const plain: SchemaFault[] = plainValueFaults(value).map((f) => ({ ...f, content: false }));
  if (validate(value)) return plain;
  const errors = validate.errors ?? [];
  validate.errors = null; // verbose errors hold what was sent; nothing of it stays behind
  const free = freeNames();
  const said = withoutUnionChildren(errors.slice(0, FAULTS_LOOKED_AT)).flatMap(
    (e) => faultOf(e, formats, resolve, free) ?? [],
  );
  const faults = oneForEachSlip(plain.slice(0, FAULTS_LOOKED_AT), said);
  // Not a content fault: what was not looked at must not pass as looked at.
  const all = errors.length <= FAULTS_LOOKED_AT && plain.length <= FAULTS_LOOKED_AT;
  if (!all) {
    const values = { limit: FAULTS_LOOKED_AT };
    faults.push({ code: 'too-many-faults', pointer: '', values, content: false });
  }
  return faults;
}

/** A plain union says its own failure and that of every branch: its own is enough. */
function withoutUnionChildren(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const unions = errors.filter((e) => e.keyword === 'anyOf' || e.keyword === 'oneOf');
  if (unions.length === 0) return errors;
  return errors.filter((e) => unions.includes(e) || !unions.some((u) => isBranchOf(e, u)));
}

function isBranchOf(error: ErrorObject, union: ErrorObject): boolean {
  if (error.schemaPath.startsWith(`${union.schemaPath}/`)) return true;
  // Behind a $ref the schema path starts anew: then the place in the instance tells.
  const inside =
    error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`);
  return inside && !error.schemaPath.startsWith('#/');
}

/**
 * Nulls and empty texts also fail their type, an enum fails together with its type, and a misspelt name is both
 * unknown and missing: each is one slip. What stands below an unknown field is not looked at.
 */
function oneForEachSlip(plain: readonly SchemaFault[], said: readonly SchemaFault[]): SchemaFault[] {
  const unknown = new Set(said.filter((f) => f.code === 'unknown-field').map((f) => f.pointer));
  const meant = new Set<string>();
  for (const fault of said) {
    const likely = fault.values?.['meant'];
    if (fault.code === 'unknown-field' && likely !== undefined)
      meant.add(parentOf(fault.pointer) + step(likely));
  }
  const kept = new Map<string, SchemaFault>();
  for (const fault of plain) if (!isAtOrBelow(fault.pointer, unknown)) kept.set(fault.pointer, fault);
  for (const fault of [...said].sort((a, b) => rank(a.code) - rank(b.code))) {
    if (kept.has(fault.pointer) || (fault.code === 'missing-field' && meant.has(fault.pointer))) continue;
    kept.set(fault.pointer, fault);
  }
  return [...kept.values()];
}

/** Which of several faults at one place is said. */
const RANK = [
  'unknown-field',
  'missing-field',
  'wrong-type',
  'not-a-choice',
  'empty-list',
  'too-long',
  'too-many-items',
];
function rank(code: string): number {
  const at = RANK.indexOf(code);
  return at === -1 ? RANK.length : at;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function isAtOrBelow(pointer: string, roots: ReadonlySet<string>): boolean {
  for (let at = pointer; at !== ''; at = parentOf(at)) if (roots.has(at)) return true;
  return false;
}

function faultOf(
  error: ErrorObject,
  formats: Formats,
  resolve: Resolve,
  free: FreeNames,
): SchemaFault | undefined {
  const pointer = error.instancePath;
  const params = error.params as Record<string, unknown>;
  const parent = (error.parentSchema ?? {}) as AnySchemaObject;
  const fault = (code: string, values: Finding['values'] = {}, at = pointer): SchemaFault => ({
    code,
    pointer: at,
    values,
    content: entryOf(code).fault === 'content',
  });
  const limit = { limit: Number(params['limit'] ?? 0) };
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknownField(error, String(params['additionalProperty'] ?? params['unevaluatedProperty']), free);
    case 'required':
    case 'dependentRequired': {
      const field = String(params['missingProperty']);
      return fault('missing-field', { field }, pointer + step(field));
    }
    case 'type':
      return fault('wrong-type', {
        actual: kindOf(error.data),
        expected: ([] as string[])
          .concat(parent['type'])
          .map((t) => KINDS[t] ?? t)
          .join(' or '),
      });
    case 'enum':
      return fault('not-a-choice', choices(parent['enum'] as unknown[], error.data));
    case 'const':
      return fault('not-a-choice', choices([parent['const']], error.data));
    case 'anyOf':
    case 'oneOf':
      return unionFault(error, fault);
    case 'discriminator': {
      const tag = String(params['tag']);
      const value = params['tagValue'];
      if (value === undefined) return fault('missing-field', { field: tag }, pointer + step(tag));
      const tags = branchTags(parent, tag, resolve);
      return fault('not-a-choice', choices(tags, value), pointer + step(tag));
    }
    case 'format': {
      const name = String(params['format']);
      const format = formats[name];
      const code = format?.code(String(error.data)) ?? 'wrong-shape';
      const given = fault(code, { keyword: `format ${name}` });
      return { ...given, content: given.content && format?.content === true };
    }
    case 'pattern':
      return fault('wrong-pattern', {
        description: typeof parent['description'] === 'string' ? ` (${parent['description']})` : '',
      });
    case 'minLength':
      return fault('too-short', limit);
    case 'maxLength':
      return fault('too-long', limit);
    case 'minItems':
      return fault(
        Array.isArray(error.data) && error.data.length === 0 ? 'empty-list' : 'too-few-items',
        limit,
      );
    case 'maxItems':
      return fault('too-many-items', limit);
    case 'minProperties':
      return fault('empty-object');
    case 'uniqueItems':
      return fault('duplicate-item', { first: Number(params['j']), second: Number(params['i']) });
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
    case 'multipleOf':
      return fault('number-out-of-range', { range: rangeOf(parent) });
    case 'if': // its branch says what is wrong
    case 'propertyNames':
      return undefined;
    default:
      return fault('wrong-shape', { keyword: error.keyword });
  }
}

function unknownField(error: ErrorObject, field: string, free: FreeNames): SchemaFault {
  const meant = likelyName(field, free(error));
  return {
    code: 'unknown-field',
    pointer: error.instancePath + step(field),
    values: { field, suggestion: didYouMean(meant), ...(meant === undefined ? {} : { meant }) },
    content: false,
  };
}

type FreeNames = (error: ErrorObject) => readonly string[];

/** Names that an object may have and has not; reckoned once for each object. */
function freeNames(): FreeNames {
  const known = new Map<unknown, readonly string[]>();
  return (error) => {
    const names =
      known.get(error.data) ??
      knownNames(error.parentSchema ?? {}).filter((name) => !Object.hasOwn(error.data as object, name));
    known.set(error.data, names);
    return names;
  };
}

function knownNames(schema: AnySchemaObject): string[] {
  const own = Object.keys((schema['properties'] ?? {}) as object);
  const parts = ((schema['allOf'] ?? []) as AnySchemaObject[]).flatMap(knownNames);
  return [...own, ...parts];
}

function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean ${name}?`;
}

/** A plain union of constants is a choice; of anything else no branch can be called the one that was meant. */
function unionFault(
  error: ErrorObject,
  fault: (code: string, values?: Finding['values']) => SchemaFault,
): SchemaFault {
  const branches = error.schema as readonly AnySchemaObject[];
  const constants = branches.flatMap((b) => ('const' in b ? [b['const']] : []));
  return constants.length === branches.length
    ? fault('not-a-choice', choices(constants, error.data))
    : fault('no-choice-fits');
}

function branchTags(schema: AnySchemaObject, tag: string, resolve: Resolve): unknown[] {
  const branches = (schema['oneOf'] ?? []) as AnySchemaObject[];
  return branches.flatMap((branch) => {
    const target = typeof branch['$ref'] === 'string' ? resolve(branch['$ref']) : branch;
    const property = (target?.['properties'] as Record<string, AnySchemaObject> | undefined)?.[tag];
    if (property === undefined) return [];
    return 'const' in property ? [property['const']] : ((property['enum'] ?? []) as unknown[]);
  });
}

const CHOICES_SHOWN = 40;

function choices(values: readonly unknown[], sent: unknown): Record<string, string> {
  const names = values.map(String);
  const shown = names.slice(0, CHOICES_SHOWN).join(', ');
  const more = names.length > CHOICES_SHOWN ? ` and ${names.length - CHOICES_SHOWN} more` : '';
  return {
    choices: shown + more,
    suggestion: didYouMean(typeof sent === 'string' ? likelyName(sent, names) : undefined),
  };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text in quotes';
  if (typeof value === 'boolean') return String(value);
  return KINDS[typeof value] ?? typeof value;
}

function rangeOf(schema: AnySchemaObject): string {
  const parts: string[] = [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema as Record<
    string,
    unknown
  >;
  if (minimum !== undefined && maximum !== undefined) parts.push(`between ${minimum} and ${maximum}`);
  else if (minimum !== undefined) parts.push(`${minimum} or more`);
  else if (maximum !== undefined) parts.push(`${maximum} or less`);
  if (exclusiveMinimum !== undefined) parts.push(`more than ${exclusiveMinimum}`);
  if (exclusiveMaximum !== undefined) parts.push(`less than ${exclusiveMaximum}`);
  if (multipleOf !== undefined) parts.push(`a multiple of ${multipleOf}`);
  return parts.join(', ');
}
