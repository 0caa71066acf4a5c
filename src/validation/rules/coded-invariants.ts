/**
 * R4's invariants in plain code, where fhirpath would cost more than the rest of the validation.
 * https://hl7.org/fhir/R4/fhirpath.html#invariants
 *
 * Keyed by the expression itself, so a profile that changes an invariant under the same key gets its own
 * expression evaluated. A test holds each of these equal to fhirpath on the R4 examples and on mutants.
 */
import { isObject, type JsonObject, type Node } from '../plan/node.js';

type Coded = (value: JsonObject, node: Node) => boolean;

const UCUM = 'http://unitsofmeasure.org';

function has(value: JsonObject, name: string): boolean {
  return value[name] !== undefined || value[`_${name}`] !== undefined;
}

function hasChoice(value: JsonObject, name: string): boolean {
  for (const key in value) {
    const start = key.charCodeAt(0) === 95 ? 1 : 0;
    if (!key.startsWith(name, start)) continue;
    const next = key.charCodeAt(start + name.length);
    if (next >= 65 && next <= 90) return true;
  }
  return false;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function objects(value: unknown): readonly JsonObject[] {
  return list(value).filter(isObject);
}

function hasCoding(concept: unknown, system: string, codes: readonly string[]): boolean {
  return objects(concept).some((item) =>
    objects(item['coding']).some(
      (coding) => coding['system'] === system && codes.includes(coding['code'] as string),
    ),
  );
}

const ALLERGY_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
const CONDITION_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const CONDITION_CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const IN_ERROR = ['entered-in-error'];

function distinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

function entryHas(name: string, types: readonly string[]): Coded {
  return (bundle) => {
    const expected = types.includes(bundle['type'] as string);
    return list(bundle['entry']).every(
      (entry) => !isObject(entry) || (entry[name] !== undefined) === expected,
    );
  };
}

function firstIs(type: string, resourceType: string): Coded {
  return (bundle) =>
    bundle['type'] !== type ||
    (objects(bundle['entry'])[0]?.['resource'] as JsonObject | undefined)?.['resourceType'] === resourceType;
}

/** A moment as comparable numbers, as precise as it is written. */
function parts(text: string): number[] {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d))?)?)?$/.exec(
    text,
  );
  if (match === null) return [];
  if (match[7] === undefined)
    return match
      .slice(1, 4)
      .filter((part) => part !== undefined)
      .map(Number);
  const offset =
    match[7] === 'Z' ? 0 : Number(match[7].slice(0, 3)) * 60 + Number(match[7].charAt(0) + match[7].slice(4));
  const minutes = Date.UTC(
    Number(match[1]),
    Number(match[2]) - 1,
    Number(match[3]),
    Number(match[4]),
    Number(match[5]),
  );
  const moment = new Date(minutes - offset * 60_000);
  return [
    moment.getUTCFullYear(),
    moment.getUTCMonth() + 1,
    moment.getUTCDate(),
    moment.getUTCHours(),
    moment.getUTCMinutes(),
    Number(match[6]),
  ];
}

/** FHIRPath's `<=` on dates: undefined when the precision does not allow to tell. */
function notAfter(left: string, right: string): boolean | undefined {
  const [a, b] = [parts(left), parts(right)];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference < 0;
  }
  return a.length === b.length && a.length > 0 ? true : undefined;
}

/** dom-6 is not asked of contained resources: their container's narrative speaks for them. */
function isContained(node: Node): boolean {
  return node.resource !== node.container;
}

/** Every reference, canonical, uri and url of a resource that names a contained one. */
function fragments(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) fragments(item, found);
  else if (isObject(value)) for (const key in value) fragments(value[key], found);
  else if (typeof value === 'string' && value.charCodeAt(0) === 35) found.add(value);
}

function refersToContainer(contained: JsonObject): boolean {
  const found = new Set<string>();
  fragments(contained, found);
  return found.has('#');
}

/** dom-3: each contained resource is referred to, or refers to its container. */
function allContainedUsed(resource: JsonObject): boolean {
  if (resource['contained'] === undefined) return true;
  const contained = objects(resource['contained']);
  const found = new Set<string>();
  fragments(resource, found);
  return contained.every((inner) => found.has(`#${String(inner['id'])}`) || refersToContainer(inner));
}

function containedMeta(name: string): Coded {
  return (resource) =>
    resource['contained'] === undefined ||
    objects(resource['contained']).every((inner) => {
      const meta = inner['meta'];
      return !isObject(meta) || !has(meta, name);
    });
}

/** Made once for a container: one that holds ten thousand resources is asked by ten thousand references. */
function containedIds({ container }: Node): Set<unknown> {
  return container.remember(
    containedIds,
    () => new Set(objects((container.value as JsonObject)['contained']).map((inner) => inner['id'])),
  );
}

const timing =
  (given: string, needed: string): Coded =>
  (value) =>
    !has(value, given) || has(value, needed);
const either =
  (...names: string[]): Coded =>
  (value) =>
    names.some((name) => has(value, name));
const notBoth =
  (left: string, right: string): Coded =>
  (value) =>
    !has(value, left) || !has(value, right);
const notNegative =
  (name: string): Coded =>
  (value) =>
    !has(value, name) || (value[name] as number) >= 0;

/** ppc-2 to ppc-5. Their literal `something` is the specification's own slip: they never fire on real data. */
const consentScope = (code: string): [string, Coded] => [
  `patient.exists() or scope.coding.where(system='something' and code='${code}').exists().not()`,
  (value) => has(value, 'patient') || !hasCoding(value['scope'], 'something', [code]),
];

/** expression → its meaning in code. */
export const CODED: ReadonlyMap<string, Coded> = new Map<string, Coded>([
  [
    'contained.contained.empty()',
    (value) =>
      value['contained'] === undefined ||
      objects(value['contained']).every((inner) => !has(inner, 'contained')),
  ],
  [
    "contained.where((('#'+id in (%resource.descendants().reference | %resource.descendants().as(canonical) | %resource.descendants().as(uri) | %resource.descendants().as(url))) or descendants().where(reference = '#').exists() or descendants().where(as(canonical) = '#').exists() or descendants().where(as(canonical) = '#').exists()).not()).trace('unmatched', id).empty()",
    allContainedUsed,
  ],
  [
    'contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()',
    (value, node) => containedMeta('versionId')(value, node) && containedMeta('lastUpdated')(value, node),
  ],
  ['contained.meta.security.empty()', containedMeta('security')],
  [
    'text.`div`.exists()',
    (value, node) => isContained(node) || (isObject(value['text']) && has(value['text'], 'div')),
  ],
  ['extension.exists() != value.exists()', (value) => has(value, 'extension') !== hasChoice(value, 'value')],
  [
    "total.empty() or (type = 'searchset') or (type = 'history')",
    (value) => !has(value, 'total') || value['type'] === 'searchset' || value['type'] === 'history',
  ],
  [
    "entry.search.empty() or (type = 'searchset')",
    (value) =>
      value['type'] === 'searchset' || objects(value['entry']).every((entry) => !has(entry, 'search')),
  ],
  [
    "entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' or %resource.type = 'history'))",
    entryHas('request', ['batch', 'transaction', 'history']),
  ],
  [
    "entry.all(response.exists() = (%resource.type = 'batch-response' or %resource.type = 'transaction-response' or %resource.type = 'history'))",
    entryHas('response', ['batch-response', 'transaction-response', 'history']),
  ],
  [
    "(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()",
    (value) =>
      value['type'] === 'history' ||
      distinct(
        objects(value['entry'])
          .filter((entry) => has(entry, 'fullUrl'))
          .map((entry) => {
            const meta = isObject(entry['resource']) ? entry['resource']['meta'] : undefined;
            return `${String(entry['fullUrl'] ?? '')}${isObject(meta) ? String(meta['versionId'] ?? '') : ''}`;
          }),
      ),
  ],
  [
    "type = 'document' implies (identifier.system.exists() and identifier.value.exists())",
    (value) =>
      value['type'] !== 'document' ||
      (isObject(value['identifier']) &&
        has(value['identifier'], 'system') &&
        has(value['identifier'], 'value')),
  ],
  [
    "type = 'document' implies (timestamp.hasValue())",
    (value) => value['type'] !== 'document' || value['timestamp'] !== undefined,
  ],
  ["type = 'document' implies entry.first().resource.is(Composition)", firstIs('document', 'Composition')],
  ["type = 'message' implies entry.first().resource.is(MessageHeader)", firstIs('message', 'MessageHeader')],
  ['resource.exists() or request.exists() or response.exists()', either('resource', 'request', 'response')],
  [
    "fullUrl.contains('/_history/').not()",
    (value) => typeof value['fullUrl'] !== 'string' || !value['fullUrl'].includes('/_history/'),
  ],
  [
    "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))",
    (value, node) => {
      const reference = value['reference'];
      if (typeof reference !== 'string' || !reference.startsWith('#')) return true;
      if (reference === '#') return node.resource !== node.container;
      return containedIds(node).has(reference.slice(1));
    },
  ],
  [
    'start.hasValue().not() or end.hasValue().not() or (start <= end)',
    (value) =>
      typeof value['start'] !== 'string' ||
      typeof value['end'] !== 'string' ||
      notAfter(value['start'], value['end']) === true,
  ],
  ['code.empty() or system.exists()', timing('code', 'system')],
  ['data.empty() or contentType.exists()', timing('data', 'contentType')],
  ['value.empty() or system.exists()', timing('value', 'system')],
  ['text.exists() or entry.exists() or section.exists()', either('text', 'entry', 'section')],
  ['emptyReason.empty() or entry.empty()', notBoth('emptyReason', 'entry')],
  ['low.exists() or high.exists() or text.exists()', either('low', 'high', 'text')],
  [
    'dataAbsentReason.empty() or value.empty()',
    (value) => !has(value, 'dataAbsentReason') || !hasChoice(value, 'value'),
  ],
  [
    'value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()',
    (value) => !hasChoice(value, 'value') || !sharesCoding(value),
  ],
  [
    `verificationStatus.coding.where(system = '${ALLERGY_VERIFICATION}' and code = 'entered-in-error').exists() or clinicalStatus.exists()`,
    (value) =>
      has(value, 'clinicalStatus') || hasCoding(value['verificationStatus'], ALLERGY_VERIFICATION, IN_ERROR),
  ],
  [
    `verificationStatus.coding.where(system = '${ALLERGY_VERIFICATION}' and code = 'entered-in-error').empty() or clinicalStatus.empty()`,
    (value) =>
      !has(value, 'clinicalStatus') ||
      !hasCoding(value['verificationStatus'], ALLERGY_VERIFICATION, IN_ERROR),
  ],
  [
    `clinicalStatus.exists() or verificationStatus.coding.where(system='${CONDITION_VERIFICATION}' and code = 'entered-in-error').exists() or category.select($this='problem-list-item').empty()`,
    (value) =>
      has(value, 'clinicalStatus') ||
      hasCoding(value['verificationStatus'], CONDITION_VERIFICATION, IN_ERROR) ||
      list(value['category']).length === 0,
  ],
  [
    `abatement.empty() or clinicalStatus.coding.where(system='${CONDITION_CLINICAL}' and (code='resolved' or code='remission' or code='inactive')).exists()`,
    (value) =>
      !hasChoice(value, 'abatement') ||
      hasCoding(value['clinicalStatus'], CONDITION_CLINICAL, ['resolved', 'remission', 'inactive']),
  ],
  [
    `verificationStatus.coding.where(system='${CONDITION_VERIFICATION}' and code='entered-in-error').empty() or clinicalStatus.empty()`,
    (value) =>
      !has(value, 'clinicalStatus') ||
      !hasCoding(value['verificationStatus'], CONDITION_VERIFICATION, IN_ERROR),
  ],
  ['summary.exists() or assessment.exists()', either('summary', 'assessment')],
  ['code.exists() or detail.exists()', either('code', 'detail')],
  ['policy.exists() or policyRule.exists()', either('policy', 'policyRule')],
  consentScope('patient-privacy'),
  consentScope('research'),
  consentScope('adr'),
  consentScope('treatment'),
  ['(identifier.count() + name.count()) > 0', either('identifier', 'name')],
  ["where(use = 'home').empty()", (value) => value['use'] !== 'home'],
  [
    'name.exists() or telecom.exists() or address.exists() or organization.exists()',
    either('name', 'telecom', 'address', 'organization'),
  ],
  ['detail.empty() or reference.empty()', notBoth('detail', 'reference')],
  ['dose.exists() or rate.exists()', (value) => has(value, 'dose') || hasChoice(value, 'rate')],
  ['(answer.exists() and item.exists()).not()', notBoth('answer', 'item')],
  ['orderDetail.empty() or code.exists()', timing('orderDetail', 'code')],
  [
    "mode = 'changes' or entry.deleted.empty()",
    (value) =>
      value['mode'] === 'changes' || objects(value['entry']).every((entry) => !has(entry, 'deleted')),
  ],
  [
    "mode = 'working' or entry.date.empty()",
    (value) => value['mode'] === 'working' || objects(value['entry']).every((entry) => !has(entry, 'date')),
  ],
  ['name.empty() or query.empty()', notBoth('name', 'query')],
  ['duration.empty() or durationUnit.exists()', timing('duration', 'durationUnit')],
  ['period.empty() or periodUnit.exists()', timing('period', 'periodUnit')],
  ['duration.exists() implies duration >= 0', notNegative('duration')],
  ['period.exists() implies period >= 0', notNegative('period')],
  ['periodMax.empty() or period.exists()', timing('periodMax', 'period')],
  ['durationMax.empty() or duration.exists()', timing('durationMax', 'duration')],
  ['countMax.empty() or count.exists()', timing('countMax', 'count')],
  [
    "offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))",
    (value) =>
      !has(value, 'offset') ||
      (list(value['when']).length === 1 &&
        !['C', 'CM', 'CD', 'CV'].includes(list(value['when'])[0] as string)),
  ],
  ['timeOfDay.empty() or when.empty()', notBoth('timeOfDay', 'when')],
  [
    'code.exists() implies ((system = %ucum) and value.exists())',
    (value) => !has(value, 'code') || (value['system'] === UCUM && has(value, 'value')),
  ],
  [
    "operator = 'exists' implies (answer is Boolean)",
    (value) => value['operator'] !== 'exists' || has(value, 'answerBoolean'),
  ],
  [
    'probability is decimal implies (probability as decimal) <= 100',
    (value) => typeof value['probabilityDecimal'] !== 'number' || value['probabilityDecimal'] <= 100,
  ],
  ['comparator.empty()', (value) => !has(value, 'comparator')],
  ['concept.code.combine($this.descendants().concept.code).isDistinct()', hasDistinctConcepts],
]);

/** csd-1: no two concepts have one code, wherever in the resource they stand. */
function hasDistinctConcepts(system: JsonObject): boolean {
  const seen = new Set<unknown>();
  const queue: unknown[] = [system];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    if (!Array.isArray(at)) {
      for (const { code } of objects((at as JsonObject)['concept'])) {
        if (code !== undefined && seen.has(code)) return false;
        seen.add(code);
      }
    }
    for (const inner of Object.values(at)) if (typeof inner === 'object') queue.push(inner);
  }
  return true;
}

/** fhirpath.js cannot compile the escapes of these two regular expressions; the keys say which they are. */
const PATH_PARTS =
  /^[^\s.,:;'"/|?!@#$%&*()[\]{}]{1,64}(\.[^\s.,:;'"/|?!@#$%&*()[\]{}]{1,64}(\[x\])?(:[^\s.]+)?)*$/;
const SLICE_NAME = /^[a-zA-Z0-9/\-_[\]@]+$/;

/** key → its meaning, for invariants whose expression fhirpath.js refuses. */
export const CODED_BY_KEY: ReadonlyMap<string, Coded> = new Map<string, Coded>([
  ['eld-19', (value) => typeof value['path'] === 'string' && PATH_PARTS.test(value['path'])],
  ['eld-16', (value) => typeof value['sliceName'] !== 'string' || SLICE_NAME.test(value['sliceName'])],
]);

function sharesCoding(observation: JsonObject): boolean {
  if (observation['component'] === undefined) return false;
  const own = codings(observation['code']);
  return objects(observation['component']).some((component) =>
    codings(component['code']).some((coding) => own.some((other) => isSameCoding(coding, other))),
  );
}

function codings(concept: unknown): JsonObject[] {
  return objects(concept).flatMap((item) => objects(item['coding']));
}

/** FHIRPath equality of Codings compares all their members. */
function isSameCoding(left: JsonObject, right: JsonObject): boolean {
  return left['code'] === right['code'] && said(left) === said(right);
}

function said(coding: JsonObject): string {
  return JSON.stringify(Object.entries(coding).sort(([left], [right]) => (left < right ? -1 : 1)));
}
