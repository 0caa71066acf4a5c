/**
 * The CPR paper in FHIR: a Flag or Observation for each source, Consent for an advance decision to refuse treatment,
 * CarePlan for ReSPECT, Observation for the preferred place of death, DocumentReference for scans and other plans.
 */
import { redbag, systems, ukCore } from '../../fhir/systems.js';
import { type Binding, derive, each, fixed, leaf, link, resource, table } from '../../mapping/binding.js';
import type { Json, JsonObject } from '../../mapping/json.js';
import { practitioner, provenance } from '../common.js';
import type { FormSection } from '../form.js';
import { CPR_ONLY, INFORMATION_COPY, inConflict, isAgainst, missingOf, sources } from './decision.js';
import { conflictMarks, decisionBindings } from './decision-fhir.js';
import { ATTACHMENT_ID, scanDocument, scanElements } from './documents-fhir.js';

const snomed = (code: string, text: string): Json => ({ coding: [{ system: systems.snomed, code }], text });

const HAS_ADRT = snomed('816301000000100', 'Has advance decision to refuse treatment');
const HAS_ADRT_LIFE = snomed('816321000000109', 'Has advance decision to refuse life-sustaining treatment');
const ADVANCE_DIRECTIVE: Json = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/consentcategorycodes',
      code: 'acd',
      display: 'Advance Directive',
    },
  ],
};

const advanceDecision: Binding = resource({
  from: 'advanceDecision',
  type: 'Consent',
  section: 'advance',
  profiles: [redbag('StructureDefinition', 'RedBag-AdvanceDecision'), ukCore('Consent')],
  bindings: [
    fixed('status', 'active'),
    fixed('scope', {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/consentscope',
          code: 'adr',
          display: 'Advanced Care Directive',
        },
      ],
    }),
    derive('category', (adrt) => [
      adrt['lifeSustaining'] === 'yes' ? HAS_ADRT_LIFE : HAS_ADRT,
      ADVANCE_DIRECTIVE,
    ]),
    link('patient', { role: 'patient' }),
    leaf('madeOn', 'dateTime'),
    link('performer[+]', { role: 'patient' }),
    fixed('policyRule', { text: 'Mental Capacity Act 2005, sections 24 to 26' }),
    fixed('provision.type', 'deny'),
    leaf('refuses', 'provision.code[0].text'),
  ],
});

const respect: Binding = resource({
  from: 'respect',
  type: 'CarePlan',
  section: 'advance',
  profiles: [redbag('StructureDefinition', 'RedBag-ReSPECT'), ukCore('CarePlan')],
  bindings: [
    fixed('status', 'active'),
    fixed('intent', 'plan'),
    fixed('category', [
      {
        coding: [{ system: systems.snomed, code: '735324008', display: 'Treatment escalation plan' }],
        text: 'ReSPECT',
      },
    ]),
    fixed('title', `ReSPECT: emergency care and treatment – ${INFORMATION_COPY}`),
    link('subject', { role: 'patient' }),
    leaf('summary', 'description'),
    leaf('signedOn', 'created'),
    leaf('signedBy.name', 'author.display'),
    link('author', { type: 'Practitioner', from: 'signedBy' }),
    each('notRecommended', 'activity', [
      leaf('treatment', 'detail.description'),
      leaf('reason', 'detail.reasonCode[0].text'),
      fixed('detail.status', 'not-started'),
      fixed('detail.doNotPerform', true),
    ]),
    leaf('recommendations', 'note[0].text'),
    practitioner('signedBy'),
    practitioner('seniorClinician'),
  ],
});

const PLACES = table({
  'care-home': '710571000000101',
  'nursing-home': '89761000000106',
  'residential-home': '512071000000106',
  home: '110481000000108',
  'usual-place-of-residence': '819211000000102',
  hospital: '109401000000108',
  'community-hospital': '89751000000108',
  hospice: '108401000000102',
  'hospice-community-lodge': '931401000000103',
  'learning-disability-unit': '518741000000100',
  'mental-health-unit': '518771000000106',
  'no-preference': '1060941000000102',
  undecided: '517161000000101',
  declined: '766391000000108',
  'unable-to-express': '517111000000103',
  'discussion-not-appropriate': '517131000000106',
});

const placeOfDeath: Binding = resource({
  from: 'preferredPlaces.ofDeath',
  type: 'Observation',
  section: 'advance',
  profiles: [redbag('StructureDefinition', 'RedBag-PreferredPlaceOfDeath'), ukCore('Observation')],
  bindings: [
    fixed('status', 'final'),
    fixed('code', snomed('395091006', 'Preferred place of death')),
    link('subject', { role: 'patient' }),
    leaf('saidOn', 'effectiveDateTime'),
    leaf('place', `valueCodeableConcept.coding[system=${systems.snomed}].code`, { codec: PLACES }),
    leaf('name', 'valueCodeableConcept.text'),
  ],
});

const PLAN_TYPES = table({
  'advance-care-plan': '736366004',
  'treatment-escalation-plan': '735324008',
  'emergency-health-care-plan': '887701000000100',
  'end-of-life-care-plan': '736373009',
  'end-of-life-coordination-summary': '861421000000109',
});

const otherPlans: Binding = resource({
  from: 'otherPlans',
  type: 'DocumentReference',
  section: 'advance',
  profiles: [redbag('StructureDefinition', 'RedBag-ScannedForm'), ukCore('DocumentReference')],
  bindings: [
    leaf('scanAttachmentId', `identifier[system=${ATTACHMENT_ID}].value`),
    fixed('status', 'current'),
    leaf('kind', `type.coding[system=${systems.snomed}].code`, { codec: PLAN_TYPES }),
    link('subject', { role: 'patient' }),
    link('author[+]', { role: 'sender-organisation' }),
    link('custodian', { role: 'sender-organisation' }),
    fixed('description', `${INFORMATION_COPY} – look for the original.`),
    leaf('madeOn', 'content[0].attachment.creation'),
    fixed('content[0].attachment.title', INFORMATION_COPY),
    ...scanElements,
  ],
});

const RESPECT_FORM: Json = {
  coding: [{ system: systems.snomed, code: '1382601000000107', display: 'ReSPECT form' }],
  text: 'ReSPECT form',
};

export const cprDecisionBindings: readonly Binding[] = [
  ...decisionBindings(''),
  ...decisionBindings('otherSources'),
  conflictMarks,
  practitioner('endorsedBy'),
  respect,
  scanDocument('respect', () => RESPECT_FORM, 'advance'),
  advanceDecision,
  scanDocument('advanceDecision', () => ({ text: 'Advance decision to refuse treatment' }), 'advance'),
  placeOfDeath,
  otherPlans,
  practitioner('recorded.by'),
  provenance,
];

const heading = (code: string, display: string) => ({ system: systems.ukCoreHeadings, code, display });

/** In front of the section's text: that it is a copy, and what makes it doubtful. */
function copyWords(data: JsonObject): string {
  const missing = sources(data).flatMap(({ decision }) => missingOf(decision).map((m) => m.words));
  return [
    `${INFORMATION_COPY} – look for the original.`,
    ...(missing.length > 0 ? [`UNVERIFIED: ${[...new Set(missing)].join(', ')} not given.`] : []),
    ...(inConflict(data) ? ['SOURCES DISAGREE.'] : []),
    ...(isAgainst(data) ? [CPR_ONLY] : []),
  ].join(' ');
}

export const cprDecisionSections: readonly FormSection[] = [
  {
    key: 'cpr',
    title: 'CPR decision',
    codings: [],
    lead: copyWords,
  },
  {
    key: 'advance',
    title: 'Advance decisions and plans',
    codings: [heading('advance-decisions-about-treatment', 'Advance decisions about treatment')],
    tells: [
      'respect',
      'advanceDecision',
      'attorney',
      'advanceStatement',
      'preferredPlaces',
      'sharedPlan',
      'otherPlans',
    ],
    lead: `${INFORMATION_COPY} – look for the originals.`,
  },
];
