/** Rows of facts, and tables to tick and to write in: what stands where on paper, and what is read aloud. */
import t from 'tap';
import { printPlain } from '#src/print/plain.js';
import type { Block } from '#src/print/press.js';
import { render } from '#src/print/render.js';
import { type PlacedText, plainFile, readPdf, squeeze } from './read-pdf.js';
import { readPlain } from './read-plain.js';
import { documentOf } from './samples.js';

const print = async (blocks: readonly Block[], largePrint = false) => {
  const { pdf } = await render(documentOf(blocks), { largePrint });
  const pages = readPdf(pdf);
  return { pdf, pages, ink: squeeze(pages.map((page) => page.text).join('')) };
};

const facts = (...rows: readonly (readonly [head: string, ...values: readonly string[]])[]): Block => ({
  kind: 'facts',
  rows: rows.map(([head, ...values]) => ({
    head,
    facts: values.map((value) => {
      const [label = '', said] = value.split('=');
      return said === undefined ? { label: '', value: label } : { label, value: said };
    }),
  })),
});

const found = (items: readonly PlacedText[], text: string): PlacedText => {
  const item = items.find((one) => squeeze(one.text).includes(squeeze(text)));
  if (item === undefined) throw new Error(`${text} is not on the page`);
  return item;
};

t.test('short answers follow each other in one line beside their head, in the order given', async (t) => {
  const { pages } = await print([
    facts(['Skin', 'Intact=wholly', 'Circulation=good'], ['Sleep', 'Nine to six']),
  ]);
  const items = pages[0]?.items ?? [];
  const [head, answers, other] = ['Skin', 'Intact:', 'Sleep'].map((text) => found(items, text)) as [
    PlacedText,
    PlacedText,
    PlacedText,
  ];
  t.equal(answers.y, head.y, 'on the line of the head');
  t.ok(head.x < answers.x);
  const line = items.filter((item) => item.y === head.y && item.tag === 'TD').map((item) => item.text);
  t.equal(line.join(' '), 'Intact: wholly · Circulation: good');
  t.ok(other.y > head.y);
  t.equal(head.tag, 'TH');
  t.ok(
    items.filter((item) => item.tag === 'TD').every((item) => item.size >= 10),
    'running text is 10 points',
  );
});

t.test('a long answer begins a line, and so does what follows it', async (t) => {
  const long = 'Turned every two hours. '.repeat(8).trim();
  const { pages } = await print([facts(['Skin', 'Intact=No', `Treatment=${long}`, 'Circulation=good'])]);
  const items = pages[0]?.items ?? [];
  const [first, treatment, last] = ['Intact:', 'Treatment:', 'Circulation:'].map((text) =>
    found(items, text),
  ) as [PlacedText, PlacedText, PlacedText];
  t.ok(first.y < treatment.y && treatment.y < last.y);
  t.equal(first.x, treatment.x);
  t.equal(first.x, last.x);
});

t.test(
  'a row without a head has the whole width; many lines run on over pages; nothing is lost',
  async (t) => {
    const lines = Array.from({ length: 1000 }, (_, i) => `line ${i} of a thousand`);
    const word = 'x'.repeat(10_000);
    const { pages, ink } = await print([
      facts(
        ['', 'Plain words'],
        ['Long', `Note=${lines.join('\n')}`],
        ['Hostile', `Word=${word}`],
        ['Last', 'the end'],
      ),
    ]);
    t.ok(pages.length > 10);
    for (const line of lines) t.ok(ink.includes(squeeze(line)), line);
    const answers = pages.flatMap(({ items }) => items.filter((item) => item.tag === 'TD'));
    const said = squeeze(answers.map((item) => item.text).join(''));
    t.ok(said.includes(`Word:${word}theend`), 'a word of 10,000 letters is whole');
    const right = 595.28 - 42;
    for (const { items } of pages)
      for (const item of items) t.ok(item.x < right, `${item.text} begins in the margin`);
  },
);

t.test(
  'letters that run from the right have lines of their own, and nothing is lost beside them',
  async (t) => {
    const urdu = 'نیند اچھی نہیں آتی';
    const { pdf } = await print([facts(['Sleep', `In her words=${urdu}`, 'Routine=door ajar', 'Lamp=on'])]);
    const items = readPdf(pdf)[0]?.items ?? [];
    t.ok(found(items, 'Routine:').y > found(items, 'In her words:').y);
    t.equal(found(items, 'Lamp:').y, found(items, 'Routine:').y);
  },
);

t.test('in large print the head stands above its answers', async (t) => {
  const { pages } = await print([facts(['Skin', 'Intact=No', 'Circulation=good'])], true);
  const items = pages[0]?.items ?? [];
  t.ok(found(items, 'Skin').y < found(items, 'Intact:').y);
});

t.test(
  'an empty cell to tick is a box, which is read aloud as not ticked; others are as they are',
  async (t) => {
    const table: Block = {
      kind: 'table',
      caption: 'Checklist',
      rowHeads: true,
      toWriteIn: true,
      columns: [
        { title: 'Thing', share: 3 },
        { title: 'Ward', share: 1, tick: true },
        { title: 'Signature', share: 2 },
      ],
      rows: [
        ['Spectacles', '☑ Present', ''],
        ['Slippers', '', ''],
      ],
    };
    const { pdf, pages } = await print([table]);
    const items = pages[0]?.items ?? [];
    const boxes = items.filter((item) => item.text.includes('☐'));
    t.equal(boxes.length, 1, 'what is empty and not to be ticked stays empty');
    t.ok((boxes[0]?.size ?? 0) >= 12, 'large enough for a pen');
    t.equal(found(items, 'Spectacles').tag, 'TH', 'the thing heads its row');
    t.ok(found(items, 'Slippers').y - found(items, 'Spectacles').y >= 20, 'room to write in');
    t.match(plainFile(pdf), /feff006e006f00740020007400690063006b00650064|\(not ticked\)/i);
    const plain = readPlain(printPlain(documentOf([table]), 'render-failed').pdf);
    t.match(plain, 'Ward: [ ] not ticked');
  },
);
