/** What happened in hospital, and how the person is now. */
import {
  choice,
  day,
  formatted,
  group,
  line,
  many,
  moment,
  optional,
  partialDate,
  text,
  yesNoUnknown,
} from '../elements.js';
import { infectionRisk } from '../infection.js';
import { wound } from '../skin.js';

const snomed = formatted('snomed-code', 'SNOMED CT code');

export const diagnosis = group('Diagnosis', {
  text: line('Diagnosis'),
  code: optional(snomed),
  certainty: optional(
    choice('diagnosis-certainty', 'Certainty', { confirmed: 'Confirmed', suspected: 'Suspected' }),
  ),
});

export const treatment = group('Treatment', {
  text: line('Treatment or procedure'),
  code: optional(snomed),
  on: optional(day('Date')),
  outcome: optional(text('Outcome')),
});

/** New ones only: the home keeps its own list, and adds these to it. */
export const newAllergy = group('Newly found allergy', {
  agent: line('Agent'),
  code: optional(snomed),
  reaction: optional(line('Reaction')),
  severity: optional(
    choice('reaction-severity', 'Severity', { mild: 'Mild', moderate: 'Moderate', severe: 'Severe' }),
  ),
  found: optional(partialDate('Found')),
});

export const allergies = group('Allergies found in hospital', {
  state: choice('new-allergies', 'New allergies', {
    found: 'Found, listed here',
    'none-found': 'None found',
    'not-recorded': 'Not recorded',
  }),
  entries: optional(many('Newly found allergies', newAllergy, 50)),
});

export const skin = group('Skin on discharge', {
  state: choice('skin-state', 'Skin', {
    intact: 'Intact',
    'damage-found': 'Damage, listed here',
    'not-checked': 'Not checked',
  }),
  wounds: optional(many('Wounds and pressure damage', wound, 30)),
  checkedAt: optional(moment('Checked at')),
});

export const equipment = group('New equipment', {
  what: line('What'),
  supplied: optional(yesNoUnknown('Comes with the person')),
  instructions: optional(text('How to use it')),
  contact: optional(line('Who to ask')),
});

export const ability = group('Ability', {
  domain: choice('function-domain', 'Ability', {
    mobility: 'Moving and walking',
    transfers: 'Getting in and out of bed and chair',
    'eating-and-drinking': 'Eating and drinking',
    swallowing: 'Swallowing',
    continence: 'Continence',
    'washing-and-dressing': 'Washing and dressing',
    communication: 'Communication',
    cognition: 'Memory and thinking',
    mood: 'Mood and behaviour',
    sleep: 'Sleep',
    other: 'Other',
  }),
  comparedWithUsual: choice('compared-with-usual', 'Compared with usual', {
    'as-usual': 'As usual',
    better: 'Better',
    worse: 'Worse',
    'not-known': 'Not known',
  }),
  now: optional(text('Now')),
});

export const infection = infectionRisk;
