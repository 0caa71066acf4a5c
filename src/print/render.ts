/**
 * The full layout of a document as a tagged PDF (PDF/UA-1). Nothing in it asks the clock or the machine: the same
 * document gives the same bytes.
 */
import type { Bench } from './bench.js';
import { layOutBlock } from './blocks.js';
import type { Box } from './box.js';
import { Flow } from './flow.js';
import { type FurnitureText, layOutFoot, layOutHead, tooLongToRepeat } from './furniture.js';
import { glue } from './glue.js';
import { legible } from './legible.js';
import { Paper } from './paper.js';
import type { Block, Furniture, PrintDocument, Printed } from './press.js';

/**
 * Draws the document in this thread.
 * @throws TypeError when `furniture.created` is no instant, and whatever the PDF library throws; see `pool.ts` for a
 *   printer that never fails
 */
export async function render(document: PrintDocument): Promise<Printed> {
  const { paper, missing } = draw(document);
  const pdf = await paper.finish();
  return { pdf, pages: paper.pageCount, missingCharacters: [...missing].sort(), plain: false };
}

function draw(document: PrintDocument): { paper: Paper; missing: Set<string> } {
  const missing = new Set<string>();
  const say = (text: string): string => glue(legible(text, missing));
  const furniture = sayFurniture(document.furniture, say);
  const paper = new Paper({
    title: oneLine(legible(document.furniture.title, missing)),
    language: document.furniture.language,
    created: instant(document.furniture.created),
  });
  const bench: Bench = { paper, bookmarks: [], say, headingLevel: 0 };
  const foot = layOutFoot(furniture);
  const flow = new Flow(paper, layOutHead(furniture), foot.bodyBottom);
  flow.place(
    tooLongToRepeat(furniture).flatMap((text) =>
      layOutBlock(bench, { kind: 'paragraph', text, tone: 'attention' }),
    ),
  );
  for (const [index, part] of betweenBreaks(document.blocks).entries()) {
    if (index > 0) flow.breakPage();
    flow.place(part.flatMap((block): Box[] => layOutBlock(bench, block)));
  }
  paper.bookmarks(bench.bookmarks);
  for (let page = 0; page < paper.pageCount; page++) {
    paper.turnTo(page);
    foot.draw(paper, page + 1, paper.pageCount);
  }
  return { paper, missing };
}

function sayFurniture(furniture: Furniture, say: (text: string) => string): FurnitureText {
  return {
    header: furniture.header.map(say),
    footer: say(furniture.footer),
    ...(furniture.watermark === undefined ? {} : { watermark: say(furniture.watermark) }),
  };
}

type Content = Exclude<Block, { kind: 'page-break' }>;

function betweenBreaks(blocks: readonly Block[]): Content[][] {
  const parts: Content[][] = [[]];
  for (const block of blocks) {
    if (block.kind === 'page-break') parts.push([]);
    else parts.at(-1)?.push(block);
  }
  return parts;
}

function instant(created: string): Date {
  const date = new Date(created);
  if (Number.isNaN(date.getTime())) throw new TypeError('furniture.created is not an instant');
  return date;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
