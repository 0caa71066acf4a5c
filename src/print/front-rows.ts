/**
 * A table on a front page, without boxes: a rule under each row. Either its rows may go on after the page one by one, or
 * all of them go, and a few words on each stand in their place.
 */
import { columnWidths } from './columns.js';
import type { Piece } from './front-fit.js';
import { drawWords, ledWords, type Setting, type Words, words } from './front-text.js';
import type { Rows, Weight, Zone } from './front-words.js';
import { widestWord } from './lines.js';
import type { Paper } from './paper.js';
import type { Tag } from './tags.js';

const PAD = { side: 4, row: 0.7 } as const;
const MARGIN = 2;
/** So many rows say how wide the columns are. */
const MEASURED = 120;

type Stroke = (paper: Paper, top: number) => void;

/** Some rows of the table, or the few words that stand for it. */
class RowsPiece implements Piece {
  kept = false;
  readonly weight: number;
  readonly row?: object;
  private readonly high: () => number;
  private known: number | undefined;

  constructor(weight: number, high: () => number, table?: object) {
    this.weight = weight;
    this.high = high;
    if (table !== undefined) this.row = table;
  }

  height(): number {
    this.known ??= this.high();
    return this.known;
  }
}

export class FrontRows {
  readonly kind = 'rows';
  readonly pieces: readonly RowsPiece[];
  private readonly rows: Rows;
  private readonly setting: Setting;
  private readonly width: number;
  private readonly cells: (readonly Words[])[] = [];
  private readonly brief: RowsPiece | undefined;
  private widths: readonly number[] | undefined;
  private heads: readonly Words[] | undefined;
  private briefly: Words | undefined;

  constructor(setting: Setting, rows: Rows, width: number) {
    this.setting = setting;
    this.rows = rows;
    this.width = width;
    const each = rows.rows.map((_row, index) => index);
    if (rows.brief === undefined) {
      this.pieces = rows.rows.map(
        ({ weight }, index) => new RowsPiece(weight, () => this.rowHeight(index), this),
      );
      return;
    }
    const weight = Math.min(3, ...rows.rows.map((row) => row.weight)) as Weight;
    this.brief = new RowsPiece(1, () => this.briefWords().height);
    this.pieces = [
      this.brief,
      new RowsPiece(weight, () => each.reduce((sum, i) => sum + this.rowHeight(i), 0)),
    ];
  }

  height(): number {
    const kept = this.kept();
    if (kept.length > 0)
      return kept.reduce((sum, index) => sum + this.rowHeight(index), this.headHeight()) + MARGIN;
    return this.brief?.kept ? this.brief.height() + MARGIN : 0;
  }

  /** How many rows went on, and what is to be said of it where that is not just their number. */
  gone(): { count: number; words?: string } {
    const count = this.rows.rows.length - this.kept().length;
    const { brief, called } = this.rows;
    if (count === 0 || brief === undefined) return { count };
    const name = count === 1 ? called.one : called.many;
    return { count, words: this.brief?.kept ? brief.rest : `all ${count} ${name}` };
  }

  get called(): Rows['called'] {
    return this.rows.called;
  }

  /** The rows that went on, as a table of their own. */
  rest(): Zone['parts'] {
    const kept = new Set(this.kept());
    const rows = this.rows.rows.filter((_row, index) => !kept.has(index));
    return rows.length === 0 ? [] : [{ ...this.rows, rows }];
  }

  place(parent: Tag, left: number): Stroke {
    if (this.kept().length > 0) return this.placeTable(parent, left);
    if (!this.brief?.kept) return () => {};
    const tag = this.setting.bench.paper.tags.add(parent, 'P');
    return (paper, top) => drawWords(paper, tag, this.briefWords(), left, top + MARGIN / 2);
  }

  private placeTable(parent: Tag, left: number): Stroke {
    const { tags } = this.setting.bench.paper;
    const table = tags.add(parent, 'Table');
    const head = tags.add(table, 'TR');
    const scope = { attributes: { O: 'Table', Scope: 'Column' } };
    const headTags = this.titles().map(() => tags.add(head, 'TH', scope));
    const kept = this.kept();
    const rowTags = kept.map(() => {
      const row = tags.add(table, 'TR');
      const first = { attributes: { O: 'Table', Scope: 'Row' } };
      return this.titles().map((_title, column) =>
        column === 0 ? tags.add(row, 'TH', first) : tags.add(row, 'TD'),
      );
    });
    const right = left + this.width;
    return (paper, top) => {
      let y = top + MARGIN / 2;
      const line = (cells: readonly Words[], owners: readonly Tag[], height: number): void => {
        let x = left;
        cells.forEach((cell, column) => {
          const owner = owners[column];
          if (owner !== undefined) drawWords(paper, owner, cell, x, y + PAD.row);
          x += this.columnWidths()[column] ?? 0;
        });
        y += height;
      };
      line(this.titles(), headTags, this.headHeight());
      paper.artifact('Layout', () => paper.strokes([[left, y, right, y]], 0.9, 0));
      kept.forEach((index, place) => {
        line(this.rowCells(index), rowTags[place] ?? [], this.rowHeight(index));
        paper.artifact('Layout', () => paper.strokes([[left, y, right, y]], 0.35, 0.55));
      });
    };
  }

  /** Which rows stand on the page. */
  private kept(): readonly number[] {
    const { rows } = this.rows;
    if (this.brief !== undefined) return this.pieces[1]?.kept ? rows.map((_row, index) => index) : [];
    return rows.flatMap((_row, index) => (this.pieces[index]?.kept ? [index] : []));
  }

  private rowCells(index: number): readonly Words[] {
    this.cells[index] ??= this.layOut(this.rows.rows[index]?.cells ?? [], false);
    return this.cells[index] ?? [];
  }

  private rowHeight(index: number): number {
    return tallest(this.rowCells(index)) + 2 * PAD.row;
  }

  private titles(): readonly Words[] {
    this.heads ??= this.layOut(this.rows.columns, true);
    return this.heads;
  }

  private headHeight(): number {
    return tallest(this.titles()) + 2 * PAD.row;
  }

  private briefWords(): Words {
    const { say } = this.setting.bench;
    this.briefly ??= ledWords(
      (this.rows.brief?.told ?? []).map(({ lead, text }) => ({ lead: say(lead), text: say(text) })),
      this.setting.type.text,
      this.width,
    );
    return this.briefly;
  }

  private layOut(cells: readonly string[], bold: boolean): readonly Words[] {
    return this.columnWidths().map((width, column) =>
      words(
        this.setting.bench.say(cells[column] ?? ''),
        bold || column === 0 ? 'narrow-bold' : 'narrow',
        this.setting.type.rows,
        width - PAD.side,
      ),
    );
  }

  private columnWidths(): readonly number[] {
    this.widths ??= columnWidths(
      this.rows.columns.map((title, column) => {
        const { say } = this.setting.bench;
        const face = column === 0 ? 'narrow-bold' : 'narrow';
        const said = this.rows.rows.slice(0, MEASURED).map(({ cells }) => say(cells[column] ?? ''));
        const most = (parting: RegExp): number =>
          said.reduce(
            (widest, text) => Math.max(widest, widestWord(text, face, this.setting.type.rows.size, parting)),
            widestWord(say(title), 'narrow-bold', this.setting.type.rows.size, / /),
          ) +
          PAD.side +
          0.1;
        return { words: most(/[ \n]/), parted: most(/[ \n\u00a0]/), wanted: most(/\n/) };
      }),
      this.width,
    );
    return this.widths;
  }
}

const tallest = (cells: readonly Words[]): number =>
  cells.reduce((most, { height }) => Math.max(most, height), 0);
