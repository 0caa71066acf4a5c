/** The two ways of naming a place in JSON: RFC 6901 pointers and FHIRPath's simple paths. */
import { isObject } from '../mapping/json.js';

/** `/mar/medicines/4/name` → `mar.medicines[4].name`. */
export function expressionOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((name, i) => (/^\d+$/.test(name) ? `[${name}]` : `${i === 0 ? '' : '.'}${unescaped(name)}`))
    .join('');
}

const unescaped = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~');
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * The pointer of a validator's expression in the resource that it judged: `Patient.name[0].family` → `/name/0/family`,
 * `Observation.value` → `/valueQuantity`, what hangs on a primitive → `/_birthDate/extension/0`. As far as it can be
 * followed; an element that is not there ends the pointer with its own name.
 */
export function pointerOf(expression: string, resource: unknown): string {
  const steps = [...expression.matchAll(/\.([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]/g)];
  let at: unknown = resource;
  let pointer = '';
  let [holder, last]: [unknown, string] = [undefined, ''];
  for (const [, name, index] of steps) {
    if (name !== undefined) {
      if (!isObject(at) && isObject(holder) && isObject(holder[`_${last}`])) {
        at = holder[`_${last}`];
        pointer = pointer.replace(/[^/]*$/, escaped(`_${last}`));
      }
      const key = isObject(at) ? keyOf(at, name) : name;
      [holder, last] = [at, key];
      at = isObject(at) ? at[key] : undefined;
      pointer += `/${escaped(key)}`;
    } else if (Array.isArray(at) || at === undefined) {
      at = Array.isArray(at) ? at[Number(index)] : undefined;
      pointer += `/${index}`;
    }
  }
  return pointer;
}

/** https://hl7.org/fhir/R4/datatypes.html#open */
const TYPES =
  /^(Base64Binary|Boolean|Canonical|Code|Date|DateTime|Decimal|Id|Instant|Integer|Markdown|Oid|PositiveInt|String|Time|UnsignedInt|Uri|Url|Uuid|Address|Age|Annotation|Attachment|CodeableConcept|Coding|ContactPoint|Count|Distance|Duration|HumanName|Identifier|Money|Period|Quantity|Range|Ratio|Reference|SampledData|Signature|Timing|ContactDetail|Contributor|DataRequirement|Expression|ParameterDefinition|RelatedArtifact|TriggerDefinition|UsageContext|Dosage|Meta)$/;

/** The JSON name of an element: a choice carries its type in its name. */
function keyOf(object: Readonly<Record<string, unknown>>, name: string): string {
  if (Object.hasOwn(object, name)) return name;
  const typed = Object.keys(object).find((key) => key.startsWith(name) && TYPES.test(key.slice(name.length)));
  return typed ?? name;
}
