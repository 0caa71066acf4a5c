/**
 * What the press costs, beside pdfkit's own tables and pdfmake with the same content in the same run.
 * `node bench/print.mjs [--quick]` after `npm run build` and `npm ci` in bench/. Prints one JSON document.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { documentOf, readBag } from '../dist/cli/bag.js';
import { render } from '../dist/print/render.js';
import { bagIdOf } from '../dist/transfer/identity.js';
import { layOut } from '../dist/transfer/pages.js';
import { redBag } from '../dist/transfer/red-bag.js';
import { Pool } from '../dist/workshop/pool.js';

let fonts;
const quick = process.argv.includes('--quick');
// pdfkit and fontkit as the service has them; pdfmake brings its own.
const require = createRequire(new URL('../package.json', import.meta.url));
const fontkit = require('fontkit');
const PDFDocument = require('pdfkit');
const FONTS = {
  normal: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};
const document = await betty();

const result = {
  machine: { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version, load: loadavg() },
  press: await costOf(() => render(document), quick ? 10 : 50),
  pdfkitTables: await beside(async () => byPdfkit),
  pdfmake: await beside(byPdfmake),
  workers: [await throughput(1), await throughput(Math.max(2, availableParallelism() - 1))],
  memory: await memory(quick ? 100 : 1000),
};
console.log(JSON.stringify(result, null, 2));

async function betty() {
  const file = new URL('../fixtures/betty/red-bag.json', import.meta.url).pathname;
  const inspected = await readBag(file, { say() {}, stdin: process.stdin });
  const { prepared } = documentOf(inspected);
  const about = { bagId: bagIdOf(inspected.sent), version: 1, demonstration: false, changes: [] };
  return layOut(redBag, prepared, about);
}

/** A peer that is not installed, or fails, is named as such and stops nothing. */
async function beside(prepare) {
  try {
    return await costOf(await prepare(), quick ? 2 : 5);
  } catch (error) {
    return { failed: String(error) };
  }
}

/** Processor time in milliseconds, user and system, all threads. */
async function costOf(make, times) {
  let made = await make();
  if (times >= 10) for (let index = 0; index < 10; index++) made = await make();
  const costs = [];
  for (let index = 0; index < times; index++) {
    const before = process.cpuUsage();
    made = await make();
    const used = process.cpuUsage(before);
    costs.push((used.user + used.system) / 1000);
  }
  costs.sort((a, b) => a - b);
  return {
    times,
    pages: made.pages,
    bytes: made.pdf.length,
    cpuMs: { p50: at(costs, 0.5), p90: at(costs, 0.9), least: at(costs, 0) },
    cpuMsPerPageP50: Math.round((at(costs, 0.5) / made.pages) * 100) / 100,
  };
}

function at(sorted, share) {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] * 10) / 10;
}

/** Pages a second through the pool, and what the service's own thread waits meanwhile. */
async function throughput(workers) {
  const script = new URL('./print-thread.mjs', import.meta.url);
  const pool = new Pool({ script, threads: workers, queueLimit: 10_000 });
  const print = () => pool.run({ message: document, size: 0, timeLimitMs: 60_000 });
  await Promise.all(Array.from({ length: workers * 4 }, print));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const count = quick ? 20 : 100;
  let waiting = count;
  let pages = 0;
  await Promise.all(
    Array.from({ length: workers * 2 }, async () => {
      while (waiting-- > 0) {
        const printed = await print();
        pages += printed.pages;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  await pool.close();
  return {
    workers,
    documentsPerSecond: Math.round((count / seconds) * 10) / 10,
    pagesPerSecond: Math.round(pages / seconds),
    eventLoopDelayMs: {
      p50: delay.percentile(50) / 1e6,
      p99: delay.percentile(99) / 1e6,
      most: delay.max / 1e6,
    },
  };
}

/** Resident memory of this process over many renders in this thread. */
async function memory(times) {
  const megabytes = () => Math.round(process.memoryUsage().rss / 1048576);
  const seen = [megabytes()];
  for (let index = 1; index <= times; index++) {
    await render(document);
    // As between two messages to a thread of the service: what waits for the next turn is let go.
    await new Promise(setImmediate);
    if (index % (times / 5) === 0) seen.push(megabytes());
  }
  return { times, rssMb: seen };
}

/** The same content by pdfkit alone: tagged, parsed fonts, its own `table`. */
function byPdfkit() {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 42,
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    bufferPages: true,
    font: null,
    info: { Title: document.furniture.title },
  });
  const [normal, bold] = parsed();
  pdf.registerFont('normal', normal);
  pdf.registerFont('bold', bold);
  pdf.font('normal').fontSize(10);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const say = (tag, text, font = 'normal') => {
    root.add(pdf.struct(tag, () => pdf.font(font).text(text)));
  };
  const table = (rows) => {
    if (rows.length > 0) pdf.font('normal').table({ data: rows, structParent: root });
  };
  for (const block of document.blocks) {
    if (block.kind === 'heading') say(`H${block.level}`, block.text, 'bold');
    else if (block.kind === 'paragraph') say('P', block.text);
    else if (block.kind === 'banner') for (const text of [block.title, ...block.lines]) say('P', text);
    else if (block.kind === 'list') for (const text of block.items) say('P', `• ${text}`);
    else if (block.kind === 'fields') table(block.fields.map(({ label, value }) => [label, value]));
    else if (block.kind === 'table') table([block.columns.map((column) => column.title), ...block.rows]);
    else if (block.kind === 'page-break') pdf.addPage();
  }
  root.end();
  return collected(pdf);
}

function parsed() {
  fonts ??= [FONTS.normal, FONTS.bold].map((file) => fontkit.create(readFileSync(file)));
  return fonts;
}

/** The same content by pdfmake: without tags, it has none. */
async function byPdfmake() {
  const { default: pdfmake } = await import('pdfmake');
  pdfmake.setFonts({ DejaVu: FONTS });
  pdfmake.setLocalAccessPolicy?.(() => true);
  pdfmake.setUrlAccessPolicy?.(() => false);
  const table = (rows) => ({ table: { headerRows: 1, body: rows } });
  const content = document.blocks.flatMap((block) => {
    if (block.kind === 'heading') return [{ text: block.text, bold: true }];
    if (block.kind === 'paragraph') return [block.text];
    if (block.kind === 'banner') return [block.title, ...block.lines];
    if (block.kind === 'list') return [{ ul: [...block.items] }];
    if (block.kind === 'fields') return [table(block.fields.map(({ label, value }) => [label, value]))];
    if (block.kind === 'table')
      return [table([block.columns.map((column) => column.title), ...block.rows.map((row) => [...row])])];
    if (block.kind === 'page-break') return [{ text: '', pageBreak: 'after' }];
    return [];
  });
  return async () => {
    const made = pdfmake.createPdf({
      content: structuredClone(content),
      pageMargins: 42,
      defaultStyle: { font: 'DejaVu', fontSize: 10 },
    });
    const pdf = await made.getBuffer();
    return { pdf, pages: pagesIn(pdf) };
  };
}

function collected(pdf) {
  const chunks = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk) => chunks.push(chunk));
    pdf.on('end', () => {
      const bytes = Buffer.concat(chunks);
      resolve({ pdf: bytes, pages: pagesIn(bytes) });
    });
    pdf.on('error', reject);
    pdf.end();
  });
}

function pagesIn(pdf) {
  return Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b(?!s)/g).length;
}
