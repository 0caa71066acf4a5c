/**
 * Named ways to break a resource, each at a place picked at random among those where it can be done, with exactly
 * the issues that it must give. Used by the mutation test and by the comparison with the reference validator.
 */
import type { Node } from '#src/validation/plan/node.js';

// biome-ignore lint/suspicious/noExplicitAny: breaking a resource means going against its types
type Anything = any;

export interface Mutant {
  readonly name: string;
  /** Where it can be done. */
  readonly where: (node: Node) => boolean;
  /** Breaks the JSON that the node stands for. */
  readonly breaks: (node: Node) => void;
  /** `rule expression` of each error; by default the rule at the node itself. */
  readonly gives: string | ((node: Node) => readonly string[]);
}

const NOWHERE = 'urn:uuid:c757873d-ec9a-4326-a141-00000000ffff';
const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';

/** Puts another value in the node's place. */
function set(node: Node, value: unknown): void {
  const holder = node.parent?.value as Anything;
  if (node.index === -1) holder[node.key] = value;
  else holder[node.key][node.index] = value;
}

function json(node: Node): Anything {
  return node.value as Anything;
}

function remove(node: Node, ...names: string[]): void {
  for (const name of names) delete json(node)[name];
}

const type =
  (...types: string[]) =>
  (node: Node): boolean =>
    types.includes(node.type) && node.value !== undefined;
const has =
  (typeName: string, ...names: string[]) =>
  (node: Node): boolean =>
    node.type === typeName && names.every((name) => json(node)?.[name] !== undefined);
/** An element of a complex type that does not repeat. */
const isSingle = (node: Node): boolean => node.index === -1 && isComplex(node);
const isComplex = (node: Node): boolean =>
  !node.isPrimitive && !node.isResource && node.parent !== undefined && node.type !== 'Extension';
const isResource = (node: Node): boolean =>
  node.isResource && node.parent !== undefined && !isContained(node);
const isContained = (node: Node): boolean => node.resource !== node.container;
const isDocument = (node: Node): boolean => node.type === 'Bundle' && json(node).type === 'document';
const isEntry = (node: Node): boolean =>
  node.name === 'entry' && node.parent !== undefined && isDocument(node.parent);
const below =
  (rule: string, child: string) =>
  (node: Node): string[] => [`${rule} ${node.expression}.${child}`];
const broken = (name: string, types: string[], value: unknown, rule: string): Mutant => ({
  name,
  where: type(...types),
  breaks: (node) => set(node, value),
  gives: rule,
});
const narrative = (name: string, inner: string, rule: string): Mutant => ({
  name,
  where: type('xhtml'),
  breaks: (node) => set(node, inner),
  gives: rule,
});
const added = (name: string, where: (node: Node) => boolean, what: object, rule: string): Mutant => ({
  name,
  where,
  breaks: (node) => Object.assign(json(node), what),
  gives: rule,
});
/** Adds a contained resource and the reference that makes it wanted. */
const containing = (name: string, inner: object, rules: readonly string[]): Mutant => ({
  name,
  where: (node) => node.type === 'Patient' && isResource(node),
  breaks(node) {
    json(node).contained = [{ resourceType: 'Organization', id: 'inner', name: 'x', ...inner }];
    json(node).generalPractitioner = [{ reference: '#inner' }];
  },
  gives: (node) => rules.map((rule) => rule.replace('@', node.expression)),
});
const repeat = (name: string, what: object, rule: string): Mutant => ({
  name,
  where: (node) => node.name === 'timing' && node.type === 'Timing' && !isContained(node),
  breaks: (node) => set(node, { repeat: what }),
  gives: below(rule, 'repeat'),
});

export const MUTANTS: readonly Mutant[] = [
  broken('a leap day in a common year', ['dateTime'], '2026-02-29', 'primitive-dateTime'),
  broken('a time without a zone', ['dateTime'], '2026-01-31T09:30:00', 'primitive-dateTime'),
  broken('the twenty-fourth hour', ['dateTime'], '2026-01-31T24:00:00Z', 'primitive-dateTime'),
  broken('a time without seconds', ['dateTime', 'instant'], '2026-01-31T09:30Z', 'primitive-@'),
  broken('a date where a moment is needed', ['instant'], '2026-01-31', 'primitive-instant'),
  broken('a moment where a date is needed', ['date'], '2026-01-31T09:30:00Z', 'primitive-date'),
  broken('a date written the English way', ['date', 'dateTime'], '31/01/2026', 'primitive-@'),
  broken('a code with a space after it', ['code'], 'final ', 'primitive-code'),
  broken('a code with two spaces in it', ['code'], 'a  b', 'primitive-code'),
  broken('a uri with a space', ['uri'], 'http://a b', 'primitive-uri'),
  broken('a text with a control character', ['string'], 'a\u0000b', 'primitive-string'),
  broken('an empty text', ['string', 'uri', 'code'], '', 'empty-string'),
  broken('a number as a text', ['decimal'], '80', 'json-type'),
  broken('a truth as a text', ['boolean'], 'true', 'json-type'),
  broken('a fraction of a count', ['positiveInt'], 1.5, 'primitive-positiveInt'),
  broken('a count of nothing', ['positiveInt'], 0, 'primitive-positiveInt'),
  broken('base64 that is none', ['base64Binary'], 'ab!c', 'primitive-base64Binary'),
  broken('an object for a text', ['string', 'code'], { value: 'x' }, 'json-type'),
  {
    name: 'a text for an object',
    where: isSingle,
    breaks: (node) => set(node, 'x'),
    gives: 'json-type',
  },
  {
    name: 'two where one is allowed',
    where: (node) => isSingle(node) && node.element?.definition.max === '1',
    breaks: (node) => set(node, [node.value, node.value]),
    gives: 'cardinality-max',
  },
  {
    name: 'one not in an array where many are allowed',
    where: (node) =>
      isComplex(node) &&
      node.index === 0 &&
      node.parent?.named(node.name).length === 1 &&
      node.name !== 'entry',
    breaks: (node) => {
      (node.parent?.value as Anything)[node.key] = node.value;
    },
    gives: (node) => [`json-type ${node.expression.replace(/\[0\]$/, '')}`],
  },
  {
    name: 'an element with nothing in it',
    where: (node) => isComplex(node) && node.name !== 'entry' && (node.element?.definition.min ?? 0) === 0,
    breaks: (node) => set(node, {}),
    gives: 'ele-1',
  },
  {
    name: 'an element with an id alone',
    where: (node) => isSingle(node) && (node.element?.definition.min ?? 0) === 0,
    breaks: (node) => set(node, { id: 'x' }),
    gives: 'ele-1',
  },
  {
    name: 'a misspelt property',
    where: isComplex,
    breaks: (node) => {
      json(node).dispaly = 'x';
    },
    gives: below('unknown-element', 'dispaly'),
  },
  {
    name: 'a property with a capital',
    where: isResource,
    breaks: (node) => {
      json(node).Status = 'final';
    },
    gives: below('unknown-element', 'Status'),
  },
  {
    name: 'a type that the choice does not have',
    where: (node) => node.type === 'Observation' && isResource(node),
    breaks: (node) => {
      json(node).valueAttachment = { url: 'http://example.org' };
    },
    gives: below('unknown-element', 'valueAttachment'),
  },
  {
    name: 'a mandatory element taken away',
    where: (node) =>
      !node.isPrimitive &&
      !['Bundle', 'Extension', 'Composition'].includes(node.type) &&
      mandatory(node) !== undefined,
    breaks: (node) => {
      const child = mandatory(node) as Node;
      remove(node, child.key, `_${child.key}`);
    },
    gives: 'cardinality-min',
  },
  {
    name: 'an id of 65 characters',
    where: isResource,
    breaks: (node) => {
      json(node).id = 'a'.repeat(65);
    },
    gives: below('primitive-id', 'id'),
  },
  {
    name: 'an id with an underscore',
    where: isResource,
    breaks: (node) => {
      json(node).id = 'a_b';
    },
    gives: below('primitive-id', 'id'),
  },
  narrative('a handler in the narrative', `<div ${XHTML}><p onclick="x()">x</p></div>`, 'txt-1'),
  narrative('a frame in the narrative', `<div ${XHTML}><iframe>x</iframe></div>`, 'txt-1'),
  narrative('a form in the narrative', `<div ${XHTML}><form>x</form></div>`, 'txt-1'),
  narrative('a script behind a link', `<div ${XHTML}><a href="javascript:x()">x</a></div>`, 'txt-1'),
  narrative('an entity of HTML', `<div ${XHTML}>a&nbsp;b</div>`, 'xhtml'),
  narrative('a narrative in no namespace', '<div>x</div>', 'txt-1'),
  narrative('a narrative with nothing to read', `<div ${XHTML}><p> </p></div>`, 'txt-2'),
  narrative('a narrative that is no div', `<p ${XHTML}>x</p>`, 'xhtml'),
  narrative('tags that cross', `<div ${XHTML}><b><i>x</b></i></div>`, 'xhtml'),
  {
    name: 'a status of narrative that is none',
    where: (node) => node.type === 'code' && node.parent?.type === 'Narrative',
    breaks: (node) => set(node, 'written'),
    gives: 'binding',
  },
  {
    name: 'a SNOMED CT code with two figures exchanged',
    where: (node) =>
      node.type === 'Coding' && /^\d{6,}$/.test(snomed(node)) && exchanged(snomed(node)) !== undefined,
    breaks: (node) => {
      json(node).code = exchanged(snomed(node));
    },
    gives: 'sctid',
  },
  {
    name: 'a code that its system does not have',
    where: (node) =>
      node.type === 'Coding' &&
      json(node).system === 'http://terminology.hl7.org/CodeSystem/observation-category' &&
      // Of a vital sign the category decides on a slice too, so that two things would be wrong.
      !JSON.stringify(json(node.resource).code).includes('http://loinc.org'),
    breaks: (node) => {
      json(node).code = 'vital-sings';
    },
    gives: 'unknown-code',
  },
  {
    name: 'a reference to nothing contained',
    where: (node) => has('Reference', 'reference')(node) && !isOnlyLink(node),
    breaks: (node) => {
      json(node).reference = '#nobody';
    },
    gives: 'ref-1',
  },
  {
    name: 'a type that its reference does not lead to',
    where: (node) => has('Reference', 'reference')(node) && String(json(node).reference).startsWith('urn:'),
    breaks: (node) => {
      json(node).type = 'Substance';
    },
    gives: 'reference-stated-type',
  },
  {
    name: 'a telephone number of no system',
    where: has('ContactPoint', 'system', 'value'),
    breaks: (node) => remove(node, 'system'),
    gives: 'cpt-2',
  },
  {
    name: 'a unit code of no system',
    where: has('Quantity', 'system', 'code'),
    breaks: (node) => remove(node, 'system'),
    gives: 'qty-3',
  },
  {
    name: 'an end before its start',
    where: type('Period'),
    breaks: (node) => set(node, { start: '2026-02-01', end: '2026-01-31' }),
    gives: 'per-1',
  },
  {
    name: 'an extension that says nothing',
    where: (node) => node.type === 'Patient' && isResource(node) && json(node).extension === undefined,
    breaks: (node) => {
      json(node).extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace' }];
    },
    gives: (node) => [`ext-1 ${node.expression}.extension[0]`],
  },
  {
    name: 'an extension that nobody defines',
    where: (node) => isComplex(node) && json(node).extension === undefined && node.name !== 'entry',
    breaks: (node) => {
      json(node).extension = [{ url: 'http://example.org/unknown', valueString: 'x' }];
    },
    gives: below('extension-unknown', 'extension[0]'),
  },
  {
    name: 'an extension with a relative address',
    where: (node) => isComplex(node) && json(node).extension === undefined && node.name !== 'entry',
    breaks: (node) => {
      json(node).extension = [{ url: 'unknown', valueString: 'x' }];
    },
    gives: below('extension-url', 'extension[0]'),
  },
  {
    name: 'an extension where it may not stand',
    where: (node) => node.type === 'CodeableConcept' && json(node).extension === undefined,
    breaks: (node) => {
      json(node).extension = [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
          valueAddress: { city: 'Leeds' },
        },
      ];
    },
    gives: below('extension-context', 'extension[0]'),
  },
  {
    name: 'an entry of nothing',
    where: isDocument,
    breaks: (node) => json(node).entry.push({ fullUrl: NOWHERE }),
    gives: (node) => [`bdl-5 Bundle.entry[${node.named('entry').length}]`],
  },
  added('a total of a document', isDocument, { total: 3 }, 'bdl-1'),
  {
    name: 'a search score in a document',
    where: isEntry,
    breaks: (node) => {
      json(node).search = { mode: 'match' };
    },
    gives: () => ['bdl-2 Bundle'],
  },
  {
    name: 'a request in a document',
    where: isEntry,
    breaks: (node) => {
      json(node).request = { method: 'PUT', url: 'Patient/1' };
    },
    gives: () => ['bdl-3 Bundle'],
  },
  {
    name: 'a response in a document',
    where: isEntry,
    breaks: (node) => {
      json(node).response = { status: '200' };
    },
    gives: () => ['bdl-4 Bundle'],
  },
  {
    name: 'a document without identifier',
    where: isDocument,
    breaks: (node) => remove(node, 'identifier'),
    gives: 'bdl-9',
  },
  {
    name: 'a document without time',
    where: isDocument,
    breaks: (node) => remove(node, 'timestamp'),
    gives: 'bdl-10',
  },
  {
    name: 'a fullUrl that is relative',
    where: (node) => isEntry(node) && node.index > 0 && !isReferredTo(node),
    breaks: (node) => {
      json(node).fullUrl = 'Patient/1';
    },
    gives: below('bundle-full-url', 'fullUrl'),
  },
  containing('a contained resource with a version', { meta: { versionId: '1' } }, ['dom-4 @']),
  containing(
    'a contained resource with a label',
    { meta: { security: [{ system: 'http://example.org', code: 'R' }] } },
    ['dom-5 @'],
  ),
  {
    name: 'an allergy neither active nor entered in error',
    where: (node) => has('AllergyIntolerance', 'clinicalStatus')(node) && isResource(node),
    breaks: (node) => remove(node, 'clinicalStatus', 'verificationStatus'),
    gives: 'ait-1',
  },
  {
    name: 'a section with nothing in it',
    where: (node) => node.type === 'Composition' && isResource(node),
    breaks: (node) => json(node).section.push({ title: 'x' }),
    gives: (node) => [`cmp-1 ${node.expression}.section[${node.named('section').length}]`],
  },
  {
    name: 'a section that is empty and is not',
    where: (node) => node.name === 'section' && json(node)?.entry !== undefined,
    breaks: (node) => {
      json(node).emptyReason = { text: 'x' };
    },
    gives: 'cmp-2',
  },
  {
    name: 'a value that is there and is said to be absent',
    where: (node) => has('Observation', 'valueQuantity')(node) && isResource(node),
    breaks: (node) => {
      json(node).dataAbsentReason = { text: 'x' };
    },
    gives: 'obs-6',
  },
  {
    name: 'a component with the code of its observation',
    where: (node) =>
      has('Observation', 'valueQuantity')(node) && Array.isArray(json(node).code.coding) && isResource(node),
    breaks: (node) => {
      json(node).component = [{ code: { coding: [json(node).code.coding[0]] }, valueString: 'x' }];
    },
    gives: 'obs-7',
  },
  {
    name: 'two values of one choice',
    where: (node) => has('Observation', 'valueQuantity')(node) && isResource(node),
    breaks: (node) => {
      json(node).valueBoolean = true;
    },
    gives: below('choice-one', 'value'),
  },
  {
    name: 'an answer with items beside it',
    where: (node) =>
      node.name === 'item' &&
      node.resource.type === 'QuestionnaireResponse' &&
      json(node.resource).questionnaire === undefined &&
      json(node)?.answer !== undefined,
    breaks: (node) => {
      json(node).item = [{ linkId: 'inner', text: 'x' }];
    },
    gives: 'qrs-1',
  },
  {
    name: 'an answer of two kinds',
    where: (node) => node.name === 'answer' && json(node)?.valueString !== undefined,
    breaks: (node) => {
      json(node).valueInteger = 7;
    },
    gives: below('choice-one', 'value'),
  },
  repeat('a duration without its unit', { duration: 1 }, 'tim-1'),
  repeat('a period without its unit', { period: 1 }, 'tim-2'),
  repeat('a duration less than nothing', { duration: -1, durationUnit: 'd' }, 'tim-4'),
  repeat('a period less than nothing', { period: -1, periodUnit: 'd' }, 'tim-5'),
  repeat('a longest period without a period', { periodMax: 1 }, 'tim-6'),
  repeat('a largest count without a count', { countMax: 1 }, 'tim-8'),
  repeat('an offset from nothing', { offset: 5 }, 'tim-9'),
  repeat('a time of day and an event', { timeOfDay: ['10:00:00'], when: ['HS'] }, 'tim-10'),
  {
    name: 'an unknown unit of time',
    where: (node) => node.name === 'timing' && node.type === 'Timing' && !isContained(node),
    breaks: (node) => set(node, { repeat: { period: 1, periodUnit: 'fortnight' } }),
    gives: below('binding', 'repeat.periodUnit'),
  },
  {
    name: 'an organisation without name',
    where: (node) => node.type === 'Organization' && isResource(node),
    breaks: (node) => remove(node, 'name', 'identifier', '_name'),
    gives: 'org-1',
  },
  {
    name: 'a contact of whom nothing is known',
    where: (node) => node.name === 'contact' && node.parent?.type === 'Patient',
    breaks: (node) => set(node, { relationship: [{ text: 'x' }] }),
    gives: 'pat-1',
  },
  {
    name: 'names and their extensions out of step',
    where: (node) => has('HumanName', 'given')(node) && json(node)._given === undefined,
    breaks: (node) => {
      json(node).given.push(null);
    },
    gives: (node) => [`null-padding ${node.expression}.given[${json(node).given.length}]`],
  },
  {
    name: 'a null',
    where: (node) => isSingle(node) && (node.element?.definition.min ?? 0) === 0,
    breaks: (node) => set(node, null),
    gives: 'json-type',
  },
  {
    name: 'a resource of no type',
    where: (node) =>
      isResource(node) &&
      node.parent?.name === 'entry' &&
      !isReferredTo(node.parent) &&
      (node.parent?.index ?? 0) > 0,
    breaks: (node) => remove(node, 'resourceType'),
    gives: 'resource-type',
  },
  {
    name: 'a resource of a type that is none',
    where: (node) =>
      isResource(node) &&
      node.parent?.name === 'entry' &&
      !isReferredTo(node.parent) &&
      (node.parent?.index ?? 0) > 0,
    breaks: (node) => {
      json(node).resourceType = 'Pateint';
    },
    gives: 'resource-type',
  },
];

/** Breaks that no validator of instances can see, each with the reason. */
export const BEYOND_REACH: readonly { readonly name: string; readonly reason: string }[] = [
  {
    name: 'a SNOMED CT code for another one that exists',
    reason: 'SNOMED CT is not loaded: that a code means something else than its display is not known',
  },
  {
    name: 'a value of another patient',
    reason: 'what is well formed and refers to the right Patient cannot be known to be of another',
  },
];

/** The errors that a break at this node must give. To be asked before the break. */
export function expectedOf({ gives }: Mutant, node: Node): readonly string[] {
  if (typeof gives !== 'string') return gives(node);
  const [rule = '', child] = gives.replace(/@$/, node.type).split('@');
  return [`${rule} ${node.expression}${child === undefined ? '' : `.${child}`}`];
}

/** A node picked by a seed among those that fit; undefined where none does. */
export function pick(root: Node, where: (node: Node) => boolean, seed: number): Node | undefined {
  const found: Node[] = [];
  const walk = (node: Node): void => {
    if (where(node)) found.push(node);
    for (const child of node.children) walk(child);
  };
  walk(root);
  // A multiplicative step: neighbouring seeds lie far apart.
  return found[(Math.imul(seed + 1, 2654435761) >>> 0) % found.length];
}

function mandatory(node: Node): Node | undefined {
  // What only the absence of the element itself follows from: no status that invariants or references hang on.
  return node.children.find(
    (child) =>
      child.element?.definition.min === 1 &&
      child.isPrimitive &&
      !['url', 'div', 'linkId'].includes(child.name),
  );
}

function snomed(node: Node): string {
  return json(node).system === 'http://snomed.info/sct' ? String(json(node).code) : '';
}

/** The first two different neighbours exchanged: the check digit finds every such slip. */
function exchanged(code: string): string | undefined {
  for (let place = 1; place < code.length - 2; place++) {
    const [left, right] = [code[place], code[place + 1]];
    if (left !== right) return code.slice(0, place) + right + left + code.slice(place + 2);
  }
  return undefined;
}

function rootOf(node: Node): Node {
  return node.parent === undefined ? node : rootOf(node.parent);
}

function isReferredTo(entry: Node): boolean {
  const text = JSON.stringify(rootOf(entry).value);
  return text.split(JSON.stringify(json(entry).fullUrl)).length > 2;
}

/** Without this reference its target might be out of the document's reach: then there is one issue more. */
function isOnlyLink(node: Node): boolean {
  const text = JSON.stringify(rootOf(node).value);
  return text.split(JSON.stringify(json(node).reference)).length <= 3;
}
