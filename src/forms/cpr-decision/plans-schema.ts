/**
 * Plans that stand beside the CPR decision: ReSPECT (elements of the NHS draft questionnaire), preferred places,
 * shared care plan (Universal Care Plan; Coordinate My Care until July 2022), other advance care plans.
 */
import { person } from '../common.js';
import {
  choice,
  day,
  formatted,
  group,
  line,
  many,
  optional,
  partialDate,
  text,
  yesNoUnknown,
} from '../elements.js';

export const respect = group(
  'ReSPECT',
  {
    version: optional(line('Version of the form')),
    summary: optional(text('Shared understanding of health and condition')),
    mostValue: optional(text('What I most value')),
    mostFear: optional(text('What I most fear')),
    priority: optional(
      choice('respect-priority', 'Priority of care', {
        'extend-life': 'Extending life',
        balance: 'Balance of extending life and comfort',
        comfort: 'Comfort',
      }),
    ),
    recommendations: optional(text('Recommendations for emergency care and treatment')),
    notRecommended: optional(
      many(
        'Limits of treatment',
        group('Limit', { treatment: line('Not recommended'), reason: optional(line('Why')) }),
        30,
      ),
    ),
    hadCapacity: optional(yesNoUnknown('Had capacity to take part')),
    capacityNote: optional(text('Capacity: how it was judged')),
    legalProxy: optional(yesNoUnknown('Legal welfare proxy in place')),
    otherPlanningDocuments: optional(text('Other planning documents and where they are')),
    involvement: optional(
      choice('respect-involvement', 'Involvement in making the plan', {
        'person-took-part': 'A: the person has capacity and took part',
        'person-lacks-capacity': 'B: the person lacks capacity; decided by law in best interests',
        'under-18': 'C: the person is under 18',
        'no-discussion': 'D: no shared decision-making yet, reason given',
      }),
    ),
    involvementNote: optional(text('Who took part; why not shared')),
    signedBy: optional(person('Signed by')),
    signedOn: optional(day('Signed on')),
    seniorClinician: optional(person('Senior responsible clinician')),
    reviewOn: optional(day('Review date', 'Not an expiry date.')),
    emergencyContacts: optional(text('Emergency contacts on the form')),
    originalLocation: optional(line('Where the original is')),
    originalTravelling: optional(yesNoUnknown('Original travels with the person')),
    scanAttachmentId: optional(formatted('attachment-id', 'Scan (attachment)')),
  },
  { description: "The CPR decision on the form stands in the paper's own status, with formType respect." },
);

const placeOfDeath = group('Preferred place of death', {
  place: choice('preferred-place-of-death', 'Kind of place', {
    'care-home': 'Care home',
    'nursing-home': 'Nursing home',
    'residential-home': 'Residential home',
    home: 'Home',
    'usual-place-of-residence': 'Usual place of residence',
    hospital: 'Hospital',
    'community-hospital': 'Community hospital',
    hospice: 'Hospice',
    'hospice-community-lodge': 'Hospice community lodge',
    'learning-disability-unit': 'Learning disability unit',
    'mental-health-unit': 'Mental health unit',
    'no-preference': 'No preference',
    undecided: 'Undecided',
    declined: 'Declined to say',
    'unable-to-express': 'Unable to express a preference',
    'discussion-not-appropriate': 'Discussion not appropriate',
  }),
  name: optional(line('Name of the place')),
  saidOn: optional(day('Said on')),
});

export const preferredPlaces = group('Preferred places', {
  ofCare: optional(line('Preferred place of care')),
  ofDeath: optional(many('Preferred place of death, first and second', placeOfDeath, 2)),
});

export const sharedPlan = group('Shared care plan', {
  held: yesNoUnknown('There is one'),
  system: optional(
    choice('shared-plan-system', 'Held in', {
      'universal-care-plan': 'Universal Care Plan (London)',
      'coordinate-my-care': 'Coordinate My Care (replaced July 2022)',
      other: 'Another system',
    }),
  ),
  reference: optional(line('Reference')),
  address: optional(formatted('uri', 'Address')),
  lookedAtOn: optional(day('Looked at on')),
  agreesWithPaper: optional(yesNoUnknown('Agrees with the paper')),
});

export const otherPlan = group('Other plan', {
  kind: choice('advance-plan-kind', 'Kind', {
    'advance-care-plan': 'Advance care plan',
    'treatment-escalation-plan': 'Treatment escalation plan',
    'emergency-health-care-plan': 'Emergency health care plan',
    'end-of-life-care-plan': 'End of life care plan',
    'end-of-life-coordination-summary': 'End of life care coordination summary',
  }),
  madeOn: optional(partialDate('Made on')),
  documentLocation: optional(line('Where the document is')),
  scanAttachmentId: optional(formatted('attachment-id', 'Scan (attachment)')),
});
