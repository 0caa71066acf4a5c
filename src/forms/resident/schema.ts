/**
 * The resident: who it is, where they live, who belongs to them, and the legal information that travels with them.
 * Elements and M/R/O: PRSB hospital referral for assessment v1.1 (the care home to hospital standard's own table was
 * not to be had); identity checks by the HSIB pilot on wrong identity are ours (docs/forms.md).
 */
import { recorded } from '../common.js';
import {
  choice,
  formatted,
  group,
  line,
  many,
  moment,
  optional,
  partialDate,
  type Static,
  text,
  yesNo,
  yesNoUnknown,
} from '../elements.js';
import { gpPractice, personalContact, professionalContact, telephone } from './contacts-schema.js';
import { language } from './language.js';
import { legal } from './legal-schema.js';

const name = group('Name', {
  family: line('Family name'),
  given: optional(many('Given names', line('Given name'), 10)),
  title: optional(line('Title')),
  suffix: optional(line('Suffix')),
});

const residence = group('Address', {
  kind: choice('residence-kind', 'Lives', {
    'care-home': 'In a care home',
    'own-home': 'In their own home, with care there',
  }),
  homeName: optional(line('Care home', 'Needed for a care home.')),
  odsSiteCode: optional(formatted('ods-code', 'ODS site code of the care home')),
  cqcLocationId: optional(formatted('cqc-location', 'CQC location id of the care home')),
  careHomeType: optional(
    choice('care-home-type', 'Kind of care home', {
      'without-nursing': 'Without nursing',
      'with-nursing': 'With nursing',
      integrated: 'With and without nursing',
    }),
  ),
  room: optional(line('Room or unit')),
  lines: many('Address lines', line('Address line'), 5),
  postcode: optional(line('Postcode')),
  telephone: optional(line('Telephone of the home')),
  access: optional(
    text('Getting in', 'Key safe, who holds keys, pets: for a person who lives in their own home.'),
  ),
  careAgency: optional(
    group('Care agency', {
      name: line('Name'),
      telephone: optional(line('Telephone')),
      cqcLocationId: optional(formatted('cqc-location', 'CQC location id of the agency')),
      visits: optional(text('Visits')),
    }),
  ),
});

const spoken = group('Language', {
  language,
  name: optional(line('Name of the language', 'Where the list has it not, or a dialect.')),
  preferred: optional(yesNo('Preferred language')),
  note: optional(text('How well, and for what')),
});

const interpreter = group('Interpreter', {
  needed: yesNoUnknown('Needs an interpreter'),
  details: optional(text('Which, and how to reach one')),
});

const identityChecked = group('Identity check', {
  by: line('Checked by'),
  from: choice('identity-source', 'Checked from', {
    'known-personally': 'Knows the resident personally',
    photograph: 'Photograph on the record',
    'asked-resident': 'Resident asked for name and birth date',
    document: 'Document or wristband',
    other: 'Something else',
  }),
  note: optional(line('Note')),
  at: optional(moment('Checked at')),
});

const photograph = group('Photograph of the resident', {
  attachmentId: formatted('attachment-id', 'Attachment'),
  takenOn: optional(partialDate('Taken on')),
});

export const resident = group('Resident', {
  name,
  preferredName: optional(line('Preferred name')),
  formerNames: optional(
    many(
      'Former names',
      group('Former name', { name: line('Name'), until: optional(partialDate('Until')) }),
      10,
    ),
  ),
  birthDate: formatted('birth-date', 'Date of birth'),
  gender: optional(
    choice('administrative-gender', 'Gender', {
      female: 'Female',
      male: 'Male',
      other: 'Other',
      unknown: 'Not known',
    }),
  ),
  sex: optional(
    choice('person-sex', 'Sex registered at birth', {
      female: 'Female',
      male: 'Male',
      indeterminate: 'Indeterminate',
      'not-known': 'Not known',
    }),
  ),
  genderIdentity: optional(line('Gender in their own words')),
  nhsNumber: optional(formatted('nhs-number', 'NHS number')),
  nhsNumberStatus: optional(
    choice('nhs-number-status', 'NHS number status', {
      verified: 'Number present and verified',
      'not-traced': 'Number present but not traced',
      'trace-required': 'Trace required',
      'no-single-match': 'Trace attempted: no match or more than one',
      conflict: 'Trace needs to be resolved: number or details in conflict',
      'trace-in-progress': 'Trace in progress',
      'not-present': 'Number not present, trace not required',
      postponed: 'Trace postponed',
    }),
  ),
  otherIdentifiers: optional(
    many(
      'Other identifiers',
      group('Other identifier', { issuer: line('What it is'), value: line('Identifier') }),
      10,
    ),
  ),
  residence,
  inThisHomeSince: optional(
    partialDate('In this home since', 'A short stay: the usual self is poorly known.'),
  ),
  telephones: optional(many('Telephones of the resident', telephone, 5)),
  email: optional(line('E-mail')),
  languages: optional(many('Languages', spoken, 10)),
  interpreter: optional(interpreter),
  religion: optional(line('Religion')),
  religiousNeeds: optional(text('Religious and spiritual needs')),
  gpPractice: optional(gpPractice),
  personalContacts: optional(many('Personal contacts', personalContact, 30)),
  professionalContacts: optional(many('Professional contacts', professionalContact, 30)),
  sensitive: optional(
    yesNo(
      'Sensitive (S-flagged)',
      'Where this resident lives must not be told: it is withheld from all that leaves.',
    ),
  ),
  similarNameInHome: optional(yesNoUnknown('Somebody else in the home has a similar name')),
  identityChecked: optional(identityChecked),
  photograph: optional(photograph),
  legal: optional(legal),
  recorded: optional(recorded),
});

export type Resident = Static<typeof resident>;
export type Legal = NonNullable<Resident['legal']>;
