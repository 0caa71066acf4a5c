/**
 * What a letter on the chart says of a dose, and what FHIR says then. Letters are not standard ("A" is "administered"
 * on one chart and "left out for later" on another), so a letter means what the chart's own key says and nothing else.
 * Statuses: https://hl7.org/fhir/R4/valueset-medication-admin-status.html ; reasons: examples of the UK Core
 * implementation guide for MedicationAdministration.statusReason.
 */
import { redbag, systems } from '../../fhir/systems.js';
import { choice } from '../elements.js';

export const OUTCOME_LABELS = {
  given: 'Given',
  'part-given': 'Part given',
  'self-taken-seen': 'Taken by the resident, seen by staff',
  'left-out': 'Left out or prompted, not seen taken',
  refused: 'Refused',
  asleep: 'Asleep',
  away: 'Away: in hospital, on leave, out',
  'give-later': 'To be given later',
  'out-of-stock': 'Not available',
  vomited: 'Vomited after taking',
  'vomited-drug-induced': 'Vomited, caused by the medicine',
  reaction: 'Stopped for an allergic reaction',
  'nil-by-mouth': 'Nil by mouth',
  withheld: 'Withheld on advice',
  'not-required': 'Not required',
  'not-given-other': 'Not given, other reason',
  'said-with-dose': 'Said with each dose (see note)',
  'no-entry': 'No entry: may have been given',
  'after-record-end': 'After the record ends',
  unknown: 'Not known',
} as const;

export type Outcome = keyof typeof OUTCOME_LABELS;

/** The normalised outcome of a dose, or of a letter in the chart's key. */
export const outcomeChoice = (title: string, description?: string) =>
  choice('mar-outcome', title, OUTCOME_LABELS, description);

type Status = 'completed' | 'not-done' | 'on-hold' | 'stopped' | 'unknown';

interface Told {
  readonly status: Status;
  /** SNOMED CT concept of the reason, where the references give one. */
  readonly snomed?: readonly [code: string, display: string];
}

const DECLINED = ['182895007', 'Drug declined by patient'] as const;
const UNAVAILABLE = ['398090008', 'Patient unavailable'] as const;

const TOLD: Readonly<Record<Outcome, Told>> = {
  given: { status: 'completed' },
  'part-given': { status: 'stopped' },
  'self-taken-seen': { status: 'completed' },
  'left-out': { status: 'unknown' },
  refused: { status: 'not-done', snomed: DECLINED },
  asleep: { status: 'not-done' },
  away: { status: 'not-done', snomed: UNAVAILABLE },
  'give-later': { status: 'on-hold', snomed: UNAVAILABLE },
  'out-of-stock': { status: 'not-done', snomed: ['242990004', 'Drug not available for administration'] },
  vomited: { status: 'stopped' },
  'vomited-drug-induced': { status: 'stopped', snomed: ['419219000', 'Drug-induced nausea and vomiting'] },
  reaction: { status: 'stopped', snomed: ['416093006', 'Allergic reaction to drug'] },
  'nil-by-mouth': { status: 'not-done' },
  withheld: { status: 'not-done' },
  'not-required': { status: 'not-done' },
  'not-given-other': { status: 'not-done' },
  'said-with-dose': { status: 'unknown' },
  'no-entry': { status: 'unknown' },
  'after-record-end': { status: 'unknown' },
  unknown: { status: 'unknown' },
};

/** A letter of the chart's key. Any member may be missing: it may not have been understood. */
export interface KeyLetter {
  readonly letter?: string;
  readonly meaning?: string;
  readonly outcome?: Outcome;
}

export interface Reading {
  readonly outcome: Outcome;
  /** The chart's own words for the letter. */
  readonly meaning?: string;
  /** Why the outcome is not known although a letter stands there. */
  readonly because?: 'not-in-key' | 'letter-twice' | 'contradicts-key' | 'not-said';
}

/** Reads letters by one chart's key; make one for each chart. */
export type KeyReader = (letter: string | undefined, sent: Outcome | undefined) => Reading;

/**
 * Takes a chart's key; gives what reads its letters. A letter that the key does not have, has twice with different
 * outcomes, or that stands beside a contradicting outcome of the sender, is `unknown`: nothing is guessed.
 */
export function keyReader(key: readonly KeyLetter[]): KeyReader {
  const letters = new Map<string, KeyLetter[]>();
  for (const entry of key) {
    if (typeof entry.letter !== 'string') continue;
    const known = letters.get(entry.letter);
    if (known) known.push(entry);
    else letters.set(entry.letter, [entry]);
  }
  return (letter, sent) => {
    const [entry, ...others] = (letter === undefined ? undefined : letters.get(letter)) ?? [];
    if (!entry) return { outcome: 'unknown', because: 'not-in-key' };
    if (others.some((o) => o.outcome !== entry.outcome))
      return { outcome: 'unknown', because: 'letter-twice' };
    const meaning = typeof entry.meaning === 'string' ? { meaning: entry.meaning } : {};
    const outcome = entry.outcome ?? 'unknown';
    if (outcome === 'said-with-dose') {
      if (sent === undefined || sent === 'said-with-dose')
        return { outcome: 'unknown', ...meaning, because: 'not-said' };
      return { outcome: sent, ...meaning };
    }
    if (sent !== undefined && sent !== outcome)
      return { outcome: 'unknown', ...meaning, because: 'contradicts-key' };
    return { outcome, ...meaning };
  };
}

export const statusOf = (outcome: Outcome): Status => TOLD[outcome].status;

/** True when the resident has had the whole dose, as far as the chart tells. */
export const wasTaken = (outcome: Outcome): boolean => TOLD[outcome].status === 'completed';

/** True when the resident may have had some of it: part, vomited, left out, or a meaning that is not known. */
export const mayBeTaken = (outcome: Outcome): boolean =>
  ['stopped', 'unknown'].includes(TOLD[outcome].status);

/** MedicationAdministration.statusReason: none for a dose that was given. `text` is the chart's word, or the raw letter. */
export function reasonOf(
  outcome: Outcome,
  text: string,
): { coding: { system: string; code: string; display: string }[]; text: string } | undefined {
  const { status, snomed } = TOLD[outcome];
  if (status === 'completed') return undefined;
  return {
    coding: [
      ...(snomed ? [{ system: systems.snomed, code: snomed[0], display: snomed[1] }] : []),
      { system: redbag('CodeSystem', 'mar-outcome'), code: outcome, display: OUTCOME_LABELS[outcome] },
    ],
    text,
  };
}
