/**
 * The medicines administration record (MAR). Contents: NICE SC1 and the published inspection themes (domain 6.1, 6.2),
 * PRSB medication items, and what the first minute in hospital needs (domain 12.1). No national layout of a MAR was to
 * be had: the JSON is our proposal (docs/forms.md). All times are absolute; times of day are those of Europe/London.
 * Allergies stand in the CARES record, once.
 */
import { recorded } from '../common.js';
import {
  amount,
  choice,
  day,
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
  yesNoUnknown,
} from '../elements.js';
import { chartKey } from './chart-key.js';
import { givenByOthers } from './given-by-others.js';
import { medicine } from './medicine.js';

const change = group('Change', {
  medicine: line('Medicine'),
  change: choice('recent-medicine-change', 'Change', {
    added: 'Added',
    amended: 'Amended',
    discontinued: 'Discontinued',
    'on-hold': 'Put on hold',
    continued: 'Continued',
  }),
  on: optional(day('On')),
  what: optional(text('What changed')),
  by: optional(line('By')),
  reason: optional(text('Reason')),
});

const inBag = group('Medicine in the bag', {
  name: line('Medicine'),
  strength: optional(line('Strength')),
  quantity: optional(amount('Quantity', 0, 1_000_000)),
  unit: optional(line('Unit')),
  controlledDrug: optional(yesNo('Controlled drug')),
  openedOn: optional(day('Opened on')),
  expires: optional(partialDate('Expires')),
  note: optional(text('Note')),
});

export const mar = group('Medicines administration record', {
  chartKey,
  charts: optional(group('Chart', { number: whole('Chart number', 1, 99), of: whole('Of how many', 1, 99) })),
  recordStartsAt: optional(moment('Record starts at', 'What is sent of the chart starts here.')),
  recordEndsAt: optional(moment('Record ends at', 'Doses after this moment are not on what is sent.')),
  leftHomeAt: optional(moment('Left home at')),
  whoAdministers: optional(
    choice('who-administers', 'Who gives the medicines', {
      staff: 'Care staff',
      nurse: 'Nurse of the home',
      resident: 'The resident',
      shared: 'The resident with support',
      family: 'Family or friend',
    }),
  ),
  support: optional(text('How medicines are taken')),
  weight: optional(
    group('Weight', {
      kilograms: amount('Weight', 0.5, 400, 'kg'),
      measuredOn: optional(day('Measured on')),
    }),
  ),
  medicines: optional(many('Medicines', medicine)),
  notOnThisChart: optional(
    group('Not on this chart', {
      anything: optional(yesNoUnknown('Are medicines given that are not on this chart')),
      givenByOthers: optional(many('Given by others', givenByOthers, 50)),
    }),
  ),
  changes: optional(
    group('Changes within 14 days', {
      any: optional(yesNoUnknown('Were medicines changed within 14 days')),
      list: optional(many('Changes', change, 100)),
    }),
  ),
  medicinesInBag: optional(many('Medicines in the bag', inBag)),
  note: optional(text('Note')),
  recorded: optional(recorded),
});

export type Mar = Static<typeof mar>;
export type Medicine = NonNullable<Mar['medicines']>[number];
export type Administration = NonNullable<Medicine['administrations']>[number];
export type GivenByOthers = NonNullable<NonNullable<Mar['notOnThisChart']>['givenByOthers']>[number];
