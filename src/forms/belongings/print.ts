/**
 * The checklist on paper: the bag, the list to be ticked off, what stays behind, and who took the bag over with lines
 * to sign for whoever does next.
 */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import { showLeaf } from '../../mapping/outline.js';
import type { ArraySchema, LeafSchema, ObjectSchema } from '../../mapping/schema.js';
import type { Block, FactRow } from '../../print/press.js';
import { Answers } from '../answers.js';
import { olderPersonsAssessment } from '../older-persons-assessment/schema.js';
import { everything, type Page } from '../page.js';
import { joined, plain, recordedRow, row, rowsBlock } from '../paper.js';
import { itemBlocks } from './print-items.js';
import { belongings } from './schema.js';

export { itemBlocks } from './print-items.js';

const schema = belongings as unknown as ObjectSchema;
const HANDOVER = (schema.properties['custody'] as ArraySchema).items as ObjectSchema;
const AIDS = olderPersonsAssessment.properties.aids.items.properties.kind as unknown as LeafSchema;

export const belongingsPage: Page = (data, { package: bag }) => {
  const { items, custody, ...rest } = data;
  const paper = new Answers(schema, rest);
  return [
    ...rowsBlock(
      row('Red Bag', paper.part('bag').others(), paper.fields('note')),
      staysRow(items, bag),
      recordedRow(paper),
    ),
    ...itemBlocks(items),
    ...custodyBlocks(custody),
    ...everything(schema, paper.left()),
  ];
};

/** What a ward would look for in vain: aids that stayed at the home, and things that were not there to be packed. */
function staysRow(items: Json | undefined, bag: JsonObject): FactRow[] {
  const list = (Array.isArray(items) ? (items as readonly Json[]) : []).filter(isObject);
  const missing = list.filter((item) => member(item, 'out.state') === 'missing');
  const aids = member(bag, 'olderPersonsAssessment.aids');
  const left = (Array.isArray(aids) ? (aids as readonly Json[]) : [])
    .filter(isObject)
    .filter((aid) => aid['withPerson'] === false);
  const words = [
    ...missing.map((item) => `${String(item['description'])} (missing when packed)`),
    ...left.map((aid) => joined([showLeaf(AIDS, aid['kind'] ?? ''), aidWords(aid)])),
  ];
  return row('Stays at home', plain(joined(words, '; ')));
}

const aidWords = (aid: JsonObject): string | undefined =>
  aid['description'] === undefined ? undefined : String(aid['description']);

/** Name, role, signature, date and time: blank until somebody writes them. */
const TO_WRITE = ['', '', '', ''] as const;

/** Handovers so far, and a line to sign for each that is still to come. */
function custodyBlocks(custody: Json | undefined): Block[] {
  const list = Array.isArray(custody) ? (custody as readonly Json[]) : [];
  const written = list.map((entry) => {
    if (!isObject(entry)) return [String(entry), ...TO_WRITE];
    const answers = new Answers(HANDOVER, entry);
    return [
      answers.say('place') ?? '',
      answers.say('name') ?? '',
      answers.joined(['role', 'organisation']),
      answers.say('signature') ?? '',
      answers.say('at') ?? '',
    ];
  });
  return [
    ...(custody === undefined || Array.isArray(custody)
      ? []
      : [{ kind: 'paragraph', text: String(custody) } as const]),
    {
      kind: 'table',
      caption: 'Handovers of the bag: whoever takes it over signs on the next empty line',
      rowHeads: true,
      narrow: true,
      toWriteIn: true,
      columns: [
        { title: 'Taken over by', share: 4 },
        { title: 'Name', share: 4 },
        { title: 'Role, organisation', share: 4 },
        { title: 'Signature', share: 5 },
        { title: 'Date and time', share: 4 },
      ],
      rows: [...written, ...next(list).map((place) => [place, ...TO_WRITE])],
    },
  ];
}

/** The places that the bag has not reached yet, in the order of the way there and back. */
function next(list: readonly Json[]): string[] {
  const labels = (HANDOVER.properties['place'] as LeafSchema)['x-labels'] ?? {};
  const places = Object.keys(labels).filter((place) => place !== 'home');
  const last = Math.max(
    -1,
    ...list.map((entry) => (isObject(entry) ? places.indexOf(String(entry['place'])) : -1)),
  );
  return [...places.slice(last + 1), 'home'].map((place) => labels[place] ?? place);
}
