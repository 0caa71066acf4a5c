/**
 * The decision about cardiopulmonary resuscitation (CPR) and the plans around it: what is known, from which source,
 * and where the original is. This is information about a decision, never the decision itself.
 * Elements: NHS end of life data set, RCUK DNACPR form, NHS draft ReSPECT questionnaire; the four states, the
 * original's whereabouts and the sources kept side by side are our proposal (docs/forms.md).
 */
import { person, recorded } from '../common.js';
import {
  choice,
  day,
  formatted,
  group,
  line,
  many,
  optional,
  partialDate,
  type Static,
  text,
  yesNoUnknown,
} from '../elements.js';
import { otherPlan, preferredPlaces, respect, sharedPlan } from './plans-schema.js';

/** What every source says of the decision; the package's own and each other source have the same members. */
const decision = {
  status: choice('cpr-status', 'CPR status', {
    'not-for-cpr': 'Not for attempted CPR',
    'for-cpr': 'For attempted CPR',
    'no-decision-recorded': 'No CPR decision recorded',
    unknown: 'Unknown',
  }),
  source: optional(
    choice('cpr-source', 'Known from', {
      'original-form': 'Original form, seen',
      'copy-of-form': 'Copy of the form, seen',
      'universal-care-plan': 'Universal Care Plan or other shared record',
      'gp-record': 'GP record',
      'hospital-letter': 'Hospital letter or discharge summary',
      'care-record': "The home's own record",
      'word-of-mouth': 'Word of mouth',
    }),
  ),
  decidedOn: optional(day('Decided on')),
  decidedBy: optional(person('Decided by')),
  reasons: optional(
    many(
      'Reasons',
      choice('cpr-reason', 'Reason', {
        'unlikely-to-succeed': 'CPR is unlikely to succeed',
        'not-in-best-interests': 'CPR is not in the best interests of the person',
        'persons-wish': "The person's own wish",
        'advance-decision': 'An advance decision refuses it',
        other: 'Another reason',
      }),
      5,
    ),
  ),
  reasonText: optional(
    text('Reasons in words', 'Main clinical problems, and why CPR would not work or not be right.'),
  ),
  reviewOn: optional(day('Review date', 'Not an expiry date.')),
  formType: optional(
    choice('cpr-form-type', 'Form', {
      dnacpr: 'DNACPR form',
      respect: 'ReSPECT form',
      'treatment-escalation-plan': 'Treatment escalation plan',
      'electronic-record': 'Electronic record only',
      other: 'Another form',
      none: 'No form',
    }),
  ),
  formVersion: optional(line('Version of the form')),
  originalLocation: optional(line('Where the original is')),
  originalTravelling: optional(yesNoUnknown('Original travels with the person')),
  scanAttachmentId: optional(
    formatted('attachment-id', 'Scan of the form (attachment)', 'A copy, never the original.'),
  ),
};

const capacity = group('Capacity for this decision', {
  had: yesNoUnknown('Had capacity for this decision'),
  note: optional(text('Note')),
});

const involved = group('Person involved or informed', {
  name: line('Name'),
  relationship: optional(line('Relationship or role')),
  part: choice('cpr-involvement', 'Part', {
    involved: 'Involved in the decision',
    informed: 'Informed of it',
  }),
  on: optional(day('Date')),
});

const discussion = group('Who was involved and informed', {
  withPerson: optional(yesNoUnknown('Discussed with the person')),
  whyNotWithPerson: optional(text('Why not with the person')),
  withFamily: optional(yesNoUnknown('Discussed with family, attorney or carer')),
  whyNotWithFamily: optional(text('Why not with family')),
  personAware: optional(yesNoUnknown('The person knows of the decision')),
  familyInformed: optional(yesNoUnknown('Family informed')),
  carersInformed: optional(yesNoUnknown('Carers informed')),
  people: optional(many('People involved or informed', involved, 30)),
  team: optional(text('Health professionals involved')),
});

const advanceDecision = group('Advance decision to refuse treatment (ADRT)', {
  lifeSustaining: yesNoUnknown('Refuses life-sustaining treatment'),
  refuses: optional(text('What it refuses')),
  circumstances: optional(text('In which circumstances')),
  madeOn: optional(partialDate('Made on')),
  signed: optional(yesNoUnknown('Signed')),
  witnessed: optional(yesNoUnknown('Witnessed')),
  validityChecked: optional(yesNoUnknown('Validity and applicability checked')),
  documentLocation: optional(line('Where the original is')),
  originalTravelling: optional(yesNoUnknown('Original travels with the person')),
  scanAttachmentId: optional(formatted('attachment-id', 'Scan (attachment)')),
});

const attorney = group('Attorney for health and welfare', {
  appointed: yesNoUnknown('There is one'),
  name: optional(line('Name')),
  telephone: optional(line('Telephone')),
  mayDecideLifeSustaining: optional(yesNoUnknown('May decide on life-sustaining treatment')),
  consulted: optional(yesNoUnknown('Consulted on this decision')),
});

const advanceStatement = group('Advance statement of wishes', {
  statement: text('Statement'),
  madeOn: optional(partialDate('Made on')),
  documentLocation: optional(line('Where the document is')),
});

export const cprDecision = group('CPR decision', {
  ...decision,
  endorsedBy: optional(person('Endorsed by')),
  endorsedOn: optional(day('Endorsed on')),
  reviews: optional(
    many(
      'Reviews',
      group('Review', { on: day('Date'), by: optional(line('By')), outcome: optional(text('Outcome')) }),
      20,
    ),
  ),
  capacity: optional(capacity),
  discussion: optional(discussion),
  otherSources: optional(
    many('Other sources', group('Other source', { ...decision, note: optional(text('Note')) }), 10),
  ),
  respect: optional(respect),
  advanceDecision: optional(advanceDecision),
  attorney: optional(attorney),
  advanceStatement: optional(advanceStatement),
  preferredPlaces: optional(preferredPlaces),
  sharedPlan: optional(sharedPlan),
  otherPlans: optional(many('Other plans', otherPlan, 10)),
  recorded: optional(recorded),
});

export type CprDecision = Static<typeof cprDecision>;
/** What one source says: the package's own words, or another source's. */
export type Decision = Pick<CprDecision, keyof typeof decision>;
