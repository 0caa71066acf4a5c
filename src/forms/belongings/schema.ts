/**
 * The checklist of belongings and documents, the bag itself and its handovers. The layout of Sutton's checklist was
 * not to be had; the elements follow the published pathway rules, and the JSON is our proposal (docs/forms.md).
 */
import { recorded } from '../common.js';
import {
  choice,
  group,
  line,
  many,
  moment,
  optional,
  partialDate,
  type Static,
  text,
  whole,
  yesNo,
} from '../elements.js';

/** An item as somebody found it. */
export const belongingState = (title: string) =>
  group(title, {
    state: choice('belonging-state', 'State', {
      present: 'Present',
      missing: 'Missing',
      damaged: 'Damaged',
      replaced: 'Replaced',
    }),
    checkedBy: optional(line('Checked by')),
    at: optional(moment('Checked at')),
  });

/** Which paper lies in the bag, and whether it is the one that counts: some rules honour the original only. */
const paper = group('Paper', {
  kind: choice('bag-paper', 'Which', {
    'cpr-form': 'CPR decision form',
    'advance-care-plan': 'Advance care plan',
    'advance-decision': 'Advance decision to refuse treatment',
    'power-of-attorney': 'Lasting power of attorney',
    'this-is-me': 'About Me, This Is Me or hospital passport',
    'older-persons-assessment': "Older Person's Assessment",
    'cares-escalation': 'CARES escalation record',
    mar: 'MAR chart',
    'discharge-summary': 'Discharge summary',
    checklist: 'Checklist',
    other: 'Other',
  }),
  original: optional(
    choice('original-or-copy', 'Original or copy', {
      original: 'Original',
      copy: 'Copy',
      'not-known': 'Not known',
    }),
  ),
});

const medicine = group('Medicine in the bag', {
  strength: optional(line('Strength')),
  amount: optional(line('Amount', 'As counted, e.g. 28 tablets.')),
  keepInFridge: optional(yesNo('Keep in the fridge')),
  expires: optional(partialDate('Expires')),
});

/** One thing in the bag, on its way out and back. */
export const belongingItem = group('Item', {
  id: optional(line('Number on the checklist')),
  description: line('Description'),
  category: choice('belonging-category', 'Category', {
    document: 'Document',
    medicine: 'Medicine',
    'controlled-drug': 'Controlled drug',
    'denture-upper': 'Denture, upper',
    'denture-lower': 'Denture, lower',
    'hearing-aid-left': 'Hearing aid, left',
    'hearing-aid-right': 'Hearing aid, right',
    glasses: 'Glasses',
    'mobility-aid': 'Mobility aid',
    clothing: 'Clothing',
    toiletries: 'Toiletries',
    'valuables-declared': 'Valuables, declared',
    other: 'Other',
  }),
  quantity: optional(whole('Quantity', 1, 1000)),
  paper: optional(paper),
  medicine: optional(medicine),
  out: optional(belongingState('Going to hospital')),
  back: optional(belongingState('Coming home')),
});

const custody = group('Handover', {
  place: choice('custody-place', 'Taken over by', {
    home: 'Care home',
    ambulance: 'Ambulance',
    'emergency-department': 'Emergency department',
    ward: 'Ward',
    'discharge-lounge': 'Discharge lounge',
    transport: 'Patient transport',
  }),
  name: optional(line('Name')),
  role: optional(line('Role')),
  organisation: optional(line('Organisation')),
  at: moment('At'),
  signature: optional(
    choice('signature-method', 'Signed', {
      electronic: 'Electronically',
      paper: 'On paper',
      none: 'Not signed',
    }),
  ),
});

export const belongings = group('Belongings and documents in the bag', {
  bag: group('Red Bag', {
    trackerNumber: line('Bag tracker number'),
    sealNumber: optional(line('Seal number')),
    closed: optional(yesNo('Bag closed')),
  }),
  items: optional(many('Items', belongingItem)),
  custody: optional(many('Handovers of the bag', custody, 50)),
  note: optional(text('Note')),
  recorded: optional(recorded),
});

export type BelongingItem = Static<typeof belongingItem>;
export type Belongings = Static<typeof belongings>;
