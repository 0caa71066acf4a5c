/** Wounds and pressure damage, asked on two papers. */
import { choice, day, group, line, optional, text } from './elements.js';

export const wound = group('Wound or pressure damage', {
  site: line('Where on the body'),
  kind: choice('wound-kind', 'Kind', {
    'pressure-ulcer': 'Pressure ulcer',
    'moisture-damage': 'Moisture damage',
    'skin-tear': 'Skin tear',
    'leg-ulcer': 'Leg ulcer',
    bruise: 'Bruise',
    'surgical-wound': 'Surgical wound',
    other: 'Other',
  }),
  category: optional(
    choice('pressure-ulcer-category', 'Category of pressure ulcer', {
      '1': 'Category 1',
      '2': 'Category 2',
      '3': 'Category 3',
      '4': 'Category 4',
      unstageable: 'Unstageable',
      'deep-tissue': 'Deep tissue injury',
      'not-known': 'Not known',
    }),
  ),
  since: optional(day('First seen on')),
  treatment: optional(text('Dressing and treatment')),
});
