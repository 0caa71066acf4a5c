/**
 * A stack of A4 pages to draw on: text in the embedded faces, rules, boxes, pictures, each inside the tag that owns it
 * or marked as an artifact. Coordinates are points from the top left corner. Operators are those of ISO 32000-1, annex A.
 */
import { deflateSync } from 'node:zlib';
import type { PathCommand } from 'fontkit';
import type { Sheet } from './box.js';
import { type Face, typeface } from './fonts.js';
import type { Line, Run } from './lines.js';
import {
  collect,
  type EmbeddedFont,
  openPdf,
  type Pdf,
  type PdfOptions,
  type PdfPage,
  type Reference,
} from './pdfkit.js';
import { type Tag, Tags } from './tags.js';

/** Direction of a line that does not lie level. */
export interface Placement {
  readonly cos: number;
  readonly sin: number;
}

interface Ink {
  readonly embedded: EmbeddedFont;
  /** Code in the file for a code point, or for a shaped glyph and its letters, as four hexadecimal digits. */
  readonly codes: Map<number | string, string>;
  /** The same for whole texts. */
  readonly texts: Map<string, string>;
}

/** A page with what is drawn on it so far. */
interface Leaf {
  readonly page: PdfPage;
  readonly sheet: Sheet;
  readonly operators: string[];
  /** What the last text was drawn with: said again only where it changes. */
  readonly ink: { font: string; grey: number };
}

const NO_INK = { font: '', grey: -1 } as const;
const NO_BREAK_SPACE = 0xa0;
/** Half the time of the usual level, for a twentieth more bytes. */
const DEFLATE = { level: 3 } as const;

export class Paper {
  readonly tags = new Tags();
  private readonly pdf: Pdf;
  private readonly inks = new Map<Face, Ink>();
  private readonly leaves: Leaf[] = [];
  private readonly end: () => Uint8Array;
  private operators: string[] = [];
  private current = -1;
  private openTag: Tag | undefined;

  constructor(options: PdfOptions) {
    this.pdf = openPdf(options);
    this.end = collect(this.pdf);
  }

  get pageCount(): number {
    return this.leaves.length;
  }

  get page(): number {
    return this.current;
  }

  addPage(sheet: Sheet): void {
    const { scale } = sheet;
    const height = sheet.height * scale;
    this.pdf.addPage({ size: [sheet.width * scale, height], margin: 0 });
    this.operators = [`${number(scale)} 0 0 ${number(-scale)} 0 ${number(height)} cm`];
    this.leaves.push({ page: this.pdf.page, sheet, operators: this.operators, ink: { ...NO_INK } });
    this.current = this.leaves.length - 1;
  }

  /** Goes back to a page already laid out, for what is known only at the end. */
  turnTo(page: number): void {
    const leaf = this.leaves[page];
    if (leaf === undefined) throw new RangeError(`there is no page ${page}`);
    this.operators = leaf.operators;
    this.current = page;
  }

  /** Draws inside the tag: what it draws is read out as that tag's content. */
  tagged(tag: Tag, draw: () => void): void {
    this.openTag = tag;
    this.begin(tag);
    draw();
    this.operators.push('EMC');
    this.openTag = undefined;
  }

  /** Draws what belongs to the page and not to the content; readers aloud skip it. */
  artifact(type: 'Pagination' | 'Layout', draw: () => void): void {
    this.operators.push(`/Artifact <</Type /${type}>> BDC`);
    draw();
    this.operators.push('EMC');
  }

  /** A line of text; `baseline` is the height of its foot. */
  line(line: Line, x: number, baseline: number, size: number, grey = 0): void {
    if (line.runs.length === 0) return;
    const { openTag } = this;
    if (openTag === undefined || line.actual === undefined) {
      this.runs(line, x, baseline, size, grey);
      return;
    }
    // Letters drawn in another order, or put together from parts, are read out as they were typed: a tag of their own
    // says so to readers aloud, and its marked content to programs that copy and search; but those turn what runs from
    // right to left round by themselves.
    this.operators.push('EMC');
    this.begin(
      this.tags.add(openTag, 'Span', { actual: line.actual }),
      line.turned ? undefined : line.actual,
    );
    this.runs(line, x, baseline, size, grey);
    this.operators.push('EMC');
    this.begin(openTag);
  }

  /**
   * The shapes of the letters without their text, so that what lies across the page is not mixed into it when the
   * text is copied out, searched or read aloud. Made once, drawn on many pages.
   */
  outlines(line: Line, size: number): Reference {
    const form = this.pdf.ref({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [-10, -size, line.width + 10, size * 1.5],
      Resources: {},
    });
    form.end(outlineOperators(line, size));
    return form;
  }

  /** Draws outlines turned about the start of their base line. */
  turned(form: Reference, x: number, baseline: number, grey: number, turn: Placement): void {
    const name = `X${form.id}`;
    this.leaf.page.xobjects[name] = form;
    const matrix = [turn.cos, turn.sin, turn.sin, -turn.cos, x, baseline].map(
      (value) => Math.round(value * 1e4) / 1e4,
    );
    this.operators.push(`q ${number(grey)} g ${matrix.join(' ')} cm /${name} Do Q`);
  }

  fill(x: number, y: number, width: number, height: number, grey: number): void {
    this.pick(grey);
    this.operators.push(`${number(x)} ${number(y)} ${number(width)} ${number(height)} re f`);
  }

  /** Black surfaces, each `[x, y, width, height]`. */
  rectangles(rectangles: readonly (readonly [number, number, number, number])[]): void {
    this.pick(0);
    this.operators.push(`${rectangles.map((one) => `${one.map(number).join(' ')} re`).join(' ')} f`);
  }

  /** Straight strokes, each `[x1, y1, x2, y2]`. */
  strokes(
    strokes: readonly (readonly [number, number, number, number])[],
    weight: number,
    grey: number,
  ): void {
    const path = strokes
      .map(([a, b, c, d]) => `${number(a)} ${number(b)} m ${number(c)} ${number(d)} l`)
      .join(' ');
    this.operators.push(`${number(weight)} w ${number(grey)} G ${path} S`);
  }

  /** An image object; the matrix `[a b c d e f]` maps its unit square to the page. */
  image(image: Reference, matrix: readonly number[]): void {
    const name = `I${image.id}`;
    this.leaf.page.xobjects[name] = image;
    this.operators.push(`q ${matrix.map(number).join(' ')} cm /${name} Do Q`);
  }

  /** A new object in the file. */
  object(data: Record<string, unknown>): Reference {
    return this.pdf.ref(data);
  }

  /** Bookmarks, nested by level, each `{ level, title, page, top }`. */
  bookmarks(marks: readonly { level: number; title: string; page: number; top: number }[]): void {
    const path = [{ level: 0, item: this.pdf.outline }];
    for (const mark of marks) {
      while ((path.at(-1)?.level ?? 0) >= mark.level) path.pop();
      const parent = path.at(-1)?.item ?? this.pdf.outline;
      const item = parent.addItem(mark.title, {
        pageNumber: mark.page,
        top: mark.top * (this.leaves[mark.page]?.sheet.scale ?? 1),
        left: this.leaves[mark.page]?.page.width ?? 0,
        expanded: true,
      });
      path.push({ level: mark.level, item });
    }
  }

  /**
   * Closes the file and gives its bytes.
   * @throws Error when something of the file was left open
   */
  finish(): Uint8Array {
    for (const { page, operators } of this.leaves) {
      const { content } = page;
      content.buffer = [];
      content.compress = false;
      content.data['Filter'] = 'FlateDecode';
      content.write(deflateSync(Buffer.from(operators.join('\n'), 'latin1'), DEFLATE));
    }
    this.tags.write(
      this.pdf,
      this.leaves.map((leaf) => leaf.page.dictionary),
    );
    return this.end();
  }

  private get leaf(): Leaf {
    const leaf = this.leaves[this.current];
    if (leaf === undefined) throw new Error('no page is open');
    return leaf;
  }

  /** Chooses the grey for letters and surfaces. */
  private pick(grey: number): void {
    const { ink } = this.leaf;
    if (ink.grey === grey) return;
    ink.grey = grey;
    this.operators.push(`${number(grey)} g`);
  }

  private begin(tag: Tag, actual?: string): void {
    const more = actual === undefined ? '' : ` /ActualText <feff${utf16(actual)}>`;
    this.operators.push(`/${tag.name} <</MCID ${this.tags.claim(tag, this.current)}${more}>> BDC`);
  }

  private runs(line: Line, x: number, baseline: number, size: number, grey: number): void {
    this.pick(grey);
    this.operators.push('BT');
    let left = x;
    for (const run of line.runs) {
      this.run(run, left, baseline, size);
      left += run.width;
    }
    this.operators.push('ET');
  }

  private run(run: Run, x: number, baseline: number, size: number): void {
    const ink = this.ink(run.face);
    const { page, ink: last } = this.leaf;
    const font = `/${ink.embedded.id} ${number(size)} Tf`;
    if (last.font !== font) {
      last.font = font;
      page.fonts[ink.embedded.id] ??= ink.embedded.ref();
      this.operators.push(font);
    }
    if (run.shaped !== undefined) {
      this.shapedRun(run, ink, x, baseline, size);
      return;
    }
    this.operators.push(`1 0 0 -1 ${number(x)} ${number(baseline)} Tm <${this.codes(ink, run)}> Tj`);
  }

  private shapedRun(run: Run, ink: Ink, x: number, baseline: number, size: number): void {
    const scale = size / typeface(run.face).font.unitsPerEm;
    let pen = x;
    // Dots and signs that stand for no letter of their own go last: between the letters they would part the word for
    // programs that copy it.
    const signs: string[] = [];
    run.shaped?.glyphs.forEach((glyph, index) => {
      const position = run.shaped?.positions[index];
      if (position === undefined) return;
      const key = `${glyph.id} ${glyph.codePoints.join(' ')}`;
      const code =
        ink.codes.get(key) ??
        this.newCode(ink, key, glyph.id, glyph.codePoints, glyph.advanceWidth * ink.embedded.scale);
      const left = pen + position.xOffset * scale;
      const place = `${number(left)} ${number(baseline - position.yOffset * scale)}`;
      const into = glyph.codePoints.length === 0 ? signs : this.operators;
      into.push(`1 0 0 -1 ${place} Tm <${code}> Tj`);
      pen += position.xAdvance * scale;
    });
    this.operators.push(...signs);
  }

  /** The codes of a text; a chart says the same few things many times. */
  private codes(ink: Ink, run: Run): string {
    const known = ink.texts.get(run.text);
    if (known !== undefined) return known;
    let codes = '';
    for (let index = 0; index < run.text.length; index++) {
      const codePoint = run.text.codePointAt(index) ?? 0;
      if (codePoint > 0xffff) index++;
      codes += this.code(ink, run.face, codePoint);
    }
    ink.texts.set(run.text, codes);
    return codes;
  }

  /**
   * Each code point has a code of its own even where two share a glyph, so that the text can be copied out as it was
   * typed. A no-break space is the press's own glue and goes out as the space that it was.
   */
  private code(ink: Ink, face: Face, wanted: number): string {
    const codePoint = wanted === NO_BREAK_SPACE ? 0x20 : wanted;
    const own = typeface(face);
    return (
      ink.codes.get(codePoint) ??
      this.newCode(ink, codePoint, own.glyph(codePoint), [codePoint], own.advance(codePoint))
    );
  }

  private newCode(
    ink: Ink,
    key: number | string,
    glyph: number,
    codePoints: readonly number[],
    width: number,
  ): string {
    const { subset, unicode, widths } = ink.embedded;
    const code = subset.glyphs.push(glyph) - 1;
    unicode[code] = codePoints;
    widths[code] = width;
    const hex = code.toString(16).padStart(4, '0');
    ink.codes.set(key, hex);
    return hex;
  }

  private ink(face: Face): Ink {
    let ink = this.inks.get(face);
    if (ink === undefined) {
      this.pdf.registerFont(face, typeface(face).font);
      this.pdf.font(face);
      ink = { embedded: this.pdf._font, codes: new Map(), texts: new Map() };
      this.inks.set(face, ink);
    }
    return ink;
  }
}

/** Path operators for the letters of a line, base line at zero, y upwards. */
function outlineOperators(line: Line, size: number): string {
  const operators: string[] = [];
  let pen = 0;
  for (const run of line.runs) {
    const { font } = typeface(run.face);
    const scale = size / font.unitsPerEm;
    for (const character of run.text) {
      const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0);
      operators.push(...pathOperators(glyph.path.commands, pen, scale));
      pen += glyph.advanceWidth * scale;
    }
  }
  return `${operators.join('\n')}\nf`;
}

function pathOperators(commands: readonly PathCommand[], left: number, scale: number): string[] {
  const operators: string[] = [];
  let [lastX, lastY] = [0, 0];
  for (const { command, args } of commands) {
    const points = args.map((value, index) => (index % 2 === 0 ? left + value * scale : value * scale));
    const [a = 0, b = 0, c = 0, d = 0] = points;
    if (command === 'moveTo') operators.push(`${number(a)} ${number(b)} m`);
    else if (command === 'lineTo') operators.push(`${number(a)} ${number(b)} l`);
    else if (command === 'bezierCurveTo') operators.push(`${points.map(number).join(' ')} c`);
    else if (command === 'quadraticCurveTo') {
      // PDF has cubic curves alone: both of their handles lie two thirds of the way to the quadratic one.
      const curve = [
        lastX + ((a - lastX) * 2) / 3,
        lastY + ((b - lastY) * 2) / 3,
        c + ((a - c) * 2) / 3,
        d + ((b - d) * 2) / 3,
        c,
        d,
      ];
      operators.push(`${curve.map(number).join(' ')} c`);
    } else operators.push('h');
    [lastX, lastY] = [points.at(-2) ?? lastX, points.at(-1) ?? lastY];
  }
  return operators;
}

function utf16(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
