/**
 * Legal information: agreement to share, capacity, attorneys and deputies, Deprivation of Liberty Safeguards, Mental
 * Health Act, advance decision. Elements of PRSB's "Legal information" (hospital referral v1.1, care home view);
 * basis and override of the sharing decision are ours (docs/forms.md).
 */
import { person } from '../common.js';
import {
  choice,
  day,
  group,
  line,
  many,
  moment,
  optional,
  partialDate,
  text,
  yesNoUnknown,
} from '../elements.js';

const documentLocation = optional(line('Where the document is'));

const sharing = group('Agreement to share this information', {
  consent: choice('consent-to-share', 'Agreed to sharing', {
    yes: 'Yes',
    no: 'No, refused',
    'not-asked': 'Not asked',
  }),
  basis: optional(
    choice(
      'consent-basis',
      'Basis of the decision to share',
      {
        resident: 'The resident agreed',
        'attorney-or-deputy': 'An attorney or deputy agreed',
        'best-interests': 'Best interests (lacks capacity to decide)',
        emergency: 'Emergency',
      },
      'Emergency or best interests, with decidedBy and overrideReason, let a bag travel without agreement.',
    ),
  ),
  decidedBy: optional(person('Decided by')),
  decidedAt: optional(moment('Decided at')),
  reasonNotGiven: optional(text('Reason for consent not given')),
  overrideReason: optional(text('Reason for sharing without agreement')),
  documentLocation,
});

const capacityAssessment = group('Mental capacity assessment', {
  decision: optional(text('Decision that it was about')),
  outcome: choice('capacity-outcome', 'Outcome', {
    'has-capacity': 'Has capacity for this decision',
    'lacks-capacity': 'Lacks capacity for this decision',
    fluctuating: 'Capacity fluctuates',
    'not-concluded': 'Not concluded',
  }),
  on: optional(day('Date')),
  assessedBy: optional(person('Assessed by')),
  note: optional(text('Note')),
  documentLocation,
});

const attorney = group('Attorney or deputy', {
  name: line('Name'),
  kind: choice('attorney-kind', 'Power', {
    'lpa-health-and-welfare': 'Lasting power of attorney, health and welfare',
    'lpa-property-and-affairs': 'Lasting power of attorney, property and affairs',
    'deputy-health-and-welfare': 'Court-appointed deputy, health and welfare',
    'deputy-property-and-affairs': 'Court-appointed deputy, property and affairs',
    'enduring-power': 'Enduring power of attorney (before October 2007)',
  }),
  telephone: optional(line('Telephone')),
  registered: optional(
    yesNoUnknown('Registered with the Office of the Public Guardian or ordered by the court'),
  ),
  mayRefuseLifeSustainingTreatment: optional(
    yesNoUnknown('Explicit power about life-sustaining treatment', 'A deputy never has it.'),
  ),
  documentSeen: optional(yesNoUnknown('Document seen by the home')),
  since: optional(partialDate('Since')),
  documentLocation,
});

const dols = group('Deprivation of Liberty Safeguards or equivalent', {
  status: choice('dols-status', 'Status', {
    requested: 'Requested',
    authorised: 'Authorised',
    'not-in-place': 'None in place',
    'not-known': 'Not known',
  }),
  appliedOn: optional(day('Applied on')),
  startsOn: optional(day('Starts on')),
  endsOn: optional(day('Ends on')),
  authority: optional(line('Supervisory body')),
  conditions: optional(text('Conditions')),
  documentLocation,
});

const mentalHealthAct = group('Mental Health Act status', {
  section: line('Section or order'),
  startsOn: optional(day('Starts on')),
  endsOn: optional(day('Ends on')),
  note: optional(text('Note')),
});

const advanceDecision = group(
  'Advance decision to refuse treatment',
  {
    held: yesNoUnknown('There is one'),
    madeOn: optional(partialDate('Made on')),
    documentLocation,
  },
  { description: 'Whether there is one. What it refuses stands in cprDecision.advanceDecision.' },
);

const treatmentConsent = group('Consent for treatment', {
  record: text('Consent for treatment record'),
  on: optional(day('Date')),
  documentLocation,
});

export const legal = group('Legal information', {
  sharing: optional(sharing),
  capacityAssessments: optional(many('Mental capacity assessments', capacityAssessment, 20)),
  attorneys: optional(many('Attorneys and deputies', attorney, 20)),
  dols: optional(dols),
  mentalHealthAct: optional(many('Mental Health Act', mentalHealthAct, 10)),
  advanceDecision: optional(advanceDecision),
  treatmentConsent: optional(treatmentConsent),
});
