/**
 * A medicine of the chart: what it is, how it is taken, and what its kind asks for (domain 6.1, 6.2). The details of
 * patches and controlled drugs are our proposal.
 */
import {
  amount,
  choice,
  clock,
  day,
  formatted,
  group,
  line,
  many,
  moment,
  optional,
  text,
  whole,
  yesNoUnknown,
} from '../elements.js';
import { administration } from './administration.js';

export const dmdCode = formatted(
  'snomed-code',
  'dm+d code',
  'VTM, VMP, AMP, VMPP or AMPP. Left out when not known: the words are enough.',
);

export const KIND_LABELS = {
  regular: 'Regular',
  'when-required': 'When required (PRN)',
  variable: 'Variable dose',
  'short-course': 'Short course',
  topical: 'Applied to the skin',
  patch: 'Patch',
  'controlled-drug': 'Controlled drug',
  covert: 'Given covertly',
  'time-critical': 'Time-critical',
} as const;
export type Kind = keyof typeof KIND_LABELS;

export const WEEKDAYS = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
} as const;
export type Weekday = keyof typeof WEEKDAYS;

export const ROUND_LABELS = {
  waking: 'On waking',
  'before-breakfast': 'Before breakfast',
  breakfast: 'With breakfast',
  'after-breakfast': 'After breakfast',
  morning: 'Morning',
  lunch: 'With lunch',
  afternoon: 'Afternoon',
  'evening-meal': 'With the evening meal',
  evening: 'Evening',
  bedtime: 'Bedtime',
  night: 'Night',
} as const;
export type Round = keyof typeof ROUND_LABELS;

const time = group('Time', {
  clock: optional(clock('Time of day')),
  round: optional(choice('medicine-round', 'Round', ROUND_LABELS)),
  quantity: optional(amount('Amount at this time', 0, 1_000_000)),
});

const dose = group('Structured dose', {
  quantity: optional(amount('Amount', 0, 1_000_000)),
  most: optional(amount('Up to', 0, 1_000_000)),
  unit: optional(line('Unit', 'In full: tablet, milligram, unit.')),
  times: optional(many('Times', time, 48)),
  frequency: optional(
    group('How often', {
      times: whole('Times', 1, 48),
      period: amount('In every', 0.5, 1000),
      periodUnit: choice('dose-period', 'Period', { h: 'Hours', d: 'Days', wk: 'Weeks', mo: 'Months' }),
    }),
  ),
  weekdays: optional(many('Days of the week', choice('weekday', 'Day', WEEKDAYS), 7)),
});

const whenRequired = group('When required', {
  reason: optional(line('What for')),
  signs: optional(text('Signs that it is needed')),
  dose: optional(text('How to choose the dose')),
  minimumIntervalHours: optional(amount('Least time between doses', 0, 720, 'hours')),
  maximumIn24Hours: optional(
    group('Most in 24 hours', { amount: amount('Amount', 0, 1_000_000), unit: line('Unit') }),
  ),
  canAsk: optional(yesNoUnknown('Can ask for it')),
  alternatives: optional(text('To try before a medicine')),
  order: optional(text('Order, if several could be given')),
  reviewOn: optional(day('Review on')),
});

const covert = group('Given covertly', {
  bestInterestsDate: optional(day('Best-interests decision on')),
  decidedBy: optional(line('Decided by')),
  plan: optional(text('Management plan')),
  reviewOn: optional(day('Review on')),
});

const topical = group('Applied to the skin', {
  site: optional(line('Where')),
  bodyMap: optional(formatted('attachment-id', 'Body map', 'Id of one of the attachments of the package.')),
  openedOn: optional(day('Opened on')),
});

const patch = group('Patch', {
  site: optional(line('Where it is now')),
  appliedAt: optional(moment('Put on at')),
  dueOffAt: optional(moment('Due off at')),
  numberOnSkin: optional(whole('Patches found on the skin', 0, 50)),
  oldOneRemoved: optional(yesNoUnknown('Old patch removed')),
});

const controlledDrug = group('Controlled drug', {
  schedule: optional(
    choice('controlled-drug-schedule', 'Schedule', { '2': '2', '3': '3', '4': '4', '5': '5' }),
  ),
  witness: optional(line('Balance witnessed by')),
  balance: optional(
    group('Balance in the register', {
      amount: amount('Amount', 0, 1_000_000),
      unit: line('Unit'),
      checkedAt: optional(moment('Checked at')),
    }),
  ),
});

const timeCritical = group('Time-critical', {
  withinMinutes: optional(whole('To be given within', 0, 240, 'minutes')),
  why: optional(text('Why')),
});

export const medicine = group('Medicine', {
  name: line('Name', 'As printed on the chart.'),
  dmdCode: optional(dmdCode),
  form: optional(line('Form')),
  strength: optional(line('Strength')),
  kinds: many('Kind', choice('medicine-kind', 'Kind', KIND_LABELS), 9),
  status: choice('medicine-status', 'Status', {
    active: 'Taking',
    'on-hold': 'On hold',
    stopped: 'Stopped',
    completed: 'Course finished',
  }),
  doseText: optional(text('Dose and directions', 'As printed on the chart.')),
  dose: optional(dose),
  route: optional(
    group('Route', {
      text: optional(line('Route')),
      code: optional(formatted('snomed-code', 'Route (SNOMED CT)')),
    }),
  ),
  instructions: optional(text('Other instructions', 'With food, crushed, thickened …')),
  support: optional(text('Support needed to take it')),
  indication: optional(line('Indication')),
  monitoring: optional(text('Monitoring')),
  prescriber: optional(line('Prescriber')),
  startDate: optional(day('Started on')),
  endDate: optional(day('Ends on')),
  reviewDate: optional(day('Review on')),
  openedOn: optional(day('Pack opened on')),
  lastGiven: optional(moment('Last given', 'As the software of the home says it.')),
  nextDue: optional(moment('Next due', 'As the software of the home says it.')),
  handWritten: optional(
    group('Hand-written entry', {
      writtenBy: optional(line('Written by')),
      checkedBy: optional(line('Checked by')),
    }),
  ),
  whenRequired: optional(whenRequired),
  covert: optional(covert),
  topical: optional(topical),
  patch: optional(patch),
  controlledDrug: optional(controlledDrug),
  timeCritical: optional(timeCritical),
  note: optional(text('Note')),
  administrations: optional(many('Entries', administration, 1000)),
});
