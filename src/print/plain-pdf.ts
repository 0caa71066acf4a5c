/**
 * Lines of one width on pages, by pdfkit and nothing of the press: tagged paragraphs, the font embedded, PDF/UA-1
 * (ISO 14289-1). pdfkit is loaded when a document first needs it, which it should never.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Furniture } from './press.js';

export interface PlainPaper {
  /** The same text with a glyph for each character, and code points in words for what has none. */
  encodable(line: string, missing: Set<string>): string;
  /** A page: what stands around its paragraphs is no content. */
  addPage(head: readonly string[], paragraphs: readonly (readonly string[])[], foot: readonly string[]): void;
  finish(): Uint8Array;
}

interface Element {
  add(element: unknown): void;
  end(): void;
}
/** The part of pdfkit 0.20 that is used; its published types know neither PDF/UA nor parsed fonts. */
interface Pdf {
  /** Part of the standard claimed. */
  subset: number | string;
  addPage(): void;
  registerFont(name: string, font: Font): void;
  font(name: string): Pdf;
  fontSize(size: number): Pdf;
  text(text: string, x: number, y: number, options: { lineBreak: false }): Pdf;
  struct(type: string, children?: (() => void) | readonly (() => void)[]): Element;
  addStructure(element: Element): void;
  markContent(tag: string, options?: Record<string, string>): void;
  endMarkedContent(): void;
  end(): void;
  read(): Uint8Array | null;
}
interface Font {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

const FONT = 'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf';
const [SIZE, LEADING, LEFT, TOP] = [10, 12.2, 42, 36];
/** Letters drawn one after another from left to right, and signs; no control, no mark above or below a letter. */
const DRAWN =
  /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u20bf\u2100-\u2bff]$/u;

let parsed: Font | undefined;

/** An empty file with the title, language and date of the document. */
export function openPlain(furniture: Furniture): PlainPaper {
  const require = createRequire(import.meta.url);
  const PDFDocument = require('pdfkit') as new (options: Record<string, unknown>) => Pdf;
  const fontkit = require('fontkit') as { create(bytes: Uint8Array): Font };
  parsed ??= fontkit.create(readFileSync(require.resolve(FONT)));
  const font = parsed;
  const pdf = new PDFDocument(optionsOf(furniture));
  // As the number 1 it makes pdfkit list the glyphs of each font without the parts of composed letters, which breaks
  // the claim (PDF/UA-1, 7.21.4.2); the list is optional.
  pdf.subset = '1';
  pdf.registerFont('plain', font);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  return {
    encodable: (line, missing) => encodable(line, font, missing),
    addPage(head, paragraphs, foot) {
      pdf.addPage();
      pdf.font('plain').fontSize(SIZE);
      let y = TOP;
      const write = (lines: readonly string[]): void => {
        for (const line of lines) {
          if (line !== '') pdf.text(line.replaceAll('\u00a0', ' '), LEFT, y, { lineBreak: false });
          y += LEADING;
        }
      };
      const around = (lines: readonly string[]): void => {
        pdf.markContent('Artifact', { type: 'Pagination' });
        write(lines);
        pdf.endMarkedContent();
      };
      around(head);
      for (const lines of paragraphs) {
        if (lines.every((line) => line === '')) write(lines);
        else root.add(pdf.struct('P', () => write(lines)));
      }
      around(foot);
    },
    finish() {
      root.end();
      pdf.end();
      const chunks: Uint8Array[] = [];
      for (let chunk = pdf.read(); chunk !== null; chunk = pdf.read()) chunks.push(chunk);
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}

function optionsOf({ title, language, created }: Furniture): Record<string, unknown> {
  const date = new Date(created);
  return {
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    lang: language,
    displayTitle: true,
    autoFirstPage: false,
    font: null,
    info: {
      // pdfkit pastes it into XML as it is.
      Title: title.replace(/\p{C}|[&<>]/gu, ' '),
      Producer: 'Red Bag',
      Creator: 'Red Bag',
      CreationDate: date,
      ModDate: date,
    },
  };
}

function encodable(line: string, font: Font, missing: Set<string>): string {
  let out = '';
  for (const character of line.replaceAll('\t', '    ')) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (DRAWN.test(character) && font.hasGlyphForCodePoint(codePoint)) {
      out += character;
      continue;
    }
    const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    missing.add(name);
    out += `[${name}]`;
  }
  return out;
}
