/** The chart's own key: what each letter means on this chart (letters differ by pharmacy and template). */
import { group, line, many } from '../elements.js';
import { outcomeChoice } from './outcomes.js';

const letter = group('Letter', {
  letter: line('Letter', 'As it stands in the cells, letter by letter: capitals count.'),
  meaning: line('Means', 'As the key of the chart says it.'),
  outcome: outcomeChoice(
    'Outcome',
    'What it says of the dose; "said-with-dose" for letters like "see notes".',
  ),
});

export const chartKey = many('Key of this chart', letter, 100);
