/**
 * Page one: what the ward asks in the first minute, on one sheet, in the order of the Red Bag pathway's evidence
 * (docs/pdf.md). What was not recorded says so, in few words; nothing is inferred from another answer. Data is as shown.
 */
import {
  allergyGroup,
  observationRows,
  scaleItems,
  toldItems,
  whyItems,
} from '../forms/cares-escalation/front.js';
import {
  allergyHeader,
  anticoagulantLine,
  headStrikeLine,
  infectionLine,
} from '../forms/cares-escalation/page-one.js';
import { cprGroups } from '../forms/cpr-decision/front.js';
import { cprHeader } from '../forms/cpr-decision/page-one.js';
import { besideTheChart, medicineTable, timeCriticalGroup, upTo } from '../forms/mar/front.js';
import { patchLines, recordWords, type ShownMar } from '../forms/mar/page-one.js';
import { assessedWords, swallowingGroup, usualItems } from '../forms/older-persons-assessment/front.js';
import { safeguardingLine } from '../forms/older-persons-assessment/page-one.js';
import { fromLine, fromLines, item, near, notRecorded, runOn } from '../forms/page-items.js';
import {
  contactItems,
  gpItem,
  identityItems,
  legalItems,
  sharingItems,
  toldContacts,
} from '../forms/resident/front.js';
import { identityHeader, POORLY_KNOWN, stayLine } from '../forms/resident/page-one.js';
import { isObject, type JsonObject, member } from '../mapping/json.js';
import type { Beside, Front, Group, Item, Pointer, Zone, ZonePart } from '../print/front-words.js';
import { photographOf } from './photograph.js';

export interface PageOneInput {
  /** The whole package as shown. */
  readonly shown: JsonObject;
  readonly version: number;
  readonly changes: readonly string[];
  /** Where each such value stood, in words, and what was sent. */
  readonly notUnderstood: readonly { readonly place: string; readonly value: string | number | boolean }[];
  readonly safeguardingOnPageOne: boolean;
  /** Where the papers begin. */
  readonly index: readonly Pointer[];
}

const partOf = (shown: JsonObject, name: string): JsonObject => {
  const value = shown[name];
  return isObject(value) ? value : {};
};

const items = (columns: 1 | 2, ...groups: readonly Group[]): ZonePart => ({ kind: 'items', columns, groups });
/** The head of each page: identity, allergies, CPR status. */
export function pageHeader(shown: JsonObject): string[] {
  const created = String(shown['createdAt']);
  return [
    identityHeader(partOf(shown, 'resident'), created),
    allergyHeader(member(shown, 'caresEscalation.shared.allergies') as JsonObject | undefined),
    cprHeader(partOf(shown, 'cprDecision'), created),
  ];
}

/** Page one as zones. */
export function pageOne(input: PageOneInput): Front {
  const { shown } = input;
  const first = [...changedSince(input), ...notUnderstoodZone(input.notUnderstood)];
  return {
    kind: 'front',
    title: 'Red Bag: care home to hospital',
    rest: 'Page one, continued',
    // Where the identity does not come first, the head says whose page this is.
    headLines: first.length > 0 ? 1 : 0,
    index: input.index,
    zones: [
      ...first,
      who(shown),
      safetyStrip(shown, input.safeguardingOnPageOne),
      whyNow(shown),
      usualSelf(shown),
      people(shown),
      medicinesZone(shown),
    ],
  };
}

/** So many changes, the weightiest, must be seen. */
const MUST_SEE = 6;

function changedSince({ version, changes }: PageOneInput): Zone[] {
  if (version === 1) return [];
  const lines = changes.length > 0 ? changes : ['Nothing that the papers hold.'];
  return [
    {
      title: `VERSION ${version}: CHANGED SINCE VERSION ${version - 1}`,
      tone: 'strong',
      parts: [items(2, { items: lines.map((line, index) => fromLine(line, index < MUST_SEE ? 1 : 2)) })],
    },
  ];
}

function notUnderstoodZone(values: PageOneInput['notUnderstood']): Zone[] {
  if (values.length === 0) return [];
  return [
    {
      title: 'Some values were sent but NOT UNDERSTOOD',
      tone: 'strong',
      parts: [
        items(1, {
          items: values.map(({ place, value }) => item(place, `NOT UNDERSTOOD: ${String(value)}`, 1)),
        }),
      ],
    },
  ];
}

function who(shown: JsonObject): Zone {
  const resident = partOf(shown, 'resident');
  const created = String(shown['createdAt']);
  const said = (path: string): string => {
    const value = member(shown, path);
    return value === undefined ? '' : String(value);
  };
  const home = said('sender.organisation.name') || 'withheld: sensitive resident';
  const telephone = said('sender.organisation.telephone24h');
  const role = said('sender.person.role');
  const photograph = photographOf(shown);
  const beside: Beside[] = [
    { kind: 'code', caption: 'Newest version' },
    ...(photograph === undefined ? [] : [photograph]),
  ];
  return {
    title: 'Who this is',
    untitled: true,
    tone: 'plain',
    beside,
    parts: [
      items(1, {
        items: [
          ...identityItems(resident, created, said('sender.organisation.name')),
          ...runOn(
            [
              { lead: 'Sent by', text: `${home}${telephone && `, 24 h telephone ${telephone}`}` },
              {
                lead: 'Written',
                text: `${near(created)(created)} by ${said('sender.person.name')}${role && `, ${role}`}`,
              },
              { lead: 'Bag number', text: said('belongings.bag.trackerNumber') || 'not recorded' },
            ],
            1,
          ),
          ...sharingItems(resident),
        ],
      }),
    ],
  };
}

function safetyStrip(shown: JsonObject, safeguarding: boolean): Zone {
  const created = String(shown['createdAt']);
  const cares = partOf(shown, 'caresEscalation');
  const assessment = partOf(shown, 'olderPersonsAssessment');
  const mar = marOf(shown);
  const critical = mar && timeCriticalGroup(mar, created);
  const swallowing = swallowingGroup(assessment);
  const present = <T>(...all: readonly (T | undefined)[]): T[] =>
    all.filter((one) => one !== undefined) as T[];
  return {
    title: 'SAFETY',
    tone: 'strong',
    part: 'safety',
    see: { text: 'CPR papers', to: 'cprDecision' },
    parts: [
      items(
        2,
        allergyGroup(member(cares, 'shared.allergies') as JsonObject | undefined),
        ...cprGroups(partOf(shown, 'cprDecision'), created),
        ...present(critical, swallowing),
        { items: alsoItems(shown, safeguarding) },
      ),
    ],
  };
}

function alsoItems(shown: JsonObject, safeguarding: boolean): Item[] {
  const created = String(shown['createdAt']);
  const cares = partOf(shown, 'caresEscalation');
  const assessment = partOf(shown, 'olderPersonsAssessment');
  const mar = marOf(shown);
  const anticoagulant = anticoagulantLine(cares, near(created));
  const head = headStrikeLine(cares);
  const infection = withoutShorter(
    [infectionLine(member(cares, 'shared.infection')), infectionLine(assessment['infection'])].filter(
      (line) => line !== undefined,
    ),
  );
  const silent = anticoagulant.endsWith(': not recorded');
  const shielded = safeguardingLine(assessment, { hidden: !safeguarding });
  return [
    ...(silent ? [] : [fromLine(anticoagulant, 1)]),
    ...runOn(
      [
        ...fromLines([...(head === undefined ? [] : [head]), ...infection], 1),
        ...(shielded === undefined ? [] : [fromLine(shielded, 1)]),
        ...(mar && timeCriticalGroup(mar, created) === undefined
          ? [item('Time-critical medicines', 'none marked on the chart', 1)]
          : []),
        ...(mar === undefined ? [item('Medicines chart', 'NOT SENT', 1)] : []),
      ].map(({ lead = '', text }) => ({ lead, text })),
      1,
    ),
    ...(mar ? patchLines(mar, near(created)).map((line): Item => ({ text: line, weight: 1 })) : []),
    ...legalItems(partOf(shown, 'resident')),
    ...notRecorded([
      ...(silent ? ['anticoagulant'] : []),
      ...(head === undefined ? ['head struck'] : []),
      ...(infection.length === 0 ? ['infection risk'] : []),
      ...(swallowingGroup(assessment) === undefined ? ['swallowing and choking'] : []),
    ]),
  ];
}

/** Two papers ask the same: where one only repeats the beginning of the other, the longer is said. */
const withoutShorter = (lines: readonly string[]): string[] =>
  [...new Set(lines)].filter((line, _, all) => !all.some((l) => l.startsWith(`${line} – `)));

function whyNow(shown: JsonObject): Zone {
  const created = String(shown['createdAt']);
  const cares = partOf(shown, 'caresEscalation');
  const why = whyItems(cares, created);
  const observations = observationRows(cares, created);
  const noSets = observations === undefined ? ['observations (NEWS2)'] : [];
  return {
    title: 'Why now',
    tone: 'plain',
    see: { text: 'CARES record', to: 'caresEscalation' },
    parts: [
      items(2, { items: [...why.items, ...scaleItems(cares), ...notRecorded([...noSets, ...why.missing])] }),
      ...(observations === undefined ? [] : [observations]),
    ],
  };
}

function usualSelf(shown: JsonObject): Zone {
  const created = String(shown['createdAt']);
  const assessment = shown['olderPersonsAssessment'];
  const stay = stayLine(partOf(shown, 'resident'), created);
  const lived = stay === undefined ? [] : [fromLine(stay, stay.includes(POORLY_KNOWN) ? 1 : 2)];
  const since = stay === undefined ? ['in this home since'] : [];
  if (!isObject(assessment)) {
    const none: Item = { text: 'No assessment was sent: usual self not recorded.', weight: 1, look: 'bold' };
    return {
      title: 'Usual self',
      tone: 'plain',
      parts: [items(2, { items: [none, ...lived, ...notRecorded(since)] })],
    };
  }
  const usual = usualItems(assessment);
  return {
    title: `Usual self (${assessedWords(assessment, created)})`,
    tone: 'plain',
    see: { text: 'Usual and now', to: 'olderPersonsAssessment' },
    parts: [items(2, { items: [...lived, ...usual.items, ...notRecorded([...since, ...usual.missing])] })],
  };
}

function people(shown: JsonObject): Zone {
  const created = String(shown['createdAt']);
  const resident = partOf(shown, 'resident');
  const contacts = contactItems(resident, created);
  const cares = partOf(shown, 'caresEscalation');
  const known = toldContacts(resident);
  const list = member(cares, 'shared.told');
  const told = toldItems(cares, created).filter((_line, index) => {
    const one = Array.isArray(list) ? list.filter(isObject)[index] : undefined;
    return one?.['outcome'] !== 'yes' || !known.has(`${String(one['name'])}\n${String(one['at'])}`);
  });
  const gp = gpItem(resident);
  return {
    title: 'People',
    tone: 'plain',
    see: { text: 'Contacts and law', to: 'resident' },
    parts: [
      items(2, {
        items: [
          ...contacts,
          ...told,
          ...(gp === undefined ? [] : [gp]),
          ...notRecorded([
            ...(contacts.length === 0 ? ['contacts'] : []),
            ...(told.length === 0 && known.size === 0 ? ['who has been told'] : []),
            ...(gp === undefined ? ['GP'] : []),
          ]),
        ],
      }),
    ],
  };
}

function medicinesZone(shown: JsonObject): Zone {
  const created = String(shown['createdAt']);
  const mar = marOf(shown);
  if (mar === undefined) {
    const text = 'No medicines chart was sent. This does not say that the person takes none.';
    return {
      title: 'Medicines',
      tone: 'plain',
      parts: [items(1, { items: [{ text, weight: 1, look: 'bold' }] })],
    };
  }
  const table = medicineTable(mar, created);
  return {
    title: upTo(mar, near(created)),
    tone: 'plain',
    see: { text: 'Medicines chart', to: 'mar' },
    parts: [
      ...(mar.recordEndsAt === undefined
        ? [items(1, { items: [{ text: recordWords(mar), weight: 1, look: 'bold' }] })]
        : []),
      ...(table === undefined ? [] : [table]),
      items(2, { items: besideTheChart(mar, created) }),
    ],
  };
}

function marOf(shown: JsonObject): ShownMar | undefined {
  const sent = shown['mar'];
  return isObject(sent) ? (sent as unknown as ShownMar) : undefined;
}
