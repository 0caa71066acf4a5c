/**
 * What is typed becomes what can be printed: a character without a glyph, and every character that would act on the
 * page instead of standing on it (controls, direction overrides, invisible ones), is written as its code point.
 * A silent box or a reversed dose would be read as something else.
 */
import { canDraw } from './fonts.js';

/** Everything here is in every face, and none of it acts on the text around it. */
const EVERYDAY = /^[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]*$/;

/** Joiners are part of the spelling only between letters of scripts that join. */
const JOINER_AT_WORK = /[\u0980-\u09ff\u0a80-\u0aff\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/;

/** Emoji are joined to make a family or a trade out of several. */
const PICTURED = /^(?:\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])$/u;

/** Signs above and below a letter; a real letter has a few, a tower of them covers the lines around it. */
const MARK = /^\p{M}$/u;
const MOST_MARKS = 6;

/**
 * Text that can be printed as it stands.
 * @param text what a form asks to print
 * @param missing collects the code points that had to be spelt out, e.g. `U+06C1`
 */
export function legible(text: string, missing: Set<string>): string {
  if (EVERYDAY.test(text)) return text;
  const unified = text.replace(/\r\n?|\u2028|\u2029/g, '\n');
  const characters = Array.from(unified);
  let out = '';
  let marks = 0;
  characters.forEach((character, index) => {
    const codePoint = character.codePointAt(0) ?? 0;
    marks = MARK.test(character) ? marks + 1 : 0;
    if (marks > MOST_MARKS) out += spellOut(codePoint, missing);
    else if (character === '\n') out += character;
    else if (character === '\t') out += '    ';
    else if (standsOnThePage(codePoint, characters[index - 1], characters[index + 1])) out += character;
    else out += spellOut(codePoint, missing);
  });
  return out;
}

function standsOnThePage(codePoint: number, before: string | undefined, after: string | undefined): boolean {
  if (codePoint === 0x200c || codePoint === 0x200d) {
    if (JOINER_AT_WORK.test(before ?? '') && JOINER_AT_WORK.test(after ?? '')) return true;
    return codePoint === 0x200d && PICTURED.test(before ?? '') && PICTURED.test(after ?? '');
  }
  return !actsOnThePage(codePoint) && canDraw(codePoint);
}

function actsOnThePage(codePoint: number): boolean {
  return (
    codePoint < 0x20 ||
    (codePoint >= 0x7f && codePoint < 0xa0) ||
    codePoint === 0xad ||
    codePoint === 0x034f ||
    codePoint === 0x061c ||
    codePoint === 0x115f ||
    codePoint === 0x1160 ||
    codePoint === 0x3164 ||
    (codePoint >= 0x180b && codePoint <= 0x180e) ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x202a && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x206f) ||
    (codePoint >= 0xd800 && codePoint <= 0xdfff) ||
    codePoint === 0xfeff ||
    (codePoint >= 0xfff0 && codePoint <= 0xfffb) ||
    codePoint >= 0xe0000
  );
}

function spellOut(codePoint: number, missing: Set<string>): string {
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  missing.add(name);
  return `[${name}]`;
}
