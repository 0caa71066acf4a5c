/**
 * The part of pdfkit 0.20 that the press stands on: the file, its pages, its fonts and its outline. Text, tables and
 * the structure tree are written by the press itself, because pdfkit's own ways take many times as long.
 * pdfkit's published types know neither PDF/UA nor parsed fonts, hence these.
 */

import type { Font } from 'fontkit';
import PDFDocument from 'pdfkit';

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
  switchToPage(index: number): void;
  addContent(operators: string): void;
  registerFont(name: string, font: Font): void;
  font(name: string): void;
  ref(data: Record<string, unknown>): Reference;
  getStructTreeRoot(): Reference;
  _addInfo(): void;
  end(): void;
  on(event: 'data', listener: (chunk: Uint8Array) => void): void;
  on(event: 'end', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
}

export interface PdfOptions {
  readonly title: string;
  readonly language: string;
  readonly created: Date;
}

/** An empty PDF 1.7 file that claims PDF/UA-1, with fixed dates so that the same content gives the same bytes. */
export function openPdf(options: PdfOptions): Pdf {
  const Constructor = PDFDocument as unknown as new (options: Record<string, unknown>) => Pdf;
  const pdf = new Constructor({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/UA',
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
  // As the number 1 it makes pdfkit write a list of the glyphs in each font, which leaves out the parts of composed
  // letters and so breaks the claim (PDF/UA-1, 7.21.4.2); as a word it does not, and the list is optional.
  pdf.subset = '1';
  return pdf;
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
