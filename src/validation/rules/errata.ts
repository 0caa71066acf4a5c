/**
 * What R4 published wrongly, each with what the specification's own words ask for; the reference validator corrects the
 * same. https://hl7.org/fhir/R4/fhirpath.html, https://hl7.org/fhir/R4/observation-vitalsigns.html
 */
import type { Binding } from '../definitions/model.js';

const BOUND =
  "(code = 'code') or (code = 'Coding') or (code='CodeableConcept') or (code = 'Quantity') or (code = 'string') or (code = 'uri')";

const ERRATA: ReadonlyMap<string, string> = new Map([
  // que-12: "more than one enableWhen" is two, not three.
  [
    'enableWhen.count() > 2 implies enableBehavior.exists()',
    'enableWhen.count() > 1 implies enableBehavior.exists()',
  ],
  // opd-3: a parameter that takes a resource may name its profiles too.
  [
    "targetProfile.exists() implies (type = 'Reference' or type = 'canonical')",
    "targetProfile.exists() implies (type = 'Reference' or type = 'canonical' or type.memberOf('http://hl7.org/fhir/ValueSet/resource-types'))",
  ],
  // eld-11: what is a Quantity may be bound as one.
  [
    `binding.empty() or type.code.empty() or type.select(${BOUND}).exists()`,
    `binding.empty() or type.code.empty() or type.code.where(contains(':')).exists() or type.select(${BOUND} or (code = 'Duration') or (code = 'Age')).exists()`,
  ],
  // eld-20: a closing bracket that stands alone is no valid regular expression.
  [
    "path.matches('[A-Za-z][A-Za-z0-9]*(\\\\.[a-z][A-Za-z0-9]*(\\\\[x])?)*')",
    "path.matches('^[A-Za-z][A-Za-z0-9]*(\\\\.[a-z][A-Za-z0-9]*(\\\\[x\\\\])?)*$')",
  ],
]);

/** Takes an expression as published; gives what it should be. */
export function corrected(expression: string): string {
  return ERRATA.get(expression) ?? expression;
}

/** The vital signs' units, which R4 binds every component of a vital sign to, whatever it measures. */
const VITAL_UNITS = 'http://hl7.org/fhir/ValueSet/ucum-vitals-common|4.0.1';

/** Takes a binding as published; gives the strength that it should have. */
export function correctedStrength({ strength, valueSet }: Binding): Binding['strength'] {
  return strength === 'required' && valueSet === VITAL_UNITS ? 'extensible' : strength;
}
