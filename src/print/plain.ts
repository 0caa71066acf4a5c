/**
 * The layout of last resort: every word of a document in lines of one width. It is drawn by pdfkit alone
 * (`plain-pdf.ts`) and shares neither line breaking nor tags nor file with the full layout, so that what broke the full
 * layout does not break this one.
 */
import { attachmentsIn } from './foreign/leave-out.js';
import { notPrinted } from './foreign/unfold.js';
import { asBlocks } from './front-words.js';
import { glue } from './glue.js';
import { openPlain } from './plain-pdf.js';
import type { Block, ChartBlock, Column, FactRow, Furniture, PrintDocument, Printed } from './press.js';

const WIDTH = 84;
const RULE = '-'.repeat(WIDTH);
const LINES = 62;
const NOTICE =
  'PLAIN TEXT ONLY: the full layout of this document failed. All its words are here; its pictures are not.';
/** A longer head is printed once, not on each page. */
const LONGEST_HEAD = 16;

const TONES = {
  plain: '',
  attention: 'ATTENTION: ',
  danger: 'WARNING: ',
  'own-words': 'IN THEIR OWN WORDS: ',
} as const;

/**
 * Prints the document as plain text.
 * @param failure why the full layout was not to be had
 */
export function printPlain(document: PrintDocument, failure: NonNullable<Printed['failure']>): Printed {
  const missing = new Set<string>();
  const paper = openPlain(document.furniture);
  const wrap = (text: string): string[] => wrapped(text, (line) => paper.encodable(line, missing));
  const head = headOf(document.furniture).flatMap(wrap);
  const foot = wrap(document.furniture.footer);
  const long = head.length + foot.length > LONGEST_HEAD;
  const repeated = long ? [NOTICE, 'The head of these pages is long: it stands in full on page 1.'] : head;
  const paragraphs = document.blocks.flatMap((block) => wordsOf(block, document.furniture.address)).map(wrap);
  const pages = paginate(
    long ? [head, foot, [''], ...paragraphs] : paragraphs,
    LINES - repeated.length - (long ? 0 : foot.length) - 3,
  );
  pages.forEach((page, index) => {
    const end = [...(long ? [] : foot), `Page ${index + 1} of ${pages.length}`];
    paper.addPage([...repeated, RULE], page, [RULE, ...end]);
  });
  return {
    pdf: paper.finish(),
    pages: pages.length,
    missingCharacters: [...missing].sort(),
    plain: true,
    failure,
    leftOut: attachmentsIn(document).map((attachment) => ({
      attachment,
      reason: 'plain text holds no pictures',
    })),
  };
}

function headOf(furniture: Furniture): string[] {
  return [
    NOTICE,
    ...(furniture.watermark === undefined ? [] : [`*** ${furniture.watermark} ***`]),
    ...furniture.header,
  ];
}

function wordsOf(block: Block, address: string | undefined): string[] {
  switch (block.kind) {
    case 'heading':
      return [
        '',
        block.text,
        (block.level === 1 ? '=' : '-').repeat(Math.min(WIDTH, Math.max(1, block.text.length))),
      ];
    case 'paragraph':
      return [`${TONES[block.tone ?? 'plain']}${block.text}`, ''];
    case 'banner':
      return ['', `### ${TONES[block.tone]}${block.title}`, ...block.lines.map((line) => `### ${line}`), ''];
    case 'fields':
      return [...block.fields.map((field) => `${field.label}: ${field.value}`), ''];
    case 'facts':
      return [...block.rows.flatMap(factWords), ''];
    case 'list':
      return [...block.items.map((item) => `* ${item}`), ''];
    case 'table':
      return ['', block.caption, ...block.rows.flatMap((row) => rowWords(block.columns, row)), ''];
    case 'chart':
      return ['', block.caption, ...(block.key ?? []).flatMap(factWords), ...chartWords(block), ''];
    case 'foreign-pages':
    case 'attached-picture':
      return [
        '',
        block.title,
        ...block.lines,
        notPrinted('plain text holds no pictures and no pages of others'),
        '',
      ];
    case 'image':
      return [`PICTURE NOT PRINTED IN PLAIN TEXT: ${block.alt}`, ''];
    case 'qr':
      return address === undefined ? [] : [block.text, address, ''];
    case 'front':
      return asBlocks(block).flatMap((inner) => wordsOf(inner, address));
    case 'page-break':
      return [''];
  }
}

/** A subject, and below it a line for each of its answers. */
const factWords = ({ head, facts }: FactRow): string[] => [
  ...(head === '' ? [] : [head]),
  ...facts.map(({ label, value }) => (label === '' ? `  ${value}` : `  ${label}: ${value}`)),
];

/** A row as one line a cell, each with the title of its column: a grid of letters would lose its columns here. */
function rowWords(columns: readonly Column[], row: readonly string[]): string[] {
  const cellWords = (cell: string, { title, tick }: Column = { title: '', share: 1 }): string =>
    `${title}: ${tick && cell === '' ? '[ ] not ticked' : cell}`;
  return ['', ...row.map((cell, index) => cellWords(cell, columns[index]))];
}

/** Each row as its head with every cell under the title of its column. */
function chartWords({ sections, columns }: ChartBlock): string[] {
  return sections.flatMap(({ title, groups }) => [
    ...(title === undefined ? [] : ['', `== ${title}`]),
    ...groups.flatMap(({ name, text, rows }) => [
      '',
      name,
      ...(text === '' ? [] : [text]),
      ...rows.map(({ head, cells }) => {
        const said = cells.map((cell, index) => `${columns[index] ?? ''}: ${cell}`.replaceAll('\n', ', '));
        return `${head} | ${said.join(' | ')}`;
      }),
    ]),
  ]);
}

function wrapped(text: string, encodable: (line: string) => string): string[] {
  return text.split(/\r\n|[\r\n\u2028\u2029]/).flatMap((line) => wrapLine(encodable(glue(line))));
}

function wrapLine(line: string): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > WIDTH) {
    const space = rest.lastIndexOf(' ', WIDTH);
    const end = space > 0 ? space : WIDTH;
    lines.push(rest.slice(0, end));
    rest = rest.slice(space > 0 ? end + 1 : end);
  }
  return [...lines, rest];
}

/** Pages, each with its paragraphs as far as they stand on it. */
function paginate(paragraphs: readonly (readonly string[])[], perPage: number): string[][][] {
  const pages: string[][][] = [[]];
  let left = perPage;
  for (const lines of paragraphs) {
    for (let start = 0; start < lines.length; ) {
      if (left === 0) {
        pages.push([]);
        left = perPage;
      }
      const part = lines.slice(start, start + left);
      pages.at(-1)?.push(part);
      start += part.length;
      left -= part.length;
    }
  }
  return pages;
}
