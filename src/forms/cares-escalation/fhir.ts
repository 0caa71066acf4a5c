/**
 * CARES in FHIR: the reason as Condition, the three times, readings and scores as Observations, allergies in three
 * states, calls and who was told as Communications, what was done as Procedure, infection risk as Flag.
 * https://hl7.org/fhir/R4/condition.html, https://hl7.org/fhir/R4/communication.html
 */
import { narrative } from '../../fhir/narrative.js';
import { redbag, systems, ukCore } from '../../fhir/systems.js';
import { type Binding, derive, fixed, leaf, link, project, resource } from '../../mapping/binding.js';
import { member } from '../../mapping/json.js';
import { practitioner, provenance } from '../common.js';
import type { Form, FormSection } from '../form.js';
import { infectionFlag } from '../infection.js';
import { measurement, OBSERVATION_PROFILES, observed } from '../observation.js';
import { allergyBindings } from './allergies-fhir.js';
import { LABELS } from './labels.js';
import { news2Scores } from './news2-fhir.js';
import { observationBindings } from './observations-fhir.js';
import { timeLine } from './page-one.js';

const UK_CONDITION_CATEGORY = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-ConditionCategory';

const reason: Binding = resource({
  from: 'concerns',
  type: 'Condition',
  role: 'reason',
  section: 'concerns',
  profiles: [redbag('StructureDefinition', 'RedBag-Condition'), ukCore('Condition')],
  bindings: [
    fixed('clinicalStatus', {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
          code: 'active',
          display: 'Active',
        },
      ],
    }),
    fixed('category', [
      {
        coding: [
          { system: UK_CONDITION_CATEGORY, code: 'presenting-complaint', display: 'Presenting Complaint' },
        ],
      },
    ]),
    leaf('reason', 'code.text'),
    link('subject', { role: 'patient' }),
    link('encounter', { role: 'transfer' }),
    leaf('symptoms', 'note[0].text'),
  ],
});

/** The transfer says why in its own words, and points to the Condition. */
const reasonOfTransfer: Binding = project((data, { writer }) => {
  const encounter = writer.role('transfer')?.resource;
  const words = member(data, 'concerns.reason');
  if (!encounter) return;
  if (typeof words === 'string') encounter['reasonCode'] = [{ text: words }];
  writer.link(encounter, 'reasonReference[+]', { role: 'reason' });
});

/** A time that is known, or said not to be. No verified code was found for any of the three. */
const knownTime = (from: string, text: string): Binding =>
  resource({
    from,
    type: 'Observation',
    section: 'concerns',
    profiles: OBSERVATION_PROFILES,
    bindings: [
      ...observed('exam'),
      fixed('code', { text }),
      leaf('at', 'valueDateTime'),
      derive('dataAbsentReason', (data) =>
        typeof data['at'] === 'string'
          ? undefined
          : {
              coding: [
                data['known'] === 'not-known'
                  ? { system: systems.dataAbsentReason, code: 'asked-unknown', display: 'Asked But Unknown' }
                  : { system: systems.dataAbsentReason, code: 'unknown', display: 'Unknown' },
              ],
            },
      ),
      leaf('note', 'note[0].text'),
      // Read alone, it must say "not known" too.
      derive('text', (data) => narrative([], { lead: timeLine(text, data) })),
    ],
  });

const inr: Binding = measurement({
  from: 'concerns.anticoagulant.inr',
  section: 'concerns',
  category: 'laboratory',
  value: 'value',
  at: 'date',
  text: 'INR',
  ucum: '1',
});

const action: Binding = resource({
  from: 'action',
  type: 'Procedure',
  section: 'action',
  profiles: [redbag('StructureDefinition', 'RedBag-Action'), ukCore('Procedure')],
  when: (data) => data['what'] !== undefined,
  bindings: [
    fixed('status', 'completed'),
    fixed('code', { text: 'Action taken by the care home before the transfer' }),
    link('subject', { role: 'patient' }),
    link('encounter', { role: 'transfer' }),
    leaf('what', 'note[0].text'),
  ],
});

const COMMUNICATION = [redbag('StructureDefinition', 'RedBag-Communication'), ukCore('Communication')];

const communication: readonly Binding[] = [
  link('subject', { role: 'patient' }),
  link('encounter', { role: 'transfer' }),
  leaf('at', 'sent'),
];

const called: Binding = resource({
  from: 'action.called',
  type: 'Communication',
  section: 'action',
  profiles: COMMUNICATION,
  bindings: [
    fixed('status', 'completed'),
    ...communication,
    leaf('who', `category[0].coding[system=${redbag('CodeSystem', 'called-for-help')}].code`),
    derive(
      'category[0].text',
      (call) => `Call for help: ${LABELS.called[call['who'] as keyof typeof LABELS.called]}`,
    ),
    leaf('name', 'recipient[0].display'),
    leaf('reference', `identifier[system=${redbag('Id', 'call-reference')}].value`),
    leaf('advice', 'note[0].text'),
  ],
});

const told: Binding = resource({
  from: 'shared.told',
  type: 'Communication',
  section: 'shared',
  profiles: COMMUNICATION,
  bindings: [
    // A call that nobody answered told nobody.
    derive('status', (t) => (t['outcome'] === 'not-reached' ? 'not-done' : 'completed')),
    ...communication,
    fixed('category', [{ text: 'Told of the transfer' }]),
    leaf('name', 'recipient[0].display'),
    leaf('note', 'note[0].text'),
  ],
});

export const caresBindings: readonly Binding[] = [
  reason,
  reasonOfTransfer,
  knownTime('concerns.lastSeenWell', 'Last seen well'),
  knownTime('concerns.found', 'Found'),
  knownTime('concerns.onset', 'Onset'),
  inr,
  action,
  called,
  ...observationBindings,
  news2Scores,
  ...allergyBindings,
  infectionFlag('shared.infection', 'shared'),
  told,
  practitioner('recorded.by'),
  provenance,
];

const slug = (code: string, display: string) => ({ system: systems.ukCoreHeadings, code, display });
const heading = (code: string, display: string) => ({ system: systems.snomed, code, display });

const sections: readonly FormSection[] = [
  {
    key: 'concerns',
    title: 'Concerns: reason for transfer',
    codings: [
      slug('presenting-complaints-or-issues', 'Presenting complaints or issues'),
      heading('886891000000102', 'Presenting complaints or issues'),
    ],
  },
  {
    key: 'allergies',
    title: 'Allergies and adverse reactions',
    codings: [
      slug('allergies-and-adverse-reaction', 'Allergies and adverse reaction'),
      heading('886921000000105', 'Allergies and adverse reactions'),
    ],
    tells: ['shared.allergies'],
  },
  {
    key: 'action',
    title: 'Action and response',
    codings: [
      slug('treatments-and-interventions', 'Treatments and interventions'),
      heading('1077891000000107', 'Treatments and interventions'),
    ],
    tells: ['action', 'response'],
  },
  {
    key: 'observations',
    title: 'Examination and observations',
    codings: [slug('observations', 'Observations'), heading('1102421000000108', 'Observations')],
    tells: ['examination'],
  },
  {
    key: 'shared',
    title: 'Shared information',
    codings: [slug('handover-details', 'Handover details')],
    tells: [
      'shared.infection',
      'shared.told',
      'shared.documents',
      'shared.canReturnTonight',
      'shared.completedBy',
    ],
  },
];

export const caresSections: Form['sections'] = sections;
