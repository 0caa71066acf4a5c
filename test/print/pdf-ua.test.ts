/**
 * PDF/UA-1 (ISO 14289-1) as veraPDF judges it, on documents with everything and with every oddity. Needs the reference
 * tools: REDBAG_ORACLE is the path of their command.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { printPlain } from '#src/print/plain.js';
import type { Block } from '#src/print/press.js';
import { render } from '#src/print/render.js';
import { documentOf, EVERYTHING, png } from './samples.js';

const oracle = process.env['REDBAG_ORACLE'];

const ODD: readonly Block[] = [
  { kind: 'heading', level: 3, text: 'Starts deep' },
  { kind: 'heading', level: 1, text: '' },
  { kind: 'paragraph', text: '' },
  { kind: 'banner', tone: 'plain', title: '', lines: [] },
  { kind: 'list', items: ['', 'x'] },
  { kind: 'fields', fields: [{ label: '', value: '' }] },
  { kind: 'table', caption: '', columns: [], rows: [] },
  {
    kind: 'table',
    caption: 'c',
    columns: ['a', 'b'].map((title) => ({ title, share: 0 })),
    rows: [[], ['', '']],
  },
  { kind: 'chart', caption: '', corner: ['', ''], columns: [], sections: [] },
  {
    kind: 'chart',
    caption: 'Over pages',
    corner: ['Medicine', 'شهر'],
    columns: Array.from({ length: 30 }, (_x, n) => `Day ${n}`),
    sections: [
      {
        title: 'Every day',
        groups: Array.from({ length: 20 }, (_x, n) => ({
          name: `Medicine ${n}`,
          text: 'word '.repeat(n * 40),
          rows: Array.from({ length: n }, (_row, at) => ({
            head: `${at}:00`,
            cells: ['G', n === 10 ? 'x\n'.repeat(90) : ''],
          })),
        })),
      },
    ],
  },
  { kind: 'image', contentType: 'image/png', bytes: png(5, 5, 6, true), alt: '' },
  { kind: 'image', contentType: 'image/png', bytes: new Uint8Array(3), alt: 'broken' },
  { kind: 'paragraph', text: `a${'\u0301'.repeat(20)} ŵ w\u0302 ﷺ سلام (x) \0 \u00a0 ہے` },
  { kind: 'paragraph', text: 'y'.repeat(9000), tone: 'own-words' },
  {
    kind: 'table',
    caption: 'Over pages',
    columns: [
      { title: 'شهر', share: 1 },
      { title: 'Long', share: 3 },
    ],
    rows: [...Array.from({ length: 80 }, () => ['سلام 12', 'x']), ['z', 'word '.repeat(2000)]],
  },
];

const attachment = {
  title: 'Attachment 1',
  lines: ['A scan'],
  strip: 'NOT CHECKED',
  head: ['Sent in the bag of X'],
};
/** Pictures are described; pages of others would end the claim, the words for those that cannot be drawn do not. */
const ATTACHMENTS: readonly Block[] = [
  { kind: 'page-break', head: attachment.head },
  ...[png(600, 900, 6), png(5, 5, 0), new Uint8Array(9)].map(
    (bytes): Block => ({
      kind: 'attached-picture',
      attachment: 0,
      bytes,
      contentType: 'image/png',
      alt: 'A scan',
      ...attachment,
    }),
  ),
  { kind: 'foreign-pages', attachment: 1, bytes: new Uint8Array(9), ...attachment },
];

t.test('PDF/UA-1', { skip: oracle === undefined ? 'REDBAG_ORACLE is not set' : false }, async (t) => {
  const directory = t.testdir();
  const documents = {
    everything: documentOf(EVERYTHING, { watermark: 'DEMONSTRATION – NOT FOR CARE' }),
    odd: documentOf(ODD, { title: '&<>', header: [], footer: '', watermark: 'می' }),
    empty: documentOf([]),
    attachments: documentOf(ATTACHMENTS, { watermark: 'SUPERSEDED by version 2' }),
  };
  const files: string[] = [];
  for (const [name, document] of Object.entries(documents)) {
    const file = join(directory, `${name}.pdf`);
    writeFileSync(file, (await render(document)).pdf);
    files.push(file);
  }
  const plain = join(directory, 'plain.pdf');
  writeFileSync(plain, printPlain(documents.odd, 'render-failed').pdf);
  files.push(plain);
  const { stdout, status } = spawnSync(oracle ?? '', ['pdf', ...files], { encoding: 'utf8' });
  t.equal(status, 0, stdout);
  for (const file of files) t.ok(stdout.includes(`PASS ${file}`), file.split('/').at(-1) ?? file);
});
