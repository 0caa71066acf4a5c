/**
 * A table on a front page, without boxes: a rule under each row. Either its rows may go on after the page one by one, or
 * all of them go, and a few words on each stand in their place.
 */
import { columnWidths } from './columns.js';
import { Piece } from './front-fit.js';
import { drawWords, type Setting, type Words, words } from './front-text.js';
import type { Rows, Weight, Zone } from './front-words.js';
import { widestWord, widthOf } from './lines.js';
import type { Paper } from './paper.js';
import type { Tag } from './tags.js';

const PAD = { side: 4, row: 0.7, brief: 0.4 } as const;
const MARGIN = 2;
const GUTTER = 12;
/** More rows than this are counted. */
const MOST_SHORT = 5;
/** So many rows say how wide the columns are. */
const MEASURED = 120;

type Stroke = (paper: Paper, top: number) => void;

/** Some rows of the table, or the few words that stand for it. */
class RowsPiece extends Piece {
  private readonly high: () => number;
  private known: number | undefined;

  constructor(weight: number, changed: () => void, high: () => number, table?: object) {
    super(weight, changed, table);
    this.high = high;
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
  private briefly: readonly (readonly Words[])[] | undefined;

  constructor(setting: Setting, rows: Rows, width: number, changed: () => void) {
    this.setting = setting;
    this.rows = rows;
    this.width = width;
    const each = rows.rows.map((_row, index) => index);
    if (rows.brief === undefined) {
      this.pieces = rows.rows.map(
        ({ weight }, index) => new RowsPiece(weight, changed, () => this.rowHeight(index), this),
      );
      return;
    }
    const weight = Math.min(3, ...rows.rows.map((row) => row.weight)) as Weight;
    this.brief = new RowsPiece(1, changed, () =>
      this.briefRows().reduce((sum, row) => sum + briefHeight(row), 0),
    );
    this.pieces = [
      this.brief,
      new RowsPiece(weight, changed, () => each.reduce((sum, i) => sum + this.rowHeight(i), 0)),
    ];
  }

  height(): number {
    const kept = this.kept();
    if (kept.length > 0)
      return kept.reduce((sum, index) => sum + this.rowHeight(index), this.headHeight()) + MARGIN;
    return this.brief?.kept ? this.brief.height() + MARGIN : 0;
  }

  /** How many rows went on, and what is to be said of them where that is not just their number. */
  gone(): { count: number; words?: string } {
    const kept = new Set(this.kept());
    const left = this.rows.rows.filter((_row, index) => !kept.has(index));
    const count = left.length;
    const { brief, called } = this.rows;
    if (count === 0) return { count };
    const name = count === 1 ? called.one : called.many;
    if (brief !== undefined) return { count, words: this.brief?.kept ? brief.rest : `all ${count} ${name}` };
    const shorts = left.flatMap(({ short }) => (short === undefined ? [] : [short]));
    if (shorts.length === 0 || shorts.length > MOST_SHORT) return { count };
    return { count, words: `${shorts.join('; ')}: ${count} ${name}` };
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
    return this.placeBrief(parent, left);
  }

  /** Two rows of the table beside each other, each with its head and one cell. */
  private placeBrief(parent: Tag, left: number): Stroke {
    const { tags } = this.setting.bench.paper;
    const table = tags.add(parent, 'Table');
    const first = { attributes: { O: 'Table', Scope: 'Row' } };
    const rows = this.briefRows().map((cells) => {
      const row = tags.add(table, 'TR');
      const cell = cells.length < 4 ? { attributes: { O: 'Table', ColSpan: 3 } } : {};
      const owners = cells.map((_cell, i) =>
        i % 2 === 0 ? tags.add(row, 'TH', first) : tags.add(row, 'TD', cell),
      );
      return { cells, owners, height: briefHeight(cells) };
    });
    const edges = [0, this.half() - this.said(), this.half() + GUTTER, this.width - this.said()];
    return (paper, top) => {
      let y = top + MARGIN / 2;
      for (const { cells, owners, height } of rows) {
        cells.forEach((cell, column) => {
          const owner = owners[column];
          if (owner !== undefined) drawWords(paper, owner, cell, left + (edges[column] ?? 0), y + PAD.brief);
        });
        y += height;
        const under = y;
        paper.artifact('Layout', () => paper.strokes([[left, under, left + this.width, under]], 0.35, 0.55));
      }
    };
  }

  private half(): number {
    return (this.width - GUTTER) / 2;
  }

  /** Width of what is said of each. */
  private said(): number {
    const { bench, type } = this.setting;
    const texts = (this.rows.brief?.told ?? []).slice(0, MEASURED).map(({ text }) => bench.say(text));
    const widest = texts.reduce(
      (most, text) => Math.max(most, widthOf(text, 'narrow-bold', type.rows.size)),
      0,
    );
    return Math.min(widest + 0.5, this.half() * 0.5);
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

  private briefRows(): readonly (readonly Words[])[] {
    if (this.briefly !== undefined) return this.briefly;
    const { bench, type } = this.setting;
    const said = this.said();
    const head = this.half() - said - PAD.side;
    const cells = (this.rows.brief?.told ?? []).map(({ lead, text }) => [
      words(bench.say(lead), 'narrow', type.rows, head),
      words(bench.say(text), 'narrow-bold', type.rows, said),
    ]);
    const rows: Words[][] = [];
    for (let index = 0; index < cells.length; index += 2)
      rows.push([...(cells[index] ?? []), ...(cells[index + 1] ?? [])]);
    this.briefly = rows;
    return rows;
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
        const most = (parting: RegExp, heading: RegExp): number =>
          said.reduce(
            (widest, text) => Math.max(widest, widestWord(text, face, this.setting.type.rows.size, parting)),
            widestWord(say(title), 'narrow-bold', this.setting.type.rows.size, heading),
          ) +
          PAD.side +
          0.1;
        return {
          words: most(/[ \n]/, / /),
          parted: most(/[ \n\u00a0]/, / /),
          wanted: most(/\n/, /\n/),
        };
      }),
      this.width,
    );
    return this.widths;
  }
}

const briefHeight = (cells: readonly Words[]): number => tallest(cells) + 2 * PAD.brief;

const tallest = (cells: readonly Words[]): number =>
  cells.reduce((most, { height }) => Math.max(most, height), 0);
