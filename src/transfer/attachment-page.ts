/** The attachments on paper: a list of all, then the PDFs and pictures themselves; what paper cannot show is named. */
import { show } from '../forms/page.js';
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import type { ArraySchema, LeafSchema, ObjectSchema } from '../mapping/schema.js';
import type { Block } from '../print/press.js';
import { attachments, IDENTITY_UNCHECKED, MEDIA_TYPES } from './attachments.js';

const properties = ((attachments as unknown as ArraySchema).items as ObjectSchema).properties;
/** What stands above each of them: they bear no header of ours that says whose they are. */
const STRIP = 'IDENTITY ON THIS SCAN NOT CHECKED.';
/** Above pages that readers aloud find nothing on. */
const STRIP_PDF = `${STRIP} This page was not made by this service: it has no tags for screen readers, and what stands on it was not checked.`;
const WHERE = {
  paper: 'On the last pages.',
  /** Paper has no sound. */
  elsewhere: 'Cannot be printed: it is in the FHIR document, or ask the care home.',
  unknown: 'Not printed: its type was not understood. It is in the FHIR document.',
} as const;

/** Whose bag they came in, and from whom. */
export interface AttachmentAbout {
  /** Head of our own pages; here words go before it, for it asserts nothing of the scan. */
  readonly header: readonly string[];
  readonly sentBy?: string;
}

/** The list. Takes the package's `attachments` as they are to be shown; gives nothing where there are none. */
export function attachmentList(items: Json | undefined): Block[] {
  if (!Array.isArray(items)) return items === undefined ? [] : [{ kind: 'paragraph', text: String(items) }];
  return [
    { kind: 'paragraph', text: IDENTITY_UNCHECKED, tone: 'attention' },
    {
      kind: 'table',
      caption: 'Attachments sent with this bag',
      columns: [
        { title: 'No.', share: 1 },
        { title: 'What it is', share: 7 },
        { title: 'Kind', share: 4 },
        { title: titleOf('takenAt'), share: 4 },
        { title: titleOf('id'), share: 3 },
        { title: 'Where to find it', share: 6 },
      ],
      rows: items.map((item: Json, index) => [
        String(index + 1),
        ...(isObject(item) ? rowOf(item) : [String(item), '', '', '', WHERE.unknown]),
      ]),
    },
  ];
}

function rowOf(item: JsonObject): string[] {
  const { title, description, contentType, pages, data, takenAt, id } = item;
  const lines = [cell('title', title), cell('description', description)];
  const count = pages === undefined ? '' : `${cell('pages', pages)}\u00a0${pages === 1 ? 'page' : 'pages'}`;
  const kind = [cell('contentType', contentType), count, sizeOf(data)];
  return [
    lines.filter((text) => text !== '').join('\n'),
    kind.filter((text) => text !== '').join(', '),
    takenAt === undefined ? 'not recorded' : cell('takenAt', takenAt),
    cell('id', id),
    isDrawable(item) ? WHERE.paper : isHeard(item) ? WHERE.elsewhere : WHERE.unknown,
  ];
}

/** The PDFs and pictures themselves, each beginning a page; they go last, because they are the work of others. */
export function attachedPages(items: Json | undefined, about: AttachmentAbout): Block[] {
  if (!Array.isArray(items)) return [];
  const head = ['IDENTITY ON THIS SCAN NOT CHECKED. Sent in the bag of:', ...about.header];
  const drawn = (items as readonly Json[]).flatMap((item, index) =>
    isObject(item) && isDrawable(item) ? [{ item, index }] : [],
  );
  let pictures = false;
  return drawn.flatMap(({ item, index }): Block[] => {
    const title = `Attachment ${index + 1}: ${String(item['title'] ?? item['id'] ?? 'no title')}`;
    const lines = captionOf(item, about);
    const bytes = new Uint8Array(Buffer.from(String(item['data']), 'base64'));
    const { contentType } = item;
    if (contentType === 'application/pdf') {
      pictures = false;
      return [{ kind: 'foreign-pages', attachment: index, bytes, title, lines, strip: STRIP_PDF, head }];
    }
    const alt = `Attached picture: ${title}`;
    const type = contentType === 'image/png' ? 'image/png' : 'image/jpeg';
    const block = { attachment: index, bytes, contentType: type, title, lines, strip: STRIP, alt } as const;
    // Small ones follow one another on a page.
    const begins: Block[] = pictures ? [] : [{ kind: 'page-break', head }];
    pictures = true;
    return [...begins, { kind: 'attached-picture', ...block }];
  });
}

/** Kind, date and who, in a line; then what the sender says of it. */
function captionOf(item: JsonObject, { sentBy }: AttachmentAbout): string[] {
  const { takenAt, description, contentType } = item;
  const parts = [
    contentType === undefined ? '' : cell('contentType', contentType),
    takenAt === undefined ? 'date not recorded' : `taken or written ${cell('takenAt', takenAt)}`,
    sentBy === undefined ? '' : `sent by ${sentBy}`,
  ];
  const said = description === undefined ? [] : [cell('description', description)];
  return [`${parts.filter((part) => part !== '').join(', ')}.`, ...said];
}

const DRAWABLE: readonly Json[] = ['application/pdf', 'image/png', 'image/jpeg'];
const isDrawable = ({ contentType, data }: JsonObject): boolean =>
  DRAWABLE.includes(contentType as Json) && typeof data === 'string';

const isHeard = ({ contentType }: JsonObject): boolean =>
  typeof contentType === 'string' && Object.hasOwn(MEDIA_TYPES, contentType);

const titleOf = (name: string): string => (properties[name] as LeafSchema).title;
const cell = (name: string, value: Json | undefined): string =>
  value === undefined ? '' : show(properties[name] as LeafSchema, value);

function sizeOf(data: Json | undefined): string {
  if (typeof data !== 'string') return '';
  const bytes = Buffer.byteLength(data, 'base64');
  return bytes < 1000 ? `${bytes}\u00a0bytes` : `${Math.ceil(bytes / 1000)}\u00a0kB`;
}
