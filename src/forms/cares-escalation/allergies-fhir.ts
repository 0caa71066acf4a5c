/**
 * Allergies in FHIR, in three states that are never taken for each other: each entry an AllergyIntolerance; "none
 * known" one with SNOMED CT 716186003, unless an active entry says otherwise; "not recorded" an empty List that says
 * so. UK Core guidance on negation and on allergies without a record, https://simplifier.net/guide/uk-core-implementation-guide
 * https://hl7.org/fhir/R4/allergyintolerance.html
 */
import { narrative } from '../../fhir/narrative.js';
import { extensions, redbag, systems, ukCore } from '../../fhir/systems.js';
import { type Binding, derive, leaf, link, project, resource } from '../../mapping/binding.js';
import { below, isObject, type JsonObject, member } from '../../mapping/json.js';
import { allergyState, isActive } from './allergies.js';

const PROFILES = [redbag('StructureDefinition', 'RedBag-AllergyIntolerance'), ukCore('AllergyIntolerance')];
const CLINICAL = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
const PLACE = 'shared.allergies';
const SECTION = 'allergies';

const CLINICAL_WORDS = { active: 'Active', inactive: 'Inactive', resolved: 'Resolved' } as const;
const clinicalStatus = (code: keyof typeof CLINICAL_WORDS): JsonObject => ({
  coding: [{ system: CLINICAL, code, display: CLINICAL_WORDS[code] }],
});

/** What is ruled out is not active, whatever else is said of it. */
function statusOf(entry: JsonObject): keyof typeof CLINICAL_WORDS {
  if (isActive(entry)) return 'active';
  return entry['status'] === 'resolved' ? 'resolved' : 'inactive';
}

const entries: Binding = resource({
  from: `${PLACE}.entries`,
  type: 'AllergyIntolerance',
  section: SECTION,
  profiles: PROFILES,
  bindings: [
    derive('clinicalStatus', (entry) => clinicalStatus(statusOf(entry))),
    leaf('certainty', `verificationStatus.coding[system=${VERIFICATION}].code`),
    leaf('kind', 'type'),
    leaf('agent.code', `code.coding[system=${systems.snomed}].code`),
    leaf('agent.text', 'code.text'),
    link('patient', { role: 'patient' }),
    link('encounter', { role: 'transfer' }),
    link('recorder', { role: 'sender-practitioner-role' }),
    leaf('date', 'onsetDateTime'),
    // R4 wants a manifestation in every reaction, also where only its severity is known.
    derive('reaction[0].manifestation', (entry) =>
      entry['severity'] !== undefined && entry['reaction'] === undefined
        ? [{ extension: [{ url: extensions.dataAbsentReason, valueCode: 'unknown' }] }]
        : undefined,
    ),
    leaf('reaction', 'reaction[0].manifestation[0].text'),
    leaf('severity', 'reaction[0].severity'),
    leaf('comment', 'note[0].text'),
  ],
});

const noneKnown: Binding = project((data, { writer, pointer }) => {
  const allergies = member(data, PLACE);
  if (!isObject(allergies) || allergyState(allergies) !== 'none-known') return;
  const { resource: none } = writer.add('AllergyIntolerance', below(pointer, PLACE), {
    part: 'none-known',
    section: SECTION,
    profiles: PROFILES,
    content: {
      clinicalStatus: clinicalStatus('active'),
      verificationStatus: { coding: [{ system: VERIFICATION, code: 'confirmed', display: 'Confirmed' }] },
      code: {
        coding: [{ system: systems.snomed, code: '716186003', display: 'No known allergy' }],
        text: 'No known allergies',
      },
    },
  });
  writer.link(none, 'patient', { role: 'patient' });
  writer.link(none, 'encounter', { role: 'transfer' });
});

/** Why the list of allergies is empty, and the words for it. */
const EMPTY = {
  'not-recorded': {
    reason: {
      system: systems.ukCoreListEmptyReason,
      code: 'no-content-recorded',
      display: 'No Content Recorded',
    },
    note: 'Information not available',
    lead: 'Allergies: NOT RECORDED. Information not available.',
  },
  'known-not-listed': {
    reason: {
      system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason',
      code: 'unavailable',
      display: 'Unavailable',
    },
    note: 'Allergies are known but were not listed',
    lead: 'Allergies: KNOWN BUT NOT LISTED. Ask the home.',
  },
} as const;

const emptyList: Binding = project((data, { writer, pointer }) => {
  const allergies = member(data, PLACE);
  if (!isObject(allergies)) return;
  const state = allergyState(allergies);
  if (state !== 'not-recorded' && state !== 'known-not-listed') return;
  const { resource: list } = writer.add('List', below(pointer, PLACE), {
    part: 'empty',
    section: SECTION,
    profiles: [redbag('StructureDefinition', 'RedBag-EmptyAllergyList'), ukCore('List')],
    content: {
      status: 'current',
      text: narrative([], { lead: EMPTY[state].lead }),
      mode: 'snapshot',
      code: {
        coding: [
          { system: systems.snomed, code: '886921000000105', display: 'Allergies and adverse reactions' },
        ],
        text: 'Allergies and adverse reactions',
      },
      emptyReason: { coding: [EMPTY[state].reason], text: EMPTY[state].note },
      note: [{ text: EMPTY[state].note }],
    },
  });
  writer.link(list, 'subject', { role: 'patient' });
  writer.link(list, 'encounter', { role: 'transfer' });
});

export const allergyBindings: readonly Binding[] = [entries, noneKnown, emptyList];
