/**
 * What is said of the resident beyond the schema: identity (domain AT-08, AT-09, AT-36), GP practice (AT-10), home,
 * contacts, legal information.
 */
import type { JsonObject } from '../../mapping/json.js';
import { ageOn, dayOf, daysBetween } from '../days.js';
import type { Finding } from '../finding.js';
import type { Form } from '../form.js';
import { legalFindings } from './legal-rules.js';
import { hasNhsNumber } from './names.js';
import { SHORT_STAY_DAYS } from './page-one.js';
import type { Resident } from './schema.js';

/** Nobody has lived longer; a greater age is a slip in the year. */
const OLDEST = 122;

function identity(resident: Resident, pointer: string, today: string | undefined): Finding[] {
  const said: Finding[] = [];
  const { nhsNumberStatus: status } = resident;
  const numbered = hasNhsNumber(resident as JsonObject);
  if (!numbered) said.push({ code: 'identity-not-verified', pointer: `${pointer}/nhsNumber` });
  if (numbered ? status === 'not-present' : status === 'verified') {
    said.push({ code: 'nhs-number-status-contradiction', pointer: `${pointer}/nhsNumberStatus` });
  } else if (numbered && status !== 'verified') {
    said.push({ code: 'nhs-number-not-verified', pointer: `${pointer}/nhsNumberStatus` });
  }
  if (resident.name?.given === undefined)
    said.push({ code: 'given-name-missing', pointer: `${pointer}/name/given` });
  const age = today === undefined ? undefined : ageOn(resident.birthDate, today);
  if (age !== undefined && (age < 0 || age > OLDEST))
    said.push({ code: 'birth-date-unlikely', pointer: `${pointer}/birthDate` });
  if (resident.similarNameInHome === 'yes')
    said.push({ code: 'similar-name', pointer: `${pointer}/similarNameInHome` });
  if (resident.photograph && resident.photograph.takenOn === undefined) {
    said.push({ code: 'photograph-undated', pointer: `${pointer}/photograph/takenOn` });
  }
  if (resident.sensitive === true) said.push({ code: 'sensitive-resident', pointer: `${pointer}/sensitive` });
  return said;
}

function home(resident: Resident, pointer: string, today: string | undefined): Finding[] {
  const said: Finding[] = [];
  const { residence } = resident;
  const at = `${pointer}/residence`;
  if (residence?.kind === 'care-home') {
    if (residence.homeName === undefined) said.push({ code: 'home-name-missing', pointer: `${at}/homeName` });
    if (residence.odsSiteCode === undefined && residence.cqcLocationId === undefined) {
      said.push({ code: 'home-code-missing', pointer: `${at}/odsSiteCode` });
    }
  }
  if (residence && residence.postcode === undefined)
    said.push({ code: 'postcode-missing', pointer: `${at}/postcode` });
  const days = daysBetween(resident.inThisHomeSince, today);
  if (days !== undefined && days < 0)
    said.push({ code: 'in-home-since-future', pointer: `${pointer}/inThisHomeSince` });
  else if (days !== undefined && days <= SHORT_STAY_DAYS && resident.inThisHomeSince?.length === 10) {
    said.push({ code: 'usual-self-poorly-known', pointer: `${pointer}/inThisHomeSince`, values: { days } });
  }
  return said;
}

/** AT-10: the practice's code, or the word that there is none or that it is not known. */
function gpPractice({ gpPractice: gp }: Resident, pointer: string): Finding[] {
  const at = `${pointer}/gpPractice`;
  if (gp === undefined) return [{ code: 'gp-practice-missing', pointer: at }];
  if (gp.state === 'registered') {
    return gp.odsCode === undefined ? [{ code: 'gp-practice-code-missing', pointer: `${at}/odsCode` }] : [];
  }
  return gp.odsCode === undefined && gp.name === undefined
    ? []
    : [{ code: 'gp-practice-contradiction', pointer: `${at}/state` }];
}

function contacts(resident: Resident, pointer: string): Finding[] {
  return (resident.personalContacts ?? []).flatMap((contact, i): Finding[] => {
    const at = `${pointer}/personalContacts/${i}`;
    if (contact.doNotContact === true) {
      const asked = contact.emergencyContact === true || contact.atAnyHour === true;
      return asked ? [{ code: 'do-not-contact-contradiction', pointer: `${at}/doNotContact` }] : [];
    }
    const reachable =
      contact.telephones !== undefined || contact.email !== undefined || contact.address !== undefined;
    return reachable ? [] : [{ code: 'contact-details-missing', pointer: `${at}/telephones` }];
  });
}

const languages = (resident: Resident, pointer: string): Finding[] =>
  (resident.languages ?? []).flatMap((spoken, i): Finding[] =>
    spoken.language === 'mis' && spoken.name === undefined
      ? [{ code: 'language-unnamed', pointer: `${pointer}/languages/${i}/name` }]
      : [],
  );

export const residentRules: Form['rules'] = (data, pointer, context) => {
  const resident = data as unknown as Resident;
  const created = (context.package as JsonObject)['createdAt'];
  const today = typeof created === 'string' ? dayOf(created) : undefined;
  return [
    ...identity(resident, pointer, today),
    ...home(resident, pointer, today),
    ...gpPractice(resident, pointer),
    ...contacts(resident, pointer),
    ...languages(resident, pointer),
    ...legalFindings(data, pointer, context),
  ];
};
