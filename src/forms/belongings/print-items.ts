/**
 * The list of things to be ticked off wherever the bag is handed over: at the home, by the ambulance, on the ward, and
 * at home again. A box that nobody ticked stays empty.
 */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import type { ArraySchema, ObjectSchema } from '../../mapping/schema.js';
import type { Block, Field } from '../../print/press.js';
import { Answers } from '../answers.js';
import { after } from '../joined.js';
import { joined, prefixed, row, rowsBlock } from '../paper.js';
import { unaccounted } from './rules.js';
import { belongings } from './schema.js';

const ITEM = ((belongings as unknown as ObjectSchema).properties['items'] as ArraySchema)
  .items as ObjectSchema;
const TICKED = '\u2611';
const CROSSED = '\u2612';
const VALUABLES = 'valuables-declared';

/** A list of things on paper, what did not come home first; valuables apart. */
export function itemBlocks(items: Json | undefined): Block[] {
  if (items === undefined) return [];
  if (!Array.isArray(items)) return [{ kind: 'paragraph', text: String(items) }];
  const things = (items as readonly Json[]).map(thing);
  const checked = checks(things);
  const valuables = things.filter(({ data }) => data['category'] === VALUABLES);
  const others = things.filter((one) => !valuables.includes(one));
  return [
    ...lost(things.map(({ data }) => data)),
    ...rowsBlock(row('Checked', checked)),
    ...table('Checklist of belongings, papers and medicines', others),
    ...table('Valuables, declared', valuables),
  ];
}

interface Thing {
  readonly data: JsonObject;
  readonly answers: Answers;
  /** What stands in its place, where it was not understood. */
  readonly text?: string;
}
const thing = (item: Json): Thing =>
  isObject(item)
    ? { data: item, answers: new Answers(ITEM, item) }
    : { data: {}, answers: new Answers(ITEM, {}), text: String(item) };

/** Who checked when, said once for all things of which it is the same. */
function checks(things: readonly Thing[]): Field[] {
  return (['out', 'back'] as const).flatMap((name): Field[] => {
    const groups = new Map<string, string[]>();
    things.forEach(({ data, answers }, i) => {
      if (!isObject(data[name])) return;
      const part = answers.part(name);
      const words = joined([prefixed('by', part.say('checkedBy')), part.say('at')]) || 'not recorded by whom';
      groups.set(words, [...(groups.get(words) ?? []), answers.say('id') ?? `${i + 1}th of the list`]);
    });
    const label = name === 'out' ? 'Going to hospital' : 'Coming home';
    const alone = groups.size === 1;
    return [...groups].map(([words, ids]) => ({
      label,
      value: alone ? words : after(words, joined(ids)),
    }));
  });
}

function table(caption: string, things: readonly Thing[]): Block[] {
  if (things.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: `${caption}: ${things.length}`,
      rowHeads: 'light',
      narrow: true,
      columns: [
        { title: 'Item', share: 16 },
        { title: 'Home', share: 2, tick: true },
        { title: 'Ambulance', share: 2, tick: true },
        { title: 'Ward', share: 1.5, tick: true },
        { title: 'Back', share: 2, tick: true },
      ],
      rows: things.map(({ data, answers, text }) =>
        text === undefined ? cells(data, answers) : [text, '', '', '', ''],
      ),
    },
  ];
}

function cells(data: JsonObject, item: Answers): string[] {
  const number = item.say('id');
  const paper = item.part('paper');
  const medicine = item.part('medicine');
  const what = [
    item.say('category'),
    ...['kind', 'original'].map((name) => paper.say(name)),
    ...['strength', 'amount'].map((name) => medicine.say(name)),
    prefixed('keep in the fridge:', medicine.say('keepInFridge')),
    prefixed('expires', medicine.say('expires')),
  ];
  const out = state(data, item, 'out');
  const back = state(data, item, 'back');
  const name = joined([number === undefined ? undefined : `${number}.`, item.say('description')], ' ');
  return [
    joined(
      [joined([name, quantity(item)]), joined([...what, ...item.others().map(({ value }) => value)])],
      ' – ',
    ),
    out,
    '',
    '',
    back,
  ];
}

const quantity = (item: Answers): string | undefined => prefixed('quantity', item.say('quantity'));

/** A box with what it means in words; empty where nobody ticked it. */
function state(data: JsonObject, item: Answers, name: 'out' | 'back'): string {
  const found = data[name];
  if (!isObject(found)) return '';
  const box = found['state'] === 'missing' ? CROSSED : TICKED;
  return `${box}\u00a0${item.part(name).say('state') ?? ''}`;
}

/** What went out and did not come back as it went. */
function lost(items: readonly JsonObject[]): Block[] {
  if (!items.some((item) => item['back'] !== undefined)) return [];
  const lines = items.flatMap((item) => {
    const answers = new Answers(ITEM, item);
    const back = member(item, 'back.state');
    const name = answers.say('description') ?? 'item';
    if (unaccounted(item)) return [`${name}: went out, not said to be back`];
    return back === undefined || back === 'present' ? [] : [after(name, answers.say('back.state') ?? '')];
  });
  return lines.length === 0
    ? []
    : [{ kind: 'banner', title: 'NOT BACK AS IT WENT', lines, tone: 'attention' }];
}
