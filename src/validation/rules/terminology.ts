/** Bindings, and codes of loaded code systems. https://hl7.org/fhir/R4/terminologies.html */
import { isSctid } from '../../fhir/sctid.js';
import type { Binding, ValueSet } from '../definitions/model.js';
import { isObject, type JsonObject, type Node } from '../plan/node.js';
import { conceptOf } from '../terminology/codes.js';
import { membership } from '../terminology/membership.js';
import { type CodeQuestion, QUESTIONS } from '../terminology/questions.js';
import { isUnit } from '../terminology/ucum-units.js';
import { checkDisplay } from './display.js';
import { correctedStrength } from './errata.js';
import type { Context, Rule } from './rule.js';

const SNOMED = 'http://snomed.info/sct';
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;
const UCUM = 'http://unitsofmeasure.org';
/** Marks elements that a required binding or a list of options refused: that their code does not exist is then no second fault. */
export const UNBOUND = Symbol('unbound');
const BOUND_TYPES = new Set(['code', 'Coding', 'CodeableConcept', 'string', 'uri', 'Quantity']);
const MEDIA_TYPES = 'http://hl7.org/fhir/ValueSet/mimetypes';
/** R4's own examples also use the short names of its formats. */
const MEDIA_TYPE = /^(?:xml|json|ttl|html|text)$|^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+*-]+(\s*;.*)?$/;

/** Takes an element's binding; gives the rules for its value set and for its widest allowed one (maxValueSet). */
export function bindingRules(binding: Binding | undefined, type: string, source: string): Rule[] {
  if (binding === undefined || !BOUND_TYPES.has(type)) return [];
  const { valueSet, maxValueSet } = binding;
  const strength = correctedStrength(binding);
  const rules: Rule[] = [];
  if (valueSet !== undefined && (strength === 'required' || strength === 'extensible')) {
    rules.push(valueSetRule(valueSet, strength === 'required', source));
  }
  if (maxValueSet !== undefined && strength !== 'required') {
    const widest = valueSetRule(maxValueSet, true, source);
    // Only a code can be outside it: a text alone is allowed.
    rules.push((node, context) => {
      if (!isUncoded(node.value)) widest(node, context);
    });
  }
  return rules;
}

function valueSetRule(canonical: string, required: boolean, source: string): Rule {
  return (node, context) => {
    const valueSet = context.definitions.valueSet(canonical);
    if (valueSet !== undefined) {
      checkBound(node, context, required, valueSet, source);
    } else {
      const value = node.type === 'Quantity' ? unitOf(node.value) : node.value;
      if (value !== undefined && !isUncoded(value))
        reportUnchecked(node, value, { url: canonical }, required, context, source);
    }
  };
}

function checkBound(
  node: Node,
  context: Context,
  required: boolean,
  valueSet: ValueSet,
  source: string,
): void {
  const value = node.type === 'Quantity' ? unitOf(node.value) : node.value;
  if (value === undefined) return;
  if (valueSet.url === MEDIA_TYPES) {
    if (typeof value === 'string' && !MEDIA_TYPE.test(value)) {
      report(
        node,
        context,
        'error',
        'code-invalid',
        `"${shorten(value)}" is not a media type (type/subtype)`,
        source,
      );
    }
    return;
  }
  if (isUncoded(value)) {
    if (required && !hasDataAbsent(value)) {
      report(
        node,
        context,
        'error',
        'code-invalid',
        `a code from "${valueSet.name}" (${valueSet.url}) is required; found none`,
        source,
      );
    }
    return;
  }
  const found = membership(value, valueSet, context.definitions);
  if (found === 'unknown' && isObject(value))
    reportUnchecked(node, value, valueSet, required, context, source);
  if (found !== 'out') return;
  if (required) context.memory.set(node, UNBOUND);
  const severity = required && valueSet.dated !== true ? 'error' : 'warning';
  const advice = required ? '' : ', and should be unless it has no suitable code';
  report(
    node,
    context,
    severity,
    'code-invalid',
    `${said(value)} is not in the value set "${valueSet.name}" (${valueSet.url})${advice}`,
    source,
  );
}

/** Grammars that are checked as such: every well-formed tag or unit is a code of theirs. */
const GRAMMARS = new Set(['urn:ietf:bcp:47', 'urn:ietf:bcp:13', 'http://unitsofmeasure.org']);

/** A value set that cannot be enumerated here, or that is not loaded at all. */
interface Uncheckable {
  readonly url: string;
  readonly name?: string;
}

/** What cannot be checked here is never a silent pass; told once for each value set and code. */
function reportUnchecked(
  node: Node,
  value: unknown,
  { url, name }: Uncheckable,
  required: boolean,
  context: Context,
  source: string,
): void {
  const codings = codingsOf(value);
  if (codings.every(({ system }) => system !== undefined && GRAMMARS.has(system))) return;
  // A value that passes in silence would be remembered as good: of a plain code each place is told.
  if (isObject(value)) {
    const told = (context.memory.get(reportUnchecked) as Set<string> | undefined) ?? new Set<string>();
    context.memory.set(reportUnchecked, told);
    const key = `${url} ${said(value)}`;
    if (told.has(key)) return;
    told.add(key);
  }
  const message =
    name === undefined
      ? `whether ${said(value)} is in the value set ${url} is not checked: it is not loaded`
      : `whether ${said(value)} is in the value set "${name}" (${url}) is not checked: it cannot be enumerated here`;
  const code = name === undefined ? 'not-found' : 'not-supported';
  report(node, context, 'information', code, message, source);
  const questions = context.memory.get(QUESTIONS) as CodeQuestion[] | undefined;
  questions?.push({ valueSet: url, codings, severity: required ? 'error' : 'warning', message });
}

/** The codes of a code, Coding or CodeableConcept. */
function codingsOf(value: unknown): CodeQuestion['codings'] {
  if (typeof value === 'string') return [{ code: value }];
  if (!isObject(value)) return [];
  const codings = Array.isArray(value['coding']) ? (value['coding'] as unknown[]).filter(isObject) : [value];
  return codings.flatMap(({ system, code }) =>
    typeof code === 'string' ? [{ code, ...(typeof system === 'string' ? { system } : {}) }] : [],
  );
}

function report(
  node: Node,
  context: Context,
  severity: 'error' | 'warning' | 'information',
  code: string,
  message: string,
  source: string,
): void {
  context.report(node, {
    severity,
    code,
    rule: severity === 'information' ? 'binding-not-checked' : 'binding',
    message,
    source,
  });
}

/** The unit's code of a Quantity is what its binding speaks of. */
function unitOf(quantity: unknown): unknown {
  if (!isObject(quantity) || quantity['code'] === undefined) return undefined;
  return { system: quantity['system'], code: quantity['code'] };
}

/** True for a Coding or CodeableConcept that holds no code at all. */
function isUncoded(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (Array.isArray(value['coding']))
    return !value['coding'].some((coding) => isObject(coding) && coding['code'] !== undefined);
  return value['code'] === undefined;
}

function hasDataAbsent(value: unknown): boolean {
  return isObject(value) && Array.isArray(value['extension']);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function said(value: unknown): string {
  if (typeof value === 'string') return `"${shorten(value)}"`;
  const object = value as JsonObject;
  const codings = Array.isArray(object['coding']) ? (object['coding'] as JsonObject[]) : [object];
  return codings
    .map(
      (coding) => `${shorten(String(coding['system'] ?? '(no system)'))}#${shorten(String(coding['code']))}`,
    )
    .join(', ');
}

/** A system that is not absolute is only advised against where a binding or other codings beside it say more. */
function mayBeLocal(node: Node): boolean {
  if (node.type !== 'Coding') return false;
  const strength = node.element?.definition.binding?.strength;
  return node.parent?.type === 'CodeableConcept' || strength === 'required' || strength === 'extensible';
}

/** A Coding on its own: a code that its loaded, complete system lacks; a SNOMED CT identifier whose check digit fails. */
export const codingRule: Rule = (node, context) => {
  const coding = node.value;
  if (!isObject(coding) || typeof coding['system'] !== 'string') return;
  if (!ABSOLUTE.test(coding['system'])) {
    context.report(node, {
      severity: mayBeLocal(node) ? 'warning' : 'error',
      code: 'invalid',
      rule: 'coding-system',
      message: `the system of a code must be absolute; found "${shorten(coding['system'])}"`,
      source: 'https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.system',
    });
    return;
  }
  if (typeof coding['code'] !== 'string') return;
  const { system, code } = coding as { system: string; code: string };
  if (system === SNOMED) {
    if (/^\d+$/.test(code) ? isSctid(code) : /[:+|(<=\s]/.test(code)) return;
    context.report(node, {
      code: 'code-invalid',
      rule: 'sctid',
      message: `"${shorten(code)}" is not a SNOMED CT identifier: its length or check digit is wrong`,
      source: 'https://docs.snomed.org/',
    });
    return;
  }
  if (system === UCUM) {
    if (isUnit(code)) return;
    context.report(node, {
      code: 'code-invalid',
      rule: 'ucum',
      message: `"${shorten(code)}" is not a UCUM unit`,
      source: 'https://ucum.org/ucum',
    });
    return;
  }
  const known = context.definitions.codeSystem(system);
  if (known === undefined && context.definitions.valueSet(system) !== undefined) {
    context.report(node.child('system') ?? node, {
      code: 'invalid',
      rule: 'coding-system',
      message: `${system} is a value set: a code is named by its code system`,
      source: 'https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.system',
    });
    return;
  }
  if (known?.supplements !== undefined) {
    context.report(node.child('system') ?? node, {
      code: 'invalid',
      rule: 'coding-supplement',
      message: `${system} only supplements ${known.supplements}: codes are of that one`,
      source: 'https://hl7.org/fhir/R4/codesystem.html#supplements',
    });
    return;
  }
  if (known === undefined || known.content !== 'complete') return;
  if (context.memory.get(node) === UNBOUND || context.memory.get(node.parent) === UNBOUND) return;
  const concept = conceptOf(known, code);
  if (concept !== undefined) checkDisplay(node, known, concept, context);
  else {
    context.report(node, {
      code: 'code-invalid',
      rule: 'unknown-code',
      message: `the code system ${system} has no code "${shorten(code)}"`,
      source: system,
    });
  }
};
