/** Puts boxes on pages from top to bottom, keeping together what belongs together. */
import type { Box } from './box.js';
import type { Head } from './furniture.js';
import type { Paper } from './paper.js';

export class Flow {
  private readonly paper: Paper;
  private readonly head: Head;
  private readonly bottom: number;
  private y = 0;

  /** @param bottom where the body of each page ends */
  constructor(paper: Paper, head: Head, bottom: number) {
    this.paper = paper;
    this.head = head;
    this.bottom = bottom;
    this.turn();
  }

  /** A new page, unless this one is still empty. */
  breakPage(): void {
    if (!this.atTop()) this.turn();
  }

  /** Lays the boxes one under another; a box taller than a page is drawn at the head of its own. */
  place(boxes: readonly Box[]): void {
    let index = 0;
    while (index < boxes.length) {
      const group = groupAt(boxes, index);
      if (!this.fits(heightOf(group)) && heightOf(group) <= this.room()) this.breakPage();
      for (const box of group) this.put(box);
      index += group.length;
    }
  }

  private put(box: Box): void {
    if (!this.fits(gapAbove(box) + box.height)) this.breakPage();
    if (!this.atTop()) this.y += gapAbove(box);
    else if (box.again !== undefined) {
      box.again.draw(this.paper, this.y);
      this.y += box.again.height;
    }
    box.draw(this.paper, this.y);
    this.y += box.height;
  }

  private turn(): void {
    this.paper.addPage();
    this.head.draw(this.paper);
    this.y = this.head.height;
  }

  private atTop(): boolean {
    return this.y === this.head.height;
  }

  private room(): number {
    return this.bottom - this.head.height;
  }

  private fits(height: number): boolean {
    return this.y + height <= this.bottom + 0.01;
  }
}

function groupAt(boxes: readonly Box[], start: number): Box[] {
  let end = start;
  while (boxes[end]?.keep === true && end + 1 < boxes.length) end++;
  return boxes.slice(start, end + 1);
}

function heightOf(boxes: readonly Box[]): number {
  return boxes.reduce((sum, box) => sum + gapAbove(box) + box.height, 0);
}

function gapAbove(box: Box): number {
  return box.gap ?? 0;
}
