import t, { type Test } from 'tap';
import { createPrinter, type Printer, type PrinterOptions } from '#src/print/pool.js';
import type { PrintDocument } from '#src/print/press.js';
import { render } from '#src/print/render.js';
import { squeeze } from './read-pdf.js';
import { documentOf, EVERYTHING, FURNITURE, textsOf } from './samples.js';

const faulty = new URL('./faulty-worker.js', import.meta.url);
const titled = (title: string): PrintDocument => documentOf(EVERYTHING, { title });

function printer(t: Test, options: Partial<PrinterOptions> = {}): Printer {
  const made = createPrinter({ workers: 1, timeLimitMs: 60_000, queueLimit: 10, script: faulty, ...options });
  t.teardown(() => made.close());
  return made;
}

t.test('threads print what this thread prints, byte for byte', async (t) => {
  const threads = createPrinter({ workers: 2, timeLimitMs: 60_000, queueLimit: 10 });
  t.teardown(() => threads.close());
  const here = await render(titled('same'));
  const there = await Promise.all(Array.from({ length: 5 }, () => threads.print(titled('same'))));
  for (const printed of there) {
    t.ok(Buffer.from(here.pdf).equals(printed.pdf));
    t.equal(printed.pages, here.pages);
    t.notOk(printed.plain);
  }
});

t.test(
  'a render that fails, hangs or brings its thread down is printed plain, and the next one in full',
  async (t) => {
    const one = printer(t, { timeLimitMs: 3_000, memoryLimitMb: 64 });
    const faults = {
      hang: 'time-limit',
      exit: 'worker-stopped',
      throw: 'worker-stopped',
      memory: 'worker-stopped',
    } as const;
    for (const [title, failure] of Object.entries(faults)) {
      const plain = await one.print(titled(title));
      t.match(plain, { plain: true, failure }, title);
      t.match(await one.print(titled('after')), { plain: false, pages: 2 }, `after ${title}`);
    }
  },
);

t.test('a document that cannot be drawn or sent is printed plain', async (t) => {
  const real = createPrinter({ workers: 1, timeLimitMs: 60_000, queueLimit: 10 });
  t.teardown(() => real.close());
  const undated = await real.print(documentOf(EVERYTHING, { created: 'some time' }));
  t.match(undated, { plain: true, failure: 'render-failed' });
  const unsendable = { ...titled('x'), extra: () => 1 } as unknown as PrintDocument;
  t.match(await real.print(unsendable), { plain: true, failure: 'render-failed' });
  t.match(await real.print(titled('after')), { plain: false });
});

t.test('a thread that cannot start does not stop a bag', async (t) => {
  const missing = printer(t, { script: new URL('./no-such-script.js', import.meta.url) });
  t.match(await missing.print(titled('x')), { plain: true, failure: 'worker-stopped' });
  const silent = printer(t, {
    script: new URL('data:text/javascript,setInterval(()=>{},1000)'),
    startLimitMs: 50,
  });
  t.match(await silent.print(titled('x')), { plain: true, failure: 'time-limit' });
});

t.test('no more than so many documents wait', async (t) => {
  const one = printer(t, { queueLimit: 2, timeLimitMs: 3_000 });
  const accepted = [one.print(titled('hang')), one.print(titled('second')), one.print(titled('third'))];
  await t.rejects(one.print(titled('fourth')), { name: 'PrintQueueFull', code: 'print-queue-full' });
  const [first, second, third] = await Promise.all(accepted);
  t.match(first, { plain: true, failure: 'time-limit' });
  t.match([second, third], [{ plain: false }, { plain: false }], 'those accepted are printed');
  t.match(await one.print(titled('later')), { plain: false }, 'and there is room again');
});

t.test('a printer that is closing finishes what it took and takes no more', async (t) => {
  const one = printer(t);
  const taken = [one.print(titled('a')), one.print(titled('b'))];
  const closing = one.close();
  await t.rejects(one.print(titled('c')), { name: 'PrinterClosed' });
  t.match(await Promise.all(taken), [{ plain: false }, { plain: false }]);
  await closing;
  await one.close();
});

t.test('the plain layout has every word, and says on its first line what it is', async (t) => {
  const { pdf, pages, missingCharacters } = await printer(t).print(
    documentOf(
      [
        ...EVERYTHING,
        { kind: 'paragraph', text: `(a) \\ ) ${'long '.repeat(4000)}${'y'.repeat(10_000)} end` },
      ],
      {
        title: 'exit',
        watermark: 'DEMONSTRATION – NOT FOR CARE',
      },
    ),
  );
  const text = plainPages(pdf);
  t.equal(text.length, pages);
  t.ok(missingCharacters.includes('U+0175'));
  for (const page of text) {
    t.match(page, /^PLAIN TEXT ONLY: the full layout of this document failed/);
    for (const line of [...FURNITURE.header, FURNITURE.footer, 'DEMONSTRATION – NOT FOR CARE']) {
      t.ok(squeeze(page).includes(squeeze(line)), line);
    }
  }
  const ink = squeeze(text.join(''));
  const absent = textsOf(EVERYTHING).filter(
    (words) => /^[\x20-\x7e]*$/.test(words) && !ink.includes(squeeze(words)),
  );
  t.strictSame(absent, []);
  t.ok(ink.includes('[U+0175][U+0177][U+0174][U+0176]'), 'letters without a place are spelt out');
  const long = text.join('\n').match(/y{10,}/g) ?? [];
  t.equal(long.join('').length, 10_000, 'no letter of a long word is lost');
  t.ok(ink.includes('(a)\\)long'), 'brackets stay text');
});

/** Text of each page of the plain layout: its strings stand in the file as they are. */
function plainPages(pdf: Uint8Array): string[] {
  const file = Buffer.from(pdf).toString('latin1').replaceAll('\x96', '–');
  return [...file.matchAll(/BT [^\n]*\n([\s\S]*?)\nET\nendstream/g)].map((page) =>
    (page[1] ?? '').replace(/^\((.*)\) '$/gm, '$1').replace(/\\([\\()])/g, '$1'),
  );
}
