/**
 * A table whose columns cannot stand beside each other, as in large print: each row as a record of its own, every
 * answer beside the title of its column. Cells without an answer are left out unless they are there to be written in.
 */
import type { Bench } from './bench.js';
import { type Box, baseline, TYPE } from './box.js';
import { layOutFields } from './fields.js';
import { breakLines } from './lines.js';
import type { Block, Field } from './press.js';

type Table = Extract<Block, { kind: 'table' }>;

const NOT_TICKED = '\u2610 not ticked';
/** Between two records. */
const APART = 8;

/** Boxes for a table as records. */
export function layOutRecords(bench: Bench, table: Table): Box[] {
  const records = table.rows.map((row) => fieldsOf(row, table)).filter((fields) => fields.length > 0);
  return [
    ...captionBoxes(bench, bench.say(table.caption)),
    ...records.flatMap((fields, index) => {
      const [first, ...rest] = layOutFields(bench, fields);
      if (first === undefined) return [];
      return [index === 0 ? first : { ...first, gap: APART }, ...rest];
    }),
  ];
}

function fieldsOf(row: readonly string[], { columns, toWriteIn }: Table): Field[] {
  const last = columns.length - 1;
  return columns.flatMap(({ title, tick }, index): Field[] => {
    const value = index === last ? row.slice(last).join('\n') : (row[index] ?? '');
    if (value !== '') return [{ label: title, value }];
    if (tick === true) return [{ label: title, value: NOT_TICKED }];
    return toWriteIn === true ? [{ label: title, value: '\n' }] : [];
  });
}

function captionBoxes({ paper, sheet }: Bench, caption: string): Box[] {
  if (caption === '') return [];
  const tag = paper.tags.add(paper.tags.root, 'P');
  return breakLines(caption, 'bold', TYPE.body.size, sheet.body).map((line, index) => ({
    height: TYPE.body.leading,
    gap: index === 0 ? 6 : 0,
    keep: true,
    draw(page, top) {
      page.tagged(tag, () =>
        page.line(
          line,
          line.fromRight ? sheet.right - line.width : sheet.left,
          baseline(top, TYPE.body),
          TYPE.body.size,
        ),
      );
    },
  }));
}
