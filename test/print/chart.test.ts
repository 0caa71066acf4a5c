/** A chart on paper: whatever its size, every cell is there, under the title of its column and beside its head. */
import t, { type Test } from 'tap';
import { printPlain } from '#src/print/plain.js';
import type { Block, ChartBlock, ChartGroup, DrawnText } from '#src/print/press.js';
import { render } from '#src/print/render.js';
import { layoutFaults, notDrawn } from '../support/drawn-laws.js';
import { squeeze } from './read-pdf.js';
import { readPlain } from './read-plain.js';
import { documentOf, textsOf } from './samples.js';

const chart = (
  groups: readonly ChartGroup[],
  columns: readonly string[],
  more: Partial<ChartBlock> = {},
): Block => ({
  kind: 'chart',
  caption: 'Doses by day',
  corner: ['Medicine', 'Time'],
  columns,
  sections: [{ title: 'Every day', groups }],
  ...more,
});
const days = (count: number): string[] => Array.from({ length: count }, (_x, n) => `Day\n${n + 1}`);
const cells = (count: number, cell: (n: number) => string): string[] =>
  Array.from({ length: count }, (_x, n) => cell(n));

/** Prints lying, as charts are; all of it must be there and keep the laws of the page. */
async function printed(t: Test, block: Block, large = false): Promise<readonly DrawnText[]> {
  const document = documentOf([{ kind: 'page-break', lying: true }, block]);
  const { drawn } = await render(document, { report: true, ...(large ? { largePrint: true } : {}) });
  if (drawn === undefined) throw new Error('nothing was told');
  t.same(
    notDrawn(textsOf([block]), drawn, (text) => text),
    [],
    'all of it',
  );
  t.same(layoutFaults(drawn, large ? 2 : 1), [], 'the laws of the page');
  return drawn.texts;
}
const at = (texts: readonly DrawnText[], text: string): DrawnText => {
  const found = texts.find((one) => one.text === text);
  if (found === undefined) throw new Error(`${text} was not drawn`);
  return found;
};

t.test('a cell stands below the title of its column and beside the head of its row', async (t) => {
  const group = (name: string): ChartGroup => ({
    name,
    text: 'ONE tablet.',
    rows: ['08:00', '20:00'].map((head) => ({
      head,
      cells: cells(7, (n) => `${name.charAt(0)}${head.slice(0, 2)}${n}`),
    })),
  });
  const texts = await printed(t, chart([group('Apixaban'), group('Senna')], days(7)));
  for (const [name, head, n] of [
    ['Apixaban', '08:00', 0],
    ['Apixaban', '20:00', 6],
    ['Senna', '08:00', 3],
  ] as const) {
    const cell = at(texts, `${name.charAt(0)}${head.slice(0, 2)}${n}`);
    t.equal(cell.x, at(texts, String(n + 1)).x, 'its column');
    t.ok(
      texts.some((one) => one.text === head && one.baseline === cell.baseline),
      'its row',
    );
    t.ok(at(texts, name).x < cell.x && at(texts, name).baseline <= cell.baseline, 'its group');
  }
});

t.test('what must be seen is in bold, and its key goes where the chart goes', async (t) => {
  const group = { name: 'Senna', text: '', rows: [{ head: '21:00', cells: ['G', 'NO ENTRY', '–'] }] };
  const block = chart([group], days(3), {
    strong: ['NO ENTRY'],
    quiet: ['–'],
    key: [{ head: 'Key', facts: [{ label: 'G', value: 'given' }] }],
  });
  const filler: Block = { kind: 'list', items: Array.from({ length: 29 }, (_x, n) => `line ${n}`) };
  const document = documentOf([{ kind: 'page-break', lying: true }, filler, block]);
  const { drawn } = await render(document, { report: true });
  const texts = drawn?.texts ?? [];
  t.equal(texts.find(({ text }) => text.startsWith('Key:'))?.page, at(texts, '21:00').page);
  t.equal(at(texts, 'line 28').page, at(texts, '21:00').page - 1, 'not at the foot of the page before');
});

t.test(
  'columns that do not fit go on below, the last ones first, under the names of their groups',
  async (t) => {
    const count = 60;
    const groups = Array.from({ length: 5 }, (_x, g) => ({
      name: `Medicine ${g}`,
      text: `ONE tablet of ${g}.`,
      rows: [
        { head: '08:00', cells: cells(count, (n) => `${g}G08:${String(n).padStart(2, '0')}JM`) },
        { head: 'other', cells: cells(count, (n) => (n === 2 ? `only${g}` : '–')) },
      ],
    }));
    const texts = await printed(t, chart(groups, days(count), { quiet: ['–'] }));
    const captions = texts.filter(({ text }) => text.startsWith('Doses by day ('));
    t.ok(captions.length >= 5, `${captions.length} parts`);
    t.match(captions[0]?.text, /^Doses by day \(1 of \d+\)$/);
    const place = ({ page, baseline }: DrawnText): number => page * 10_000 + baseline;
    t.ok(place(at(texts, '0G08:59JM')) < place(at(texts, '0G08:00JM')), 'the last days first');
    const names = texts.filter(({ text, tag }) => text === 'Medicine 3' && tag === 'TH');
    t.equal(names.length, captions.length, 'the name in each part');
    t.equal(texts.filter(({ text }) => text === 'ONE tablet of 3.').length, 1, 'the rest of the head once');
    t.equal(
      texts.filter(({ text, tag }) => text === 'other' && tag === 'TH').length,
      2 * groups.length,
      'a row that tells nothing in a later part is left out there',
    );
  },
);

t.test('a long head stands above its rows; one longer than a page goes on', async (t) => {
  const long = {
    name: 'Insulin',
    text: 'By the scale in the folder, see the diabetes plan. '.repeat(8).trim(),
    rows: [{ head: '08:00', cells: ['G'] }],
  };
  const texts = await printed(t, chart([long], days(7)));
  t.ok(at(texts, 'Insulin').baseline < at(texts, '08:00').baseline, 'above');
  t.equal(at(texts, 'Insulin').x, at(texts, '08:00').x, 'the row has its place');
  const words = Array.from({ length: 2000 }, (_x, n) => `w${n}`).join(' ');
  const endless = { name: 'Endless', text: words, rows: [{ head: '08:00', cells: ['G'] }] };
  const over = await printed(t, chart([endless], days(7)));
  t.ok((at(over, '08:00').page ?? 0) > at(over, 'Endless').page);
});

t.test('a row taller than a page, 48 rows in a group, a word too long: all of it is there', async (t) => {
  const tall = {
    name: 'Tall',
    text: '',
    rows: [{ head: 'PRN', cells: [cells(150, (n) => `G${n}`).join('\n')] }],
  };
  await printed(t, chart([tall], days(3)));
  const many = {
    name: 'Many',
    text: 'x',
    rows: Array.from({ length: 48 }, (_x, n) => ({ head: `${n}h`, cells: [`c${n}`] })),
  };
  const texts = await printed(t, chart([many], days(3)));
  t.ok(
    texts.some(({ text }) => text === 'Many (continued)'),
    'named again on the next page',
  );
  await printed(t, chart([{ name: 'N'.repeat(300), text: 'T'.repeat(5000), rows: [] }], ['D'.repeat(200)]));
});

t.test('no columns, no groups, no rows, no sections', async (t) => {
  await printed(t, chart([{ name: 'Aspirin', text: '75 mg', rows: [{ head: '?', cells: [] }] }], []));
  await printed(t, chart([{ name: 'Aspirin', text: '', rows: [] }], days(2)));
  await printed(t, chart([], days(2), { sections: [] }));
});

t.test('in large print and as plain text', async (t) => {
  const group = {
    name: 'Senna',
    text: 'ONE tablet at night.',
    rows: [{ head: '21:00', cells: cells(7, (n) => `G${n}`) }],
  };
  const block = chart([group], days(7), { key: [{ head: 'Key', facts: [{ label: 'G', value: 'given' }] }] });
  await printed(t, block, true);
  const plain = squeeze(readPlain(printPlain(documentOf([block]), 'render-failed').pdf));
  const bare = { ...block, corner: ['', ''] } as ChartBlock;
  for (const text of textsOf([bare])) t.ok(plain.includes(squeeze(text.replace('\n', ', '))), text);
});
