/** What the press drew, as words to read and to compare: page by page, in the order in which it is read aloud. */

const CELL = new Set(['TD', 'TH']);
/** No-break spaces hold numbers to their units on paper; here they would only hide from a search. */
const plainly = (text) => text.replaceAll('\u00a0', ' ');

/** The words of all pages. What stands at head and foot is told where it differs from the page before. */
export function pageWords(drawn) {
  let before = '';
  const lines = drawn.pages.flatMap((_page, number) => {
    const texts = drawn.texts.filter(({ page }) => page === number);
    const around = texts.filter(({ tag }) => tag === 'Artifact').map(({ text }) => `| ${text}`);
    const said = around.join('\n').replaceAll(/Page \d+ of \d+/g, '');
    const told = said === before ? [] : around;
    before = said;
    const body = texts.filter(({ tag }) => tag !== 'Artifact');
    return [`==== Page ${number + 1} of ${drawn.pages.length}`, ...told, ...linesOf(body), ''];
  });
  return plainly(lines.join('\n'));
}

/** A line for each element of the structure, and for each row of a table. */
function linesOf(texts) {
  const lines = [];
  let last;
  for (const one of texts) {
    const { text, tag, element } = one;
    if (last !== undefined && (element === last.element || inLabel(last, one)))
      lines.push(`${lines.pop()} ${text}`);
    else if (last !== undefined && besideCell(last, one)) lines.push(`${lines.pop()} | ${text}`);
    else lines.push(`${/^H\d$/.test(tag) ? `${'#'.repeat(Number(tag[1]))} ` : ''}${text}`);
    last = { ...one, x: element === last?.element ? last.x : one.x };
  }
  return lines;
}

/** A list's bullet and what it stands before. */
const inLabel = (last, { tag }) => last.tag === 'Lbl' && tag === 'LBody';

const besideCell = (last, { tag, x }) => CELL.has(last.tag) && CELL.has(tag) && x > last.x;
