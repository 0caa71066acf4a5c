/**
 * Cuts conformance resources down to the validator's own model.
 * https://hl7.org/fhir/R4/structuredefinition.html, https://hl7.org/fhir/R4/codesystem.html
 */
import type {
  CodeSystemConcept,
  CodeSystem as FhirCodeSystem,
  ElementDefinition as FhirElement,
  StructureDefinition,
} from 'fhir/r4';
import type {
  Binding,
  CodeSystem,
  Constraint,
  ElementDefinition,
  Json,
  Structure,
  TypeReference,
} from './model.js';

const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
const MAX_VALUE_SET = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';
const BEST_PRACTICE = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice';

/** Takes a StructureDefinition, gives its compact form: the snapshot where it has one, else the differential. */
export function compactStructure(definition: StructureDefinition): Structure {
  const elements = definition.snapshot?.element ?? definition.differential?.element ?? [];
  return {
    url: definition.url,
    name: definition.title ?? definition.name,
    kind: definition.kind,
    abstract: definition.abstract,
    type: definition.type,
    ...(definition.baseDefinition === undefined ? {} : { base: definition.baseDefinition }),
    ...(definition.derivation === undefined ? {} : { derivation: definition.derivation }),
    ...(definition.context === undefined
      ? {}
      : { context: definition.context.map(({ type, expression }) => ({ type, expression })) }),
    ...(definition.snapshot === undefined ? { differential: true } : {}),
    elements: elements.map(compactElement),
  };
}

function compactElement(element: FhirElement): ElementDefinition {
  const constraint = compactConstraints(element);
  const compacted: { [K in keyof ElementDefinition]: ElementDefinition[K] | undefined } = {
    id: element.id ?? element.path,
    path: element.path,
    ...pick(element, ['sliceName', 'min', 'max', 'contentReference', 'maxLength']),
    ...(element.base === undefined
      ? {}
      : { base: { path: element.base.path, min: element.base.min, max: element.base.max } }),
    ...(element.type === undefined ? {} : { type: element.type.map((type) => compactType(type, element)) }),
    ...(element.slicing === undefined
      ? {}
      : {
          slicing: {
            discriminator: (element.slicing.discriminator ?? []).map(({ type, path }) => ({ type, path })),
            ordered: element.slicing.ordered ?? false,
            rules: element.slicing.rules,
          },
        }),
    ...value(element, 'fixed'),
    ...value(element, 'pattern'),
    ...value(element, 'minValue'),
    ...value(element, 'maxValue'),
    ...(element.binding === undefined ? {} : { binding: compactBinding(element.binding) }),
    ...(constraint.length === 0 ? {} : { constraint }),
    ...(element.isModifier === true ? { isModifier: true } : {}),
  };
  return compacted as ElementDefinition;
}

function compactType(type: NonNullable<FhirElement['type']>[number], element: FhirElement): TypeReference {
  const stated = type.extension?.find((extension) => extension.url === FHIR_TYPE)?.valueUrl;
  return {
    code: systemType(type.code, stated, element),
    ...(type.profile === undefined ? {} : { profile: type.profile }),
    ...(type.targetProfile === undefined ? {} : { targetProfile: type.targetProfile }),
  };
}

/** The R4 snapshots give `id`, `url` and `value` a FHIRPath system type; this names the FHIR type meant. */
function systemType(code: string, stated: string | undefined, element: FhirElement): string {
  if (!code.startsWith('http://hl7.org/fhirpath/')) return code;
  const base = element.base?.path ?? element.path;
  if (base === 'Resource.id') return 'id';
  if (base === 'Extension.url') return 'uri';
  return stated ?? 'string';
}

function compactBinding(binding: NonNullable<FhirElement['binding']>): Binding {
  const max = binding.extension?.find((extension) => extension.url === MAX_VALUE_SET)?.valueCanonical;
  return {
    strength: binding.strength,
    ...(binding.valueSet === undefined ? {} : { valueSet: binding.valueSet }),
    ...(max === undefined ? {} : { maxValueSet: max }),
  };
}

/** ele-1 is left out: the structure check covers it on every node. */
function compactConstraints(element: FhirElement): Constraint[] {
  return (element.constraint ?? [])
    .filter((constraint) => constraint.key !== 'ele-1' && constraint.expression !== undefined)
    .map((constraint) => {
      const advice = constraint.extension?.some(
        ({ url, valueBoolean }) => url === BEST_PRACTICE && valueBoolean === true,
      );
      return {
        key: constraint.key,
        severity: advice === true ? 'warning' : constraint.severity,
        human: constraint.human,
        expression: constraint.expression ?? '',
        ...(constraint.source === undefined ? {} : { source: constraint.source }),
      };
    });
}

function pick<K extends keyof FhirElement>(element: FhirElement, keys: readonly K[]): Pick<FhirElement, K> {
  return Object.fromEntries(
    keys.filter((key) => element[key] !== undefined).map((key) => [key, element[key]]),
  ) as Pick<FhirElement, K>;
}

/** `fixedUri: "…"` becomes `fixed: "…"`: the type is known from the element. */
function value(
  element: FhirElement,
  prefix: 'fixed' | 'pattern' | 'minValue' | 'maxValue',
): { [key: string]: Json } {
  const key = Object.keys(element).find(
    (name) => name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)),
  );
  return key === undefined ? {} : { [prefix]: (element as unknown as { [key: string]: Json })[key] as Json };
}

/** Takes a CodeSystem, gives its concepts flat, each with its parents. */
export function compactCodeSystem(system: FhirCodeSystem): CodeSystem {
  const concepts: string[][] = [];
  const walk = (list: readonly CodeSystemConcept[], parent: string | undefined): void => {
    for (const concept of list) {
      const parents = (concept.property ?? [])
        .filter(
          ({ code, valueCode }) => (code === 'parent' || code === 'subsumedBy') && valueCode !== undefined,
        )
        .map(({ valueCode }) => valueCode as string);
      concepts.push([
        concept.code,
        concept.display ?? '',
        ...(parent === undefined ? [] : [parent]),
        ...parents,
      ]);
      walk(concept.concept ?? [], concept.code);
    }
  };
  walk(system.concept ?? [], undefined);
  const designations = designationsOf(system.concept ?? []);
  return {
    url: system.url ?? '',
    content: system.content,
    caseSensitive: system.caseSensitive ?? true,
    ...(system.valueSet === undefined ? {} : { valueSet: system.valueSet }),
    concepts,
    ...(system.supplements === undefined ? {} : { supplements: system.supplements }),
    ...(Object.keys(designations).length === 0 ? {} : { designations }),
    ...(system.property === undefined
      ? {}
      : { properties: system.property.map(({ code, type }) => [code, type]) }),
    ...(system.filter === undefined
      ? {}
      : { filters: system.filter.map(({ code, operator }) => [code, ...operator]) }),
  };
}

function designationsOf(concepts: readonly CodeSystemConcept[]): { [code: string]: string[] } {
  const found: { [code: string]: string[] } = {};
  const queue = [...concepts];
  for (let concept = queue.pop(); concept !== undefined; concept = queue.pop()) {
    if (concept.designation !== undefined)
      found[concept.code] = concept.designation.map(({ value }) => value);
    queue.push(...(concept.concept ?? []));
  }
  return found;
}
