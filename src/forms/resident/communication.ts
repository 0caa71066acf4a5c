/**
 * Patient.communication, one way; the leaves themselves are answers to the form's Questionnaire.
 * https://hl7.org/fhir/R4/patient-definitions.html#Patient.communication
 */
import { systems } from '../../fhir/systems.js';
import type { Json, JsonObject } from '../../mapping/json.js';

/**
 * Languages of R4's "Common Languages" that the form has. The binding is only preferred, but the HL7 validator counts
 * a language outside it as an error.
 */
const COMMON: ReadonlySet<unknown> = new Set(
  'ar bn cs de el en es fr hi hr it ja ko nl pa pl pt ru sr te zh'.split(' '),
);

/**
 * Takes the `resident`; gives the languages when all of them can stand there, else nothing: a list without the one
 * that the person speaks best would be read as the whole.
 */
export function communication(resident: JsonObject): Json | undefined {
  const languages = (resident['languages'] ?? []) as readonly JsonObject[];
  if (languages.length === 0 || !languages.every((l) => COMMON.has(l['language']))) return undefined;
  return languages.map(({ language, name, preferred }) => ({
    language: {
      coding: [{ system: systems.bcp47, code: language }],
      ...(name === undefined ? {} : { text: name }),
    },
    ...(preferred === undefined ? {} : { preferred }),
  }));
}
