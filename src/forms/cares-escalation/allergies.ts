/**
 * What the home says of allergies, in the words of the page. Absent is not "none": an entry that is active outweighs
 * "none known" (UK Core guidance on negation), and "not recorded" is never shortened to nothing.
 */
import { isObject, type Json, type JsonObject } from '../../mapping/json.js';
import { formatDay } from '../../print/format.js';

/** `known-not-listed`: said to be known, but none is listed. */
export type AllergyState = 'known' | 'known-not-listed' | 'none-known' | 'not-recorded';

/** Entries of the paper's allergies, in their order. */
export function allergyEntries(allergies: JsonObject): readonly JsonObject[] {
  const entries = allergies['entries'];
  return Array.isArray(entries) ? (entries as readonly Json[]).filter(isObject) : [];
}

/** An entry holds unless it is said to be past or ruled out. */
export const isActive = (entry: JsonObject): boolean =>
  entry['certainty'] !== 'refuted' && entry['status'] !== 'inactive' && entry['status'] !== 'resolved';

/** What holds, whatever box was ticked: an active entry always does. */
export function allergyState(allergies: JsonObject): AllergyState {
  if (allergyEntries(allergies).some(isActive)) return 'known';
  switch (allergies['state']) {
    case 'known':
      return allergyEntries(allergies).length > 0 ? 'known' : 'known-not-listed';
    case 'none-known':
      return 'none-known';
    default:
      return 'not-recorded';
  }
}

const words = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
const SEVERITY: Readonly<Record<string, string>> = { mild: 'mild', moderate: 'moderate', severe: 'SEVERE' };
const CERTAINTY: Readonly<Record<string, string>> = { unconfirmed: 'not confirmed', refuted: 'RULED OUT' };
const STATUS: Readonly<Record<string, string>> = { inactive: 'no longer active', resolved: 'resolved' };

/** One entry: agent, reaction, severity, date (NICE CG183 1.2.2); then what limits it. */
export function allergyLine(entry: JsonObject): string {
  const agent = isObject(entry['agent']) ? words(entry['agent']['text']) : undefined;
  const parts = [
    words(entry['reaction']) ?? 'reaction not recorded',
    SEVERITY[words(entry['severity']) ?? ''] ?? 'severity not recorded',
    words(entry['date']) === undefined ? 'date not recorded' : formatDay(String(entry['date'])),
    CERTAINTY[words(entry['certainty']) ?? ''],
    STATUS[words(entry['status']) ?? ''],
  ].filter((p) => p !== undefined);
  return `${agent ?? 'agent not understood'}: ${parts.join('; ')}`;
}

/** All allergies in words, for page one: each entry, or which of the other states holds. Never empty. */
export function allergyLines(allergies: JsonObject | undefined): readonly string[] {
  if (!allergies) return ['Allergies: NOT RECORDED'];
  const lines = allergyEntries(allergies).map(allergyLine);
  switch (allergyState(allergies)) {
    case 'known':
      return lines;
    case 'known-not-listed':
      return ['Allergies: KNOWN BUT NOT LISTED. Ask the home.'];
    case 'none-known':
      return ['No known allergies', ...lines];
    default:
      return ['Allergies: NOT RECORDED', ...lines];
  }
}

/**
 * Allergies for the head of each page: all agents that hold, or how many there are and where they stand; never a part
 * of them. `room` is how many characters the line has.
 */
export function allergyHeader(allergies: JsonObject | undefined, room = 90): string {
  const state = allergies ? allergyState(allergies) : 'not-recorded';
  if (!allergies || state === 'not-recorded') return 'ALLERGIES: NOT RECORDED';
  if (state === 'none-known') return 'No known allergies';
  if (state === 'known-not-listed') return 'ALLERGIES: KNOWN BUT NOT LISTED';
  const held = allergyEntries(allergies).filter(isActive);
  if (held.length === 0) return 'ALLERGIES: none active, see page 1';
  const line = `ALLERGIES: ${held.map((e) => (isObject(e['agent']) ? String(e['agent']['text']) : '?')).join(', ')}`;
  if (line.length <= room && !line.includes('\n')) return line;
  return `${held.length} ${held.length === 1 ? 'ALLERGY' : 'ALLERGIES'}: see page 1`;
}
