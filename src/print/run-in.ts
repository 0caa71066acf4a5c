/**
 * Running text in more than one face: names in bold run into the answers that follow them. Lines end between words;
 * a word wider than the line is broken as `lines.ts` breaks it.
 */
import type { Face } from './fonts.js';
import { breakLines, type Line, needsShaping, type Run, widthOf } from './lines.js';

/** A stretch of text in one face. Between two pieces stands a space. */
export interface Piece {
  readonly text: string;
  readonly face: Face;
}

/** Breaks pieces into lines no wider than `width`; a line feed in a piece ends the line. */
export function breakPieces(pieces: readonly Piece[], size: number, width: number): Line[] {
  const setter = new Setter(size, width);
  for (const piece of pieces) setter.add(piece);
  return setter.finish();
}

class Setter {
  private readonly lines: Line[] = [];
  private readonly size: number;
  private readonly width: number;
  private runs: Run[] = [];
  private used = 0;
  /** What stands in the line in one face and is not yet a run. */
  private text = '';
  private face: Face = 'regular';
  private afterPiece = false;
  /** True after lines that ended by themselves: a line feed there adds no empty line. */
  private ended = false;

  constructor(size: number, width: number) {
    this.size = size;
    this.width = width;
  }

  add({ text, face }: Piece): void {
    text.split('\n').forEach((paragraph, index) => {
      if (index > 0) this.close(true);
      if (needsShaping(paragraph)) this.addShaped(paragraph, face);
      else this.addPlain(paragraph, face);
    });
    this.afterPiece = true;
  }

  finish(): Line[] {
    this.close(false);
    return this.lines;
  }

  /** Letters that join or run from the right are laid out a line at a time: they have lines of their own. */
  private addShaped(paragraph: string, face: Face): void {
    this.close(false);
    this.lines.push(...breakLines(paragraph, face, this.size, this.width));
    this.ended = true;
  }

  private addPlain(paragraph: string, face: Face): void {
    if (face !== this.face) this.endRun();
    this.face = face;
    let start = 0;
    while (start < paragraph.length) {
      let word = start;
      while (paragraph.charCodeAt(word) === 0x20) word++;
      const space = paragraph.indexOf(' ', word);
      const end = space < 0 ? paragraph.length : space;
      this.addWord(paragraph.slice(word, end), word - start);
      start = end;
    }
  }

  private addWord(word: string, spaces: number): void {
    if (word === '') return;
    this.ended = false;
    const wide = widthOf(word, this.face, this.size);
    const gap = this.isEmpty() ? 0 : Math.max(spaces, this.afterPiece ? 1 : 0);
    this.afterPiece = false;
    const before = ' '.repeat(gap);
    const wanted = (gap === 0 ? 0 : widthOf(before, this.face, this.size)) + wide;
    if (this.used + wanted <= this.width) {
      this.text += before + word;
      this.used += wanted;
      return;
    }
    this.close(false);
    if (wide <= this.width) {
      this.text = word;
      this.used = wide;
      return;
    }
    const parts = breakLines(word, this.face, this.size, this.width);
    const last = parts.pop();
    this.lines.push(...parts);
    this.runs = [...(last?.runs ?? [])];
    this.used = last?.width ?? 0;
  }

  private isEmpty(): boolean {
    return this.text === '' && this.runs.length === 0;
  }

  private endRun(): void {
    if (this.text === '') return;
    const [line] = breakLines(this.text, this.face, this.size, Number.POSITIVE_INFINITY);
    this.runs.push(...(line?.runs ?? []));
    this.text = '';
  }

  /** Ends the line; an empty one is kept only where it was asked for. */
  private close(asked: boolean): void {
    this.endRun();
    if (this.runs.length > 0 || (asked && !this.ended)) {
      const width = this.runs.reduce((sum, run) => sum + run.width, 0);
      this.lines.push({ runs: this.runs, width, fromRight: false });
    }
    this.runs = [];
    this.used = 0;
    if (asked) this.ended = false;
  }
}
