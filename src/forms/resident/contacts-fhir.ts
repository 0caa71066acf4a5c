/**
 * GP practice as Organization, personal contacts as RelatedPerson, professional contacts as PractitionerRole.
 * https://hl7.org/fhir/R4/relatedperson.html , https://hl7.org/fhir/R4/practitionerrole.html
 */
import { redbag, systems, ukCore } from '../../fhir/systems.js';
import {
  type Binding,
  derive,
  each,
  fixed,
  leaf,
  link,
  project,
  resource,
  table,
} from '../../mapping/binding.js';
import type { Json, JsonObject } from '../../mapping/json.js';
import { practitionerElements } from '../common.js';

const UK_RELATIONSHIP = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-AdditionalPersonRelationshipRole';

export const telephones: Binding = each('telephones', 'telecom[system=phone]', [
  leaf('number', 'value'),
  leaf('kind', 'use', { codec: table({ home: 'home', mobile: 'mobile', work: 'work' }) }),
]);

/** org-1 wants a name or an identifier; a practice that the resident is not registered with is not linked. */
const isPractice = (gp: JsonObject): boolean =>
  gp['state'] === 'registered' && (gp['name'] !== undefined || typeof gp['odsCode'] === 'string');

export const gpPracticeBinding: Binding = resource({
  from: 'gpPractice',
  type: 'Organization',
  role: 'gp-practice',
  section: 'gp-practice',
  profiles: [redbag('StructureDefinition', 'RedBag-GPPractice'), ukCore('Organization')],
  when: isPractice,
  bindings: [
    leaf('odsCode', `identifier[system=${systems.odsOrganisation}].value`),
    leaf('name', 'name'),
    leaf('address', 'address[0].text'),
    leaf('telephone', 'telecom[system=phone].value'),
  ],
});

const coded = (system: string, code: string, display: string): Json => ({
  coding: [{ system, code, display }],
});

/** What a contact is to the resident, besides the relationship in words. */
function roles(contact: JsonObject): Json[] {
  return [
    ...(contact['nextOfKin'] === true ? [coded(systems.contactRole, 'N', 'Next-of-Kin')] : []),
    ...(contact['emergencyContact'] === true ? [coded(systems.contactRole, 'C', 'Emergency Contact')] : []),
    ...(contact['mainCarer'] === true ? [coded(UK_RELATIONSHIP, 'Carer', 'Carer of patient')] : []),
    ...(contact['attorneyForHealth'] === true || contact['attorneyForProperty'] === true
      ? [coded(UK_RELATIONSHIP, 'Agent', 'Agent of patient')]
      : []),
  ];
}

const personalContacts: Binding = resource({
  from: 'personalContacts',
  type: 'RelatedPerson',
  section: 'personal-contacts',
  profiles: [redbag('StructureDefinition', 'RedBag-PersonalContact'), ukCore('RelatedPerson')],
  bindings: [
    // Not to be contacted: not for use by anyone who lists the active contacts of a patient.
    derive('active', (contact) => contact['doNotContact'] !== true),
    link('patient', { role: 'patient' }),
    leaf('name', 'name[0].text'),
    leaf('relationship', 'relationship[0].text'),
    project((contact, { resource: person }) => {
      const more = roles(contact);
      if (!person || more.length === 0) return;
      person['relationship'] = [...((person['relationship'] ?? []) as readonly Json[]), ...more];
    }),
    telephones,
    leaf('email', 'telecom[system=email].value'),
    leaf('address', 'address[0].text'),
  ],
});

const professionalContacts: readonly Binding[] = [
  resource({
    from: 'professionalContacts',
    type: 'Practitioner',
    section: false,
    profiles: [redbag('StructureDefinition', 'RedBag-Practitioner'), ukCore('Practitioner')],
    when: (contact) => contact['registration'] !== undefined,
    bindings: practitionerElements,
  }),
  resource({
    from: 'professionalContacts',
    type: 'PractitionerRole',
    section: 'professional-contacts',
    profiles: [redbag('StructureDefinition', 'RedBag-ProfessionalContact'), ukCore('PractitionerRole')],
    bindings: [
      leaf('name', 'practitioner.display'),
      link('practitioner', { type: 'Practitioner', from: '' }),
      leaf('role', 'code[0].text'),
      leaf('speciality', 'specialty[0].text'),
      leaf('organisation', 'organization.display'),
      leaf('telephone', 'telecom[system=phone].value'),
      leaf('email', 'telecom[system=email].value'),
    ],
  }),
];

/** An attorney or deputy, as the person who may act for the resident. */
export const attorneys: Binding = resource({
  from: 'legal.attorneys',
  type: 'RelatedPerson',
  section: 'legal',
  profiles: [redbag('StructureDefinition', 'RedBag-Attorney'), ukCore('RelatedPerson')],
  bindings: [
    fixed('active', true),
    link('patient', { role: 'patient' }),
    leaf('name', 'name[0].text'),
    leaf('telephone', 'telecom[system=phone].value'),
    fixed('relationship', [coded(UK_RELATIONSHIP, 'Agent', 'Agent of patient')]),
    leaf('kind', `relationship[0].coding[system=${redbag('CodeSystem', 'attorney-kind')}].code`),
  ],
});

export const contactBindings: readonly Binding[] = [
  gpPracticeBinding,
  personalContacts,
  ...professionalContacts,
];
