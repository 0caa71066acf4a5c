/** Lays out each kind of block as boxes; tables have a file of their own. */
import { type Bench, drawIn, startOf } from './bench.js';
import { type Box, baseline, type Sheet, TYPE, type TypeSize } from './box.js';
import { layOutChart } from './chart.js';
import { layOutFacts } from './facts.js';
import { layOutFields } from './fields.js';
import type { Face } from './fonts.js';
import { layOutAttachedPicture, layOutForeignPage } from './foreign/lay-out.js';
import type { Unfolded } from './foreign/unfold.js';
import { breakLines, type Line } from './lines.js';
import type { Paper } from './paper.js';
import { layOutPicture } from './picture.js';
import type { Tone } from './press.js';
import { layOutQr } from './qr.js';
import { layOutTable } from './table.js';
import type { Tag, TagName } from './tags.js';

/** A statement's weight in words: colour and line alone are lost on a fax, a grey printer and a screen reader. */
const TONE_WORD: Readonly<Record<Tone, string>> = {
  plain: '',
  attention: 'ATTENTION',
  danger: 'WARNING',
  'own-words': 'IN THEIR OWN WORDS',
};

/** Boxes for one block; page breaks are the caller's. */
export function layOutBlock(bench: Bench, block: Exclude<Unfolded, { kind: 'page-break' | 'front' }>): Box[] {
  switch (block.kind) {
    case 'heading':
      return layOutHeading(bench, block.level, bench.say(block.text), block.anchor);
    case 'paragraph':
      return layOutParagraph(bench, bench.say(block.text), block.tone ?? 'plain');
    case 'banner':
      return layOutBanner(bench, bench.say(block.title), block.lines.map(bench.say), block.tone);
    case 'fields':
      return layOutFields(bench, block.fields);
    case 'facts':
      return layOutFacts(bench, block.rows);
    case 'list':
      return block.items.length === 0 ? [] : layOutList(bench, block.items.map(bench.say));
    case 'table':
      return layOutTable(bench, block);
    case 'chart':
      return layOutChart(bench, block);
    case 'image':
      return layOutPicture(bench, block);
    case 'qr':
      return layOutQr(bench, bench.address, block.text);
    case 'foreign-page':
      return layOutForeignPage(
        bench,
        block,
        block.above.flatMap((one) => layOutBlock(bench, one)),
      );
    case 'attached-picture':
      return layOutAttachedPicture(bench, block, [
        ...layOutHeading(bench, 2, bench.say(block.title)),
        ...block.lines.flatMap((line) => layOutParagraph(bench, bench.say(line), 'plain')),
      ]);
  }
}

function layOutHeading(bench: Bench, level: 1 | 2 | 3, text: string, anchor?: string): Box[] {
  const { sheet } = bench;
  const tagged = Math.min(level, bench.headingLevel + 1);
  bench.headingLevel = tagged;
  const type = level === 1 ? TYPE.h1 : level === 2 ? TYPE.h2 : TYPE.h3;
  const tag = bench.paper.tags.add(bench.paper.tags.root, `H${tagged}` as TagName);
  const lines = breakLines(text, 'bold', type.size, sheet.body);
  return lines.map((line, index) => ({
    height: type.leading + (index === lines.length - 1 ? (level === 3 ? 1 : 3) : 0),
    gap: index === 0 ? (level === 3 ? 6 : 11) : 0,
    keep: true,
    draw(paper, top) {
      if (index === 0) {
        bench.bookmarks.push({ level: tagged, title: text.replace(/\s+/g, ' '), page: paper.page, top });
        if (anchor !== undefined) bench.anchors.set(anchor, { page: paper.page, top });
      }
      paper.tagged(tag, () =>
        paper.line(line, startOf(line, sheet.left, sheet.body), baseline(top, type), type.size),
      );
      if (level < 3 && index === lines.length - 1) {
        const foot = top + type.leading + 1;
        paper.artifact('Layout', () =>
          paper.strokes([[sheet.left, foot, sheet.right, foot]], level === 1 ? 1.5 : 0.75, 0),
        );
      }
    },
  }));
}

function layOutParagraph(bench: Bench, text: string, tone: Tone): Box[] {
  const { sheet } = bench;
  const tag = bench.paper.tags.add(bench.paper.tags.root, 'P');
  if (tone === 'plain')
    return textBoxes(tag, breakLines(text, 'regular', TYPE.body.size, sheet.body), sheet.left, sheet.body);
  const face: Face = tone === 'own-words' ? 'oblique' : 'bold';
  const worded = tone === 'own-words' ? text : `${TONE_WORD[tone]}: ${text}`;
  const inset = 12;
  const lines = breakLines(worded, face, TYPE.body.size, sheet.body - inset);
  const weight = tone === 'danger' ? 4 : 2;
  const boxes = textBoxes(tag, lines, sheet.left + inset, sheet.body - inset, (paper, top, height) => {
    paper.artifact('Layout', () =>
      paper.fill(sheet.left, top, weight, height, tone === 'own-words' ? 0.55 : 0),
    );
  });
  // A warning is never parted from what it warns of, which stands below it.
  return tone === 'own-words' ? boxes : boxes.map((box) => ({ ...box, keep: true }));
}

/** One box a line; the first two stay together, and so do the last two. */
function textBoxes(
  tag: Tag,
  lines: readonly Line[],
  left: number,
  width: number,
  beside?: (paper: Paper, top: number, height: number) => void,
): Box[] {
  return lines.map((line, index) => ({
    height: TYPE.body.leading,
    gap: index === 0 ? 4 : 0,
    keep: lines.length > 1 && (index === 0 || index === lines.length - 2),
    draw(paper, top) {
      beside?.(paper, top, TYPE.body.leading);
      paper.tagged(tag, () =>
        paper.line(line, startOf(line, left, width), baseline(top, TYPE.body), TYPE.body.size),
      );
    },
  }));
}

const BANNER = { pad: 5, rule: 6, title: { size: 11, leading: 14.2 }, wholeUpTo: 300 } as const;

/** A box with a heavy left side; kept on one page unless it is very long, then its sides run on. */
function layOutBanner(bench: Bench, title: string, lines: readonly string[], tone: Tone): Box[] {
  const { sheet } = bench;
  const { tags } = bench.paper;
  const part = tags.add(tags.root, 'Div');
  const word = TONE_WORD[tone];
  const left = sheet.left + BANNER.rule + BANNER.pad + 2;
  const width = sheet.right - BANNER.pad - left;
  const face: Face = tone === 'own-words' ? 'oblique' : 'regular';
  const texts: { tag: Tag; line: Line; type: TypeSize }[] = [];
  const add = (text: string, ownFace: Face, type: TypeSize): void => {
    const tag = tags.add(part, 'P');
    for (const line of breakLines(text, ownFace, type.size, width)) texts.push({ tag, line, type });
  };
  add([word, title].filter((text) => text !== '').join(': '), 'bold', BANNER.title);
  for (const line of lines) add(line, face, TYPE.body);
  const height = texts.reduce((sum, text) => sum + text.type.leading, 2 * BANNER.pad);
  // A heading before it must find room on its page.
  const whole = height <= Math.min(BANNER.wholeUpTo, bench.room / 2);
  return texts.map((text, index) => {
    const first = index === 0;
    const last = index === texts.length - 1;
    const above = first ? BANNER.pad : 0;
    const height = text.type.leading + above + (last ? BANNER.pad : 0);
    return {
      height,
      gap: first ? 6 : 0,
      keep: !last && (whole || index < 2 || index === texts.length - 2),
      draw(paper: Paper, top: number) {
        paper.artifact('Layout', () => drawBannerSides(paper, sheet, top, height, tone, first, last));
        paper.tagged(text.tag, () => {
          paper.line(
            text.line,
            startOf(text.line, left, width),
            baseline(top + above, text.type),
            text.type.size,
          );
        });
      },
    };
  });
}

function drawBannerSides(
  paper: Paper,
  sheet: Sheet,
  top: number,
  height: number,
  tone: Tone,
  first: boolean,
  last: boolean,
): void {
  const strong = tone === 'danger';
  const weight = strong ? 1.6 : tone === 'attention' ? 1 : 0.6;
  const grey = tone === 'own-words' || tone === 'plain' ? 0.45 : 0;
  const bottom = top + height;
  paper.fill(sheet.left, top, strong ? BANNER.rule : BANNER.rule - 2.5, height, grey);
  const sides: [number, number, number, number][] = [[sheet.right, top, sheet.right, bottom]];
  if (first) sides.push([sheet.left, top, sheet.right, top]);
  if (last) sides.push([sheet.left, bottom, sheet.right, bottom]);
  paper.strokes(sides, weight, grey);
}

function layOutList(bench: Bench, items: readonly string[]): Box[] {
  const { sheet } = bench;
  const { tags } = bench.paper;
  const list = tags.add(tags.root, 'L', { attributes: { O: 'List', ListNumbering: 'Disc' } });
  const type = TYPE.body;
  const left = sheet.left + 16;
  const width = sheet.right - left;
  const [bullet] = breakLines('•', 'regular', type.size, 20);
  return items.flatMap((text, itemIndex) => {
    const item = tags.add(list, 'LI');
    const label = tags.add(item, 'Lbl');
    const body = tags.add(item, 'LBody');
    const lines = breakLines(text, 'regular', type.size, width);
    return lines.map(
      (line, index): Box => ({
        height: type.leading,
        gap: index === 0 ? (itemIndex === 0 ? 4 : 1) : 0,
        keep: lines.length > 1 && (index === 0 || index === lines.length - 2),
        draw(paper, top) {
          const foot = baseline(top, type);
          if (index === 0) drawIn(paper, label, bullet, sheet.left + 4, 12, foot, type.size);
          drawIn(paper, body, line, left, width, foot, type.size);
        },
      }),
    );
  });
}
