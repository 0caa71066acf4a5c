/** fontkit and bidi-js carry no types: what the press uses of them. */
declare module 'fontkit' {
  export interface PathCommand {
    readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
    readonly args: readonly number[];
  }
  export interface LaidOutGlyph {
    readonly path: { readonly commands: readonly PathCommand[] };
    readonly id: number;
    readonly codePoints: readonly number[];
    readonly advanceWidth: number;
  }
  export interface GlyphPosition {
    readonly xAdvance: number;
    readonly xOffset: number;
    readonly yOffset: number;
  }
  export interface GlyphRun {
    readonly glyphs: readonly LaidOutGlyph[];
    readonly positions: readonly GlyphPosition[];
  }
  export interface TableStream {
    readonly buffer: Uint8Array;
    pos: number;
  }
  /** The part of a font that goes into a file. */
  export interface Subset {
    /** Glyphs of the font in the order of the subset. */
    readonly glyphs: number[];
    includeGlyph(glyph: number): number;
    encode(): Uint8Array;
  }
  export interface Font {
    _getTableStream(tag: string): TableStream | null;
    readonly postscriptName: string | null;
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly capHeight: number;
    readonly italicAngle: number;
    readonly bbox: {
      readonly minX: number;
      readonly minY: number;
      readonly maxX: number;
      readonly maxY: number;
    };
    createSubset(): Subset;
    getGlyph(glyph: number): LaidOutGlyph;
    /** fontkit's own glyph cache: remembers the code points of whoever asked first. */
    _glyphs: Record<number, unknown>;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): LaidOutGlyph;
    layout(
      text: string,
      features?: unknown,
      script?: string,
      language?: string,
      direction?: 'ltr' | 'rtl',
    ): GlyphRun;
  }
  export function create(bytes: Uint8Array): Font;
}

declare module 'bidi-js' {
  export interface EmbeddingLevels {
    readonly levels: Uint8Array;
    readonly paragraphs: readonly { readonly start: number; readonly end: number; readonly level: number }[];
  }
  export interface Bidi {
    getEmbeddingLevels(text: string, baseDirection?: 'ltr' | 'rtl' | 'auto'): EmbeddingLevels;
    getReorderSegments(
      text: string,
      levels: EmbeddingLevels,
      start?: number,
      end?: number,
    ): [number, number][];
    getMirroredCharacter(character: string): string | null;
  }
  export default function bidiFactory(): Bidi;
}
