/**
 * The words in which a form says what goes on its page. The press knows paper (coordinates, fonts, tags, page
 * furniture); a form's print.ts knows its content and nothing of coordinates. A document is data, so that it crosses
 * to the worker thread as it is and the same words can be drawn by the plain fallback layout.
 */
import type { Front } from './front-words.js';

export type Block =
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2 | 3;
      readonly text: string;
      /** A name by which a front page can say on which page this stands. */
      readonly anchor?: string;
    }
  /** A page that must stand on one sheet; it begins one, and what does not fit on it goes on after it. */
  | Front
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone?: Tone }
  /** A boxed statement that must be seen: tone is shown by words, border and weight, never by colour alone. */
  | {
      readonly kind: 'banner';
      readonly title: string;
      readonly lines: readonly string[];
      readonly tone: Tone;
    }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  /** Many answers in little room: a row for each subject, its name at the left, its answers in running text beside it. */
  | { readonly kind: 'facts'; readonly rows: readonly FactRow[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** The first cell of each row heads the row; `light`: in the same type as the others. */
      readonly rowHeads?: true | 'light';
      /** Letters as high as in other tables and narrower: for long texts beside each other. */
      readonly narrow?: true;
      /** Each row is high enough to write in by hand. */
      readonly toWriteIn?: true;
    }
  | ChartBlock
  | {
      readonly kind: 'image';
      readonly bytes: Uint8Array;
      readonly contentType: 'image/png' | 'image/jpeg';
      readonly alt: string;
      /** In points, at most. */
      readonly height?: number;
    }
  /** The furniture's address as a QR code with words beside it; nothing where there is no address. */
  | { readonly kind: 'qr'; readonly text: string }
  | ForeignPages
  | AttachedPicture
  /**
   * What follows begins a page; until the next break `lying` for what is wider than high, and `head` for lines at the
   * head of the pages in the place of the furniture's.
   */
  | {
      readonly kind: 'page-break';
      readonly lying?: true;
      readonly head?: readonly string[];
      /** No break where all that stands before the next break has room on the page that is open. */
      readonly unlessWhole?: true;
    };

/** What came with the papers and was made by others; `foreign/` draws it into a frame and lets nothing of it act. */
interface Foreign {
  /** Its place among the attachments, from 0. */
  readonly attachment: number;
  readonly bytes: Uint8Array;
  /** Heading and bookmark. */
  readonly title: string;
  /** What it is: kind, date, who sent it. */
  readonly lines: readonly string[];
  /** What must be said of it wherever it is seen: above each page, above the picture. */
  readonly strip: string;
}
/** Each page of a PDF on a page of its own. */
export interface ForeignPages extends Foreign {
  readonly kind: 'foreign-pages';
  /** Head of these pages: they must not assert whose they are. */
  readonly head: readonly string[];
}
/** As large as the page allows. */
export interface AttachedPicture extends Foreign {
  readonly kind: 'attached-picture';
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly alt: string;
}

export type Tone = 'plain' | 'attention' | 'danger' | 'own-words';
export interface Field {
  readonly label: string;
  readonly value: string;
}
/** A field without a label is plain words. */
export interface FactRow {
  readonly head: string;
  readonly facts: readonly Field[];
}
export interface Column {
  readonly title: string;
  /** Share of the width; all shares add up to what they add up to. */
  readonly share: number;
  /** An empty cell is a box to tick, read aloud as "not ticked". */
  readonly tick?: true;
}

/**
 * Rows in groups, each group beside a head of its own, and under columns of one width. What does not fit across a sheet
 * goes on upon further ones with the heads repeated; there the last columns come first, for they are asked for first.
 */
export interface ChartBlock {
  readonly kind: 'chart';
  readonly caption: string;
  /** Titles above the heads of the groups and above those of the rows. */
  readonly corner: readonly [string, string];
  readonly columns: readonly string[];
  /** What letters and marks mean: stands on the sheet on which the chart begins. */
  readonly key?: readonly FactRow[];
  readonly sections: readonly ChartSection[];
  /** Cells of just these words stand out in a frame, are in bold, or stand back. */
  readonly strong?: readonly string[];
  readonly bold?: readonly string[];
  readonly quiet?: readonly string[];
}
export interface ChartSection {
  /** Across the chart, above its groups. */
  readonly title?: string;
  readonly groups: readonly ChartGroup[];
}
export interface ChartGroup {
  /** In bold; the only part of the head that is repeated. */
  readonly name: string;
  readonly text: string;
  /** None: name and text alone, across the chart. */
  readonly rows: readonly ChartRow[];
}
export interface ChartRow {
  readonly head: string;
  /** One for each column. */
  readonly cells: readonly string[];
}

export interface LeftOut {
  /** Its place among the attachments, from 0. */
  readonly attachment: number;
  /** In words, e.g. "page 3 of 4: the file is damaged". */
  readonly reason: string;
}

/** A text as it was drawn; points on paper from the top left corner. */
export interface DrawnText {
  /** From 0. */
  readonly page: number;
  readonly text: string;
  readonly x: number;
  /** The foot of its letters. */
  readonly baseline: number;
  readonly width: number;
  readonly size: number;
  /** From 0, black, to 1, white. */
  readonly grey: number;
  /** Kind of the innermost tag, or Artifact. */
  readonly tag: string;
  /** Texts of one element of the structure have one number. */
  readonly element?: number;
  /** What the document says it is part of. */
  readonly part?: string;
}
export interface DrawnSurface {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly grey: number;
}
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  /** At the left and at the right. */
  readonly margin: number;
}
export interface Drawn {
  readonly pages: DrawnPage[];
  readonly texts: DrawnText[];
  readonly surfaces: DrawnSurface[];
}

/** What every page carries. */
export interface Furniture {
  /** Document title, e.g. "Red Bag transfer: Betty Okafor". */
  readonly title: string;
  /** Lines at the head of each page: name, birth date, NHS number; allergies; CPR status. */
  readonly header: readonly string[];
  /** At the foot of each page, before "Page x of y". */
  readonly footer: string;
  /** Across each page, e.g. "DEMONSTRATION – NOT FOR CARE". */
  readonly watermark?: string;
  /** Where the document can be opened, for a QR code: no clinical content in it. */
  readonly address?: string;
  readonly language: string;
  /** ISO instant used for the PDF's dates, so that the bytes are deterministic. */
  readonly created: string;
}

export interface PrintDocument {
  readonly furniture: Furniture;
  readonly blocks: readonly Block[];
}

/** Other forms of the same document; none is the usual one. */
export interface PrintOptions {
  /** In 18 points and more, for the resident and the family. */
  readonly largePrint?: boolean;
  /**
   * Carries this file inside, as PDF/A-3a (ISO 19005-3) beside PDF/UA.
   */
  readonly attached?: Attached;
  /** Tells in the answer what was drawn where. */
  readonly report?: boolean;
}
export interface Attached {
  /** File name, e.g. "bundle.fhir.json". */
  readonly name: string;
  readonly contentType: string;
  readonly description: string;
  readonly bytes: Uint8Array;
}

export interface Printed {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Where it was asked for. */
  readonly drawn?: Drawn;
  /**
   * Characters printed as their code points, e.g. `U+06C1`: no embedded font has a glyph for them, or they would act
   * on the page (controls, direction overrides, invisible characters).
   */
  readonly missingCharacters: readonly string[];
  /** Attachments, or parts of them, that are on paper in words only; left out when there are none. */
  readonly leftOut?: readonly LeftOut[];
  /** True when the plain fallback layout had to take the place of the full one. */
  readonly plain: boolean;
  /** Why the plain layout had to be used. */
  readonly failure?: 'render-failed' | 'time-limit' | 'worker-stopped';
}
