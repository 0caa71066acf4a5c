/**
 * What page one and the head of each page tell of the resident. The data is as it is shown: a value that was not
 * understood stands in its place as text and is printed, never reckoned with.
 */

import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import { showLeaf } from '../../mapping/outline.js';
import type { LeafSchema } from '../../mapping/schema.js';
import { formatDay, formatNhsNumber } from '../../print/format.js';
import { ageOn, dayOf, daysBetween } from '../days.js';
import type { Say } from '../page-items.js';
import { hasNhsNumber, listName } from './names.js';

export { fullName, hasNhsNumber } from './names.js';

import { resident as schema } from './schema.js';
import { sharing } from './sharing.js';

/** A stay so short that the home hardly knows the usual self of the person (our choice). */
export const SHORT_STAY_DAYS = 14;
const NO_BREAK_SPACE = '\u00a0';
const STATUS = schema.properties.nhsNumberStatus as unknown as LeafSchema;
const POWERS = schema.properties.legal.properties.attorneys.items.properties.kind as unknown as LeafSchema;

/** Said wherever the resident is named without an NHS number, or with one that is no number. */
export const IDENTITY_NOT_VERIFIED = 'IDENTITY NOT VERIFIED';

export function nhsNumberLine(resident: JsonObject): string {
  const sent = resident['nhsNumber'];
  if (sent === undefined) return `NHS number: NOT GIVEN – ${IDENTITY_NOT_VERIFIED}`;
  const number = `NHS number: ${formatNhsNumber(String(sent).replaceAll(' ', ''))}`;
  if (!hasNhsNumber(resident)) return `NHS number: ${String(sent)} – ${IDENTITY_NOT_VERIFIED}`;
  const status = resident['nhsNumberStatus'];
  if (status === undefined) return `${number} (not said if verified)`;
  return `${number} (${status === 'verified' ? 'verified' : showLeaf(STATUS, status).toLowerCase()})`;
}

export function birthLine(resident: JsonObject, created: string): string {
  const born = resident['birthDate'];
  const age = ageOn(born, dayOf(created));
  const years = age === undefined || age < 0 ? '' : ` (${age}${NO_BREAK_SPACE}years)`;
  return `Born: ${formatDay(String(born))}${years}`;
}

export function whereLine(resident: JsonObject): string {
  if (resident['sensitive'] === true)
    return 'Address: withheld (sensitive). Do not tell anyone where this person is.';
  const parts = [
    member(resident, 'residence.homeName'),
    member(resident, 'residence.room'),
    ...((member(resident, 'residence.lines') ?? []) as readonly Json[]),
    member(resident, 'residence.postcode'),
  ];
  const kind =
    member(resident, 'residence.kind') === 'own-home' ? 'Lives in own home: ' : 'Lives in care home: ';
  return (
    kind +
    parts
      .filter((p) => p !== undefined)
      .map(String)
      .join(', ')
  );
}

/** One line for the head of each page: name, birth date, NHS number, each whole where it fits a line. */
export const identityHeader = (resident: JsonObject, created: string): string =>
  [
    listName(resident).replaceAll(' ', NO_BREAK_SPACE),
    birthLine(resident, created).replaceAll(' ', NO_BREAK_SPACE),
    hasNhsNumber(resident)
      ? nhsNumberLine(resident).replaceAll(' ', NO_BREAK_SPACE)
      : nhsNumberLine(resident),
  ].join('   ');

function authority(contact: JsonObject): string {
  const powers = [
    ...(contact['attorneyForHealth'] === true ? ['health and welfare'] : []),
    ...(contact['attorneyForProperty'] === true ? ['property and affairs'] : []),
  ];
  if (powers.length > 0) return `attorney or deputy for ${powers.join(' and ')}`;
  return contact['nextOfKin'] === true ? 'no legal authority' : '';
}

function numbers(contact: JsonObject): string {
  const list = (contact['telephones'] ?? []) as readonly JsonObject[];
  return list.map((t) => String(t['number']).replaceAll(' ', NO_BREAK_SPACE)).join(' or ');
}

const TOLD: Readonly<Record<string, string>> = {
  yes: 'told',
  no: 'NOT YET TOLD',
  'not-known': 'not known if told',
};

function told(contact: JsonObject, say: Say): string {
  const said = contact['told'];
  if (said === undefined) return 'not recorded if told';
  const at = contact['toldAt'] === undefined ? '' : ` ${say(String(contact['toldAt']))}`;
  return `${TOLD[String(said)] ?? String(said)}${at}`;
}

export function contactLine(contact: JsonObject, say: Say): string {
  const who = [contact['name'], contact['relationship']].filter((v) => v !== undefined).join(', ');
  // The reason is for staff: it stands on the resident's own page, not where visitors read.
  if (contact['doNotContact'] === true) return `DO NOT CONTACT: ${who}`;
  const marks = [
    contact['nextOfKin'] === true ? 'next of kin' : '',
    contact['emergencyContact'] === true && contact['nextOfKin'] !== true ? 'emergency contact' : '',
    authority(contact),
    numbers(contact) === '' ? 'no telephone given' : numbers(contact),
    contact['atAnyHour'] === true ? 'at any hour' : '',
    told(contact, say),
  ];
  return `${who}: ${marks.filter((m) => m !== '').join('; ')}`;
}

/** Lower first: attorneys and next of kin, then the others, those not to be contacted last. */
function rank(contact: JsonObject): number {
  if (contact['doNotContact'] === true) return 3;
  if (contact['attorneyForHealth'] === true || contact['nextOfKin'] === true) return 0;
  return contact['emergencyContact'] === true ? 1 : 2;
}

/** Said of a stay so short that the home hardly knows the person. */
export const POORLY_KNOWN = 'POORLY KNOWN';

/** Since when the person lives here, and that a short stay has taught the home little; undefined when not sent. */
export function stayLine(resident: JsonObject, created: string): string | undefined {
  const since = resident['inThisHomeSince'];
  if (since === undefined) return undefined;
  const days = daysBetween(since, dayOf(created));
  const short = days !== undefined && days >= 0 && days <= SHORT_STAY_DAYS && String(since).length === 10;
  return `In this home since ${formatDay(String(since))}${short ? `: usual self ${POORLY_KNOWN}` : ''}`;
}

/** Who decides and who is nearest first, who must not be contacted last. */
export function contactsInOrder(resident: JsonObject): readonly JsonObject[] {
  const contacts = (resident['personalContacts'] ?? []) as readonly JsonObject[];
  return [...contacts].sort((a, b) => rank(a) - rank(b));
}

const SHARED_WITHOUT: Readonly<Record<string, string>> = {
  emergency: 'emergency',
  'best-interests': 'best interests',
};

/** How the bag came to travel, where that must be seen: overridden or not recorded agreement. */
export function sharingLines(resident: JsonObject): string[] {
  const found = member(resident, 'legal.sharing');
  switch (sharing(resident)) {
    case 'override': {
      const refused = member(resident, 'legal.sharing.consent') === 'no';
      const basis = String(member(resident, 'legal.sharing.basis'));
      return [
        `SHARED WITHOUT AGREEMENT (${refused ? 'refused' : 'not asked'}): ${SHARED_WITHOUT[basis] ?? basis}.`,
        `Decided by ${String(member(resident, 'legal.sharing.decidedBy.name'))}: ${String(member(resident, 'legal.sharing.overrideReason'))}`,
      ];
    }
    case 'refused':
      return ['SHARING REFUSED: this document stays with the home.'];
    case 'not-recorded':
      return isObject(found) ? ['Agreement to share: not asked.'] : ['Agreement to share: NOT RECORDED.'];
    default:
      return [];
  }
}

/** Legal facts that a ward misreads: DoLS stays behind, an advance decision may exist, who may decide. */
export function legalLines(resident: JsonObject): string[] {
  const dols = member(resident, 'legal.dols.status');
  const held = member(resident, 'legal.advanceDecision.held');
  const attorneys = (member(resident, 'legal.attorneys') ?? []) as readonly JsonObject[];
  return [
    ...attorneys.map(
      (a) => `${showLeaf(POWERS, a['kind'] ?? '')}: ${String(a['name'])}${registeredWords(a)}`,
    ),
    ...(dols === 'authorised' || dols === 'requested'
      ? [`DoLS ${dols} for the care home only: it does NOT travel. The hospital needs its own authorisation.`]
      : []),
    ...(held === 'yes' ? ['ADVANCE DECISION to refuse treatment reported.'] : []),
  ];
}

const registeredWords = (attorney: JsonObject): string =>
  attorney['registered'] === 'yes' ? '' : ' (registration not confirmed)';
