/**
 * Whole packages on paper, as the press itself tells what it drew: whatever a package holds stands on its pages, and
 * the pages keep the laws of layout. REDBAG_TEST_PROPERTY_RUNS packages are made at random. With
 * REDBAG_TEST_PROPERTY_SAVE their PDFs are kept in that folder, each with its lines by page: CI reads them back with
 * another program.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { show } from '#src/forms/show.js';
import { isObject, type Json, type JsonObject, leaves } from '#src/mapping/json.js';
import { type FormSchema, isArraySchema, isObjectSchema, type LeafSchema } from '#src/mapping/schema.js';
import { glue } from '#src/print/glue.js';
import { legible } from '#src/print/legible.js';
import type { Drawn, PrintDocument } from '#src/print/press.js';
import { render } from '#src/print/render.js';
import { layOut } from '#src/transfer/pages.js';
import { type Prepared, prepare } from '#src/transfer/prepared.js';
import { packageSchema, redBag } from '#src/transfer/red-bag.js';
import { arbitraryOf } from '../support/arbitrary.js';
import { contrast, elementsOf, layoutFaults } from '../support/drawn-laws.js';
import { bettysBag } from '../support/packages.js';
import { saidByPlace } from '../support/page-laws.js';

const RUNS = Math.min(Number(process.env['REDBAG_TEST_PROPERTY_RUNS'] ?? 25), 300);
const SAVE = process.env['REDBAG_TEST_PROPERTY_SAVE'];
/** What is not random is not made again for CI. */
const ALONE = { skip: SAVE !== undefined };
const seed = Number(process.env['REDBAG_TEST_PROPERTY_SEED'] ?? Date.now() % 2 ** 31);

const about = { bagId: '7f3c1f0e-0000-4000-8000-00000000beef', version: 1, demonstration: true, changes: [] };

const schemaOf = (pointer: string): LeafSchema => {
  let at: FormSchema = packageSchema;
  for (const name of pointer.split('/').slice(1))
    at = (isArraySchema(at) ? at.items : isObjectSchema(at) ? at.properties[name] : at) as FormSchema;
  return at as LeafSchema;
};

/** A text as the press writes it, without white space. */
const asDrawn = (text: string): string => glue(legible(text, new Set())).replace(/\s+/g, '');

const CLOCK = /\d\d:\d\d(?=$|\D*$)/;
/**
 * The words that tell a leaf on paper. Some are told by where they stand: the day of a dose by its column, that a time
 * is known by the time;
 * a code system goes by its name.
 */
function wordsOf(pointer: string, value: Json): string | undefined {
  const leaf = schemaOf(pointer);
  if (leaf.format === 'base64') return undefined;
  const words = show(leaf, value);
  if (words.startsWith('NOT UNDERSTOOD')) return words;
  if (saidByPlace(pointer, value)) return undefined;
  if (words === 'http://snomed.info/sct') return 'SNOMED CT';
  if (!pointer.startsWith('/mar/medicines/')) return words;
  if (leaf.enum !== undefined || leaf.const !== undefined || leaf.type === 'boolean') return undefined;
  return /\/administrations\/\d+\/(at|scheduledFor)$/.test(pointer) ? CLOCK.exec(words)?.[0] : words;
}

/** Leaves whose words are on no page. */
function unprinted({ shown }: Prepared, drawn: Drawn): string[] {
  const ink = elementsOf(drawn).join('\n');
  return [...leaves(shown)].flatMap(([pointer, value]) => {
    const words = wordsOf(pointer, value);
    if (words === undefined || ink.includes(asDrawn(words))) return [];
    // Where both values of a blood pressure are known, the upper stands before the lower.
    if (pointer.endsWith('/systolic') && ink.includes(`${String(value)}/`)) return [];
    return [`${pointer}: ${words}`];
  });
}

async function drawnOf(document: PrintDocument): Promise<{ drawn: Drawn; pages: number; pdf: Uint8Array }> {
  const { drawn, pages, pdf } = await render(document, { report: true });
  if (drawn === undefined) throw new Error('the press kept no account');
  return { drawn, pages, pdf };
}

async function proves(sent: JsonObject, save?: string): Promise<number> {
  const prepared = prepare(sent, []);
  const { drawn, pages, pdf } = await drawnOf(layOut(redBag, prepared, about));
  const faults = layoutFaults(drawn);
  if (faults.length > 0) throw new Error(`Layout:\n${faults.slice(0, 10).join('\n')}`);
  const missing = unprinted(prepared, drawn);
  if (missing.length > 0) throw new Error(`Not on paper:\n${missing.slice(0, 10).join('\n')}`);
  if (save !== undefined) {
    writeFileSync(`${save}.pdf`, pdf);
    writeFileSync(`${save}.json`, JSON.stringify(drawn.texts.map(({ page, text }) => [page, text])));
  }
  return pages;
}

t.test('whatever package is sent stands whole on pages that keep the laws of layout', async (t) => {
  t.comment(`seed ${seed}, ${RUNS} packages`);
  if (SAVE !== undefined) mkdirSync(SAVE, { recursive: true });
  let made = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryOf(packageSchema), async (generated) => {
      const save = SAVE === undefined ? undefined : `${SAVE}/pages-${seed}-${made}`;
      await proves(generated as JsonObject, save);
      made++;
    }),
    { numRuns: RUNS, seed, endOnFailure: RUNS > 100 },
  );
  t.ok(made >= RUNS);
});

const MANY = { medicines: 200, days: 60 };

/** Betty's chart with 200 medicines, each with two doses on each of 60 days. */
function longChart(): JsonObject {
  const bag = bettysBag('long-chart');
  const mar = bag['mar'] as JsonObject;
  const [medicine = {}] = mar['medicines'] as readonly JsonObject[];
  const end = Date.parse('2026-11-18T02:40:00Z');
  const [dose] = medicine['administrations'] as readonly JsonObject[];
  const administrations = Array.from({ length: 2 * MANY.days }, (_dose, index) => {
    const at = `${new Date(end - (index / 2) * 86_400_000).toISOString().slice(0, 19)}Z`;
    return { ...dose, scheduledFor: at, at };
  });
  const medicines = Array.from({ length: MANY.medicines }, (_medicine, index) => ({
    ...medicine,
    name: `Medicine-${index}-of-many 2.5 mg tablets`,
    administrations,
  }));
  return { ...bag, mar: { ...mar, medicines } };
}

t.test(
  'two hundred medicines and sixty days of doses: all of them on a bounded number of pages',
  ALONE,
  async (t) => {
    const pages = await proves(longChart());
    t.ok(pages > 100 && pages < 1500, `${pages} pages`);
  },
);

const HOSTILE = [
  'null \0 bell \u0007 escape \u001b[31m delete \u007f next \u0085',
  'overrides \u202egpj.exe\u202c marks \u200e\u200f isolates \u2066x\u2069 joiner a\u200db',
  '<script>alert(1)</script><img src=x onerror=alert(1)> &amp;',
  ') Tj ET Q endstream endobj 1 0 obj << /OpenAction << /S /JavaScript >> >> (\\) <41> Tj EMC',
  'half \ud83d pair \udc00 and a tower a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
  'w'.repeat(10_000),
  'line\n'.repeat(1000).trim(),
];

/** The same package with this in place of texts that people write freely: of one in so many. */
function withText(bag: JsonObject, text: string, every: number): JsonObject {
  let met = 0;
  const change = (value: Json, pointer: string): Json => {
    if (Array.isArray(value)) return value.map((one: Json, index) => change(one, `${pointer}/${index}`));
    if (isObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, change(one as Json, `${pointer}/${name}`)]),
      );
    const leaf = schemaOf(pointer);
    const free = typeof value === 'string' && leaf.enum === undefined && leaf.const === undefined;
    if (!free || (leaf.format !== undefined && leaf.format !== 'text')) return value;
    return met++ % every === 0 ? text : value;
  };
  return change(bag, '') as JsonObject;
}

t.test('hostile text stays text, all of it on paper, wherever people write freely', ALONE, async (t) => {
  for (const text of HOSTILE) {
    const pages = await proves(withText(bettysBag('hostile'), text, text.length < 1000 ? 1 : 20));
    t.ok(pages > 5, `${JSON.stringify(text.slice(0, 40))}: ${pages} pages`);
  }
});

t.test('the laws of layout find what breaks them', (t) => {
  const page = { width: 595, height: 842, margin: 42 };
  const text = {
    page: 0,
    text: 'word',
    x: 60,
    baseline: 100,
    width: 80,
    size: 10,
    grey: 0,
    tag: 'P',
    element: 0,
  };
  const foot = { ...text, text: 'Page 1 of 1', x: 480, width: 60, baseline: 800, size: 9, tag: 'Artifact' };
  const faultsOf = (...texts: readonly object[]): string[] =>
    layoutFaults({ pages: [page], texts: [text, foot, ...texts] as Drawn['texts'], surfaces: [] });
  t.strictSame(faultsOf(), []);
  const next = { ...text, text: 'next', baseline: 112 };
  t.strictSame(faultsOf(next), []);
  t.match(faultsOf({ ...next, baseline: 105 }), [/"word" lies on "next"/]);
  t.match(faultsOf({ ...next, x: 30 }), [/outside the margins: next/]);
  t.match(faultsOf({ ...next, x: 520 }), [/outside the margins: next/]);
  t.match(faultsOf({ ...next, baseline: 805 }), [/in the foot: next/]);
  t.match(faultsOf({ ...next, tag: 'H2' }), [/a heading stands last: next/]);
  t.match(faultsOf({ ...next, size: 9 }), [/9 points in P: next/]);
  t.strictSame(faultsOf({ ...next, size: 9, tag: 'TD' }), []);
  t.match(faultsOf({ ...next, grey: 0.5 }), [/grey 0.5 on 1: next/]);
  t.match(
    layoutFaults({
      pages: [page],
      texts: [text, foot],
      surfaces: [{ page: 0, x: 50, y: 80, width: 200, height: 40, grey: 0 }],
    }),
    [/grey 0 on 0: word/],
  );
  t.match(layoutFaults({ pages: [page], texts: [text], surfaces: [] }), [/no page number/]);
  t.ok(contrast(0, 1) > 20.9 && contrast(0.34, 1) > 7 && contrast(0.4, 1) < 7);
  t.end();
});
