/**
 * The part of pdfkit 0.20 that the press stands on: the file, its pages, its fonts and its outline. Text, tables and
 * the structure tree are written by the press itself, because pdfkit's own ways take many times as long.
 * pdfkit's published types know neither PDF/UA nor parsed fonts, hence these.
 */

import type { Font } from 'fontkit';
import PDFDocument from 'pdfkit';
import type { Attached } from './press.js';

export interface Reference {
  readonly id: number;
  // biome-ignore lint/suspicious/noExplicitAny: a PDF dictionary holds whatever its type asks for
  readonly data: Record<string, any>;
  end(chunk?: Uint8Array | string): void;
  write(chunk: Uint8Array | string): void;
}
export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly dictionary: Reference;
  readonly fonts: Record<string, Reference>;
  readonly xobjects: Record<string, Reference>;
  readonly content: PageContent;
}
/** The stream of a page's operators. */
export interface PageContent extends Reference {
  /** Whether pdfkit is to compress it. */
  compress: boolean;
  /** What was written so far. */
  buffer: Uint8Array[];
}
/** A font as it is embedded in one file: the subset, and what each of its codes stands for. */
export interface EmbeddedFont {
  readonly id: string;
  readonly scale: number;
  readonly subset: { readonly glyphs: number[] };
  readonly unicode: (readonly number[])[];
  readonly widths: number[];
  ref(): Reference;
}
export interface Outline {
  addItem(
    title: string,
    options?: { pageNumber?: number; top?: number; left?: number; expanded?: boolean },
  ): Outline;
}
export interface Pdf {
  page: PdfPage;
  info: Record<string, unknown>;
  /** Part of the standard claimed. */
  subset: number | string;
  readonly outline: Outline;
  readonly _font: EmbeddedFont;
  addPage(options: { size: [number, number]; margin: number }): void;
  registerFont(name: string, font: Font): void;
  font(name: string): void;
  ref(data: Record<string, unknown>): Reference;
  getStructTreeRoot(): Reference;
  file(bytes: Uint8Array, options: Record<string, unknown>): void;
  _addInfo(): void;
  /** Where in the file each object stands. */
  readonly _offsets: (number | null)[];
  _offset: number;
  /** Objects begun and not ended. */
  readonly _waiting: number;
  _write(data: Uint8Array | string): void;
  /** What pdfkit has put into its own stream. */
  read(): Uint8Array | null;
  end(): void;
}

/** A word of a file that pdfkit copies as it stands; anything else it would take for a name or a dictionary. */
export class Raw {
  readonly [Symbol.toStringTag] = 'Raw';
  private readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
  toString(): string {
    return this.word;
  }
}

export interface PdfOptions {
  readonly title: string;
  readonly language: string;
  readonly created: Date;
  /** Makes it a PDF/A-3a with this file in it. */
  readonly attached?: Attached;
}

/** An empty PDF 1.7 file that claims PDF/UA-1 or PDF/A-3a, with fixed dates so that the same content gives the same bytes. */
export function openPdf(options: PdfOptions): Pdf {
  const Constructor = PDFDocument as unknown as new (options: Record<string, unknown>) => Pdf;
  const pdf = new Constructor({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: options.attached === undefined ? 'PDF/UA' : 'PDF/A-3a',
    tagged: true,
    lang: options.language,
    displayTitle: true,
    bufferPages: true,
    autoFirstPage: false,
    font: null,
    info: {
      Title: options.title,
      Producer: 'Red Bag',
      Creator: 'Red Bag',
      CreationDate: options.created,
      ModDate: options.created,
    },
  });
  escapeMetadata(pdf);
  if (options.attached !== undefined) {
    attach(pdf, options.attached, options.created);
    return pdf;
  }
  // As the number 1 it makes pdfkit write a list of the glyphs in each font, which leaves out the parts of composed
  // letters and so breaks the claim (PDF/UA-1, 7.21.4.2); as a word it does not, and the list is optional.
  pdf.subset = '1';
  return pdf;
}

/**
 * Takes the file in as it is written, past pdfkit's stream, which handles each of its many words as a chunk of its own.
 * @returns ends the file and gives its bytes
 */
export function collect(pdf: Pdf): () => Uint8Array {
  const chunks = [pdf.read() ?? new Uint8Array()];
  pdf._write = (data) => {
    const chunk = typeof data === 'string' ? Buffer.from(`${data}\n`, 'latin1') : data;
    chunks.push(chunk);
    pdf._offset += chunk.length;
  };
  return () => {
    pdf.end();
    if (pdf._waiting > 0) throw new Error('an object of the file was not ended');
    return new Uint8Array(Buffer.concat(chunks));
  };
}

/** Numbers for objects that are written by `writeObjects`. */
export function reserve(pdf: Pdf, count: number): number {
  const first = pdf._offsets.length + 1;
  for (let index = 0; index < count; index++) pdf._offsets.push(null);
  return first;
}

/** Writes many small objects in one go, numbered from `first`: a structure tree has thousands. */
export function writeObjects(pdf: Pdf, first: number, bodies: readonly string[]): void {
  let at = pdf._offset;
  const texts = bodies.map((body, index) => {
    const text = `${first + index} 0 obj\n${body}\nendobj\n`;
    pdf._offsets[first + index - 1] = at;
    at += text.length;
    return text;
  });
  pdf._write(Buffer.from(texts.join(''), 'latin1'));
}

/** A text as a PDF string (ISO 32000-1, 7.9.2.2). */
export function textString(text: string): string {
  const bytes = /^[\x20-\x7e\n]*$/.test(text)
    ? text
    : Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('latin1');
  return `(${bytes.replace(/[\\()\r]/g, (character) => (character === '\r' ? '\\r' : `\\${character}`))})`;
}

function attach(pdf: Pdf, { bytes, name, contentType, description }: Attached, created: Date): void {
  pdf.file(bytes, {
    name,
    type: contentType,
    description,
    relationship: 'Alternative',
    creationDate: created,
    modifiedDate: created,
  });
}

/** pdfkit pastes the title into XML as it is; a name with an ampersand would break the metadata. */
function escapeMetadata(pdf: Pdf): void {
  const addInfo = pdf._addInfo.bind(pdf);
  pdf._addInfo = () => {
    const info = pdf.info;
    pdf.info = { ...info, Title: escapeXml(String(info['Title'])) };
    addInfo();
    pdf.info = info;
  };
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
