/**
 * Running text in more than one face: names in bold run into the answers that follow them. Lines end between words;
 * a word wider than the line is broken as `lines.ts` breaks it.
 */
import type { Face } from './fonts.js';
import { breakLines, type Line, needsShaping, quickWidth, type Run, widthOf } from './lines.js';

const SPACE = 0x20;

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
  private textWidth = 0;
  private face: Face = 'regular';
  /** False when the text has letters that must be looked for in other faces. */
  private core = true;
  private afterPiece = false;
  /** True after lines that ended by themselves: a line feed there adds no empty line. */
  private ended = false;

  constructor(size: number, width: number) {
    this.size = size;
    this.width = width;
  }

  add({ text, face }: Piece): void {
    if (text.includes('\n')) {
      text.split('\n').forEach((paragraph, index) => {
        if (index > 0) this.close(true);
        this.addParagraph(paragraph, face);
      });
    } else this.addParagraph(text, face);
    this.afterPiece = true;
  }

  finish(): Line[] {
    this.close(false);
    return this.lines;
  }

  private addParagraph(paragraph: string, face: Face): void {
    if (paragraph === '') return;
    const quick = quickWidth(paragraph, face);
    if (quick < 0 && needsShaping(paragraph)) {
      this.addShaped(paragraph, face);
      return;
    }
    if (face !== this.face || quick < 0 === this.core) this.endRun();
    this.face = face;
    this.core = quick >= 0;
    if (this.core && paragraph.charCodeAt(0) !== SPACE && this.takes(paragraph, (quick * this.size) / 1000))
      return;
    this.addWords(paragraph);
  }

  /** Letters that join or run from the right are laid out a line at a time: they have lines of their own. */
  private addShaped(paragraph: string, face: Face): void {
    this.close(false);
    for (const line of breakLines(paragraph, face, this.size, this.width)) this.lines.push(line);
    this.ended = true;
  }

  private addWords(paragraph: string): void {
    let start = 0;
    while (start < paragraph.length) {
      let word = start;
      while (paragraph.charCodeAt(word) === SPACE) word++;
      const space = paragraph.indexOf(' ', word);
      const end = space < 0 ? paragraph.length : space;
      if (end > word) this.addWord(paragraph.slice(word, end), word - start);
      start = end;
    }
  }

  private addWord(word: string, spaces: number): void {
    const wide = widthOf(word, this.face, this.size);
    if (this.takes(word, wide, spaces)) return;
    this.close(false);
    if (this.takes(word, wide)) return;
    const parts = breakLines(word, this.face, this.size, this.width);
    const last = parts.pop();
    for (const part of parts) this.lines.push(part);
    this.runs = [...(last?.runs ?? [])];
    this.used = last?.width ?? 0;
    this.ended = false;
  }

  /** Puts a stretch of text on the line where it fits, with the spaces before it. */
  private takes(text: string, wide: number, spaces = 0): boolean {
    const isFirst = this.text === '' && this.runs.length === 0;
    const gap = isFirst ? 0 : Math.max(spaces, this.afterPiece ? 1 : 0);
    const wanted = gap === 0 ? wide : wide + gap * widthOf(' ', this.face, this.size);
    if (this.used + wanted > this.width) return false;
    this.text += gap === 0 ? text : ' '.repeat(gap) + text;
    this.textWidth += wanted;
    this.used += wanted;
    this.afterPiece = false;
    this.ended = false;
    return true;
  }

  private endRun(): void {
    const { text, face } = this;
    if (text === '') return;
    if (this.core) this.runs.push({ face, text, width: this.textWidth, core: true });
    else this.runs.push(...(breakLines(text, face, this.size, Number.POSITIVE_INFINITY)[0]?.runs ?? []));
    this.text = '';
    this.textWidth = 0;
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
