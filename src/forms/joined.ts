/** Words that are there, joined; after a sentence nothing but a space. */
export const joined = (words: readonly (string | undefined)[], between = ', '): string =>
  words.reduce<string>((all, one) => {
    if (one === undefined || one === '') return all;
    return all === '' ? one : all + (/[.!?]$/.test(all) ? ' ' : between) + one;
  }, '');
