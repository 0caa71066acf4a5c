/**
 * What page one takes from an Older Person's Assessment: swallowing for the safety strip, and the usual self, each
 * domain before what it is now. Data is as it is to be shown.
 */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import { daysAgo, formatDay } from '../../print/format.js';
import type { Group, Item, Weight } from '../../print/front-words.js';
import { item, runOn } from '../page-items.js';
import { DRINK_LEVELS, FOOD_LEVELS } from './iddsi.js';
import {
  AIDS,
  ANSWERS,
  catheterWords,
  joined,
  led,
  sentences,
  stateWords,
  stomaWords,
  text,
} from './page-one.js';

/** Food and drink apart, each with its level in number and words; undefined when nothing of it was told. */
export function swallowingGroup(assessment: JsonObject): Group | undefined {
  const eating = assessment['eatingAndDrinking'];
  if (!isObject(eating)) return undefined;
  const { foodLevel, drinkLevel, chokingRisk, swallowing, levelsSetOn } = eating;
  if ([foodLevel, drinkLevel, chokingRisk, swallowing].every((v) => v === undefined)) return undefined;
  const named = (labels: Readonly<Record<string, string>>, v: Json | undefined): string =>
    v === undefined ? 'level not recorded' : `IDDSI ${labels[String(v)] ?? String(v)}`;
  const risk = text(chokingRisk);
  const set = typeof levelsSetOn === 'string' ? ` (set ${formatDay(levelsSetOn)})` : '';
  return {
    whole: 'Swallowing and choking: in full on',
    items: runOn(
      [
        { lead: 'Choking risk', text: risk === undefined ? 'not recorded.' : `${ANSWERS[risk] ?? risk}.` },
        { lead: 'FOOD', text: `${named(FOOD_LEVELS, foodLevel)}.` },
        { lead: 'DRINKS', text: `${named(DRINK_LEVELS, drinkLevel)}${set}.` },
        ...(swallowing === undefined ? [] : [{ lead: 'Swallowing', text: String(swallowing) }]),
      ],
      1,
    ),
  };
}

interface Domain {
  readonly label: string;
  readonly state: Json | undefined;
  readonly more: readonly (string | undefined)[];
  readonly weight: Weight;
}

function domains(assessment: JsonObject): Domain[] {
  const elimination = member(assessment, 'elimination');
  const told = isObject(elimination) ? elimination : {};
  const more = (label: string, path: string): string | undefined => led(label, member(assessment, path));
  return [
    {
      label: 'Communication',
      state: assessment['communication'],
      more: [more('How to talk', 'communication.howToTalk')],
      weight: 1,
    },
    {
      label: 'Cognition',
      state: assessment['cognition'],
      more: [more('Diagnosis', 'cognition.diagnosis')],
      weight: 1,
    },
    {
      label: 'Mobility',
      state: assessment['mobility'],
      more: [more('Transfers', 'mobility.transfers')],
      weight: 1,
    },
    {
      label: 'Continence',
      state: told['continence'],
      more: [catheterWords(told), stomaWords(told)],
      weight: 2,
    },
    { label: 'Toileting', state: told['toileting'], more: [], weight: 3 },
    { label: 'Eating and drinking', state: assessment['eatingAndDrinking'], more: [], weight: 2 },
    {
      label: 'Behaviour',
      state: assessment['behaviour'],
      more: [more('What helps', 'behaviour.whatHelps')],
      weight: 3,
    },
  ];
}

/** Domains that hospitals ask for; those of which nobody told are named. */
const ASKED = ['Communication', 'Cognition', 'Mobility', 'Continence', 'Eating and drinking'];

/** What the home wrote; the grade alone where it wrote nothing. Both stand on the paper itself. */
function inTheirWords(state: Json | undefined): string | undefined {
  const description = isObject(state) ? state['description'] : undefined;
  return description === undefined ? stateWords(state) : String(description);
}

/** Usual self; what it is now beside it, of less weight: "why now" tells it in one sentence. */
export function usualItems(assessment: JsonObject): { items: Item[]; missing: string[] } {
  const missing: string[] = [];
  const items = domains(assessment).flatMap(({ label, state, more, weight }): Item[] => {
    const told = isObject(state) ? state : {};
    const usual = sentences([inTheirWords(told['usual']), ...more]);
    const now = inTheirWords(told['now']);
    if (usual === '' && ASKED.includes(label)) missing.push(label.toLowerCase());
    return [
      ...(usual === '' ? [] : [item(label, usual, weight)]),
      ...(now === undefined || now === '' ? [] : [item(`${label} NOW`, now, 3)]),
    ];
  });
  const aids = aidsItem(assessment);
  const summary = assessment['careNeedsSummary'];
  if (aids === undefined) missing.push('aids');
  return {
    items: [
      ...items,
      ...(aids === undefined ? [] : [aids]),
      ...(summary === undefined ? [] : [item('Care needs', String(summary), 3)]),
    ],
    missing,
  };
}

/** Aids that came along, and those that did not. */
function aidsItem(assessment: JsonObject): Item | undefined {
  const sent = assessment['aids'];
  if (!Array.isArray(sent)) return undefined;
  const aids = (sent as readonly Json[]).filter(isObject);
  const named = (of: (withPerson: unknown) => boolean): string =>
    aids
      .filter((aid) => of(aid['withPerson']))
      .map((aid) => AIDS[String(aid['kind'])] ?? String(aid['kind']))
      .join('; ');
  // What was not said is taken neither to have come along nor to have stayed.
  const groups = [
    { lead: 'with the person', text: named((said) => said === true) },
    { lead: 'NOT with the person', text: named((said) => said === false) },
    { lead: 'not recorded if with the person', text: named((said) => typeof said !== 'boolean') },
  ].filter(({ text }) => text !== '');
  const [first, ...more] = groups;
  if (first === undefined) return item('Aids', 'none', 2);
  return {
    lead: `Aids ${first.lead}`,
    text: first.text,
    weight: 2,
    ...(more.length === 0 ? {} : { more }),
  };
}

/** When it was assessed and how long before this transfer: what is old says so. */
export function assessedWords(assessment: JsonObject, created: string): string {
  const on = assessment['assessedOn'];
  if (on === undefined) return 'date of assessment not recorded';
  const age = daysAgo(String(on), created);
  return joined([`assessed ${formatDay(String(on))}`, age], ', ');
}
