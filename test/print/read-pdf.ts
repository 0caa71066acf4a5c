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
  const objects = readObjects(Buffer.from(pdf));
  const pages = [...objects.values()].find((object) => /\/Type \/Pages\b/.test(object.head));
  return [...(/\/Kids \[([^\]]*)\]/.exec(pages?.head ?? '')?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map((match) =>
    readPage(objects, objects.get(Number(match[1]))?.head ?? ''),
  );
}

/** All text of all pages without white space, for comparing with what was to be printed. */
export function inkOf(pages: readonly ReadPage[]): string {
  return squeeze(pages.map((page) => page.items.map((item) => item.text).join('')).join(''));
}

export function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

function readObjects(pdf: Buffer): Map<number, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<number, PdfObject>();
  const start = Number(/startxref\s+(\d+)/.exec(text.slice(-60))?.[1]);
  for (const match of text.slice(start).matchAll(/(\d{10}) \d{5} n/g)) {
    const at = Number(match[1]);
    const id = Number(text.slice(at, at + 12).match(/^\d+/)?.[0]);
    const end = text.indexOf('endobj', at);
    const streamAt = text.indexOf('stream\n', at);
    if (streamAt === -1 || streamAt > end) {
      objects.set(id, { head: text.slice(at, end), stream: undefined });
      continue;
    }
    const head = text.slice(at, streamAt);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
    const body = pdf.subarray(streamAt + 7, streamAt + 7 + length);
    objects.set(id, {
      head,
      stream: head.includes('FlateDecode') && !head.includes('/Image') ? inflateSync(body) : body,
    });
  }
  return objects;
}

function readPage(objects: Map<number, PdfObject>, page: string): ReadPage {
  const reference = (name: string, head: string): PdfObject | undefined =>
    objects.get(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1]));
  const resources = reference('Resources', page)?.head ?? '';
  const fonts = new Map<string, string[]>();
  for (const match of (/\/Font <<([^>]*)>>/.exec(resources)?.[1] ?? '').matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const font = objects.get(Number(match[2]))?.head ?? '';
    fonts.set(match[1] ?? '', readCmap(reference('ToUnicode', font)?.stream?.toString('latin1') ?? ''));
  }
  const content = reference('Contents', page)?.stream?.toString('latin1') ?? '';
  const items = readContent(content, fonts);
  return { items, text: linesOf(items) };
}

/** Letters by code. */
function readCmap(cmap: string): string[] {
  const letters: string[] = [];
  for (const range of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    let code = Number.parseInt(range[1] ?? '', 16);
    for (const entry of (range[2] ?? '').matchAll(/<([0-9a-f ]*)>/g)) {
      letters[code] = Buffer.from((entry[1] ?? '').replaceAll(' ', ''), 'hex')
        .swap16()
        .toString('utf16le');
      code++;
    }
  }
  return letters;
}

function readContent(content: string, fonts: Map<string, string[]>): PlacedText[] {
  const items: PlacedText[] = [];
  const tags: string[] = [];
  let [font, size, x, y] = ['', 0, 0, 0];
  for (const line of content.split('\n')) {
    const begin = /^\/(\w+) <<.*>> BDC$/.exec(line);
    if (begin !== null) tags.push(begin[1] ?? '');
    if (line === 'EMC') tags.pop();
    const chosen = /\/(F\d+) ([\d.]+) Tf/.exec(line);
    if (chosen !== null) [font, size] = [chosen[1] ?? '', Number(chosen[2])];
    const shown = /1 0 0 -1 (-?[\d.]+) (-?[\d.]+) Tm <([0-9a-f]*)> Tj/.exec(line);
    if (shown === null) continue;
    [x, y] = [Number(shown[1]), Number(shown[2])];
    const letters = fonts.get(font) ?? [];
    const text = (shown[3] ?? '').replace(
      /[0-9a-f]{4}/g,
      (code) => letters[Number.parseInt(code, 16)] ?? '\ufffd',
    );
    items.push({ text, x, y, size, tag: tags.at(-1) ?? 'NONE' });
  }
  return items;
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
