/** A filter of a value set: property, operation and value fit each other. https://hl7.org/fhir/R4/codesystem.html#filters */
import { isSctid } from '../../fhir/sctid.js';
import type { CodeSystem } from '../definitions/model.js';
import type { Node } from '../plan/node.js';
import { conceptOf } from '../terminology/codes.js';
import { isExpressionConstraint } from '../terminology/ecl.js';
import { reporter, textOf } from './definition.js';
import type { Context } from './rule.js';

const report = reporter('business-rule', 'https://hl7.org/fhir/R4/valueset-filter-operator.html');
const SNOMED = 'http://snomed.info/sct';
/** Properties that every code system may use, with their types. https://hl7.org/fhir/R4/codesystem-concept-properties.html */
const COMMON: { readonly [property: string]: string } = {
  concept: 'code',
  code: 'code',
  status: 'code',
  inactive: 'boolean',
  effectiveDate: 'dateTime',
  deprecationDate: 'dateTime',
  retirementDate: 'dateTime',
  notSelectable: 'boolean',
  synonym: 'code',
  comment: 'string',
  itemWeight: 'decimal',
};
/** Operations whose value is one code of the system itself. */
const BY_CODE = new Set(['is-a', 'descendent-of', 'is-not-a', 'generalizes']);
const SHAPES: { readonly [type: string]: RegExp } = {
  boolean: /^(?:true|false)$/,
  integer: /^-?\d+$/,
  decimal: /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i,
  dateTime: /^\d{4}(?:-\d\d(?:-\d\d(?:T.+)?)?)?$/,
};

/** Values that may begin with a comparison. https://hl7.org/fhir/R4/search.html#prefix */
const PREFIXED = new Set(['integer', 'decimal', 'dateTime']);
const PREFIX = /^(?:eq|ne|gt|lt|ge|le|sa|eb|ap)/;

/** Takes a filter and the system it is about; reports what cannot work. */
export function checkFilter(filter: Node, system: string | undefined, context: Context): void {
  const [property, op, value] = ['property', 'op', 'value'].map((name) => textOf(filter, name));
  if (property === undefined || op === undefined || value === undefined || system === undefined) return;
  if (system === SNOMED) checkSnomed(filter, { property, op, value }, context);
  else {
    const known = context.definitions.codeSystem(system);
    if (known !== undefined) checkKnown(filter, { property, op, value }, known, context);
  }
}

interface Filter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

/** https://terminology.hl7.org/SNOMEDCT.html: concept, constraint, expressions, and attributes by their ids. */
function checkSnomed(node: Node, { property, op, value }: Filter, context: Context): void {
  if (property === 'concept' || property === 'code') {
    // The members of a reference set are also asked for in the way of expression constraints: ^ before its id.
    const ids =
      op === 'in' || op === 'not-in' ? value.split(',').map((id) => id.replace(/^\s*\^/, '')) : [value];
    const isByCode = BY_CODE.has(op) || op === 'in' || op === 'not-in' || op === '=';
    const wrong = isByCode ? ids.find((id) => !isSctid(id.trim())) : undefined;
    if (wrong !== undefined)
      report(node, context, 'value-set-filter', `"${wrong.slice(0, 60)}" is not a SNOMED CT identifier`);
  } else if (property === 'constraint') {
    if (op !== '=')
      report(node, context, 'value-set-filter', `a constraint takes the operation =; found ${op}`);
    else if (isExpressionConstraint(value) === false)
      report(
        node,
        context,
        'value-set-filter',
        `"${value.slice(0, 80)}" is not a SNOMED CT expression constraint`,
      );
  } else if (!isSctid(property)) {
    if (property === 'expressions' || property === 'inactive') return;
    const message = `SNOMED CT has no property "${property.slice(0, 60)}"`;
    report(node, context, 'value-set-filter', message, 'warning');
  } else if (op !== '=' && op !== 'in') {
    report(node, context, 'value-set-filter', `an attribute takes the operations = and in; found ${op}`);
  }
}

function checkKnown(node: Node, filter: Filter, system: CodeSystem, context: Context): void {
  const { property, op } = filter;
  const declared = system.properties?.find(([code]) => code === property);
  const listed = system.filters?.find(([code]) => code === property);
  const type = declared?.[1] ?? COMMON[property];
  if (type === undefined && listed === undefined) {
    const message = `the code system ${system.url} declares no property or filter "${property.slice(0, 60)}"`;
    report(node, context, 'value-set-filter', message, 'warning');
    return;
  }
  const operators = listed?.slice(1) ?? [];
  if (declared === undefined && operators.length > 0 && !operators.includes(op)) {
    const message = `the filter "${property}" takes ${operators.join(', ')}; found ${op}`;
    report(node, context, 'value-set-filter', message);
    return;
  }
  if (type !== undefined) checkValue(node, filter, type, system, context);
}

function checkValue(
  node: Node,
  { property, op, value }: Filter,
  type: string,
  system: CodeSystem,
  context: Context,
): void {
  if (op === 'exists') {
    if (!/^(?:true|false)$/.test(value))
      report(node, context, 'value-set-filter', 'exists takes true or false');
    return;
  }
  if (op === 'regex') {
    if (property === 'concept')
      report(node, context, 'value-set-filter', 'a concept is not chosen by a pattern');
    else if (!isPattern(value)) report(node, context, 'value-set-filter', 'the pattern cannot be read');
    return;
  }
  const values = op === 'in' || op === 'not-in' ? value.split(',') : [value];
  for (const one of values.map((item) => item.trim())) {
    if (SHAPES[type]?.test(PREFIXED.has(type) ? one.replace(PREFIX, '') : one) === false) {
      const message = `the property "${property}" is a ${type}; found "${one.slice(0, 60)}"`;
      report(node, context, 'value-set-filter', message);
    } else if (type === 'Coding') checkCoding(node, property, one, context);
    else if (type === 'code' && isOwnCode(property, op)) checkCode(node, one, system, context);
  }
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') !== undefined;
  } catch {
    return false;
  }
}

/** Only of these it is certain that the value is a code of the same system. */
function isOwnCode(property: string, op: string): boolean {
  return BY_CODE.has(op) || ['concept', 'code'].includes(property);
}

function checkCode(node: Node, code: string, system: CodeSystem, context: Context): void {
  if (system.content !== 'complete' || conceptOf(system, code) !== undefined) return;
  report(
    node,
    context,
    'value-set-filter',
    `the code system ${system.url} has no code "${code.slice(0, 60)}"`,
  );
}

/** The value for a property that is a Coding: `system(|version)#code`. */
function checkCoding(node: Node, property: string, value: string, context: Context): void {
  const hash = value.lastIndexOf('#');
  if (hash <= 0) {
    const message = `the value for the property "${property}" must be written system#code; found "${value.slice(0, 80)}"`;
    // The way of searches is understood, but not the one meant here.
    const severity = /^[a-z][a-z0-9+.-]*:[^\s|]+\|\S+$/i.test(value) ? 'warning' : 'error';
    report(node, context, 'value-set-filter', message, severity);
    return;
  }
  const system = context.definitions.codeSystem(value.slice(0, hash));
  if (system !== undefined) checkCode(node, value.slice(hash + 1), system, context);
}
