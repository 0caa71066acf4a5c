/** Which rules an element has to obey: those of its type, and those of its place in the type around it. */
import type { Node } from '../plan/node.js';
import type { Edge, Shape } from '../plan/shapes.js';
import { attachmentRule } from './attachment.js';
import { attachmentContentRule } from './attachment-content.js';
import { bundleRule } from './bundle.js';
import { bundleLinkRule } from './bundle-links.js';
import { bundleMessageRule } from './bundle-message.js';
import { bundleSearchRule } from './bundle-search.js';
import { bundleTransactionRule } from './bundle-transaction.js';
import { bundleVersionRule } from './bundle-versions.js';
import { CANONICAL_TYPES, canonicalUrlRule } from './canonical-url.js';
import { canonicalValueRule } from './canonical-value.js';
import { codeSystemRule } from './code-system.js';
import { conceptMapRule } from './concept-map.js';
import { containedRule } from './contained.js';
import { elementIdRule } from './element-id.js';
import { extensionRule } from './extensions.js';
import { identifierRule } from './identifier.js';
import { invariantRule } from './invariants.js';
import { metaProfileRule } from './meta-profile.js';
import { narrativeRule } from './narrative.js';
import { operationDefinitionRule } from './operation-definition.js';
import { questionnaireRule } from './questionnaire.js';
import { questionnaireResponseRule } from './questionnaire-response.js';
import { referenceRule } from './references.js';
import type { Rule } from './rule.js';
import { searchParameterRule } from './search-parameter.js';
import { structureDefinitionRule } from './structure-definition.js';
import { bindingRules, codingRule } from './terminology.js';
import { uriRule } from './uri.js';
import { valueSetRule } from './value-set.js';
import { vitalSignsRule } from './vital-signs.js';

const BY_TYPE: { readonly [type: string]: readonly Rule[] } = {
  Extension: [extensionRule],
  Coding: [codingRule],
  Attachment: [attachmentRule, attachmentContentRule],
  Identifier: [identifierRule],
  Quantity: [codingRule],
  Age: [codingRule],
  Count: [codingRule],
  Distance: [codingRule],
  Duration: [codingRule],
  canonical: [canonicalValueRule, uriRule],
  uri: [uriRule],
  url: [uriRule],
  xhtml: [narrativeRule],
};

const BY_RESOURCE: { readonly [type: string]: readonly Rule[] } = {
  Bundle: [
    bundleRule,
    bundleLinkRule,
    bundleMessageRule,
    bundleSearchRule,
    bundleTransactionRule,
    bundleVersionRule,
  ],
  CodeSystem: [codeSystemRule],
  ConceptMap: [conceptMapRule],
  Observation: [vitalSignsRule],
  OperationDefinition: [operationDefinitionRule],
  Questionnaire: [questionnaireRule],
  SearchParameter: [searchParameterRule],
  StructureDefinition: [structureDefinitionRule],
  ValueSet: [valueSetRule],
  QuestionnaireResponse: [questionnaireResponseRule],
};

const CANONICAL: ReadonlySet<string> = new Set(CANONICAL_TYPES);

/** The rules of an element, made when its place is first met. */
export function rulesOf(node: Node): readonly Rule[] {
  const { edge, shape } = node;
  if (node.isResource && shape !== undefined) {
    shape.rules ??= resourceRules(shape);
    return shape.rules;
  }
  if (edge === undefined) return [];
  edge.rules ??= placeRules(edge);
  return edge.rules;
}

/** The rules of a place, which then knows what of its values it need not be asked about again. */
function placeRules(edge: Edge): readonly Rule[] {
  const bound = new Set(bindingRulesOf(edge));
  const rules = elementRules(edge, [...bound]);
  const rest = edge.primitive ? rules.filter((rule) => rule !== presenceRule) : rules;
  edge.quiet = edge.primitive && rest.length === 0;
  if (edge.primitive && rest.every((rule) => bound.has(rule) || BY_VALUE.has(rule))) edge.passed = new Set();
  return rules;
}

/** Rules on primitives that look at nothing but the value and its place: what they let pass once passes again. */
const BY_VALUE: ReadonlySet<Rule> = new Set([canonicalValueRule, uriRule]);

function resourceRules(shape: Shape): readonly Rule[] {
  return [
    ...shape.constraints.map((constraint) => invariantRule(constraint, shape.source)),
    containedRule,
    ...(BY_RESOURCE[shape.type] ?? []),
    ...(CANONICAL.has(shape.type) ? [canonicalUrlRule] : []),
    metaProfileRule,
  ].filter((rule) => rule !== undefined);
}

function sourceOf({ element }: Edge): string {
  return `http://hl7.org/fhir/StructureDefinition/${element.definition.path.split('.')[0]}`;
}

function bindingRulesOf(edge: Edge): readonly Rule[] {
  return bindingRules(edge.element.definition.binding, edge.type.code, sourceOf(edge));
}

/** Of a fullUrl the Bundle's own rule tells, not that of any uri. */
function elementRules(edge: Edge, bound: readonly Rule[]): readonly Rule[] {
  const { element, type, primitive, shape } = edge;
  const { definition } = element;
  const source = sourceOf(edge);
  const own = primitive ? [] : (shape?.constraints ?? []);
  const keys = new Set(own.map(({ key, expression }) => `${key}|${expression}`));
  const placed = (definition.constraint ?? []).filter(
    ({ key, expression }) => !keys.has(`${key}|${expression}`),
  );
  return [
    ...(primitive ? [presenceRule] : []),
    ...own.map((constraint) => invariantRule(constraint, shape?.source ?? source)),
    ...placed.map((constraint) => invariantRule(constraint, source)),
    ...bound,
    ...(type.code === 'Reference' ? [referenceRule(element.types)] : []),
    ...(definition.base?.path === 'Element.id' ? [elementIdRule] : []),
    ...(definition.path === 'Bundle.entry.fullUrl' ? [] : (BY_TYPE[type.code] ?? [])),
    ...typeProfileRules(type.code, type.profile ?? []),
  ].filter((rule) => rule !== undefined);
}

/** ele-1 for a primitive without a value: then it needs an extension. The structure check sees the rest of ele-1. */
const presenceRule: Rule = (node, context) => {
  if (node.value !== undefined || node.extra?.['extension'] !== undefined) return;
  const message = 'an element must have a value or children besides its id';
  context.report(node, {
    code: 'invariant',
    rule: 'ele-1',
    message,
    source: 'https://hl7.org/fhir/R4/element.html',
  });
};

/** R4 itself puts profiles on some types: SimpleQuantity, MoneyQuantity. */
function typeProfileRules(code: string, profiles: readonly string[]): readonly Rule[] {
  if (code === 'Extension') return [];
  return profiles.map((url) => (node, context) => context.checkProfile(node, url));
}
