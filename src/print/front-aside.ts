/** What stands at the right side of a zone: a picture with its date, a code for the telephone. */
import { drawWords, type Setting, words } from './front-text.js';
import type { Beside } from './front-words.js';
import { widthOf } from './lines.js';
import type { Paper } from './paper.js';
import { embed, matrix, readImage } from './picture.js';
import { encode, rowsOf } from './qr.js';
import type { Tag } from './tags.js';

export interface Aside {
  readonly width: number;
  readonly height: number;
  place(parent: Tag, left: number): (paper: Paper, top: number) => void;
}

const PICTURE = { width: 58, height: 70 } as const;
/** A longer caption is broken. */
const WIDEST = 84;
/** Points for each square of a code: at half size a telephone still reads it. */
const SQUARE = 1.7;
/** As much of the white round a code need not be white of its own. */
const QUIET = 4;

/** Lays it out; nothing for a picture that cannot be drawn, or a code where there is no address. */
export function layOutAside(setting: Setting, thing: Beside): Aside[] {
  return thing.kind === 'code' ? codeAside(setting, thing.caption) : pictureAside(setting, thing);
}

function pictureAside(setting: Setting, thing: Extract<Beside, { kind: 'image' }>): Aside[] {
  const image = readImage(thing);
  if (typeof image === 'string') return [];
  const turned = image.kind === 'jpeg' && (image.orientation === 6 || image.orientation === 8);
  const [wide, high] = turned ? [image.height, image.width] : [image.width, image.height];
  const scale = Math.min(PICTURE.width / wide, PICTURE.height / high);
  const size = { width: wide * scale, height: high * scale };
  return [
    withCaption(setting, thing.caption, size, setting.bench.say(thing.alt), (paper, left, top) =>
      paper.image(embed(paper, image), matrix(image, left, top, size.width, size.height)),
    ),
  ];
}

function codeAside(setting: Setting, caption: string): Aside[] {
  const { bench } = setting;
  if (bench.address === undefined) return [];
  const squares = encode(bench.address);
  const side = squares.length * SQUARE;
  return [
    withCaption(
      setting,
      caption,
      { width: side, height: side },
      bench.say(`QR code: ${caption}`),
      (paper, left, top) =>
        paper.rectangles(
          rowsOf(squares).map(([row, from, to]) => [
            left + from * SQUARE,
            top + row * SQUARE,
            (to - from) * SQUARE,
            SQUARE,
          ]),
        ),
      true,
    ),
  ];
}

function withCaption(
  { bench, type }: Setting,
  caption: string,
  size: { width: number; height: number },
  alt: string,
  draw: (paper: Paper, left: number, top: number) => void,
  code = false,
): Aside {
  const { sheet } = bench;
  const { tags } = bench.paper;
  // The white round a code is wide enough without what stands round it.
  const within = code ? QUIET : 0;
  const said = Math.min(widthOf(bench.say(caption), 'narrow', type.text.size), WIDEST);
  const width = Math.max(size.width - 2 * within, said + 0.5);
  const under = words(bench.say(caption), 'narrow', type.text, width);
  return {
    width,
    height: size.height + under.height - 2 * within,
    place(parent, left) {
      const figure = tags.add(parent, 'Figure', { alt });
      const text = tags.add(parent, 'P');
      return (paper, top) => {
        const start = left - within;
        const bottom = sheet.height - top - size.height + within;
        figure.attributes = {
          O: 'Layout',
          Placement: 'Block',
          BBox: [start, bottom, start + size.width, bottom + size.height].map((edge) => edge * sheet.scale),
        };
        paper.tagged(figure, () => draw(paper, start, top - within));
        drawWords(paper, text, under, left, top + size.height - 2 * within);
      };
    },
  };
}
