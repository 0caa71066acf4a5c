/**
 * The resident as Patient, the home as Organization. UK Core Patient 2.6.1,
 * https://simplifier.net/hl7fhirukcorer4/ukcore-patient ; NHS number status: UKCore-NHSNumberVerificationStatusEngland.
 *
 * No extensions stand on the Patient itself: UK Core slices them by definitions that the HL7 validator cannot tell apart
 * (it refuses every one), so religion and interpreter are answers to the form's Questionnaire.
 */
import { extensions, redbag, systems, ukCore } from '../../fhir/systems.js';
import {
  type Binding,
  type Codec,
  derive,
  each,
  fixed,
  leaf,
  link,
  resource,
  table,
} from '../../mapping/binding.js';
import type { JsonObject } from '../../mapping/json.js';
import { practitioner, provenance } from '../common.js';
import type { FormSection } from '../form.js';
import { communication } from './communication.js';
import { contactBindings, telephones } from './contacts-fhir.js';
import { legalBindings } from './legal-fhir.js';
import { hasNhsNumber } from './names.js';
import { IDENTITY_NOT_VERIFIED, legalLines, sharingLines } from './page-one.js';

/** Spaces between the digits are for reading; the stored number has none, and the coverage report says so. */
const digits: Codec = { write: (v) => String(v).replaceAll(' ', ''), read: (v) => v };

const verification = table({
  verified: '01',
  'not-traced': '02',
  'trace-required': '03',
  'no-single-match': '04',
  conflict: '05',
  'trace-in-progress': '06',
  'not-present': '07',
  postponed: '08',
});

const NHS_NUMBER = `identifier[system=${systems.nhsNumber}]`;
const hasNumber = (resident: JsonObject): boolean => typeof resident['nhsNumber'] === 'string';

/** The address of a sensitive resident is withheld before mapping; the Patient says so instead of having none. */
const masked = (resident: JsonObject) =>
  resident['residence'] === undefined
    ? [{ use: 'home', extension: [{ url: extensions.dataAbsentReason, valueCode: 'masked' }] }]
    : undefined;

const patient: Binding = resource({
  from: '',
  type: 'Patient',
  role: 'patient',
  profiles: [redbag('StructureDefinition', 'RedBag-Patient'), ukCore('Patient')],
  bindings: [
    leaf('nhsNumber', `${NHS_NUMBER}.value`, { codec: digits }),
    leaf(
      'nhsNumberStatus',
      `${NHS_NUMBER}.extension[url=${extensions.nhsNumberVerification}].valueCodeableConcept.coding[system=${systems.nhsNumberVerification}].code`,
      { codec: verification, when: hasNumber },
    ),
    each('otherIdentifiers', 'identifier[use=secondary]', [
      leaf('issuer', 'type.text'),
      leaf('value', 'value'),
    ]),
    fixed('active', true),
    leaf('name.family', 'name[use=official].family'),
    leaf('name.given', 'name[use=official].given'),
    leaf('name.title', 'name[use=official].prefix[0]'),
    leaf('name.suffix', 'name[use=official].suffix[0]'),
    leaf('preferredName', 'name[use=nickname].text'),
    each('formerNames', 'name[use=old]', [leaf('name', 'text'), leaf('until', 'period.end')]),
    telephones,
    leaf('email', 'telecom[system=email].value'),
    leaf('gender', 'gender'),
    leaf('birthDate', 'birthDate'),
    leaf('residence.lines', 'address[use=home].line'),
    leaf('residence.postcode', 'address[use=home].postalCode'),
    derive('address', masked),
    derive('communication', communication),
    link('generalPractitioner[+]', { role: 'gp-practice' }),
    link('managingOrganization', { role: 'resident-home' }),
  ],
});

/** org-1 wants a name or an identifier. */
const isHome = (residence: JsonObject): boolean =>
  residence['kind'] === 'care-home' &&
  [residence['homeName'], residence['odsSiteCode'], residence['cqcLocationId']].some(
    (v) => typeof v === 'string',
  );

const home: Binding = resource({
  from: 'residence',
  type: 'Organization',
  role: 'resident-home',
  profiles: [redbag('StructureDefinition', 'RedBag-CareHome'), ukCore('Organization')],
  when: isHome,
  bindings: [
    leaf('odsSiteCode', `identifier[system=${systems.odsSite}].value`),
    leaf('cqcLocationId', `identifier[system=${systems.cqcLocation}].value`),
    leaf('homeName', 'name'),
    leaf('telephone', 'telecom[system=phone].value'),
  ],
});

const careAgency: Binding = resource({
  from: 'residence.careAgency',
  type: 'Organization',
  profiles: [redbag('StructureDefinition', 'RedBag-CareAgency'), ukCore('Organization')],
  bindings: [
    leaf('cqcLocationId', `identifier[system=${systems.cqcLocation}].value`),
    leaf('name', 'name'),
    leaf('telephone', 'telecom[system=phone].value'),
  ],
});

export const residentBindings: readonly Binding[] = [
  patient,
  home,
  careAgency,
  ...contactBindings,
  ...legalBindings,
  practitioner('recorded.by'),
  provenance,
];

const heading = (code: string, display: string) => ({ system: systems.ukCoreHeadings, code, display });
const snomed = (code: string, display: string) => ({ system: systems.snomed, code, display });

export const residentSections: readonly FormSection[] = [
  {
    key: 'demographics',
    title: 'Resident',
    lead: (resident) => (hasNhsNumber(resident) ? undefined : `${IDENTITY_NOT_VERIFIED}.`),
    codings: [
      heading('patient-demographics', 'Patient demographics'),
      snomed('886731000000109', 'Patient demographics'),
    ],
  },
  {
    key: 'gp-practice',
    title: 'GP practice',
    codings: [heading('gp-practice', 'GP practice'), snomed('886711000000101', 'GP practice')],
    tells: ['gpPractice'],
  },
  { key: 'personal-contacts', title: 'Personal contacts', codings: [], tells: ['personalContacts'] },
  {
    key: 'professional-contacts',
    title: 'Professional contacts',
    codings: [heading('professional-contacts', 'Professional contacts')],
    tells: ['professionalContacts'],
  },
  {
    key: 'legal',
    title: 'Legal information',
    codings: [
      heading('legal-information', 'Legal information'),
      snomed('886961000000102', 'Legal information'),
    ],
    tells: ['legal'],
    lead: (resident) => [...sharingLines(resident), ...legalLines(resident)].join('\n') || undefined,
  },
];
