/**
 * Page one: what the ward asks in the first minute, in the order of the Red Bag pathway's evidence (docs/pdf.md).
 * What was not recorded says so; nothing is inferred from another answer. Data is as shown.
 */
import {
  allergyHeader,
  allergyLines,
  infectionLine,
  safetyFromCares,
} from '../forms/cares-escalation/page-one.js';
import { cprBanner, cprHeader, limits } from '../forms/cpr-decision/page-one.js';
import {
  lastDoseRows,
  medicineRows,
  notDailyLines,
  notOnThisChartLines,
  patchLines,
  recordWords,
  type ShownMar,
  timeCriticalLines,
} from '../forms/mar/page-one.js';
import {
  aidsLine,
  safeguardingLine,
  swallowingLine,
  usualSelf,
} from '../forms/older-persons-assessment/page-one.js';
import {
  contactsToTell,
  identityHeader,
  identityLines,
  legalLines,
  sharingLines,
  stayLine,
} from '../forms/resident/page-one.js';
import { isObject, type Json, type JsonObject, member } from '../mapping/json.js';
import { formatMoment } from '../print/format.js';
import type { Block } from '../print/press.js';

export interface PageOneInput {
  /** The whole package as shown. */
  readonly shown: JsonObject;
  readonly version: number;
  readonly changes: readonly string[];
  /** Where each such value stood, in words, and what was sent. */
  readonly notUnderstood: readonly { readonly place: string; readonly value: string | number | boolean }[];
  readonly safeguardingOnPageOne: boolean;
}

const part = (shown: JsonObject, name: string): JsonObject => {
  const value = shown[name];
  return isObject(value) ? value : {};
};

/** The head of each page: identity, allergies, CPR status. */
export function pageHeader(shown: JsonObject): string[] {
  const created = String(shown['createdAt']);
  return [
    identityHeader(part(shown, 'resident'), created),
    allergyHeader(member(shown, 'caresEscalation.shared.allergies') as JsonObject | undefined),
    cprHeader(part(shown, 'cprDecision'), created),
  ];
}

/** Page one as blocks. */
export function pageOne(input: PageOneInput): Block[] {
  const { shown, safeguardingOnPageOne } = input;
  return [
    { kind: 'heading', level: 1, text: 'Red Bag: care home to hospital' },
    ...changedSince(input),
    ...notUnderstoodBanner(input.notUnderstood),
    ...who(shown),
    ...safetyStrip(shown, safeguardingOnPageOne),
    ...whyNow(shown),
    ...usualSelfBlocks(shown),
    ...people(shown),
    ...medicines(shown),
  ];
}

function changedSince({ version, changes }: PageOneInput): Block[] {
  if (version === 1) return [];
  const title = `VERSION ${version}: CHANGED SINCE VERSION ${version - 1}`;
  return [
    {
      kind: 'banner',
      title,
      lines: changes.length > 0 ? changes : ['Nothing that the papers hold.'],
      tone: 'attention',
    },
  ];
}

function notUnderstoodBanner(values: PageOneInput['notUnderstood']): Block[] {
  if (values.length === 0) return [];
  return [
    {
      kind: 'banner',
      title: 'Some values were sent but NOT UNDERSTOOD',
      lines: values.map(({ place, value }) => `${place}: NOT UNDERSTOOD: ${String(value)}`),
      tone: 'attention',
    },
  ];
}

function who(shown: JsonObject): Block[] {
  const resident = part(shown, 'resident');
  const created = String(shown['createdAt']);
  const sender = (path: string): string => {
    const value = member(shown, `sender.${path}`);
    return value === undefined ? '' : String(value);
  };
  const home = sender('organisation.name') || 'Withheld: sensitive resident';
  const bag = member(shown, 'belongings.bag.trackerNumber');
  const lines = [
    ...identityLines(resident, created),
    `Sent by: ${home}${sender('organisation.telephone24h') && `, telephone day and night ${sender('organisation.telephone24h')}`}`,
    `Written: ${formatMoment(created)} by ${sender('person.name')}${sender('person.role') && `, ${sender('person.role')}`}`,
    bag === undefined ? 'Bag number: not recorded' : `Bag number: ${String(bag)}`,
    ...sharingLines(resident),
  ];
  return [{ kind: 'banner', title: 'Who this is', lines, tone: 'plain' }];
}

function safetyStrip(shown: JsonObject, safeguarding: boolean): Block[] {
  const created = String(shown['createdAt']);
  const cares = part(shown, 'caresEscalation');
  const assessment = part(shown, 'olderPersonsAssessment');
  const decision = part(shown, 'cprDecision');
  const mar = shown['mar'] as unknown as ShownMar | undefined;
  const cpr = cprBanner(decision, created);
  const safety = safetyFromCares(cares);
  const critical = mar ? timeCriticalLines(mar, created) : [];
  const infection = withoutShorter(
    [safety.infection, infectionLine(assessment['infection'])].filter((l) => l !== undefined),
  );
  return [
    {
      kind: 'banner',
      title: 'Safety: allergies',
      lines: allergyLines(member(cares, 'shared.allergies') as JsonObject | undefined),
      tone: 'danger',
    },
    { kind: 'banner', title: cpr.title, lines: [...cpr.lines, ...limits(decision)], tone: 'danger' },
    {
      kind: 'banner',
      title: 'Safety: also',
      lines: [
        safety.anticoagulant,
        safety.headStrike ?? 'Head struck: not recorded',
        ...(infection.length > 0 ? infection : ['Infection risk: not recorded']),
        swallowingLine(assessment) ?? 'Swallowing and choking: not recorded',
        ...[safeguardingLine(assessment, { hidden: !safeguarding })].filter((l) => l !== undefined),
        ...(mar ? patchLines(mar) : []),
        ...(critical.length > 0
          ? critical.flatMap((c) => [`TIME-CRITICAL: ${c.medicine}`, ...c.lines])
          : [mar ? 'Time-critical medicines: none marked on the chart' : 'Medicines chart: NOT SENT']),
        ...legalLines(part(shown, 'resident')),
      ],
      tone: 'danger',
    },
  ];
}

/** Two papers ask the same: where one only repeats the beginning of the other, the longer is said. */
const withoutShorter = (lines: readonly string[]): string[] =>
  [...new Set(lines)].filter((line, _, all) => !all.some((l) => l.startsWith(`${line} – `)));

function whyNow(shown: JsonObject): Block[] {
  const cares = part(shown, 'caresEscalation');
  const safety = safetyFromCares(cares);
  const words = (path: string): string | undefined => {
    const value = member(cares, path);
    return typeof value === 'string' ? value : undefined;
  };
  const different = words('concerns.whatIsDifferent');
  return [
    { kind: 'heading', level: 2, text: 'Why now' },
    { kind: 'paragraph', text: safety.reason },
    {
      kind: 'list',
      items: [
        ...safety.times,
        ...(different === undefined ? [] : [`Different from usual: ${different}`]),
        ...safety.called.map((line) => `Called: ${line}`),
        ...safety.observations,
        ...safety.intake,
        ...[safety.returnTonight].filter((l) => l !== undefined),
      ],
    },
  ];
}

function usualSelfBlocks(shown: JsonObject): Block[] {
  const assessment = shown['olderPersonsAssessment'];
  const heading: Block = { kind: 'heading', level: 2, text: 'Usual self' };
  const stay = [stayLine(part(shown, 'resident'), String(shown['createdAt']))].filter((l) => l !== undefined);
  if (!isObject(assessment)) {
    const none = 'No assessment was sent: usual self not recorded.';
    return [heading, { kind: 'list', items: [...stay, none] }];
  }
  const summary = assessment['careNeedsSummary'];
  const lines = [
    ...stay,
    ...(summary === undefined ? [] : [`Care needs: ${String(summary)}`]),
    ...usualSelf(assessment),
    aidsLine(assessment) ?? 'Aids: not recorded',
  ];
  return [heading, { kind: 'list', items: lines }];
}

function people(shown: JsonObject): Block[] {
  const contacts = contactsToTell(part(shown, 'resident'));
  const told = safetyFromCares(part(shown, 'caresEscalation')).told;
  return [
    { kind: 'heading', level: 2, text: 'People' },
    {
      kind: 'list',
      items: [
        ...(contacts.length > 0 ? contacts : ['Contacts: not recorded']),
        ...told.map((line) => `Told: ${line}`),
        ...(told.length === 0 ? ['Who has been told: not recorded'] : []),
      ],
    },
  ];
}

function medicines(shown: JsonObject): Block[] {
  const heading: Block = { kind: 'heading', level: 2, text: 'Medicines' };
  const sent: Json | undefined = shown['mar'];
  if (!isObject(sent)) {
    return [
      heading,
      {
        kind: 'paragraph',
        text: 'No medicines chart was sent. This does not say that the person takes none.',
      },
    ];
  }
  const mar = sent as unknown as ShownMar;
  const last = new Map(lastDoseRows(mar, String(shown['createdAt'])).map((r) => [r.medicine, r]));
  return [
    heading,
    { kind: 'paragraph', text: recordWords(mar) },
    {
      kind: 'table',
      caption: 'Medicines with the last dose given',
      columns: [
        { title: 'Medicine', share: 3 },
        { title: 'Dose', share: 2 },
        { title: 'Kind', share: 2 },
        { title: 'Last given', share: 2 },
        { title: 'Next due', share: 2 },
        { title: 'Not taken in the last day', share: 2 },
      ],
      rows: medicineRows(mar).map((m) => {
        const row = last.get(m.medicine);
        return [
          m.medicine,
          [m.dose, m.route].filter((s) => s !== '').join(', '),
          m.kind,
          row?.last ?? '',
          row?.next ?? '',
          row?.missed ?? '',
        ];
      }),
    },
    { kind: 'list', items: [...notDailyLines(mar), ...notOnThisChartLines(mar)] },
  ];
}
