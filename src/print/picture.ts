/** A picture in the flow: scaled into the page, described for those who cannot see it, or a word saying why it is not there. */
import type { Bench } from './bench.js';
import { startOf } from './bench.js';
import { type Box, baseline, TYPE } from './box.js';
import { type JpegImage, readJpeg } from './jpeg.js';
import { breakLines } from './lines.js';
import type { Paper } from './paper.js';
import { type PngImage, readPng } from './png.js';
import type { Block } from './press.js';

type Picture = Extract<Block, { kind: 'image' }>;
type Image = JpegImage | PngImage;

/** Larger than this a picture would push the text it belongs to over several pages. */
const TALLEST = 420;
/** No picture is drawn coarser than this many pixels to the point, nor blown up beyond it. */
const POINTS_PER_PIXEL = 0.75;

/** Boxes for a picture and its description. */
export function layOutPicture(bench: Bench, picture: Picture): Box[] {
  const { sheet } = bench;
  const { tags } = bench.paper;
  const alt = bench.say(picture.alt.trim() === '' ? 'Picture without a description' : picture.alt);
  const image = readImage(picture);
  if (typeof image === 'string') {
    const text = bench.say(`PICTURE NOT PRINTED (${image}): ${alt}`);
    return textBoxes(bench, text, 'bold');
  }
  const figure = tags.add(tags.root, 'Figure', { alt });
  const turned = image.kind === 'jpeg' && (image.orientation === 6 || image.orientation === 8);
  const [wide, high] = turned ? [image.height, image.width] : [image.width, image.height];
  const scale = Math.min(
    POINTS_PER_PIXEL,
    sheet.body / wide,
    Math.min(picture.height ?? TALLEST, sheet.height / 2) / high,
  );
  const width = wide * scale;
  const height = high * scale;
  const box: Box = {
    height: height + 2,
    gap: 6,
    keep: true,
    draw(paper, top) {
      const object = embed(paper, image);
      const { scale: zoom, height: sheetHeight, left } = sheet;
      const bottom = sheetHeight - top - height;
      figure.attributes = {
        O: 'Layout',
        Placement: 'Block',
        BBox: [left, bottom, left + width, bottom + height].map((edge) => edge * zoom),
      };
      paper.tagged(figure, () => paper.image(object, matrix(image, left, top, width, height)));
    },
  };
  return [box, ...textBoxes(bench, alt, 'oblique')];
}

export function readImage(picture: Pick<Picture, 'bytes' | 'contentType'>): Image | string {
  return picture.contentType === 'image/png' ? readPng(picture.bytes) : readJpeg(picture.bytes);
}

function textBoxes(bench: Bench, text: string, face: 'bold' | 'oblique'): Box[] {
  const { sheet } = bench;
  const tag = bench.paper.tags.add(bench.paper.tags.root, 'P');
  const { size } = TYPE.body;
  return breakLines(text, face, size, sheet.body).map((line, index) => ({
    height: TYPE.body.leading,
    gap: index === 0 ? 2 : 0,
    draw(paper, top) {
      paper.tagged(tag, () =>
        paper.line(line, startOf(line, sheet.left, sheet.body), baseline(top, TYPE.body), size),
      );
    },
  }));
}

/** Writes a picture into the file. @returns the number of its object */
export function embed(paper: Paper, image: Image): number {
  const { file } = paper;
  // Its colours are explained by nothing in the file (ISO 19005-3, 6.2.4.3).
  if (image.entries.includes('DeviceCMYK')) paper.disclaim('archive');
  const size = `/Type/XObject/Subtype/Image/Width ${image.width}/Height ${image.height}`;
  if (image.kind === 'jpeg' || image.mask === undefined)
    return file.addStream(size + image.entries, image.data);
  const grey = '/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode';
  const mask = file.addStream(size + grey, image.mask);
  return file.addStream(`${size}${image.entries}/SMask ${mask} 0 R`, image.data);
}

/** Maps the unit square of the image to its place, turned as the camera was held (Exif orientation 1, 3, 6, 8). */
export function matrix(image: Image, x: number, y: number, width: number, height: number): number[] {
  const orientation = image.kind === 'jpeg' ? image.orientation : 1;
  if (orientation === 3) return [-width, 0, 0, height, x + width, y];
  if (orientation === 6) return [0, height, width, 0, x, y];
  if (orientation === 8) return [0, -height, -width, 0, x + width, y + height];
  return [width, 0, 0, -height, x, y + height];
}
