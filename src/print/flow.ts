/** Puts boxes on pages from top to bottom, keeping together what belongs together. */
import type { Box, Sheet } from './box.js';
import type { Foot, Head } from './furniture.js';
import type { Paper } from './paper.js';

/** A kind of page with its head and foot. */
export interface Stock {
  readonly sheet: Sheet;
  readonly head: Head;
  readonly foot: Foot;
}

export class Flow {
  private readonly paper: Paper;
  private stock: Stock;
  /** The foot of each page. */
  private readonly feet: Foot[] = [];
  private open = false;
  private y = 0;

  constructor(paper: Paper, stock: Stock) {
    this.paper = paper;
    this.stock = stock;
  }

  /** What comes next begins a page, of the given kind if it is another one. */
  breakPage(stock: Stock = this.stock): void {
    if (!this.atTop() || stock !== this.stock) this.open = false;
    this.stock = stock;
  }

  /**
   * Lays the boxes one under another; a box taller than a page is drawn at the head of its own. What belongs together
   * begins a page if it has to; of what is taller than a page at least the end stays together.
   */
  place(boxes: readonly Box[]): void {
    boxes.forEach((box, index) => {
      this.turn();
      const height = heightTogether(boxes, index, this.room());
      if (!this.fits(height) && height <= this.room()) this.breakPage();
      this.put(box);
    });
  }

  /** Do all of these boxes fit below what stands on the open page, if it is of this kind? */
  hasRoomFor(boxes: readonly Box[], stock: Stock): boolean {
    const height = boxes.reduce((sum, box) => sum + gapAbove(box) + box.height, 0);
    return this.open && stock === this.stock && this.fits(height);
  }

  /** Draws the foot of every page, now that it is known how many there are. */
  finish(): void {
    this.turn();
    this.feet.forEach((foot, page) => {
      this.paper.turnTo(page);
      foot.draw(this.paper, page + 1, this.feet.length);
    });
  }

  private put(box: Box): void {
    if (!this.fits(gapAbove(box) + box.height)) this.breakPage();
    this.turn();
    if (!this.atTop()) this.y += gapAbove(box);
    else if (box.again !== undefined) {
      box.again.draw(this.paper, this.y);
      this.y += box.again.height;
    }
    box.draw(this.paper, this.y);
    this.y += box.height;
  }

  /** Opens a page unless one is open: late, so that none stays empty where the kind of page changes. */
  private turn(): void {
    if (this.open) return;
    const { sheet, head, foot } = this.stock;
    this.paper.addPage(sheet);
    head.draw(this.paper);
    this.feet.push(foot);
    this.y = head.height;
    this.open = true;
  }

  private atTop(): boolean {
    return !this.open || this.y === this.stock.head.height;
  }

  private room(): number {
    return this.stock.foot.bodyBottom - this.stock.head.height;
  }

  private fits(height: number): boolean {
    return !this.open || this.y + height <= this.stock.foot.bodyBottom + 0.01;
  }
}

/** Height of a box and of those after it that belong to it; not counted on beyond `most`. */
function heightTogether(boxes: readonly Box[], start: number, most: number): number {
  let height = 0;
  for (let index = start; index < boxes.length && height <= most; index++) {
    const box = boxes[index];
    if (box === undefined) break;
    height += gapAbove(box) + box.height;
    if (box.keep !== true) break;
  }
  return height;
}

function gapAbove(box: Box): number {
  return box.gap ?? 0;
}
