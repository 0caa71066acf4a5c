/** One cell of the chart that somebody has filled in. */
import { amount, group, line, moment, optional, text } from '../elements.js';
import { outcomeChoice } from './outcomes.js';

export const administration = group('Entry', {
  scheduledFor: optional(moment('Due at', 'The slot of the chart; left out for a dose given when required.')),
  at: optional(
    moment(
      'Entered for',
      'When it was given or not given. Left out when only the round is known, never set to the slot.',
    ),
  ),
  letter: line('Letter', 'As it stands on the chart.'),
  outcome: optional(
    outcomeChoice(
      'Outcome as sent',
      "The sender's reading, where the key says that the letter alone does not tell.",
    ),
  ),
  given: optional(
    group('Dose given', {
      amount: optional(amount('Amount', 0, 1_000_000)),
      unit: line('Unit', 'In full: tablet, milligram, application, patch, unit.'),
      site: optional(line('Site')),
    }),
  ),
  reason: optional(
    text('Reason or note', 'Why it was not given, or what a when-required dose was given for.'),
  ),
  by: optional(line('By')),
  witness: optional(line('Witness')),
});
