/** Lays out each kind of block as boxes; tables have a file of their own. */
import { type Bench, drawIn, startOf } from './bench.js';
import { BODY_WIDTH, type Box, baseline, PAGE, TYPE, type TypeSize } from './box.js';
import type { Face } from './fonts.js';
import { breakLines, type Line } from './lines.js';
import type { Paper } from './paper.js';
import { layOutPicture } from './picture.js';
import type { Block, Field, Tone } from './press.js';
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
export function layOutBlock(bench: Bench, block: Exclude<Block, { kind: 'page-break' }>): Box[] {
  switch (block.kind) {
    case 'heading':
      return layOutHeading(bench, block.level, bench.say(block.text));
    case 'paragraph':
      return layOutParagraph(bench, bench.say(block.text), block.tone ?? 'plain');
    case 'banner':
      return layOutBanner(bench, bench.say(block.title), block.lines.map(bench.say), block.tone);
    case 'fields':
      return layOutFields(bench, block.fields);
    case 'list':
      return block.items.length === 0 ? [] : layOutList(bench, block.items.map(bench.say));
    case 'table':
      return layOutTable(bench, block);
    case 'image':
      return layOutPicture(bench, block);
  }
}

function layOutHeading(bench: Bench, level: 1 | 2 | 3, text: string): Box[] {
  const tagged = Math.min(level, bench.headingLevel + 1);
  bench.headingLevel = tagged;
  const type = level === 1 ? TYPE.h1 : level === 2 ? TYPE.h2 : TYPE.h3;
  const tag = bench.paper.tags.add(bench.paper.tags.root, `H${tagged}` as TagName);
  const lines = breakLines(text, 'bold', type.size, BODY_WIDTH);
  return lines.map((line, index) => ({
    height: type.leading + (index === lines.length - 1 ? 4 : 0),
    gap: index === 0 ? (level === 3 ? 8 : 14) : 0,
    keep: true,
    draw(paper, top) {
      if (index === 0)
        bench.bookmarks.push({ level: tagged, title: text.replace(/\s+/g, ' '), page: paper.page, top });
      paper.tagged(tag, () =>
        paper.line(line, startOf(line, PAGE.left, BODY_WIDTH), baseline(top, type), type.size),
      );
      if (level < 3 && index === lines.length - 1) {
        const foot = top + type.leading + 1;
        paper.artifact('Layout', () =>
          paper.strokes([[PAGE.left, foot, PAGE.right, foot]], level === 1 ? 1.5 : 0.75, 0),
        );
      }
    },
  }));
}

function layOutParagraph(bench: Bench, text: string, tone: Tone): Box[] {
  const tag = bench.paper.tags.add(bench.paper.tags.root, 'P');
  if (tone === 'plain')
    return textBoxes(tag, breakLines(text, 'regular', TYPE.body.size, BODY_WIDTH), PAGE.left, BODY_WIDTH);
  const face: Face = tone === 'own-words' ? 'oblique' : 'bold';
  const worded = tone === 'own-words' ? text : `${TONE_WORD[tone]}: ${text}`;
  const inset = 12;
  const lines = breakLines(worded, face, TYPE.body.size, BODY_WIDTH - inset);
  const weight = tone === 'danger' ? 4 : 2;
  return textBoxes(tag, lines, PAGE.left + inset, BODY_WIDTH - inset, (paper, top, height) => {
    paper.artifact('Layout', () =>
      paper.fill(PAGE.left, top, weight, height, tone === 'own-words' ? 0.55 : 0),
    );
  });
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
    gap: index === 0 ? 5 : 0,
    keep: lines.length > 1 && (index === 0 || index === lines.length - 2),
    draw(paper, top) {
      beside?.(paper, top, TYPE.body.leading);
      paper.tagged(tag, () =>
        paper.line(line, startOf(line, left, width), baseline(top, TYPE.body), TYPE.body.size),
      );
    },
  }));
}

const BANNER = { pad: 7, rule: 6, title: { size: 11.5, leading: 15.5 }, wholeUpTo: 360 } as const;

/** A box with a heavy left side; kept on one page unless it is very long, then its sides run on. */
function layOutBanner(bench: Bench, title: string, lines: readonly string[], tone: Tone): Box[] {
  const { tags } = bench.paper;
  const part = tags.add(tags.root, 'Div');
  const word = TONE_WORD[tone];
  const left = PAGE.left + BANNER.rule + BANNER.pad + 2;
  const width = PAGE.right - BANNER.pad - left;
  const face: Face = tone === 'own-words' ? 'oblique' : 'regular';
  const texts: { tag: Tag; line: Line; type: TypeSize }[] = [];
  const add = (text: string, ownFace: Face, type: TypeSize): void => {
    const tag = tags.add(part, 'P');
    for (const line of breakLines(text, ownFace, type.size, width)) texts.push({ tag, line, type });
  };
  add([word, title].filter((text) => text !== '').join(': '), 'bold', BANNER.title);
  for (const line of lines) add(line, face, TYPE.body);
  const whole = texts.reduce((sum, text) => sum + text.type.leading, 2 * BANNER.pad) <= BANNER.wholeUpTo;
  return texts.map((text, index) => {
    const first = index === 0;
    const last = index === texts.length - 1;
    const above = first ? BANNER.pad : 0;
    const height = text.type.leading + above + (last ? BANNER.pad : 0);
    return {
      height,
      gap: first ? 8 : 0,
      keep: !last && (whole || index < 2 || index === texts.length - 2),
      draw(paper: Paper, top: number) {
        paper.artifact('Layout', () => drawBannerSides(paper, top, height, tone, first, last));
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
  paper.fill(PAGE.left, top, strong ? BANNER.rule : BANNER.rule - 2.5, height, grey);
  const sides: [number, number, number, number][] = [[PAGE.right, top, PAGE.right, bottom]];
  if (first) sides.push([PAGE.left, top, PAGE.right, top]);
  if (last) sides.push([PAGE.left, bottom, PAGE.right, bottom]);
  paper.strokes(sides, weight, grey);
}

const FIELD = { label: 158, gap: 10, under: 3, wholeUpTo: 8 } as const;
const VALUE_LEFT = PAGE.left + FIELD.label + FIELD.gap;
const VALUE_WIDTH = PAGE.right - VALUE_LEFT;

interface FieldRow {
  readonly label: Tag;
  readonly value: Tag;
  readonly labelLines: readonly Line[];
  readonly valueLines: readonly Line[];
}

/** Label and value side by side: a table whose first column heads each row. */
function layOutFields(bench: Bench, fields: readonly Field[]): Box[] {
  if (fields.length === 0) return [];
  const { tags } = bench.paper;
  const table = tags.add(tags.root, 'Table');
  return fields.flatMap((field, index) => {
    const tag = tags.add(table, 'TR');
    const row: FieldRow = {
      label: tags.add(tag, 'TH', { attributes: { O: 'Table', Scope: 'Row' } }),
      value: tags.add(tag, 'TD'),
      labelLines: breakLines(bench.say(field.label), 'bold', TYPE.body.size - 0.5, FIELD.label),
      valueLines: breakLines(bench.say(field.value), 'regular', TYPE.body.size, VALUE_WIDTH),
    };
    return fieldBoxes(row, index === 0 ? 6 : 1);
  });
}

/** One box for a short field; a long one may go on over pages and is a box a line. */
function fieldBoxes(row: FieldRow, gap: number): Box[] {
  const count = Math.max(row.labelLines.length, row.valueLines.length);
  const step = count <= FIELD.wholeUpTo ? count : 1;
  return Array.from({ length: count / step }, (_unused, index): Box => {
    const last = index === count / step - 1;
    return {
      height: step * TYPE.body.leading + (last ? FIELD.under : 0),
      gap: index === 0 ? gap : 0,
      keep: !last && (index === 0 || index === count - 2),
      draw(paper, top) {
        drawFieldLines(paper, row, index * step, step, top);
        if (!last) return;
        const under = top + step * TYPE.body.leading + FIELD.under / 2;
        paper.artifact('Layout', () => paper.strokes([[PAGE.left, under, PAGE.right, under]], 0.4, 0.7));
      },
    };
  });
}

function drawFieldLines(paper: Paper, row: FieldRow, from: number, count: number, top: number): void {
  const { leading, size } = TYPE.body;
  for (let index = 0; index < count; index++) {
    const foot = baseline(top + index * leading, TYPE.body);
    drawIn(paper, row.label, row.labelLines[from + index], PAGE.left, FIELD.label, foot, size - 0.5);
  }
  for (let index = 0; index < count; index++) {
    const foot = baseline(top + index * leading, TYPE.body);
    drawIn(paper, row.value, row.valueLines[from + index], VALUE_LEFT, VALUE_WIDTH, foot, size);
  }
}

function layOutList(bench: Bench, items: readonly string[]): Box[] {
  const { tags } = bench.paper;
  const list = tags.add(tags.root, 'L', { attributes: { O: 'List', ListNumbering: 'Disc' } });
  const type = TYPE.body;
  const left = PAGE.left + 16;
  const width = PAGE.right - left;
  const [bullet] = breakLines('•', 'regular', type.size, 20);
  return items.flatMap((text, itemIndex) => {
    const item = tags.add(list, 'LI');
    const label = tags.add(item, 'Lbl');
    const body = tags.add(item, 'LBody');
    const lines = breakLines(text, 'regular', type.size, width);
    return lines.map(
      (line, index): Box => ({
        height: type.leading,
        gap: index === 0 ? (itemIndex === 0 ? 5 : 2) : 0,
        keep: lines.length > 1 && (index === 0 || index === lines.length - 2),
        draw(paper, top) {
          const foot = baseline(top, type);
          if (index === 0) drawIn(paper, label, bullet, PAGE.left + 4, 12, foot, type.size);
          drawIn(paper, body, line, left, width, foot, type.size);
        },
      }),
    );
  });
}
