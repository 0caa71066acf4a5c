/** Which of its many small files the Chinese typeface has a character in. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type HanFace = `han-${string}`;

const PACKAGE = '@fontsource/chocolate-classical-sans';

/** True in the blocks of Chinese characters, their punctuation and full-width forms. */
export function isHan(codePoint: number): boolean {
  return (
    (codePoint >= 0x2e80 && codePoint <= 0x9fff) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0xfe30 && codePoint <= 0xfe4f) ||
    (codePoint >= 0xff00 && codePoint <= 0xffef) ||
    (codePoint >= 0x20000 && codePoint <= 0x3ffff)
  );
}

export function isHanFace(face: string): face is HanFace {
  return face.startsWith('han-');
}

let index: Map<number, HanFace> | undefined;

/** The face that may hold a Chinese character. */
export function hanFace(codePoint: number): HanFace | undefined {
  index ??= readIndex();
  return index.get(codePoint);
}

/** The file of a face, by the name of its package. */
export function hanFile(face: HanFace): string {
  return `${PACKAGE}/files/chocolate-classical-sans-${face.slice(4)}-400-normal.woff`;
}

/** The package says of each file, by its number in brackets, which characters it is for. */
function readIndex(): Map<number, HanFace> {
  const file = createRequire(import.meta.url).resolve(`${PACKAGE}/unicode.json`);
  const ranges = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const found = new Map<number, HanFace>();
  for (const [name, list] of Object.entries(ranges)) {
    const number = /^\[(\d+)\]$/.exec(name)?.[1];
    if (number === undefined) continue;
    for (const range of list.split(',')) {
      const [from = 0, to = from] = range
        .slice(2)
        .split('-')
        .map((part) => Number.parseInt(part, 16));
      for (let codePoint = from; codePoint <= to; codePoint++)
        if (isHan(codePoint)) found.set(codePoint, `han-${number}`);
    }
  }
  return found;
}
