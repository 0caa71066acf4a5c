/** Tells whether a text is a language tag. https://www.rfc-editor.org/info/bcp47 */

/** Takes a tag; gives whether it is well formed, with a primary language of two or three letters or for private use. */
export function isLanguageTag(tag: string): boolean {
  if (!/^(?:[a-z]{2,3}|[xi])(?:-[a-z0-9]{1,8})*$/i.test(tag) || tag.length > 100) return false;
  if (/^[xi]-/i.test(tag)) return true;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
