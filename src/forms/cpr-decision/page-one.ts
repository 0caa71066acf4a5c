/** What page one says of CPR and of the limits of treatment. Data as it is shown: odd values are text, and printed. */
import type { Json, JsonObject } from '../../mapping/json.js';
import { isObject, member } from '../../mapping/json.js';
import { showLeaf } from '../../mapping/outline.js';
import type { LeafSchema } from '../../mapping/schema.js';
import { formatDay } from '../../print/format.js';
import { dayOf } from '../days.js';
import {
  CPR_ONLY,
  EITHER_CPR_ONLY,
  INFORMATION_COPY,
  inConflict,
  isAgainst,
  isDecided,
  type Missing,
  missingOf,
  reviewPassed,
  sources,
} from './decision.js';
import { cprDecision as schema } from './schema.js';

const SOURCES = schema.properties.source as unknown as LeafSchema;
const PRIORITIES = schema.properties.respect.properties.priority as unknown as LeafSchema;

const TITLES: Readonly<Record<string, string>> = {
  'not-for-cpr': 'NOT FOR CPR',
  'for-cpr': 'FOR CPR',
  'no-decision-recorded': 'NO CPR DECISION RECORDED',
  unknown: 'CPR STATUS UNKNOWN',
};
const titleOf = (decision: JsonObject): string =>
  TITLES[String(decision['status'])] ?? String(decision['status']);

const TRAVELS: Readonly<Record<string, string>> = {
  yes: 'travels with the person',
  no: 'does NOT travel with the person',
};

function originalLine(decision: JsonObject): string {
  const where = decision['originalLocation'];
  const travels = TRAVELS[String(decision['originalTravelling'])] ?? 'not known if it travels';
  return `${INFORMATION_COPY} – look for the original: ${where === undefined ? 'WHEREABOUTS NOT GIVEN' : String(where)}; ${travels}.`;
}

/** A decision for CPR mostly stands on no form: then there is no original to look for. */
const hasPaper = (decision: JsonObject): boolean =>
  decision['status'] !== 'for-cpr' ||
  !['none', 'electronic-record'].includes(String(decision['formType'] ?? 'none')) ||
  ['originalLocation', 'originalTravelling', 'scanAttachmentId'].some((k) => decision[k] !== undefined);

function madeLines(decision: JsonObject): string[] {
  const who = [
    member(decision, 'decidedBy.name'),
    member(decision, 'decidedBy.role'),
    member(decision, 'decidedBy.organisation'),
  ];
  const by = who
    .filter((w) => w !== undefined)
    .map(String)
    .join(', ');
  const on = decision['decidedOn'];
  // "UNVERIFIED: date, decision-maker not given" has said it.
  if (on === undefined && by === '') return [];
  return [
    `Decided ${on === undefined ? 'on a date NOT GIVEN' : formatDay(String(on))} by ${by === '' ? 'somebody NOT NAMED' : by}.`,
  ];
}

function reviewLines(decision: JsonObject, today: string): string[] {
  const on = decision['reviewOn'];
  if (on === undefined) return [];
  if (reviewPassed(decision, today)) return [`REVIEW DATE PASSED – confirm (${formatDay(String(on))}).`];
  return [`Review date ${formatDay(String(on))}; not an expiry date.`];
}

/** What is missing; a value that was sent and is no day, or no name, was given and not understood. */
function missingWords(decision: JsonObject, missing: readonly Missing[]): string {
  const sent = (m: Missing): boolean => m.field !== 'decidedBy' && decision[m.field] !== undefined;
  const words = (which: readonly Missing[], what: string): string[] =>
    which.length === 0 ? [] : [`${which.map((m) => m.words).join(', ')} ${what}`];
  return [
    ...words(
      missing.filter((m) => !sent(m)),
      'not given',
    ),
    ...words(missing.filter(sent), 'not understood'),
  ].join('; ');
}

function decidedLines(decision: JsonObject, today: string): string[] {
  const missing = missingOf(decision);
  return [
    ...(missing.length > 0 ? [`UNVERIFIED: ${missingWords(decision, missing)}.`] : []),
    ...(hasPaper(decision) ? [originalLine(decision)] : []),
    ...madeLines(decision),
    ...reviewLines(decision, today),
  ];
}

const undecidedLine = (decision: JsonObject): string =>
  decision['status'] === 'no-decision-recorded'
    ? 'The home has no record of a decision. This is not a decision against CPR.'
    : 'The home does not know whether there is a decision. Look for a form and in the shared record.';

function sourceLines(decision: JsonObject, path: string, today: string): string[] {
  const from =
    decision['source'] === undefined
      ? 'source not given'
      : showLeaf(SOURCES, decision['source']).toLowerCase();
  const name = path === '' ? 'This home' : 'Another source';
  return [
    `${name} (${from}): ${titleOf(decision)}`,
    ...(isDecided(decision) ? decidedLines(decision, today) : [undecidedLine(decision)]),
  ];
}

export interface CprBanner {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The CPR statement for page one and for the paper's own page. Takes `cprDecision` and the package's created time. */
export function cprBanner(data: JsonObject, created: string): CprBanner {
  const today = dayOf(created);
  const all = sources(data);
  const told =
    all.length > 1
      ? all.flatMap(({ decision, path }) => sourceLines(decision, path, today))
      : isDecided(data)
        ? decidedLines(data, today)
        : [undecidedLine(data)];
  return {
    title: bannerTitle(data, today),
    lines: [...told, ...(isAgainst(data) ? [all.length > 1 ? EITHER_CPR_ONLY : CPR_ONLY] : [])],
  };
}

function bannerTitle(data: JsonObject, today: string): string {
  if (inConflict(data)) return `CPR: SOURCES DISAGREE – ${INFORMATION_COPY}`;
  const marks = [
    missingOf(data).length > 0 ? 'UNVERIFIED' : '',
    reviewPassed(data, today) ? 'REVIEW DATE PASSED' : '',
    isDecided(data) ? INFORMATION_COPY : '',
  ];
  return [titleOf(data), ...marks.filter((m) => m !== '')].join(' – ');
}

/** One line for the head of each page. */
export function cprHeader(data: JsonObject, created: string): string {
  const { title } = cprBanner(data, created);
  return title.startsWith('CPR') ? title : `CPR: ${title}`;
}

const UNTOLD = 'not said what it refuses';

function advanceDecisionLine(adrt: JsonObject): string {
  const made = adrt['madeOn'] === undefined ? 'date not given' : formatDay(String(adrt['madeOn']));
  const what = adrt['refuses'] === undefined ? UNTOLD : String(adrt['refuses']);
  const life = adrt['lifeSustaining'] === 'yes' ? ' (life-sustaining treatment)' : '';
  const checked = adrt['validityChecked'] === 'yes' ? 'validity checked' : 'validity unchecked';
  return `ADRT reported, ${made}${life}: ${what}; ${checked}.`;
}

function respectLines(respect: JsonObject): string[] {
  const limits = (respect['notRecommended'] ?? []) as readonly JsonObject[];
  const priority: Json | undefined = respect['priority'];
  const lines = limits.map((l) => {
    const why = l['reason'] === undefined ? '' : ` (${String(l['reason'])})`;
    return `ReSPECT, not recommended: ${String(l['treatment'])}${why}`;
  });
  if (priority !== undefined)
    lines.unshift(`ReSPECT, priority: ${showLeaf(PRIORITIES, priority).toLowerCase()}`);
  if (respect['recommendations'] !== undefined)
    lines.push(`ReSPECT, recommendations: ${String(respect['recommendations'])}`);
  return lines.length > 0 ? lines : ['ReSPECT form: read it; its recommendations were not sent.'];
}

/**
 * Limits of treatment besides CPR, for the safety strip (domain AT-48): ADRT and ReSPECT, told whole.
 * Takes `cprDecision`; empty when none was sent, which does not say that there is none.
 */
export function limits(data: JsonObject): string[] {
  const { advanceDecision, respect, attorney } = data;
  return [
    ...(isObject(advanceDecision) ? [advanceDecisionLine(advanceDecision)] : []),
    ...(isObject(respect) ? respectLines(respect) : []),
    ...(isObject(attorney) && attorney['mayDecideLifeSustaining'] === 'yes'
      ? [`Attorney may decide on life-sustaining treatment: ${String(attorney['name'] ?? 'not named')}`]
      : []),
  ];
}
