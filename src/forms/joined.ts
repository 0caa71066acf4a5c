/** Words one after another in a sentence, or on lines of their own where they would turn each other round. */

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * Words that are there, joined; after a sentence nothing but a space. What runs from right to left has lines of its
 * own: beside it numbers would change places ("5 mg" after an Urdu name is drawn as "mg 5").
 */
export const joined = (words: readonly (string | undefined)[], between = ', '): string =>
  words.reduce<string>((all, one) => {
    if (one === undefined || one === '') return all;
    if (all === '') return one;
    if (RIGHT_TO_LEFT.test(one) || RIGHT_TO_LEFT.test(all.slice(all.lastIndexOf('\n') + 1)))
      return `${all}\n${one}`;
    return all + (/[.!?]$/.test(all) ? ' ' : between) + one;
  }, '');

/** "Penicillins: rash"; on the next line where either runs from right to left. */
export const after = (name: string, words: string): string =>
  `${name}:${RIGHT_TO_LEFT.test(name + words) ? '\n' : ' '}${words}`;
