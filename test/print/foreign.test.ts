/** Attached PDFs and pictures on the last pages: drawn in a frame of ours, never run, and never left out in silence. */
import { readFileSync } from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';
import t from 'tap';
import { leaveOut } from '#src/print/foreign/leave-out.js';
import { printPlain } from '#src/print/plain.js';
import type { Block, PrintDocument, Printed } from '#src/print/press.js';
import { render } from '#src/print/render.js';
import {
  bomb,
  CATALOGUE,
  drawn,
  FONT,
  manyPages,
  onePage,
  packed,
  pdfOf,
  withPicture,
} from './foreign-samples.js';
import { LOCKED } from './locked-samples.js';
import { readPlain } from './read-plain.js';

const HEAD = ['SENT IN THE BAG OF Betty', 'ALLERGIES: none known'];
const documentOf = (blocks: readonly Block[]): PrintDocument => ({
  furniture: {
    title: 'Red Bag',
    header: ['Betty'],
    footer: 'Version 1',
    language: 'en-GB',
    created: '2026-11-18T03:12:00Z',
  },
  blocks: [{ kind: 'heading', level: 1, text: 'Our own page' }, ...blocks],
});
const attached = (bytes: Uint8Array, attachment = 0): Block => ({
  kind: 'foreign-pages',
  attachment,
  bytes: new Uint8Array(bytes),
  title: `Attachment ${attachment + 1}: scan`,
  lines: ['PDF document, sent by a home.'],
  strip: 'IDENTITY NOT CHECKED.',
  head: HEAD,
});
const picture = (bytes: Uint8Array, contentType: 'image/png' | 'image/jpeg', attachment = 0): Block => ({
  kind: 'attached-picture',
  attachment,
  bytes: new Uint8Array(bytes),
  contentType,
  title: `Attachment ${attachment + 1}: picture`,
  lines: ['Picture, sent by a home.'],
  strip: 'IDENTITY NOT CHECKED.',
  alt: 'A picture',
});
const print = (...blocks: readonly Block[]): Promise<Printed> => render(documentOf(blocks), { report: true });

/** All that stands in a file, with what is compressed in it unfolded. */
function contentsOf(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString('latin1');
  const parts = [text.replace(/stream\r?\n[\s\S]*?endstream/g, '')];
  for (const match of text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
    const bytes = Buffer.from(match[1] ?? '', 'latin1');
    try {
      parts.push(inflateSync(bytes).toString('latin1'));
    } catch {
      parts.push(match[1] ?? '');
    }
  }
  return parts.join('\n');
}
/** Names as they mean, whatever their spelling. */
const namesIn = (contents: string): string =>
  contents.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const ACTS =
  /\/(JavaScript|JS|Launch|OpenAction|AA|URI|SubmitForm|ImportData|EmbeddedFiles?|Filespec|RichMedia|XFA|AcroForm|Widget|GoToR|GoToE|Names)(?![A-Za-z])/;

/** The words of all pages, in the press's own account of them. */
const wordsOf = ({ drawn: all }: Printed): string => (all?.texts ?? []).map(({ text }) => text).join(' ');
const reasonsOf = ({ leftOut = [] }: Printed): string[] => leftOut.map(({ reason }) => reason);

t.test(
  'each page of an attached PDF stands in a frame on a page of ours, whose head asserts nothing of it',
  async (t) => {
    const printed = await print(attached(manyPages(3)));
    t.equal(printed.pages, 4);
    t.same(reasonsOf(printed), []);
    for (let page = 1; page < 4; page++) {
      const words = (printed.drawn?.texts ?? []).filter((one) => one.page === page).map(({ text }) => text);
      const all = words.join(' ');
      t.match(all, 'SENT IN THE BAG OF Betty');
      t.match(all, 'ALLERGIES: none known');
      t.match(all, 'IDENTITY NOT CHECKED.');
      t.match(all.replace(/\s+/g, ' '), `Attachment page ${page} of 3.`);
      t.match(all, `Page ${page + 1} of 4`);
      t.equal(all.includes('PDF document, sent by a home.'), page === 1, 'said once, above its first page');
      t.notOk(words.includes('Betty'), 'the usual head would say whose scan it is');
    }
    const contents = contentsOf(printed.pdf);
    t.ok(contents.includes('(one of many) Tj'));
    t.ok(contents.includes('/Title(Attachment 1: scan)'), 'bookmark');
    t.ok(contents.includes('/S/Figure'), 'with words for those who cannot see it');
  },
);

t.test('the claim to PDF/UA is dropped only where pages of others are in the file', async (t) => {
  const claims = async (...blocks: readonly Block[]) =>
    contentsOf((await print(...blocks)).pdf).includes('<pdfuaid:part>1</pdfuaid:part>');
  t.ok(await claims());
  t.ok(await claims(picture(png(10, 10), 'image/png')));
  t.ok(await claims(attached(Buffer.from('no PDF'))));
  t.notOk(await claims(attached(onePage('scan'))));
});

t.test('the same attachments give the same bytes', async (t) => {
  const once = () => print(attached(manyPages(2)), picture(png(10, 10), 'image/png'));
  t.ok(Buffer.from((await once()).pdf).equals(Buffer.from((await once()).pdf)));
});

t.test('how a page lies and is turned', async (t) => {
  const sizeOf = async (page: string) => {
    const { pdf } = await print(attached(onePage('turned', page)));
    const contents = contentsOf(pdf);
    return {
      lying: /MediaBox ?\[0 0 841.89 595.28\]/.test(contents),
      matrix: /\/Matrix ?\[([^\]]*)\]/.exec(contents)?.[1],
    };
  };
  t.same(await sizeOf(''), { lying: false, matrix: '1 0 0 1 0 0' });
  t.same(await sizeOf('/Rotate 90'), { lying: true, matrix: '0 -1 1 0 0 595' });
  t.same(await sizeOf('/Rotate 180'), { lying: false, matrix: '-1 0 0 -1 595 842' });
  t.same(await sizeOf('/Rotate -90'), { lying: true, matrix: '0 1 -1 0 842 0' });
  t.same(await sizeOf('/CropBox [100 100 300 200]'), { lying: true, matrix: '1 0 0 1 -100 -100' });
});

t.test('as programs of all ages write PDFs', async (t) => {
  const inside =
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>';
  const plain = onePage('an old one').toString('latin1');
  const lzw = { entries: '/Filter /LZWDecode', data: Buffer.from('800b6050220c0c8501', 'hex') };
  const samples: Readonly<Record<string, readonly [Buffer, string]>> = {
    packed: [packed(inside), '(Packed away)'],
    'without a table': [
      Buffer.from(plain.replace(/xref[\s\S]*$/, 'trailer <</Root 1 0 R>>'), 'latin1'),
      '(an old one)',
    ],
    'without a trailer': [Buffer.from(plain.replace(/xref[\s\S]*$/, ''), 'latin1'), '(an old one)'],
    'with a wrong table': [
      Buffer.from(plain.replace(/\d{10} 00000 n/g, '0000000007 00000 n'), 'latin1'),
      '(an old one)',
    ],
    'with letters before it': [Buffer.from(`Scanned by X\r\n${plain}`, 'latin1'), '(an old one)'],
    'with a wrong length': [
      Buffer.from(plain.replace(/\/Length \d+/, '/Length 3'), 'latin1'),
      '(an old one)',
    ],
    'in several streams': [
      onePage('', '/Contents [6 0 R 7 0 R]', [
        { entries: '/Filter [/ASCIIHexDecode]', data: `${Buffer.from('BT /F1 9 Tf (fir').toString('hex')}>` },
        { entries: '/Filter /ASCII85Decode', data: 'F*)G:Bl@l3~>' },
      ]),
      'BT /F1 9 Tf (fir',
    ],
    'LZW (ISO 32000-1, 7.4.4.2, the example)': [onePage('', '/Contents 6 0 R', [lzw]), '-----A---B'],
    RunLength: [
      onePage('', '/Contents 6 0 R', [
        { entries: '/Filter /RunLengthDecode', data: Buffer.from([2, 0x61, 0x62, 0x63, 254, 0x7a, 128]) },
      ]),
      'abczzz',
    ],
  };
  for (const [name, [bytes, words]] of Object.entries(samples)) {
    const printed = await print(attached(bytes));
    t.same(reasonsOf(printed), [], name);
    t.ok(contentsOf(printed.pdf).includes(words), name);
  }
});

t.test('what was typed into a form, stamped or signed on it is drawn as it looks', async (t) => {
  const looks = (words: string): { entries: string; data: string } => ({
    entries: '/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources <</Font <</F1 5 0 R>>>>',
    data: `BT /F1 12 Tf 2 4 Td (${words}) Tj ET`,
  });
  const field = (more: string) => `<</Type /Annot /Subtype /Widget /Rect [100 100 300 140] ${more}>>`;
  const printed = await print(
    attached(
      onePage('a form', '/Annots [6 0 R 7 0 R 8 0 R 9 0 R]', [
        field('/V (Not for CPR) /AP <</N 10 0 R>>'),
        field('/FT /Btn /AS /Yes /AP <</N <</Yes 11 0 R /Off 12 0 R>>>> /AA <</E 13 0 R>>'),
        field('/F 2 /AP <</N 14 0 R>>'),
        field('/V (typed, never drawn)'),
        looks('Not for CPR'),
        looks('ticked'),
        looks('empty'),
        '<</S /JavaScript /JS (app.alert(1))>>',
        looks('hidden'),
      ]),
    ),
  );
  const contents = contentsOf(printed.pdf);
  t.ok(contents.includes('(Not for CPR) Tj'));
  t.ok(contents.includes('(ticked) Tj'));
  t.notOk(contents.includes('(empty) Tj'));
  t.notOk(contents.includes('(hidden) Tj'));
  t.ok(contents.includes('2 0 0 2 100 100 cm'), 'in its place');
  t.same(ACTS.exec(namesIn(contents))?.[0], undefined);
  t.same(reasonsOf(printed), ['page 1 of 1: what was typed into a field of this form cannot be seen here']);
  t.match(wordsOf(printed), 'cannot be seen here');
});

t.test('nothing that can act comes along', async (t) => {
  const script = '<</S /JavaScript /JS (app.alert("hello"))>>';
  const acting: Readonly<Record<string, Buffer>> = {
    'when it is opened': onePage(
      'x',
      '',
      [script],
      '<</Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /AA <</WC 6 0 R>>>>',
    ),
    'by its names': onePage(
      'x',
      '',
      [script],
      '<</Type /Catalog /Pages 2 0 R /Names <</JavaScript <</Names [(a) 6 0 R]>>>>>>',
    ),
    'on a page': onePage('x', '/AA <</O 6 0 R>>', [script]),
    'behind a link': onePage('x', '/Annots [<</Type /Annot /Subtype /Link /Rect [0 0 600 800] /A 6 0 R>>]', [
      '<</S /Launch /F (cmd.exe)>>',
    ]),
    'in the resources': onePage(
      'x',
      '/Resources <</Font <</F1 5 0 R>> /AA 6 0 R /Names 6 0 R /Properties <</P 6 0 R /Q 7 0 R>>>>',
      [
        script,
        '<</Type /Filespec /EF <</F 8 0 R>>>>',
        { entries: '/Type /EmbeddedFile', data: 'MZ program' },
      ],
    ),
    'in an array, a name spelt oddly': onePage('x', '/Resources <</Font <</F1 5 0 R>> /ProcSet [6 0 R]>>', [
      '<</#53 /J#61vaScript /J#53 (x)>>',
    ]),
    'as PostScript': onePage('x', '/Resources <</Font <</F1 5 0 R>> /XObject <</X 6 0 R>>>>', [
      { entries: '/Type /XObject /Subtype /PS', data: '(secret) run' },
    ]),
    'in what is drawn': onePage('x', '/Resources <</Font <</F1 5 0 R>> /XObject <</X 6 0 R>>>>', [
      {
        entries: `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /AA <</O 7 0 R>> /Metadata 7 0 R /Ref <</F (other.pdf)>> /OPI 7 0 R`,
        data: '0 0 9 9 re f',
      },
      script,
    ]),
    'in the tree of pages': onePage(
      'x',
      '/Resources <</Font <</F1 5 0 R>> /ExtGState <</G <</Parent 1 0 R /P 3 0 R /Font [3 0 R 1]>>>>>>',
    ),
  };
  for (const [name, bytes] of Object.entries(acting)) {
    const printed = await print(attached(bytes));
    const contents = namesIn(contentsOf(printed.pdf)).replace(/\/Names\[[^\]]*\]/g, '');
    t.same(ACTS.exec(contents)?.[0], undefined, name);
    t.same(/app\.alert|cmd\.exe|secret|MZ program|other\.pdf/.exec(contents)?.[0], undefined, name);
    t.same(reasonsOf(printed), [], `${name}: and the page is there`);
    t.ok(contents.includes('(x) Tj'), name);
  }
});

t.test('what cannot be drawn is said on paper and in the answer, and our own pages stand', async (t) => {
  const whole = onePage('whole');
  const huge = 'the file asks for too much memory or work';
  const cases: Readonly<Record<string, readonly [Buffer, string]>> = {
    nothing: [Buffer.alloc(0), 'it is no PDF'],
    'a picture under a wrong name': [png(5, 5), 'it is no PDF'],
    'only its first line': [Buffer.from('%PDF-1.7\n'), 'the file is damaged'],
    'cut in half': [whole.subarray(0, whole.length / 2), 'the file is damaged'],
    locked: [
      Buffer.from(whole.toString('latin1').replace('/Root 1 0 R', '/Root 1 0 R /Encrypt 5 0 R'), 'latin1'),
      'the PDF is locked with a password',
    ],
    'no pages': [pdfOf([CATALOGUE, '<</Type /Pages /Kids [] /Count 0>>']), 'the file is damaged'],
    'pages below themselves': [
      pdfOf([CATALOGUE, '<</Type /Pages /Kids [2 0 R] /Count 1>>']),
      'the file is damaged',
    ],
    'a reference to itself': [pdfOf(['2 0 R', '1 0 R']), 'the file is damaged'],
    'a length that needs itself': [
      pdfOf([
        CATALOGUE,
        '<</Type /Pages /Kids [3 0 R] /Count 1>>',
        '<</Type /Page /MediaBox [0 0 9 9] /Contents 4 0 R>>',
        '<</Length 4 0 R>>\nstream\nx',
      ]),
      'the file is damaged',
    ],
    'tables that follow each other': [
      Buffer.from('%PDF-1.4\nxref\n0 0\ntrailer <</Root 1 0 R /Prev 9>>\nstartxref\n9\n%%EOF'),
      'the file is damaged',
    ],
    'arrays in arrays': [onePage('x', `/Contents ${'['.repeat(5000)}`), 'the file is damaged'],
    'a page of no size': [onePage('x', '/MediaBox [0 0 0 0]'), 'it has no size that a page can have'],
    'a page larger than any': [
      onePage('x', '/MediaBox [0 0 99999 99999]'),
      'it has no size that a page can have',
    ],
    'content that unfolds to a gigabyte': [
      onePage('x', '/Contents 6 0 R', [{ entries: '/Filter /FlateDecode', data: bomb(100_000_000) }]),
      'it unfolds to too much data',
    ],
    'the same twice folded': [
      onePage('x', '/Contents 6 0 R', [
        { entries: '/Filter [/FlateDecode /FlateDecode]', data: deflateSync(bomb(100_000_000)) },
      ]),
      'it unfolds to too much data',
    ],
    'a font that does': [
      onePage('x', '/Resources <</Font <</F1 6 0 R>>>>', [
        '<</Type /Font /FontDescriptor <</FontFile2 7 0 R>>>>',
        { entries: '/Filter /FlateDecode', data: bomb(50_000_000) },
      ]),
      'it unfolds to too much data',
    ],
    'an object stream that does': [
      pdfOf([{ entries: '/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode', data: bomb(100_000_000) }]),
      'the file is damaged',
    ],
    'a picture of 60,000 by 60,000': [
      withPicture(
        '/Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode',
        bomb(1000),
      ),
      'a picture in it is too large',
    ],
    'a JPEG that is larger than is said': [
      withPicture(
        '/Width 10 /Height 10 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode',
        jpeg(60_000, 60_000),
      ),
      'a picture in it is too large',
    ],
    'a picture of nothing': [
      withPicture(
        '/Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode',
        'no deflate',
      ),
      'the file is damaged',
    ],
    'drawn with another file': [
      onePage('x', '/Resources <</XObject <</X 6 0 R>>>>', [
        { entries: '/Subtype /Form /F (\\\\\\\\host\\\\share)', data: '' },
      ]),
      'it is drawn with another file',
    ],
    'a filter that nobody knows': [
      onePage('x', '/Contents 6 0 R', [{ entries: '/Filter /Crypt', data: 'x' }]),
      'it is packed in a way that is not known here',
    ],
    'a form that draws itself': [
      onePage('x', '/Contents 6 0 R /Resources <</XObject <</X 6 0 R>>>>', [
        {
          entries: '/Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 6 0 R>>>>',
          data: '/X Do /#58 Do',
        },
      ]),
      'what it is drawn with contains itself',
    ],
    'forms in forms, ten times each': [
      onePage(
        'x',
        '/Contents 6 0 R /Resources <</XObject <</X 7 0 R>>>>',
        Array.from({ length: 12 }, (_, n) => ({
          entries: `/Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X ${n + 7} 0 R>>>>`,
          data: '/X Do '.repeat(10),
        })).concat({ entries: '/Subtype /Form /BBox [0 0 9 9]', data: '0 0 1 1 re f' }),
      ),
      huge,
    ],
  };
  for (const [name, [bytes, reason]] of Object.entries(cases)) {
    const printed = await print(attached(bytes));
    const [told, ...others] = reasonsOf(printed);
    t.same(others, [], name);
    t.match(told, reason, name);
    t.match(wordsOf(printed).replace(/\s+/g, ' '), `NOT PRINTED: ${told}`, `${name}: on paper`);
    t.match(wordsOf(printed), 'Our own page', name);
    t.ok(contentsOf(printed.pdf).includes('<pdfuaid:part>'), `${name}: nothing of others is in the file`);
  }
});

t.test(
  'what lies across our page is seen through the white of theirs, and nothing that they cover is',
  async (t) => {
    const marked = async (...blocks: readonly Block[]) => {
      const { furniture, ...rest } = documentOf(blocks);
      return contentsOf(
        (await render({ ...rest, furniture: { ...furniture, watermark: 'DO NOT USE' } })).pdf,
      );
    };
    for (const block of [attached(onePage('x')), picture(png(10, 10), 'image/png')]) {
      t.ok((await marked(block)).includes('/BM/Multiply'), block.kind);
      t.notOk(
        contentsOf((await print(block)).pdf).includes('/BM/Multiply'),
        'only where something lies there',
      );
    }
    t.ok(
      (await marked(attached(onePage('x')))).includes('/Group<</S/Transparency/I true>>'),
      'laid over as one',
    );
  },
);

t.test('many files together cost a bounded amount', async (t) => {
  const data = bomb(60_000_000);
  const heavy = withPicture(
    '/Width 6000 /Height 10000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode',
    data,
  );
  const printed = await print(...Array.from({ length: 16 }, (_, index) => attached(heavy, index)));
  t.match(reasonsOf(printed).at(-1), 'too much');
  t.ok(printed.pages > 10, 'the first ones are there');
});

t.test('encrypted without a password: drawn; with one, or where printing is forbidden: said', async (t) => {
  for (const name of ['rc4With40Bits', 'rc4With128Bits', 'aesWith128Bits', 'aesWith256Bits'] as const) {
    const printed = await print(attached(LOCKED[name]));
    t.same(reasonsOf(printed), [], name);
    t.ok(contentsOf(printed.pdf).includes('(Unlocked words) Tj'), name);
  }
  const shut = {
    passwordWith128Bits: 'all its pages: the PDF is locked with a password',
    passwordWith256Bits: 'all its pages: the PDF is locked with a password',
    printingForbidden: 'all its pages: the PDF forbids that it is printed',
  } as const;
  for (const [name, reason] of Object.entries(shut)) {
    const printed = await print(attached(LOCKED[name as keyof typeof shut]));
    t.same(reasonsOf(printed), [reason], name);
    t.notOk(contentsOf(printed.pdf).includes('Unlocked'), name);
  }
});

t.test('thousands of pages: the first ones, and how many are not there', async (t) => {
  const printed = await print(
    attached(manyPages(3000)),
    attached(manyPages(150), 1),
    attached(manyPages(2), 2),
  );
  t.equal(printed.pages, 1 + 101 + 101 + 1);
  const limit = 'no more than 100 pages of a file and 200 of all are printed';
  t.same(printed.leftOut, [
    { attachment: 0, reason: `pages 101 to 3000: ${limit}` },
    { attachment: 1, reason: `pages 101 to 150: ${limit}` },
    { attachment: 2, reason: `all its pages: ${limit}` },
  ]);
});

t.test('one damaged page costs that page alone', async (t) => {
  const bytes = pdfOf([
    CATALOGUE,
    '<</Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 /MediaBox [0 0 595 842] /Resources <</Font <</F1 8 0 R>>>>>>',
    '<</Type /Page /Contents 6 0 R>>',
    '<</Type /Page /Contents 7 0 R>>',
    '<</Type /Page /Contents 6 0 R>>',
    drawn('good'),
    { entries: '/Filter /FlateDecode', data: 'not deflate' },
    FONT,
  ]);
  const printed = await print(attached(bytes));
  t.same(reasonsOf(printed), ['page 2 of 3: the file is damaged']);
  t.equal(printed.pages, 4, 'the words that it is not there stand below the page before');
});

t.test('hostile sizes cost bounded time and memory', async (t) => {
  const words = (count: number) => Buffer.from(`%PDF-1.4\n${'1 0 obj '.repeat(count)}`, 'latin1');
  const data = bomb(60_000_000);
  const inOneStream = pdfOf([{ entries: '/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode', data }]);
  const inputs = [
    words(500_000),
    Buffer.from(`%PDF-1.4\n${'1 0 obj<<>>stream\n'.repeat(300_000)}trailer<</Root 1 0 R>>`, 'latin1'),
    Buffer.from(`%PDF-1.4\n${'<<'.repeat(2_000_000)}`, 'latin1'),
    Buffer.from(`%PDF-1.4\n${'('.repeat(4_000_000)}`, 'latin1'),
    Buffer.from(`%PDF-1.4\n${'trailer<</A '.repeat(400_000)}`, 'latin1'),
    Buffer.concat(Array.from({ length: 40 }, () => inOneStream)),
    manyPages(60_000),
  ];
  for (const [index, bytes] of inputs.entries()) {
    const before = process.memoryUsage().arrayBuffers;
    const printed = await print(attached(bytes));
    t.ok(reasonsOf(printed).length > 0, `input ${index}`);
    t.ok(process.memoryUsage().arrayBuffers - before < 1e9);
  }
});

t.test(
  'a copy for archives takes over scanned pages, cleaned of what PDF/A forbids, and no others',
  async (t) => {
    const bundle = {
      name: 'bundle.json',
      contentType: 'application/json',
      description: 'x',
      bytes: Buffer.from('{}'),
    };
    const archive = (...blocks: readonly Block[]) =>
      render(documentOf(blocks), { attached: bundle, report: true });
    const CLAIM = '<pdfaid:part>3</pdfaid:part>';
    const scan = (entries: string) =>
      withPicture(
        `/Width 10 /Height 10 ${entries} /BitsPerComponent 8 /Filter /DCTDecode /Interpolate true /Intent /Odd`,
        jpeg(10, 10),
      );
    const scanned = await archive(
      attached(scan('/ColorSpace [/ICCBased 6 0 R]')),
      attached(scan('/ColorSpace /DeviceRGB'), 1),
    );
    const only = ['page 1 of 1: a copy for archives (PDF/A) takes over scanned pages only'];
    t.same(reasonsOf(scanned), only, 'a profile that is not there');
    t.equal(scanned.pages, 3);
    const contents = contentsOf(scanned.pdf);
    t.ok(contents.includes(CLAIM));
    t.notOk(contents.includes('<pdfuaid:part>'), 'readers aloud find nothing on that page');
    t.same(/\/(Interpolate|Intent)/.exec(contents)?.[0], undefined);
    const others = {
      'a page with letters': onePage('x'),
      'a picture in the colours of a printer': scan('/ColorSpace /DeviceCMYK'),
      'an unknown operator': onePage('x', '/Contents 6 0 R', [{ entries: '', data: '/GS gs' }]),
      'states that do not end': onePage('x', '/Contents 6 0 R', [{ entries: '', data: 'q q q Q' }]),
      'a form': onePage('x', '/Contents 6 0 R /Resources <</XObject <</X 7 0 R>>>>', [
        { entries: '', data: '/X Do' },
        { entries: '/Subtype /Form /BBox [0 0 9 9]', data: '' },
      ]),
      'an annotation': onePage('x', '/Contents 6 0 R /Annots [<</Subtype /Link>>]', [
        { entries: '', data: '' },
      ]),
    };
    for (const [name, bytes] of Object.entries(others)) {
      const printed = await archive(attached(bytes));
      t.same(reasonsOf(printed), only, name);
      t.ok(contentsOf(printed.pdf).includes(CLAIM), name);
    }
    const cmyk = jpeg(10, 10);
    cmyk[11] = 4;
    t.notOk(
      contentsOf((await archive(picture(cmyk, 'image/jpeg'))).pdf).includes(CLAIM),
      'claimed of nothing else',
    );
  },
);

t.test('pictures: as large as the page allows, small ones together, damaged ones in words', async (t) => {
  const two = await print(
    { kind: 'page-break', head: HEAD },
    picture(png(40, 40), 'image/png'),
    picture(png(40, 40), 'image/png', 1),
  );
  t.equal(two.pages, 2, 'two on one page');
  const large = await print(
    { kind: 'page-break', head: HEAD },
    picture(png(900, 1200), 'image/png'),
    picture(png(1200, 900), 'image/png', 1),
    picture(png(900, 1200), 'image/png', 2),
  );
  t.equal(large.pages, 4, 'each on its own page');
  const cases: Readonly<Record<string, readonly [Buffer, 'image/png' | 'image/jpeg', RegExp]>> = {
    'a PNG of 60,000 by 60,000': [png(60_000, 60_000, false), 'image/png', /too large/],
    'a PNG that unfolds to more than it says': [png(4, 4, true, bomb(50_000_000)), 'image/png', /damaged/],
    'a PNG with a chunk longer than the file': [
      Buffer.from(png(4, 4).toString('latin1').replace('IDAT', 'IDAT'), 'latin1').fill(0xff, 33, 37),
      'image/png',
      /damaged/,
    ],
    'a JPEG of 60,000 by 60,000': [jpeg(60_000, 60_000), 'image/jpeg', /too large/],
    'a JPEG cut off in its head': [jpeg(10, 10).subarray(0, 12), 'image/jpeg', /damaged/],
    'a JPEG cut off in its picture': [
      readFileSync('fixtures/media/photograph.jpg').subarray(0, -30),
      'image/jpeg',
      /cut off|damaged/,
    ],
    'a PNG called JPEG': [png(4, 4), 'image/jpeg', /not a JPEG/],
  };
  for (const [name, [bytes, type, reason]] of Object.entries(cases)) {
    const printed = await print(picture(bytes, type));
    t.match(reasonsOf(printed), [reason], name);
    t.match(wordsOf(printed), /NOT PRINTED|PART OF IT IS MISSING/, name);
  }
});

t.test(
  'a second try leaves out what brought the first one down, and the plain layout says so too',
  async (t) => {
    const document = documentOf([attached(manyPages(2)), picture(png(4, 4), 'image/png', 1)]);
    const again = leaveOut(document);
    t.same(
      again.leftOut.map(({ attachment }) => attachment),
      [0, 1],
    );
    const printed = await render(again.document, { report: true });
    t.match(wordsOf(printed), 'NOT PRINTED');
    t.match(wordsOf(printed), 'PDF document, sent by a home.');
    const plain = printPlain(document, 'render-failed');
    t.same(
      plain.leftOut?.map(({ attachment }) => attachment),
      [0, 1],
    );
    t.match(readPlain(plain.pdf), 'NOT PRINTED');
  },
);

/** A grey PNG. */
function png(width: number, height: number, data = true, packedData?: Buffer): Buffer {
  const chunk = (name: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, body, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = packedData ?? deflateSync(Buffer.alloc(data ? height * (width + 1) : 10, 0));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The head of a JPEG that says its size, with next to nothing in it. */
function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffd8ffc0001108000000000301110002110103110100', 'hex');
  frame.writeUInt16BE(height, 7);
  frame.writeUInt16BE(width, 9);
  return Buffer.concat([frame.subarray(0, 21), Buffer.from('ffda000c03010002110311003f0000ffd9', 'hex')]);
}
