/**
 * What the hospital sends home with the person: format redbag-discharge/1. The least that a home needs on the way
 * back, by PRSB eDischarge Summary v2.1 (https://theprsb.org/standards/edischargesummary/) and NICE QS85 and NG27;
 * the JSON is our proposal (docs/forms.md).
 */
import { belongingItem } from '../belongings/schema.js';
import { person, recorded } from '../common.js';
import { cprDecision } from '../cpr-decision/schema.js';
import {
  choice,
  day,
  formatted,
  group,
  line,
  many,
  moment,
  optional,
  type Static,
  Type,
  text,
  yesNo,
  yesNoUnknown,
} from '../elements.js';
import { returnedMedicine } from './medicine.js';
import { ability, allergies, diagnosis, equipment, infection, skin, treatment } from './stay.js';

/** Format of the package on the way home. */
export const DISCHARGE_FORMAT = 'redbag-discharge/1';

const hospital = group('Hospital', {
  name: line('Name'),
  odsCode: optional(formatted('own-ods-code', 'ODS code')),
  telephone: optional(line('Telephone')),
});

/** Enough to find the resident and to be sure of them. */
const resident = group('Resident', {
  name: group('Name', {
    family: line('Family name'),
    given: optional(many('Given names', line('Given name'), 10)),
  }),
  birthDate: formatted('birth-date', 'Date of birth'),
  nhsNumber: optional(formatted('nhs-number', 'NHS number')),
  address: optional(
    group('Address', {
      lines: many('Address lines', line('Address line'), 5),
      postcode: optional(line('Postcode')),
    }),
  ),
});

const stay = group('Stay in hospital', {
  admittedAt: optional(moment('Admitted at')),
  reason: optional(text('Reason for admission')),
  consultant: optional(person('Consultant')),
  leftAt: moment('Left the ward at'),
  destination: optional(line('Going to')),
  transport: optional(line('Transport')),
  dateInformed: optional(
    group('Told of the discharge date', {
      person: yesNo('The person was told'),
      carer: yesNo('The care home or carer was told'),
    }),
  ),
});

const cpr = group('CPR decision in hospital', {
  what: choice('cpr-change', 'In hospital', {
    'no-change': 'No change',
    made: 'Decision made',
    changed: 'Decision changed',
    withdrawn: 'Decision withdrawn',
    'not-recorded': 'Not recorded',
  }),
  status: optional(cprDecision.properties.status),
  decidedOn: optional(day('Decided on')),
  decidedBy: optional(person('Decided by')),
  paperCameBack: optional(yesNoUnknown('The paper travels back with the person')),
  originalLocation: optional(line('Where the original is')),
  stayOnly: optional(yesNo('For this stay only', 'Does not hold after discharge.')),
  note: optional(text('Note')),
});

const followUp = group('Follow-up', {
  action: text('What is to be done'),
  by: line('Who does it'),
  due: optional(line('When', 'In words, e.g. within two weeks.')),
  on: optional(day('On')),
  contact: optional(line('Who to ask')),
});

const nextOfKin = group('Next of kin told', {
  told: yesNoUnknown('Told of the discharge'),
  name: optional(line('Name')),
  relationship: optional(line('Relationship')),
  at: optional(moment('Told at')),
  by: optional(line('Told by')),
});

const returned = group('Belongings', {
  bagReturned: yesNoUnknown('The Red Bag travels back'),
  trackerNumber: optional(line('Bag tracker number')),
  items: optional(many('Items', belongingItem)),
});

const ward = group('Contact on the ward', {
  ward: line('Ward'),
  name: optional(line('Who to ask for')),
  telephone: line('Telephone'),
  hours: optional(line('When')),
});

export const dischargeSummary = group('Discharge summary for the care home', {
  format: Type.Unsafe<typeof DISCHARGE_FORMAT>({
    type: 'string',
    title: 'Package format',
    const: DISCHARGE_FORMAT,
    format: 'line',
  }),
  packageId: formatted('package-id', 'Package id', 'Of the hospital; unique within it.'),
  answersPackageId: optional(
    formatted('package-id', 'Red Bag that this answers', 'packageId under which the home sent it.'),
  ),
  createdAt: formatted('instant', 'Made at'),
  sender: group('Sender', { organisation: hospital, person: person('Person sending') }),
  resident,
  stay,
  whatHappened: text('What happened'),
  diagnoses: optional(many('Diagnoses', diagnosis, 50)),
  treatments: optional(many('Treatments', treatment, 50)),
  medicines: optional(many('Medicines', returnedMedicine, 100)),
  allergies,
  cpr,
  infectionRisk: optional(infection),
  skin: optional(skin),
  equipment: optional(many('New equipment', equipment, 30)),
  abilities: optional(many('How the person is now', ability, 30)),
  followUp: optional(many('Follow-up', followUp, 50)),
  nextOfKin: optional(nextOfKin),
  belongings: optional(returned),
  ward,
  recorded: optional(recorded),
});

export type DischargeSummary = Static<typeof dischargeSummary>;
