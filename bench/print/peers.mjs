/**
 * The same words as a document of the press, set by others in their own ways: pdfkit with its `table` (tagged, fonts
 * parsed once) and pdfmake (which has no tags). What they do not have (zones of page one, a grid with heads of groups)
 * is given to them as plain tables and paragraphs with as many cells.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const own = createRequire(new URL('../../package.json', import.meta.url));
const FONTS = {
  normal: own.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: own.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};
const MARGIN = 42;

/** Every block as `{ heading | text | rows | pageBreak }`: the least that all can set. */
function plainly(blocks) {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'heading':
        return [{ heading: block.text, level: block.level }];
      case 'paragraph':
        return [{ text: block.text }];
      case 'banner':
        return [block.title, ...block.lines].map((text) => ({ text }));
      case 'list':
        return block.items.map((text) => ({ text: `• ${text}` }));
      case 'fields':
        return [{ rows: block.fields.map(({ label, value }) => [label, value]) }];
      case 'facts':
        return [
          {
            rows: block.rows.map(({ head, facts }) => [
              head,
              facts.map(({ label, value }) => `${label}: ${value}`).join(' · '),
            ]),
          },
        ];
      case 'table':
        return [{ rows: [block.columns.map(({ title }) => title), ...block.rows] }];
      case 'chart':
        return [
          {
            rows: [
              [...block.corner, ...block.columns],
              ...block.sections.flatMap(({ groups }) =>
                groups.flatMap(({ name, text, rows }) =>
                  rows.map(({ head, cells }, index) => [
                    index === 0 ? `${name} ${text}` : '',
                    head,
                    ...cells,
                  ]),
                ),
              ),
            ],
          },
        ];
      case 'page-break':
        return [{ pageBreak: true }];
      case 'image':
      case 'qr':
        return [];
      default:
        // What stands on page one: every text of it as a paragraph.
        return textsIn(block).map((text) => ({ text }));
    }
  });
}

function textsIn(value) {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'kind' ? [] : textsIn(inner)));
}

/** @returns makes the document with pdfkit alone */
export function pdfkitWay(document) {
  const PDFDocument = require('pdfkit');
  const fontkit = require('fontkit');
  const [normal, bold] = [FONTS.normal, FONTS.bold].map((file) => fontkit.create(readFileSync(file)));
  const blocks = plainly(document.blocks);
  return () => {
    const pdf = new PDFDocument({
      size: 'A4',
      margin: MARGIN,
      pdfVersion: '1.7',
      subset: 'PDF/UA',
      tagged: true,
      lang: 'en-GB',
      displayTitle: true,
      bufferPages: true,
      font: null,
      info: { Title: document.furniture.title },
    });
    pdf.registerFont('normal', normal);
    pdf.registerFont('bold', bold);
    pdf.font('normal').fontSize(10);
    const root = pdf.struct('Document');
    pdf.addStructure(root);
    const say = (tag, text, font) => root.add(pdf.struct(tag, () => pdf.font(font).text(text)));
    for (const { heading, level, text, rows, pageBreak } of blocks) {
      if (heading !== undefined) say(`H${level}`, heading, 'bold');
      else if (text !== undefined) say('P', text, 'normal');
      else if (pageBreak) pdf.addPage();
      else if (rows.length > 0) pdf.font('normal').table({ data: rows, structParent: root });
    }
    root.end();
    return collected(pdf);
  };
}

/** @returns makes the document with pdfmake */
export async function pdfmakeWay(document) {
  const { default: pdfmake } = await import('pdfmake');
  pdfmake.setFonts({ DejaVu: FONTS });
  pdfmake.setLocalAccessPolicy?.(() => true);
  pdfmake.setUrlAccessPolicy?.(() => false);
  const content = plainly(document.blocks).flatMap(({ heading, text, rows, pageBreak }) => {
    if (heading !== undefined) return [{ text: heading, bold: true }];
    if (text !== undefined) return [text];
    if (pageBreak) return [{ text: '', pageBreak: 'after' }];
    return rows.length === 0 ? [] : [{ table: { headerRows: 1, body: rows.map((row) => [...row]) } }];
  });
  return async () => {
    const made = pdfmake.createPdf({
      content: structuredClone(content),
      pageMargins: MARGIN,
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
