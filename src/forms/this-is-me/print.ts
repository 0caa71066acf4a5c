/**
 * The person's own words, heading by heading, marked as such on the page; other papers' headings keep their labels.
 */
import { isObject, type Json, type JsonObject } from '../../mapping/json.js';
import type { LeafSchema, ObjectSchema } from '../../mapping/schema.js';
import type { Block, Field } from '../../print/press.js';
import { everything, type Page, show } from '../page.js';
import { OWN_WORDS, under } from './fhir.js';
import { HEADING_MEMBERS, HEADINGS, type HeadingMember } from './headings.js';
import { thisIsMe } from './schema.js';

const schema = thisIsMe as unknown as ObjectSchema;
const DAY_MS = 24 * 3600 * 1000;

export const thisIsMePage: Page = (data, { created, package: bag }) => [
  { kind: 'banner', title: 'not an advance decision', lines: [OWN_WORDS], tone: 'own-words' },
  ...paper(data),
  ...(told(data) ? [] : nothing),
  ...HEADING_MEMBERS.flatMap((member) => headingBlocks(data, member, bag)),
  ...whoAndWhen(data, created),
];

const nothing: Block[] = [
  { kind: 'paragraph', text: 'Sent without any words under its headings.', tone: 'attention' },
];

const told = (data: JsonObject): boolean =>
  HEADING_MEMBERS.some((m) => data[m] !== undefined) || data['headings'] !== undefined;

/** Which paper it is; the label of each is that of the schema. */
const paper = (data: JsonObject): Block[] => fields(data, ['document', 'title', 'version']);

function headingBlocks(data: JsonObject, member: HeadingMember, bag: JsonObject): Block[] {
  const own = data[member];
  const others = under(data, HEADINGS[member].key);
  if (own === undefined && others.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text: HEADINGS[member].coding.display },
    ...(own === undefined ? [] : words(own, 'freeText', bag)),
    ...others.flatMap((item): Block[] => [
      { kind: 'heading', level: 3, text: String(item['label'] ?? 'Heading') },
      ...words(item, 'text', bag),
    ]),
  ];
}

function words(heading: Json, name: 'freeText' | 'text', bag: JsonObject): Block[] {
  if (!isObject(heading)) return [{ kind: 'paragraph', text: String(heading) }];
  const text = heading[name];
  const media = heading['media'];
  return [
    ...(text === undefined ? [] : [{ kind: 'paragraph', text: String(text), tone: 'own-words' } as const]),
    ...(media === undefined ? [] : medium(media, bag)),
  ];
}

/** Where the film, sound or picture is: paper cannot play it. */
function medium(media: Json, bag: JsonObject): Block[] {
  if (!isObject(media)) return [{ kind: 'paragraph', text: String(media) }];
  const { attachmentId, url, filename, mimeType } = media;
  const rows: Field[] = [];
  if (filename !== undefined) rows.push({ label: 'Film, sound or picture', value: String(filename) });
  if (mimeType !== undefined) rows.push({ label: 'Media type', value: String(mimeType) });
  if (attachmentId !== undefined) {
    rows.push({ label: 'Attachment', value: `${String(attachmentId)}${titleOf(attachmentId, bag)}` });
  }
  if (url !== undefined) rows.push({ label: 'Kept at', value: String(url) });
  return [{ kind: 'fields', fields: rows }];
}

function titleOf(id: Json, bag: JsonObject): string {
  const attachments = Array.isArray(bag['attachments']) ? bag['attachments'] : [];
  const found = attachments.find((a: Json) => isObject(a) && a['id'] === id);
  return isObject(found) ? ` (${String(found['title'] ?? 'no title')})` : ' (not in this bag)';
}

function whoAndWhen(data: JsonObject, created: string): Block[] {
  const rest = fields(data, ['supportedToWriteThisBy', 'lastUpdated', 'date', 'multimediaLocation']);
  const age = ageOf(data['lastUpdated'] ?? data['date'], created);
  return [
    ...(rest.length > 0 || data['recorded'] !== undefined
      ? [{ kind: 'heading', level: 2, text: 'About these words' } as const]
      : []),
    ...rest,
    ...(age === undefined ? [] : [{ kind: 'paragraph', text: age } as const]),
    ...everything(schema, data['recorded'] === undefined ? {} : { recorded: data['recorded'] }),
  ];
}

/** How old the words were when the bag was made; nothing where the date is not a whole day. */
function ageOf(value: Json | undefined, created: string): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  const days = Math.floor((Date.parse(created) - Date.parse(value)) / DAY_MS);
  if (Number.isNaN(days) || days < 0) return undefined;
  return `Last updated ${days} ${days === 1 ? 'day' : 'days'} before this bag was made.`;
}

function fields(data: JsonObject, names: readonly string[]): Block[] {
  const found = names.flatMap((name): Field[] => {
    const leaf = schema.properties[name] as LeafSchema;
    const value = data[name];
    return value === undefined ? [] : [{ label: leaf.title, value: show(leaf, value) }];
  });
  return found.length === 0 ? [] : [{ kind: 'fields', fields: found }];
}
