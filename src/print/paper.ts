/**
 * A stack of A4 pages to draw on: text in the embedded faces, rules, boxes, pictures, each inside the tag that owns it
 * or marked as an artifact. Coordinates are points from the top left corner. Operators are those of ISO 32000-1, annex A.
 */
import type { PathCommand } from 'fontkit';
import type { Sheet } from './box.js';
import { type Face, TYPEFACES } from './fonts.js';
import type { Line, Run } from './lines.js';
import { type EmbeddedFont, openPdf, type Pdf, type PdfOptions, type Reference } from './pdfkit.js';
import { type Tag, Tags } from './tags.js';

/** Direction of a line that does not lie level. */
export interface Placement {
  readonly cos: number;
  readonly sin: number;
}

interface Ink {
  readonly embedded: EmbeddedFont;
  /** Code in the file for a code point, or for a shaped glyph (negative glyph id), as four hexadecimal digits. */
  readonly codes: Map<number, string>;
}

const NO_BREAK_SPACE = 0xa0;

export class Paper {
  readonly tags = new Tags();
  private readonly pdf: Pdf;
  private readonly inks = new Map<Face, Ink>();
  private readonly pages: Reference[] = [];
  private readonly sheets: Sheet[] = [];
  private readonly finished: Promise<Uint8Array>;
  private operators: string[] = [];
  private current = -1;
  private openTag: Tag | undefined;

  constructor(options: PdfOptions) {
    this.pdf = openPdf(options);
    this.finished = collect(this.pdf);
  }

  get pageCount(): number {
    return this.pages.length;
  }

  get page(): number {
    return this.current;
  }

  addPage(sheet: Sheet): void {
    this.flush();
    const { scale } = sheet;
    this.pdf.addPage({ size: [sheet.width * scale, sheet.height * scale], margin: 0 });
    this.pages.push(this.pdf.page.dictionary);
    this.sheets.push(sheet);
    this.current = this.pages.length - 1;
    if (scale !== 1) this.operators.push(`${number(scale)} 0 0 ${number(scale)} 0 0 cm`);
  }

  /** Goes back to a page already laid out, for what is known only at the end. */
  turnTo(page: number): void {
    this.flush();
    this.pdf.switchToPage(page);
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
    // Letters drawn from right to left are read out in the order in which they were typed: a tag of their own says it.
    this.operators.push('EMC');
    this.begin(this.tags.add(openTag, 'Span', { actual: line.actual }));
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
    this.pdf.page.xobjects[name] = form;
    const matrix = [turn.cos, turn.sin, turn.sin, -turn.cos, x, baseline].map(
      (value) => Math.round(value * 1e4) / 1e4,
    );
    this.operators.push(`q ${number(grey)} g ${matrix.join(' ')} cm /${name} Do Q`);
  }

  fill(x: number, y: number, width: number, height: number, grey: number): void {
    this.operators.push(
      `${number(grey)} g ${number(x)} ${number(y)} ${number(width)} ${number(height)} re f`,
    );
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
    this.pdf.page.xobjects[name] = image;
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
        top: mark.top * (this.sheets[mark.page]?.scale ?? 1),
        left: Number(this.pages[mark.page]?.data['MediaBox']?.[2]),
        expanded: true,
      });
      path.push({ level: mark.level, item });
    }
  }

  /** Closes the file and gives its bytes. */
  finish(): Promise<Uint8Array> {
    this.flush();
    this.tags.write(this.pdf, this.pages);
    this.pdf.end();
    return this.finished;
  }

  private begin(tag: Tag): void {
    this.operators.push(`/${tag.name} <</MCID ${this.tags.claim(tag, this.current)}>> BDC`);
  }

  private runs(line: Line, x: number, baseline: number, size: number, grey: number): void {
    this.operators.push(`BT ${number(grey)} g`);
    let left = x;
    for (const run of line.runs) {
      this.run(run, left, baseline, size);
      left += run.width;
    }
    this.operators.push('ET');
  }

  private flush(): void {
    if (this.operators.length > 0) this.pdf.addContent(this.operators.join('\n'));
    this.operators = [];
  }

  private run(run: Run, x: number, baseline: number, size: number): void {
    const ink = this.ink(run.face);
    this.pdf.page.fonts[ink.embedded.id] ??= ink.embedded.ref();
    this.operators.push(`/${ink.embedded.id} ${number(size)} Tf`);
    if (run.shaped !== undefined) {
      this.shapedRun(run, ink, x, baseline, size);
      return;
    }
    let codes = '';
    for (const character of run.text) codes += this.code(ink, run.face, character.codePointAt(0) ?? 0);
    this.operators.push(`1 0 0 -1 ${number(x)} ${number(baseline)} Tm <${codes}> Tj`);
  }

  private shapedRun(run: Run, ink: Ink, x: number, baseline: number, size: number): void {
    const scale = size / TYPEFACES[run.face].font.unitsPerEm;
    let pen = x;
    run.shaped?.glyphs.forEach((glyph, index) => {
      const position = run.shaped?.positions[index];
      if (position === undefined) return;
      const key = -1 - glyph.id;
      const code =
        ink.codes.get(key) ??
        this.newCode(ink, key, glyph.id, glyph.codePoints, glyph.advanceWidth * ink.embedded.scale);
      const left = pen + position.xOffset * scale;
      this.operators.push(
        `1 0 0 -1 ${number(left)} ${number(baseline - position.yOffset * scale)} Tm <${code}> Tj`,
      );
      pen += position.xAdvance * scale;
    });
  }

  /**
   * Each code point has a code of its own even where two share a glyph, so that the text can be copied out as it was
   * typed. A no-break space is the press's own glue and goes out as the space that it was.
   */
  private code(ink: Ink, face: Face, wanted: number): string {
    const codePoint = wanted === NO_BREAK_SPACE ? 0x20 : wanted;
    const typeface = TYPEFACES[face];
    return (
      ink.codes.get(codePoint) ??
      this.newCode(ink, codePoint, typeface.glyph(codePoint), [codePoint], typeface.advance(codePoint))
    );
  }

  private newCode(
    ink: Ink,
    key: number,
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
      this.pdf.registerFont(face, TYPEFACES[face].font);
      this.pdf.font(face);
      ink = { embedded: this.pdf._font, codes: new Map() };
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
    const { font } = TYPEFACES[run.face];
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

function collect(pdf: Pdf): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk) => chunks.push(chunk));
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on('error', reject);
  });
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
