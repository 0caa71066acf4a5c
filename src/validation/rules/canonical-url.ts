/** The address of a definition is absolute. https://hl7.org/fhir/R4/references.html#canonical */
import type { Node } from '../plan/node.js';
import type { Context, Rule } from './rule.js';

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

/** Resource types whose `url` is their canonical address. https://hl7.org/fhir/R4/canonicalresource */
export const CANONICAL_TYPES = [
  'ActivityDefinition',
  'CapabilityStatement',
  'ChargeItemDefinition',
  'CodeSystem',
  'CompartmentDefinition',
  'ConceptMap',
  'EffectEvidenceSynthesis',
  'EventDefinition',
  'Evidence',
  'EvidenceVariable',
  'ExampleScenario',
  'GraphDefinition',
  'ImplementationGuide',
  'Library',
  'Measure',
  'MessageDefinition',
  'OperationDefinition',
  'PlanDefinition',
  'Questionnaire',
  'ResearchDefinition',
  'ResearchElementDefinition',
  'RiskEvidenceSynthesis',
  'SearchParameter',
  'StructureDefinition',
  'StructureMap',
  'TerminologyCapabilities',
  'TestScript',
  'ValueSet',
] as const;

export const canonicalUrlRule: Rule = (node, context) => {
  const url = node.child('url');
  if (url === undefined || typeof url.value !== 'string') return;
  if (!ABSOLUTE.test(url.value)) {
    report(url, context, `the address of a definition must be absolute; found "${url.value.slice(0, 80)}"`);
  }
};

function report(node: Node, context: Context, message: string): void {
  context.report(node, {
    code: 'invalid',
    rule: 'canonical-url',
    message,
    source: 'https://hl7.org/fhir/R4/references.html#canonical',
  });
}
