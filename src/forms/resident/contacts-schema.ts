/** The people around a resident: GP practice, personal and professional contacts (PRSB hospital referral v1.1). */
import { registration } from '../common.js';
import {
  choice,
  day,
  formatted,
  group,
  line,
  many,
  moment,
  optional,
  text,
  yesNo,
  yesNoUnknown,
} from '../elements.js';

export const telephone = group('Telephone', {
  number: line('Number'),
  kind: optional(choice('telephone-kind', 'Kind', { home: 'Home', mobile: 'Mobile', work: 'Work' })),
});

export const gpPractice = group('GP practice', {
  state: choice('gp-registration', 'Registration', {
    registered: 'Registered',
    'not-registered': 'Not registered with a practice',
    'not-known': 'Not known',
  }),
  odsCode: optional(formatted('gp-ods-code', 'ODS code of the practice')),
  name: optional(line('Practice')),
  gpName: optional(line('GP')),
  address: optional(line('Address')),
  telephone: optional(line('Telephone')),
});

export const personalContact = group('Personal contact', {
  name: line('Name'),
  relationship: optional(line('Relationship')),
  telephones: optional(many('Telephones', telephone, 5)),
  email: optional(line('E-mail')),
  address: optional(line('Address')),
  nextOfKin: optional(yesNo('Next of kin', 'Gives no legal authority by itself.')),
  emergencyContact: optional(yesNo('Emergency contact')),
  mainCarer: optional(yesNo('Main unpaid carer')),
  attorneyForHealth: optional(yesNo('Attorney or deputy, health and welfare')),
  attorneyForProperty: optional(yesNo('Attorney or deputy, property and affairs')),
  doNotContact: optional(
    yesNo('DO NOT CONTACT', 'The resident does not want this person told, or it is not safe.'),
  ),
  doNotContactReason: optional(text('Why not to contact')),
  atAnyHour: optional(yesNo('May be telephoned at any hour')),
  told: optional(yesNoUnknown('Told of this transfer')),
  toldAt: optional(moment('Told at')),
  toldBy: optional(line('Told by')),
  comment: optional(text('Comment')),
});

export const professionalContact = group('Professional contact', {
  name: optional(line('Name')),
  role: line('Role'),
  speciality: optional(line('Speciality')),
  team: optional(line('Team')),
  organisation: optional(line('Organisation')),
  telephone: line('Telephone'),
  email: optional(line('E-mail')),
  registration: optional(registration),
  from: optional(day('Involved from')),
  until: optional(day('Involved until')),
  told: optional(yesNoUnknown('Told of this transfer')),
});
