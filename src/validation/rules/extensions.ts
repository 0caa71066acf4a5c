/** Extensions: defined, where they may stand, and as they are defined. https://hl7.org/fhir/R4/extensibility.html */
import type { ExtensionContext, Structure } from '../definitions/model.js';
import { selects } from '../fhirpath.js';
import { ValidationTimeout } from '../outcome.js';
import { isObject, type Node } from '../plan/node.js';
import { treeOf } from '../profile/tree.js';
import type { Context, Rule } from './rule.js';

const SOURCE = 'https://hl7.org/fhir/R4/extensibility.html';
/** Elements of later versions as extensions: known to exist, not definable here. */
const CROSS_VERSION = /^http:\/\/hl7\.org\/fhir\/[3-9]\.\d\/StructureDefinition\/extension-/;

/** Extensions that others define for FHIR without publishing definitions: DICOM's, and those of HL7's own tools. */
const UNPUBLISHED = /^http:\/\/(?:nema\.org\/|hl7\.org\/fhir\/tools\/StructureDefinition\/)/;

/** Extensions that R4's own definitions use where their context does not let them. */
const R4_ERRATA: { readonly [url: string]: string } = {
  'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type': 'ElementDefinition.type',
  'http://hl7.org/fhir/StructureDefinition/regex': 'ElementDefinition.type',
  'http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version': '*',
  'http://hl7.org/fhir/StructureDefinition/translation': '*',
};

export const extensionRule: Rule = (node, context) => {
  const url = isObject(node.value) ? node.value['url'] : undefined;
  if (typeof url !== 'string') return;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    checkNested(node, url, context);
    return;
  }
  const definition = context.definitions.structure(url);
  if (definition === undefined) reportUnknown(node, url, context);
  else if (definition.type !== 'Extension') {
    report(node, context, 'extension-url', `${url} is not an extension but a profile of ${definition.type}`);
  } else {
    checkModifier(node, definition, context);
    checkContext(node, definition, context);
    context.checkProfile(node, url);
  }
};

function report(node: Node, context: Context, rule: string, message: string): void {
  context.report(node, { code: 'extension', rule, message, source: SOURCE });
}

function reportUnknown(node: Node, url: string, context: Context): void {
  const isElsewhere =
    CROSS_VERSION.test(url) ||
    UNPUBLISHED.test(url) ||
    context.policy.elsewhere.some((start) => url.startsWith(start));
  context.report(node, {
    severity: isElsewhere ? 'information' : context.policy.unknownExtensions,
    code: 'extension',
    rule: 'extension-unknown',
    message: `the extension ${url} is not defined in what is loaded: ${isElsewhere ? 'not checked' : 'not allowed here'}`,
    source: SOURCE,
  });
}

/** An extension with a relative address belongs to the definition of the extension around it. */
function checkNested(node: Node, url: string, context: Context): void {
  const parent = node.parent;
  const outer = parent?.type === 'Extension' && isObject(parent.value) ? parent.value['url'] : undefined;
  if (typeof outer !== 'string') {
    report(
      node,
      context,
      'extension-url',
      `the address of an extension must be absolute; found "${url.slice(0, 80)}"`,
    );
    return;
  }
  const definition = /^[a-z][a-z0-9+.-]*:/i.test(outer) ? context.definitions.structure(outer) : undefined;
  if (definition === undefined) return;
  const names = innerNames(definition);
  if (!names.has(url))
    report(node, context, 'extension-part', `the extension ${outer} defines no part "${url.slice(0, 80)}"`);
}

function innerNames(definition: Structure): Set<unknown> {
  const slices = treeOf(definition)?.children.get('extension')?.slices ?? [];
  return new Set(slices.map((slice) => slice.children.get('url')?.definition.fixed ?? slice.slice));
}

function checkModifier(node: Node, definition: Structure, context: Context): void {
  const isModifier = definition.elements[0]?.isModifier === true;
  if (isModifier === (node.name === 'modifierExtension')) return;
  report(
    node,
    context,
    'extension-modifier',
    isModifier
      ? 'this extension changes the meaning: it belongs in modifierExtension'
      : 'this extension is no modifier: it belongs in extension',
  );
}

function checkContext(node: Node, definition: Structure, context: Context): void {
  const contexts = definition.context ?? [];
  const parent = node.parent;
  if (
    parent === undefined ||
    contexts.length === 0 ||
    contexts.some((allowed) => fits(parent, allowed) || isSelected(node, parent, allowed, context))
  )
    return;
  const wider = R4_ERRATA[definition.url];
  if (wider === '*' || (wider !== undefined && placesOf(parent).has(wider))) return;
  report(
    node,
    context,
    'extension-context',
    `this extension may stand on ${contexts.map(({ expression }) => expression).join(', ')}; found on ${parent.definitionPath}`,
  );
}

/** A context given as an expression is every element that it selects in the resource. */
function isSelected(
  node: Node,
  parent: Node,
  { type, expression }: ExtensionContext,
  context: Context,
): boolean {
  if (type !== 'fhirpath') return false;
  try {
    return selects(expression, parent, context);
  } catch (error) {
    if (error instanceof ValidationTimeout) throw error;
    context.report(node, {
      severity: 'information',
      code: 'not-supported',
      rule: 'extension-context',
      message: `whether this extension may stand here is not checked: ${error instanceof Error ? error.message : String(error)}`,
      source: SOURCE,
    });
    return true;
  }
}

function fits(parent: Node, { type, expression }: ExtensionContext): boolean {
  if (type === 'fhirpath') return false;
  if (type === 'extension')
    return parent.type === 'Extension' && isObject(parent.value) && parent.value['url'] === expression;
  const plain = expression.replace(/^http:\/\/hl7\.org\/fhir\/StructureDefinition\//, '');
  if (/[:#]/.test(plain)) return true;
  return placesOf(parent).has(plain) || placesOf(parent).has(`${plain}[x]`);
}

/** The names by which a definition may mean this element. */
function placesOf(node: Node): Set<string> {
  const places = new Set<string>([node.definitionPath, node.type, ...(node.shape?.lineage ?? [])]);
  if (node.shape !== undefined && !node.isPrimitive) places.add(node.shape.path);
  if (node.element !== undefined) {
    places.add(node.element.path);
    places.add(node.element.path.replace('[x]', ''));
    if (node.element.definition.base !== undefined) places.add(node.element.definition.base.path);
  }
  places.add('Element');
  return places;
}
