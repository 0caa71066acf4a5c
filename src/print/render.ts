/**
 * The full layout of a document as a tagged PDF (PDF/UA-1). Nothing in it asks the clock or the machine: the same
 * document gives the same bytes.
 */
import type { Bench } from './bench.js';
import { layOutBlock } from './blocks.js';
import { type Box, chooseSheet, FRONT_SHEET } from './box.js';
import { Flow, type Stock } from './flow.js';
import { type Unfolded, unfoldAttachments } from './foreign/unfold.js';
import { drawReferences, layOutFront } from './front.js';
import { asBlocks, type Front } from './front-words.js';
import { type FurnitureText, layOutFoot, layOutHead, tooLongToRepeat } from './furniture.js';
import { glue } from './glue.js';
import { legible } from './legible.js';
import { Paper } from './paper.js';
import type { Block, Furniture, LeftOut, PrintDocument, Printed, PrintOptions } from './press.js';

/**
 * Draws the document in this thread.
 * @param options another form of the same document
 * @throws TypeError when `furniture.created` is no instant, and whatever the PDF library throws; see
 *   `workshop/thread.ts` for a press that always prints
 */
export async function render(document: PrintDocument, options: PrintOptions = {}): Promise<Printed> {
  const { paper, missing, leftOut } = draw(document, options);
  const pdf = paper.finish();
  return {
    pdf,
    pages: paper.pageCount,
    missingCharacters: [...missing].sort(),
    plain: false,
    ...(leftOut.length === 0 ? {} : { leftOut }),
    ...(paper.drawn === undefined ? {} : { drawn: paper.drawn }),
  };
}

interface DrawnDocument {
  readonly paper: Paper;
  readonly missing: ReadonlySet<string>;
  readonly leftOut: readonly LeftOut[];
}

function draw(document: PrintDocument, options: PrintOptions): DrawnDocument {
  const missing = new Set<string>();
  const say = (text: string): string => glue(legible(text, missing));
  const furniture = sayFurniture(document.furniture, say);
  const paper = new Paper({
    title: oneLine(legible(document.furniture.title, missing)),
    language: document.furniture.language,
    created: instant(document.furniture.created),
    ...(options.attached === undefined ? {} : { attached: options.attached }),
    ...(options.report === undefined ? {} : { report: options.report }),
  });
  const stocks = new Map<string, Stock>();
  const stockFor = ({ lying, head }: Pick<Part, 'lying' | 'head'>): Stock => {
    const key = JSON.stringify([lying, head]);
    const known = stocks.get(key);
    if (known !== undefined) return known;
    const sheet = chooseSheet(lying, options.largePrint === true);
    const own = head === undefined ? furniture : { ...furniture, header: head.map(say) };
    const stock = { sheet, head: layOutHead(own, sheet), foot: layOutFoot(furniture, sheet) };
    stocks.set(key, stock);
    return stock;
  };
  const leftOut: LeftOut[] = [];
  const marked = furniture.watermark !== undefined;
  const ways = { archive: options.attached !== undefined, seenThrough: marked };
  const flat = options.largePrint === true ? flowing(document.blocks) : document.blocks;
  const unfolded = unfoldAttachments(flat, paper.file, leftOut, ways);
  if (unfolded.some((block) => block.kind === 'foreign-page')) paper.disclaim('accessible');
  const parts = betweenBreaks(unfolded);
  const first = stockFor({ lying: false });
  const bench: Bench = {
    paper,
    sheet: first.sheet,
    room: roomOf(first),
    address: document.furniture.address,
    bookmarks: [],
    anchors: new Map(),
    references: [],
    leftOut,
    marked,
    say,
    headingLevel: 0,
  };
  const flow = new Flow(paper, first);
  // What fits an upright page fits a lying one.
  let waiting = tooLongToRepeat(furniture, first.sheet).map(
    (text): Content => ({ kind: 'paragraph', text, tone: 'attention' }),
  );
  const anchors = anchorsOf(document.blocks);
  for (const [index, part] of parts.entries()) {
    const stock = stockFor(part);
    const { front } = part;
    if (front !== undefined) {
      const sheet = FRONT_SHEET;
      const header = furniture.header.slice(0, front.headLines);
      const own = {
        sheet,
        head: layOutHead({ ...furniture, header }, sheet),
        foot: layOutFoot(furniture, sheet),
      };
      flow.breakPage(own);
      bench.sheet = sheet;
      bench.room = roomOf(own);
      const laid = layOutFront(bench, front, {
        room: bench.room,
        next: paper.pageCount + 2,
        has: (anchor) => anchors.has(anchor),
      });
      flow.place(laid.boxes);
      waiting.unshift(
        ...betweenBreaks(unfoldAttachments(laid.rest, paper.file, leftOut, ways)).flatMap(
          ({ blocks }) => blocks,
        ),
      );
    }
    const blocks = [...waiting, ...part.blocks];
    waiting = [];
    bench.sheet = stock.sheet;
    bench.room = roomOf(stock);
    const boxes = blocks.flatMap((block): Box[] => layOutBlock(bench, block));
    const follows = part.unlessWhole === true && flow.hasRoomFor(boxes, stock);
    if (!follows && (index > 0 || (front !== undefined && blocks.length > 0))) flow.breakPage(stock);
    flow.place(boxes);
  }
  flow.finish();
  drawReferences(bench);
  paper.bookmarks(bench.bookmarks);
  return { paper, missing, leftOut };
}

const roomOf = ({ head, foot }: Stock): number => foot.bodyBottom - head.height;

function sayFurniture(furniture: Furniture, say: (text: string) => string): FurnitureText {
  return {
    header: furniture.header.map(say),
    footer: say(furniture.footer),
    ...(furniture.watermark === undefined ? {} : { watermark: say(furniture.watermark) }),
  };
}

type Content = Exclude<Unfolded, { kind: 'page-break' | 'front' }>;
interface Part {
  readonly lying: boolean;
  /** In the place of the furniture's. */
  readonly head?: readonly string[];
  /** Follows on the open page where all of it has room there. */
  readonly unlessWhole?: true;
  /** On the first page of this part. */
  front?: Front;
  readonly blocks: Content[];
}

function betweenBreaks(blocks: readonly Unfolded[]): Part[] {
  const parts: Part[] = [{ lying: false, blocks: [] }];
  for (const block of blocks) {
    const open = parts.at(-1);
    if (block.kind === 'page-break') {
      const head = block.head === undefined ? {} : { head: block.head };
      const follows = block.unlessWhole === true ? { unlessWhole: true as const } : {};
      parts.push({ lying: block.lying === true, ...head, ...follows, blocks: [] });
    } else if (block.kind !== 'front') open?.blocks.push(block);
    else if (open !== undefined && open.front === undefined && open.blocks.length === 0) open.front = block;
    else parts.push({ lying: false, front: block, blocks: [] });
  }
  return parts;
}

/** The same without pages that must stand on one sheet. */
const flowing = (blocks: readonly Block[]): Block[] =>
  blocks.flatMap((block) => (block.kind === 'front' ? asBlocks(block) : [block]));

const anchorsOf = (blocks: readonly Block[]): ReadonlySet<string> =>
  new Set(
    blocks.flatMap((block) => (block.kind === 'heading' && block.anchor !== undefined ? [block.anchor] : [])),
  );

function instant(created: string): Date {
  const date = new Date(created);
  if (Number.isNaN(date.getTime())) throw new TypeError('furniture.created is not an instant');
  return date;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
