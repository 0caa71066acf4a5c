/** Medicines that are not on the home's chart because others give them: what a chart alone would hide (domain 12.1). */
import { choice, group, line, many, moment, optional, text, yesNo } from '../elements.js';
import { dmdCode } from './medicine.js';

const syringeDriver = group('Syringe driver', {
  contents: optional(
    many(
      'Contents',
      group('In the syringe', { name: line('Medicine'), amount: optional(line('Amount')) }),
      20,
    ),
  ),
  rate: optional(line('Rate')),
  startedAt: optional(moment('Started at')),
  endsAt: optional(moment('Ends at')),
  site: optional(line('Site')),
  lastCheck: optional(text('Left at the last check', 'Volume, battery, site, by whom.')),
});

export const givenByOthers = group('Medicine given by others', {
  by: choice('medicine-given-by', 'Given by', {
    'district-nurse': 'District or community nurse',
    'mental-health-team': 'Community mental health team',
    'palliative-team': 'Hospice or palliative care team',
    'gp-practice': 'GP practice',
    clinic: 'Hospital clinic or day unit',
    ambulance: 'Ambulance crew',
    family: 'Family or friend',
    resident: 'The resident',
    other: 'Somebody else',
  }),
  name: line('Medicine'),
  dmdCode: optional(dmdCode),
  doseText: optional(text('Dose and how often')),
  route: optional(line('Route')),
  timeCritical: optional(yesNo('Time-critical')),
  lastGiven: optional(moment('Last given')),
  nextDue: optional(moment('Next due')),
  contact: optional(line('Whom to ask', 'Name and telephone of who gives it.')),
  recordKept: optional(line('Where their record is')),
  syringeDriver: optional(syringeDriver),
  note: optional(text('Note')),
});
