/**
 * The agreement to share as Consent (https://hl7.org/fhir/R4/consent.html), capacity assessments as Observation.
 * A refusal that is overridden stays a refusal with an exception: base provision deny, nested provision permit.
 */
import { redbag, systems, ukCore } from '../../fhir/systems.js';
import { type Binding, derive, fixed, leaf, link, resource, table } from '../../mapping/binding.js';
import type { Json, JsonObject } from '../../mapping/json.js';
import { practitioner } from '../common.js';
import { attorneys } from './contacts-fhir.js';
import { mayOverride } from './sharing.js';

const CONSENT_SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope';

const PURPOSES: Readonly<Record<string, Json>> = {
  emergency: { system: systems.actReason, code: 'ETREAT', display: 'Emergency Treatment' },
  'best-interests': { system: systems.actReason, code: 'TREAT', display: 'treatment' },
};

function exception(sharing: JsonObject): Json | undefined {
  if (!mayOverride(sharing)) return undefined;
  const purpose = PURPOSES[String(sharing['basis'])];
  return [{ type: 'permit', ...(purpose === undefined ? {} : { purpose: [purpose] }) }];
}

const sharing: Binding = resource({
  from: 'legal.sharing',
  type: 'Consent',
  role: 'sharing-consent',
  section: 'legal',
  profiles: [redbag('StructureDefinition', 'RedBag-SharingConsent'), ukCore('Consent')],
  bindings: [
    derive('status', (s) => (s['consent'] === 'not-asked' ? 'proposed' : 'active')),
    fixed('scope', {
      coding: [{ system: CONSENT_SCOPE, code: 'patient-privacy', display: 'Privacy Consent' }],
    }),
    fixed('category', [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
            code: 'INFA',
            display: 'information access',
          },
          { system: systems.snomed, code: '887031000000108', display: 'Consent for information sharing' },
        ],
      },
    ]),
    link('patient', { role: 'patient' }),
    link('organization[+]', { role: 'sender-organisation' }),
    leaf('decidedAt', 'dateTime'),
    leaf('decidedBy.name', 'performer[0].display'),
    link('performer[0]', { type: 'Practitioner', from: 'decidedBy' }),
    fixed('policyRule', { text: 'Common law duty of confidentiality; Mental Capacity Act 2005' }),
    leaf('consent', 'provision.type', {
      codec: table({ yes: 'permit', no: 'deny' }),
      when: (s) => s['consent'] !== 'not-asked',
    }),
    derive('provision.provision', exception),
  ],
});

const capacity: Binding = resource({
  from: 'legal.capacityAssessments',
  type: 'Observation',
  section: 'legal',
  profiles: [redbag('StructureDefinition', 'RedBag-CapacityAssessment'), ukCore('Observation')],
  bindings: [
    fixed('status', 'final'),
    fixed('code', { text: 'Mental capacity assessment' }),
    link('subject', { role: 'patient' }),
    leaf('on', 'effectiveDateTime'),
    leaf('outcome', `valueCodeableConcept.coding[system=${redbag('CodeSystem', 'capacity-outcome')}].code`),
    leaf('decision', 'valueCodeableConcept.text'),
    leaf('note', 'note[0].text'),
    leaf('assessedBy.name', 'performer[0].display'),
    link('performer[0]', { type: 'Practitioner', from: 'assessedBy' }),
    practitioner('assessedBy'),
  ],
});

export const legalBindings: readonly Binding[] = [
  sharing,
  practitioner('legal.sharing.decidedBy'),
  capacity,
  attorneys,
];
