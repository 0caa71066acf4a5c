/** Numbers as a PDF has them. A page has thousands, most of them many times: each is put into letters once. */

/** Points with two places, up to twice the height of a page. */
const KNOWN: (string | undefined)[] = new Array<undefined>(170_000).fill(undefined);

/** A number with two places; no more is to be seen. */
export function number(value: number): string {
  const hundredths = Math.round(value * 100);
  if (!(hundredths >= 0 && hundredths < KNOWN.length)) return String(hundredths / 100);
  let text = KNOWN[hundredths];
  if (text === undefined) {
    text = String(hundredths / 100);
    KNOWN[hundredths] = text;
  }
  return text;
}
