/** Documents to print, and pictures to put in them. */
import { crc32, deflateSync } from 'node:zlib';
import { asBlocks } from '#src/print/front-words.js';
import type { Block, PrintDocument } from '#src/print/press.js';

export const FURNITURE = {
  title: 'Red Bag transfer: Betty Okafor',
  header: [
    'OKAFOR, Elizabeth (Betty)   Born 14 March 1938 (88)   NHS 999 123 4567',
    'ALLERGIES: penicillin – anaphylaxis (1998); latex – rash',
    'CPR: do not attempt (information copy – the original is in the bag)',
  ],
  footer: 'Rosewood Court · written 7 May 2026 03:12 · version 1',
  language: 'en-GB',
  created: '2026-05-07T03:12:00+01:00',
} as const;

/** A document with the usual head and foot. */
export function documentOf(
  blocks: readonly Block[],
  furniture: Partial<PrintDocument['furniture']> = {},
): PrintDocument {
  return { furniture: { ...FURNITURE, ...furniture }, blocks };
}

const DAYS = ['Fri 1 May', 'Sat 2 May', 'Sun 3 May', 'Mon 4 May', 'Tue 5 May', 'Wed 6 May', 'Thu 7 May'];

/** One of every kind of block, as a bag would have them. */
export const EVERYTHING: readonly Block[] = [
  { kind: 'heading', level: 1, text: 'Betty Okafor' },
  {
    kind: 'banner',
    tone: 'danger',
    title: 'Allergies',
    lines: ['Penicillin: anaphylaxis, 1998.', 'Latex: rash.'],
  },
  {
    kind: 'banner',
    tone: 'attention',
    title: 'CPR decision',
    lines: ['Information copy. The original is in the bag.'],
  },
  {
    kind: 'fields',
    fields: [
      { label: 'Born', value: '14 March 1938 (88 years)' },
      { label: 'NHS number', value: '999 123 4567' },
    ],
  },
  {
    kind: 'facts',
    rows: [
      { head: '', facts: [{ label: 'Assessed on', value: '28 October 2026' }] },
      {
        head: 'Eating and drinking',
        facts: [
          { label: 'Appetite', value: 'poor since Sunday' },
          { label: '', value: 'Dislikes fish.\nNo added salt.' },
        ],
      },
      { head: 'Skin', facts: [{ label: 'History', value: 'Dressed every other day. '.repeat(8).trim() }] },
    ],
  },
  { kind: 'heading', level: 2, text: 'Why now' },
  { kind: 'paragraph', text: 'Found on the floor at 02:40. Last seen well at 22:15. '.repeat(6).trim() },
  { kind: 'paragraph', tone: 'attention', text: 'Temperature not taken.' },
  { kind: 'paragraph', tone: 'danger', text: 'Old patch not removed.' },
  { kind: 'list', items: ['Hearing aids: both, in the bag', 'Dentures: upper set only'] },
  { kind: 'heading', level: 3, text: 'About me' },
  {
    kind: 'banner',
    tone: 'own-words',
    title: 'What matters',
    lines: ["Dwi'n siarad Cymraeg: ŵ ŷ Ŵ Ŷ. Please call me Betty."],
  },
  { kind: 'paragraph', tone: 'own-words', text: 'I like my tea strong – £2 a pot ≥ the best ✓ ☐ → ½ µg.' },
  { kind: 'image', contentType: 'image/png', bytes: png(40, 30, 6), alt: 'Betty in the garden' },
  { kind: 'page-break' },
  { kind: 'heading', level: 2, text: 'Medicines' },
  {
    kind: 'table',
    caption: 'Medicines administration record',
    columns: [
      { title: 'Medicine', share: 4 },
      { title: 'Time', share: 1.2 },
      ...DAYS.map((title) => ({ title, share: 1 })),
    ],
    rows: Array.from({ length: 12 }, (_row, index) => [
      `Medicine ${index} 25 mg tablets`,
      '07:00',
      ...DAYS.map((_day, day) => ['BO', 'R', '', 'H'][(index + day) % 4] ?? ''),
    ]),
  },
  {
    kind: 'chart',
    caption: 'Doses by day and time',
    corner: ['Medicine', 'Time'],
    columns: DAYS.map((day) => day.replace(' ', '\n')),
    key: [{ head: 'Key', facts: [{ label: 'G', value: 'given' }] }],
    strong: ['NO ENTRY'],
    quiet: ['–'],
    sections: [
      {
        title: 'Every day',
        groups: ['Apixaban', 'Senna'].map((name) => ({
          name: `${name} 5 mg tablets`,
          text: 'ONE tablet twice a day.\nBy mouth.',
          rows: ['08:00', '20:00'].map((head, row) => ({
            head,
            cells: DAYS.map((_day, day) => ['G 08:04 JM', 'R [1]', '–', 'NO ENTRY'][(row + day) % 4] ?? ''),
          })),
        })),
      },
      { title: 'Stopped', groups: [{ name: 'Ramipril', text: 'Dizzy on standing.', rows: [] }] },
    ],
  },
  {
    kind: 'table',
    caption: 'Checklist',
    rowHeads: true,
    narrow: true,
    toWriteIn: true,
    columns: [
      { title: 'Thing', share: 4 },
      { title: 'At home', share: 1, tick: true },
      { title: 'Signature', share: 3 },
    ],
    rows: [
      ['Spectacles', '☑ Present', 'A. Boateng'],
      ['Slippers', '', ''],
    ],
  },
];

/** Every text that a document asks to print in its body. */
export function textsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(wordsOf);
}

function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [block.text];
    case 'banner':
      return [block.title, ...block.lines];
    case 'fields':
      return block.fields.flatMap((field) => [field.label, field.value]);
    case 'facts':
      return block.rows.flatMap((row) => [row.head, ...row.facts.flatMap((f) => [f.label, f.value])]);
    case 'list':
      return [...block.items];
    case 'table':
      return [block.caption, ...block.columns.map((column) => column.title), ...block.rows.flat()];
    case 'chart':
      return [
        block.caption,
        ...block.corner,
        ...block.columns,
        ...(block.key ?? []).flatMap((row) => [row.head, ...row.facts.flatMap((f) => [f.label, f.value])]),
        ...block.sections.flatMap(({ title, groups }) => [
          title ?? '',
          ...groups.flatMap(({ name, text, rows }) => [
            name,
            text,
            ...rows.flatMap(({ head, cells }) => [head, ...cells]),
          ]),
        ]),
      ];
    case 'image':
      return [block.alt];
    case 'foreign-pages':
    case 'attached-picture':
      return [block.title, ...block.lines, block.strip];
    case 'qr':
      return [block.text];
    case 'front':
      return textsOf(asBlocks(block));
    case 'page-break':
      return [];
  }
}

/** A PNG of eight bits a sample: colour type 0 grey, 2 colours, 4 grey with transparency, 6 colours with it. */
export function png(
  width: number,
  height: number,
  colourType: 0 | 2 | 4 | 6,
  interlaced = false,
): Uint8Array {
  const channels = { 0: 1, 2: 3, 4: 2, 6: 4 }[colourType];
  const passes = interlaced
    ? ([
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
      ] as const)
    : ([[0, 0, 1, 1]] as const);
  const bytes: number[] = [];
  for (const [startX, startY, stepX, stepY] of passes) {
    for (let y = startY; y < height; y += stepY) {
      if (startX >= width) continue;
      bytes.push(0);
      for (let x = startX; x < width; x += stepX) {
        for (let channel = 0; channel < channels; channel++) bytes.push((x * 7 + y * 3 + channel * 60) % 256);
      }
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType, 0, 0, interlaced ? 1 : 0], 8);
  return pngOf(header, deflateSync(Buffer.from(bytes)));
}

/** A PNG file of the given header and compressed data, whatever they say. */
export function pngOf(header: Buffer, data: Uint8Array): Uint8Array {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(named, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
}
