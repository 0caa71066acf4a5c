/**
 * Reads back the PDFs of the press: its text by page with places, enough of ISO 32000-1 for what the press writes and
 * no more. Independent of the code under test.
 */
import { inflateSync } from 'node:zlib';

export interface PlacedText {
  readonly text: string;
  readonly x: number;
  /** From the top of the page. */
  readonly y: number;
  readonly size: number;
  /** The innermost tag, or Artifact. */
  readonly tag: string;
}
export interface ReadPage {
  readonly items: readonly PlacedText[];
  readonly text: string;
}

interface PdfObject {
  readonly head: string;
  readonly stream: Buffer | undefined;
}

/** Pages of a PDF with their text in the order in which it is drawn. */
export function readPdf(pdf: Uint8Array): ReadPage[] {
  const objects = readObjects(pdf);
  const pages = [...objects.values()].find((object) => /\/Type\/Pages\b/.test(object.head));
  return [...(/\/Kids\[([^\]]*)\]/.exec(pages?.head ?? '')?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map((match) =>
    readPage(objects, objects.get(Number(match[1]))?.head ?? ''),
  );
}

/** All that a PDF says that is neither picture nor font, unpacked, for looking words up in it. */
export function plainFile(pdf: Uint8Array): string {
  return [...readObjects(pdf).values()]
    .filter(({ head }) => !head.includes('/Type/ObjStm'))
    .map(({ head, stream }) => (stream === undefined ? head : `${head}\n${stream.toString('latin1')}`))
    .join('\n');
}

/** The dictionaries of all objects without the texts in them: what a reader may act upon. */
export function dictionariesOf(pdf: Uint8Array): string {
  return [...readObjects(pdf).values()]
    .map(({ head }) => head.replace(/\((?:[^\\()]|\\[\s\S])*\)/g, '()'))
    .join('\n');
}

/** The operators of each page. */
export function contentsOf(pdf: Uint8Array): string[] {
  const objects = readObjects(pdf);
  const pages = [...objects.values()].filter((object) => /\/Type\/Page\b/.test(object.head));
  return pages.map(
    ({ head }) =>
      objects.get(Number(/\/Contents (\d+) 0 R/.exec(head)?.[1]))?.stream?.toString('latin1') ?? '',
  );
}

/** All text of all pages without white space, for comparing with what was to be printed. */
export function inkOf(pages: readonly ReadPage[]): string {
  return squeeze(pages.map((page) => page.items.map((item) => item.text).join('')).join(''));
}

export function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** By number. The cross-reference is a stream (ISO 32000-1, 7.5.8), most objects are packed in streams (7.5.7). */
function readObjects(bytes: Uint8Array): Map<number, PdfObject> {
  const pdf = Buffer.from(bytes);
  const start = Number(/startxref\s+(\d+)/.exec(pdf.toString('latin1', pdf.length - 60))?.[1]);
  const rows = readRows(readObject(pdf, start));
  const objects = new Map<number, PdfObject>();
  rows.forEach(([kind, at = 0], id) => {
    if (kind === 1) objects.set(id, readObject(pdf, at));
  });
  const packed = new Map<number, [number, string][]>();
  rows.forEach(([kind, from = 0, index = 0], id) => {
    const stream = objects.get(from);
    if (kind !== 2 || stream === undefined) return;
    if (!packed.has(from)) packed.set(from, unpack(stream));
    const [number, head] = packed.get(from)?.[index] ?? [0, ''];
    if (number !== id) throw new Error(`object ${id} is not where the cross-reference says`);
    objects.set(id, { head, stream: undefined });
  });
  return objects;
}

function readObject(pdf: Buffer, at: number): PdfObject {
  const text = pdf.toString('latin1', at, Math.min(pdf.length, at + 4000));
  const streamAt = text.indexOf('>>\nstream\n');
  if (!/^\d+ 0 obj\n/.test(text) || streamAt === -1) throw new Error(`no object at ${at}`);
  const head = text.slice(0, streamAt + 2);
  const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
  const from = at + streamAt + 10;
  const body = pdf.subarray(from, from + length);
  if (pdf.toString('latin1', from + length, from + length + 11) !== '\nendstream\n')
    throw new Error(`the stream at ${at} has another length`);
  return {
    head,
    stream: head.includes('FlateDecode') && !head.includes('/Image') ? inflateSync(body) : body,
  };
}

/** Kind, place and index of each object; each row is told as its difference from the row above. */
function readRows({ stream = Buffer.alloc(0) }: PdfObject): number[][] {
  const above = new Array<number>(7).fill(0);
  return Array.from({ length: stream.length / 8 }, (_unused, row) => {
    above.forEach((byte, column) => {
      above[column] = (byte + (stream[row * 8 + 1 + column] ?? 0)) & 0xff;
    });
    const bytes = Buffer.from(above);
    return [bytes.readUInt8(0), bytes.readUInt32BE(1), bytes.readUInt16BE(5)];
  });
}

function unpack({ head, stream }: PdfObject): [number, string][] {
  const text = stream?.toString('latin1') ?? '';
  const first = Number(/\/First (\d+)/.exec(head)?.[1]);
  const numbers = text.slice(0, first).trim().split(' ').map(Number);
  return Array.from({ length: numbers.length / 2 }, (_unused, index) => [
    numbers[2 * index] ?? 0,
    text.slice(first + (numbers[2 * index + 1] ?? 0), first + (numbers[2 * index + 3] ?? text.length)),
  ]);
}

function readPage(objects: Map<number, PdfObject>, page: string): ReadPage {
  const reference = (name: string, head: string): PdfObject | undefined =>
    objects.get(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1]));
  const resources = reference('Resources', page)?.head ?? '';
  const fonts = new Map<string, string[]>();
  for (const match of (/\/Font<<([^>]*)>>/.exec(resources)?.[1] ?? '').matchAll(/\/([FG]\d+) (\d+) 0 R/g)) {
    const font = objects.get(Number(match[2]))?.head ?? '';
    fonts.set(match[1] ?? '', readCmap(reference('ToUnicode', font)?.stream?.toString('latin1') ?? ''));
  }
  const height = Number(/\/MediaBox\[0 0 [\d.]+ ([\d.]+)\]/.exec(page)?.[1]);
  const content = reference('Contents', page)?.stream?.toString('latin1') ?? '';
  const items = readContent(content, fonts, height);
  return { items, text: linesOf(items) };
}

/** Letters by code. */
function readCmap(cmap: string): string[] {
  const letters: string[] = [];
  for (const [, code = '', text = ''] of cmap.matchAll(/<([0-9a-f]{2,4})> <([0-9a-f]*)>/g)) {
    if (text.length === code.length && /^(00|ff)+$/.test(code)) continue;
    letters[Number.parseInt(code, 16)] = Buffer.from(text, 'hex').swap16().toString('utf16le');
  }
  return letters;
}

/** Text that goes on where other text ended belongs to it. */
function readContent(content: string, fonts: Map<string, string[]>, height: number): PlacedText[] {
  const items: PlacedText[] = [];
  const tags: string[] = [];
  let [font, size, x, y] = ['', 0, 0, 0];
  let [scale, placed] = [1, false];
  for (const line of content.split('\n')) {
    const begin = /^\/(\w+)<<.*>>BDC$/.exec(line);
    if (begin !== null) tags.push(begin[1] ?? '');
    if (line === 'EMC') tags.pop();
    const scaled = /^([\d.]+) 0 0 \1 0 0 cm$/.exec(line);
    if (scaled !== null) scale = Number(scaled[1]);
    const chosen = /^\/([FG]\d+) ([\d.]+) Tf$/.exec(line);
    if (chosen !== null) [font, size] = [chosen[1] ?? '', Number(chosen[2])];
    const moved = /^(?:BT|1 0 0 1) (-?[\d.]+) (-?[\d.]+) T[dm]/.exec(line);
    if (moved !== null) [x, y, placed] = [Number(moved[1]), height / scale - Number(moved[2]), true];
    const shown = /(?:^|Tm )(<[0-9a-f]*>|\(.*\)) Tj$/.exec(line);
    if (shown === null) continue;
    const text = decode(shown[1] ?? '', fonts.get(font) ?? []);
    const last = items.at(-1);
    if (placed || last === undefined) items.push({ text, x, y, size, tag: tags.at(-1) ?? 'NONE' });
    else items[items.length - 1] = { ...last, text: last.text + text };
    placed = false;
  }
  return items;
}

function decode(operand: string, letters: readonly string[]): string {
  const codes = operand.startsWith('<')
    ? (operand.match(/[0-9a-f]{4}/g) ?? []).map((code) => Number.parseInt(code, 16))
    : Array.from(operand.slice(1, -1).replace(/\\(.)/g, '$1'), (byte) => byte.charCodeAt(0));
  return codes.map((code) => letters[code] ?? '\ufffd').join('');
}

function linesOf(items: readonly PlacedText[]): string {
  let last: PlacedText | undefined;
  let out = '';
  for (const item of items) {
    if (last !== undefined) out += Math.abs(item.y - last.y) < 0.5 ? (item.x > last.x ? ' ' : '') : '\n';
    out += item.text;
    last = item;
  }
  return out;
}
