/**
 * What page one takes from a CARES record: allergies, why now, the observations as a table. Data is as it is to be
 * shown; what nobody said is named, all in one line.
 */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import { daysAgo, formatDay } from '../../print/format.js';
import type { Group, Item, Rows, Weight } from '../../print/front-words.js';
import { fromLine, fromLines, item, near, runOn, type Say } from '../page-items.js';
import { allergyEntries, allergyLines, allergyState, isActive } from './allergies.js';
import type { Reading } from './news2.js';
import { calledLines, intakeLines, lastSeenLines, returnLine, toldLines } from './page-one.js';
import { latestFirst, leastWords, missingWords, scale2Words, scaleOf, scoreSet } from './readings.js';

const NO_BREAK = '\u00a0';
const text = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

/** All allergies or none: a part of them reads as the whole. */
export function allergyGroup(allergies: JsonObject | undefined): Group {
  const lines = allergyLines(allergies);
  const state = allergies ? allergyState(allergies) : 'not-recorded';
  const count = allergies ? allergyEntries(allergies).length : 0;
  const items = lines.map((line): Item => {
    const said = fromLine(line, 1);
    return said.lead === 'Allergies' || said.lead === undefined
      ? { text: line, weight: 1, look: 'bold' }
      : said;
  });
  const contradicted = state === 'known' && allergies?.['state'] === 'none-known';
  const active = allergies ? allergyEntries(allergies).filter(isActive).length : 0;
  return {
    title: state === 'known' ? `ALLERGIES: ${active}` : 'ALLERGIES',
    whole: `${count} ${count === 1 ? 'ALLERGY: in full' : 'ALLERGIES: all'} on`,
    items: contradicted ? [CONTRADICTORY, ...items] : items,
  };
}

const CONTRADICTORY: Item = {
  text: 'CONTRADICTORY: the home also sent “No known allergies”.',
  weight: 1,
  look: 'bold',
};

/** A label and whether anything was said of it. */
interface Told {
  readonly items: readonly Item[];
  readonly missing: readonly string[];
}

/** Reason, the three times, what is different, what was done and who was called. */
export function whyItems(cares: JsonObject, created: string): Told {
  const say = near(created);
  const reason = text(member(cares, 'concerns.reason'));
  const times = lastSeenLines(cares, say).filter((line) => !line.endsWith(': not recorded'));
  const missing = lastSeenLines(cares, say)
    .filter((line) => line.endsWith(': not recorded'))
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
  const different = text(member(cares, 'concerns.whatIsDifferent'));
  const symptoms = text(member(cares, 'concerns.symptoms'));
  const done = text(member(cares, 'action.what'));
  const returning = returnLine(cares);
  const called = calls(cares, created);
  return {
    items: [
      item('Reason', reason ?? 'NOT RECORDED', 1),
      ...fromLines(times, 1),
      ...(different === undefined ? [] : [item('Different from usual', different, 1)]),
      ...runOn(
        [
          ...(done === undefined ? [] : [{ lead: 'Done', text: done }]),
          ...called.recent.map((line) => ({ lead: 'Called', text: line })),
        ],
        1,
      ),
      ...called.earlier.map((line) => item('Called before', line, 3)),
      ...(symptoms === undefined ? [] : [item('Symptoms', symptoms, 3)]),
      ...runOn(
        fromLines(intakeLines(cares, say), 2).map(({ lead = '', text: said }) => ({
          lead,
          text: `${said}.`,
        })),
        2,
      ),
      ...(returning === undefined ? [] : [fromLine(returning, 2)]),
    ],
    missing: [
      ...missing,
      ...(different === undefined ? ['what is different from usual'] : []),
      ...(done === undefined ? ['what was done'] : []),
      ...['glucose', 'lastMeal', 'lastDrink'].flatMap((name) =>
        member(cares, `examination.${name}`) === undefined ? [INTAKE[name] ?? name] : [],
      ),
      ...(returning === undefined ? ['can return tonight'] : []),
    ],
  };
}

const DAY = 24 * 3_600_000;

/** Calls of the last day, those sent last first, and those before. */
function calls(cares: JsonObject, created: string): { recent: string[]; earlier: string[] } {
  const lines = calledLines(cares, near(created));
  const sent = member(cares, 'action.called');
  const times = (Array.isArray(sent) ? (sent as readonly Json[]) : []).filter(isObject).map(({ at }) => at);
  const isEarlier = (index: number): boolean =>
    Date.parse(created) - Date.parse(String(times[index] ?? created)) > DAY;
  return {
    recent: lines.filter((_line, index) => !isEarlier(index)).reverse(),
    earlier: lines.filter((_line, index) => isEarlier(index)),
  };
}

const INTAKE: Readonly<Record<string, string>> = {
  glucose: 'capillary glucose',
  lastMeal: 'last meal',
  lastDrink: 'last drink',
};

const RISK: Readonly<Record<string, string>> = {
  low: 'low',
  'low-medium': 'low to medium: one reading scores 3',
  medium: 'MEDIUM',
  high: 'HIGH',
};

/** All sets, the latest first, then the usual readings; undefined when no set was sent. */
export function observationRows(cares: JsonObject, created: string): Rows | undefined {
  const sets = latestFirst(cares);
  if (sets.length === 0) return undefined;
  const say = near(created);
  const usual = member(cares, 'examination.usual');
  return {
    kind: 'rows',
    caption: 'Observations, the latest first; points of NEWS2 in brackets',
    called: { one: 'set of observations', many: 'sets of observations' },
    columns: [
      'NEWS2',
      'Taken',
      'Resp /min',
      'SpO₂ %',
      'Air or O₂',
      'BP mmHg',
      'Pulse /min',
      'Awareness',
      'Temp °C',
    ],
    rows: [
      ...sets.map((set, index) => ({
        cells: setCells(set, say),
        short: shortly(set, say),
        weight: (index === 0 ? 1 : index === 1 ? 2 : 3) as Weight,
      })),
      ...(isObject(usual)
        ? [
            {
              cells: usualCells(usual, created),
              weight: 2 as Weight,
              ...(usual['news2'] === undefined ? {} : { short: `usual NEWS2 ${String(usual['news2'])}` }),
            },
          ]
        : []),
    ],
  };
}

const AWARENESS: Readonly<Record<string, string>> = {
  alert: 'alert',
  'new-confusion': 'NEW confusion',
  'usual-confusion': 'usual confusion',
  voice: 'to VOICE only',
  pain: 'to PAIN only',
  unresponsive: 'UNRESPONSIVE',
  'not-known': 'not known',
};

/** "Wed 18 Nov, 02:12 NEWS2 11", for the trend. */
function shortly(set: JsonObject, say: Say): string {
  const score = scoreSet(set);
  const points =
    score === undefined
      ? 'no NEWS2 readings'
      : score.total === undefined
        ? `NEWS2 ${leastWords(score)}`
        : `NEWS2 ${score.total}`;
  return `${typeof set['at'] === 'string' ? say(set['at']) : 'time not recorded'} ${points}`;
}

function setCells(set: JsonObject, say: Say): string[] {
  const score = scoreSet(set);
  const points = (reading: Reading, words: string | undefined): string => {
    const n = score?.points[reading];
    if (words === undefined) return 'not taken';
    return n === undefined ? words : `${words}${NO_BREAK}(${n})`;
  };
  const { systolic, diastolic, oxygen } = set;
  const pressure =
    systolic === undefined && diastolic === undefined
      ? undefined
      : `${text(systolic) ?? '?'}/${text(diastolic) ?? '?'}`;
  const awake = set['consciousness'];
  return [
    scoreCell(set, score),
    typeof set['at'] === 'string' ? say(set['at']) : 'time not recorded',
    points('respiration', text(set['respiration'])),
    points('spo2', text(set['spo2'])),
    points('oxygen', isObject(oxygen) ? breathing(oxygen) : undefined),
    points('systolic', pressure),
    points('pulse', text(set['pulse'])),
    points('consciousness', typeof awake === 'string' ? AWARENESS[awake] : undefined),
    points('temperature', text(set['temperature'])),
  ];
}

function breathing(oxygen: JsonObject): string {
  const flow = oxygen['flow'];
  const rate =
    typeof flow === 'number' ? ` ${flow}${NO_BREAK}L/min` : flow === undefined ? '' : ` ${String(flow)}`;
  return `${oxygen['breathing'] === 'oxygen' ? 'OXYGEN' : 'air'}${rate}`;
}

function scoreCell(set: JsonObject, score: ReturnType<typeof scoreSet>): string {
  const given = set['news2'];
  const scale = scaleOf(set) === 2 ? ' (SpO₂ scale 2)' : '';
  const differs =
    given !== undefined && given !== score?.total
      ? `; the home says ${String(given)}: does not follow from the readings`
      : '';
  if (score === undefined) return `no readings${differs}`;
  if (score.total !== undefined) return `${score.total}${scale}: ${RISK[score.risk] ?? score.risk}${differs}`;
  return `${leastWords(score)}${scale}; ${missingWords(set, score)}${differs}`;
}

function usualCells(usual: JsonObject, created: string): string[] {
  const on = usual['on'];
  const age = typeof on === 'string' ? daysAgo(on, created) : undefined;
  const dated = on === undefined ? 'usual, date not recorded' : `usual, ${age ?? formatDay(String(on))}`;
  const { systolic, diastolic } = usual;
  const say = (name: string): string => text(usual[name]) ?? '';
  return [
    say('news2'),
    dated,
    say('respiration'),
    say('spo2'),
    say('oxygen'),
    systolic === undefined && diastolic === undefined
      ? ''
      : `${text(systolic) ?? '?'}/${text(diastolic) ?? '?'}`,
    say('pulse'),
    say('consciousness'),
    say('temperature'),
  ];
}

/** Who stands behind SpO₂ scale 2, once for the same words. */
export const scaleItems = (cares: JsonObject): Item[] =>
  [...new Set(latestFirst(cares).map(scale2Words))].flatMap((line) =>
    line === undefined ? [] : [{ text: line, weight: 1 as const }],
  );

/** Who has been told, as this paper says. */
export const toldItems = (cares: JsonObject, created: string): Item[] =>
  toldLines(cares, near(created)).map((line) => item('Told', line, 3));
