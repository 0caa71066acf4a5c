/**
 * A stack of A4 pages to draw on: text in the embedded faces, rules, boxes, pictures, each inside the tag that owns it
 * or marked as an artifact. Coordinates are points from the top left corner. Operators are those of ISO 32000-1, annex A.
 */

import { Account, type Rectangle } from './account.js';
import { writeAttached } from './attached.js';
import { type Bookmark, writeOutline } from './bookmarks.js';
import type { Sheet } from './box.js';
import { Bytes } from './bytes.js';
import { type About, type Claims, writeCatalog, writeInfo } from './catalog.js';
import { deflated, PdfFile, textString } from './file.js';
import { typeface } from './fonts.js';
import { Inks } from './ink.js';
import { outlineOperators } from './letter-shapes.js';
import type { Line, Run } from './lines.js';
import { number } from './number.js';
import type { Attached, Drawn } from './press.js';
import { type Tag, Tags } from './tags.js';

/** Direction of a line that does not lie level. */
export interface Placement {
  readonly cos: number;
  readonly sin: number;
}

export interface PaperOptions extends About {
  /** Makes it a PDF/A-3a with this file in it. */
  readonly attached?: Attached;
  /** Keeps account of what is drawn where. */
  readonly report?: boolean;
}

/** Operators, and what the last of them left behind: it is said again only where it changes. */
interface Layer {
  readonly operators: Bytes;
  font: string;
  size: number;
  grey: number;
  stroke: number;
  weight: number;
}

/** A page with what is drawn on it so far. */
interface Leaf {
  readonly id: number;
  readonly sheet: Sheet;
  /** What lies across the page under everything else. */
  readonly under: string[];
  /** Rules and surfaces: one artifact for all of them. */
  readonly ground: Layer;
  readonly content: Layer;
  readonly annotations: number[];
}

/** A link to another place in the file, written when all pages are there. */
interface Link {
  readonly id: number;
  readonly parent: number;
  readonly rectangle: string;
  readonly to: { readonly page: number; readonly top: number };
  readonly contents: string;
}

const newLayer = (): Layer => ({
  operators: new Bytes(),
  font: '',
  size: 0,
  grey: -1,
  stroke: -1,
  weight: -1,
});

export class Paper {
  readonly tags = new Tags();
  readonly file = new PdfFile();
  private readonly pagesId = this.file.reserve();
  private readonly options: PaperOptions;
  private readonly resources = this.file.reserve();
  private readonly inks = new Inks();
  private readonly leaves: Leaf[] = [];
  /** Object numbers of all pages in order. */
  private readonly pages: number[] = [];
  private readonly marks: Bookmark[] = [];
  private readonly links: Link[] = [];
  private readonly shapes = new Map<number, string>();
  private readonly account: Account | undefined;
  private leaf: Leaf | undefined;
  private here: Layer | undefined;
  private height = 0;
  private current = -1;
  private openTag: Tag | undefined;
  private readonly disclaimed = new Set<keyof Claims>();

  constructor(options: PaperOptions) {
    this.options = options;
    this.account = options.report === true ? new Account() : undefined;
  }

  /** What was drawn so far, where it was asked for. */
  get drawn(): Drawn | undefined {
    return this.account?.drawn;
  }

  get pageCount(): number {
    return this.leaves.length;
  }

  get page(): number {
    return this.current;
  }

  addPage(sheet: Sheet): void {
    const leaf: Leaf = {
      id: this.file.reserve(),
      sheet,
      under: [],
      ground: newLayer(),
      content: newLayer(),
      annotations: [],
    };
    this.pages.push(leaf.id);
    this.account?.addPage(sheet);
    this.open(leaf, this.leaves.push(leaf) - 1);
  }

  /** Something is in the file of which it is not known that it keeps to this standard: it is not claimed. */
  disclaim(claim: keyof Claims): void {
    this.disclaimed.add(claim);
  }

  /** Goes back to a page already laid out, for what is known only at the end. */
  turnTo(page: number): void {
    const leaf = this.leaves[page];
    if (leaf === undefined) throw new RangeError(`there is no page ${page}`);
    this.open(leaf, page);
  }

  /** Draws inside the tag: what it draws is read out as that tag's content. */
  tagged(tag: Tag, draw: () => void): void {
    this.openTag = tag;
    this.begin(tag);
    draw();
    this.layer.operators.text('EMC\n');
    this.openTag = undefined;
  }

  /** Draws what belongs to the page and not to the content; readers aloud skip it. */
  artifact(type: 'Pagination' | 'Layout', draw: () => void): void {
    const { leaf, layer } = this;
    if (type === 'Layout' && leaf !== undefined) {
      this.here = leaf.ground;
      draw();
      this.here = layer;
      return;
    }
    layer.operators.text('/Artifact<</Type/').text(type).text('>>BDC\n');
    draw();
    layer.operators.text('EMC\n');
  }

  /** A line of text; `baseline` is the height of its foot. */
  line(line: Line, x: number, baseline: number, size: number, grey = 0): void {
    if (line.runs.length === 0) return;
    const { openTag } = this;
    this.account?.text(line, { x, baseline, size, grey }, openTag);
    if (openTag === undefined || line.actual === undefined) {
      this.runs(line, x, baseline, size, grey);
      return;
    }
    // Letters drawn in another order, or put together from parts, are read out as they were typed: a tag of their own
    // says so to readers aloud, and its marked content to programs that copy and search; but those turn what runs from
    // right to left round by themselves.
    this.layer.operators.text('EMC\n');
    this.begin(
      this.tags.add(openTag, 'Span', { actual: line.actual }),
      line.turned ? undefined : line.actual,
    );
    this.runs(line, x, baseline, size, grey);
    this.layer.operators.text('EMC\n');
    this.begin(openTag);
  }

  /** The shapes of a line's letters without their text. Made once, drawn on many pages. */
  outlines(line: Line, size: number): number {
    const box = [-10, -size, line.width + 10, size * 1.5].map(number).join(' ');
    return this.file.addStream(
      `/Type/XObject/Subtype/Form/BBox[${box}]/Resources<<>>/Filter/FlateDecode`,
      deflated(outlineOperators(line, size)),
    );
  }

  /** Draws outlines turned about the start of their base line, under everything else on the page. */
  turned(form: number, x: number, baseline: number, grey: number, turn: Placement): void {
    const matrix = [turn.cos, -turn.sin, turn.sin, turn.cos, x, this.height - baseline].map(
      (value) => Math.round(value * 1e4) / 1e4,
    );
    this.leaf?.under.push(`q ${number(grey)} g ${matrix.join(' ')} cm /${this.shape(form)} Do Q\n`);
  }

  fill(x: number, y: number, width: number, height: number, grey: number): void {
    this.pick(grey);
    this.rectangle(x, y, width, height);
    this.layer.operators.text('f\n');
    this.account?.surface({ x, y, width, height }, grey);
  }

  /** Black surfaces, each `[x, y, width, height]`. */
  rectangles(rectangles: readonly (readonly [number, number, number, number])[]): void {
    this.pick(0);
    for (const [x, y, width, height] of rectangles) this.rectangle(x, y, width, height);
    this.layer.operators.text('f\n');
  }

  /** Straight strokes, each `[x1, y1, x2, y2]`. */
  strokes(
    strokes: readonly (readonly [number, number, number, number])[],
    weight: number,
    grey: number,
  ): void {
    const { layer, height } = this;
    const { operators } = layer;
    if (layer.weight !== weight) operators.number(weight).text(' w ');
    if (layer.stroke !== grey) operators.number(grey).text(' G ');
    layer.weight = weight;
    layer.stroke = grey;
    for (const [a, b, c, d] of strokes) {
      operators
        .number(a)
        .text(' ')
        .number(height - b)
        .text(' m ');
      operators
        .number(c)
        .text(' ')
        .number(height - d)
        .text(' l ');
    }
    operators.text('S\n');
  }

  /** An image or form written before; the matrix `[a b c d e f]` maps its unit square to the page. */
  image(image: number, matrix: readonly number[]): void {
    const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = matrix;
    const upwards = [a, -b, c, -d, x, this.height - y].map(number).join(' ');
    this.layer.operators.text(`q ${upwards} cm /${this.shape(image)} Do Q\n`);
  }

  /** Makes a place of the open page lead to another place; `tag` is a Link. */
  link(
    tag: Tag,
    { x, y, width, height }: Rectangle,
    to: { readonly page: number; readonly top: number },
    contents: string,
  ): void {
    const { leaf } = this;
    if (leaf === undefined) throw new Error('no page is open');
    const { scale } = leaf.sheet;
    const edges = [x, this.height - y - height, x + width, this.height - y];
    const id = this.file.reserve();
    leaf.annotations.push(id);
    this.links.push({
      id,
      parent: this.tags.own(tag, this.current, id),
      rectangle: edges.map((edge) => number(edge * scale)).join(' '),
      to,
      contents,
    });
  }

  /** Bookmarks in the order of the pages, nested by level. */
  bookmarks(marks: readonly Bookmark[]): void {
    this.marks.push(...marks);
  }

  /**
   * Closes the file and gives its bytes.
   * @throws Error when something of the file was left open
   */
  finish(): Uint8Array {
    const { file, options } = this;
    this.leaves.forEach((leaf, index) => {
      this.writePage(leaf, index);
    });
    for (const link of this.links) this.writeLink(link);
    file.put(
      this.pagesId,
      `<</Type/Pages/Count ${this.pages.length}/Kids[${this.pages.map((id) => `${id} 0 R`).join(' ')}]>>`,
    );
    const shapes = [...this.shapes].map(([id, name]) => `/${name} ${id} 0 R`).join('');
    file.put(this.resources, `<<${this.inks.write(file)}${shapes === '' ? '' : `/XObject<<${shapes}>>`}>>`);
    const structure = this.tags.write(
      file,
      this.leaves.map((leaf) => leaf.id),
    );
    const outline = writeOutline(file, this.marks, (mark) => this.destination(mark));
    const claims = {
      accessible: !this.disclaimed.has('accessible'),
      archive: options.attached !== undefined && !this.disclaimed.has('archive'),
    };
    const more = options.attached === undefined ? '' : writeAttached(file, options.attached, options.created);
    const root = writeCatalog(file, options, claims, { pages: this.pagesId, structure, outline, more });
    return file.finish(root, writeInfo(file, options));
  }

  private open(leaf: Leaf, page: number): void {
    this.leaf = leaf;
    this.here = leaf.content;
    this.account?.turnTo(page);
    this.height = leaf.sheet.height;
    this.current = page;
  }

  private writePage({ id, sheet, under, ground, content, annotations }: Leaf, index: number): void {
    const { scale } = sheet;
    const out = new Bytes();
    if (scale !== 1) out.number(scale).text(' 0 0 ').number(scale).text(' 0 0 cm\n');
    if (under.length > 0)
      out.text('/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n').text(under.join('')).text('EMC\n');
    if (ground.operators.length > 0)
      out.text('/Artifact<</Type/Layout>>BDC\n').append(ground.operators).text('EMC\n');
    out.append(content.operators);
    const contents = this.file.addStream('/Filter/FlateDecode', deflated(out.view()));
    for (const used of [out, ground.operators, content.operators]) used.release();
    const more =
      annotations.length === 0 ? '' : `/Annots[${annotations.map((one) => `${one} 0 R`).join(' ')}]`;
    this.file.put(
      id,
      `<</Type/Page/Parent ${this.pagesId} 0 R/MediaBox[0 0 ${number(sheet.width * scale)} ${number(sheet.height * scale)}]` +
        `/Resources ${this.resources} 0 R/Contents ${contents} 0 R/StructParents ${index}/Tabs/S${more}>>`,
    );
  }

  private writeLink({ id, parent, rectangle, to, contents }: Link): void {
    this.file.put(
      id,
      `<</Type/Annot/Subtype/Link/Rect[${rectangle}]/Border[0 0 0]/F 4/Dest${this.destination(to)}` +
        `/Contents${textString(contents)}/StructParent ${this.leaves.length + parent}>>`,
    );
  }

  private destination({ page, top }: { readonly page: number; readonly top: number }): string {
    const leaf = this.leaves[page];
    if (leaf === undefined) throw new RangeError(`there is no page ${page}`);
    return `[${leaf.id} 0 R/XYZ null ${number((leaf.sheet.height - top) * leaf.sheet.scale)} null]`;
  }

  private shape(id: number): string {
    let name = this.shapes.get(id);
    if (name === undefined) {
      name = `X${this.shapes.size + 1}`;
      this.shapes.set(id, name);
    }
    return name;
  }

  private get layer(): Layer {
    if (this.here === undefined) throw new Error('no page is open');
    return this.here;
  }

  /** Chooses the grey for letters and surfaces. */
  private pick(grey: number): void {
    const { layer } = this;
    if (layer.grey === grey) return;
    layer.grey = grey;
    layer.operators.number(grey).text(' g\n');
  }

  private rectangle(x: number, y: number, width: number, height: number): void {
    const { operators } = this.layer;
    operators
      .number(x)
      .text(' ')
      .number(this.height - y - height)
      .text(' ');
    operators.number(width).text(' ').number(height).text(' re ');
  }

  private begin(tag: Tag, actual?: string): void {
    const { operators } = this.layer;
    operators.text('/').text(tag.name).text('<</MCID ').integer(this.tags.claim(tag, this.current));
    if (actual !== undefined) operators.text(`/ActualText<feff${utf16(actual)}>`);
    operators.text('>>BDC\n');
  }

  private runs(line: Line, x: number, baseline: number, size: number, grey: number): void {
    this.pick(grey);
    const { operators } = this.layer;
    const foot = this.height - baseline;
    operators.text('BT ').number(x).text(' ').number(foot).text(' Td\n');
    let left = x;
    let placed = true;
    for (const run of line.runs) {
      if (run.shaped !== undefined) this.shapedRun(run, left, foot, size);
      else {
        // Where plain text ends the next begins by itself.
        if (!placed) operators.text('1 0 0 1 ').number(left).text(' ').number(foot).text(' Tm\n');
        this.plainRun(run, size);
      }
      placed = run.shaped === undefined;
      left += run.width;
    }
    operators.text('ET\n');
  }

  private choose(font: string, size: number): void {
    const { layer } = this;
    if (layer.font === font && layer.size === size) return;
    layer.font = font;
    layer.size = size;
    layer.operators.text('/').text(font).text(' ').number(size).text(' Tf\n');
  }

  private plainRun(run: Run, size: number): void {
    const { operators } = this.layer;
    if (run.core === true) {
      this.choose(this.inks.core(run.face), size);
      operators.literal(run.text).text(' Tj\n');
      return;
    }
    for (const { font, text, codes } of this.inks.mixed(run.face, run.text)) {
      this.choose(font, size);
      if (text !== undefined) operators.literal(text).text(' Tj\n');
      else operators.text(`<${codes}> Tj\n`);
    }
  }

  private shapedRun(run: Run, x: number, foot: number, size: number): void {
    const { name, font } = this.inks.rare(run.face);
    this.choose(name, size);
    const scale = size / typeface(run.face).font.unitsPerEm;
    let pen = x;
    // Dots and signs that stand for no letter of their own go last: between the letters they would part the word for
    // programs that copy it.
    let signs = '';
    run.shaped?.glyphs.forEach((glyph, index) => {
      const position = run.shaped?.positions[index];
      if (position === undefined) return;
      const code = font.shapedCode(glyph.id, glyph.codePoints, glyph.advanceWidth);
      const place = `${number(pen + position.xOffset * scale)} ${number(foot + position.yOffset * scale)}`;
      const shown = `1 0 0 1 ${place} Tm <${code}> Tj\n`;
      if (glyph.codePoints.length === 0) signs += shown;
      else this.layer.operators.text(shown);
      pen += position.xAdvance * scale;
    });
    this.layer.operators.text(signs);
  }
}

function utf16(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}
