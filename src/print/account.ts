/** Keeps account of what was drawn where, for those who prove the layout and not for those who print. */
import type { Sheet } from './box.js';
import type { Line } from './lines.js';
import type { Drawn } from './press.js';
import type { Tag } from './tags.js';

/** In points of the layout, from the top left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class Account {
  readonly drawn: Drawn = { pages: [], texts: [], surfaces: [] };
  private readonly scales: number[] = [];
  private readonly elements = new Map<Tag, number>();
  private page = 0;

  addPage({ width, height, left, scale }: Sheet): void {
    this.drawn.pages.push({ width: width * scale, height: height * scale, margin: left * scale });
    this.scales.push(scale);
  }

  turnTo(page: number): void {
    this.page = page;
  }

  text(
    line: Line,
    place: { x: number; baseline: number; size: number; grey: number },
    tag: Tag | undefined,
  ): void {
    const { page, scale } = this;
    this.drawn.texts.push({
      page,
      text: line.actual ?? line.runs.map((run) => run.text).join(''),
      x: place.x * scale,
      baseline: place.baseline * scale,
      width: line.width * scale,
      size: place.size * scale,
      grey: place.grey,
      tag: tag?.name ?? 'Artifact',
      ...(tag === undefined ? {} : { element: this.element(tag) }),
      ...(tag?.part === undefined ? {} : { part: tag.part }),
    });
  }

  surface({ x, y, width, height }: Rectangle, grey: number): void {
    const { page, scale } = this;
    const place = { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
    this.drawn.surfaces.push({ page, ...place, grey });
  }

  private get scale(): number {
    return this.scales[this.page] ?? 1;
  }

  private element(tag: Tag): number {
    const known = this.elements.get(tag);
    if (known !== undefined) return known;
    const next = this.elements.size;
    this.elements.set(tag, next);
    return next;
  }
}
