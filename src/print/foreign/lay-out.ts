/** Attached pages and pictures in a frame of ours, as large as the page allows. */
import { type Bench, startOf } from '../bench.js';
import { type Box, baseline, TYPE } from '../box.js';
import { breakLines } from '../lines.js';
import type { Paper } from '../paper.js';
import { embed, matrix, readImage } from '../picture.js';
import type { Block } from '../press.js';
import { seenThrough } from './form.js';
import { type ForeignPageBlock, notPrinted } from './unfold.js';

type AttachedPicture = Extract<Block, { kind: 'attached-picture' }>;

const GAP = 4;
const FRAME = 1;
/** Above a lesser part of the page there stand only words, and the frame has the next page for itself. */
const LEAST_SHARE = 0.75;
/** No picture is drawn coarser than this many points to the pixel. */
const POINTS_PER_PIXEL = 0.75;

/** @param above boxes of what stands above the frame */
export function layOutForeignPage(bench: Bench, block: ForeignPageBlock, above: readonly Box[]): Box[] {
  const strip = words(bench, block.strip);
  const { form } = block;
  const frame = room(bench, above, strip);
  const scale = Math.min(1, bench.sheet.body / form.width, frame / form.height);
  const draw = (left: number, top: number): void =>
    bench.paper.image(form.id, [scale, 0, 0, -scale, left, top + form.height * scale]);
  const size = { width: form.width * scale, height: form.height * scale };
  return [...together(above, frame), ...strip, figure(bench, block.alt, size, draw)];
}

/** @param above boxes of what stands above the picture */
export function layOutAttachedPicture(bench: Bench, block: AttachedPicture, above: readonly Box[]): Box[] {
  const image = readImage(block);
  if (typeof image === 'string') {
    bench.leftOut.push({ attachment: block.attachment, reason: image });
    return [...above, ...words(bench, notPrinted(image)).map(apart)];
  }
  const whole = image.kind !== 'jpeg' || endsAsJpeg(block.bytes);
  if (!whole) bench.leftOut.push({ attachment: block.attachment, reason: CUT_OFF });
  const strip = words(bench, whole ? block.strip : `${block.strip} PART OF IT IS MISSING: ${CUT_OFF}.`);
  const frame = room(bench, above, strip);
  const turned = image.kind === 'jpeg' && (image.orientation === 6 || image.orientation === 8);
  const [wide, high] = turned ? [image.height, image.width] : [image.width, image.height];
  const scale = Math.min(POINTS_PER_PIXEL, bench.sheet.body / wide, frame / high);
  const size = { width: wide * scale, height: high * scale };
  const own = embed(bench.paper, image);
  const object = bench.marked ? seenThrough(bench.paper.file, own, 1, 1) : own;
  const draw = (left: number, top: number): void =>
    bench.paper.image(object, matrix(image, left, top, size.width, size.height));
  return [...together(above, frame), ...strip, figure(bench, bench.say(block.alt), size, draw)];
}

const CUT_OFF = 'the file of this picture is cut off';

/** The end of the picture may be followed by what cameras add; where it is missing, readers show what there is. */
function endsAsJpeg(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.lastIndexOf('ffd9', undefined, 'hex') > buffer.lastIndexOf('ffda', undefined, 'hex');
}

/** Height that is left for the frame on a page that begins with these. */
function room(bench: Bench, above: readonly Box[], strip: readonly Box[]): number {
  const own = bench.room - heightOf(strip) - 2 * GAP;
  const left = own - heightOf(above);
  return left >= own * LEAST_SHARE ? left : own;
}

/** What stands above belongs to the frame, unless it is so much that the frame goes on the next page. */
function together(above: readonly Box[], frame: number): Box[] {
  const fits = heightOf(above) <= frame;
  return fits ? above.map((box) => ({ ...box, keep: true })) : [...above];
}

const heightOf = (boxes: readonly Box[]): number =>
  boxes.reduce((sum, box) => sum + box.height + (box.gap ?? 0), 0);

function apart(box: Box): Box {
  const { keep: _keep, ...rest } = box;
  return rest;
}

function words(bench: Bench, text: string): Box[] {
  const { sheet, paper } = bench;
  const tag = paper.tags.add(paper.tags.root, 'P');
  const { size, leading } = TYPE.body;
  return breakLines(bench.say(text), 'bold', size, sheet.body).map((line, index) => ({
    height: leading,
    gap: index === 0 ? GAP : 0,
    keep: true,
    draw: (paper, top) =>
      paper.tagged(tag, () =>
        paper.line(line, startOf(line, sheet.left, sheet.body), baseline(top, TYPE.body), size),
      ),
  }));
}

/** Outside of what it frames, which may be white to its edges. */
function drawFrame(paper: Paper, left: number, top: number, right: number, bottom: number): void {
  const [x1, y1, x2, y2] = [left - FRAME, top - FRAME, right + FRAME, bottom + FRAME];
  paper.strokes(
    [
      [x1, y1, x2, y1],
      [x2, y1, x2, y2],
      [x2, y2, x1, y2],
      [x1, y2, x1, y1],
    ],
    0.5,
    0.4,
  );
}

function figure(
  bench: Bench,
  alt: string,
  { width, height }: { readonly width: number; readonly height: number },
  drawAt: (left: number, top: number) => void,
): Box {
  const { sheet } = bench;
  const { tags } = bench.paper;
  const tag = tags.add(tags.root, 'Figure', { alt });
  return {
    height,
    gap: GAP,
    draw(paper, top) {
      const left = sheet.left + (sheet.body - width) / 2;
      const foot = sheet.height - top - height;
      tag.attributes = {
        O: 'Layout',
        Placement: 'Block',
        BBox: [left, foot, left + width, foot + height].map((edge) => edge * sheet.scale),
      };
      paper.tagged(tag, () => drawAt(left, top));
      paper.artifact('Layout', () => drawFrame(paper, left, top, left + width, top + height));
    },
  };
}
