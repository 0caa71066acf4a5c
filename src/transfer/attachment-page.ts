/** The attachments on paper: a list of all, and the pictures themselves; what paper cannot show is named. */
import { show } from '../forms/page.js';
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import type { ArraySchema, LeafSchema, ObjectSchema } from '../mapping/schema.js';
import type { Block } from '../print/press.js';
import { attachments, IDENTITY_UNCHECKED } from './attachments.js';

const properties = ((attachments as unknown as ArraySchema).items as ObjectSchema).properties;
const COLUMNS = ['title', 'contentType', 'takenAt', 'pages', 'description', 'id'] as const;
const SHARES: Readonly<Record<(typeof COLUMNS)[number], number>> = {
  title: 4,
  contentType: 2,
  takenAt: 3,
  pages: 1,
  description: 5,
  id: 2,
};

/** Takes the package's `attachments` as they are to be shown; gives nothing where there are none. */
export function attachmentBlocks(items: Json | undefined): Block[] {
  if (!Array.isArray(items)) return items === undefined ? [] : [{ kind: 'paragraph', text: String(items) }];
  const whole = items.filter((item: Json): item is JsonObject => isObject(item));
  return [
    { kind: 'paragraph', text: IDENTITY_UNCHECKED, tone: 'attention' },
    {
      kind: 'table',
      caption: 'Attachments sent with this bag',
      columns: [
        ...COLUMNS.map((c) => ({ title: titleOf(c), share: SHARES[c] })),
        { title: 'Size', share: 2 },
      ],
      rows: items.map((item: Json) =>
        isObject(item)
          ? [...COLUMNS.map((c) => cell(c, item[c])), sizeOf(item['data'])]
          : [String(item), ...COLUMNS.map(() => '')],
      ),
    },
    ...whole.flatMap(picture),
  ];
}

const titleOf = (name: string): string => (properties[name] as LeafSchema).title;
const cell = (name: string, value: Json | undefined): string =>
  value === undefined ? '' : show(properties[name] as LeafSchema, value);

function sizeOf(data: Json | undefined): string {
  if (typeof data !== 'string') return '';
  const bytes = Buffer.byteLength(data, 'base64');
  return bytes < 1000 ? `${bytes}\u00a0bytes` : `${Math.ceil(bytes / 1000)}\u00a0kB`;
}

/** The picture itself, where it is one that the press can draw. */
function picture(item: JsonObject): Block[] {
  const { contentType, data, title, id } = item;
  if ((contentType !== 'image/png' && contentType !== 'image/jpeg') || typeof data !== 'string') return [];
  const bytes = Buffer.from(data, 'base64');
  if (!(contentType === 'image/png' ? isPlainPng(bytes) : isJpeg(bytes))) return [];
  const name = String(title ?? id ?? 'no title');
  return [
    { kind: 'heading', level: 3, text: name },
    { kind: 'paragraph', text: IDENTITY_UNCHECKED },
    { kind: 'image', bytes: new Uint8Array(bytes), contentType, alt: `Attached picture: ${name}` },
  ];
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_INTERLACE = 28;
/** Interlaced ones are beyond the press. */
const isPlainPng = (bytes: Buffer): boolean =>
  bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE) && bytes[PNG_INTERLACE] === 0;
const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
