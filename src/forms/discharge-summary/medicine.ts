/** A medicine on the way home: what has changed and why, and who looks at it again (PRSB change summary). */
import { choice, day, group, line, moment, optional, text } from '../elements.js';
import { dmdCode } from '../mar/medicine.js';

export const CHANGES = {
  started: 'Started',
  stopped: 'Stopped',
  changed: 'Changed',
  unchanged: 'Unchanged',
  'on-hold': 'On hold',
} as const;
export type Change = keyof typeof CHANGES;

export const returnedMedicine = group('Medicine', {
  name: line('Medicine'),
  dmdCode: optional(dmdCode),
  form: optional(line('Form')),
  strength: optional(line('Strength')),
  dose: optional(line('Dose and frequency')),
  route: optional(line('Route')),
  indication: optional(line('Given for')),
  change: choice('medicine-change', 'Change', CHANGES),
  before: optional(line('Before', 'What it was before the change.')),
  reason: optional(text('Reason for the change')),
  changedOn: optional(day('Changed on')),
  continueUntil: optional(day('Continue until')),
  review: optional(
    group('Review', {
      by: line('Who reviews it'),
      on: optional(day('On')),
      what: optional(text('What to look at')),
    }),
  ),
  lastDose: optional(
    group('Last dose in hospital', { at: moment('Given at'), amount: optional(line('Amount')) }),
  ),
  nextDoseAt: optional(moment('Next dose due at')),
  supplied: optional(line('Supplied', 'Sent home with the person, e.g. 14 tablets.')),
  note: optional(text('Note')),
});
