/**
 * The CARES escalation record: Concerns, Action, Response, Examination, Shared information, in the order that staff
 * know from the paper. The letters and their content are published; the layout of Sutton's form was not to be had, so
 * the elements within each letter are our proposal (docs/forms.md).
 */
import { person, recorded } from '../common.js';
import {
  amount,
  choice,
  day,
  formatted,
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
import { infectionRisk } from '../infection.js';
import { wound } from '../skin.js';
import { LABELS } from './labels.js';

/** A time that somebody knows, or says is not known. None is derived from another. */
const knownTime = (title: string, description: string) =>
  group(
    title,
    {
      known: choice('known-or-not', 'Time', { yes: 'Known', 'not-known': 'Not known' }),
      at: optional(moment('At')),
      note: optional(line('Note', 'Who saw it, how sure, how found.')),
    },
    { description },
  );

const anticoagulant = group('Anticoagulant', {
  taken: yesNoUnknown(
    'Takes an anticoagulant',
    'Warfarin, apixaban, rivaroxaban, edoxaban, dabigatran, heparins.',
  ),
  drug: optional(line('Which')),
  lastDose: optional(moment('Last dose')),
  inr: optional(
    group('INR', {
      value: optional(amount('INR value', 0, 50)),
      date: optional(day('Taken on')),
    }),
  ),
});

const concerns = group('Concerns', {
  reason: text('Reason for transfer', 'What happened and what worries you; more than "unwell".'),
  symptoms: optional(text('Symptoms')),
  softSigns: optional(
    many(
      'Soft signs',
      choice('soft-sign', 'Soft sign', {
        breathing: 'More breathless or chesty',
        'eating-drinking': 'Eating or drinking less than usual',
        'hot-or-cold': 'Shivery, hot, cold or clammy',
        mobility: 'Less mobile, off legs or weaker',
        confusion: 'New or worse confusion, agitation or anxiety',
        pain: 'New or worse pain',
        alertness: 'Sleepier or less alert than usual',
        urine: 'Passing less urine, or urine has changed',
        'vomiting-diarrhoea': 'Vomiting, diarrhoea or signs of dehydration',
        'not-themselves': 'Not their usual self',
      }),
      20,
    ),
  ),
  whatIsDifferent: optional(text('What is different from usual')),
  lastSeenWell: optional(knownTime('Last seen well', 'When the resident was last seen to be well.')),
  found: optional(knownTime('Found', 'When the resident was found as they are now.')),
  onset: optional(knownTime('Onset', 'When it began, if anyone saw it.')),
  headStrike: optional(
    choice('head-strike', 'Head struck', { yes: 'Yes', no: 'No', unwitnessed: 'Unwitnessed: not known' }),
  ),
  fall: optional(
    group('Fall', {
      fellNow: yesNoUnknown('Fell before this transfer'),
      injuries: optional(text('Injuries')),
      timeOnFloor: optional(line('Time on the floor')),
      fallsInPastYear: optional(whole('Falls in the past 12 months', 0, 1000)),
    }),
  ),
  anticoagulant: optional(anticoagulant),
});

const action = group('Action', {
  what: optional(text('What was done')),
  called: optional(
    many(
      'Calls for help',
      group('Call for help', {
        who: choice('called-for-help', 'Who was called', LABELS.called),
        name: optional(line('Name or service')),
        at: optional(moment('Called at')),
        reference: optional(line('Call reference')),
        advice: optional(text('Advice given')),
      }),
      50,
    ),
  ),
});

const response = group('Response', {
  effect: optional(text('Effect of the action')),
  advice: optional(text('Advice received')),
});

/** Bounds that only a slip of the pen passes: what the readings mean is not for the schema to say. */
const readings = {
  respiration: optional(whole('Respiration rate', 0, 120, '/min')),
  spo2: optional(whole('Oxygen saturation (SpO₂)', 0, 100, '%')),
  systolic: optional(whole('Systolic blood pressure', 0, 350, 'mmHg')),
  diastolic: optional(whole('Diastolic blood pressure', 0, 250, 'mmHg')),
  pulse: optional(whole('Pulse', 0, 350, '/min')),
  temperature: optional(amount('Temperature', 15, 46, '°C')),
};

const observations = group('Observations', {
  at: optional(moment('Taken at')),
  respiration: readings.respiration,
  spo2: readings.spo2,
  spo2Scale: optional(
    group('SpO₂ scale', {
      scale: choice('news2-spo2-scale', 'Scale', {
        '1': 'Scale 1',
        '2': 'Scale 2 (target 88–92 %)',
      }),
      authorisedBy: optional(line('Scale 2 authorised by', 'Name and role of the clinician.')),
      authorisedOn: optional(day('Authorised on')),
    }),
  ),
  oxygen: optional(
    group('Air or oxygen', {
      breathing: choice('air-or-oxygen', 'Breathing', { air: 'Room air', oxygen: 'Oxygen' }),
      flow: optional(amount('Flow', 0, 100, 'L/min')),
      device: optional(line('Given by', 'Nasal cannula, mask, home concentrator.')),
    }),
  ),
  systolic: readings.systolic,
  diastolic: readings.diastolic,
  pulse: readings.pulse,
  consciousness: optional(choice('consciousness', 'Consciousness', LABELS.consciousness)),
  temperature: readings.temperature,
  news2: optional(whole('NEWS2 total as given by the home', 0, 20)),
  takenBy: optional(line('Taken by')),
  note: optional(text('Note')),
});

const lastTime = (title: string) =>
  group(title, {
    at: optional(moment('At')),
    what: optional(line('What')),
  });

const examination = group('Examination', {
  observations: optional(many('Sets of observations', observations, 100)),
  usual: optional(
    group('Usual readings', {
      ...readings,
      oxygen: optional(line('Usual oxygen')),
      consciousness: optional(line('Usual consciousness and cognition')),
      news2: optional(whole('Usual NEWS2 total', 0, 20)),
      on: optional(day('Measured on')),
    }),
  ),
  glucose: optional(
    group('Capillary glucose', {
      value: optional(amount('Capillary glucose value', 0, 100, 'mmol/L')),
      at: optional(moment('Measured at')),
      note: optional(line('Note', 'For example a meter that shows only HI or LO.')),
    }),
  ),
  pain: optional(
    group('Pain', {
      present: yesNoUnknown('In pain'),
      score: optional(whole('Pain score, 0 to 10', 0, 10)),
      where: optional(line('Where')),
      how: optional(text('How the resident shows pain')),
    }),
  ),
  skin: optional(
    group('Skin', {
      intact: optional(yesNoUnknown('Skin intact')),
      wounds: optional(many('Wounds and pressure damage', wound, 50)),
      note: optional(text('Note')),
    }),
  ),
  lastMeal: optional(lastTime('Last meal')),
  lastDrink: optional(lastTime('Last drink')),
  lastBowels: optional(lastTime('Bowels last opened')),
});

const allergy = group('Allergy or adverse reaction', {
  agent: group('Causative agent', {
    text: line('Causative agent'),
    code: optional(formatted('snomed-code', 'Code of the agent', 'SNOMED CT or dm+d.')),
  }),
  kind: optional(choice('allergy-kind', 'Kind', { allergy: 'Allergy', intolerance: 'Intolerance' })),
  reaction: optional(text('Reaction')),
  severity: optional(
    choice('reaction-severity', 'Severity', { mild: 'Mild', moderate: 'Moderate', severe: 'Severe' }),
  ),
  certainty: optional(
    choice('allergy-certainty', 'Certainty', {
      confirmed: 'Confirmed',
      unconfirmed: 'Not confirmed',
      refuted: 'Ruled out',
    }),
  ),
  status: optional(
    choice('allergy-status', 'Status', {
      active: 'Active',
      inactive: 'No longer active',
      resolved: 'Resolved',
    }),
  ),
  date: optional(partialDate('First experienced')),
  source: optional(line('Where this is known from')),
  comment: optional(text('Comment')),
});

export const allergies = group(
  'Allergies and adverse reactions',
  {
    state: choice('allergies-state', 'Allergies', {
      known: 'Known, listed here',
      'none-known': 'No known allergies',
      'not-recorded': 'NOT RECORDED',
    }),
    entries: optional(many('Allergies and adverse reactions', allergy, 100)),
  },
  { description: 'Absent is not "none": one of the three is always said.' },
);

const shared = group('Shared information', {
  allergies,
  infection: optional(infectionRisk),
  told: optional(
    many(
      'Who was told',
      group('Told', {
        name: line('Who'),
        relationship: optional(line('Relationship or role')),
        outcome: optional(choice('told-outcome', 'Outcome', LABELS.told)),
        at: optional(moment('At')),
        by: optional(line('By')),
        note: optional(text('What was said')),
      }),
      50,
    ),
  ),
  documents: optional(
    many(
      'Documents that travel along',
      group('Document', {
        title: line('Document'),
        original: optional(
          choice('document-original', 'Original or copy', { original: 'Original', copy: 'Copy' }),
        ),
        note: optional(line('Note')),
      }),
      100,
    ),
  ),
  canReturnTonight: optional(
    group('Can return tonight', {
      answer: yesNoUnknown('Can return tonight'),
      condition: optional(text('Under what condition')),
      telephone: optional(line('Telephone to arrange it')),
    }),
  ),
  completedBy: optional(
    group('Person completing', {
      person: person('Person'),
      at: optional(moment('Completed at')),
      signed: optional(yesNo('Signed')),
    }),
  ),
});

export const caresEscalation = group('CARES escalation record', {
  concerns,
  action: optional(action),
  response: optional(response),
  examination: optional(examination),
  shared,
  recorded: optional(recorded),
});

export type CaresEscalation = Static<typeof caresEscalation>;
export type ObservationSet = Static<typeof observations>;
export type Allergies = Static<typeof allergies>;
export type Allergy = Static<typeof allergy>;
