/**
 * The words in which a form says what goes on its page. The press knows paper (coordinates, fonts, tags, page
 * furniture); a form's print.ts knows its content and nothing of coordinates. A document is data, so that it crosses
 * to the worker thread as it is and the same words can be drawn by the plain fallback layout.
 */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
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
      /** The first cell of each row heads the row. */
      readonly rowHeads?: true;
      /** Each row is high enough to write in by hand. */
      readonly toWriteIn?: true;
    }
  | {
      readonly kind: 'image';
      readonly bytes: Uint8Array;
      readonly contentType: 'image/png' | 'image/jpeg';
      readonly alt: string;
    }
  /** The furniture's address as a QR code with words beside it; nothing where there is no address. */
  | { readonly kind: 'qr'; readonly text: string }
  /** What follows begins a page; `lying` for what is wider than high, until the next break. */
  | { readonly kind: 'page-break'; readonly lying?: true };

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
  /** Nothing smaller than 18 points, for the resident and the family. */
  readonly largePrint?: boolean;
  /**
   * Carries this file inside, as PDF/A-3a (ISO 19005-3). One file makes one claim here: such a copy is tagged as always
   * and does not claim PDF/UA.
   */
  readonly attached?: Attached;
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
  /**
   * Characters printed as their code points, e.g. `U+06C1`: no embedded font has a glyph for them, or they would act
   * on the page (controls, direction overrides, invisible characters).
   */
  readonly missingCharacters: readonly string[];
  /** True when the plain fallback layout had to take the place of the full one. */
  readonly plain: boolean;
  /** Why the plain layout had to be used. */
  readonly failure?: 'render-failed' | 'time-limit' | 'worker-stopped';
}
