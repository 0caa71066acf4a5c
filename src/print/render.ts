/**
 * The full layout of a document as a tagged PDF (PDF/UA-1). Nothing in it asks the clock or the machine: the same
 * document gives the same bytes.
 */
import type { Bench } from './bench.js';
import { layOutBlock } from './blocks.js';
import { type Box, chooseSheet } from './box.js';
import { Flow, type Stock } from './flow.js';
import { type FurnitureText, layOutFoot, layOutHead, tooLongToRepeat } from './furniture.js';
import { glue } from './glue.js';
import { legible } from './legible.js';
import { Paper } from './paper.js';
import type { Block, Furniture, PrintDocument, Printed, PrintOptions } from './press.js';

/**
 * Draws the document in this thread.
 * @param options another form of the same document
 * @throws TypeError when `furniture.created` is no instant, and whatever the PDF library throws; see `pool.ts` for a
 *   printer that never fails
 */
export async function render(document: PrintDocument, options: PrintOptions = {}): Promise<Printed> {
  const { paper, missing } = draw(document, options);
  const pdf = paper.finish();
  return { pdf, pages: paper.pageCount, missingCharacters: [...missing].sort(), plain: false };
}

function draw(document: PrintDocument, options: PrintOptions): { paper: Paper; missing: Set<string> } {
  const missing = new Set<string>();
  const say = (text: string): string => glue(legible(text, missing));
  const furniture = sayFurniture(document.furniture, say);
  const paper = new Paper({
    title: oneLine(legible(document.furniture.title, missing)),
    language: document.furniture.language,
    created: instant(document.furniture.created),
    ...(options.attached === undefined ? {} : { attached: options.attached }),
  });
  const stocks = new Map<boolean, Stock>();
  const stockFor = (lying: boolean): Stock => {
    const known = stocks.get(lying);
    if (known !== undefined) return known;
    const sheet = chooseSheet(lying, options.largePrint === true);
    const stock = { sheet, head: layOutHead(furniture, sheet), foot: layOutFoot(furniture, sheet) };
    stocks.set(lying, stock);
    return stock;
  };
  const parts = betweenBreaks(document.blocks);
  const first = stockFor(false);
  const bench: Bench = {
    paper,
    sheet: first.sheet,
    address: document.furniture.address,
    bookmarks: [],
    say,
    headingLevel: 0,
  };
  const flow = new Flow(paper, first);
  flow.place(
    // What fits an upright page fits a lying one.
    tooLongToRepeat(furniture, first.sheet).flatMap((text) =>
      layOutBlock(bench, { kind: 'paragraph', text, tone: 'attention' }),
    ),
  );
  for (const [index, part] of parts.entries()) {
    const stock = stockFor(part.lying);
    if (index > 0) flow.breakPage(stock);
    bench.sheet = stock.sheet;
    flow.place(part.blocks.flatMap((block): Box[] => layOutBlock(bench, block)));
  }
  flow.finish();
  paper.bookmarks(bench.bookmarks);
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
interface Part {
  readonly lying: boolean;
  readonly blocks: Content[];
}

function betweenBreaks(blocks: readonly Block[]): Part[] {
  const parts: Part[] = [{ lying: false, blocks: [] }];
  for (const block of blocks) {
    if (block.kind === 'page-break') parts.push({ lying: block.lying === true, blocks: [] });
    else parts.at(-1)?.blocks.push(block);
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
