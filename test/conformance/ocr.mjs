/**
 * Page one as a bad printer and a tired eye have it: drawn in grey at 75 dots an inch, every word of the safety strip
 * of every fixture is read back by a program that reads pictures (tesseract). It is made for 300 dots an inch, so the
 * picture is enlarged for it; that adds nothing to what is in the picture. Needs poppler and tesseract.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from '../../dist/print/render.js';
import { fixtures, make } from '../../scripts/fixtures.mjs';
import { run, temporary, together } from './support/programs.mjs';
import { check, end, part } from './support/tally.mjs';

const DOTS_AN_INCH = 75;
const ENLARGED = 4;
/** How tesseract is to look at the page: for text wherever it stands, in whatever order. */
const COLUMNS_BESIDE_EACH_OTHER = '11';
const AT_ONCE = 2;
const folder = temporary('ocr');

/** What stands under the heading of the safety strip, up to the next heading of its level. */
function stripOf({ texts }) {
  const said = texts.filter(({ page, tag }) => page === 0 && tag !== 'Artifact');
  const start = said.findIndex(({ tag, text }) => tag === 'H2' && text === 'SAFETY');
  const rest = said.slice(start + 1);
  const stop = rest.findIndex(({ tag }) => tag === 'H2');
  return start === -1 ? [] : rest.slice(0, stop === -1 ? rest.length : stop);
}

/** Letters and figures alone; those that look alike (I, l and 1, O and 0, S and 5) are one: programs mix them up. */
const bare = (text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[il1!|]/g, 'i')
    .replace(/[o0]/g, 'o')
    .replace(/[s5]/g, 's')
    .replace(/[^\p{L}\p{N}]+/gu, '');

const wordsOf = (text) =>
  text
    .split(/[\s\u00a0]+/)
    .map(bare)
    .filter((word) => word !== '');

for (const fixture of fixtures()) {
  await part(fixture.name, async () => {
    await together([...(await make(fixture)).entries()], AT_ONCE, async ([index, { printed, drawn }]) => {
      const name = `${fixture.name}, version ${index + 1}`;
      const file = join(folder, `${fixture.name}-${index + 1}`);
      writeFileSync(`${file}.pdf`, (await render(printed)).pdf);
      const drawing = ['-r', String(DOTS_AN_INCH), '-gray', '-f', '1', '-l', '1', '-singlefile'];
      await run('pdftoppm', [...drawing, `${file}.pdf`, file]);
      writeFileSync(`${file}-large.pgm`, enlarge(readFileSync(`${file}.pgm`), ENLARGED));
      const dots = String(DOTS_AN_INCH * ENLARGED);
      const { out } = await run(
        'tesseract',
        [`${file}-large.pgm`, '-', '--dpi', dots, '--psm', COLUMNS_BESIDE_EACH_OTHER],
        {
          env: { ...process.env, OMP_THREAD_LIMIT: '1' },
        },
      );
      const read = bare(out);
      const strip = stripOf(drawn).map(({ text }) => text);
      check(strip.length > 0, `${name}: there is a safety strip`);
      const unread = strip.flatMap(wordsOf).filter((word) => !read.includes(word));
      check(unread.length === 0, `${name}: every word of the safety strip is read`, unread.join(' '));
    });
  });
}
end();

/** A picture of greys (PGM, P5) so many times as large, between its dots a smooth curve (Catmull-Rom). */
function enlarge(picture, times) {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.toString('latin1', 0, 60));
  if (head === null) throw new Error('not a picture of greys');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const wide = stretch(picture.subarray(head[0].length), width, height, times, 1, width);
  const high = stretch(wide, height, width * times, times, width * times, 1);
  return Buffer.concat([Buffer.from(`P5\n${width * times} ${height * times}\n255\n`, 'latin1'), high]);
}

/** Stretches `lines` lines of `length` dots; dots lie `step` apart and lines `apart` in what is read. */
function stretch(dots, length, lines, times, step, apart) {
  const across = step === 1;
  const out = new Uint8Array(length * times * lines);
  for (let line = 0; line < lines; line++) {
    const at = (index) => dots[line * apart + Math.min(length - 1, Math.max(0, index)) * step];
    for (let index = 0; index < length * times; index++) {
      const place = (index + 0.5) / times - 0.5;
      const before = Math.floor(place);
      const value = curve(at(before - 1), at(before), at(before + 1), at(before + 2), place - before);
      out[across ? line * length * times + index : index * lines + line] = Math.min(255, Math.max(0, value));
    }
  }
  return out;
}

function curve(a, b, c, d, t) {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
