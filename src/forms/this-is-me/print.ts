/**
 * The person's own words under the headings of About Me, marked as such; other papers' headings keep their labels.
 * The photograph stands with them: it is how the person shows who they are.
 */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import { showLeaf } from '../../mapping/outline.js';
import type { LeafSchema, ObjectSchema } from '../../mapping/schema.js';
import { formatDay } from '../../print/format.js';
import type { Block, FactRow, Field } from '../../print/press.js';
import { Answers } from '../answers.js';
import { everything, type Page } from '../page.js';
import { joined, notRecorded, recordedRow, row, rowsBlock } from '../paper.js';
import { attachmentOf, attachmentTitle, pictureBlock } from '../pictures.js';
import { fullName } from '../resident/names.js';
import { resident } from '../resident/schema.js';
import { OWN_WORDS } from './fhir.js';
import { HEADING_MEMBERS, HEADINGS, type HeadingMember, headingOf } from './headings.js';
import { thisIsMe } from './schema.js';

const schema = thisIsMe as unknown as ObjectSchema;
const CONSENT = resident.properties.legal.properties.sharing.properties.consent as unknown as LeafSchema;
const DAY_MS = 24 * 3600 * 1000;

/** A heading's words as a row, and the pictures that belong to it. */
interface Told {
  readonly rows: readonly FactRow[];
  readonly pictures: readonly Block[];
}

export const thisIsMePage: Page = (data, { created, package: bag }) => {
  const paper = new Answers(schema, data);
  const told = HEADING_MEMBERS.map((name) => headingTold(paper, name, bag));
  const rows = told.flatMap((one) => one.rows);
  return [
    { kind: 'banner', title: 'not an advance decision', lines: [OWN_WORDS], tone: 'own-words' },
    ...photograph(bag),
    ...(rows.length === 0 ? nothing : [{ kind: 'facts', rows } as const]),
    ...told.flatMap((one) => one.pictures),
    ...(rows.length === 0 ? [] : notRecorded(untold(data))),
    ...rowsBlock(
      row('This paper', paper.fields('document', 'title', 'version', 'multimediaLocation')),
      row(
        'About these words',
        paper.fields('supportedToWriteThisBy', 'lastUpdated', 'date'),
        age(data['lastUpdated'] ?? data['date'], created),
      ),
      recordedRow(paper),
    ),
    ...everything(schema, paper.left()),
  ];
};

const nothing: Block[] = [
  { kind: 'paragraph', text: 'Sent without any words under its headings.', tone: 'attention' },
];

/** Headings under which nothing stands, neither of About Me nor of another paper. */
const untold = (data: JsonObject): string[] =>
  HEADING_MEMBERS.filter((name) => data[name] === undefined && freeUnder(data, name).length === 0).map(
    (name) => HEADINGS[name].coding.display,
  );

const freeUnder = (data: JsonObject, name: HeadingMember): JsonObject[] =>
  (Array.isArray(data['headings']) ? (data['headings'] as readonly Json[]) : [])
    .filter(isObject)
    .filter((item) => headingOf(item) === HEADINGS[name].key);

function headingTold(paper: Answers, name: HeadingMember, bag: JsonObject): Told {
  const { display } = HEADINGS[name].coding;
  const own = paper.part(name);
  const free = paper.list('headings').filter((item) => {
    const label = item.peek('label');
    return headingOf({ label, aboutMeHeading: item.peek('aboutMeHeading') }) === HEADINGS[name].key;
  });
  const texts = [
    own.field('freeText'),
    medium(own, bag),
    ...free.map((item) => {
      const said = item.say('aboutMeHeading');
      return [
        { label: item.say('label') ?? 'Heading', value: item.say('text') ?? '' },
        // The heading that it stands under says it already.
        ...(said === undefined || said === display
          ? []
          : [{ label: item.title('aboutMeHeading'), value: said }]),
        ...medium(item, bag),
      ];
    }),
  ];
  return {
    rows: row(display, ...texts),
    pictures: [own, ...free].flatMap((part) => pictureOf(part, display, bag)),
  };
}

/** Where the film, sound or picture is: paper cannot play it. */
function medium(heading: Answers, bag: JsonObject): Field[] {
  const media = heading.part('media');
  const id = media.say('attachmentId');
  const parts = [
    media.say('filename'),
    media.say('mimeType'),
    id === undefined ? undefined : `attachment ${id}${attachmentTitle(bag, id)}`,
    kept(media.say('url')),
  ];
  const value = joined(parts);
  return value === '' ? [] : [{ label: 'Film, sound or picture', value }];
}

const kept = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : `kept at ${url}`;

function pictureOf(heading: Answers, display: string, bag: JsonObject): Block[] {
  const id = heading.peek('media.attachmentId');
  const attachment = attachmentOf(bag, id);
  return pictureBlock(attachment, `${display}: ${String(attachment?.['title'] ?? id)}`);
}

/** The photograph of the resident: who it is, when it was taken, and whether showing it was agreed to. */
function photograph(bag: JsonObject): Block[] {
  const who = bag['resident'];
  if (!isObject(who)) return [];
  const attachment = attachmentOf(bag, member(who, 'photograph.attachmentId'));
  const taken = member(who, 'photograph.takenOn');
  const consent = member(who, 'legal.sharing.consent');
  const words = [
    `Photograph of ${fullName(who)}`,
    taken === undefined ? 'date taken not recorded' : `taken ${formatDay(String(taken))}`,
    `agreed to sharing: ${consent === undefined ? 'not recorded' : showLeaf(CONSENT, consent).toLowerCase()}`,
    'sent by the home, identity on it not checked here',
  ];
  return pictureBlock(attachment, `${joined(words, '; ')}.`);
}

/** How old the words were when the bag was made; nothing where the date is not a whole day. */
function age(value: Json | undefined, created: string): Field[] {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return [];
  const days = Math.floor((Date.parse(created) - Date.parse(value)) / DAY_MS);
  if (Number.isNaN(days) || days < 0) return [];
  return [
    { label: '', value: `Last updated ${days} ${days === 1 ? 'day' : 'days'} before this bag was made.` },
  ];
}
