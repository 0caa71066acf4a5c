/**
 * The Older Person's Assessment: the baseline that a home keeps ready. The fields of Sutton's form were not to be had;
 * ours follow PRSB's Nursing care needs (v0.62, draft) and the sections on assessments, risks, safeguarding, problems
 * and individual requirements of its hospital referral model (v1.1). The JSON is our proposal (docs/forms.md).
 *
 * "Usual" and "now" stand apart in every domain: a hospital that meets a person ill must know who they are well.
 */

import type { TProperties } from 'typebox';
import { recorded } from '../common.js';
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
import { impairments, reasonableAdjustments } from './adjustment-schema.js';
import { DRINK_LEVELS, FOOD_LEVELS } from './iddsi.js';
import { BARTHEL, SCALES, type Scale, type ScaleName } from './scales.js';

/** One state of a domain: how much the person manages, and in words. */
const state = (title: string) =>
  group(title, {
    capability: optional(
      choice('capability', 'Capability', {
        independent: 'Independent',
        'slight-disability': 'Slight disability',
        'moderate-disability': 'Moderate disability',
        'moderately-severe-disability': 'Moderately severe disability',
        'severe-disability': 'Severe disability',
      }),
    ),
    description: optional(text('Description')),
  });

const usualAndNow = { usual: optional(state('Usual')), now: optional(state('Now')) };
const domain = <P extends TProperties>(title: string, details: P) =>
  group(title, { ...usualAndNow, ...details });

const eatingAndDrinking = domain('Eating and drinking', {
  foodLevel: optional(choice('iddsi-food', 'Food (IDDSI)', FOOD_LEVELS)),
  drinkLevel: optional(choice('iddsi-drink', 'Drinks (IDDSI)', DRINK_LEVELS)),
  levelsSetBy: optional(
    line('Levels recommended by', 'For example speech and language therapist, and when.'),
  ),
  levelsSetOn: optional(day('Levels recommended on')),
  chokingRisk: optional(yesNoUnknown('Choking or swallowing risk')),
  swallowing: optional(text('Swallowing: what to do')),
  problems: optional(text('Problems with eating and drinking')),
  diet: optional(text('Dietary requirements')),
  preferences: optional(text('Likes and dislikes')),
  appetite: optional(line('Appetite')),
  hydration: optional(text('Fluids and hydration')),
  nausea: optional(line('Nausea and vomiting')),
  equipment: optional(text('Feeding equipment and support')),
  tubeFeeding: optional(text('Tube feeding')),
  mouthAndTeeth: optional(text('Mouth and teeth')),
});

const mobility = domain('Mobility', {
  transfers: optional(text('Transfers')),
  sitToStand: optional(line('Sit to stand')),
  peopleNeeded: optional(whole('People needed to help', 0, 10)),
  balance: optional(text('Balance')),
  unexplainedFalls: optional(text('Unexplained falls')),
  injuriousFalls: optional(text('Falls with injury in the past 12 months')),
  bedRails: optional(yesNoUnknown('Bed rails')),
  footwear: optional(line('Footwear and hosiery')),
});

const elimination = group('Elimination', {
  toileting: optional(domain('Toileting', {})),
  continence: optional(domain('Continence', {})),
  bowels: optional(
    group('Bowels', {
      problems: optional(text('Problems')),
      usualStoolType: optional(whole('Usual stool, Bristol type', 1, 7)),
      frequency: optional(line('How often')),
      lastOpened: optional(moment('Last opened')),
    }),
  ),
  urination: optional(text('Problems with urination')),
  catheter: optional(
    group('Catheter', {
      present: yesNoUnknown('Catheter'),
      kind: optional(line('Kind and size')),
      reason: optional(line('Reason')),
      lastChanged: optional(day('Last changed on')),
      changeDue: optional(day('Change due on')),
      selfManaged: optional(yesNo('Manages it alone')),
    }),
  ),
  stoma: optional(
    group('Stoma', {
      present: yesNoUnknown('Stoma'),
      kind: optional(line('Kind')),
      care: optional(text('Care')),
      selfManaged: optional(yesNo('Manages it alone')),
    }),
  ),
  equipment: optional(text('Pads and equipment')),
});

const hygiene = domain('Personal hygiene and dressing', {
  support: optional(text('Support needed')),
  mouthCare: optional(text('Mouth care')),
  nails: optional(line('Nails')),
  shaving: optional(line('Shaving')),
  equipment: optional(text('Equipment')),
  preferences: optional(text('Preferences')),
});

const skin = domain('Skin', {
  integrity: optional(text('Integrity')),
  wounds: optional(many('Wounds and pressure damage', wound, 50)),
  risks: optional(text('Risks to the skin')),
  history: optional(text('History')),
  treatment: optional(text('Treatment')),
  circulation: optional(line('Circulation')),
  canAlterPosition: optional(yesNoUnknown('Can alter own position')),
});

const medicationManagement = domain('Managing medicines', {
  withPerson: optional(yesNo('Medicines present with the person')),
  administeredBy: optional(line('Usually given by')),
  problems: optional(text('Problems with taking medicines')),
  aids: optional(line('Aids')),
});

const aid = group('Aid', {
  kind: choice('aid', 'Kind', {
    glasses: 'Glasses',
    'hearing-aid-left': 'Hearing aid, left',
    'hearing-aid-right': 'Hearing aid, right',
    'denture-upper': 'Denture, upper',
    'denture-lower': 'Denture, lower',
    'walking-stick': 'Walking stick',
    'walking-frame': 'Walking frame',
    wheelchair: 'Wheelchair',
    hoist: 'Hoist and sling',
    'pressure-relief': 'Pressure-relieving mattress or cushion',
    communication: 'Communication aid',
    prosthesis: 'Prosthesis',
    other: 'Other',
  }),
  description: optional(line('Description')),
  withPerson: yesNo('With the person'),
  dependence: optional(line('How far the person depends on it')),
});

const score = (name: ScaleName) => {
  const { title, minimum, maximum }: Scale = SCALES[name];
  return optional(
    group(title, {
      total: whole(`${title} total`, minimum, maximum),
      on: optional(day('Assessed on')),
      by: optional(line('Assessed by')),
    }),
  );
};

const measured = (title: string, minimum: number, maximum: number, unit: string) =>
  optional(
    group(title, {
      value: amount(`${title} measured`, minimum, maximum, unit),
      on: optional(day('Measured on')),
    }),
  );

const scores = group('Scores and measurements', {
  clinicalFrailty: score('clinicalFrailty'),
  must: score('must'),
  waterlow: score('waterlow'),
  abbeyPain: score('abbeyPain'),
  painad: score('painad'),
  fourAT: score('fourAT'),
  barthel: optional(
    group('Barthel index', {
      version: choice('barthel-version', 'Version', {
        original: BARTHEL.original.label,
        uk: BARTHEL.uk.label,
        modified: BARTHEL.modified.label,
      }),
      total: whole('Barthel total', 0, 100),
      on: optional(day('Assessed on')),
      by: optional(line('Assessed by')),
    }),
  ),
  amts: score('amts'),
  sixCit: score('sixCit'),
  mmse: score('mmse'),
  moca: score('moca'),
  weight: measured('Weight', 10, 400, 'kg'),
  height: measured('Height', 50, 250, 'cm'),
  bmi: measured('Body mass index', 5, 120, 'kg/m²'),
  weightChange: optional(text('Unexplained change of weight')),
});

const risk = group('Risk', {
  kind: choice('risk-kind', 'Kind', {
    falls: 'Falls',
    choking: 'Choking',
    'pressure-damage': 'Pressure damage',
    malnutrition: 'Malnutrition or dehydration',
    wandering: 'Leaving unsafely or getting lost',
    'to-self': 'Risk to self',
    'to-others': 'Risk to others',
    'from-others': 'Risk from others',
    accidents: 'Accidents',
    fire: 'Fire or smoking',
    other: 'Other',
  }),
  description: text('Description'),
  precautions: optional(text('Precautions')),
  start: optional(day('From')),
  end: optional(day('Until')),
});

const safeguarding = group(
  'Safeguarding',
  {
    indicator: yesNo('Safeguarding concern'),
    concern: optional(text('Concern')),
    referredTo: optional(line('Referred to')),
    reference: optional(line('Reference')),
    contact: optional(line('Contact for more')),
    on: optional(day('Raised on')),
  },
  {
    description: 'When this part is sent, the indicator is always said. A hospital may keep it off page one.',
  },
);

const alert = group('Alert', {
  alert: text('Alert'),
  on: optional(day('Recorded on')),
  by: optional(line('Recorded by')),
});

const problem = group('Problem or diagnosis', {
  name: line('Problem or diagnosis'),
  code: optional(formatted('snomed-code', 'SNOMED CT code')),
  status: optional(
    choice('problem-status', 'Status', { active: 'Active', inactive: 'Inactive', resolved: 'Resolved' }),
  ),
  onset: optional(partialDate('Since')),
  comment: optional(text('Comment')),
});

export const olderPersonsAssessment = group("Older Person's Assessment", {
  assessedOn: optional(day('Assessed on')),
  careNeedsSummary: optional(text('Care needs summary')),
  eatingAndDrinking: optional(eatingAndDrinking),
  mobility: optional(mobility),
  elimination: optional(elimination),
  hygieneAndDressing: optional(hygiene),
  skin: optional(skin),
  communication: optional(
    domain('Communication', {
      howToTalk: optional(text('How to communicate with the person')),
      hearing: optional(line('Hearing')),
      sight: optional(line('Sight')),
      speech: optional(line('Speech')),
    }),
  ),
  cognition: optional(
    domain('Cognition', {
      diagnosis: optional(line('Diagnosis, e.g. of dementia')),
      orientation: optional(text('Orientation and memory')),
    }),
  ),
  behaviour: optional(
    domain('Behaviour and distress', {
      triggers: optional(text('What upsets the person')),
      whatHelps: optional(text('What helps')),
    }),
  ),
  sleep: optional(domain('Sleep', { routine: optional(text('Routine')) })),
  medicationManagement: optional(medicationManagement),
  aids: optional(many('Aids', aid, 50)),
  scores: optional(scores),
  risks: optional(many('Risks', risk, 50)),
  infection: optional(infectionRisk),
  safeguarding: optional(safeguarding),
  alerts: optional(many('Alerts', alert, 50)),
  problems: optional(many('Problems and diagnoses', problem, 100)),
  reasonableAdjustments: optional(reasonableAdjustments),
  impairments: optional(impairments),
  mobilityNeeds: optional(text('Mobility needs (individual requirement)')),
  otherRequirements: optional(text('Other individual requirements')),
  levelOfObservation: optional(
    choice('level-of-observation', 'Level of observation', {
      A: 'A, general',
      B: 'B, intermittent (every 30 to 60 minutes)',
      C: 'C, continuous, within eyesight',
      D: 'D, continuous, by several professionals',
    }),
  ),
  recorded: optional(recorded),
});

export type OlderPersonsAssessment = Static<typeof olderPersonsAssessment>;
