/**
 * The checklist of belongings and documents, the bag itself and its handovers. The layout of Sutton's checklist was
 * not to be had; the elements follow the published pathway rules, and the JSON is our proposal (docs/forms.md).
 */
import { recorded } from '../common.js';
import { choice, group, line, many, moment, optional, type Static, text, whole, yesNo } from '../elements.js';

const state = (title: string) =>
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

const item = group('Item', {
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
  out: optional(state('Going to hospital')),
  back: optional(state('Coming home')),
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
  items: optional(many('Items', item)),
  custody: optional(many('Handovers of the bag', custody, 50)),
  note: optional(text('Note')),
  recorded: optional(recorded),
});

export type Belongings = Static<typeof belongings>;
