import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import decodeQR from 'qr/decode.js';
import t, { type Test } from 'tap';
import { printPlain } from '#src/print/plain.js';
import type { Block } from '#src/print/press.js';
import { render } from '#src/print/render.js';
import { contentsOf, inkOf, plainFile, type ReadPage, readPdf, squeeze } from './read-pdf.js';
import { readPlain } from './read-plain.js';
import { documentOf, EVERYTHING, FURNITURE, png, pngOf, textsOf } from './samples.js';

const MARGINS = { left: 41, right: 554, top: 20, bottom: 830 };
const URDU: Block = { kind: 'paragraph', text: 'علی پاکستان میں 3 بچے' };
const ARABIC: Block = { kind: 'paragraph', text: 'دواء (500 mg) مرتين يومي' };

async function pagesOf(
  blocks: readonly Block[],
  furniture = {},
): Promise<{ pages: ReadPage[]; missing: readonly string[] }> {
  const printed = await render(documentOf(blocks, furniture));
  const pages = readPdf(printed.pdf);
  if (pages.length !== printed.pages) throw new Error('the count of pages is wrong');
  return { pages, missing: printed.missingCharacters };
}

t.test('the same document gives the same bytes, whatever was printed before', async (t) => {
  const blocks = [...EVERYTHING, URDU];
  const first = await render(documentOf(blocks));
  await render(documentOf([ARABIC, { kind: 'paragraph', text: 'Ω Ω Å Å ﻋ ع' }]));
  const [again, , third] = await Promise.all([
    render(documentOf(blocks)),
    render(documentOf([ARABIC])),
    render(documentOf(blocks)),
  ]);
  t.ok(Buffer.from(first.pdf).equals(again.pdf));
  t.ok(Buffer.from(first.pdf).equals(third.pdf));
  const later = await render(documentOf(blocks, { created: '2026-05-07T03:13:00+01:00' }));
  t.notOk(Buffer.from(first.pdf).equals(later.pdf), 'the date given is in the file');
});

t.test('every word is on the pages, inside the margins, and every page says whose it is', async (t) => {
  const watermark = 'DEMONSTRATION – NOT FOR CARE';
  const { pages, missing } = await pagesOf([...EVERYTHING, { kind: 'page-break' }, ...EVERYTHING], {
    watermark,
  });
  t.strictSame(missing, []);
  const ink = inkOf(pages);
  for (const text of textsOf(EVERYTHING)) t.ok(ink.includes(squeeze(text)), text);
  pages.forEach((page, index) => {
    for (const line of [
      ...FURNITURE.header,
      FURNITURE.footer,
      watermark,
      `Page ${index + 1} of ${pages.length}`,
    ]) {
      t.ok(page.text.includes(line), `page ${index + 1}: ${line}`);
    }
  });
  insideMargins(t, pages);
  for (const item of pages.flatMap((page) => page.items))
    t.ok(item.size >= 9, `${item.text} is large enough`);
  for (const word of [
    'WARNING: Allergies',
    'ATTENTION: CPR decision',
    'IN THEIR OWN WORDS: What matters',
    'WARNING: Old patch',
  ]) {
    t.ok(ink.includes(squeeze(word)), 'the tone is said in words');
  }
});

t.test(
  'tags: all content has one, headings skip no level, tables have scopes, pictures a description',
  async (t) => {
    const { pdf } = await render(
      documentOf([{ kind: 'heading', level: 3, text: 'Starts deep' }, ...EVERYTHING]),
    );
    const pages = readPdf(pdf);
    t.strictSame([...new Set(pages.flatMap((page) => page.items.map((item) => item.tag)))].sort(), [
      'Artifact',
      'Caption',
      'H1',
      'H2',
      'H3',
      'LBody',
      'Lbl',
      'P',
      'Span',
      'TD',
      'TH',
    ]);
    t.equal(pages[0]?.items.find((item) => item.text === 'Starts deep')?.tag, 'H1');
    const file = plainFile(pdf);
    for (const sign of [
      '/Scope/Column',
      '/Scope/Row',
      '/Alt(Betty in the garden)',
      '/Lang(en-GB)',
      '/Marked true',
      '/DisplayDocTitle true',
      '<pdfuaid:part>1</pdfuaid:part>',
      '/Title(Medicines)',
    ]) {
      t.ok(file.includes(sign), sign);
    }
  },
);

t.test('a title with signs of XML leaves the metadata readable', async (t) => {
  const { pdf } = await render(documentOf([], { title: 'Okafor & <sons>\u0007' }));
  const file = plainFile(pdf);
  t.match(file, 'Okafor &#38; &#60;sons&#62;[U+0007]');
  t.match(file, '(Okafor & <sons>[U+0007])');
});

t.test('characters that cannot be printed are spelt out and reported', async (t) => {
  const shown = {
    'a\u202eb\u202c': 'a[U+202E]b[U+202C]',
    'null \0 bell \u0007 delete \u007f': 'null [U+0000] bell [U+0007] delete [U+007F]',
    'zero\u200bwidth\u200dsoft\u00adhyphen\ufeff': 'zero[U+200B]width[U+200D]soft[U+00AD]hyphen[U+FEFF]',
    'half \ud83d pair': 'half [U+D83D] pair',
    '\ud55c \u0e44 \u{2a6d6}': '[U+D55C] [U+0E44] [U+2A6D6]',
    'tag \u{e0041}': 'tag [U+E0041]',
  };
  const { pages, missing } = await pagesOf(Object.keys(shown).map((text) => ({ kind: 'paragraph', text })));
  for (const text of Object.values(shown)) t.ok(pages[0]?.text.includes(text), text);
  t.strictSame(missing, [
    'U+0000',
    'U+0007',
    'U+007F',
    'U+00AD',
    'U+0E44',
    'U+200B',
    'U+200D',
    'U+202C',
    'U+202E',
    'U+2A6D6',
    'U+D55C',
    'U+D83D',
    'U+E0041',
    'U+FEFF',
  ]);
  const tower = await pagesOf([{ kind: 'paragraph', text: `a${'\u0301'.repeat(200)}b` }]);
  t.equal(inkOf(tower.pages).match(/\[U\+0301\]/g)?.length, 194, 'a letter carries six signs and no more');
});

/** Words as they are typed, the face that must draw them, and whether they are put together or turned round. */
const SCRIPTS: readonly (readonly [string, string, string, boolean])[] = [
  ['Urdu', 'ہے میں علی پاکستان ٹڈڑںھ چگپژ 12 بچے', 'NotoSansArabic', true],
  ['Arabic', 'دواء (500 mg) مرتين يوميا', 'NotoSansArabic', true],
  ['Hebrew', 'שלום 123 (abc) עולם', 'DejaVuSans', true],
  ['Gujarati', 'ગુજરાતી ક્ષ શ્રી પ્રેમ 12', 'NotoSansGujarati', true],
  ['Bengali', 'বাংলা ক্ষ আমি ভালো।', 'NotoSansBengali', true],
  ['emoji', 'Tea ☕ 😀 \u{1f468}\u200d\u{1f469}\u200d\u{1f467} ❤️ 👍🏽', 'NotoEmoji', true],
  ['Chinese, simplified', '我对青霉素过敏，请不要给我吃。', 'ChocolateClassicalSans', false],
  ['Chinese of Hong Kong', '我對盤尼西林敏感，唔好俾我食。', 'ChocolateClassicalSans', false],
  ['Welsh', 'Dwi’n siarad Cymraeg: ŵ ŷ Ŵ Ŷ â ê î ô û', 'REDBAG', false],
  ['Polish', 'Zażółć gęślą jaźń ŁÓDŹ', 'REDBAG', false],
  ['Greek and Russian', 'Русский Ελληνικά', 'DejaVuSans', false],
];

t.test('every script that residents write in is drawn whole, and no box stands for a letter', async (t) => {
  for (const [name, text, face, turned] of SCRIPTS) {
    const blocks: Block[] = [
      { kind: 'paragraph', text },
      { kind: 'banner', tone: 'own-words', title: text, lines: [text] },
      { kind: 'fields', fields: [{ label: text, value: text }] },
      { kind: 'facts', rows: [{ head: text, facts: [{ label: text, value: text }] }] },
    ];
    const { pdf, missingCharacters, drawn } = await render(documentOf(blocks), { report: true });
    t.strictSame(missingCharacters, [], `${name}: nothing is spelt out`);
    t.match(plainFile(pdf), face, `${name}: its face`);
    const said = squeeze(drawn?.texts.map((one) => one.text).join('') ?? '');
    t.equal(said.split(squeeze(text)).length - 1, 8, `${name}: as typed, every time`);
    const pages = readPdf(pdf);
    t.notMatch(pages[0]?.text, '\ufffd', `${name}: every code of a font stands for a letter`);
    if (!turned) t.ok(inkOf(pages).includes(squeeze(text)), `${name}: can be copied out`);
    insideMargins(t, pages);
  }
});

t.test('faces are opened where they are needed, and bytes do not depend on who was first', async (t) => {
  const blocks = SCRIPTS.map(([, text]): Block => ({ kind: 'paragraph', text }));
  const first = await render(documentOf(blocks));
  await render(documentOf([ARABIC, URDU, { kind: 'paragraph', text: 'ક્ષ 😀 پ ب ٹ 敏過' }]));
  t.ok(Buffer.from(first.pdf).equals((await render(documentOf(blocks))).pdf));
  const plain = plainFile((await render(documentOf(EVERYTHING))).pdf);
  for (const face of ['Noto', 'Chocolate']) t.notMatch(plain, face);
});

t.test('a QR code opens the address, and stands only where there is one', async (t) => {
  const address = 'https://hospital.example/fhir/DocumentReference/4711';
  const blocks: Block[] = [{ kind: 'qr', text: 'Open on a telephone' }];
  const { pdf } = await render(documentOf(blocks, { address }));
  const [page] = readPdf(pdf);
  t.ok(page?.text.includes('Open on a telephone'));
  t.ok(page?.text.includes(address));
  t.match(plainFile(pdf), '/Alt(QR code: Open on a telephone)');
  t.notMatch((await pagesOf(blocks)).pages[0]?.text, 'telephone');
  t.equal(decodeCode(contentsOf(pdf).join('\n')), address, 'as a telephone reads it');
});

t.test('large print: nothing smaller than 18 points, all of it there', async (t) => {
  const { pdf } = await render(documentOf(EVERYTHING), { largePrint: true });
  const pages = readPdf(pdf);
  const ink = inkOf(pages);
  for (const text of textsOf(EVERYTHING)) t.ok(ink.includes(squeeze(text)), text);
  const smallest = Math.min(...pages.flatMap((page) => page.items.map((item) => item.size)));
  t.equal(1.8 * smallest, 18, 'the page is drawn larger by so much');
  for (const content of contentsOf(pdf)) t.match(content, /^1\.8 0 0 1\.8 0 0 cm$/m);
});

t.test(
  'a page that lies: as wide as it is high elsewhere, and upright again after the next break',
  async (t) => {
    const word: Block = { kind: 'paragraph', text: 'word' };
    const { pdf, pages } = await render(
      documentOf([word, { kind: 'page-break', lying: true }, word, { kind: 'page-break' }, word]),
    );
    t.equal(pages, 3);
    t.strictSame([...plainFile(pdf).matchAll(/\/MediaBox\[0 0 ([\d.]+)/g)].map((match) => match[1]).sort(), [
      '595.28',
      '595.28',
      '841.89',
    ]);
  },
);

t.test(
  'a paper that may follow stands below another where all of it has room, and is never cut for it',
  async (t) => {
    const word: Block = { kind: 'paragraph', text: 'word' };
    const follow: Block = { kind: 'page-break', unlessWhole: true };
    const many = Array.from({ length: 40 }, () => word);
    const pagesFor = async (...blocks: Block[]): Promise<number> => (await render(documentOf(blocks))).pages;
    t.equal(await pagesFor(word, follow, word), 1);
    t.equal(await pagesFor(...many, follow, ...many), 2, 'not all of it has room: it begins a page');
    t.equal(await pagesFor(word, { kind: 'page-break', lying: true }, word, follow, word), 3, 'other paper');
  },
);

t.test('with a file attached it claims PDF/A-3 beside PDF/UA', async (t) => {
  const attached = {
    name: 'bundle.fhir.json',
    contentType: 'application/fhir+json',
    description: 'The same content as a FHIR document',
    bytes: Buffer.from('{"resourceType":"Bundle"}'),
  };
  const { pdf } = await render(documentOf(EVERYTHING), { attached });
  const file = plainFile(pdf);
  for (const sign of [
    '/AFRelationship/Alternative',
    '(bundle.fhir.json)',
    'pdfaid:part>3',
    'pdfaid:conformance>A',
    'pdfuaid:part>1',
  ])
    t.ok(file.includes(sign), sign);
  t.ok(Buffer.from(pdf).equals((await render(documentOf(EVERYTHING), { attached })).pdf));
});

t.test('hostile text stays text', async (t) => {
  const texts = [
    '<script>alert(1)</script> &amp; <b>bold</b>',
    ') Tj ET Q endstream endobj (\\) <41> Tj /Artifact BMC EMC',
    '1\n2\r\n3\r4\u20285',
    'tab\tstop',
    `${'thousand\n'.repeat(1000)}lines`,
  ];
  const { pages, missing } = await pagesOf([
    ...texts.map((text): Block => ({ kind: 'paragraph', text })),
    {
      kind: 'table',
      caption: texts[0] ?? '',
      columns: [{ title: texts[1] ?? '', share: 1 }],
      rows: texts.map((text) => [text]),
    },
    { kind: 'banner', tone: 'danger', title: texts[1] ?? '', lines: texts },
  ]);
  t.strictSame(missing, []);
  const ink = inkOf(pages);
  const seen = texts.slice(0, 4).map((text) => ink.split(squeeze(text)).length - 1 >= 3);
  t.strictSame(seen, [true, true, true, true]);
  t.equal(ink.match(/thousand/g)?.length, 3000);
  insideMargins(t, pages);
});

t.test('a word of ten thousand letters is broken and whole', async (t) => {
  const word = Array.from({ length: 10_000 }, (_letter, index) =>
    String.fromCharCode(97 + (index % 26)),
  ).join('');
  for (const text of [word, word.replaceAll('e', 'ع')]) {
    const { pages } = await pagesOf([
      { kind: 'paragraph', text },
      {
        kind: 'table',
        caption: 'C',
        columns: [
          { title: 'A', share: 1 },
          { title: 'B', share: 9 },
        ],
        rows: [[text, 'b']],
      },
    ]);
    const body = pages.flatMap((page) =>
      page.items.filter((item) => item.tag !== 'Artifact').map((item) => item.text),
    );
    for (const letter of 'az')
      t.equal(body.join('').split(letter).length - 1, 2 * text.split(letter).length - 2, letter);
    insideMargins(t, pages);
  }
  const { pages } = await pagesOf([{ kind: 'paragraph', text: word }]);
  t.ok(inkOf(pages).includes(word.slice(0, 2000)), 'in its order');
});

t.test('a table of a thousand rows: all of them, under a head on every page', async (t) => {
  const rows = Array.from({ length: 1000 }, (_row, index) => [`row-${index}.`, `value ${index}`, '']);
  const { pages } = await pagesOf([
    {
      kind: 'table',
      caption: 'Thousand',
      columns: ['First', 'Second', 'Third'].map((title) => ({ title, share: 1 })),
      rows,
    },
  ]);
  const ink = inkOf(pages);
  for (const [first] of rows) if (!ink.includes(first ?? '')) t.fail(`${first} is missing`);
  t.ok(pages.length > 15 && pages.length < 40);
  for (const page of pages)
    for (const title of ['First', 'Second', 'Third']) t.ok(page.items.some((item) => item.text === title));
  t.equal(pages.filter((page) => page.text.includes('Thousand (continued)')).length, pages.length - 1);
  insideMargins(t, pages);
});

t.test('a cell longer than a page goes on over pages; what a row has too many is not lost', async (t) => {
  const story = Array.from({ length: 3000 }, (_word, index) => `w${index};`).join(' ');
  const { pages } = await pagesOf([
    {
      kind: 'table',
      caption: 'Long',
      columns: [
        { title: 'A', share: 1 },
        { title: 'B', share: 3 },
      ],
      rows: [['x', story], ['1', '2', '3extra', '4extra'], ['only']],
    },
    { kind: 'table', caption: 'No columns', columns: [], rows: [['lonely']] },
    { kind: 'list', items: [] },
    { kind: 'fields', fields: [] },
  ]);
  const ink = pages
    .flatMap((page) => page.items.filter((item) => item.tag !== 'Artifact'))
    .map((item) => item.text)
    .join('');
  t.ok(squeeze(ink).includes(squeeze(story)));
  for (const word of ['3extra', '4extra', 'only', 'lonely']) t.ok(ink.includes(word), word);
  insideMargins(t, pages);
});

t.test('no heading stands at the foot of a page without what it heads', async (t) => {
  const after: Block[] = [
    { kind: 'paragraph', text: 'follows '.repeat(60) },
    { kind: 'banner', tone: 'danger', title: 'follows', lines: ['follows'] },
    { kind: 'table', caption: 'follows', columns: [{ title: 'follows', share: 1 }], rows: [['follows']] },
    { kind: 'fields', fields: [{ label: 'follows', value: 'follows' }] },
    { kind: 'list', items: ['follows'] },
    { kind: 'image', contentType: 'image/png', bytes: png(40, 200, 2), alt: 'follows' },
  ];
  for (const next of after) {
    for (let lines = 30; lines < 54; lines++) {
      const { pages } = await pagesOf([
        { kind: 'list', items: Array.from({ length: lines }, () => 'line') },
        { kind: 'heading', level: 2, text: 'HEAD' },
        { kind: 'heading', level: 3, text: 'SUBHEAD' },
        next,
      ]);
      const page = pages.find((one) => one.items.some((item) => item.text === 'SUBHEAD'));
      const words = page?.items.filter((item) => item.tag !== 'Artifact').map((item) => item.text) ?? [];
      const followed =
        next.kind === 'image' || /follows/.test(words.slice(words.indexOf('SUBHEAD') + 1).join(' '));
      if (!followed || !words.includes('HEAD')) t.fail(`${next.kind} after ${lines} lines`);
    }
  }
  t.pass('every kind of block, wherever the page ends');
});

t.test('a number and its unit stand on one line', async (t) => {
  const doses = [
    '500 mg',
    '2.5 ml',
    '10 units',
    '5 micrograms',
    '120/80 mmHg',
    '14 March 2026',
    '999 123 4567',
    '37.5 °C',
    '2 tablets',
    '40 %',
  ];
  for (const dose of doses) {
    for (let width = 1; width < 90; width += 2) {
      const { pages } = await pagesOf([
        { kind: 'paragraph', text: `${'i'.repeat(width)} ${'m'.repeat(30)} take ${dose} now` },
      ]);
      if (!pages[0]?.text.includes(dose)) t.fail(`${dose} is broken after ${width}`);
    }
  }
  t.pass('wherever the line ends');
});

t.test('a head too long to be repeated stands once in full, and never in part', async (t) => {
  const allergies = `ALLERGIES: ${Array.from({ length: 80 }, (_one, index) => `agent${index} rash`).join('; ')}`;
  const { pages } = await pagesOf([...EVERYTHING], {
    header: [FURNITURE.header[0], allergies],
    footer: 'foot '.repeat(200),
  });
  t.equal(inkOf(pages).split(squeeze(allergies)).length - 1, 1);
  t.ok(inkOf(pages.slice(0, 1)).includes(squeeze(allergies)));
  t.notOk(pages[1]?.text.includes('agent0'));
  t.match(pages[1]?.text, 'it stands in full on the first pages');
  t.equal(inkOf(pages).split('foot').length - 1, 200);
  insideMargins(t, pages);
});

t.test('right to left text: in its order, on the right edge', async (t) => {
  const { pages } = await pagesOf([
    { kind: 'paragraph', text: 'שלום 123 (abc) עולם' },
    { kind: 'paragraph', text: 'Name: שלום (x)' },
  ]);
  const first = pages[0]?.items.filter((item) => item.tag === 'Span') ?? [];
  const line = first.filter((item) => item.y === first[0]?.y).sort((a, b) => a.x - b.x);
  t.equal(
    squeeze(line.map((item) => item.text).join('')),
    'םלוע(abc)123םולש',
    'as it is seen from left to right',
  );
  t.ok(Math.max(...line.map((item) => item.x)) > 540);
  const mixed = first.filter((item) => item.y !== first[0]?.y);
  t.equal(
    squeeze(
      mixed
        .sort((a, b) => a.x - b.x)
        .map((item) => item.text)
        .join(''),
    ),
    'Name:םולש(x)',
  );
  const file = plainFile((await render(documentOf([{ kind: 'paragraph', text: 'שלום' }]))).pdf);
  t.match(file, `/ActualText(${Buffer.from('\ufeffשלום', 'utf16le').swap16().toString('latin1')})`);
});

t.test('pictures: every kind of PNG, and a word where one cannot be printed', async (t) => {
  const kinds = [
    png(40, 30, 0),
    png(40, 30, 2),
    png(40, 30, 4),
    png(40, 30, 6),
    png(13, 9, 2, true),
    png(13, 9, 6, true),
  ];
  const good = await render(
    documentOf(
      kinds.map((bytes, index) => ({ kind: 'image', contentType: 'image/png', bytes, alt: `kind ${index}` })),
    ),
  );
  t.notMatch(readPdf(good.pdf)[0]?.text, 'PICTURE NOT PRINTED');
  t.equal(plainFile(good.pdf).match(/\/Subtype\/Image/g)?.length, 9, 'with three masks');
  const header = (width: number, height: number): Buffer => {
    const out = Buffer.from(png(1, 1, 6).subarray(16, 29));
    out.writeUInt32BE(width, 0);
    out.writeUInt32BE(height, 4);
    return out;
  };
  const bad: [string, Uint8Array, 'image/png' | 'image/jpeg'][] = [
    ['empty', new Uint8Array(0), 'image/png'],
    ['text', Buffer.from('<svg/>'), 'image/jpeg'],
    ['cut', png(40, 30, 2).subarray(0, 60), 'image/png'],
    ['bomb', pngOf(header(100_000, 100_000), deflateSync(Buffer.alloc(1000))), 'image/png'],
    ['more than it says', pngOf(header(10, 10), deflateSync(Buffer.alloc(50_000_000))), 'image/png'],
    ['less than it says', pngOf(header(1000, 1000), deflateSync(Buffer.alloc(10))), 'image/png'],
    ['no frame', Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 8, 0, 0, 0, 0, 0, 0]), 'image/jpeg'],
    ['endless', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0]), 'image/jpeg'],
    ['huge', jpegHead(60_000, 60_000), 'image/jpeg'],
  ];
  const { pages } = await pagesOf(
    bad.map(([alt, bytes, contentType]) => ({ kind: 'image', contentType, bytes, alt })),
  );
  for (const [alt] of bad)
    t.match(pages[0]?.text, new RegExp(`PICTURE NOT PRINTED \\([^)]+\\): ${alt}`), alt);
  const photograph = await render(
    documentOf([{ kind: 'image', contentType: 'image/jpeg', bytes: jpegHead(600, 400), alt: 'photo' }]),
  );
  t.match(plainFile(photograph.pdf), /\/Width 600\/Height 400/);
});

t.test('a document without a date is refused', async (t) => {
  await t.rejects(render(documentOf([], { created: 'today' })), TypeError);
});

t.test(
  'other programs read it',
  { skip: !has('pdftotext') || !has('qpdf') ? 'no poppler or qpdf' : false },
  async (t) => {
    const file = join(t.testdir(), 'all.pdf');
    const { pdf } = await render(documentOf([...EVERYTHING, URDU, ARABIC], { watermark: 'DEMONSTRATION' }));
    writeFileSync(file, pdf);
    t.match(spawnSync('qpdf', ['--check', file]), { status: 0 });
    const text = squeeze(spawnSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).stdout);
    for (const words of textsOf(EVERYTHING)) t.ok(text.includes(squeeze(words)), words);
    t.ok(text.includes('پاکستان'), 'letters from right to left in the order of reading');
  },
);

/** What a reader of QR codes makes of the black squares on a page. */
function decodeCode(content: string): string {
  const pieces = [...content.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) 2\.4 re/g)].map((match) =>
    match.slice(1, 4).map(Number),
  );
  const left = Math.min(...pieces.map(([x]) => x ?? 0));
  const top = Math.max(...pieces.map(([, y]) => y ?? 0));
  const unit = 4;
  const side = 60 * unit;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [x = 0, y = 0, width = 0] of pieces) {
    const from = Math.round(((x - left) / 2.4 + 6) * unit);
    const row = Math.round(((top - y) / 2.4 + 6) * unit);
    for (let dy = 0; dy < unit; dy++)
      for (let dx = 0; dx < Math.round((width / 2.4) * unit); dx++)
        data.fill(0, ((row + dy) * side + from + dx) * 4, ((row + dy) * side + from + dx) * 4 + 3);
  }
  return decodeQR({ width: side, height: side, data });
}

function has(program: string): boolean {
  const found = spawnSync(program, ['--version']).error === undefined;
  if (!found && process.env['CI'] === 'true') throw new Error(`${program} is not installed`);
  return found;
}

/** The head of a JPEG in colours, of the given size, without a picture. */
function jpegHead(width: number, height: number): Uint8Array {
  const frame = Buffer.from([
    0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
  ]);
  frame.writeUInt16BE(height, 7);
  frame.writeUInt16BE(width, 9);
  return frame;
}

function insideMargins(t: Test, pages: readonly ReadPage[]): void {
  const outside = pages
    .flatMap((page) => page.items)
    .filter(
      (item) =>
        item.x < MARGINS.left || item.x > MARGINS.right || item.y < MARGINS.top || item.y > MARGINS.bottom,
    );
  t.strictSame(outside, [], 'nothing stands outside the margins');
}

t.test('the plain layout: every word, tagged, by pdfkit alone, the same bytes each time', async (t) => {
  const blocks: Block[] = [
    ...EVERYTHING,
    { kind: 'paragraph', text: 'ŵ ŷ ☐ → \u202e 我 <&> (\\) Tj' },
    { kind: 'paragraph', text: 'w'.repeat(10_000) },
  ];
  const document = documentOf(blocks, { title: 'Okafor & <sons>', watermark: 'DEMONSTRATION' });
  const printed = printPlain(document, 'render-failed');
  t.match(printed, { plain: true, failure: 'render-failed', missingCharacters: ['U+202E', 'U+6211'] });
  t.ok(Buffer.from(printed.pdf).equals(printPlain(document, 'render-failed').pdf));
  const said = readPlain(printed.pdf);
  t.match(said.split('\n')[0], /^PLAIN TEXT ONLY/, 'says what it is before all else');
  const ink = squeeze(said);
  for (const text of textsOf(EVERYTHING)) t.ok(ink.includes(squeeze(text)), text);
  t.ok(ink.includes(squeeze('ŵ ŷ ☐ → [U+202E] [U+6211] <&> (\\) Tj')));
  t.equal(ink.match(/w{84}/g)?.length, 119, 'a long word is broken and whole');
  for (const line of FURNITURE.header)
    t.equal(ink.split(squeeze(line)).length - 1, printed.pages, `on each page: ${line}`);
  t.ok(ink.includes(squeeze(`Page ${printed.pages} of ${printed.pages}`)));
  const file = Buffer.from(printed.pdf).toString('latin1');
  for (const sign of ['/Lang (en-GB)', '/Marked true', '<pdfuaid:part>1</pdfuaid:part>', '/S /P'])
    t.ok(file.includes(sign), sign);
});
