/**
 * What holds of every page, whatever stands on it, told from the press's own account of what it drew where: no two texts
 * lie on each other, nothing stands outside the margins or in the foot, no heading stands last on its page, letters are
 * large and dark enough to be read in a corridor at night.
 */
import type { Drawn, DrawnText } from '#src/print/press.js';

/** How far letters reach above and below the line that they stand on, in parts of their size. */
const REACH = { above: 0.74, below: 0.22 };
/** Letters may touch by a hair where a line is set close. */
const TOUCH = 0.3;
const ROUNDING = 0.6;
/** Smallest letters in points: running text, and in grids and at the head and foot of the page. */
const SMALLEST = { text: 10, grid: 9 };
const GRID = new Set(['TD', 'TH', 'Caption', 'Artifact']);
/** WCAG 2.2, 1.4.6, level AAA. */
const CONTRAST = 7;
const PAGE_NUMBER = /^Page \d+ of \d+$/;

/** @returns in words every place where a law is broken; for large print the letters are so many times larger */
export function layoutFaults(drawn: Drawn, large = 1): string[] {
  return drawn.pages.flatMap((page, number) => {
    const texts = drawn.texts.filter((text) => text.page === number && text.text.trim() !== '');
    const surfaces = drawn.surfaces.filter((surface) => surface.page === number);
    const body = texts.filter((text) => text.tag !== 'Artifact');
    return [
      ...overlaps(texts),
      ...texts.filter((text) => outside(text, page)).map((text) => `outside the margins: ${text.text}`),
      ...inTheFoot(texts, body),
      ...orphans(body),
      ...texts
        .filter((text) => text.size < (GRID.has(text.tag) ? SMALLEST.grid : SMALLEST.text) * large - 0.01)
        .map((text) => `${text.size} points in ${text.tag}: ${text.text}`),
      ...texts
        .filter((text) => contrast(text.grey, groundOf(text, surfaces)) < CONTRAST)
        .map((text) => `grey ${text.grey} on ${groundOf(text, surfaces)}: ${text.text}`),
    ].map((fault) => `page ${number + 1}: ${fault}`);
  });
}

const topOf = (text: DrawnText): number => text.baseline - REACH.above * text.size;
const bottomOf = (text: DrawnText): number => text.baseline + REACH.below * text.size;

function overlaps(texts: readonly DrawnText[]): string[] {
  const down = [...texts].sort((a, b) => topOf(a) - topOf(b));
  return down.flatMap((one, index) => {
    const faults: string[] = [];
    for (let next = index + 1; next < down.length; next++) {
      const other = down[next];
      if (other === undefined || topOf(other) > bottomOf(one) - TOUCH) break;
      const beside = other.x > one.x + one.width - TOUCH || one.x > other.x + other.width - TOUCH;
      if (!beside) faults.push(`"${one.text}" lies on "${other.text}"`);
    }
    return faults;
  });
}

function outside(text: DrawnText, page: Drawn['pages'][number]): boolean {
  return (
    text.x < page.margin - ROUNDING ||
    text.x + text.width > page.width - page.margin + ROUNDING ||
    topOf(text) < 18 ||
    bottomOf(text) > page.height - 18
  );
}

function inTheFoot(texts: readonly DrawnText[], body: readonly DrawnText[]): string[] {
  const foot = texts.find((text) => text.tag === 'Artifact' && PAGE_NUMBER.test(text.text));
  if (foot === undefined) return ['no page number'];
  return body.filter((text) => bottomOf(text) > topOf(foot) - 1).map((text) => `in the foot: ${text.text}`);
}

function orphans(body: readonly DrawnText[]): string[] {
  const isHeading = (text: DrawnText): boolean => /^H\d$/.test(text.tag);
  return body
    .filter(
      (heading) =>
        isHeading(heading) &&
        !body.some(
          (text) =>
            !isHeading(text) &&
            (text.baseline > heading.baseline + 1 ||
              (text.x > heading.x + heading.width && text.baseline > heading.baseline - heading.size)),
        ),
    )
    .map((heading) => `a heading stands last: ${heading.text}`);
}

/** The grey that a text stands on: of what lies under it the smallest piece. */
function groundOf(text: DrawnText, surfaces: Drawn['surfaces']): number {
  const [x, y] = [text.x + text.width / 2, text.baseline - text.size / 3];
  const under = surfaces
    .filter((one) => one.x <= x && x <= one.x + one.width && one.y <= y && y <= one.y + one.height)
    .sort((a, b) => a.width * a.height - b.width * b.height);
  return under[0]?.grey ?? 1;
}

/** Contrast of two greys (WCAG 2.2, relative luminance). */
export function contrast(one: number, other: number): number {
  const light = (grey: number): number => (grey <= 0.04045 ? grey / 12.92 : ((grey + 0.055) / 1.055) ** 2.4);
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
  return ((bright ?? 1) + 0.05) / ((dark ?? 0) + 0.05);
}

/** What each element of the structure says, white space left out: an element may go on over lines and pages. */
export function elementsOf(drawn: Drawn): string[] {
  const said: string[] = [];
  for (const { element, text } of drawn.texts)
    if (element !== undefined) said[element] = (said[element] ?? '') + text;
  return said.map((text) => text.replace(/\s+/g, ''));
}

/** Which of these texts stand in no element. `said` is how the press writes a text. */
export function notDrawn(texts: readonly string[], drawn: Drawn, said: (text: string) => string): string[] {
  const all = elementsOf(drawn).join('\n');
  return texts.filter((text) => !all.includes(said(text).replace(/\s+/g, '')));
}
